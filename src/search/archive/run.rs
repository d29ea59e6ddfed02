//! Documents that were added, in memory, until there are enough for a segment.
//!
//! Each document is cut into words once; what is kept of it are numbers of words. A run becomes a segment by being
//! sorted: its documents newest first, its words by their bytes.

use super::assemble::{Assembler, Census, row_of};
use super::doc::{Doc, kind_number};
use super::format::Section;
use crate::article::ContentHash;
use crate::search::words;
use crate::when::Interval;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The longest headline that is kept, in bytes.
const LONGEST_TITLE: usize = 1024;
/// The longest word that is kept, in bytes: what is longer is no word.
const LONGEST_WORD: usize = 80;

/// Where a word of a document stands, as the two low bits of its number.
const TITLE: u32 = 0;
const TEXT: u32 = 1;
const NAME: u32 = 2;

#[derive(Debug)]
struct Kept {
    key: u64,
    version: u32,
    hash: ContentHash,
    published: Interval,
    title: Box<str>,
    labels: [u32; 3],
    /// Where its words start in [`Run::entries`].
    words: usize,
    /// Where its names start in [`Run::named`].
    names: usize,
}

#[derive(Debug, Default)]
struct Entity {
    kind: u8,
    spellings: BTreeSet<Box<str>>,
}

/// Texts with a number each.
#[derive(Debug, Default)]
struct Numbers(FxHashMap<Box<str>, u32>);

impl Numbers {
    fn of(&mut self, text: &str) -> u32 {
        if let Some(known) = self.0.get(text) {
            return *known;
        }
        let next = self.0.len() as u32;
        self.0.insert(text.into(), next);
        next
    }

    /// The texts, sorted, and for each number its place among them.
    fn sorted(&self) -> (Vec<(&str, u32)>, Vec<u32>) {
        let mut all: Vec<(&str, u32)> = self.0.iter().map(|(text, at)| (&**text, *at)).collect();
        all.sort_unstable();
        let mut places = vec![0; all.len()];
        for (place, (_, number)) in (0u32..).zip(&all) {
            if let Some(own) = places.get_mut(*number as usize) {
                *own = place;
            }
        }
        (all, places)
    }
}

/// Documents in the making of a segment.
#[derive(Debug, Default)]
pub(super) struct Run {
    docs: Vec<Kept>,
    /// The last document of each key; what came before it is left out.
    places: FxHashMap<u64, u32>,
    words: Numbers,
    /// For each word the number of the document that had it last, in each field; one more, so that 0 is none.
    seen: Vec<[u32; 3]>,
    entries: Vec<u32>,
    labels: Numbers,
    entities: FxHashMap<u64, Entity>,
    named: Vec<u64>,
}

impl Run {
    /// How many documents were added.
    pub(super) fn len(&self) -> usize {
        self.docs.len()
    }

    /// The keys of its documents.
    pub(super) fn keys(&self) -> impl Iterator<Item = u64> {
        self.places.keys().copied()
    }

    /// Words of documents, each once a document and field: four bytes of memory each, and four more to be sorted.
    pub(super) fn weight(&self) -> usize {
        self.entries.len()
    }

    /// Takes a document in.
    pub(super) fn add(&mut self, doc: &Doc<'_>) {
        let mut end = LONGEST_TITLE.min(doc.title.len());
        while !doc.title.is_char_boundary(end) {
            end -= 1;
        }
        let title = doc.title.get(..end).unwrap_or_default();
        let kept = Kept {
            key: doc.key,
            version: doc.version,
            hash: doc.hash,
            published: doc.published,
            title: title.into(),
            labels: [doc.outlet, doc.path, doc.language].map(|label| self.labels.of(label)),
            words: self.entries.len(),
            names: self.named.len(),
        };
        self.places.insert(doc.key, self.docs.len() as u32);
        self.docs.push(kept);
        words::each(title, 0, |_, word| self.word(word, TITLE));
        words::each(doc.text, 0, |_, word| self.word(word, TEXT));
        for name in doc.names {
            if !self.named[self.docs.last().map_or(0, |doc| doc.names)..].contains(&name.id) {
                self.named.push(name.id);
            }
            for spelling in name.spellings {
                let folded = words::of(spelling);
                for word in &folded {
                    self.word(word, NAME);
                }
                let entity = self.entities.entry(name.id).or_default();
                entity.kind = kind_number(name.kind);
                let spelling = folded.join(" ");
                if !entity.spellings.contains(spelling.as_str()) {
                    entity.spellings.insert(spelling.into());
                }
            }
        }
    }

    fn word(&mut self, word: &str, field: u32) {
        if word.len() > LONGEST_WORD {
            return;
        }
        let number = self.words.of(word) as usize;
        if number >= self.seen.len() {
            self.seen.resize(number + 1, [0; 3]);
        }
        let now = self.docs.len() as u32;
        if let Some(seen) = self
            .seen
            .get_mut(number)
            .and_then(|seen| seen.get_mut(field as usize))
            && *seen != now
        {
            *seen = now;
            self.entries.push((number as u32) << 2 | field);
        }
    }

