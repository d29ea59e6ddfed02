//! What a format hands over: raw text with its places, before it is scrubbed to an [`Article`].
//!
//! Not here: counting records and giving ids (`intake`). This is the one place where text,
//! places, markup and hints go through the scrubber, so that no format can forget it.

use super::Options;
use super::scrub::{Scrubbed, scrub, scrub_given, scrub_line};
use crate::article::{Article, ContentHash, DateHint, DateHintKind, Hints, Link, Markup, Warning};
use crate::text::{Origin, Place, Span};

/// Longest title, name or address kept, in characters.
const LONGEST_HINT: usize = 20_000;
/// Longest date kept: a longer value is no date, and half of one would be a false one.
const LONGEST_DATE: usize = 200;
/// Dates kept of one article.
const MOST_DATES: usize = 200;
/// Longest address of a link, in bytes: a longer one is data, not an address.
const LONGEST_TARGET: usize = 2048;
/// Links kept of one article.
const MOST_LINKS: usize = 4096;
/// Longest message of a warning, in characters.
const LONGEST_MESSAGE: usize = 400;

/// From a byte of the raw text on, the source goes on at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// Byte of the raw text.
    pub(crate) at: usize,
    /// Line and byte of the source.
    pub(crate) place: Place,
    /// Copied byte for byte until the next anchor.
    pub(crate) verbatim: bool,
}

/// An article that is not scrubbed yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// Everything the source showed.
    pub(crate) text: String,
    /// Rising; empty where the source has no lines.
    pub(crate) anchors: Vec<Anchor>,
    /// Spans of the raw text, rising, not nested.
    pub(crate) markup: Vec<Markup>,
    /// Spans of the raw text, rising, not nested.
    pub(crate) links: Vec<Link>,
    /// As found.
    pub(crate) hints: Hints,
    /// The id that the record gives itself.
    pub(crate) own_id: Option<String>,
    /// What went wrong.
    pub(crate) warnings: Vec<Warning>,
}

impl Draft {
    /// A draft whose text was copied from `place` on without change.
    pub(crate) fn verbatim(text: String, place: Place) -> Self {
        Self {
            text,
            anchors: vec![Anchor {
                at: 0,
                place,
                verbatim: true,
            }],
            ..Self::default()
        }
    }

    /// A draft whose text stands as a whole at `place`.
    pub(crate) fn at(text: String, place: Place) -> Self {
        Self {
            text,
            anchors: vec![Anchor {
                at: 0,
                place,
                verbatim: false,
            }],
            ..Self::default()
        }
    }

    /// Keeps a link from byte `from` of the raw text to its end, unless it leads nowhere.
    pub(crate) fn link(&mut self, from: usize, target: &str) {
        let target = target.trim();
        let somewhere = !target.is_empty() && !target.starts_with('#');
        if somewhere && target.len() <= LONGEST_TARGET && self.links.len() < MOST_LINKS {
            let span = Span::new(from, self.text.len().max(from));
            let target = target.to_owned();
            self.links.push(Link { span, target });
        }
    }

    /// True where there is nothing to read: no letter and no digit.
    pub(crate) fn is_blank(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }

    /// Scrubs everything and makes the article; its id and path are the caller's to give.
    pub(crate) fn finish(self, hash: ContentHash, options: Options) -> Article {
        let mut article = Article {
            hash,
            as_is: options.as_is,
            hints: clean_hints(self.hints),
            warnings: self.warnings.into_iter().map(clean_warning).collect(),
            ..Article::default()
        };
        if options.as_is {
            article.origin = given_origin(&self.text, &self.anchors);
            article.text = scrub_given(&self.text).into_owned();
            article.given = (article.text != self.text).then_some(self.text);
            return article;
        }
        let made = scrub(&self.text);
        article.origin = carry(&self.text, &self.anchors, &made);
        article.markup = self
            .markup
            .iter()
            .filter_map(|m| {
                Some(Markup {
                    span: moved(m.span, &made)?,
                    ..*m
                })
            })
            .collect();
        article.links = carry_links(self.links, &made);
        if made.marks > 0 {
            let mut warning = Warning::new(
                "scrubbed",
                format!(
                    "{} control characters or escape sequences were taken out",
                    made.marks
                ),
            );
            warning.hint = Some("a mark such as ␛ or � stands where each of them was".to_owned());
            article.warnings.push(warning);
        }
        article.text = made.text;
        article
    }
}

