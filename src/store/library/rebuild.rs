//! Makes a library again from what is whole of its records.
//!
//! A new file is written beside the old one and put in its place at the end: a rebuild that is
//! interrupted changes nothing, and pages that cannot be read stay behind.

use super::record::{Encoded, record_sum};
use super::write::{FileKey, Stored, Writer};
use super::{ANALYSIS, LibraryError, check, connect_to_read, database, tally};
use crate::article::{ArticleId, ContentHash};
use crate::source::{FileReport, Outcome};
use crate::store::codec;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::Path;

/// Rebuilds the library in `folder`; gives the number of records kept and the names of those lost.
/// Entities and events are to be settled after it.
///
/// # Errors
/// Where there is no library, nothing of it can be read, or the new one cannot be written.
pub fn rebuild(folder: &Path) -> Result<(usize, Vec<ArticleId>), LibraryError> {
    let failed = |error| LibraryError::Files(folder.to_owned(), error);
    let old = connect_to_read(folder)?;
    let aside = folder.join("rebuild");
    if aside.exists() {
        std::fs::remove_dir_all(&aside).map_err(failed)?;
    }
    let mut writer = Writer::open(&aside)?;
    let mut lost = Vec::new();
    let mut files: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut kept = 0;
    for doc in check::documents(&old)? {
        match file_of(&old, doc) {
            Some(file) => files.entry(file).or_default().push(doc),
            None => lost.push(check::name(&old, doc)),
        }
    }
    for (file, docs) in files {
        let mut articles = Vec::with_capacity(docs.len());
        let mut whole = true;
        for doc in docs {
            if let Some(article) = read(&old, doc) {
                articles.push(article);
            } else {
                whole = false;
                lost.push(check::name(&old, doc));
            }
        }
        kept += articles.len();
        let mut stored = stored(&old, file, articles);
        if !whole {
            // The next `add` takes the file for a changed one and reads it again.
            stored.key.size = -1;
            stored.hash = ContentHash::default();
        }
        writer.put(&stored)?;
    }
    let seen: Option<i64> = tally::get(&old, "seen").unwrap_or(None);
    if let Some(seen) = seen {
        writer.within(|writer| Ok(tally::set(&writer.db, "seen", &seen)?))?;
    }
    writer.db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    drop(writer);
    drop(old);
    for end in ["-wal", "-shm"] {
        let mut path = database(folder).into_os_string();
        path.push(end);
        // Where there is no log, there is none to take away.
        let _none = std::fs::remove_file(path);
    }
    std::fs::rename(database(&aside), database(folder)).map_err(failed)?;
    let _empty = std::fs::remove_dir_all(&aside);
    Ok((kept, lost))
}

fn file_of(db: &Connection, doc: i64) -> Option<i64> {
    let sql = "SELECT file FROM article WHERE doc = ?1";
    let mut ask = db.prepare_cached(sql).ok()?;
    ask.query_row([doc], |row| row.get(0)).optional().ok()?
}

/// A record that is whole, as it goes into the new library.
fn read(db: &Connection, doc: i64) -> Option<Encoded> {
    let sql = "SELECT file, analysis, dated, hash, sum, source, found FROM article WHERE doc = ?1";
    let mut ask = db.prepare_cached(sql).ok()?;
    let (numbers, blobs) = ask
        .query_row([doc], |row| {
            let numbers: [i64; 4] = [doc, row.get(0)?, row.get(1)?, row.get(2)?];
            let blob = |at| row.get::<_, Vec<u8>>(at);
            Ok((numbers, [blob(3)?, blob(4)?, blob(5)?, blob(6)?]))
        })
        .ok()?;
    let [hash, kept, source, found] = blobs;
    if record_sum(numbers, &hash, &source, &found).as_slice() != kept {
        return None;
    }
    let article = codec::decode(ArticleId::new(""), &source, &found).ok()?;
    let own: crate::article::Article = codec::unpack(&source).ok()?;
    let [_, _, analysis, dated] = numbers;
    let article = if analysis == ANALYSIS && dated == 0 {
        article
    } else {
        crate::annotate::annotate(article.article, None)
    };
    let mut article = article;
    article.article = std::sync::Arc::new(own);
    Encoded::new(&article).ok()
}

/// The file of some articles, as it was read; an unnamed one where its row cannot be read.
fn stored(db: &Connection, file: i64, articles: Vec<Encoded>) -> Stored {
    let sql = "SELECT path, size, modified, hash FROM file WHERE n = ?1";
    let known = db.prepare_cached(sql).and_then(|mut ask| {
        ask.query_row(params![file], |row| {
            let key = FileKey {
                path: row.get(0)?,
                size: row.get(1)?,
                modified: row.get(2)?,
            };
            Ok((key, row.get::<_, Vec<u8>>(3)?))
        })
    });
    let (key, hash) = known.unwrap_or_else(|_| {
        let path = format!("lost file {file}");
        let key = FileKey {
            path,
            size: -1,
            modified: 0,
        };
        (key, Vec::new())
    });
    let count = articles.len() as u32;
    Stored {
        report: FileReport {
            file: key.path.clone(),
            raw_file: None,
            outcome: Outcome::Loads,
            reason: None,
            records: count,
            articles: count,
            copies: 0,
            bad_records: 0,
            warnings: Vec::new(),
        },
        key,
        hash: ContentHash(hash.try_into().unwrap_or_default()),
        articles,
    }
}
