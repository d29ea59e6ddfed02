//! The features of a word: keys into the table of weights.
//!
//! Four families: the word and its neighbours; the run of capitals it stands in; the same word
//! elsewhere in the document; word lists, gazetteer and clusters. Template numbers are part of the
//! packed model: a number is never given a new meaning without training again.

use super::document::{Document, Sentence};
use super::hash;
use super::lexicon;
use super::word::{NONE, Word, prefix, suffix};
use std::ops::Range;

/// Stands for the word before the first and after the last of a sentence.
static OUTSIDE: Word = Word {
    span: crate::text::Span { start: 0, end: 0 },
    form: 1,
    lower: 1,
    shape: 1,
    suffix: 1,
    classes: 0,
    phrase: 0,
    run: NONE,
    group: NONE,
    gazetteer: 0,
    clusters: [0; 4],
    capital: false,
    mark: false,
    link: false,
    number: false,
    acronym: false,
    candidate: false,
};

/// Collects feature keys.
struct Keys<'o>(&'o mut Vec<u32>);

impl Keys<'_> {
    #[inline]
    fn put(&mut self, template: u32, a: u64, b: u64) {
        self.0.push(hash::feature(template, a, b));
    }

    /// One feature for each bit of `bits`.
    #[inline]
    fn bits(&mut self, template: u32, bits: u32, b: u64) {
        let mut rest = bits;
        while rest != 0 {
            self.put(template, u64::from(rest.trailing_zeros()), b);
            rest &= rest - 1;
        }
    }
}

/// The features of the word `at` of `sentence`, but for those of its group.
pub(crate) fn local(
    text: &str,
    document: &Document,
    sentence: &Sentence,
    at: usize,
    out: &mut Vec<u32>,
) {
    let words = &sentence.words;
    let word = |distance: isize| look(document, words, at.wrapping_add_signed(distance));
    let window = [word(-2), word(-1), word(0), word(1), word(2)];
    let mut keys = Keys(out);
    shallow(text, &mut keys, &window, sentence, at);
    lists(&mut keys, &window);
    clusters(&mut keys, &window);
    runs(&mut keys, document, words, at);
}

#[inline]
fn look<'d>(document: &'d Document, within: &Range<usize>, at: usize) -> &'d Word {
    if within.contains(&at) {
        document.words.get(at).unwrap_or(&OUTSIDE)
    } else {
        &OUTSIDE
    }
}

/// The word, its letters, its neighbours.
fn shallow(text: &str, keys: &mut Keys, window: &[&Word; 5], sentence: &Sentence, at: usize) {
    let [before2, before, this, after, after2] = *window;
    let case = sentence.case as u64;
    let start = u64::from(at == sentence.words.start);
    keys.put(0, 0, 0);
    keys.put(1, this.form, 0);
    keys.put(2, this.lower, 0);
    keys.put(3, this.shape, 0);
    keys.put(4, this.shape, case * 2 + start);
    keys.put(5, this.lower, case * 2 + start);
    let form = this.span.of(text);
    for n in 1..=4 {
        keys.put(6, prefix(form, n), n as u64);
        keys.put(7, suffix(form, n), n as u64);
    }
    for (distance, other) in [(0, before2), (1, before), (2, after), (3, after2)] {
        keys.put(8, other.lower, distance);
        keys.put(9, other.shape, distance);
        keys.put(10, other.suffix, distance);
    }
    keys.put(11, before.lower, this.lower);
    keys.put(12, this.lower, after.lower);
    keys.put(13, before.lower, after.lower);
    keys.put(14, before2.lower, before.lower);
    keys.put(15, after.lower, after2.lower);
    keys.put(16, before.shape, this.shape);
    keys.put(17, this.shape, after.shape);
    keys.put(18, hash::mix(before.shape, this.shape), after.shape);
    keys.put(19, before.lower, this.shape);
    keys.put(20, after.lower, this.shape);
    keys.put(21, hash::mix(before.lower, this.lower), after.lower);
}

