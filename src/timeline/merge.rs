//! Which mentions are one event.
//!
//! Mentions meet first with mentions of exactly the same days, then coarser groups join the finer
//! group inside them that tells the same, then undated ones that speak of a known event ("the
//! vote") join that. A group is compared as a whole (its counts), so chains of pairwise likeness
//! cannot grow into an event that is everything. Candidates come from indexes of class, word and
//! entity and are capped, which keeps the work near-linear. Invariant: items arrive in canonical
//! order (article hash, sentence), so the result depends on the set alone.

use super::profile::Told;
use crate::annotate::event::{Class, WORDS};
use crate::annotate::{EventBasis, EventKind};
use crate::when::{Interval, Precision};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Groups compared with one item, at most.
const CANDIDATES: usize = 48;
/// Share of the smaller set of entities that two mentions must share.
const ENTITIES: f64 = 0.5;
/// Likeness of words at which the trigger no longer matters.
const SAME_WORDS: f64 = 0.5;
/// Likeness of words that confirms an equal trigger.
const LIKE_WORDS: f64 = 0.3;
/// Days before publication in which "the vote" is the last one.
const KNOWN_DAYS: i64 = 550;

/// A mention with its entities resolved.
pub(super) struct Item<'a> {
    pub(super) told: &'a Told,
    /// Index of its article.
    pub(super) article: usize,
    /// Entities that take part, as hashes, rising.
    pub(super) entities: Vec<u64>,
    /// The main entities of its article, rising.
    pub(super) top: Vec<u64>,
    /// Last day on which its article can have been written.
    pub(super) written: Option<NaiveDate>,
}

/// Mentions of one event, with counts for comparison.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// Indices of items, rising.
    pub(super) items: Vec<usize>,
    /// Its date: the finest of its mentions.
    pub(super) date: Interval,
    classes: BTreeMap<Class, u32>,
    verbs: BTreeSet<u64>,
    entities: BTreeMap<u64, u32>,
    top: BTreeSet<u64>,
    words: BTreeMap<u64, u32>,
    /// Mentions counted in `words`: those whose clause tells the event itself.
    texts: u32,
    nouns: u32,
    reports: u32,
    began: Option<(NaiveDate, NaiveDate)>,
}

impl Group {
    fn of(index: usize, item: &Item) -> Self {
        let mut made = Self {
            date: item.told.date,
            began: item.told.began,
            ..Self::default()
        };
        made.add(index, item);
        made
    }

    fn add(&mut self, index: usize, item: &Item) {
        self.items.push(index);
        if let Some(class) = item.told.class {
            *self.classes.entry(class).or_default() += 1;
        } else {
            self.verbs.insert(item.told.word);
        }
        for entity in &item.entities {
            *self.entities.entry(*entity).or_default() += 1;
        }
        self.top.extend(&item.top);
        // The words around "the August 9 election" tell of something else.
        if item.told.noun {
            self.nouns += 1;
        } else {
            self.texts += 1;
            for word in &item.told.words {
                *self.words.entry(*word).or_default() += 1;
            }
        }
        self.reports += u32::from(item.told.report);
        if let (Some(mine), Some(theirs)) = (self.began, item.told.began) {
            let both = (mine.0.max(theirs.0), mine.1.min(theirs.1));
            self.began = Some(if both.0 <= both.1 { both } else { mine });
        }
    }

    fn absorb(&mut self, other: &Self, items: &[Item]) {
        for index in &other.items {
            if let Some(item) = items.get(*index) {
                self.add(*index, item);
            }
        }
        self.items.sort_unstable();
    }

    /// The class most of its mentions have.
    pub(super) fn class(&self) -> Option<Class> {
        self.classes
            .iter()
            .max_by_key(|(class, count)| (**count, std::cmp::Reverse(**class)))
            .map(|(class, _)| *class)
    }

    fn len(&self) -> f64 {
        self.items.len().max(1) as f64
    }

