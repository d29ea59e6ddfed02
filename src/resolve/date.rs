//! Publication dates across the collection: the year of an article that does not state it.
//!
//! An article that names "August 9" or "Sunday, September 20" without a year shares its story
//! with articles whose dates are known from themselves; what those resolve to votes for the year.
//! A vote counts only between articles that share the day and at least two names, or two days and
//! a name, so that another story on the same day of another year has no say.
//!
//! Invariants: only dates that articles have from themselves vote, so the result depends on the
//! set of articles, not on their order or batches. Work is linear in what articles name: votes
//! are found by (day of the month, name) and capped for each.

mod name;
mod vote;

use crate::annotate::{Annotated, Basis, Confidence, Published, published};
use crate::article::ArticleId;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use vote::{Key, Votes};

/// What the collection says of years so far.
#[derive(Clone, Debug, Default)]
pub struct State {
    votes: Votes,
    open: Vec<Open>,
    /// Open articles by what they wait for.
    waiting: HashMap<Key, Vec<u32>>,
    seen: HashSet<ArticleId>,
}

/// An article that does not know its year.
#[derive(Clone, Debug)]
struct Open {
    article: Arc<Annotated>,
    clues: published::Clues,
    keys: Vec<Key>,
    /// What other articles say of its days so far.
    known: published::Known,
    /// What is believed of it so far.
    published: Published,
}

impl State {
    /// Takes a batch in; gives the articles whose publication date is now another, with that date.
    ///
    /// Only dates that articles state by themselves vote, so the order of arrival does not matter.
    pub fn fold(&mut self, batch: &[Arc<Annotated>]) -> Vec<(ArticleId, Published)> {
        let mut touched = BTreeSet::new();
        for article in batch {
            if !article.language.analysed || !self.seen.insert(article.id()) {
                continue;
            }
            let weight = vote::weight(&article.published);
            if weight > 0 {
                for key in self.votes.add(article, weight) {
                    touched.extend(self.waiting.get(&key).into_iter().flatten().copied());
                }
            }
            if is_open(&article.published) {
                touched.extend(self.wait(article));
            }
        }
        touched
            .into_iter()
            .filter_map(|index| self.solve(index))
            .collect()
    }

    /// Remembers an article without a year; gives its place where votes could date it.
    fn wait(&mut self, article: &Arc<Annotated>) -> Option<u32> {
        let clues = published::clues(article);
        let days = published::open_days(article, &clues);
        if days.is_empty() {
            return None;
        }
        let keys = vote::keys(&days, &name::of(article));
        let index = self.open.len() as u32;
        for key in &keys {
            self.waiting.entry(*key).or_default().push(index);
        }
        self.open.push(Open {
            article: article.clone(),
            clues,
            keys,
            known: published::Known::default(),
            published: article.published.clone(),
        });
        Some(index)
    }

    /// Dates an open article anew; gives the date where it is another than before.
    fn solve(&mut self, index: u32) -> Option<(ArticleId, Published)> {
        let open = self.open.get_mut(index as usize)?;
        let known = self.votes.count(&open.keys, &open.clues);
        if known == open.known {
            return None;
        }
        open.known = known;
        let known = &open.known;
        let published = published::solve_with(&open.article, &open.clues, known);
        if published == open.published {
            return None;
        }
        open.published = published.clone();
        Some((open.article.id(), published))
    }
}

/// True where other articles may know the date better.
fn is_open(published: &Published) -> bool {
    match published.basis {
        Basis::None => true,
        Basis::Inferred => published.confidence <= Confidence::Low,
        _ => false,
    }
}
