//! What tests of the screen are made of: a small invented collection, keys as words, a canvas
//! without a terminal, and frames written down with their styles.

use super::app::App;
use super::effect::Effect;
use super::jobs;
use crate::annotate::timex::{Signal, Timex, TimexKind};
use crate::annotate::{
    Annotated, Basis, Block, Confidence, EntityKind, EventBasis, EventKind, Evidence,
    EvidencePlace, LocalEntity, Mention, Published, Rejected, Role,
};
use crate::article::{Article, ArticleId, ContentHash, Hints};
use crate::config::key::parse_sequence;
use crate::config::layers::merge;
use crate::config::{Flags, Settings};
use crate::engine::Progress;
use crate::resolve::{Entity, EntityId, Status as Sureness, Variant};
use crate::store::memory::{Parts, Slot};
use crate::store::{ArticleRow, Memory, Read, Status};
use crate::text::{Origin, Span};
use crate::timeline::{Citation, Event, EventId, Figure, FigureValue, Verdict};
use crate::when::Interval;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What articles are written as: `[P:Mara Lindqvist|0]` is a mention of local entity 0, `{on
/// Monday=2031-03-03}` a time expression, a line that begins with `#` is boilerplate.
struct Draft {
    id: &'static str,
    source: &'static str,
    title: &'static str,
    published: Interval,
    basis: Basis,
    text: &'static str,
}

const PEOPLE: &[(EntityKind, &str)] = &[
    (EntityKind::Person, "Mara Lindqvist"),
    (EntityKind::Org, "Port Authority"),
    (EntityKind::Place, "Karsholm"),
];

fn drafts() -> Vec<Draft> {
    vec![
        Draft {
            id: "harbour-1.txt",
            source: "Karsholm Post",
            title: "Harbour strike begins",
            published: Interval::day(day("2031-03-03")),
            basis: Basis::Stated,
            text: "#Home News Sport\nHarbour strike begins\n[0:Mara Lindqvist] called the strike at the [1:Port Authority] {on Monday=2031-03-03}. Some 400 workers walked out.\n\nThe harbour of [2:Karsholm] was last closed {in 2019=2019}.\n#Subscribe to our letter\n#Terms",
        },
        Draft {
            id: "harbour-2.txt",
            source: "Coast Wire",
            title: "Talks fail as harbour stays shut",
            published: Interval::range(day("2031-03-09"), day("2031-03-11")),
            basis: Basis::Inferred,
            text: "Talks fail as harbour stays shut\n[0:M. Lindqvist] said that talks with the [1:Port Authority] failed {last week=2031-03-03/2031-03-09}. About 450 workers are out.",
        },
        Draft {
            id: "blog/undated.md",
            source: "",
            title: "A walk through Karsholm",
            published: Interval::UNDATED,
            basis: Basis::None,
            text: "A walk through Karsholm\n[2:Karsholm] is quiet these days, wrote [0:Lindquist].",
        },
    ]
}

fn interval(text: &str) -> Interval {
    match (text.split_once('/'), text.len()) {
        (Some((a, b)), _) => Interval::range(day(a), day(b)),
        (None, 4) => Interval::year(text.parse().unwrap()),
        _ => Interval::day(day(text)),
    }
}

