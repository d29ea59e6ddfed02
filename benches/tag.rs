//! Names from raw text on one thread: sentences, tokens, tags.
//!
//! `cargo bench --bench tag` tags the built-in examples many times; `DATELINE_TEXTS=FILE` tags the `text` of
//! each line of a JSON Lines file instead, so that another tagger can be timed on the same words. Prints the time
//! that the model takes to load, tokens a CPU second, and how much memory of its own the process holds.

#[path = "common/cpu.rs"]
mod cpu;
#[path = "common/text.rs"]
mod text;

use dateline::annotate::{Annotated, entity};
use dateline::article::Article;
use dateline::text::{Span, sentence, token};
use std::sync::Arc;
use std::time::Instant;

/// Times that the built-in examples are tagged.
const TIMES: usize = 300;

/// Texts to tag.
fn texts() -> Vec<Arc<Article>> {
    let Some(file) = std::env::var_os("DATELINE_TEXTS") else {
        let made = text::articles();
        return (0..TIMES).flat_map(|_| made.iter().cloned()).collect();
    };
    let lines = std::fs::read_to_string(file).unwrap_or_default();
    let text = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).ok()?;
        let text = record.get("text")?.as_str()?.to_owned();
        Some(Arc::new(Article {
            text,
            ..Article::default()
        }))
    };
    lines.lines().filter_map(text).collect()
}

/// The names in a raw text.
fn tag(article: &Arc<Article>) -> usize {
    let mut made = Annotated::new(article.clone());
    made.sentences = sentence::split(&article.text, Span::new(0, article.text.len()));
    entity::tag(&made).len()
}

fn tokens(article: &Arc<Article>) -> usize {
    token::tokenize(&article.text, Span::new(0, article.text.len())).len()
}

/// Kilobytes of memory that no file backs.
fn anonymous() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

fn main() {
    let held = anonymous();
    let start = Instant::now();
    let word = Arc::new(Article {
        text: "Oslo".to_owned(),
        ..Article::default()
    });
    tag(&word);
    println!(
        "model loaded in {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    let model = anonymous().saturating_sub(held);
    let texts = texts();
    let held = anonymous();
    let before = cpu::seconds();
    let names: usize = texts.iter().map(tag).sum();
    let taken = cpu::seconds() - before;
    let memory = anonymous().saturating_sub(held);
    let tokens: usize = texts.iter().map(tokens).sum();
    println!(
        "{} texts, {tokens} tokens, {names} names: {:.0} tokens a CPU second",
        texts.len(),
        tokens as f64 / taken.max(0.01),
    );
    println!(
        "{model} kB of anonymous memory for the model, {memory} kB for tagging, beside the texts"
    );
}
