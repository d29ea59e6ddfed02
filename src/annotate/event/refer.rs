//! Whom the subject of a clause means: "he", "the company".
//!
//! Only what one sentence before it leaves open in no way: the nearest sentence that names anybody
//! of the kind must name one alone. Invariant: a referent is named earlier in the same article.

use super::clause::Word;
use super::lexicon::LEXICON;
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
    let (kind, reach) = subject(words.get(before_verb)?)?;
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
