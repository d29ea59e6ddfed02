//! Candidates for merging, found by class and word, and the clustering that uses them.

use super::CANDIDATES;
use super::group::{Group, Item};
use crate::annotate::event::Class;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Groups that an item or group may be compared with, found by class, word and entity.
#[derive(Default)]
pub(super) struct Index {
    by_class: BTreeMap<Class, Vec<usize>>,
    by_word: FxHashMap<u64, Vec<usize>>,
    /// What each group shares with the one at hand; all 0 between questions.
    shared: Vec<u32>,
}

impl Index {
    pub(super) fn put(&mut self, at: usize, group: &Group) {
        for class in group.classes.keys() {
            push(self.by_class.entry(class).or_default(), at);
        }
        for word in group.words.keys().chain(group.verbs.keys()) {
            push(self.by_word.entry(word).or_default(), at);
        }
        self.shared.resize(self.shared.len().max(at + 1), 0);
    }

    /// Candidates, those with most shared words first.
    fn candidates(&mut self, group: &Group) -> Vec<usize> {
        let mut met: Vec<usize> = Vec::new();
        let shared = &mut self.shared;
        let mut see = |list: Option<&Vec<usize>>, weight| {
            for at in list.into_iter().flatten().rev().take(CANDIDATES * 4) {
                if let Some(count) = shared.get_mut(*at) {
                    if *count == 0 {
                        met.push(*at);
                    }
                    *count += weight;
                }
            }
        };
        for class in group.classes.keys() {
            see(self.by_class.get(&class), 2);
            if class.akin() {
                for (_, list) in self
                    .by_class
                    .iter()
                    .filter(|(other, _)| **other != class && other.akin())
                {
                    see(Some(list), 2);
                }
            }
        }
        for word in group.words.keys().chain(group.verbs.keys()) {
            see(self.by_word.get(&word), 1);
        }
        let mut found: Vec<(Reverse<u32>, usize)> = met
            .into_iter()
            .map(|at| {
                (
                    Reverse(self.shared.get_mut(at).map_or(0, std::mem::take)),
                    at,
                )
            })
            .collect();
        if found.len() > CANDIDATES {
            found.select_nth_unstable(CANDIDATES);
            found.truncate(CANDIDATES);
        }
        found.sort_unstable();
        found.into_iter().map(|(_, at)| at).collect()
    }
}

pub(super) fn push(list: &mut Vec<usize>, at: usize) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

/// Clusters groups whose dates are the same, one after the other.
pub(super) fn cluster(
    parts: Vec<Group>,
    items: &[Item],
    likeness: impl Fn(&Group, &Group) -> f64,
) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut index = Index::default();
    for part in parts {
        let best = index
            .candidates(&part)
            .into_iter()
            .filter_map(|at| {
                let score = likeness(out.get(at)?, &part);
                (score > 0.0).then_some((score, at))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((at, group)) = best.and_then(|(_, at)| Some((at, out.get_mut(at)?))) {
            group.absorb(&part, items);
            // It stands under its other words already.
            index.put(at, &part);
        } else {
            index.put(out.len(), &part);
            out.push(part);
        }
    }
    out
}
