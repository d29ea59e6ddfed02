//! Publication dates: a table of cases, and real pages where they are at hand.
//!
//! The table is `tests/corpus/published/cases.tsv`; its head says what the columns mean. The pages
//! lie outside the project; their labels (`pages.tsv`) say what each page itself states.

use dateline::annotate::{Annotated, annotate};
use dateline::article::{Article, ArticleId, DateHint, DateHintKind};
use dateline::source::{self, Options};
use dateline::text::Origin;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn corpus(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus/published")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}

fn shared() -> Option<PathBuf> {
    let path = std::env::var_os("DATELINE_SHARED").map_or_else(
        || Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).to_owned(),
        PathBuf::from,
    );
    path.is_dir().then_some(path)
}

fn kind(word: &str) -> DateHintKind {
    match word {
        "given" => DateHintKind::Given,
        "json-ld" => DateHintKind::JsonLd,
        "og" => DateHintKind::OpenGraph,
        "meta" => DateHintKind::Meta,
        "feed" => DateHintKind::Feed,
        "front" => DateHintKind::FrontMatter,
        "email" => DateHintKind::Email,
        "time" => DateHintKind::TimeElement,
        "modified" => DateHintKind::Modified,
        "captured" => DateHintKind::Captured,
        other => panic!("no such hint: {other}"),
    }
}

/// An article of a case: hints as `kind=value; ...`, lines of text parted by `⏎`.
fn article(hints: &str, text: &str) -> Article {
    let mut made = Article {
        id: Some(ArticleId::new("case")),
        path: Some("case.txt".into()),
        text: text.replace('⏎', "\n"),
        origin: Origin::verbatim(),
        ..Article::default()
    };
    for hint in hints
        .split(';')
        .map(str::trim)
        .filter(|hint| !hint.is_empty())
    {
        let (name, value) = hint.split_once('=').unwrap();
        match name {
            "url" => made.hints.url = Some(value.into()),
            "as-is" => made.as_is = true,
            "stdin" => made.path = None,
            _ => made.hints.dates.push(DateHint {
                kind: kind(name),
                name: name.into(),
                raw: value.into(),
                line: None,
            }),
        }
    }
    made
}

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn every_case_of_the_table() {
    let table = corpus("cases.tsv");
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, hints, text, interval, basis, confidence, ..] = columns[..] else {
            panic!("six columns wanted: {line}");
        };
        count += 1;
        let made = annotate(Arc::new(article(hints, text)), None);
        let got = &made.published;
        let right = got.interval.to_string() == interval
            && word(got.basis) == basis
            && (confidence == "*" || word(got.confidence) == confidence)
            && columns.get(6).is_none_or(|said| {
                let all = format!("{:?} {:?} {:?}", got.conflicts, got.rejected, got.evidence);
                said.split('&').all(|part| all.contains(part.trim()))
            });
        if !right {
            wrong.push(format!(
                "{name}: {} {} {}, wanted {interval} {basis} {confidence}\n    {:?}\n    {:?}",
                got.interval,
                word(got.basis),
                word(got.confidence),
                dateline::annotate::published::explain(got),
                got.conflicts,
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 120, "only {count} cases");
}

/// Dates the pages of a folder; the share that is right of those with a label.
fn pages(column: usize, file: impl Fn(&str) -> PathBuf) -> (usize, usize) {
    let (mut right, mut all) = (0, 0);
    for line in corpus("pages.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let (name, wanted) = (columns[0], columns[column]);
        if wanted == "-" {
            continue;
        }
        let path = file(name);
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let read = source::read_bytes(&name, Some(&name), &bytes, Options::default());
        let Some(article) = read.articles.into_iter().next() else {
            eprintln!("{name}: no article");
            all += 1;
            continue;
        };
        let made: Annotated = annotate(Arc::new(article), None);
        let got = made.published.interval;
        let good = got.is_day() && wanted.split(',').any(|day| day == got.to_string());
        all += 1;
        right += usize::from(good);
        if !good {
            eprintln!(
                "{name}: {got}, wanted {wanted}: {:?}",
                made.published.evidence.first()
            );
        }
    }
    (right, all)
}

#[test]
fn real_pages() {
    let Some(shared) = shared().filter(|shared| shared.join("eval/pages").is_dir()) else {
        eprintln!("no shared pages: skipped");
        return;
    };
    let html = pages(1, |name| {
        shared.join(format!("eval/pages/html/{name}.html.gz"))
    });
    let text = pages(2, |name| {
        shared.join(format!("eval/pages/plain/{name}.txt"))
    });
    eprintln!(
        "HTML {} of {}, text {} of {}",
        html.0, html.1, text.0, text.1
    );
    assert!(html.0 as f64 / html.1 as f64 >= 0.97, "HTML {html:?}");
    assert!(text.0 as f64 / text.1 as f64 >= 0.85, "text {text:?}");
}

#[test]
fn zz_debug() {
    let Ok(path) = std::env::var("DEBUG_PAGE") else {
        return;
    };
    for path in path.split(' ') {
        let bytes = std::fs::read(path).unwrap();
        let began = std::time::Instant::now();
        let read = source::read_bytes(path, Some(path), &bytes, Options::default());
        let article = Arc::new(read.articles.into_iter().next().unwrap());
        let read_in = began.elapsed();
        let made = annotate(article, None);
        eprintln!("== {path} read {read_in:?} all {:?}", began.elapsed());
        let body = made
            .blocks
            .iter()
            .position(|b| b.role == dateline::annotate::Role::Body)
            .unwrap_or(0);
        for (i, b) in made.blocks.iter().enumerate() {
            let t = b.span.of(made.text());
            if i + 12 > body && i < body + 8 || t.contains("20") && t.len() < 120 {
                eprintln!(
                    "{i} {:?} {}",
                    b.role,
                    t.chars().take(100).collect::<String>()
                );
            }
        }
        for h in &made.article.hints.dates {
            eprintln!("HINT {h:?}");
        }
        for e in dateline::annotate::timex::recognize(&made).iter().take(40) {
            eprintln!(
                "EXPR {:?} {:?} {:?} {:?}",
                e.span.of(made.text()),
                e.kind,
                e.tense,
                e.clue
            );
        }
        for l in dateline::annotate::published::explain(&made.published) {
            eprintln!("WHY {l}");
        }
    }
}
