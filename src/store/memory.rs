//! A whole collection in memory, immutable.

/// An immutable state of a collection.
#[derive(Debug, Default)]
pub struct Memory {}
