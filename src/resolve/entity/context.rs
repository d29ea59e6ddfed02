//! What stands beside two names: the same companions, the same role.

use super::index::Node;
use super::name::capitals;
use super::record::Record;
use std::collections::BTreeSet;

/// How many articles of a name are looked at. They are the first by content hash, so that the
/// choice depends on the set of articles alone.
const ARTICLES: usize = 8;

/// How many companions a reason names.
const NAMED: usize = 3;

/// What two names share.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    /// Other names that stand with both.
    pub companions: Vec<String>,
    /// Roles said of both.
    pub roles: Vec<String>,
    /// Both stand in one article.
    pub same_article: bool,
}

impl Shared {
    /// Enough to believe that a doubtful spelling is the same person: the same role, or two
    /// companions.
    pub(super) fn is_telling(&self) -> bool {
        !self.roles.is_empty() || self.companions.len() > 1
    }

    /// In words, to follow the description of the spelling; empty where nothing is shared.
    pub(super) fn in_words(&self) -> String {
        let mut said = String::new();
        if let Some(role) = self.roles.first() {
            said.push_str("; both called ");
            said.push_str(role);
        }
        if !self.companions.is_empty() {
            let named: Vec<String> = self
                .companions
                .iter()
                .take(NAMED)
                .map(|c| capitals(c))
                .collect();
            said.push_str("; both with ");
            said.push_str(&named.join(", "));
        }
        said
    }
}

/// The names beside a node and the roles said of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    companions: BTreeSet<String>,
    roles: BTreeSet<String>,
    records: BTreeSet<u32>,
}

impl Context {
    /// Gathers the context of a node.
    pub(super) fn of(node: &Node, records: &[Option<Record>]) -> Self {
        let mut uses: Vec<(&Record, u32, u32)> = node
            .uses
            .iter()
            .filter_map(|(record, local)| {
                Some((records.get(*record as usize)?.as_ref()?, *record, *local))
            })
            .collect();
        uses.sort_by_key(|(record, _, local)| (record.hash, &record.id, *local));
        let mut made = Self {
            records: node.uses.iter().map(|(record, _)| *record).collect(),
            ..Self::default()
        };
        for (record, _, local) in uses.into_iter().take(ARTICLES) {
            for (number, other) in record.locals.iter().enumerate() {
                if number as u32 == local {
                    made.roles.extend(other.roles.iter().cloned());
                } else {
                    made.companions.insert(other.companion().to_owned());
                }
            }
        }
        made
    }

    /// What this context shares with another.
    pub(super) fn shared(&self, other: &Self, own: [&str; 2]) -> Shared {
        let mut companions: Vec<String> = self
            .companions
            .intersection(&other.companions)
            .filter(|c| !own.contains(&c.as_str()))
            .cloned()
            .collect();
        // Longer names tell more; the order is only for the reason.
        companions.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        Shared {
            companions,
            roles: self.roles.intersection(&other.roles).cloned().collect(),
            same_article: !self.records.is_disjoint(&other.records),
        }
    }

    /// How many of the names of one record stand here too.
    pub(super) fn overlap(&self, record: &Record) -> usize {
        record
            .locals
            .iter()
            .filter(|local| self.companions.contains(local.companion()))
            .count()
    }
}
