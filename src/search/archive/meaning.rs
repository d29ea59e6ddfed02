//! What one word of a query stands for in the dictionaries of all segments.
//!
//! The word itself and words that begin with it always; slips of the keyboard, letters inside and letters left out only
//! where no segment has either, or where the whole query found next to nothing ([`Want::relaxed`]).

use super::bits::Bits;
use super::letters;
use super::levels::{Levels, Tier};
use super::segment::{Lists, Segment};
use crate::annotate::EntityKind;
use crate::resolve::entity::spelled_alike;
use crate::search::fuzzy::{self, Slip};
use rayon::prelude::*;
use std::ops::Range;

/// Typing slips are looked for in words of this many letters or more,
const SLIP_FROM: usize = 4;
/// two of them from this many on.
const TWO_FROM: usize = 8;
/// Letters inside a word are looked for from this many on.
const INSIDE_FROM: usize = 3;
/// Names that are spelled alike are looked for from this many letters on.
const ALIKE_FROM: usize = 5;
/// Guesses that are kept of one tier of a segment.
const MOST_GUESSES: usize = 256;
/// The tiers of guesses.
const NEAR: [Tier; 6] = [
    Tier::Inside,
    Tier::Slip,
    Tier::Alike,
    Tier::SlipStart,
    Tier::Slips,
    Tier::Letters,
];
/// Terms of a beginning whose names are followed into other segments.
const MOST_FOLLOWED: u32 = 2000;

/// Where a word is looked for, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Want {
    pub place: Place,
    /// Nothing but the word itself.
    pub exact: bool,
    /// Slips too, though the word is known.
    pub relaxed: bool,
}

/// Where a word is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// Headline, text, names.
    Anywhere,
    /// The headline.
    Title,
    /// Names of this kind.
    Names(EntityKind),
}

/// What a word stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    /// For each segment the terms that are near, with how near.
    guesses: Vec<Vec<(u32, Tier)>>,
    /// Names that have the word, by id, for segments that know them by other spellings.
    ids: Vec<(Tier, u64)>,
}

/// The meaning of a folded word.
pub(super) fn of(segments: &[&Segment], word: &str, want: Want) -> Meaning {
    let mut made = Meaning {
        guesses: vec![Vec::new(); segments.len()],
        ..Meaning::default()
    };
    let ranges: Vec<Range<u32>> = segments
        .iter()
        .map(|segment| segment.beginning(word))
        .collect();
    let known = segments
        .iter()
        .zip(&ranges)
        .any(|(segment, range)| match want.place {
            Place::Anywhere => !range.is_empty(),
            Place::Title => {
                let titled = |term| segment.lists(term).title.count > 0;
                segment
                    .prefix(word)
                    .map_or_else(|| range.clone().any(titled), |l| l.title.count > 0)
            }
            Place::Names(kind) => range.clone().any(|term| {
                let mut fits = false;
                segment
                    .lists(term)
                    .numbers
                    .each(|name| fits |= has_kind(segment, name, kind));
                fits
            }),
        });
    if !want.exact && (!known || want.relaxed) {
        for (segment, guesses) in segments.iter().zip(&mut made.guesses) {
            *guesses = near(segment, word);
        }
    }
    if segments.len() > 1 && want.place != Place::Title {
        made.follow(segments, word, &ranges, want);
    }
    made
}

fn has_kind(segment: &Segment, name: u32, kind: EntityKind) -> bool {
    segment.name(name).is_some_and(|(own, _)| own == kind)
}

impl Meaning {
    /// Notes the names of all segments that have the word.
    fn follow(&mut self, segments: &[&Segment], word: &str, ranges: &[Range<u32>], want: Want) {
        for ((segment, range), guesses) in segments.iter().zip(ranges).zip(&self.guesses) {
            let mut note = |term, tier| {
                segment.lists(term).numbers.each(|name| {
                    let fits =
                        !matches!(want.place, Place::Names(kind) if !has_kind(segment, name, kind));
                    self.ids
                        .extend(segment.name_id(name).filter(|_| fits).map(|id| (tier, id)));
                });
            };
            if range.end - range.start <= MOST_FOLLOWED {
                for term in range.clone() {
                    let whole = segment.term(term) == word.as_bytes();
                    if whole || !want.exact {
                        note(term, if whole { Tier::Name } else { Tier::Start });
                    }
                }
            }
            for (term, tier) in guesses {
                note(*term, *tier);
            }
        }
        self.ids.sort_unstable();
        self.ids.dedup();
    }

