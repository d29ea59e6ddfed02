//! Many segments to one, without holding any of them: dictionaries are walked side by side.
//!
//! Documents that are gone are left out. The result is what one run of the same documents gives, byte for byte, but for
//! names that no document has any more, which may stay.

use super::assemble::{Assembler, Census, Row};
use super::bits::Bits;
use super::format::Section;
use super::list::List;
use super::segment::Segment;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::io::{self, Write};
use std::sync::Arc;

/// A segment with those of its documents that are gone.
pub(super) type Input = (Arc<Segment>, Option<Arc<Bits>>);

/// A document or name that is not in the result.
const GONE: u32 = u32::MAX;

/// Items of several sorted rows, equal ones together.
struct Together<K, F> {
    heap: BinaryHeap<Reverse<(K, usize, u32)>>,
    item: F,
}

impl<K: Ord + Copy, F: Fn(usize, u32) -> Option<K>> Together<K, F> {
    fn new(rows: usize, item: F) -> Self {
        let first = |row| Some(Reverse((item(row, 0)?, row, 0)));
        Self {
            heap: (0..rows).filter_map(first).collect(),
            item,
        }
    }

    /// The next item with the row and place of each that is equal to it.
    fn next(&mut self, found: &mut Vec<(usize, u32)>) -> Option<K> {
        found.clear();
        let Reverse((key, ..)) = *self.heap.peek()?;
        while let Some(mut top) = self.heap.peek_mut() {
            let Reverse((own, row, at)) = *top;
            if own != key {
                break;
            }
            found.push((row, at));
            match (self.item)(row, at + 1) {
                Some(next) => *top = Reverse((next, row, at + 1)),
                None => {
                    std::collections::binary_heap::PeekMut::pop(top);
                }
            }
        }
        Some(key)
    }
}

/// Writes the merged segment.
pub(super) fn write<W: Write>(inputs: &[Input], out: W) -> io::Result<W> {
    let (order, docs) = documents(inputs);
    let segments: Vec<&Segment> = inputs.iter().map(|(segment, _)| &**segment).collect();
    let ids = Together::new(segments.len(), |row, at| segments.get(row)?.name_id(at));
    let (names, name_places) = numbered(&segments, ids, |segment| segment.names);
    let strings = Together::new(segments.len(), |row, at| {
        let segment = segments.get(row)?;
        (at < segment.string_count()).then(|| segment.string(at))
    });
    let (strings, string_places) = numbered(&segments, strings, Segment::string_count);
    let mut census = Census::default();
    for segment in &segments {
        for term in 0..segment.terms {
            census.add(text(segment.term(term))?, segment.lists(term).weight());
        }
    }
    let mut made = Assembler::new(out, order.len() as u32, names.len(), census)?;
    let mut terms = Together::new(segments.len(), |row, at| {
        let segment = segments.get(row)?;
        (at < segment.terms).then(|| segment.term(at))
    });
    let mut joined = Joined::new(order.len() as u32);
    let (mut group, mut lists, mut numbers) = (Vec::new(), <[Vec<u32>; 3]>::default(), Vec::new());
    while let Some(term) = terms.next(&mut group) {
        let own: Vec<_> = group
            .iter()
            .map(|(row, at)| (*row, segments[*row].lists(*at)))
            .collect();
        for (field, list) in lists.iter_mut().enumerate() {
            let parts = own.iter().map(|(row, own)| {
                let part = [own.title, own.text, own.names][field];
                (part, docs[*row].as_slice())
            });
            joined.join(parts, list);
        }
        let parts = own
            .iter()
            .map(|(row, own)| (own.numbers, name_places[*row].as_slice()));
        joined.join_few(parts, &mut numbers);
        if !numbers.is_empty() || lists.iter().any(|list| !list.is_empty()) {
            made.term(text(term)?, [&lists[0], &lists[1], &lists[2]], &numbers)?;
        }
    }
    made.end_terms()?;
    made.names(
        |name| names.key(name).unwrap_or_default(),
        |name, out| {
            let own = names.from(name);
            joined.join(
                own.map(|(row, at)| (segments[row].name_docs(at), docs[row].as_slice())),
                out,
            );
        },
        |name, out| {
            let own = names.from(name);
            let parts: Vec<_> = own.filter_map(|(row, at)| segments[row].name(at)).collect();
            let spellings: BTreeSet<&str> = parts
                .iter()
                .flat_map(|(_, text)| text.split('\n'))
                .collect();
            out.extend(parts.last().map(|(kind, _)| super::doc::kind_number(*kind)));
            out.extend(
                spellings
                    .into_iter()
                    .collect::<Vec<_>>()
                    .join("\n")
                    .as_bytes(),
            );
        },
    )?;
    let labels = (Section::Strings, Section::StringStarts);
    made.items(labels, strings.len(), |at, out| {
        out.extend(strings.key(at).unwrap_or_default());
    })?;
    made.finish(|rank| {
        let (row, doc) = order[rank as usize];
        let (segment, places) = (segments[row as usize], &string_places[row as usize]);
        Row {
            key: segment.key(doc),
            version: segment.version(doc),
            hash: segment.hash(doc),
            days: segment.days(doc),
            labels: segment
                .labels(doc)
                .map(|label| places.get(label as usize).copied().unwrap_or(0)),
            title: segment.title(doc),
        }
    })
}

