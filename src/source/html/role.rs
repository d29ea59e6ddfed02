//! What each line of a page is, from the elements that hold it.
//!
//! Elements claim regions (navigation, aside, caption, ...) by name, role or class. Classes lie:
//! a frame around the whole article may be called `page-with-sidebar`. So a claim that covers most
//! of the page, or that the extractor takes for the article, is void.

use super::element::{Block, Context, Region};
use crate::article::{Markup, Tag};
use crate::text::Span;
use std::collections::BTreeMap;

/// Longest line that is only a date or a name, in bytes.
const LONGEST_NOTE: usize = 200;
/// What a claim may cover in any case, in bytes.
const SMALL: usize = 800;

/// A line and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) span: Span,
    context: Context,
    /// All of it stands in elements of time, or of an author.
    time: bool,
    author: bool,
}

impl Line {
    /// A line that begins in this context.
    pub(super) fn new(span: Span, context: Context) -> Self {
        Self { span, context, time: true, author: true }
    }

    /// A word in this context belongs to the line.
    pub(super) fn add(&mut self, context: &Context) {
        self.time &= claim(context, Region::Time) != 0;
        self.author &= claim(context, Region::Author) != 0;
    }
}

fn claim(context: &Context, region: Region) -> u32 {
    context.claims.get(region as usize).copied().unwrap_or_default()
}

/// Gives each line of `markup` its tag; what the extractor said is in `main` already.
pub(super) fn settle(lines: &[Line], markup: &mut [Markup]) {
    // Bytes under each claim: all, and those of main content.
    let mut covered: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut total = 0;
    for (line, mark) in lines.iter().zip(markup.iter()) {
        total += line.span.len();
        for claim in line.context.claims.into_iter().filter(|c| *c != 0) {
            let bytes = covered.entry(claim).or_default();
            bytes.0 += line.span.len();
            bytes.1 += if mark.main == Some(true) { line.span.len() } else { 0 };
        }
    }
    let holds = |claim: u32| {
        claim != 0
            && covered.get(&claim).is_none_or(|(all, main)| {
                (*all <= SMALL || all * 5 <= total * 2) && (*main <= SMALL || main * 2 <= *all)
            })
    };
    for (line, mark) in lines.iter().zip(markup) {
        mark.tag = tag(line, |region| holds(claim(&line.context, region)));
    }
}

/// The tag of a line: the region first, then the block.
fn tag(line: &Line, inside: impl Fn(Region) -> bool) -> Tag {
    let note = line.span.len() <= LONGEST_NOTE;
    if inside(Region::Navigation) {
        Tag::Navigation
    } else if inside(Region::Form) {
        Tag::Form
    } else if inside(Region::Aside) {
        Tag::Aside
    } else if inside(Region::Footer) {
        Tag::Footer
    } else if let Some(level) = line.context.heading {
        Tag::Heading(level)
    } else if note && line.time && inside(Region::Time) {
        Tag::Time
    } else if note && line.author && inside(Region::Author) {
        Tag::Author
    } else if inside(Region::Caption) {
        Tag::Caption
    } else if inside(Region::Header) {
        Tag::Header
    } else {
        match line.context.block {
            Block::Plain => Tag::Paragraph,
            Block::Quote => Tag::Quote,
            Block::Item => Tag::ListItem,
            Block::Cell => Tag::Cell,
        }
    }
}
