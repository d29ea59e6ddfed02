//! Hostile and odd inputs, and real pages, through the public way in: find, then read.
//!
//! Both need the shared evaluation folder and Python for its scorers; without them they say so
//! and pass.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dateline::article::{Article, Markup, Tag};
use dateline::source::{Options, Outcome, find, read, read_bytes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The shared folder, where it is.
fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let folder = std::env::var_os("DATELINE_SHARED").map_or_else(|| beside.into(), PathBuf::from);
    let there = folder.join("eval/make_torture.py").is_file();
    let python = Command::new("python3").arg("--version").output().is_ok();
    if !(there && python) {
        eprintln!("skipped: no shared folder or no python3");
    }
    (there && python).then_some(folder)
}

fn python(script: &Path, arguments: &[&str]) -> String {
    let output = Command::new("python3")
        .arg(script)
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// True for what must never reach a terminal.
fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{9}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{61C}'
        | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}')
}

fn assert_clean(article: &Article) {
    let hints = &article.hints;
    let mut all = vec![article.text.as_str()];
    let lines = [
        &hints.title,
        &hints.byline,
        &hints.outlet,
        &hints.url,
        &hints.language,
        &hints.topic,
    ];
    all.extend(lines.into_iter().flatten().map(String::as_str));
    all.extend(hints.dates.iter().map(|d| d.raw.as_str()));
    all.extend(article.warnings.iter().map(|w| w.message.as_str()));
    for text in all {
        assert!(!text.chars().any(forbidden), "{}: {text:?}", article.id());
    }
    for m in &article.markup {
        assert!(
            article
                .text
                .get(m.span.range())
                .is_some_and(|t| t.trim() == t && !t.is_empty())
        );
    }
    assert!(
        article
            .markup
            .windows(2)
            .all(|w| w[0].span.end <= w[1].span.start)
    );
}

/// Reads a whole suite and writes the report that its scorer wants; returns what the scorer says.
fn torture(seed: &str) -> Option<(String, usize)> {
    let script = shared()?.join("eval/make_torture.py");
    let temporary = tempfile::tempdir().unwrap();
    let out = temporary.path();
    python(&script, &[out.to_str().unwrap(), "--seed", seed]);
    let inputs = out.join("inputs");
    let (found, passed_over) = find(std::slice::from_ref(&inputs));
    let manifest = fs::read_to_string(out.join("manifest.jsonl")).unwrap();
    let cases: Vec<Value> = manifest
        .lines()
        .skip(1)
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let mut rows: Vec<(String, Value)> = Vec::new();
    let mut slow = String::new();
    for file in &found {
        let start = Instant::now();
        let done = read(file, Options::default());
        let seconds = start.elapsed().as_secs_f64();
        if seconds > 0.5 {
            let _ = writeln!(slow, "  {seconds:.2} s {}", file.name);
        }
        let r = &done.report;
        assert_eq!(
            r.records,
            r.articles + r.copies + r.bad_records,
            "{}",
            r.file
        );
        done.articles.iter().for_each(assert_clean);
        let name = r.raw_file.as_ref().unwrap_or(&r.file);
        assert!(!r.file.chars().any(forbidden));
        let case = cases.iter().find(|c| c["file"] == json!(name));
        let words = case.map(|c| c["sentinels"].as_array().cloned().unwrap_or_default());
        let text: String = done.articles.iter().map(|a| a.text.as_str()).collect();
        let there: Vec<Value> = words
            .unwrap_or_default()
            .into_iter()
            .filter(|w| text.contains(w.as_str().unwrap()))
            .collect();
        let absent = case
            .and_then(|c| c["absent"].as_array().cloned())
            .unwrap_or_default();
        for word in absent {
            assert!(
                !text.contains(word.as_str().unwrap()),
                "{}: {word}",
                file.name
            );
        }
        rows.push((
            file.name.clone(),
            json!({
                "file": name, "outcome": r.outcome, "reason": r.reason, "articles": r.articles,
                "bad_records": r.bad_records, "found": there, "seconds": seconds,
            }),
        ));
    }
    for r in &passed_over {
        assert_eq!(r.outcome, Outcome::Skipped);
        rows.push((
            r.file.clone(),
            json!({
                "file": r.file, "outcome": r.outcome, "reason": r.reason,
                "articles": r.articles, "bad_records": r.bad_records,
            }),
        ));
    }
    // The suite names one folder as a case; what was found inside answers for it.
    for case in &cases {
        let name = case["file"].as_str().unwrap();
        let inside = rows
            .iter()
            .find(|(file, _)| file.starts_with(&format!("{name}/")))
            .cloned();
        if let Some((_, mut row)) = inside.filter(|_| !rows.iter().any(|(file, _)| file == name)) {
            row["file"] = json!(name);
            rows.push((name.to_owned(), row));
        }
    }
    let report = out.join("REPORT.jsonl");
    let lines: Vec<String> = rows.iter().map(|(_, row)| row.to_string()).collect();
    fs::write(&report, lines.join("\n")).unwrap();
    let said = python(
        &script,
        &["--score", out.to_str().unwrap(), report.to_str().unwrap()],
    );
    // Who may read everything (root) cannot see that a file is locked.
    let unlocked = cases.iter().filter(|case| {
        case["needs_nonroot"] == json!(true)
            && fs::File::open(inputs.join(case["file"].as_str().unwrap())).is_ok()
    });
    Some((
        format!("seed {seed}: {said}slowest:\n{slow}"),
        unlocked.count(),
    ))
}

