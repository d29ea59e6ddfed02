//! A whole collection in memory: one immutable state, made by the engine, read by everyone.

mod passing;

use super::overlay::Notes;
use super::read::{ArticleRow, EntityRow, EventRow, Filter, Read, Status};
use crate::annotate::{Annotated, Basis, EntityKind};
use crate::article::{ArticleId, ContentHash};
use crate::resolve::{Entity, EntityId};
use crate::text::Span;
use crate::timeline::{Event, EventId};
use crate::when::{Interval, calendar};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// One article with its list row.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The row.
    pub row: ArticleRow,
    /// The article.
    pub annotated: Arc<Annotated>,
    /// The collection's entity for each of the article's own.
    pub entities: Vec<Option<EntityId>>,
}

/// What a state is made of.
#[derive(Debug, Default)]
pub struct Parts {
    /// Number of the state.
    pub generation: u64,
    /// Articles, in any order.
    pub slots: Vec<Slot>,
    /// Entities, most mentioned first.
    pub entities: Vec<Arc<Entity>>,
    /// Events, in date order.
    pub events: Vec<Arc<Event>>,
    /// Counts of input files; the rest of the status is counted here.
    pub status: Status,
    /// What the person noted and hid.
    pub notes: Arc<Notes>,
}

/// An immutable state of a collection in memory.
#[derive(Debug, Default)]
pub struct Memory {
    generation: u64,
    slots: Vec<Slot>,
    by_id: HashMap<ArticleId, u32>,
    by_hash: HashMap<ContentHash, u32>,
    notes: Arc<Notes>,
    entities: Vec<Arc<Entity>>,
    entity_index: HashMap<EntityId, u32>,
    events: Vec<Arc<Event>>,
    event_index: HashMap<EventId, u32>,
    events_of: HashMap<ArticleId, Vec<u32>>,
    status: Status,
    /// The last answers of each kind, latest first: panes ask for rows of a few filters again and
    /// again.
    found: [Mutex<Vec<Answer>>; 3],
}

/// How many filters are remembered: as many as panes, and their counts, use at a time.
const ANSWERS: usize = 8;

/// The rows that pass a filter.
type Answer = (Filter, Rows);

/// Row numbers, and for entities their mentions under the filter.
type Rows = Arc<[(u32, u32)]>;

/// Which rows a filter is applied to.
#[derive(Clone, Copy)]
enum Kind {
    Articles,
    Entities,
    Events,
}

impl Memory {
    /// Builds a state: sorts the articles, counts, indexes.
    pub fn new(parts: Parts) -> Self {
        let Parts {
            generation,
            mut slots,
            entities,
            events,
            status,
            notes,
        } = parts;
        slots.sort_by(|a, b| {
            let (a, b) = (&a.row, &b.row);
            a.published
                .interval
                .order(&b.published.interval)
                .then_with(|| a.id.cmp(&b.id))
        });
        let by_id = (0u32..)
            .zip(&slots)
            .map(|(i, slot)| (slot.row.id.clone(), i));
        let mut by_hash: HashMap<ContentHash, u32> = HashMap::with_capacity(slots.len());
        for (i, slot) in (0u32..).zip(&slots) {
            by_hash.entry(slot.row.hash).or_insert(i);
        }
        let mut entity_index: HashMap<EntityId, u32> = HashMap::new();
        for (i, entity) in (0u32..).zip(&entities) {
            entity_index.insert(entity.id.clone(), i);
            for alias in &entity.aliases {
                entity_index.entry(alias.clone()).or_insert(i);
            }
        }
        let event_index = (0u32..)
            .zip(&events)
            .map(|(i, event)| (event.id.clone(), i));
        let mut events_of: HashMap<ArticleId, Vec<u32>> = HashMap::new();
        for (i, event) in (0u32..).zip(&events) {
            for article in &event.articles {
                events_of.entry(article.clone()).or_default().push(i);
            }
        }
        Self {
            generation,
            events_of,
            by_id: by_id.collect(),
            by_hash,
            notes,
            entity_index,
            event_index: event_index.collect(),
            status: count(&status, &slots, &entities, &events),
            slots,
            entities,
            events,
            found: Default::default(),
        }
    }

