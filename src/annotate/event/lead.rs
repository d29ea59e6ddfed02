//! The headline and the first sentences: what an article tells as news, without a date.

use super::clause::{Word, words};
use super::lexicon::LEXICON;
use super::timexes_of;
use super::trigger::trigger;
use super::verb::Tense;
use crate::annotate::{Annotated, EventBasis, EventMention, Role};
use crate::when::{Interval, Precision, calendar};
use std::ops::Range;

/// True for a day at most three days before the article was written.
pub(super) fn near(article: &Annotated, date: &Interval) -> bool {
    let published = article.published.interval;
    match (published.end.or(published.start), date.start) {
        (Some(written), Some(day)) if date.is_day() => {
            (0..=3).contains(&(written - day).num_days())
        }
        _ => false,
    }
}

/// Where the text begins after a dateline with a date: "LONDON, June 8 2027 (PA) - Millions ...".
///
/// Such a date says when the report was filed, not when anything in it happened.
pub(super) fn dateline(words: &[Word], timexes: &[(u32, Range<usize>)]) -> Option<usize> {
    /// Words before the date: a place, with its country.
    const PLACE: usize = 8;
    /// Words after it: an agency in brackets, or its name.
    const AGENCY: usize = 7;
    let (_, date) = timexes.first()?;
    let before = words.get(..date.start).filter(|list| list.len() <= PLACE)?;
    let place = |word: &Word| word.capital || !word.is_letter() || word.text == "de";
    if !before.iter().all(place) {
        return None;
    }
    let mut bracket = false;
    for (at, word) in words.iter().enumerate().skip(date.end).take(AGENCY) {
        match word.text.as_str() {
            "-" | ":" if !bracket => return Some(at + 1),
            "(" => bracket = true,
            ")" => bracket = false,
            _ if bracket || word.capital || !word.is_letter() => {}
            _ => return None,
        }
    }
    None
}

/// True for a sentence that tells something: a date line or a byline does not.
pub(super) fn tells(words: &[Word], timexes: &[(u32, Range<usize>)]) -> bool {
    const LEAST: usize = 4;
    let dated = |at: usize| timexes.iter().any(|(_, range)| range.contains(&at));
    let told = words
        .iter()
        .enumerate()
        .filter(|(at, word)| word.text.starts_with(char::is_alphabetic) && !dated(*at));
    told.count() >= LEAST
}

/// The first sentence of the body that tells something.
pub(crate) fn opening(article: &Annotated) -> Option<usize> {
    article.sentences.iter().position(|span| {
        let body = article
            .block(span.start)
            .is_some_and(|block| block.role == Role::Body);
        body && {
            let words = words(article.text(), *span);
            let timexes = timexes_of(article, 0, *span, &words);
            tells(&words, &timexes)
        }
    })
}

fn headline(article: &Annotated, mention: &EventMention) -> bool {
    article
        .block(mention.span.start)
        .is_some_and(|block| block.role == Role::Headline)
}

/// True where `other` stands in the first body sentence after a headline, and tells of somebody
/// that the headline names, or in its figure or words: a headline sums up what comes next.
fn opens_body(article: &Annotated, headline: &EventMention, other: &EventMention) -> bool {
    opening(article) == Some(other.sentence as usize)
        && (headline.entities.is_empty()
            || headline
                .entities
                .iter()
                .any(|entity| other.entities.contains(entity))
            || repeats(article, headline, other))
}

/// True where the sentence of `other` has a number of the headline, or two of its telling words.
fn repeats(article: &Annotated, headline: &EventMention, other: &EventMention) -> bool {
    let Some(sentence) = article.sentences.get(other.sentence as usize) else {
        return false;
    };
    let told = words(article.text(), *sentence);
    let (mut figures, mut alike) = (0, 0);
    let mut seen: Vec<&str> = Vec::new();
    let title = words(article.text(), headline.span);
    for word in &title {
        let text = word.text.as_str();
        if seen.contains(&text) || !told.iter().any(|other| other.text == text) {
            continue;
        }
        seen.push(text);
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            figures += 1;
        } else if word.is_letter() && text.len() > 3 && !LEXICON.is("stop", text) {
            alike += 1;
        }
    }
    figures > 0 || alike >= 2
}

/// Dates what the lead tells, at the places `waiting`.
///
/// A lead takes the day that a following sentence gives to the same kind of event, when that day
/// is shortly before publication: "has met ..." and then "the April 22 talks". What is left tells
/// one story, so it gets one date, the widest of its sentences.
pub(super) fn settle_leads(article: &Annotated, out: &mut [EventMention], waiting: &[usize]) {
    let mut left = Vec::new();
    for at in waiting {
        let Some(mention) = out.get(*at).cloned() else {
            continue;
        };
        let wanted = trigger(article, &mention).class;
        let found = out
            .iter()
            .filter(|other| {
                other.basis == EventBasis::Timex
                    && !other.planned
                    && near(article, &other.date)
                    && other.sentence > mention.sentence
                    && other.sentence <= mention.sentence + 4
            })
            .find(|other| {
                let same = wanted.is_some() && trigger(article, other).class == wanted;
                same || (headline(article, &mention) && opens_body(article, &mention, other))
            })
            .map(|other| (other.date, other.timex));
        match (found, out.get_mut(*at)) {
            (Some((date, timex)), Some(mention)) => {
                mention.date = date;
                mention.basis = EventBasis::Carried;
                mention.timex = timex;
            }
            _ if !mention.planned => left.push(*at),
            _ => {}
        }
    }
    let widest = left
        .iter()
        .filter_map(|at| out.get(*at))
        .map(|mention| mention.date)
        .max_by_key(Interval::days);
    for at in left {
        if let (Some(mention), Some(date)) = (out.get_mut(at), widest) {
            mention.date = date;
        }
    }
}

/// When a lead without an expression happened: told in the present, on the day of
/// publication; in the past, on it or the day before.
pub(super) fn date(article: &Annotated, tense: Tense) -> Interval {
    let published = article.published.interval;
    let (Some(start), Some(end)) = (published.start, published.end) else {
        return Interval::UNDATED;
    };
    match tense {
        Tense::Future => Interval::after(start).about(),
        Tense::Present => Interval {
            at: None,
            ..published.about()
        },
        _ if published.precision == Precision::Day || (end - start).num_days() <= 7 => {
            Interval::range(calendar::add_days(start, -1), end).about()
        }
        _ => Interval {
            at: None,
            ..published.about()
        },
    }
}
