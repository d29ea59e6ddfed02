//! Names that were tagged as two kinds.

use super::super::Status;
use super::Work;
use crate::annotate::EntityKind;
use std::cmp::Reverse;
use std::collections::BTreeMap;

impl Work<'_> {
    /// One name tagged as two kinds is one thing where one kind has two thirds of the mentions.
    pub(super) fn twins(&mut self) -> Vec<Option<EntityKind>> {
        let mut kinds: Vec<Option<EntityKind>> = vec![None; self.nodes.len()];
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in 0..self.nodes.len() {
            if let Some(node) = self.node(at) {
                by_key.entry(&node.key).or_default().push(at);
            }
        }
        for twins in by_key.into_values().filter(|twins| twins.len() > 1) {
            let weight = |at: &usize| self.weight.get(*at).copied().unwrap_or(0);
            let total: u64 = twins.iter().map(weight).sum();
            let Some(top) = twins
                .iter()
                .copied()
                .max_by_key(|at| (weight(at), Reverse(*at)))
            else {
                continue;
            };
            if 3 * weight(&top) < 2 * total {
                continue;
            }
            for other in twins.into_iter().filter(|other| *other != top) {
                self.join(
                    top,
                    other,
                    Status::Sure,
                    "the same name; its kind follows most mentions".to_owned(),
                );
                let root = self.root(top);
                if let (Some(best), Some(kind)) = (self.best.get_mut(root), kinds.get_mut(root)) {
                    *best = top;
                    *kind = self
                        .index
                        .nodes
                        .get(self.nodes[top] as usize)
                        .map(|n| n.kind);
                }
            }
        }
        kinds
    }
}
