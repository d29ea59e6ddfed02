//! Which mentions are one event.
//!
//! Mentions meet first with mentions of exactly the same days, then coarser groups join the finer
//! group inside them that tells the same, then undated ones that speak of a known event ("the
//! vote") join that. A group is compared as a whole (its counts), so chains of pairwise likeness
//! cannot grow into an event that is everything. Candidates come from indexes of class, word and
//! entity and are capped, which keeps the work near-linear. Invariant: items arrive in canonical
//! order (article hash, sentence), so the result depends on the set alone.

mod bag;
mod conflict;
mod fine;
mod group;
mod index;
mod state;

use crate::annotate::{EventBasis, EventKind};
use chrono::NaiveDate;
use fine::Fine;
use index::cluster;
use rayon::prelude::*;
use state::cluster_states;
use std::collections::BTreeMap;

pub(super) use conflict::conflicts;
pub(super) use group::{Group, Item};

/// Groups compared with one item, at most.
const CANDIDATES: usize = 48;
/// Share of the smaller set of entities that two mentions must share.
const ENTITIES: f64 = 0.5;
/// Likeness of words at which the trigger no longer matters.
const SAME_WORDS: f64 = 0.5;
/// Likeness of words that confirms an equal trigger.
const LIKE_WORDS: f64 = 0.3;
/// Days before publication in which "the vote" is the last one.
const KNOWN_DAYS: i64 = 550;

/// Mentions of one sentence with one date are one event from the start; so is what the headline
/// and the first sentence of one article tell, and its lead without a date of its own.
fn singles(items: &[Item], indices: &[usize]) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut last: Option<(usize, Option<u32>)> = None;
    for index in indices {
        let Some(item) = items.get(*index) else {
            continue;
        };
        let lead = item.told.basis == EventBasis::Published || item.told.opens;
        let key = (item.article, (!lead).then_some(item.told.sentence));
        match out.last_mut() {
            Some(group) if last == Some(key) => group.add(*index, item),
            _ => out.push(Group::of(*index, item)),
        }
        last = Some(key);
    }
    out
}

/// Merges mentions to events.
pub(super) fn merge(items: &[Item]) -> Vec<Group> {
    type Days = (NaiveDate, NaiveDate, bool);
    let mut closed: BTreeMap<(i64, Days), Vec<usize>> = BTreeMap::new();
    let mut half: BTreeMap<(Option<NaiveDate>, Option<NaiveDate>), Vec<usize>> = BTreeMap::new();
    let mut states = Vec::new();
    let mut undated = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let date = &item.told.date;
        if item.told.kind == EventKind::State && item.told.began.is_some() {
            states.push(at);
        } else if let (Some(start), Some(end)) = (date.start, date.end) {
            let days = (end - start).num_days() * 2 + i64::from(date.approximate);
            let key = (days, (start, end, date.approximate));
            closed.entry(key).or_default().push(at);
        } else if date.is_dated() {
            half.entry((date.start, date.end)).or_default().push(at);
        } else {
            undated.push(at);
        }
    }
    let mut fine = Fine::default();
    // What happened on the same days meets apart from all other days: that is the bulk of the work.
    let closed: Vec<Vec<Group>> = closed
        .into_par_iter()
        .map(|(_, indices)| {
            let groups = cluster(singles(items, &indices), items, Group::likeness);
            // Groups merged once more: the first pass depends on who came first.
            cluster(groups, items, Group::likeness)
        })
        .collect();
    for groups in closed {
        let mut left = Vec::new();
        for group in groups {
            match fine.home(&group) {
                Some(at) => fine.join(at, &group, items),
                None => left.push(group),
            }
        }
        for group in left {
            fine.put(group);
        }
    }
    let waiting = cluster_undated(items, &undated, &mut fine);
    let mut out = fine.groups;
    for (_, indices) in half {
        out.extend(cluster(singles(items, &indices), items, Group::likeness));
    }
    out.extend(cluster_states(items, &states));
    out.extend(waiting);
    for group in &mut out {
        group.items.sort_unstable();
        group.items.dedup();
    }
    out
}

/// Undated mentions: those that speak of a known event join it, the rest meet each other.
fn cluster_undated(items: &[Item], undated: &[usize], fine: &mut Fine) -> Vec<Group> {
    let mut left = Vec::new();
    let mut joins = Vec::new();
    for group in singles(items, undated) {
        match fine.known(&group, items) {
            Some(at) => joins.push((at, group)),
            None => left.push(group),
        }
    }
    for (at, group) in joins {
        fine.join(at, &group, items);
    }
    // Without a date more has to be the same.
    cluster(left, items, |a, b| {
        let words = a.word_likeness(b);
        let shared = a.entity_overlap(b).unwrap_or(0.0);
        let same = a.same_class(b) && shared >= ENTITIES && words >= 0.4;
        if same || words >= 0.6 {
            0.5 + words
        } else {
            0.0
        }
    })
}
