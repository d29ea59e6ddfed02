//! In whose words a clause is told: what somebody says was so, and what somebody is accused of.

use super::clause::{Clause, Word};
use super::lexicon::LEXICON;

/// True where somebody says of a clause that it was so: "prosecutors say he took bribes".
pub(super) fn alleges(words: &[Word], clause: &Clause) -> bool {
    let verb = clause
        .verb
        .as_ref()
        .map_or(clause.words.end, |verb| verb.at);
    let before = words.get(..verb).unwrap_or_default();
    before.iter().any(|word| {
        let form = LEXICON.verb(&word.text);
        form.is_some_and(|form| LEXICON.is("report", form.base))
    })
}

/// True where a clause is what somebody is accused of: "the mayor took bribes, prosecutors say",
/// "allegedly took bribes".
pub(super) fn accuses(words: &[Word], clause: &Clause) -> bool {
    let named = |word: &Word| LEXICON.is("accuser", &word.text);
    let inside = words.get(clause.words.clone()).unwrap_or_default();
    if inside.iter().any(|word| word.text == "allegedly") {
        return true;
    }
    let behind = words.get(clause.words.start..).unwrap_or_default();
    behind.iter().enumerate().skip(1).any(|(at, word)| {
        let next = behind
            .get(at + 1..(at + 4).min(behind.len()))
            .unwrap_or_default();
        let says = next.iter().any(|word| {
            let form = LEXICON.verb(&word.text);
            form.is_some_and(|form| LEXICON.is("report", form.base))
        });
        let after_comma = behind.get(at.saturating_sub(2)..at).unwrap_or_default();
        named(word) && says && after_comma.iter().any(|word| word.text == ",")
    })
}
