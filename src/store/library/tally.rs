//! Counts of a library, kept in step with it: the status sentence asks for no count of rows.

use super::LibraryError;
use crate::annotate::Basis;
use crate::source::Outcome;
use crate::store::codec::{from_plain, plain};
use crate::store::{ArticleRow, Status};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// What is counted. Signed, so that a row that went away is one of weight -1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    articles: i64,
    analysed: i64,
    dated: i64,
    inferred: i64,
    undated: i64,
    foreign: i64,
    copies: i64,
    files: i64,
    skipped: i64,
    truncated: i64,
    pub entities: i64,
    pub events: i64,
    pub most_spelled: Option<(String, u64)>,
    /// The days of all events: first and last, as numbers.
    pub days: Option<(i32, i32)>,
}

impl Tally {
    /// What the library says of itself.
    pub(super) fn load(db: &Connection) -> Result<Self, LibraryError> {
        let bytes: Option<Vec<u8>> = get(db, "tally")?;
        bytes.map_or_else(|| Ok(Self::default()), |bytes| from_plain(&bytes))
    }

    /// Writes it, as part of the transaction that changed what is counted.
    pub(super) fn save(&self, db: &Connection) -> Result<(), LibraryError> {
        Ok(set(db, "tally", &plain(self)?)?)
    }

    /// Counts an article in (`by` 1) or out (-1).
    pub(super) fn article(&mut self, row: &ArticleRow, by: i64) {
        let count = |holds: bool| if holds { by } else { 0 };
        let basis = row.published.basis;
        self.articles += by;
        self.analysed += count(row.analysed);
        self.foreign += count(!row.analysed);
        self.dated += count(matches!(
            basis,
            Basis::Stated | Basis::Metadata | Basis::Given
        ));
        self.inferred += count(basis == Basis::Inferred);
        self.undated += count(!row.published.interval.is_dated());
        self.copies += count(row.copies_of.is_some());
    }

    /// Counts an input file in or out.
    pub(super) fn file(&mut self, outcome: Outcome, by: i64) {
        self.files += by;
        match outcome {
            Outcome::Loads => {}
            Outcome::Skipped => self.skipped += by,
            Outcome::Truncated => self.truncated += by,
        }
    }

    /// As readers see it, with the number of new articles.
    pub(super) fn status(&self, new: usize) -> Status {
        let count = |n: i64| usize::try_from(n).unwrap_or(0);
        Status {
            articles: count(self.articles),
            analysed: count(self.analysed),
            dated: count(self.dated),
            inferred: count(self.inferred),
            undated: count(self.undated),
            foreign: count(self.foreign),
            copies: count(self.copies),
            new,
            entities: count(self.entities),
            events: count(self.events),
            most_spelled: self
                .most_spelled
                .clone()
                .map(|(name, spellings)| (name, spellings as usize)),
            files: count(self.files),
            skipped: count(self.skipped),
            truncated: count(self.truncated),
        }
    }
}

/// A small fact of the library.
pub(super) fn get<T: rusqlite::types::FromSql>(
    db: &Connection,
    key: &str,
) -> rusqlite::Result<Option<T>> {
    let mut ask = db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    ask.query_row([key], |row| row.get(0)).optional()
}

/// Sets a small fact.
pub(super) fn set(db: &Connection, key: &str, value: &dyn rusqlite::ToSql) -> rusqlite::Result<()> {
    let mut put = db.prepare_cached("INSERT OR REPLACE INTO meta VALUES (?1, ?2)")?;
    put.execute(params![key, value]).map(|_| ())
}
