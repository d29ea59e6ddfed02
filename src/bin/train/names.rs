//! Fits the weights of the similarity of names: `train names PAIRS CASES OWN OUT`.

use anyhow::{Context, Result};
use dateline::resolve::entity::alike::{
    Weights, fit::fit, name_features, pair, word, word_features,
};
use std::fmt::Write as _;
use std::path::Path;

/// Words that are equal or whose pair is a guess weigh less than a case a person judged.
const RIDGE_OF_WORDS: f64 = 1.0;
/// Names drawn for the nearest of them; as many as were drawn for the table.
const DRAWN: usize = 60;
const RIDGE: f64 = 0.5;

const HEAD: &str = "\
# Weights of the similarity of names; see README.md for data, figures and how they were made.
# LEVEL.FEATURE WEIGHT: log-odds for a feature of 1. `word` judges two words, `person` and `thing`
# two names; from `threshold` on, two names are called the same.
";

/// One judged pair of names.
struct Case {
    person: bool,
    a: String,
    b: String,
    same: bool,
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Judged pairs of a table with commas or, where a line has some, tabs: (group,) schema, two
/// names, `true` or `false`.
fn cases(text: &str) -> Vec<Case> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let fields = if line.contains('\t') {
                line.split('\t').map(str::to_owned).collect()
            } else {
                fields(line).into_iter().skip(1).collect::<Vec<_>>()
            };
            let [schema, a, b, same, ..] = fields.as_slice() else {
                return None;
            };
            Some(Case {
                person: schema == "Person",
                a: a.clone(),
                b: b.clone(),
                same: same.parse().ok()?,
            })
        })
        .collect()
}

/// The fields of a line of a comma table; quotes are taken off.
fn fields(line: &str) -> Vec<String> {
    let mut made = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => made.push(String::new()),
            other => {
                if let Some(field) = made.last_mut() {
                    field.push(other);
                }
            }
        }
    }
    made
}

fn wide(features: &[f32]) -> Vec<f64> {
    features.iter().map(|x| f64::from(*x)).collect()
}

/// Negatives beside those of the table, which share their first two letters: for every other name
/// the nearest of some names drawn from all, and for the rest one drawn at random.
fn strangers(same: &[(&str, &str)]) -> Vec<(Vec<f64>, bool, f64)> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        same[(state >> 33) as usize % same.len()].1
    };
    let mut made = Vec::new();
    for (at, (name, spelling)) in same.iter().enumerate() {
        let drawn = if at % 2 == 0 { DRAWN } else { 1 };
        let nearest = (0..drawn)
            .map(|_| draw())
            .filter(|other| other != name && other != spelling)
            .min_by_key(|other| word::distance(name, other));
        if let Some(other) = nearest {
            made.push((wide(&word_features(name, other)), false, 1.0));
        }
    }
    made
}

/// Fits and writes the weights; deterministic.
pub(crate) fn run(pairs: &Path, table: &Path, own: &Path, out: &Path) -> Result<()> {
    let text = read(pairs)?;
    let judged: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|f| f.len() == 6 && f[0] == "train")
        .collect();
    let mut rows: Vec<(Vec<f64>, bool, f64)> = judged
        .iter()
        .map(|f| (wide(&word_features(f[2], f[3])), f[4] == "1", 1.0))
        .collect();
    let same: Vec<(&str, &str)> = judged
        .iter()
        .filter(|f| f[4] == "1")
        .map(|f| (f[2], f[3]))
        .collect();
    rows.extend(strangers(&same));
    let words = fit(&rows, RIDGE_OF_WORDS);
    let mut made = String::from(HEAD);
    for (name, weight) in word::NAMES.iter().zip(&words) {
        writeln!(made, "word.{name} {weight:.3}")?;
    }
    let weights = Weights::parse(&made);
    let mut judged = cases(&read(table)?);
    judged.extend(cases(&read(own)?));
    let mut scored: Vec<(f64, bool)> = Vec::new();
    for (level, person) in [("person", true), ("thing", false)] {
        let rows: Vec<(Vec<f64>, bool, f64)> = judged
            .iter()
            .filter(|case| case.person == person)
            .map(|c| {
                (
                    wide(&name_features(&weights, &c.a, &c.b, person)),
                    c.same,
                    1.0,
                )
            })
            .collect();
        let fitted = fit(&rows, RIDGE);
        for (name, weight) in pair::NAMES.iter().zip(&fitted) {
            writeln!(made, "{level}.{name} {weight:.3}")?;
        }
        scored.extend(rows.iter().map(|(x, same, _)| {
            let sum = x.iter().zip(&fitted).map(|(x, w)| x * w).sum();
            (sum, *same)
        }));
    }
    writeln!(made, "threshold {:.2}", best_threshold(&mut scored))?;
    std::fs::write(out, made).with_context(|| format!("cannot write {}", out.display()))?;
    Ok(())
}

/// The threshold of highest F1.
fn best_threshold(scored: &mut [(f64, bool)]) -> f64 {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = scored.iter().filter(|row| row.1).count() as f64;
    let (mut right, mut best) = (0.0, (0.0, 0.0));
    for (at, (odds, same)) in scored.iter().enumerate() {
        right += f64::from(u8::from(*same));
        let f1 = 2.0 * right / (all + at as f64 + 1.0);
        if f1 > best.0 {
            best = (f1, *odds);
        }
    }
    best.1
}
