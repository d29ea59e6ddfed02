//! What all panes share: the snapshot, what is selected, searched and filtered, and the focus.
//!
//! Not here: scroll positions, cursors and layouts; they live in the panes. Invariant:
//! [`Model::query`] always says what filter and search ask together.

use super::pane::PaneId;
use crate::article::{ArticleId, ContentHash};
use crate::config::Shares;
use crate::resolve::EntityId;
use crate::search::QueryError;
use crate::source::{FileReport, Outcome};
use crate::store::{Filter, Read, Status};
use crate::text::Span;
use crate::timeline::EventId;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// A place in the text to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Jump {
    /// The article.
    pub(super) article: ArticleId,
    /// The words, in its full text.
    pub(super) span: Span,
}

/// A search and what it found.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// As typed.
    pub(super) text: String,
    /// Articles that match, best first.
    pub(super) ranked: Arc<[ArticleId]>,
    /// Where the words stand in each.
    pub(super) spans: BTreeMap<ArticleId, Vec<Span>>,
    /// What is wrong with the query.
    pub(super) error: Option<QueryError>,
}

/// How far the pipeline is.
#[derive(Clone, Debug, Default)]
pub(super) struct Loading {
    /// Files read.
    pub(super) done: usize,
    /// Files found.
    pub(super) total: usize,
    /// All is read and analysed.
    pub(super) finished: bool,
    /// The pipeline went away before it was done.
    pub(super) broken: bool,
    /// Files skipped.
    pub(super) skipped: usize,
    /// Files cut short.
    pub(super) truncated: usize,
    /// The last file that did not load whole, and why.
    pub(super) last: Option<String>,
}

/// A part of the collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Only {
    /// What one article tells.
    Article(ArticleId),
    /// What is new since last time.
    New,
}

/// A search that was saved: a source of the list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Saved {
    /// What the person calls it.
    pub(super) name: String,
    /// In the query language.
    pub(super) query: String,
}

/// How loud a word to the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Something was done.
    Info,
    /// Something could not be done.
    Warning,
}

/// The facts that panes share.
pub(super) struct Model {
    /// The snapshot.
    pub(super) store: Arc<dyn Read>,
    /// Its counts.
    pub(super) status: Status,
    /// The pane that keys go to.
    pub(super) focus: PaneId,
    /// The pane that is shown beside the list where there is room for one.
    pub(super) follow: PaneId,
    /// The focused pane has the whole screen.
    pub(super) enlarged: bool,
    /// How much of the screen each pane has.
    pub(super) shares: Shares,
    /// The panes that the last frame showed.
    pub(super) shown: Vec<PaneId>,
    /// The article that is open.
    pub(super) article: Option<ArticleId>,
    /// The article that was open before.
    pub(super) before: Option<ArticleId>,
    /// The event under the timeline's cursor.
    pub(super) event: Option<EventId>,
    /// The entity under the cursor of the entities.
    pub(super) entity: Option<EntityId>,
    /// The words that an event, a quote or a mention led to.
    pub(super) jump: Option<Jump>,
    /// Grows with every jump, so that the same jump twice scrolls twice.
    pub(super) jumps: u64,
    /// Entities that everything is filtered by, with their names.
    pub(super) filter: Vec<(EntityId, String)>,
    /// First and last day that everything is filtered by.
    pub(super) range: Option<(NaiveDate, NaiveDate)>,
    /// A part of the collection that is all that is shown.
    pub(super) only: Option<Only>,
    /// What is looked for in the text.
    pub(super) find: Option<String>,
    /// The search in force.
    pub(super) search: Option<Search>,
    /// The keys to show for each action, by its name.
    pub(super) keys: BTreeMap<String, String>,
    /// Saved searches.
    pub(super) searches: Vec<Saved>,
    /// What is being searched, and whether it was just typed.
    pub(super) asked: Option<(String, bool)>,
    /// What filter and search ask of the store.
    pub(super) query: Filter,
    /// Marked entities, with their names.
    pub(super) marks: BTreeMap<EntityId, String>,
    /// Marked articles, with their content.
    pub(super) picked: BTreeMap<ArticleId, ContentHash>,
    /// Boilerplate is shown.
    pub(super) boilerplate: bool,
    /// Columns of running text.
    pub(super) measure: u16,
    /// Collections that were open lately, each by its paths.
    pub(super) recent: Arc<[Vec<PathBuf>]>,
    /// How far the pipeline is.
    pub(super) loading: Loading,
    /// The person did something already: what they look at stays where it is.
    pub(super) touched: bool,
    /// A word to the user, until the next key.
    pub(super) note: Option<(Level, String)>,
}

impl Model {
    /// A model before anything is known.
    pub(super) fn new(store: Arc<dyn Read>, measure: u16, boilerplate: bool) -> Self {
        Self {
            status: store.status(),
            store,
            focus: PaneId::Articles,
            follow: PaneId::Text,
            enlarged: false,
            shares: Shares::default(),
            shown: Vec::new(),
            article: None,
            before: None,
            event: None,
            entity: None,
            jump: None,
            jumps: 0,
            filter: Vec::new(),
            range: None,
            only: None,
            find: None,
            search: None,
            keys: BTreeMap::new(),
            searches: Vec::new(),
            asked: None,
            query: Filter::default(),
            marks: BTreeMap::new(),
            picked: BTreeMap::new(),
            boilerplate,
            measure,
            recent: Arc::from([]),
            loading: Loading::default(),
            touched: false,
            note: None,
        }
    }

    /// Says something to the user.
    pub(super) fn say(&mut self, level: Level, text: impl Into<String>) {
        self.note = Some((level, text.into()));
    }

    /// Brings [`Self::query`] up to filter and search.
    pub(super) fn refilter(&mut self) {
        let among = self.search.as_ref().map(|search| {
            let mut ids = search.ranked.to_vec();
            ids.sort();
            ids.into()
        });
        self.query = Filter {
            entities: self.filter.iter().map(|(id, _)| id.clone()).collect(),
            article: match &self.only {
                Some(Only::Article(id)) => Some(id.clone()),
                _ => None,
            },
            among,
            kind: None,
            from: self.range.map(|(first, _)| first),
            to: self.range.map(|(_, last)| last),
            new: self.only == Some(Only::New),
        };
    }

    /// The saved search that is in force.
    pub(super) fn source(&self) -> Option<usize> {
        let search = self.search.as_ref()?;
        self.searches
            .iter()
            .position(|saved| saved.query == search.text)
    }

    /// True where something is filtered or searched.
    pub(super) fn is_filtered(&self) -> bool {
        !self.filter.is_empty()
            || self.search.is_some()
            || self.range.is_some()
            || self.only.is_some()
    }

    /// Opens an article, and keeps which one was open before.
    pub(super) fn open(&mut self, article: ArticleId) {
        if self.article.as_ref() != Some(&article) {
            self.before = self.article.replace(article);
        }
    }

    /// Puts the cursor of the text on `span` of `article`.
    pub(super) fn jump_to(&mut self, article: ArticleId, span: Span) {
        self.open(article.clone());
        self.jump = Some(Jump { article, span });
        self.jumps += 1;
    }

    /// Takes in what became of a file.
    pub(super) fn report(&mut self, report: &FileReport) {
        match report.outcome {
            Outcome::Loads => return,
            Outcome::Skipped => self.loading.skipped += 1,
            Outcome::Truncated => self.loading.truncated += 1,
        }
        let reason = report.reason.map_or("cut short", super::status::reason);
        self.loading.last = Some(format!("{}: {reason}", report.file));
    }
}
