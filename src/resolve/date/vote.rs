//! Votes of dated articles for the year of a day of a month, found by day and name.

use super::name;
use crate::annotate::published::{Clues, Known, Says};
use crate::annotate::{Annotated, Basis, Confidence, Evidence, EvidencePlace, Published};
use crate::article::{ArticleId, ContentHash};
use crate::text::Span;
use crate::when::Interval;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, HashMap};

/// A day of a month and a name that stand in one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    month: u8,
    day: u8,
    name: u32,
}

/// A dated article that names a day.
#[derive(Clone, Debug)]
struct Voter {
    id: ArticleId,
    hash: ContentHash,
    day: NaiveDate,
    quote: String,
    span: Option<Span>,
    line: Option<u32>,
    weight: u32,
}

impl Voter {
    /// True where the words name the day by its number.
    fn is_plain(&self) -> bool {
        self.quote.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// All votes so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    voters: Vec<Voter>,
    by_key: HashMap<Key, Vec<u32>>,
}

/// Days that one article votes with.
const DAYS: usize = 12;
/// Votes kept for a key and a year: those with the smallest hashes, whatever the order of arrival.
const KEPT: usize = 6;
/// Shared (day, name) pairs that make two articles tell one story.
const SHARED: u32 = 2;
/// A day farther than this from its article's publication says nothing of the story's year.
const REACH: i64 = 400;

/// How much an article's word counts: 0 where its date is not from itself or not a day.
pub(super) fn weight(published: &Published) -> u32 {
    let own = published.evidence.iter().all(|one| one.article.is_none());
    let short = published.interval.days().is_some_and(|days| days <= 7);
    if !own || !short || published.confidence < Confidence::Medium {
        return 0;
    }
    match published.basis {
        Basis::Stated | Basis::Metadata | Basis::Given => 2,
        Basis::Inferred => 1,
        Basis::None => 0,
    }
}

/// All pairs of days and names, rising.
pub(super) fn keys(days: &[(u32, u32)], names: &[u32]) -> Vec<Key> {
    let mut keys: Vec<Key> = days
        .iter()
        .take(DAYS)
        .flat_map(|(month, day)| {
            names.iter().map(|name| Key {
                month: *month as u8,
                day: *day as u8,
                name: *name,
            })
        })
        .collect();
    keys.sort_unstable();
    keys
}

impl Votes {
    /// Takes the votes of a dated article in; gives the keys they stand under.
    pub(super) fn add(&mut self, article: &Annotated, weight: u32) -> Vec<Key> {
        let names = name::of(article);
        let mut touched = Vec::new();
        for voter in ballots(article, weight) {
            let day = [(voter.day.month(), voter.day.day())];
            let index = self.voters.len() as u32;
            self.voters.push(voter);
            for key in keys(&day, &names) {
                self.place(key, index);
                touched.push(key);
            }
        }
        touched
    }

    /// Puts a vote under a key; of too many for one year those with the smallest hashes stay.
    fn place(&mut self, key: Key, index: u32) {
        let Self { voters, by_key } = self;
        let under = by_key.entry(key).or_default();
        under.push(index);
        let year = |index: &u32| voters.get(*index as usize).map(|voter| voter.day.year());
        let here = year(&index);
        if under.iter().filter(|other| year(other) == here).count() <= KEPT {
            return;
        }
        let order = |index: &u32| {
            voters
                .get(*index as usize)
                .map(|voter| (voter.hash, voter.id.clone()))
        };
        let last = under
            .iter()
            .filter(|other| year(other) == here)
            .max_by_key(|other| order(other))
            .copied();
        under.retain(|other| Some(*other) != last);
    }

