//! Cleaning: cuts the full text into blocks and says what each is. It labels; it deletes nothing.
//!
//! A line is a block; a date header or a dateline in front of a first sentence is one of its own.
//! A linear model (`model`) finds the lines of the article, rules (`role`, `head`) name the rest.

mod caption;
mod feature;
mod furniture;
mod head;
mod lexicon;
mod line;
mod model;
mod role;
mod stamp;

#[cfg(test)]
mod eval;

use super::{Block, Role};
use crate::article::Article;
use crate::text::Span;
use line::Title;
use model::Model;

pub(super) use lexicon::is_stop;

/// Paragraphs at the beginning that are searched for date headers and datelines.
const LEAD: usize = 3;

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
    blocks_with(article, &model::SHIPPED)
}

fn blocks_with(article: &Article, model: &Model) -> Vec<Block> {
    let lines = line::lines(article);
    let body = |span| Block {
        span,
        role: Role::Body,
    };
    if article.as_is {
        return lines.iter().map(|line| body(line.span)).collect();
    }
    let run = model.run(&lines);
    let roles = role::assign(article, &lines, &run);
    let mut made = Vec::with_capacity(lines.len() + 2);
    let mut paragraphs = 0;
    for (line, role) in lines.iter().zip(roles) {
        let mut span = line.span;
        if role == Role::Body && paragraphs < LEAD {
            paragraphs += 1;
            for (cut, role) in [
                (stamp::header as fn(&str) -> Option<usize>, Role::DateLine),
                (stamp::dateline, Role::Dateline),
            ] {
                let text = span.of(&article.text);
                if let Some(end) = cut(text) {
                    let start = span.start as usize;
                    let front = Span::new(start, start + end).trim(&article.text);
                    span = Span::new(start + end, span.end as usize).trim(&article.text);
                    made.push(Block { span: front, role });
                }
            }
        }
        made.push(Block { span, role });
    }
    made
}

/// Headline, byline and outlet.
pub fn header(article: &Article, blocks: &[Block]) -> Header {
    let first = |role: Role| {
        let block = blocks.iter().find(|block| block.role == role)?;
        Some(block.span.of(&article.text).to_owned())
    };
    let given = |hint: &Option<String>| hint.clone().filter(|text| !text.trim().is_empty());
    let headline = first(Role::Headline);
    let title = match (given(&article.hints.title), headline) {
        // The headline as printed, where the title only adds the name of the site or is that.
        (Some(given), Some(printed)) => {
            let same = Title::new(&given).is_some_and(|title| title.is(&printed));
            let outlet = article.hints.outlet.as_deref();
            let site = outlet == Some(given.trim())
                || given.split_whitespace().nth(3).is_none()
                    && lexicon::names_outlet(&given.to_lowercase());
            let adds = same && given.contains(['|', '-', '–', '—', '»']);
            Some(if adds || site { printed } else { given })
        }
        (given, printed) => given.or(printed),
    };
    let byline = given(&article.hints.byline)
        .or_else(|| first(Role::Byline))
        .and_then(|line| head::names(&line));
    Header {
        title,
        byline,
        outlet: given(&article.hints.outlet).or_else(|| first(Role::Outlet)),
    }
}
