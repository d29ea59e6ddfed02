//! Names that need company to find their entity: initials, acronyms, surnames alone, and
//! spellings that only context makes believable.

use super::super::Status;
use super::super::index::Node;
use super::super::name::{self, EQUAL, Match, Pair};
use super::{LONG_GARBLE, Work};
use crate::annotate::EntityKind;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many clusters a shared surname is compared with.
const MOST_NAMESAKES: usize = 32;

impl Work<'_> {
    /// "G. Okafor" goes to the one cluster it fits.
    pub(super) fn initials(&mut self) {
        for at in 0..self.nodes.len() {
            let fitting = self.neighbours(at, |m| m.pair == Pair::Initial);
            if let [(_, other)] = fitting.as_slice() {
                let other = *other;
                let (short, long) = (self.length_of_given(at), self.length_of_given(other));
                if short < long {
                    let why = "same surname, and the initial fits".to_owned()
                        + &self.shared(at, other).in_words();
                    self.join(at, other, Status::Suggested, why);
                }
            }
        }
    }

    fn length_of_given(&self, at: usize) -> usize {
        self.node(at)
            .and_then(|n| n.words.first())
            .map_or(0, |w| w.chars().count())
    }

    /// An acronym goes to the long form that articles give for it.
    pub(super) fn acronyms(&mut self) {
        for at in 0..self.nodes.len() {
            let Some(node) = self.node(at) else { continue };
            let mut votes: BTreeMap<usize, (u32, usize)> = BTreeMap::new();
            for (long, count) in &node.long {
                if let Some(long) = self.at.get(long) {
                    let vote = votes.entry(self.root(*long)).or_insert((0, *long));
                    vote.0 += count;
                    vote.1 = vote.1.min(*long);
                }
            }
            let total: u32 = votes.values().map(|(count, _)| count).sum();
            let top = votes
                .values()
                .max_by_key(|(count, long)| (*count, Reverse(*long)))
                .copied();
            if let Some((count, long)) = top
                && 3 * count >= 2 * total
            {
                let why = "short for it, as an article with both says".to_owned();
                self.join(at, long, Status::Sure, why);
            }
        }
    }

    /// A surname alone goes to the one person of that surname; where there are several, to the
    /// one whose company its article shares, article by article; else it stays alone.
    pub(super) fn surnames(&mut self) {
        for at in 0..self.nodes.len() {
            let Some(node) = self.node(at) else { continue };
            if node.kind != EntityKind::Person || name::is_full(&node.words) {
                continue;
            }
            let mut persons = self.neighbours(at, |m| m.pair == Pair::Short && m.score >= EQUAL);
            if let [(_, other)] = persons.as_slice() {
                let other = *other;
                let shared = self.shared(at, other);
                let status = if shared.is_telling() {
                    Status::Sure
                } else {
                    Status::Suggested
                };
                let why =
                    "the surname alone, and nobody else has it".to_owned() + &shared.in_words();
                self.join(at, other, status, why);
                continue;
            }
            persons.sort_by_key(|(root, _)| Reverse(self.weight.get(*root).copied()));
            persons.truncate(MOST_NAMESAKES);
            if !persons.is_empty() {
                self.lend(at, node, &persons);
            }
        }
    }

    fn lend(&mut self, at: usize, node: &Node, persons: &[(usize, usize)]) {
        for (_, other) in persons {
            self.shared(at, *other);
        }
        for (record, local) in &node.uses {
            let Some(Some(article)) = self.records.get(*record as usize) else {
                continue;
            };
            let mut scored: Vec<(usize, usize)> = persons
                .iter()
                .map(|(_, other)| {
                    (
                        self.contexts.get(other).map_or(0, |c| c.overlap(article)),
                        *other,
                    )
                })
                .collect();
            scored.sort_by_key(|(score, other)| (Reverse(*score), *other));
            let clear = match scored.as_slice() {
                [(first, _), (second, _), ..] => first > second && *first > 1,
                _ => false,
            };
            if let Some((_, other)) = scored.first().filter(|_| clear) {
                self.loans
                    .entry(*other)
                    .or_default()
                    .push((at, *record, *local));
            }
        }
    }

    /// Spellings that only context makes believable.
    pub(super) fn doubtful(&mut self) {
        let mut settled: BTreeSet<usize> = BTreeSet::new();
        for at in 0..self.nodes.len() {
            let exact = |m: &Match| m.pair == Pair::Short && m.score >= EQUAL;
            if self.node(at).is_some_and(|n| !name::is_full(&n.words))
                && self.node(at).is_some_and(|n| {
                    n.edges
                        .iter()
                        .any(|(other, m)| exact(m) && self.at.contains_key(other))
                })
            {
                settled.insert(at);
            }
        }
        for (a, b, found) in self.edges(|m| matches!(m.pair, Pair::Single | Pair::Short)) {
            let (full_a, full_b) = (self.is_full(a), self.is_full(b));
            let open = |at: usize, full: bool| full || !settled.contains(&at);
            if self.root(a) == self.root(b)
                || (full_a && full_b)
                || !open(a, full_a)
                || !open(b, full_b)
            {
                continue;
            }
            let shared = self.shared(a, b);
            let length = self.length(a).min(self.length(b));
            if !shared.is_telling()
                || (shared.same_article && length < LONG_GARBLE)
                || !self.near(a, b)
            {
                continue;
            }
            let why = self.spelling(a, b) + &shared.in_words();
            let sure = found.score >= 0.5 && !shared.same_article;
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

    /// A full name of the cluster is one end of the edge, or the surnames that stand for the two
    /// clusters are near each other too: a chain of small changes does not join strangers.
    fn near(&self, a: usize, b: usize) -> bool {
        let full = |at: usize| self.node(at).is_some_and(|n| name::is_full(&n.words));
        if full(a) || full(b) {
            return true;
        }
        let last = |at: usize| self.best(at).and_then(|n| n.words.last());
        match (last(a), last(b)) {
            (Some(x), Some(y)) => {
                let length = x.len().min(y.len());
                let slack = if length < LONG_GARBLE { 1.5 } else { 3.0 };
                name::words_alike(x, y) >= name::floor(length) - slack
            }
            _ => false,
        }
    }
}
