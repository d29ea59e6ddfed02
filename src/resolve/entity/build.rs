//! From a cluster of names to the [`Entity`] that readers see.

use super::cluster::Cluster;
use super::index::{Index, Node};
use super::name;
use super::record::{Hiding, Local, Record, key_of};
use super::{Entity, EntityId, Status, Variant};
use crate::annotate::EntityKind;
use crate::annotate::entity::group::form;
use crate::article::{ArticleId, ContentHash};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// An entity with the uses that belong to it.
pub(super) struct Built {
    pub entity: Arc<Entity>,
    pub uses: Vec<(u32, u32)>,
}

/// One spelling while it is counted.
#[derive(Default)]
struct Spelling {
    count: u32,
    articles: BTreeSet<ArticleId>,
    /// Why it belongs here: the best of what its nodes say.
    why: Option<(Status, String)>,
}

/// Makes the entity of a cluster; `None` where nothing of it is to be shown. `lent` are the uses
/// that other clusters took from its nodes.
pub(super) fn build(
    index: &Index,
    records: &[Option<Record>],
    cluster: &Cluster,
    lent: &BTreeSet<(u32, u32)>,
) -> Option<Built> {
    let mut uses: Vec<(u32, u32, u32, bool)> = Vec::new();
    for node in &cluster.nodes {
        for (record, local) in &index.nodes.get(*node as usize)?.uses {
            if !lent.contains(&(*record, *local)) {
                uses.push((*node, *record, *local, false));
            }
        }
    }
    uses.extend(
        cluster
            .loans
            .iter()
            .map(|(node, record, local)| (*node, *record, *local, true)),
    );
    let found = |record: u32, local: u32| {
        let record = records.get(record as usize)?.as_ref()?;
        let local = record.locals.get(local as usize)?;
        Some((record, local))
    };
    let hidden = |(_, record, local, _): &(u32, u32, u32, bool)| {
        found(*record, *local).map_or(Hiding::Everywhere, |(_, local)| local.hidden)
    };
    // A person who hides one spelling everywhere means the entity, however else it is written.
    if uses.iter().any(|at| hidden(at) == Hiding::Everywhere) {
        return None;
    }
    let (uses, here): (Vec<_>, Vec<_>) = uses
        .into_iter()
        .partition(|at| hidden(at) == Hiding::Nowhere);
    let shown = shown(index, records, &uses)?;
    let kind = cluster.kind.unwrap_or(shown.kind);
    let reasons = reasons(index, cluster, &shown);
    let mut spellings: BTreeMap<&str, Spelling> = BTreeMap::new();
    let mut anchors: BTreeMap<String, ContentHash> = BTreeMap::new();
    let mut articles: BTreeSet<ArticleId> = BTreeSet::new();
    let mut mentions = 0;
    for (node, record, local, loan) in &uses {
        let Some((record, local)) = found(*record, *local) else {
            continue;
        };
        articles.insert(record.id.clone());
        for (surface, count) in &local.surfaces {
            mentions += count;
            let spelling = spellings.entry(surface).or_default();
            spelling.count += count;
            spelling.articles.insert(record.id.clone());
            let why = if *loan {
                (
                    Status::Suggested,
                    "the surname alone, in the company this person keeps".to_owned(),
                )
            } else {
                reason(local, surface, reasons.get(node), &shown)
            };
            let better = spelling.why.as_ref().is_none_or(|known| why < *known);
            if better {
                spelling.why = Some(why);
            }
            let folded = crate::text::normalize::fold(surface);
            let hash = anchors.entry(folded).or_insert(record.hash);
            *hash = (*hash).min(record.hash);
        }
    }
    // An entity that is hidden in one article is the same one still.
    for (_, record, local, _) in &here {
        let Some((record, local)) = found(*record, *local) else {
            continue;
        };
        for surface in local.surfaces.keys() {
            let folded = crate::text::normalize::fold(surface);
            let hash = anchors.entry(folded).or_insert(record.hash);
            *hash = (*hash).min(record.hash);
        }
    }
    let mut ids = anchors
        .iter()
        .map(|(surface, hash)| EntityId::of(kind, surface, *hash));
    let id = ids.next()?;
    let aliases: BTreeSet<EntityId> = ids.filter(|alias| *alias != id).collect();
    let mut variants: Vec<Variant> = spellings
        .into_iter()
        .map(|(text, spelling)| {
            let (status, reason) = spelling.why.unwrap_or((Status::Sure, String::new()));
            Variant {
                text: text.to_owned(),
                count: spelling.count,
                articles: spelling.articles.into_iter().collect(),
                status,
                reason,
            }
        })
        .collect();
    variants.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    Some(Built {
        entity: Arc::new(Entity {
            id,
            kind,
            name: shown.name,
            mentions,
            articles: articles.into_iter().collect(),
            variants,
            aliases: aliases.into_iter().collect(),
        }),
        uses: uses
            .into_iter()
            .map(|(_, record, local, _)| (record, local))
            .collect(),
    })
}

/// The name that an entity is shown by.
struct Shown {
    node: u32,
    kind: EntityKind,
    key: String,
    name: String,
}

