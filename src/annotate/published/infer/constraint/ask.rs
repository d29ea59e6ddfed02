//! From clues to constraints: what each says of the day of writing.

use super::super::super::clue::{Clue, Clues, Says};
use super::super::Known;
use super::{Asks, OfMonth};
use crate::annotate::Annotated;
use crate::annotate::timex::Tense;
use crate::text::Span;
use crate::when::calendar;
use chrono::Datelike;

/// The day of a month that a clue names, with its year where that is known.
pub(super) fn of_month(clue: &Clue, known: &Known) -> Option<OfMonth> {
    match clue.says {
        Says::MonthDay {
            month,
            day,
            weekday,
            years,
        } => Some(OfMonth {
            month,
            day,
            weekday,
            years,
            known: known.days.get(&(month, day)).map(|(day, _)| *day),
        }),
        Says::Day(day, weekday) => Some(OfMonth {
            month: day.month(),
            day: day.day(),
            weekday,
            years: None,
            known: Some(day),
        }),
        _ => None,
    }
}

/// Said to be past, by the verb, by "since" or by standing in a caption.
pub(super) fn is_past(article: &Annotated, clue: &Clue) -> bool {
    let before = article
        .text()
        .get(..clue.span.start as usize)
        .unwrap_or_default()
        .trim_end();
    clue.tense == Tense::Past
        || clue.tense == Tense::Unknown
            && (clue.caption || before.ends_with("since") || before.ends_with("after"))
}

/// A rule and what it asks.
pub(super) type Asked = (&'static str, Asks);

/// What one clue asks: up to two constraints.
pub(super) fn ask(
    article: &Annotated,
    clues: &Clues,
    index: usize,
    days: &[(&Clue, OfMonth)],
    known: &Known,
    any_past: bool,
) -> [Option<Asked>; 2] {
    let Some(clue) = clues.0.get(index) else {
        return [None, None];
    };
    let past = is_past(article, clue);
    let future = clue.tense == Tense::Future;
    let one = |rule, asks| [Some((rule, asks)), None];
    match clue.says {
        Says::Stamped(day) => {
            let first = clues.0.iter().all(|other| match other.says {
                Says::Stamped(other) => other >= day,
                _ => true,
            });
            if first {
                one("comment-stamp", Asks::Stamped(day))
            } else {
                [None, None]
            }
        }
        Says::Day(day, _) if future => one("month-day-future", Asks::HardlyAfter(day)),
        Says::Day(day, _) if clue.caption => one("caption-date", Asks::NotBefore(day)),
        Says::Day(day, Some(_)) if past => one("dated-weekday", Asks::NotBefore(day)),
        Says::Day(day, _) if past => one("full-date", Asks::NotBefore(day)),
        Says::Day(day, _) => one("full-date", Asks::HardlyBefore(day)),
        Says::MonthDay { .. } => {
            let Some(day) = of_month(clue, known) else {
                return [None, None];
            };
            let weekday = day
                .weekday
                .map(|_| ("weekday-year", Asks::Weekday(day)))
                .filter(|_| !past && !future);
            if past || !any_past && !future {
                let rule = if day.years.is_some() {
                    "last-year"
                } else {
                    "month-day-past"
                };
                [Some((rule, Asks::Past(day))), weekday]
            } else if future {
                one("month-day-future", Asks::Future(day))
            } else {
                [weekday, None]
            }
        }
        Says::Weekday(weekday) if past => {
            let rule = if clue.lead {
                "lead-weekday"
            } else {
                "weekday-past"
            };
            one(rule, Asks::PastWeekday(weekday, clue.lead))
        }
        Says::Weekday(weekday) if future => one("weekday-future", Asks::FutureWeekday(weekday)),
        Says::Month { month, year: None } if past => one("month-past", Asks::PastMonth(month)),
        Says::Month { month, year: None } if future => one("month-ahead", Asks::FutureMonth(month)),
        Says::Month {
            month,
            year: Some(year),
        } if !future => calendar::date(year, month, 1).map_or([None, None], |first| {
            one("year-floor", Asks::NotBefore(first))
        }),
        Says::Year(year) if !future => one("year-floor", Asks::Year(year)),
        Says::Weeks(weeks) => {
            beside(clue, days, 0)
                .filter(|_| weeks <= 0)
                .map_or([None, None], |day| {
                    let rule = if weeks == 0 { "this-week" } else { "last-week" };
                    one(rule, Asks::Week(weeks, day))
                })
        }
        Says::Months(months) => beside(clue, days, 0)
            .filter(|_| months <= 0)
            .map_or([None, None], |day| {
                one("month-shift", Asks::Month(months, day))
            }),
        Says::Days(shift) => named(article, clues, clue, shift, days),
        Says::Elapsed(length) => anchor(clue, days).map_or([None, None], |day| {
            one("elapsed", Asks::Elapsed(length, day))
        }),
        Says::After(length) => anchor(clue, days).map_or([None, None], |day| {
            let weekday = clues.0.iter().find_map(|other| match other.says {
                Says::Weekday(weekday) if gap(other.span, clue.span) <= 40 => Some(weekday),
                _ => None,
            });
            one("elapsed", Asks::After(length, day, weekday))
        }),
        _ => [None, None],
    }
}

/// Bytes between two spans.
fn gap(a: Span, b: Span) -> u32 {
    if a.start < b.start {
        b.start.saturating_sub(a.end)
    } else {
        a.start.saturating_sub(b.end)
    }
}

/// The nearest day of a month within `sentences` of a clue, not said to be ahead.
fn beside(clue: &Clue, days: &[(&Clue, OfMonth)], sentences: u32) -> Option<OfMonth> {
    days.iter()
        .filter(|(other, _)| other.tense != Tense::Future)
        .filter(|(other, _)| other.sentence.abs_diff(clue.sentence) <= sentences)
        .min_by_key(|(other, _)| gap(other.span, clue.span))
        .map(|(_, day)| *day)
}

/// What a length counts from: a day named close by, else the only day that the text names.
fn anchor(clue: &Clue, days: &[(&Clue, OfMonth)]) -> Option<OfMonth> {
    if let Some(day) = beside(clue, days, 1) {
        return Some(day);
    }
    let mut past = days
        .iter()
        .filter(|(other, _)| other.tense != Tense::Future)
        .map(|(_, day)| *day);
    let first = past.next()?;
    past.all(|other| (other.month, other.day) == (first.month, first.day))
        .then_some(first)
}

/// "yesterday, September 13", "today (Monday)".
fn named(
    article: &Annotated,
    clues: &Clues,
    clue: &Clue,
    shift: i32,
    days: &[(&Clue, OfMonth)],
) -> [Option<Asked>; 2] {
    let close = |other: Span| {
        let (first, second) = if other.start < clue.span.start {
            (other, clue.span)
        } else {
            (clue.span, other)
        };
        let between = article
            .text()
            .get(first.end as usize..second.start as usize)
            .unwrap_or("....");
        between.len() <= 6 && !between.contains('.')
    };
    let day = days
        .iter()
        .find(|(other, _)| close(other.span))
        .map(|(_, day)| ("day-named", Asks::Named(shift, *day)));
    let weekday = clues.0.iter().find_map(|other| match other.says {
        Says::Weekday(weekday) if close(other.span) => {
            Some(("day-named", Asks::NamedWeekday(shift, weekday)))
        }
        _ => None,
    });
    [day, weekday]
}
