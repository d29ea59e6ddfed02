//! A whole collection in memory: one immutable state, made by the engine, read by everyone.

mod passing;
mod read;

use super::overlay::Notes;
use super::read::{ArticleRow, Filter, Status};
use crate::annotate::{Annotated, Basis, EntityKind};
use crate::article::{ArticleId, ContentHash};
use crate::resolve::{Entity, EntityId};
use crate::timeline::{Event, EventId};
use std::collections::HashMap;
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
