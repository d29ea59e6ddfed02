//! Which years the day of writing can lie in.
//!
//! A complete date gives its year where it belongs to the news of the text: it stands near the
//! days that are named without a year, or there are none. "Born on May 3, 1975" gives nothing.

use super::super::clue::{Clue, Clues, Says};
use super::super::decide::Bounds;
use super::super::stamp::Stamp;
use super::Known;
use crate::annotate::timex::Tense;
use crate::text::Span;
use crate::when::calendar;
use chrono::{Datelike, NaiveDate, Weekday};

/// Where the year comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Source {
    /// Nowhere.
    #[default]
    None,
    /// A complete date of the text.
    Stated,
    /// Other articles.
    Collection,
    /// A weekday with a day of a month, and a year that the text speaks of shortly before.
    Weekday,
    /// The capture of the page.
    Capture,
}

/// The years that can be, rising.
#[derive(Clone, Debug, Default)]
pub(super) struct Years {
    /// The years.
    pub(super) open: Vec<i32>,
    /// Where they come from.
    pub(super) source: Source,
    /// Years that the text itself writes out.
    pub(super) stated: Vec<i32>,
    /// The complete date that gave the year: its words and its day.
    pub(super) quote: Option<Span>,
    pub(super) newest: Option<NaiveDate>,
}

/// How far a complete date may lie from a day without a year, around the year, to belong to it.
const SEASON: i64 = 45;
/// The years in which a weekday with a day of a month is looked for after the newest year named.
const REACH: i32 = 2;

/// The candidate years.
pub(super) fn candidates(
    clues: &Clues,
    partial: &[(Stamp, Span, bool)],
    bounds: &Bounds,
    known: &Known,
) -> Years {
    let open = open_days(clues, partial);
    let stated = stated_years(clues);
    if let Some(year) = by_last_year(clues) {
        return Years {
            open: vec![year],
            source: Source::Stated,
            stated,
            ..Years::default()
        };
    }
    if let Some((day, span)) = newest_of_the_news(clues, &open) {
        return Years {
            open: vec![day.year(), day.year() + 1],
            source: Source::Stated,
            stated,
            quote: Some(span),
            newest: Some(day),
        };
    }
    let mut years: Vec<i32> = open
        .iter()
        .filter_map(|(month, day, _)| known.days.get(&(*month, *day)))
        .flat_map(|(day, _)| [day.year(), day.year() + 1])
        .collect();
    years.sort_unstable();
    years.dedup();
    if !years.is_empty() {
        return Years {
            open: years,
            source: Source::Collection,
            stated,
            quote: None,
            newest: None,
        };
    }
    if let Some(year) = by_weekday(&open, &stated) {
        return Years {
            open: vec![year],
            source: Source::Weekday,
            stated,
            quote: None,
            newest: None,
        };
    }
    let captured = bounds.captured.filter(|_| !open.is_empty());
    captured.map_or_else(Years::default, |day| Years {
        open: vec![day.year() - 1, day.year()],
        source: Source::Capture,
        stated,
        quote: None,
        newest: None,
    })
}

type Open = (u32, u32, Option<Weekday>);

/// Days without a year, of the text and of header lines.
fn open_days(clues: &Clues, partial: &[(Stamp, Span, bool)]) -> Vec<Open> {
    let of_text = clues.0.iter().filter_map(|clue| match clue.says {
        Says::MonthDay {
            month,
            day,
            weekday,
            years: None,
        } => Some((month, day, weekday)),
        _ => None,
    });
    let of_head = partial
        .iter()
        .map(|(stamp, ..)| (stamp.month, stamp.day, stamp.weekday));
    of_head.chain(of_text).collect()
}

fn stated_years(clues: &Clues) -> Vec<i32> {
    let mut years: Vec<i32> = clues
        .0
        .iter()
        .filter(|clue| clue.tense != Tense::Future)
        .filter_map(|clue| match clue.says {
            Says::Day(day, _) => Some(day.year()),
            Says::Month { year, .. } => year,
            Says::Year(year) => Some(year),
            _ => None,
        })
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The newest complete past date that belongs to the news of the text.
fn newest_of_the_news(clues: &Clues, open: &[Open]) -> Option<(NaiveDate, Span)> {
    let full: Vec<(&Clue, NaiveDate, bool)> = clues
        .0
        .iter()
        .filter(|clue| clue.tense != Tense::Future)
        .filter_map(|clue| match clue.says {
            Says::Day(day, weekday) => Some((clue, day, weekday.is_some())),
            _ => None,
        })
        .collect();
    let newest_year = stated_years(clues).last().copied()?;
    let near = |day: NaiveDate| {
        open.iter()
            .any(|(month, of_month, _)| around_the_year(day, *month, *of_month) <= SEASON)
    };
    full.iter()
        .filter(|(clue, day, weekday)| {
            let company = full.iter().any(|(_, other, _)| {
                other != day && (*other - *day).num_days().abs() <= 2 * SEASON
            });
            let fresh = clue.caption || *weekday || company || beside_today(clues, clue);
            let belongs = if open.is_empty() { fresh } else { near(*day) };
            belongs && day.year() + 1 >= newest_year
        })
        .max_by_key(|(clue, day, _)| (*day, std::cmp::Reverse(clue.span.start)))
        .map(|(clue, day, _)| (*day, clue.span))
}

/// "yesterday, August 30, 2020".
fn beside_today(clues: &Clues, clue: &Clue) -> bool {
    clues.0.iter().any(|other| {
        matches!(other.says, Says::Days(_))
            && other.sentence == clue.sentence
            && (clue.span.start.abs_diff(other.span.end) <= 4
                || other.span.start.abs_diff(clue.span.end) <= 4)
    })
}

/// Days between a day and a day of a month, the shorter way around the year.
fn around_the_year(day: NaiveDate, month: u32, of_month: u32) -> i64 {
    (-1..=1)
        .filter_map(|years| calendar::date(day.year() + years, month, of_month))
        .map(|other| (other - day).num_days().abs())
        .min()
        .unwrap_or(i64::MAX)
}

/// "August 9 last year" beside "August 9, 2020" gives the year of writing.
fn by_last_year(clues: &Clues) -> Option<i32> {
    let mut told = clues.0.iter().filter_map(|clue| match clue.says {
        Says::MonthDay {
            month,
            day,
            years: Some(years),
            ..
        } => Some((month, day, years)),
        _ => None,
    });
    told.find_map(|(month, of_month, years)| {
        clues.0.iter().find_map(|clue| match clue.says {
            Says::Day(day, _) if (day.month(), day.day()) == (month, of_month) => {
                Some(day.year() - years)
            }
            _ => None,
        })
    })
}

/// The one year, shortly after the newest that the text names, in which its weekdays are right.
fn by_weekday(open: &[Open], stated: &[i32]) -> Option<i32> {
    let floor = *stated.last()?;
    let named: Vec<(u32, u32, Weekday)> = open
        .iter()
        .filter_map(|(month, day, weekday)| Some((*month, *day, (*weekday)?)))
        .collect();
    if named.is_empty() {
        return None;
    }
    let mut fitting = (floor..=floor + REACH).filter(|year| {
        named.iter().all(|(month, day, weekday)| {
            calendar::date(*year, *month, *day).is_some_and(|date| date.weekday() == *weekday)
        })
    });
    let year = fitting.next()?;
    fitting.next().is_none().then_some(year)
}
