//! From the tree of a query to a plan for each segment.
//!
//! What a word stands for is found once for all segments; its sets are kept from question to question ([`Cache`]), so a
//! letter more costs the last word only.

use super::bits::Bits;
use super::check::{Check, What};
use super::columns::{self, Marked};
use super::levels::{Levels, Tier};
use super::meaning::{self, Meaning, Place, Want};
use super::plan::Plan;
use super::segment::Segment;
use crate::annotate::EntityKind;
use crate::search::compare::{has_phrase, holds};
use crate::search::query::{self, Expr, Field, How, Node, Query, Term};
use crate::search::words;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Memory that kept sets may take, in bytes.
const MOST_KEPT: usize = 24 << 20;

type Asked = (String, Want);

/// Sets of words that were asked for lately.
#[derive(Debug, Default)]
pub(super) struct Cache {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Latest last.
    rows: Vec<((u64, u64, Asked), Arc<Levels>)>,
}

impl Cache {
    fn get(&self, key: &(u64, u64, Asked), make: impl FnOnce() -> Levels) -> Arc<Levels> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kept = lock();
        if let Some(at) = kept.rows.iter().position(|(own, _)| own == key) {
            let row = kept.rows.remove(at);
            let found = row.1.clone();
            kept.rows.push(row);
            return found;
        }
        drop(kept);
        let levels = Arc::new(make());
        let mut kept = lock();
        kept.rows.push((key.clone(), levels.clone()));
        let mut weight: usize = kept.rows.iter().map(|(_, own)| own.weight()).sum();
        while weight > MOST_KEPT && kept.rows.len() > 1 {
            weight -= kept.rows.remove(0).1.weight();
        }
        levels
    }
}

/// Makes plans for one question.
pub(super) struct Planner<'a> {
    pub segments: &'a [&'a Segment],
    /// The number of the state that the segments are of.
    pub state: u64,
    pub cache: &'a Cache,
    pub marks: Option<&'a dyn Marked>,
    /// Slips are looked for in known words too.
    pub relaxed: bool,
    meanings: RefCell<HashMap<Asked, Arc<Meaning>>>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(
        segments: &'a [&'a Segment],
        state: u64,
        cache: &'a Cache,
        marks: Option<&'a dyn Marked>,
    ) -> Self {
        Self {
            segments,
            state,
            cache,
            marks,
            relaxed: false,
            meanings: RefCell::default(),
        }
    }

    /// The plan of a query for segment `at`.
    pub(super) fn plan(&self, query: &Query, at: usize) -> Plan {
        match (&query.root, self.segments.get(at)) {
            (Some(root), Some(segment)) => Of {
                planner: self,
                segment,
                at,
                relaxed: self.relaxed,
            }
            .expr(root),
            _ => Plan::All,
        }
    }

    /// What a word stands for.
    pub(super) fn meaning(&self, word: &str, want: Want) -> Arc<Meaning> {
        let asked = (word.to_owned(), want);
        if let Some(known) = self.meanings.borrow().get(&asked) {
            return known.clone();
        }
        let made = Arc::new(meaning::of(self.segments, word, want));
        self.meanings.borrow_mut().insert(asked, made.clone());
        made
    }
}

/// The planner at one segment.
struct Of<'a> {
    planner: &'a Planner<'a>,
    segment: &'a Segment,
    at: usize,
    /// Slips are looked for in known words too: not in what must not be there.
    relaxed: bool,
}

