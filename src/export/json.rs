//! The JSON contract, version 1: what scripts and evaluation rely on.
//!
//! Fields are added freely; none is renamed or dropped without a new version. Offsets are code
//! points into the `text` of the same article; they are made here, at the edge.

mod article;
mod collection;
mod place;

pub use article::{Article, Date, Evidence, Published, annotated, date, published};
pub use collection::{
    DigestEntry, Entity, Event, ListRow, Locate, SearchHit, Why, entity, event, list_row,
    search_hit, why,
};
pub use place::Places;

/// The version of the contract.
pub const VERSION: u32 = 1;
