//! Two words as spellings of one: a logistic regression over a few measures of spelling and sound.

use super::super::{edit, skeleton};
use super::Weights;
use crate::annotate::entity::group::given;

// Nothing here asks whether two words begin alike or how many letters they share: the negative pairs
// to learn from were chosen to, and a weight would learn how they were chosen.

/// The names of what [`features`] gives, in its order; a weight of `alike.txt` is `word.NAME`.
pub const NAMES: [&str; 16] = [
    "bias",
    "evidence",
    "evidence-below-5",
    "evidence-below-12",
    "evidence-per-letter",
    "same-sound",
    "sounds-kept",
    "same-last-letter",
    "common-end",
    "same-letters-otherwise-ordered",
    "length",
    "short",
    "lengths-differ",
    "other-gender",
    "same-consonants",
    "given-names-differ",
];

/// How many letters must be changed, dropped, added or swapped with the next (optimal string
/// alignment, Boytsov 2011).
pub fn distance(a: &str, b: &str) -> usize {
    const MOST: usize = 64;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
    let mut before = [0usize; MOST + 1];
    let mut last: [usize; MOST + 1] = std::array::from_fn(|j| j);
    for i in 1..=a.len() {
        let mut row = [i; MOST + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
        }
        before = last;
        last = row;
    }
    last[b.len()]
}

fn common_end(a: &str, b: &str) -> f32 {
    let both = a.bytes().rev().zip(b.bytes().rev());
    both.take_while(|(x, y)| x == y).count() as f32
}

/// What two words of lower-case ASCII letters have of each other, in the order of [`NAMES`].
pub fn features(a: &str, b: &str) -> [f32; NAMES.len()] {
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let (short, long) = (
        a.len().min(b.len()) as f32,
        a.len().max(b.len()).max(1) as f32,
    );
    let evidence = edit::evidence(a, b).clamp(-40.0, 12.0);
    let (sound_a, sound_b) = (skeleton::code(a), skeleton::code(b));
    let sounds = sound_a.len().max(sound_b.len()).max(1) as f32;
    let consonants = |w: &str| {
        w.bytes()
            .filter(|c| !b"aeiouywh".contains(c))
            .collect::<Vec<u8>>()
    };
    let sorted = |w: &str| {
        let mut letters = w.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    let differ = !given::families(a).is_empty() && !given::families(b).is_empty();
    [
        1.0,
        evidence / 10.0,
        (-5.0 - evidence).max(0.0) / 10.0,
        (-12.0 - evidence).max(0.0) / 10.0,
        (evidence / long).clamp(-4.0, 1.0),
        flag(sound_a == sound_b),
        1.0 - distance(&sound_a, &sound_b) as f32 / sounds,
        flag(a.as_bytes().last() == b.as_bytes().last()),
        common_end(a, b) / long,
        flag(a != b && sorted(a) == sorted(b)),
        long.ln(),
        flag(short <= 4.0),
        (long - short) / long,
        flag(super::super::name::genders_differ(a, b)),
        flag(consonants(a) == consonants(b)),
        flag(differ && !given::same(a, b)),
    ]
}

/// Log-odds that two words are spellings of one; equal words give [`SURE`].
pub(super) fn odds(weights: &Weights, a: &str, b: &str) -> f32 {
    if a == b {
        return SURE;
    }
    let sum: f32 = features(a, b)
        .iter()
        .zip(&weights.word)
        .map(|(x, w)| x * w)
        .sum();
    sum.clamp(-SURE, SURE)
}

/// More is not told apart.
pub(super) const SURE: f32 = 6.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits() {
        assert_eq!(distance("marlow", "marlow"), 0);
        assert_eq!(distance("marlow", "malrow"), 1);
        assert_eq!(distance("marlow", "harlo"), 2);
        assert_eq!(distance("", "abc"), 3);
    }
}
