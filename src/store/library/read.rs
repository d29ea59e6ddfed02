//! What readers ask of a library, answered.
//!
//! A [`Library`] is the state at one moment: its counts and fences do not change under a reader.
//! Rows are read when they are asked for; what another process took away meanwhile is left out,
//! and [`Library::again`] gives the next state.

mod answer;

use super::LibraryError;
use super::passing::{self, Where};
use super::shelf::{List, Shelf};
use super::tally::{self, Tally};
use crate::store::codec::from_plain;
use crate::store::overlay::Notes;
use crate::store::read::{ArticleRow, EventRow, Filter};
use crate::timeline::Event;
use answer::packed;
use rusqlite::{Connection, params};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Filters whose answers are remembered, of each list.
const ANSWERS: usize = 8;

/// Keys of the rows that pass a filter, and for entities their mentions under it.
type Rows = Arc<[(i64, u32)]>;

/// The last answers of a list, latest first.
type Answers = Mutex<Vec<(Filter, Rows)>>;

/// One state of a library.
#[derive(Debug)]
pub struct Library {
    folder: PathBuf,
    db: Arc<Mutex<Connection>>,
    /// Of the file.
    generation: u64,
    /// How often the state was taken since it was opened: other notes make another state too.
    taken: u64,
    /// Of articles, entities and events.
    shelves: [Shelf; 3],
    tally: Tally,
    notes: Arc<Notes>,
    /// The last article that was here before; beyond all where nothing is new.
    seen: i64,
    new: usize,
    found: [Answers; 3],
}

