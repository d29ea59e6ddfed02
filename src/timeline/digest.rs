//! The story in N dates: the best days and the sentences that tell them.

use crate::annotate::Annotated;
use crate::article::ArticleId;
use chrono::NaiveDate;
use std::sync::Arc;

/// What to make.
#[derive(Clone, Debug)]
pub struct Request {
    /// Number of dates.
    pub dates: usize,
    /// Sentences a date.
    pub sentences: usize,
    /// A sentence must hold one of these; empty: any sentence.
    pub about: Vec<String>,
    /// First day allowed.
    pub from: Option<NaiveDate>,
    /// Last day allowed.
    pub to: Option<NaiveDate>,
}

/// One date of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub date: NaiveDate,
    /// What happened, as articles say it.
    pub sentences: Vec<String>,
    /// The articles that say so, one a sentence.
    pub articles: Vec<ArticleId>,
}

/// Makes a digest, in date order.
pub fn digest(_articles: &[Arc<Annotated>], _request: &Request) -> Vec<Entry> {
    Vec::new()
}
