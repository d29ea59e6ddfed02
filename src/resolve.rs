//! Mentions of many articles to entities, and dates that only the collection can give.
//!
//! Both are folds: `(state, batch) -> (state, changes)`. The result depends on the set of
//! articles, never on their order or on how they were cut into batches.

pub mod date;
pub mod entity;

pub use entity::{Entity, EntityId, Status, Variant};
