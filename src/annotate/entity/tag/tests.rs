//! Tests of the whole tagger: invented sentences, hostile text, and the measuring set.

use super::*;
use crate::annotate::{Block, Role};
use crate::article::Article;
use crate::text::sentence;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// An article whose lines are all running text.
fn plain(text: &str) -> Annotated {
    let article = Article {
        text: text.to_owned(),
        as_is: true,
        ..Article::default()
    };
    let mut made = Annotated::new(Arc::new(article));
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            made.blocks.push(Block {
                span,
                role: Role::Body,
            });
            made.sentences.extend(sentence::split(text, span));
        }
    }
    made
}

fn names(text: &str) -> Vec<(&str, EntityKind)> {
    let tagged = tag(&plain(text));
    tagged
        .iter()
        .map(|(span, kind)| (span.of(text), *kind))
        .collect()
}

#[test]
fn finds_the_four_kinds() {
    let found = names(
        "The French prime minister, Claire Moreau, met officials of the World Health Organization \
         in Nairobi on Tuesday. Moreau's visit to Kenya was her first.",
    );
    for expected in [
        ("French", EntityKind::Norp),
        ("Claire Moreau", EntityKind::Person),
        ("World Health Organization", EntityKind::Org),
        ("Nairobi", EntityKind::Place),
        ("Moreau", EntityKind::Person),
        ("Kenya", EntityKind::Place),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert!(!found.iter().any(|(name, _)| name.contains("Tuesday")));
}

#[test]
fn titles_articles_and_possessives_stay_outside() {
    let found = names("President Anna Kowalska thanked the Red Cross's volunteers and Dr. Singh.");
    assert!(
        found.contains(&("Anna Kowalska", EntityKind::Person)),
        "{found:?}"
    );
    assert!(found.contains(&("Red Cross", EntityKind::Org)), "{found:?}");
    assert!(found.contains(&("Singh", EntityKind::Person)), "{found:?}");
}

#[test]
fn names_rise_are_disjoint_and_stay_within_sentences() {
    let hostile = [
        String::new(),
        "\u{FEFF}\u{FFFD}\u{FFFD} Ã©tÃ© à‰ Mr".to_owned(),
        "POLICE SAY FIRE IN PORT OF SPAIN KILLS TWO\nMinister - of - The - & - ( Bank".to_owned(),
        "Of The In And Mr. Dr. President's 's the The".to_owned(),
        "Ω Москва 東京 \u{202E}A.B.C. O’ d’ -- — ... U.S.-led non-EU X-Y-z".to_owned(),
        "A ".repeat(20_000),
        "Smith".repeat(20_000),
        "Smith-based-".repeat(10_000),
        "Lima, of the, ".repeat(20_000),
    ];
    for text in &hostile {
        let article = plain(text);
        let mut end = 0;
        for (span, _) in tag(&article) {
            assert!(span.start >= end && span.end > span.start);
            assert!(text.get(span.range()).is_some());
            assert!(article.sentences.iter().any(|s| s.contains(span)));
            end = span.end;
        }
    }
}

#[test]
fn a_megabyte_on_one_line_takes_no_longer_than_its_length() {
    let text =
        "Maria Oliveira of the National Assembly went from Porto to Lisbon and ".repeat(15_000);
    let began = std::time::Instant::now();
    let found = tag(&plain(&text)).len();
    assert!(found > 15_000);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn the_same_text_gives_the_same_names() {
    let text = "Ms Adeyemi told Reuters in Lagos that Zenith Bank will sue. Zenith declined.";
    assert_eq!(names(text), names(text));
}

const KINDS: [(&str, &str); 4] = [
    ("PERSON", "Person"),
    ("ORG", "Organization"),
    ("PLACE", "Location"),
    ("NORP", "NORP"),
];

/// As `score_ner.py --norm` does it, for the marks that matter.
fn normalise(text: &str, span: Span) -> Span {
    const MARKS: &str = " \t\r\n\"'“”‘’.,;:()[]";
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    loop {
        let inner = text.get(start..end).unwrap_or_default();
        let cut = |n: usize| n < inner.len();
        if let Some(first) = inner.chars().next().filter(|c| MARKS.contains(*c)) {
            start += first.len_utf8();
        } else if let Some(last) = inner
            .chars()
            .next_back()
            .filter(|c| MARKS.contains(*c) && !(*c == '.' && inner.chars().count() > 2))
        {
            end -= last.len_utf8();
        } else if let Some(tail) = ["'s", "’s", "'S", "’S"]
            .iter()
            .find(|t| inner.ends_with(**t) && cut(t.len()))
        {
            end -= tail.len();
        } else if let Some(head) = ["the ", "a ", "an ", "The ", "A ", "An ", "THE "]
            .iter()
            .find(|h| inner.starts_with(**h) && cut(h.len()))
        {
            start += head.len();
        } else {
            break;
        }
    }
    let inner = text.get(start..end).unwrap_or_default();
    let dots = inner.matches('.').count();
    if dots == 1 && inner.ends_with('.') && inner.chars().count() > 2 {
        end -= 1;
    }
    Span::new(start, end)
}

/// Tags the measuring set, writes predictions for `score_ner.py`, and holds the floor.
#[test]
fn holds_its_floor_on_foreign_news() {
    let shared = std::env::var_os("DATELINE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    let Ok(gold) = std::fs::read_to_string(shared.join("eval/ner/news-dev.jsonl")) else {
        eprintln!("skipped: no measuring set under {}", shared.display());
        return;
    };
    let mut counts = [[0_usize; 3]; KINDS.len()];
    let mut predictions = String::new();
    for line in gold.lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = record["text"].as_str().expect("text");
        let bytes: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let tagged = tag(&plain(text));
        let mut entities = Vec::new();
        for (span, kind) in &tagged {
            let place = |at: u32| bytes.binary_search(&(at as usize)).expect("on a boundary");
            entities.push(serde_json::json!({
                "start": place(span.start), "end": place(span.end), "type": kind.name(),
            }));
        }
        let made = serde_json::json!({"id": record["id"], "entities": entities});
        let _ = writeln!(predictions, "{made}");
        for ((ours, theirs), count) in KINDS.iter().zip(&mut counts) {
            let found: BTreeSet<Span> = tagged
                .iter()
                .filter(|(_, kind)| kind.name() == *ours)
                .map(|(span, _)| normalise(text, *span))
                .collect();
            let right: BTreeSet<Span> = record["entities"]
                .as_array()
                .expect("entities")
                .iter()
                .filter(|e| e["type"] == *theirs)
                .map(|e| {
                    let at = |key: &str| bytes[e[key].as_u64().expect("offset") as usize];
                    normalise(text, Span::new(at("start"), at("end")))
                })
                .filter(|span| !span.is_empty())
                .collect();
            count[0] += found.intersection(&right).count();
            count[1] += found.len();
            count[2] += right.len();
        }
    }
    let f1 = |[hit, found, right]: [usize; 3]| 200.0 * hit as f64 / (found + right).max(1) as f64;
    let mut sum = [0; 3];
    for ((kind, _), count) in KINDS.iter().zip(counts) {
        eprintln!("{kind:6} F1 {:.2}", f1(count));
        if *kind != "NORP" {
            sum.iter_mut().zip(count).for_each(|(a, b)| *a += b);
        }
    }
    eprintln!("ALL    F1 {:.2} (without NORP)", f1(sum));
    if let Some(path) = std::env::var_os("DATELINE_PREDICTIONS") {
        std::fs::write(path, predictions).expect("predictions are written");
    }
    assert!(
        f1(sum) > 81.3,
        "PERSON, ORG and PLACE together: {:.2}",
        f1(sum)
    );
    assert!(f1(counts[3]) > 85.0, "NORP: {:.2}", f1(counts[3]));
}
