//! Read-only files mapped into memory: the one place of the program with unsafe code.
//!
//! A map shows the bytes that the file had when it was opened for as long as nobody changes the file in place. Files
//! that are mapped here are written aside, renamed once and never written again; a newer one has another name. Whoever
//! reads a map checks what it reads, so a file that was damaged on disk gives an error and no undefined behaviour: the
//! bytes are plain numbers and text that is checked to be UTF-8.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;

/// A whole file, mapped.
#[derive(Debug)]
pub struct Map(memmap2::Mmap);

impl Map {
    /// Maps a file. Reads nothing yet: pages come as they are looked at.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: the bytes are only ever read. The promise that the file does not change while it is mapped is kept by
        // those who write such files: once renamed to its name, a file is never opened for writing again, only removed,
        // and a removed file stays readable as long as it is mapped.
        #[allow(unsafe_code)]
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Self(map))
    }
}

impl Deref for Map {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_shows_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, b"some bytes").unwrap();
        let map = Map::open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(&*map, b"some bytes");
        assert!(Map::open(&path).is_err());
    }
}
