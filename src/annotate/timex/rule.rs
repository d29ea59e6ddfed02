//! What a rule family is, and the registry of all families.
//!
//! A family is one file with a function that reads one expression at a position, and examples
//! that are its documentation and its tests. Adding one is a file plus a line in [`FAMILIES`].

use super::item::Sentence;
use super::value::Under;
use super::{
    TimexKind, ago, calendar, clock, decade, directed, duration, frame, holiday, numeric, quarter,
    relative, season, set, vague, weekday, year,
};

/// One expression, read off a sentence: items `start..end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// First item.
    pub start: usize,
    /// One past its last item.
    pub end: usize,
    /// What it says.
    pub under: Under,
    /// Its type.
    pub kind: TimexKind,
    /// The rule that read it.
    pub rule: &'static str,
    /// A second expression that shares words with this one ("5-7 March" says two days).
    pub second: Option<(usize, usize, Under)>,
}

impl Match {
    /// A match of type DATE.
    pub(super) const fn date(start: usize, end: usize, under: Under, rule: &'static str) -> Self {
        Self::new(start, end, under, TimexKind::Date, rule)
    }

    /// A match.
    pub(super) const fn new(
        start: usize,
        end: usize,
        under: Under,
        kind: TimexKind,
        rule: &'static str,
    ) -> Self {
        Self {
            start,
            end,
            under,
            kind,
            rule,
            second: None,
        }
    }

    /// One past the last item of both expressions.
    pub(super) fn past(&self) -> usize {
        self.second
            .map_or(self.end, |(_, end, _)| end.max(self.end))
    }
}

/// An example: a text, the day of writing, and what is found: words, type and value.
pub(super) type Example = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

/// A family of rules.
pub(super) struct Family {
    /// Its name.
    #[cfg_attr(not(test), allow(dead_code))] // Read by the table test.
    pub name: &'static str,
    /// Reads the longest expression of the family that begins at an item.
    pub read: fn(&Sentence, usize) -> Option<Match>,
    /// What it reads; the table test runs them all.
    #[cfg_attr(not(test), allow(dead_code))] // Read by the table test.
    pub examples: &'static [Example],
}

/// All families. Of several matches at a place the longest wins, of equally long ones the first.
pub(super) const FAMILIES: &[Family] = &[
    numeric::FAMILY,
    calendar::FAMILY,
    directed::FAMILY,
    year::FAMILY,
    weekday::FAMILY,
    clock::FAMILY,
    quarter::FAMILY,
    holiday::FAMILY,
    season::FAMILY,
    decade::FAMILY,
    relative::FAMILY,
    ago::FAMILY,
    set::FAMILY,
    vague::FAMILY,
    frame::FAMILY,
    duration::FAMILY,
];

/// The longest match of any family at item `i`.
pub(super) fn longest(s: &Sentence, i: usize) -> Option<Match> {
    let mut best: Option<Match> = None;
    for family in FAMILIES {
        if let Some(found) = (family.read)(s, i)
            && found.end > i
            && best.is_none_or(|best| found.past() > best.past())
        {
            best = Some(found);
        }
    }
    best
}
