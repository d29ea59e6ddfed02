//! JSON records of articles, and `.json` files: one object, an array of them, or a JSON Feed.
//!
//! Not here: lines (`jsonl`); what feed-rs adds to a JSON Feed (`feed`). Only the keys that the
//! contract names and those that common archives use are kept; everything else is passed over
//! without being stored.

use super::decode::decode;
use super::draft::{Draft, push_date};
use super::feed::json_feed;
use super::format::{Fit, Format, Head};
use super::intake::Intake;
use super::{Options, Reason, html};
use crate::article::{DateHintKind, Warning};
use crate::text::Place;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// The format.
pub(crate) static FORMAT: Json = Json;

/// One JSON value.
pub(crate) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        if looks_like_json(head.text()) { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let Ok(decoded) = decode(head.bytes, None) else {
            intake.skip(Reason::NotText, "not-text", "the bytes are no text");
            return;
        };
        let text = decoded.text.as_str();
        let (records, feed) = match items(text) {
            Ok(found) => found,
            Err(error) => {
                let deep = error.to_string().contains("recursion limit");
                let reason = if deep { Reason::TooDeep } else { Reason::Malformed };
                intake.skip(reason, "bad-json", format!("not JSON that can be read: {error}"));
                return;
            }
        };
        let mut lines = Lines::new(text, decoded.offset);
        let read = feed.as_ref().and_then(|_| json_feed(text, records.len()));
        let mut reading = read.unwrap_or_default();
        for (i, raw) in records.into_iter().enumerate() {
            let place = lines.place(raw);
            let record: Result<Record, _> = serde_json::from_str(raw);
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    if !intake.bad(bad(format!("line {}: {error}", place.line), intake.records(), place)) {
                        return;
                    }
                    continue;
                }
            };
            let outlet = feed.clone();
            let more = match record.draft(intake.options, Some(place)) {
                Ok(mut draft) => {
                    reading.complete(i, &mut draft.hints);
                    draft.hints.outlet = draft.hints.outlet.or(outlet);
                    intake.article(draft, raw.as_bytes())
                }
                Err(message) => {
                    intake.bad(bad(format!("line {}: {message}", place.line), intake.records(), place))
                }
            };
            if !more {
                return;
            }
        }
    }
}

/// A warning about a record that cannot be read.
pub(crate) fn bad(message: String, before: u32, place: Place) -> Warning {
    Warning {
        record: Some(before.saturating_add(1)),
        byte: Some(place.byte),
        ..Warning::new("bad-record", message)
    }
}

/// An opening brace or bracket and then what may follow it in JSON.
fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start();
    let next = |rest: &str| rest.trim_start().chars().next();
    match (text.chars().next(), text.get(1..).map(str::trim_start)) {
        (Some('{'), Some(rest)) => match next(rest) {
            Some('}') => true,
            // A quoted key and a colon; prose in braces has none.
            Some('"') => rest
                .get(1..)
                .and_then(|r| r.find('"').and_then(|end| r.get(end + 1..)))
                .is_some_and(|r| r.trim_start().starts_with(':')),
            _ => false,
        },
        (Some('['), Some(rest)) => match next(rest) {
            Some('{') => looks_like_json(rest),
            Some('[') => rest.starts_with("[[") || looks_like_json(rest),
            Some(']') => rest.trim_start_matches(']').trim().is_empty(),
            Some('"') => text.trim_end().ends_with(']'),
            _ => false,
        },
        _ => false,
    }
}

/// Finds the line of stretches of a text, asked in rising order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    offset: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, offset: u64) -> Self {
        Self { text, at: 0, line: 1, offset }
    }

    /// The place of `part`, which must be a slice of the text.
    fn place(&mut self, part: &str) -> Place {
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let passed = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.at = at.max(self.at);
        Place { line: self.line, byte: at as u64 + self.offset }
    }
}

