//! Who the entities of an article are in the collection.

use super::event::Entities;
use super::profile::{Profile, entity_key};
use crate::annotate::EntityKind;
use crate::resolve::EntityId;
use std::collections::BTreeSet;

/// Entities of the collection for those of one article.
pub(super) struct Known {
    /// By the index of the entity in its article; `None` where nobody knows it.
    pub(super) ids: Vec<Option<EntityId>>,
    /// Keys for comparison, as many.
    pub(super) keys: Vec<u64>,
}

impl Known {
    pub(super) fn new(profile: &Profile, entities: &dyn Entities) -> Self {
        let mut wanted: BTreeSet<u32> = profile.top.iter().copied().collect();
        for told in &profile.told {
            wanted.extend(&told.entities);
            wanted.extend(told.figures.iter().filter_map(|found| found.subject));
        }
        let mut ids = vec![None; profile.names.len()];
        let mut keys = profile.names.clone();
        for local in wanted {
            let at = local as usize;
            if let (Some(id), Some(slot), Some(key)) = (
                entities.entity_of(&profile.id, local),
                ids.get_mut(at),
                keys.get_mut(at),
            ) {
                let kind = id.as_str().split_once(':').map_or("", |(kind, _)| kind);
                let kind = EntityKind::ALL
                    .into_iter()
                    .find(|known| known.name().eq_ignore_ascii_case(kind));
                *key = entity_key(kind, id.as_str());
                *slot = Some(id);
            }
        }
        Self { ids, keys }
    }

    /// Keys of some entities of the article, rising.
    pub(super) fn keys(&self, locals: &[u32]) -> Vec<u64> {
        let mut out: Vec<u64> = locals
            .iter()
            .filter_map(|local| self.keys.get(*local as usize).copied())
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}