/// Adds a date hint unless it cannot be a date.
pub(crate) fn push_date(
    hints: &mut Hints,
    kind: DateHintKind,
    name: &str,
    raw: &str,
    line: Option<u32>,
) {
    let raw = raw.trim_matches([' ', '\n', '\r', '\t']);
    let known = |h: &DateHint| h.kind == kind && h.name == name && h.raw == raw;
    if raw.is_empty()
        || raw.len() > LONGEST_DATE
        || hints.dates.len() >= MOST_DATES
        || hints.dates.iter().any(known)
    {
        return;
    }
    hints.dates.push(DateHint {
        kind,
        name: name.to_owned(),
        raw: raw.to_owned(),
        line,
    });
}

/// Links of the scrubbed text. A link that stands in another one is left out.
fn carry_links(links: Vec<Link>, made: &Scrubbed) -> Vec<Link> {
    let clean = |link: Link| {
        let span = moved(link.span, made)?;
        let target = scrub_line(&link.target, LONGEST_TARGET);
        (!target.is_empty()).then_some(Link { span, target })
    };
    let mut links: Vec<Link> = links.into_iter().filter_map(clean).collect();
    links.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    let mut end = 0;
    links.retain(|link| {
        let apart = link.span.start >= end;
        end = end.max(link.span.end);
        apart
    });
    links
}

/// A span of the raw text in the scrubbed one; `None` where nothing of it is left.
fn moved(span: Span, made: &Scrubbed) -> Option<Span> {
    let start = made.clean_of(span.start as usize);
    let end = made.clean_of(span.end as usize);
    let span = Span::new(start, end.max(start)).trim(&made.text);
    (!span.is_empty()).then_some(span)
}

/// Scrubs every string of the hints; what is blank then is none.
pub(crate) fn clean_hints(hints: Hints) -> Hints {
    let line = |value: Option<String>| {
        value
            .map(|v| scrub_line(&v, LONGEST_HINT))
            .filter(|v| !v.is_empty())
    };
    Hints {
        title: line(hints.title),
        byline: line(hints.byline),
        outlet: line(hints.outlet),
        url: line(hints.url),
        language: line(hints.language),
        topic: line(hints.topic),
        dates: hints
            .dates
            .into_iter()
            .map(|date| DateHint {
                name: scrub_line(&date.name, LONGEST_DATE),
                raw: scrub_line(&date.raw, LONGEST_DATE),
                ..date
            })
            .collect(),
    }
}

/// Scrubs the message of a warning, which may quote the source.
pub(crate) fn clean_warning(warning: Warning) -> Warning {
    Warning {
        message: scrub_line(&warning.message, LONGEST_MESSAGE),
        hint: warning.hint.map(|h| scrub_line(&h, LONGEST_MESSAGE)),
        ..warning
    }
}

/// A cursor over the raw text that knows its line and byte of the source.
struct Cursor<'a> {
    raw: &'a str,
    anchors: &'a [Anchor],
    next: usize,
    at: usize,
    place: Place,
    verbatim: bool,
}

impl<'a> Cursor<'a> {
    fn new(raw: &'a str, anchors: &'a [Anchor]) -> Self {
        let place = anchors
            .first()
            .map_or(Place { line: 1, byte: 0 }, |a| a.place);
        Self {
            raw,
            anchors,
            next: 0,
            at: 0,
            place,
            verbatim: false,
        }
    }

    /// Moves to byte `to` of the raw text, which never lies behind.
    fn go(&mut self, to: usize) -> Place {
        while let Some(anchor) = self.anchors.get(self.next).filter(|a| a.at <= to) {
            self.at = anchor.at;
            self.place = anchor.place;
            self.verbatim = anchor.verbatim;
            self.next += 1;
        }
        if self.verbatim {
            let bytes = self.raw.as_bytes();
            let passed = bytes.get(self.at..to).unwrap_or_default();
            let mut lines = memchr::memchr_iter(b'\n', passed).count();
            // An old line end is a carriage return with no line feed behind it.
            lines += memchr::memchr_iter(b'\r', passed)
                .filter(|i| bytes.get(self.at + i + 1) != Some(&b'\n'))
                .count();
            self.place.line = self.place.line.saturating_add(lines as u32);
            self.place.byte += passed.len() as u64;
        }
        self.at = to;
        self.place
    }
}

