//! Event mentions: clauses that say that something happened, with the date that governs them.
//!
//! The rules work on clauses, in this order: an expression of the clause's own; a day that the
//! sentence before set; the publication date for the headline and the first two sentences;
//! otherwise the mention is undated and says so. Not here: what is one event across sentences
//! (that is [`crate::timeline`]). Invariants: only analysed blocks are read; no mention is put on
//! the publication date outside the lead.

mod anchor;
mod clause;
mod lexicon;
mod noun;
mod trigger;

use super::{Annotated, EventBasis, EventKind, EventMention, Role};
use crate::text::Span;
use crate::when::{Interval, Precision, calendar};
use anchor::{Anchor, Sentence, Target};
use clause::{Clause, Tense};
use lexicon::LEXICON;
use std::ops::Range;

pub(crate) use anchor::length;
pub(crate) use clause::{Word, words};
pub(crate) use lexicon::{Class, LEXICON as WORDS};
pub(crate) use trigger::trigger;

/// Body sentences that count as the lead.
const LEAD: usize = 2;
/// A clause with fewer words than this is cited as its whole sentence.
const CLAUSE_WORDS: usize = 4;
/// How many sentences a day is carried on.
const CARRY: usize = 2;

/// The day that the sentence before set.
#[derive(Clone, Copy)]
struct Carried {
    date: Interval,
    block: u32,
    left: usize,
}

/// Finds the event mentions of an article, rising.
pub fn extract(article: &Annotated) -> Vec<EventMention> {
    let mut out: Vec<EventMention> = Vec::new();
    let mut body = 0;
    let mut next_timex = 0;
    let mut carried: Option<Carried> = None;
    let mut waiting: Vec<usize> = Vec::new();
    for (index, span) in article.sentences.iter().enumerate() {
        let Some(block) = article.block(span.start) else {
            continue;
        };
        while article
            .timexes
            .get(next_timex)
            .is_some_and(|timex| timex.span.end <= span.start)
        {
            next_timex += 1;
        }
        let lead = match block.role {
            Role::Headline => true,
            Role::Body => {
                body += 1;
                body <= LEAD
            }
            _ => false,
        };
        let words = clause::words(article.text(), *span);
        let timexes = timexes_of(article, next_timex, *span, &words);
        let masked = mask(article, &words, &timexes);
        let clauses = clause::clauses(&words, &masked);
        let sentence = Sentence {
            article,
            words: &words,
            clauses: &clauses,
            timexes: &timexes,
        };
        let maker = Maker {
            article,
            sentence: index as u32,
            span: *span,
            words: &words,
            clauses: &clauses,
        };
        let anchors = anchor::anchors(&sentence);
        let from = out.len();
        maker.dated(&anchors, &mut out);
        let main = maker.main_clause();
        let own_clause = anchors.iter().any(|anchor| match anchor.target {
            Target::Clause(index) => clauses.get(index) == main,
            Target::Noun(_) => false,
        });
        // Only what the clause itself dates goes on into the next sentence.
        let day = anchors
            .iter()
            .filter(|anchor| {
                matches!(anchor.target, Target::Clause(_)) && anchor.kind == EventKind::Event
            })
            .map(|anchor| (anchor.date, anchor.timex))
            .find(|(date, _)| date.is_day());
        if !own_clause && matches!(block.role, Role::Headline | Role::Body) {
            let carry = carried.filter(|carried| {
                carried.block == block.span.start && carried.left > 0 && timexes.is_empty()
            });
            if let Some(mut mention) =
                maker.undated(lead, carry.map(|carry| carry.date), block.role)
            {
                // "The leaders, who met on Monday, decided ...": one day for both.
                if let (Some((date, timex)), true) = (
                    day.filter(|(date, _)| near(article, date)),
                    mention.basis != EventBasis::Carried && !mention.planned,
                ) && maker.past_main()
                {
                    mention.date = date;
                    mention.basis = EventBasis::Carried;
                    mention.timex = Some(timex);
                }
                if mention.basis == EventBasis::Published {
                    // "There was no result after the May 12 talks": told on that day.
                    let known = out.get(from..).and_then(|made| {
                        made.iter()
                            .find(|other| near(article, &other.date) && !other.planned)
                    });
                    if let Some(other) = known {
                        mention.date = other.date;
                        mention.basis = EventBasis::Carried;
                        mention.timex = other.timex;
                    } else {
                        waiting.push(out.len());
                    }
                }
                out.push(mention);
            }
        }
        carried = match (day, carried) {
            (Some((date, _)), _) => Some(Carried {
                date,
                block: block.span.start,
                left: CARRY,
            }),
            (None, Some(old)) if timexes.is_empty() => Some(Carried {
                left: old.left.saturating_sub(1),
                ..old
            }),
            _ => None,
        };
    }
    settle_leads(article, &mut out, &waiting);
    out.sort_by(|a, b| {
        (a.span.start, a.span.end)
            .cmp(&(b.span.start, b.span.end))
            .then_with(|| a.date.order(&b.date))
            .then(a.timex.cmp(&b.timex))
    });
    out
}

