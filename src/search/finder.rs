//! Search for whoever asks often: an index in memory, or the search files of a library.

use super::archive::{self, Archive, Ask, Marked, Order, short};
use super::query::State;
use super::{Field, Hit, Index, Query};
use crate::store::overlay::Notes;
use crate::store::{Numbered, Read};
use std::collections::{HashMap, HashSet};

/// Texts that are read for one question: for phrases and expressions.
const MOST_TEXTS: usize = 20_000;

/// Answers questions about a collection, whatever it is kept in. Kept from question to question.
#[derive(Debug, Default)]
pub struct Finder {
    index: Index,
    archive: Option<Archive>,
}

/// How much is wanted of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// At most so many hits,
    pub hits: usize,
    /// so many of them with a snippet and what matches in the text. An index in memory gives that for all.
    pub shown: usize,
}

impl Finder {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in what is new in the store. Cheap where nothing is. Search files that are damaged or of another version
    /// are made again. Once `cancelled` the rest is left for the next time.
    pub fn update(
        &mut self,
        store: &dyn Read,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<(), archive::Error> {
        let Some(numbered) = store.numbered() else {
            self.index.update(store);
            return Ok(());
        };
        match self.follow(store, numbered, cancelled) {
            Err(error) if error.wants_rebuild() => {
                self.archive = None;
                Archive::clear(&numbered.search_folder())?;
                self.follow(store, numbered, cancelled)
            }
            other => other,
        }
    }

    /// Joins search files where there are many, which may take long.
    pub fn merge(&self) -> Result<(), archive::Error> {
        if let Some(archive) = &self.archive {
            archive.merge(u32::MAX)?;
        }
        Ok(())
    }

    fn follow(
        &mut self,
        store: &dyn Read,
        numbered: &dyn Numbered,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<(), archive::Error> {
        let archive = match self.archive.take() {
            Some(archive) => archive,
            None => Archive::open(&numbered.search_folder())?,
        };
        archive.follow(store, numbered, cancelled)?;
        self.archive = Some(archive);
        Ok(())
    }

    /// Runs a query, best first. `notes` are what the reader marked.
    pub fn run(
        &self,
        store: &dyn Read,
        query: &Query,
        notes: &Notes,
        wanted: Wanted,
        cancelled: &dyn Fn() -> bool,
    ) -> Vec<Hit> {
        if let (Some(numbered), Some(archive)) = (store.numbered(), &self.archive) {
            let marks = Marks::of(notes, numbered.seen());
            return hits(archive, (store, numbered), query, &marks, wanted, cancelled);
        }
        let (index, marks) = (&self.index, Some(notes as &dyn super::Marks));
        index.run_marked(store, query, marks, wanted.hits, cancelled)
    }
}

/// Asks an archive, and makes hits of what it found.
pub(super) fn hits(
    archive: &Archive,
    (store, numbered): (&dyn Read, &dyn Numbered),
    query: &Query,
    marks: &dyn Marked,
    wanted: Wanted,
    cancelled: &dyn Fn() -> bool,
) -> Vec<Hit> {
    let texts = |key| {
        let article = store.article(&numbered.with_number(key)?)?;
        Some(archive::text_of(&article))
    };
    let answer = archive.search(&Ask {
        query,
        limit: wanted.hits,
        order: Order::Best,
        scattered: true,
        texts: &texts,
        most_texts: if wanted.shown == usize::MAX {
            usize::MAX
        } else {
            MOST_TEXTS
        },
        marks: Some(marks),
        cancelled,
    });
    let marker = archive.marker(query, &answer);
    let mut made = Vec::with_capacity(answer.hits.len());
    for (at, found) in answer.hits.iter().enumerate() {
        if at % 64 == 0 && cancelled() {
            break;
        }
        let Some(id) = numbered.with_number(found.key) else {
            continue;
        };
        let worth =
            f64::from(100 - found.tier as u8) + (found.score as f64 / 1e4).clamp(0.0, 0.999);
        let shown = (at < wanted.shown).then(|| store.row(&id)).flatten();
        made.push(match shown {
            Some(row) => marker.hit(store, &row.title, store.article(&id).as_deref(), &id, worth),
            None => Hit {
                article: id,
                score: worth,
                field: Field::Text,
                snippet: String::new(),
                matches: Vec::new(),
                spans: Vec::new(),
            },
        });
    }
    made
}

/// What a person marked, by the start of the content hash.
#[derive(Debug, Default)]
pub(super) struct Marks {
    read: HashSet<u64>,
    starred: HashSet<u64>,
    tags: HashMap<String, HashSet<u64>>,
    seen: u64,
}

impl Marks {
    pub(super) fn of(notes: &Notes, seen: u64) -> Self {
        let mut tags: HashMap<String, HashSet<u64>> = HashMap::new();
        for (hash, own) in &notes.tags {
            for tag in own {
                tags.entry(tag.to_ascii_lowercase())
                    .or_default()
                    .insert(short(hash));
            }
        }
        Self {
            read: notes.read.iter().map(short).collect(),
            starred: notes.starred.iter().map(short).collect(),
            tags,
            seen,
        }
    }
}

impl Marked for Marks {
    fn is(&self, state: State, key: u64, hash: u64) -> bool {
        match state {
            State::Unread => !self.read.contains(&hash),
            State::Starred => self.starred.contains(&hash),
            State::New => key > self.seen,
            State::Undated => false,
        }
    }

    fn has_tag(&self, tag: &str, _: u64, hash: u64) -> bool {
        self.tags
            .get(&tag.to_ascii_lowercase())
            .is_some_and(|own| own.contains(&hash))
    }
}
