//! The fold over articles, and the events that come out of it.
//!
//! The state keeps a small profile of each article; merging is done when events are asked for,
//! over all profiles in the order of their hashes. Invariant: [`State::events`] depends on the
//! set of articles and their entities, never on the order or batches in which they came.

use super::event::{Citation, Entities, Event, EventId};
use super::figures::{self, Said};
use super::known::Known;
use super::merge::{self, Group, Item};
use super::profile::{Profile, Told, hash};
use super::voices;
use crate::annotate::{Annotated, EventBasis, EventKind};
use crate::article::ArticleId;
use crate::resolve::EntityId;
use crate::when::Precision;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The fold over articles.
#[derive(Clone, Debug, Default)]
pub struct State {
    articles: BTreeMap<ArticleId, Arc<Profile>>,
}

impl State {
    /// Takes a batch in; gives the ids of events that changed, appeared or went away.
    ///
    /// The ids are those of the events that the mentions of these articles would make alone:
    /// an event of the merged timeline changed where one of its mentions did.
    /// An article whose annotations changed (its date was inferred later) is folded again and
    /// replaces what it said before. A change of entities is taken in by [`Self::events`].
    pub fn fold(&mut self, batch: &[Arc<Annotated>]) -> Vec<EventId> {
        let made: Vec<Profile> = batch
            .par_iter()
            .map(|article| Profile::new(article))
            .collect();
        let mut changed = BTreeSet::new();
        for profile in made {
            let ids = |profile: &Profile| -> Vec<EventId> {
                profile
                    .told
                    .iter()
                    .map(|told| EventId::of(profile.hash, told.sentence, &told.date))
                    .collect()
            };
            changed.extend(ids(&profile));
            if let Some(old) = self.articles.insert(profile.id.clone(), Arc::new(profile)) {
                changed.extend(ids(&old));
            }
        }
        changed.into_iter().collect()
    }

    /// All events in date order, merged with the entities as they are now.
    pub fn events(&self, entities: &dyn Entities) -> Vec<Arc<Event>> {
        let mut profiles: Vec<&Profile> = self.articles.values().map(AsRef::as_ref).collect();
        profiles.sort_by(|a, b| (a.hash, &a.id).cmp(&(b.hash, &b.id)));
        let originals = originals(&profiles);
        let mut topics: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for (at, profile) in profiles.iter().enumerate() {
            topics.entry(profile.topic.as_deref()).or_default().push(at);
        }
        let mut out: Vec<Event> = Vec::new();
        for (topic, members) in topics {
            out.extend(timeline(&profiles, &originals, &members, topic, entities));
        }
        let mut out: Vec<Arc<Event>> = out.into_iter().map(Arc::new).collect();
        out.sort_by(|a, b| a.date.order(&b.date).then_with(|| a.id.cmp(&b.id)));
        out
    }

    /// For each article that is a copy of another (in words, not only in bytes): that other.
    pub fn copies(&self) -> Vec<(ArticleId, ArticleId)> {
        let profiles: Vec<&Profile> = self.articles.values().map(AsRef::as_ref).collect();
        voices::copies(&profiles)
            .into_iter()
            .filter_map(|(copy, first)| {
                Some((
                    profiles.get(copy)?.id.clone(),
                    profiles.get(first)?.id.clone(),
                ))
            })
            .collect()
    }
}

/// For each article the one it is a copy of, or itself.
fn originals(profiles: &[&Profile]) -> Vec<usize> {
    let mut out: Vec<usize> = (0..profiles.len()).collect();
    for (copy, first) in voices::copies(profiles) {
        if let Some(slot) = out.get_mut(copy) {
            *slot = first;
        }
    }
    out
}

