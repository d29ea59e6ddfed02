//! What readers ask of a collection in memory, answered.

use super::super::overlay::Notes;
use super::super::read::{ArticleRow, EntityRow, EventRow, Filter, Read, Status};
use super::{Kind, Memory, Slot};
use crate::annotate::Annotated;
use crate::article::{ArticleId, ContentHash};
use crate::resolve::{Entity, EntityId};
use crate::text::Span;
use crate::timeline::{Event, EventId};
use crate::when::{Interval, calendar};
use chrono::NaiveDate;
use std::ops::Range;
use std::sync::Arc;

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

fn clamp(range: Range<usize>, len: usize) -> Range<usize> {
    range.start.min(len)..range.end.clamp(range.start.min(len), len)
}