    /// The same collection after the person noted something: nothing that was found is different.
    #[must_use]
    pub fn noted(&self, generation: u64, notes: Arc<Notes>) -> Self {
        Self {
            generation,
            notes,
            slots: self.slots.clone(),
            by_id: self.by_id.clone(),
            by_hash: self.by_hash.clone(),
            entities: self.entities.clone(),
            entity_index: self.entity_index.clone(),
            events: self.events.clone(),
            event_index: self.event_index.clone(),
            events_of: self.events_of.clone(),
            status: self.status.clone(),
            found: Default::default(),
        }
    }

    /// The rows that pass a filter; computed once for a run of questions about the same filter.
    fn passing(&self, kind: Kind, filter: &Filter) -> Rows {
        let lock = || {
            let found = &self.found[kind as usize];
            found.lock().unwrap_or_else(PoisonError::into_inner)
        };
        let mut known = lock();
        if let Some(at) = known.iter().position(|(asked, _)| asked == filter) {
            known[..=at].rotate_right(1);
            return known[0].1.clone();
        }
        // Entities ask for articles in turn: the lock must not be held over that.
        drop(known);
        let uncounted = |rows: Vec<u32>| rows.into_iter().map(|i| (i, 0)).collect();
        let rows: Rows = match kind {
            Kind::Articles => uncounted(self.passing_articles(filter)),
            Kind::Entities => self.counted_entities(filter).into(),
            Kind::Events => uncounted(self.passing_events(filter)),
        };
        let mut known = lock();
        known.truncate(ANSWERS - 1);
        known.insert(0, (filter.clone(), rows.clone()));
        rows
    }

    /// True where no article that was here the last time tells of it.
    fn is_new(&self, event: &Event) -> bool {
        let new = |id: &ArticleId| {
            self.by_id
                .get(id)
                .is_some_and(|i| self.slots[*i as usize].row.new)
        };
        self.status.new > 0 && event.articles.iter().all(new)
    }

    fn is_everything(filter: &Filter) -> bool {
        *filter == Filter::default()
    }
}

fn spans_of<'a>(slot: &'a Slot, id: &'a EntityId) -> impl Iterator<Item = Span> + 'a {
    slot.annotated
        .mentions
        .iter()
        .filter(move |m| {
            slot.entities
                .get(m.entity as usize)
                .and_then(Option::as_ref)
                == Some(id)
        })
        .map(|m| m.span)
}

fn count(
    files: &Status,
    slots: &[Slot],
    entities: &[Arc<Entity>],
    events: &[Arc<Event>],
) -> Status {
    let rows = || slots.iter().map(|slot| &slot.row);
    let basis = |wanted: &[Basis]| {
        rows()
            .filter(|r| wanted.contains(&r.published.basis))
            .count()
    };
    let people = entities
        .iter()
        .filter(|e| e.kind == EntityKind::Person && e.variants.len() > 1);
    let most = people
        .map(|e| (e.variants.len(), e))
        .max_by_key(|(n, e)| (*n, e.mentions));
    Status {
        articles: slots.len(),
        analysed: rows().filter(|r| r.analysed).count(),
        dated: basis(&[Basis::Stated, Basis::Metadata, Basis::Given]),
        inferred: basis(&[Basis::Inferred]),
        undated: rows().filter(|r| !r.published.interval.is_dated()).count(),
        foreign: slots
            .iter()
            .filter(|s| !s.annotated.language.analysed)
            .count(),
        copies: rows().filter(|r| r.copies_of.is_some()).count(),
        new: rows().filter(|r| r.new).count(),
        entities: entities.len(),
        events: events.len(),
        most_spelled: most
            .filter(|(n, _)| *n > 1)
            .map(|(n, e)| (e.name.clone(), n)),
        ..files.clone()
    }
}

