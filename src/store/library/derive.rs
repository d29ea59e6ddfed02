//! Writes what follows from all articles together: entities, events, dates that only the collection
//! knows, and who copies whom.
//!
//! The folds of the layers above say what it is; here it only becomes rows. Invariant: after
//! [`Writer::derive`] the library answers as the collection did that was handed in.

use super::passing::{doc, kind_number};
use super::shelf::{List, Shelf};
use super::tally;
use super::write::{Writer, days};
use super::{ANALYSIS, LibraryError, place};
use crate::annotate::Annotated;
use crate::article::ArticleId;
use crate::resolve::EntityId;
use crate::store::codec::{self, pack};
use crate::store::read::{Filter, Read};
use crate::timeline::Event;
use rayon::prelude::*;
use rusqlite::params;
use std::collections::{BTreeMap, HashMap};

/// Rows taken from the collection at a time.
const CHUNK: usize = 512;

/// An article of the library that was read back.
#[derive(Debug)]
pub struct Kept {
    /// The article, with the annotations that are stored.
    pub article: Annotated,
    /// Its publication date came from outside, or its analysis is an older one: it has to be
    /// annotated again before it can say what it knows by itself.
    pub stale: bool,
}

/// A record as it is stored.
type Record = (i64, String, i64, i64, Vec<u8>, Vec<u8>);

