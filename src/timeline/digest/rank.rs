//! How much each day matters to the story.
//!
//! The constants were fixed on development topics only and are not to be tuned further: what
//! remains between sensible formulas is noise (0.015 in date F1).

use super::index::{HEAD, Index};
use crate::when::calendar;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Weight of an article that hardly speaks of the story.
const LEAST_SHARE: f64 = 0.02;
/// A day named in a line with a keyword or its short form.
const KEYWORD: f64 = 1.5;
/// A day named in a line that tells a turning point.
const TURNING: f64 = 1.5;
/// What looking back over days adds.
const LAG: f64 = 0.5;
/// An article written before the day.
const AHEAD: f64 = 0.4;
/// A line of a chronology.
const CHRONOLOGY: f64 = 5.0;
/// Power of the weights of one publication day: ten articles of a day are not ten days.
const DAILY: f64 = 0.9;
/// Weight of the articles published on the day and the next.
const VOLUME: f64 = 0.1;
/// Part of the greater neighbour that is taken off: news echo for a day.
const ECHO: f64 = 0.2;
/// Days on either side in which chosen days crowd.
const WINDOW: i64 = 20;
/// How strongly they crowd.
const CROWD: f64 = 8.0;

/// How an article names a day.
#[derive(Default)]
struct Naming {
    /// In a line with a keyword or its short form.
    about: bool,
    /// In a line that tells a turning point.
    turning: bool,
    /// In a chronology.
    chronology: bool,
}

/// The score of every day that may be chosen.
pub(super) fn scores(index: &Index) -> BTreeMap<NaiveDate, f64> {
    let mut sums: BTreeMap<NaiveDate, BTreeMap<Option<NaiveDate>, f64>> = BTreeMap::new();
    let mut eligible: BTreeSet<NaiveDate> = BTreeSet::new();
    for source in &index.sources {
        let lines = index.lines.get(source.lines.clone()).unwrap_or_default();
        let mut named: BTreeMap<NaiveDate, Naming> = BTreeMap::new();
        for line in lines {
            for (nth, day) in line.days.iter().enumerate() {
                let seen = named.entry(*day).or_default();
                seen.about |= line.about;
                seen.turning |= line.turning && line.about;
                seen.chronology |= line.chronology && nth == 0;
            }
        }
        for (day, seen) in named {
            let mut weight = source.share + LEAST_SHARE;
            if seen.about {
                weight *= KEYWORD;
                eligible.insert(day);
            }
            if seen.turning {
                weight *= TURNING;
            }
            if let Some(published) = source.published {
                let lag = (published - day).num_days();
                weight *= 1.0 + LAG * (lag.max(0) as f64).ln_1p();
                if lag < 0 {
                    weight *= AHEAD;
                }
            }
            if seen.chronology {
                weight *= CHRONOLOGY;
            }
            *sums
                .entry(day)
                .or_default()
                .entry(source.published)
                .or_default() += weight;
        }
        let leads = lines.iter().take(HEAD).any(|line| line.keyword);
        if let (true, Some(published)) = (leads, source.published) {
            eligible.insert(published);
            eligible.insert(calendar::add_days(published, -1));
        }
    }
    let named: BTreeMap<NaiveDate, f64> = sums
        .into_iter()
        .map(|(day, sums)| (day, sums.values().map(|sum| sum.powf(DAILY)).sum()))
        .collect();
    let mut volume: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    for source in &index.sources {
        if let Some(published) = source.published {
            *volume.entry(published).or_default() += source.share;
            *volume.entry(calendar::add_days(published, -1)).or_default() += source.share;
        }
    }
    let most = |values: &BTreeMap<NaiveDate, f64>| values.values().copied().fold(1e-9, f64::max);
    let (most_named, most_volume) = (most(&named), most(&volume));
    let value = |day: &NaiveDate| {
        named.get(day).copied().unwrap_or(0.0) / most_named
            + VOLUME * volume.get(day).copied().unwrap_or(0.0) / most_volume
    };
    let days: BTreeSet<NaiveDate> = named
        .keys()
        .chain(volume.keys())
        .filter(|day| eligible.contains(day))
        .copied()
        .collect();
    days.into_iter()
        .map(|day| {
            let echo = value(&calendar::add_days(day, -1)).max(value(&calendar::add_days(day, 1)));
            (day, (value(&day) - ECHO * echo).max(0.0))
        })
        .collect()
}

/// Chooses days one after the other; days near chosen ones lose weight.
pub(super) struct Choice {
    left: BTreeMap<NaiveDate, f64>,
    chosen: BTreeSet<NaiveDate>,
}

impl Choice {
    pub(super) fn new(
        mut scores: BTreeMap<NaiveDate, f64>,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Self {
        scores.retain(|day, _| {
            from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to)
        });
        Self {
            left: scores,
            chosen: BTreeSet::new(),
        }
    }

    /// The best day that is left; among equals the earlier one.
    pub(super) fn next(&self) -> Option<NaiveDate> {
        let mut best: Option<(f64, NaiveDate)> = None;
        for (day, score) in &self.left {
            let (low, high) = (
                calendar::add_days(*day, -WINDOW),
                calendar::add_days(*day, WINDOW),
            );
            let near = self.chosen.range(low..=high).count() as f64;
            let value = score / (1.0 + CROWD * near / (2 * WINDOW + 1) as f64);
            if best.is_none_or(|(most, _)| value > most) {
                best = Some((value, *day));
            }
        }
        best.map(|(_, day)| day)
    }

    pub(super) fn accept(&mut self, day: NaiveDate) {
        self.left.remove(&day);
        self.chosen.insert(day);
    }

    pub(super) fn reject(&mut self, day: NaiveDate) {
        self.left.remove(&day);
    }
}
