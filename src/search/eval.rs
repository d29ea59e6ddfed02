//! Which articles a query matches, and how well.
//!
//! Every part of a query gives each article a quality from 0 (no match) to 1 (the very words) and
//! a bonus for where and how often. AND takes the worst quality, OR the best.

use super::fuzzy::{self, Slip};
use super::index::{Doc, IN_TEXT, IN_TITLE, Index, Name};
use super::query::{DateTest, Expr, Field, How, Node, Query, State, Term};
use super::{Marks, words};
use crate::annotate::EntityKind;
use crate::resolve::entity::spelled_alike;
use crate::store::Read;
use crate::text::normalize;
use std::collections::{BTreeMap, HashSet};

/// Typing slips are looked for in words of this many letters or more.
const SLIP_FROM: usize = 5;
/// Lost letters inside a word are looked for from this many letters on.
const SCATTER_FROM: usize = 4;

/// The word itself.
const EXACT: f32 = 1.0;
/// The word begins with what was typed; plus up to a tenth, the more of it was typed.
const PREFIX: f32 = 0.8;
/// The article has the name in another spelling than the typed one.
const OTHER_SPELLING: f32 = 0.9;
/// One slip of the keyboard.
const SLIP: f32 = 0.55;
/// A name that is spelled alike.
const ALIKE: f32 = 0.5;
/// One slip, and the word goes on.
const SLIP_START: f32 = 0.4;
/// Letters left out.
const SCATTER: f32 = 0.3;

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

