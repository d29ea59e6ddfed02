//! Ingest, annotate, search and draw, on the built-in collection repeated under new names.
//!
//! `cargo bench` prints the fastest, median and mean of each; compare runs side by side on one
//! machine, never across machines.

use dateline::annotate::annotate;
use dateline::article::Article;
use dateline::engine::builtin;
use dateline::engine::collection::Collection;
use dateline::search::{self, query};
use dateline::source::{self, Options, ReadFile};
use dateline::store::{Filter, Overlay, Read};
use dateline::{config::Settings, tui};
use divan::Bencher;
use std::sync::Arc;

fn main() {
    divan::main();
}

/// The example files, `times` over, each copy under a name of its own.
fn files(times: usize) -> Vec<ReadFile> {
    let copy = |n: usize| {
        builtin::FILES.iter().map(move |(name, bytes)| {
            source::read_bytes(&format!("{n}/{name}"), None, bytes, Options::default())
        })
    };
    (0..times).flat_map(copy).collect()
}

fn articles() -> Vec<Article> {
    files(1)
        .into_iter()
        .flat_map(|file| file.articles)
        .collect()
}

fn store(times: usize) -> Arc<dyn Read> {
    let mut collection = Collection::new(Overlay::default());
    collection.add(files(times));
    collection.snapshot()
}

/// Bytes to articles.
#[divan::bench]
fn ingest() -> usize {
    files(1).len()
}

/// One pass of the annotators over the examples.
#[divan::bench]
fn annotate_examples(bencher: Bencher<'_, '_>) {
    let articles: Vec<Arc<Article>> = articles().into_iter().map(Arc::new).collect();
    bencher.bench(|| {
        articles
            .iter()
            .map(|a| annotate(a.clone(), None).sentences.len())
            .sum::<usize>()
    });
}

/// Everything, from bytes to a snapshot.
#[divan::bench(args = [1, 8], sample_count = 10)]
fn open(times: usize) -> u64 {
    store(times).generation()
}

/// One key of a search.
#[divan::bench(args = ["election", "lukshenko", "\"suez canal\" rabie"], sample_count = 20)]
fn search_one(bencher: Bencher<'_, '_>, text: &str) {
    let store = store(4);
    let (query, _) = query::parse(text);
    bencher.bench(|| search::run(&*store, &query, 100, &|| false).len());
}

/// The rows that a screen asks for.
#[divan::bench]
fn rows_of_a_screen(bencher: Bencher<'_, '_>) {
    let store = store(4);
    let all = Filter::default();
    bencher.bench(|| {
        store.articles(&all, 0..40).len()
            + store.entities(&all, 0..40).len()
            + store.events(&all, 0..40).len()
    });
}

/// The first frame of a collection, layout and wrapping included.
#[divan::bench(args = [(80, 24), (120, 40), (200, 60)])]
fn draw(bencher: Bencher<'_, '_>, (columns, rows): (u16, u16)) {
    let store = store(4);
    bencher.bench(|| tui::frame(store.clone(), Settings::default(), columns, rows).len());
}
