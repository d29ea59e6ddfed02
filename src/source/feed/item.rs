//! From the fields of an item to its draft: text, title, names, address, dates.
//!
//! Fields are known by their local name. The longest form of the text that the item carries
//! counts: `content:encoded` or `content` before a summary, and the title where there is nothing.

use super::Reader;
use super::xml::{attribute, local};
use crate::article::DateHintKind;
use crate::source::Options;
use crate::source::draft::{Draft, push_date};
use crate::source::html::{self, charref};
use crate::text::Place;

/// A field of an item: all of its text, and where it stands alone and unchanged in the source.
#[derive(Debug, Default)]
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: &'a str,
    pub(super) text: String,
    /// The one stretch of CDATA or markup that the field consists of.
    pub(super) in_place: Option<(usize, &'a str)>,
    /// Byte of the field.
    pub(super) at: usize,
}

impl<'a> Reader<'a> {
    /// The draft of an item; none where it holds neither title nor text.
    pub(super) fn draft(&mut self, item: Place, fields: &[Field<'a>], options: Options) -> Option<Draft> {
        let text = |names: &[&str]| {
            names
                .iter()
                .find_map(|n| fields.iter().find(|f| local(f.name) == *n && !f.text.trim().is_empty()))
        };
        let line = |field: Option<&Field<'a>>| {
            field.map(|f| unmarked(&f.text)).filter(|t| !t.trim().is_empty())
        };
        let title = line(text(&["title", "headline"]));
        let body = text(&["encoded"])
            .or_else(|| text(&["content"]))
            .or_else(|| text(&["description", "summary", "subtitle"]));
        let mut draft = match body {
            Some(field) => self.body(field, options),
            None => Draft::default(),
        };
        if draft.is_blank() {
            draft = Draft::at(title.clone().unwrap_or_default(), item);
            if draft.is_blank() {
                return None;
            }
        }
        let hints = &mut draft.hints;
        hints.title = title;
        hints.byline = line(text(&["creator", "author", "byline"]));
        hints.outlet = line(text(&["source"])).or_else(|| self.channel.outlet.clone());
        hints.language.clone_from(&self.channel.language);
        hints.url = link(fields);
        let mut dated = false;
        let (mut start, mut line) = ((item.byte - self.offset) as usize, item.line);
        for field in fields {
            let kind = match local(field.name) {
                "pubDate" | "published" | "issued" | "date" | "created" => DateHintKind::Feed,
                "updated" | "modified" => DateHintKind::Modified,
                _ => continue,
            };
            dated |= kind == DateHintKind::Feed;
            let passed = self.text.as_bytes().get(start..field.at).unwrap_or_default();
            line += memchr::memchr_iter(b'\n', passed).count() as u32;
            start = field.at;
            push_date(hints, kind, field.name, &field.text, Some(line));
        }
        if !dated {
            // An Atom entry without a date of publication has only this one.
            for date in &mut hints.dates {
                date.kind = DateHintKind::Feed;
            }
        }
        hints.dates.sort_by_key(|date| date.kind);
        draft.own_id = text(&["guid", "id"]).map(|f| f.text.trim().to_owned());
        Some(draft)
    }

    /// The text of an item: markup is rendered, in place where it stands in the source as it is.
    fn body(&mut self, field: &Field<'a>, options: Options) -> Draft {
        let kind = attribute(field.attributes, "type").unwrap_or("html");
        let plain = matches!(kind, "text" | "text/plain") || options.as_is;
        let looks_marked = field.text.contains('<') || field.text.contains('&');
        match field.in_place {
            Some((at, inner)) if !options.as_is => {
                let place = self.place(at);
                html::fragment_in_place(inner, place)
            }
            _ => {
                let place = self.place(field.at);
                if plain || !looks_marked {
                    Draft::at(field.text.clone(), place)
                } else {
                    html::fragment(&field.text, place)
                }
            }
        }
    }
}

/// The address of an item.
fn link(fields: &[Field<'_>]) -> Option<String> {
    let links = || fields.iter().filter(|f| local(f.name) == "link");
    let written = links().map(|f| f.text.trim()).find(|t| !t.is_empty());
    let alternate = links()
        .filter(|f| attribute(f.attributes, "rel").is_none_or(|rel| rel == "alternate"))
        .find_map(|f| attribute(f.attributes, "href"));
    let guid = fields
        .iter()
        .find(|f| local(f.name) == "guid")
        .map(|f| f.text.trim())
        .filter(|t| t.starts_with("http"));
    written
        .map(str::to_owned)
        .or_else(|| alternate.map(|a| charref::decode(a, true).into_owned()))
        .or_else(|| guid.map(str::to_owned))
}

/// A short field without the markup and references that some feeds put into it twice.
fn unmarked(text: &str) -> String {
    if !text.contains('<') && !text.contains('&') {
        return text.to_owned();
    }
    if text.contains("</") || text.contains("/>") || text.contains("<br") {
        let place = Place { line: 1, byte: 0 };
        return html::fragment(text, place).text;
    }
    charref::decode(text, false).into_owned()
}