/// The events of one topic.
fn timeline(
    profiles: &[&Profile],
    originals: &[usize],
    members: &[usize],
    topic: Option<&str>,
    entities: &dyn Entities,
) -> Vec<Event> {
    let known: HashMap<usize, Known> = members
        .par_iter()
        .filter_map(|at| Some((*at, Known::new(profiles.get(*at)?, entities))))
        .collect();
    let mut items: Vec<Item> = Vec::new();
    for at in members {
        let (Some(profile), Some(known)) = (profiles.get(*at), known.get(at)) else {
            continue;
        };
        let top = known.keys(&profile.top);
        let mut told: Vec<&Told> = profile.told.iter().collect();
        told.sort_by(|a, b| {
            (a.sentence, a.span.start)
                .cmp(&(b.sentence, b.span.start))
                .then_with(|| a.date.order(&b.date))
        });
        items.extend(told.into_iter().map(|told| Item {
            told,
            article: *at,
            entities: known.keys(&told.entities),
            top: top.clone(),
            written: profile.published.end.or(profile.published.start),
        }));
    }
    let groups = merge::merge(&items);
    let mut made: Vec<(Event, f64)> = groups
        .par_iter()
        .map(|group| event(group, &items, profiles, originals, &known, topic))
        .collect();
    // One sentence can anchor several events of one date; their ids are told apart in order.
    let mut used: BTreeSet<EventId> = BTreeSet::new();
    for (at, (event, _)) in made.iter_mut().enumerate() {
        let mut salt = 0_u32;
        while !used.insert(event.id.clone()) {
            salt += 1;
            let first = groups
                .get(at)
                .and_then(|group| items.get(*group.items.first()?));
            let Some((item, profile)) =
                first.and_then(|item| Some((item, profiles.get(item.article)?)))
            else {
                break;
            };
            event.id = EventId::of(
                profile.hash,
                item.told.sentence.wrapping_add(salt << 24),
                &item.told.date,
            );
        }
    }
    for (a, b) in merge::conflicts(&groups, &items) {
        let id = |at: usize| made.get(at).map(|(event, _)| event.id.clone());
        let (Some(first), Some(second)) = (id(a), id(b)) else {
            continue;
        };
        if let Some((event, _)) = made.get_mut(a) {
            event.conflicts.push(second);
        }
        if let Some((event, _)) = made.get_mut(b) {
            event.conflicts.push(first);
        }
    }
    let most = made.iter().map(|(_, raw)| *raw).fold(0.0, f64::max);
    made.into_iter()
        .map(|(mut event, raw)| {
            let share = if most > 0.0 {
                (raw / most).max(0.0)
            } else {
                0.0
            };
            event.score = (share * 1000.0).round() / 1000.0;
            event.conflicts.sort_unstable();
            event.conflicts.dedup();
            event
        })
        .collect()
}

/// One event with its importance, not yet scaled.
fn event(
    group: &Group,
    items: &[Item],
    profiles: &[&Profile],
    originals: &[usize],
    known: &HashMap<usize, Known>,
    topic: Option<&str>,
) -> (Event, f64) {
    let told: Vec<(&Item, &Profile)> = group
        .items
        .iter()
        .filter_map(|at| {
            let item = items.get(*at)?;
            Some((item, *profiles.get(item.article)?))
        })
        .collect();
    let id = told.first().map_or_else(
        || EventId::of(crate::article::ContentHash::default(), 0, &group.date),
        |(item, profile)| EventId::of(profile.hash, item.told.sentence, &item.told.date),
    );
    let mut mentions: Vec<Citation> = Vec::new();
    let mut cited: BTreeSet<(usize, u32)> = BTreeSet::new();
    let mut quotes: BTreeSet<(usize, &str)> = BTreeSet::new();
    let mut said: Vec<Said> = Vec::new();
    let mut sayers: Vec<(usize, usize, u64)> = Vec::new();
    let mut people: BTreeMap<&EntityId, u32> = BTreeMap::new();
    let single_day = group.date.is_day();
    for (item, profile) in &told {
        let Told { sentence, .. } = item.told;
        // A sentence, or a caption printed twice, is cited once.
        if !cited.insert((item.article, *sentence))
            || !quotes.insert((item.article, item.told.quote.as_str()))
        {
            continue;
        }
        let original = originals.get(item.article).copied().unwrap_or(item.article);
        sayers.push((
            item.article,
            original,
            hash(crate::text::normalize::fold(&item.told.quote).as_bytes()),
        ));
        let known = known.get(&item.article);
        for local in &item.told.entities {
            if let Some(id) = known.and_then(|known| known.ids.get(*local as usize)?.as_ref()) {
                *people.entry(id).or_default() += 1;
            }
        }
        for found in &item.told.figures {
            said.push(Said {
                found,
                article: &profile.id,
                voice: original,
                subject: found
                    .subject
                    .and_then(|local| known?.keys.get(local as usize).copied()),
                day: group.date.start.filter(|_| {
                    single_day && (item.told.date.is_day() || item.told.basis == EventBasis::None)
                }),
                written: item.written,
            });
        }
        mentions.push(Citation {
            article: profile.id.clone(),
            span: item.told.span,
            line: item.told.line,
            quote: item.told.quote.clone(),
            basis: item.told.basis,
            timex: item.told.timex.clone(),
            date: item.told.date,
        });
    }
    mentions.sort_by(|a, b| (&a.article, a.span.start).cmp(&(&b.article, b.span.start)));
    let articles: BTreeSet<ArticleId> = mentions
        .iter()
        .map(|citation| citation.article.clone())
        .collect();
    let voices = voices::count(&sayers);
    let mut entities: Vec<(&EntityId, u32)> = people.into_iter().collect();
    entities.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let best = told
        .iter()
        .max_by(|a, b| {
            let fit = |item: &Item| {
                let close = item.told.date == group.date;
                item.told.fit + if close { 0.5 } else { 0.0 }
            };
            fit(a.0)
                .total_cmp(&fit(b.0))
                .then_with(|| b.0.told.quote.len().cmp(&a.0.told.quote.len()))
                .then_with(|| (b.1.hash, b.0.told.sentence).cmp(&(a.1.hash, a.0.told.sentence)))
        })
        .map(|(item, _)| item.told.quote.as_str())
        .unwrap_or_default();
    let states = told
        .iter()
        .filter(|(item, _)| item.told.kind == EventKind::State)
        .count();
    let kind = if states * 2 > told.len() {
        EventKind::State
    } else {
        EventKind::Event
    };
    let planned = told.iter().all(|(item, _)| item.told.planned);
    let denied = denied(&told, planned);
    let raw = importance(group, &told, articles.len(), voices, kind, planned);
    let event = Event {
        id,
        date: group.date,
        text: one_line(best),
        score: 0.0,
        kind,
        planned,
        denied,
        articles: articles.into_iter().collect(),
        first_told: told
            .iter()
            .filter(|(_, profile)| profile.published.is_day())
            .filter_map(|(_, profile)| profile.published.start)
            .min(),
        voices,
        entities: entities.into_iter().map(|(id, _)| id.clone()).collect(),
        conflicts: Vec::new(),
        mentions,
        figures: figures::compare(&said),
        topic: topic.map(str::to_owned),
    };
    (event, raw)
}

