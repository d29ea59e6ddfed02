//! The shape of lines: which hold a date and nothing else, and which open with one.

use super::super::lexicon::lexicon;
use super::super::stamp::Stamp;
use super::LINE;
use crate::text::normalize::fold;

/// A place before a dateline's date: capitalized or upper-case words, commas and brackets only.
pub(super) fn is_filed_from(before: &str) -> bool {
    before.len() <= 60
        && before
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|word| !word.is_empty())
            .all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()) || word == "de")
}

/// A dash within the next words, with nothing but an agency in brackets before it.
pub(super) fn dash_follows(after: &str) -> bool {
    let rest = after.trim_start_matches([' ', ',', '.', ':', '\u{A0}']);
    let rest = rest.strip_prefix('(').map_or(rest, |inner| {
        inner.split_once(')').map_or(rest, |(_, behind)| behind)
    });
    let rest = rest.trim_start_matches([' ', '/', '\u{A0}']);
    let rest = rest
        .find(['-', '–', '—'])
        .filter(|at| *at <= 30)
        .and_then(|at| Some((rest.get(..at)?, rest.get(at..)?)));
    rest.is_some_and(|(between, _)| {
        between
            .split_whitespace()
            .all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()))
    })
}

/// A full stop or a colon right after the date, with nothing but an agency in brackets before it,
/// and then a sentence: "Ashford, Feb. 7, 2032 (Sportswire). New signing ...".
pub(super) fn stop_follows(after: &str) -> bool {
    let rest = after.trim_start_matches([' ', '\u{A0}']);
    let rest = rest.strip_prefix('(').map_or(rest, |inner| {
        inner.split_once(')').map_or(rest, |(_, behind)| behind)
    });
    let Some(rest) = rest.strip_prefix(['.', ':']) else {
        return false;
    };
    let sentence = rest.trim_start();
    sentence.len() < rest.len()
        && sentence.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"')
}

/// True where nothing stands beside the stamps but names, numbers and the words of date lines.
pub(super) fn is_date_line(text: &str, stamps: &[Stamp]) -> bool {
    // "05/10/2018 - posted by Clara - tags: roads": what follows the label does not matter.
    if let Some(first) = stamps.first().filter(|first| first.span.start == 0) {
        let after = text.get(first.span.end as usize..).unwrap_or_default();
        if lexicon().label_after(&fold(after)) {
            return true;
        }
    }
    let mut beside = String::with_capacity(text.len());
    let mut at = 0;
    for stamp in stamps {
        let head = text.get(at..stamp.span.start as usize).unwrap_or_default();
        let unlabelled = lexicon()
            .label_before(&fold(head))
            .filter(|_| head.is_ascii())
            .and_then(|(from, _)| head.get(..from))
            .unwrap_or(head);
        beside.push_str(unlabelled);
        beside.push(' ');
        at = stamp.span.end as usize;
    }
    beside.push_str(text.get(at..).unwrap_or_default());
    // An author may sign in lower case: the words after "by" are a name, whatever they are.
    let (mut names, mut authored, mut handle) = (0, false, 0);
    for word in beside.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.' | '@'))
    {
        let Some(first) = word.chars().next() else {
            continue;
        };
        let folded = fold(word);
        if matches!(
            folded.as_str(),
            "by" | "von" | "par" | "por" | "di" | "door"
        ) {
            authored = true;
            handle = 3;
        } else if handle > 0 {
            handle -= 1;
        } else if !(lexicon().is_beside(&folded)
            || !first.is_alphabetic()
            || lexicon().label_before(&folded).is_some())
        {
            if first.is_lowercase() {
                return false;
            }
            names += 1;
        }
    }
    names <= if authored { 14 } else { 5 }
}

/// True for a line that states copyright.
pub(super) fn is_copyright(text: &str) -> bool {
    let head = text.get(..40).unwrap_or(text);
    text.len() < LINE
        && (text.contains('©')
            || head.contains("(c) ")
            || head.contains("(C) ")
            || head.to_ascii_lowercase().contains("copyright"))
}
