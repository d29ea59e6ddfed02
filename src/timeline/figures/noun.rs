//! What a number counts: the noun after it, the measure before it, or what its verb says.

use super::number::Number;
use crate::annotate::event::{WORDS, Word};
use std::ops::Range;

/// Nouns that count people; they are one unit.
pub(super) const PEOPLE: [&str; 26] = [
    "people",
    "persons",
    "civilians",
    "men",
    "women",
    "children",
    "citizens",
    "residents",
    "protesters",
    "protestors",
    "demonstrators",
    "others",
    "dead",
    "deaths",
    "victims",
    "casualties",
    "passengers",
    "migrants",
    "refugees",
    "workers",
    "soldiers",
    "students",
    "lives",
    "person",
    "patients",
    "voters",
];

/// Measures that stand before their number: "turnout was 43%", "magnitude 6.1".
pub(super) const HEADS: [&str; 6] = [
    "turnout",
    "magnitude",
    "inflation",
    "unemployment",
    "approval",
    "growth",
];

/// The measure that a number before it gives the value of, within one clause.
pub(super) fn head_before(words: &[Word], number: usize) -> Option<(&str, usize)> {
    let clause = words.get(..number)?.iter().enumerate().rev();
    clause
        .take_while(|(_, word)| !matches!(word.text.as_str(), "," | ";" | "." | "while" | "and"))
        .take(10)
        .map(|(at, word)| (word.text.as_str(), at))
        .find(|(text, _)| HEADS.contains(text))
}

/// The noun that a number counts: the first telling word after it, past "of the".
pub(super) fn noun_after(words: &[Word], from: usize) -> Option<(&str, usize)> {
    for at in from..from + 5 {
        let word = words.get(at)?;
        let text = word.text.as_str();
        if !text.starts_with(char::is_alphabetic) {
            return None;
        }
        let known = WORDS.class_of_noun(text).is_some() || PEOPLE.contains(&text);
        if known || (!WORDS.is("stop", text) && !word.capital && text.ends_with('s')) {
            return Some((text, at));
        }
        let passed = matches!(
            text,
            "of" | "the" | "all" | "more" | "its" | "their" | "her" | "his"
        ) || (!WORDS.is("stop", text)
            && WORDS.verb(text).is_none_or(|form| form.forms.participle));
        if !passed {
            return None;
        }
    }
    None
}

/// "killed 17": people, where nothing else is named.
pub(super) fn people_of(words: &[Word], number: &Range<usize>) -> Option<(&'static str, usize)> {
    let before = words.get(number.start.checked_sub(1)?)?;
    let class = WORDS.class_of_word(&before.text)?;
    let of_people = matches!(class.name(), "death" | "injury" | "arrest");
    of_people.then_some(("people", number.end.checked_sub(1)?))
}

/// The share of the winner in "won by 51.2 percent to 47.9 percent". What the loser has is left to
/// sentences that say it in full.
pub(super) fn votes_of(words: &[Word], number: &Number) -> Option<(&'static str, usize)> {
    /// Words back in which the verb stands.
    const REACH: usize = 14;
    let start = number.words.start;
    let versus = words.get(number.words.end..number.words.end + 2)?;
    let by = words.get(start.checked_sub(1)?)?;
    let won = words
        .get(start.saturating_sub(REACH)..start)?
        .iter()
        .any(|word| {
            let form = WORDS.verb(&word.text);
            form.is_some_and(|form| {
                matches!(form.base, "win" | "elect" | "re-elect" | "beat" | "defeat")
            })
        });
    let [to, other] = versus else { return None };
    let two = to.text == "to" && other.text.starts_with(|c: char| c.is_ascii_digit());
    (won && two && by.text == "by").then_some(("vote", number.words.end.checked_sub(1)?))
}
