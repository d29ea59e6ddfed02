//! The mentions of one sentence, made from its clauses and the expressions that date them.

use super::anchor::{Anchor, Target};
use super::clause::{Clause, Word};
use super::lead;
use super::lexicon::{Class, LEXICON};
use super::refer;
use super::trigger::verb_class;
use super::verb::Tense;
use super::voice;
use crate::annotate::{Annotated, EventBasis, EventKind, EventMention, Role};
use crate::text::Span;
use crate::when::{Interval, Precision};
use std::ops::Range;

/// A clause with fewer words than this is cited as its whole sentence.
const CLAUSE_WORDS: usize = 4;

/// Makes the mentions of one sentence.
pub(super) struct Maker<'a> {
    pub(super) article: &'a Annotated,
    pub(super) sentence: u32,
    pub(super) span: Span,
    pub(super) words: &'a [Word],
    pub(super) clauses: &'a [Clause],
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
        let meant = verb.filter(|_| !subject).and_then(|at| {
            let before = clause.start..at.max(clause.start);
            refer::referent(self.article, self.words, before, self.sentence)
        });
        if meant.is_some() {
            out.extend(meant);
        } else if !subject {
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
    pub(super) fn dated(&self, anchors: &[Anchor], out: &mut Vec<EventMention>) {
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
                || anchor.planned
                || (tense == Some(Tense::Future) && !self.begun(&anchor.date));
            let kind = match verb {
                Some(verb)
                    if anchor.kind == EventKind::Event
                        && !planned
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

    /// The links of a sentence, and those that a "when" clause hands to the clause beside it:
    /// "19 people died when the dam failed on March 14".
    pub(super) fn same_time(&self, anchors: Vec<Anchor>) -> Vec<Anchor> {
        let mut out = anchors;
        for at in 0..out.len() {
            let Some(anchor) = out.get(at) else {
                continue;
            };
            let Target::Clause(index) = anchor.target else {
                continue;
            };
            let when = self.clauses.get(index).is_some_and(|clause| {
                let head = self.words.get(clause.head);
                head.is_some_and(|word| word.text == "when") && happened(clause)
            });
            if !when || anchor.kind != EventKind::Event || !anchor.date.is_day() {
                continue;
            }
            let beside = index.checked_sub(1).unwrap_or(index + 1);
            let free = !out
                .iter()
                .any(|other| other.target == Target::Clause(beside));
            if free && self.clauses.get(beside).is_some_and(happened) {
                let mut link = anchor.clone();
                link.target = Target::Clause(beside);
                out.push(link);
            }
        }
        out
    }

    /// True where `date` begins before the article can have been written, and ends before it where
    /// it ends: "closed since May and will stay so".
    fn begun(&self, date: &Interval) -> bool {
        let published = self.article.published.interval;
        let (Some(written), Some(start)) = (published.start.or(published.end), date.start) else {
            return false;
        };
        date.end.map_or(start < written, |end| end < written)
    }

    /// The clause that the sentence is about: the first that is neither dependent nor quoted.
    pub(super) fn main_clause(&self) -> Option<&Clause> {
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
    pub(super) fn undated(
        &self,
        lead: bool,
        carried: Option<(Interval, u32)>,
        role: Role,
    ) -> Option<EventMention> {
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
        // A question tells nothing.
        let asks = self.words.last().is_some_and(|word| word.text == "?");
        if (speech && !lead) || asks {
            return None;
        }
        let copula = matches!(base, "be" | "have" | "will" | "can") || LEXICON.is("state", base);
        if self.words.len() < 5 || (entities.is_empty() && class.is_none()) {
            return None;
        }
        let mention = |date, planned, basis, timex| {
            Some(EventMention {
                span: self.quote(&clause.words),
                sentence: self.sentence,
                date,
                kind: EventKind::Event,
                planned,
                basis,
                timex,
                entities: entities.clone(),
            })
        };
        if lead {
            if (copula && class.is_none()) || tense == Tense::Modal || tense == Tense::Pluperfect {
                return None;
            }
            // When what somebody is accused of was, the day of the report does not tell.
            let date = if voice::accuses(self.words, clause) {
                Interval::UNDATED
            } else {
                lead::date(self.article, tense)
            };
            let basis = if date.is_dated() {
                EventBasis::Published
            } else {
                EventBasis::None
            };
            return mention(date, tense == Tense::Future, basis, None);
        }
        if report || (copula && class.is_none()) {
            return None;
        }
        match (tense, carried) {
            (Tense::Past, Some((date, timex)))
                if self.continues() && !voice::alleges(self.words, clause) =>
            {
                mention(date, false, EventBasis::Carried, Some(timex))
            }
            (Tense::Past | Tense::Perfect | Tense::Pluperfect, _) => {
                let telling = class.is_some() || !LEXICON.is("light", base);
                if telling {
                    mention(Interval::UNDATED, false, EventBasis::None, None)
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// True where the main clause tells the past.
    pub(super) fn past_main(&self) -> bool {
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
        verb_class(self.words, clause).or_else(|| {
            clause
                .words
                .clone()
                .filter_map(|at| self.words.get(at))
                .find_map(|word| LEXICON.class_of_noun(&word.text))
        })
    }
}

/// True where a clause tells in the past tense that something happened, in nobody's words.
fn happened(clause: &Clause) -> bool {
    let Some(verb) = clause.verb.as_ref().filter(|_| !clause.quoted) else {
        return false;
    };
    let base = verb.base.as_str();
    let held = matches!(base, "be" | "have") || LEXICON.is("state", base);
    verb.tense == Tense::Past && !held && !LEXICON.is("report", base)
}
