//! Measuring and fitting: tests that read the shared evaluation data, where it is there.
//!
//! `dump` writes features for `assets/clean/fit.py`, so that fitting and use share one code.

use super::feature::{self, Features};
use super::line;
use super::model::{self, Model};
use crate::article::Article;
use crate::source;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

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
            let id = article.id.as_ref().map_or("?", |id| id.as_str()).to_owned();
            made.push((if many { id } else { stem.clone() }, article));
        }
    }
    made
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
            write!(out, "{}\t{at}\t{text}", name).unwrap();
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
