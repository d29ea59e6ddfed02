//! What a clause says not to have been: "was not signed", "never took place", "called off".
//!
//! Only what is said of the event itself counts: the negation stands with the verb that names it,
//! or with the verb whose subject or object its noun is. A verb that only reports ("did not say")
//! denies nothing.

use super::clause::{Clause, Word};
use super::lexicon::LEXICON;

/// Words of a noun phrase before its event noun.
const PHRASE: usize = 4;

fn text(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| word.text.as_str())
}

/// True for a clause whose verb group is negated, or whose subject is "no deal", "none of the talks".
pub(super) fn negated(words: &[Word], clause: &Clause) -> bool {
    let Some(verb) = &clause.verb else {
        return false;
    };
    let group = verb.at.saturating_sub(1)..(verb.main + 1).max(verb.at + 2);
    let not = group.into_iter().any(|at| {
        let only = matches!(text(words, at + 1), "only" | "just" | "least");
        matches!(text(words, at), "not" | "'t" | "never") && !only
    });
    let subject = words.get(clause.head..verb.at).unwrap_or_default();
    let none = subject.first().is_some_and(|word| word.text == "no")
        && subject
            .iter()
            .take(PHRASE)
            .any(|word| LEXICON.class_of_noun(&word.text).is_some());
    let failed = verb.base == "fail" && text(words, verb.main + 1) == "to";
    not || none || failed
}

/// True where the event named by the noun at `noun` is said to have come to nothing.
pub(super) fn undone(words: &[Word], clause: &Clause, noun: usize) -> bool {
    let base = |at: usize| LEXICON.verb(text(words, at)).map_or("", |form| form.base);
    let light = |at: usize| LEXICON.is("light", base(at));
    let off = |at: usize| {
        let phrase = || format!("{}.{}", base(at), text(words, at + 1));
        LEXICON.is("off", base(at)) || LEXICON.is("off", &phrase())
    };
    let be = |at: usize| {
        matches!(
            text(words, at),
            "is" | "are" | "was" | "were" | "be" | "been"
        )
    };
    let not = |at: usize| matches!(text(words, at), "not" | "'t" | "never");
    // "The talks of May 3 never took place", "... were called off"; not "the strike cancelled trains".
    let behind = (noun + 1..clause.words.end).any(|at| {
        let nothing = not(at) && (light(at + 1) || light(at + 2));
        nothing || be(at) && (off(at + 1) || off(at + 2))
    });
    // "cancelled a trip planned for Monday", "did not hold the vote".
    let object = clause.verb.as_ref().is_some_and(|verb| {
        let acts = verb.at < noun && verb.main == verb.at;
        let nothing = LEXICON.is("light", &verb.base) && negated(words, clause);
        verb.at < noun && (acts && off(verb.main) || nothing)
    });
    behind || object
}
