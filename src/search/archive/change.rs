//! Changes to an archive: a few documents more or less, memory to disk, many segments to few.

use super::bits::Bits;
use super::doc::Doc;
use super::format::Bytes;
use super::manifest::{self, Entry, Manifest};
use super::merge;
use super::run::Run;
use super::segment::Segment;
use super::{Archive, Error, Held, load};
use rustc_hash::FxHashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, PoisonError};

/// Segments in memory that take more than this are written to disk, in bytes.
const MOST_IN_MEMORY: usize = 32 << 20;
/// More segments than this on disk are merged.
const MOST_SEGMENTS: usize = 8;
/// A segment takes part in a merge unless it is so many times as large as all smaller ones together.
const FAR_LARGER: usize = 4;

impl Archive {
    /// Adds documents, or puts them in the place of those with their keys; they are found from now on. They are in
    /// memory until [`Self::commit`].
    pub fn add(&self, docs: &[Doc<'_>]) -> Result<(), Error> {
        if docs.is_empty() {
            return Ok(());
        }
        let mut run = Run::default();
        for doc in docs {
            run.add(doc);
        }
        let made = self.in_memory(|out| run.write(out, true))?;
        let keys: FxHashSet<u64> = run.keys().collect();
        let list = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut segments = self.now().segments.clone();
        bury(&mut segments, &keys);
        segments.push(made);
        // As a counter carries: each segment in memory stays larger than the next.
        while let [.., before, last] = segments.as_slice()
            && before.file.is_none()
            && last.file.is_none()
            && before.segment.docs <= last.segment.docs
        {
            let pair = segments.split_off(segments.len() - 2);
            segments.push(self.in_memory(|out| merge::write(&inputs(&pair), out))?);
        }
        let held = segments.iter().filter(|own| own.file.is_none());
        let weight: usize = held.map(|own| own.segment.size()).sum();
        self.set(segments);
        drop(list);
        if weight > MOST_IN_MEMORY {
            self.commit()?;
        }
        Ok(())
    }

    /// Takes documents out.
    pub fn remove(&self, keys: &[u64]) {
        let keys: FxHashSet<u64> = keys.iter().copied().collect();
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut segments = self.now().segments.clone();
        bury(&mut segments, &keys);
        self.set(segments);
    }

    fn in_memory(&self, write: impl FnOnce(Vec<u8>) -> io::Result<Vec<u8>>) -> Result<Held, Error> {
        let bytes = write(Vec::new()).map_err(|error| Error::io(&self.folder, error))?;
        Ok(Held {
            segment: Arc::new(Segment::new(Bytes::Held(bytes), &self.folder)?),
            dead: None,
            file: None,
        })
    }

    /// Writes what is only in memory to disk.
    pub fn commit(&self) -> Result<(), Error> {
        let mut list = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let segments = self.now().segments.clone();
        let (held, mut kept): (Vec<Held>, Vec<Held>) =
            segments.into_iter().partition(|own| own.file.is_none());
        if held.iter().any(|own| own.alive() > 0) {
            let inputs = inputs(&held);
            kept.push(self.to_file(&mut list, |out| merge::write(&inputs, out))?);
        }
        self.publish(&mut list, kept)
    }

    /// Removes all search files of a folder, so that they can be made again. Nobody may have them open to change them.
    pub fn clear(folder: &Path) -> Result<(), Error> {
        let clear = || -> io::Result<()> {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let name = path
                    .file_name()
                    .and_then(|name| name.to_str())
                    .unwrap_or_default();
                let ends = [".segment", ".tmp", ".run"]
                    .iter()
                    .any(|end| name.ends_with(end));
                if ends || path == manifest::path(folder) {
                    fs::remove_file(&path)?;
                }
            }
            Ok(())
        };
        match clear() {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io(folder, error)),
            _ => Ok(()),
        }
    }

    /// Writes a segment to a file of its own.
    pub(super) fn to_file(
        &self,
        list: &mut Manifest,
        write: impl FnOnce(BufWriter<fs::File>) -> io::Result<BufWriter<fs::File>>,
    ) -> Result<Held, Error> {
        let name = list.name();
        let path = self.folder.join(&name);
        write_file(&path, write).map_err(|error| Error::io(&path, error))?;
        Ok(Held {
            segment: Arc::new(Segment::open(&path)?),
            dead: None,
            file: Some(name),
        })
    }

    /// Makes these the segments of the archive, on disk and for readers.
    pub(super) fn publish(&self, list: &mut Manifest, segments: Vec<Held>) -> Result<(), Error> {
        let old: Vec<String> = list.segments.drain(..).map(|entry| entry.file).collect();
        list.segments = segments
            .iter()
            .filter_map(|own| {
                let dead = own
                    .dead
                    .as_ref()
                    .map_or_else(Vec::new, |dead| dead.iter().collect());
                Some(Entry {
                    file: own.file.clone()?,
                    dead,
                })
            })
            .collect();
        list.save(&self.folder)?;
        for file in old {
            if !list.segments.iter().any(|entry| entry.file == file) {
                // A file that stays behind takes room and does no harm.
                let _gone = fs::remove_file(self.folder.join(file));
            }
        }
        self.set(segments);
        Ok(())
    }

    /// Joins segments on disk, those of up to `most` documents, where there are too many, or too much of them is gone. May take long; searches and
    /// additions go on meanwhile. True where something was joined.
    pub fn merge(&self, most: u32) -> Result<bool, Error> {
        let before = self.now();
        let on_disk: Vec<Held> = before
            .segments
            .iter()
            .filter(|own| own.file.is_some() && own.segment.docs <= most)
            .cloned()
            .collect();
        let chosen = choose(on_disk);
        if chosen.is_empty() {
            return Ok(false);
        }
        let name = {
            let mut list = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
            list.name()
        };
        let path = self.folder.join(&name);
        let inputs = inputs(&chosen);
        write_file(&path, |out| merge::write(&inputs, out))
            .map_err(|error| Error::io(&path, error))?;
        let mut list = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let is_chosen = |own: &Held| chosen.iter().any(|old| old.segment.uid == own.segment.uid);
        let (old, mut kept): (Vec<Held>, Vec<Held>) =
            self.now().segments.iter().cloned().partition(is_chosen);
        // What died while the segment was written is alive in it.
        let mut keys = FxHashSet::default();
        for own in &old {
            let was = chosen.iter().find(|old| old.segment.uid == own.segment.uid);
            let was = was.and_then(|was| was.dead.as_ref());
            let now = own.dead.iter().flat_map(|dead| dead.iter());
            let died = now.filter(|doc| was.is_none_or(|was| !was.has(*doc)));
            keys.extend(died.map(|doc| own.segment.key(doc)));
        }
        let mut made = vec![Held {
            segment: Arc::new(Segment::open(&path)?),
            dead: None,
            file: Some(name),
        }];
        bury(&mut made, &keys);
        made.append(&mut kept);
        self.publish(&mut list, made)?;
        Ok(true)
    }

    /// Looks for what another process changed. What is only in memory here stays.
    pub fn refresh(&self) -> Result<(), Error> {
        let mut list = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        if Manifest::load(&self.folder)? == *list {
            return Ok(());
        }
        let (new, mut segments) = load(&self.folder, &now.segments)?;
        segments.extend(
            now.segments
                .iter()
                .filter(|own| own.file.is_none())
                .cloned(),
        );
        *list = new;
        self.set(segments);
        Ok(())
    }
}