    /// Entities in at least a third of its mentions.
    fn core(&self) -> impl Iterator<Item = u64> + '_ {
        let least = (self.items.len() as u32).div_ceil(3);
        self.entities
            .iter()
            .filter(move |(_, count)| **count >= least)
            .map(|(entity, _)| *entity)
    }

    /// Share of the smaller set of entities that both have; `None` where one has none.
    fn entity_overlap(&self, other: &Self) -> Option<f64> {
        let mine: Vec<u64> = self.core().collect();
        let theirs: Vec<u64> = other.core().collect();
        let smaller = mine.len().min(theirs.len());
        if smaller == 0 {
            return None;
        }
        let shared = mine.iter().filter(|entity| theirs.contains(entity)).count();
        Some(shared as f64 / smaller as f64)
    }

    fn shared_entities(&self, other: &Self) -> usize {
        self.core()
            .filter(|entity| other.entities.contains_key(entity))
            .count()
    }

    fn top_overlap(&self, other: &Self) -> f64 {
        let smaller = self.top.len().min(other.top.len());
        if smaller == 0 {
            return 0.0;
        }
        self.top.intersection(&other.top).count() as f64 / smaller as f64
    }

    /// Cosine of the word counts.
    fn word_likeness(&self, other: &Self) -> f64 {
        let (small, large) = if self.words.len() <= other.words.len() {
            (self, other)
        } else {
            (other, self)
        };
        if small.words.len() < 3 {
            return 0.0;
        }
        let dot: f64 = small
            .words
            .iter()
            .filter_map(|(word, count)| {
                Some(f64::from(*count) * f64::from(*large.words.get(word)?))
            })
            .sum();
        let norm = |group: &Self| {
            group
                .words
                .values()
                .map(|count| f64::from(*count).powi(2))
                .sum::<f64>()
                .sqrt()
        };
        dot / (norm(small) * norm(large)).max(1.0)
    }

    fn same_class(&self, other: &Self) -> bool {
        match (self.class(), other.class()) {
            (Some(mine), Some(theirs)) => {
                mine == theirs || (WORDS.is("akin", mine.name()) && WORDS.is("akin", theirs.name()))
            }
            (None, None) => !self.verbs.is_disjoint(&other.verbs),
            _ => false,
        }
    }

    fn says(&self) -> bool {
        f64::from(self.reports) > self.len() / 2.0
    }

    /// How surely two groups with compatible dates are one event; 0 where they are not.
    fn likeness(&self, other: &Self) -> f64 {
        let words = self.word_likeness(other);
        let entities = self.entity_overlap(other);
        let shared = entities.unwrap_or(0.0);
        if self.says() || other.says() {
            // What two speakers say on one day are two events.
            let same = self.says() == other.says() && shared >= ENTITIES && words >= LIKE_WORDS;
            return if same || words >= 0.6 {
                0.5 + words
            } else {
                0.0
            };
        }
        if self.same_class(other) {
            let apart = entities.is_some_and(|overlap| overlap == 0.0);
            // A place has one election a day: articles about like things mean the same one.
            let once = self
                .class()
                .is_some_and(|class| WORDS.is("once", class.name()));
            let named = once || self.nouns > 0 || other.nouns > 0;
            let about_same = self.top_overlap(other) >= if once { 0.25 } else { ENTITIES };
            if shared >= ENTITIES && (self.class().is_some() || words >= 0.15) {
                return 1.0 + shared + words;
            }
            if words >= LIKE_WORDS && !apart {
                return 1.0 + words;
            }
            if named && about_same && self.class().is_some() {
                return 0.8 + shared;
            }
        }
        // Another kind of event with other people needs nearly the same words.
        let other_kind = self.class().is_some() && other.class().is_some();
        let least = if other_kind && shared < ENTITIES {
            0.8
        } else {
            SAME_WORDS
        };
        if words >= least {
            return 0.6 + words;
        }
        let akin = shared >= ENTITIES && self.shared_entities(other) >= 2 && words >= LIKE_WORDS;
        if akin { 0.4 + words } else { 0.0 }
    }
}

/// Groups that an item or group may be compared with, found by class, word and entity.
#[derive(Default)]
struct Index {
    by_class: BTreeMap<Class, Vec<usize>>,
    by_word: HashMap<u64, Vec<usize>>,
}

impl Index {
    fn put(&mut self, at: usize, group: &Group) {
        for class in group.classes.keys() {
            push(self.by_class.entry(*class).or_default(), at);
        }
        for word in group.words.keys().chain(&group.verbs) {
            push(self.by_word.entry(*word).or_default(), at);
        }
    }