/// Words and names that a word of a query stands for, with their qualities.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub words: BTreeMap<u32, f32>,
    pub names: BTreeMap<u32, f32>,
}

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

    /// What a folded word stands for. Slips and lost letters are only tried where nothing holds
    /// or begins with the word: quality decides, not the number of hits.
    pub(super) fn meaning(&self, query: &str, kind: Option<EntityKind>) -> Meaning {
        let mut made = Meaning::default();
        let length = query.chars().count();
        for (number, word) in self.index.beginning(query) {
            made.words.insert(number, as_beginning(&word.text, length));
        }
        for (word, names) in self.index.name_words.range(query.to_owned()..) {
            if !word.starts_with(query) {
                break;
            }
            self.add_names(&mut made, names, as_beginning(word, length), kind);
        }
        let known = if kind.is_some() {
            !made.names.is_empty()
        } else {
            !made.words.is_empty() || !made.names.is_empty()
        };
        if !known && length >= SCATTER_FROM {
            self.guess(query, length, kind, &mut made);
        }
        made
    }

    fn add_names(&self, made: &mut Meaning, names: &[u32], quality: f32, kind: Option<EntityKind>) {
        for number in names {
            let fits = self
                .index
                .names
                .get(*number as usize)
                .is_some_and(|n| kind.is_none_or(|k| n.kind == k));
            if fits {
                let known = made.names.entry(*number).or_insert(quality);
                *known = known.max(quality);
            }
        }
    }

    fn guess(&self, query: &str, length: usize, kind: Option<EntityKind>, made: &mut Meaning) {
        let letters: Vec<char> = query.chars().collect();
        let mask = words::mask(query);
        let near = |word: &str, word_mask: u32| -> Option<f32> {
            let count = word.chars().count();
            // A slip adds one letter that the word has not, at most.
            if (mask & !word_mask).count_ones() > 1 || count + 1 < length {
                return None;
            }
            if length >= SLIP_FROM {
                let chars: Vec<char> = word.chars().collect();
                match fuzzy::slip(&chars, &letters) {
                    Some(Slip::Word) => return Some(SLIP),
                    Some(Slip::Start) => return Some(SLIP_START),
                    None => {}
                }
            }
            fuzzy::within_word(word, query).map(|_| SCATTER)
        };
        for (number, word) in (0u32..).zip(&self.index.words) {
            if let Some(quality) = near(&word.text, word.mask) {
                made.words.insert(number, quality);
            }
        }
        for (word, names) in &self.index.name_words {
            let alike =
                || (length >= SLIP_FROM && spelled_alike(word, query).is_some()).then_some(ALIKE);
            let quality = near(word, words::mask(word)).or_else(alike);
            if let Some(quality) = quality {
                self.add_names(made, names, quality, kind);
            }
        }
    }

    fn meaning_scores(&self, meaning: &Meaning, fields: u8) -> Scores {
        let mut scores = self.none();
        let mut raise = |doc: u32, quality: f32, bonus: f32| {
            if let Some(score) = scores.get_mut(doc as usize) {
                score.quality = score.quality.max(quality);
                score.bonus = score.bonus.max(bonus);
            }
        };
        for (number, quality) in &meaning.words {
            let Some(word) = self.index.words.get(*number as usize) else {
                continue;
            };
            for posting in word.postings.iter().filter(|p| p.fields & fields != 0) {
                let title = if posting.fields & IN_TITLE == 0 {
                    0.0
                } else {
                    2.0
                };
                let often = f32::from(posting.count).ln_1p() * 0.5;
                raise(posting.doc, *quality, (1.0 + title + often) * quality);
            }
        }
        // Names of one field are asked for as names: the words need not stand there.
        let through = if fields == 0 { 1.0 } else { OTHER_SPELLING };
        for (number, quality) in &meaning.names {
            let Some(name) = self.index.names.get(*number as usize) else {
                continue;
            };
            for doc in &name.docs {
                raise(*doc, quality * through, quality.to_owned());
            }
        }
        scores
    }

    /// Articles with these words one after the other, and names with them. With `open` the last
    /// word may go on.
    fn phrase(&self, asked: &[String], open: bool, fields: u8, kind: Option<EntityKind>) -> Scores {
        let mut scores = self.none();
        if fields != 0 {
            for doc in self.holding(asked, open) {
                if (self.cancelled)() {
                    break;
                }
                let Some(known) = self.index.docs.get(doc as usize).filter(|doc| doc.alive) else {
                    continue;
                };
                let in_title =
                    fields & IN_TITLE != 0 && has_phrase(&words::of(&known.title), asked, open);
                let found =
                    in_title || (fields & IN_TEXT != 0 && self.text_has(known, asked, open));
                if found && let Some(score) = scores.get_mut(doc as usize) {
                    *score = Score {
                        quality: EXACT,
                        bonus: if in_title { 3.0 } else { 1.0 },
                    };
                }
            }
        }
        for name in self.names_with(asked, open, kind) {
            for doc in &name.docs {
                if let Some(score) = scores.get_mut(*doc as usize) {
                    score.quality =
                        score
                            .quality
                            .max(if fields == 0 { EXACT } else { OTHER_SPELLING });
                    score.bonus = score.bonus.max(1.0);
                }
            }
        }
        scores
    }

    /// Names of which a spelling holds these words one after the other.
    pub(super) fn names_with<'b>(
        &'b self,
        asked: &'b [String],
        open: bool,
        kind: Option<EntityKind>,
    ) -> impl Iterator<Item = &'b Name> {
        // All but the last word are whole, so the first leads to the names, where there are two.
        let first = asked.first().map_or("", String::as_str);
        let exact = asked.len() > 1 || !open;
        let mut numbers: Vec<u32> = self
            .index
            .name_words
            .range(first.to_owned()..)
            .take_while(|(word, _)| word.starts_with(first) && (!exact || *word == first))
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
            .into_iter()
            .filter_map(|number| self.index.names.get(number as usize))
            .filter(move |name| kind.is_none_or(|kind| name.kind == kind))
            .filter(move |name| {
                name.spellings
                    .iter()
                    .any(|words| has_phrase(words, asked, open))
            })
    }

    /// Documents that hold all these words, the last perhaps as a beginning.
    fn holding(&self, asked: &[String], open: bool) -> Vec<u32> {
        let mut sets: Vec<HashSet<u32>> = Vec::new();
        for (at, text) in asked.iter().enumerate() {
            let mut docs = HashSet::new();
            if open && at + 1 == asked.len() {
                for (_, word) in self.index.beginning(text) {
                    docs.extend(word.postings.iter().map(|p| p.doc));
                }
            } else if let Some(word) = self
                .index
                .word(text)
                .and_then(|w| self.index.words.get(w as usize))
            {
                docs.extend(word.postings.iter().map(|p| p.doc));
            }
            sets.push(docs);
        }
        sets.sort_by_key(HashSet::len);
        let Some((first, rest)) = sets.split_first() else {
            return Vec::new();
        };
        let mut docs: Vec<u32> = first
            .iter()
            .copied()
            .filter(|doc| rest.iter().all(|set| set.contains(doc)))
            .collect();
        docs.sort_unstable();
        docs
    }

    fn text_has(&self, doc: &Doc, asked: &[String], open: bool) -> bool {
        let Some(article) = self.store.article(&doc.id) else {
            return false;
        };
        super::index::stretches(&article)
            .into_iter()
            .any(|(span, _)| has_phrase(&words::of(span.of(article.text())), asked, open))
    }

    /// `^`, `$` and both, and expressions over names.
    fn edges(&self, term: &Term, kind: Option<EntityKind>) -> Scores {
        let mut scores = match kind {
            Some(_) => self.none(),
            None => self.filter(|doc| {
                let [start, end] = &doc.edges;
                let text = match term.how {
                    How::End => end,
                    _ => start,
                };
                holds(&doc.title, term) || (term.how != How::Whole && holds(text, term))
            }),
        };
        for name in &self.index.names {
            let fits = kind.is_none_or(|kind| name.kind == kind)
                && name
                    .spellings
                    .iter()
                    .any(|words| holds(&words.join(" "), term));
            for doc in name.docs.iter().filter(|_| fits) {
                if let Some(score) = scores.get_mut(*doc as usize) {
                    score.quality = 1.0;
                }
            }
        }
        scores
    }

    fn regex(&self, term: &Term, title_only: bool) -> Scores {
        let mut scores = self.none();
        let Ok(regex) = super::query::regex(&term.text) else {
            return scores;
        };
        for (score, doc) in scores.iter_mut().zip(&self.index.docs) {
            if !doc.alive || (self.cancelled)() {
                continue;
            }
            let row = self.store.row(&doc.id);
            let in_title = row.is_some_and(|row| regex.is_match(&row.title));
            let in_text = || {
                self.store.article(&doc.id).is_some_and(|article| {
                    let text = article.text();
                    let mut stretches = super::index::stretches(&article).into_iter();
                    stretches.any(|(span, _)| regex.is_match(span.of(text)))
                })
            };
            if in_title || (!title_only && in_text()) {
                *score = Score {
                    quality: EXACT,
                    bonus: if in_title { 3.0 } else { 1.0 },
                };
            }
        }
        scores
    }
}