    /// The near words of all segments.
    pub(super) fn guessed<'a>(
        &'a self,
        segments: &'a [&Segment],
    ) -> impl Iterator<Item = (Tier, &'a str)> {
        let own = segments.iter().zip(&self.guesses);
        own.flat_map(|(segment, guesses)| {
            guesses.iter().filter_map(|(term, tier)| {
                let term = std::str::from_utf8(segment.term(*term)).ok()?;
                Some((*tier, term))
            })
        })
    }

    /// The documents of segment `at` that have what the word stands for.
    pub(super) fn levels(&self, segment: &Segment, at: usize, word: &str, want: Want) -> Levels {
        let mut made = Levels::new(segment.docs);
        let exact = segment
            .find(word)
            .map(|term| segment.lists(term))
            .unwrap_or_default();
        let guesses = self.guesses.get(at).map_or(&[][..], Vec::as_slice);
        match want.place {
            Place::Title => {
                made.grow(Tier::Title, |bits| exact.title.add_to(bits));
                if !want.exact {
                    made.grow(Tier::TitleStart, |bits| {
                        beginning(segment, word, bits, |l, b| l.title.add_to(b));
                    });
                }
                self.grow_by(&mut made, guesses, |term, _, bits| {
                    if let Some(term) = term {
                        segment.lists(term).title.add_to(bits);
                    }
                });
            }
            Place::Anywhere => {
                made.grow(Tier::Title, |bits| exact.title.add_to(bits));
                made.grow(Tier::Word, |bits| exact.text.add_to(bits));
                if want.exact {
                    return made;
                }
                made.grow(Tier::Name, |bits| {
                    exact.names.add_to(bits);
                    self.followed(segment, Tier::Name, bits);
                });
                made.grow(Tier::TitleStart, |bits| {
                    beginning(segment, word, bits, |l, b| l.title.add_to(b));
                });
                made.grow(Tier::Start, |bits| {
                    beginning(segment, word, bits, |lists, bits| {
                        lists.text.add_to(bits);
                        lists.names.add_to(bits);
                    });
                    self.followed(segment, Tier::Start, bits);
                });
                self.grow_by(&mut made, guesses, |term, tier, bits| {
                    let Some(term) = term else {
                        return self.followed(segment, tier, bits);
                    };
                    let lists = segment.lists(term);
                    if tier != Tier::Alike {
                        lists.title.add_to(bits);
                        lists.text.add_to(bits);
                    }
                    lists.names.add_to(bits);
                });
            }
            Place::Names(kind) => {
                let named = |lists: Lists<'_>, bits: &mut Bits| {
                    lists.numbers.each(|name| {
                        if has_kind(segment, name, kind) {
                            segment.name_docs(name).add_to(bits);
                        }
                    });
                };
                made.grow(Tier::Title, |bits| {
                    named(exact, bits);
                    self.followed(segment, Tier::Name, bits);
                });
                if want.exact {
                    return made;
                }
                made.grow(Tier::Start, |bits| {
                    segment
                        .beginning(word)
                        .for_each(|term| named(segment.lists(term), bits));
                    self.followed(segment, Tier::Start, bits);
                });
                self.grow_by(&mut made, guesses, |term, tier, bits| match term {
                    Some(term) => named(segment.lists(term), bits),
                    None => self.followed(segment, tier, bits),
                });
            }
        }
        made
    }

    /// Adds the near terms, and the names that other segments know by theirs.
    fn grow_by(
        &self,
        made: &mut Levels,
        guesses: &[(u32, Tier)],
        add: impl Fn(Option<u32>, Tier, &mut Bits),
    ) {
        for tier in NEAR {
            let own = guesses.iter().filter(|(_, own)| *own == tier);
            if own.clone().next().is_some() || self.ids.iter().any(|(own, _)| *own == tier) {
                made.grow(tier, |bits| {
                    own.for_each(|(term, _)| add(Some(*term), tier, bits));
                    add(None, tier, bits);
                });
            }
        }
    }

    /// Documents of names that other segments know by the word.
    fn followed(&self, segment: &Segment, tier: Tier, bits: &mut Bits) {
        let from = self.ids.partition_point(|(own, _)| *own < tier);
        for (_, id) in self
            .ids
            .iter()
            .skip(from)
            .take_while(|(own, _)| *own == tier)
        {
            if let Some(name) = segment.name_with(*id) {
                segment.name_docs(name).add_to(bits);
            }
        }
    }
}

