//! Many documents at once, in bounded memory: sorted runs on disk, merged into one segment at the end.

use super::change::{bury, write_file};
use super::doc::Doc;
use super::merge;
use super::run::Run;
use super::segment::Segment;
use super::{Archive, Error, Held};
use rustc_hash::FxHashSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

/// A run ends at this many documents,
const MOST_DOCS: usize = 32 << 10;
/// or this many words, each counted once a document and field.
const MOST_WORDS: usize = 8 << 20;
/// More runs than this are merged into one, so that not too many are open at the end.
const MOST_RUNS: usize = 64;

/// Takes documents in any order and adds them to an archive as one segment. Nothing is found before [`Self::finish`];
/// a writer that is dropped adds nothing.
#[derive(Debug)]
pub struct Writer<'a> {
    archive: &'a Archive,
    run: Run,
    /// Files of sorted runs, oldest first.
    runs: Vec<PathBuf>,
    made: usize,
}

impl Archive {
    /// Begins to add many documents.
    pub fn writer(&self) -> Writer<'_> {
        Writer {
            archive: self,
            run: Run::default(),
            runs: Vec::new(),
            made: 0,
        }
    }
}

impl Writer<'_> {
    /// Takes a document. Where two have one key, the later counts.
    pub fn add(&mut self, doc: &Doc<'_>) -> Result<(), Error> {
        self.run.add(doc);
        if self.run.len() >= MOST_DOCS || self.run.weight() >= MOST_WORDS {
            self.flush()?;
        }
        Ok(())
    }

    fn name(&mut self) -> PathBuf {
        self.made += 1;
        let name = format!("{}-{}.run", std::process::id(), self.made);
        self.archive.folder.join(name)
    }

    fn flush(&mut self) -> Result<(), Error> {
        let run = std::mem::take(&mut self.run);
        let path = self.name();
        write_file(&path, |out| run.write(out, false)).map_err(|error| Error::io(&path, error))?;
        self.runs.push(path);
        if self.runs.len() >= MOST_RUNS {
            let segments = self.open()?;
            let path = self.name();
            let merged = write_file(&path, |out| merge::write(&segments, out));
            merged.map_err(|error| Error::io(&path, error))?;
            self.clear();
            self.runs.push(path);
        }
        Ok(())
    }

    /// The runs, with what later ones replace marked as gone.
    fn open(&self) -> Result<Vec<merge::Input>, Error> {
        let mut later = FxHashSet::default();
        let mut opened = Vec::with_capacity(self.runs.len());
        for path in self.runs.iter().rev() {
            let mut own = [Held {
                segment: Arc::new(Segment::open(path)?),
                dead: None,
                file: None,
            }];
            bury(&mut own, &later);
            later.extend(own[0].segment.all_keys());
            opened.push((own[0].segment.clone(), own[0].dead.clone()));
        }
        opened.reverse();
        Ok(opened)
    }

    fn clear(&mut self) {
        for path in self.runs.drain(..) {
            // A run that stays behind takes room and does no harm.
            let _gone = fs::remove_file(path);
        }
    }

    /// Adds the documents to the archive; they are found from now on.
    pub fn finish(mut self) -> Result<(), Error> {
        if self.run.len() > 0 {
            self.flush()?;
        }
        if self.runs.is_empty() {
            return Ok(());
        }
        let inputs = self.open()?;
        let mut list = self
            .archive
            .changing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let made = self
            .archive
            .to_file(&mut list, |out| merge::write(&inputs, out))?;
        let keys: FxHashSet<u64> = made.segment.all_keys().collect();
        let mut segments = self.archive.now().segments.clone();
        bury(&mut segments, &keys);
        segments.push(made);
        self.archive.publish(&mut list, segments)
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        self.clear();
    }
}
