//! What readers ask of a library, answered.
//!
//! A [`Library`] is the state at one moment: its counts and fences do not change under a reader.
//! Rows are read when they are asked for; what another process took away meanwhile is left out,
//! and [`Library::again`] gives the next state.

use super::passing::{self, Where};
use super::shelf::{List, Shelf};
use super::tally::{self, Tally};
use super::{LibraryError, place};
use crate::annotate::Annotated;
use crate::article::{ArticleId, ContentHash};
use crate::resolve::{Entity, EntityId};
use crate::store::codec::{self, from_plain};
use crate::store::overlay::Notes;
use crate::store::read::{ArticleRow, EntityRow, EventRow, Filter, Numbered, Read, Status};
use crate::text::Span;
use crate::timeline::{Event, EventId};
use crate::when::Interval;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Filters whose answers are remembered, of each list.
const ANSWERS: usize = 8;

/// Keys of the rows that pass a filter, and for entities their mentions under it.
type Rows = Arc<[(i64, u32)]>;

/// The last answers of a list, latest first.
type Answers = Mutex<Vec<(Filter, Rows)>>;

/// One state of a library.
#[derive(Debug)]
pub struct Library {
    folder: PathBuf,
    db: Arc<Mutex<Connection>>,
    /// Of the file.
    generation: u64,
    /// How often the state was taken since it was opened: other notes make another state too.
    taken: u64,
    /// Of articles, entities and events.
    shelves: [Shelf; 3],
    tally: Tally,
    notes: Arc<Notes>,
    /// The last article that was here before; beyond all where nothing is new.
    seen: i64,
    new: usize,
    found: [Answers; 3],
}

