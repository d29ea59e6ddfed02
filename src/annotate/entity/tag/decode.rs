//! From features to names: scores of words, the best sequence of labels, one kind a name.

use super::acronym;
use super::document::Document;
use super::feature;
use super::hash;
use super::label::{LABELS, OUTSIDE, Scores, begin, inside, is_inside, kind_of};
use super::lexicon::{self, LEXICON, WordMap};
use super::model::{self, Model};
use super::repeat;
use super::word::{NONE, Word};
use std::ops::Range;

/// Number of kinds.
const KINDS: usize = (LABELS - 1) / 2;

/// A name as the tagger sees it: its words and the number of its kind.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// Words of the document.
    pub(crate) words: Range<usize>,
    /// Number of its kind, see [`super::label::kind`].
    pub(crate) kind: usize,
    /// Score of each kind for exactly these words.
    scores: [i64; KINDS],
}

impl Name {
    /// A name of this kind that no score speaks for.
    pub(crate) const fn new(words: Range<usize>, kind: usize) -> Self {
        Self {
            words,
            kind,
            scores: [0; KINDS],
        }
    }
}

/// Maximal stretches of words that may be part of names, each within one sentence, with the number
/// of the sentence.
pub(crate) fn segments(document: &Document) -> impl Iterator<Item = (usize, Range<usize>)> {
    document
        .sentences
        .iter()
        .enumerate()
        .flat_map(move |(number, sentence)| {
            let mut at = sentence.words.start;
            std::iter::from_fn(move || {
                let is = |at: &usize| document.words.get(*at).is_some_and(|w| w.candidate);
                let start = (at..sentence.words.end).find(is)?;
                let end = (start..sentence.words.end).find(|at| !is(at));
                at = end.unwrap_or(sentence.words.end);
                Some((number, start..at))
            })
        })
}

/// The sentence of every word.
pub(crate) fn sentence_of(document: &Document) -> Vec<u32> {
    let mut made = vec![0; document.words.len()];
    for (number, sentence) in document.sentences.iter().enumerate() {
        made[sentence.words.clone()].fill(number as u32);
    }
    made
}

/// Finds the names of a document, rising and disjoint.
pub(crate) fn decode(text: &str, document: &Document, model: &Model) -> Vec<Name> {
    let sentences = sentence_of(document);
    let mut groups: Vec<Option<Scores>> = vec![None; document.groups.len()];
    let mut keys = Vec::new();
    let mut scores = Vec::new();
    let mut labels = Vec::new();
    let mut names = Vec::new();
    for (number, words) in segments(document) {
        let Some(sentence) = document.sentences.get(number) else {
            continue;
        };
        scores.clear();
        for at in words.clone() {
            keys.clear();
            feature::local(text, document, sentence, at, &mut keys);
            let mut sum = [0; LABELS];
            for key in &keys {
                model.add(*key, &mut sum);
            }
            let group = document.words[at].group;
            if group != NONE
                && let Some(known) = groups.get_mut(group as usize)
            {
                // The evidence of a group is the same for each of its words.
                let of_group = known.get_or_insert_with(|| {
                    keys.clear();
                    feature::group(document, &sentences, group as usize, &mut keys);
                    let mut sum = [0; LABELS];
                    for key in &keys {
                        model.add(*key, &mut sum);
                    }
                    sum
                });
                sum.iter_mut().zip(of_group).for_each(|(a, b)| *a += *b);
            }
            scores.push(sum);
        }
        viterbi(&scores, &model.transitions, &mut labels);
        collect(&words, &labels, &scores, &mut names);
    }
    split_owners(text, document, &mut names);
    split_origins(document, &mut names);
    names.retain(|name| !is_function_word(document, &name.words));
    vote(document, &mut names);
    drop_generic(document, &mut names);
    repeat::complete(document, &mut names);
    acronym::spread(text, document, &mut names);
    names
}

