//! A small invented collection: three articles about a harbour, written in a notation of their own.

use crate::annotate::timex::{Signal, Timex, TimexKind};
use crate::annotate::{
    Annotated, Basis, Block, Confidence, EntityKind, EventBasis, EventKind, Evidence,
    EvidencePlace, LocalEntity, Mention, Published, Rejected, Role,
};
use crate::article::{Article, ArticleId, ContentHash, Hints};
use crate::resolve::{Entity, EntityId, Status as Sureness, Variant};
use crate::store::memory::{Parts, Slot};
use crate::store::{ArticleRow, Memory, Read, Status};
use crate::text::{Origin, Span, sentence};
use crate::timeline::{Citation, Event, EventId, Figure, FigureValue, Verdict};
use crate::when::Interval;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(in crate::tui) fn day(text: &str) -> NaiveDate {
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
                    rule: "test".into(),
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
    let text = &made.article.text;
    let analysed = blocks.iter().filter(|block| block.role.is_analysed());
    made.sentences = analysed
        .flat_map(|block| sentence::split(text, block.span))
        .collect();
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

pub(in crate::tui) fn entity_id(local: usize) -> EntityId {
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
        denied: false,
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
pub(in crate::tui) fn store(generation: u64) -> Arc<dyn Read> {
    Arc::new(Memory::new(parts(generation)))
}

/// What [`store`] is made of.
pub(in crate::tui) fn parts(generation: u64) -> Parts {
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
