//! Which names of one component are one entity.
//!
//! A pure function of the component's names and their articles; ties are broken by name, never by
//! number of arrival. First what is sure of itself (one name under two kinds, a person's
//! decisions, full names), then what needs company (initials, acronyms, surnames alone), then
//! doubtful spellings, which are believed only where context speaks for them. Two full names that
//! could not be one person are never joined through a third.

use super::Status;
use super::context::{Context, Shared};
use super::index::{Index, Node};
use super::name::{self, EQUAL, Match, Pair};
use super::record::{Decisions, Record};
use crate::annotate::EntityKind;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

mod company;
mod kinds;

/// Doubtful spellings within one article must be at least this long: two short names that look
/// alike in one story are two people.
const LONG_GARBLE: usize = 9;

/// Why two names were joined.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    pub a: u32,
    pub b: u32,
    pub status: Status,
    pub why: String,
}

/// One entity: nodes as a whole, and uses of nodes that several entities share.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    pub nodes: Vec<u32>,
    pub kind: Option<EntityKind>,
    /// Uses (node, record, local) of surnames that were given out article by article.
    pub loans: Vec<(u32, u32, u32)>,
    pub ties: Vec<Tie>,
}

/// A component at work.
struct Work<'a> {
    index: &'a Index,
    records: &'a [Option<Record>],
    /// Nodes in the order of (key, kind).
    nodes: Vec<u32>,
    at: HashMap<u32, usize>,
    parent: Vec<usize>,
    /// For each root: the node that stands for it.
    best: Vec<usize>,
    weight: Vec<u64>,
    contexts: HashMap<usize, Context>,
    ties: Vec<Tie>,
    loans: BTreeMap<usize, Vec<(usize, u32, u32)>>,
}

/// Clusters the live nodes of a component.
pub(super) fn cluster(
    index: &Index,
    records: &[Option<Record>],
    members: &[u32],
    decisions: &Decisions,
) -> Vec<Cluster> {
    let mut work = Work::new(index, records, members);
    let kinds = work.twins();
    work.decided(decisions);
    work.full_names();
    work.initials();
    work.acronyms();
    work.surnames();
    work.doubtful();
    work.finish(&kinds)
}

impl<'a> Work<'a> {
    fn new(index: &'a Index, records: &'a [Option<Record>], members: &[u32]) -> Self {
        let mut nodes: Vec<u32> = members
            .iter()
            .copied()
            .filter(|n| {
                index
                    .nodes
                    .get(*n as usize)
                    .is_some_and(|n| !n.uses.is_empty())
            })
            .collect();
        nodes.sort_by_key(|n| index.nodes.get(*n as usize).map(|n| (&n.key, n.kind)));
        let weight = nodes
            .iter()
            .map(|n| {
                index
                    .nodes
                    .get(*n as usize)
                    .map_or(0, |n| weigh(n, records))
            })
            .collect();
        Self {
            index,
            records,
            at: nodes.iter().enumerate().map(|(at, n)| (*n, at)).collect(),
            parent: (0..nodes.len()).collect(),
            best: (0..nodes.len()).collect(),
            nodes,
            weight,
            contexts: HashMap::new(),
            ties: Vec::new(),
            loans: BTreeMap::new(),
        }
    }

