//! What a person changed: an append-only file of JSON lines that wins over everything found.
//!
//! Targets are surfaces and content hashes, never derived ids. An entry that no longer applies
//! is kept and warned of; undo appends.

use serde::{Deserialize, Serialize};

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Version of the format.
    pub v: u32,
}

/// All entries, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// The entries.
    pub entries: Vec<Entry>,
}