/// True for what most of its mentions say did not happen, and for a plan that the newest of its
/// articles says came to nothing.
fn denied(told: &[(&Item, &Profile)], planned: bool) -> bool {
    let denies = |item: &Item| item.told.denied && !item.told.report;
    let off: Vec<&Item> = told
        .iter()
        .map(|(item, _)| *item)
        .filter(|item| denies(item))
        .collect();
    if planned {
        let newest = told.iter().filter_map(|(item, _)| item.written).max();
        return off
            .iter()
            .any(|item| item.written.is_none() || item.written == newest);
    }
    off.len() * 2 > told.len()
}

/// Line breaks inside a sentence become spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Importance: how many tell it independently, how prominently, how precisely it is dated.
fn importance(
    group: &Group,
    told: &[(&Item, &Profile)],
    articles: usize,
    voices: u32,
    kind: EventKind,
    planned: bool,
) -> f64 {
    let count = |test: &dyn Fn(&Told) -> bool| {
        told.iter().filter(|(item, _)| test(item.told)).count() as f64
    };
    let all = told.len().max(1) as f64;
    let mut score = f64::from(voices).ln_1p() + 0.3 * (articles as f64).ln_1p();
    score += 0.2 * all.ln_1p();
    score += 0.6 * (count(&|told| told.lead) / all).min(1.0);
    score += match group.date.precision {
        Precision::Day if !group.date.approximate => 0.4,
        Precision::Day | Precision::Week => 0.3,
        Precision::Undated => -0.7,
        Precision::Year | Precision::Decade => -0.2,
        _ => 0.1,
    };
    if group.class().is_some() {
        score += 0.3;
    }
    score -= 0.4 * count(&|told| told.report) / all;
    score -= 0.25 * count(&|told| told.noun) / all;
    score -= 0.2 * count(&|told| told.basis == EventBasis::None) / all;
    if kind == EventKind::State {
        score -= 0.3;
    }
    if planned {
        score -= 0.1;
    }
    score.max(0.05)
}

/// Used by tests of other rooms: no entity is known.
impl Entities for () {
    fn entity_of(&self, _article: &ArticleId, _local: u32) -> Option<EntityId> {
        None
    }
}