impl Library {
    /// Opens the library in `folder` for reading.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub fn open(folder: &Path, notes: Arc<Notes>) -> Result<Self, LibraryError> {
        let db = super::connect_to_read(folder)?;
        let seen: Option<i64> = tally::get(&db, "seen")?;
        let seen = seen.unwrap_or(i64::MAX);
        Self::state(folder, Arc::new(Mutex::new(db)), notes, (seen, 0))
    }

    /// The state as it is by now, with these notes.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn again(&self, notes: Arc<Notes>) -> Result<Self, LibraryError> {
        let next = (self.seen, self.taken + 1);
        Self::state(&self.folder, self.db.clone(), notes, next)
    }

    fn state(
        folder: &Path,
        db: Arc<Mutex<Connection>>,
        notes: Arc<Notes>,
        (seen, taken): (i64, u64),
    ) -> Result<Self, LibraryError> {
        let made = {
            let db = lock(&db);
            // One moment for all of it.
            db.execute_batch("BEGIN")?;
            let read = read_state(&db, seen);
            db.execute_batch("COMMIT")?;
            read?
        };
        let (generation, shelves, tally, new) = made;
        Ok(Self {
            folder: folder.to_owned(),
            db,
            generation,
            taken,
            shelves,
            tally,
            notes,
            seen,
            new,
            found: Default::default(),
        })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True where the file has a newer state than this one.
    pub fn is_old(&self) -> bool {
        generation(&self.db()).is_ok_and(|now| now > self.generation)
    }

    /// Remembers that everything of this state was seen: what comes later is new.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn mark_seen(&self) -> Result<(), LibraryError> {
        let db = self.db();
        let last = "SELECT coalesce(max(doc), 0) FROM article";
        let last: i64 = db.query_row(last, [], |row| row.get(0))?;
        Ok(tally::set(&db, "seen", &last)?)
    }

    /// The state of the file, the same whenever and wherever it is opened.
    pub(super) const fn state_of_file(&self) -> u64 {
        self.generation
    }

    /// The last article that was here before.
    pub(super) const fn last_seen(&self) -> i64 {
        self.seen
    }

    pub(super) fn db(&self) -> MutexGuard<'_, Connection> {
        lock(&self.db)
    }

    fn shelf(&self, list: List) -> &Shelf {
        &self.shelves[list as usize]
    }

    /// What passes a filter; computed once for a run of questions about the same filter.
    fn passing(&self, list: List, filter: &Filter) -> Rows {
        let mut known = lock(&self.found[list as usize]);
        if let Some(at) = known.iter().position(|(asked, _)| asked == filter) {
            known[..=at].rotate_right(1);
            return known[0].1.clone();
        }
        let db = self.db();
        let key = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, 0));
        let rows: Result<Vec<(i64, u32)>, LibraryError> = match list {
            List::Articles => passing::articles(&db, filter, self.seen).and_then(|made| {
                Ok(made.ask(&db, ("SELECT doc FROM line", "ORDER BY place"), key)?)
            }),
            List::Events => passing::events(&db, filter, self.seen).and_then(|made| {
                Ok(made.ask(&db, ("SELECT n FROM event", "ORDER BY place"), key)?)
            }),
            List::Entities => passing::entities(&db, filter, self.seen),
        };
        let rows: Rows = rows.unwrap_or_default().into();
        known.truncate(ANSWERS - 1);
        known.insert(0, (filter.clone(), rows.clone()));
        rows
    }

    fn count(&self, list: List, filter: &Filter) -> usize {
        if *filter == Filter::default() {
            return self.shelf(list).len();
        }
        self.passing(list, filter).len()
    }

    /// Keys of rows under a filter, with their mentions where a filter counts them.
    fn keys(&self, list: List, filter: &Filter, range: Range<usize>) -> Vec<(i64, Option<u32>)> {
        if *filter == Filter::default() {
            let keys = self.shelf(list).keys(&self.db(), range);
            return keys
                .unwrap_or_default()
                .into_iter()
                .map(|key| (key, None))
                .collect();
        }
        let rows = self.passing(list, filter);
        let (start, end) = (range.start.min(rows.len()), range.end.min(rows.len()));
        let rows = rows.get(start..end).unwrap_or_default();
        rows.iter()
            .map(|(key, count)| (*key, Some(*count)))
            .collect()
    }

    fn position(&self, list: List, filter: &Filter, key: i64) -> Option<usize> {
        if *filter != Filter::default() {
            return self
                .passing(list, filter)
                .iter()
                .position(|(k, _)| *k == key);
        }
        let db = self.db();
        let place = self.shelf(list).place(&db, key).ok()??;
        self.shelf(list).position(&db, &place).ok()
    }

    fn line(&self, db: &Connection, doc: i64) -> Option<ArticleRow> {
        let mut ask = db
            .prepare_cached("SELECT row FROM line WHERE doc = ?1")
            .ok()?;
        let bytes: Vec<u8> = ask.query_row([doc], |row| row.get(0)).ok()?;
        let row: ArticleRow = from_plain(&bytes).ok()?;
        Some(ArticleRow {
            new: doc > self.seen,
            ..row
        })
    }

    fn event_row(&self, db: &Connection, n: i64) -> Option<EventRow> {
        let event: Event = packed(db, "SELECT row FROM event WHERE n = ?1", n)?;
        let told = "SELECT 1 FROM event_use WHERE event = ?1 AND doc <= ?2";
        let old = |seen: i64| {
            db.prepare_cached(told)
                .and_then(|mut ask| ask.exists(params![n, seen]))
        };
        Some(EventRow {
            new: self.new > 0 && !old(self.seen).unwrap_or(true),
            event: Arc::new(event),
        })
    }

    /// The conditions of a filter on events; nothing passes where they cannot be made.
    fn events_where(&self, db: &Connection, filter: &Filter) -> Where {
        passing::events(db, filter, self.seen).unwrap_or_else(|_| {
            let mut none = Where::default();
            none.and("0", []);
            none
        })
    }
}

fn read_state(db: &Connection, seen: i64) -> Result<(u64, [Shelf; 3], Tally, usize), LibraryError> {
    let [a, b, c] = List::ALL.map(|list| Shelf::load(db, list));
    let later = "SELECT count(*) FROM line WHERE doc > ?1";
    let new: i64 = db
        .prepare_cached(later)?
        .query_row([seen], |row| row.get(0))?;
    Ok((
        generation(db)?,
        [a?, b?, c?],
        Tally::load(db)?,
        new as usize,
    ))
}

