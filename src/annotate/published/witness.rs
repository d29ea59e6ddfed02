//! Witnesses beside the text: metadata fields and the URL, each with its date and its evidence.
//!
//! They are collected here, not weighed; [`super::decide`] weighs them.

use super::lexicon::Label;
use super::stamp::{self, Stamp};
use crate::annotate::{Annotated, Evidence, EvidencePlace};
use crate::article::{DateHint, DateHintKind};
use crate::when::{Interval, calendar};
use chrono::{Datelike, NaiveDate};

/// Who says so, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Witness {
    /// The caller.
    Given,
    /// JSON-LD.
    JsonLd,
    /// OpenGraph.
    OpenGraph,
    /// A date line, byline or label in the text.
    Stated,
    /// Another `<meta>` tag.
    Meta,
    /// A feed item.
    Feed,
    /// Front matter.
    FrontMatter,
    /// An e-mail header.
    Email,
    /// A `<time>` element.
    TimeElement,
    /// The URL.
    Url,
}

/// A candidate for the publication date, or for a bound of it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Who says so.
    pub(super) witness: Witness,
    /// Published or modified.
    pub(super) label: Label,
    /// The date.
    pub(super) interval: Interval,
    /// How it was written, where it can be read two ways.
    pub(super) stamp: Option<Stamp>,
    /// The words and the rule.
    pub(super) evidence: Evidence,
    /// How well it stands, higher is better; compared within one kind of witness only.
    pub(super) strength: f32,
}

impl Candidate {
    /// The (first) day.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.interval.start
    }
}

/// Candidates from metadata and the URL, in the order found.
pub(super) fn beside_the_text(article: &Annotated) -> Vec<Candidate> {
    let headline = headline_line(article);
    let hints = &article.article.hints;
    let mut found: Vec<Candidate> = hints
        .dates
        .iter()
        .filter_map(|hint| from_hint(hint, headline))
        .collect();
    found.extend(hints.url.as_deref().and_then(from_url));
    found
}

/// The source line of the headline, to tell its `<time>` element from those of a side column.
fn headline_line(article: &Annotated) -> Option<u32> {
    let block = article
        .blocks
        .iter()
        .find(|block| block.role == crate::annotate::Role::Headline)?;
    article.article.line(block.span.start)
}

fn from_hint(hint: &DateHint, headline: Option<u32>) -> Option<Candidate> {
    let (interval, stamp) = stamp::field(&hint.raw)?;
    let plausible = interval
        .start
        .is_some_and(|day| (1700..2200).contains(&day.year()));
    if !plausible {
        return None;
    }
    let (witness, label, rule) = match hint.kind {
        DateHintKind::Given => (Witness::Given, Label::Published, "given"),
        DateHintKind::JsonLd => (Witness::JsonLd, Label::Published, "json-ld"),
        DateHintKind::OpenGraph => (Witness::OpenGraph, Label::Published, "open-graph"),
        DateHintKind::Meta => (Witness::Meta, Label::Published, "meta"),
        DateHintKind::Feed => (Witness::Feed, Label::Published, "feed"),
        DateHintKind::FrontMatter => (Witness::FrontMatter, Label::Published, "front-matter"),
        DateHintKind::Email => (Witness::Email, Label::Published, "email"),
        DateHintKind::TimeElement => (Witness::TimeElement, Label::Published, "time-element"),
        DateHintKind::Modified => (Witness::Meta, Label::Modified, "modified"),
        DateHintKind::Captured => (Witness::Meta, Label::Event, "captured"),
    };
    let distance = headline
        .zip(hint.line)
        .map_or(0, |(headline, line)| headline.abs_diff(line));
    Some(Candidate {
        witness,
        label,
        interval,
        stamp,
        evidence: Evidence {
            quote: hint.raw.trim().to_owned(),
            place: EvidencePlace::Metadata,
            article: None,
            span: None,
            line: hint.line,
            rule: rule.into(),
        },
        strength: -(distance as f32),
    })
}