fn clamp(range: Range<usize>, len: usize) -> Range<usize> {
    range.start.min(len)..range.end.clamp(range.start.min(len), len)
}

impl Read for Memory {
    fn generation(&self) -> u64 {
        self.generation
    }

    fn status(&self) -> Status {
        self.status.clone()
    }

    fn notes(&self) -> Arc<Notes> {
        self.notes.clone()
    }

    fn article_with(&self, hash: &ContentHash) -> Option<ArticleId> {
        let slot = self.slots.get(*self.by_hash.get(hash)? as usize)?;
        Some(slot.row.id.clone())
    }

    fn article_count(&self, filter: &Filter) -> usize {
        if Self::is_everything(filter) {
            return self.slots.len();
        }
        self.passing(Kind::Articles, filter).len()
    }

    fn articles(&self, filter: &Filter, range: Range<usize>) -> Vec<ArticleRow> {
        if Self::is_everything(filter) {
            let slots = &self.slots[clamp(range, self.slots.len())];
            return slots.iter().map(|slot| slot.row.clone()).collect();
        }
        let rows = self.passing(Kind::Articles, filter);
        rows[clamp(range, rows.len())]
            .iter()
            .map(|(i, _)| self.slots[*i as usize].row.clone())
            .collect()
    }

    fn article_position(&self, filter: &Filter, id: &ArticleId) -> Option<usize> {
        let slot = *self.by_id.get(id)?;
        if Self::is_everything(filter) {
            return Some(slot as usize);
        }
        self.passing(Kind::Articles, filter)
            .binary_search(&(slot, 0))
            .ok()
    }

    fn seek(&self, filter: &Filter, day: NaiveDate) -> usize {
        let before = |slot: &Slot| {
            let interval = &slot.row.published.interval;
            interval
                .start
                .or(interval.end)
                .is_some_and(|start| start < day)
        };
        if Self::is_everything(filter) {
            return self.slots.partition_point(before);
        }
        let rows = self.passing(Kind::Articles, filter);
        rows.partition_point(|(i, _)| before(&self.slots[*i as usize]))
    }

    fn article(&self, id: &ArticleId) -> Option<Arc<Annotated>> {
        let slot = self.slots.get(*self.by_id.get(id)? as usize)?;
        Some(slot.annotated.clone())
    }

    fn row(&self, id: &ArticleId) -> Option<ArticleRow> {
        let slot = self.slots.get(*self.by_id.get(id)? as usize)?;
        Some(slot.row.clone())
    }

    fn entity_of(&self, article: &ArticleId, local: u32) -> Option<EntityId> {
        let slot = self.slots.get(*self.by_id.get(article)? as usize)?;
        slot.entities.get(local as usize)?.clone()
    }

    fn entity_count(&self, filter: &Filter) -> usize {
        if Self::is_everything(filter) {
            return self.entities.len();
        }
        self.passing(Kind::Entities, filter).len()
    }

    fn entities(&self, filter: &Filter, range: Range<usize>) -> Vec<EntityRow> {
        let row = |entity: &Arc<Entity>, mentions| EntityRow {
            entity: entity.clone(),
            mentions,
        };
        if Self::is_everything(filter) {
            let entities = &self.entities[clamp(range, self.entities.len())];
            return entities.iter().map(|e| row(e, e.mentions)).collect();
        }
        let rows = self.passing(Kind::Entities, filter);
        rows[clamp(range, rows.len())]
            .iter()
            .map(|(i, mentions)| row(&self.entities[*i as usize], *mentions))
            .collect()
    }

    fn entity(&self, id: &EntityId) -> Option<Arc<Entity>> {
        self.entities
            .get(*self.entity_index.get(id)? as usize)
            .cloned()
    }

