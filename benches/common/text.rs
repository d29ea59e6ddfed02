//! Articles of about 400 words, made of the built-in examples, for the benches that count per article.

use dateline::annotate::{Annotated, annotate, clean, language};
use dateline::article::{Article, ArticleId};
use dateline::engine::builtin;
use dateline::source::{self, Options};
use dateline::text::{Origin, sentence};
use std::sync::Arc;

/// Words of an article.
pub(crate) const WORDS: usize = 400;

/// Plain articles: the head and body of each example, filled up to [`WORDS`] words with the
/// paragraphs of the examples after it.
pub(crate) fn articles() -> Vec<Arc<Article>> {
    let analysed: Vec<Annotated> = builtin::FILES
        .iter()
        .flat_map(|(name, bytes)| {
            source::read_bytes(name, None, bytes, Options::default()).articles
        })
        .map(|article| annotate(Arc::new(article), None))
        .filter(|article| article.language.analysed)
        .collect();
    (0..analysed.len())
        .map(|first| {
            let mut text = String::new();
            let mut words = 0;
            'fill: for step in 0..analysed.len() {
                let article = &analysed[(first + step) % analysed.len()];
                for block in article
                    .blocks
                    .iter()
                    .filter(|block| step == 0 || block.role.is_analysed())
                {
                    let line = block.span.of(article.text());
                    words += line.split_whitespace().count();
                    text.push_str(line);
                    text.push('\n');
                    if words >= WORDS {
                        break 'fill;
                    }
                }
            }
            Arc::new(Article {
                id: Some(ArticleId::new(first.to_string())),
                path: Some(format!("{first}.txt")),
                text,
                origin: Origin::verbatim(),
                ..Article::default()
            })
        })
        .collect()
}

/// An article as it is before the temporal work: blocks, language and sentences.
#[allow(dead_code)] // Not every bench starts here.
pub(crate) fn cleaned(article: &Arc<Article>) -> Annotated {
    let blocks = clean::blocks(article);
    let language = language::detect(article, &blocks);
    let mut made = Annotated {
        language,
        blocks,
        ..Annotated::new(article.clone())
    };
    made.sentences = made
        .blocks
        .iter()
        .filter(|block| block.role.is_analysed())
        .flat_map(|block| sentence::split(&made.article.text, block.span))
        .collect();
    made
}
