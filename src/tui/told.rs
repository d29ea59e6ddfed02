//! What panes show, in words: for those who read line by line and for machines that speak.
//!
//! No sign stands for a word here, and nothing is cut. Not here: which rows there are (panes know) and
//! when they are read out ([`super::linear`]).

use super::effect::Effect;
use super::model::{Model, Only};
use super::widget::{date, kind_word, printable};
use crate::annotate::{Basis, Published};
use crate::resolve::{Entity, Status};
use crate::store::overlay::Notes;
use crate::store::{ArticleRow, EntityRow, EventRow};
use crate::timeline::Event;
use std::fmt::Write;

/// A part of a pane in words.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What it is and how it is filtered.
    pub(super) heading: String,
    /// Rows that there are.
    pub(super) total: usize,
    /// The row that one is on.
    pub(super) at: usize,
    /// The rows that were asked for.
    pub(super) rows: Vec<Row>,
    /// What is said once all rows were.
    pub(super) after: Vec<String>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// What it says.
    pub(super) words: String,
    /// What follows from picking it; nothing where the cursor of a box has to go there.
    pub(super) pick: Vec<Effect>,
}

impl Row {
    /// A row that is only read.
    pub(super) fn plain(words: impl AsRef<str>) -> Self {
        Self::picked(words, Vec::new())
    }

    /// A row that can be picked.
    pub(super) fn picked(words: impl AsRef<str>, pick: Vec<Effect>) -> Self {
        let words = printable(words.as_ref()).into_owned();
        Self { words, pick }
    }
}

/// `count` with its noun.
pub(super) fn count(count: usize, one: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {one}{s}")
}

/// When an article was published and how that is known.
pub(super) fn published(published: &Published) -> String {
    let how = match published.basis {
        Basis::Inferred => ", inferred",
        Basis::Given => ", given by you or the source",
        _ => "",
    };
    let rough = if published.interval.approximate {
        "about "
    } else {
        ""
    };
    format!("{rough}{}{how}", date::iso(&published.interval))
}

/// What everything is filtered and searched by, to stand after a heading; empty where it is not.
pub(super) fn filter(model: &Model) -> String {
    let mut words = Vec::new();
    if !model.filter.is_empty() {
        let names: Vec<&str> = model.filter.iter().map(|(_, name)| name.as_str()).collect();
        words.push(format!("only with {}", names.join(" and ")));
    }
    if let Some((first, last)) = model.range {
        words.push(format!("only from {first} to {last}"));
    }
    match &model.only {
        Some(Only::Article(id)) => words.push(format!("only of {id}")),
        Some(Only::New) => words.push("only what is new".to_owned()),
        None => {}
    }
    if let Some(search) = &model.search {
        words.push(format!("matching {}", search.text));
        if let Some(error) = &search.error {
            words.push(error.to_string());
        }
    }
    words.insert(0, String::new());
    if words.len() == 1 {
        String::new()
    } else {
        words.join(", ")
    }
}

/// An article of the list.
pub(super) fn article(row: &ArticleRow, notes: &Notes) -> String {
    let mut words = format!("{}: {}", published(&row.published), row.title);
    if let Some(source) = &row.source {
        let _ = write!(words, ". {source}");
    }
    let on = |on: bool, word: &str| on.then(|| word.to_owned());
    let tags = notes.tags.get(&row.hash).map(|tags| {
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        format!("tags {}", tags.join(" "))
    });
    let signs = [
        on(notes.starred.contains(&row.hash), "starred"),
        on(notes.read.contains(&row.hash), "read"),
        on(notes.notes.contains_key(&row.hash), "has a note"),
        tags,
        on(row.new, "new"),
        row.copies_of.as_ref().map(|id| format!("copies {id}")),
        on(
            !row.analysed && !row.language.is_empty() && row.language != "en",
            "not analysed",
        ),
    ];
    let signs: Vec<String> = signs.into_iter().flatten().collect();
    if !signs.is_empty() {
        let _ = write!(words, " ({})", signs.join(", "));
    }
    words
}

/// A name of the list.
pub(super) fn entity(row: &EntityRow, model: &Model) -> String {
    let entity = &row.entity;
    let mut words = format!(
        "{}, {}: {} in {}",
        entity.name,
        kind_word(entity.kind),
        count(row.mentions as usize, "mention"),
        count(entity.articles.len(), "article"),
    );
    if entity.variants.len() > 1 {
        let _ = write!(words, ", {}", count(entity.variants.len(), "spelling"));
    }
    let suggested = entity
        .variants
        .iter()
        .filter(|v| v.status == Status::Suggested)
        .count();
    if suggested > 0 {
        let _ = write!(words, " of which {suggested} suggested");
    }
    if model.marks.contains_key(&entity.id) {
        words.push_str(" (marked)");
    }
    words
}

/// A name with its spellings and the first places where it stands.
pub(super) fn entity_in_full(entity: &Entity, model: &Model) -> Vec<String> {
    let mut lines = vec![format!("{}, {}.", entity.name, kind_word(entity.kind))];
    for variant in &entity.variants {
        let sure = match variant.status {
            Status::Sure => "sure",
            Status::Suggested => "suggested",
        };
        let times = count(variant.count as usize, "time");
        lines.push(format!(
            "Spelling {}, {times}, {sure}: {}",
            variant.text, variant.reason
        ));
    }
    for (id, span) in model.store.mentions(&entity.id, 0..3) {
        let Some(article) = model.store.article(&id) else {
            continue;
        };
        let sentence = article
            .sentences
            .iter()
            .find(|sentence| sentence.holds(span.start));
        let words = sentence.unwrap_or(&span).of(article.text());
        let line = article.article.line(span.start);
        let line = line.map_or(String::new(), |line| format!(" line {line}"));
        let words: Vec<&str> = words.split_whitespace().collect();
        lines.push(format!("In {id}{line}: {}", words.join(" ")));
    }
    lines
}

/// An event of the timeline; `gap` says what lies between it and the one before.
pub(super) fn event(row: &EventRow, gap: Option<String>) -> String {
    let event = row.event.as_ref();
    let mut words = format!("{}: {}", when(event), event.text);
    let more = [
        Some(counts(event)),
        event.planned.then(|| "planned".to_owned()),
        event.lag_words(),
        (!event.conflicts.is_empty()).then(|| "contradicted".to_owned()),
        row.new.then(|| "new".to_owned()),
        gap.map(|gap| format!("after {gap}")),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    let _ = write!(words, " ({})", more.join(", "));
    words
}

/// The date of an event and how sure it is.
pub(super) fn when(event: &Event) -> String {
    let mark = date::Mark::of(event);
    match mark {
        date::Mark::Undated => "undated".to_owned(),
        mark => format!("{}, {}", date::iso(&event.date), mark.words()),
    }
}

/// How many articles tell an event and how many of them speak for themselves.
fn counts(event: &Event) -> String {
    let articles = event.articles.len();
    match event.voices as usize {
        1 if articles == 1 => "1 article".to_owned(),
        voices => format!(
            "{}, {}",
            count(articles, "article"),
            count(voices, "independent voice")
        ),
    }
}
