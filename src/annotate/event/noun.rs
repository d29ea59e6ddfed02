//! Time expressions inside noun phrases: "the August 9 election", "the vote in November".

use super::clause::{Clause, Word};
use super::lexicon::LEXICON;
use std::ops::Range;

/// Words of a place between an event noun and its participle.
const PLACE: usize = 5;

fn text(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| word.text.as_str())
}

fn possessive(word: &str) -> bool {
    matches!(word, "'s" | "'")
}

/// The event noun that follows the expression at `words` and is dated by it.
///
/// The expression must stand inside the noun phrase: after a determiner, or as a possessive
/// ("Sunday's protests"). "On Sunday protesters ..." dates the clause.
pub(super) fn after(words: &[Word], timex: &Range<usize>) -> Option<usize> {
    let before = timex.start.checked_sub(1).map_or("", |at| text(words, at));
    let last = timex.end.checked_sub(1).map_or("", |at| text(words, at));
    let owns = possessive(text(words, timex.end)) || possessive(last);
    let governed = matches!(
        before,
        "the" | "a" | "an" | "this" | "that" | "its" | "his" | "her" | "their" | "disputed"
    ) || matches!(text(words, timex.start), "the" | "this");
    if !owns && !governed {
        return None;
    }
    let from = timex.end + usize::from(possessive(text(words, timex.end)));
    let mut found = None;
    for at in from..from + 6 {
        let word = words.get(at)?;
        if LEXICON.class_of_noun(&word.text).is_some() {
            found = Some(at);
            continue;
        }
        let goes_on = word.text.starts_with(char::is_alphanumeric)
            && !LEXICON.is("stop", &word.text)
            && (found.is_none() || word.capital);
        if !goes_on {
            break;
        }
    }
    found
}

/// The event noun just before the expression at `words`: "the election of August 9", "a visit
/// planned for Friday", "a strike for June 8", "no memory of a meeting on 3 May".
pub(super) fn before(words: &[Word], timex: &Range<usize>) -> Option<usize> {
    let preposition = first_of(words, timex.start).checked_sub(1)?;
    let link = text(words, preposition);
    let noun = preposition.checked_sub(1)?;
    if let Some(noun) = fixed(words, noun).filter(|_| matches!(link, "for" | "on" | "in" | "to")) {
        return Some(noun);
    }
    if !matches!(link, "of" | "in" | "on" | "from" | "for") {
        return None;
    }
    LEXICON.class_of_noun(text(words, noun))?;
    let phrase = || {
        (1..=4)
            .map(|by| noun.checked_sub(by).map_or("", |at| text(words, at)))
            .take_while(|word| word.starts_with(char::is_alphanumeric))
    };
    let definite = phrase().any(|word| matches!(word, "the" | "this" | "last" | "next"));
    // What is only spoken of has the date, and not the speaking.
    let spoken = phrase()
        .position(|word| matches!(word, "a" | "an" | "another"))
        .and_then(|by| noun.checked_sub(by + 2))
        .is_some_and(|at| matches!(text(words, at), "of" | "about" | "over"));
    (matches!(link, "of" | "for") || (definite || spoken)).then_some(noun)
}

/// Where the first of several dates joined by "and" begins: "planned for June 10 and June 12".
fn first_of(words: &[Word], timex: usize) -> usize {
    let dated = |at: usize| {
        let word = text(words, at);
        word.starts_with(|c: char| c.is_ascii_digit()) || LEXICON.is("calendar", word)
    };
    let mut from = timex;
    while let Some(at) = from.checked_sub(2)
        && matches!(text(words, from - 1), "and" | "," | "or")
        && dated(at)
    {
        from = at;
        while from.checked_sub(1).is_some_and(dated) {
            from -= 1;
        }
    }
    from
}

/// The event noun that the participle at `at` fixes to a day: "a vote scheduled for", "the deal,
/// announced on".
fn fixed(words: &[Word], at: usize) -> Option<usize> {
    let form = LEXICON.verb(text(words, at))?;
    let before = at.checked_sub(1)?;
    let set_off = text(words, before) == ",";
    let mut noun = if set_off {
        before.checked_sub(1)?
    } else {
        before
    };
    // "a visit to Kessock planned for Friday".
    for _ in 0..PLACE {
        let word = words.get(noun)?;
        let link = matches!(
            word.text.as_str(),
            "to" | "in" | "at" | "of" | "with" | "the"
        );
        if LEXICON.class_of_noun(&word.text).is_some() || !word.capital && !link {
            break;
        }
        noun = noun.checked_sub(1)?;
    }
    LEXICON.class_of_noun(text(words, noun))?;
    let scheme = LEXICON.is("scheme", form.base);
    // "Protesters announced on Friday": without the comma it may be the verb of the clause.
    let told = set_off && form.forms.participle && LEXICON.is("told", form.base);
    (scheme && form.forms.participle || told).then_some(noun)
}

/// True where the words before the expression at `timex` say that its noun was planned for then.
pub(super) fn is_plan(words: &[Word], timex: &Range<usize>) -> bool {
    let from = first_of(words, timex.start);
    let link = from.checked_sub(1).map_or("", |at| text(words, at));
    let verb = from
        .checked_sub(2)
        .and_then(|at| LEXICON.verb(text(words, at)));
    link == "for" || verb.is_some_and(|form| LEXICON.is("scheme", form.base))
}

/// The participle that the expression at `timex` dates inside a noun phrase: "the former mayor,
/// jailed for six years in April 2029, lost his appeal".
///
/// Only before the verb of its clause, which another day may date.
pub(super) fn passing(words: &[Word], clause: &Clause, timex: &Range<usize>) -> Option<usize> {
    /// Words between a participle and its date.
    const REACH: usize = 8;
    let verb = clause.verb.as_ref().filter(|verb| verb.at > timex.end)?;
    let behind = words.get(timex.end..verb.at)?;
    behind.iter().find(|word| word.text == ",")?;
    let from = timex
        .start
        .saturating_sub(REACH)
        .max(clause.words.start + 1);
    (from..timex.start)
        .rev()
        .take_while(|at| text(words, *at) != ",")
        .find(|at| {
            let form = LEXICON.verb(text(words, *at));
            let classed = form.is_some_and(|form| {
                form.forms.participle && LEXICON.class_of_verb(form.base).is_some()
            });
            let before = at.checked_sub(1).map_or("", |before| text(words, before));
            let noun = before == "," || before.starts_with(char::is_alphabetic);
            classed && noun && !LEXICON.is("stop", before)
        })
}
