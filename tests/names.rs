//! The similarity of names against judged pairs, where `../shared` holds them.
//!
//! `name_bench` (`OpenSanctions`, MIT) has no part for training, so its figure is cross-validated: in
//! ten rounds the weights and one threshold for all names are fitted on nine tenths and judged on
//! the rest. The pairs of Latin spellings (Wikidata, CC0) have a training part, of which the
//! threshold is taken. Figures: `cargo test --release --test names -- --nocapture`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dateline::resolve::entity::alike::{Weights, fit::fit, name_features, words_alike};
use std::path::PathBuf;

const ROUNDS: u64 = 10;
const RIDGE: f64 = 0.5;

/// The text of a file of judged names; says so where it is absent.
fn shared(name: &str) -> Option<String> {
    let root = std::env::var_os("DATELINE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    let path = root.join("eval/ner/names").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: no {}", path.display());
    }
    text
}

/// Highest F1 over all thresholds, and the threshold.
fn best(rows: &mut [(f64, bool)]) -> (f64, f64) {
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = rows.iter().filter(|row| row.1).count() as f64;
    let (mut right, mut best) = (0.0, (0.0, 0.0));
    for (at, (odds, same)) in rows.iter().enumerate() {
        right += f64::from(u8::from(*same));
        let f1 = 2.0 * right / (all + at as f64 + 1.0);
        if f1 > best.0 {
            best = (f1, *odds);
        }
    }
    best
}

/// F1 of judgements (said, real).
fn f1<'a>(rows: impl Iterator<Item = &'a (bool, bool)>) -> f64 {
    let (mut right, mut sum) = (0.0, 0.0);
    for (said, real) in rows {
        right += f64::from(u8::from(*said && *real));
        sum += f64::from(u8::from(*said)) + f64::from(u8::from(*real));
    }
    2.0 * right / sum
}

struct Case {
    person: bool,
    names: [String; 2],
    x: Vec<f64>,
    same: bool,
    round: u64,
}

fn case(person: bool, a: &str, b: &str, same: bool) -> Case {
    let x = name_features(Weights::shipped(), a, b, person);
    // A pair and the same pair turned round are judged in one round.
    let mut both = [a.to_lowercase(), b.to_lowercase()];
    both.sort();
    let hash = both
        .concat()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, c| {
            (h ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
        });
    Case {
        person,
        names: [a.to_owned(), b.to_owned()],
        x: x.iter().map(|x| f64::from(*x)).collect(),
        same,
        round: (hash >> 17) % ROUNDS,
    }
}

#[test]
fn name_bench() {
    let Some(text) = shared("name_bench_cases.csv") else {
        return;
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cases: Vec<Case> = reader
        .records()
        .map(Result::unwrap)
        .map(|r| case(&r[1] == "Person", &r[2], &r[3], &r[4] == "true"))
        .collect();
    assert!(cases.len() > 800, "{}", cases.len());
    let own: Vec<Case> = include_str!("../assets/resolve/alike-pairs.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|f| case(f[0] == "Person", f[1], f[2], f[3] == "true"))
        .collect();
    let mut judged: Vec<(bool, (bool, bool))> = Vec::new();
    for round in 0..ROUNDS {
        let train: Vec<&Case> = cases.iter().filter(|c| c.round != round).collect();
        let weights = [true, false].map(|person| {
            let rows: Vec<_> = train
                .iter()
                .copied()
                .chain(&own)
                .filter(|c| c.person == person)
                .map(|c| (c.x.clone(), c.same, 1.0))
                .collect();
            fit(&rows, RIDGE)
        });
        let odds = |case: &Case| -> f64 {
            let weights = &weights[usize::from(!case.person)];
            case.x.iter().zip(weights).map(|(x, w)| x * w).sum()
        };
        let mut rows: Vec<(f64, bool)> = train.iter().map(|c| (odds(c), c.same)).collect();
        let threshold = best(&mut rows).1;
        for case in cases.iter().filter(|c| c.round == round) {
            let said = odds(case) >= threshold;
            if said != case.same && std::env::var_os("DATELINE_MISSES").is_some() {
                println!("{} {:?} {:.1}", case.same, case.names, odds(case));
            }
            judged.push((case.person, (said, case.same)));
        }
    }
    let all = f1(judged.iter().map(|row| &row.1));
    let persons = f1(judged.iter().filter(|row| row.0).map(|row| &row.1));
    println!("name_bench, cross-validated: F1 {all:.3} of all, {persons:.3} of persons");
    assert!(all > 0.79 && persons > 0.742, "{all} {persons}");
}

#[test]
fn latin_variant_pairs() {
    let Some(text) = shared("latin_variant_pairs.tsv") else {
        return;
    };
    let rows: Vec<(bool, bool, f64, bool)> = text
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|f| {
            let odds = f64::from(words_alike(f[2], f[3]));
            (f[0] == "test", f[5] == "hard", odds, f[4] == "1")
        })
        .collect();
    for (hard, floor) in [(false, 0.82), (true, 0.68)] {
        let part = |test: bool| rows.iter().filter(move |r| r.0 == test && (hard || !r.1));
        let mut train: Vec<(f64, bool)> = part(false).map(|r| (r.2, r.3)).collect();
        let threshold = best(&mut train).1;
        let judged: Vec<(bool, bool)> = part(true).map(|r| (r.2 >= threshold, r.3)).collect();
        let f1 = f1(judged.iter());
        println!("latin_variant_pairs, hard negatives {hard}: F1 {f1:.3}");
        assert!(f1 > floor, "{f1}");
    }
}
