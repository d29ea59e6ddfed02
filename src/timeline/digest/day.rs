//! The sentences that tell a day: those that name it, and the leads of what was published then.

use super::index::{HEAD, Index, Line};
use crate::when::calendar;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Candidates that the greedy choice looks at.
const NEAREST: usize = 60;
/// Power of the length that a sentence is divided by.
const LENGTH: f64 = 0.65;
/// Content words below which a sentence pays as if it had so many.
const SHORT: f64 = 6.0;
/// Likeness above which a sentence repeats another.
const REPEATS: f64 = 0.6;
/// How much more a line of a chronology counts.
const CHRONOLOGY: f64 = 2.0;

/// A sparse vector: word and weight, rising.
type Vector = Vec<(u32, f64)>;

struct Candidate<'a> {
    at: usize,
    line: &'a Line,
    vector: Vector,
    dated: bool,
}

impl Candidate<'_> {
    fn boost(&self) -> f64 {
        if self.line.chronology {
            CHRONOLOGY
        } else {
            1.0
        }
    }
}

fn unit(index: &Index, line: &Line) -> Vector {
    let mut vector: Vector = line
        .words
        .iter()
        .map(|(word, count)| {
            let weight = index.weight.get(*word as usize).copied().unwrap_or(0.0);
            (*word, weight * f64::from(*count))
        })
        .collect();
    let norm = vector
        .iter()
        .map(|(_, value)| value * value)
        .sum::<f64>()
        .sqrt();
    for (_, value) in &mut vector {
        *value /= norm.max(1e-9);
    }
    vector
}

fn dot(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((left, x)), Some((right, y))) = (a.get(i), b.get(j)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x * y;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// The sum of vectors, each with its weight, scaled to length one.
fn centroid<'a>(vectors: impl Iterator<Item = (&'a Vector, f64)>) -> Vector {
    let mut sum: BTreeMap<u32, f64> = BTreeMap::new();
    for (vector, weight) in vectors {
        for (word, value) in vector {
            *sum.entry(*word).or_default() += value * weight;
        }
    }
    let norm = sum.values().map(|value| value * value).sum::<f64>().sqrt();
    sum.into_iter()
        .map(|(word, value)| (word, value / norm.max(1e-9)))
        .collect()
}

/// Lines that may tell `day`, equal texts once.
fn candidates<'a>(index: &'a Index, day: NaiveDate) -> Vec<Candidate<'a>> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    let mut add = |at: usize, dated: bool| {
        if let Some(line) = index.lines.get(at)
            && line.telling
            && seen.insert(line.key)
        {
            out.push(Candidate {
                at,
                line,
                vector: unit(index, line),
                dated,
            });
        }
    };
    for at in index.dated.get(&day).into_iter().flatten() {
        add(*at, true);
    }
    for published in [day, calendar::add_days(day, 1)] {
        for source in index.published.get(&published).into_iter().flatten() {
            let Some(source) = index.sources.get(*source) else {
                continue;
            };
            for at in source.lines.clone().take(HEAD) {
                let undated = index
                    .lines
                    .get(at)
                    .is_some_and(|line| line.days.is_empty() && line.entry.is_none());
                if undated {
                    add(at, false);
                }
            }
        }
    }
    out
}

/// Where a falling curve stops falling fast: the point farthest below the line between its ends.
fn knee(falling: &[f64]) -> usize {
    let (Some(first), Some(last)) = (falling.first(), falling.last()) else {
        return 0;
    };
    let steps = (falling.len() - 1).max(1) as f64;
    let mut best = (0.0, falling.len() - 1);
    for (at, value) in falling.iter().enumerate() {
        let chord = first + (last - first) * at as f64 / steps;
        if chord - value > best.0 + 1e-12 {
            best = (chord - value, at);
        }
    }
    best.1
}

/// The best `k` sentences of `day` but those with a key in `told`; none where no candidate holds a keyword.
pub(super) fn sentences(
    index: &Index,
    day: NaiveDate,
    k: usize,
    told: &BTreeSet<u64>,
) -> Vec<usize> {
    let mut candidates = candidates(index, day);
    candidates.retain(|one| !told.contains(&one.line.key));
    if candidates.is_empty() {
        return Vec::new();
    }
    let part = |dated: bool| {
        centroid(
            candidates
                .iter()
                .filter(|one| one.dated == dated)
                .map(|one| (&one.vector, one.boost())),
        )
    };
    let (named, published) = (part(true), part(false));
    let first: Vector = if named.is_empty() {
        published
    } else if published.is_empty() {
        named
    } else {
        // Words that only one side has are chance: both must agree.
        let mut both = Vec::new();
        for (word, value) in &named {
            if let Ok(at) = published.binary_search_by_key(word, |(word, _)| *word) {
                let other = published.get(at).map_or(0.0, |(_, value)| *value);
                both.push((*word, f64::midpoint(*value, other)));
            }
        }
        if both.is_empty() { named } else { both }
    };
    let mut ranked: Vec<(f64, &Candidate)> = candidates
        .iter()
        .map(|one| (dot(&one.vector, &first) * one.boost(), one))
        .collect();
    sort(&mut ranked);
    let curve: Vec<f64> = ranked.iter().map(|(score, _)| *score).collect();
    let kept = if ranked.len() > 2 {
        knee(&curve) + 1
    } else {
        ranked.len()
    };
    let second = centroid(
        ranked
            .iter()
            .take(kept)
            .map(|(_, one)| (&one.vector, one.boost())),
    );
    let mut near: Vec<(f64, &Candidate)> = candidates
        .iter()
        .filter(|one| one.line.keyword || one.line.chronology)
        .map(|one| (dot(&one.vector, &second) * one.boost(), one))
        .collect();
    sort(&mut near);
    near.truncate(NEAREST);
    cover(&near, &second, k)
}

fn sort(list: &mut [(f64, &Candidate)]) {
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.at.cmp(&b.1.at)));
}

/// Greedy choice: each word of the centroid pays again for every sentence that holds it, but less.
fn cover(near: &[(f64, &Candidate)], centroid: &Vector, k: usize) -> Vec<usize> {
    let mut covered: BTreeMap<u32, f64> = BTreeMap::new();
    let mut chosen: Vec<&Candidate> = Vec::new();
    while chosen.len() < k {
        let mut best: Option<(f64, &Candidate)> = None;
        for (_, one) in near {
            let repeats = chosen
                .iter()
                .any(|other| other.at == one.at || dot(&other.vector, &one.vector) > REPEATS);
            if repeats {
                continue;
            }
            let gain: f64 = one
                .line
                .words
                .iter()
                .filter_map(|(word, _)| {
                    let at = centroid
                        .binary_search_by_key(word, |(word, _)| *word)
                        .ok()?;
                    let count = covered.get(word).copied().unwrap_or(0.0);
                    Some(centroid.get(at)?.1 * ((count + 1.0).sqrt() - count.sqrt()))
                })
                .sum();
            let words = one
                .line
                .words
                .iter()
                .map(|(_, count)| f64::from(*count))
                .sum::<f64>();
            let value = gain / words.max(SHORT).powf(LENGTH) * one.boost();
            if best.is_none_or(|(most, _)| value > most) {
                best = Some((value, one));
            }
        }
        let Some((_, one)) = best else { break };
        for (word, _) in &one.line.words {
            *covered.entry(*word).or_default() += 1.0;
        }
        chosen.push(one);
    }
    chosen.iter().map(|one| one.at).collect()
}
