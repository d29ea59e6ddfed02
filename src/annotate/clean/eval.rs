//! Measuring and fitting: tests that read the shared evaluation data, where it is there.
//!
//! `dump` writes features for `assets/clean/fit.py`, so that fitting and use share one code.

use super::feature::{self, Features};
use super::line;
use crate::article::Article;
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
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
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
    let (Ok(from), Ok(to)) = (std::env::var("DATELINE_CLEAN_IN"), std::env::var("DATELINE_CLEAN_OUT"))
    else {
        eprintln!("skipped: DATELINE_CLEAN_IN and DATELINE_CLEAN_OUT are not set");
        return;
    };
    let mut out = format!("page\tline\ttext\t{}\n", feature::names()[..feature::PLAIN].join("\t"));
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
