//! Measuring and fitting: tests that read the shared evaluation data, where it is there.
//!
//! `dump` writes features for `assets/clean/fit.py`, so that fitting and use share one code.

use super::feature::{self, Features};
use super::line;
use super::model::{self, Model};
use crate::article::Article;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut made: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|e| e.path()).collect())
        .unwrap_or_default();
    made.retain(|p| p.to_string_lossy().ends_with(ending));
    made.sort();
    made
}

/// The name of a file up to its first dot.
fn stem(path: &Path) -> String {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    name.trim_end_matches(".txt").to_owned()
}

fn plain(path: &Path) -> Article {
    let bytes = std::fs::read(path).unwrap();
    Article {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        ..Article::default()
    }
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
    let mut out = format!(
        "page\tline\ttext\t{}\n",
        feature::names()[..feature::PLAIN].join("\t")
    );
    for path in files(Path::new(&from), ".txt") {
        let article = plain(&path);
        let lines = line::lines(&article);
        let features = Features::new(&lines, false);
        for (at, line) in lines.iter().enumerate() {
            let text = line.span.of(&article.text).replace('\t', " ");
            write!(out, "{}\t{at}\t{text}", stem(&path)).unwrap();
            features.each(at, |value| write!(out, "\t{value:.4}").unwrap());
            out.push('\n');
        }
    }
    std::fs::write(to, out).unwrap();
}

/// The articles of a folder of texts, or of a file of JSON lines with `text`.
fn articles(from: &Path) -> Vec<(String, Article)> {
    if from.is_dir() {
        return files(from, ".txt")
            .iter()
            .map(|p| (stem(p), plain(p)))
            .collect();
    }
    let made = std::fs::read_to_string(from).unwrap_or_default();
    made.lines()
        .filter_map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).ok()?;
            let mut article = Article {
                text: record["text"].as_str()?.to_owned(),
                ..Article::default()
            };
            article.hints.title = record["title"].as_str().map(str::to_owned);
            Some((record["id"].as_str()?.to_owned(), article))
        })
        .collect()
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
    for (name, article) in articles(Path::new(&from)) {
        let page = name.split('.').next().unwrap_or("");
        let model = fold
            .get(page)
            .and_then(|n| models.get(*n))
            .unwrap_or(&model::SHIPPED);
        let blocks = super::blocks_with(&article, model);
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
    std::fs::write(to, out).unwrap();
}
