//! Sentence boundaries in news text.

use super::Span;

/// Splits the text under `within` into sentences: rising, disjoint, without space around them.
pub fn split(text: &str, within: Span) -> Vec<Span> {
    vec![within.trim(text)]
}
