//! What several articles give for one quantity of an event: agreement, conflict, or another scope.
//!
//! A false conflict is worse than a missed one: it takes two exact values of one day from two voices,
//! or rough ones that are far apart.

use super::Found;
use crate::article::ArticleId;
use crate::timeline::event::{Figure, FigureValue, Verdict};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How many times one rough number is the other where both cannot be right.
const FAR: f64 = 2.5;

/// One figure with who says it, for comparison.
pub(in crate::timeline) struct Said<'a> {
    pub(in crate::timeline) found: &'a Found,
    pub(in crate::timeline) article: &'a ArticleId,
    /// The original of the article, where it is a copy.
    pub(in crate::timeline) voice: usize,
    /// The entity of the collection whose figure it is.
    pub(in crate::timeline) subject: Option<u64>,
    /// The day it holds for, where one is known.
    pub(in crate::timeline) day: Option<NaiveDate>,
    /// The day of writing.
    pub(in crate::timeline) written: Option<NaiveDate>,
}

/// Compares what articles say of one event. Groups with one voice are left out.
pub(in crate::timeline) fn compare(said: &[Said]) -> Vec<Figure> {
    type Key<'a> = (&'a str, &'a str, Option<u64>);
    let mut groups: BTreeMap<Key, Vec<&Said>> = BTreeMap::new();
    for one in said {
        let key = (
            one.found.what.as_str(),
            one.found.unit.as_str(),
            one.subject.filter(|_| one.found.unit == "%"),
        );
        let group = groups.entry(key).or_default();
        let known = group
            .iter()
            .any(|other| other.article == one.article && other.found.span == one.found.span);
        if !known {
            group.push(one);
        }
    }
    groups
        .into_iter()
        .filter(|(_, group)| {
            let mut voices: Vec<usize> = group.iter().map(|one| one.voice).collect();
            voices.sort_unstable();
            voices.dedup();
            voices.len() > 1
        })
        .map(|((what, _, _), mut group)| {
            group.sort_by(|a, b| {
                (a.article, a.found.span.start).cmp(&(b.article, b.found.span.start))
            });
            let (verdict, why) = judge(&group);
            Figure {
                what: what.to_owned(),
                values: group
                    .iter()
                    .map(|one| FigureValue {
                        text: one.found.text.clone(),
                        value: one.found.value,
                        unit: one.found.unit.clone(),
                        article: one.article.clone(),
                        span: one.found.span,
                    })
                    .collect(),
                verdict,
                why,
            }
        })
        .collect()
}

fn meet(a: &Found, b: &Found) -> bool {
    a.range.0 <= b.range.1 && b.range.0 <= a.range.1
}

/// Values that cannot both be right: two exact ones, or rough ones that are far apart.
fn clash(a: &Found, b: &Found) -> bool {
    let (low, high) = (a.value.min(b.value), a.value.max(b.value));
    let rough = |found: &Found| found.exact || found.about;
    (a.exact && b.exact) || (rough(a) && rough(b) && low > 0.0 && high / low >= FAR)
}

fn judge(group: &[&Said]) -> (Verdict, String) {
    let mut apart = None;
    let mut conflict = None;
    for (i, a) in group.iter().enumerate() {
        for b in group.iter().skip(i + 1) {
            if meet(a.found, b.found) {
                continue;
            }
            apart = apart.or(Some((*a, *b)));
            let same_day = a.day.is_some() && a.day == b.day;
            let same_article = a.article == b.article || a.voice == b.voice;
            // A count of people grows from day to day; a fine, a sentence and a share do not.
            let settled = a.found.settled || a.written == b.written;
            if clash(a.found, b.found) && same_day && !same_article && settled {
                conflict = conflict.or(Some((*a, *b)));
            }
        }
    }
    match (conflict, apart) {
        (Some((a, b)), _) => (
            Verdict::Differ,
            format!(
                "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} cannot both be right for the same day",
                a.found.text, b.found.text
            ),
        ),
        (None, Some((a, b))) if a.written != b.written && a.day == b.day && !a.found.settled => (
            Verdict::DifferentScope,
            format!(
                "a count that may have changed between articles: {} and {}",
                a.found.text, b.found.text
            ),
        ),
        (None, Some((a, b))) => (
            Verdict::DifferentScope,
            format!(
                "{} and {} need not count the same day, place or people",
                a.found.text, b.found.text
            ),
        ),
        (None, None) => (
            Verdict::Agree,
            "the same after rounding to the coarser figure".to_owned(),
        ),
    }
}