    /// Candidates, those with most shared words first.
    fn candidates(&self, group: &Group) -> Vec<usize> {
        let mut hits: HashMap<usize, u32> = HashMap::new();
        let mut see = |list: Option<&Vec<usize>>, weight| {
            for at in list.into_iter().flatten().rev().take(CANDIDATES * 4) {
                *hits.entry(*at).or_default() += weight;
            }
        };
        for class in group.classes.keys() {
            see(self.by_class.get(class), 2);
            if WORDS.is("akin", class.name()) {
                for other in self.by_class.keys() {
                    if other != class && WORDS.is("akin", other.name()) {
                        see(self.by_class.get(other), 2);
                    }
                }
            }
        }
        for word in group.words.keys().chain(&group.verbs) {
            see(self.by_word.get(word), 1);
        }
        let mut found: Vec<(std::cmp::Reverse<u32>, usize)> = hits
            .into_iter()
            .map(|(at, shared)| (std::cmp::Reverse(shared), at))
            .collect();
        found.sort_unstable();
        found.truncate(CANDIDATES);
        found.into_iter().map(|(_, at)| at).collect()
    }
}

fn push(list: &mut Vec<usize>, at: usize) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

/// Clusters groups whose dates are the same, one after the other.
fn cluster(
    parts: Vec<Group>,
    items: &[Item],
    likeness: impl Fn(&Group, &Group) -> f64,
) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut index = Index::default();
    for part in parts {
        let best = index
            .candidates(&part)
            .into_iter()
            .filter_map(|at| {
                let score = likeness(out.get(at)?, &part);
                (score > 0.0).then_some((score, at))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((at, group)) = best.and_then(|(_, at)| Some((at, out.get_mut(at)?))) {
            group.absorb(&part, items);
            let group = group.clone();
            index.put(at, &group);
        } else {
            index.put(out.len(), &part);
            out.push(part);
        }
    }
    out
}

/// Mentions of one sentence with one date are one event from the start; so is what the headline
/// and the first sentence of one article tell, and its lead without a date of its own.
fn singles(items: &[Item], indices: &[usize]) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut last: Option<(usize, Option<u32>)> = None;
    for index in indices {
        let Some(item) = items.get(*index) else {
            continue;
        };
        let lead = item.told.basis == EventBasis::Published || item.told.opens;
        let key = (item.article, (!lead).then_some(item.told.sentence));
        match out.last_mut() {
            Some(group) if last == Some(key) => group.add(*index, item),
            _ => out.push(Group::of(*index, item)),
        }
        last = Some(key);
    }
    out
}

/// Merges mentions to events.
pub(super) fn merge(items: &[Item]) -> Vec<Group> {
    type Days = (NaiveDate, NaiveDate, bool);
    let mut closed: BTreeMap<(i64, Days), Vec<usize>> = BTreeMap::new();
    let mut half: BTreeMap<(Option<NaiveDate>, Option<NaiveDate>), Vec<usize>> = BTreeMap::new();
    let mut states = Vec::new();
    let mut undated = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let date = &item.told.date;
        if item.told.kind == EventKind::State && item.told.began.is_some() {
            states.push(at);
        } else if let (Some(start), Some(end)) = (date.start, date.end) {
            let days = (end - start).num_days() * 2 + i64::from(date.approximate);
            let key = (days, (start, end, date.approximate));
            closed.entry(key).or_default().push(at);
        } else if date.is_dated() {
            half.entry((date.start, date.end)).or_default().push(at);
        } else {
            undated.push(at);
        }
    }
    let mut fine = Fine::default();
    for (_, indices) in closed {
        let groups = cluster(singles(items, &indices), items, Group::likeness);
        // Groups merged once more: the first pass depends on who came first.
        let groups = cluster(groups, items, Group::likeness);
        let mut left = Vec::new();
        for group in groups {
            match fine.home(&group) {
                Some(at) => fine.join(at, &group, items),
                None => left.push(group),
            }
        }
        for group in left {
            fine.put(group);
        }
    }
    let waiting = cluster_undated(items, &undated, &mut fine);
    let mut out = fine.groups;
    for (_, indices) in half {
        out.extend(cluster(singles(items, &indices), items, Group::likeness));
    }
    out.extend(cluster_states(items, &states));
    out.extend(waiting);
    for group in &mut out {
        group.items.sort_unstable();
        group.items.dedup();
    }
    out
}

/// Groups with closed dates, found by class and first day.
#[derive(Default)]
struct Fine {
    groups: Vec<Group>,
    by_class: BTreeMap<(Class, NaiveDate), Vec<usize>>,
    by_word: HashMap<u64, Vec<usize>>,
}

