//! Phrases that give page furniture away, and other word lists of cleaning, from `assets/clean`.
//!
//! Not here: any verdict. A hit says what a line looks like; the rules weigh it with the rest.

use super::super::Role;
use crate::text::normalize;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

/// Longest stretch of a line that is searched for phrases, in bytes: furniture is short, and a
/// hostile line of megabytes must not cost more than it is worth.
const SEARCHED: usize = 1200;

/// What the phrases say of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hit {
    /// The role of the phrase that fills the line, or that the line begins with or holds.
    pub(super) role: Option<Role>,
    /// How that phrase stands in the line.
    pub(super) place: Place,
    /// Different weak phrases in the line.
    pub(super) weak: u8,
}

/// Where a phrase stands in its line; a stronger place is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Somewhere.
    #[default]
    Any,
    /// The line begins with it.
    Start,
    /// It is the line.
    Line,
}

struct Phrase {
    role: Option<Role>,
    place: Place,
}

struct Phrases {
    machine: Option<AhoCorasick>,
    list: Vec<Phrase>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut texts, mut list) = (Vec::new(), Vec::new());
    for (role, place, text) in rows(include_str!("../../../assets/clean/phrases.tsv")) {
        texts.push(normalize::fold(text));
        list.push(Phrase { role, place });
    }
    let machine = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(&texts)
        .ok();
    Phrases { machine, list }
});

/// The rows of the phrase file that can be read; a test makes sure that all of them can.
fn rows(file: &str) -> impl Iterator<Item = (Option<Role>, Place, &str)> {
    file.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let (role, place, text) = (cells.next()?, cells.next()?, cells.next()?);
        let role = match role {
            "weak" => None,
            name => Some(role_of(name)?),
        };
        let place = match place {
            "line" => Place::Line,
            "start" => Place::Start,
            "any" => Place::Any,
            _ => return None,
        };
        Some((role, place, text))
    })
}

fn role_of(name: &str) -> Option<Role> {
    [
        Role::Navigation,
        Role::Teaser,
        Role::CrossPromo,
        Role::Newsletter,
        Role::Player,
        Role::CommentForm,
        Role::Copyright,
        Role::Furniture,
    ]
    .into_iter()
    .find(|role| role.reason() == name)
}

/// Looks a folded line up.
pub(super) fn look(folded: &str) -> Hit {
    let mut hit = Hit::default();
    let searched = match folded.get(..SEARCHED) {
        Some(head) => head,
        // Short, or the limit falls into a character: search to the next boundary.
        None => folded
            .char_indices()
            .find(|(at, _)| *at >= SEARCHED)
            .and_then(|(at, _)| folded.get(..at))
            .unwrap_or(folded),
    };
    let Some(machine) = &PHRASES.machine else {
        return hit;
    };
    let bytes = searched.as_bytes();
    let wordy = |at: Option<&u8>| at.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    let mut seen = [usize::MAX; 8];
    for found in machine.find_overlapping_iter(searched) {
        let (start, end) = (found.start(), found.end());
        let Some(phrase) = PHRASES.list.get(found.pattern().as_usize()) else {
            continue;
        };
        let left = start == 0
            || !wordy(bytes.get(start))
            || !wordy(start.checked_sub(1).and_then(|i| bytes.get(i)));
        let last = end.checked_sub(1).and_then(|i| bytes.get(i));
        // A phrase that ends in a figure is the beginning of a number ("© 20" of a year).
        let digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
        let right = !wordy(last) || !wordy(bytes.get(end)) || digit(last) && digit(bytes.get(end));
        if !left || !right {
            continue;
        }
        let Some(role) = phrase.role else {
            let id = found.pattern().as_usize();
            if let Some(slot) = seen.iter_mut().find(|s| **s == id || **s == usize::MAX)
                && *slot != id
            {
                *slot = id;
                hit.weak += 1;
            }
            continue;
        };
        let leads = bytes.get(..start).is_some_and(|head| {
            // Bullets, brackets, stars and numbers in front of a label are not words.
            head.iter().all(|b| !b.is_ascii_alphabetic() && *b < 0x80) && head.len() <= 4
        });
        let fills = leads
            && bytes
                .get(end..)
                .is_some_and(|tail| tail.iter().all(|b| !b.is_ascii_alphabetic() && *b < 0x80))
            && searched.len() - end <= 8
            && searched.len() == folded.len();
        let ok = match phrase.place {
            Place::Line => fills,
            Place::Start => leads,
            Place::Any => true,
        };
        let place = if fills { Place::Line } else { phrase.place };
        if ok && (hit.role.is_none() || place > hit.place) {
            hit.role = Some(role);
            hit.place = place;
        }
    }
    hit
}

static STOP: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../assets/clean/stop-words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// True for an English function word in lower case.
pub(in crate::annotate) fn is_stop(word: &str) -> bool {
    word.len() <= 8 && STOP.contains(word)
}

static OUTLETS: LazyLock<(BTreeSet<String>, BTreeSet<&'static str>)> = LazyLock::new(|| {
    let file = include_str!("../../../assets/clean/outlets.txt");
    let of = |kind: &'static str| {
        file.lines()
            .filter_map(move |line| line.split_once('\t').filter(|(k, _)| *k == kind))
            .map(|(_, name)| name)
    };
    (
        of("agency").map(str::to_lowercase).collect(),
        of("word").collect(),
    )
});

/// True for the whole name of a news agency or station, in lower case.
pub(super) fn is_agency(name: &str) -> bool {
    OUTLETS.0.contains(name)
}

/// True where a word of the (lower-case) name is one that outlets are called by.
pub(super) fn names_outlet(name: &str) -> bool {
    is_agency(name)
        || name
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| OUTLETS.1.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_phrase_file_is_read() {
        let file = include_str!("../../../assets/clean/phrases.tsv");
        let wanted = file.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(rows(file).count(), wanted);
    }

    #[test]
    fn places_are_told_apart() {
        assert_eq!(look("see also: the long way").role, Some(Role::CrossPromo));
        assert_eq!(look("they will see also: no").role, None);
        assert_eq!(look("* comments (12)").role, Some(Role::CommentForm));
        assert_eq!(look("comments by the minister were brief").role, None);
        assert_eq!(look("the shareholders met").weak, 0, "words, not parts");
        assert_eq!(look("share, like and subscribe").weak, 2);
    }

    #[test]
    fn outlets_are_known_by_name_or_noun() {
        assert!(is_agency("reuters"));
        assert!(names_outlet("the halden mercury"));
        assert!(!names_outlet("a quiet afternoon"));
    }
}