fn generation(db: &Connection) -> rusqlite::Result<u64> {
    let now: Option<i64> = tally::get(db, "generation")?;
    Ok(now.unwrap_or(0) as u64)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The packed value that a statement finds for a key.
fn packed<T: serde::de::DeserializeOwned>(db: &Connection, sql: &str, key: i64) -> Option<T> {
    let mut ask = db.prepare_cached(sql).ok()?;
    let bytes: Vec<u8> = ask.query_row([key], |row| row.get(0)).ok()?;
    codec::unpack(&bytes).ok()
}

impl Read for Library {
    fn generation(&self) -> u64 {
        (self.generation << 20) + self.taken
    }

    fn numbered(&self) -> Option<&dyn Numbered> {
        Some(self)
    }

    fn status(&self) -> Status {
        self.tally.status(self.new)
    }

    fn notes(&self) -> Arc<Notes> {
        self.notes.clone()
    }

    fn article_with(&self, hash: &ContentHash) -> Option<ArticleId> {
        let db = self.db();
        let mut ask = db
            .prepare_cached("SELECT id FROM line WHERE hash = ?1")
            .ok()?;
        let id: String = ask.query_row([hash.0], |row| row.get(0)).ok()?;
        Some(ArticleId::new(id))
    }

    fn article_count(&self, filter: &Filter) -> usize {
        self.count(List::Articles, filter)
    }

    fn articles(&self, filter: &Filter, range: Range<usize>) -> Vec<ArticleRow> {
        let keys = self.keys(List::Articles, filter, range);
        let db = self.db();
        keys.into_iter()
            .filter_map(|(doc, _)| self.line(&db, doc))
            .collect()
    }

    fn article_position(&self, filter: &Filter, id: &ArticleId) -> Option<usize> {
        let doc = passing::doc(&self.db(), id).ok()??;
        self.position(List::Articles, filter, doc)
    }

    fn seek(&self, filter: &Filter, day: NaiveDate) -> usize {
        let from = place::from_day(day);
        if *filter == Filter::default() {
            let found = self.shelf(List::Articles).position(&self.db(), &from);
            return found.unwrap_or(0);
        }
        let rows = self.passing(List::Articles, filter);
        let db = self.db();
        let list = self.shelf(List::Articles);
        rows.partition_point(|(doc, _)| {
            let place = list.place(&db, *doc);
            place.is_ok_and(|place| place.is_some_and(|place| place < from))
        })
    }

    fn article(&self, id: &ArticleId) -> Option<Arc<Annotated>> {
        let db = self.db();
        let sql =
            "SELECT source, found FROM article WHERE doc = (SELECT doc FROM line WHERE id = ?1)";
        let mut ask = db.prepare_cached(sql).ok()?;
        let parts: (Vec<u8>, Vec<u8>) = ask
            .query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .ok()?;
        codec::decode(id.clone(), &parts.0, &parts.1)
            .ok()
            .map(Arc::new)
    }

    fn row(&self, id: &ArticleId) -> Option<ArticleRow> {
        let db = self.db();
        let doc = passing::doc(&db, id).ok()??;
        self.line(&db, doc)
    }

    fn entity_of(&self, article: &ArticleId, local: u32) -> Option<EntityId> {
        let sql = "SELECT e.id FROM line l JOIN entity_use u ON u.doc = l.doc AND u.local = ?2 \
                   JOIN entity e ON e.n = u.entity WHERE l.id = ?1";
        let db = self.db();
        let mut ask = db.prepare_cached(sql).ok()?;
        let id: Option<String> = ask
            .query_row(params![article.as_str(), local], |row| row.get(0))
            .optional()
            .ok()?;
        id.map(|id| EntityId::from(id.as_str()))
    }

    fn entity_count(&self, filter: &Filter) -> usize {
        self.count(List::Entities, filter)
    }

    fn entities(&self, filter: &Filter, range: Range<usize>) -> Vec<EntityRow> {
        let keys = self.keys(List::Entities, filter, range);
        let db = self.db();
        let row = |(n, mentions): (i64, Option<u32>)| {
            let entity: Entity = packed(&db, "SELECT row FROM entity WHERE n = ?1", n)?;
            Some(EntityRow {
                mentions: mentions.unwrap_or(entity.mentions),
                entity: Arc::new(entity),
            })
        };
        keys.into_iter().filter_map(row).collect()
    }

    fn entity(&self, id: &EntityId) -> Option<Arc<Entity>> {
        let db = self.db();
        let n = passing::entity(&db, id.as_str()).ok()??;
        packed(&db, "SELECT row FROM entity WHERE n = ?1", n).map(Arc::new)
    }

    fn mentions(&self, entity: &EntityId, range: Range<usize>) -> Vec<(ArticleId, Span)> {
        let of = |db: &Connection| -> rusqlite::Result<Vec<(String, u32, u32)>> {
            let Some(n) = passing::entity(db, entity.as_str())? else {
                return Ok(Vec::new());
            };
            let sql = "SELECT l.id, u.local, u.count FROM entity_use u JOIN line l ON l.doc = u.doc \
                       WHERE u.entity = ?1 ORDER BY l.place, u.local";
            let mut ask = db.prepare_cached(sql)?;
            ask.query_map([n], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        };
        let uses = of(&self.db()).unwrap_or_default();
        let mut made = Vec::new();
        let mut before = 0;
        let mut uses = uses.into_iter().peekable();
        while let Some((id, local, mut count)) = uses.next() {
            // Several entities of one article may be this one: their mentions stand mixed.
            let mut locals = vec![local];
            while let Some((_, local, more)) = uses.next_if(|(next, ..)| *next == id) {
                locals.push(local);
                count += more;
            }
            let here = before..before + count as usize;
            before = here.end;
            if here.end <= range.start {
                continue;
            }
            if here.start >= range.end {
                break;
            }
            let id = ArticleId::new(id);
            let Some(article) = self.article(&id) else {
                continue;
            };
            let spans = article
                .mentions
                .iter()
                .filter(|m| locals.contains(&m.entity));
            let skip = range.start.saturating_sub(here.start);
            made.extend(
                spans
                    .skip(skip)
                    .take(range.end - here.start.max(range.start))
                    .map(|mention| (id.clone(), mention.span)),
            );
        }
        made
    }

    fn event_count(&self, filter: &Filter) -> usize {
        self.count(List::Events, filter)
    }

    fn events(&self, filter: &Filter, range: Range<usize>) -> Vec<EventRow> {
        let keys = self.keys(List::Events, filter, range);
        let db = self.db();
        keys.into_iter()
            .filter_map(|(n, _)| self.event_row(&db, n))
            .collect()
    }

    fn event_position(&self, filter: &Filter, id: &EventId) -> Option<usize> {
        let n = event_number(&self.db(), id)?;
        self.position(List::Events, filter, n)
    }

    fn event(&self, id: &EventId) -> Option<Arc<Event>> {
        let db = self.db();
        let n = event_number(&db, id)?;
        packed(&db, "SELECT row FROM event WHERE n = ?1", n).map(Arc::new)
    }

    fn density(
        &self,
        filter: &Filter,
        first: NaiveDate,
        last: NaiveDate,
        buckets: usize,
    ) -> Vec<u32> {
        let mut counts = vec![0; buckets];
        let days = (last - first).num_days() + 1;
        if buckets == 0 || days < 1 {
            return counts;
        }
        let (from, to) = (place::number(first), place::number(last));
        let db = self.db();
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i32>(0)?, row.get::<_, u32>(1)?));
        let days_of = if *filter == Filter::default() {
            let mut made = Where::default();
            made.and(
                "day BETWEEN ? AND ?",
                [i64::from(from).into(), i64::from(to).into()],
            );
            made.ask(&db, ("SELECT day, count FROM event_day", ""), read)
        } else {
            let mut made = self.events_where(&db, filter);
            made.and(
                "middle BETWEEN ? AND ?",
                [i64::from(from).into(), i64::from(to).into()],
            );
            made.ask(
                &db,
                ("SELECT middle, count(*) FROM event", "GROUP BY middle"),
                read,
            )
        };
        for (day, count) in days_of.unwrap_or_default() {
            let at = i64::from(day - from) * buckets as i64 / days;
            if let Some(slot) = counts.get_mut(at as usize) {
                *slot += count;
            }
        }
        counts
    }

    fn lasting(
        &self,
        filter: &Filter,
        first: NaiveDate,
        last: NaiveDate,
        most: usize,
    ) -> Vec<Arc<Event>> {
        let db = self.db();
        let mut made = self.events_where(&db, filter);
        let (from, to) = (
            i64::from(place::number(first)),
            i64::from(place::number(last)),
        );
        made.and(
            "lasts = 1 AND began <= ? AND ended >= ?",
            [to.into(), from.into()],
        );
        let tail = format!("ORDER BY score DESC, id LIMIT {most}");
        let found = made.ask(&db, ("SELECT row FROM event", &tail), |row| {
            row.get::<_, Vec<u8>>(0)
        });
        let events = found.unwrap_or_default().into_iter();
        events
            .filter_map(|bytes| codec::unpack(&bytes).ok().map(Arc::new))
            .collect()
    }

    fn extent(&self, filter: &Filter) -> Option<Interval> {
        let days = if *filter == Filter::default() {
            self.tally.days
        } else {
            let db = self.db();
            let made = self.events_where(&db, filter);
            let ends = made.ask(
                &db,
                ("SELECT min(first), max(last) FROM event", ""),
                |row| Ok((row.get::<_, Option<i32>>(0)?, row.get::<_, Option<i32>>(1)?)),
            );
            ends.ok()?
                .first()
                .and_then(|(first, last)| Some(((*first)?, (*last)?)))
        };
        let day = NaiveDate::from_num_days_from_ce_opt;
        Some(Interval::range(day(days?.0)?, day(days?.1)?))
    }
}

fn event_number(db: &Connection, id: &EventId) -> Option<i64> {
    let mut ask = db
        .prepare_cached("SELECT n FROM event WHERE id = ?1")
        .ok()?;
    ask.query_row([id.as_str()], |row| row.get(0)).ok()
}