/// Word classes, gazetteer bits of the word and of phrases.
fn lists(keys: &mut Keys, window: &[&Word; 5]) {
    let [_, before, this, after, _] = *window;
    for (distance, word) in [(0, before), (1, this), (2, after)] {
        keys.bits(100, word.classes, distance);
        keys.bits(101, word.gazetteer.into(), distance);
        keys.bits(102, word.phrase, distance);
    }
    keys.bits(103, this.classes, this.shape);
    keys.bits(104, this.gazetteer.into(), this.shape);
    keys.put(
        105,
        u64::from(this.gazetteer),
        u64::from(this.phrase & 0xFF),
    );
    keys.put(106, u64::from(before.gazetteer), u64::from(this.gazetteer));
    keys.put(107, u64::from(this.gazetteer), u64::from(after.gazetteer));
    keys.put(108, u64::from(before.classes), u64::from(this.gazetteer));
    keys.put(109, u64::from(this.phrase), u64::from(before.classes));
    keys.put(110, u64::from(this.phrase), u64::from(after.classes));
}

/// Word clusters.
fn clusters(keys: &mut Keys, window: &[&Word; 5]) {
    let [_, before, this, after, _] = *window;
    for (distance, word) in [(0, before), (1, this), (2, after)] {
        for (level, id) in word.clusters.iter().enumerate() {
            if *id != 0 {
                keys.put(120 + level as u32, u64::from(*id), distance);
            }
        }
    }
    for (level, id) in this.clusters.iter().enumerate() {
        if *id != 0 {
            keys.put(130 + level as u32, u64::from(*id), this.shape);
        }
    }
    for level in 0..2 {
        let [a, b, c] = [before, this, after].map(|w| u64::from(w.clusters[level]));
        keys.put(140 + level as u32, a, b);
        keys.put(142 + level as u32, b, c);
    }
}

const JOINERS: [&[u8]; 8] = [b"of", b"for", b"the", b"and", b"&", b"de", b"on", b"in"];

/// True for words over which a name goes on.
fn joins(word: &Word) -> bool {
    static HASHES: std::sync::LazyLock<[u64; 8]> =
        std::sync::LazyLock::new(|| JOINERS.map(hash::bytes));
    HASHES.contains(&word.lower)
}

/// The run of capitals and what stands around it.
fn runs(keys: &mut Keys, document: &Document, words: &Range<usize>, at: usize) {
    let word = |at: usize| look(document, words, at);
    let Some(run) = document.runs.get(word(at).run as usize) else {
        gap(keys, document, words, at);
        return;
    };
    let length = run.len().min(5) as u64;
    let position = (at - run.start).min(3) as u64;
    let place = length * 4 + position;
    let first = word(run.start);
    let last = word(run.end - 1);
    let before = word(run.start.wrapping_sub(1));
    let after = word(run.end);
    keys.put(200, last.lower, place);
    keys.put(201, first.lower, place);
    keys.put(202, place, 0);
    if run.len() <= 6 {
        let whole = document.words[run.clone()]
            .iter()
            .fold(0, |sum, w| hash::mix(sum, w.lower));
        keys.put(203, whole, position);
    }
    keys.put(204, before.lower, place);
    keys.put(205, after.lower, place);
    keys.put(206, hash::mix(before.lower, after.lower), place);
    keys.put(207, last.suffix, place);
    keys.put(208, word(run.start.wrapping_sub(2)).lower, before.lower);
    keys.put(209, after.lower, word(run.end + 1).lower);
    keys.bits(210, last.classes, place);
    keys.bits(211, first.classes, place);
    keys.bits(212, before.classes, place);
    keys.bits(213, after.classes, place);
    for (template, other) in [(220, before), (230, after), (240, last), (250, first)] {
        for level in [1, 3] {
            if other.clusters[level] != 0 {
                keys.put(
                    template + level as u32,
                    u64::from(other.clusters[level]),
                    place,
                );
            }
        }
    }
    keys.put(
        214,
        u64::from(first.gazetteer),
        hash::mix(u64::from(last.gazetteer), place),
    );
    if joins(after) {
        let far = word(run.end + 1);
        let far = if joins(far) { word(run.end + 2) } else { far };
        if let Some(next) = document.runs.get(far.run as usize) {
            keys.put(215, word(next.end - 1).lower, position);
            keys.put(216, far.lower, position);
            keys.bits(217, word(next.end - 1).classes, position);
        }
    }
    if joins(before) {
        let far = run.start.wrapping_sub(2);
        let far = if joins(word(far)) {
            far.wrapping_sub(1)
        } else {
            far
        };
        if let Some(previous) = document.runs.get(word(far).run as usize) {
            keys.put(218, word(far).lower, place);
            keys.put(219, word(previous.start).lower, place);
            keys.bits(260, word(far).classes, place);
        }
    }
    if document.words.get(run.end).is_some_and(|w| w.mark) {
        keys.put(261, after.lower, word(run.end + 1).shape);
    }
}

