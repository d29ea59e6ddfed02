//! Dates of the events of SemEval-2015 task 4 (cross-document timelines), where `../shared` holds its trial data.
//!
//! Gold gives a word of a sentence and the date of its event: a day, a month, a year, or none. The event that covers
//! the word is compared with it. The gold places whatever an article tells on its day of publication; the program leaves
//! it undated where nothing says so, which counts as wrong in the first figure. The two data sets name their documents
//! differently; a document is known by its words. Figures: `cargo test --release --test targets -- --nocapture`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dateline::annotate::{Annotated, annotate};
use dateline::article::{Article, ArticleId, DateHint, DateHintKind};
use dateline::text::{Origin, Span};
use dateline::when::Interval;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// A date that is not known.
const NONE: &str = "XXXX-XX-XX";
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/time");
/// Shares of gold mentions below which something broke; the figures themselves are printed.
const FLOOR: (f64, f64) = (0.3, 0.45);

fn lines(name: &str) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(Path::new(FOLDER).join(name)).ok()?;
    let values = text.lines().map(|line| serde_json::from_str(line).unwrap());
    Some(values.collect())
}

/// A gold mention: number of its sentence, first word, date.
type Gold = (usize, String, String);

fn gold(timelines: &[Value]) -> BTreeMap<String, BTreeSet<Gold>> {
    let mut out: BTreeMap<String, BTreeSet<Gold>> = BTreeMap::new();
    for event in timelines
        .iter()
        .flat_map(|line| line["events"].as_array().unwrap())
    {
        for mention in event["mentions"].as_array().unwrap() {
            let word = mention["word"].as_str().unwrap();
            out.entry(mention["doc"].as_str().unwrap().to_owned())
                .or_default()
                .insert((
                    mention["sentence"].as_u64().unwrap() as usize,
                    word.split('_').next().unwrap().to_owned(),
                    event["date"].as_str().unwrap().to_owned(),
                ));
        }
    }
    out
}

/// Where `word` stands in line `nth` of `text`.
fn place(text: &str, nth: usize, word: &str) -> Option<Span> {
    let line = text.split('\n').nth(nth)?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    let at = start + line.find(word)?;
    Some(Span::new(at, at + word.len()))
}

fn read(doc: &Value) -> Annotated {
    let mut made = Article {
        id: Some(ArticleId::new(doc["id"].as_str().unwrap())),
        text: doc["text"].as_str().unwrap().to_owned(),
        origin: Origin::verbatim(),
        as_is: true,
        ..Article::default()
    };
    made.hints.dates.push(DateHint {
        kind: DateHintKind::Given,
        name: "published".into(),
        raw: doc["dct"].as_str().unwrap().to_owned(),
        line: None,
    });
    annotate(Arc::new(made), None)
}

/// A date as the gold writes it: as much of it as is known.
fn written(date: &Interval) -> String {
    let (Some(start), Some(end)) = (date.start, date.end) else {
        return NONE.to_owned();
    };
    let (start, end) = (start.to_string(), end.to_string());
    match () {
        () if start == end => start,
        () if start[..7] == end[..7] => start[..7].to_owned(),
        () if start[..4] == end[..4] => start[..4].to_owned(),
        () => NONE.to_owned(),
    }
}

#[test]
fn dates_of_target_events() {
    let (Some(timelines), Some(docs)) = (
        lines("timelines-apple.jsonl"),
        lines("meantime-apple.jsonl"),
    ) else {
        println!("skipped: no {FOLDER}");
        return;
    };
    let (mut all, mut right, mut dated, mut dated_right) = (0, 0, 0, 0);
    for wanted in gold(&timelines).values() {
        let hits = |doc: &Value| {
            let text = doc["text"].as_str().unwrap();
            wanted
                .iter()
                .filter(|(nth, word, _)| place(text, *nth, word).is_some())
                .count()
        };
        let Some(doc) = docs
            .iter()
            .max_by_key(|doc| hits(doc))
            .filter(|doc| hits(doc) > 0)
        else {
            continue;
        };
        let made = read(doc);
        for (nth, word, date) in wanted {
            let Some(at) = place(made.text(), *nth, word) else {
                continue;
            };
            let sentence = |index: u32| made.sentences[index as usize].contains(at);
            // Several events can share a clause: the finest date is that of its verb.
            let event = made
                .events
                .iter()
                .filter(|event| sentence(event.sentence) && event.span.contains(at))
                .min_by_key(|event| (event.span.len(), event.date.days().unwrap_or(i64::MAX)));
            let told = event.map_or(NONE.to_owned(), |event| written(&event.date));
            all += 1;
            right += usize::from(told == *date);
            dated += usize::from(told != NONE);
            dated_right += usize::from(told != NONE && told == *date);
        }
    }
    let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
    println!(
        "target events: {all} mentions, date or its absence right {:.3}; given a date {dated}, of these right {:.3}",
        share(right, all),
        share(dated_right, dated)
    );
    assert!(all > 50, "the two data sets no longer meet");
    assert!(share(right, all) >= FLOOR.0 && share(dated_right, dated) >= FLOOR.1);
}
