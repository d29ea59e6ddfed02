//! A name that is found at one place of a document is found at its other places too.
//!
//! The tagger decides sentence by sentence; where it took a string for a name at least as often as
//! not, the places it passed over are names of the same kind. A surname counts with each full name
//! that ends in it.

use super::decode::Name;
use super::document::{Case, Document};
use super::hash;
use super::lexicon::{self, WordMap};
use super::word::Word;
use std::ops::Range;

/// Longest name looked for, in words.
const LONGEST: usize = 6;
/// Number of the kind of people.
const PERSON: usize = 0;

/// What is known of a string.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    kind: usize,
    found: u32,
    missed: u32,
}

/// Adds the places that were passed over.
pub(crate) fn complete(document: &Document, names: &mut Vec<Name>) {
    let mut known: WordMap<Known> = WordMap::default();
    let mut covered = vec![false; document.words.len()];
    for name in names.iter() {
        let words = &name.words;
        if let Some(covered) = covered.get_mut(words.clone()) {
            covered.fill(true);
        }
        if words.len() > LONGEST {
            continue;
        }
        let entry = known.entry(string(document, words)).or_default();
        entry.kind = name.kind;
        entry.found += 1;
        if name.kind == PERSON && words.len() > 1 {
            let surname = words.end - 1..words.end;
            let entry = known.entry(string(document, &surname)).or_insert(Known {
                kind: PERSON,
                ..Known::default()
            });
            entry.found += u32::from(entry.kind == PERSON);
        }
    }
    let mut missed: Vec<(Range<usize>, u64)> = Vec::new();
    for sentence in document.sentences.iter().filter(|s| s.case != Case::Title) {
        let mut at = sentence.words.start;
        while at < sentence.words.end {
            let found = place(document, &covered, &known, at, sentence.words.end);
            at = found.as_ref().map_or(at + 1, |(words, _)| words.end);
            missed.extend(found);
        }
    }
    for (_, string) in &missed {
        if let Some(known) = known.get_mut(string) {
            known.missed += 1;
        }
    }
    let before = names.len();
    names.extend(missed.into_iter().filter_map(|(words, string)| {
        let known = known.get(&string)?;
        (known.found >= known.missed).then(|| Name::new(words, known.kind))
    }));
    if names.len() > before {
        names.sort_by_key(|name| name.words.start);
    }
}

/// The longest known string that begins at `at` and was passed over.
fn place(
    document: &Document,
    covered: &[bool],
    known: &WordMap<Known>,
    at: usize,
    end: usize,
) -> Option<(Range<usize>, u64)> {
    let free = |at: usize| {
        let word = document.words.get(at)?;
        (!covered.get(at)?).then_some(word)
    };
    let first = free(at)?;
    if !is_name_like(document, first) {
        return None;
    }
    let mut sum = 0;
    let mut best = None;
    for last in at..end.min(at + LONGEST) {
        let Some(word) = free(last) else { break };
        sum = hash::mix(sum, word.lower);
        let string = hash::finish(sum);
        if word.capital && known.contains_key(&string) {
            best = Some((at..last + 1, string));
        }
    }
    best
}

fn is_name_like(document: &Document, word: &Word) -> bool {
    let lower_too = document
        .groups
        .get(word.group as usize)
        .is_some_and(|group| group.lower_case);
    word.capital && !lower_too && !word.is(lexicon::FUNCTION | lexicon::CALENDAR | lexicon::TITLE)
}

/// The key of a string of words, however capitalised.
pub(crate) fn string(document: &Document, words: &Range<usize>) -> u64 {
    let words = document.words.get(words.clone()).unwrap_or_default();
    hash::finish(words.iter().fold(0, |sum, word| hash::mix(sum, word.lower)))
}
