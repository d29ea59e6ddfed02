//! Annotated articles for the tests of the timeline: hand-made ones, and the shared examples where
//! they are at hand.
//!
//! The shared examples come with their annotations by hand (roles, expressions, names), so that
//! events and merging are measured here apart from the rooms before them.

use super::{Entities, Event, State};
use crate::annotate::timex::{Signal, Timex, TimexKind};
use crate::annotate::{
    Annotated, Basis, Block, EntityKind, LocalEntity, Mention, Published, Role, event,
};
use crate::article::{Article, ArticleId, ContentHash};
use crate::resolve::EntityId;
use crate::text::{Origin, Span, sentence};
use crate::when::{Interval, calendar};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The shared data, where they are.
fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("DATELINE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not here", path.display());
    None
}

pub(super) fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The days of a TIMEX3 value.
fn interval(value: &str) -> Interval {
    if let Ok(day) = value.get(..10).unwrap_or(value).parse::<NaiveDate>() {
        return Interval::day(day);
    }
    if let Some((year, week)) = value.split_once("-W") {
        let (Ok(year), Ok(week)) = (year.parse::<i32>(), week.parse::<i64>()) else {
            return Interval::UNDATED;
        };
        let first = calendar::monday(calendar::date(year, 1, 4).unwrap());
        return Interval::week(calendar::add_days(first, 7 * (week - 1)));
    }
    if value.len() == 7
        && let Ok(day) = format!("{value}-01").parse::<NaiveDate>()
    {
        return Interval::month(day);
    }
    match (value.len(), value.parse::<i32>()) {
        (4, Ok(year)) => Interval::year(year),
        _ => Interval::UNDATED,
    }
}

/// Builds an annotated article from text, names and (words, TIMEX3 value) of each expression.
pub(super) struct Maker {
    made: Annotated,
}

impl Maker {
    pub(super) fn new(id: &str, text: &str, published: &str) -> Self {
        let article = Article {
            id: Some(ArticleId::new(id)),
            hash: ContentHash::of(text.as_bytes()),
            text: text.to_owned(),
            origin: Origin::default(),
            ..Article::default()
        };
        let mut made = Annotated::new(Arc::new(article));
        made.published = Published {
            interval: interval(published),
            basis: Basis::Stated,
            ..Published::default()
        };
        Self { made }
    }

    fn block(&mut self, span: Span, role: Role) {
        let span = span.trim(self.made.text());
        if span.is_empty() {
            return;
        }
        self.made.blocks.push(Block { span, role });
        if role.is_analysed() {
            let sentences = sentence::split(self.made.text(), span);
            self.made.sentences.extend(sentences);
        }
    }

    pub(super) fn lines(mut self, roles: &[Role]) -> Self {
        let text = self.made.article.clone();
        let mut at = 0;
        for (nth, line) in text.text.split('\n').enumerate() {
            let role = roles.get(nth).copied().unwrap_or(Role::Body);
            self.block(Span::new(at, at + line.len()), role);
            at += line.len() + 1;
        }
        self
    }

    pub(super) fn timex(mut self, words: &str, value: &str) -> Self {
        let from = self
            .made
            .timexes
            .last()
            .map_or(0, |last| last.span.end as usize);
        let at = from + self.made.text()[from..].find(words).unwrap();
        self.push_timex(Span::new(at, at + words.len()), value);
        self
    }

    pub(super) fn push_timex(&mut self, span: Span, value: &str) {
        let kind = match value {
            _ if value.starts_with("P1D") => TimexKind::Set,
            "PAST_REF" | "PRESENT_REF" => TimexKind::Date,
            _ if value.starts_with('P') => TimexKind::Duration,
            _ => TimexKind::Date,
        };
        self.made.timexes.push(Timex {
            span,
            kind,
            value: value.to_owned(),
            interval: interval(value),
            rule: "test".into(),
            ..timex_default()
        });
    }

    /// Marks every place where `name` stands.
    pub(super) fn name(mut self, name: &str, kind: EntityKind) -> Self {
        let entity = self.made.entities.len() as u32;
        self.made.entities.push(LocalEntity {
            kind,
            name: name.to_owned(),
        });
        let found: Vec<usize> = self
            .made
            .text()
            .match_indices(name)
            .map(|(at, _)| at)
            .collect();
        for at in found {
            let span = Span::new(at, at + name.len());
            if self
                .made
                .mentions
                .iter()
                .all(|old| !old.span.overlaps(span))
            {
                self.made.mentions.push(Mention { span, kind, entity });
            }
        }
        self.made.mentions.sort_by_key(|mention| mention.span);
        self
    }

    pub(super) fn done(mut self) -> Annotated {
        self.made.timexes.sort_by_key(|timex| timex.span);
        self.made.events = event::extract(&self.made);
        self.made
    }
}

fn timex_default() -> Timex {
    Timex {
        span: Span::default(),
        kind: TimexKind::Date,
        value: String::new(),
        interval: Interval::UNDATED,
        signal: Signal::None,
        rule: "test".into(),
    }
}

pub(super) struct ByName(HashMap<(ArticleId, u32), EntityId>);

impl Entities for ByName {
    fn entity_of(&self, article: &ArticleId, local: u32) -> Option<EntityId> {
        self.0.get(&(article.clone(), local)).cloned()
    }
}