/// The records of one JSON value, each as it stands in the file, and the title of a feed.
fn items(text: &str) -> serde_json::Result<(Vec<&str>, Option<String>)> {
    // The whole is checked first: then the cuts below cannot fail half way.
    serde_json::from_str::<IgnoredAny>(text)?;
    let text = text.trim();
    if text.starts_with('[') {
        return Ok((elements(text), None));
    }
    let members = members(text);
    let find = |key: &str| members.iter().find(|(k, _)| k == key).map(|(_, v)| *v);
    let feed = find("version").is_some_and(|v| v.contains("jsonfeed.org"));
    let list = find("items").or_else(|| find("articles"));
    if let Some(list) = list.filter(|l| l.starts_with('[')) {
        let title = find("title").and_then(|t| serde_json::from_str(t).ok());
        return Ok((elements(list), title.filter(|_| feed)));
    }
    Ok((vec![text], None))
}

/// The end of the JSON value that `text` begins with.
fn value_end(text: &str) -> usize {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => values.byte_offset(),
        _ => text.len(),
    }
}

/// The elements of a valid JSON array.
fn elements(array: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = array.get(1..).unwrap_or_default().trim_start();
    while !rest.is_empty() && !rest.starts_with(']') {
        let end = value_end(rest);
        found.push(rest.get(..end).unwrap_or_default().trim());
        rest = rest.get(end..).unwrap_or_default().trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    found
}

/// The keys and values of a valid JSON object.
fn members(object: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut rest = object.get(1..).unwrap_or_default().trim_start();
    while rest.starts_with('"') {
        let end = value_end(rest);
        let key = serde_json::from_str(rest.get(..end).unwrap_or_default()).unwrap_or_default();
        rest = rest.get(end..).unwrap_or_default().trim_start();
        rest = rest.strip_prefix(':').unwrap_or(rest).trim_start();
        let end = value_end(rest);
        found.push((key, rest.get(..end).unwrap_or_default().trim()));
        rest = rest.get(end..).unwrap_or_default().trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    found
}

/// The part of an object that matters here: known keys, in the order met, the last of equals.
#[derive(Debug, Default)]
pub(crate) struct Record {
    fields: Vec<(&'static str, Value)>,
    doubled: Option<&'static str>,
}

/// Keys that are kept, each with the field it fills; of two that fill one field, the first listed
/// here wins.
const KEYS: &[(&str, &str)] = &[
    ("id", "id"),
    ("text", "text"),
    ("body", "text"),
    ("content", "text"),
    ("maintext", "text"),
    ("articleBody", "text"),
    ("content_text", "text"),
    ("content_html", "html"),
    ("summary", "summary"),
    ("description", "summary"),
    ("title", "title"),
    ("headline", "title"),
    ("byline", "byline"),
    ("author", "byline"),
    ("authors", "byline"),
    ("source", "outlet"),
    ("outlet", "outlet"),
    ("publisher", "outlet"),
    ("source_domain", "outlet"),
    ("site_name", "outlet"),
    ("url", "url"),
    ("link", "url"),
    ("language", "language"),
    ("lang", "language"),
    ("topic", "topic"),
    ("published", "published"),
    ("dct", "published"),
    ("date", "date"),
    ("date_publish", "date"),
    ("date_published", "date"),
    ("datePublished", "date"),
    ("published_at", "date"),
    ("publishedAt", "date"),
    ("pubDate", "date"),
    ("pub_date", "date"),
    ("date_modify", "modified"),
    ("date_modified", "modified"),
    ("dateModified", "modified"),
    ("updated", "modified"),
    ("date_download", "captured"),
];

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Record;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a text")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
                let mut record = Record::default();
                while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                    let Some((key, _)) = KEYS.iter().find(|(name, _)| *name == key) else {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    };
                    let value: Value = map.next_value()?;
                    match record.fields.iter_mut().find(|(name, _)| name == key) {
                        Some(field) => {
                            record.doubled = Some(key);
                            field.1 = value;
                        }
                        None => record.fields.push((key, value)),
                    }
                }
                Ok(record)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl Record {
    /// The id that the record gives itself.
    pub(crate) fn id(&self) -> Option<String> {
        self.first("id").map(|(_, id)| id).filter(|id| !id.trim().is_empty())
    }

    /// Values of a field as text, those of the key listed first before the others.
    fn all(&self, field: &'static str) -> impl Iterator<Item = (&'static str, String)> + '_ {
        KEYS.iter()
            .filter(move |(_, fills)| *fills == field)
            .filter_map(|(key, _)| self.fields.iter().find(|(name, _)| name == key))
            .filter_map(|(key, value)| Some((*key, words(value)?)))
    }

    fn first(&self, field: &'static str) -> Option<(&'static str, String)> {
        self.all(field).find(|(_, value)| !value.trim().is_empty())
    }

    /// The draft of the article, or what is missing. Without a place the source has no lines.
    pub(crate) fn draft(&self, options: Options, place: Option<Place>) -> Result<Draft, &'static str> {
        let at = place.unwrap_or(Place { line: 1, byte: 0 });
        let text = self
            .first("text")
            .or_else(|| self.first("html"))
            .or_else(|| self.first("summary"));
        let Some((key, text)) = text else {
            return Err("no text (a string under text, body, content or maintext)");
        };
        let marked = key == "content_html" || html::is_fragment(&text);
        let mut draft = if marked && !options.as_is {
            html::fragment(&text, at)
        } else {
            Draft::at(text, at)
        };
        if draft.is_blank() && !options.as_is {
            return Err("the text is empty");
        }
        if place.is_none() {
            draft.anchors.clear();
        }
        draft.own_id = self.id();
        let one = |field: &'static str| self.first(field).map(|(_, value)| value);
        draft.hints.title = one("title");
        draft.hints.byline = one("byline");
        draft.hints.outlet = one("outlet");
        draft.hints.url = one("url");
        draft.hints.language = one("language");
        draft.hints.topic = one("topic");
        let line = place.map(|p| p.line);
        for (field, kind) in [
            ("published", DateHintKind::Given),
            ("date", DateHintKind::Meta),
            ("modified", DateHintKind::Modified),
            ("captured", DateHintKind::Captured),
        ] {
            for (key, value) in self.all(field) {
                push_date(&mut draft.hints, kind, key, &value, line);
            }
        }
        if let Some(key) = self.doubled {
            draft.warnings.push(Warning::new(
                "double-key",
                format!("the key {key} stands there twice; the last one counts"),
            ));
        }
        Ok(draft)
    }
}

