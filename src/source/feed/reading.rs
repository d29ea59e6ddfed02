//! A feed as feed-rs reads it: which element is which field, by name space and version.
//!
//! feed-rs is the first reader: it knows the dialects, tells the `title` of a picture from that
//! of an item, and finds the author of an entry that names none. It gives nothing where a feed
//! is broken, and it knows no lines; the scanner beside it does both. So a reading is never
//! needed, only better than none: whatever goes wrong here costs no item.
//!
//! Nothing random and no clock enters: ids are not made up, and a date stays the words it was
//! written in. What the hostile could use against feed-rs is told by `survey` before it is asked.

use super::item::unmarked;
use crate::article::Hints;
use chrono::DateTime;
use feed_rs::model::{self, FeedType};
use feed_rs::parser::Builder;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

/// Largest text given to feed-rs, in bytes: it holds everything once more.
const LARGEST: usize = 32 << 20;

/// Longest value of the feed that every item is given, in characters.
const LONGEST_SHARED: usize = 1000;

/// What feed-rs found.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Title of the feed.
    pub(crate) outlet: Option<String>,
    /// Language of the feed.
    pub(crate) language: Option<String>,
    /// Items in the order of the feed.
    pub(crate) entries: Vec<Entry>,
}

/// An item; texts are as written, markup and all.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    pub(crate) title: Option<String>,
    /// The whole text.
    pub(crate) content: Option<String>,
    /// The content is a picture, a packed file, or stands elsewhere.
    pub(crate) no_text: bool,
    pub(crate) summary: Option<String>,
    /// All authors.
    pub(crate) byline: Option<String>,
    /// The address, relative ones resolved as far as the feed says against what.
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    /// Dates in the words of the feed.
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
}

impl Reading {
    /// Reads `text`, which `survey` or the guard of JSON Feeds found harmless; none where feed-rs
    /// makes nothing of it.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if text.len() > LARGEST {
            return None;
        }
        // The words of a date do not come out of feed-rs, a time does. So each is put on a list,
        // and the time that comes out is its number on the list.
        let words: Arc<Mutex<Vec<String>>> = Arc::default();
        let list = Arc::clone(&words);
        let parser = Builder::new()
            .sanitize_content(false)
            .id_generator(|_, _, _| String::new())
            .timestamp_parser(move |date| {
                let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
                list.push(date.to_owned());
                DateTime::from_timestamp(list.len() as i64 - 1, 0)
            })
            .build();
        // The text is decoded already; a declared encoding would have it decoded twice.
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        let declaration = text.starts_with("<?xml").then(|| text.find("?>")).flatten();
        let body = declaration
            .and_then(|end| text.get(end + 2..))
            .unwrap_or(text);
        // A panic inside is a failure like any other: the scanner reads the feed then.
        let feed = catch_unwind(AssertUnwindSafe(|| parser.parse(body.as_bytes())))
            .ok()?
            .ok()?;
        let words = words.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Self::from_model(feed, &words))
    }

    /// Puts what feed-rs found of item `i` of a JSON Feed into its hints, if they are of one item.
    pub(crate) fn complete(&mut self, i: usize, hints: &mut Hints) {
        let Some(entry) = self.entries.get_mut(i).map(std::mem::take) else {
            return;
        };
        let title = |title: &Option<String>| title.as_deref().unwrap_or_default().trim().to_owned();
        if title(&entry.title) != title(&hints.title) {
            return;
        }
        hints.byline = entry.byline.or(hints.byline.take());
        hints.url = entry.url.or(hints.url.take());
        hints.language = hints.language.take().or_else(|| self.language.clone());
    }

    fn from_model(feed: model::Feed, words: &[String]) -> Self {
        // Only Atom and JSON Feed say that the feed's author is that of its items.
        let shared = match feed.feed_type {
            FeedType::Atom | FeedType::JSON => byline(&feed.authors).map(short),
            _ => None,
        };
        let entries = feed.entries.into_iter();
        Self {
            outlet: feed.title.map(|t| short(unmarked(&t.content))),
            language: feed.language.map(short),
            entries: entries
                .map(|e| Entry::from_model(e, shared.as_deref(), words))
                .collect(),
        }
    }
}

impl Entry {
    fn from_model(entry: model::Entry, shared: Option<&str>, words: &[String]) -> Self {
        let raw = |time: Option<DateTime<chrono::Utc>>| {
            let number = usize::try_from(time?.timestamp()).ok()?;
            words.get(number).cloned()
        };
        let (published, updated) = (raw(entry.published), raw(entry.updated));
        let written = |content: &model::Content| {
            let kind = content.content_type.as_str();
            let readable =
                kind.starts_with("text/") || kind.contains("xml") || kind.contains("html");
            readable && (content.src.is_none() || content.body.is_some())
        };
        let no_text = entry.content.as_ref().is_some_and(|c| !written(c));
        let links = || entry.links.iter().filter(|link| !link.href.is_empty());
        let main = links()
            .find(|l| l.target.is_none() && l.rel.as_deref().is_none_or(|r| r == "alternate"));
        Self {
            title: entry.title.map(|t| t.content),
            no_text,
            content: entry.content.filter(|_| !no_text).and_then(|c| c.body),
            summary: entry.summary.map(|s| s.content),
            byline: byline(&entry.authors).or_else(|| shared.map(str::to_owned)),
            url: main.map(|link| link.href.clone()),
            language: entry.language,
            published,
            updated,
        }
    }
}

/// The beginning of a value: copies of a long one in every item would fill the memory.
pub(super) fn short(value: String) -> String {
    match value.char_indices().nth(LONGEST_SHARED) {
        Some((end, _)) => value.get(..end).unwrap_or_default().to_owned(),
        None => value,
    }
}

/// The names of people, each once; those that are named as creators before those that are not.
fn byline(people: &[model::Person]) -> Option<String> {
    let creator = |p: &&model::Person| p.role.as_deref() == Some("creator");
    let creators = people.iter().filter(creator).count();
    let mut names: Vec<&str> = Vec::new();
    for person in people
        .iter()
        .filter(|p| creators == 0 || creator(p))
        .take(100)
    {
        let bracketed: &[char] = &['(', ')', '<', '>', '[', ']'];
        let name = person.name.as_deref().unwrap_or_default();
        let name = name.trim_matches(|c: char| c.is_whitespace() || bracketed.contains(&c));
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}
