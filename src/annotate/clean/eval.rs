//! Measuring and fitting: tests that read the shared evaluation data, where it is there.
//!
//! `dump` writes features for `assets/clean/fit.py`, so that fitting and use share one code.

use super::super::Role;
use super::feature::{self, Features};
use super::line;
use super::model::{self, Model};
use crate::article::Article;
use crate::source;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The articles of a folder, each file read as the program reads it, under the file's name up to
/// `.txt` or `.html`; or of a file of JSON lines.
fn articles(from: &Path) -> Vec<(String, Article)> {
    let mut paths = vec![from.to_owned()];
    if from.is_dir() {
        paths = std::fs::read_dir(from)
            .map(|entries| entries.flatten().map(|e| e.path()).collect())
            .unwrap_or_default();
        paths.sort();
    }
    let mut made = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.split(".txt").next().unwrap_or(&name);
        let stem = stem.split(".html").next().unwrap_or(stem).to_owned();
        let bytes = std::fs::read(&path).unwrap();
        let read = source::read_bytes(&name, None, &bytes, source::Options::default());
        let many = read.articles.len() > 1;
        for article in read.articles {
            let id = article.id().to_string();
            made.push((if many { id } else { stem.clone() }, article));
        }
    }
    made
}

/// The folder of shared evaluation data, where it is there.
fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let folder = std::env::var("DATELINE_SHARED").unwrap_or_else(|_| beside.to_owned());
    let folder = PathBuf::from(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no {}", folder.display());
    None
}

fn text(article: &Article) -> String {
    let blocks = super::blocks(article);
    let kept = blocks.iter().filter(|block| block.role.is_text());
    let kept: Vec<&str> = kept.map(|block| block.span.of(&article.text)).collect();
    kept.join("\n")
}

/// Runs of four words and how often each stands in `text`.
fn shingles(text: &str) -> BTreeMap<Vec<String>, usize> {
    let low = text.to_lowercase();
    let words: Vec<String> = low
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut made = BTreeMap::new();
    for run in words.windows(4) {
        *made.entry(run.to_vec()).or_default() += 1;
    }
    made
}

/// Mean F1 over the pages of a folder. The weights have seen these pages, so this guards against
/// regressions; the cross-validated figures are in `assets/clean/README.md`.
fn pages(shared: &Path, folder: &str) -> f64 {
    let gold = std::fs::read_to_string(shared.join("eval/pages/gold.jsonl")).unwrap();
    let read: BTreeMap<String, String> = articles(&shared.join("eval/pages").join(folder))
        .into_iter()
        .map(|(name, article)| (name, text(&article)))
        .collect();
    let scores: Vec<f64> = gold
        .lines()
        .map(|line| {
            let page: serde_json::Value = serde_json::from_str(line).unwrap();
            let paragraphs = page["paragraphs"].as_array().unwrap();
            let paragraphs: Vec<&str> = paragraphs.iter().filter_map(|p| p.as_str()).collect();
            let want = shingles(&paragraphs.join("\n"));
            let name = page["name"].as_str().unwrap();
            let got = shingles(read.get(name).map_or("", String::as_str));
            let shared = want
                .iter()
                .map(|(run, n)| got.get(run).map_or(0, |m| *n.min(m)));
            let both: usize = shared.sum();
            let all = want.values().sum::<usize>() + got.values().sum::<usize>();
            2.0 * both as f64 / all.max(1) as f64
        })
        .collect();
    scores.iter().sum::<f64>() / scores.len() as f64
}

#[test]
fn pages_hold_their_floors() {
    let Some(shared) = shared() else { return };
    let (plain, html) = (pages(&shared, "plain"), pages(&shared, "html"));
    eprintln!("pages: tag-free {plain:.3}, HTML {html:.3} (not cross-validated)");
    assert!(plain >= 0.89, "{plain}");
    assert!(html >= 0.95, "{html}");
}

#[test]
fn text_without_furniture_comes_whole() {
    let Some(shared) = shared() else { return };
    for file in ["eval/time/timebank.jsonl", "eval/time/meantime-apple.jsonl"] {
        let (mut all, mut kept) = (0_u32, 0_u32);
        for (_, article) in articles(&shared.join(file)) {
            for block in super::blocks(&article) {
                let words = block.span.of(&article.text).split_whitespace().count() as u32;
                let dropped = block.role.is_furniture() && block.role != Role::WireCredit;
                all += words;
                kept += if dropped { 0 } else { words };
            }
        }
        let share = f64::from(kept) / f64::from(all);
        eprintln!("{file}: {share:.4} of {all} words kept");
        assert!(share >= 0.99, "{file}: {share}");
    }
}

