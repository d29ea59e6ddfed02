//! The read trait through which panes, search and commands reach data, and what is behind it.
//!
//! [`Memory`] holds a collection that was read just now, [`Library`] one that is kept in a
//! database. No reader holds a vector as long as the collection: it asks for the rows it shows.

pub mod cache;
mod codec;
pub mod library;
pub mod map;
pub mod memory;
pub mod overlay;
pub mod read;
pub mod recent;
pub mod row;
pub mod seen;

pub use cache::Cache;
pub use library::Library;
pub use memory::Memory;
pub use overlay::Overlay;
pub use read::{ArticleRow, EntityRow, EventRow, Filter, Numbered, Read, Status};
pub use seen::Seen;
