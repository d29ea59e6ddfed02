//! Parts of a query that are answered by the columns of a segment: dates, labels, states.

use super::bits::Bits;
use super::doc::days;
use super::segment::Segment;
use crate::search::compare::holds;
use crate::search::query::{DateTest, Days, State, Term};

/// What a person marked, by the number in the store and the start of the content hash ([`super::short`]).
pub trait Marked {
    /// The article is in this state. Not asked about [`State::Undated`].
    fn is(&self, state: State, key: u64, hash: u64) -> bool;
    /// The article has this tag, in any case.
    fn has_tag(&self, tag: &str, key: u64, hash: u64) -> bool;
}

fn filter(segment: &Segment, mut passes: impl FnMut(u32) -> bool) -> Bits {
    let mut bits = Bits::new(segment.docs);
    (0..segment.docs)
        .filter(|doc| passes(*doc))
        .for_each(|doc| bits.set(doc));
    bits
}

/// Documents whose publication date passes a test.
pub(super) fn dated(segment: &Segment, test: DateTest, asked: Days) -> Bits {
    let (from, to) = days(&asked.interval());
    filter(segment, |doc| {
        let (first, last) = segment.days(doc);
        let known = first <= last;
        known
            && match test {
                DateTest::On => first <= to && last >= from,
                DateTest::After => last >= from,
                DateTest::Before => first <= to,
            }
    })
}

/// Documents without a date.
pub(super) fn undated(segment: &Segment) -> Bits {
    filter(segment, |doc| {
        let (first, last) = segment.days(doc);
        first > last
    })
}

/// Documents of an outlet, or a path, that matches.
pub(super) fn source(segment: &Segment, term: &Term) -> Bits {
    let fits = strings(segment, |text| {
        holds(&crate::text::normalize::fold(text), term)
    });
    filter(segment, |doc| {
        let [outlet, path, _] = segment.labels(doc);
        fits.has(outlet) || fits.has(path)
    })
}

/// Documents in a language.
pub(super) fn language(segment: &Segment, term: &Term) -> Bits {
    let asked = term.text.to_lowercase();
    let fits = strings(segment, |text| text.to_lowercase() == asked);
    filter(segment, |doc| fits.has(segment.labels(doc)[2]))
}

fn strings(segment: &Segment, fits: impl Fn(&str) -> bool) -> Bits {
    let mut found = Bits::new(segment.string_count());
    for at in 0..segment.string_count() {
        if std::str::from_utf8(segment.string(at)).is_ok_and(&fits) {
            found.set(at);
        }
    }
    found
}

/// Documents that pass a test of number and content.
fn marked(segment: &Segment, fits: impl Fn(u64, u64) -> bool) -> Bits {
    let mut bits = Bits::new(segment.docs);
    for ((doc, key), hash) in (0u32..).zip(segment.all_keys()).zip(segment.hashes()) {
        if fits(key, hash) {
            bits.set(doc);
        }
    }
    bits
}

/// Documents in a state. Without marks nothing is read, starred or new.
pub(super) fn state(segment: &Segment, state: State, marks: Option<&dyn Marked>) -> Bits {
    match (state, marks) {
        (State::Undated, _) => undated(segment),
        (State::Unread, None) => Bits::full(segment.docs),
        (_, None) => Bits::new(segment.docs),
        (_, Some(marks)) => marked(segment, |key, hash| marks.is(state, key, hash)),
    }
}

/// Documents with a tag.
pub(super) fn tagged(segment: &Segment, tag: &str, marks: Option<&dyn Marked>) -> Bits {
    match marks {
        None => Bits::new(segment.docs),
        Some(marks) => marked(segment, |key, hash| marks.has_tag(tag, key, hash)),
    }
}
