//! The numbers by which search files follow a library.
//!
//! Articles that were put in but whose names are not settled yet wait: they are indexed once, with their names.

use super::Library;
use super::tally;
use crate::article::ArticleId;
use crate::store::Numbered;
use rusqlite::{OptionalExtension, params};
use std::path::PathBuf;

/// Where search files are in the folder of a library.
pub const SEARCH: &str = "search";

impl Library {
    /// The last article that entities and events are made of; 0 or less where they are to be made again.
    fn settled(&self) -> i64 {
        let settled = tally::get(&self.db(), "settled");
        settled.ok().flatten().unwrap_or(0)
    }
}

impl Numbered for Library {
    fn search_folder(&self) -> PathBuf {
        self.folder().join(SEARCH)
    }

    fn state(&self) -> u64 {
        self.state_of_file()
    }

    fn revision(&self) -> u64 {
        let revision: Option<i64> = tally::get(&self.db(), "revision").ok().flatten();
        // What was indexed while nothing was settled is looked at again afterwards.
        revision.unwrap_or(0) as u64 * 2 + u64::from(self.settled() <= 0)
    }

    fn numbers(&self, after: u64) -> Vec<(u64, u32)> {
        let settled = self.settled();
        let last = if settled > 0 { settled } else { i64::MAX };
        let sql = "SELECT l.doc, l.sum, EXISTS (SELECT 1 FROM entity_use u WHERE u.doc = l.doc) \
                   FROM line l WHERE l.doc > ?1 AND l.doc <= ?2 ORDER BY l.doc";
        let db = self.db();
        let read = || -> rusqlite::Result<Vec<(u64, u32)>> {
            let mut ask = db.prepare_cached(sql)?;
            let rows = ask.query_map(params![after as i64, last], |row| {
                let sum: Vec<u8> = row.get(1)?;
                let sum = sum.first_chunk().copied().map_or(0, u32::from_be_bytes);
                let named: bool = row.get(2)?;
                Ok((row.get::<_, i64>(0)? as u64, sum ^ u32::from(named)))
            })?;
            rows.collect()
        };
        read().unwrap_or_default()
    }

    fn with_number(&self, number: u64) -> Option<ArticleId> {
        let db = self.db();
        let mut ask = db
            .prepare_cached("SELECT id FROM line WHERE doc = ?1")
            .ok()?;
        let id: Option<String> = ask
            .query_row([number as i64], |row| row.get(0))
            .optional()
            .ok()?;
        id.map(ArticleId::new)
    }

    fn seen(&self) -> u64 {
        self.last_seen() as u64
    }
}
