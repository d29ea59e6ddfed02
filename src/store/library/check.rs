//! Finds damage: every record against its checksum, what is derived against the record.
//!
//! The database's own check does not see a changed letter; the checksums do. Where the pages that
//! hold a record cannot be read at all, its row in the list still names it, and the other way round.

use super::record::record_sum;
use super::shelf::{List, Shelf};
use super::{LibraryError, connect_to_read, database, schema, tally};
use crate::article::{Article, ArticleId};
use crate::store::codec::{self, sum};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;
use std::path::Path;

/// What is wrong with a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// An article's record: read its file again to have it back.
    Article(ArticleId),
    /// Something derived; `dateline rebuild` makes it again.
    Derived(String),
    /// The file as a whole: nothing can be said of single articles.
    Whole(String),
}

/// Checks the library in `folder`; gives the number of records and what is wrong.
///
/// # Errors
/// Where there is no library, or a newer program wrote it. What is damaged is no error.
pub fn check(folder: &Path) -> Result<(u64, Vec<Damage>), LibraryError> {
    let db = match connect_to_read(folder) {
        Ok(db) => db,
        Err(error @ (LibraryError::Missing(..) | LibraryError::Newer { .. })) => return Err(error),
        Err(error) => {
            let words = format!("{}: {error}", database(folder).display());
            return Ok((0, vec![Damage::Whole(words)]));
        }
    };
    let mut found = Vec::new();
    let mut checked = 0;
    match documents(&db) {
        Ok(docs) => {
            for doc in docs {
                checked += 1;
                found.extend(record(&db, doc));
            }
        }
        Err(error) => found.push(Damage::Whole(error.to_string())),
    }
    found.extend(derived(&db));
    Ok((checked, found))
}

/// All numbers that a record has or should have, from both tables and whatever of them is readable.
pub(super) fn documents(db: &Connection) -> rusqlite::Result<BTreeSet<i64>> {
    let mut docs = BTreeSet::new();
    let mut failed = None;
    // Each of these walks other pages: what one cannot reach another may.
    for sql in [
        "SELECT doc FROM article NOT INDEXED ORDER BY doc",
        "SELECT doc FROM article NOT INDEXED ORDER BY doc DESC",
        "SELECT doc FROM article INDEXED BY article_file",
        "SELECT doc FROM line NOT INDEXED ORDER BY doc",
        "SELECT doc FROM line NOT INDEXED ORDER BY doc DESC",
        "SELECT doc FROM line INDEXED BY line_place WHERE place >= x''",
        "SELECT doc FROM line INDEXED BY line_id WHERE id >= ''",
    ] {
        let walked = db.prepare(sql).and_then(|mut ask| {
            let mut rows = ask.query([])?;
            while let Some(row) = rows.next()? {
                docs.insert(row.get(0)?);
            }
            Ok(())
        });
        failed = walked.err().or(failed);
    }
    match failed {
        Some(error) if docs.is_empty() => Err(error),
        _ => Ok(docs),
    }
}

/// What is wrong with the record of a document.
fn record(db: &Connection, doc: i64) -> Vec<Damage> {
    let line = line(db, doc);
    let sql = "SELECT file, analysis, dated, hash, sum, source, found FROM article WHERE doc = ?1";
    let read = db.prepare_cached(sql).and_then(|mut ask| {
        ask.query_row([doc], |row| {
            let numbers = [doc, row.get(0)?, row.get(1)?, row.get(2)?];
            let blob = |at| row.get::<_, Vec<u8>>(at);
            let (hash, kept, source, found) = (blob(3)?, blob(4)?, blob(5)?, blob(6)?);
            let whole = record_sum(numbers, &hash, &source, &found).as_slice() == kept;
            Ok((whole, hash, source))
        })
        .optional()
    });
    match (read, line) {
        (Ok(Some((true, hash, _))), Ok(Some((_, listed)))) if hash == listed => Vec::new(),
        (Ok(Some((true, _, source))), _) => {
            let name = own_name(&source).unwrap_or_else(|| unnamed(doc));
            vec![Damage::Derived(format!("the line of {name} in the list"))]
        }
        (Ok(Some((false, _, source))), line) => {
            let listed = line.ok().flatten().map(|(id, _)| ArticleId::new(id));
            let name = listed.or_else(|| own_name(&source));
            vec![Damage::Article(name.unwrap_or_else(|| unnamed(doc)))]
        }
        (Ok(None) | Err(_), _) => vec![Damage::Article(name(db, doc))],
    }
}

