//! A library: articles with everything found in them, kept in one SQLite file.
//!
//! A library is a folder: `library.db` is the store of record, everything else in it is derived and
//! may be deleted. This is the only place with SQL. [`Writer`] puts input files in, one transaction
//! each; [`Library`] answers what readers ask, a screenful at a time; [`check`] finds damage.
//!
//! Invariants: an input file is there with all its articles or not at all; what was acknowledged
//! survives a killed process (write-ahead log); one writer at a time, however many processes; what
//! is derived can be made again from the record.

mod check;
mod derive;
mod numbered;
mod passing;
mod place;
mod read;
mod rebuild;
mod record;
mod schema;
mod shelf;
mod tally;
mod write;

pub use check::{Damage, check};
pub use derive::Kept;
pub use numbered::SEARCH;
pub use read::Library;
pub use rebuild::rebuild;
pub use record::Encoded;
pub use write::{FileKey, Put, Stored, Writer};

use rusqlite::{Connection, OpenFlags};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The version of the analysis: raised whenever the annotations of the same bytes may come out
/// otherwise. Articles of another version are annotated again when a library is added to.
pub const ANALYSIS: i64 = 1;

/// How long one process waits for another to finish its transaction.
const PATIENCE: Duration = Duration::from_secs(30);

/// What can go wrong with a library.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// There is none.
    #[error("there is no library at {0}: `dateline add PATH --library {1}` makes one")]
    Missing(PathBuf, String),
    /// The file is another program's.
    #[error("library.db is no dateline library")]
    Foreign,
    /// Written by a newer program.
    #[error(
        "the library has version {found}, this program knows up to {known}: a newer dateline wrote it"
    )]
    Newer {
        /// Its version.
        found: i32,
        /// The newest that is known.
        known: i32,
    },
    /// The database says so.
    #[error("the library cannot be read or written: {0}")]
    Database(#[from] rusqlite::Error),
    /// A record is not what was written.
    #[error("a record is damaged ({0}): `dateline check` names it")]
    Damaged(String),
    /// A value could not be expressed.
    #[error("a record cannot be written: {0}")]
    Unwritable(String),
    /// The file system says so.
    #[error("{0}: {1}")]
    Files(PathBuf, io::Error),
}

impl LibraryError {
    pub(super) fn encode(error: impl std::fmt::Display) -> Self {
        Self::Unwritable(error.to_string())
    }

    pub(super) fn decode(error: impl std::fmt::Display) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// The store of record of the library in `folder`.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("library.db")
}

/// A connection that may write.
fn connect(folder: &Path) -> Result<Connection, LibraryError> {
    let mut db = Connection::open(database(folder))?;
    db.busy_timeout(PATIENCE)?;
    // The log lets readers go on while one writes; with it, NORMAL keeps every transaction through
    // a killed process and the file whole through a power cut.
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "NORMAL")?;
    schema::migrate(&mut db)?;
    tune(&db)?;
    Ok(db)
}

/// A connection that only reads; the library has to be there.
fn connect_to_read(folder: &Path) -> Result<Connection, LibraryError> {
    let path = database(folder);
    if !path.is_file() {
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        let name = name.to_string_lossy().into_owned();
        return Err(LibraryError::Missing(folder.to_owned(), name));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // Readers share the log with writers, which takes leave to write; without it the file is read
    // as it stands.
    let db = Connection::open_with_flags(&path, flags).or_else(|_| {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(&path, flags)
    })?;
    db.busy_timeout(PATIENCE)?;
    schema::look(&db)?;
    tune(&db)?;
    Ok(db)
}

fn tune(db: &Connection) -> Result<(), LibraryError> {
    // 8 MiB: what a screen needs of a large file; the rest is the page cache of the system.
    db.pragma_update(None, "cache_size", -8192)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}
