//! A collection as it grows: the folds of the layers below, driven in one place.
//!
//! Invariant: the state depends on the set of articles and on the overlay, never on the order or
//! the batches in which articles came, nor on how often a snapshot was taken.

use crate::annotate::{Annotated, Published, annotate};
use crate::article::{Article, ArticleId, ContentHash};
use crate::resolve::{date, entity};
use crate::source::{FileReport, Outcome, ReadFile, UniqueIds};
use crate::store::cache::{Cache, Key};
use crate::store::library::Kept;
use crate::store::memory::{Parts, Slot};
use crate::store::{ArticleRow, Memory, Overlay, Read, Seen, Status, row};
use crate::timeline;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What the cache knows an article by, where there is one, and whether it had it.
type Lookup = Option<(Key, bool)>;

/// New articles from which on they are remembered: fewer are annotated again in a blink.
const WORTH_KEEPING: usize = 200;

/// Articles with everything that is known of them together.
#[derive(Debug, Default)]
pub struct Collection {
    overlay: Overlay,
    seen: Seen,
    /// In order of arrival, as each article sees itself.
    articles: Vec<Arc<Annotated>>,
    by_id: HashMap<ArticleId, u32>,
    ids: UniqueIds,
    words: Vec<u32>,
    dates: date::State,
    entities: entity::State,
    timeline: timeline::State,
    files: Status,
    generation: u64,
    cache: Option<Cache>,
    /// Annotations that the cache does not have, and keys of those that it had.
    fresh: Vec<(Key, Arc<Annotated>)>,
    used: Vec<Key>,
    /// The last snapshot, where nothing but notes of the person can be different since.
    last: Option<Arc<Memory>>,
}

impl Collection {
    /// An empty collection under an overlay.
    pub fn new(overlay: Overlay) -> Self {
        Self {
            entities: entity::State::new(overlay.decisions()),
            overlay,
            ..Self::default()
        }
    }

    /// The same, where these articles were seen before.
    #[must_use]
    pub fn with_seen(self, seen: Seen) -> Self {
        Self { seen, ..self }
    }

    /// The same, with a memory of what was found in articles before.
    #[must_use]
    pub fn with_cache(self, cache: Option<Cache>) -> Self {
        Self { cache, ..self }
    }

    /// Counts what became of files.
    pub fn count_skipped(&mut self, reports: &[FileReport]) {
        self.last = None;
        for report in reports {
            self.files.files += 1;
            match report.outcome {
                Outcome::Loads => {}
                Outcome::Skipped => self.files.skipped += 1,
                Outcome::Truncated => self.files.truncated += 1,
            }
        }
    }

    /// Takes the articles of some files in.
    pub fn add(&mut self, files: Vec<ReadFile>) {
        self.last = None;
        let (batch, changed) = self.take(files);
        self.entities.fold(&batch);
        self.timeline.fold(&batch);
        self.timeline.fold(&changed);
    }

    /// The articles of some files by themselves, dated with each other's help: for what needs no
    /// entities and no timeline of the whole.
    pub fn dated(overlay: Overlay, files: Vec<ReadFile>) -> Vec<Arc<Annotated>> {
        let mut collection = Self::new(overlay);
        collection.take(files);
        let mut articles = collection.articles;
        articles.sort_by(|a, b| {
            let (mine, theirs) = (&a.published.interval, &b.published.interval);
            mine.order(theirs).then_with(|| a.id().cmp(&b.id()))
        });
        articles
    }

    /// Annotates the articles of some files; gives them, and older ones that they date otherwise.
    fn take(&mut self, files: Vec<ReadFile>) -> (Vec<Arc<Annotated>>, Vec<Arc<Annotated>>) {
        let mut articles: Vec<Article> = files.into_iter().flat_map(|file| file.articles).collect();
        for article in &mut articles {
            super::settle(&mut self.ids, article);
        }
        let given = self.overlay.dates();
        let batch = self.annotate(articles, &given);
        let changed = self.enter(&batch, &given);
        (batch, changed)
    }

    /// Annotates articles, or remembers what was found in them.
    fn annotate(
        &mut self,
        articles: Vec<Article>,
        given: &BTreeMap<ContentHash, Published>,
    ) -> Vec<Arc<Annotated>> {
        let cache = self.cache.as_ref();
        let made: Vec<(Arc<Annotated>, Lookup)> = articles
            .into_par_iter()
            .map(|article| {
                let article = Arc::new(article);
                if let Some(dated) = given.get(&article.hash) {
                    return (Arc::new(annotate(article, Some(dated.clone()))), None);
                }
                let known = cache.and_then(|cache| {
                    let key = Cache::key(&article).ok()?;
                    Some((key, cache.get(&key)))
                });
                match known {
                    Some((key, Some(found))) => {
                        (Arc::new(Annotated { article, ..found }), Some((key, true)))
                    }
                    Some((key, None)) => (Arc::new(annotate(article, None)), Some((key, false))),
                    None => (Arc::new(annotate(article, None)), None),
                }
            })
            .collect();
        for (article, key) in &made {
            match key {
                Some((key, true)) => self.used.push(*key),
                Some((key, false)) => self.fresh.push((*key, article.clone())),
                None => {}
            }
        }
        if let Some(cache) = &self.cache
            && self.fresh.len() >= WORTH_KEEPING
        {
            // Without it the next time takes as long as this one: nothing to tell.
            let _kept = cache.put(
                &std::mem::take(&mut self.fresh),
                &std::mem::take(&mut self.used),
            );
        }
        made.into_iter().map(|(article, _)| article).collect()
    }

