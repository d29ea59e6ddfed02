//! What one word of a query stands for: words of the dictionary and names, each with a quality.

use super::{EXACT, Eval, OTHER_SPELLING, Scores};
use crate::annotate::EntityKind;
use crate::resolve::entity::spelled_alike;
use crate::search::fuzzy::{self, Slip};
use crate::search::index::IN_TITLE;
use crate::search::words;
use std::collections::BTreeMap;

/// Typing slips are looked for in words of this many letters or more.
const SLIP_FROM: usize = 5;
/// Lost letters inside a word are looked for from this many letters on.
const SCATTER_FROM: usize = 4;
/// The word begins with what was typed; plus up to a tenth, the more of it was typed.
const PREFIX: f32 = 0.8;
/// One slip of the keyboard.
const SLIP: f32 = 0.55;
/// A name that is spelled alike.
const ALIKE: f32 = 0.5;
/// One slip, and the word goes on.
const SLIP_START: f32 = 0.4;
/// Letters left out.
const SCATTER: f32 = 0.3;

/// Words and names that a word of a query stands for, with their qualities.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct Meaning {
    pub words: BTreeMap<u32, f32>,
    pub names: BTreeMap<u32, f32>,
}

impl Eval<'_> {
    /// What a folded word stands for. Slips and lost letters are only tried where nothing holds
    /// or begins with the word: quality decides, not the number of hits.
    pub(in crate::search) fn meaning(&self, query: &str, kind: Option<EntityKind>) -> Meaning {
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

    pub(super) fn meaning_scores(&self, meaning: &Meaning, fields: u8) -> Scores {
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