    fn mentions(&self, entity: &EntityId, range: Range<usize>) -> Vec<(ArticleId, Span)> {
        let Some(entity) = self.entity(entity) else {
            return Vec::new();
        };
        let mut slots: Vec<u32> = entity
            .articles
            .iter()
            .filter_map(|id| self.by_id.get(id).copied())
            .collect();
        slots.sort_unstable();
        slots
            .into_iter()
            .flat_map(|i| {
                let slot = &self.slots[i as usize];
                let spans = spans_of(slot, &entity.id);
                spans
                    .map(|span| (slot.row.id.clone(), span))
                    .collect::<Vec<_>>()
            })
            .skip(range.start)
            .take(range.len())
            .collect()
    }

    fn event_count(&self, filter: &Filter) -> usize {
        if Self::is_everything(filter) {
            return self.events.len();
        }
        self.passing(Kind::Events, filter).len()
    }

    fn events(&self, filter: &Filter, range: Range<usize>) -> Vec<EventRow> {
        let row = |event: &Arc<Event>| EventRow {
            event: event.clone(),
            new: self.is_new(event),
        };
        if Self::is_everything(filter) {
            return self.events[clamp(range, self.events.len())]
                .iter()
                .map(row)
                .collect();
        }
        let rows = self.passing(Kind::Events, filter);
        rows[clamp(range, rows.len())]
            .iter()
            .map(|(i, _)| row(&self.events[*i as usize]))
            .collect()
    }

    fn event_position(&self, filter: &Filter, id: &EventId) -> Option<usize> {
        let index = *self.event_index.get(id)?;
        if Self::is_everything(filter) {
            return Some(index as usize);
        }
        self.passing(Kind::Events, filter)
            .binary_search(&(index, 0))
            .ok()
    }

    fn event(&self, id: &EventId) -> Option<Arc<Event>> {
        self.events
            .get(*self.event_index.get(id)? as usize)
            .cloned()
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
        let bucket = |day: NaiveDate| {
            let at = (day - first).num_days();
            (0..days)
                .contains(&at)
                .then(|| (at * buckets as i64 / days) as usize)
        };
        for (i, _) in self.passing(Kind::Events, filter).iter() {
            let date = &self.events[*i as usize].date;
            // A coarse date is one event, not one on each of its days: it counts at its middle.
            let middle = match (date.start, date.end) {
                (Some(start), Some(end)) => {
                    Some(calendar::add_days(start, (end - start).num_days() / 2))
                }
                (start, end) => start.or(end),
            };
            if let Some(count) = middle.and_then(bucket).and_then(|at| counts.get_mut(at)) {
                *count += 1;
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
        let days = Interval::range(first, last);
        let rows = self.passing(Kind::Events, filter);
        let events = rows.iter().map(|(i, _)| &self.events[*i as usize]);
        let lasting = events.filter(|event| event.lasts() && event.date.overlaps(&days));
        let mut found: Vec<&Arc<Event>> = lasting.collect();
        let better = |a: &&Arc<Event>, b: &&Arc<Event>| {
            b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id))
        };
        if found.len() > most && most > 0 {
            found.select_nth_unstable_by(most - 1, better);
        }
        found.truncate(most);
        found.sort_unstable_by(better);
        found.into_iter().cloned().collect()
    }

    fn extent(&self, filter: &Filter) -> Option<Interval> {
        let rows = self.passing(Kind::Events, filter);
        let days = rows.iter().flat_map(|(i, _)| {
            let date = &self.events[*i as usize].date;
            [date.start, date.end]
        });
        let (mut first, mut last) = (None, None);
        for day in days.flatten() {
            first = Some(first.map_or(day, |first: NaiveDate| first.min(day)));
            last = Some(last.map_or(day, |last: NaiveDate| last.max(day)));
        }
        Some(Interval::range(first?, last?))
    }
}