    /// Takes articles of a library back in, as they were analysed when they came.
    pub fn take_back(&mut self, kept: Vec<Kept>) {
        self.last = None;
        let given = self.overlay.dates();
        let batch: Vec<Arc<Annotated>> = kept
            .into_par_iter()
            .map(|kept| {
                let dated = given.get(&kept.article.article.hash).cloned();
                if kept.stale || dated.is_some() {
                    Arc::new(annotate(kept.article.article, dated))
                } else {
                    Arc::new(kept.article)
                }
            })
            .collect();
        let changed = self.enter(&batch, &given);
        self.entities.fold(&batch);
        self.timeline.fold(&batch);
        self.timeline.fold(&changed);
    }

    /// Makes annotated articles part of the collection; gives older ones that they date otherwise.
    fn enter(
        &mut self,
        batch: &[Arc<Annotated>],
        given: &BTreeMap<ContentHash, Published>,
    ) -> Vec<Arc<Annotated>> {
        let base = self.articles.len() as u32;
        for (i, article) in (base..).zip(batch) {
            self.by_id.insert(article.id(), i);
        }
        self.words
            .par_extend(batch.par_iter().map(|article| row::words(article)));
        self.articles.extend(batch.iter().cloned());
        let redated = self.dates.fold(batch);
        self.redate(redated, given)
    }

    /// Takes in what a person decided by now: what the overlay says differently is made anew. False
    /// where nothing is different.
    pub fn decide(&mut self, overlay: &Overlay) -> bool {
        if self.overlay == *overlay {
            return false;
        }
        let before = std::mem::replace(&mut self.overlay, overlay.clone());
        let decisions = self.overlay.decisions();
        let redated = before.dates() != self.overlay.dates();
        if redated {
            self.date_again();
            self.last = None;
        }
        if redated || before.decisions() != decisions {
            self.entities = entity::State::new(decisions);
            self.entities.fold(&self.articles);
            self.last = None;
        }
        true
    }

    /// The state as readers see it.
    pub fn snapshot(&mut self) -> Arc<dyn Read> {
        self.generation += 1;
        let notes = Arc::new(self.overlay.notes());
        if let Some(last) = &self.last {
            let next = Arc::new(last.noted(self.generation, notes));
            self.last = Some(next.clone());
            return next;
        }
        let copies: BTreeMap<ArticleId, ArticleId> = self.timeline.copies().into_iter().collect();
        let slots = self
            .articles
            .par_iter()
            .zip(&self.words)
            .map(|(article, words)| self.slot(article, *words, &copies))
            .collect();
        let made = Arc::new(Memory::new(Parts {
            generation: self.generation,
            slots,
            entities: self.entities.entities(),
            events: self.timeline.events(&self.entities),
            status: self.files.clone(),
            notes,
        }));
        self.last = Some(made.clone());
        made
    }

    /// Annotates articles again whose date the collection knows better; gives them back.
    fn redate(
        &mut self,
        redated: Vec<(ArticleId, Published)>,
        given: &BTreeMap<ContentHash, Published>,
    ) -> Vec<Arc<Annotated>> {
        let again: Vec<(u32, Arc<Annotated>)> = redated
            .into_par_iter()
            .filter_map(|(id, published)| {
                let index = *self.by_id.get(&id)?;
                let article = self.articles.get(index as usize)?.article.clone();
                // A person's word is stronger than the collection's.
                let fixed = given.contains_key(&article.hash);
                (!fixed).then(|| (index, Arc::new(annotate(article, Some(published)))))
            })
            .collect();
        let mut changed = Vec::with_capacity(again.len());
        for (index, article) in again {
            if let Some(place) = self.articles.get_mut(index as usize) {
                *place = article.clone();
            }
            changed.push(article);
        }
        changed
    }

    /// All dates from the start, after a person set or unset one.
    fn date_again(&mut self) {
        let given = self.overlay.dates();
        self.articles = self
            .articles
            .par_iter()
            .map(|known| {
                let dated = given.get(&known.article.hash).cloned();
                Arc::new(annotate(known.article.clone(), dated))
            })
            .collect();
        let batch = self.articles.clone();
        self.dates = date::State::default();
        let redated = self.dates.fold(&batch);
        self.redate(redated, &given);
        self.timeline = timeline::State::default();
        self.timeline.fold(&self.articles);
    }

    fn slot(
        &self,
        article: &Arc<Annotated>,
        words: u32,
        copies: &BTreeMap<ArticleId, ArticleId>,
    ) -> Slot {
        let id = article.id();
        let entities = (0..article.entities.len() as u32)
            .map(|local| self.entities.entity_of(&id, local))
            .collect();
        Slot {
            row: ArticleRow {
                copies_of: copies.get(&id).cloned(),
                new: self.seen.is_new(&article.article.hash),
                ..ArticleRow::of(article, words)
            },
            annotated: article.clone(),
            entities,
        }
    }
}