/// True for a day at most three days before the article was written.
fn near(article: &Annotated, date: &Interval) -> bool {
    let published = article.published.interval;
    match (published.end.or(published.start), date.start) {
        (Some(written), Some(day)) if date.is_day() => {
            (0..=3).contains(&(written - day).num_days())
        }
        _ => false,
    }
}

fn headline(article: &Annotated, mention: &EventMention) -> bool {
    article
        .block(mention.span.start)
        .is_some_and(|block| block.role == Role::Headline)
}

/// True where `other` stands in the first body sentence after a headline, and tells of somebody
/// that the headline names: a headline sums up what comes next.
fn opens_body(article: &Annotated, headline: &EventMention, other: &EventMention) -> bool {
    let first = article.sentences.iter().position(|span| {
        article
            .block(span.start)
            .is_some_and(|block| block.role == Role::Body)
    });
    first == Some(other.sentence as usize)
        && (headline.entities.is_empty()
            || headline
                .entities
                .iter()
                .any(|entity| other.entities.contains(entity)))
}

/// Dates what the lead tells, at the places `waiting`.
///
/// A lead takes the day that a following sentence gives to the same kind of event, when that day
/// is shortly before publication: "has met ..." and then "the April 22 talks". What is left tells
/// one story, so it gets one date, the widest of its sentences.
fn settle_leads(article: &Annotated, out: &mut [EventMention], waiting: &[usize]) {
    let mut left = Vec::new();
    for at in waiting {
        let Some(mention) = out.get(*at).cloned() else {
            continue;
        };
        let wanted = trigger(article, &mention).class;
        let found = out
            .iter()
            .filter(|other| {
                other.basis == EventBasis::Timex
                    && !other.planned
                    && near(article, &other.date)
                    && other.sentence > mention.sentence
                    && other.sentence <= mention.sentence + 4
            })
            .find(|other| {
                let same = wanted.is_some() && trigger(article, other).class == wanted;
                same || (headline(article, &mention) && opens_body(article, &mention, other))
            })
            .map(|other| (other.date, other.timex));
        match (found, out.get_mut(*at)) {
            (Some((date, timex)), Some(mention)) => {
                mention.date = date;
                mention.basis = EventBasis::Carried;
                mention.timex = timex;
            }
            _ if !mention.planned => left.push(*at),
            _ => {}
        }
    }
    let widest = left
        .iter()
        .filter_map(|at| out.get(*at))
        .map(|mention| mention.date)
        .max_by_key(Interval::days);
    for at in left {
        if let (Some(mention), Some(date)) = (out.get_mut(at), widest) {
            mention.date = date;
        }
    }
}

