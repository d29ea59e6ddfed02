//! The averaged structured perceptron with partial labels.
//!
//! Collins 2002; with sets of allowed labels the update goes from the best path of all to the best
//! path within the sets (Fernandes and Brefeld 2011), and only where the former leaves the sets.

use super::super::document::Document;
use super::super::label::{LABELS, LabelSet, OUTSIDE, begin, is_inside, may_follow};
use super::super::model::{self, Model};
use super::super::word::NONE;
use super::super::{decode, feature, hash, table};
use super::{Gazetteer, Passage};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: usize,
    /// Features seen less often are left out.
    pub least: u32,
    /// Runs, each in another order of the data; their weights are averaged.
    pub runs: usize,
    /// Rows whose largest weight is below this are left out of the file.
    pub small: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 5,
            least: 6,
            runs: 4,
            small: 1.0,
        }
    }
}

/// Feature keys are hashes already.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash::bytes(bytes);
    }
    fn write_u32(&mut self, value: u32) {
        self.0 = u64::from(value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

type Counts = HashMap<u32, u32, BuildHasherDefault<Spread>>;
type Row = [f32; LABELS];

/// A stretch of candidate words.
struct Segment {
    words: Vec<(Vec<u32>, LabelSet)>,
    weight: f32,
}

struct Weights {
    now: Vec<Row>,
    sum: Vec<Row>,
    transitions: [Row; LABELS],
    transition_sum: [Row; LABELS],
}

impl Weights {
    fn new(features: usize) -> Self {
        Self {
            now: vec![[0.0; LABELS]; features],
            sum: vec![[0.0; LABELS]; features],
            transitions: [[0.0; LABELS]; LABELS],
            transition_sum: [[0.0; LABELS]; LABELS],
        }
    }

    fn add(&mut self, other: &Self) {
        let own = self.now.iter_mut().chain(&mut self.transitions);
        for (row, more) in own.zip(other.now.iter().chain(&other.transitions)) {
            row.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        }
    }
}

/// Trains a model and packs it. `report` hears of every epoch.
///
/// Returns the packed model; empty where the gazetteer cannot be read back (a bug).
pub fn train(
    passages: &[Passage],
    gazetteer: &Gazetteer,
    settings: Settings,
    report: &mut dyn FnMut(&str),
) -> Vec<u8> {
    let mut sections = gazetteer.sections();
    let empty = model::pack(&sections);
    let Some(base) = Model::read(&empty) else {
        return Vec::new();
    };
    let mut segments = extract(passages, &base);
    let keys = number(&mut segments, settings.least);
    report(&format!(
        "{} segments, {} features",
        segments.len(),
        keys.len()
    ));
    let mut weights = Weights::new(keys.len());
    for run in 0..settings.runs.max(1) {
        weights.add(&learn(
            &segments,
            keys.len(),
            settings.epochs,
            run as u64,
            report,
        ));
    }
    pack_weights(&weights, &keys, settings.small, &mut sections, report);
    model::pack(&sections)
}

fn extract(passages: &[Passage], model: &Model) -> Vec<Segment> {
    let mut made = Vec::new();
    for piece in passages {
        let document = Document::new(&piece.text, piece.sentences.iter().copied(), model);
        let sentences = decode::sentence_of(&document);
        for (number, words) in decode::segments(&document) {
            let Some(sentence) = document.sentences.get(number) else {
                continue;
            };
            let mut segment = Segment {
                words: Vec::new(),
                weight: piece.weight,
            };
            let mut before = 1 << OUTSIDE;
            for at in words {
                let word = &document.words[at];
                let mut keys = Vec::new();
                feature::local(&piece.text, &document, sentence, at, &mut keys);
                if word.group != NONE {
                    feature::group(&document, &sentences, word.group as usize, &mut keys);
                }
                let set = reachable(piece.allowed(word.span), before);
                before = set;
                segment.words.push((keys, set));
            }
            made.push(segment);
        }
    }
    made
}

/// Where no allowed label may follow the word before (its beginning is no candidate, say), insides
/// become beginnings.
fn reachable(set: LabelSet, before: LabelSet) -> LabelSet {
    let has = |set: LabelSet, label: usize| set & (1 << label) != 0;
    let fits = |next: usize| (0..LABELS).any(|b| has(before, b) && may_follow(b, next));
    let open = (0..LABELS).filter(|l| has(set, *l) && fits(*l));
    let reached: LabelSet = open.fold(0, |sum, l| sum | 1 << l);
    if reached != 0 {
        return reached;
    }
    (0..LABELS)
        .filter(|l| has(set, *l))
        .fold(0, |sum, l| sum | 1 << if is_inside(l) { l - 1 } else { l })
}

/// Gives features numbers, leaving out the rare ones. Returns their keys.
fn number(segments: &mut [Segment], least: u32) -> Vec<u32> {
    let mut counts = Counts::default();
    for (keys, _) in segments.iter().flat_map(|s| &s.words) {
        for key in keys {
            *counts.entry(*key).or_default() += 1;
        }
    }
    let mut kept: Vec<u32> = counts
        .iter()
        .filter(|(_, count)| **count >= least)
        .map(|(key, _)| *key)
        .collect();
    kept.sort_unstable();
    counts.clear();
    counts.extend(kept.iter().enumerate().map(|(row, key)| (*key, row as u32)));
    for (keys, _) in segments.iter_mut().flat_map(|s| &mut s.words) {
        let rows = keys.iter().filter_map(|key| counts.get(key).copied());
        *keys = rows.collect();
    }
    kept
}

fn learn(
    segments: &[Segment],
    features: usize,
    epochs: usize,
    run: u64,
    report: &mut dyn FnMut(&str),
) -> Weights {
    let mut weights = Weights::new(features);
    let mut order: Vec<usize> = (0..segments.len()).collect();
    let mut random = 0x2545_F491_4F6C_DD1D_u64.wrapping_add(run << 32);
    let mut step = 1.0_f32;
    let mut scores = Vec::new();
    for epoch in 1..=epochs {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        let mut wrong = 0;
        for &at in &order {
            let segment = &segments[at];
            scores.clear();
            for (rows, _) in &segment.words {
                let mut sum = [0.0; LABELS];
                for row in rows {
                    let row = &weights.now[*row as usize];
                    for (a, b) in sum.iter_mut().zip(row) {
                        *a += b;
                    }
                }
                scores.push(sum);
            }
            let free = path(&scores, &weights.transitions, |_| label_any());
            let within = |(at, label): (usize, &usize)| segment.words[at].1 & (1 << label) != 0;
            if !free.iter().enumerate().all(within) {
                let gold = path(&scores, &weights.transitions, |at| segment.words[at].1);
                update(&mut weights, segment, &gold, &free, step);
                wrong += 1;
            }
            step += 1.0;
        }
        report(&format!("epoch {epoch}: {wrong} of {} wrong", order.len()));
    }
    let average = |now: &mut Row, sum: &Row| {
        for (a, b) in now.iter_mut().zip(sum) {
            *a -= b / step;
        }
    };
    let sums = std::mem::take(&mut weights.sum);
    weights
        .now
        .iter_mut()
        .zip(&sums)
        .for_each(|(a, b)| average(a, b));
    let sums = weights.transition_sum;
    weights
        .transitions
        .iter_mut()
        .zip(&sums)
        .for_each(|(a, b)| average(a, b));
    weights
}

const fn label_any() -> LabelSet {
    (1 << LABELS) - 1
}

fn update(weights: &mut Weights, segment: &Segment, gold: &[usize], free: &[usize], step: f32) {
    let rate = segment.weight;
    let mut before = (OUTSIDE, OUTSIDE);
    for (at, (&right, &wrong)) in gold.iter().zip(free).enumerate() {
        if right != wrong {
            for row in &segment.words[at].0 {
                let row = *row as usize;
                weights.now[row][right] += rate;
                weights.now[row][wrong] -= rate;
                weights.sum[row][right] += rate * step;
                weights.sum[row][wrong] -= rate * step;
            }
        }
        if (before.0, right) != (before.1, wrong) {
            weights.transitions[before.0][right] += rate;
            weights.transitions[before.1][wrong] -= rate;
            weights.transition_sum[before.0][right] += rate * step;
            weights.transition_sum[before.1][wrong] -= rate * step;
        }
        before = (right, wrong);
    }
}

/// The best path through the allowed labels.
fn path(
    scores: &[Row],
    transitions: &[Row; LABELS],
    allowed: impl Fn(usize) -> LabelSet,
) -> Vec<usize> {
    let mut best = [f32::NEG_INFINITY; LABELS];
    best[OUTSIDE] = 0.0;
    let mut back = Vec::with_capacity(scores.len());
    for (at, own) in scores.iter().enumerate() {
        let set = allowed(at);
        let mut next = [f32::NEG_INFINITY; LABELS];
        let mut from = [OUTSIDE; LABELS];
        for label in (0..LABELS).filter(|l| set & (1 << l) != 0) {
            for before in (0..LABELS).filter(|b| may_follow(*b, label)) {
                let sum = best[before] + transitions[before][label];
                if sum > next[label] {
                    next[label] = sum;
                    from[label] = before;
                }
            }
            next[label] += own[label];
        }
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS)
        .rev()
        .max_by(|a, b| best[*a].total_cmp(&best[*b]))
        .unwrap_or(OUTSIDE);
    let mut labels = Vec::with_capacity(back.len());
    for from in back.iter().rev() {
        labels.push(label);
        label = from[label];
    }
    labels.reverse();
    labels
}

fn pack_weights(
    weights: &Weights,
    keys: &[u32],
    small: f32,
    sections: &mut [Vec<u8>; model::SECTIONS],
    report: &mut dyn FnMut(&str),
) {
    let largest = |row: &Row| row.iter().fold(0.0_f32, |m, w| m.max(w.abs()));
    let most = weights.now.iter().map(largest).fold(1e-6, f32::max);
    let unit = most / 127.0 / 255.0;
    let mut rows = Vec::new();
    for (key, row) in keys.iter().zip(&weights.now) {
        let size = largest(row);
        if size < small {
            continue;
        }
        let scale = (size / 127.0 / unit).ceil().clamp(1.0, 255.0);
        let mut record = [0_u8; model::ROW];
        record[0] = scale as u8;
        for (byte, weight) in record[1..].iter_mut().zip(row) {
            let level = (weight / (scale * unit)).round().clamp(-127.0, 127.0);
            *byte = (level as i8).cast_unsigned();
        }
        rows.push((*key, record));
    }
    report(&format!("{} rows kept, largest weight {most}", rows.len()));
    sections[0].clear();
    for row in &weights.transitions {
        for weight in row {
            sections[0].extend(((weight / unit).round() as i32).to_le_bytes());
        }
    }
    sections[1] = table::pack(rows);
}

/// Checks the numbering of labels that files depend on.
const _: () = assert!(begin(4) == LABELS - 2);