impl Writer {
    /// True where entities and events are those of all articles.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn is_settled(&self) -> Result<bool, LibraryError> {
        let settled: Option<i64> = tally::get(&self.db, "settled")?;
        let last: i64 =
            self.db
                .query_row("SELECT coalesce(max(doc), 0) FROM article", [], |row| {
                    row.get(0)
                })?;
        let old = "SELECT 1 FROM article WHERE analysis <> ?1";
        let old = self.db.prepare_cached(old)?.exists([ANALYSIS])?;
        Ok(settled.unwrap_or(0) == last && !old)
    }

    /// Says that what is derived is to be made again, whatever it is now.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn unsettle(&mut self) -> Result<(), LibraryError> {
        self.within(|writer| Ok(tally::set(&writer.db, "settled", &-1)?))
    }

    /// Hands out all articles in batches, in the order in which they came.
    ///
    /// # Errors
    /// Where a record cannot be read or is damaged.
    pub fn each(&self, mut take: impl FnMut(Vec<Kept>)) -> Result<(), LibraryError> {
        let mut after = 0_i64;
        loop {
            let sql = "SELECT a.doc, l.id, a.analysis, a.dated, a.source, a.found FROM article a \
                       JOIN line l ON l.doc = a.doc WHERE a.doc > ?1 ORDER BY a.doc LIMIT ?2";
            let records: Vec<Record> = self
                .db
                .prepare_cached(sql)?
                .query_map(params![after, CHUNK as i64], |row| {
                    let cell = |i| row.get(i);
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        cell(2)?,
                        cell(3)?,
                        row.get(4)?,
                        row.get(5)?,
                    ))
                })?
                .collect::<Result<_, _>>()?;
            let Some(last) = records.last() else {
                return Ok(());
            };
            after = last.0;
            let kept: Result<Vec<Kept>, LibraryError> = records
                .into_par_iter()
                .map(|(_, id, analysis, dated, source, found)| {
                    Ok(Kept {
                        article: codec::decode(ArticleId::new(id), &source, &found)?,
                        stale: analysis != ANALYSIS || dated != 0,
                    })
                })
                .collect();
            take(kept?);
        }
    }

    /// Writes what `whole`, a collection of exactly the articles of this library, found. `given` are
    /// the dates that a person gave.
    ///
    /// # Errors
    /// Where the library cannot be written; then it is as it was before.
    pub fn derive(&mut self, whole: &dyn Read) -> Result<(), LibraryError> {
        self.within(|writer| {
            for table in [
                "entity",
                "entity_id",
                "entity_use",
                "event",
                "event_use",
                "event_entity",
                "event_day",
            ] {
                writer.db.execute(&format!("DELETE FROM {table}"), [])?;
            }
            let entities = writer.put_entities(whole)?;
            let docs = writer.put_uses(whole, &entities)?;
            writer.put_events(whole, &entities, &docs)?;
            let status = whole.status();
            writer.tally.entities = status.entities as i64;
            writer.tally.events = status.events as i64;
            writer.tally.most_spelled = status
                .most_spelled
                .map(|(name, spellings)| (name, spellings as u64));
            let digest = super::check::digest(&writer.db)?;
            tally::set(&writer.db, "derived", &digest)?;
            let last = "SELECT coalesce(max(doc), 0) FROM article";
            let last: i64 = writer.db.query_row(last, [], |row| row.get(0))?;
            Ok(tally::set(&writer.db, "settled", &last)?)
        })
    }

    fn put_entities(&mut self, whole: &dyn Read) -> Result<HashMap<EntityId, i64>, LibraryError> {
        let everything = Filter::default();
        let count = whole.entity_count(&everything);
        let mut numbers = HashMap::with_capacity(count);
        let db = &self.db;
        let mut put = db.prepare_cached("INSERT INTO entity VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let mut name = db.prepare_cached("INSERT OR IGNORE INTO entity_id VALUES (?1, ?2)")?;
        let mut aliases = Vec::new();
        for start in (0..count).step_by(CHUNK) {
            let rows = whole.entities(&everything, start..start + CHUNK);
            for (n, row) in (start as i64 + 1..).zip(rows) {
                let entity = &row.entity;
                let id = entity.id.as_str();
                let at = place::counted(entity.mentions, &entity.name, id);
                let kind = kind_number(entity.kind);
                put.execute(params![n, at, id, kind, pack(entity.as_ref())?])?;
                name.execute(params![id, n])?;
                aliases.extend(entity.aliases.iter().map(|alias| (alias.clone(), n)));
                numbers.insert(entity.id.clone(), n);
            }
        }
        // An id in use is stronger than the same id merged away elsewhere.
        for (alias, n) in aliases {
            name.execute(params![alias.as_str(), n])?;
        }
        Shelf::rebuild(db, List::Entities)?;
        Ok(numbers)
    }

    /// Writes rows of the list that the collection knows better, and which entity is which.
    fn put_uses(
        &mut self,
        whole: &dyn Read,
        entities: &HashMap<EntityId, i64>,
    ) -> Result<HashMap<ArticleId, i64>, LibraryError> {
        let everything = Filter::default();
        let count = whole.article_count(&everything);
        let mut docs = HashMap::with_capacity(count);
        for start in (0..count).step_by(CHUNK) {
            for row in whole.articles(&everything, start..start + CHUNK) {
                let (Some(doc), Some(article)) = (doc(&self.db, &row.id)?, whole.article(&row.id))
                else {
                    continue;
                };
                let sql = "SELECT row FROM line WHERE doc = ?1";
                let known: Vec<u8> = self
                    .db
                    .prepare_cached(sql)?
                    .query_row([doc], |row| row.get(0))?;
                let known: crate::store::ArticleRow = codec::from_plain(&known)?;
                let stale = "SELECT 1 FROM article WHERE doc = ?1 AND analysis <> ?2";
                let stale = self
                    .db
                    .prepare_cached(stale)?
                    .exists(params![doc, ANALYSIS])?;
                if stale || known.published != row.published {
                    // What the article does not know by itself is marked as such: the next fold
                    // starts from what it does know.
                    let own = crate::annotate::annotate(article.article.clone(), None);
                    let dated = own.published != row.published;
                    self.replace(doc, &article, dated)?;
                }
                if stale || known != row {
                    self.take_line(doc)?;
                    self.put_line(doc, &row)?;
                }
                self.put_names(whole, (doc, &article), entities)?;
                docs.insert(row.id, doc);
            }
        }
        Ok(docs)
    }

    fn put_names(
        &self,
        whole: &dyn Read,
        (doc, article): (i64, &Annotated),
        entities: &HashMap<EntityId, i64>,
    ) -> Result<(), LibraryError> {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for mention in &article.mentions {
            *counts.entry(mention.entity).or_default() += 1;
        }
        let sql = "INSERT INTO entity_use VALUES (?1, ?2, ?3, ?4)";
        let mut put = self.db.prepare_cached(sql)?;
        for local in 0..article.entities.len() as u32 {
            let entity = whole.entity_of(&article.id(), local);
            if let Some(n) = entity.and_then(|id| entities.get(&id)) {
                let count = counts.get(&local).copied().unwrap_or(0);
                put.execute(params![doc, local, n, count])?;
            }
        }
        Ok(())
    }

    fn put_events(
        &mut self,
        whole: &dyn Read,
        entities: &HashMap<EntityId, i64>,
        docs: &HashMap<ArticleId, i64>,
    ) -> Result<(), LibraryError> {
        let everything = Filter::default();
        let db = &self.db;
        let sql = "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let mut put = db.prepare_cached(sql)?;
        let mut told = db.prepare_cached("INSERT OR IGNORE INTO event_use VALUES (?1, ?2)")?;
        let mut names = db.prepare_cached("INSERT OR IGNORE INTO event_entity VALUES (?1, ?2)")?;
        let mut per_day: BTreeMap<i32, u32> = BTreeMap::new();
        let mut ends: Option<(i32, i32)> = None;
        let count = whole.event_count(&everything);
        for start in (0..count).step_by(CHUNK) {
            let rows = whole.events(&everything, start..start + CHUNK);
            for (n, row) in (start as i64 + 1..).zip(rows) {
                let event = &row.event;
                let known = Days::of(event);
                let (began, ended) = days(&event.date);
                if let Some(middle) = known.middle {
                    *per_day.entry(middle).or_default() += 1;
                }
                if let (Some(first), Some(last)) = (known.first, known.last) {
                    let (a, b) = ends.unwrap_or((first, last));
                    ends = Some((a.min(first), b.max(last)));
                }
                put.execute(params![
                    n,
                    place::dated(&event.date, event.id.as_str()),
                    event.id.as_str(),
                    known.first,
                    known.last,
                    known.middle,
                    began,
                    ended,
                    event.lasts(),
                    event.score,
                    pack(event.as_ref())?
                ])?;
                for doc in event.articles.iter().filter_map(|id| docs.get(id)) {
                    told.execute(params![doc, n])?;
                }
                for entity in event.entities.iter().filter_map(|id| entities.get(id)) {
                    names.execute(params![entity, n])?;
                }
            }
        }
        let mut put = db.prepare_cached("INSERT INTO event_day VALUES (?1, ?2)")?;
        for (day, count) in per_day {
            put.execute(params![day, count])?;
        }
        Shelf::rebuild(db, List::Events)?;
        self.tally.days = ends;
        Ok(())
    }
}

/// The days that an event is known by: an open end is its other end, and it is counted at its
/// middle, as [`crate::store::Memory`] has it.
struct Days {
    first: Option<i32>,
    last: Option<i32>,
    middle: Option<i32>,
}

impl Days {
    fn of(event: &Event) -> Self {
        let (start, end) = (event.date.start, event.date.end);
        let first = start.or(end).map(place::number);
        let last = end.or(start).map(place::number);
        let middle = first
            .zip(last)
            .map(|(first, last)| first + (last - first) / 2);
        Self {
            first,
            last,
            middle,
        }
    }
}
