//! Feeds: RSS in all its versions, Atom, and the part of JSON Feed that is not plain JSON.
//!
//! There are two readers, and each is there for what the other cannot do. feed-rs (`reading`)
//! knows the dialects: which of two titles is that of the item, who wrote an entry that names
//! nobody, where a relative link leads. But a feed that is cut, or has one bare ampersand, it
//! refuses whole, and it tells no lines. So a scanner of our own cuts the items out of the text
//! one by one and goes on after an error: it costs at most the item that holds the break, and it
//! gives every item its place and its bytes. Where both find the same items, feed-rs chooses the
//! fields; where they differ, or `survey` finds what feed-rs could not bear, the scanner's
//! items stand alone, their fields known by local name, whatever the version says of itself.

mod doctype;
mod item;
mod json;
mod reading;
mod survey;
mod xml;

pub(super) use json::json_feed;

use super::Reason;
use super::decode::{Decoded, decode};
use super::format::{Fit, Format, Head};
use super::html::charref;
use super::intake::Intake;
use super::json::bad;
use crate::article::{Hints, Warning};
use crate::text::Place;
use item::Field;
use reading::Reading;
use xml::{Scanner, Token, attribute, local};

/// The format.
pub(crate) static FORMAT: Feed = Feed;

/// A feed.
pub(crate) struct Feed;

/// Elements that are an item.
fn is_item(name: &str) -> bool {
    matches!(local(name), "item" | "entry")
}

impl Format for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        let known =
            root(head.text()).is_some_and(|name| matches!(local(name), "rss" | "feed" | "RDF"));
        if known { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let Ok(decoded) = decode(head.bytes, None).map(Decoded::with_line_feeds) else {
            intake.skip(Reason::NotText, "not-text", "the bytes are no text");
            return;
        };
        let mut reader = Reader {
            text: &decoded.text,
            scanner: Scanner::new(&decoded.text),
            offset: decoded.offset,
            counted: (0, 1),
            channel: Hints::default(),
            depth: 0,
            empty: 0,
            reading: read_whole(&decoded.text),
            begun: 0,
        };
        reader.items(intake);
        if decoded.bad_bytes {
            let message = format!("some bytes are no {} and became �", decoded.encoding);
            intake.warn(Warning::new("bad-bytes", message));
        }
    }
}

/// The name of the root element.
pub(super) fn root(text: &str) -> Option<&str> {
    if !text
        .trim_start_matches('\u{FEFF}')
        .trim_start()
        .starts_with('<')
    {
        return None;
    }
    let mut scanner = Scanner::new(text);
    while let Some((_, token)) = scanner.next() {
        match token {
            Token::Start(name, ..) => return Some(name),
            Token::Text(text) if text.trim_start_matches('\u{FEFF}').trim().is_empty() => {}
            Token::Doctype(_) => {}
            _ => return None,
        }
    }
    None
}

struct Reader<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    offset: u64,
    /// A byte and its line.
    counted: (usize, u32),
    /// Title, address and language of the feed.
    channel: Hints,
    depth: u32,
    empty: u32,
    /// What feed-rs found, item for item; empty where it does not count.
    reading: Reading,
    /// Items begun.
    begun: usize,
}

/// What feed-rs makes of a feed that is whole, if it finds every item that the scanner does.
fn read_whole(text: &str) -> Reading {
    let reading = survey::items(text)
        .and_then(|items| Reading::of(text).filter(|reading| reading.entries.len() == items));
    reading.unwrap_or_default()
}

impl<'a> Reader<'a> {
    fn place(&mut self, at: usize) -> Place {
        let passed = self
            .text
            .as_bytes()
            .get(self.counted.0..at)
            .unwrap_or_default();
        self.counted.1 += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.counted.0 = self.counted.0.max(at);
        Place {
            line: self.counted.1,
            byte: at as u64 + self.offset,
        }
    }

