//! A segment as readers see it: a dictionary with posting lists, names, headlines and columns of documents.
//!
//! Documents are numbered newest first, so a list is read in the order of the product. A segment never changes; which of
//! its documents are gone is kept beside it.

use super::Error;
use super::doc::{self, kind_of};
use super::format::{Bytes, Section, Table, item, u32_at, u64_at};
use super::list::List;
use crate::annotate::EntityKind;
use crate::store::map::Map;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Characters of the longest prefix that has lists of its own.
pub(super) const LONGEST_PREFIX: usize = 4;
/// Bytes of a row of prefixes: the text and where its lists start.
pub(super) const PREFIX_ROW: usize = 24;
const PREFIX_TEXT: usize = 16;

/// One immutable segment.
#[derive(Debug)]
pub(super) struct Segment {
    bytes: Bytes,
    table: Table,
    /// Different for every segment that this process opens.
    pub uid: u64,
    /// Its documents, terms and names.
    pub docs: u32,
    pub terms: u32,
    pub names: u32,
    /// Smallest and largest key.
    pub keys: (u64, u64),
}

/// The lists of a term or prefix.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lists<'a> {
    /// Documents with it in the headline.
    pub title: List<'a>,
    /// In the text.
    pub text: List<'a>,
    /// In a spelling of a name.
    pub names: List<'a>,
    /// Numbers of names with it; none for a prefix.
    pub numbers: List<'a>,
}

impl Lists<'_> {
    /// Documents in all lists, those in several counted again.
    pub(super) fn weight(&self) -> u64 {
        u64::from(self.title.count) + u64::from(self.text.count) + u64::from(self.names.count)
    }
}

