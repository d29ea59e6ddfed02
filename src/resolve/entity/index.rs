//! The names of the collection as a graph: a node a name, an edge where two names may be one.
//!
//! Edges depend on the two names alone, never on the articles or on the order of arrival; whether
//! an edge is believed is decided in [`super::cluster`]. Names meet through keys (surname code,
//! given-name keys), so adding a name costs a look into a few short lists.

use super::name::{self, EQUAL, Match};
use super::record::{Local, words_of};
use super::skeleton;
use crate::annotate::EntityKind;
use crate::annotate::entity::group::{form, given};
use rustc_hash::{FxHashMap, FxHasher};
use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

/// A name of one kind.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub kind: EntityKind,
    pub key: String,
    pub words: Vec<String>,
    /// Where it is used: (record, entity of that record).
    pub uses: BTreeSet<(u32, u32)>,
    pub edges: Vec<(u32, Match)>,
    /// Acronyms: for each long form, how many entities hold both.
    pub long: HashMap<u32, u32>,
}

/// A surname, or a person's only name.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    letters: (u32, usize),
    near: Vec<(u32, f32)>,
    /// Nodes that are this word alone.
    single: Vec<u32>,
    /// Nodes of full names that end in it.
    full: Vec<u32>,
}

/// A node with the letters of its key.
type Lettered = (u32, (u32, usize));

/// All nodes and what is needed to find a new name's neighbours.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    pub nodes: Vec<Node>,
    by_key: HashMap<(EntityKind, String), u32>,
    twins: HashMap<String, Vec<u32>>,
    words: Vec<Word>,
    word_of: HashMap<String, u32>,
    by_code: HashMap<String, Vec<u32>>,
    by_given: HashMap<(u32, String), Vec<u32>>,
    by_bag: HashMap<String, Vec<u32>>,
    things: FxHashMap<u64, Vec<Lettered>>,
    parent: Vec<u32>,
    members: HashMap<u32, Vec<u32>>,
    /// Roots that became part of another component.
    joined: Vec<u32>,
}

impl Index {
    /// The component of a node: names that could be tied together by any chain of edges.
    pub(super) fn component(&self, mut node: u32) -> u32 {
        while let Some(&up) = self.parent.get(node as usize) {
            if up == node {
                break;
            }
            node = up;
        }
        node
    }

    /// The nodes of a component, by its root.
    pub(super) fn members(&self, root: u32) -> &[u32] {
        self.members.get(&root).map_or(&[], Vec::as_slice)
    }

