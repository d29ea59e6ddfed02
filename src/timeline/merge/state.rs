//! States: what held over a stretch, merged by who and by when it can have begun.

use super::group::{Group, Item};
use super::index::push;
use super::{CANDIDATES, ENTITIES, LIKE_WORDS};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// States: the same who, and starts that can be the same day.
pub(super) fn cluster_states(items: &[Item], states: &[usize]) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut by_entity: HashMap<u64, Vec<usize>> = HashMap::new();
    // Those that name their start lead: "since 1994" before "for 26 years".
    let mut order: Vec<usize> = states.to_vec();
    order.sort_by_key(|at| {
        items.get(*at).map(|item| {
            let began = item.told.began;
            (
                item.told.date.approximate,
                began.map(|(first, last)| (last - first).num_days()),
                *at,
            )
        })
    });
    for index in order {
        let Some(item) = items.get(index) else {
            continue;
        };
        let part = Group::of(index, item);
        let candidates: BTreeSet<usize> = item
            .entities
            .iter()
            .filter_map(|entity| by_entity.get(entity))
            .flat_map(|list| list.iter().rev().take(CANDIDATES).copied())
            .collect();
        let best = candidates.into_iter().find(|at| {
            out.get(*at)
                .is_some_and(|group| same_state(group, &part, item.written))
        });
        let at = if let Some(at) = best {
            if let Some(group) = out.get_mut(at) {
                group.absorb(&part, items);
            }
            at
        } else {
            out.push(part);
            out.len() - 1
        };
        for entity in &item.entities {
            push(by_entity.entry(*entity).or_default(), at);
        }
    }
    out
}

fn same_state(group: &Group, part: &Group, written: Option<NaiveDate>) -> bool {
    let (Some(mine), Some(theirs)) = (group.began, part.began) else {
        return false;
    };
    if !(mine.0 <= theirs.1 && theirs.0 <= mine.1) {
        return false;
    }
    // What has lasted for years and has the same who is the same; younger states need more.
    let old = written.map_or((theirs.1 - theirs.0).num_days() > 300, |day| {
        (day - theirs.1).num_days() > 2 * 365
    });
    let shared = group.entity_overlap(part).unwrap_or(0.0) >= ENTITIES;
    let alike = group.same_class(part) || group.word_likeness(part) >= LIKE_WORDS;
    shared && (old || alike)
}
