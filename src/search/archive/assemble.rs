//! Puts a segment together: what a run and a merge have in common.
//!
//! Terms come sorted, each with its lists; names come sorted by id; documents are asked for by their place. Lists go
//! straight to the file; the dictionary without its lists is kept until the end.

use super::bits::Bits;
use super::doc;
use super::format::{Section, Sections};
use super::letters;
use super::list;
use super::segment::{LONGEST_PREFIX, PREFIX_ROW, prefix_row};
use crate::text::normalize;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

/// A prefix gets lists of its own from this many terms on,
const MANY_TERMS: u32 = 4096;
/// or where its terms have this many documents, counted again for each,
const MANY_DOCS: u64 = 8192;
/// and that is at least this part of all.
const PART: u64 = 4;

/// Counts terms and documents of prefixes, to know which of them need lists.
#[derive(Default)]
pub(super) struct Census {
    prefixes: HashMap<Box<str>, (u64, u32)>,
}

impl Census {
    /// Counts a term with the weight of its lists.
    pub(super) fn add(&mut self, term: &str, weight: u64) {
        for prefix in prefixes(term) {
            if let Some(known) = self.prefixes.get_mut(prefix) {
                *known = (known.0 + weight, known.1 + 1);
            } else {
                self.prefixes.insert(prefix.into(), (weight, 1));
            }
        }
    }

    fn wanted(self, docs: u32) -> HashSet<Box<str>> {
        let many = MANY_DOCS.max(u64::from(docs) / PART);
        self.prefixes
            .into_iter()
            .filter(|(_, (weight, terms))| *terms >= MANY_TERMS || (*weight >= many && *terms > 3))
            .map(|(prefix, _)| prefix)
            .collect()
    }
}

/// The beginnings of a term, shortest first; the term itself is none of them where it is short.
fn prefixes(term: &str) -> impl Iterator<Item = &str> {
    term.char_indices()
        .take(LONGEST_PREFIX)
        .filter_map(|(at, c)| term.get(..at + c.len_utf8()))
}

struct Open {
    prefix: Box<str>,
    sets: [Bits; 3],
}

/// The columns of one document.
pub(super) struct Row<'a> {
    pub key: u64,
    pub version: u32,
    pub hash: u64,
    pub days: (i32, i32),
    pub labels: [u32; 3],
    pub title: &'a str,
}

/// A segment in the making.
pub(super) struct Assembler<W: Write> {
    sections: Sections<W>,
    docs: u32,
    names: u32,
    wanted: HashSet<Box<str>>,
    open: Vec<Open>,
    spare: Vec<[Bits; 3]>,
    terms: Vec<u8>,
    term_starts: Vec<u8>,
    term_masks: Vec<u8>,
    term_lists: Vec<u8>,
    prefixes: Vec<([u8; PREFIX_ROW - 8], u64)>,
    scratch: Vec<u8>,
    block: Vec<u8>,
}

impl<W: Write> Assembler<W> {
    /// Begins a segment of so many documents and names.
    pub(super) fn new(out: W, docs: u32, names: u32, census: Census) -> io::Result<Self> {
        let mut sections = Sections::new(out)?;
        sections.begin()?;
        Ok(Self {
            sections,
            docs,
            names,
            wanted: census.wanted(docs),
            open: Vec::new(),
            spare: Vec::new(),
            terms: Vec::new(),
            term_starts: vec![0; 4],
            term_masks: Vec::new(),
            term_lists: Vec::new(),
            prefixes: Vec::new(),
            scratch: Vec::new(),
            block: Vec::new(),
        })
    }

    /// The next term: documents with it in headline, text and names, and the numbers of names.
    pub(super) fn term(&mut self, term: &str, docs: [&[u32]; 3], names: &[u32]) -> io::Result<()> {
        self.close(Some(term))?;
        for prefix in prefixes(term) {
            let is_open = self.open.iter().any(|open| &*open.prefix == prefix);
            if !is_open && self.wanted.contains(prefix) {
                let empty = || std::array::from_fn(|_| Bits::new(self.docs));
                let sets = self.spare.pop().unwrap_or_else(empty);
                self.open.push(Open {
                    prefix: prefix.into(),
                    sets,
                });
            }
        }
        if let Some(innermost) = self.open.last_mut() {
            for (set, docs) in innermost.sets.iter_mut().zip(docs) {
                for doc in docs {
                    set.set(*doc);
                }
            }
        }
        let start = self.sections.length();
        self.block.clear();
        for docs in docs {
            list::put(docs, self.docs, &mut self.scratch, &mut self.block);
        }
        list::put(names, self.names, &mut self.scratch, &mut self.block);
        self.sections.write(&self.block)?;
        self.term_lists.extend(start.to_le_bytes());
        let in_name = if names.is_empty() {
            0
        } else {
            letters::IN_NAME
        };
        self.term_masks
            .extend((letters::of(term) | in_name).to_le_bytes());
        self.terms.extend(term.as_bytes());
        self.term_starts
            .extend(position(self.terms.len())?.to_le_bytes());
        Ok(())
    }

    /// Ends the prefixes that `next` does not begin with; what they have is part of what those around them have.
    fn close(&mut self, next: Option<&str>) -> io::Result<()> {
        let over = |open: &Open| next.is_none_or(|next| !next.starts_with(&*open.prefix));
        while let Some(mut done) = self.open.pop_if(|open| over(open)) {
            let Some(text) = prefix_row(&done.prefix) else {
                continue;
            };
            self.prefixes.push((text, self.sections.length()));
            self.block.clear();
            for set in &done.sets {
                let docs: Vec<u32> = set.iter().collect();
                list::put(&docs, self.docs, &mut self.scratch, &mut self.block);
            }
            list::put(&[], 0, &mut self.scratch, &mut self.block);
            self.sections.write(&self.block)?;
            if let Some(around) = self.open.last_mut() {
                for (set, inner) in around.sets.iter_mut().zip(&done.sets) {
                    set.or(inner);
                }
            }
            done.sets.iter_mut().for_each(Bits::clear);
            self.spare.push(done.sets);
        }
        Ok(())
    }