fn annotated(draft: &Draft) -> Annotated {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut timexes = Vec::new();
    let mut blocks = Vec::new();
    for (index, line) in draft.text.split('\n').enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let start = text.len();
        let (line, furniture) = line
            .strip_prefix('#')
            .map_or((line, false), |rest| (rest, true));
        let mut rest = line;
        while let Some(at) = rest.find(['[', '{']) {
            text.push_str(&rest[..at]);
            let close = if rest.as_bytes()[at] == b'[' {
                ']'
            } else {
                '}'
            };
            let end = at + rest[at..].find(close).unwrap();
            let inside = &rest[at + 1..end];
            let from = text.len();
            if close == ']' {
                let (local, name) = inside.split_once(':').unwrap();
                let entity: u32 = local.parse().unwrap();
                text.push_str(name);
                let kind = PEOPLE[entity as usize].0;
                mentions.push(Mention {
                    span: Span::new(from, text.len()),
                    kind,
                    entity,
                });
            } else {
                let (words, value) = inside.split_once('=').unwrap();
                text.push_str(words);
                timexes.push(Timex {
                    span: Span::new(from, text.len()),
                    kind: TimexKind::Date,
                    value: value.to_owned(),
                    interval: interval(value),
                    rule: "test",
                    signal: Signal::default(),
                });
            }
            rest = &rest[end + 1..];
        }
        text.push_str(rest);
        let span = Span::new(start, text.len());
        let role = match (furniture, line == draft.title) {
            (true, _) => Role::Navigation,
            (_, true) => Role::Headline,
            _ => Role::Body,
        };
        if !span.is_empty() {
            blocks.push(Block { span, role });
        }
    }
    let article = Article {
        id: Some(ArticleId::new(draft.id)),
        path: Some(format!("news/{}", draft.id)),
        hash: ContentHash::of(draft.id.as_bytes()),
        text,
        origin: Origin::verbatim(),
        hints: Hints {
            url: Some(format!("https://news.example/{}", draft.id)),
            ..Hints::default()
        },
        ..Article::default()
    };
    let mut made = Annotated::new(Arc::new(article));
    made.title = Some(draft.title.to_owned());
    made.language.code = "en".into();
    made.language.analysed = true;
    made.blocks = blocks;
    made.mentions = mentions;
    made.timexes = timexes;
    made.entities = PEOPLE
        .iter()
        .map(|(kind, name)| LocalEntity {
            kind: *kind,
            name: (*name).to_owned(),
        })
        .collect();
    made.published = published(draft);
    made
}

fn published(draft: &Draft) -> Published {
    let evidence = Evidence {
        quote: "last week".to_owned(),
        place: EvidencePlace::Text,
        article: None,
        span: None,
        line: Some(2),
        rule: "weekday-past".into(),
    };
    let rejected = Rejected {
        quote: "in 2019".to_owned(),
        value: Interval::year(2019),
        rule: "year".into(),
        why: "lies before everything else".to_owned(),
    };
    let known = draft.basis != Basis::None;
    Published {
        interval: draft.published,
        basis: draft.basis,
        confidence: if known {
            Confidence::Medium
        } else {
            Confidence::None
        },
        evidence: if known { vec![evidence] } else { Vec::new() },
        rejected: vec![rejected],
        conflicts: Vec::new(),
    }
}

pub(super) fn entity_id(local: usize) -> EntityId {
    let (kind, name) = PEOPLE[local];
    EntityId::of(kind, name, ContentHash::default())
}

fn entities(articles: &[Annotated]) -> Vec<Arc<Entity>> {
    let mut made: Vec<Arc<Entity>> = Vec::new();
    for (local, (kind, name)) in PEOPLE.iter().enumerate() {
        let mut counts: BTreeMap<&str, (u32, Vec<ArticleId>)> = BTreeMap::new();
        let mut ids: Vec<ArticleId> = Vec::new();
        for article in articles {
            for mention in article
                .mentions
                .iter()
                .filter(|m| m.entity as usize == local)
            {
                let entry = counts.entry(mention.span.of(article.text())).or_default();
                entry.0 += 1;
                entry.1.push(article.id());
                ids.push(article.id());
            }
        }
        ids.sort();
        let mentions = ids.len() as u32;
        ids.dedup();
        let variant = |(text, (count, articles)): (&&str, &(u32, Vec<ArticleId>))| Variant {
            text: (*text).to_owned(),
            count: *count,
            articles: articles.clone(),
            status: if text.contains("quist") && !text.contains("qvist") {
                Sureness::Suggested
            } else {
                Sureness::Sure
            },
            reason: "same surname".to_owned(),
        };
        made.push(Arc::new(Entity {
            id: entity_id(local),
            kind: *kind,
            name: (*name).to_owned(),
            mentions,
            articles: ids,
            variants: counts.iter().map(variant).collect(),
            aliases: Vec::new(),
        }));
    }
    made.sort_by(|a, b| {
        b.mentions
            .cmp(&a.mentions)
            .then_with(|| a.name.cmp(&b.name))
    });
    made
}