/// Full names before surnames, long forms before acronyms, then the name in most articles.
fn shown(
    index: &Index,
    records: &[Option<Record>],
    uses: &[(u32, u32, u32, bool)],
) -> Option<Shown> {
    let mut articles: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (node, record, _, loan) in uses {
        if !loan {
            articles.entry(*node).or_default().insert(*record);
        }
    }
    // Of names in equally many articles, the one that most others are spellings of.
    let degree = |node: &Node| {
        let inside = |other: &&(u32, name::Match)| articles.contains_key(&other.0);
        node.edges.iter().filter(inside).count()
    };
    let rank = |node: &Node, count: usize| {
        let full = node.kind != EntityKind::Person || name::is_full(&node.words);
        let initial = node.kind == EntityKind::Person
            && node.words.first().is_some_and(|w| w.chars().count() == 1);
        (full, !initial, node.long.is_empty(), count, degree(node))
    };
    let (number, node, _) = articles
        .iter()
        .filter_map(|(number, articles)| {
            Some((*number, index.nodes.get(*number as usize)?, articles.len()))
        })
        .max_by(|a, b| {
            rank(a.1, a.2)
                .cmp(&rank(b.1, b.2))
                .then_with(|| b.1.key.cmp(&a.1.key).then(b.1.kind.cmp(&a.1.kind)))
        })?;
    // As most articles write it.
    let mut written: HashMap<&str, u32> = HashMap::new();
    for (other, record, local, loan) in uses {
        let local = records
            .get(*record as usize)
            .and_then(Option::as_ref)
            .and_then(|record| record.locals.get(*local as usize));
        if *other == number
            && !loan
            && let Some(local) = local
        {
            for (surface, count) in &local.surfaces {
                if key_of(local.kind, surface) == own_key(local) {
                    *written.entry(surface).or_default() += count;
                }
            }
        }
    }
    let plain = |surface: &str| surface.chars().any(char::is_lowercase) || surface.len() < 4;
    let dotted = |surface: &str| form::is_acronym(surface);
    let name = written
        .into_iter()
        .max_by_key(|(surface, count)| {
            let words = if node.kind == EntityKind::Norp {
                0
            } else {
                surface.split(' ').count()
            };
            (
                !dotted(surface),
                plain(surface),
                words > 1,
                *count,
                Reverse(*surface),
            )
        })
        .map_or_else(|| node.words.join(" "), |(surface, _)| surface.to_owned());
    let name = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .map_or(name.clone(), str::to_owned);
    Some(Shown {
        node: number,
        kind: node.kind,
        key: node.key.clone(),
        name,
    })
}

/// The key of an entity of an article, without the mark of a split.
fn own_key(local: &Local) -> &str {
    local.key.split('\0').next().unwrap_or("")
}

/// Why each node belongs to the cluster: its tie on the way to the name that is shown.
fn reasons(index: &Index, cluster: &Cluster, shown: &Shown) -> BTreeMap<u32, (Status, String)> {
    let mut ties: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, tie) in cluster.ties.iter().enumerate() {
        ties.entry(tie.a).or_default().push(number);
        ties.entry(tie.b).or_default().push(number);
    }
    let mut reasons = BTreeMap::from([(
        shown.node,
        (Status::Sure, "the name it is shown by".to_owned()),
    )]);
    let mut queue = vec![shown.node];
    while let Some(node) = queue.pop() {
        for tie in ties
            .get(&node)
            .into_iter()
            .flatten()
            .filter_map(|t| cluster.ties.get(*t))
        {
            let other = if tie.a == node { tie.b } else { tie.a };
            if reasons.contains_key(&other) {
                continue;
            }
            let words = |node: u32| index.nodes.get(node as usize);
            let of = if node == shown.node {
                None
            } else {
                words(node).map(|n| name::capitals(&n.words.join(" ")))
            };
            let why = match of {
                Some(of) => format!("with \u{201c}{of}\u{201d}: {}", tie.why),
                None => tie.why.clone(),
            };
            reasons.insert(other, (tie.status, why));
            queue.push(other);
        }
    }
    reasons
}

/// Why one surface of one article belongs to the entity.
fn reason(
    local: &Local,
    surface: &str,
    node: Option<&(Status, String)>,
    shown: &Shown,
) -> (Status, String) {
    let key = key_of(local.kind, surface);
    let (status, why) = node.cloned().unwrap_or((Status::Sure, String::new()));
    if surface == shown.name {
        return (status, "the name it is shown by".to_owned());
    }
    if key == own_key(local) {
        let why = if key == shown.key && local.kind != EntityKind::Norp {
            if key == form::key(&form::words(surface)) {
                "the same name in other capitals, accents or dots".to_owned()
            } else {
                "another name for the same thing (table of conventions)".to_owned()
            }
        } else {
            why
        };
        return (status, why);
    }
    let full = name::capitals(&local.words.join(" "));
    let why = if form::is_acronym(surface) {
        format!("short for \u{201c}{full}\u{201d} in the same article")
    } else {
        format!("a shorter form; the same article says \u{201c}{full}\u{201d}")
    };
    (status, why)
}
