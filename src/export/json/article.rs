//! One annotated article, as `annotate` and `show` print it.

use crate::annotate::{self, Annotated, EvidencePlace};
use crate::resolve::EntityId;
use crate::text::{Projection, Span};
use crate::when::Interval;
use serde::Serialize;

/// A date with what is known of it.
#[derive(Debug, Serialize)]
pub struct Date {
    start: Option<String>,
    end: Option<String>,
    precision: &'static str,
    approximate: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

/// Makes the date object of an interval.
pub fn date(interval: &Interval) -> Date {
    Date {
        start: interval.start.map(|day| day.to_string()),
        end: interval.end.map(|day| day.to_string()),
        precision: interval.precision.name(),
        approximate: interval.approximate,
        at: interval.at.map(|at| at.to_rfc3339()),
    }
}

/// One quote of evidence.
#[derive(Debug, Serialize)]
pub struct Evidence {
    quote: String,
    r#where: EvidencePlace,
    article: Option<String>,
    start: Option<usize>,
    end: Option<usize>,
    line: Option<u32>,
    rule: String,
}

/// A publication date with its evidence.
#[derive(Debug, Serialize)]
pub struct Published {
    #[serde(flatten)]
    date: Date,
    basis: annotate::Basis,
    confidence: annotate::Confidence,
    evidence: Vec<Evidence>,
}

/// Makes the publication date object; `text` and `projection` place quotes that stand in the text.
pub fn published(
    published: &annotate::Published,
    text: &str,
    projection: &Projection,
) -> Published {
    let evidence = published.evidence.iter().map(|e| {
        let chars = match (e.place, e.span, &e.article) {
            (EvidencePlace::Text, Some(span), None) => projection.chars(text, span),
            _ => None,
        };
        Evidence {
            quote: e.quote.clone(),
            r#where: e.place,
            article: e.article.as_ref().map(ToString::to_string),
            start: chars.map(|(start, _)| start),
            end: chars.map(|(_, end)| end),
            line: e.line,
            rule: e.rule.to_string(),
        }
    });
    Published {
        date: date(&published.interval),
        basis: published.basis,
        confidence: published.confidence,
        evidence: evidence.collect(),
    }
}

/// A block that `text` leaves out.
#[derive(Debug, Serialize)]
struct Removed {
    line: Option<u32>,
    quote: String,
    reason: &'static str,
}

/// One mention of a name.
#[derive(Debug, Serialize)]
struct Mention {
    start: usize,
    end: usize,
    text: String,
    r#type: &'static str,
    entity: String,
}

/// One time expression.
#[derive(Debug, Serialize)]
struct Timex {
    start: usize,
    end: usize,
    text: String,
    r#type: annotate::model::TimexKind,
    value: String,
}

/// One event mention.
#[derive(Debug, Serialize)]
struct Event {
    start: usize,
    end: usize,
    text: String,
    date: Date,
    kind: annotate::EventKind,
    planned: bool,
    basis: annotate::EventBasis,
    timex: Option<usize>,
    entities: Vec<String>,
}

/// A warning of an article.
#[derive(Debug, Serialize)]
struct Warning {
    code: std::borrow::Cow<'static, str>,
    message: String,
}

/// One annotated article.
#[derive(Debug, Serialize)]
pub struct Article {
    v: u32,
    id: String,
    path: Option<String>,
    hash: String,
    title: Option<String>,
    byline: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    language: String,
    published: Published,
    text: String,
    removed: Vec<Removed>,
    entities: Vec<Mention>,
    timexes: Vec<Timex>,
    events: Vec<Event>,
    warnings: Vec<Warning>,
    /// Only in `show`: events of the timeline that cite the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_in: Option<Vec<String>>,
}

/// Makes the annotate object. `entity_id` names entity `local` of the article: locally for
/// `annotate`, over the collection for `show`.
pub fn annotated(a: &Annotated, entity_id: &dyn Fn(u32) -> EntityId) -> Article {
    let full = a.text();
    let projection = a.projection();
    let place = |span: Span| projection.chars(full, span);
    let mut timex_index = vec![None; a.timexes.len()];
    let mut timexes = Vec::with_capacity(a.timexes.len());
    for (timex, index) in a.timexes.iter().zip(&mut timex_index) {
        let Some((start, end)) = place(timex.span) else {
            continue;
        };
        *index = Some(timexes.len());
        timexes.push(Timex {
            start,
            end,
            text: timex.span.of(full).to_owned(),
            r#type: timex.kind,
            value: timex.value.clone(),
        });
    }
    let entities = a.mentions.iter().filter_map(|m| {
        let (start, end) = place(m.span)?;
        Some(Mention {
            start,
            end,
            text: m.span.of(full).to_owned(),
            r#type: m.kind.name(),
            entity: entity_id(m.entity).to_string(),
        })
    });
    let events = a.events.iter().filter_map(|event| {
        let (start, end) = place(event.span)?;
        Some(Event {
            start,
            end,
            text: event.span.of(full).to_owned(),
            date: date(&event.date),
            kind: event.kind,
            planned: event.planned,
            basis: event.basis,
            timex: event.timex.and_then(|t| *timex_index.get(t as usize)?),
            entities: event
                .entities
                .iter()
                .map(|local| entity_id(*local).to_string())
                .collect(),
        })
    });
    let removed = a.blocks.iter().filter(|block| {
        !a.article.as_is && !block.role.is_text() && block.role != annotate::Role::Headline
    });
    let removed = removed.map(|block| Removed {
        line: a.article.line(block.span.start),
        quote: block.span.of(full).to_owned(),
        reason: block.role.reason(),
    });
    let warnings = a.article.warnings.iter();
    Article {
        v: super::VERSION,
        id: a.id().to_string(),
        path: a.article.path.clone(),
        hash: a.article.hash.to_string(),
        title: a.title.clone(),
        byline: a.byline.clone(),
        outlet: a.outlet.clone(),
        url: a.article.hints.url.clone(),
        topic: a.article.hints.topic.clone(),
        language: a.language.code.to_string(),
        published: published(&a.published, full, &projection),
        removed: removed.collect(),
        entities: entities.collect(),
        timexes,
        events: events.collect(),
        warnings: warnings
            .map(|w| Warning {
                code: w.code.clone(),
                message: w.message.clone(),
            })
            .collect(),
        text: a
            .article
            .given
            .clone()
            .unwrap_or_else(|| projection.into_text()),
        events_in: None,
    }
}
