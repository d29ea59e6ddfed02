//! The row of the article list that an article makes.

use super::read::ArticleRow;
use crate::annotate::Annotated;

/// Characters of a text that stand for a headline that is not there.
const LONGEST: usize = 120;

impl ArticleRow {
    /// The row of an article by itself: nothing copied, nothing new. `words` is [`words`] of it.
    pub fn of(article: &Annotated, words: u32) -> Self {
        Self {
            id: article.id(),
            hash: article.article.hash,
            path: article.article.path.clone(),
            title: title(article),
            source: article.outlet.clone(),
            published: article.published.clone(),
            words,
            language: article.language.code.to_string(),
            analysed: article.language.analysed,
            copies_of: None,
            new: false,
        }
    }
}

/// Words of the contract's `text`.
pub fn words(article: &Annotated) -> u32 {
    let kept = article.blocks.iter().filter(|b| b.role.is_text());
    kept.map(|b| b.span.of(article.text()).split_whitespace().count() as u32)
        .sum()
}

/// The headline; without one, the start of the text.
fn title(article: &Annotated) -> String {
    if let Some(title) = &article.title {
        return title.clone();
    }
    let first = article
        .sentences
        .first()
        .copied()
        .or_else(|| {
            article
                .blocks
                .iter()
                .find(|b| b.role.is_text())
                .map(|b| b.span)
        })
        .or_else(|| article.blocks.first().map(|b| b.span))
        .map_or("", |span| span.of(article.text()));
    let mut line: String = first.chars().take(LONGEST).collect();
    if line.len() < first.len() {
        line.push('…');
    }
    line.replace('\n', " ")
}
