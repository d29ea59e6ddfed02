//! Organizations, places, groups and other names: conventions, acronyms, short forms.

use super::{Named, facts, form};
use crate::annotate::EntityKind;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Words that say what an organization is; alone they mean the one named last.
const HEADS: [&str; 48] = [
    "academy",
    "administration",
    "agency",
    "alliance",
    "army",
    "assembly",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "bundestag",
    "cabinet",
    "centre",
    "center",
    "church",
    "club",
    "coalition",
    "college",
    "commission",
    "committee",
    "company",
    "congress",
    "council",
    "court",
    "department",
    "federation",
    "foundation",
    "front",
    "fund",
    "group",
    "institute",
    "league",
    "ministry",
    "movement",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "police",
    "senate",
    "service",
    "society",
    "tribunal",
    "union",
    "university",
    "watch",
];

/// Words after a company's name that are no part of what people call it.
const LEGAL: [&str; 26] = [
    "ag",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "international",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "oao",
    "oyj",
    "plc",
    "pao",
    "sa",
    "se",
    "spa",
    "agency",
    "bv",
];

/// A set of groups that can be joined.
struct Union {
    parent: Vec<u32>,
}

impl Union {
    fn add(&mut self) -> u32 {
        self.parent.push(self.parent.len() as u32);
        self.parent.len() as u32 - 1
    }

