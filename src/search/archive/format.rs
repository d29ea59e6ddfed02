//! The form of a segment file: sections one after the other, then a table of them.
//!
//! ```text
//! magic 8 · version 4 · zero 4 │ section … section │ (start 8 · length 8 · checksum 4)… · table checksum 4 · file length 8
//! ```
//!
//! Numbers are little-endian; a section starts at a multiple of 8. Nothing is ever changed in place: a file is written
//! aside, forced to disk and renamed. Opening checks magic, version, length and table, which is all it reads; the
//! checksums of the sections are for [`check`]. Every later access is bounded, so damage that nobody checked for gives
//! wrong answers at worst.

use super::Error;
use crate::store::map::Map;
use std::io::{self, Write};
use std::ops::{Deref, Range};
use std::path::Path;

const MAGIC: [u8; 8] = *b"dateline";
/// Grows with every change of the form.
pub(super) const VERSION: u32 = 1;
const HEAD: usize = 16;
const ROW: usize = 20;

/// The sections, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Section {
    /// Documents, terms, names, smallest and largest key: 8 bytes each.
    Counts,
    /// Lists of terms and of prefixes: headline, text, names, and numbers of names.
    Postings,
    /// Terms, sorted, without a gap.
    Terms,
    /// 4 bytes a term and one more: where it starts in the section before.
    TermStarts,
    /// 8 bytes a term: which letters it has.
    TermMasks,
    /// 8 bytes a term: where its lists start.
    TermLists,
    /// Sorted prefixes whose terms are too many to be joined for one key stroke: 16 bytes of text, filled up with zeros,
    /// and 8 bytes that say where its lists start.
    Prefixes,
    /// Lists of documents of names.
    NamePostings,
    /// 8 bytes a name, rising: its id.
    NameIds,
    /// 8 bytes a name: where its list starts.
    NameLists,
    /// A kind in a byte, then the folded spellings, one a line.
    Names,
    /// 4 bytes a name and one more.
    NameStarts,
    /// Headlines as they are.
    Titles,
    /// 4 bytes a document and one more.
    TitleStarts,
    /// 8 bytes a document: which letters its headline has.
    TitleMasks,
    /// 8 bytes a document: the number in the store.
    Keys,
    /// 8 bytes a document: the start of its content hash.
    Hashes,
    /// 4 bytes a document: its version.
    Versions,
    /// 4 and 4 bytes a document: first and last day it may have been published.
    Days,
    /// 4, 4 and 4 bytes a document: outlet, path and language as numbers of strings.
    Labels,
    /// Strings, each once.
    Strings,
    /// 4 bytes a string and one more.
    StringStarts,
}

/// How many sections there are.
pub(super) const SECTIONS: usize = Section::StringStarts as usize + 1;

/// The bytes of a segment.
#[derive(Debug)]
pub(super) enum Bytes {
    /// A file.
    Mapped(Map),
    /// Not written yet.
    Held(Vec<u8>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Held(bytes) => bytes,
        }
    }
}

/// Writes sections one after the other.
pub(super) struct Sections<W: Write> {
    out: W,
    at: u64,
    table: Vec<(u64, u64, u32)>,
    open: Option<(u64, crc32fast::Hasher)>,
}

impl<W: Write> Sections<W> {
    /// Begins a file.
    pub(super) fn new(mut out: W) -> io::Result<Self> {
        out.write_all(&MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&[0; 4])?;
        Ok(Self {
            out,
            at: HEAD as u64,
            table: vec![(0, 0, 0); SECTIONS],
            open: None,
        })
    }

    /// Begins a section.
    pub(super) fn begin(&mut self) -> io::Result<()> {
        let gap = self.at.next_multiple_of(8) - self.at;
        self.out.write_all(&[0; 8][..gap as usize])?;
        self.at += gap;
        self.open = Some((self.at, crc32fast::Hasher::new()));
        Ok(())
    }