/// A day in the path of a URL: `/2021/04/23/`, `/2021-04-23-`, `/20210423/`, `/2021/apr/23/`.
fn from_url(url: &str) -> Option<Candidate> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = path.split_once('/').map_or("", |(_, rest)| rest);
    let parts: Vec<&str> = path.split('/').collect();
    let folders = (0..parts.len()).find_map(|i| {
        let year = digits(parts.get(i)?, 4)?;
        let month = parts.get(i + 1)?;
        let month = digits(month, 2).or_else(|| super::lexicon::lexicon().month(month))?;
        // A day may begin the next part: `/2021/04/23-title`.
        let day = parts.get(i + 2)?.split(['-', '_', '.']).next()?;
        let day = calendar::date(year as i32, month, digits(day, 2)?)?;
        Some((
            day,
            format!("{year:04}/{}/", parts.get(i + 1..i + 3)?.join("/")),
        ))
    });
    let (day, quote) = folders.or_else(|| parts.iter().find_map(|part| in_name(part)))?;
    if !(1990..2100).contains(&day.year()) {
        return None;
    }
    Some(Candidate {
        witness: Witness::Url,
        label: Label::Published,
        interval: Interval::day(day),
        stamp: None,
        evidence: Evidence {
            quote,
            place: EvidencePlace::Path,
            article: None,
            span: None,
            line: None,
            rule: "url-path".into(),
        },
        strength: 0.0,
    })
}

/// A day inside one part of a path, in full: `2021-04-23` or `20210423`, not inside a longer number.
fn in_name(part: &str) -> Option<(NaiveDate, String)> {
    let bytes = part.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for at in 0..bytes.len() {
        if !digit(at) || at > 0 && digit(at - 1) {
            continue;
        }
        for (length, cuts) in [
            (10, [(0, 4), (5, 7), (8, 10)]),
            (8, [(0, 4), (4, 6), (6, 8)]),
        ] {
            let Some(name) = part.get(at..at + length).filter(|_| !digit(at + length)) else {
                continue;
            };
            let marks = length == 8
                || matches!(name.as_bytes().get(4), Some(b'-' | b'_'))
                    && name.as_bytes().get(4) == name.as_bytes().get(7);
            let number = |(from, to): (usize, usize)| digits(name.get(from..to)?, to - from);
            let [year, month, day] = cuts.map(number);
            if let (true, Some(year), Some(month), Some(day)) = (marks, year, month, day)
                && let Some(found) = calendar::date(year as i32, month, day)
            {
                return Some((found, name.to_owned()));
            }
        }
    }
    None
}

/// The value of a part that is all digits, at most `most` of them (exactly four for a year).
fn digits(part: &str, most: usize) -> Option<u32> {
    let fits = !part.is_empty()
        && part.len() <= most
        && (most < 4 || part.len() == most)
        && part.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| part.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> String {
        from_url(text).map_or(String::new(), |found| found.interval.to_string())
    }

    #[test]
    fn urls_give_days() {
        assert_eq!(url("https://a.example/2021/04/23/story"), "2021-04-23");
        assert_eq!(
            url("https://a.example/news/2021/apr/23/story"),
            "2021-04-23"
        );
        assert_eq!(
            url("https://a.example/x/2021-04-23-story.html"),
            "2021-04-23"
        );
        assert_eq!(url("https://a.example/n/20210423-07"), "2021-04-23");
        assert_eq!(url("https://a.example/2021/04/23-story"), "2021-04-23");
        assert_eq!(url("https://a.example/2021/04/story"), "");
        assert_eq!(url("https://a.example/id/1202104239"), "");
        assert_eq!(url("https://a.example/s?d=2021-04-23"), "");
        assert_eq!(url("https://a.example/2021/13/40/"), "");
    }
}
