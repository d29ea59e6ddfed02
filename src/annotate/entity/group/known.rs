//! Names that the tagger cut or missed although the words around them leave no doubt.
//!
//! Known by convention (`facts.txt`): "United" before "Nations" is a part of a known name, and an
//! acronym of the table is a name wherever it stands. By office: in "Secretary of State Reyes" the
//! first word after "of" is the rest of the office, whatever the tagger made of it.

use super::{facts, form};
use crate::annotate::{Annotated, EntityKind};
use crate::text::Span;

/// Most words that a cut name is continued by.
const MOST_MORE: usize = 3;

/// Least letters of an acronym that is taken for a name untagged: shorter ones are words as well.
const LEAST_LETTERS: usize = 4;

/// What an office is of, where it is not a country or a body.
const PORTFOLIOS: [&str; 20] = [
    "state",
    "defence",
    "defense",
    "justice",
    "finance",
    "health",
    "interior",
    "energy",
    "education",
    "labour",
    "labor",
    "commerce",
    "agriculture",
    "transport",
    "transportation",
    "culture",
    "trade",
    "economy",
    "environment",
    "information",
];

/// The names, rising and disjoint, with those mended and added.
pub(super) fn complete(
    article: &Annotated,
    tagged: Vec<(Span, EntityKind)>,
) -> Vec<(Span, EntityKind)> {
    let text = article.text();
    let ends: Vec<usize> = tagged
        .iter()
        .skip(1)
        .map(|(next, _)| next.start as usize)
        .chain([text.len()])
        .collect();
    let mut made: Vec<(Span, EntityKind)> = tagged
        .into_iter()
        .zip(ends)
        .map(|((span, kind), end)| {
            let line = text.get(span.start as usize..end).unwrap_or("");
            continued(line, span, kind)
                .or_else(|| after_office(text, span, kind))
                .unwrap_or((span, kind))
        })
        .collect();
    let found = acronyms(article, &made);
    if !found.is_empty() {
        made.extend(found);
        made.sort_by_key(|(span, _)| span.start);
    }
    made
}

/// A name that with the words after it is one by convention, and alone is none.
fn continued(line: &str, span: Span, kind: EntityKind) -> Option<(Span, EntityKind)> {
    let start = span.start as usize;
    let own = (span.end - span.start) as usize;
    let line = line.split('\n').next()?;
    if kind == EntityKind::Person || facts::lookup(&key(line.get(..own)?)).is_some() {
        return None;
    }
    let mut end = own;
    for _ in 0..MOST_MORE {
        let rest = line.get(end..)?;
        let word = rest.strip_prefix(' ')?.split(' ').next()?;
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !bare.starts_with(char::is_uppercase) {
            return None;
        }
        let until = end + 1 + bare.len();
        if let Some(fact) = facts::lookup(&key(line.get(..until)?)) {
            return Some((Span::new(start, start + until), fact.kind));
        }
        end += 1 + word.len();
    }
    None
}

fn key(name: &str) -> String {
    form::key(&form::words(name))
}

/// "State Reyes" after "Secretary of": the person without the rest of the office.
fn after_office(text: &str, span: Span, kind: EntityKind) -> Option<(Span, EntityKind)> {
    let before = text.get(..span.start as usize)?.strip_suffix(" of ")?;
    let office = before.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let (first, name) = span.of(text).split_once(' ')?;
    let named = |name: &str| {
        let mut words = name.split(' ');
        words.clone().count() <= 3 && words.all(|word| word.starts_with(char::is_uppercase))
    };
    let whole = kind != EntityKind::Person
        && form::is_office(&office.to_lowercase())
        && PORTFOLIOS.contains(&first.to_lowercase().as_str())
        && !name
            .split(' ')
            .any(|word| BODIES.contains(&word.to_lowercase().as_str()))
        && named(name);
    let start = span.end as usize - name.len();
    whole.then(|| (Span::new(start, span.end as usize), EntityKind::Person))
}

/// What makes "State Department" no person.
const BODIES: [&str; 8] = [
    "department",
    "ministry",
    "office",
    "council",
    "committee",
    "university",
    "agency",
    "bank",
];

/// Acronyms of the table of conventions that stand untagged in running text.
fn acronyms(article: &Annotated, tagged: &[(Span, EntityKind)]) -> Vec<(Span, EntityKind)> {
    let text = article.text();
    let mut found = Vec::new();
    let mut at = 0;
    for sentence in &article.sentences {
        let line = sentence.of(text);
        // In a line of capitals any word may look like an acronym.
        if !line.chars().any(char::is_lowercase) {
            continue;
        }
        for word in line.split_whitespace() {
            let bare = form::without_possessive(word.trim_matches(|c: char| !c.is_alphanumeric()));
            let capitals = bare.chars().filter(|c| c.is_uppercase()).count();
            if capitals < LEAST_LETTERS || bare.chars().any(char::is_lowercase) {
                continue;
            }
            let start = bare.as_ptr() as usize - text.as_ptr() as usize;
            let span = Span::new(start, start + bare.len());
            while tagged
                .get(at)
                .is_some_and(|(known, _)| known.end <= span.start)
            {
                at += 1;
            }
            let free = tagged
                .get(at)
                .is_none_or(|(known, _)| known.start >= span.end);
            if let Some(fact) = facts::lookup(&key(bare)).filter(|_| free) {
                found.push((span, fact.kind));
            }
        }
    }
    found
}
