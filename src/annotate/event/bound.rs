//! What another event of the article dates: "shortly after the vote", "since the election",
//! "two weeks before the march".
//!
//! The noun must be definite and without a date of its own, and name the kind of thing that a
//! dated mention of the same article tells; where several days could be meant, none is taken.
//! Bounds are given as bounds: only "during" and a counted number of days give a day.

use super::clause::{self, Word};
use super::length::length;
use super::lexicon::{Class, LEXICON};
use super::trigger::trigger;
use super::verb::Tense;
use crate::annotate::timex::TimexKind;
use crate::annotate::{Annotated, EventBasis, EventKind, EventMention};
use crate::when::{Interval, Precision, calendar};
use chrono::NaiveDate;

/// Days that "shortly" reaches.
const SOON: i64 = 14;
/// Days between an event and the day of writing over which "after" still says something.
const WIDEST: i64 = 92;
/// Days by which a count of weeks is rounded.
const ROUND: i64 = 3;
/// Words between a determiner and its noun.
const PHRASE: usize = 4;

/// How a clause is placed against the other event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    After,
    Before,
    Since,
    During,
}

/// How far from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Distance {
    /// Nobody says.
    Open,
    /// "shortly", "hours".
    Soon,
    /// So many days, weeks, months or years.
    Counted(i32, char),
}

/// A phrase such as "two weeks before the vote".
struct Reference {
    link: Link,
    distance: Distance,
    class: Class,
    noun: String,
}

/// Dates mentions that another mention of the article bounds.
pub(super) fn settle(article: &Annotated, out: &mut [EventMention]) {
    for at in 0..out.len() {
        let Some(mention) = out
            .get(at)
            .filter(|mention| mention.basis != EventBasis::Timex)
        else {
            continue;
        };
        if mention.planned {
            continue;
        }
        let words = clause::words(article.text(), mention.span);
        let Some(reference) = reference(article, &words) else {
            continue;
        };
        // What already has a day keeps it unless the words say better.
        let loose = reference.distance == Distance::Open
            && matches!(reference.link, Link::After | Link::Before);
        if loose && mention.date.is_dated() {
            continue;
        }
        let Some(other) = antecedent(article, out, at, &reference) else {
            continue;
        };
        let (day, timex) = (other.date, other.timex);
        let perfect = tense(&words) == Some(Tense::Perfect);
        let Some((date, kind)) = placed(article, &reference, &day, perfect) else {
            continue;
        };
        if let Some(mention) = out.get_mut(at) {
            (mention.date, mention.kind) = (date, kind);
            (mention.basis, mention.timex) = (EventBasis::Carried, timex);
        }
    }
}

fn tense(words: &[Word]) -> Option<Tense> {
    let clauses = clause::clauses(words, &vec![false; words.len()]);
    clauses.first()?.verb.as_ref().map(|verb| verb.tense)
}

/// The first reference to another event in a clause.
fn reference(article: &Annotated, words: &[Word]) -> Option<Reference> {
    words.iter().enumerate().find_map(|(at, word)| {
        let link = match word.text.as_str() {
            "after" | "following" => Link::After,
            "before" => Link::Before,
            "since" => Link::Since,
            "during" => Link::During,
            _ => return None,
        };
        let (noun, class) = noun_phrase(article, words, at + 1)?;
        Some(Reference {
            link,
            distance: distance(article, words, at),
            class,
            noun,
        })
    })
}

/// The event noun of a definite phrase that begins at `from`.
fn noun_phrase(article: &Annotated, words: &[Word], from: usize) -> Option<(String, Class)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    if !matches!(
        text(from),
        "the" | "this" | "that" | "his" | "her" | "its" | "their"
    ) {
        return None;
    }
    let mut found = None;
    for at in from + 1..=from + PHRASE {
        let word = words.get(at)?;
        // "the first vote", "the 2019 vote", "the vote in 2019": another one.
        let other = matches!(
            text(at),
            "first" | "last" | "next" | "previous" | "earlier" | "second" | "third" | "other"
        );
        if other || dated(article, word) || LEXICON.is("stop", text(at)) {
            break;
        }
        if let Some(class) = LEXICON.class_of_noun(text(at)) {
            found = Some((word.text.clone(), class));
        } else if found.is_some() {
            break;
        }
        if !word.is_letter() {
            break;
        }
    }
    let end = found.as_ref().and_then(|(noun, _)| {
        (from..from + PHRASE + 1).rfind(|at| words.get(*at).is_some_and(|word| word.text == *noun))
    })?;
    let dates_it = matches!(text(end + 1), "of" | "in" | "on")
        && (end + 2..end + 5).any(|at| words.get(at).is_some_and(|word| dated(article, word)));
    found.filter(|_| !dates_it)
}

/// True for a word of a time expression.
fn dated(article: &Annotated, word: &Word) -> bool {
    let from = article
        .timexes
        .partition_point(|timex| timex.span.end <= word.span.start);
    article
        .timexes
        .get(from)
        .is_some_and(|timex| timex.span.overlaps(word.span))
}

