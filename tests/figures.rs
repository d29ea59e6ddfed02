//! Conflicts between figures, over a table of pairs: precision first, then recall.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dateline::annotate::annotate;
use dateline::article::{Article, ArticleId, ContentHash, DateHint, DateHintKind};
use dateline::text::Origin;
use dateline::timeline::{self, Verdict};
use std::sync::Arc;

const PAIRS: &str = include_str!("corpus/figures/pairs.tsv");
/// Recall of conflicts that is wanted, and the precision that it must have.
const RECALL: f64 = 0.8;
const PRECISION: f64 = 0.95;

fn article(id: &str, day: &str, text: &str) -> Arc<Article> {
    let mut made = Article {
        id: Some(ArticleId::new(id)),
        hash: ContentHash::of(text.as_bytes()),
        text: text.to_owned(),
        origin: Origin::verbatim(),
        ..Article::default()
    };
    made.hints.dates.push(DateHint {
        kind: DateHintKind::Given,
        name: "published".into(),
        raw: day.to_owned(),
        line: None,
    });
    Arc::new(made)
}

/// True where the timeline of two articles holds a conflict of figures.
fn differ(first: (&str, &str), second: (&str, &str)) -> bool {
    let batch = [
        Arc::new(annotate(article("a", first.0, first.1), None)),
        Arc::new(annotate(article("b", second.0, second.1), None)),
    ];
    let mut state = timeline::State::default();
    state.fold(&batch);
    let events = state.events(&());
    events
        .iter()
        .flat_map(|event| &event.figures)
        .any(|figure| figure.verdict == Verdict::Differ)
}

#[test]
fn conflicts_are_found_and_none_is_invented() {
    let (mut right, mut missed, mut invented) = (0, Vec::new(), Vec::new());
    for line in PAIRS.lines().filter(|line| !line.starts_with('#')) {
        let [verdict, day, text, other_day, other] =
            line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        match (verdict == "differ", differ((day, text), (other_day, other))) {
            (true, true) => right += 1,
            (true, false) => missed.push(text),
            (false, true) => invented.push(text),
            (false, false) => {}
        }
    }
    let (found, all) = (right + invented.len(), right + missed.len());
    let precision = f64::from(right as u32) / found.max(1) as f64;
    let recall = f64::from(right as u32) / all.max(1) as f64;
    println!(
        "conflicts of figures: {right} of {all} found, {} invented",
        invented.len()
    );
    println!("missed: {missed:#?}");
    assert!(precision >= PRECISION, "invented: {invented:#?}");
    assert!(recall >= RECALL, "missed: {missed:#?}");
}
