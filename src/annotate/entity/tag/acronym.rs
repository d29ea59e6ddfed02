//! Acronyms that the text explains: "Road Safety Authority (RSA)" makes every RSA what the
//! authority is.
//!
//! Whether the letters fit is decided as Schwartz and Hearst (PSB 2003) do: from the end, each
//! letter of the short form is found in the long form, the first one at the start of a word.

use super::decode::Name;
use super::document::Document;
use super::lexicon::WordMap;
use std::ops::Range;

/// Gives explained acronyms the kind of their long form, and finds the ones that were missed.
pub(crate) fn spread(text: &str, document: &Document, names: &mut Vec<Name>) {
    let kinds = explained(text, document, names);
    if kinds.is_empty() {
        return;
    }
    let mut covered = vec![false; document.words.len()];
    for name in names.iter_mut() {
        if let Some(covered) = covered.get_mut(name.words.clone()) {
            covered.fill(true);
        }
        if let [word] = document.words.get(name.words.clone()).unwrap_or_default()
            && let Some(kind) = kinds.get(&word.form)
        {
            name.kind = *kind;
        }
    }
    let missed = document.words.iter().zip(covered).enumerate();
    let missed = missed.filter(|(_, (word, covered))| word.acronym && !covered);
    let found = missed.filter_map(|(at, (word, _))| {
        let kind = *kinds.get(&word.form)?;
        Some(Name::new(at..at + 1, kind))
    });
    let before = names.len();
    names.extend(found);
    if names.len() > before {
        names.sort_by_key(|name| name.words.start);
    }
}

/// The kinds of the acronyms that stand in brackets after their long form, or before it.
fn explained(text: &str, document: &Document, names: &[Name]) -> WordMap<usize> {
    let is = |at: usize, mark: &str| {
        let word = document.words.get(at);
        word.is_some_and(|word| word.mark && word.span.of(text) == mark)
    };
    let mut kinds = WordMap::default();
    let mut learn = |at: usize, long: &Name| {
        if let Some(short) = document.words.get(at).filter(|word| word.acronym)
            && long.words.len() > 1
            && fits(text, document, short.span.of(text), &long.words)
        {
            kinds.entry(short.form).or_insert(long.kind);
        }
    };
    for name in names {
        let Range { start, end } = name.words;
        if is(end, "(") && (is(end + 2, ")") || is(end + 2, ",") || is(end + 2, ";")) {
            learn(end + 1, name);
        }
        if start >= 2 && is(start - 1, "(") && is(end, ")") {
            learn(start - 2, name);
        }
    }
    kinds
}

/// True where `short` can stand for the words.
fn fits(text: &str, document: &Document, short: &str, long: &Range<usize>) -> bool {
    let Some([first, .., last]) = document.words.get(long.clone()) else {
        return false;
    };
    let long = first.span.cover(last.span).of(text);
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let letters: Vec<char> = long.chars().map(lower).collect();
    let short: Vec<char> = short
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(lower)
        .collect();
    if !(2..=10).contains(&short.len()) || letters.len() > 200 {
        return false;
    }
    let mut at = letters.len();
    for (place, wanted) in short.iter().enumerate().rev() {
        let starts = |i: usize| i == 0 || !letters[i - 1].is_alphanumeric();
        let found = (0..at)
            .rev()
            .find(|i| letters[*i] == *wanted && (place > 0 || starts(*i)));
        match found {
            Some(found) => at = found,
            None => return false,
        }
    }
    // The long form must not begin before its first letter: "Finance Ministry (M)" is no pair.
    at == 0
}
