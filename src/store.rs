//! The read trait through which panes, search and commands reach data, and what is behind it.
//!
//! Today there is an in-memory implementation, [`Memory`]; a database comes behind the same
//! trait and the same tests. No reader holds a vector as long as the collection: it asks for the
//! rows it shows.

pub mod memory;
pub mod overlay;
pub mod read;
pub mod recent;
pub mod seen;

pub use memory::Memory;
pub use overlay::Overlay;
pub use read::{ArticleRow, EntityRow, EventRow, Filter, Read, Status};
pub use seen::Seen;
