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
