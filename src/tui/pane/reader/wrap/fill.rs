//! Words into lines: blocks of the text, each filled to the width that it has.

use super::super::super::super::links;
use super::{INDENT, Kind, Line, Page, blank, is_quoted, shown_date};
use crate::annotate::Role;
use crate::text::Span;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The whole text of an article without blocks.
pub(super) fn whole(page: &Page<'_>, lines: &mut Vec<Line>) {
    let text = page.article.text();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        if span.is_empty() {
            blank(lines, at as u32);
        } else {
            fill(page, span, Role::Body, lines);
        }
        at += line.len();
    }
}

/// Fills lines with the words of one block.
pub(super) fn fill(page: &Page<'_>, block: Span, role: Role, lines: &mut Vec<Line>) {
    let article = page.article;
    let text = article.text();
    let apart = role == Role::Caption || (role.is_text() && is_quoted(article, block.start));
    let indent = if apart { INDENT } else { 0 };
    let columns = page.columns.saturating_sub(usize::from(indent)).max(6);
    let mut marks = page.links.ending(block).iter().peekable();
    let mut timexes = article
        .timexes
        .get(article.timexes.partition_point(|timex| timex.span.end <= block.start)..)
        .unwrap_or(&[])
        .iter()
        .peekable();
    let mut line: Option<Range<usize>> = None;
    let mut used = 0;
    let mut push = |line: Range<usize>| {
        lines.push(Line {
            kind: Kind::Text(role),
            span: line.into(),
            indent,
        });
    };
    for word in words(block.of(text), block.start as usize) {
        let inside = text.get(word.clone()).unwrap_or("");
        let mut needs = inside.width();
        while let Some(timex) = timexes.next_if(|timex| timex.span.end as usize <= word.end) {
            // A blank and two brackets stand with the date.
            needs += shown_date(timex, text).map_or(0, |date| date.len() + 3);
        }
        while let Some(mark) = marks.next_if(|mark| mark.span.end as usize <= word.end) {
            needs += links::shown(mark.number).len();
        }
        match &mut line {
            Some(open) if used + 1 + needs <= columns => {
                open.end = word.end;
                used += 1 + needs;
                continue;
            }
            Some(open) => push(open.clone()),
            None => {}
        }
        let mut rest = word.clone();
        used = needs;
        // A word longer than a line (a link, a text without blanks) is cut where it must be.
        if inside.width() > columns {
            let mut columns_used = 0;
            for (at, cluster) in inside.grapheme_indices(true) {
                let wide = cluster.width();
                if columns_used + wide > columns {
                    push(rest.start..word.start + at);
                    rest.start = word.start + at;
                    columns_used = 0;
                }
                columns_used += wide;
            }
            used = columns_used;
        }
        line = Some(rest);
    }
    if let Some(open) = line {
        push(open);
    }
}

/// Words of a text that begins at byte `from`, by their bytes.
fn words(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    text.split_whitespace().map(move |word| {
        let start = from + (word.as_ptr() as usize - text.as_ptr() as usize);
        start..start + word.len()
    })
}

