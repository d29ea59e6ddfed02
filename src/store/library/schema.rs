//! The tables, and how an older library becomes one of today.
//!
//! `article` is the record: nothing else is needed to make the rest again. `line`, `entity`,
//! `event` and what belongs to them are derived and can be dropped; they are in the same file so
//! that one transaction keeps all of it in step.

use super::LibraryError;
use rusqlite::{Connection, TransactionBehavior};

/// Told in the file, so that no other program's database is taken for a library ("dtln").
const APPLICATION: i32 = 0x6474_6c6e;

/// Each step makes the version after it: step 0 makes version 1 out of nothing.
const STEPS: &[&str] = &[include_str!("schema/1.sql")];

/// The version that this program writes.
pub(super) const VERSION: i32 = STEPS.len() as i32;

/// Brings the tables up to date, or says why not.
pub(super) fn migrate(db: &mut Connection) -> Result<(), LibraryError> {
    // Many may open at once: the version is only believed inside the transaction.
    let work = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = look(&work)?;
    for step in STEPS.iter().skip(version as usize) {
        work.execute_batch(step)?;
    }
    if version < VERSION {
        work.pragma_update(None, "application_id", APPLICATION)?;
        work.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(work.commit()?)
}

/// The version of the tables; an error where they are not ours or newer than this program.
pub(super) fn look(db: &Connection) -> Result<i32, LibraryError> {
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (tables > 0 || version != 0) {
        return Err(LibraryError::Foreign);
    }
    if version > VERSION {
        return Err(LibraryError::Newer {
            found: version,
            known: VERSION,
        });
    }
    Ok(version.max(0))
}
