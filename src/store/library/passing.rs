//! Which rows pass a filter, as conditions of SQL and as remembered lists of keys.

use super::{LibraryError, place};
use crate::annotate::EntityKind;
use crate::article::ArticleId;
use crate::store::read::Filter;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::collections::HashMap;

/// Conditions joined by AND, with the values they name.
#[derive(Default)]
pub(super) struct Where {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Where {
    /// Adds a condition; `?` in it stands for the values, in order.
    pub(super) fn and<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values);
    }

    /// The statement `head WHERE conditions tail`, run; `read` makes an answer of each row.
    pub(super) fn ask<T>(
        &self,
        db: &Connection,
        (head, tail): (&str, &str),
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let conditions = match self.conditions.as_slice() {
            [] => "1".to_owned(),
            all => all.join(" AND "),
        };
        let mut ask = db.prepare_cached(&format!("{head} WHERE {conditions} {tail}"))?;
        ask.query_map(params_from_iter(&self.values), read)?
            .collect()
    }
}

/// The number of an entity by its id or one that it absorbed.
pub(super) fn entity(db: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    let mut ask = db.prepare_cached("SELECT entity FROM entity_id WHERE id = ?1")?;
    ask.query_row([id], |row| row.get(0)).optional()
}

/// The number of an article.
pub(super) fn doc(db: &Connection, id: &ArticleId) -> rusqlite::Result<Option<i64>> {
    let mut ask = db.prepare_cached("SELECT doc FROM line WHERE id = ?1")?;
    ask.query_row([id.as_str()], |row| row.get(0)).optional()
}

/// Puts the articles a filter picks into a table of this connection; false where it picks none.
fn pick(db: &Connection, filter: &Filter) -> rusqlite::Result<bool> {
    let Some(among) = &filter.among else {
        return Ok(false);
    };
    db.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS picked (doc INTEGER PRIMARY KEY); DELETE FROM temp.picked",
    )?;
    let mut put = db.prepare_cached("INSERT OR IGNORE INTO temp.picked VALUES (?1)")?;
    for id in among.iter() {
        if let Some(doc) = doc(db, id)? {
            put.execute([doc])?;
        }
    }
    Ok(true)
}

/// The article of a filter, as a number; none that is there passes for one that is not.
fn only(db: &Connection, filter: &Filter) -> rusqlite::Result<Option<i64>> {
    let Some(id) = &filter.article else {
        return Ok(None);
    };
    Ok(Some(doc(db, id)?.unwrap_or(-1)))
}

/// Adds the days of a filter, against the columns `first` and `last`.
fn within(made: &mut Where, filter: &Filter) {
    if let Some(to) = filter.to {
        made.and("first <= ?", [i64::from(place::number(to)).into()]);
    }
    if let Some(from) = filter.from {
        made.and("last >= ?", [i64::from(place::number(from)).into()]);
    }
}

/// Conditions on rows of `line`. `seen` is the last article that was here before.
pub(super) fn articles(db: &Connection, filter: &Filter, seen: i64) -> Result<Where, LibraryError> {
    let mut made = Where::default();
    if pick(db, filter)? {
        made.and("doc IN (SELECT doc FROM temp.picked)", []);
    }
    for id in &filter.entities {
        let n = entity(db, id.as_str())?.unwrap_or(-1);
        let condition = "doc IN (SELECT doc FROM entity_use WHERE entity = ?)";
        made.and(condition, [n.into()]);
    }
    if let Some(doc) = only(db, filter)? {
        made.and("doc = ?", [doc.into()]);
    }
    if filter.new {
        made.and("doc > ?", [seen.into()]);
    }
    within(&mut made, filter);
    Ok(made)
}

/// Conditions on rows of `event`.
pub(super) fn events(db: &Connection, filter: &Filter, seen: i64) -> Result<Where, LibraryError> {
    let mut made = Where::default();
    if pick(db, filter)? {
        let condition =
            "n IN (SELECT event FROM event_use WHERE doc IN (SELECT doc FROM temp.picked))";
        made.and(condition, []);
    }
    for id in &filter.entities {
        let entity = entity(db, id.as_str())?.unwrap_or(-1);
        let condition = "n IN (SELECT event FROM event_entity WHERE entity = ?)";
        made.and(condition, [entity.into()]);
    }
    if let Some(doc) = only(db, filter)? {
        let condition = "n IN (SELECT event FROM event_use WHERE doc = ?)";
        made.and(condition, [doc.into()]);
    }
    if filter.new {
        let condition = "n IN (SELECT event FROM event_use WHERE doc > ?1) AND n NOT IN \
                         (SELECT event FROM event_use WHERE doc <= ?1)";
        made.and(&condition.replace("?1", &seen.to_string()), []);
    }
    within(&mut made, filter);
    Ok(made)
}

/// Keys of entities with their mentions under a filter, most mentioned first.
pub(super) fn entities(
    db: &Connection,
    filter: &Filter,
    seen: i64,
) -> Result<Vec<(i64, u32)>, LibraryError> {
    let articles = Filter {
        kind: None,
        ..filter.clone()
    };
    if articles == Filter::default() {
        let mut made = Where::default();
        if let Some(kind) = filter.kind {
            made.and("kind = ?", [kind_number(kind).into()]);
        }
        // The place of an entity begins with its count.
        let parts = ("SELECT n, place FROM entity", "ORDER BY place");
        let rows = made.ask(db, parts, |row| {
            let place: Vec<u8> = row.get(1)?;
            let count = place.first_chunk().copied().map_or(0, u32::from_be_bytes);
            Ok((row.get(0)?, u32::MAX - count))
        })?;
        return Ok(rows);
    }
    let made = self::articles(db, &articles, seen)?;
    let docs = made.ask(db, ("SELECT doc FROM line", ""), |row| row.get::<_, i64>(0))?;
    let mut counts: HashMap<i64, u32> = HashMap::new();
    let mut ask = db.prepare_cached("SELECT entity, count FROM entity_use WHERE doc = ?1")?;
    for doc in docs {
        let mut rows = ask.query([doc])?;
        while let Some(row) = rows.next()? {
            *counts.entry(row.get(0)?).or_default() += row.get::<_, u32>(1)?;
        }
    }
    let mut ask = db.prepare_cached("SELECT kind, place FROM entity WHERE n = ?1")?;
    let mut rows = Vec::with_capacity(counts.len());
    for (n, count) in counts {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
        let Some((kind, place)) = ask.query_row([n], row).optional()? else {
            continue;
        };
        if filter.kind.is_none_or(|wanted| kind_number(wanted) == kind) {
            rows.push((std::cmp::Reverse(count), place, n));
        }
    }
    rows.sort_unstable();
    Ok(rows.into_iter().map(|(count, _, n)| (n, count.0)).collect())
}

/// A kind as a number of the store.
pub(super) fn kind_number(kind: EntityKind) -> i64 {
    let at = EntityKind::ALL.iter().position(|known| *known == kind);
    at.map_or(-1, |at| at as i64)
}
