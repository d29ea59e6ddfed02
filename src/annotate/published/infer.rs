//! Infers the day of writing where nobody states it: a constraint solver over calendar days.
//!
//! The years that can be are few: that of a complete date which belongs to the news of the text,
//! the next one, or one that other articles know. Every day of those years is scored by what the
//! text says of past and coming days. The earliest of the best days begins the window, for news
//! is written on the newest day it tells of; the days that are as good complete it.
//!
//! A year alone never dates an article, nor does the year of a day that lies apart from its news.

mod constraint;
mod year;

use super::clue::Clues;
use super::decide::Bounds;
use super::header;
use super::stamp::Stamp;
use crate::annotate::{Annotated, Basis, Confidence, Evidence, Published};
use crate::text::Span;
use crate::when::{Interval, calendar};
use chrono::{Datelike, NaiveDate};
use constraint::{Constraint, Scene};
use std::collections::BTreeMap;

/// Days of a month whose year is known from other articles, with what says so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// By month and day.
    pub days: BTreeMap<(u32, u32), (NaiveDate, Evidence)>,
}

/// Days whose score differs less are equally good.
const EQUAL: f32 = 0.01;
/// A window longer than this dates nothing.
const LONGEST: i64 = 31;
/// How many quotes are kept.
const QUOTES: usize = 8;

/// Infers the date; `None` where the text leaves the year or the season open.
pub(super) fn infer(
    article: &Annotated,
    clues: &Clues,
    partial: &[(Stamp, Span, bool)],
    bounds: &Bounds,
    known: &Known,
) -> Option<Published> {
    if clues.0.is_empty() && partial.is_empty() {
        return None;
    }
    let years = year::candidates(clues, partial, bounds, known);
    if years.open.is_empty() {
        return None;
    }
    let scene = Scene::new(article, clues, partial, known);
    if !scene.names_a_day() {
        return None;
    }
    let mut scored = score_days(&scene, &years.open, bounds.last());
    if let Some(newest) = years.newest {
        // The same season a year on is as good by the calendar alone, but farther from the date.
        for (day, score) in &mut scored {
            if (*day - newest).num_days() > 200 {
                *score -= 0.3;
            }
        }
    }
    let best = scored
        .iter()
        .map(|(_, score)| *score)
        .max_by(f32::total_cmp)?;
    let mut winners = scored
        .iter()
        .filter(|(_, score)| *score >= best - EQUAL)
        .map(|(day, _)| *day);
    let start = winners.next()?;
    let mut end = start;
    let mut scattered = false;
    for day in winners {
        if day == calendar::add_days(end, 1) {
            end = day;
        } else {
            scattered = true;
        }
    }
    let window = (end - start).num_days() + 1;
    if window > LONGEST || scattered && years.source == year::Source::Weekday {
        return None;
    }
    if years.source == year::Source::Capture
        && bounds
            .last()
            .is_none_or(|last| (last - end).num_days() > 31)
    {
        return None;
    }
    let tied = scene.is_tied(start);
    if !tied {
        let newest = scene.newest(start).unwrap_or(start);
        end = end.max(calendar::add_days(newest, LONGEST - 1));
        end = bounds.last().map_or(end, |last| end.min(last)).max(start);
    }
    let stated =
        tied && years.source == year::Source::Stated && years.stated.contains(&start.year());
    let mut published = Published {
        interval: Interval::range(start, end),
        basis: Basis::Inferred,
        confidence: if stated && window <= 7 && !scattered {
            Confidence::Medium
        } else {
            Confidence::Low
        },
        evidence: evidence(
            article,
            &scene,
            start,
            calendar::add_days(start, window - 1),
        ),
        ..Published::default()
    };
    for (day, found) in known.days.values() {
        let used = clues.open_days().contains(&(day.month(), day.day()));
        if used && years.source != year::Source::Stated {
            published.evidence.push(found.clone());
        }
    }
    if let Some(span) = years.quote
        && !published.evidence.iter().any(|one| one.span == Some(span))
    {
        published
            .evidence
            .push(header::evidence(article, span, "full-date"));
    }
    for constraint in &scene.constraints {
        if constraint.contradicts_weekday(&scene, start) {
            published.conflicts.push(format!(
                "“{}” is another weekday in {}",
                constraint.span.of(article.text()),
                start.year()
            ));
        }
    }
    Some(published)
}

/// The days that can be best, each with its score, rising; days that cannot be are left out.
fn score_days(scene: &Scene, years: &[i32], last: Option<NaiveDate>) -> Vec<(NaiveDate, f32)> {
    let mut days: Vec<NaiveDate> = years
        .iter()
        .flat_map(|year| scene.promising(*year))
        .filter(|day| last.is_none_or(|last| *day <= last))
        .collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter()
        .filter_map(|day| scene.score(day).map(|score| (day, score)))
        .collect()
}

