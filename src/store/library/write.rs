//! Puts input files into a library, one transaction each.
//!
//! The writer trusts nothing it remembers from the transaction before: another process may have
//! written meanwhile, and then it reads its counts again.

use super::record::{Encoded, record_sum};
use super::shelf::{List, Shelf};
use super::tally::{self, Tally};
use super::{ANALYSIS, LibraryError, place};
use crate::annotate::Annotated;
use crate::article::{ArticleId, ContentHash};
use crate::source::{FileReport, Outcome};
use crate::store::ArticleRow;
use crate::store::codec::{from_plain, plain, sum};
use crate::when::Interval;
use rusqlite::{Connection, OptionalExtension, params};
use std::path::{Path, PathBuf};

/// What tells that a file is the one that was read before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileKey {
    /// Its absolute path.
    pub path: String,
    /// Bytes.
    pub size: i64,
    /// When it was last changed, in nanoseconds of Unix time.
    pub modified: i64,
}

/// An input file, read and analysed.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The file.
    pub key: FileKey,
    /// Hash of its bytes.
    pub hash: ContentHash,
    /// What became of it.
    pub report: FileReport,
    /// Its articles.
    pub articles: Vec<Encoded>,
}

/// What putting a file in came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Put {
    /// Articles that are new in the library.
    pub articles: usize,
    /// Articles that the library had from another file.
    pub copies: usize,
    /// Articles of an older version of the file that went away.
    pub removed: usize,
}

/// The one who may change a library.
#[derive(Debug)]
pub struct Writer {
    pub(super) db: Connection,
    folder: PathBuf,
    pub(super) articles: Shelf,
    pub(super) tally: Tally,
    /// The state of the file that the counts belong to.
    version: i64,
}

impl Writer {
    /// Opens the library in `folder`, which is made where it is not there.
    ///
    /// # Errors
    /// Where it cannot be made or opened, or a newer program wrote it.
    pub fn open(folder: &Path) -> Result<Self, LibraryError> {
        let failed = |error| LibraryError::Files(folder.to_owned(), error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let db = super::connect(folder)?;
        Ok(Self {
            articles: Shelf::load(&db, List::Articles)?,
            tally: Tally::load(&db)?,
            version: data_version(&db)?,
            folder: folder.to_owned(),
            db,
        })
    }

    /// Where the library is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True where this very file is in the library.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn knows(&self, key: &FileKey) -> Result<bool, LibraryError> {
        let sql = "SELECT 1 FROM file WHERE path = ?1 AND size = ?2 AND modified = ?3";
        let mut ask = self.db.prepare_cached(sql)?;
        Ok(ask.exists(params![key.path, key.size, key.modified])?)
    }

