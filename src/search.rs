//! Search: one query language for `/`, `:filter` and `dateline search`, and its evaluation.
//!
//! Words are matched as words, not as scattered letters: the word itself, its beginning, then,
//! where nothing holds either, one slip of the keyboard, another spelling of a name, lost letters.
//! A name stands for its entity: it finds every article that has it in any spelling.
//!
//! [`run`] is for one question; whoever asks at every key stroke keeps an [`Index`].

use crate::article::{ArticleId, ContentHash};
use crate::store::Read;
use crate::store::overlay::Notes;
use crate::text::Span;

pub mod archive;
mod compare;
mod eval;
mod finder;
pub mod fuzzy;
pub mod index;
mod mark;
pub mod query;
mod rank;
#[cfg(test)]
mod tests;
mod words;

pub use finder::{Finder, Wanted};
pub use index::Index;
pub use query::{Query, QueryError};

/// What a reader marked, for `is:unread`, `is:starred` and `tag:`. Keyed by content, as the
/// overlay is.
pub trait Marks {
    /// The article was read.
    fn is_read(&self, article: &ContentHash) -> bool;
    /// The article is starred.
    fn is_starred(&self, article: &ContentHash) -> bool;
    /// The article has this tag, in any case.
    fn has_tag(&self, article: &ContentHash, tag: &str) -> bool;
}

impl Marks for Notes {
    fn is_read(&self, article: &ContentHash) -> bool {
        self.read.contains(article)
    }

    fn is_starred(&self, article: &ContentHash) -> bool {
        self.starred.contains(article)
    }

    fn has_tag(&self, article: &ContentHash, tag: &str) -> bool {
        let tags = self.tags.get(article);
        tags.is_some_and(|tags| tags.iter().any(|known| known.eq_ignore_ascii_case(tag)))
    }
}

/// Where a hit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// In the headline.
    Title,
    /// In the text.
    Text,
    /// In the name of an entity.
    Entity,
}

/// One article that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// How well; higher is better.
    pub score: f64,
    /// Where the best match stands.
    pub field: Field,
    /// The words around the match.
    pub snippet: String,
    /// Matches in the snippet, as code points, end exclusive.
    pub matches: Vec<(usize, usize)>,
    /// Matches in the full text of the article.
    pub spans: Vec<Span>,
}

/// Runs a query, best first, at most `limit` hits.
///
/// `cancelled` is asked now and then; once true, the search ends with what it has. Reads the whole
/// collection: to ask more than once, keep an [`Index`].
pub fn run(
    store: &dyn Read,
    query: &Query,
    limit: usize,
    cancelled: &dyn Fn() -> bool,
) -> Vec<Hit> {
    let mut index = Index::new();
    index.update(store);
    index.run(store, query, limit, cancelled)
}
