//! Fills a library and keeps it up to date: finds what is new, analyses it on all cores, and hands
//! it to the one writer.
//!
//! Not here: any SQL, which is the store's. Invariant: what this says was added is in the library,
//! whatever happens to the process next; what it did not get to is found again the next time.

use super::Progress;
use super::collection::Collection;
use super::decide;
use crate::annotate::annotate;
use crate::article::ContentHash;
use crate::source::{self, FileReport, Found, Options};
use crate::store::library::{Encoded, FileKey, Library, LibraryError, Put, Stored, Writer};
use crate::store::overlay::History;
use crate::store::{Overlay, Read};
use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, UNIX_EPOCH};

/// Bytes of files that are read and analysed at a time.
const BATCH_BYTES: i64 = 16 << 20;
/// Files of one batch, at most.
const BATCH_FILES: usize = 256;
/// How often a screen looks whether another process added to its library.
const LOOK: Duration = Duration::from_millis(500);

/// What adding came to.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// Files found.
    pub files: usize,
    /// Of these, in the library already and not read again.
    pub known: usize,
    /// What the files that were read came to.
    pub put: Put,
    /// Files that were read, and what was passed over.
    pub reports: Vec<FileReport>,
}

/// How far adding has come.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Bytes of the files read so far.
    pub bytes: i64,
    /// Bytes of all files to be read.
    pub total: i64,
    /// Articles read so far, copies among them.
    pub articles: usize,
}

/// Puts the files under `paths` into a library. `told` hears of every step.
///
/// # Errors
/// Where the library cannot be read or written; files that were told of are in it all the same.
pub fn add(
    writer: &mut Writer,
    paths: &[PathBuf],
    options: Options,
    told: &mut dyn FnMut(Step),
) -> Result<Added, LibraryError> {
    let (found, passed_over) = source::find(paths);
    let mut done = Added {
        files: found.len() + passed_over.len(),
        reports: passed_over,
        ..Added::default()
    };
    let mut fresh = Vec::new();
    for found in found {
        let key = key_of(&found);
        if writer.knows(&key)? {
            done.known += 1;
        } else {
            fresh.push((found, key));
        }
    }
    let total = fresh.iter().map(|(_, key)| key.size).sum();
    let (mut bytes, mut articles) = (0, 0);
    told(Step {
        bytes,
        total,
        articles,
    });
    std::thread::scope(|scope| {
        // One batch is analysed while the one before is written.
        let (hand, ready) = bounded::<Result<Vec<Stored>, LibraryError>>(1);
        scope.spawn(move || {
            for batch in batches(&fresh) {
                let made = batch
                    .par_iter()
                    .map(|(found, key)| read(found, key, options))
                    .collect();
                if hand.send(made).is_err() {
                    return;
                }
            }
        });
        for batch in ready {
            for stored in batch? {
                let put = writer.put(&stored)?;
                done.put.articles += put.articles;
                done.put.copies += put.copies;
                done.put.removed += put.removed;
                bytes += stored.key.size;
                articles += stored.articles.len();
                done.reports.push(stored.report);
                told(Step {
                    bytes,
                    total,
                    articles,
                });
            }
        }
        Ok::<(), LibraryError>(())
    })?;
    done.reports.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(done)
}

/// Cuts the files into batches of a bounded size, in order.
fn batches(files: &[(Found, FileKey)]) -> impl Iterator<Item = &[(Found, FileKey)]> {
    let mut rest = files;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = rest.iter().take(BATCH_FILES).take_while(|(_, key)| {
            let first = bytes == 0;
            bytes += key.size.max(1);
            first || bytes <= BATCH_BYTES
        });
        let (batch, more) = rest.split_at(fits.count());
        rest = more;
        (!batch.is_empty()).then_some(batch)
    })
}

