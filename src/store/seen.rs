//! Which articles of a collection were on the screen before: what is new since last time.
//!
//! A plain file beside the overlays: the first 16 hex digits of each content hash, one a line,
//! rising. It is a memory, not a record: lines that cannot be read are passed over, and without
//! the file nothing is new.

use super::read::{Filter, Read};
use crate::article::ContentHash;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Rows that are asked for at a time.
const PAGE: usize = 4096;

/// The articles that were here the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The first 64 bits of their hashes, rising; `None` where there was no last time.
    known: Option<Vec<u64>>,
}

impl Seen {
    /// Reads the file at `path`; one that is not there says that there was no last time.
    ///
    /// # Errors
    /// If the file is there but cannot be read.
    pub fn load(path: &Path) -> io::Result<Self> {
        let text = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let line = |line: &[u8]| u64::from_str_radix(std::str::from_utf8(line).ok()?, 16).ok();
        let mut known: Vec<u64> = text.split(|byte| *byte == b'\n').filter_map(line).collect();
        known.sort_unstable();
        known.dedup();
        Ok(Self { known: Some(known) })
    }

    /// True where there was a last time, and this article was not here then.
    pub fn is_new(&self, hash: &ContentHash) -> bool {
        let known = self.known.as_ref();
        known.is_some_and(|known| known.binary_search(&short(hash)).is_err())
    }

    /// Adds the articles of a store to the file at `path`, which is written whole and then put in
    /// place; where it holds them all already, nothing is written.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn record(path: &Path, store: &dyn Read) -> io::Result<()> {
        // Another screen may have added to it meanwhile.
        let before = Self::load(path)?.known;
        let mut all: BTreeSet<u64> = before.iter().flatten().copied().collect();
        let count = store.article_count(&Filter::default());
        for from in (0..count).step_by(PAGE) {
            let rows = store.articles(&Filter::default(), from..count.min(from + PAGE));
            all.extend(rows.iter().map(|row| short(&row.hash)));
        }
        if all.is_empty() || before.is_some_and(|before| before.len() == all.len()) {
            return Ok(());
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let aside = path.with_extension(format!("{}.tmp", std::process::id()));
        let written = write(&aside, &all).and_then(|()| fs::rename(&aside, path));
        if written.is_err() {
            // What is half written helps nobody; that it may not go away either is no news.
            let _gone = fs::remove_file(&aside);
        }
        written
    }
}

fn write(path: &Path, all: &BTreeSet<u64>) -> io::Result<()> {
    let mut file = BufWriter::new(fs::File::create(path)?);
    for hash in all {
        writeln!(file, "{hash:016x}")?;
    }
    file.into_inner()?.sync_all()
}

fn short(hash: &ContentHash) -> u64 {
    let first = hash.0.first_chunk().copied().unwrap_or_default();
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::collection::Collection;
    use crate::source::{Options, read_bytes};
    use crate::store::overlay::Overlay;
    use std::sync::Arc;

    fn store(texts: &[&str], seen: Seen) -> Arc<dyn Read> {
        let mut collection = Collection::new(Overlay::default()).with_seen(seen);
        let files = texts.iter().enumerate();
        let files = files.map(|(i, text)| {
            read_bytes(
                &format!("{i}.txt"),
                None,
                text.as_bytes(),
                Options::default(),
            )
        });
        collection.add(files.collect());
        collection.snapshot()
    }

    const OLD: &str = "A fire broke out in the port of Varna on 3 March 2031. Ada Reyes, the mayor, said that nobody was hurt.\n";
    const NEW: &str = "The mayor of Varna, Ada Reyes, resigned on 9 May 2031 after the inquiry into the harbour was published.\n";

    #[test]
    fn what_came_since_last_time_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/seen.txt");
        let first = store(&[OLD], Seen::load(&path).unwrap());
        assert_eq!(first.status().new, 0, "there was no last time");
        Seen::record(&path, first.as_ref()).unwrap();
        let second = store(&[OLD, NEW], Seen::load(&path).unwrap());
        assert_eq!(second.status().new, 1);
        let new = Filter {
            new: true,
            ..Filter::default()
        };
        let rows = second.articles(&new, 0..9);
        assert_eq!(
            rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
            ["1.txt"]
        );
        let events = second.events(&Filter::default(), 0..99);
        let fresh: Vec<bool> = events.iter().map(|row| row.new).collect();
        assert!(fresh.contains(&true) && fresh.contains(&false), "{fresh:?}");
        assert!(second.events(&new, 0..99).iter().all(|row| row.new));
        assert!(second.entity_count(&new) > 0);
        Seen::record(&path, second.as_ref()).unwrap();
        assert_eq!(store(&[NEW], Seen::load(&path).unwrap()).status().new, 0);
    }

    #[test]
    fn lines_that_nobody_wrote_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seen.txt");
        fs::write(&path, b"\xff\xfe\nnot hex\n\n00ff\n00ff\n").unwrap();
        assert_eq!(Seen::load(&path).unwrap().known, Some(vec![255]));
        let store = store(&[OLD], Seen::default());
        Seen::record(&path, store.as_ref()).unwrap();
        assert_eq!(
            Seen::load(&path).unwrap().known.map(|known| known.len()),
            Some(2)
        );
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1, "nothing is left aside");
    }
}
