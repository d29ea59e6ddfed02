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
            let mut number = || cells.next().and_then(|c| c.parse::<f32>().ok()).unwrap_or(0.0);
            rows.insert(name, (number(), number()));
        }
        let names = feature::names();
        let set = |of: fn(&(f32, f32)) -> f32, size: usize| Weights {
            bias: rows.get("bias").map_or(0.0, of),
            values: names.iter().take(size).map(|n| rows.get(n.as_str()).map_or(0.0, of)).collect(),
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
                features.each(at, |value| sum += value * values.next().copied().unwrap_or(0.0));
                sum
            })
            .collect()
    }
}
