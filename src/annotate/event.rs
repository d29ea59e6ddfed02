//! Event mentions: clauses that say that something happened, with the date that governs them.
//!
//! The rules work on clauses, in this order: an expression of the clause's own; a day that the
//! sentence before set; the publication date for the headline and the first two sentences;
//! another event that the clause names ("shortly after the vote"); otherwise the mention is undated
//! and says so. Not here: what is one event across sentences (that is [`crate::timeline`]). Invariants: only analysed blocks are read; no mention is put on
//! the publication date outside the lead.

mod anchor;
mod bound;
mod clause;
mod lead;
mod length;
mod lexicon;
mod mention;
mod noun;
mod polarity;
mod refer;
mod signal;
#[cfg(test)]
mod tests;
mod trigger;
mod verb;
mod voice;

use super::{Annotated, EventBasis, EventKind, EventMention, Role};
use crate::text::Span;
use crate::when::Interval;
use anchor::{Sentence, Target};
use lead::{near, settle_leads};
use mention::Maker;
use std::ops::Range;

pub(crate) use clause::{Word, words};
pub(crate) use lead::opening;
pub(crate) use length::length;
pub(crate) use lexicon::{Class, LEXICON as WORDS};
pub(crate) use refer::subject as reference;
pub(crate) use trigger::trigger;

/// Body sentences that count as the lead.
const LEAD: usize = 2;
/// How many sentences a day is carried on.
const CARRY: usize = 2;

/// The day that the sentence before set.
#[derive(Clone, Copy)]
struct Carried {
    date: Interval,
    timex: u32,
    block: u32,
    left: usize,
}

/// Words of the longest stretch that is taken for a sentence. What is longer is a table or a list
/// without full stops; anchoring looks at all pairs of words and dates, so it also bounds the work.
const LONGEST: usize = 500;

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
        if words.len() > LONGEST {
            continue;
        }
        let mut timexes = timexes_of(article, next_timex, *span, &words);
        let masked = mask(article, &words, &timexes);
        // The date of a dateline is that of the report.
        if let Some(end) = lead::dateline(&words, &timexes) {
            timexes.retain(|(_, range)| range.start >= end);
        }
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
        let anchors = maker.same_time(anchor::anchors(&sentence));
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
            .find(|(date, timex)| date.is_day() && !is_planned(&out[from..], *timex));
        if !own_clause && matches!(block.role, Role::Headline | Role::Body) {
            let carry = carried.filter(|carried| {
                carried.block == block.span.start && carried.left > 0 && timexes.is_empty()
            });
            if let Some(mut mention) = maker.undated(
                lead,
                carry.map(|carry| (carry.date, carry.timex)),
                block.role,
            ) {
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
            (Some((date, timex)), _) => Some(Carried {
                date,
                timex,
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
    bound::settle(article, &mut out);
    out.sort_by(|a, b| {
        (a.span.start, a.span.end)
            .cmp(&(b.span.start, b.span.end))
            .then_with(|| a.date.order(&b.date))
            .then(a.timex.cmp(&b.timex))
    });
    out
}

/// True where what the expression dates lies ahead: the story does not go on from there.
fn is_planned(made: &[EventMention], timex: u32) -> bool {
    made.iter()
        .any(|mention| mention.timex == Some(timex) && mention.planned)
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