impl Library {
    /// Opens the library in `folder` for reading.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub fn open(folder: &Path, notes: Arc<Notes>) -> Result<Self, LibraryError> {
        let db = super::connect_to_read(folder)?;
        let seen: Option<i64> = tally::get(&db, "seen")?;
        let seen = seen.unwrap_or(i64::MAX);
        Self::state(folder, Arc::new(Mutex::new(db)), notes, (seen, 0))
    }

    /// The state as it is by now, with these notes.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn again(&self, notes: Arc<Notes>) -> Result<Self, LibraryError> {
        let next = (self.seen, self.taken + 1);
        Self::state(&self.folder, self.db.clone(), notes, next)
    }

    fn state(
        folder: &Path,
        db: Arc<Mutex<Connection>>,
        notes: Arc<Notes>,
        (seen, taken): (i64, u64),
    ) -> Result<Self, LibraryError> {
        let made = {
            let db = lock(&db);
            // One moment for all of it.
            db.execute_batch("BEGIN")?;
            let read = read_state(&db, seen);
            db.execute_batch("COMMIT")?;
            read?
        };
        let (generation, shelves, tally, new) = made;
        Ok(Self {
            folder: folder.to_owned(),
            db,
            generation,
            taken,
            shelves,
            tally,
            notes,
            seen,
            new,
            found: Default::default(),
        })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True where the file has a newer state than this one.
    pub fn is_old(&self) -> bool {
        generation(&self.db()).is_ok_and(|now| now > self.generation)
    }

    /// Remembers that everything of this state was seen: what comes later is new.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn mark_seen(&self) -> Result<(), LibraryError> {
        let db = self.db();
        let last = "SELECT coalesce(max(doc), 0) FROM article";
        let last: i64 = db.query_row(last, [], |row| row.get(0))?;
        Ok(tally::set(&db, "seen", &last)?)
    }

    /// The state of the file, the same whenever and wherever it is opened.
    pub(super) const fn state_of_file(&self) -> u64 {
        self.generation
    }

    /// The last article that was here before.
    pub(super) const fn last_seen(&self) -> i64 {
        self.seen
    }

    pub(super) fn db(&self) -> MutexGuard<'_, Connection> {
        lock(&self.db)
    }

    fn shelf(&self, list: List) -> &Shelf {
        &self.shelves[list as usize]
    }

    /// What passes a filter; computed once for a run of questions about the same filter.
    fn passing(&self, list: List, filter: &Filter) -> Rows {
        let mut known = lock(&self.found[list as usize]);
        if let Some(at) = known.iter().position(|(asked, _)| asked == filter) {
            known[..=at].rotate_right(1);
            return known[0].1.clone();
        }
        let db = self.db();
        let key = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, 0));
        let rows: Result<Vec<(i64, u32)>, LibraryError> = match list {
            List::Articles => passing::articles(&db, filter, self.seen).and_then(|made| {
                Ok(made.ask(&db, ("SELECT doc FROM line", "ORDER BY place"), key)?)
            }),
            List::Events => passing::events(&db, filter, self.seen).and_then(|made| {
                Ok(made.ask(&db, ("SELECT n FROM event", "ORDER BY place"), key)?)
            }),
            List::Entities => passing::entities(&db, filter, self.seen),
        };
        let rows: Rows = rows.unwrap_or_default().into();
        known.truncate(ANSWERS - 1);
        known.insert(0, (filter.clone(), rows.clone()));
        rows
    }

    fn count(&self, list: List, filter: &Filter) -> usize {
        if *filter == Filter::default() {
            return self.shelf(list).len();
        }
        self.passing(list, filter).len()
    }

    /// Keys of rows under a filter, with their mentions where a filter counts them.
    fn keys(&self, list: List, filter: &Filter, range: Range<usize>) -> Vec<(i64, Option<u32>)> {
        if *filter == Filter::default() {
            let keys = self.shelf(list).keys(&self.db(), range);
            return keys
                .unwrap_or_default()
                .into_iter()
                .map(|key| (key, None))
                .collect();
        }
        let rows = self.passing(list, filter);
        let (start, end) = (range.start.min(rows.len()), range.end.min(rows.len()));
        let rows = rows.get(start..end).unwrap_or_default();
        rows.iter()
            .map(|(key, count)| (*key, Some(*count)))
            .collect()
    }

    fn position(&self, list: List, filter: &Filter, key: i64) -> Option<usize> {
        if *filter != Filter::default() {
            return self
                .passing(list, filter)
                .iter()
                .position(|(k, _)| *k == key);
        }
        let db = self.db();
        let place = self.shelf(list).place(&db, key).ok()??;
        self.shelf(list).position(&db, &place).ok()
    }

    fn line(&self, db: &Connection, doc: i64) -> Option<ArticleRow> {
        let mut ask = db
            .prepare_cached("SELECT row FROM line WHERE doc = ?1")
            .ok()?;
        let bytes: Vec<u8> = ask.query_row([doc], |row| row.get(0)).ok()?;
        let row: ArticleRow = from_plain(&bytes).ok()?;
        Some(ArticleRow {
            new: doc > self.seen,
            ..row
        })
    }

    fn event_row(&self, db: &Connection, n: i64) -> Option<EventRow> {
        let event: Event = packed(db, "SELECT row FROM event WHERE n = ?1", n)?;
        let told = "SELECT 1 FROM event_use WHERE event = ?1 AND doc <= ?2";
        let old = |seen: i64| {
            db.prepare_cached(told)
                .and_then(|mut ask| ask.exists(params![n, seen]))
        };
        Some(EventRow {
            new: self.new > 0 && !old(self.seen).unwrap_or(true),
            event: Arc::new(event),
        })
    }

    /// The conditions of a filter on events; nothing passes where they cannot be made.
    fn events_where(&self, db: &Connection, filter: &Filter) -> Where {
        passing::events(db, filter, self.seen).unwrap_or_else(|_| {
            let mut none = Where::default();
            none.and("0", []);
            none
        })
    }
}

fn read_state(db: &Connection, seen: i64) -> Result<(u64, [Shelf; 3], Tally, usize), LibraryError> {
    let [a, b, c] = List::ALL.map(|list| Shelf::load(db, list));
    let later = "SELECT count(*) FROM line WHERE doc > ?1";
    let new: i64 = db
        .prepare_cached(later)?
        .query_row([seen], |row| row.get(0))?;
    Ok((
        generation(db)?,
        [a?, b?, c?],
        Tally::load(db)?,
        new as usize,
    ))
}

fn generation(db: &Connection) -> rusqlite::Result<u64> {
    let now: Option<i64> = tally::get(db, "generation")?;
    Ok(now.unwrap_or(0) as u64)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