/// The quotes that decided: those whose score falls when the day is moved away, the steepest first.
fn evidence(article: &Annotated, scene: &Scene, start: NaiveDate, end: NaiveDate) -> Vec<Evidence> {
    let mut told: Vec<(f32, &Constraint)> = scene
        .constraints
        .iter()
        .filter_map(|constraint| {
            let gain = scene.gain(constraint, start, end);
            (gain > 0.2).then_some((gain, constraint))
        })
        .collect();
    told.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut made: Vec<Evidence> = Vec::new();
    for (_, constraint) in told {
        let span = with_preposition(article, constraint.span);
        let one = header::evidence(article, span, constraint.rule);
        let seen = made
            .iter()
            .any(|other| other.quote == one.quote || other.span == one.span);
        if !seen {
            made.push(one);
        }
        if made.len() == QUOTES {
            break;
        }
    }
    made
}

/// The span with the preposition before it: "on Sunday".
fn with_preposition(article: &Annotated, span: Span) -> Span {
    let text = article.text();
    let before = text.get(..span.start as usize).unwrap_or_default();
    let trimmed = before.trim_end_matches([' ', '\u{A0}']);
    let word = trimmed
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let small = matches!(
        word.to_ascii_lowercase().as_str(),
        "on" | "since" | "for" | "in" | "by" | "until" | "from" | "after" | "of" | "late"
    );
    if small && before.len() - trimmed.len() <= 2 {
        Span::new(trimmed.len() - word.len(), span.end as usize)
    } else {
        span
    }
}

#[cfg(test)]
mod tests {
    use super::super::clue::{Clue, Says};
    use super::*;
    use crate::annotate::timex::Tense;
    use crate::article::Article;
    use chrono::Weekday;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn clue(says: Says, tense: Tense, sentence: u32) -> Clue {
        Clue {
            span: Span::default(),
            says,
            tense,
            sentence,
            lead: sentence < 2,
            caption: false,
        }
    }

    fn of_month(day: NaiveDate, weekday: bool) -> Says {
        Says::MonthDay {
            month: day.month(),
            day: day.day(),
            weekday: weekday.then(|| day.weekday()),
            years: None,
        }
    }

    fn solve(clues: Vec<Clue>, known: &Known) -> Option<Published> {
        let article = Annotated::new(Arc::new(Article::default()));
        infer(&article, &Clues(clues), &[], &Bounds::default(), known)
    }

    fn known(day: NaiveDate) -> Known {
        let evidence = Evidence {
            quote: String::new(),
            place: crate::annotate::EvidencePlace::Article,
            article: None,
            span: None,
            line: None,
            rule: "known-day".into(),
        };
        Known {
            days: [((day.month(), day.day()), (day, evidence))].into(),
        }
    }

    #[test]
    fn a_year_or_a_weekday_alone_dates_nothing() {
        let none = Known::default();
        assert_eq!(
            solve(vec![clue(Says::Year(2020), Tense::Past, 0)], &none),
            None
        );
        let sunday = clue(Says::Weekday(Weekday::Sun), Tense::Past, 0);
        assert_eq!(solve(vec![sunday], &none), None);
    }

    proptest! {
        #[test]
        fn a_text_is_dated_to_a_window_that_holds_its_day(offset in 0i64..20_000, back in 0i64..3) {
            let day = calendar::add_days(calendar::date(1990, 1, 1).unwrap(), offset);
            let told = calendar::add_days(day, -back);
            let clues = vec![
                clue(Says::Day(told, Some(told.weekday())), Tense::Past, 0),
                clue(of_month(calendar::add_days(day, -20), false), Tense::Past, 4),
            ];
            let found = solve(clues, &Known::default()).unwrap().interval;
            prop_assert!(found.contains(&Interval::day(day)), "{} {}", found, day);
        }

        #[test]
        fn weeks_since_a_known_day_are_counted(offset in 0i64..20_000, weeks in 2u32..9) {
            let event = calendar::add_days(calendar::date(1990, 1, 1).unwrap(), offset);
            let day = calendar::add_days(event, i64::from(weeks) * 7 + 1);
            let yesterday = calendar::add_days(day, -1).weekday();
            let clues = vec![
                clue(of_month(event, false), Tense::Past, 2),
                clue(Says::Elapsed(weeks * 7), Tense::Past, 2),
                clue(Says::Weekday(yesterday), Tense::Past, 5),
                clue(Says::Weekday(day.weekday()), Tense::Past, 6),
            ];
            let found = solve(clues, &known(event)).unwrap();
            prop_assert_eq!(found.confidence, Confidence::Low);
            prop_assert!(found.interval.contains(&Interval::day(day)), "{} {}", found.interval, day);
        }
    }
}
