//! The search files of a library: millions of articles, answered within a frame, kept on disk.
//!
//! An archive is a folder of immutable segments and a list of them. It is derived: whatever is wrong with
//! it, it is built again from the store ([`Error::wants_rebuild`]). It holds headlines, words, names and columns, no
//! texts; those are asked of the store for the few documents that need them. For a handful of articles in memory there
//! is [`super::Index`].
//!
//! - [`Writer`] takes any number of documents in bounded memory; [`Archive::add`] takes a few, which are found at once
//!   and are in memory until [`Archive::commit`]. [`Archive::merge`] keeps segments few. One process changes an archive
//!   at a time; others see it with [`Archive::refresh`]. [`Archive::follow`] does all of this for a store, behind a lock.
//! - [`Archive::search`] answers the whole query language. A reader has one state for as long as it asks, whatever is
//!   added meanwhile.
//!
//! Invariants: a segment never changes once it has its name; a document of a key is alive in one segment at most; reading
//! a damaged file may give wrong hits, never a fall.

mod assemble;
mod bits;
mod change;
mod check;
mod columns;
mod doc;
mod find;
mod format;
mod letters;
mod levels;
mod list;
mod live;
mod manifest;
mod marking;
mod meaning;
mod merge;
mod plan;
mod planner;
mod run;
mod scatter;
mod segment;
#[cfg(test)]
mod tests;
mod writer;

pub use columns::Marked;
pub use doc::{Doc, Name, short};
pub use find::{Answer, Ask, Found, Order};
pub use levels::Tier;
pub(in crate::search) use live::text_of;
pub use writer::Writer;

use bits::Bits;
use manifest::Manifest;
use planner::Cache;
use segment::Segment;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// What can be wrong with an archive.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not what was written.
    #[error("{}: {what}; build the search files again", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
    /// A file is of another version of the program.
    #[error("{}: search files of version {version}; build them again", path.display())]
    Version {
        /// Which.
        path: PathBuf,
        /// Its version.
        version: u32,
    },
}

impl Error {
    fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    fn damaged(path: &Path, what: &'static str) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            what,
        }
    }

    /// True where the archive is to be built again from the store; false where the same would happen again.
    pub fn wants_rebuild(&self) -> bool {
        match self {
            Self::Damaged { .. } | Self::Version { .. } => true,
            Self::Io { source, .. } => matches!(
                source.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
            ),
        }
    }
}

/// One segment as the archive has it now.
#[derive(Clone, Debug)]
struct Held {
    segment: Arc<Segment>,
    /// Its documents that are gone.
    dead: Option<Arc<Bits>>,
    /// Its file; none while it is only in memory.
    file: Option<String>,
}

impl Held {
    fn alive(&self) -> usize {
        self.segment.docs as usize - self.dead.as_ref().map_or(0, |dead| dead.count())
    }
}

/// What a search looks at: never changes.
#[derive(Debug)]
struct State {
    number: u64,
    segments: Vec<Held>,
    cache: Arc<Cache>,
}

/// The search files of a library. See the module documentation.
#[derive(Debug)]
pub struct Archive {
    folder: PathBuf,
    state: RwLock<Arc<State>>,
    /// Held by whoever changes the archive; what the list on disk says.
    changing: Mutex<Manifest>,
    cache: Arc<Cache>,
    numbers: AtomicU64,
}

impl Archive {
    /// Opens the archive of a folder; an empty one where there is none. Reads next to nothing.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
        let (list, segments) = load(folder, &[])?;
        let cache = Arc::new(Cache::default());
        Ok(Self {
            folder: folder.to_owned(),
            state: RwLock::new(Arc::new(State {
                number: 0,
                segments,
                cache: cache.clone(),
            })),
            changing: Mutex::new(list),
            cache,
            numbers: AtomicU64::new(1),
        })
    }

    /// Answers a question. See [`Ask`].
    pub fn search(&self, ask: &Ask<'_>) -> Answer {
        find::find(&self.now(), ask)
    }

    /// Articles in it.
    pub fn len(&self) -> usize {
        self.now().segments.iter().map(Held::alive).sum()
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of all segments, in memory or on disk.
    pub fn size(&self) -> usize {
        self.now()
            .segments
            .iter()
            .map(|own| own.segment.size())
            .sum()
    }

    /// Compares all checksums: reads every file whole.
    pub fn check(&self) -> Result<(), Error> {
        for own in &self.now().segments {
            let file = own.file.as_deref().unwrap_or_default();
            own.segment.check(&self.folder.join(file))?;
        }
        Ok(())
    }

    fn now(&self) -> Arc<State> {
        self.state
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, segments: Vec<Held>) {
        let state = Arc::new(State {
            number: self.numbers.fetch_add(1, Ordering::Relaxed),
            segments,
            cache: self.cache.clone(),
        });
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

/// Reads the list of a folder and opens what it names, unless it is among `open` already.
fn load(folder: &Path, open: &[Held]) -> Result<(Manifest, Vec<Held>), Error> {
    // Between the list and its files another process may have put a newer list.
    let mut tries = 3;
    loop {
        let list = Manifest::load(folder)?;
        let opened: Result<Vec<Held>, Error> = list
            .segments
            .iter()
            .map(|entry| {
                let known = open
                    .iter()
                    .find(|own| own.file.as_ref() == Some(&entry.file));
                let segment = match known {
                    Some(own) => own.segment.clone(),
                    None => Arc::new(Segment::open(&folder.join(&entry.file))?),
                };
                let dead = (!entry.dead.is_empty()).then(|| {
                    let mut bits = Bits::new(segment.docs);
                    entry.dead.iter().for_each(|doc| bits.set(*doc));
                    Arc::new(bits)
                });
                Ok(Held {
                    segment,
                    dead,
                    file: Some(entry.file.clone()),
                })
            })
            .collect();
        tries -= 1;
        match opened {
            Err(Error::Io { source, .. })
                if source.kind() == io::ErrorKind::NotFound && tries > 0 => {}
            other => return Ok((list, other?)),
        }
    }
}