fn event(
    articles: &[Annotated],
    date: Interval,
    needle: &str,
    basis: EventBasis,
    local: &[usize],
) -> Arc<Event> {
    let mut mentions = Vec::new();
    for article in articles {
        if let Some(at) = article.text().find(needle) {
            let from = at + needle.len();
            let tail = &article.text()[from..];
            let end = tail.find(". ").or_else(|| tail.find('\n'));
            let end = from + end.unwrap_or(tail.len());
            let span = Span::new(at, end);
            mentions.push(Citation {
                article: article.id(),
                span,
                line: article.article.line(span.start),
                quote: span.of(article.text()).to_owned(),
                basis,
                timex: Some("on Monday".to_owned()),
                date,
            });
        }
    }
    let first = mentions.first().expect(needle).clone();
    let mut ids: Vec<ArticleId> = mentions.iter().map(|m| m.article.clone()).collect();
    ids.sort();
    let values = mentions
        .iter()
        .map(|m| FigureValue {
            text: "400 workers".to_owned(),
            value: 400.0,
            unit: "workers".to_owned(),
            article: m.article.clone(),
            span: m.span,
        })
        .collect();
    Arc::new(Event {
        id: EventId::of(ContentHash::of(needle.as_bytes()), 0, &date),
        date,
        text: first.quote.clone(),
        score: 1.0 / f64::from(first.span.start + 1),
        kind: EventKind::Event,
        planned: false,
        voices: ids.len() as u32,
        articles: ids,
        first_told: None,
        entities: local.iter().map(|local| entity_id(*local)).collect(),
        conflicts: Vec::new(),
        mentions,
        figures: vec![Figure {
            what: "workers".to_owned(),
            values,
            verdict: Verdict::Agree,
            why: "about the same".to_owned(),
        }],
        topic: None,
    })
}

/// The collection, as its `generation`-th state.
pub(super) fn store(generation: u64) -> Arc<dyn Read> {
    Arc::new(Memory::new(parts(generation)))
}

/// What [`store`] is made of.
pub(super) fn parts(generation: u64) -> Parts {
    let drafts = drafts();
    let articles: Vec<Annotated> = drafts.iter().map(annotated).collect();
    let entities = entities(&articles);
    let mut events = vec![
        event(
            &articles,
            Interval::year(2019),
            "The harbour of",
            EventBasis::Timex,
            &[2],
        ),
        event(
            &articles,
            Interval::day(day("2031-03-03")),
            "Mara Lindqvist called",
            EventBasis::Timex,
            &[0, 1],
        ),
        event(
            &articles,
            Interval::day(day("2031-03-03")),
            "Some 400",
            EventBasis::Carried,
            &[],
        ),
        event(
            &articles,
            Interval::week(day("2031-03-03")),
            "M. Lindqvist said",
            EventBasis::Timex,
            &[0, 1],
        ),
        event(
            &articles,
            Interval::UNDATED,
            "Karsholm is quiet",
            EventBasis::None,
            &[2, 0],
        ),
    ];
    events.sort_by(|a, b| a.date.order(&b.date));
    let slots = drafts.iter().zip(articles).map(|(draft, article)| Slot {
        row: ArticleRow {
            id: article.id(),
            hash: article.article.hash,
            path: article.article.path.clone(),
            title: draft.title.to_owned(),
            source: Some(draft.source.to_owned()).filter(|source| !source.is_empty()),
            published: article.published.clone(),
            words: 20,
            language: "en".to_owned(),
            analysed: true,
            copies_of: None,
            new: false,
        },
        entities: (0..PEOPLE.len())
            .map(|local| Some(entity_id(local)))
            .collect(),
        annotated: Arc::new(article),
    });
    Parts {
        generation,
        slots: slots.collect(),
        entities,
        events,
        status: Status {
            files: 4,
            skipped: 1,
            ..Status::default()
        },
        notes: Arc::default(),
    }
}

/// Settings that depend on no environment: true colour, the given theme.
pub(super) fn settings(more: &[(&str, &str)]) -> Settings {
    let more: BTreeMap<String, String> = more
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let env = move |name: &str| match (more.get(name), name) {
        (Some(value), _) => Some(value.clone()),
        (None, "COLORTERM") => Some("truecolor".to_owned()),
        (None, "LANG") => Some("C.UTF-8".to_owned()),
        _ => None,
    };
    let (settings, warnings) = merge(None, &env, &Flags::default());
    assert!(warnings.is_empty(), "{warnings:?}");
    settings
}

