//! What the features of a name look at: words with their hashes, runs of capitals, the words'
//! other places in the document, gazetteer marks.
//!
//! Everything here is linear in the length of the text. Words far from any capital are not looked
//! at closely: they are outside of names (see [`Word::candidate`]).

use super::hash;
use super::lexicon::{self, LEXICON, WordMap};
use super::model::Model;
use super::word::{NONE, Word, joints};
use crate::text::Span;
use crate::text::token::{self, Token};
use std::ops::Range;

/// How a sentence is capitalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Case {
    /// As running text is.
    #[default]
    Sentence,
    /// Every longer Word Begins With a Capital.
    Title,
    /// ALL IN CAPITALS.
    Capitals,
}

/// A sentence: its words and how it is capitalised.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    pub(crate) words: Range<usize>,
    pub(crate) case: Case,
}

/// The words of one document.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) words: Vec<Word>,
    pub(crate) sentences: Vec<Sentence>,
    /// Maximal stretches of capitalised words within a sentence.
    pub(crate) runs: Vec<Range<usize>>,
    /// Of every capitalised word that occurs more than once: its occurrences.
    pub(crate) groups: Vec<Group>,
}

/// The occurrences of one capitalised word.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// The first of them, at most [`OCCURRENCES`].
    pub(crate) at: Vec<u32>,
    /// It also occurs in lower case.
    pub(crate) lower_case: bool,
}

/// More occurrences of a word than this teach nothing new.
const OCCURRENCES: usize = 24;
/// Longest phrase of the gazetteer, in words.
const PHRASE: usize = 5;
/// Most words between two capitals that can belong to one name.
const GAP: usize = 3;

impl Document {
    /// Looks at the sentences of `text`.
    pub(crate) fn new(
        text: &str,
        sentences: impl IntoIterator<Item = Span>,
        model: &Model,
    ) -> Self {
        let mut made = Self::default();
        for span in sentences {
            let start = made.words.len();
            for token in token::tokenize(text, span) {
                made.push(text, token);
            }
            let words = start..made.words.len();
            if words.is_empty() {
                continue;
            }
            let Some(slice) = made.words.get_mut(words.clone()) else {
                continue;
            };
            let case = case_of(text, slice);
            if case != Case::Capitals {
                // "US", "WHO", "IT": among small letters these are no pronouns.
                for word in slice.iter_mut().filter(|w| w.acronym) {
                    word.classes &= !lexicon::FUNCTION;
                }
            }
            silence(text, span, slice);
            mark_candidates(slice);
            made.sentences.push(Sentence { words, case });
        }
        made.find_runs();
        made.find_groups();
        made.find_phrases(model);
        made.look_up(model);
        made
    }

    fn push(&mut self, text: &str, token: Token) {
        if !token.is_word() {
            self.words.push(Word::new(text, token));
            return;
        }
        let mut rest = token.span;
        for at in joints(token.of(text)) {
            let at = token.span.start as usize + at;
            for span in [Span::new(rest.start as usize, at), Span::new(at, at + 1)] {
                for piece in token::tokenize(text, span) {
                    self.words.push(Word::new(text, piece));
                }
            }
            rest = Span::new(at + 1, token.span.end as usize);
        }
        if rest == token.span {
            self.words.push(Word::new(text, token));
        } else {
            for piece in token::tokenize(text, rest) {
                self.words.push(Word::new(text, piece));
            }
        }
    }

    fn find_runs(&mut self) {
        for sentence in &self.sentences {
            if sentence.case == Case::Capitals {
                continue;
            }
            let mut at = sentence.words.start;
            while at < sentence.words.end {
                let length = self.words[at..sentence.words.end]
                    .iter()
                    .take_while(|w| w.runs())
                    .count();
                if length > 0 {
                    for word in &mut self.words[at..at + length] {
                        word.run = self.runs.len() as u32;
                    }
                    self.runs.push(at..at + length);
                }
                at += length.max(1);
            }
        }
    }

    fn find_groups(&mut self) {
        let mut seen: WordMap<u32> = WordMap::default();
        let mut groups: Vec<Group> = Vec::new();
        for sentence in self.sentences.iter().filter(|s| s.case != Case::Capitals) {
            for at in sentence.words.clone() {
                let word = &mut self.words[at];
                if word.runs() {
                    let group = *seen.entry(word.lower).or_insert_with(|| {
                        groups.push(Group::default());
                        groups.len() as u32 - 1
                    });
                    word.group = group;
                    let group = &mut groups[group as usize];
                    if group.at.len() < OCCURRENCES {
                        group.at.push(at as u32);
                    }
                }
            }
        }
        for word in &mut self.words {
            if word.group == NONE
                && !word.mark
                && let Some(group) = seen.get(&word.lower)
            {
                if word.capital {
                    // A line in capitals: it takes the evidence of the others, but gives none.
                    word.group = *group;
                } else {
                    groups[*group as usize].lower_case = true;
                }
            }
        }
        self.groups = groups;
    }

