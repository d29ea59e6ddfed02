//! The headline and the first sentences: what an article tells as news, without a date.

use super::clause::{Word, words};
use super::trigger::trigger;
use super::verb::Tense;
use crate::annotate::{Annotated, EventBasis, EventMention, Role};
use crate::when::{Interval, Precision, calendar};

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

fn headline(article: &Annotated, mention: &EventMention) -> bool {
    article
        .block(mention.span.start)
        .is_some_and(|block| block.role == Role::Headline)
}

/// True where `other` stands in the first body sentence after a headline, and tells of somebody
/// that the headline names or gives its figure: a headline sums up what comes next.
fn opens_body(article: &Annotated, headline: &EventMention, other: &EventMention) -> bool {
    let first = article.sentences.iter().position(|span| {
        article
            .block(span.start)
            .is_some_and(|block| block.role == Role::Body)
    });
    first == Some(other.sentence as usize)
        && (headline.entities.is_empty()
            || headline
                .entities
                .iter()
                .any(|entity| other.entities.contains(entity))
            || repeats_figure(article, headline, other))
}

/// True where the sentence of `other` has a number of the headline.
fn repeats_figure(article: &Annotated, headline: &EventMention, other: &EventMention) -> bool {
    let Some(sentence) = article.sentences.get(other.sentence as usize) else {
        return false;
    };
    let figure = |word: &Word| word.text.starts_with(|c: char| c.is_ascii_digit());
    let told = words(article.text(), *sentence);
    words(article.text(), headline.span)
        .iter()
        .filter(|word| figure(word))
        .any(|word| told.iter().any(|other| other.text == word.text))
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