    /// The years that articles of the same story give to the days of an open article.
    pub(super) fn count(&self, keys: &[Key], clues: &Clues) -> Known {
        // Shared names by voting article, over all days.
        let mut shared: BTreeMap<(ContentHash, &ArticleId), u32> = BTreeMap::new();
        let mut found: BTreeMap<(u32, u32), BTreeMap<u32, u32>> = BTreeMap::new();
        for key in keys {
            for index in self.by_key.get(key).into_iter().flatten() {
                let Some(voter) = self.voters.get(*index as usize) else {
                    continue;
                };
                *shared.entry((voter.hash, &voter.id)).or_default() += 1;
                let day = (u32::from(key.month), u32::from(key.day));
                *found.entry(day).or_default().entry(*index).or_default() += 1;
            }
        }
        let mut known = Known::default();
        for (day, votes) in found {
            let heard = votes.iter().filter_map(|(index, names)| {
                let voter = self.voters.get(*index as usize)?;
                let together = shared.get(&(voter.hash, &voter.id)).copied()?;
                (together >= SHARED && agrees(voter.day, clues)).then_some((voter, *names))
            });
            if let Some(best) = elect(heard) {
                known.days.insert(day, (best.day, evidence(best)));
            }
        }
        known
    }
}

/// The weight of a year, and who votes for it with how many shared names.
type Tally<'v> = (u32, Vec<(&'v Voter, u32)>);

/// The best vote of the year that clearly leads.
fn elect<'v>(heard: impl Iterator<Item = (&'v Voter, u32)>) -> Option<&'v Voter> {
    let mut years: BTreeMap<i32, Tally<'v>> = BTreeMap::new();
    for (voter, names) in heard {
        let year = years.entry(voter.day.year()).or_default();
        year.0 += names.min(4) * voter.weight;
        year.1.push((voter, names));
    }
    let mut ranked: Vec<&Tally> = years.values().collect();
    ranked.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let first = ranked.first()?;
    if ranked.get(1).is_some_and(|second| second.0 * 2 > first.0) {
        return None;
    }
    first
        .1
        .iter()
        .max_by(|(a, m), (b, n)| {
            (a.is_plain(), m * a.weight)
                .cmp(&(b.is_plain(), n * b.weight))
                .then_with(|| (b.hash, &b.id).cmp(&(a.hash, &a.id)))
        })
        .map(|(voter, _)| *voter)
}

/// True where the weekday that the open article says of the day is right in that year.
fn agrees(day: NaiveDate, clues: &Clues) -> bool {
    clues.0.iter().all(|clue| match clue.says {
        Says::MonthDay {
            month,
            day: of_month,
            weekday: Some(weekday),
            ..
        } if (month, of_month) == (day.month(), day.day()) => day.weekday() == weekday,
        _ => true,
    })
}

fn evidence(voter: &Voter) -> Evidence {
    Evidence {
        quote: voter.quote.clone(),
        place: EvidencePlace::Article,
        article: Some(voter.id.clone()),
        span: voter.span,
        line: voter.line,
        rule: "known-day".into(),
    }
}

/// The days that an article votes with: each once, its own day of publication last.
fn ballots(article: &Annotated, weight: u32) -> Vec<Voter> {
    let published = article.published.interval.start;
    let near = |interval: &Interval| {
        let day = interval.start.filter(|_| interval.is_day())?;
        let reach = (day - published?).num_days().abs() <= REACH;
        reach.then_some(day)
    };
    let mut days: BTreeMap<(u32, u32), Voter> = BTreeMap::new();
    let voter = |day, quote: &str, span, line, weight| Voter {
        id: article.id(),
        hash: article.article.hash,
        day,
        quote: quote.to_owned(),
        span,
        line,
        weight,
    };
    for timex in &article.timexes {
        let Some(day) = near(&timex.interval) else {
            continue;
        };
        if days.len() == DAYS {
            break;
        }
        let quote = timex.span.of(article.text());
        // A day that was still ahead may have come in another year.
        let weight = if published.is_some_and(|published| day > published) {
            weight.div_ceil(2)
        } else {
            weight
        };
        let line = article.article.line(timex.span.start);
        let made = voter(day, quote, Some(timex.span), line, weight);
        let known = days.entry((day.month(), day.day())).or_insert(made.clone());
        // "August 9" says more to a reader than the "Sunday" that means it.
        if !known.is_plain() && made.is_plain() {
            *known = made;
        }
    }
    if let (Some(day), Some(first)) = (
        published.filter(|_| article.published.interval.is_day()),
        article.published.evidence.first(),
    ) {
        days.entry((day.month(), day.day()))
            .or_insert_with(|| voter(day, &first.quote, first.span, first.line, weight));
    }
    days.into_values().collect()
}