fn inputs(segments: &[Held]) -> Vec<merge::Input> {
    segments
        .iter()
        .map(|own| (own.segment.clone(), own.dead.clone()))
        .collect()
}

/// The segments that a merge would join.
fn choose(mut segments: Vec<Held>) -> Vec<Held> {
    segments.sort_by_key(|own| own.segment.docs);
    let many = segments.len() > MOST_SEGMENTS;
    let wasted = |own: &Held| own.alive() * 2 < own.segment.docs as usize;
    if !many {
        let worn = segments.iter().rposition(wasted);
        segments.truncate(worn.map_or(0, |worn| worn + 1));
        return segments;
    }
    let mut sum = 0;
    let mut take = 0;
    for own in &segments {
        if take > 1 && own.segment.docs as usize > sum * FAR_LARGER {
            break;
        }
        sum += own.segment.docs as usize;
        take += 1;
    }
    segments.truncate(take);
    segments
}

/// Marks the documents of these keys as gone.
pub(super) fn bury(segments: &mut [Held], keys: &FxHashSet<u64>) {
    let (low, high) = keys.iter().fold((u64::MAX, 0), |(low, high), key| {
        (low.min(*key), high.max(*key))
    });
    for own in segments {
        let (first, last) = own.segment.keys;
        if keys.is_empty() || low > last || high < first {
            continue;
        }
        let gone: Vec<u32> = (0u32..)
            .zip(own.segment.all_keys())
            .filter(|(_, key)| keys.contains(key))
            .map(|(doc, _)| doc)
            .collect();
        if gone.is_empty() {
            continue;
        }
        let known = own.dead.as_ref().map(|dead| (**dead).clone());
        let mut bits = known.unwrap_or_else(|| Bits::new(own.segment.docs));
        for doc in gone {
            bits.set(doc);
        }
        own.dead = Some(Arc::new(bits));
    }
}

/// Writes a file aside, forces it to disk and gives it its name.
pub(super) fn write_file(
    path: &Path,
    write: impl FnOnce(BufWriter<fs::File>) -> io::Result<BufWriter<fs::File>>,
) -> io::Result<()> {
    let aside = path.with_extension("tmp");
    let made = fs::File::create(&aside)
        .and_then(|file| write(BufWriter::with_capacity(1 << 18, file)))
        .and_then(|mut out| {
            out.flush()?;
            out.get_ref().sync_all()?;
            fs::rename(&aside, path)?;
            path.parent().map_or(Ok(()), manifest::sync_folder)
        });
    if made.is_err() {
        // What is half written helps nobody; that it may not go away either is no news.
        let _gone = fs::remove_file(&aside);
    }
    made
}
