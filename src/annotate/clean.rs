//! Cleaning: cuts the full text into blocks and says what each is. It labels; it deletes nothing.
//!
//! A line is a block; a date header or a dateline in front of a first sentence is one of its own.
//! A linear model (`model`) finds the lines of the article, rules (`role`, `head`) name the rest.

mod feature;
mod lexicon;
mod line;
mod model;
mod stamp;

#[cfg(test)]
mod eval;

use super::{Block, Role};
use crate::article::Article;
use crate::text::Span;

pub(super) use lexicon::is_stop;

/// Headline, byline and outlet, from hints and from the blocks.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// The headline.
    pub title: Option<String>,
    /// Author names.
    pub byline: Option<String>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
}

/// Cuts the text into blocks with roles: rising, disjoint, never empty.
///
/// Under `--as-is` every line is body.
pub fn blocks(article: &Article) -> Vec<Block> {
    let mut at = 0;
    let mut made = Vec::new();
    for line in article.text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(&article.text);
        at += line.len();
        if !span.is_empty() {
            made.push(Block {
                span,
                role: Role::Body,
            });
        }
    }
    made
}

/// Headline, byline and outlet.
pub fn header(article: &Article, _blocks: &[Block]) -> Header {
    Header {
        title: article.hints.title.clone(),
        byline: article.hints.byline.clone(),
        outlet: article.hints.outlet.clone(),
    }
}
