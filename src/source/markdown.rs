//! Markdown, with or without front matter: read as it is shown, not as it is written.
//!
//! Not a full `CommonMark` reader: it undoes what would stand between a reader and the words (marks
//! of headings, quotes, lists, emphasis, links, pictures, rules) line by line and keeps the rest.
//! Front matter gives hints and is no part of the text.

mod front;
mod inline;

use super::Reason;
use super::decode::decode;
use super::draft::{Anchor, Draft};
use super::format::{Fit, Format, Head};
use super::intake::Intake;
use crate::article::{Markup, Tag};
use crate::text::{Place, Span};
use inline::Piece;

/// The format.
pub(crate) static FORMAT: Markdown = Markdown;

/// Markdown.
pub(crate) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        let text = head.text();
        if front::split(text).is_some() {
            Fit::Sure
        } else if marks(text) >= 3 || opens_with_title(text) {
            // Scripts of a page hold such marks too, so other formats may be surer.
            Fit::Perhaps
        } else {
            Fit::No
        }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let Ok(mut decoded) = decode(head.bytes, None) else {
            intake.skip(Reason::NotText, "not-text", "the bytes are no text");
            return;
        };
        if !intake.options.as_is {
            decoded = decoded.with_line_feeds();
        }
        let text = decoded.text.as_str();
        let (front, from) = front::split(text).unwrap_or(("", 0));
        let line = 1 + text.get(..from).unwrap_or_default().matches('\n').count() as u32;
        let place = Place { line, byte: decoded.offset + from as u64 };
        let body = text.get(from..).unwrap_or_default();
        let mut draft = if intake.options.as_is {
            Draft::verbatim(body.to_owned(), place)
        } else {
            shown(body, place)
        };
        draft.hints = front::hints(front);
        if draft.is_blank() {
            intake.skip(Reason::Empty, "empty", "there is no letter in it");
            return;
        }
        intake.article(draft, head.bytes);
    }
}

/// True for a heading alone at the top.
fn opens_with_title(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
    let line = lines.next().unwrap_or_default();
    let rest = line.trim_start_matches('#');
    let title = rest.strip_prefix(' ').filter(|_| (1..=3).contains(&(line.len() - rest.len())));
    title.is_some_and(|title| title.starts_with(char::is_uppercase))
        && lines.next().is_some_and(|line| line.trim().is_empty())
}

/// How many signs of Markdown stand in the first part of a text: headings, links, quotes.
fn marks(text: &str) -> usize {
    let mut found = 0;
    let mut after_blank = true;
    for line in text.lines().take(200) {
        let heading = line.trim_start_matches('#');
        let level = line.len() - heading.len();
        if after_blank && (1..=6).contains(&level) && heading.starts_with(' ') {
            // Hash marks alone may be comments; with a capital behind them they are headings.
            found += 1 + usize::from(heading.trim_start().starts_with(char::is_uppercase));
        }
        found += line.matches("](").count().min(2);
        found += usize::from(after_blank && line.starts_with("> "));
        found += usize::from(line.contains("**") && line.matches("**").count() % 2 == 0);
        after_blank = line.trim().is_empty();
    }
    found
}

/// What a line is by its marks.
struct Line<'a> {
    tag: Tag,
    /// What is left of it.
    rest: &'a str,
}

fn classify(line: &str) -> Option<Line<'_>> {
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    let bare: String = trimmed.chars().filter(|c| !c.is_whitespace()).collect();
    let rule = |c: char| bare.len() >= 3 && bare.chars().all(|b| b == c);
    if rule('-') || rule('*') || rule('_') || rule('=') || trimmed.starts_with("```") {
        return None;
    }
    let plain = Line { tag: Tag::Paragraph, rest: trimmed };
    let hashes = trimmed.len() - trimmed.trim_start_matches('#').len();
    let after = trimmed.get(hashes..).unwrap_or_default();
    if (1..=6).contains(&hashes) && (after.starts_with(' ') || after.is_empty()) {
        let rest = after.trim().trim_end_matches('#').trim_end();
        return Some(Line { tag: Tag::Heading(hashes as u8), rest });
    }
    if let Some(rest) = trimmed.strip_prefix('>') {
        let rest = rest.trim_start_matches(['>', ' ']);
        return Some(Line { tag: Tag::Quote, rest });
    }
    if let Some(rest) = ["- ", "* ", "+ "].iter().find_map(|m| trimmed.strip_prefix(m)) {
        return Some(Line { tag: Tag::ListItem, rest: rest.trim_start() });
    }
    let picture = trimmed.starts_with("![") && trimmed.ends_with(')');
    let tag = if picture { Tag::Caption } else { plain.tag };
    let rest = if indent >= 4 { line } else { trimmed };
    Some(Line { tag, rest })
}