    /// Adds to the section that was begun.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some((_, sum)) = &mut self.open {
            sum.update(bytes);
        }
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    /// Ends a section.
    pub(super) fn end(&mut self, section: Section) {
        if let (Some((start, sum)), Some(row)) =
            (self.open.take(), self.table.get_mut(section as usize))
        {
            *row = (start, self.at - start, sum.finalize());
        }
    }

    /// A whole section.
    pub(super) fn put(&mut self, section: Section, bytes: &[u8]) -> io::Result<()> {
        self.begin()?;
        self.write(bytes)?;
        self.end(section);
        Ok(())
    }

    /// Bytes of the section so far.
    pub(super) fn length(&self) -> u64 {
        self.open.as_ref().map_or(0, |(start, _)| self.at - start)
    }

    /// Ends the file.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let mut table = Vec::with_capacity(SECTIONS * ROW);
        for (start, length, sum) in &self.table {
            table.extend(start.to_le_bytes());
            table.extend(length.to_le_bytes());
            table.extend(sum.to_le_bytes());
        }
        let length = self.at + (table.len() + 12) as u64;
        let mut sum = crc32fast::Hasher::new();
        sum.update(&table);
        sum.update(&length.to_le_bytes());
        self.out.write_all(&table)?;
        self.out.write_all(&sum.finalize().to_le_bytes())?;
        self.out.write_all(&length.to_le_bytes())?;
        Ok(self.out)
    }
}

/// Where the sections of a file lie.
#[derive(Clone, Debug)]
pub(super) struct Table {
    rows: Vec<(Range<usize>, u32)>,
}

impl Table {
    /// Reads the table of a file. Errors: another version, another length, a table that was damaged.
    pub(super) fn read(bytes: &[u8], path: &Path) -> Result<Self, Error> {
        let damaged = |what| Error::damaged(path, what);
        if bytes.get(..8) != Some(&MAGIC) {
            return Err(damaged("this is no segment"));
        }
        let version = u32_at(bytes, 2).unwrap_or(0);
        if version != VERSION {
            return Err(Error::Version {
                path: path.to_owned(),
                version,
            });
        }
        let end = bytes.len().saturating_sub(12);
        let start = end.saturating_sub(SECTIONS * ROW);
        let (Some(table), Some(tail)) = (bytes.get(start..end), bytes.get(end..)) else {
            return Err(damaged("it is cut short"));
        };
        let (sum, length) = tail.split_at_checked(4).unwrap_or_default();
        let mut own = crc32fast::Hasher::new();
        own.update(table);
        own.update(length);
        if own.finalize().to_le_bytes() != sum || length != (bytes.len() as u64).to_le_bytes() {
            return Err(damaged("its table is damaged or it is cut short"));
        }
        let mut rows = Vec::with_capacity(SECTIONS);
        for row in table.chunks_exact(ROW) {
            let number =
                |from: usize| row.get(from..from + 8).map(le64).unwrap_or_default() as usize;
            let range = number(0)..number(0).saturating_add(number(8));
            let sum = row
                .get(16..)
                .and_then(|sum| sum.try_into().ok())
                .map(u32::from_le_bytes);
            if range.end > start {
                return Err(damaged("its table is damaged"));
            }
            rows.push((range, sum.unwrap_or_default()));
        }
        Ok(Self { rows })
    }

    /// The bytes of a section.
    pub(super) fn of<'a>(&self, bytes: &'a [u8], section: Section) -> &'a [u8] {
        let range = self
            .rows
            .get(section as usize)
            .map(|(range, _)| range.clone());
        range.and_then(|range| bytes.get(range)).unwrap_or_default()
    }

    /// Compares the checksums of all sections: reads the whole file.
    pub(super) fn check(&self, bytes: &[u8], path: &Path) -> Result<(), Error> {
        for (range, sum) in &self.rows {
            let section = bytes.get(range.clone()).unwrap_or_default();
            if crc32fast::hash(section) != *sum {
                return Err(Error::damaged(path, "its checksum differs"));
            }
        }
        Ok(())
    }
}

fn le64(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_le_bytes)
}

/// Number `at` of a row of 4-byte numbers.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.as_chunks::<4>().0.get(at)?;
    Some(u32::from_le_bytes(*four))
}

/// Number `at` of a row of 8-byte numbers.
pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.as_chunks::<8>().0.get(at)?;
    Some(u64::from_le_bytes(*eight))
}

/// Item `at` of items that lie in `arena` from one start to the next.
pub(super) fn item<'a>(arena: &'a [u8], starts: &[u8], at: usize) -> &'a [u8] {
    let range = u32_at(starts, at).zip(u32_at(starts, at + 1));
    range
        .and_then(|(from, to)| arena.get(from as usize..to as usize))
        .unwrap_or_default()
}