impl Segment {
    /// Maps a file.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let map = Map::open(path).map_err(|source| Error::io(path, source))?;
        Self::new(Bytes::Mapped(map), path)
    }

    /// Reads the bytes of a file; `path` is for errors.
    pub(super) fn new(bytes: Bytes, path: &Path) -> Result<Self, Error> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let table = Table::read(&bytes, path)?;
        let counts = table.of(&bytes, Section::Counts);
        let number =
            |at| u64_at(counts, at).ok_or_else(|| Error::damaged(path, "it has no counts"));
        let count = |at| {
            u32::try_from(number(at)?)
                .map_err(|_| Error::damaged(path, "its counts are impossible"))
        };
        let made = Self {
            docs: count(0)?,
            terms: count(1)?,
            names: count(2)?,
            keys: (number(3)?, number(4)?),
            uid: NEXT.fetch_add(1, Ordering::Relaxed),
            table,
            bytes,
        };
        let whole = [
            (Section::Keys, 8, made.docs),
            (Section::Versions, 4, made.docs),
            (Section::Days, 8, made.docs),
            (Section::TermLists, 8, made.terms),
            (Section::NameIds, 8, made.names),
        ];
        for (section, width, count) in whole {
            if made.section(section).len() != width * count as usize {
                return Err(Error::damaged(path, "its sections and counts differ"));
            }
        }
        Ok(made)
    }

    /// Compares all checksums: reads the whole file.
    pub(super) fn check(&self, path: &Path) -> Result<(), Error> {
        self.table.check(&self.bytes, path)
    }

    pub(super) fn section(&self, section: Section) -> &[u8] {
        self.table.of(&self.bytes, section)
    }

    /// Bytes of the whole segment.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Term `at`, in the order of their bytes.
    pub(super) fn term(&self, at: u32) -> &[u8] {
        item(
            self.section(Section::Terms),
            self.section(Section::TermStarts),
            at as usize,
        )
    }

    /// The number of the first term that is not less than `text`.
    fn lower(&self, text: &[u8], from: u32, below: impl Fn(&[u8], &[u8]) -> bool) -> u32 {
        let (mut low, mut high) = (from, self.terms);
        while low < high {
            let middle = low + (high - low) / 2;
            if below(self.term(middle), text) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The terms that begin with `prefix`; the prefix itself, where it is a term, is the first.
    pub(super) fn beginning(&self, prefix: &str) -> Range<u32> {
        let prefix = prefix.as_bytes();
        let from = self.lower(prefix, 0, |term, text| term < text);
        let to = self.lower(prefix, from, <[u8]>::starts_with);
        from..to
    }

    /// The term `text`.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        let at = self.lower(text.as_bytes(), 0, |term, text| term < text);
        (at < self.terms && self.term(at) == text.as_bytes()).then_some(at)
    }

    /// The lists of a term.
    pub(super) fn lists(&self, term: u32) -> Lists<'_> {
        u64_at(self.section(Section::TermLists), term as usize)
            .map_or_else(Lists::default, |start| self.lists_at(start))
    }

    fn lists_at(&self, start: u64) -> Lists<'_> {
        let postings = self.section(Section::Postings);
        let mut bytes = usize::try_from(start)
            .ok()
            .and_then(|start| postings.get(start..))
            .unwrap_or_default();
        Lists {
            title: List::take(&mut bytes),
            text: List::take(&mut bytes),
            names: List::take(&mut bytes),
            numbers: List::take(&mut bytes),
        }
    }

    /// The joined lists of all terms with a prefix, where they were too many to join for one question.
    pub(super) fn prefix(&self, prefix: &str) -> Option<Lists<'_>> {
        let wanted = prefix_row(prefix)?;
        let (rows, _) = self.section(Section::Prefixes).as_chunks::<PREFIX_ROW>();
        let at = rows
            .binary_search_by(|row| row[..PREFIX_TEXT].cmp(&wanted[..]))
            .ok()?;
        let start = u64_at(&rows.get(at)?[PREFIX_TEXT..], 0)?;
        Some(self.lists_at(start))
    }

    /// Which letters each term has.
    pub(super) fn term_masks(&self) -> impl Iterator<Item = u64> {
        numbers(self.section(Section::TermMasks))
    }

    /// The id of a name.
    pub(super) fn name_id(&self, name: u32) -> Option<u64> {
        u64_at(self.section(Section::NameIds), name as usize)
    }

    /// The name with an id.
    pub(super) fn name_with(&self, id: u64) -> Option<u32> {
        let (ids, _) = self.section(Section::NameIds).as_chunks::<8>();
        let at = ids
            .binary_search_by(|own| u64::from_le_bytes(*own).cmp(&id))
            .ok()?;
        u32::try_from(at).ok()
    }

    /// The kind of a name and its spellings: folded words with a space between, one spelling a line.
    pub(super) fn name(&self, name: u32) -> Option<(EntityKind, &str)> {
        let own = item(
            self.section(Section::Names),
            self.section(Section::NameStarts),
            name as usize,
        );
        let (kind, spellings) = own.split_first()?;
        Some((kind_of(*kind)?, std::str::from_utf8(spellings).ok()?))
    }

    /// Documents that have a name.
    pub(super) fn name_docs(&self, name: u32) -> List<'_> {
        let start = u64_at(self.section(Section::NameLists), name as usize);
        let postings = self.section(Section::NamePostings);
        let bytes = start.and_then(|start| postings.get(usize::try_from(start).ok()?..));
        List::take(&mut bytes.unwrap_or_default())
    }

    /// The headline of a document.
    pub(super) fn title(&self, doc: u32) -> &str {
        let own = item(
            self.section(Section::Titles),
            self.section(Section::TitleStarts),
            doc as usize,
        );
        std::str::from_utf8(own).unwrap_or_default()
    }

    /// Which letters each headline has.
    pub(super) fn title_masks(&self) -> &[[u8; 8]] {
        self.section(Section::TitleMasks).as_chunks().0
    }

    /// Which letters the headline of a document has.
    pub(super) fn title_mask(&self, doc: u32) -> u64 {
        u64_at(self.section(Section::TitleMasks), doc as usize).unwrap_or(u64::MAX)
    }

    /// The number of a document in the store.
    pub(super) fn key(&self, doc: u32) -> u64 {
        u64_at(self.section(Section::Keys), doc as usize).unwrap_or_default()
    }

    /// The version of a document.
    pub(super) fn version(&self, doc: u32) -> u32 {
        u32_at(self.section(Section::Versions), doc as usize).unwrap_or_default()
    }

    /// All keys, in the order of the documents.
    pub(super) fn all_keys(&self) -> impl Iterator<Item = u64> {
        numbers(self.section(Section::Keys))
    }

    /// The starts of content hashes, in the order of the documents.
    pub(super) fn hashes(&self) -> impl Iterator<Item = u64> {
        numbers(self.section(Section::Hashes))
    }

    /// The start of the content hash of a document.
    pub(super) fn hash(&self, doc: u32) -> u64 {
        u64_at(self.section(Section::Hashes), doc as usize).unwrap_or_default()
    }

    /// First and last day of a document.
    pub(super) fn days(&self, doc: u32) -> (i32, i32) {
        let days = self.section(Section::Days);
        let day = |at| u32_at(days, at).map_or(i32::MIN, u32::cast_signed);
        (day(doc as usize * 2), day(doc as usize * 2 + 1))
    }

    /// The day that a document is sorted by.
    pub(super) fn order(&self, doc: u32) -> i32 {
        doc::order(self.days(doc))
    }

    /// Numbers of the strings for outlet, path and language.
    pub(super) fn labels(&self, doc: u32) -> [u32; 3] {
        let labels = self.section(Section::Labels);
        let at = |own: usize| u32_at(labels, doc as usize * 3 + own).unwrap_or(u32::MAX);
        [at(0), at(1), at(2)]
    }

    /// How many strings there are.
    pub(super) fn string_count(&self) -> u32 {
        (self.section(Section::StringStarts).len() / 4).saturating_sub(1) as u32
    }

    /// A string.
    pub(super) fn string(&self, at: u32) -> &[u8] {
        item(
            self.section(Section::Strings),
            self.section(Section::StringStarts),
            at as usize,
        )
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes
        .as_chunks::<8>()
        .0
        .iter()
        .map(|eight| u64::from_le_bytes(*eight))
}

/// A prefix as its row has it; `None` where it is too long to have one.
pub(super) fn prefix_row(prefix: &str) -> Option<[u8; PREFIX_TEXT]> {
    let mut row = [0; PREFIX_TEXT];
    row.get_mut(..prefix.len())?
        .copy_from_slice(prefix.as_bytes());
    Some(row)
}
