//! What kind of thing a mention tells: the word that names it and its class.
//!
//! Worked out again from the clause when events are merged, so that a mention stays small.

use super::clause::{self, Clause, Word};
use super::lexicon::{Class, LEXICON};
use super::{noun, polarity, signal};
use crate::annotate::{Annotated, EventKind, EventMention};

/// The word that names an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trigger {
    /// Its class, where the word has one.
    pub(crate) class: Option<Class>,
    /// Base form of the verb, or the noun.
    pub(crate) word: String,
    /// The verb only tells that something was said.
    pub(crate) report: bool,
    /// A noun that the time expression modifies names the event.
    pub(crate) noun: bool,
    /// Said not to have happened.
    pub(crate) denied: bool,
}

/// The trigger of a mention.
pub(crate) fn trigger(article: &Annotated, mention: &EventMention) -> Trigger {
    let words = clause::words(article.text(), mention.span);
    let timex = mention
        .timex
        .and_then(|index| article.timexes.get(index as usize))
        .filter(|timex| mention.span.contains(timex.span));
    let masked: Vec<bool> = words
        .iter()
        .map(|word| timex.is_some_and(|timex| timex.span.overlaps(word.span)))
        .collect();
    let clauses = clause::clauses(&words, &masked);
    // A state, or a date moved by "shortly after", is what the clause tells and not its noun.
    let plain = mention.kind == EventKind::Event
        && timex.is_some_and(|timex| signal::plain(timex.interval) == mention.date);
    let from = masked.iter().position(|mask| *mask);
    if let (true, Some(from)) = (plain, from) {
        let range = from..from + masked.iter().filter(|mask| **mask).count();
        let passing = || {
            let mut clauses = clauses.iter().filter(|clause| clause.words.contains(&from));
            clauses.find_map(|clause| noun::passing(&words, clause, &range))
        };
        let at = noun::after(&words, &range)
            .or_else(passing)
            .or_else(|| noun::before(&words, &range));
        if let Some((at, word)) = at.and_then(|at| Some((at, words.get(at)?))) {
            let mut clauses = clauses.iter().filter(|clause| clause.words.contains(&at));
            return Trigger {
                class: LEXICON.class_of_word(&word.text),
                word: word.text.clone(),
                report: false,
                noun: true,
                denied: clauses.any(|clause| polarity::undone(&words, clause, at)),
            };
        }
    }
    let holder = timex.map_or(0, |timex| timex.span.start);
    let chosen = clauses
        .iter()
        .find(|clause| {
            clause
                .words
                .clone()
                .filter_map(|at| words.get(at))
                .any(|word| word.span.start <= holder && holder < word.span.end)
        })
        .or_else(|| clauses.first());
    let verb = chosen.and_then(|clause| clause.verb.as_ref());
    let base = verb.map_or("", |verb| verb.base.as_str());
    let passive = verb.is_some_and(|verb| verb.main > verb.at);
    // "was told" and "is expected" are no reports.
    let received = passive && (base == "tell" || LEXICON.is("scheme", base));
    let report = LEXICON.is("report", base) && !received;
    let negated = chosen.is_some_and(|clause| polarity::negated(&words, clause));
    let named = |class: Option<Class>, word: &str| Trigger {
        class,
        word: word.to_owned(),
        report: report && class.is_none(),
        noun: false,
        denied: (!report && negated) || base == "deny",
    };
    if let Some(class) = chosen.and_then(|clause| verb_class(&words, clause)) {
        return named(Some(class), base);
    }
    if report {
        // "Meeting the envoy on Friday, the mayor said": the opening verb names the event.
        let opening = words.first().filter(|word| {
            LEXICON
                .verb(&word.text)
                .is_some_and(|form| form.forms.gerund)
        });
        return match opening.and_then(|word| LEXICON.class_of_word(&word.text)) {
            Some(class) => named(Some(class), class.name()),
            None => named(None, base),
        };
    }
    if verb.is_none() || LEXICON.is("light", base) || received {
        let after = verb.map_or(0, |verb| verb.main + 1);
        // A copula is followed closely by what it is about; "take", "hold", "see" less so.
        let reach = if base == "be" { 6 } else { 9 };
        let end = verb.map_or(words.len(), |_| (after + reach).min(words.len()));
        let named_by = |words: &[Word]| {
            words.iter().find_map(|word| {
                let class = LEXICON.class_of_noun(&word.text)?;
                Some((word.text.clone(), class))
            })
        };
        let subject = chosen.map_or(0, |clause| clause.words.start)..verb.map_or(0, |verb| verb.at);
        let found = named_by(words.get(after..end).unwrap_or_default())
            .or_else(|| named_by(words.get(subject).unwrap_or_default()));
        if let Some((word, class)) = found {
            return named(Some(class), &word);
        }
    }
    named(None, base)
}

/// The class of a clause's verb, of a phrase that begins with it ("took to the streets"), or of
/// the verb that it governs ("refused to recognize").
pub(super) fn verb_class(words: &[Word], clause: &Clause) -> Option<Class> {
    let verb = clause.verb.as_ref()?;
    let after = words
        .get(verb.main + 1..clause.words.end)
        .unwrap_or_default();
    // "jailed for six years" is more than "jailed".
    for word in after.iter().take(4) {
        if let Some(class) = LEXICON.phrase(&verb.base, &word.text) {
            return Some(class);
        }
    }
    if let Some(class) = LEXICON.class_of_verb(&verb.base) {
        return Some(class);
    }
    match after {
        [to, next, ..] if to.text == "to" => LEXICON.class_of_verb(LEXICON.verb(&next.text)?.base),
        _ => None,
    }
}