/// The best sequence of labels, from and to the outside.
fn viterbi(scores: &[Scores], transitions: &[[i32; LABELS]; LABELS], labels: &mut Vec<usize>) {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut best = transitions[OUTSIDE].map(i64::from);
    for (at, own) in scores.iter().enumerate() {
        let mut next = [i64::MIN; LABELS];
        let mut from = [OUTSIDE as u8; LABELS];
        for label in 0..LABELS {
            if at == 0 {
                next[label] = best[label] + i64::from(own[label]);
                continue;
            }
            if is_inside(label) {
                for before in [label - 1, label] {
                    let sum = best[before] + i64::from(transitions[before][label]);
                    if sum > next[label] {
                        next[label] = sum;
                        from[label] = before as u8;
                    }
                }
            } else {
                for before in 0..LABELS {
                    let sum = best[before] + i64::from(transitions[before][label]);
                    if sum > next[label] {
                        next[label] = sum;
                        from[label] = before as u8;
                    }
                }
            }
            next[label] += i64::from(own[label]);
        }
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS)
        .rev()
        .max_by_key(|l| best[*l])
        .unwrap_or(OUTSIDE);
    labels.clear();
    for from in back.iter().rev() {
        labels.push(label);
        label = usize::from(from[label]);
    }
    labels.reverse();
}

/// Labels to names.
fn collect(words: &Range<usize>, labels: &[usize], scores: &[Scores], names: &mut Vec<Name>) {
    let mut at = 0;
    while let Some(&label) = labels.get(at) {
        let Some(kind) = kind_of(label) else {
            at += 1;
            continue;
        };
        let rest = labels[at + 1..]
            .iter()
            .take_while(|l| **l == inside(kind))
            .count();
        let end = at + 1 + rest;
        let mut sums = [0; KINDS];
        for (number, sum) in sums.iter_mut().enumerate() {
            for (i, own) in scores[at..end].iter().enumerate() {
                let label = if i == 0 {
                    begin(number)
                } else {
                    inside(number)
                };
                *sum += i64::from(own[label]);
            }
        }
        names.push(Name {
            words: words.start + at..words.start + end,
            kind,
            scores: sums,
        });
        at = end;
    }
}

fn is_function_word(document: &Document, words: &Range<usize>) -> bool {
    let mut all = document.words[words.clone()].iter();
    all.all(|word| word.mark || word.is(lexicon::FUNCTION))
}

/// Parts an owner from what is owned: "Kenya's Ministry of Health" names a country and a ministry;
/// nobody's name goes on after a possessive. "People's Bank" stays whole.
fn split_owners(text: &str, document: &Document, names: &mut Vec<Name>) {
    let mut parts = Vec::new();
    for name in names.iter_mut() {
        let Range { start, end } = name.words;
        let owner = (start + 1..end).find(|at| {
            let word = document
                .words
                .get(*at)
                .map_or("", |word| word.span.of(text));
            matches!(word, "'s" | "\u{2019}s" | "'S" | "\u{2019}S")
        });
        let Some(at) = owner else { continue };
        let owner = document.words.get(start..at).unwrap_or_default();
        let phrase = owner.iter().fold(0, |sum, word| hash::mix(sum, word.lower));
        let country = LEXICON.phrase(phrase) & lexicon::PHRASE_COUNTRY != 0;
        if name.kind == PERSON || country {
            if country && name.kind != PERSON && at + 1 < end {
                parts.push(Name {
                    words: at + 1..end,
                    ..name.clone()
                });
                name.kind = PLACE;
            }
            name.words = start..at;
            name.scores = [0; KINDS];
        }
    }
    if !parts.is_empty() {
        names.append(&mut parts);
        names.sort_by_key(|name| name.words.start);
    }
}

/// Parts a person from what they are: "Ghanaian Foreign Minister Ama Mensah", "Chilean Rosa Soto".
fn split_origins(document: &Document, names: &mut Vec<Name>) {
    let mut origins = Vec::new();
    for name in names.iter_mut().filter(|name| name.kind == PERSON) {
        let words = document.words.get(name.words.clone()).unwrap_or_default();
        let [first, second, _, ..] = words else {
            continue;
        };
        let given = model::GIVEN & first.gazetteer != 0;
        let titled = second.is(lexicon::TITLE | lexicon::TITLE_MODIFIER);
        if first.is(lexicon::DEMONYM) && (titled || !given) {
            let start = name.words.start;
            origins.push(Name::new(start..start + 1, NORP));
            name.words.start = start + 1;
            name.scores = [0; KINDS];
        }
    }
    if !origins.is_empty() {
        names.append(&mut origins);
        names.sort_by_key(|name| name.words.start);
    }
}

