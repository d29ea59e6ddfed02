//! What is printed of a collection: list, entities, timeline, search, digest, why.

use super::article::{self, Date, Published};
use crate::annotate::{Annotated, EventBasis, EventKind};
use crate::article::ArticleId;
use crate::resolve::{self, Status};
use crate::search::{self, Field};
use crate::store::ArticleRow;
use crate::text::Span;
use crate::timeline::{self, Verdict};
use serde::Serialize;

/// One article of `list`.
#[derive(Debug, Serialize)]
pub struct ListRow {
    id: String,
    path: Option<String>,
    hash: String,
    title: String,
    source: Option<String>,
    published: Published,
    words: u32,
    language: String,
    copies_of: Option<String>,
}

/// Makes a list row.
pub fn list_row(row: &ArticleRow, annotated: &Annotated) -> ListRow {
    ListRow {
        id: row.id.to_string(),
        path: row.path.clone(),
        hash: row.hash.to_string(),
        title: row.title.clone(),
        source: row.source.clone(),
        published: article::published(&row.published, annotated.text(), &annotated.projection()),
        words: row.words,
        language: row.language.clone(),
        copies_of: row.copies_of.as_ref().map(ToString::to_string),
    }
}

#[derive(Debug, Serialize)]
struct Rejected {
    quote: String,
    value: String,
    rule: String,
    why: String,
}

/// Why an article has its date.
#[derive(Debug, Serialize)]
pub struct Why {
    v: u32,
    id: String,
    published: Published,
    rejected: Vec<Rejected>,
    conflicts: Vec<String>,
}

/// Makes the why object.
pub fn why(a: &Annotated) -> Why {
    let rejected = a.published.rejected.iter().map(|r| Rejected {
        quote: r.quote.clone(),
        value: r.value.to_string(),
        rule: r.rule.to_string(),
        why: r.why.clone(),
    });
    Why {
        v: super::VERSION,
        id: a.id().to_string(),
        published: article::published(&a.published, a.text(), &a.projection()),
        rejected: rejected.collect(),
        conflicts: a.published.conflicts.clone(),
    }
}

#[derive(Debug, Serialize)]
struct Variant {
    text: String,
    count: u32,
    articles: Vec<String>,
    status: Status,
    reason: String,
}

/// One entity.
#[derive(Debug, Serialize)]
pub struct Entity {
    id: String,
    r#type: &'static str,
    name: String,
    mentions: u32,
    articles: Vec<String>,
    variants: Vec<Variant>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
}

/// Makes an entity object.
pub fn entity(e: &resolve::Entity) -> Entity {
    let variants = e.variants.iter().map(|v| Variant {
        text: v.text.clone(),
        count: v.count,
        articles: names(&v.articles),
        status: v.status,
        reason: v.reason.clone(),
    });
    Entity {
        id: e.id.to_string(),
        r#type: e.kind.name(),
        name: e.name.clone(),
        mentions: e.mentions,
        articles: names(&e.articles),
        variants: variants.collect(),
        aliases: names(&e.aliases),
    }
}

#[derive(Debug, Serialize)]
struct Citation {
    article: String,
    path: Option<String>,
    line: Option<u32>,
    start: Option<usize>,
    end: Option<usize>,
    quote: String,
    basis: EventBasis,
    timex: Option<String>,
}

#[derive(Debug, Serialize)]
struct FigureValue {
    text: String,
    value: f64,
    unit: String,
    article: String,
    start: Option<usize>,
    end: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Figure {
    what: String,
    values: Vec<FigureValue>,
    verdict: Verdict,
    why: String,
}

/// One event of the timeline.
#[derive(Debug, Serialize)]
pub struct Event {
    id: String,
    date: Date,
    text: String,
    score: f64,
    kind: EventKind,
    planned: bool,
    denied: bool,
    articles: Vec<String>,
    voices: u32,
    entities: Vec<String>,
    conflicts: Vec<String>,
    mentions: Vec<Citation>,
    figures: Vec<Figure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
}

/// Where a span of an article stands in its contract text, with the path of the article.
///
/// Events cite many articles; the caller keeps what it computed of them.
pub type Locate<'a> = dyn FnMut(&ArticleId, Span) -> (Option<(usize, usize)>, Option<String>) + 'a;

/// Makes an event object.
pub fn event(e: &timeline::Event, topic: Option<&str>, locate: &mut Locate<'_>) -> Event {
    let mentions = e.mentions.iter().map(|m| {
        let (chars, path) = locate(&m.article, m.span);
        Citation {
            article: m.article.to_string(),
            path,
            line: m.line,
            start: chars.map(|(start, _)| start),
            end: chars.map(|(_, end)| end),
            quote: m.quote.clone(),
            basis: m.basis,
            timex: m.timex.clone(),
        }
    });
    let mentions = mentions.collect();
    let figures = e.figures.iter().map(|figure| Figure {
        what: figure.what.clone(),
        values: figure
            .values
            .iter()
            .map(|value| {
                let (chars, _) = locate(&value.article, value.span);
                FigureValue {
                    text: value.text.clone(),
                    value: value.value,
                    unit: value.unit.clone(),
                    article: value.article.to_string(),
                    start: chars.map(|(start, _)| start),
                    end: chars.map(|(_, end)| end),
                }
            })
            .collect(),
        verdict: figure.verdict,
        why: figure.why.clone(),
    });
    let figures = figures.collect();
    Event {
        id: e.id.to_string(),
        date: article::date(&e.date),
        text: e.text.clone(),
        // Four digits are more than the score can carry, and keep the output the same everywhere.
        score: (e.score * 1e4).round() / 1e4,
        kind: e.kind,
        planned: e.planned,
        denied: e.denied,
        articles: names(&e.articles),
        voices: e.voices,
        entities: names(&e.entities),
        conflicts: names(&e.conflicts),
        mentions,
        figures,
        topic: e.topic.clone().or_else(|| topic.map(str::to_owned)),
    }
}

/// One hit of a search.
#[derive(Debug, Serialize)]
pub struct SearchHit {
    article: String,
    score: f64,
    field: &'static str,
    snippet: String,
    matches: Vec<(usize, usize)>,
}

/// Makes a search hit object.
pub fn search_hit(hit: &search::Hit) -> SearchHit {
    SearchHit {
        article: hit.article.to_string(),
        score: (hit.score * 1e4).round() / 1e4,
        field: match hit.field {
            Field::Title => "title",
            Field::Text => "text",
            Field::Entity => "entity",
        },
        snippet: hit.snippet.clone(),
        matches: hit.matches.clone(),
    }
}

/// One date of a digest.
#[derive(Debug, Serialize)]
pub struct DigestEntry {
    date: String,
    sentences: Vec<String>,
    articles: Vec<String>,
}

impl From<&timeline::digest::Entry> for DigestEntry {
    fn from(entry: &timeline::digest::Entry) -> Self {
        Self {
            date: entry.date.to_string(),
            sentences: entry.sentences.clone(),
            articles: names(&entry.articles),
        }
    }
}

fn names<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