    /// Roots that stopped being roots since this was last asked.
    pub(super) fn take_joined(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.joined)
    }

    /// The node of a key. Nodes of other kinds with the same key are in one component with it.
    pub(super) fn find(&self, kind: EntityKind, key: &str) -> Option<u32> {
        self.by_key.get(&(kind, key.to_owned())).copied()
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.component(a), self.component(b));
        if a == b {
            return;
        }
        let size = |index: &Self, root| index.members(root).len();
        let (root, other) = if size(self, a) >= size(self, b) {
            (a, b)
        } else {
            (b, a)
        };
        if let Some(parent) = self.parent.get_mut(other as usize) {
            *parent = root;
        }
        self.joined.push(other);
        let moved = self.members.remove(&other).unwrap_or_default();
        self.members.entry(root).or_default().extend(moved);
    }

    /// The node of a name, made where it is new; `forced` are keys a person tied it to.
    pub(super) fn node(&mut self, local: &Local, forced: &BTreeSet<String>) -> u32 {
        let node = self.node_of(local.kind, &local.key, &local.words);
        for short in &local.short {
            let acronym = self.node_of(local.kind, short, std::slice::from_ref(short));
            self.join(node, acronym);
        }
        for key in forced {
            let words: Vec<String> = words_of(local.kind, key);
            let other = self.node_of(local.kind, key, &words);
            self.join(node, other);
        }
        node
    }

    fn node_of(&mut self, kind: EntityKind, key: &str, words: &[String]) -> u32 {
        if let Some(node) = self.find(kind, key) {
            return node;
        }
        let node = self.nodes.len() as u32;
        self.nodes.push(Node {
            kind,
            key: key.to_owned(),
            words: words.to_vec(),
            uses: BTreeSet::new(),
            edges: Vec::new(),
            long: HashMap::new(),
        });
        self.parent.push(node);
        self.members.insert(node, vec![node]);
        self.by_key.insert((kind, key.to_owned()), node);
        if key.contains('\0') {
            // A person split it off: it has no neighbours.
            return node;
        }
        let twins = self.twins.entry(key.to_owned()).or_default();
        twins.push(node);
        if let [first, _, ..] = twins.as_slice() {
            let first = *first;
            self.join(first, node);
        }
        if kind == EntityKind::Person {
            self.link_person(node, words);
        } else {
            self.link_thing(node, kind, key, words);
        }
        node
    }

    fn edge(&mut self, a: u32, b: u32, found: Match) {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(node) = self.nodes.get_mut(from as usize) {
                node.edges.push((to, found));
            }
        }
        self.join(a, b);
    }

    fn link_person(&mut self, node: u32, words: &[String]) {
        let Some(last) = words.last() else { return };
        let word = self.word(last);
        let full = name::is_full(words);
        let mut near = vec![(word, EQUAL)];
        near.extend(self.words.get(word as usize).map_or(&[][..], |w| &w.near));
        let mut found: Vec<(u32, Match)> = Vec::new();
        let keys = given_keys(words);
        for (other, evidence) in near {
            let Some(entry) = self.words.get(other as usize) else {
                continue;
            };
            let mut nodes: Vec<u32> = entry.single.clone();
            if full {
                for key in &keys {
                    nodes.extend(
                        self.by_given
                            .get(&(other, key.clone()))
                            .into_iter()
                            .flatten(),
                    );
                }
            } else {
                nodes.extend(&entry.full);
            }
            nodes.sort_unstable();
            nodes.dedup();
            found.extend(nodes.into_iter().filter_map(|candidate| {
                let other = self.nodes.get(candidate as usize)?;
                let alike = name::persons(words, &other.words, evidence)?;
                Some((candidate, alike))
            }));
        }
        if full {
            let mut sorted = words.to_vec();
            sorted.sort();
            let bag = self.by_bag.entry(sorted.join(" ")).or_default();
            // The same words in another order ("Li Wei", "Wei Li").
            found.extend(bag.iter().map(|other| (*other, name::TURNED)));
            bag.push(node);
            for key in keys {
                self.by_given.entry((word, key)).or_default().push(node);
            }
        }
        if let Some(word) = self.words.get_mut(word as usize) {
            if full {
                word.full.push(node);
            } else {
                word.single.push(node);
            }
        }
        found.sort_by_key(|(other, _)| *other);
        found.dedup_by_key(|(other, _)| *other);
        for (other, alike) in found {
            self.edge(node, other, alike);
        }
    }

    /// The entry of a surname, with its neighbours found when it is new.
    fn word(&mut self, text: &str) -> u32 {
        if let Some(word) = self.word_of.get(text) {
            return *word;
        }
        let number = self.words.len() as u32;
        let letters = skeleton::letters(text);
        let keys = if text.len() > 3 {
            skeleton::keys(text)
        } else {
            Vec::new()
        };
        let mut candidates: Vec<u32> = keys
            .iter()
            .filter_map(|key| self.by_code.get(key))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut near = Vec::new();
        for candidate in candidates {
            let Some(other) = self.words.get_mut(candidate as usize) else {
                continue;
            };
            if !skeleton::may_be_alike(letters, other.letters) {
                continue;
            }
            let evidence = name::words_alike(text, &other.text);
            if evidence >= name::floor(text.len().min(other.text.len())) {
                near.push((candidate, evidence));
                other.near.push((number, evidence));
            }
        }
        for key in keys {
            self.by_code.entry(key).or_default().push(number);
        }
        self.words.push(Word {
            text: text.to_owned(),
            letters,
            near,
            single: Vec::new(),
            full: Vec::new(),
        });
        self.word_of.insert(text.to_owned(), number);
        number
    }

    fn link_thing(&mut self, node: u32, kind: EntityKind, key: &str, words: &[String]) {
        if key.len() < 6 || key.len() > 80 {
            return;
        }
        let mut found: Vec<(u32, Match)> = Vec::new();
        let letters = skeleton::letters(key);
        for code in thing_keys(kind, words) {
            let bucket = self.things.entry(code).or_default();
            for (other, its) in bucket.iter() {
                if skeleton::may_be_alike(letters, *its)
                    && let Some(known) = self.nodes.get(*other as usize)
                    && let Some(alike) = name::things(kind, words, &known.words)
                {
                    found.push((*other, alike));
                }
            }
            bucket.push((node, letters));
        }
        found.sort_by_key(|(other, _)| *other);
        found.dedup_by_key(|(other, _)| *other);
        for (other, alike) in found {
            self.edge(node, other, alike);
        }
    }
}

/// Keys that two names of things share which differ in one word at most: all words but one, and a
/// code of that one.
fn thing_keys(kind: EntityKind, words: &[String]) -> Vec<u64> {
    let words = name::significant(words);
    let mut keys: Vec<u64> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.len() < name::LEAST_THING {
            continue;
        }
        let mut rest = FxHasher::default();
        (kind, at).hash(&mut rest);
        for (_, other) in words.iter().enumerate().filter(|(other, _)| *other != at) {
            other.hash(&mut rest);
        }
        keys.extend(skeleton::keys(word).into_iter().map(|code| {
            let mut key = rest.clone();
            code.hash(&mut key);
            key.finish()
        }));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Keys that given names of one person share: first letter, first consonant sound, families.
fn given_keys(words: &[String]) -> Vec<String> {
    let Some(first) = words.iter().find(|w| !form::is_particle(w)) else {
        return Vec::new();
    };
    let mut keys = Vec::new();
    if let Some(letter) = first.chars().next() {
        keys.push(format!("i{letter}"));
    }
    if let Some(sound) = skeleton::code(first).chars().next() {
        keys.push(format!("c{sound}"));
    }
    keys.extend(
        given::families(first)
            .iter()
            .map(|family| format!("f{family}")),
    );
    keys
}
