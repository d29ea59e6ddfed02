//! Comparisons of words and texts with what a query asks, the same for every index.

use super::query::{self, How, Term};
use crate::text::normalize;

/// Whether folded text matches a term by its marks; words may stand anywhere in it.
pub(super) fn holds(folded: &str, term: &Term) -> bool {
    let asked = normalize::fold(term.text.trim());
    match term.how {
        How::Fuzzy | How::Phrase => folded.contains(&asked),
        How::Exact => folded
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == asked),
        How::Start => folded.starts_with(&asked),
        How::End => folded
            .trim_end_matches(['.', '!', '?', '"'])
            .ends_with(&asked),
        How::Whole => folded == asked,
        How::Regex => query::regex(&term.text).is_ok_and(|regex| regex.is_match(folded)),
    }
}

/// Whether `words` holds `asked` in a row, the last perhaps as a beginning.
pub(super) fn has_phrase(words: &[String], asked: &[String], open: bool) -> bool {
    let Some((last, before)) = asked.split_last() else {
        return true;
    };
    words.windows(asked.len()).any(|run| {
        let Some((run_last, run_before)) = run.split_last() else {
            return false;
        };
        run_before == before
            && if open {
                run_last.starts_with(last)
            } else {
                run_last == last
            }
    })
}
