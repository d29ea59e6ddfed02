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
    /// Lines whose log odds are above minus this add to a run, those below take from it.
    run_bias: f32,
    /// Inside the run only lines below these log odds go.
    keep_above: f32,
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
        let set = |of: fn(&(f32, f32)) -> f32, size: usize| {
            let row = |name: &str| rows.get(name).map_or(0.0, of);
            Weights {
                bias: row("bias"),
                values: names.iter().take(size).map(|name| row(name)).collect(),
                run_bias: row("run-bias"),
                keep_above: row("keep-above"),
            }
        };
        Self {
            plain: set(|row| row.0, feature::PLAIN),
            marked: set(|row| row.1, feature::MARKED),
        }
    }

    /// The best contiguous run of lines that read as the text of an article.
    pub(super) fn run(&self, lines: &[Line]) -> Run {
        let marked = lines.iter().any(|line| line.main.is_some());
        let weights = if marked { &self.marked } else { &self.plain };
        let features = Features::new(lines, marked);
        let scores: Vec<f32> = (0..lines.len())
            .map(|at| {
                let mut sum = weights.bias;
                let mut values = weights.values.iter();
                features.each(at, |value| {
                    sum += value * values.next().copied().unwrap_or(0.0);
                });
                sum
            })
            .collect();
        best(lines, &scores, weights)
    }
}

/// One line cannot outweigh any number of others.
const MOST: f32 = 4.0;

/// The article as the model sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// First line of the run.
    pub(super) start: usize,
    /// For every line of the text: in the run, and likely enough.
    pub(super) kept: Vec<bool>,
}

/// The contiguous run with the greatest sum of log odds, each weighed by its line's length.
fn best(lines: &[Line], scores: &[f32], weights: &Weights) -> Run {
    let (mut most, mut sum, mut start) = (0.0_f32, 0.0_f32, 0);
    let mut found = 0..0;
    for (at, (line, score)) in lines.iter().zip(scores).enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        let length = (1.0 + line.words.min(60) as f32).ln();
        sum += (score + weights.run_bias).clamp(-MOST, MOST) * length;
        if sum > most {
            most = sum;
            found = start..at + 1;
        }
    }
    let kept = scores
        .iter()
        .enumerate()
        .map(|(at, score)| found.contains(&at) && *score > weights.keep_above)
        .collect();
    Run {
        start: found.start,
        kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_weights() {
        let file = include_str!("../../../assets/clean/line-model.tsv");
        let rows = file.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(rows, feature::names().len() + 3);
        assert!(
            SHIPPED
                .plain
                .values
                .iter()
                .all(|w| w.is_finite() && w.abs() < 20.0)
        );
    }

    #[test]
    fn one_weak_line_does_not_cut_a_run() {
        let line = Line {
            words: 20,
            ..Line::default()
        };
        let weights = Weights {
            keep_above: -1.0,
            ..Weights::default()
        };
        let run = best(&[line; 6], &[-3.0, 3.0, -2.0, 2.0, 2.0, -3.0], &weights);
        assert_eq!(run.kept, [false, true, false, true, true, false]);
        assert_eq!(run.start, 1);
    }
}
