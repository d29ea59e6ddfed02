//! Where in an article date lines stand: around the headline and before the first paragraph.

use super::PARAGRAPH;
use crate::annotate::{Annotated, Role};

/// Where date lines are looked for, in blocks.
pub(super) struct Zone {
    /// The headline, and a line that repeats the title of the page.
    pub(super) anchors: Vec<usize>,
    pub(super) headline: Option<usize>,
    /// The first paragraph of running text.
    pub(super) body: usize,
    /// The last block of the article's own text.
    pub(super) last: usize,
}

impl Zone {
    pub(super) fn of(article: &Annotated) -> Self {
        let blocks = &article.blocks;
        let body = blocks
            .iter()
            .position(|block| block.role == Role::Body && block.span.len() >= PARAGRAPH)
            .or_else(|| blocks.iter().position(|block| block.role == Role::Body))
            .unwrap_or(0);
        let headline = blocks
            .iter()
            .position(|block| block.role == Role::Headline)
            .filter(|headline| *headline <= body + 2);
        let mut anchors: Vec<usize> = headline.into_iter().collect();
        anchors.extend(repeated_title(article, body));
        Self {
            anchors,
            headline,
            body,
            last: blocks
                .iter()
                .rposition(|block| block.role == Role::Body)
                .unwrap_or(body),
        }
    }

    /// True for the first paragraphs, whose opening may carry a date; one that has a stamp may
    /// have been taken for a caption or a heading.
    pub(super) fn opens(&self, index: usize, role: Role) -> bool {
        (self.body..=self.body + 1).contains(&index) || index < self.body && role.is_analysed()
    }

    /// How near a line stands to where date lines stand: 0 at best, `None` outside.
    pub(super) fn distance(&self, index: usize) -> Option<usize> {
        let around = |place: usize, after: usize| {
            (place.saturating_sub(5)..=place + after)
                .contains(&index)
                .then(|| index.abs_diff(place).saturating_sub(1))
        };
        self.anchors
            .iter()
            .filter_map(|anchor| around(*anchor, 8))
            .chain(around(self.body, 3))
            .min()
    }
}

/// The line that says again what the first line says (the title of a page, before its menus).
fn repeated_title(article: &Annotated, body: usize) -> Option<usize> {
    const SHORTEST: usize = 20;
    let mut blocks = article.blocks.iter();
    let first = blocks.next()?.span.of(article.text());
    blocks
        .take(body)
        .position(|block| {
            let text = block.span.of(article.text());
            text.len() >= SHORTEST && first.starts_with(text)
        })
        .map(|at| at + 1)
}
