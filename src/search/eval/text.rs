//! Terms that need more than the dictionary: phrases, starts and ends, expressions.

use super::{EXACT, Eval, OTHER_SPELLING, Score, Scores};
use crate::annotate::EntityKind;
use crate::search::compare::{has_phrase, holds};
use crate::search::index::{Doc, IN_TEXT, IN_TITLE, Name, stretches};
use crate::search::query::{self, How, Term};
use crate::search::words;
use std::collections::HashSet;

impl Eval<'_> {
    /// Articles with these words one after the other, and names with them. With `open` the last
    /// word may go on.
    pub(super) fn phrase(
        &self,
        asked: &[String],
        open: bool,
        fields: u8,
        kind: Option<EntityKind>,
    ) -> Scores {
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
    pub(in crate::search) fn names_with<'b>(
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
        stretches(&article)
            .into_iter()
            .any(|(span, _)| has_phrase(&words::of(span.of(article.text())), asked, open))
    }

    /// `^`, `$` and both, and expressions over names.
    pub(super) fn edges(&self, term: &Term, kind: Option<EntityKind>) -> Scores {
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

    pub(super) fn regex(&self, term: &Term, title_only: bool) -> Scores {
        let mut scores = self.none();
        let Ok(regex) = query::regex(&term.text) else {
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
                    let mut stretches = stretches(&article).into_iter();
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