/// Renders the body, which begins at `place`.
fn shown(body: &str, place: Place) -> Draft {
    let mut draft = Draft::default();
    let mut at = 0;
    for (number, line) in body.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let content = line.trim_end_matches(['\n', '\r']);
        if let Some(found) = classify(content) {
            let offset = found.rest.as_ptr() as usize - content.as_ptr() as usize;
            let from = draft.text.len();
            let mut links: Vec<usize> = Vec::new();
            inline::render(found.rest, |piece| match piece {
                Piece::Text(text, byte) => {
                    let place = Place {
                        line: place.line + number as u32,
                        byte: place.byte + (start + offset + byte) as u64,
                    };
                    draft.anchors.push(Anchor { at: draft.text.len(), place, verbatim: true });
                    draft.text.push_str(text);
                }
                Piece::Open => links.push(draft.text.len()),
                Piece::Close(target) => {
                    // Of links within a link the outer one goes on: spans must not nest.
                    if let Some(from) = links.pop().filter(|_| links.is_empty()) {
                        draft.link(from, target);
                    }
                }
            });
            let span = Span::new(from, draft.text.len()).trim(&draft.text);
            if !span.is_empty() {
                draft.markup.push(Markup { span, tag: found.tag, main: None });
            }
        }
        draft.text.push('\n');
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::DateHintKind;
    use crate::source::{Options, read_bytes};

    #[test]
    fn a_heading_alone_at_the_top_is_enough() {
        assert!(super::opens_with_title("\n# Pier shut\n\nIt fell.\n"));
        for text in ["#!/bin/sh\n\nls\n", "# set it\n\nx=1\n", "# Pier shut\nIt fell.\n"] {
            assert!(!super::opens_with_title(text), "{text}");
        }
    }

    #[test]
    fn the_words_stay_and_the_marks_go() {
        let source = "---\ntitle: \"Low tide\"\nauthor: Ann Lee\ndate: 2020-09-23 20:15:00 +0300\nupdated: 2020-09-24\n---\n\n# Low *tide*\n\n> Two **big** [boats](/b \"t\") lay _dry_.\n\n![A pier](p.jpg)\n---\n* snake_case stays, 2 * 3 * 4 too\n";
        let read = read_bytes("m", None, source.as_bytes(), Options::default());
        let article = &read.articles[0];
        assert_eq!(article.text, "\nLow tide\n\nTwo big boats lay dry.\n\nA pier\n\nsnake_case stays, 2 * 3 * 4 too\n");
        assert_eq!(article.hints.title.as_deref(), Some("Low tide"));
        assert_eq!(article.hints.byline.as_deref(), Some("Ann Lee"));
        let kinds: Vec<DateHintKind> = article.hints.dates.iter().map(|d| d.kind).collect();
        assert_eq!(kinds, [DateHintKind::FrontMatter, DateHintKind::Modified]);
        assert_eq!(article.hints.dates[0].line, Some(4));
        let at = article.text.find("boats").unwrap();
        let place = article.origin.place(&article.text, at).unwrap();
        assert_eq!(place.byte as usize, source.find("boats").unwrap());
        assert_eq!(place.line, 10);
        assert_eq!(article.links.len(), 1);
        assert_eq!(article.links[0].span.of(&article.text), "boats");
        assert_eq!(article.links[0].target, "/b");
        let tags: Vec<Tag> = article.markup.iter().map(|m| m.tag).collect();
        assert_eq!(tags, [Tag::Heading(1), Tag::Quote, Tag::Caption, Tag::ListItem]);
    }

    #[test]
    fn plain_text_is_not_markdown() {
        assert!(marks("Harbour shut\n\n- one\n- two\n\n# 5 on the list") < 3);
        assert!(front::split("---\nNews of the day\n---\n").is_none());
    }
}