    fn find(&mut self, mut at: u32) -> u32 {
        while let Some(&up) = self.parent.get(at as usize) {
            if up == at {
                break;
            }
            let above = self.parent.get(up as usize).copied().unwrap_or(up);
            if let Some(slot) = self.parent.get_mut(at as usize) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(slot) = self.parent.get_mut(a.max(b) as usize) {
            *slot = a.min(b);
        }
    }
}

/// Puts every mention that is not a person's into a group, numbered from `groups` on.
pub(super) fn link(text: &str, names: &mut [Named], groups: &mut u32) {
    let mut union = Union { parent: Vec::new() };
    let mut by_key: BTreeMap<(EntityKind, String), u32> = BTreeMap::new();
    for name in names
        .iter_mut()
        .filter(|name| name.kind != EntityKind::Person)
    {
        let key = match (name.kind, name.words.split_last()) {
            (EntityKind::Norp, Some((last, before))) => {
                let mut words = before.to_vec();
                words.push(form::singular(last).to_owned());
                form::key(&words)
            }
            _ => facts::canonical(&name.words),
        };
        name.group = Some(
            *by_key
                .entry((name.kind, key))
                .or_insert_with(|| union.add()),
        );
    }
    declared(text, names, &mut union);
    initials(text, names, &mut union);
    short_forms(names, &by_key, &mut union);
    heads(names);
    for name in names
        .iter_mut()
        .filter(|name| name.kind != EntityKind::Person)
    {
        name.group = name.group.map(|group| union.find(group) + *groups);
    }
    *groups += union.parent.len() as u32;
}

/// `Long Form (LF)`, where both were found as names.
fn declared(text: &str, names: &mut [Named], union: &mut Union) {
    for at in 1..names.len() {
        let (Some(long), Some(short)) = (names.get(at - 1), names.get(at)) else {
            continue;
        };
        if long.kind == EntityKind::Person || short.kind == EntityKind::Person {
            continue;
        }
        let between = text.get(long.span.end as usize..short.span.start as usize);
        if between.is_none_or(|between| between.trim_end() != " (") {
            continue;
        }
        let (first, second) = (long.span.of(text), short.span.of(text));
        let fits = (form::is_acronym(second) && opens(second, &long.words))
            || (form::is_acronym(first) && opens(first, &short.words));
        if fits && let (Some(a), Some(b)) = (long.group, short.group) {
            let (kind, long_is_acronym) = (short.kind, form::is_acronym(first));
            let kind = if long_is_acronym { kind } else { long.kind };
            union.join(a, b);
            for name in [at - 1, at] {
                if let Some(name) = names.get_mut(name) {
                    name.kind = kind;
                }
            }
        }
    }
}

/// A looser test than [`form::abbreviates`], for pairs that the text itself ties together: half
/// of the letters open words, in order.
fn opens(acronym: &str, words: &[String]) -> bool {
    let folded = crate::text::normalize::fold(acronym);
    let letters: Vec<char> = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut initials = words
        .iter()
        .flat_map(|w| w.split(['-', '/']))
        .filter_map(|w| w.chars().next());
    let hits = letters
        .iter()
        .filter(|c| {
            let mut rest = initials.clone();
            let hit = rest.any(|i| i == **c);
            if hit {
                initials = rest;
            }
            hit
        })
        .count();
    words.len() > 1 && 2 * hits >= letters.len() && hits >= 1
}

/// An acronym and the one long form of the article whose initials it is.
fn initials(text: &str, names: &[Named], union: &mut Union) {
    let mut long: HashMap<char, Vec<usize>> = HashMap::new();
    let mut seen: HashSet<u32> = HashSet::new();
    let others = |name: &&Named| {
        matches!(
            name.kind,
            EntityKind::Org | EntityKind::Place | EntityKind::Misc
        )
    };
    for (at, name) in names.iter().enumerate().filter(|(_, name)| others(name)) {
        let Some(group) = name.group else { continue };
        if name.words.len() > 1
            && seen.insert(group)
            && let Some(first) = name.words.iter().find(|w| *w != "the")
            && let Some(letter) = first.chars().next()
        {
            long.entry(letter).or_default().push(at);
        }
    }
    let mut done: HashSet<u32> = HashSet::new();
    for name in names.iter().filter(others) {
        let surface = name.span.of(text);
        let Some(group) = name.group else { continue };
        if !form::is_acronym(surface) || !done.insert(group) {
            continue;
        }
        let letter = name.words.first().and_then(|w| w.chars().next());
        let fitting: Vec<u32> = letter
            .and_then(|letter| long.get(&letter))
            .into_iter()
            .flatten()
            .filter_map(|at| names.get(*at))
            .filter(|long| form::abbreviates(surface, without_the(&long.words)))
            .filter_map(|long| long.group)
            .collect();
        if let [only] = fitting.as_slice() {
            union.join(*only, group);
        }
    }
}

fn without_the(words: &[String]) -> &[String] {
    match words {
        [first, rest @ ..] if first == "the" => rest,
        all => all,
    }
}

/// "Rights Council" for "UN Rights Council", "Norvik" for "Norvik Group": where one name fits.
fn short_forms(names: &[Named], keys: &BTreeMap<(EntityKind, String), u32>, union: &mut Union) {
    let mut whole: HashMap<String, Vec<u32>> = HashMap::new();
    let places: HashSet<String> = names
        .iter()
        .filter(|name| matches!(name.kind, EntityKind::Place | EntityKind::Norp))
        .map(|name| form::key(&name.words))
        .collect();
    let mut seen: HashSet<u32> = HashSet::new();
    for name in names.iter().filter(|name| name.kind == EntityKind::Org) {
        let Some(group) = name.group else { continue };
        if !seen.insert(group) {
            continue;
        }
        let words = without_the(&name.words);
        for cut in 1..words.len().min(4) {
            let (before, rest) = words.split_at(cut);
            let prefix = form::key(before);
            if rest.len() > 1 && (places.contains(&prefix) || facts::lookup(&prefix).is_some()) {
                whole.entry(form::key(rest)).or_default().push(group);
            }
        }
        let bare = words.len()
            - words
                .iter()
                .rev()
                .take_while(|w| LEGAL.contains(&w.as_str()))
                .count();
        if bare > 0 && bare < words.len() {
            whole
                .entry(form::key(&words[..bare]))
                .or_default()
                .push(group);
        }
    }
    for (short, long) in whole {
        let Some(&group) = keys.get(&(EntityKind::Org, short)) else {
            continue;
        };
        // Joining is symmetric and every key is looked up once, so the order does not matter.
        if let [only] = long.as_slice() {
            union.join(*only, group);
        }
    }
}

/// "the Council" goes to the organization of that kind that was named last before.
fn heads(names: &mut [Named]) {
    let mut last: HashMap<String, u32> = HashMap::new();
    for name in names.iter_mut().filter(|name| name.kind == EntityKind::Org) {
        let words = without_the(&name.words);
        let Some(head) = words
            .last()
            .filter(|w| HEADS.contains(&w.as_str()))
            .cloned()
        else {
            continue;
        };
        if words.len() == 1 {
            if let Some(group) = last.get(&head) {
                name.group = Some(*group);
            }
        } else if let Some(group) = name.group {
            last.insert(head, group);
        }
    }
}
