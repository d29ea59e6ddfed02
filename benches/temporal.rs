//! All temporal work on articles of 400 words: expressions, publication date, values.
//!
//! `cargo bench --bench temporal` gives times (a pass is all articles: divide by the count that is
//! printed first); `benches/instructions.sh temporal` gives instructions an article, which do not depend on
//! what else the machine does.

#[path = "common/text.rs"]
mod text;

use dateline::annotate::{Annotated, published, timex};
use divan::{Bencher, counter::ItemsCount};
use std::hint::black_box;

fn main() {
    // For `instructions.sh`: so many passes, and nothing else.
    if let Some(passes) = std::env::var("DATELINE_PASSES")
        .ok()
        .and_then(|n| n.parse().ok())
    {
        let articles = cleaned();
        for _ in 0..passes {
            black_box(pass(&articles));
        }
        println!("articles {}", articles.len());
        return;
    }
    let words: usize = text::articles()
        .iter()
        .map(|a| a.text.split_whitespace().count())
        .sum();
    println!("{} articles, {words} words", text::articles().len());
    divan::main();
}

fn cleaned() -> Vec<Annotated> {
    text::articles().iter().map(text::cleaned).collect()
}

fn dated(article: &Annotated) -> usize {
    let expressions = timex::recognize(article);
    let mut article = article.clone();
    article.published = published::solve(&article, &expressions);
    timex::resolve(&article, &expressions).len()
}

fn pass(articles: &[Annotated]) -> usize {
    articles.iter().map(dated).sum()
}

/// Everything; `items/s` is articles a second on one core.
#[divan::bench]
fn all(bencher: Bencher<'_, '_>) {
    let articles = cleaned();
    bencher
        .counter(ItemsCount::new(articles.len()))
        .bench(|| pass(&articles));
}

/// Expressions without context.
#[divan::bench]
fn recognize(bencher: Bencher<'_, '_>) {
    let articles = cleaned();
    bencher.counter(ItemsCount::new(articles.len())).bench(|| {
        articles
            .iter()
            .map(|a| timex::recognize(a).len())
            .sum::<usize>()
    });
}

/// The publication date, from the expressions.
#[divan::bench]
fn publication_date(bencher: Bencher<'_, '_>) {
    let articles = cleaned();
    let expressions: Vec<_> = articles.iter().map(timex::recognize).collect();
    bencher.counter(ItemsCount::new(articles.len())).bench(|| {
        articles
            .iter()
            .zip(&expressions)
            .map(|(a, e)| published::solve(a, e).evidence.len())
            .sum::<usize>()
    });
}

/// Values, from the expressions and the publication date.
#[divan::bench]
fn resolve(bencher: Bencher<'_, '_>) {
    let mut articles = cleaned();
    let expressions: Vec<_> = articles.iter().map(timex::recognize).collect();
    for (article, expressions) in articles.iter_mut().zip(&expressions) {
        article.published = published::solve(article, expressions);
    }
    bencher.counter(ItemsCount::new(articles.len())).bench(|| {
        articles
            .iter()
            .zip(&expressions)
            .map(|(a, e)| timex::resolve(a, e).len())
            .sum::<usize>()
    });
}
