//! Cuts from a tagged name what is not part of it: title, article, possessive, stray marks.

use super::document::Document;
use super::lexicon;
use super::word::Word;
use crate::text::Span;
use std::ops::Range;

/// The words of a name without what does not belong to it; may be empty.
pub(crate) fn trim(
    text: &str,
    document: &Document,
    words: &Range<usize>,
    person: bool,
) -> Range<usize> {
    let mut words = words.clone();
    if person {
        words.start += titles(document, &words);
    }
    let word = |at: usize| document.words.get(at).copied().unwrap_or_default();
    while !words.is_empty() {
        let first = word(words.start);
        let last = word(words.end - 1);
        let one = words.len() == 1;
        if is_stray(text, &first) || (!one && is_article(text, &first)) {
            words.start += 1;
        } else if is_possessive(text, &last)
            || (person && !one && is_figure(text, &last))
            || (is_stray(text, &last) && !closes(text, document, &words))
        {
            words.end -= 1;
        } else {
            break;
        }
    }
    words
}

/// The stretch of text under some words.
pub(crate) fn span(document: &Document, words: &Range<usize>) -> Option<Span> {
    let words = document.words.get(words.clone())?;
    Some(words.first()?.span.cover(words.last()?.span))
}

/// A number with a point or a sign ("80.23", "9%"): a figure beside a person, not part of the name.
fn is_figure(text: &str, word: &Word) -> bool {
    let form = word.span.of(text);
    form.starts_with(|c: char| c.is_ascii_digit())
        && form
            .chars()
            .all(|c| c.is_ascii_digit() || ".,%".contains(c))
}

fn is_article(text: &str, word: &Word) -> bool {
    let form = word.span.of(text);
    ["the", "a", "an"]
        .iter()
        .any(|a| form.eq_ignore_ascii_case(a))
}

/// Number of words before a person's name that belong to a title: "Crown Prince", "Dr."; not all
/// of them, since "Dean" and "Major" are names where nothing follows.
fn titles(document: &Document, words: &Range<usize>) -> usize {
    let Some(words) = document.words.get(words.clone()) else {
        return 0;
    };
    let qualified = |word: &Word| {
        is_title(word) || word.is(lexicon::TITLE_MODIFIER) || word.mark || word.acronym
    };
    let run = words.iter().take_while(|word| qualified(word)).count();
    let last = words[..run].iter().rposition(is_title);
    let mut cut = last.map_or(0, |last| last + 1);
    if cut > 0
        && words
            .get(cut)
            .is_some_and(|word| word.is(lexicon::FUNCTION))
    {
        // "Secretary of State Silva".
        cut = run;
    }
    if cut < words.len() {
        cut
    } else {
        cut.saturating_sub(1)
    }
}

const fn is_title(word: &Word) -> bool {
    word.is(lexicon::TITLE) && !word.is(lexicon::PARTICLE)
}

fn is_possessive(text: &str, word: &Word) -> bool {
    matches!(
        word.span.of(text),
        "'s" | "\u{2019}s" | "'S" | "\u{2019}S" | "'" | "\u{2019}"
    )
}

/// A mark that neither begins nor ends a name.
fn is_stray(text: &str, word: &Word) -> bool {
    word.mark && !matches!(word.span.of(text), "&" | "+" | "@" | "#" | "$" | "!")
}

/// True where the last mark closes a bracket that opens within the name.
fn closes(text: &str, document: &Document, words: &Range<usize>) -> bool {
    let is = |at: usize, mark: &str| {
        document
            .words
            .get(at)
            .is_some_and(|w| w.span.of(text) == mark)
    };
    is(words.end - 1, ")") && words.clone().any(|at| is(at, "("))
}
