//! The fold over articles.
//!
//! What it keeps: a digest of every article, the graph of names, and the entities of every
//! component. A batch touches the components of its names and no others, so its cost does not grow
//! with the collection. Invariant: everything that can be asked depends on the set of articles and
//! decisions alone; numbers of arrival (of records and nodes) never reach an answer.

use super::build::build;
use super::cluster::cluster;
use super::index::Index;
use super::record::{Decisions, Record};
use super::{Decision, Entity, EntityId};
use crate::annotate::Annotated;
use crate::article::ArticleId;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The fold over articles: keeps what clustering needs of them, not the articles.
#[derive(Clone, Debug, Default)]
pub struct State {
    decisions: Arc<Decisions>,
    records: Vec<Option<Record>>,
    number: HashMap<ArticleId, u32>,
    index: Index,
    /// The node of each entity of each record.
    nodes: Vec<Vec<u32>>,
    /// The entities of each component, by its root.
    entities: HashMap<u32, Vec<Arc<Entity>>>,
    /// The entity of each entity of each record.
    resolved: Vec<Vec<Option<EntityId>>>,
}

impl State {
    /// An empty state that will respect `decisions`.
    pub fn new(decisions: Vec<Decision>) -> Self {
        Self {
            decisions: Arc::new(Decisions::new(decisions)),
            ..Self::default()
        }
    }

    /// Takes a batch in; gives the ids of entities that changed, appeared or went away.
    ///
    /// An article that was folded before is replaced. The result depends on the set of articles,
    /// not on their order or on how they were cut into batches.
    pub fn fold(&mut self, batch: &[Arc<Annotated>]) -> Vec<EntityId> {
        let mut touched: BTreeSet<u32> = BTreeSet::new();
        for article in batch {
            self.take(article, &mut touched);
        }
        self.resolve(&touched)
    }

    /// All entities, most mentioned first, then by name and id.
    pub fn entities(&self) -> Vec<Arc<Entity>> {
        let mut all: Vec<Arc<Entity>> = self.entities.values().flatten().cloned().collect();
        all.sort_by(|a, b| {
            b.mentions
                .cmp(&a.mentions)
                .then_with(|| a.name.cmp(&b.name))
                .then_with(|| a.id.cmp(&b.id))
        });
        all
    }

    /// The collection's entity for entity `local` of an article; `None` where it is hidden.
    pub fn entity_of(&self, article: &ArticleId, local: u32) -> Option<EntityId> {
        let record = *self.number.get(article)? as usize;
        self.resolved.get(record)?.get(local as usize)?.clone()
    }

    /// Replaces what an article said before by what it says now.
    fn take(&mut self, article: &Annotated, touched: &mut BTreeSet<u32>) {
        let record = Record::of(article, &self.decisions);
        let next = self.records.len() as u32;
        let number = *self.number.entry(record.id.clone()).or_insert(next);
        if number == next {
            self.records.push(None);
            self.nodes.push(Vec::new());
            self.resolved.push(Vec::new());
        }
        let old = self
            .nodes
            .get_mut(number as usize)
            .map(std::mem::take)
            .unwrap_or_default();
        let before = self.records.get_mut(number as usize).and_then(Option::take);
        if let Some(before) = before {
            for (local, node) in before.locals.iter().zip(&old) {
                self.tie_acronyms(local, *node, false);
            }
        }
        for (local, node) in old.into_iter().enumerate() {
            if let Some(node) = self.index.nodes.get_mut(node as usize) {
                node.uses.remove(&(number, local as u32));
            }
            touched.insert(node);
        }
        let nothing = BTreeSet::new();
        let mut made = Vec::with_capacity(record.locals.len());
        for (place, entity) in record.locals.iter().enumerate() {
            let forced = self
                .decisions
                .merged
                .get(&(entity.kind, entity.key.clone()));
            let node = self.index.node(entity, forced.unwrap_or(&nothing));
            if let Some(node) = self.index.nodes.get_mut(node as usize) {
                node.uses.insert((number, place as u32));
            }
            self.tie_acronyms(entity, node, true);
            touched.insert(node);
            made.push(node);
        }
        let slot = number as usize;
        if let Some(resolved) = self.resolved.get_mut(slot) {
            *resolved = vec![None; made.len()];
        }
        if let (Some(known), Some(place)) = (self.nodes.get_mut(slot), self.records.get_mut(slot)) {
            *known = made;
            *place = Some(record);
        }
    }

    /// Counts, or takes back, that an entity holds both a long form and its acronyms.
    fn tie_acronyms(&mut self, local: &super::record::Local, long: u32, add: bool) {
        for short in &local.short {
            let Some(short) = self.index.find(local.kind, short) else {
                continue;
            };
            let Some(node) = self
                .index
                .nodes
                .get_mut(short as usize)
                .filter(|_| short != long)
            else {
                continue;
            };
            let count = node.long.entry(long).or_default();
            *count = if add {
                *count + 1
            } else {
                count.saturating_sub(1)
            };
            if *count == 0 {
                node.long.remove(&long);
            }
        }
    }

    /// Clusters the components of the touched nodes again.
    fn resolve(&mut self, touched: &BTreeSet<u32>) -> Vec<EntityId> {
        let mut roots: BTreeSet<u32> = BTreeSet::new();
        let mut before: BTreeMap<EntityId, Arc<Entity>> = BTreeMap::new();
        for node in touched {
            roots.insert(self.index.component(*node));
        }
        // Components that were joined since have left entities under roots that are none now.
        let mut stale = roots.clone();
        stale.extend(self.index.take_joined());
        for root in stale {
            for entity in self.entities.remove(&root).into_iter().flatten() {
                before.insert(entity.id.clone(), entity);
            }
        }
        let mut after: BTreeMap<EntityId, Arc<Entity>> = BTreeMap::new();
        for root in roots {
            let entities = self.resolve_component(root);
            for entity in &entities {
                after.insert(entity.id.clone(), entity.clone());
            }
            if !entities.is_empty() {
                self.entities.insert(root, entities);
            }
        }
        let ids: BTreeSet<&EntityId> = before.keys().chain(after.keys()).collect();
        ids.into_iter()
            .filter(|id| before.get(*id) != after.get(*id))
            .cloned()
            .collect()
    }

    fn resolve_component(&mut self, root: u32) -> Vec<Arc<Entity>> {
        let members = self.index.members(root);
        let clusters = cluster(&self.index, &self.records, members, &self.decisions);
        let lent: BTreeSet<(u32, u32)> = clusters
            .iter()
            .flat_map(|cluster| &cluster.loans)
            .map(|(_, record, local)| (*record, *local))
            .collect();
        let uses = members
            .iter()
            .filter_map(|node| self.index.nodes.get(*node as usize))
            .flat_map(|node| &node.uses);
        for (record, local) in uses {
            if let Some(slot) = self
                .resolved
                .get_mut(*record as usize)
                .and_then(|record| record.get_mut(*local as usize))
            {
                *slot = None;
            }
        }
        let mut entities = Vec::with_capacity(clusters.len());
        for cluster in &clusters {
            let Some(built) = build(&self.index, &self.records, cluster, &lent) else {
                continue;
            };
            for (record, local) in built.uses {
                if let Some(slot) = self
                    .resolved
                    .get_mut(record as usize)
                    .and_then(|record| record.get_mut(local as usize))
                {
                    *slot = Some(built.entity.id.clone());
                }
            }
            entities.push(built.entity);
        }
        entities
    }
}
