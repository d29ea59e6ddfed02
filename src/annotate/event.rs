//! Event mentions: clauses that say that something happened, with the date that governs them.

use super::{Annotated, EventMention};

/// Finds the event mentions of an article, rising.
pub fn extract(_article: &Annotated) -> Vec<EventMention> {
    Vec::new()
}