/// Drops titles and common words that stand alone: "the Minister", "the Kingdom". A title that ends
/// a longer name of a person is a surname and stays.
fn drop_generic(document: &Document, names: &mut Vec<Name>) {
    let mut surnames: Vec<u64> = names
        .iter()
        .filter(|name| name.kind == PERSON && name.words.len() > 1)
        .filter_map(|name| Some(document.words.get(name.words.end - 1)?.lower))
        .collect();
    surnames.sort_unstable();
    let titles = lexicon::TITLE | lexicon::TITLE_MODIFIER | lexicon::FUNCTION;
    names.retain(|name| {
        let words = document.words.get(name.words.clone()).unwrap_or_default();
        let is_surname = |word: &Word| surnames.binary_search(&word.lower).is_ok();
        match (name.kind, words) {
            (PERSON, [word]) if word.is(lexicon::TITLE) => is_surname(word),
            (PERSON, words) => !words.iter().all(|word| word.mark || word.is(titles)),
            (PLACE, [word]) => {
                word.phrase & 0xFF & !1 != 0 || !word.is(lexicon::PLACE_HEAD | lexicon::DIRECTION)
            }
            _ => true,
        }
    });
}

/// One name, one kind: all mentions of a string vote with their scores; a single word that ends
/// names of people is also heard as one of them (a surname stands alone later).
fn vote(document: &Document, names: &mut [Name]) {
    let string = |words: &Range<usize>| repeat::string(document, words);
    let mut sums: WordMap<[i64; KINDS]> = WordMap::default();
    for name in names.iter() {
        let sum = sums.entry(string(&name.words)).or_default();
        sum.iter_mut().zip(name.scores).for_each(|(a, b)| *a += b);
    }
    for name in names
        .iter()
        .filter(|name| name.kind == PERSON && name.words.len() > 1)
    {
        let last = string(&(name.words.end - 1..name.words.end));
        if let Some(sum) = sums.get_mut(&last) {
            let length = name.words.len() as i64;
            sum.iter_mut()
                .zip(name.scores)
                .for_each(|(a, b)| *a += b / length);
        }
    }
    for name in names {
        let Some(sum) = sums.get(&string(&name.words)) else {
            continue;
        };
        let best = (0..KINDS).rev().max_by_key(|kind| sum[*kind]);
        let best = best.filter(|best| sum[*best] != 0);
        name.kind = best.unwrap_or(name.kind);
        correct(document, name);
    }
}

/// What a name says of itself outweighs what stands around it.
fn correct(document: &Document, name: &mut Name) {
    let words = document.words.get(name.words.clone()).unwrap_or_default();
    let phrase = words.iter().fold(0, |sum, word| hash::mix(sum, word.lower));
    let [first, .., last] = words else {
        // Its team, its government: still the country.
        let country = LEXICON.phrase(phrase) & lexicon::PHRASE_COUNTRY != 0;
        if country && matches!(name.kind, ORG | MISC) {
            name.kind = PLACE;
        }
        return;
    };
    // "Ministry" in "Ministry of Works": the word before the first joiner says what it is.
    let joiner = words.iter().position(|word| !word.capital && !word.mark);
    let head = joiner
        .and_then(|at| words.get(at.checked_sub(1)?))
        .unwrap_or(last);
    let heads = lexicon::ORG_HEAD | lexicon::PARTY | lexicon::MEDIA;
    let places = lexicon::PLACE_HEAD | lexicon::FACILITY_HEAD;
    if LEXICON.phrase(phrase) & lexicon::PHRASE_COUNTRY != 0 && matches!(name.kind, ORG | MISC) {
        name.kind = PLACE;
    } else if LEXICON.phrase(phrase) & lexicon::PHRASE_ORGANIZATION != 0 {
        name.kind = ORG;
    } else if matches!(name.kind, ORG | PLACE)
        && last.is(lexicon::WORK)
        && !last.is(heads | places)
        && !first.is(lexicon::TITLE)
    {
        name.kind = MISC;
    } else if name.kind == MISC
        && head.is(lexicon::ORG_HEAD | lexicon::MEDIA)
        && !head.is(lexicon::WORK | places)
    {
        name.kind = ORG;
    }
}

const PERSON: usize = 0;
const ORG: usize = 1;
const PLACE: usize = 2;
const NORP: usize = 3;
const MISC: usize = 4;
