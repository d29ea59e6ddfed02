//! Word lists for date lines: months, weekdays, zones, labels. Data in `assets/published`.
//!
//! Not here: words of running text, which belong to [`crate::annotate::timex`].

use crate::text::normalize::fold;
use chrono::Weekday;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a label beside a date says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// The date of publication.
    Published,
    /// A later touch: an upper bound.
    Modified,
    /// The date of something else.
    Event,
}

/// The distance of a zone from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes east of UTC.
    Fixed(i32),
    /// Minutes east of UTC in winter; an hour more under the American daylight rule.
    American(i32),
}

/// The lists, folded for lookup.
pub(super) struct Lexicon {
    months: HashMap<String, u32>,
    weekdays: HashMap<String, Weekday>,
    zones: HashMap<String, Zone>,
    /// Folded phrases with what they say, in file order.
    labels: Vec<(String, Label)>,
    beside: HashSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

/// The lists.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// The lines of a list without comments and blank lines.
fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Lexicon {
    fn load() -> Self {
        let mut months = HashMap::new();
        for line in entries(include_str!("../../../assets/published/months.txt")) {
            let (number, names) = line.split_once(' ').unwrap_or_default();
            let number: u32 = number.parse().unwrap_or_default();
            months.extend(names.split_whitespace().map(|name| (fold(name), number)));
        }
        let mut weekdays = HashMap::new();
        for line in entries(include_str!("../../../assets/published/weekdays.txt")) {
            let first = line.split_whitespace().next().unwrap_or_default();
            if let Ok(day) = first.parse::<Weekday>() {
                weekdays.extend(line.split_whitespace().map(|name| (fold(name), day)));
            }
        }
        let mut zones = HashMap::new();
        for line in entries(include_str!("../../../assets/published/zones.txt")) {
            let mut parts = line.split_whitespace();
            let (Some(name), Some(offset)) = (parts.next(), parts.next()) else {
                continue;
            };
            let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "0"));
            let hours: i32 = hours.parse().unwrap_or_default();
            let minutes: i32 = minutes.parse().unwrap_or_default();
            let offset = hours * 60 + minutes;
            let zone = match parts.next() {
                Some("us") => Zone::American(offset),
                _ => Zone::Fixed(offset),
            };
            zones.insert(name.to_owned(), zone);
        }
        let labels = entries(include_str!("../../../assets/published/labels.txt"))
            .filter_map(|line| {
                let (kind, phrase) = line.split_once(' ')?;
                let label = match kind {
                    "published" => Label::Published,
                    "modified" => Label::Modified,
                    "event" => Label::Event,
                    _ => return None,
                };
                Some((fold(phrase), label))
            })
            .collect();
        let beside = entries(include_str!("../../../assets/published/beside.txt"))
            .flat_map(str::split_whitespace)
            .map(fold)
            .collect();
        Self {
            months,
            weekdays,
            zones,
            labels,
            beside,
        }
    }

    /// The month a folded word names, 1 to 12.
    pub(super) fn month(&self, folded: &str) -> Option<u32> {
        self.months.get(folded).copied()
    }

    /// The weekday a folded word names.
    pub(super) fn weekday(&self, folded: &str) -> Option<Weekday> {
        self.weekdays.get(folded).copied()
    }

    /// The zone a folded word names.
    pub(super) fn zone(&self, folded: &str) -> Option<Zone> {
        self.zones.get(folded).copied()
    }

    /// True for a small word that may stand beside a date in a date line.
    pub(super) fn is_beside(&self, folded: &str) -> bool {
        self.beside.contains(folded)
    }

    /// The label that ends the folded text before a date, and the byte where it begins.
    ///
    /// Of several that end there the longest wins; a label begins at a word boundary.
    pub(super) fn label_before(&self, folded: &str) -> Option<(usize, Label)> {
        let head = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
        self.labels
            .iter()
            .filter(|(phrase, _)| head.ends_with(phrase.as_str()))
            .map(|(phrase, label)| (head.len() - phrase.len(), *label))
            .filter(|(at, _)| {
                head.get(..*at)
                    .and_then(|before| before.chars().next_back())
                    .is_none_or(|c| !c.is_alphanumeric())
            })
            .min_by_key(|(at, _)| *at)
    }

    /// True where the folded text after a date begins with a label: "- published by".
    pub(super) fn label_after(&self, folded: &str) -> bool {
        let tail = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.labels
            .iter()
            .filter(|(phrase, label)| *label == Label::Published && phrase.len() >= 5)
            .any(|(phrase, _)| {
                tail.strip_prefix(phrase.as_str())
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_load() {
        let lexicon = lexicon();
        assert_eq!(lexicon.month("sept"), Some(9));
        assert_eq!(lexicon.month(&fold("août")), Some(8));
        assert_eq!(lexicon.month(&fold("мая")), Some(5));
        assert_eq!(lexicon.weekday("thu"), Some(Weekday::Thu));
        assert_eq!(lexicon.zone("npt"), Some(Zone::Fixed(345)));
        assert_eq!(lexicon.zone("et"), Some(Zone::American(-300)));
    }

    #[test]
    fn the_longest_label_wins() {
        let found = lexicon().label_before("by a person | last updated on: ");
        assert_eq!(found, Some((14, Label::Modified)));
        assert_eq!(
            lexicon().label_before("posted on "),
            Some((0, Label::Published))
        );
        assert_eq!(lexicon().label_before("candidate "), None);
    }
}