    fn node(&self, at: usize) -> Option<&'a Node> {
        self.index.nodes.get(*self.nodes.get(at)? as usize)
    }

    fn root(&self, mut at: usize) -> usize {
        while let Some(&up) = self.parent.get(at) {
            if up == at {
                break;
            }
            at = up;
        }
        at
    }

    fn best(&self, at: usize) -> Option<&'a Node> {
        self.node(*self.best.get(self.root(at))?)
    }

    fn is_full(&self, at: usize) -> bool {
        self.best(at)
            .is_some_and(|n| n.kind != EntityKind::Person || name::is_full(&n.words))
    }

    /// Joins the clusters of two nodes; the full name with the most mentions stands for them.
    fn join(&mut self, a: usize, b: usize, status: Status, why: String) {
        let (Some(&node_a), Some(&node_b)) = (self.nodes.get(a), self.nodes.get(b)) else {
            return;
        };
        let (root_a, root_b) = (self.root(a), self.root(b));
        if root_a == root_b {
            return;
        }
        self.ties.push(Tie {
            a: node_a,
            b: node_b,
            status,
            why,
        });
        let rank = |at: usize| {
            let best = self.best.get(at).copied().unwrap_or(at);
            let full = self.node(best).is_some_and(|n| name::is_full(&n.words));
            let acronym = self.node(best).is_some_and(|n| !n.long.is_empty());
            (
                full,
                !acronym,
                self.weight.get(best).copied(),
                Reverse(best),
            )
        };
        let (winner, loser) = if rank(root_a) >= rank(root_b) {
            (root_a, root_b)
        } else {
            (root_b, root_a)
        };
        if let Some(parent) = self.parent.get_mut(loser) {
            *parent = winner;
        }
    }

    /// What a person said is one.
    fn decided(&mut self, decisions: &Decisions) {
        for at in 0..self.nodes.len() {
            let Some(node) = self.node(at) else { continue };
            let Some(others) = decisions.merged.get(&(node.kind, node.key.clone())) else {
                continue;
            };
            for other in others {
                let other = self
                    .index
                    .find(node.kind, other)
                    .and_then(|n| self.at.get(&n).copied());
                if let Some(other) = other {
                    self.join(at, other, Status::Sure, "you said so".to_owned());
                }
            }
        }
    }

    /// The edges of one sort between live nodes, best first.
    fn edges(&self, wanted: impl Fn(&Match) -> bool) -> Vec<(usize, usize, Match)> {
        let mut edges = Vec::new();
        for at in 0..self.nodes.len() {
            let Some(node) = self.node(at) else { continue };
            for (other, found) in &node.edges {
                if let Some(other) = self.at.get(other)
                    && at < *other
                    && wanted(found)
                {
                    edges.push((at, *other, *found));
                }
            }
        }
        edges.sort_by(|a, b| {
            b.2.score
                .total_cmp(&a.2.score)
                .then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
        });
        edges
    }

    fn shared(&mut self, a: usize, b: usize) -> Shared {
        for at in [a, b] {
            if !self.contexts.contains_key(&at) {
                let context = self
                    .node(at)
                    .map_or_else(Context::default, |node| Context::of(node, self.records));
                self.contexts.insert(at, context);
            }
        }
        let own = |at: usize| {
            self.node(at)
                .map_or("", |node| match (node.kind, node.words.last()) {
                    (EntityKind::Person, Some(last)) => last,
                    _ => &node.key,
                })
        };
        match (self.contexts.get(&a), self.contexts.get(&b)) {
            (Some(x), Some(y)) => x.shared(y, [own(a), own(b)]),
            _ => Shared::default(),
        }
    }

    /// Whether the full names that stand for two clusters could be one person or thing.
    fn compatible(&self, a: usize, b: usize) -> bool {
        let best = |at: usize| self.best.get(self.root(at)).copied();
        let (Some(best_a), Some(best_b)) = (best(a), best(b)) else {
            return false;
        };
        if (best_a, best_b) == (a, b) {
            return true;
        }
        let (Some(one), Some(other)) = (self.node(best_a), self.nodes.get(best_b)) else {
            return false;
        };
        // Two names that could be one have an edge; so that nothing need be compared again.
        let tied = one.edges.iter().any(|(node, _)| node == other);
        let thing = |at| self.node(at).is_some_and(|n| n.kind != EntityKind::Person);
        tied || (thing(best_a) && thing(best_b))
    }

    /// Full names of persons, and names of things.
    fn full_names(&mut self) {
        let wanted = |m: &Match| matches!(m.pair, Pair::Full | Pair::Turned | Pair::Thing);
        for (a, b, found) in self.edges(wanted) {
            if self.root(a) == self.root(b) || !self.compatible(a, b) {
                continue;
            }
            let shared = self.shared(a, b);
            let length = self.length(a).min(self.length(b));
            // In one article two names that differ in spelling are two people, unless only the
            // given name is said another way or the surname is long enough for a garble.
            let apart = shared.same_article && found.score < EQUAL && length < LONG_GARBLE;
            // What is learned of whole names must agree where the company says nothing.
            let doubtful = found.score < 0.5 || found.odds < 0.0;
            if apart || (doubtful && !shared.is_telling()) {
                continue;
            }
            let turned = found.pair == Pair::Turned;
            let sure =
                !turned && (found.score >= EQUAL || (found.odds >= 0.0 && shared.is_telling()));
            let why = if turned {
                "the same words in another order".to_owned()
            } else {
                self.spelling(a, b)
            } + &shared.in_words();
            self.join(
                a,
                b,
                if sure {
                    Status::Sure
                } else {
                    Status::Suggested
                },
                why,
            );
        }
    }

    fn length(&self, at: usize) -> usize {
        self.node(at)
            .and_then(|n| n.words.last())
            .map_or(0, String::len)
    }

    /// In words, how two names differ.
    fn spelling(&self, a: usize, b: usize) -> String {
        let (Some(a), Some(b)) = (self.node(a), self.node(b)) else {
            return String::new();
        };
        name::describe(a.kind, &a.words, &b.words)
    }

    /// The clusters that a node has edges of one sort to, with the strongest edge of each.
    fn neighbours(&self, at: usize, wanted: impl Fn(&Match) -> bool) -> Vec<(usize, usize)> {
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for (other, edge) in self.node(at).map_or(&[][..], |n| &n.edges) {
            if let Some(other) = self.at.get(other).copied()
                && wanted(edge)
                && self.root(other) != self.root(at)
            {
                let node = found.entry(self.root(other)).or_insert(other);
                *node = (*node).min(other);
            }
        }
        found.into_iter().collect()
    }

    fn finish(self, kinds: &[Option<EntityKind>]) -> Vec<Cluster> {
        let mut clusters: BTreeMap<usize, Cluster> = BTreeMap::new();
        for at in 0..self.nodes.len() {
            let root = self.root(at);
            let cluster = clusters.entry(root).or_default();
            cluster.nodes.extend(self.nodes.get(at));
            if let Some(kind) = kinds.get(at).copied().flatten() {
                cluster.kind = Some(kind);
            }
        }
        for tie in &self.ties {
            let root = self.at.get(&tie.a).map(|at| self.root(*at));
            if let Some(cluster) = root.and_then(|root| clusters.get_mut(&root)) {
                cluster.ties.push(tie.clone());
            }
        }
        for (other, lent) in &self.loans {
            let root = self.root(*other);
            if let Some(cluster) = clusters.get_mut(&root) {
                for (at, record, local) in lent {
                    // A surname that was joined whole after all is not lent as well.
                    if self.parent.get(*at) == Some(at)
                        && let Some(node) = self.nodes.get(*at)
                    {
                        cluster.loans.push((*node, *record, *local));
                    }
                }
            }
        }
        clusters.into_values().collect()
    }
}

fn weigh(node: &Node, records: &[Option<Record>]) -> u64 {
    node.uses
        .iter()
        .filter_map(|(record, local)| {
            let record = records.get(*record as usize)?.as_ref()?;
            record.locals.get(*local as usize)
        })
        .map(|local| u64::from(local.mentions()))
        .sum()
}
