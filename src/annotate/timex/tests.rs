//! The table test of all rule families, the scores on shared data, and properties.

use super::rule::FAMILIES;
use crate::annotate::{Annotated, Basis, Published, annotate, timex};
use crate::article::Article;
use crate::text::{Span, sentence};
use crate::when::Interval;
use chrono::NaiveDate;
use proptest::prelude::*;
use std::sync::Arc;

fn read(text: &str, written: Option<NaiveDate>) -> Annotated {
    let article = Article {
        text: text.to_owned(),
        as_is: true,
        ..Article::default()
    };
    let mut made = Annotated::new(Arc::new(article));
    made.sentences = sentence::split(text, Span::new(0, text.len()));
    if let Some(day) = written {
        made.published = Published {
            interval: Interval::day(day),
            basis: Basis::Given,
            ..Published::default()
        };
    }
    let found = timex::recognize(&made);
    made.timexes = timex::resolve(&made, &found);
    made
}

fn shown(made: &Annotated) -> Vec<(String, String, String)> {
    let text = made.text();
    made.timexes
        .iter()
        .map(|t| {
            let kind = format!("{:?}", t.kind).to_uppercase();
            (t.span.of(text).to_owned(), kind, t.value.clone())
        })
        .collect()
}

#[test]
fn every_example_of_every_rule_holds() {
    let mut wrong = Vec::new();
    for family in FAMILIES {
        assert!(
            !family.examples.is_empty(),
            "{} has no example",
            family.name
        );
        for (text, day, want) in family.examples {
            let got = shown(&read(text, day.parse().ok()));
            let want: Vec<_> = want
                .iter()
                .map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned()))
                .collect();
            if got != want {
                wrong.push(format!(
                    "{}: {text}\n   got {got:?}\n  want {want:?}",
                    family.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_a_day_of_writing_years_stay_open() {
    let got = shown(&read(
        "On Friday, August 9 was named; it began last week.",
        None,
    ));
    let values: Vec<&str> = got.iter().map(|(_, _, value)| value.as_str()).collect();
    assert_eq!(values, ["XXXX-08-09", "XXXX-WXX"]);
    assert_eq!(shown(&read("They met on Friday.", None))[0].2, "XXXX-WXX-5");
}

fn shared() -> std::path::PathBuf {
    std::env::var_os("DATELINE_SHARED").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into(),
        Into::into,
    )
}

/// Writes predictions for `score_time.py` where `DATELINE_TIMEX_OUT` names a folder, and prints
/// the share of gold expressions with the right value.
#[test]
fn finds_most_expressions_of_shared_data() {
    let out = std::env::var_os("DATELINE_TIMEX_OUT").map(std::path::PathBuf::from);
    for (name, floor) in [
        ("timebank", 0.0),
        ("aquaint", 0.0),
        ("meantime-apple", 0.0),
        ("wikiwars", 0.0),
    ] {
        let path = shared().join("eval/time").join(format!("{name}.jsonl"));
        let Ok(gold) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: no {}", path.display());
            continue;
        };
        let (mut predicted, mut total, mut right, mut made_count) = (String::new(), 0, 0, 0);
        let mut took = std::time::Duration::ZERO;
        let mut bytes = 0;
        for line in gold.lines() {
            let doc: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = doc["text"].as_str().unwrap();
            let article = Arc::new(Article {
                text: text.to_owned(),
                as_is: true,
                ..Article::default()
            });
            let dated = Published {
                interval: doc["dct"]
                    .as_str()
                    .and_then(|d| d.parse().ok())
                    .map_or(Interval::UNDATED, Interval::day),
                basis: Basis::Given,
                ..Published::default()
            };
            let made = annotate(article, Some(dated));
            let start = std::time::Instant::now();
            let again = timex::recognize(&made);
            std::hint::black_box(timex::resolve(&made, &again));
            took += start.elapsed();
            bytes += text.len();
            let chars = |at: u32| text[..at as usize].chars().count();
            let timexes: Vec<serde_json::Value> = made
                .timexes
                .iter()
                .map(|t| {
                    serde_json::json!({
                        "start": chars(t.span.start), "end": chars(t.span.end),
                        "type": t.kind, "value": t.value, "rule": t.rule,
                    })
                })
                .collect();
            for want in doc["timexes"].as_array().unwrap() {
                total += 1;
                right += usize::from(timexes.iter().any(|got| {
                    got["start"].as_u64() < want["end"].as_u64()
                        && want["start"].as_u64() < got["end"].as_u64()
                        && got["value"] == want["value"]
                }));
            }
            made_count += timexes.len();
            predicted
                .push_str(&serde_json::json!({"id": doc["id"], "timexes": timexes}).to_string());
            predicted.push('\n');
        }
        let f1 = 2.0 * f64::from(right as u32) / f64::from((total + made_count) as u32);
        eprintln!(
            "{name}: value F1 about {f1:.4}, {:.1} MB/s",
            bytes as f64 / 1e6 / took.as_secs_f64()
        );
        if let Some(out) = &out {
            std::fs::write(out.join(format!("{name}.jsonl")), predicted).unwrap();
        }
        assert!(f1 >= floor, "{name}: {f1}");
    }
}

const WORDS: &[&str] = &[
    "the",
    "a",
    "last",
    "next",
    "this",
    "early",
    "late",
    "mid",
    "-",
    "end",
    "of",
    "in",
    "two",
    "2",
    "31",
    "1999",
    "’s",
    "'90s",
    "May",
    "March",
    "Sept.",
    "Friday",
    "year",
    "years",
    "weeks",
    "quarter",
    "third",
    "ago",
    "later",
    "earlier",
    "half",
    "and",
    "10:45",
    "p.m.",
    "GMT",
    "+",
    "99999999999",
    "4294967295",
    "Easter",
    "0",
    "BC",
    "every",
    "2020-09-14",
    "é",
    "century",
    "thousand",
    "million",
    "hundred",
    ",",
    ".",
    "/",
    "fiscal",
    "night",
    "before",
    "day",
    "9999",
    "0001",
];

proptest! {
    #[test]
    fn any_text_gives_rising_disjoint_spans(text in "(\\PC|[a-zA-Z0-9'’ .,:/-]){0,80}") {
        check(&text)?;
    }

    #[test]
    fn any_words_give_rising_disjoint_spans(picks in proptest::collection::vec((0..WORDS.len(), any::<bool>()), 0..14), day in -700_000i64..2_900_000) {
        let text: String = picks.iter().map(|(i, space)| format!("{}{}", WORDS[*i], if *space { " " } else { "" })).collect();
        check(&text)?;
        let far = crate::when::calendar::add_days(NaiveDate::default(), day);
        read(&text, Some(far));
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    for written in [
        None,
        "2020-02-29".parse().ok(),
        "0001-01-01".parse().ok(),
        "9999-12-31".parse().ok(),
    ] {
        let made = read(text, written);
        let mut at = 0;
        for timex in &made.timexes {
            prop_assert!(timex.span.start >= at && timex.span.end > timex.span.start);
            prop_assert!(
                !timex.span.of(text).is_empty(),
                "not on character boundaries"
            );
            prop_assert!(!timex.value.is_empty());
            at = timex.span.end;
        }
    }
    Ok(())
}