/// A screen and its canvas.
pub(super) struct Stage {
    pub(super) app: App,
    pub(super) buf: Buffer,
    /// Effects for the world, those that the stage answers itself left out.
    pub(super) sent: Vec<Effect>,
}

impl Stage {
    /// A screen of a size that shows the finished collection.
    pub(super) fn new(width: u16, height: u16) -> Self {
        Self::with(width, height, &[])
    }

    pub(super) fn with(width: u16, height: u16, more: &[(&str, &str)]) -> Self {
        let mut app = App::new(settings(more), Arc::new(Memory::default()));
        app.news(Progress::Snapshot(store(1)));
        app.news(Progress::Done);
        let buf = Buffer::empty(Rect::new(0, 0, width, height));
        let mut stage = Self {
            app,
            buf,
            sent: Vec::new(),
        };
        stage.draw();
        stage
    }

    pub(super) fn resize(&mut self, width: u16, height: u16) {
        self.buf = Buffer::empty(Rect::new(0, 0, width, height));
        self.draw();
    }

    /// Draws, answering jobs at once as a worker would later.
    pub(super) fn draw(&mut self) {
        for _ in 0..4 {
            self.buf.reset();
            self.app.draw(self.buf.area, &mut self.buf);
            if !self.settle() {
                return;
            }
        }
    }

    fn settle(&mut self) -> bool {
        let mut asked = false;
        let store = self.app.model.store.clone();
        let mut index = crate::search::Index::new();
        for effect in std::mem::take(&mut self.app.outbox) {
            if let Effect::Ask(question) = effect {
                let answer = jobs::answer(&question, &store, &mut index, &|| false);
                self.app.answer(&answer);
                asked = true;
            } else {
                self.sent.push(effect);
            }
        }
        asked
    }

    /// Presses keys, written as in a keymap file and separated by blanks.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            for key in parse_sequence(word).unwrap() {
                self.app.key(key);
                self.draw();
            }
        }
        self
    }

    /// Types a text, letter by letter.
    pub(super) fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.app
                .key(crate::config::Key::plain(crate::config::Code::Char(c)));
            self.draw();
        }
        self
    }

    /// The letters of the frame.
    pub(super) fn text(&self) -> String {
        let width = usize::from(self.buf.area.width).max(1);
        let mut made = String::new();
        for row in self.buf.content.chunks(width) {
            let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            made.push_str(line.trim_end());
            made.push('\n');
        }
        made
    }

    /// The frame with its styles: letters, then a map with a letter for each style, then what the
    /// letters of the map mean.
    pub(super) fn snapshot(&self) -> String {
        let width = usize::from(self.buf.area.width).max(1);
        let mut legend: Vec<Style> = Vec::new();
        let mut map = String::new();
        for row in self.buf.content.chunks(width) {
            let mut line = String::new();
            for cell in row {
                let style = cell.style();
                let at = legend
                    .iter()
                    .position(|known| *known == style)
                    .unwrap_or_else(|| {
                        legend.push(style);
                        legend.len() - 1
                    });
                let names = b".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
                line.push(names.get(at).map_or('?', |name| char::from(*name)));
            }
            map.push_str(line.trim_end_matches('.'));
            map.push('\n');
        }
        let names = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        let mut made = format!("{}\n--- styles\n{map}\n", self.text());
        for (name, style) in names.chars().zip(&legend) {
            made.extend([name.to_string().as_str(), " ", words(*style).as_str(), "\n"]);
        }
        made
    }
}

fn words(style: Style) -> String {
    let color = |color: Option<ratatui::style::Color>| {
        color.map_or("-".to_owned(), |color| color.to_string().to_lowercase())
    };
    let mut made = format!("{} on {}", color(style.fg), color(style.bg));
    for (modifier, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underline"),
        (Modifier::REVERSED, "reverse"),
    ] {
        if style.add_modifier.contains(modifier) {
            made = format!("{made} {name}");
        }
    }
    made
}
