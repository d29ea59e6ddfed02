//! What every form of export writes: chosen events, and what they cite, looked up once.

use crate::annotate::EntityKind;
use crate::article::ArticleId;
use crate::resolve::{Entity, EntityId};
use crate::store::{ArticleRow, EventRow, Filter, Read};
use crate::timeline::{Citation, Event};
use crate::when::Interval;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Events of a collection, in date order, with the articles that tell them.
pub struct View {
    /// The collection.
    pub store: Arc<dyn Read>,
    /// What the export is called.
    pub title: String,
    /// The events, undated last.
    pub events: Vec<Arc<Event>>,
    /// The articles they cite, in date order.
    pub articles: Vec<ArticleRow>,
    /// The entities that take part, by id.
    entities: HashMap<EntityId, Arc<Entity>>,
    row_of: HashMap<ArticleId, usize>,
}

impl View {
    /// Looks up what `rows` cite.
    pub fn new(store: Arc<dyn Read>, title: impl Into<String>, rows: Vec<EventRow>) -> Self {
        let events: Vec<Arc<Event>> = rows.into_iter().map(|row| row.event).collect();
        let cited: BTreeSet<&ArticleId> = events.iter().flat_map(|e| &e.articles).collect();
        let mut articles = store.articles(&Filter::default(), 0..usize::MAX);
        articles.retain(|row| cited.contains(&row.id));
        let row_of = articles
            .iter()
            .enumerate()
            .map(|(i, row)| (row.id.clone(), i))
            .collect();
        let ids: BTreeSet<&EntityId> = events.iter().flat_map(|e| &e.entities).collect();
        let entities = ids
            .into_iter()
            .filter_map(|id| Some((id.clone(), store.entity(id)?)))
            .collect();
        Self {
            title: title.into(),
            articles,
            entities,
            row_of,
            events,
            store,
        }
    }

    /// The article of a citation.
    pub fn article(&self, id: &ArticleId) -> Option<&ArticleRow> {
        self.row_of.get(id).and_then(|row| self.articles.get(*row))
    }

    /// Where a citation stands: the path, or the id where there is none, with the line.
    pub fn place(&self, citation: &Citation) -> String {
        let row = self.article(&citation.article);
        let path = row.and_then(|row| row.path.as_deref());
        let path = path.unwrap_or(citation.article.as_str());
        match citation.line {
            Some(line) => format!("{path}:{line}"),
            None => path.to_owned(),
        }
    }

    /// Who takes part in an event, most mentioned first.
    pub fn participants<'a>(&'a self, event: &'a Event) -> impl Iterator<Item = &'a Arc<Entity>> {
        event.entities.iter().filter_map(|id| self.entities.get(id))
    }

    /// Their names, at most `most` of them.
    pub fn names<'a>(&'a self, event: &'a Event) -> impl Iterator<Item = &'a str> {
        self.participants(event).map(|entity| entity.name.as_str())
    }

    /// The place that an event names first.
    pub fn location<'a>(&'a self, event: &'a Event) -> Option<&'a str> {
        let place = |entity: &&Arc<Entity>| entity.kind == EntityKind::Place;
        let found = self.participants(event).find(place)?;
        Some(&found.name)
    }

    /// Everyone who takes part in any event, with the number of events, most first.
    pub fn cast(&self) -> Vec<(&Arc<Entity>, usize)> {
        let mut counts: HashMap<&EntityId, usize> = HashMap::new();
        for id in self.events.iter().flat_map(|event| &event.entities) {
            *counts.entry(id).or_default() += 1;
        }
        let mut cast: Vec<_> = counts
            .into_iter()
            .filter_map(|(id, count)| Some((self.entities.get(id)?, count)))
            .collect();
        cast.sort_by(|a, b| {
            b.1.cmp(&a.1)
                .then_with(|| a.0.name.cmp(&b.0.name))
                .then_with(|| a.0.id.cmp(&b.0.id))
        });
        cast
    }

    /// The last day on which any cited article was published: the age of the export, as far as its
    /// sources tell it.
    pub fn newest(&self) -> Option<NaiveDate> {
        self.articles
            .iter()
            .filter_map(|row| row.published.interval.end)
            .max()
    }
}

/// A date for people: at its own precision, with what is not sure in words.
pub(super) fn told(date: &Interval) -> String {
    let about = if date.approximate { "about " } else { "" };
    match (date.start, date.end) {
        (Some(_), Some(_)) => format!("{about}{date}").replace("..", " to "),
        (None, Some(end)) => format!("until {about}{end}"),
        (Some(start), None) => format!("from {about}{start}"),
        (None, None) => "undated".to_owned(),
    }
}

/// `3 articles, 2 independent voices`.
pub(super) fn counts(event: &Event) -> String {
    let voices = event.voices;
    match event.articles.len() {
        1 => "1 article".to_owned(),
        n if voices == 1 => format!("{n} articles, 1 independent voice"),
        n => format!("{n} articles, {voices} independent voices"),
    }
}