/// The five shared articles with their annotations by hand.
pub(super) fn seeds() -> Option<(Vec<Arc<Annotated>>, ByName)> {
    let root = shared("seeds")?;
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let lines = |name: &str| -> Vec<Value> {
        read(name)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let (times, roles) = (lines("gold/times.jsonl"), lines("gold/lines.jsonl"));
    let names: Value = serde_json::from_str(&read("gold/entities.json")).unwrap();
    let mut files: Vec<String> = roles
        .iter()
        .map(|line| line["file"].as_str().unwrap().to_owned())
        .collect();
    files.dedup();
    let mut known = HashMap::new();
    let mut out = Vec::new();
    for file in files {
        let text = read(&format!("articles/{file}"));
        let published = times
            .iter()
            .find(|line| line["kind"] == "document" && line["file"] == file.as_str())
            .unwrap();
        let low = published["accept"][0].as_str().unwrap();
        let day = published["pub"].as_str().unwrap();
        let high = published["accept"][1].as_str().unwrap();
        let mut maker = Maker::new(&file, &text, day);
        if published["how"] != "explicit" {
            maker.made.published.interval = Interval::range(d(low), d(high));
        }
        let mut at = 0;
        for (nth, line) in text.split('\n').enumerate() {
            let gold = roles.iter().find(|gold| {
                gold["file"] == file.as_str() && gold["line"].as_u64() == Some(nth as u64 + 1)
            });
            let label = gold.map_or("blank", |gold| gold["label"].as_str().unwrap());
            let keep = gold.map_or("drop", |gold| gold["keep"].as_str().unwrap());
            let role = match (label, keep) {
                ("headline", _) => Role::Headline,
                ("caption", "optional") => Role::Caption,
                ("subhead", "keep") => Role::Subhead,
                (_, "keep") => Role::Body,
                _ => Role::Furniture,
            };
            let mut start = at;
            for span in gold
                .and_then(|gold| gold["spans"].as_array())
                .into_iter()
                .flatten()
            {
                if span["kind"] == "date_header" && span["start"] == 0 {
                    start += line
                        .char_indices()
                        .nth(span["end"].as_u64().unwrap() as usize)
                        .map_or(0, |c| c.0);
                }
            }
            maker.block(Span::new(start, at + line.len()), role);
            at += line.len() + 1;
        }
        let byte = |chars: u64| {
            text.char_indices()
                .nth(chars as usize)
                .map_or(text.len(), |(at, _)| at)
        };
        for time in times.iter().filter(|line| {
            line["kind"] == "timex"
                && line["file"] == file.as_str()
                && line["status"] != "boilerplate"
        }) {
            let span = Span::new(
                byte(time["start"].as_u64().unwrap()),
                byte(time["end"].as_u64().unwrap()),
            );
            maker.push_timex(span, time["value"].as_str().unwrap());
        }
        let mut surfaces: Vec<(usize, String, EntityKind)> = Vec::new();
        for (nth, entity) in names["entities"].as_array().unwrap().iter().enumerate() {
            let kind = EntityKind::ALL
                .into_iter()
                .find(|kind| entity["type"] == kind.name())
                .unwrap();
            for list in [
                &entity["mentions"][&file],
                &entity["optional_mentions"][&file],
            ] {
                for surface in list.as_array().into_iter().flatten() {
                    surfaces.push((nth, surface.as_str().unwrap().to_owned(), kind));
                }
            }
        }
        surfaces.sort_by_key(|(nth, surface, _)| (std::cmp::Reverse(surface.len()), *nth));
        for (nth, surface, kind) in surfaces {
            let local = maker.made.entities.len() as u32;
            known.insert(
                (ArticleId::new(file.as_str()), local),
                EntityId::from(format!("entity:{nth}").as_str()),
            );
            maker = maker.name(&surface, kind);
        }
        out.push(Arc::new(maker.done()));
    }
    Some((out, ByName(known)))
}

/// A timeline in the form of the JSON contract, for the shared scorer.
pub(super) fn as_json(events: &[Arc<Event>]) -> Value {
    let date = |date: &Interval| {
        serde_json::json!({
            "start": date.start.map(|day| day.to_string()),
            "end": date.end.map(|day| day.to_string()),
            "precision": date.precision.name(),
            "approximate": date.approximate,
        })
    };
    let all = events.iter().map(|event| {
        serde_json::json!({
            "id": event.id.as_str(), "date": date(&event.date), "text": event.text,
            "score": event.score, "planned": event.planned, "voices": event.voices,
            "kind": event.kind, "articles": event.articles,
            "mentions": event.mentions.iter().map(|cited| serde_json::json!({
                "article": cited.article, "quote": cited.quote, "basis": cited.basis,
                "timex": cited.timex,
            })).collect::<Vec<_>>(),
            "figures": event.figures.iter().map(|figure| serde_json::json!({
                "what": figure.what, "verdict": figure.verdict, "why": figure.why,
                "values": figure.values.iter().map(|value| serde_json::json!({
                    "text": value.text, "value": value.value, "unit": value.unit,
                    "article": value.article,
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        })
    });
    Value::Array(all.collect())
}

pub(super) fn fold(
    articles: &[Arc<Annotated>],
    batch: usize,
    names: &dyn Entities,
) -> Vec<Arc<Event>> {
    let mut state = State::default();
    for part in articles.chunks(batch.max(1)) {
        state.fold(part);
    }
    state.events(names)
}