/// The quality of a word that begins with a query of `length` characters.
fn as_beginning(word: &str, length: usize) -> f32 {
    let all = word.chars().count().max(1);
    if all == length {
        EXACT
    } else {
        PREFIX + 0.1 * length as f32 / all as f32
    }
}

/// Whether folded text matches a term by its marks; words may stand anywhere in it.
fn holds(folded: &str, term: &Term) -> bool {
    let asked = normalize::fold(term.text.trim());
    match term.how {
        How::Fuzzy | How::Phrase => folded.contains(&asked),
        How::Exact => folded
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == asked),
        How::Start => folded.starts_with(&asked),
        How::End => folded
            .trim_end_matches(['.', '!', '?', '"'])
            .ends_with(&asked),
        How::Whole => folded == asked,
        How::Regex => super::query::regex(&term.text).is_ok_and(|regex| regex.is_match(folded)),
    }
}

/// Whether `words` holds `asked` in a row, the last perhaps as a beginning.
pub(super) fn has_phrase(words: &[String], asked: &[String], open: bool) -> bool {
    let Some((last, before)) = asked.split_last() else {
        return true;
    };
    words.windows(asked.len()).any(|run| {
        let Some((run_last, run_before)) = run.split_last() else {
            return false;
        };
        run_before == before
            && if open {
                run_last.starts_with(last)
            } else {
                run_last == last
            }
    })
}
