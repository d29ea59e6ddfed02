//! Whom the subject of a clause means: "he", "the company", "the mayor".
//!
//! Only what one sentence before it leaves open in no way: the nearest sentence that names anybody
//! of the kind must name one alone. Invariant: a referent is named earlier in the same article.

use super::clause::Word;
use super::lexicon::LEXICON;
use crate::annotate::entity::group::form::is_office;
use crate::annotate::{Annotated, EntityKind};
use std::ops::Range;

/// Sentences back in which a pronoun finds its name.
const PRONOUN: usize = 2;
/// Sentences back in which "the company" does.
const NOUN: usize = 4;

/// Nouns that stand for an organization named before.
const ORGANIZATIONS: [&str; 18] = [
    "company",
    "firm",
    "agency",
    "ministry",
    "party",
    "bank",
    "group",
    "organization",
    "organisation",
    "carrier",
    "airline",
    "operator",
    "manufacturer",
    "regulator",
    "club",
    "university",
    "newspaper",
    "union",
];

/// The one person of the article in front of whose name the office in `words` stands.
fn holder(article: &Annotated, words: &[Word]) -> Option<u32> {
    let at = words.iter().position(Word::is_letter)?;
    let (the, office) = (words.get(at)?, words.get(at + 1)?);
    let alone = words
        .get(at + 2)
        .is_none_or(|next| LEXICON.is("stop", &next.text));
    if the.text != "the" || !alone || !is_office(&office.text) {
        return None;
    }
    let text = article.text();
    let mut held = article.mentions.iter().filter_map(|mention| {
        let before = text.get(..mention.span.start as usize)?.trim_end();
        let front = before.len().checked_sub(office.text.len())?;
        let title = before.get(front..)?;
        let own = mention.kind == EntityKind::Person && title.eq_ignore_ascii_case(&office.text);
        own.then_some(mention.entity)
    });
    let first = held.next()?;
    held.all(|other| other == first).then_some(first)
}

/// The kind of entity that the subject in `words` stands for, and how far back it is named.
pub(crate) fn subject(words: &[Word]) -> Option<(EntityKind, usize)> {
    let at = words.iter().position(Word::is_letter)?;
    match words.get(at)?.text.as_str() {
        "he" | "she" => Some((EntityKind::Person, PRONOUN)),
        "the" => {
            let noun = words.get(at + 1)?;
            let known = ORGANIZATIONS.contains(&noun.text.as_str()) && !noun.capital;
            // "the company's head", "the company chief": somebody else.
            let whole = words.get(at + 2).is_none_or(|next| {
                !next.text.starts_with('\'')
                    && (!next.is_letter() || LEXICON.is("stop", &next.text))
            });
            (known && whole).then_some((EntityKind::Org, NOUN))
        }
        _ => None,
    }
}

/// The entity that the subject of a clause means. `before_verb` are its words up to the verb.
pub(super) fn referent(
    article: &Annotated,
    words: &[Word],
    before_verb: Range<usize>,
    sentence: u32,
) -> Option<u32> {
    let before_verb = words.get(before_verb)?;
    if let Some(person) = holder(article, before_verb) {
        return Some(person);
    }
    let (kind, reach) = subject(before_verb)?;
    let earlier = article.sentences.get(..sentence as usize)?;
    for span in earlier.iter().rev().take(reach) {
        let from = article
            .mentions
            .partition_point(|mention| mention.span.end <= span.start);
        let mut named = article
            .mentions
            .iter()
            .skip(from)
            .take_while(|mention| mention.span.start < span.end)
            .filter(|mention| mention.kind == kind)
            .map(|mention| mention.entity);
        if let Some(first) = named.next() {
            return named.all(|other| other == first).then_some(first);
        }
    }
    None
}
