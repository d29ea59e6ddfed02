//! Time expressions inside noun phrases: "the August 9 election", "the vote in November".

use super::clause::Word;
use super::lexicon::LEXICON;
use std::ops::Range;

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

/// The event noun just before the expression at `words`: "the election of August 9".
pub(super) fn before(words: &[Word], timex: &Range<usize>) -> Option<usize> {
    let preposition = timex.start.checked_sub(1)?;
    let link = text(words, preposition);
    if !matches!(link, "of" | "in" | "on" | "from") {
        return None;
    }
    let noun = preposition.checked_sub(1)?;
    LEXICON.class_of_noun(text(words, noun))?;
    let definite = (1..=4)
        .map(|by| noun.checked_sub(by).map_or("", |at| text(words, at)))
        .take_while(|word| word.starts_with(char::is_alphanumeric))
        .any(|word| matches!(word, "the" | "this" | "last" | "next"));
    (definite || link == "of").then_some(noun)
}
