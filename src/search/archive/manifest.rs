//! The list of segments of an archive, with the documents of each that are gone: the one file that is replaced.
//!
//! A line with the checksum of the rest, then JSON. It is written aside, forced to disk and renamed, so there is always
//! one whole list; a segment that no list names is rubbish of a program that was stopped.

use super::{Error, format};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const NAME: &str = "segments";

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub version: u32,
    /// The number of the next file.
    pub next: u64,
    /// What state and revision of the store it shows; `None` where that is not known.
    pub shows: Option<(u64, u64)>,
    pub segments: Vec<Entry>,
}

/// One segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The name of its file.
    pub file: String,
    /// Its documents that were replaced or removed, rising.
    pub dead: Vec<u32>,
}

/// Where the list of a folder is.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

impl Manifest {
    /// Reads the list of a folder; an empty one where there is none.
    pub(super) fn load(folder: &Path) -> Result<Self, Error> {
        let path = path(folder);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self {
                    version: format::VERSION,
                    ..Self::default()
                });
            }
            Err(error) => return Err(Error::io(&path, error)),
        };
        let damaged = || Error::damaged(&path, "the list of segments is damaged");
        let split = text
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or_else(damaged)?;
        let (sum, rest) = text.split_at(split);
        let rest = rest.get(1..).unwrap_or_default();
        if sum != format!("{:08x}", crc32fast::hash(rest)).as_bytes() {
            return Err(damaged());
        }
        let made: Self = serde_json::from_slice(rest).map_err(|_| damaged())?;
        if made.version != format::VERSION {
            return Err(Error::Version {
                path,
                version: made.version,
            });
        }
        Ok(made)
    }

    /// Puts the list in the place of the one before.
    pub(super) fn save(&self, folder: &Path) -> Result<(), Error> {
        let path = path(folder);
        let aside = folder.join(format!("{NAME}.{}.tmp", std::process::id()));
        let written = serde_json::to_string(self)
            .map_err(io::Error::other)
            .and_then(|text| {
                let mut file = fs::File::create(&aside)?;
                write!(file, "{:08x}\n{text}", crc32fast::hash(text.as_bytes()))?;
                file.sync_all()?;
                fs::rename(&aside, &path)?;
                sync_folder(folder)
            });
        written.map_err(|error| {
            // What is half written helps nobody; that it may not go away either is no news.
            let _gone = fs::remove_file(&aside);
            Error::io(&path, error)
        })
    }

    /// The next free name of a file.
    pub(super) fn name(&mut self) -> String {
        self.next += 1;
        format!("{:08}.segment", self.next)
    }
}

/// Forces the names of a folder to disk, where that can be asked for.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_whole_or_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let mut list = Manifest::load(folder.path()).unwrap();
        let file = list.name();
        list.segments.push(Entry {
            file,
            dead: vec![1, 7],
        });
        list.save(folder.path()).unwrap();
        assert_eq!(Manifest::load(folder.path()).unwrap(), list);
        let path = path(folder.path());
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            fs::write(&path, &flipped).unwrap();
            assert!(
                Manifest::load(folder.path()).unwrap_err().wants_rebuild(),
                "{at}"
            );
            fs::write(&path, &whole[..at]).unwrap();
            assert!(Manifest::load(folder.path()).is_err(), "{at}");
        }
        list.version += 1;
        list.save(folder.path()).unwrap();
        let error = Manifest::load(folder.path()).unwrap_err();
        assert!(matches!(error, Error::Version { .. }), "{error}");
    }
}
