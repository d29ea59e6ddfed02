//! The table test of all rule families, the scores on shared data, and properties.

use super::rule::FAMILIES;
use super::{Calendar, Clue, Signal, Tense};
use crate::annotate::{Annotated, Basis, Published, annotate, timex};
use crate::article::Article;
use crate::text::{Span, sentence};
use crate::when::Interval;
use chrono::{NaiveDate, Weekday};
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

#[test]
fn a_history_goes_on_in_its_own_year() {
    let text = "In June 1941 the siege began. By 1942 it had failed. On 3 March 1943 the town fell. \
                In April the bridge was rebuilt. In 1944 peace came. The following year he died. \
                In December 1945 the last ship left. In January the port closed.";
    let values: Vec<String> = shown(&read(text, "2009-12-19".parse().ok()))
        .into_iter()
        .map(|(_, _, value)| value)
        .collect();
    assert_eq!(
        values,
        [
            "1941-06",
            "1942",
            "1943-03-03",
            "1943-04",
            "1944",
            "1945",
            "1945-12",
            "1946-01"
        ]
    );
}

#[test]
fn clues_and_signals_serve_the_other_rooms() {
    let text = "Since 1994, marches went on for five weeks until Sunday, September 20; \
                they met last week and will meet on Friday.";
    let made = read(text, None);
    let found = timex::recognize(&made);
    let clues: Vec<Clue> = found.iter().map(|e| e.clue).collect();
    let parts = |year, month, day, weekday| {
        Clue::Calendar(Calendar {
            year,
            month,
            day,
            weekday,
        })
    };
    assert_eq!(
        clues,
        [
            parts(Some(1994), None, None, None),
            Clue::Length(35),
            parts(None, Some(9), Some(20), Some(Weekday::Sun)),
            Clue::Weeks(-1),
            parts(None, None, None, Some(Weekday::Fri)),
        ]
    );
    let signals: Vec<Signal> = found.iter().map(|e| e.signal).collect();
    assert_eq!(
        signals,
        [
            Signal::Since,
            Signal::For,
            Signal::Until,
            Signal::None,
            Signal::None
        ]
    );
    assert_eq!(found[4].tense, Tense::Future);
    assert_eq!(found[3].tense, Tense::Past);
}

#[test]
fn intervals_are_days() {
    let made = read(
        "Early in August 1999 and earlier this week they met at 10:30 GMT+2 on May 3.",
        "2020-09-16".parse().ok(),
    );
    let shown: Vec<String> = made
        .timexes
        .iter()
        .map(|t| {
            format!(
                "{}{}",
                t.interval,
                if t.interval.approximate { "~" } else { "" }
            )
        })
        .collect();
    assert_eq!(shown, ["1999-08~", "2020-09-14..2020-09-16", "2020-05-03"]);
    let at = made.timexes[2].interval.at.map(|at| at.to_rfc3339());
    assert_eq!(at.as_deref(), Some("2020-05-03T10:30:00+02:00"));
}

fn shared() -> std::path::PathBuf {
    std::env::var_os("DATELINE_SHARED").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into(),
        Into::into,
    )
}

/// The least value F1 on each set, as this test counts it.
const FLOORS: &[(&str, f64)] = &[
    ("timebank", 0.845),
    ("aquaint", 0.77),
    ("meantime-apple", 0.86),
    ("wikiwars", 0.86),
];

/// Writes predictions for `score_time.py` where `DATELINE_TIMEX_OUT` names a folder, and prints
/// the share of gold expressions with the right value.
#[test]
fn finds_most_expressions_of_shared_data() {
    let out = std::env::var_os("DATELINE_TIMEX_OUT").map(std::path::PathBuf::from);
    let mut sets: Vec<(std::path::PathBuf, f64)> = FLOORS
        .iter()
        .map(|(name, floor)| {
            (
                shared().join("eval/time").join(format!("{name}.jsonl")),
                *floor,
            )
        })
        .collect();
    if let Some(more) = std::env::var_os("DATELINE_TIMEX_MORE") {
        sets.extend(std::env::split_paths(&more).map(|path| (path, 0.0)));
    }
    for (path, floor) in sets {
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .unwrap()
            .to_owned();
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
        let mut text = String::new();
        for (i, space) in &picks {
            text.push_str(WORDS[*i]);
            if *space {
                text.push(' ');
            }
        }
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
