//! The publication date of one article: stated, or inferred from what the text says.

use super::timex::Expression;
use super::{Annotated, Published};

/// Solves the publication date from hints, header lines and the expressions of the text.
pub fn solve(_article: &Annotated, _expressions: &[Expression]) -> Published {
    Published::default()
}

/// Says in plain words why a date is what it is, one sentence a line.
pub fn explain(published: &Published) -> Vec<String> {
    vec![published.interval.to_string()]
}