    fn find_phrases(&mut self, model: &Model) {
        for sentence in &self.sentences {
            for at in sentence.words.clone() {
                if !self.words[at].candidate || !self.words[at].capital {
                    continue;
                }
                let mut phrase = 0;
                let end = sentence.words.end.min(at + PHRASE);
                for last in at..end {
                    phrase = hash::mix(phrase, self.words[last].lower);
                    if !self.words[last].capital {
                        continue;
                    }
                    let bits = u32::from(model.phrase(hash::word_key(hash::finish(phrase))))
                        | u32::from(LEXICON.phrase(phrase)) << 5;
                    if bits == 0 {
                        continue;
                    }
                    let bits = bits & 0xFF;
                    if last == at {
                        self.words[at].phrase |= bits;
                    } else {
                        self.words[at].phrase |= bits << 8;
                        for word in &mut self.words[at + 1..=last] {
                            word.phrase |= bits << 16;
                        }
                    }
                }
            }
        }
    }

    /// Looks up gazetteer and clusters of the words that features look at.
    fn look_up(&mut self, model: &Model) {
        let mut done = 0;
        for at in 0..self.words.len() {
            if !self.words[at].candidate {
                continue;
            }
            let from = at.saturating_sub(2).max(done);
            let to = self.words.len().min(at + 3);
            for word in self.words.get_mut(from..to).unwrap_or_default() {
                let key = hash::word_key(word.lower);
                word.clusters = model.clusters(key);
                if word.capital {
                    word.gazetteer = model.token(key);
                }
            }
            done = to.max(done);
        }
    }
}

fn case_of(text: &str, words: &[Word]) -> Case {
    let (mut letters, mut upper, mut long, mut capital) = (0_usize, 0_usize, 0_usize, 0_usize);
    for word in words.iter().filter(|w| !w.mark && !w.number) {
        for c in word.span.of(text).chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            upper += usize::from(c.is_uppercase());
        }
        if !word.is(lexicon::FUNCTION) {
            long += 1;
            capital += usize::from(word.capital);
        }
    }
    if letters >= 8 && upper * 10 >= letters * 8 && long >= 2 {
        Case::Capitals
    } else if long >= 4 && capital * 10 >= long * 8 {
        Case::Title
    } else {
        Case::Sentence
    }
}

/// Takes addresses and amounts of money out of the words that can be names.
fn silence(text: &str, sentence: Span, words: &mut [Word]) {
    let inside = sentence.of(text);
    if inside.contains("://") || inside.contains("www.") || inside.contains('@') {
        let mut start = sentence.start as usize;
        for chunk in inside.split_inclusive(char::is_whitespace) {
            let end = start + chunk.len();
            let mail = chunk
                .find('@')
                .is_some_and(|at| at > 0 && chunk[at..].contains('.'));
            if chunk.contains("://") || chunk.starts_with("www.") || mail {
                let from = words.partition_point(|w| (w.span.start as usize) < start);
                let to = words.partition_point(|w| (w.span.start as usize) < end);
                for word in words.get_mut(from..to).unwrap_or_default() {
                    word.capital = false;
                    word.classes = 0;
                    word.mark = true;
                }
            }
            start = end;
        }
    }
    for at in 1..words.len() {
        // "US$5", "HK$ 200".
        let [before, this] = [words[at - 1], words[at]];
        if before.acronym
            && this.span.start == before.span.end
            && this.span.of(text).starts_with('$')
        {
            words[at - 1].capital = false;
            words[at - 1].classes = 0;
        }
    }
}

/// Marks the words that can be part of a name: capitals, names of peoples however written, and
/// what can stand between two parts of a name.
fn mark_candidates(words: &mut [Word]) {
    let listed = lexicon::DEMONYM | lexicon::PEOPLE | lexicon::COUNTRY | lexicon::LANGUAGE;
    let inner = lexicon::FUNCTION
        | lexicon::PARTICLE
        | lexicon::ORG_HEAD
        | lexicon::PLACE_HEAD
        | lexicon::FACILITY_HEAD
        | lexicon::PARTY;
    let mut last: Option<usize> = None;
    for at in 0..words.len() {
        let word = words[at];
        let follows = last.is_some_and(|last| last + 1 == at);
        let opener = at == 0 && word.is(lexicon::FUNCTION);
        if !(word.capital && !opener || word.is(listed) || follows && word.number) {
            continue;
        }
        let first = last.map_or(at, |last| last + 1);
        let joined = last.is_some()
            && at - first <= GAP
            && words[first..at]
                .iter()
                .all(|w| w.link || w.number || w.is(inner));
        if joined {
            for word in &mut words[first..at] {
                word.candidate = true;
            }
        } else if at > 0 && words[at - 1].is(lexicon::PARTICLE | lexicon::FUNCTION) {
            // "al Bashir", "The Hague".
            words[at - 1].candidate = true;
        }
        words[at].candidate = true;
        last = Some(at);
    }
}