/// Documents of all terms with a beginning.
fn beginning(segment: &Segment, word: &str, bits: &mut Bits, add: impl Fn(Lists<'_>, &mut Bits)) {
    if let Some(lists) = segment.prefix(word) {
        add(lists, bits);
        return;
    }
    segment
        .beginning(word)
        .for_each(|term| add(segment.lists(term), bits));
}

/// Terms near a word that no term has or begins with, sorted by how near.
fn near(segment: &Segment, word: &str) -> Vec<(u32, Tier)> {
    let query: Vec<char> = word.chars().collect();
    if query.len() < INSIDE_FROM {
        return Vec::new();
    }
    let own = letters::of(word);
    let slips = match query.len() {
        ..SLIP_FROM => 0,
        SLIP_FROM..TWO_FROM => 1,
        _ => 2,
    };
    let masks: Vec<u64> = segment.term_masks().collect();
    let finder = memchr::memmem::Finder::new(word);
    let mut found: Vec<(Tier, i64, u32)> = masks
        .par_iter()
        .with_min_len(16_384)
        .enumerate()
        .filter_map(|(term, mask)| {
            let lost = (own & !mask).count_ones();
            if lost > slips.max(3) {
                return None;
            }
            let text = segment.term(term as u32);
            let added = (mask & !own & !letters::IN_NAME).count_ones();
            let alike = || {
                let near = mask & letters::IN_NAME != 0
                    && query.len() >= ALIKE_FROM
                    && lost + added <= 6
                    && text.len().abs_diff(word.len()) <= 4;
                let text = std::str::from_utf8(text).ok().filter(|_| near)?;
                spelled_alike(text, word).map(|_| (Tier::Alike, 0, term as u32))
            };
            if lost > slips {
                return alike();
            }
            if lost == 0 && finder.find(text).is_some() {
                return Some((Tier::Inside, -(text.len() as i64), term as u32));
            }
            let text = std::str::from_utf8(text).ok()?;
            let count = text.chars().count();
            if slips > 0 && lost <= 1 && count + 1 >= query.len() {
                let chars: Vec<char> = text.chars().collect();
                match fuzzy::slip(&chars, &query) {
                    Some(Slip::Word) => return Some((Tier::Slip, 0, term as u32)),
                    Some(Slip::Start) => {
                        return Some((Tier::SlipStart, -(count as i64), term as u32));
                    }
                    None => {}
                }
            }
            if let Some(alike) = alike() {
                return Some(alike);
            }
            if slips > 1 && added <= 2 && count.abs_diff(query.len()) <= 2 {
                let chars: Vec<char> = text.chars().collect();
                if fuzzy::slips(&chars, &query, 2) {
                    return Some((Tier::Slips, 0, term as u32));
                }
            }
            let scattered = lost == 0 && query.len() >= SLIP_FROM;
            scattered
                .then(|| fuzzy::within_word(text, word))?
                .map(|score| (Tier::Letters, score, term as u32))
        })
        .collect();
    found.sort_unstable_by_key(|(tier, score, term)| (*tier, -score, *term));
    let mut of_tier = (Tier::Title, 0);
    found.retain(|(tier, ..)| {
        of_tier = if of_tier.0 == *tier {
            (*tier, of_tier.1 + 1)
        } else {
            (*tier, 1)
        };
        of_tier.1 <= MOST_GUESSES
    });
    found
        .into_iter()
        .map(|(tier, _, term)| (term, tier))
        .collect()
}