impl Of<'_> {
    fn expr(&self, expr: &Expr) -> Plan {
        let all = |parts: &[Expr]| parts.iter().map(|part| self.expr(part)).collect();
        let marks = self.planner.marks;
        match &expr.node {
            Node::And(parts) => Plan::And(all(parts)),
            Node::Or(parts) => Plan::Or(all(parts)),
            Node::Not(part) => {
                let strict = Of {
                    relaxed: false,
                    ..*self
                };
                Plan::Not(Box::new(strict.expr(part)))
            }
            Node::Term(term) => self.term(term),
            Node::Field(field, term) => self.field(*field, term),
            Node::Date(test, days) => set(columns::dated(self.segment, *test, *days)),
            Node::Is(state) => set(columns::state(self.segment, *state, marks)),
        }
    }

    fn term(&self, term: &Term) -> Plan {
        let words = words::of(&term.text);
        match (term.how, words.as_slice()) {
            (How::Regex, _) => self.regex(term, false),
            (How::Start | How::End | How::Whole, _) => Plan::Or(vec![
                self.edge(term, &words, false),
                set_at(Tier::Name, self.edge_names(term, &words, None)),
            ]),
            (_, []) => Plan::All,
            (How::Fuzzy, [word]) => self.word(word, Place::Anywhere, false),
            (How::Exact, [word]) => self.word(word, Place::Anywhere, true),
            (how, _) => {
                let open = how == How::Fuzzy;
                Plan::Or(vec![
                    self.phrase(&words, open, false),
                    set_at(Tier::Name, self.named(&words, open, None)),
                ])
            }
        }
    }

    fn field(&self, field: Field, term: &Term) -> Plan {
        let words = words::of(&term.text);
        let kind = match field {
            Field::Person => EntityKind::Person,
            Field::Org => EntityKind::Org,
            Field::Place => EntityKind::Place,
            Field::Title => return self.title(term, &words),
            Field::Source => return set(columns::source(self.segment, term)),
            Field::Lang => return set(columns::language(self.segment, term)),
            Field::Tag => {
                return set(columns::tagged(
                    self.segment,
                    &term.text,
                    self.planner.marks,
                ));
            }
        };
        match (term.how, words.as_slice()) {
            (How::Fuzzy | How::Exact | How::Phrase, []) => Plan::All,
            (How::Fuzzy | How::Exact, [word]) => {
                self.word(word, Place::Names(kind), term.how == How::Exact)
            }
            (How::Fuzzy | How::Exact | How::Phrase, _) => {
                set(self.named(&words, term.how == How::Fuzzy, Some(kind)))
            }
            _ => set(self.edge_names(term, &words, Some(kind))),
        }
    }

    fn title(&self, term: &Term, words: &[String]) -> Plan {
        match (term.how, words) {
            (How::Start | How::End | How::Whole, _) => self.edge(term, words, true),
            (How::Regex, _) => self.regex(term, true),
            (_, []) => Plan::All,
            (How::Fuzzy, [word]) => self.word(word, Place::Title, false),
            (how, [word]) if how != How::Fuzzy => self.word(word, Place::Title, true),
            (how, _) => self.phrase(words, how == How::Fuzzy, true),
        }
    }

    fn word(&self, word: &str, place: Place, exact: bool) -> Plan {
        let want = Want {
            place,
            exact,
            relaxed: self.relaxed && !exact,
        };
        let key = (
            self.segment.uid,
            self.planner.state,
            (word.to_owned(), want),
        );
        let levels = self.planner.cache.get(&key, || {
            let meaning = self.planner.meaning(word, want);
            meaning.levels(self.segment, self.at, word, want)
        });
        Plan::Set(levels)
    }

    /// Documents with these terms: all in the headline, or all in the text. One row of terms a word.
    fn holding(&self, rows: &[Vec<u32>], title_only: bool) -> Bits {
        let mut found = Bits::new(self.segment.docs);
        for in_title in [true, false] {
            if !in_title && title_only {
                break;
            }
            let mut all = Bits::full(self.segment.docs);
            for terms in rows {
                let mut one = Bits::new(self.segment.docs);
                for term in terms {
                    let lists = self.segment.lists(*term);
                    let list = if in_title { lists.title } else { lists.text };
                    list.add_to(&mut one);
                }
                all.and(&one);
            }
            found.or(&all);
        }
        found
    }

    /// The terms of each word of a row, the last perhaps as a beginning, the first perhaps as an end.
    fn rows(&self, words: &[String], open: bool, ending: bool) -> Vec<Vec<u32>> {
        let last = words.len().saturating_sub(1);
        let terms = |(at, word): (usize, &String)| {
            if ending && at == 0 {
                let bytes = word.as_bytes();
                return (0..self.segment.terms)
                    .filter(|term| self.segment.term(*term).ends_with(bytes))
                    .collect();
            }
            if open && at == last {
                return self.segment.beginning(word).collect();
            }
            self.segment.find(word).into_iter().collect()
        };
        words.iter().enumerate().map(terms).collect()
    }

    fn maybe(&self, rows: &[Vec<u32>], what: What, title_only: bool) -> Plan {
        let bits = self.holding(rows, title_only);
        Plan::Maybe(
            Arc::new(Levels::one(Tier::Title, bits)),
            Check { what, title_only },
        )
    }

    fn phrase(&self, words: &[String], open: bool, title_only: bool) -> Plan {
        let what = What::Phrase(words.to_vec(), open);
        self.maybe(&self.rows(words, open, false), what, title_only)
    }

    fn edge(&self, term: &Term, words: &[String], title_only: bool) -> Plan {
        let rows = self.rows(words, term.how == How::Start, term.how == How::End);
        let title_only = title_only || term.how == How::Whole;
        self.maybe(&rows, What::Edge(term.clone()), title_only)
    }

    fn regex(&self, term: &Term, title_only: bool) -> Plan {
        match query::regex(&term.text) {
            Ok(regex) => self.maybe(&[], What::Regex(regex), title_only),
            Err(_) => set(Bits::new(self.segment.docs)),
        }
    }

    /// Documents of names of which a spelling holds these words in a row.
    fn named(&self, words: &[String], open: bool, kind: Option<EntityKind>) -> Bits {
        let single = open && words.len() == 1;
        self.names_of(&self.rows(words, single, false), kind, |spelling| {
            let own: Vec<String> = spelling.split(' ').map(str::to_owned).collect();
            has_phrase(&own, words, open)
        })
    }

    fn edge_names(&self, term: &Term, words: &[String], kind: Option<EntityKind>) -> Bits {
        let fits = |spelling: &str| holds(spelling, term);
        if term.how == How::Regex || words.is_empty() {
            let names = (0..self.segment.names).collect();
            return self.docs_of(names, kind, fits);
        }
        self.names_of(
            &self.rows(words, term.how == How::Start, term.how == How::End),
            kind,
            fits,
        )
    }

    /// Documents of names that have the first of these words and a spelling that fits.
    fn names_of(
        &self,
        rows: &[Vec<u32>],
        kind: Option<EntityKind>,
        fits: impl Fn(&str) -> bool,
    ) -> Bits {
        let mut names: Vec<u32> = Vec::new();
        for term in rows.first().into_iter().flatten() {
            self.segment
                .lists(*term)
                .numbers
                .each(|name| names.push(name));
        }
        names.sort_unstable();
        names.dedup();
        self.docs_of(names, kind, fits)
    }

    fn docs_of(
        &self,
        names: Vec<u32>,
        kind: Option<EntityKind>,
        fits: impl Fn(&str) -> bool,
    ) -> Bits {
        let mut bits = Bits::new(self.segment.docs);
        for name in names {
            let Some((own, spellings)) = self.segment.name(name) else {
                continue;
            };
            if kind.is_none_or(|kind| kind == own) && spellings.split('\n').any(&fits) {
                self.segment.name_docs(name).add_to(&mut bits);
            }
        }
        bits
    }
}

fn set(bits: Bits) -> Plan {
    set_at(Tier::Title, bits)
}

fn set_at(tier: Tier, bits: Bits) -> Plan {
    Plan::Set(Arc::new(Levels::one(tier, bits)))
}