    /// Puts a file in, in place of what it was before; all of it or, on an error, nothing.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn put(&mut self, stored: &Stored) -> Result<Put, LibraryError> {
        self.within(|writer| writer.put_file(stored))
    }

    /// Does work in one transaction of its own.
    pub(super) fn within<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, LibraryError>,
    ) -> Result<T, LibraryError> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.refresh().and_then(|()| work(self)).and_then(|done| {
            self.articles.save(&self.db)?;
            self.tally.save(&self.db)?;
            let generation: Option<i64> = tally::get(&self.db, "generation")?;
            tally::set(&self.db, "generation", &(generation.unwrap_or(0) + 1))?;
            self.db.execute_batch("COMMIT")?;
            Ok(done)
        });
        if done.is_err() {
            // What failed is already told; the state in memory is older than nothing.
            let _undone = self.db.execute_batch("ROLLBACK");
            self.version = -1;
        }
        done
    }

    /// Reads the counts again where another process changed them.
    fn refresh(&mut self) -> Result<(), LibraryError> {
        let version = data_version(&self.db)?;
        if version != self.version {
            self.articles = Shelf::load(&self.db, List::Articles)?;
            self.tally = Tally::load(&self.db)?;
            self.version = version;
        }
        Ok(())
    }

    fn put_file(&mut self, stored: &Stored) -> Result<Put, LibraryError> {
        let mut done = Put::default();
        let FileKey {
            path,
            size,
            modified,
        } = &stored.key;
        let known = self
            .db
            .prepare_cached("SELECT n, hash, outcome FROM file WHERE path = ?1")?
            .query_row([path], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, Vec<u8>>(1)?,
                    row.get(2)?,
                ))
            })
            .optional()?;
        let file = match known {
            Some((n, hash, _)) if hash == stored.hash.0 => {
                let sql = "UPDATE file SET size = ?2, modified = ?3 WHERE n = ?1";
                self.db
                    .prepare_cached(sql)?
                    .execute(params![n, size, modified])?;
                return Ok(done);
            }
            Some((n, _, outcome)) => {
                done.removed = self.empty(n)?;
                self.tally.file(outcome_of(outcome), -1);
                n
            }
            None => {
                let next: i64 = self
                    .db
                    .prepare_cached("SELECT coalesce(max(n), 0) + 1 FROM file")?
                    .query_row([], |row| row.get(0))?;
                next
            }
        };
        let outcome = stored.report.outcome;
        let sql = "INSERT OR REPLACE INTO file VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.db.prepare_cached(sql)?.execute(params![
            file,
            path,
            size,
            modified,
            stored.hash.0,
            outcome as i64
        ])?;
        self.tally.file(outcome, 1);
        for article in &stored.articles {
            if self.put_article(file, article)? {
                done.articles += 1;
            } else {
                done.copies += 1;
            }
        }
        Ok(done)
    }

    /// Puts an article in; false where the library has it already.
    fn put_article(&mut self, file: i64, article: &Encoded) -> Result<bool, LibraryError> {
        let db = &self.db;
        let known = "SELECT 1 FROM line WHERE hash = ?1";
        if db.prepare_cached(known)?.exists([article.hash.0])? {
            let sql = "INSERT OR IGNORE INTO copy VALUES (?1, ?2)";
            db.prepare_cached(sql)?
                .execute(params![article.hash.0, file])?;
            return Ok(false);
        }
        let doc: i64 = db
            .prepare_cached("SELECT coalesce(max(doc), 0) + 1 FROM article")?
            .query_row([], |row| row.get(0))?;
        put_record(db, [doc, file, ANALYSIS, 0], article)?;
        let row = ArticleRow {
            id: free_id(db, &article.id)?,
            ..article.row.clone()
        };
        self.put_line(doc, &row)?;
        Ok(true)
    }

    /// Puts a row into the article list.
    pub(super) fn put_line(&mut self, doc: i64, row: &ArticleRow) -> Result<(), LibraryError> {
        let bytes = plain(row)?;
        let at = place::dated(&row.published.interval, row.id.as_str());
        let (first, last) = days(&row.published.interval);
        let sql = "INSERT INTO line VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.db.prepare_cached(sql)?.execute(params![
            doc,
            at,
            row.id.as_str(),
            row.hash.0,
            first,
            last,
            sum(&[&bytes]),
            bytes
        ])?;
        self.articles.insert(&at);
        self.tally.article(row, 1);
        Ok(())
    }

    /// Takes a row out of the article list.
    pub(super) fn take_line(&mut self, doc: i64) -> Result<(), LibraryError> {
        let sql = "DELETE FROM line WHERE doc = ?1 RETURNING place, row";
        let gone = self
            .db
            .prepare_cached(sql)?
            .query_row([doc], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
            })
            .optional()?;
        if let Some((at, bytes)) = gone {
            self.articles.remove(&at);
            self.tally.article(&from_plain(&bytes)?, -1);
            // Search files that follow by number have to look at all of them.
            let revision: Option<i64> = tally::get(&self.db, "revision")?;
            tally::set(&self.db, "revision", &(revision.unwrap_or(0) + 1))?;
        }
        Ok(())
    }

    /// Takes the articles of a file away; gives their number.
    fn empty(&mut self, file: i64) -> Result<usize, LibraryError> {
        let docs: Vec<(i64, Vec<u8>)> = self
            .db
            .prepare_cached("SELECT doc, hash FROM article WHERE file = ?1")?
            .query_map([file], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (doc, hash) in &docs {
            self.take_line(*doc)?;
            let db = &self.db;
            for sql in [
                "DELETE FROM article WHERE doc = ?1",
                "DELETE FROM entity_use WHERE doc = ?1",
                "DELETE FROM event_use WHERE doc = ?1",
            ] {
                db.prepare_cached(sql)?.execute([doc])?;
            }
            // A file whose article was here from this one has to be read again to bring it.
            let sql = "UPDATE file SET size = -1, hash = x'' WHERE n IN (SELECT file FROM copy WHERE hash = ?1)";
            db.prepare_cached(sql)?.execute([hash])?;
            db.prepare_cached("DELETE FROM copy WHERE hash = ?1")?
                .execute([hash])?;
        }
        self.db
            .prepare_cached("DELETE FROM copy WHERE file = ?1")?
            .execute([file])?;
        if !docs.is_empty() {
            tally::set(&self.db, "settled", &0)?;
        }
        Ok(docs.len())
    }

    /// Writes what is found in an article anew: its date (`dated` from outside) or the analysis is
    /// another.
    pub(super) fn replace(
        &mut self,
        doc: i64,
        article: &Annotated,
        dated: bool,
    ) -> Result<(), LibraryError> {
        let made = Encoded::new(article)?;
        let file: i64 = self
            .db
            .prepare_cached("SELECT file FROM article WHERE doc = ?1")?
            .query_row([doc], |row| row.get(0))?;
        put_record(&self.db, [doc, file, ANALYSIS, i64::from(dated)], &made)?;
        self.take_line(doc)?;
        self.put_line(doc, &made.row)
    }
}