/// A string, a number, the name of an object, or a list of such as text.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => map.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Array(list) if list.iter().all(|v| v.is_string() || v.is_object()) => {
            let parts: Vec<String> = list.iter().filter_map(words).collect();
            let join = if parts.iter().any(|p| p.len() > 100) { "\n" } else { ", " };
            (!parts.is_empty()).then(|| parts.join(join))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Result<Draft, String> {
        let record: Record = serde_json::from_str(text).map_err(|e| e.to_string())?;
        record.draft(Options::default(), None).map_err(str::to_owned)
    }

    #[test]
    fn keys_of_archives_are_known() {
        let d = draft(r#"{"maintext":"The ferry sank.","headline":"Ferry","date_publish":"2019-03-02","authors":["A. Kern","B. Holt"],"source_domain":"north.example"}"#).unwrap();
        assert_eq!(d.text, "The ferry sank.");
        assert_eq!(d.hints.title.as_deref(), Some("Ferry"));
        assert_eq!(d.hints.byline.as_deref(), Some("A. Kern, B. Holt"));
        assert_eq!(d.hints.dates[0].kind, DateHintKind::Meta);
    }

    #[test]
    fn what_is_no_record_says_why() {
        assert!(draft(r#"{"title": 5}"#).unwrap_err().contains("no text"));
        assert!(draft("null").is_err());
        assert!(draft(r#"{"id":1,"id":2"#).is_err());
        assert!(draft(r#"{"text":"a","text":"b"}"#).unwrap().warnings.len() == 1);
    }

    #[test]
    fn prose_in_brackets_is_no_json() {
        assert!(looks_like_json("[\n {\"a\": 1}]"));
        assert!(looks_like_json("{\"a\":1}"));
        assert!(!looks_like_json("[Image: a harbour] and so on"));
        assert!(!looks_like_json("{\"quoted\" words in braces}"));
    }
}
