//! Tests over whole articles: hand-made ones, and the shared examples where they are at hand.
//!
//! The shared examples come with their annotations by hand (roles, expressions, names), so that
//! events and merging are measured here apart from the rooms before them.

use super::{Entities, Event, State, Verdict};
use crate::annotate::timex::{Signal, Timex, TimexKind};
use crate::annotate::{
    Annotated, Basis, Block, EntityKind, EventBasis, EventKind, LocalEntity, Mention, Published,
    Role, event,
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

fn d(text: &str) -> NaiveDate {
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
struct Maker {
    made: Annotated,
}

impl Maker {
    fn new(id: &str, text: &str, published: &str) -> Self {
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

    fn lines(mut self, roles: &[Role]) -> Self {
        let text = self.made.article.clone();
        let mut at = 0;
        for (nth, line) in text.text.split('\n').enumerate() {
            let role = roles.get(nth).copied().unwrap_or(Role::Body);
            self.block(Span::new(at, at + line.len()), role);
            at += line.len() + 1;
        }
        self
    }

    fn timex(mut self, words: &str, value: &str) -> Self {
        let from = self
            .made
            .timexes
            .last()
            .map_or(0, |last| last.span.end as usize);
        let at = from + self.made.text()[from..].find(words).unwrap();
        self.push_timex(Span::new(at, at + words.len()), value);
        self
    }

    fn push_timex(&mut self, span: Span, value: &str) {
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
            rule: "test",
            ..timex_default()
        });
    }

    /// Marks every place where `name` stands.
    fn name(mut self, name: &str, kind: EntityKind) -> Self {
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

    fn done(mut self) -> Annotated {
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
        rule: "test",
    }
}

struct ByName(HashMap<(ArticleId, u32), EntityId>);

impl Entities for ByName {
    fn entity_of(&self, article: &ArticleId, local: u32) -> Option<EntityId> {
        self.0.get(&(article.clone(), local)).cloned()
    }
}

/// The five shared articles with their annotations by hand.
fn seeds() -> Option<(Vec<Arc<Annotated>>, ByName)> {
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
fn as_json(events: &[Arc<Event>]) -> Value {
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

fn fold(articles: &[Arc<Annotated>], batch: usize, names: &dyn Entities) -> Vec<Arc<Event>> {
    let mut state = State::default();
    for part in articles.chunks(batch.max(1)) {
        state.fold(part);
    }
    state.events(names)
}

#[test]
fn the_shared_articles_make_one_timeline() {
    let Some((articles, names)) = seeds() else {
        return;
    };
    let events = fold(&articles, 5, &names);
    if let Some(path) = std::env::var_os("DATELINE_TIMELINE_OUT") {
        let json = serde_json::to_string_pretty(&as_json(&events)).unwrap();
        std::fs::write(path, json).unwrap();
    }
    let election = events
        .iter()
        .find(|event| event.date == Interval::day(d("2020-08-09")) && event.articles.len() >= 4);
    assert!(election.is_some(), "four articles tell one election");
    assert!(
        events
            .iter()
            .flat_map(|event| &event.figures)
            .all(|figure| figure.verdict != Verdict::Differ),
        "the five hold no true conflict"
    );
    // Neither the order nor the batches matter.
    let mut other: Vec<_> = articles.clone();
    other.reverse();
    other.rotate_left(2);
    assert_eq!(events, fold(&other, 1, &names));
    assert_eq!(events, fold(&other, 2, &names));
}

fn mentions(article: &Annotated) -> Vec<(String, String, EventBasis)> {
    article
        .events
        .iter()
        .map(|mention| {
            (
                mention.span.of(article.text()).to_owned(),
                mention.date.to_string(),
                mention.basis,
            )
        })
        .collect()
}

#[test]
fn a_noun_takes_the_date_that_stands_before_it() {
    let text = "Norvik opens a new bridge\n\
        The council has met in Norvik with builders.\n\
        There was no decision after the May 12 talks, though the mayor praised them.\n\
        Ada Lund has run the town since 1998.\n\
        The builders have refused an offer of Ada Lund.";
    let article = Maker::new("a", text, "2022-05-13")
        .lines(&[Role::Headline])
        .timex("May 12", "2022-05-12")
        .timex("1998", "1998")
        .name("Norvik", EntityKind::Place)
        .name("Ada Lund", EntityKind::Person)
        .done();
    let found = mentions(&article);
    let dates: Vec<(&str, EventBasis)> = found
        .iter()
        .map(|(_, date, basis)| (date.as_str(), *basis))
        .collect();
    assert!(
        dates.contains(&("2022-05-12", EventBasis::Timex)),
        "{found:#?}"
    );
    assert!(
        dates.contains(&("2022-05-12", EventBasis::Carried)),
        "{found:#?}"
    );
    assert!(
        dates.contains(&("1998-01-01..", EventBasis::Timex)),
        "{found:#?}"
    );
    let state = article
        .events
        .iter()
        .find(|mention| mention.kind == EventKind::State);
    assert!(state.is_some());
    let late = article.events.last().unwrap();
    assert_eq!(late.basis, EventBasis::None);
    assert!(!late.date.is_dated(), "never silently placed");
}

#[test]
fn nothing_comes_from_furniture() {
    let text = "A ferry sank off Norvik on June 3.\nA bridge fell in Sandby on June 4.";
    let article = Maker::new("a", text, "2022-06-05")
        .lines(&[Role::Body, Role::Teaser])
        .timex("June 3", "2022-06-03")
        .timex("June 4", "2022-06-04")
        .done();
    assert_eq!(article.events.len(), 1);
}

#[test]
fn a_coarse_date_joins_the_finer_one_of_the_same_year_only() {
    let tell = |id: &str, text: &str, words: &str, value: &str, day: &str| {
        Arc::new(
            Maker::new(id, text, day)
                .lines(&[Role::Body])
                .timex(words, value)
                .name("Sandland", EntityKind::Place)
                .name("Ada Lund", EntityKind::Person)
                .done(),
        )
    };
    let articles = [
        tell(
            "a",
            "Sandland held an election on May 8, which Ada Lund won.",
            "May 8",
            "2022-05-08",
            "2022-05-09",
        ),
        tell(
            "b",
            "Ada Lund took Sandland by storm after last year's disputed election.",
            "last year",
            "2022",
            "2023-02-01",
        ),
        tell(
            "c",
            "Ada Lund lost the 2018 election in Sandland by a hair.",
            "2018",
            "2018",
            "2023-02-02",
        ),
    ];
    let events = fold(&articles, 3, &());
    let day = events
        .iter()
        .find(|event| event.date == Interval::day(d("2022-05-08")))
        .unwrap();
    assert_eq!(day.articles.len(), 2, "{events:#?}");
    assert!(
        events
            .iter()
            .any(|event| event.date == Interval::year(2018))
    );
}

#[test]
fn two_thousand_articles_merge_in_time() {
    let articles: Vec<Arc<Annotated>> = (0..2000)
        .map(|n: u32| {
            let day = calendar::add_days(d("2020-01-01"), i64::from(n % 300));
            let who = ["Ada Lund", "Bo Berg", "Eva Dahl", "Jon Moe"][n as usize % 4];
            let what = ["arrested", "freed", "sued", "met", "attacked"][n as usize % 5];
            let line = format!(
                "{who} {what} harbour clerk {} in Norvik on Xday over toll {}. ",
                n % 97,
                n % 31
            );
            let text = line.repeat(10);
            let mut maker =
                Maker::new(&n.to_string(), &text, &day.to_string()).lines(&[Role::Body]);
            let places: Vec<usize> = text.match_indices("Xday").map(|(at, _)| at).collect();
            for at in places {
                maker.push_timex(Span::new(at, at + 4), &day.to_string());
            }
            Arc::new(
                maker
                    .name(who, EntityKind::Person)
                    .name("Norvik", EntityKind::Place)
                    .done(),
            )
        })
        .collect();
    let clock = std::time::Instant::now();
    let mut state = State::default();
    state.fold(&articles);
    let folded = clock.elapsed();
    let events = state.events(&());
    eprintln!(
        "2,000 articles: fold {folded:?}, fold and events {:?}, {} events",
        clock.elapsed(),
        events.len()
    );
    assert!(events.len() >= 300);
}