#[test]
fn the_torture_suite_ends_as_it_should() {
    let seeds = std::env::var("DATELINE_TORTURE_SEEDS").unwrap_or_else(|_| "1".to_owned());
    for seed in seeds.split(',') {
        let Some((said, unlocked)) = torture(seed) else {
            return;
        };
        eprintln!("{said}");
        let failed = said.lines().find_map(|l| {
            l.split_once(" passed, ")?
                .1
                .strip_suffix(" failed")?
                .parse::<usize>()
                .ok()
        });
        assert!(failed.is_some_and(|n| n <= unlocked), "{said}");
    }
}

/// Scores the lines of the pages that `keep` keeps, by the shared scorer.
fn pages(shared: &Path, articles: &[(String, Article)], keep: impl Fn(&Markup) -> bool) -> f64 {
    let mut rows = String::new();
    for (name, article) in articles {
        let kept = article.markup.iter().filter(|m| keep(m));
        let lines: Vec<&str> = kept.map(|m| m.span.of(&article.text)).collect();
        let row = json!({"name": name, "text": lines.join("\n"), "title": article.hints.title,
            "date": article.hints.dates.first().map(|d| d.raw.as_str())});
        let _ = writeln!(rows, "{row}");
    }
    let folder = tempfile::tempdir().unwrap();
    let predicted = folder.path().join("pages.jsonl");
    fs::write(&predicted, rows).unwrap();
    let gold = shared.join("eval/pages/gold.jsonl");
    let arguments = [gold.to_str().unwrap(), predicted.to_str().unwrap()];
    let said = python(&shared.join("eval/score_pages.py"), &arguments);
    eprint!("{said}");
    said.split("F1 ").nth(1).unwrap()[..5].parse().unwrap()
}

#[test]
fn lines_marked_as_main_content_are_the_article() {
    let Some(shared) = shared() else { return };
    let (found, _) = find(&[shared.join("eval/pages/html")]);
    let start = Instant::now();
    let articles: Vec<(String, Article)> = found
        .iter()
        .map(|file| {
            let name = file.name.split('.').next().unwrap_or_default().to_owned();
            (name, read(file, Options::default()).articles.swap_remove(0))
        })
        .collect();
    eprintln!(
        "{} pages in {:.2} s",
        found.len(),
        start.elapsed().as_secs_f64()
    );
    for (_, article) in &articles {
        assert_clean(article);
    }
    let main = pages(&shared, &articles, |m| m.main != Some(false));
    assert!(main >= 0.945, "{main}");
    let body = pages(&shared, &articles, |m| {
        let furniture = matches!(
            m.tag,
            Tag::Navigation
                | Tag::Form
                | Tag::Aside
                | Tag::Footer
                | Tag::Time
                | Tag::Author
                | Tag::Caption
        );
        m.main != Some(false) && !furniture
    });
    assert!(body >= 0.96, "{body}");
}