    /// Writes the segment. With `prefixes` it answers short beginnings at once; without it is only good to be merged.
    pub(super) fn write<W: Write>(&self, out: W, prefixes: bool) -> io::Result<W> {
        let mut order: Vec<u32> = self.places.values().copied().collect();
        let docs = order.len() as u32;
        order.sort_by_cached_key(|doc| {
            let doc = &self.docs[*doc as usize];
            std::cmp::Reverse((super::doc::order(super::doc::days(&doc.published)), doc.key))
        });
        let (terms, lists) = self.lists(&order);
        let (names, name_places) = self.names_of_words();
        let mut census = Census::default();
        if prefixes {
            for (term, number) in &terms {
                let weight: usize = (0..3).map(|field| lists.of(*number, field).len()).sum();
                census.add(term, weight as u64);
            }
        }
        let mut made = Assembler::new(out, docs, names.len() as u32, census)?;
        for (term, number) in terms {
            let docs = [TITLE, TEXT, NAME].map(|field| lists.of(number, field));
            made.term(term, docs, name_places.get(term).map_or(&[], Vec::as_slice))?;
        }
        made.end_terms()?;
        let id = |name: u32| names.get(name as usize).copied().unwrap_or_default();
        let mut docs_of: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (rank, doc) in (0u32..).zip(&order) {
            for id in self.names_of(*doc as usize) {
                docs_of.entry(*id).or_default().push(rank);
            }
        }
        made.names(
            id,
            |name, out| out.extend(docs_of.get(&id(name)).into_iter().flatten()),
            |name, out| {
                if let Some(entity) = self.entities.get(&id(name)) {
                    out.push(entity.kind);
                    let spellings: Vec<&str> = entity.spellings.iter().map(|s| &**s).collect();
                    out.extend(spellings.join("\n").as_bytes());
                }
            },
        )?;
        let (strings, places) = self.labels.sorted();
        made.items(
            (Section::Strings, Section::StringStarts),
            strings.len() as u32,
            |at, out| {
                out.extend(
                    strings
                        .get(at as usize)
                        .map_or("", |(text, _)| text)
                        .as_bytes(),
                );
            },
        )?;
        made.finish(|rank| {
            let kept = &self.docs[order[rank as usize] as usize];
            let labels = kept
                .labels
                .map(|label| places.get(label as usize).copied().unwrap_or(0));
            let doc = Doc {
                key: kept.key,
                version: kept.version,
                hash: kept.hash,
                published: kept.published,
                title: &kept.title,
                text: "",
                names: &[],
                outlet: "",
                path: "",
                language: "",
            };
            row_of(&doc, labels)
        })
    }

    fn words_of(&self, doc: usize) -> &[u32] {
        let start = self.docs.get(doc).map_or(0, |doc| doc.words);
        let end = self
            .docs
            .get(doc + 1)
            .map_or(self.entries.len(), |doc| doc.words);
        self.entries.get(start..end).unwrap_or_default()
    }

    fn names_of(&self, doc: usize) -> &[u64] {
        let start = self.docs.get(doc).map_or(0, |doc| doc.names);
        let end = self
            .docs
            .get(doc + 1)
            .map_or(self.named.len(), |doc| doc.names);
        self.named.get(start..end).unwrap_or_default()
    }

    /// The sorted terms and, by their numbers, the places of documents in `order`.
    fn lists(&self, order: &[u32]) -> (Vec<(&str, u32)>, Lists) {
        let (terms, _) = self.words.sorted();
        let mut starts = vec![0u32; terms.len() * 4 + 1];
        for entry in order.iter().flat_map(|doc| self.words_of(*doc as usize)) {
            starts[*entry as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![0u32; self.entries.len()];
        for (rank, doc) in (0u32..).zip(order) {
            for entry in self.words_of(*doc as usize) {
                let slot = &mut next[*entry as usize];
                places[*slot as usize] = rank;
                *slot += 1;
            }
        }
        (terms, Lists { starts, places })
    }

    /// The ids of names, rising, and for each word the places of names that have it.
    fn names_of_words(&self) -> (Vec<u64>, FxHashMap<&str, Vec<u32>>) {
        let mut ids: Vec<u64> = self.entities.keys().copied().collect();
        ids.sort_unstable();
        let mut found: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (place, id) in (0u32..).zip(&ids) {
            let Some(entity) = self.entities.get(id) else {
                continue;
            };
            for word in entity
                .spellings
                .iter()
                .flat_map(|spelling| spelling.split(' '))
            {
                let places = found.entry(word).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        (ids, found)
    }
}

/// Lists of all words, one after the other.
struct Lists {
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Lists {
    fn of(&self, word: u32, field: u32) -> &[u32] {
        let at = (word << 2 | field) as usize;
        let range = self.starts.get(at).zip(self.starts.get(at + 1));
        range
            .and_then(|(from, to)| self.places.get(*from as usize..*to as usize))
            .unwrap_or_default()
    }
}