impl Fine {
    fn put(&mut self, group: Group) {
        let at = self.groups.len();
        if let (Some(class), Some(start)) = (group.class(), group.date.start) {
            self.by_class.entry((class, start)).or_default().push(at);
        }
        for word in group.words.keys() {
            let list = self.by_word.entry(*word).or_default();
            if list.len() < CANDIDATES * 4 {
                push(list, at);
            }
        }
        self.groups.push(group);
    }

    fn join(&mut self, at: usize, group: &Group, items: &[Item]) {
        if let Some(home) = self.groups.get_mut(at) {
            home.absorb(group, items);
        }
    }

    /// Groups of a class, or one akin to it, that begin within the days given.
    fn within(&self, class: Class, from: NaiveDate, to: NaiveDate) -> Vec<usize> {
        let mut out: Vec<usize> = self
            .by_class
            .range((class, from)..=(class, to))
            .flat_map(|(_, list)| list.iter().copied())
            .take(CANDIDATES * 4)
            .collect();
        if WORDS.is("akin", class.name()) && class.name() != "election" {
            if let Some(other) = WORDS.class_of_noun("election") {
                out.extend(
                    self.by_class
                        .range((other, from)..=(other, to))
                        .flat_map(|(_, list)| list.iter().copied())
                        .take(CANDIDATES * 4),
                );
            }
        }
        out
    }

    /// The finer group inside the days of `group` that tells the same.
    fn home(&self, group: &Group) -> Option<usize> {
        let (from, to) = (group.date.start?, group.date.end?);
        let days = (to - from).num_days();
        if days == 0 && !group.date.approximate {
            return None;
        }
        let class = group.class();
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        if let Some(class) = class {
            candidates.extend(self.within(class, from, to));
        }
        let mut hits: BTreeMap<usize, u32> = BTreeMap::new();
        for word in group.words.keys() {
            for at in self.by_word.get(word).into_iter().flatten() {
                *hits.entry(*at).or_default() += 1;
            }
        }
        candidates.extend(hits.iter().filter(|(_, n)| **n >= 3).map(|(at, _)| *at));
        let once = class.is_some_and(|class| WORDS.is("once", class.name()));
        let mut found: Vec<(f64, usize)> = candidates
            .into_iter()
            .filter_map(|at| {
                let other = self.groups.get(at)?;
                if !group.date.contains(&other.date) {
                    return None;
                }
                let score = group.likeness(other);
                // Within a month or a year many like things happen: only what occurs once, or
                // what is told in the same words, may take the finer date.
                let words = group.word_likeness(other);
                let narrow = if group.same_class(other) {
                    days <= 7 || once || words >= SAME_WORDS
                } else {
                    words >= if days <= 7 { SAME_WORDS } else { 0.7 }
                };
                (score > 0.0 && narrow).then_some((score + 0.05 * other.len().ln(), at))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, at) = *found.first()?;
        let start = self.groups.get(at)?.date.start?;
        // Two homes that fit as well on days far apart: stay coarse.
        let rival = found.iter().skip(1).any(|(score, other)| {
            let far = self
                .groups
                .get(*other)
                .and_then(|other| other.date.start)
                .is_some_and(|day| (day - start).num_days().abs() > 3);
            far && *score > best - 0.1
        });
        (!rival).then_some(at)
    }

    /// The event that an undated group takes for known: "the vote", said not long after it.
    fn known(&self, group: &Group, items: &[Item]) -> Option<usize> {
        let class = group.class()?;
        let item = items.get(*group.items.first()?)?;
        let meant = item.told.definite?;
        let akin = |name: &str| WORDS.is("akin", name);
        let fits = meant == class || (akin(meant.name()) && akin(class.name()));
        if !fits || !(WORDS.is("once", meant.name())) {
            return None;
        }
        let written = item.written?;
        let from = crate::when::calendar::add_days(written, -KNOWN_DAYS);
        let mut found: Vec<(usize, usize)> = self
            .within(meant, from, written)
            .into_iter()
            .filter_map(|at| {
                let other = self.groups.get(at)?;
                let precise = other.date.precision <= Precision::Month;
                let shared = group.shared_entities(other) > 0
                    || group
                        .entities
                        .keys()
                        .any(|entity| other.top.contains(entity));
                (precise && shared).then_some((other.items.len(), at))
            })
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        let (most, at) = *found.first()?;
        let clear = found.get(1).is_none_or(|(next, _)| most >= 2 * next);
        clear.then_some(at)
    }
}

/// Undated mentions: those that speak of a known event join it, the rest meet each other.
fn cluster_undated(items: &[Item], undated: &[usize], fine: &mut Fine) -> Vec<Group> {
    let mut left = Vec::new();
    let mut joins = Vec::new();
    for group in singles(items, undated) {
        match fine.known(&group, items) {
            Some(at) => joins.push((at, group)),
            None => left.push(group),
        }
    }
    for (at, group) in joins {
        fine.join(at, &group, items);
    }
    // Without a date more has to be the same.
    cluster(left, items, |a, b| {
        let words = a.word_likeness(b);
        let shared = a.entity_overlap(b).unwrap_or(0.0);
        let same = a.same_class(b) && shared >= ENTITIES && words >= 0.25;
        if same || words >= 0.6 {
            0.5 + words
        } else {
            0.0
        }
    })
}

/// States: the same who, and starts that can be the same day.
fn cluster_states(items: &[Item], states: &[usize]) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut by_entity: HashMap<u64, Vec<usize>> = HashMap::new();
    // Those that name their start lead: "since 1994" before "for 26 years".
    let mut order: Vec<usize> = states.to_vec();
    order.sort_by_key(|at| {
        items.get(*at).map(|item| {
            let began = item.told.began;
            (
                item.told.date.approximate,
                began.map(|(first, last)| (last - first).num_days()),
                *at,
            )
        })
    });
    for index in order {
        let Some(item) = items.get(index) else {
            continue;
        };
        let part = Group::of(index, item);
        let candidates: BTreeSet<usize> = item
            .entities
            .iter()
            .filter_map(|entity| by_entity.get(entity))
            .flat_map(|list| list.iter().rev().take(CANDIDATES).copied())
            .collect();
        let best = candidates.into_iter().find(|at| {
            out.get(*at)
                .is_some_and(|group| same_state(group, &part, item.written))
        });
        let at = if let Some(at) = best {
            if let Some(group) = out.get_mut(at) {
                group.absorb(&part, items);
            }
            at
        } else {
            out.push(part);
            out.len() - 1
        };
        for entity in &item.entities {
            push(by_entity.entry(*entity).or_default(), at);
        }
    }
    out
}