#[test]
fn one_file_at_a_time_costs_no_other() {
    let read = read_bytes(
        "a.txt",
        None,
        b"Harbour closed\n\nThe harbour closed.",
        Options::default(),
    );
    assert_eq!(read.articles.len(), 1);
    assert_eq!(read.articles[0].line(16), Some(3));
}

/// Pieces that the formats treat in a way of their own.
const PIECES: &[&[u8]] = &[
    b"<p>",
    b"</p>",
    b"<div class='nav'>",
    b"</div>",
    b"<br>",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b"<pre>",
    b"<td>",
    b"<svg>",
    b"<li>",
    b"<title>",
    b"</title>",
    b"&amp;",
    b"&#27;",
    b"&#x202e;",
    b"&#10;",
    b"<![CDATA[",
    b"]]>",
    b"<item>",
    b"</item>",
    b"<entry>",
    b"<description>",
    b"</description>",
    b"<title/>",
    b"<pubDate>",
    b"<link href='x'/>",
    b"<a b=\"",
    b"\"",
    b"'",
    b"<",
    b">",
    b"=",
    b"/",
    b"<time datetime=1>",
    b"<meta name=date content=2020>",
    b"<h1>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"text\":\"x\"",
    b"{\"id\":\"a\",\"text\":\"one\"}",
    b",",
    b":",
    b"\\u001b",
    b"\\ud800",
    b"---\n",
    b"title: x\n",
    b"# ",
    b"> ",
    b"* ",
    b"**",
    b"](",
    b"![",
    b")",
    b"`",
    b"_",
    b"\n",
    b"\r\n",
    b"\r",
    b"\t",
    b" ",
    b"word",
    b"Two words. ",
    b"\x1b[31m",
    b"\x1b]0;",
    b"\x07",
    b"\x1b\\",
    b"\xc2\x9b",
    b"\xc2\x9d0;",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"\xef\xbb\xbf",
    b"\xcc\x81",
    b"e",
    b"\xe2\x84\xab",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"\0",
    b"\xff",
    b"\xe1\x85\xa1",
    b"\xe1\x84\x92",
    b"\xf0\x9f\x91\xa8",
    b"\xe2\x80\x8d",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"5\r\n",
    b"\r\n\r\n",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
];

/// What a file may begin with, so that each format gets its share.
const HEADS: &[&[u8]] = &[
    b"",
    b"<!doctype html><html><body>",
    b"<rss><channel>",
    b"<feed>",
    b"{\"text\":\"a\"}\n{",
    b"[{",
    b"{\"text\":",
    b"---\ntitle: a\n---\n",
    b"WARC/1.0\r\n",
    b"\xff\xfe",
    b"<?xml version='1.0'?>",
    b"\xef\xbb\xbf",
];

fn assert_sound(bytes: &[u8], as_is: bool) {
    let done = read_bytes("f", None, bytes, Options { as_is });
    let r = &done.report;
    assert_eq!(r.records, r.articles + r.copies + r.bad_records);
    assert_eq!(r.articles as usize, done.articles.len());
    assert_eq!(r.outcome == Outcome::Loads, r.reason.is_none());
    for article in &done.articles {
        assert_clean(article);
        let text = &article.text;
        if let Some(given) = &article.given {
            assert_eq!(given.chars().count(), text.chars().count());
        }
        let mut last = (0, 0);
        for (at, _) in text.char_indices() {
            let Some(place) = article.origin.place(text, at) else {
                continue;
            };
            assert!(
                (place.byte, place.line) >= last,
                "{text:?} {at} {place:?} {last:?}"
            );
            assert!(place.line >= last.1);
            last = (place.byte, place.line);
        }
    }
}

/// How many inputs are tried; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1500)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn anything_is_read_without_harm(
        head in select(HEADS),
        parts in vec(prop_oneof![8 => select(PIECES).prop_map(<[u8]>::to_vec), 1 => vec(any::<u8>(), 0..6)], 0..40),
        as_is in any::<bool>(),
    ) {
        let mut bytes = head.to_vec();
        for part in &parts {
            bytes.extend_from_slice(part);
        }
        assert_sound(&bytes, as_is);
    }

    #[test]
    fn random_bytes_are_read_without_harm(bytes in vec(any::<u8>(), 0..400), as_is in any::<bool>()) {
        assert_sound(&bytes, as_is);
    }
}
