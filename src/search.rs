//! Search: one query language for `/`, `:filter` and `dateline search`, and its evaluation.

use crate::article::ArticleId;
use crate::store::Read;
use crate::text::Span;

pub mod query;

pub use query::{Query, QueryError};

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
/// `cancelled` is asked now and then; once true, the search ends with what it has.
pub fn run(
    _store: &dyn Read,
    _query: &Query,
    _limit: usize,
    _cancelled: &dyn Fn() -> bool,
) -> Vec<Hit> {
    Vec::new()
}