/// The places of scrubbed text: those of the raw text, carried over the map of the scrubber.
fn carry(raw: &str, anchors: &[Anchor], made: &Scrubbed) -> Origin {
    let mut origin = Origin::default();
    if anchors.is_empty() {
        return origin;
    }
    let mut cursor = Cursor::new(raw, anchors);
    for (i, segment) in made.map.iter().enumerate() {
        let place = cursor.go(segment.raw);
        origin.push(segment.clean, place, segment.verbatim && cursor.verbatim);
        if segment.verbatim {
            let end = made.map.get(i + 1).map_or(made.text.len(), |s| s.clean);
            let raw_end = segment.raw + (end - segment.clean);
            while let Some(anchor) = anchors.get(cursor.next).filter(|a| a.at < raw_end) {
                let place = cursor.go(anchor.at);
                origin.push(
                    segment.clean + (anchor.at - segment.raw),
                    place,
                    anchor.verbatim,
                );
            }
        }
    }
    origin
}

/// The places of text that was scrubbed one code point for one code point.
fn given_origin(raw: &str, anchors: &[Anchor]) -> Origin {
    let mut origin = Origin::default();
    if anchors.is_empty() {
        return origin;
    }
    let clean = scrub_given(raw);
    if clean == raw {
        for anchor in anchors {
            origin.push(anchor.at, anchor.place, anchor.verbatim);
        }
        return origin;
    }
    let mut cursor = Cursor::new(raw, anchors);
    let mut at = 0;
    let mut shift_known = false;
    let mut next = 0;
    for ((raw_at, from), to) in raw.char_indices().zip(clean.chars()) {
        let anchored = cursor.anchors.get(next).is_some_and(|a| a.at <= raw_at);
        while cursor.anchors.get(next).is_some_and(|a| a.at <= raw_at) {
            next += 1;
        }
        let same = from == to || (from == '\t' && to == ' ');
        if anchored || !shift_known || !same {
            let place = cursor.go(raw_at);
            origin.push(at, place, same && cursor.verbatim);
        }
        shift_known = same;
        at += to.len_utf8();
    }
    origin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(raw: &str, as_is: bool) -> Article {
        let place = Place { line: 1, byte: 0 };
        Draft::verbatim(raw.to_owned(), place).finish(ContentHash::default(), Options { as_is })
    }

    #[test]
    fn places_survive_scrubbing() {
        let raw = "one\r\ntwo \u{1B}[1mthree\r\n\r\nJose\u{301} four\rfive\u{2028}six";
        let article = finished(raw, false);
        assert_eq!(article.text, "one\ntwo ␛three\n\nJosé four\nfive\nsix");
        for (word, line) in [
            ("one", 1),
            ("two", 2),
            ("three", 2),
            ("four", 4),
            ("five", 5),
            ("six", 5),
        ] {
            let at = article.text.find(word).unwrap();
            let place = article.origin.place(&article.text, at).unwrap();
            assert_eq!(place.line, line, "{word}");
            assert_eq!(place.byte as usize, raw.find(word).unwrap(), "{word}");
        }
    }

    #[test]
    fn given_text_keeps_places_too() {
        let raw = "one\u{1B}\r\ntwo\tthree";
        let article = finished(raw, true);
        assert_eq!(article.given.as_deref(), Some(raw));
        let at = article.text.find("three").unwrap();
        assert_eq!(
            article.origin.place(&article.text, at).unwrap().byte as usize,
            raw.find("three").unwrap()
        );
    }

    #[test]
    fn a_value_too_long_for_a_date_is_none() {
        let mut draft = Draft::default();
        push_date(
            &mut draft.hints,
            DateHintKind::Meta,
            "date",
            &format!("2024-05-06{}", "0".repeat(500)),
            None,
        );
        assert!(draft.hints.dates.is_empty());
    }
}