fn text(bytes: &[u8]) -> io::Result<&str> {
    std::str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Where each document of the result comes from, and where each document of each input goes.
fn documents(inputs: &[Input]) -> (Vec<(u32, u32)>, Vec<Vec<u32>>) {
    let mut all = Vec::new();
    for (row, (segment, dead)) in (0u32..).zip(inputs) {
        let alive = |doc: &u32| dead.as_ref().is_none_or(|dead| !dead.has(*doc));
        let docs = (0..segment.docs).filter(alive);
        all.extend(docs.map(|doc| (Reverse((segment.order(doc), segment.key(doc))), row, doc)));
    }
    all.sort_unstable();
    let mut places: Vec<Vec<u32>> = inputs
        .iter()
        .map(|(segment, _)| vec![GONE; segment.docs as usize])
        .collect();
    for (place, (_, row, doc)) in (0u32..).zip(&all) {
        places[*row as usize][*doc as usize] = place;
    }
    (
        all.into_iter().map(|(_, row, doc)| (row, doc)).collect(),
        places,
    )
}

/// Items of several inputs, equal ones together, each with where it comes from: an input and a place there.
struct Groups<K> {
    items: Vec<(K, u32)>,
    from: Vec<(u32, u32)>,
}

impl<K: Copy> Groups<K> {
    fn len(&self) -> u32 {
        self.items.len() as u32
    }

    fn key(&self, at: u32) -> Option<K> {
        self.items.get(at as usize).map(|(key, _)| *key)
    }

    fn from(&self, at: u32) -> impl Iterator<Item = (usize, u32)> + Clone {
        let start = |at: usize| {
            self.items
                .get(at)
                .map_or(self.from.len(), |(_, from)| *from as usize)
        };
        let own = self.from.get(start(at as usize)..start(at as usize + 1));
        own.unwrap_or_default()
            .iter()
            .map(|(row, at)| (*row as usize, *at))
    }
}

/// Items together, and for each item of each input its place in the result.
fn numbered<K: Ord + Copy, F: Fn(usize, u32) -> Option<K>>(
    segments: &[&Segment],
    mut items: Together<K, F>,
    count: impl Fn(&Segment) -> u32,
) -> (Groups<K>, Vec<Vec<u32>>) {
    let mut places: Vec<Vec<u32>> = segments
        .iter()
        .map(|segment| vec![GONE; count(segment) as usize])
        .collect();
    let mut all = Groups {
        items: Vec::new(),
        from: Vec::new(),
    };
    let mut group = Vec::new();
    while let Some(key) = items.next(&mut group) {
        let place = all.len();
        all.items.push((key, all.from.len() as u32));
        for (row, at) in &group {
            if let Some(own) = places[*row].get_mut(*at as usize) {
                *own = place;
            }
            all.from.push((*row as u32, *at));
        }
    }
    (all, places)
}

/// Joins lists of several inputs.
struct Joined {
    bits: Bits,
}

impl Joined {
    fn new(docs: u32) -> Self {
        Self {
            bits: Bits::new(docs),
        }
    }

    /// Documents of lists as places in the result; each list with the places of its input.
    fn join<'a>(
        &mut self,
        parts: impl Iterator<Item = (List<'a>, &'a [u32])> + Clone,
        out: &mut Vec<u32>,
    ) {
        let count: u64 = parts.clone().map(|(list, _)| u64::from(list.count)).sum();
        if count * 32 < u64::from(self.bits.len()) || count < 64 {
            self.join_few(parts, out);
            return;
        }
        self.bits.clear();
        for (list, places) in parts {
            list.each(|doc| {
                if let Some(place) = places.get(doc as usize) {
                    self.bits.set(*place);
                }
            });
        }
        out.clear();
        out.extend(self.bits.iter());
    }

    #[expect(clippy::unused_self, reason = "the other half of `join`")]
    fn join_few<'a>(&self, parts: impl Iterator<Item = (List<'a>, &'a [u32])>, out: &mut Vec<u32>) {
        out.clear();
        for (list, places) in parts {
            list.each(|doc| {
                out.extend(places.get(doc as usize).filter(|place| **place != GONE));
            });
        }
        out.sort_unstable();
        out.dedup();
    }
}
