//! What readers may ask.

use super::overlay::Notes;
use crate::annotate::{Annotated, EntityKind, Published};
use crate::article::{ArticleId, ContentHash};
use crate::resolve::{Entity, EntityId};
use crate::text::Span;
use crate::timeline::{Event, EventId};
use crate::when::Interval;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// One line of the article list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleRow {
    /// The article.
    pub id: ArticleId,
    /// Its content.
    pub hash: ContentHash,
    /// Path as reached from the working directory.
    pub path: Option<String>,
    /// Its headline, or the start of its text.
    pub title: String,
    /// The outlet, or the file.
    pub source: Option<String>,
    /// When it was published.
    pub published: Published,
    /// Words of the contract's `text`.
    pub words: u32,
    /// Its language.
    pub language: String,
    /// False where the language is not analysed, and before the analysis ran.
    pub analysed: bool,
    /// The article that it copies.
    pub copies_of: Option<ArticleId>,
    /// It was not here the last time.
    pub new: bool,
}

/// One line of the entity list.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    /// The entity.
    pub entity: Arc<Entity>,
    /// Mentions within the filter.
    pub mentions: u32,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The event.
    pub event: Arc<Event>,
    /// No article that was here the last time tells it.
    pub new: bool,
}

/// What rows are asked for. The default asks for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Only articles that mention, and events that involve, all of these.
    pub entities: Vec<EntityId>,
    /// Only this article: its entities, its events.
    pub article: Option<ArticleId>,
    /// Only these articles; empty: all. (The result of a search.)
    pub among: Option<Arc<[ArticleId]>>,
    /// Only entities of this kind.
    pub kind: Option<EntityKind>,
    /// Only what overlaps from this day on.
    pub from: Option<NaiveDate>,
    /// Only what overlaps up to this day.
    pub to: Option<NaiveDate>,
    /// Only what is new since last time.
    pub new: bool,
}

/// Counts for the status sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Articles.
    pub articles: usize,
    /// Of these, analysed so far.
    pub analysed: usize,
    /// Articles whose date is stated, given or in metadata.
    pub dated: usize,
    /// Articles whose date is inferred.
    pub inferred: usize,
    /// Articles without a date.
    pub undated: usize,
    /// Articles in a language that is not analysed.
    pub foreign: usize,
    /// Articles that copy another.
    pub copies: usize,
    /// Articles that were not here the last time.
    pub new: usize,
    /// Entities.
    pub entities: usize,
    /// Events.
    pub events: usize,
    /// The person with the most spellings, and how many.
    pub most_spelled: Option<(String, usize)>,
    /// Input files read.
    pub files: usize,
    /// Of these, skipped.
    pub skipped: usize,
    /// Of these, cut short.
    pub truncated: usize,
}

/// Articles with numbers that last: what search files are kept by.
pub trait Numbered {
    /// The folder for the search files.
    fn search_folder(&self) -> PathBuf;
    /// Another number for every state, the same whenever and wherever that state is opened.
    fn state(&self) -> u64;
    /// Another number where an article changed or left; the same where some were only added.
    fn revision(&self) -> u64;
    /// The numbers of the articles beyond `after`, each with a number that is another when its row is. What is added
    /// has a greater number than all before.
    fn numbers(&self, after: u64) -> Vec<(u64, u32)>;
    /// The article with a number.
    fn with_number(&self, number: u64) -> Option<ArticleId>;
    /// Articles with greater numbers are new since the last time.
    fn seen(&self) -> u64;
}

/// A collection as readers see it: one consistent state that never changes under them.
///
/// Rows are in the order of the contract: articles and events by date (undated last), entities by
/// number of mentions. Ranges are clamped to what is there.
pub trait Read: Send + Sync {
    /// Grows with every state of the same collection.
    fn generation(&self) -> u64;

    /// The numbers of its articles, where the collection is kept on disk with search files.
    fn numbered(&self) -> Option<&dyn Numbered> {
        None
    }

    /// Counts.
    fn status(&self) -> Status;

    /// What the person noted and hid.
    fn notes(&self) -> Arc<Notes>;

    /// The article with this content; one of them, where there are several.
    fn article_with(&self, hash: &ContentHash) -> Option<ArticleId>;

    /// Number of articles under a filter.
    fn article_count(&self, filter: &Filter) -> usize;

    /// Article rows `range` under a filter, in date order, undated last.
    fn articles(&self, filter: &Filter, range: Range<usize>) -> Vec<ArticleRow>;

    /// The row of an article under a filter.
    fn article_position(&self, filter: &Filter, id: &ArticleId) -> Option<usize>;

    /// The first article row under a filter whose date is on or after `day`.
    fn seek(&self, filter: &Filter, day: NaiveDate) -> usize;

    /// One article with its annotations.
    fn article(&self, id: &ArticleId) -> Option<Arc<Annotated>>;

    /// The row of one article.
    fn row(&self, id: &ArticleId) -> Option<ArticleRow>;

    /// The collection's entity for entity `local` of an article.
    fn entity_of(&self, article: &ArticleId, local: u32) -> Option<EntityId>;

    /// Number of entities under a filter.
    fn entity_count(&self, filter: &Filter) -> usize;

    /// Entity rows under a filter, most mentioned first.
    fn entities(&self, filter: &Filter, range: Range<usize>) -> Vec<EntityRow>;

    /// One entity, by its id or an alias.
    fn entity(&self, id: &EntityId) -> Option<Arc<Entity>>;

    /// Where an entity is mentioned: article and span in its full text, in list order.
    fn mentions(&self, entity: &EntityId, range: Range<usize>) -> Vec<(ArticleId, Span)>;

    /// Number of events under a filter.
    fn event_count(&self, filter: &Filter) -> usize;

    /// Event rows under a filter, in date order, undated last.
    fn events(&self, filter: &Filter, range: Range<usize>) -> Vec<EventRow>;

    /// The row of an event under a filter.
    fn event_position(&self, filter: &Filter, id: &EventId) -> Option<usize>;

    /// One event.
    fn event(&self, id: &EventId) -> Option<Arc<Event>>;

    /// Events per bucket: `buckets` equal stretches of days from `first` to `last`, both
    /// inclusive. For the density strip and for sparklines.
    fn density(
        &self,
        filter: &Filter,
        first: NaiveDate,
        last: NaiveDate,
        buckets: usize,
    ) -> Vec<u32>;

    /// Events that last (states, and what is told of a stretch of days) and touch the days from
    /// `first` to `last`: the `most` that matter most, most important first.
    fn lasting(
        &self,
        filter: &Filter,
        first: NaiveDate,
        last: NaiveDate,
        most: usize,
    ) -> Vec<Arc<Event>>;

    /// The first and last day that any event under a filter touches.
    fn extent(&self, filter: &Filter) -> Option<Interval>;
}
