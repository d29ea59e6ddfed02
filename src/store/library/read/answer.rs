//! The questions of the read trait, answered from the tables.

use super::super::passing::{self, Where};
use super::super::place;
use super::super::shelf::List;
use super::Library;
use crate::annotate::Annotated;
use crate::article::{ArticleId, ContentHash};
use crate::resolve::{Entity, EntityId};
use crate::store::codec;
use crate::store::overlay::Notes;
use crate::store::read::{ArticleRow, EntityRow, EventRow, Filter, Numbered, Read, Status};
use crate::text::Span;
use crate::timeline::{Event, EventId};
use crate::when::Interval;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use std::ops::Range;
use std::sync::Arc;

/// The packed value that a statement finds for a key.
pub(super) fn packed<T: serde::de::DeserializeOwned>(
    db: &Connection,
    sql: &str,
    key: i64,
) -> Option<T> {
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
