//! From the fields of an item to its draft: text, title, names, address, dates.
//!
//! Where feed-rs read the item too, it says which element is which field, and the scanner's
//! element gives the place. Without it fields are known by their local name, those of pictures
//! and recordings last. The longest form of the text that the item carries counts:
//! `content:encoded` or `content` before a summary, and the title where there is nothing.

use super::Reader;
use super::reading::Entry;
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
    /// There is markup inside that is not escaped.
    pub(super) marked: bool,
    /// Byte of the field.
    pub(super) at: usize,
}

impl<'a> Reader<'a> {
    /// The draft of an item; none where it holds neither title nor text.
    pub(super) fn draft(
        &mut self,
        item: Place,
        fields: &[Field<'a>],
        options: Options,
    ) -> Option<Draft> {
        let text = |names: &[&str]| {
            let named = |name: &str, foreign: bool| {
                fields.iter().find(|f| {
                    local(f.name) == name
                        && is_foreign(f.name) == foreign
                        && !f.text.trim().is_empty()
                })
            };
            let first = |foreign| names.iter().find_map(|name| named(name, foreign));
            first(false).or_else(|| first(true))
        };
        let line = |field: Option<&Field<'a>>| {
            field
                .map(|f| unmarked(&f.text))
                .filter(|t| !t.trim().is_empty())
        };
        let number = self.begun.checked_sub(1);
        let entry = number
            .and_then(|n| self.reading.entries.get_mut(n))
            .map(std::mem::take);
        let entry = entry
            .filter(|entry| agrees(entry, fields))
            .unwrap_or_default();
        let title = entry
            .title
            .as_deref()
            .map(unmarked)
            .filter(|t| !t.trim().is_empty());
        let title = title.or_else(|| line(text(&["title", "headline"])));
        let content = text(&["encoded"]).or_else(|| text(&["content"]));
        let content = content.filter(|_| !entry.no_text);
        let summary = || text(&["description", "summary", "subtitle"]);
        let found = match (&entry.content, &entry.summary) {
            (Some(words), _) => same_words(fields, &["encoded", "content"], words).or(content),
            // A picture may have a content of its own; that of the item is the summary then.
            (None, Some(words)) => content
                .filter(|f| !is_foreign(f.name))
                .or_else(|| same_words(fields, &["description", "summary"], words))
                .or_else(summary),
            (None, None) => content
                .filter(|f| !is_foreign(f.name))
                .or_else(summary)
                .or(content),
        };
        let mut draft = match found {
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
        hints.byline = entry
            .byline
            .or_else(|| line(text(&["creator", "author", "byline"])));
        hints.outlet = line(text(&["source"]))
            .or_else(|| self.reading.outlet.clone())
            .or_else(|| self.channel.outlet.clone());
        let of_feed = || {
            self.channel
                .language
                .clone()
                .or_else(|| self.reading.language.clone())
        };
        hints.language = entry.language.or_else(of_feed);
        hints.url = entry.url.or_else(|| link(fields));
        let mut dated = false;
        let (mut start, mut line) = ((item.byte - self.offset) as usize, item.line);
        let is_one = |date: &Option<String>, field: &Field<'_>| {
            date.as_ref()
                .is_some_and(|date| date.trim() == field.text.trim())
        };
        for field in fields {
            let kind = match local(field.name) {
                _ if is_foreign(field.name) => continue,
                "pubDate" | "published" | "issued" | "date" | "created" => DateHintKind::Feed,
                "updated" | "modified" => DateHintKind::Modified,
                // A name that only feed-rs knows for one of a date.
                _ if is_one(&entry.published, field) => DateHintKind::Feed,
                _ if is_one(&entry.updated, field) => DateHintKind::Modified,
                _ => continue,
            };
            dated |= kind == DateHintKind::Feed;
            let passed = self
                .text
                .as_bytes()
                .get(start..field.at)
                .unwrap_or_default();
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

/// True for the elements of pictures and recordings, which have titles and texts of their own.
fn is_foreign(name: &str) -> bool {
    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
    matches!(prefix, "media" | "itunes" | "podcast" | "googleplay")
}

/// True where feed-rs and the scanner speak of the same item: it has the same title.
fn agrees(entry: &Entry, fields: &[Field<'_>]) -> bool {
    let mut titles = fields.iter().filter(|f| local(f.name) == "title");
    match &entry.title {
        Some(title) => {
            let title = unmarked(title);
            titles.any(|f| letters(&unmarked(&f.text)).eq(letters(&title)))
        }
        None => titles.all(|f| is_foreign(f.name) || f.text.trim().is_empty()),
    }
}

/// What counts when texts are compared: no space, no sign.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// The field in which feed-rs found `words`.
fn same_words<'f, 'a>(
    fields: &'f [Field<'a>],
    names: &[&str],
    words: &str,
) -> Option<&'f Field<'a>> {
    // References that only HTML knows are left standing by feed-rs.
    let words = charref::decode(words.trim(), false);
    let mut likely = fields.iter().filter(|f| names.contains(&local(f.name)));
    likely.find(|f| charref::decode(f.text.trim(), false) == words)
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
pub(super) fn unmarked(text: &str) -> String {
    if !text.contains('<') && !text.contains('&') {
        return text.to_owned();
    }
    if text.contains("</") || text.contains("/>") || text.contains("<br") {
        let place = Place { line: 1, byte: 0 };
        return html::fragment(text, place).text;
    }
    charref::decode(text, false).into_owned()
}
