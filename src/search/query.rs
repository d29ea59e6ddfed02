//! The query language: text to one typed tree, with the place of every error.

use crate::text::Span;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {}

/// Bad syntax: what, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at character {}", span.start + 1)]
pub struct QueryError {
    /// What is wrong and what would be right.
    pub message: String,
    /// Where, in bytes of the query.
    pub span: Span,
}

/// Parses a query; on bad syntax the query searches the literal text, and the error says why.
pub fn parse(_text: &str) -> (Query, Option<QueryError>) {
    (Query::default(), None)
}