#[test]
fn labelled_lines_are_kept_and_dropped() {
    let Some(shared) = shared() else { return };
    let seeds = shared.join("seeds");
    let read: BTreeMap<String, Article> = articles(&seeds.join("articles")).into_iter().collect();
    let gold = std::fs::read_to_string(seeds.join("gold/lines.jsonl")).unwrap();
    let (mut right, mut all) = (0, 0);
    for row in gold.lines() {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        let keep = row["keep"].as_str().unwrap();
        if !matches!(keep, "keep" | "drop") {
            continue;
        }
        let article = &read[row["file"].as_str().unwrap().trim_end_matches(".txt")];
        let number = row["line"].as_u64().unwrap() as usize - 1;
        let before: usize = article
            .text
            .split_inclusive('\n')
            .take(number)
            .map(str::len)
            .sum();
        let line = article.text.lines().nth(number).unwrap();
        let end = (before + line.len()) as u32;
        let blocks = super::blocks(article);
        // The last block of the line: headers in front of a sentence are blocks of their own.
        let block = blocks.iter().rfind(|block| block.span.start < end).unwrap();
        let kept = block.role.is_analysed();
        assert!(!(kept && row["label"] == "teaser"), "{line}");
        right += u32::from(kept == (keep == "keep"));
        all += 1;
    }
    eprintln!("labelled lines: {right} of {all} right");
    assert!(
        f64::from(right) >= 0.97 * f64::from(all),
        "{right} of {all}"
    );
}

/// Writes `name, line, text, features` of every line of the texts in `DATELINE_CLEAN_IN` to
/// `DATELINE_CLEAN_OUT`.
#[test]
fn dump() {
    let (Ok(from), Ok(to)) = (
        std::env::var("DATELINE_CLEAN_IN"),
        std::env::var("DATELINE_CLEAN_OUT"),
    ) else {
        eprintln!("skipped: DATELINE_CLEAN_IN and DATELINE_CLEAN_OUT are not set");
        return;
    };
    let mut out = format!("page\tline\ttext\t{}\n", feature::names().join("\t"));
    for (name, article) in articles(Path::new(&from)) {
        let lines = line::lines(&article);
        let features = Features::new(&lines, lines.iter().any(|line| line.main.is_some()));
        for (at, line) in lines.iter().enumerate() {
            let text = line.span.of(&article.text).replace('\t', " ");
            write!(out, "{name}\t{at}\t{text}").unwrap();
            features.each(at, |value| write!(out, "\t{value:.4}").unwrap());
            out.push('\n');
        }
    }
    std::fs::write(to, out).unwrap();
}

/// Writes the text and the blocks of the articles in `DATELINE_CLEAN_IN` to `DATELINE_CLEAN_PRED`.
///
/// With `DATELINE_CLEAN_FOLDS` (a folder of `folds.tsv`, page TAB fold, and `0.tsv` and so on)
/// every page is read with the weights of its fold, which were fitted without its site.
#[test]
fn predict() {
    let (Ok(from), Ok(to)) = (
        std::env::var("DATELINE_CLEAN_IN"),
        std::env::var("DATELINE_CLEAN_PRED"),
    ) else {
        eprintln!("skipped: DATELINE_CLEAN_IN and DATELINE_CLEAN_PRED are not set");
        return;
    };
    let folds = std::env::var("DATELINE_CLEAN_FOLDS").ok();
    let read = |name: &str| {
        let folder = folds.as_deref().unwrap_or_default();
        std::fs::read_to_string(Path::new(folder).join(name)).unwrap_or_default()
    };
    let table = read("folds.tsv");
    let fold: BTreeMap<&str, usize> = table
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(name, fold)| Some((name, fold.parse().ok()?)))
        .collect();
    let models: Vec<Model> = (0..5)
        .map(|n| Model::parse(&read(&format!("{n}.tsv"))))
        .collect();
    let mut out = String::new();
    let mut spent = std::time::Duration::ZERO;
    for (name, article) in articles(Path::new(&from)) {
        let page = name.split('.').next().unwrap_or("");
        let model = fold
            .get(page)
            .and_then(|n| models.get(*n))
            .unwrap_or(&model::SHIPPED);
        let began = std::time::Instant::now();
        let blocks = super::blocks_with(&article, model);
        spent += began.elapsed();
        let header = super::header(&article, &blocks);
        let text: Vec<&str> = blocks
            .iter()
            .filter(|b| b.role.is_text())
            .map(|b| b.span.of(&article.text))
            .collect();
        let shown: Vec<(&str, &str)> = blocks
            .iter()
            .map(|b| (b.role.reason(), b.span.of(&article.text)))
            .collect();
        let row = serde_json::json!({
            "name": name, "text": text.join("\n"), "title": header.title, "byline": header.byline,
            "outlet": header.outlet, "blocks": shown,
            "language": crate::annotate::language::detect(&article, &blocks).code,
        });
        writeln!(out, "{row}").unwrap();
    }
    eprintln!("cutting into blocks took {spent:?}");
    std::fs::write(to, out).unwrap();
}