/// The expressions inside `span`, with their words.
fn timexes_of(
    article: &Annotated,
    from: usize,
    span: Span,
    words: &[Word],
) -> Vec<(u32, Range<usize>)> {
    let mut out = Vec::new();
    for (index, timex) in article.timexes.iter().enumerate().skip(from) {
        if timex.span.start >= span.end {
            break;
        }
        let start = words.partition_point(|word| word.span.end <= timex.span.start);
        let end = words.partition_point(|word| word.span.start < timex.span.end);
        if start < end {
            out.push((index as u32, start..end));
        }
    }
    out
}

/// Words that cannot be verbs: parts of time expressions and capitalized parts of names.
fn mask(article: &Annotated, words: &[Word], timexes: &[(u32, Range<usize>)]) -> Vec<bool> {
    let mut masked = vec![false; words.len()];
    for (_, range) in timexes {
        for at in range.clone() {
            if let Some(mask) = masked.get_mut(at) {
                *mask = true;
            }
        }
    }
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return masked;
    };
    let from = article
        .mentions
        .partition_point(|mention| mention.span.end <= first.span.start);
    for mention in article.mentions.iter().skip(from) {
        if mention.span.start >= last.span.end {
            break;
        }
        let start = words.partition_point(|word| word.span.end <= mention.span.start);
        let end = words.partition_point(|word| word.span.start < mention.span.end);
        for mask in masked.iter_mut().take(end).skip(start) {
            *mask = true;
        }
    }
    masked
}

/// Makes the mentions of one sentence.
struct Maker<'a> {
    article: &'a Annotated,
    sentence: u32,
    span: Span,
    words: &'a [Word],
    clauses: &'a [Clause],
}

