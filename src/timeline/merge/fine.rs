//! Groups with closed dates, into which coarser and undated ones are taken.

use super::group::{Group, Item};
use super::index::push;
use super::{CANDIDATES, KNOWN_DAYS, SAME_WORDS};
use crate::annotate::event::{Class, WORDS};
use crate::when::Precision;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Groups with closed dates, found by class and first day.
#[derive(Default)]
pub(super) struct Fine {
    pub(super) groups: Vec<Group>,
    by_class: BTreeMap<(Class, NaiveDate), Vec<usize>>,
    by_word: FxHashMap<u64, Vec<usize>>,
}

impl Fine {
    pub(super) fn put(&mut self, group: Group) {
        let at = self.groups.len();
        if let (Some(class), Some(start)) = (group.class(), group.date.start) {
            self.by_class.entry((class, start)).or_default().push(at);
        }
        for word in group.words.keys() {
            let list = self.by_word.entry(word).or_default();
            if list.len() < CANDIDATES * 4 {
                push(list, at);
            }
        }
        self.groups.push(group);
    }

    pub(super) fn join(&mut self, at: usize, group: &Group, items: &[Item]) {
        if let Some(home) = self.groups.get_mut(at) {
            home.absorb(group, items);
        }
    }

    /// Groups of a class, or one akin to it, that begin within the days given.
    fn within(&self, class: Class, from: NaiveDate, to: NaiveDate) -> Vec<usize> {
        let mut out: Vec<usize> = self
            .by_class
            .range((class, from)..=(class, to))
            .flat_map(|(_, list)| list.iter().copied())
            .take(CANDIDATES * 4)
            .collect();
        if class.akin()
            && class.name() != "election"
            && let Some(other) = WORDS.class_of_noun("election")
        {
            out.extend(
                self.by_class
                    .range((other, from)..=(other, to))
                    .flat_map(|(_, list)| list.iter().copied())
                    .take(CANDIDATES * 4),
            );
        }
        out
    }

    /// The finer group inside the days of `group` that tells the same.
    pub(super) fn home(&self, group: &Group) -> Option<usize> {
        let (from, to) = (group.date.start?, group.date.end?);
        let days = (to - from).num_days();
        // "They met four times in 2030" is no day of that year.
        if (days == 0 && !group.date.approximate) || group.repeats > 0 {
            return None;
        }
        let class = group.class();
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        if let Some(class) = class {
            candidates.extend(self.within(class, from, to));
        }
        let mut hits: BTreeMap<usize, u32> = BTreeMap::new();
        for word in group.words.keys() {
            for at in self.by_word.get(&word).into_iter().flatten() {
                *hits.entry(*at).or_default() += 1;
            }
        }
        candidates.extend(hits.iter().filter(|(_, n)| **n >= 3).map(|(at, _)| *at));
        let once = class.is_some_and(Class::once);
        let mut found: Vec<(f64, usize)> = candidates
            .into_iter()
            .filter_map(|at| {
                let other = self.groups.get(at)?;
                if !group.date.contains(&other.date) {
                    return None;
                }
                let score = group.likeness(other);
                // Within a month or a year many like things happen: only what occurs once, or
                // what is told in the same words, may take the finer date.
                let words = group.word_likeness(other);
                let counted = days <= 31 && group.counts_same(other);
                let narrow = if counted {
                    true
                } else if group.same_class(other) {
                    // "was jailed in April": one fate of one person, or one that was expected.
                    let fate = days <= 31
                        && class.is_some_and(Class::sole)
                        && (group.shares_person(other) || group.is_plan());
                    days <= 7 || once || fate || words >= SAME_WORDS
                } else {
                    words >= if days <= 7 { SAME_WORDS } else { 0.7 }
                };
                (score > 0.0 && narrow).then_some((score + 0.05 * other.len().ln(), at))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, at) = *found.first()?;
        let start = self.groups.get(at)?.date.start?;
        // Two homes that fit as well on days far apart: stay coarse.
        let rival = found.iter().skip(1).any(|(score, other)| {
            let far = self
                .groups
                .get(*other)
                .and_then(|other| other.date.start)
                .is_some_and(|day| (day - start).num_days().abs() > 3);
            far && *score > best - 0.1
        });
        (!rival).then_some(at)
    }

    /// The event that an undated group takes for known: "the vote", said not long after it.
    pub(super) fn known(&self, group: &Group, items: &[Item]) -> Option<usize> {
        let class = group.class()?;
        let item = items.get(*group.items.first()?)?;
        let meant = item.told.definite?;
        let fits = meant == class || (meant.akin() && class.akin());
        if !fits || !meant.once() {
            return None;
        }
        let written = item.written?;
        let from = crate::when::calendar::add_days(written, -KNOWN_DAYS);
        let mut found: Vec<(usize, usize)> = self
            .within(meant, from, written)
            .into_iter()
            .filter_map(|at| {
                let other = self.groups.get(at)?;
                let precise = other.date.precision <= Precision::Month;
                let shared = group.shared_entities(other) > 0
                    || group
                        .entities
                        .keys()
                        .any(|entity| other.top.contains(entity));
                (precise && shared).then_some((other.items.len(), at))
            })
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        let (most, at) = *found.first()?;
        let clear = found.get(1).is_none_or(|(next, _)| most >= 2 * next);
        clear.then_some(at)
    }
}