/// What stands before the preposition at `at`.
fn distance(article: &Annotated, words: &[Word], at: usize) -> Distance {
    let Some(before) = at.checked_sub(1).and_then(|before| words.get(before)) else {
        return Distance::Open;
    };
    let from = article
        .timexes
        .partition_point(|timex| timex.span.end < before.span.end);
    let timex = article
        .timexes
        .get(from)
        .filter(|timex| timex.span.overlaps(before.span));
    if let Some(timex) = timex {
        let counted = (timex.kind == TimexKind::Duration)
            .then(|| length(&timex.value))
            .flatten();
        return counted.map_or(Distance::Open, |(count, unit)| {
            Distance::Counted(count, unit)
        });
    }
    match before.text.as_str() {
        "shortly" | "soon" | "immediately" | "just" | "right" | "hours" | "minutes" | "moments"
        | "days" | "directly" => Distance::Soon,
        _ => Distance::Open,
    }
}

/// The dated mention that a reference means: told by the same word, or else of the same class;
/// before it, or else after it. `None` where different days could be meant.
fn antecedent<'a>(
    article: &Annotated,
    out: &'a [EventMention],
    at: usize,
    reference: &Reference,
) -> Option<&'a EventMention> {
    let fits = |mention: &&EventMention| {
        mention.basis == EventBasis::Timex
            && mention.kind == EventKind::Event
            && !mention.planned
            && matches!(mention.date.precision, Precision::Day | Precision::Month)
    };
    let mut named: Vec<(usize, &EventMention)> = Vec::new();
    let mut alike: Vec<(usize, &EventMention)> = Vec::new();
    for (place, mention) in out.iter().enumerate().filter(|(_, mention)| fits(mention)) {
        let told = trigger(article, mention);
        if told.class != Some(reference.class) {
            continue;
        }
        alike.push((place, mention));
        let noun = reference.noun.as_str();
        let word = told.word.as_str();
        if word == noun
            || noun.strip_suffix('s') == Some(word)
            || word.strip_suffix('s') == Some(noun)
        {
            named.push((place, mention));
        }
    }
    let found = if named.is_empty() { alike } else { named };
    let before: Vec<&EventMention> = found
        .iter()
        .filter(|(place, _)| *place < at)
        .map(|(_, mention)| *mention)
        .collect();
    let all = || {
        found
            .iter()
            .map(|(_, mention)| *mention)
            .collect::<Vec<_>>()
    };
    let meant = if before.is_empty() { all() } else { before };
    let last = *meant.last()?;
    let same = |mention: &&EventMention| {
        mention.date.contains(&last.date) || last.date.contains(&mention.date)
    };
    meant.iter().all(same).then_some(last)
}

/// When something was that stands so to an event of `day`.
fn placed(
    article: &Annotated,
    reference: &Reference,
    day: &Interval,
    perfect: bool,
) -> Option<(Interval, EventKind)> {
    let (start, end) = (day.start?, day.end?);
    let published = article.published.interval;
    let written = published
        .end
        .or(published.start)
        .filter(|written| *written >= start);
    let until = |last: NaiveDate| written.map_or(last, |written| last.min(written));
    let forward = reference.link == Link::After;
    let date = match (reference.link, reference.distance) {
        (Link::Since, _) if perfect => return Some((Interval::after(start), EventKind::State)),
        (Link::Since, _) => return None,
        (Link::During, _) => Interval { at: None, ..*day },
        (Link::After | Link::Before, Distance::Counted(count, unit)) => {
            let count = if forward { count } else { -count };
            counted(if forward { end } else { start }, count, unit, day)?
        }
        (Link::After, Distance::Soon) => {
            let last = until(calendar::add_days(end, SOON)).max(start);
            Interval::range(start, last).about()
        }
        (Link::Before, Distance::Soon) => Interval::range(
            calendar::add_days(start, -SOON),
            calendar::add_days(end, -1).max(start),
        )
        .about(),
        (Link::After, Distance::Open) => {
            let last = written?;
            if (last - start).num_days() > WIDEST {
                return None;
            }
            Interval::range(start, last).about()
        }
        (Link::Before, Distance::Open) => Interval::before(calendar::add_days(start, -1)),
    };
    Some((date, EventKind::Event))
}

/// The day that lies `count` units from `from`: to the day where days are counted from a day, else
/// about it.
fn counted(from: NaiveDate, count: i32, unit: char, day: &Interval) -> Option<Interval> {
    let exact = |to: NaiveDate| {
        if day.is_day() {
            Interval::day(to)
        } else {
            Interval::day(to).about()
        }
    };
    Some(match unit {
        'D' => exact(calendar::add_days(from, i64::from(count))),
        'W' => {
            let to = calendar::add_days(from, 7 * i64::from(count));
            Interval::range(
                calendar::add_days(to, -ROUND),
                calendar::add_days(to, ROUND),
            )
            .about()
        }
        'M' => Interval::month(calendar::add_months(from, count)).about(),
        'Y' => Interval::month(calendar::add_years(from, count)).about(),
        _ => return None,
    })
}