    /// Ends the terms.
    pub(super) fn end_terms(&mut self) -> io::Result<()> {
        self.close(None)?;
        self.sections.end(Section::Postings);
        self.sections.put(Section::Terms, &self.terms)?;
        self.sections.put(Section::TermStarts, &self.term_starts)?;
        self.sections.put(Section::TermMasks, &self.term_masks)?;
        self.sections.put(Section::TermLists, &self.term_lists)?;
        self.prefixes.sort_unstable();
        self.sections.begin()?;
        for (text, start) in &self.prefixes {
            self.sections.write(text)?;
            self.sections.write(&start.to_le_bytes())?;
        }
        self.sections.end(Section::Prefixes);
        self.terms = Vec::new();
        self.term_starts = Vec::new();
        self.term_masks = Vec::new();
        Ok(())
    }

    /// Writes the names: `id`, `docs` and `text` give what each has.
    pub(super) fn names(
        &mut self,
        id: impl Fn(u32) -> u64,
        mut docs: impl FnMut(u32, &mut Vec<u32>),
        mut text: impl FnMut(u32, &mut Vec<u8>),
    ) -> io::Result<()> {
        let mut lists = Vec::with_capacity(self.names as usize * 8);
        let mut found = Vec::new();
        self.sections.begin()?;
        for name in 0..self.names {
            found.clear();
            docs(name, &mut found);
            lists.extend(self.sections.length().to_le_bytes());
            self.block.clear();
            list::put(&found, self.docs, &mut self.scratch, &mut self.block);
            self.sections.write(&self.block)?;
        }
        self.sections.end(Section::NamePostings);
        self.sections.put(Section::NameLists, &lists)?;
        self.sections.begin()?;
        for name in 0..self.names {
            self.sections.write(&id(name).to_le_bytes())?;
        }
        self.sections.end(Section::NameIds);
        self.items((Section::Names, Section::NameStarts), self.names, &mut text)
    }

    /// Writes strings, or anything else of different lengths.
    pub(super) fn items(
        &mut self,
        (arena, starts): (Section, Section),
        count: u32,
        mut text: impl FnMut(u32, &mut Vec<u8>),
    ) -> io::Result<()> {
        let mut places = Vec::with_capacity(count as usize * 4 + 4);
        places.extend([0; 4]);
        self.sections.begin()?;
        for at in 0..count {
            self.block.clear();
            text(at, &mut self.block);
            self.sections.write(&self.block)?;
            places.extend(position(self.sections.length() as usize)?.to_le_bytes());
        }
        self.sections.end(arena);
        self.sections.put(starts, &places)
    }

    /// Writes the columns of the documents, newest first, and ends the segment.
    pub(super) fn finish<'a>(mut self, row: impl Fn(u32) -> Row<'a>) -> io::Result<W> {
        let docs = self.docs;
        self.items((Section::Titles, Section::TitleStarts), docs, |doc, out| {
            out.extend(row(doc).title.as_bytes());
        })?;
        let mut column = |section, put: &dyn Fn(Row<'a>, &mut Vec<u8>)| -> io::Result<()> {
            let mut block = Vec::new();
            self.sections.begin()?;
            for doc in 0..docs {
                block.clear();
                put(row(doc), &mut block);
                self.sections.write(&block)?;
            }
            self.sections.end(section);
            Ok(())
        };
        column(Section::TitleMasks, &|row, out| {
            out.extend(letters::of(&normalize::fold(row.title)).to_le_bytes());
        })?;
        column(Section::Keys, &|row, out| out.extend(row.key.to_le_bytes()))?;
        column(Section::Hashes, &|row, out| {
            out.extend(row.hash.to_le_bytes());
        })?;
        column(Section::Versions, &|row, out| {
            out.extend(row.version.to_le_bytes());
        })?;
        column(Section::Days, &|row, out| {
            out.extend(row.days.0.to_le_bytes());
            out.extend(row.days.1.to_le_bytes());
        })?;
        column(Section::Labels, &|row, out| {
            row.labels
                .iter()
                .for_each(|label| out.extend(label.to_le_bytes()));
        })?;
        let keys = (0..docs).map(|doc| row(doc).key);
        let (low, high) = keys.fold((u64::MAX, 0), |(low, high), key| {
            (low.min(key), high.max(key))
        });
        let mut counts = Vec::new();
        let terms = self.term_lists.len() as u64 / 8;
        for number in [u64::from(docs), terms, u64::from(self.names), low, high] {
            counts.extend(number.to_le_bytes());
        }
        self.sections.put(Section::Counts, &counts)?;
        self.sections.finish()
    }
}

/// A place in an arena; arenas end at 4 GiB.
fn position(at: usize) -> io::Result<u32> {
    u32::try_from(at)
        .map_err(|_| io::Error::new(io::ErrorKind::FileTooLarge, "a segment is too long"))
}

/// The columns of a document that is given.
pub(super) fn row_of<'a>(doc: &doc::Doc<'a>, labels: [u32; 3]) -> Row<'a> {
    Row {
        key: doc.key,
        version: doc.version,
        hash: doc::short(&doc.hash),
        days: doc::days(&doc.published),
        labels,
        title: doc.title,
    }
}