/// A word between two runs: what stands at both sides.
fn gap(keys: &mut Keys, document: &Document, words: &Range<usize>, at: usize) {
    let word = |at: usize| look(document, words, at);
    let left = (1..=2)
        .map(|d| at.wrapping_sub(d))
        .find(|at| word(*at).run != NONE);
    let right = (1..=2).map(|d| at + d).find(|at| word(*at).run != NONE);
    let (Some(left), Some(right)) = (left, right) else {
        return;
    };
    let this = word(at).lower;
    let place = (at - left) as u64 * 4 + (right - at) as u64;
    keys.put(270, word(left).lower, place);
    keys.put(271, word(right).lower, place);
    keys.put(272, this, place);
    keys.bits(273, word(left).classes, this);
    keys.bits(274, word(right).classes, this);
    if let Some(run) = document.runs.get(word(left).run as usize) {
        keys.put(275, word(run.start).lower, this);
    }
    if let Some(run) = document.runs.get(word(right).run as usize) {
        keys.put(276, word(run.end - 1).lower, this);
    }
}

/// The features of a group of equal words: what stands around it anywhere in the document.
pub(crate) fn group(document: &Document, sentences: &[u32], group: usize, out: &mut Vec<u32>) {
    const KINDS: usize = 7;
    const DISTINCT: usize = 4;
    let Some(group) = document.groups.get(group) else {
        return;
    };
    if group.at.len() < 2 {
        let mut keys = Keys(out);
        keys.put(300, u64::from(group.lower_case), 0);
        return;
    }
    let mut values = [[0_u64; DISTINCT]; KINDS];
    let mut counts = [0_usize; KINDS];
    let mut starts = 0_u64;
    for &at in &group.at {
        let at = at as usize;
        let Some(sentence) = sentences
            .get(at)
            .and_then(|s| document.sentences.get(*s as usize))
        else {
            continue;
        };
        let word = |at: usize| look(document, &sentence.words, at);
        starts += u64::from(at == sentence.words.start);
        let run = document.runs.get(word(at).run as usize).cloned();
        let run = run.unwrap_or(at..at + 1);
        let found = [
            word(at.wrapping_sub(1)).lower,
            word(at + 1).lower,
            word(run.end - 1).lower,
            word(run.start).lower,
            word(run.start.wrapping_sub(1)).lower,
            word(run.end).lower,
            (run.len().min(5) * 4 + (at - run.start).min(3)) as u64,
        ];
        for ((values, count), found) in values.iter_mut().zip(&mut counts).zip(found) {
            if *count < DISTINCT && !values[..*count].contains(&found) {
                values[*count] = found;
                *count += 1;
            }
        }
    }
    let mut keys = Keys(out);
    for (kind, (values, count)) in values.iter().zip(counts).enumerate() {
        for value in &values[..count] {
            keys.put(310 + kind as u32, *value, 0);
            keys.bits(330 + kind as u32, lexicon::LEXICON.classes(*value), 0);
        }
    }
    let often = group.at.len().min(4) as u64;
    let all_starts = u64::from(starts as usize == group.at.len());
    keys.put(301, u64::from(group.lower_case), all_starts * 8 + often);
}