    fn items(&mut self, intake: &mut Intake<'_>) {
        let mut asks = None;
        // The feed's own fields stand beside its items, at most two levels deep.
        let mut field: Option<(&'a str, String)> = None;
        while let Some((at, token)) = self.scanner.next() {
            match token {
                Token::Doctype(doctype) => {
                    let body = self.text.get(self.scanner.at..).unwrap_or_default();
                    asks = asks.or_else(|| doctype::judge(doctype, body));
                    if doctype.contains("SYSTEM") || doctype.contains("PUBLIC") {
                        let message = "the document type names another file, which was not fetched";
                        intake.warn(Warning::new("external-entity", message));
                    }
                }
                Token::Start(name, _, closed) if is_item(name) => {
                    self.begun += 1;
                    let more = if closed {
                        let place = self.place(at);
                        self.blank(place, intake)
                    } else {
                        self.item(at, name, intake)
                    };
                    if !more {
                        break;
                    }
                }
                Token::Start(name, attributes, closed) => {
                    if self.channel.language.is_none() {
                        self.channel.language =
                            attribute(attributes, "xml:lang").map(|l| reading::short(l.to_owned()));
                    }
                    if !closed {
                        self.depth += 1;
                        field = Some((name, String::new()));
                    }
                }
                Token::Text(text) => {
                    if let Some((_, value)) = &mut field {
                        value.push_str(&charref::decode(text, false));
                    }
                }
                Token::Cdata(text) => {
                    if let Some((_, value)) = &mut field {
                        value.push_str(text);
                    }
                }
                Token::End(name) => {
                    if self.depth == 0 {
                        self.scanner.complain(at, "an end tag without a start");
                    }
                    self.depth = self.depth.saturating_sub(1);
                    if let Some((open, value)) = field.take() {
                        self.channel_field(open, name, value);
                    }
                }
            }
        }
        self.close(intake, asks);
    }

    fn channel_field(&mut self, open: &str, closed: &str, value: String) {
        if open != closed || value.trim().is_empty() || self.depth > 2 {
            return;
        }
        let slot = match local(open) {
            "title" => &mut self.channel.outlet,
            "language" => &mut self.channel.language,
            _ => return,
        };
        slot.get_or_insert_with(|| reading::short(value));
    }

    fn close(&mut self, intake: &mut Intake<'_>, asks: Option<(Reason, &'static str)>) {
        if self.depth > 0 {
            self.scanner
                .complain(self.text.len(), "the feed ends in the middle");
        }
        if intake.records() == 0 {
            intake.skip(Reason::NoArticle, "no-article", "a feed without items");
        } else if intake.records() == self.empty {
            intake.skip(
                Reason::NoArticle,
                "no-article",
                "a feed whose items are all empty",
            );
        }
        if let Some((reason, what)) = asks {
            intake.cut(reason, "document-type", what);
        }
        if let Some((at, what)) = self.scanner.broken {
            self.counted = (0, 1);
            let place = self.place(at);
            let mut warning = Warning::new("bad-xml", format!("line {}: {what}", place.line));
            warning.byte = Some(place.byte);
            warning.hint = Some("the items that could be told apart were read".to_owned());
            intake.warn(warning);
            intake.end(super::Outcome::Truncated, Reason::Malformed);
        }
    }

    /// An item with nothing in it.
    fn blank(&mut self, place: Place, intake: &mut Intake<'_>) -> bool {
        self.empty += 1;
        let message = format!("line {}: an item with neither title nor text", place.line);
        intake.bad(bad(message, intake.records(), place))
    }

    /// Reads an item whose start tag, at byte `start`, was just read; false to stop.
    fn item(&mut self, start: usize, item: &'a str, intake: &mut Intake<'_>) -> bool {
        let mut fields: Vec<Field<'a>> = Vec::new();
        let mut end = None;
        while let Some((at, token)) = self.scanner.next() {
            match token {
                Token::End(name) if name == item => {
                    end = Some(self.scanner.at);
                    break;
                }
                Token::Start(name, ..) if name == item => {
                    // The item before was never closed; it ends where the next begins.
                    self.scanner.complain(at, "an item begins inside an item");
                    self.scanner.at = at;
                    end = Some(at);
                    break;
                }
                Token::Start(name, attributes, closed) => {
                    let mut field = Field {
                        name,
                        attributes,
                        at,
                        ..Field::default()
                    };
                    if !closed {
                        self.field(&mut field, item);
                    }
                    fields.push(field);
                }
                Token::End(_) => self.scanner.complain(at, "an end tag without a start"),
                Token::Text(_) | Token::Cdata(_) | Token::Doctype(_) => {}
            }
        }
        let Some(end) = end else {
            let place = self.place(start);
            self.scanner.complain(start, "the feed ends inside an item");
            let message = format!("line {}: the feed ends inside this item", place.line);
            return intake.bad(bad(message, intake.records(), place));
        };
        let raw = self.text.get(start..end).unwrap_or_default();
        let place = self.place(start);
        match self.draft(place, &fields, intake.options) {
            Some(draft) => intake.article(draft, raw.as_bytes()),
            None => self.blank(place, intake),
        }
    }

    /// Reads a field up to its end tag, or to where the item ends without one.
    fn field(&mut self, field: &mut Field<'a>, item: &str) {
        let from = self.scanner.at;
        let (mut depth, mut runs, mut marked) = (1_u32, 0, false);
        let mut cdata = None;
        let mut end = from;
        while let Some((at, token)) = self.scanner.next() {
            end = at;
            match token {
                Token::Text(text) => {
                    field.text.push_str(&charref::decode(text, false));
                    runs += usize::from(!text.trim().is_empty());
                }
                Token::Cdata(text) => {
                    field.text.push_str(text);
                    cdata = Some((at, text));
                    runs += 1;
                }
                Token::Start(name, ..) if name == item => {
                    self.scanner.complain(at, "a field is never closed");
                    self.scanner.at = at;
                    break;
                }
                Token::Start(_, _, closed) => {
                    marked = true;
                    depth += u32::from(!closed);
                }
                Token::End(name) if name == item => {
                    self.scanner.complain(at, "a field is never closed");
                    self.scanner.at = at;
                    break;
                }
                Token::End(name) => {
                    depth -= 1;
                    if depth == 0 {
                        if name != field.name {
                            self.scanner
                                .complain(at, "a field is closed under another name");
                        }
                        break;
                    }
                }
                Token::Doctype(_) => {}
            }
            end = self.scanner.at;
        }
        field.marked = marked;
        field.in_place = match cdata {
            _ if marked => self.text.get(from..end).map(|inner| (from, inner)),
            Some(found) if runs == 1 => Some(found),
            _ => None,
        };
    }
}

#[cfg(test)]
mod tests;