impl Maker<'_> {
    /// The bytes of a stretch of words, or of the sentence where the stretch is too short to quote.
    fn quote(&self, words: &Range<usize>) -> Span {
        let letters = words
            .clone()
            .filter_map(|at| self.words.get(at))
            .filter(|word| word.text.starts_with(char::is_alphanumeric))
            .count();
        let first = self.words.get(words.start);
        let last = words.end.checked_sub(1).and_then(|at| self.words.get(at));
        match (first, last) {
            (Some(first), Some(last)) if letters >= CLAUSE_WORDS => first.span.cover(last.span),
            _ => self.span,
        }
    }

    /// Entities of a clause; a clause without a subject of its own borrows the one before it.
    fn entities(&self, clause: &Range<usize>, verb: Option<usize>) -> Vec<u32> {
        let bounds = |range: &Range<usize>| {
            let first = self.words.get(range.start)?.span.start;
            let last = self.words.get(range.end.checked_sub(1)?)?.span.end;
            Some(Span {
                start: first,
                end: last,
            })
        };
        let Some(span) = bounds(clause) else {
            return Vec::new();
        };
        let mentions = &self.article.mentions;
        let from = mentions.partition_point(|mention| mention.span.end <= self.span.start);
        let here = || {
            mentions
                .iter()
                .skip(from)
                .take_while(|mention| mention.span.start < self.span.end)
        };
        let mut out: Vec<u32> = here()
            .filter(|mention| span.contains(mention.span))
            .map(|mention| mention.entity)
            .collect();
        let verb_at = verb
            .and_then(|at| self.words.get(at))
            .map_or(span.start, |word| word.span.start);
        let subject =
            here().any(|mention| span.start <= mention.span.start && mention.span.start < verb_at);
        if !subject {
            let relative = self.words.get(clause.start).is_some_and(|word| {
                matches!(word.text.as_str(), "who" | "which" | "whose" | "where")
            });
            let borrowed = if relative {
                here()
                    .take_while(|mention| mention.span.end <= span.start)
                    .last()
            } else {
                here()
                    .next()
                    .filter(|mention| mention.span.end <= span.start)
            };
            out.extend(borrowed.map(|mention| mention.entity));
        }
        if out.is_empty() {
            out.extend(here().map(|mention| mention.entity));
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// True where `date` lies after every day on which the article can have been written.
    fn ahead(&self, date: &Interval) -> bool {
        let published = self.article.published.interval;
        match (published.end.or(published.start), date.start) {
            (Some(written), Some(start)) => start > written,
            _ => false,
        }
    }

    /// Mentions that a time expression of the sentence dates.
    fn dated(&self, anchors: &[Anchor], out: &mut Vec<EventMention>) {
        let from = out.len();
        for anchor in anchors {
            let (words, verb) = match anchor.target {
                Target::Clause(index) => match self.clauses.get(index) {
                    Some(clause) => (clause.words.clone(), clause.verb.as_ref()),
                    None => continue,
                },
                Target::Noun(at) => {
                    let clause = self
                        .clauses
                        .iter()
                        .find(|clause| clause.words.contains(&at));
                    (
                        clause.map_or(0..self.words.len(), |clause| clause.words.clone()),
                        None,
                    )
                }
            };
            let tense = verb.map(|verb| verb.tense);
            let is_noun = matches!(anchor.target, Target::Noun(_));
            // What could or should be is no event, nor is a line that says nothing of anything.
            let telling = is_noun
                || verb.is_some()
                || words
                    .clone()
                    .filter_map(|at| self.words.get(at))
                    .any(|word| LEXICON.class_of_noun(&word.text).is_some());
            if tense == Some(Tense::Modal) || !telling {
                continue;
            }
            let ahead = self.ahead(&anchor.date);
            let planned = ahead
                || (tense == Some(Tense::Future)
                    && (anchor.date.start.is_none() || !self.past(&anchor.date)));
            let kind = match verb {
                Some(verb)
                    if anchor.kind == EventKind::Event
                        && LEXICON.is("state", &verb.base)
                        && anchor.date.precision >= Precision::Year =>
                {
                    EventKind::State
                }
                _ => anchor.kind,
            };
            let mention = EventMention {
                span: self.quote(&words),
                sentence: self.sentence,
                date: anchor.date,
                kind,
                planned,
                basis: EventBasis::Timex,
                timex: Some(anchor.timex),
                entities: self.entities(&words, verb.map(|verb| verb.at)),
            };
            // A coarser expression of the same clause adds nothing to a finer one.
            let rival = out.iter().skip(from).position(|other| {
                !is_noun
                    && other.span == mention.span
                    && other.kind == mention.kind
                    && (mention.date.contains(&other.date) || other.date.contains(&mention.date))
            });
            match rival.and_then(|at| out.get_mut(from + at)) {
                Some(other) if mention.date.contains(&other.date) => {}
                Some(other) => *other = mention,
                None => out.push(mention),
            }
        }
    }

    /// True where `date` ends before the article can have been written.
    fn past(&self, date: &Interval) -> bool {
        let published = self.article.published.interval;
        match (published.start.or(published.end), date.end) {
            (Some(written), Some(end)) => end < written,
            _ => false,
        }
    }

    /// The clause that the sentence is about: the first that is neither dependent nor quoted.
    fn main_clause(&self) -> Option<&Clause> {
        let dependent = |clause: &&Clause| {
            self.words.get(clause.head).is_some_and(|word| {
                matches!(
                    word.text.as_str(),
                    "who"
                        | "whom"
                        | "whose"
                        | "which"
                        | "where"
                        | "when"
                        | "while"
                        | "because"
                        | "although"
                        | "though"
                        | "after"
                        | "before"
                        | "since"
                        | "until"
                        | "as"
                        | "that"
                        | "if"
                        | "following"
                )
            })
        };
        self.clauses
            .iter()
            .filter(|clause| !clause.quoted)
            .find(|clause| !dependent(clause))
            .or_else(|| self.clauses.iter().find(|clause| !clause.quoted))
    }

    /// The mention of a sentence whose main clause has no expression of its own.
    fn undated(&self, lead: bool, carried: Option<Interval>, role: Role) -> Option<EventMention> {
        let clause = self.main_clause()?;
        let verb = clause.verb.as_ref();
        let entities = self.entities(&clause.words, verb.map(|verb| verb.at));
        let class = self.class_in(clause);
        let tense = match verb {
            Some(verb) => verb.tense,
            // Headlines leave auxiliaries out; other verbless lines tell nothing.
            None if role == Role::Headline && class.is_some() => Tense::Present,
            None => return None,
        };
        let base = verb.map_or("", |verb| verb.base.as_str());
        let report = LEXICON.is("report", base);
        // "We have won" without its quotation marks is still somebody's words.
        let speech = self
            .words
            .iter()
            .any(|word| matches!(word.text.as_str(), "we" | "i" | "our" | "my" | "us"));
        if speech && !lead {
            return None;
        }
        let copula = matches!(base, "be" | "have" | "will" | "can") || LEXICON.is("state", base);
        if self.words.len() < 5 || (entities.is_empty() && class.is_none()) {
            return None;
        }
        let mention = |date, planned, basis| {
            Some(EventMention {
                span: self.quote(&clause.words),
                sentence: self.sentence,
                date,
                kind: EventKind::Event,
                planned,
                basis,
                timex: None,
                entities: entities.clone(),
            })
        };
        if lead {
            if (copula && class.is_none()) || tense == Tense::Modal || tense == Tense::Pluperfect {
                return None;
            }
            let date = self.lead_date(tense);
            let basis = if date.is_dated() {
                EventBasis::Published
            } else {
                EventBasis::None
            };
            return mention(date, tense == Tense::Future, basis);
        }
        if report || (copula && class.is_none()) {
            return None;
        }
        match (tense, carried) {
            (Tense::Past, Some(date)) if self.continues() => {
                mention(date, false, EventBasis::Carried)
            }
            (Tense::Past | Tense::Perfect | Tense::Pluperfect, _) => {
                let telling = class.is_some() || !LEXICON.is("light", base);
                if telling {
                    mention(Interval::UNDATED, false, EventBasis::None)
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// True where the main clause tells the past.
    fn past_main(&self) -> bool {
        self.main_clause()
            .and_then(|clause| clause.verb.as_ref())
            .is_some_and(|verb| verb.tense == Tense::Past)
    }

    /// True where the sentence goes on with what the one before told.
    fn continues(&self) -> bool {
        const BREAKS: [&str; 8] = [
            "earlier",
            "previously",
            "before",
            "separately",
            "elsewhere",
            "meanwhile",
            "last",
            "historically",
        ];
        self.words
            .first()
            .is_some_and(|word| !BREAKS.contains(&word.text.as_str()))
    }

    /// The class of what a clause tells: of its verb, else of the first event noun in it.
    fn class_in(&self, clause: &Clause) -> Option<Class> {
        trigger::verb_class(self.words, clause).or_else(|| {
            clause
                .words
                .clone()
                .filter_map(|at| self.words.get(at))
                .find_map(|word| LEXICON.class_of_noun(&word.text))
        })
    }

    /// When a lead without an expression happened: told in the present, on the day of
    /// publication; in the past, on it or the day before.
    fn lead_date(&self, tense: Tense) -> Interval {
        let published = self.article.published.interval;
        let (Some(start), Some(end)) = (published.start, published.end) else {
            return Interval::UNDATED;
        };
        match tense {
            Tense::Future => Interval::after(start).about(),
            Tense::Present => Interval {
                at: None,
                ..published.about()
            },
            _ if published.precision == Precision::Day || (end - start).num_days() <= 7 => {
                Interval::range(calendar::add_days(start, -1), end).about()
            }
            _ => Interval {
                at: None,
                ..published.about()
            },
        }
    }
}
