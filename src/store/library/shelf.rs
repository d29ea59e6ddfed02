//! A list in the order of its places that can be asked for any stretch of rows by number, however
//! long it is: no count of all rows, no skipping from the start.
//!
//! Every thousand rows or so stands a fence that knows how many rows follow up to the next one. The
//! fences of a million rows are a few thousand numbers, kept in memory and in the table `fence`; a
//! row number is found by adding them up, and the rest of the way is a walk along the index.
//! Invariant: the counts of the fences add up to the rows of the list; [`Shelf::audit`] shows it.

use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;
use std::ops::Range;

/// Rows between fences after a split.
const APART: u32 = 1024;
/// Rows between fences before one.
const CROWDED: u32 = 4096;

/// The lists of a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Articles,
    Entities,
    Events,
}

impl List {
    pub(super) const ALL: [Self; 3] = [Self::Articles, Self::Entities, Self::Events];

    /// The table that holds its rows, and its key.
    const fn table(self) -> (&'static str, &'static str) {
        match self {
            Self::Articles => ("line", "doc"),
            Self::Entities => ("entity", "n"),
            Self::Events => ("event", "n"),
        }
    }

    const fn number(self) -> i64 {
        self as i64
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Fence {
    place: Vec<u8>,
    count: u32,
}

/// The fences of one list.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    list: List,
    fences: Vec<Fence>,
    total: usize,
    /// Places of fences that are not in the table as they are here.
    changed: BTreeSet<Vec<u8>>,
}

impl Shelf {
    /// Reads the fences of a list.
    pub(super) fn load(db: &Connection, list: List) -> rusqlite::Result<Self> {
        let mut ask =
            db.prepare_cached("SELECT place, count FROM fence WHERE list = ?1 ORDER BY place")?;
        let rows = ask.query_map([list.number()], |row| {
            Ok(Fence {
                place: row.get(0)?,
                count: row.get(1)?,
            })
        })?;
        let mut fences = rows.collect::<Result<Vec<_>, _>>()?;
        if fences.first().is_none_or(|first| !first.place.is_empty()) {
            // Rows before the first fence need one too.
            let (place, count) = (Vec::new(), 0);
            fences.insert(0, Fence { place, count });
        }
        Ok(Self {
            list,
            total: fences.iter().map(|fence| fence.count as usize).sum(),
            fences,
            changed: BTreeSet::new(),
        })
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.total
    }

    /// The fence that a place stands behind.
    fn behind(&self, place: &[u8]) -> usize {
        let after = self
            .fences
            .partition_point(|fence| fence.place.as_slice() <= place);
        after.saturating_sub(1)
    }

    /// Says that a row with this place was put in the table.
    pub(super) fn insert(&mut self, place: &[u8]) {
        self.count(place, 1);
    }

    /// Says that the row with this place was taken out of the table.
    pub(super) fn remove(&mut self, place: &[u8]) {
        self.count(place, -1);
    }

    fn count(&mut self, place: &[u8], by: i32) {
        let at = self.behind(place);
        if let Some(fence) = self.fences.get_mut(at) {
            fence.count = fence.count.saturating_add_signed(by);
            self.total = self.total.saturating_add_signed(by as isize);
            self.changed.insert(fence.place.clone());
        }
    }

    /// Splits what is crowded and writes what changed: part of the transaction that changed the rows.
    pub(super) fn save(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let crowded = |fence: &Fence| fence.count > CROWDED;
        while let Some(at) = self.fences.iter().position(crowded) {
            self.split(db, at)?;
        }
        let mut put = db.prepare_cached("INSERT OR REPLACE INTO fence VALUES (?1, ?2, ?3)")?;
        for place in std::mem::take(&mut self.changed) {
            if let Some(fence) = self.fences.get(self.behind(&place)) {
                put.execute(params![self.list.number(), fence.place, fence.count])?;
            }
        }
        Ok(())
    }

    /// Sets fences anew in the stretch behind fence `at`.
    fn split(&mut self, db: &Connection, at: usize) -> rusqlite::Result<()> {
        let Some(from) = self.fences.get(at).map(|fence| fence.place.clone()) else {
            return Ok(());
        };
        let to = self.fences.get(at + 1).map(|fence| fence.place.clone());
        let (table, _) = self.list.table();
        let mut ask = db.prepare_cached(&format!(
            "SELECT place FROM {table} WHERE place >= ?1 AND (?2 IS NULL OR place < ?2) ORDER BY place"
        ))?;
        let mut rows = ask.query(params![from, to])?;
        let mut made = vec![Fence {
            place: from,
            count: 0,
        }];
        while let Some(row) = rows.next()? {
            if made.last().is_some_and(|last| last.count >= APART) {
                let place = row.get(0)?;
                made.push(Fence { place, count: 0 });
            }
            if let Some(last) = made.last_mut() {
                last.count += 1;
            }
        }
        self.changed
            .extend(made.iter().map(|fence| fence.place.clone()));
        self.fences.splice(at..=at, made);
        self.total = self.fences.iter().map(|fence| fence.count as usize).sum();
        Ok(())
    }

    /// Counts the rows of the table and sets all fences anew.
    pub(super) fn rebuild(db: &Connection, list: List) -> rusqlite::Result<Self> {
        db.execute("DELETE FROM fence WHERE list = ?1", [list.number()])?;
        let mut shelf = Self::load(db, list)?;
        shelf.split(db, 0)?;
        shelf.save(db)?;
        Ok(shelf)
    }

