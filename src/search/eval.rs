//! Which articles a query matches, and how well.
//!
//! Every part of a query gives each article a quality from 0 (no match) to 1 (the very words) and
//! a bonus for where and how often. AND takes the worst quality, OR the best.

use super::compare::{has_phrase, holds};
use super::index::{Doc, IN_TEXT, IN_TITLE, Index};
use super::query::{DateTest, Expr, Field, How, Node, Query, State, Term};
use super::{Marks, words};
use crate::annotate::EntityKind;
use crate::store::Read;

mod meaning;
mod text;

use meaning::Meaning;

/// The word itself.
const EXACT: f32 = 1.0;
/// The article has the name in another spelling than the typed one.
const OTHER_SPELLING: f32 = 0.9;

/// How well an article matches.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Score {
    /// 0 to 1; 0 is no match.
    pub quality: f32,
    /// For field and frequency.
    pub bonus: f32,
}

/// A score for every document.
pub(super) type Scores = Vec<Score>;

/// An evaluation of one query.
pub(super) struct Eval<'a> {
    index: &'a Index,
    store: &'a dyn Read,
    marks: Option<&'a dyn Marks>,
    cancelled: &'a dyn Fn() -> bool,
}

impl<'a> Eval<'a> {
    pub(super) const fn new(
        index: &'a Index,
        store: &'a dyn Read,
        marks: Option<&'a dyn Marks>,
        cancelled: &'a dyn Fn() -> bool,
    ) -> Self {
        Self {
            index,
            store,
            marks,
            cancelled,
        }
    }

    /// The score of every document; those that are gone score nothing.
    pub(super) fn query(&self, query: &Query) -> Scores {
        let mut scores = match &query.root {
            Some(root) => self.expr(root),
            None => self.all(),
        };
        for (score, doc) in scores.iter_mut().zip(&self.index.docs) {
            if !doc.alive {
                *score = Score::default();
            }
        }
        scores
    }

    fn all(&self) -> Scores {
        self.filter(|_| true)
    }

    fn none(&self) -> Scores {
        vec![Score::default(); self.index.docs.len()]
    }

    fn filter(&self, passes: impl Fn(&Doc) -> bool) -> Scores {
        let quality = |doc| if passes(doc) { 1.0 } else { 0.0 };
        let docs = self.index.docs.iter();
        docs.map(|doc| Score {
            quality: quality(doc),
            bonus: 0.0,
        })
        .collect()
    }

    fn expr(&self, expr: &Expr) -> Scores {
        if (self.cancelled)() {
            return self.none();
        }
        match &expr.node {
            Node::And(parts) => self.fold(parts, |a, b| {
                let quality = a.quality.min(b.quality);
                let bonus = if quality > 0.0 {
                    a.bonus + b.bonus
                } else {
                    0.0
                };
                Score { quality, bonus }
            }),
            Node::Or(parts) => self.fold(parts, |a, b| Score {
                quality: a.quality.max(b.quality),
                bonus: a.bonus + b.bonus,
            }),
            Node::Not(part) => {
                let mut scores = self.expr(part);
                for score in &mut scores {
                    *score = Score {
                        quality: if score.quality > 0.0 { 0.0 } else { 1.0 },
                        bonus: 0.0,
                    };
                }
                scores
            }
            Node::Term(term) => self.term(term),
            Node::Field(field, term) => self.field(*field, term),
            Node::Date(test, days) => {
                let asked = days.interval();
                self.filter(|doc| {
                    let known = &doc.published;
                    known.is_dated()
                        && match test {
                            DateTest::On => known.overlaps(&asked),
                            DateTest::After => known.end.is_none_or(|end| Some(end) >= asked.start),
                            DateTest::Before => {
                                known.start.is_none_or(|start| Some(start) <= asked.end)
                            }
                        }
                })
            }
            Node::Is(state) => self.filter(|doc| match (state, self.marks) {
                (State::Undated, _) => !doc.published.is_dated(),
                (State::New, _) => doc.new,
                (State::Unread, marks) => marks.is_none_or(|marks| !marks.is_read(&doc.hash)),
                (State::Starred, marks) => marks.is_some_and(|marks| marks.is_starred(&doc.hash)),
            }),
        }
    }

    fn fold(&self, parts: &[Expr], join: impl Fn(Score, Score) -> Score) -> Scores {
        let mut parts = parts.iter().map(|part| self.expr(part));
        let first = parts.next().unwrap_or_else(|| self.none());
        parts.fold(first, |mut scores, part| {
            for (score, other) in scores.iter_mut().zip(part) {
                *score = join(*score, other);
            }
            scores
        })
    }

    /// A term anywhere: headline, text, names.
    fn term(&self, term: &Term) -> Scores {
        let words = words::of(&term.text);
        match term.how {
            How::Regex => self.regex(term, false),
            How::Start | How::End | How::Whole => self.edges(term, None),
            _ if words.is_empty() => self.all(),
            How::Fuzzy if words.len() == 1 => {
                self.meaning_scores(&self.meaning(&words[0], None), IN_TITLE | IN_TEXT)
            }
            How::Exact if words.len() == 1 => {
                let mut meaning = Meaning::default();
                meaning
                    .words
                    .extend(self.index.word(&words[0]).map(|word| (word, EXACT)));
                self.meaning_scores(&meaning, IN_TITLE | IN_TEXT)
            }
            how => self.phrase(&words, how == How::Fuzzy, IN_TITLE | IN_TEXT, None),
        }
    }

    fn field(&self, field: Field, term: &Term) -> Scores {
        let words = words::of(&term.text);
        let kind = match field {
            Field::Person => EntityKind::Person,
            Field::Org => EntityKind::Org,
            Field::Place => EntityKind::Place,
            Field::Title => return self.title(term, &words),
            Field::Source => {
                return self.filter(|doc| doc.source.iter().any(|source| holds(source, term)));
            }
            Field::Lang => {
                let asked = term.text.to_lowercase();
                return self.filter(|doc| doc.language.to_lowercase() == asked);
            }
            Field::Tag => {
                return self.filter(|doc| {
                    self.marks
                        .is_some_and(|marks| marks.has_tag(&doc.hash, &term.text))
                });
            }
        };
        match term.how {
            How::Fuzzy | How::Exact if words.len() == 1 => {
                let mut meaning = self.meaning(&words[0], Some(kind));
                meaning.words.clear();
                if term.how == How::Exact {
                    meaning.names.retain(|_, quality| *quality >= EXACT);
                }
                self.meaning_scores(&meaning, 0)
            }
            How::Fuzzy | How::Exact | How::Phrase if words.is_empty() => self.all(),
            How::Fuzzy | How::Exact | How::Phrase => {
                self.phrase(&words, term.how == How::Fuzzy, 0, Some(kind))
            }
            _ => self.edges(term, Some(kind)),
        }
    }

    fn title(&self, term: &Term, words: &[String]) -> Scores {
        match term.how {
            How::Start | How::End | How::Whole => self.filter(|doc| holds(&doc.title, term)),
            How::Regex => self.regex(term, true),
            How::Fuzzy if words.len() == 1 => {
                let mut meaning = self.meaning(&words[0], None);
                meaning.names.clear();
                self.meaning_scores(&meaning, IN_TITLE)
            }
            _ if words.is_empty() => self.all(),
            how => {
                let open = how == How::Fuzzy;
                self.filter(|doc| has_phrase(&words::of(&doc.title), words, open))
            }
        }
    }
}
