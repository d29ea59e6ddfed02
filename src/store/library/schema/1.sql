-- Small facts: counters, the number of the state, what was seen.
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;

-- Input files by absolute path, with what tells that they did not change and what became of them.
CREATE TABLE file (
    n INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    hash BLOB NOT NULL,
    outcome INTEGER NOT NULL
);

-- The record: an article as its source showed it, what was found in it, and the checksum of all of
-- it. `dated` is 1 where the collection or a person, not the article, gave the publication date.
CREATE TABLE article (
    doc INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    analysis INTEGER NOT NULL,
    dated INTEGER NOT NULL,
    hash BLOB NOT NULL,
    sum BLOB NOT NULL,
    source BLOB NOT NULL,
    found BLOB NOT NULL
);
CREATE INDEX article_file ON article (file, doc);
CREATE INDEX article_analysis ON article (analysis);

-- Files that hold an article which another file brought first.
CREATE TABLE copy (hash BLOB NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (hash, file)) WITHOUT ROWID;
CREATE INDEX copy_file ON copy (file);

-- The article list, in the order of `place`; days as numbers, an open end beyond all days.
CREATE TABLE line (
    doc INTEGER PRIMARY KEY,
    place BLOB NOT NULL,
    id TEXT NOT NULL,
    hash BLOB NOT NULL,
    first INTEGER,
    last INTEGER,
    sum BLOB NOT NULL,
    row BLOB NOT NULL
);
CREATE UNIQUE INDEX line_place ON line (place);
CREATE UNIQUE INDEX line_id ON line (id);
CREATE UNIQUE INDEX line_hash ON line (hash);

-- How many rows of a list stand between one place and the next: positions without counting.
CREATE TABLE fence (
    list INTEGER NOT NULL,
    place BLOB NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (list, place)
) WITHOUT ROWID;

-- Entities over all articles, most mentioned first by `place`.
CREATE TABLE entity (
    n INTEGER PRIMARY KEY,
    place BLOB NOT NULL,
    id TEXT NOT NULL,
    kind INTEGER NOT NULL,
    row BLOB NOT NULL
);
CREATE UNIQUE INDEX entity_place ON entity (place);
-- Ids of entities, those that were merged away too.
CREATE TABLE entity_id (id TEXT PRIMARY KEY, entity INTEGER NOT NULL) WITHOUT ROWID;
-- Which entity an entity of an article is, and how often that article names it.
CREATE TABLE entity_use (
    doc INTEGER NOT NULL,
    local INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (doc, local)
) WITHOUT ROWID;
CREATE INDEX entity_use_entity ON entity_use (entity, doc);

-- Events over all articles, in date order by `place`. Days as numbers: `first` and `last` are the
-- days that it is known by (an open end is the other end), `began` and `ended` those that it covers.
CREATE TABLE event (
    n INTEGER PRIMARY KEY,
    place BLOB NOT NULL,
    id TEXT NOT NULL,
    first INTEGER,
    last INTEGER,
    middle INTEGER,
    began INTEGER,
    ended INTEGER,
    lasts INTEGER NOT NULL,
    score REAL NOT NULL,
    row BLOB NOT NULL
);
CREATE UNIQUE INDEX event_place ON event (place);
CREATE INDEX event_id ON event (id);
CREATE INDEX event_lasting ON event (score DESC, id) WHERE lasts = 1;
CREATE TABLE event_use (doc INTEGER NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (doc, event)) WITHOUT ROWID;
CREATE TABLE event_entity (entity INTEGER NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (entity, event)) WITHOUT ROWID;
-- Events of each day, counted at their middle: the density of the whole timeline.
CREATE TABLE event_day (day INTEGER PRIMARY KEY, count INTEGER NOT NULL);