/// Writes a record; `numbers` are its document, its file, the version of the analysis, and whether
/// it was dated from outside.
fn put_record(db: &Connection, numbers: [i64; 4], article: &Encoded) -> rusqlite::Result<()> {
    let [doc, file, analysis, dated] = numbers;
    let sum = record_sum(numbers, &article.hash.0, &article.source, &article.found);
    let sql = "INSERT OR REPLACE INTO article VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let values = params![
        doc,
        file,
        analysis,
        dated,
        article.hash.0,
        sum,
        article.source,
        article.found
    ];
    db.prepare_cached(sql)?.execute(values).map(|_| ())
}

/// The id itself, or with a number behind it where another article of the library has it.
fn free_id(db: &Connection, id: &ArticleId) -> Result<ArticleId, LibraryError> {
    let mut ask = db.prepare_cached("SELECT 1 FROM line WHERE id = ?1")?;
    let mut free = id.clone();
    let mut n = 2;
    while ask.exists([free.as_str()])? {
        free = ArticleId::new(format!("{id}~{n}"));
        n += 1;
    }
    Ok(free)
}

fn data_version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "data_version", |row| row.get(0))
}

/// The days an interval covers, as numbers; an open end lies beyond all days.
pub(super) fn days(interval: &Interval) -> (Option<i32>, Option<i32>) {
    if !interval.is_dated() {
        return (None, None);
    }
    let number = |day: Option<chrono::NaiveDate>, open| day.map_or(open, place::number);
    (
        Some(number(interval.start, i32::MIN)),
        Some(number(interval.end, i32::MAX)),
    )
}

fn outcome_of(number: i64) -> Outcome {
    let all = [Outcome::Loads, Outcome::Skipped, Outcome::Truncated];
    all.into_iter()
        .find(|outcome| *outcome as i64 == number)
        .unwrap_or(Outcome::Loads)
}
