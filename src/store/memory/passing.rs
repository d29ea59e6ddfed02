//! Which rows pass a filter.

use super::{Kind, Memory};
use crate::annotate::EntityKind;
use crate::article::ArticleId;
use crate::resolve::{Entity, EntityId};
use crate::store::read::{Filter, Read};
use crate::when::Interval;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

impl Memory {
    /// The ids as they are now, aliases followed.
    fn current(&self, ids: &[EntityId]) -> Vec<EntityId> {
        let follow = |id: &EntityId| self.entity(id).map_or_else(|| id.clone(), |e| e.id.clone());
        ids.iter().map(follow).collect()
    }

    pub(super) fn passing_articles(&self, filter: &Filter) -> Vec<u32> {
        let among: Option<HashSet<&ArticleId>> =
            filter.among.as_ref().map(|all| all.iter().collect());
        let wanted: Vec<HashSet<&ArticleId>> = self
            .current(&filter.entities)
            .iter()
            .map(|id| {
                let entity = self
                    .entity_index
                    .get(id)
                    .and_then(|i| self.entities.get(*i as usize));
                entity
                    .map(|e| e.articles.iter().collect())
                    .unwrap_or_default()
            })
            .collect();
        let days = days_of(filter);
        let slots = match filter.article.as_ref().map(|id| self.by_id.get(id)) {
            None => 0..self.slots.len() as u32,
            Some(Some(only)) => *only..*only + 1,
            Some(None) => 0..0,
        };
        slots
            .filter(|i| {
                let slot = &self.slots[*i as usize];
                let id = &slot.row.id;
                (slot.row.new || !filter.new)
                    && among.as_ref().is_none_or(|among| among.contains(id))
                    && wanted.iter().all(|articles| articles.contains(id))
                    && days.is_none_or(|days| {
                        days.overlaps(&slot.row.published.interval) || self.tells_of(id, &days)
                    })
            })
            .collect()
    }

    /// True where an article tells of something that falls on these days, to the month at least: a
    /// year is told of everywhere.
    fn tells_of(&self, article: &ArticleId, days: &Interval) -> bool {
        let told = self.events_of.get(article).into_iter().flatten();
        told.filter_map(|i| self.events.get(*i as usize))
            .any(|event| {
                let date = known_end(&event.date);
                event.date.is_dated()
                    && date.days().is_some_and(|long| long <= 31)
                    && days.overlaps(&date)
            })
    }

    /// Entities with their mentions under the filter.
    pub(super) fn counted_entities(&self, filter: &Filter) -> Vec<(u32, u32)> {
        let of_kind = |e: &Entity| filter.kind.is_none_or(|kind: EntityKind| kind == e.kind);
        let unnarrowed = Filter {
            kind: filter.kind,
            ..Filter::default()
        };
        if *filter == unnarrowed {
            let all = (0u32..).zip(&self.entities).filter(|(_, e)| of_kind(e));
            return all.map(|(i, e)| (i, e.mentions)).collect();
        }
        let mut counts: HashMap<u32, u32> = HashMap::new();
        let articles = Filter {
            kind: None,
            ..filter.clone()
        };
        for (slot, _) in self.passing(Kind::Articles, &articles).iter() {
            let slot = &self.slots[*slot as usize];
            for mention in &slot.annotated.mentions {
                let id = slot.entities.get(mention.entity as usize);
                let id = id.and_then(Option::as_ref);
                if let Some(i) = id.and_then(|id| self.entity_index.get(id)) {
                    *counts.entry(*i).or_default() += 1;
                }
            }
        }
        let mut rows: Vec<(u32, u32)> = counts
            .into_iter()
            .filter(|(i, _)| of_kind(&self.entities[*i as usize]))
            .collect();
        rows.sort_unstable_by_key(|(i, count)| (Reverse(*count), *i));
        rows
    }

    pub(super) fn passing_events(&self, filter: &Filter) -> Vec<u32> {
        let among: Option<HashSet<&ArticleId>> =
            filter.among.as_ref().map(|all| all.iter().collect());
        let wanted = self.current(&filter.entities);
        let days = days_of(filter);
        let passes = |i: &u32| {
            let event = &self.events[*i as usize];
            let told = || event.articles.iter();
            (!filter.new || self.is_new(event))
                && wanted.iter().all(|id| event.entities.contains(id))
                && among
                    .as_ref()
                    .is_none_or(|among| told().any(|a| among.contains(a)))
                && days.is_none_or(|days| days.overlaps(&known_end(&event.date)))
        };
        match &filter.article {
            Some(article) => {
                let of_article = self.events_of.get(article).into_iter().flatten();
                of_article.copied().filter(passes).collect()
            }
            None => (0..self.events.len() as u32).filter(passes).collect(),
        }
    }
}

fn days_of(filter: &Filter) -> Option<Interval> {
    match (filter.from, filter.to) {
        (None, None) => None,
        (Some(from), None) => Some(Interval::after(from)),
        (None, Some(to)) => Some(Interval::before(to)),
        (Some(from), Some(to)) => Some(Interval::range(from, to)),
    }
}

/// The day that an open stretch is known by: what began in 1994 is no event of every later week.
fn known_end(date: &Interval) -> Interval {
    match (date.start, date.end) {
        (Some(day), None) | (None, Some(day)) => Interval::day(day),
        _ => *date,
    }
}
