//! A memory of annotations, so that a folder that was opened before opens at once.
//!
//! One SQLite file in the cache folder. What is found in an article is kept under a hash of all
//! that the analysis sees of it, with the version of the analysis, so that it can never be another
//! article's or an older program's. It may be deleted at any time; what is damaged in it is made
//! again and never told of.

use super::codec::{SUM, pack, plain, sum, unpack};
use super::library::{ANALYSIS, LibraryError};
use crate::annotate::Annotated;
use crate::article::{Article, ContentHash};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Bytes of the file above which the longest unused half is let go.
const LARGEST: i64 = 512 << 20;

/// The form of the file: another one is emptied.
const FORM: i32 = 1;

/// What the analysis sees of an article, as a hash.
pub type Key = [u8; 32];

/// Annotations of articles by what they were made from.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    /// None until there is something to read or to write.
    db: Mutex<Option<Connection>>,
}

impl Cache {
    /// The cache at `path`; a file that is not there is made when something is put in.
    ///
    /// # Errors
    /// Where the file is there and cannot be read: the work goes on without it.
    pub fn open(path: &Path) -> Result<Self, LibraryError> {
        let db = path.is_file().then(|| connect(path)).transpose()?;
        Ok(Self {
            path: path.to_owned(),
            db: Mutex::new(db),
        })
    }

    /// What an article is known by.
    ///
    /// # Errors
    /// Only where a value cannot be expressed, which would be a fault of this program.
    pub fn key(article: &Article) -> Result<Key, LibraryError> {
        let own = Article {
            // The id says where an article stands in a run, and nothing is found from that.
            id: None,
            ..article.clone()
        };
        let mut bytes = plain(&own)?;
        bytes.extend(ANALYSIS.to_le_bytes());
        Ok(ContentHash::of(&bytes).0)
    }

    /// What was found in the article with this key.
    pub fn get(&self, key: &Key) -> Option<Annotated> {
        let bytes: Vec<u8> = {
            let db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
            let sql = "SELECT bytes FROM found WHERE key = ?1";
            let mut ask = db.as_ref()?.prepare_cached(sql).ok()?;
            ask.query_row([key], |row| row.get(0)).optional().ok()??
        };
        let (kept, packed) = bytes.split_first_chunk::<SUM>()?;
        (sum(&[packed]) == *kept).then(|| unpack(packed).ok())?
    }

    /// Keeps what was found, all of it or nothing; entries of `used` stay as long as these.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn put(&self, made: &[(Key, Arc<Annotated>)], used: &[Key]) -> Result<(), LibraryError> {
        let mut db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        if db.is_none() {
            if let Some(folder) = self.path.parent() {
                let failed = |error| LibraryError::Files(folder.to_owned(), error);
                std::fs::create_dir_all(folder).map_err(failed)?;
            }
            *db = Some(connect(&self.path)?);
        }
        let Some(db) = db.as_mut() else {
            return Ok(());
        };
        forget(db)?;
        let work = db.transaction()?;
        // Entries are as old as the last time something was put in beside them.
        let run: i64 =
            work.query_row("SELECT coalesce(max(run), 0) + 1 FROM found", [], |row| {
                row.get(0)
            })?;
        {
            let mut put = work.prepare("INSERT OR REPLACE INTO found VALUES (?1, ?2, ?3)")?;
            for (key, article) in made {
                let packed = pack(article.as_ref())?;
                let bytes = [sum(&[&packed]).as_slice(), &packed].concat();
                put.execute(params![key, run, bytes])?;
            }
            let mut touch = work.prepare("UPDATE found SET run = ?2 WHERE key = ?1")?;
            for key in used {
                touch.execute(params![key, run])?;
            }
        }
        Ok(work.commit()?)
    }
}

fn connect(path: &Path) -> Result<Connection, LibraryError> {
    let db = Connection::open(path)?;
    db.busy_timeout(Duration::from_secs(2))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // Losing the last entries in a power cut costs a second of work and nothing else.
    db.pragma_update(None, "synchronous", "OFF")?;
    let form: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if form != FORM {
        db.execute_batch(
            "DROP TABLE IF EXISTS found;
             CREATE TABLE found (key BLOB PRIMARY KEY, run INTEGER NOT NULL, bytes BLOB NOT NULL);
             CREATE INDEX found_run ON found (run);",
        )?;
        db.pragma_update(None, "user_version", FORM)?;
    }
    Ok(db)
}

/// Lets the older half go where the file has become too large.
fn forget(db: &Connection) -> Result<(), LibraryError> {
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let used = number("page_count")? - number("freelist_count")?;
    if used * number("page_size")? > LARGEST {
        db.execute(
            "DELETE FROM found WHERE rowid IN (SELECT rowid FROM found ORDER BY run LIMIT (SELECT count(*) / 2 FROM found))",
            [],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::source::{Options, read_bytes};

    fn article(text: &str) -> Arc<Article> {
        let mut file = read_bytes("a.txt", None, text.as_bytes(), Options::default());
        Arc::new(file.articles.remove(0))
    }

    #[test]
    fn what_was_found_is_found_again_and_for_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/annotations.db");
        let one =
            article("The bridge at Varsk was closed on 3 March 2021, mayor Ilse Brandt said.\n");
        let made = Arc::new(annotate(one.clone(), None));
        let key = Cache::key(&one).unwrap();
        let cache = Cache::open(&path).unwrap();
        assert!(cache.get(&key).is_none());
        assert!(
            !path.exists(),
            "nothing is written before there is something to keep"
        );
        cache.put(&[(key, made.clone())], &[]).unwrap();
        drop(cache);
        let cache = Cache::open(&path).unwrap();
        let back = Annotated {
            article: one.clone(),
            ..cache.get(&key).unwrap()
        };
        assert_eq!(format!("{back:?}"), format!("{made:?}"));
        let mut other = one.as_ref().clone();
        other.hints.url = Some("https://news.invalid/2019/03/04/bridge".to_owned());
        assert_ne!(
            Cache::key(&other).unwrap(),
            key,
            "a date may come from the address"
        );
        other = one.as_ref().clone();
        other.id = None;
        assert_eq!(Cache::key(&other).unwrap(), key);
        cache.put(&[], &[key]).unwrap();
    }

    #[test]
    fn bytes_that_nobody_wrote_are_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("annotations.db");
        let db = connect(&path).unwrap();
        db.execute(
            "INSERT INTO found VALUES (?1, 1, x'00ff00ff')",
            [[7_u8; 32]],
        )
        .unwrap();
        assert!(Cache::open(&path).unwrap().get(&[7; 32]).is_none());
        drop(db);
        std::fs::write(
            &path,
            "no database, and long enough to be seen as none at all",
        )
        .unwrap();
        assert!(Cache::open(&path).is_err());
    }
}