/// The id and hash that the list has for a document; none where it has none, or another's.
fn line(db: &Connection, doc: i64) -> rusqlite::Result<Option<(String, Vec<u8>)>> {
    let mut ask = db.prepare_cached("SELECT id, hash, sum, row FROM line WHERE doc = ?1")?;
    let row = ask
        .query_row([doc], |row| {
            let blob = |at| row.get::<_, Vec<u8>>(at);
            let (hash, kept, bytes) = (blob(1)?, blob(2)?, blob(3)?);
            Ok((
                row.get::<_, String>(0)?,
                hash,
                sum(&[&bytes]).as_slice() == kept,
            ))
        })
        .optional()?;
    Ok(row.and_then(|(id, hash, whole)| whole.then_some((id, hash))))
}

/// The name that an index still has for a document.
fn indexed_name(db: &Connection, doc: i64) -> Option<ArticleId> {
    let sql = "SELECT id FROM line INDEXED BY line_id WHERE id >= '' AND doc = ?1";
    let id: String = db
        .prepare(sql)
        .ok()?
        .query_row([doc], |row| row.get(0))
        .ok()?;
    Some(ArticleId::new(id))
}

/// What a document is called, as far as anything says.
pub(super) fn name(db: &Connection, doc: i64) -> ArticleId {
    let listed = line(db, doc).ok().flatten();
    let listed = listed.map(|(id, _)| ArticleId::new(id));
    listed
        .or_else(|| indexed_name(db, doc))
        .unwrap_or_else(|| unnamed(doc))
}

fn own_name(source: &[u8]) -> Option<ArticleId> {
    codec::unpack::<Article>(source).ok()?.id
}

fn unnamed(doc: i64) -> ArticleId {
    ArticleId::new(format!("record {doc}"))
}

/// True where entities and events are as they were derived, or wait to be derived again.
fn is_as_derived(db: &Connection) -> rusqlite::Result<bool> {
    let settled: Option<i64> = tally::get(db, "settled")?;
    let kept: Option<Vec<u8>> = tally::get(db, "derived")?;
    match kept {
        Some(kept) if settled.is_some_and(|settled| settled > 0) => Ok(digest(db)? == kept),
        _ => Ok(true),
    }
}

/// A digest of all that is derived from the articles together.
pub(super) fn digest(db: &Connection) -> rusqlite::Result<Vec<u8>> {
    use sha2::Digest;
    let mut hasher = sha2::Sha256::new();
    for sql in [
        "SELECT n, place, id, kind, row FROM entity NOT INDEXED ORDER BY n",
        "SELECT id, entity FROM entity_id ORDER BY id",
        "SELECT doc, local, entity, count FROM entity_use ORDER BY doc, local",
        "SELECT n, place, id, first, last, middle, began, ended, lasts, score, row FROM event NOT INDEXED ORDER BY n",
        "SELECT doc, event FROM event_use ORDER BY doc, event",
        "SELECT entity, event FROM event_entity ORDER BY entity, event",
        "SELECT day, count FROM event_day ORDER BY day",
    ] {
        let mut ask = db.prepare(sql)?;
        let columns = ask.column_count();
        let mut rows = ask.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => hasher.update([0]),
                    ValueRef::Integer(number) => hasher.update(number.to_le_bytes()),
                    ValueRef::Real(number) => hasher.update(number.to_bits().to_le_bytes()),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        hasher.update((bytes.len() as u64).to_le_bytes());
                        hasher.update(bytes);
                    }
                }
            }
        }
    }
    Ok(hasher.finalize().to_vec())
}

/// What is wrong with the rest.
fn derived(db: &Connection) -> Vec<Damage> {
    let mut found = Vec::new();
    for list in List::ALL {
        let whole = Shelf::load(db, list).and_then(|shelf| shelf.audit(db));
        if !whole.unwrap_or(false) {
            found.push(Damage::Derived(
                format!("the order of the {list:?}").to_lowercase(),
            ));
        }
    }
    if !is_as_derived(db).unwrap_or(false) {
        found.push(Damage::Derived("the entities and events".to_owned()));
    }
    let words = db
        .prepare("PRAGMA integrity_check(20)")
        .and_then(|mut ask| {
            ask.query_map([], |row| row.get::<_, String>(0))?
                .collect::<Result<Vec<_>, _>>()
        });
    match words {
        Ok(words) => found.extend(words.into_iter().filter(|w| w != "ok").map(Damage::Derived)),
        Err(error) => found.push(Damage::Derived(error.to_string())),
    }
    if let Err(error) = schema::look(db) {
        found.push(Damage::Whole(error.to_string()));
    }
    found
}
