//! One question: from plans to hits, the best tier first, within it the headlines that fit best.
//!
//! Sets are walked tier by tier until there are enough; of those the newest are scored by their headlines. A question
//! that finds next to nothing is asked once more with slips allowed in every word, which adds to the end.

use super::State;
use super::bits::Bits;
use super::check::Check;
use super::columns::Marked;
use super::letters;
use super::levels::Tier;
use super::plan::Plan;
use super::planner::Planner;
use super::scatter;
use super::segment::Segment;
use crate::search::fuzzy;
use crate::search::query::{Field, How, Query};
use crate::search::words;
use crate::text::normalize;
use rayon::prelude::*;
use std::cmp::Reverse;

/// Headlines that are scored for one question: the newest of the best tier.
const SCORED: usize = 2000;
/// What a whole word of a headline counts more than the beginning of one.
const WHOLE: i64 = 16;
/// Fewer hits than this are less than a page: slips, then scattered letters, may fill it.
pub(super) const PAGE: usize = 20;
/// Documents between two looks at whether somebody still waits.
const PATIENCE: usize = 64;

/// In which order hits are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best first: by tier, then by the headline, then by date.
    #[default]
    Best,
    /// Newest first, whatever the tier.
    Newest,
}

/// A question to the archive.
pub struct Ask<'a> {
    /// What is asked.
    pub query: &'a Query,
    /// At most so many hits.
    pub limit: usize,
    /// Their order.
    pub order: Order,
    /// Where nothing is found, look for headlines that have the letters scattered over them. Takes longer.
    pub scattered: bool,
    /// The text of a document, as it was given to the archive: for phrases and expressions.
    pub texts: &'a dyn Fn(u64) -> Option<String>,
    /// At most so many texts are read.
    pub most_texts: usize,
    /// What a person marked.
    pub marks: Option<&'a dyn Marked>,
    /// Asked now and then; once true, the search ends with what it has.
    pub cancelled: &'a dyn Fn() -> bool,
}

/// One document that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its number in the store.
    pub key: u64,
    /// How well it matches.
    pub tier: Tier,
    /// How well its headline does; 0 where that was not looked at.
    pub score: i64,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Documents, in the order that was asked for.
    pub hits: Vec<Found>,
    /// How many there are in all; more than `hits` where the limit cut them.
    pub total: usize,
    /// Slips were looked for in words that are known, too.
    pub relaxed: bool,
    /// False where the search ended before it had looked at everything: `total` is the least it can be.
    pub complete: bool,
}

/// A document on its way to a hit.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub tier: Tier,
    pub score: i64,
    pub day: i32,
    pub key: u64,
    pub segment: u32,
    pub doc: u32,
}

/// Answers a question.
pub(super) fn find(state: &State, ask: &Ask<'_>) -> Answer {
    let segments: Vec<&Segment> = state.segments.iter().map(|own| &*own.segment).collect();
    let mut planner = Planner::new(&segments, state.number, &state.cache, ask.marks);
    let (mut found, mut answer) = collect(state, &planner, ask);
    let asked = fuzzy_words(ask.query);
    // One word that is known is what was meant. Several that are rarely together may be a slip that made another word.
    let as_typed = found.first().is_some_and(|best| best.tier <= Tier::Name);
    let chance = asked.len() > 1 && !as_typed && answer.total < PAGE;
    if (found.is_empty() || chance) && answer.complete && !asked.is_empty() && !(ask.cancelled)() {
        planner.relaxed = true;
        (found, answer) = collect(state, &planner, ask);
        answer.relaxed = true;
    }
    if ask.order == Order::Best {
        rank(&segments, &mut found, &asked);
    }
    if ask.scattered && found.is_empty() && !(ask.cancelled)() {
        let more = scatter::find(state, ask, &found);
        answer.complete &= more.complete;
        answer.total += more.found.len();
        found.extend(more.found);
    }
    found.truncate(ask.limit);
    answer.hits = found
        .iter()
        .map(|found| Found {
            key: found.key,
            tier: found.tier,
            score: found.score,
        })
        .collect();
    answer
}

/// The plain words of a query that headlines are scored by, folded.
fn fuzzy_words(query: &Query) -> Vec<String> {
    let scored = |field: &Option<Field>| matches!(field, None | Some(Field::Title));
    let terms = query.terms().into_iter();
    terms
        .filter(|(field, term)| scored(field) && term.how != How::Regex)
        .flat_map(|(_, term)| words::of(&term.text))
        .collect()
}

/// Walks the tiers. Candidates come by tier, within one newest first.
fn collect(state: &State, planner: &Planner<'_>, ask: &Ask<'_>) -> (Vec<Candidate>, Answer) {
    let plans: Vec<Plan> = (0..state.segments.len())
        .map(|at| planner.plan(ask.query, at))
        .collect();
    let mut tiers = Vec::new();
    for plan in &plans {
        plan.tiers(&mut tiers);
    }
    tiers.sort_unstable();
    tiers.dedup();
    if ask.order == Order::Newest {
        tiers.drain(..tiers.len().saturating_sub(1));
    }
    let wanted = ask.limit.max(SCORED);
    let mut walk = Walk {
        state,
        ask,
        texts: 0,
        complete: !(ask.cancelled)(),
        total: 0,
        taken: state
            .segments
            .iter()
            .map(|own| Bits::new(own.segment.docs))
            .collect(),
    };
    let mut found: Vec<Candidate> = Vec::new();
    for tier in tiers {
        if (ask.cancelled)() {
            walk.complete = false;
            break;
        }
        let room = wanted.saturating_sub(found.len());
        let mut more = Vec::new();
        for (at, plan) in plans.iter().enumerate() {
            walk.tier(at, plan, tier, room, &mut more);
        }
        more.sort_by_key(|one| (Reverse(one.day), Reverse(one.key)));
        more.truncate(room);
        found.extend(more);
    }
    let answer = Answer {
        total: walk.total,
        complete: walk.complete,
        ..Answer::default()
    };
    (found, answer)
}

