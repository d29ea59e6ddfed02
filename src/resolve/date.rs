//! Publication dates across the collection: the year of an article that does not state it.
//!
//! An article that names "August 9" or "Sunday, September 20" without a year shares its story
//! with articles whose dates are stated; what those resolve to votes for the year.

use crate::annotate::{Annotated, Published};
use crate::article::ArticleId;
use std::sync::Arc;

/// What the collection says of years so far.
#[derive(Clone, Debug, Default)]
pub struct State {}

impl State {
    /// Takes a batch in; gives the articles whose publication date is now another, with that date.
    ///
    /// Only dates that articles state by themselves vote, so the order of arrival does not matter.
    pub fn fold(&mut self, _batch: &[Arc<Annotated>]) -> Vec<(ArticleId, Published)> {
        Vec::new()
    }
}