fn same_state(group: &Group, part: &Group, written: Option<NaiveDate>) -> bool {
    let (Some(mine), Some(theirs)) = (group.began, part.began) else {
        return false;
    };
    if !(mine.0 <= theirs.1 && theirs.0 <= mine.1) {
        return false;
    }
    // What has lasted for years and has the same who is the same; younger states need more.
    let old = written.map_or((theirs.1 - theirs.0).num_days() > 300, |day| {
        (day - theirs.1).num_days() > 2 * 365
    });
    let shared = group.entity_overlap(part).unwrap_or(0.0) >= ENTITIES;
    let alike = group.same_class(part) || group.word_likeness(part) >= LIKE_WORDS;
    shared && (old || alike)
}

/// Pairs of groups that give different days for what only happens once.
pub(super) fn conflicts(groups: &[Group], items: &[Item]) -> Vec<(usize, usize)> {
    let mut by_class: BTreeMap<Class, Vec<(NaiveDate, usize)>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        let Some(class) = group.class() else { continue };
        let stated = group.items.iter().any(|index| {
            items
                .get(*index)
                .is_some_and(|item| item.told.basis == EventBasis::Timex && !item.told.noun)
        });
        if let (true, true, Some(day)) = (
            stated && group.date.is_day(),
            WORDS.is("once", class.name()),
            group.date.start,
        ) {
            by_class.entry(class).or_default().push((day, at));
        }
    }
    let mut out = Vec::new();
    for list in by_class.values_mut() {
        list.sort_unstable();
        for (i, (day, a)) in list.iter().enumerate() {
            for (other, b) in list.iter().skip(i + 1).take(CANDIDATES) {
                if (*other - *day).num_days() > 3 {
                    break;
                }
                let (Some(first), Some(second)) = (groups.get(*a), groups.get(*b)) else {
                    continue;
                };
                let articles = |group: &Group| -> BTreeSet<usize> {
                    group
                        .items
                        .iter()
                        .filter_map(|index| items.get(*index).map(|item| item.article))
                        .collect()
                };
                let same = other != day
                    && first.entity_overlap(second).unwrap_or(0.0) >= 0.75
                    && first.shared_entities(second) >= 2
                    && first.word_likeness(second) >= 0.4
                    && articles(first).is_disjoint(&articles(second));
                if same {
                    out.push((*a, *b));
                }
            }
        }
    }
    out
}