struct Walk<'a> {
    state: &'a State,
    ask: &'a Ask<'a>,
    texts: usize,
    complete: bool,
    total: usize,
    taken: Vec<Bits>,
}

impl Walk<'_> {
    /// Adds the newest `room` documents of a segment that match at `tier` and no better.
    fn tier(
        &mut self,
        at: usize,
        plan: &Plan,
        tier: Tier,
        room: usize,
        found: &mut Vec<Candidate>,
    ) {
        let (Some(own), Some(taken)) = (self.state.segments.get(at), self.taken.get_mut(at)) else {
            return;
        };
        let segment = &own.segment;
        let mut new = plan.upper(tier, segment.docs).into_owned();
        if let Some(dead) = &own.dead {
            new.and_not(dead);
        }
        new.and_not(taken);
        let candidate = |doc| Candidate {
            tier,
            score: 0,
            day: segment.order(doc),
            key: segment.key(doc),
            segment: at as u32,
            doc,
        };
        if plan.is_sure() {
            found.extend(new.iter().take(room).map(candidate));
            self.total += new.count();
            taken.or(&new);
            return;
        }
        let sure = plan.lower(tier, segment.docs);
        let mut kept = 0;
        for (step, doc) in new.iter().enumerate() {
            if step % PATIENCE == 0 && (self.ask.cancelled)() {
                self.complete = false;
                break;
            }
            if kept >= room {
                // Enough are known; the rest is counted where that costs nothing.
                self.complete = false;
                break;
            }
            let mut text = None;
            let mut passes = |check: &Check| {
                check.passes(segment.title(doc), || {
                    if text.is_none() {
                        if self.texts >= self.ask.most_texts {
                            self.complete = false;
                            return None;
                        }
                        self.texts += 1;
                        text = Some((self.ask.texts)(segment.key(doc)));
                    }
                    text.clone().flatten()
                })
            };
            if sure.has(doc) || plan.holds(doc, tier, &mut passes) {
                kept += 1;
                taken.set(doc);
                found.push(candidate(doc));
            }
        }
        self.total += kept;
    }
}

/// Scores the headlines of the first candidates and sorts them; the order of tiers stays.
fn rank(segments: &[&Segment], found: &mut [Candidate], asked: &[String]) {
    let end = found.len().min(SCORED);
    let Some(first) = found.get_mut(..end).filter(|_| !asked.is_empty()) else {
        return;
    };
    // One letter fits nearly every headline: it tells nothing beside a longer word.
    let longest = asked.iter().map(String::len).max().unwrap_or(0);
    let words = asked.iter().filter(|word| word.len() > 1 || longest == 1);
    let words: Vec<Scorer<'_>> = words.map(|word| Scorer::new(word)).collect();
    first.par_iter_mut().with_min_len(256).for_each(|one| {
        let Some(segment) = segments.get(one.segment as usize) else {
            return;
        };
        let has = segment.title_mask(one.doc);
        if words.iter().any(|word| word.mask & !has == 0) {
            let title = segment.title(one.doc);
            let title = if title.is_ascii() {
                title.to_ascii_lowercase()
            } else {
                normalize::fold(title)
            };
            let scores = words
                .iter()
                .filter_map(|word| word.score(&title, has, one.tier));
            one.score = scores.sum();
        }
    });
    first.sort_by_key(|one| {
        (
            one.tier,
            Reverse(one.score),
            Reverse(one.day),
            Reverse(one.key),
        )
    });
}

/// A word that headlines are scored by.
struct Scorer<'a> {
    word: &'a str,
    mask: u64,
    finder: memchr::memmem::Finder<'a>,
}

impl<'a> Scorer<'a> {
    fn new(word: &'a str) -> Self {
        Self {
            word,
            mask: letters::of(word),
            finder: memchr::memmem::Finder::new(word),
        }
    }

    /// How well it fits a folded headline. Where the article was found by the word or its beginning, letters that are
    /// scattered over the headline mean nothing: only the word is looked at.
    fn score(&self, title: &str, has: u64, tier: Tier) -> Option<i64> {
        if self.mask & !has != 0 {
            return None;
        }
        if tier > Tier::Start {
            return fuzzy::score(title, self.word);
        }
        let before = |at: usize| title.get(..at).and_then(|text| text.chars().next_back());
        let begins = |at: &usize| before(*at).is_none_or(|c| !c.is_alphanumeric());
        let places = || self.finder.find_iter(title.as_bytes());
        let at = places().find(begins).or_else(|| places().next())?;
        let lead = before(at).map_or(0, char::len_utf8);
        let end = at + self.word.len();
        let goes_on = title.get(end..).and_then(|rest| rest.chars().next());
        let whole = begins(&at) && goes_on.is_none_or(|c| !c.is_alphanumeric());
        let score = fuzzy::score(title.get(at - lead..end)?, self.word)?;
        Some(score + if whole { WHOLE } else { 0 })
    }
}