    /// The keys of a stretch of rows.
    pub(super) fn keys(&self, db: &Connection, range: Range<usize>) -> rusqlite::Result<Vec<i64>> {
        let range = range.start.min(self.total)..range.end.min(self.total);
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let mut before = 0;
        let mut start: &[u8] = &[];
        for fence in &self.fences {
            let next = before + fence.count as usize;
            start = &fence.place;
            if next > range.start {
                break;
            }
            before = next;
        }
        let (table, key) = self.list.table();
        // Only the index is walked: it holds the key too.
        let mut ask = db.prepare_cached(&format!(
            "SELECT {key} FROM {table} WHERE place >= ?1 ORDER BY place LIMIT ?2 OFFSET ?3"
        ))?;
        let (most, skip) = (range.len() as i64, (range.start - before) as i64);
        ask.query_map(params![start, most, skip], |row| row.get(0))?
            .collect()
    }

    /// The number of rows before a place: the row of what stands there, or would.
    pub(super) fn position(&self, db: &Connection, place: &[u8]) -> rusqlite::Result<usize> {
        let at = self.behind(place);
        let before: usize = self.fences[..at].iter().map(|f| f.count as usize).sum();
        let (table, _) = self.list.table();
        let mut ask = db.prepare_cached(&format!(
            "SELECT count(*) FROM {table} WHERE place >= ?1 AND place < ?2"
        ))?;
        let start: &[u8] = self.fences.get(at).map_or(&[], |fence| &fence.place);
        let within: i64 = ask.query_row(params![start, place], |row| row.get(0))?;
        Ok(before + within as usize)
    }

    /// The place of a row.
    pub(super) fn place(&self, db: &Connection, key: i64) -> rusqlite::Result<Option<Vec<u8>>> {
        let (table, name) = self.list.table();
        let mut ask = db.prepare_cached(&format!("SELECT place FROM {table} WHERE {name} = ?1"))?;
        ask.query_row([key], |row| row.get(0)).optional()
    }

    /// True where the fences say what the table holds.
    pub(super) fn audit(&self, db: &Connection) -> rusqlite::Result<bool> {
        let (table, _) = self.list.table();
        let mut ask = db.prepare(&format!(
            "SELECT count(*) FROM {table} WHERE place >= ?1 AND (?2 IS NULL OR place < ?2)"
        ))?;
        for (at, fence) in self.fences.iter().enumerate() {
            let next = self.fences.get(at + 1).map(|fence| &fence.place);
            let held: u32 = ask.query_row(params![fence.place, next], |row| row.get(0))?;
            if held != fence.count {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema;
    use super::*;
    use proptest::prelude::*;

    fn empty() -> Connection {
        let mut db = Connection::open_in_memory().unwrap();
        schema::migrate(&mut db).unwrap();
        db
    }

    fn put(db: &Connection, n: i64, place: &[u8]) {
        let sql = "INSERT INTO entity VALUES (?1, ?2, '', 0, x'')";
        db.execute(sql, params![n, place]).unwrap();
    }

    #[test]
    fn rows_are_found_by_number_wherever_they_are() {
        let db = empty();
        let mut shelf = Shelf::load(&db, List::Entities).unwrap();
        let places: Vec<Vec<u8>> = (0..20_000_u32)
            .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes().to_vec())
            .collect();
        for (n, place) in (0_i64..).zip(&places) {
            put(&db, n, place);
            shelf.insert(place);
            if n % 3000 == 0 {
                shelf.save(&db).unwrap();
            }
        }
        shelf.save(&db).unwrap();
        assert!(shelf.fences.len() > 5 && shelf.audit(&db).unwrap());
        let mut order: Vec<i64> = (0..20_000).collect();
        order.sort_by_key(|n| &places[*n as usize]);
        for start in [0, 1, 1023, 1024, 7777, 19_990, 19_999, 20_000, 30_000] {
            let want: Vec<i64> = order.iter().skip(start).take(20).copied().collect();
            assert_eq!(shelf.keys(&db, start..start + 20).unwrap(), want, "{start}");
        }
        for row in [0, 1, 5000, 19_999] {
            let place = shelf.place(&db, order[row]).unwrap().unwrap();
            assert_eq!(shelf.position(&db, &place).unwrap(), row);
        }
        let again = Shelf::load(&db, List::Entities).unwrap();
        assert_eq!(again.fences, shelf.fences);
        let anew = Shelf::rebuild(&db, List::Entities).unwrap();
        assert_eq!(anew.len(), 20_000);
        assert_eq!(anew.keys(&db, 7000..7003).unwrap(), order[7000..7003]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn taking_rows_in_and_out_keeps_the_count(steps in prop::collection::vec((0_u8..60, any::<bool>()), 1..200)) {
            let db = empty();
            let mut shelf = Shelf::load(&db, List::Entities).unwrap();
            let mut held = BTreeSet::new();
            for (place, add) in steps {
                if add && held.insert(place) {
                    put(&db, i64::from(place), &[place]);
                    shelf.insert(&[place]);
                } else if !add && held.remove(&place) {
                    db.execute("DELETE FROM entity WHERE n = ?1", [place]).unwrap();
                    shelf.remove(&[place]);
                }
            }
            shelf.save(&db).unwrap();
            prop_assert!(shelf.audit(&db).unwrap());
            let want: Vec<i64> = held.iter().map(|place| i64::from(*place)).collect();
            prop_assert_eq!(shelf.keys(&db, 0..100).unwrap(), want);
        }
    }
}
