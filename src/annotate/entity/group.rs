//! Which mentions of one article are one person, organization, place or group.
//!
//! Persons: full names first, then surnames and given names go to the person introduced last.
//! Others: names known by convention, acronyms, short forms. What is spelled differently (other
//! than by these rules) stays apart here: that is for [`crate::resolve::entity`], which sees the
//! collection and can say why.
//!
//! Invariants: mentions come out in the order of the text, disjoint if they came in so; every
//! entity has a mention; an entity has one kind, which all its mentions share; entities are in the
//! order of their first mention. Time is near linear in the number of mentions.

use super::super::{Annotated, EntityKind, LocalEntity, Mention};
use crate::text::Span;
use std::collections::{BTreeMap, HashMap};

pub mod facts;
pub mod form;
pub mod given;
mod known;
mod other;
mod person;

/// A mention on its way to an entity.
#[derive(Clone, Debug)]
struct Named {
    span: Span,
    kind: EntityKind,
    /// Folded words, without titles where the name is a person's.
    words: Vec<String>,
    /// The sentence that holds it.
    sentence: usize,
    /// The group it was put into.
    group: Option<u32>,
}

/// Groups the mentions of one article into entities.
pub fn group(
    article: &Annotated,
    tagged: Vec<(Span, EntityKind)>,
) -> (Vec<Mention>, Vec<LocalEntity>) {
    let text = article.text();
    let mut names: Vec<Named> = known::complete(article, tagged)
        .into_iter()
        .flat_map(|(span, kind)| {
            let (long, short) = apart(text, span);
            [Some(long), short]
                .into_iter()
                .flatten()
                .filter_map(move |span| named(article, span, kind))
        })
        .collect();
    unify_kinds(text, &mut names);
    let mut groups = person::link(&mut names);
    other::link(text, &mut names, &mut groups);
    finish(text, &names)
}

/// `Long Form (LF)` found as one name is two: the long form and the acronym.
fn apart(text: &str, span: Span) -> (Span, Option<Span>) {
    let name = span.of(text);
    let Some((long, short)) = name.strip_suffix(')').and_then(|n| n.rsplit_once(" (")) else {
        return (span, None);
    };
    if long.is_empty() || !form::is_acronym(short) {
        return (span, None);
    }
    let start = span.start as usize;
    let end = span.end as usize - 1;
    (
        Span::new(start, start + long.len()),
        Some(Span::new(end - short.len(), end)),
    )
}

fn named(article: &Annotated, span: Span, kind: EntityKind) -> Option<Named> {
    let person = kind == EntityKind::Person;
    let span = form::trim(article.text(), span, person);
    let words = words_of(article.text(), span, kind);
    (!words.is_empty()).then(|| Named {
        span,
        kind,
        words,
        sentence: article.sentence(span.start).unwrap_or(usize::MAX),
        group: None,
    })
}

fn words_of(text: &str, span: Span, kind: EntityKind) -> Vec<String> {
    if kind == EntityKind::Person {
        form::person_words(span.of(text))
    } else {
        form::words(span.of(text))
    }
}

/// One name has one kind in an article: the one most of its mentions were given, or the one it
/// has by convention; a lone word that ends a person's full name is that person's surname.
fn unify_kinds(text: &str, names: &mut [Named]) {
    let mut votes: HashMap<String, BTreeMap<EntityKind, usize>> = HashMap::new();
    let mut surnames: HashMap<String, usize> = HashMap::new();
    for name in names.iter() {
        *votes
            .entry(form::key(&name.words))
            .or_default()
            .entry(name.kind)
            .or_default() += 1;
        if name.kind == EntityKind::Person
            && name.words.len() > 1
            && let Some(last) = name.words.last()
        {
            *surnames.entry(last.clone()).or_default() += 1;
        }
    }
    for name in names.iter_mut() {
        let key = form::key(&name.words);
        let fact = facts::lookup(&key);
        let Some(votes) = votes.get(&key) else {
            continue;
        };
        // The first of the kinds with the most votes, in the order of their declaration.
        let best = votes
            .iter()
            .max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)))
            .map_or(name.kind, |(kind, _)| *kind);
        let kind = match fact {
            Some(fact) if best != EntityKind::Person => fact.kind,
            None if name.words.len() == 1
                && best != EntityKind::Norp
                && surnames.contains_key(&key) =>
            {
                EntityKind::Person
            }
            _ => best,
        };
        if kind != name.kind {
            name.kind = kind;
            name.span = form::trim(text, name.span, kind == EntityKind::Person);
            name.words = words_of(text, name.span, kind);
        }
    }
    // Trimming can only have left a word or more, but a title alone is no name to keep apart.
    debug_assert!(names.iter().all(|name| !name.words.is_empty()));
}

/// Numbers the groups by their first mention and gives each its fullest name.
fn finish(text: &str, names: &[Named]) -> (Vec<Mention>, Vec<LocalEntity>) {
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut surfaces: Vec<BTreeMap<&str, (usize, usize)>> = Vec::new();
    let mut kinds = Vec::new();
    let mut mentions = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let Some(group) = name.group else { continue };
        let entity = *numbers.entry(group).or_insert_with(|| {
            surfaces.push(BTreeMap::new());
            kinds.push(name.kind);
            kinds.len() as u32 - 1
        });
        let index = entity as usize;
        if let (Some(surfaces), Some(kind)) = (surfaces.get_mut(index), kinds.get(index)) {
            surfaces.entry(name.span.of(text)).or_insert((at, 0)).1 += 1;
            mentions.push(Mention {
                span: name.span,
                kind: *kind,
                entity,
            });
        }
    }
    let entities = surfaces
        .iter()
        .zip(kinds)
        .map(|(surfaces, kind)| LocalEntity {
            kind,
            name: fullest(kind, surfaces),
        })
        .collect();
    (mentions, entities)
}

/// The fullest surface: no acronym, most words, most frequent, first.
fn fullest(kind: EntityKind, surfaces: &BTreeMap<&str, (usize, usize)>) -> String {
    let person = kind == EntityKind::Person;
    let rank = |surface: &str, at: usize, count: usize| {
        let acronym = !person && form::is_acronym(surface);
        let words = surface.split_whitespace().count();
        let words = if kind == EntityKind::Norp { 0 } else { words };
        let shouted = surface.chars().count() > 3 && !surface.chars().any(char::is_lowercase);
        (!acronym, words, !shouted, count, std::cmp::Reverse(at))
    };
    let best = surfaces
        .iter()
        .max_by_key(|(surface, (at, count))| rank(surface, *at, *count))
        .map_or("", |(surface, _)| surface);
    let bare = match best.split_once(' ') {
        Some(("the" | "The", rest)) => rest,
        _ => best,
    };
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
