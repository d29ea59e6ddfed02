//! The line model: a logistic regression over `feature`, with weights from `assets/clean`.
//!
//! Not here: roles. The model says how much a line looks like the text of an article; the best
//! contiguous run of such lines is the article (maximum subsequence segmentation, Pasternack and
//! Roth, WWW 2009).

use super::feature::{self, Features};
use super::line::Line;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A set of weights: one for text without markup, one that also reads markup.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    plain: Weights,
    marked: Weights,
}

#[derive(Clone, Debug, Default)]
struct Weights {
    bias: f32,
    values: Vec<f32>,
}

/// The weights that are shipped.
pub(super) static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::parse(include_str!("../../../assets/clean/line-model.tsv")));

impl Model {
    /// Reads rows of `feature TAB plain weight TAB markup weight`; `#` begins a comment, a
    /// feature that is not named weighs nothing.
    pub(super) fn parse(file: &str) -> Self {
        let mut rows = BTreeMap::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let Some(name) = cells.next() else { continue };
            let mut number = || {
                cells
                    .next()
                    .and_then(|c| c.parse::<f32>().ok())
                    .unwrap_or(0.0)
            };
            rows.insert(name, (number(), number()));
        }
        let names = feature::names();
        let set = |of: fn(&(f32, f32)) -> f32, size: usize| Weights {
            bias: rows.get("bias").map_or(0.0, of),
            values: names
                .iter()
                .take(size)
                .map(|n| rows.get(n.as_str()).map_or(0.0, of))
                .collect(),
        };
        Self {
            plain: set(|row| row.0, feature::PLAIN),
            marked: set(|row| row.1, feature::MARKED),
        }
    }

    /// The log odds that each line is text of the article.
    pub(super) fn score(&self, lines: &[Line]) -> Vec<f32> {
        let marked = lines.iter().any(|line| line.main.is_some());
        let weights = if marked { &self.marked } else { &self.plain };
        let features = Features::new(lines, marked);
        (0..lines.len())
            .map(|at| {
                let mut sum = weights.bias;
                let mut values = weights.values.iter();
                features.each(at, |value| {
                    sum += value * values.next().copied().unwrap_or(0.0);
                });
                sum
            })
            .collect()
    }
}

/// Lines with log odds above this add to a run, those below take from it.
const RUN_BIAS: f32 = 0.7;
/// Inside the run only lines below these log odds go.
const KEEP_ABOVE: f32 = -1.5;
/// One line cannot outweigh any number of others.
const MOST: f32 = 4.0;

/// The article as the model sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// First line of the run.
    pub(super) start: usize,
    /// One past its last line; equal to `start` where nothing reads as an article.
    pub(super) end: usize,
    /// For every line of the text: in the run, and likely enough.
    pub(super) kept: Vec<bool>,
}

/// The best contiguous run of lines by their log odds, each weighed by its length.
pub(super) fn run(lines: &[Line], scores: &[f32]) -> Run {
    let (mut best, mut sum, mut start) = (0.0_f32, 0.0_f32, 0);
    let mut found = (0, 0);
    for (at, (line, score)) in lines.iter().zip(scores).enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        let length = (1.0 + line.words.min(60) as f32).ln();
        sum += (score + RUN_BIAS).clamp(-MOST, MOST) * length;
        if sum > best {
            best = sum;
            found = (start, at + 1);
        }
    }
    let kept = scores
        .iter()
        .enumerate()
        .map(|(at, score)| (found.0..found.1).contains(&at) && *score > KEEP_ABOVE)
        .collect();
    Run {
        start: found.0,
        end: found.1,
        kept,
    }
}
