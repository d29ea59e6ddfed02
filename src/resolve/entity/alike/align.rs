//! Which word of one name stands for which word of the other.
//!
//! Greedy, best pair first: names have few words, and the best pairs rarely compete.

use super::Weights;
use super::token::{Name, Role, Token};
use super::word;
use crate::annotate::entity::group::given;

/// How two words answer to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Equal,
    /// Given names of one family ("joe", "joseph").
    Given,
    /// One is the initial of the other.
    Initial,
    /// Written as one word here, as two there.
    Joined,
    Spelled,
}

/// A word of each name, or two words where they are [`How::Joined`].
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub a: usize,
    pub b: usize,
    pub how: How,
    /// Log-odds of being spellings of one, see [`word::odds`].
    pub odds: f32,
    /// Letters that differ.
    pub edits: usize,
}

/// All words of two names.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    pub pairs: Vec<Pair>,
    /// Words of each name that answer to nothing.
    pub left: [Vec<usize>; 2],
}

/// Words more different than this are not taken for spellings of one.
const LEAST: f32 = 0.45;

/// Aligns the words of two names.
pub(super) fn align(weights: &Weights, a: &Name, b: &Name, person: bool) -> Alignment {
    let (a, b) = (&a.tokens, &b.tokens);
    let mut free = [vec![true; a.len()], vec![true; b.len()]];
    let mut made = Alignment::default();
    let mut candidates: Vec<(f32, Pair)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            if let Some((rank, how, odds, edits)) = compare(weights, x, y, person) {
                // Of pairs that are equally good, the one in order.
                let order = i.abs_diff(j) as f32 * 1e-3;
                let pair = Pair {
                    a: i,
                    b: j,
                    how,
                    odds,
                    edits,
                };
                candidates.push((rank - order, pair));
            }
        }
    }
    joined(a, b, false, &mut candidates);
    joined(b, a, true, &mut candidates);
    candidates.sort_by(|x, y| y.0.total_cmp(&x.0));
    for (_, pair) in candidates {
        let (wide_a, wide_b) = span(&pair, a, b);
        let (over_a, over_b) = (pair.a..=pair.a + wide_a, pair.b..=pair.b + wide_b);
        let open = |side: &[bool], mut over: std::ops::RangeInclusive<usize>| {
            over.all(|at| side.get(at).copied().unwrap_or(false))
        };
        if open(&free[0], over_a.clone()) && open(&free[1], over_b.clone()) {
            free[0][over_a].fill(false);
            free[1][over_b].fill(false);
            made.pairs.push(pair);
        }
    }
    made.pairs.sort_by_key(|pair| pair.a);
    for (left, free) in made.left.iter_mut().zip(&free) {
        left.extend((0..free.len()).filter(|at| free[*at]));
    }
    made
}

/// How many further words a pair takes on each side.
fn span(pair: &Pair, a: &[Token], b: &[Token]) -> (usize, usize) {
    if pair.how != How::Joined {
        return (0, 0);
    }
    let length = |words: &[Token], at: usize| words.get(at).map_or(0, |word| word.text.len());
    if length(a, pair.a) < length(b, pair.b) {
        (1, 0)
    } else {
        (0, 1)
    }
}

/// Pairs of two words of `parts` with one of `whole`; `turned` where `parts` is the second name.
fn joined(parts: &[Token], whole: &[Token], turned: bool, out: &mut Vec<(f32, Pair)>) {
    for (i, two) in parts.windows(2).enumerate() {
        let [first, second] = two else { continue };
        let length = first.text.len() + second.text.len();
        let initials = first.role == Role::Initial && second.role == Role::Initial;
        for (j, one) in whole.iter().enumerate() {
            if one.text.len().abs_diff(length) > 1 || (length < 5 && !initials) {
                continue;
            }
            let edits = word::distance(&format!("{}{}", first.text, second.text), &one.text);
            if edits > usize::from(length > 7) {
                continue;
            }
            let (a, b) = if turned { (j, i) } else { (i, j) };
            let pair = Pair {
                a,
                b,
                how: How::Joined,
                odds: word::SURE - edits as f32,
                edits,
            };
            out.push((0.97 - edits as f32 * 0.1, pair));
        }
    }
}

/// Rank of a pair (0 to 1), how it goes together, log-odds and letters that differ; `None` where
/// it does not.
fn compare(
    weights: &Weights,
    x: &Token,
    y: &Token,
    person: bool,
) -> Option<(f32, How, f32, usize)> {
    let (a, b) = (x.text.as_str(), y.text.as_str());
    if a == b {
        return Some((1.0, How::Equal, word::SURE, 0));
    }
    if x.role == Role::Number || y.role == Role::Number {
        return None;
    }
    if person && given::initial(a, b) {
        return Some((0.6, How::Initial, 0.0, 0));
    }
    if x.role == Role::Initial || y.role == Role::Initial {
        return None;
    }
    let edits = word::distance(a, b);
    if person && given::same(a, b) {
        return Some((0.95, How::Given, word::odds(weights, a, b), edits));
    }
    let odds = word::odds(weights, a, b);
    let kept = 1.0 - edits as f32 / a.len().max(b.len()) as f32;
    let likely = 1.0 / (1.0 + (-odds).exp());
    let rank = kept.max(likely) * 0.94;
    (rank > LEAST).then_some((rank, How::Spelled, odds, edits))
}
