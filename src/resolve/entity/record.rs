//! What clustering keeps of an article: its entities with their surfaces and what stands beside
//! them. The article itself is not kept.

use super::Decision;
use crate::annotate::entity::group::{facts, form};
use crate::annotate::{Annotated, EntityKind};
use crate::article::{ArticleId, ContentHash};
use std::collections::{BTreeMap, BTreeSet};

/// Words before a name that are looked at for a role.
const ROLE_WORDS: usize = 4;

/// One article.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub id: ArticleId,
    pub hash: ContentHash,
    pub locals: Vec<Local>,
}

/// One entity of one article.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub kind: EntityKind,
    /// Folded words of its fullest form.
    pub words: Vec<String>,
    /// The key of its node.
    pub key: String,
    /// Keys of its other forms that stand for the whole elsewhere (acronyms).
    pub short: BTreeSet<String>,
    /// Surfaces as written, with their counts.
    pub surfaces: BTreeMap<String, u32>,
    /// Roles said right before the name ("opposition leader").
    pub roles: BTreeSet<String>,
    /// A person hid it.
    pub hidden: Hiding,
}

impl Local {
    pub(super) fn mentions(&self) -> u32 {
        self.surfaces.values().sum()
    }

    /// What other names of the article know it by.
    pub(super) fn companion(&self) -> &str {
        match (self.kind, self.words.last()) {
            (EntityKind::Person, Some(last)) => last,
            _ => &self.key,
        }
    }
}

/// Where a person does not want to see what an entity of an article stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hiding {
    #[default]
    Nowhere,
    Here,
    Everywhere,
}

/// A person's decisions, by folded surface.
#[derive(Clone, Debug, Default)]
pub(super) struct Decisions {
    /// Both directions.
    pub merged: BTreeMap<(EntityKind, String), BTreeSet<String>>,
    pub split: BTreeSet<(EntityKind, String, Option<ContentHash>)>,
    pub hidden: BTreeSet<(EntityKind, String)>,
    pub hidden_in: BTreeMap<ContentHash, BTreeSet<(EntityKind, String)>>,
    pub kinds: BTreeMap<(EntityKind, String), EntityKind>,
}

impl Decisions {
    pub(super) fn new(decisions: Vec<Decision>) -> Self {
        let mut made = Self::default();
        for decision in decisions {
            match decision {
                Decision::Merge(kind, a, b) => {
                    let (a, b) = (key_of(kind, &a), key_of(kind, &b));
                    made.merged
                        .entry((kind, a.clone()))
                        .or_default()
                        .insert(b.clone());
                    made.merged.entry((kind, b)).or_default().insert(a);
                }
                Decision::Split(kind, surface, hash) => {
                    made.split.insert((kind, key_of(kind, &surface), hash));
                }
                Decision::Hide(kind, surface, hash) => {
                    let all = &mut made.hidden;
                    let place = hash.map_or(all, |hash| made.hidden_in.entry(hash).or_default());
                    place.insert((kind, key_of(kind, &surface)));
                }
                Decision::Kind(kind, surface, other) => {
                    made.kinds.insert((kind, key_of(kind, &surface)), other);
                }
            }
        }
        made
    }
}

/// Folded words of a name of this kind.
pub(super) fn words_of(kind: EntityKind, name: &str) -> Vec<String> {
    if kind == EntityKind::Person {
        form::person_words(name)
    } else {
        form::words(name)
    }
}

/// The key of a name of this kind.
pub(super) fn key_of(kind: EntityKind, name: &str) -> String {
    let words = words_of(kind, name);
    match (kind, words.split_last()) {
        (EntityKind::Person, _) => form::key(&words),
        (EntityKind::Norp, Some((last, before))) => {
            let mut words = before.to_vec();
            words.push(form::singular(last).to_owned());
            form::key(&words)
        }
        _ => facts::canonical(&words),
    }
}

impl Record {
    /// The digest of an article, with the decisions that concern single surfaces applied.
    pub(super) fn of(article: &Annotated, decisions: &Decisions) -> Self {
        let hash = article.article.hash;
        let mut locals: Vec<Local> = article
            .entities
            .iter()
            .map(|entity| Local::new(entity.kind, &entity.name))
            .collect();
        for mention in &article.mentions {
            let Some(local) = locals.get_mut(mention.entity as usize) else {
                continue;
            };
            let surface = mention.span.of(article.text());
            let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
            if surface.is_empty() {
                continue;
            }
            if local.kind != EntityKind::Person && form::is_acronym(&surface) {
                let key = key_of(local.kind, &surface);
                if key != local.key {
                    local.short.insert(key);
                }
            }
            if local.kind == EntityKind::Person
                && let Some(role) = role(article.text(), mention.span.start as usize)
            {
                local.roles.insert(role);
            }
            *local.surfaces.entry(surface).or_default() += 1;
        }
        for local in &mut locals {
            local.decide(decisions, hash);
        }
        Self {
            id: article.id(),
            hash,
            locals,
        }
    }
}

impl Local {
    fn new(kind: EntityKind, name: &str) -> Self {
        Self {
            kind,
            words: words_of(kind, name),
            key: key_of(kind, name),
            short: BTreeSet::new(),
            surfaces: BTreeMap::new(),
            roles: BTreeSet::new(),
            hidden: Hiding::Nowhere,
        }
    }

    fn decide(&mut self, decisions: &Decisions, hash: ContentHash) {
        let mut keys: BTreeSet<String> =
            self.surfaces.keys().map(|s| key_of(self.kind, s)).collect();
        keys.insert(self.key.clone());
        let about = |key: &String| (self.kind, key.clone());
        // The entity that was hidden in an article may be of another kind than the name has there.
        let here = |(kind, key): &(EntityKind, String)| {
            keys.contains(key) || self.surfaces.keys().any(|s| key_of(*kind, s) == *key)
        };
        let hidden_here = decisions.hidden_in.get(&hash);
        self.hidden = if keys
            .iter()
            .any(|key| decisions.hidden.contains(&about(key)))
        {
            Hiding::Everywhere
        } else if hidden_here.is_some_and(|hidden| hidden.iter().any(here)) {
            Hiding::Here
        } else {
            Hiding::Nowhere
        };
        let other = keys.iter().find_map(|key| decisions.kinds.get(&about(key)));
        if let Some(kind) = other.copied() {
            self.kind = kind;
            let name = self.words.join(" ");
            self.words = words_of(kind, &name);
            self.key = key_of(kind, &name);
        }
        // A split surface is a node of its own: its key can be no other name's.
        let split = |hash| {
            keys.iter()
                .any(|k| decisions.split.contains(&(self.kind, k.clone(), hash)))
        };
        if split(Some(hash)) {
            self.key = format!("{}\0{hash}", self.key);
        } else if split(None) {
            self.key.push('\0');
        }
    }
}

/// The titles right before byte `at`: "opposition leader" in "the opposition leader, Ada Reyes".
fn role(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let line = before.rsplit('\n').next()?;
    let mut words: Vec<String> = line
        .split_whitespace()
        .rev()
        .take(ROLE_WORDS)
        .map(|word| {
            let folded = crate::text::normalize::fold(word);
            folded
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_owned()
        })
        .take_while(|word| word.chars().count() > 3 && form::is_title(word))
        .collect();
    words.reverse();
    (!words.is_empty()).then(|| words.join(" "))
}