/// What tells that a file is the one that was read before; a file that is gone has no size.
fn key_of(found: &Found) -> FileKey {
    let path = std::path::absolute(&found.path).unwrap_or_else(|_| found.path.clone());
    let meta = std::fs::metadata(&found.path).ok();
    let modified = meta.as_ref().and_then(|meta| {
        let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_nanos()).ok()
    });
    FileKey {
        path: path.to_string_lossy().into_owned(),
        size: meta.map_or(-1, |meta| meta.len() as i64),
        modified: modified.unwrap_or(0),
    }
}

/// Reads and analyses a file.
fn read(found: &Found, key: &FileKey, options: Options) -> Result<Stored, LibraryError> {
    let file = source::read(found, options);
    // A file is what its articles are: a touched time stamp in its head makes no other file of it.
    let mut hashes = vec![file.report.outcome as u8];
    for article in &file.articles {
        hashes.extend(article.hash.0);
    }
    let articles = file
        .articles
        .into_par_iter()
        .map(|article| Encoded::new(&annotate(Arc::new(article), None)))
        .collect::<Result<_, _>>()?;
    Ok(Stored {
        key: key.clone(),
        hash: ContentHash::of(&hashes),
        report: file.report,
        articles,
    })
}

/// Makes entities, events and the dates that only the collection knows from all articles of a
/// library, where they are not up to date or `anew` is asked for. False where nothing was to do.
///
/// # Errors
/// Where the library cannot be read or written; then it is as it was.
pub fn settle(writer: &mut Writer, overlay: &Overlay, anew: bool) -> Result<bool, LibraryError> {
    if !anew && writer.is_settled()? {
        return Ok(false);
    }
    let mut collection = Collection::new(overlay.clone());
    writer.each(|kept| collection.take_back(kept))?;
    writer.derive(collection.snapshot().as_ref())?;
    Ok(true)
}

/// Opens a library for a screen: like [`super::start`], with what is stored in place of files.
///
/// # Errors
/// Where there is no library, or it cannot be read.
pub fn open(
    folder: &Path,
    overlay: Overlay,
    save: Option<PathBuf>,
) -> Result<super::Engine, LibraryError> {
    let library = Library::open(folder, Arc::new(overlay.notes()))?;
    let (engine, news, decided) = super::Engine::detached();
    let stop = engine.stop.clone();
    let folder = folder.to_owned();
    // The first state needs no thread: it is there before the screen asks.
    let mut library = Arc::new(library);
    let _first = news.send(Progress::Snapshot(library.clone() as Arc<dyn Read>));
    let _first = news.send(Progress::Done);
    std::thread::spawn(move || {
        let mut history = History::new(overlay, save);
        let tell = |news: &Sender<Progress>, error: &LibraryError| {
            news.send(Progress::Trouble(error.to_string())).is_ok()
        };
        if let Err(error) = Writer::open(&folder)
            .and_then(|mut writer| settle(&mut writer, history.overlay(), false))
            && !tell(&news, &error)
        {
            return;
        }
        while !stop.load(Ordering::Relaxed) {
            let mut words = Vec::new();
            let before = history.overlay().clone();
            match decided.recv_timeout(LOOK) {
                Ok(first) => {
                    for decision in std::iter::once(first).chain(decided.try_iter()) {
                        words.extend(match decision.put(&mut history) {
                            decide::Outcome::Done(told) => told.map(Progress::Told),
                            decide::Outcome::Trouble(text) => Some(Progress::Trouble(text)),
                        });
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let now = history.overlay();
            let other = before.decisions() != now.decisions() || before.dates() != now.dates();
            if other
                && let Err(error) =
                    Writer::open(&folder).and_then(|mut writer| settle(&mut writer, now, true))
            {
                words.push(Progress::Trouble(error.to_string()));
            }
            if before != *now || library.is_old() {
                match library.again(Arc::new(now.notes())) {
                    Ok(next) => {
                        library = Arc::new(next);
                        words.insert(0, Progress::Snapshot(library.clone()));
                    }
                    Err(error) => words.push(Progress::Trouble(error.to_string())),
                }
            }
            for word in words {
                if news.send(word).is_err() {
                    return;
                }
            }
        }
    });
    Ok(engine)
}

#[cfg(test)]
mod tests;
