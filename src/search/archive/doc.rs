//! What the archive is given: documents, and what it knows of their names.

use crate::annotate::EntityKind;
use crate::article::ContentHash;
use crate::when::Interval;
use chrono::{Datelike, NaiveDate};

/// One article as the archive is given it.
#[derive(Clone, Copy, Debug)]
pub struct Doc<'a> {
    /// Its number in the store; the archive gives it back. A document with a key that is there already takes the place
    /// of the older one.
    pub key: u64,
    /// A number that is another when the same key stands for something else than before.
    pub version: u32,
    /// Its content, for what a person marked.
    pub hash: ContentHash,
    /// When it was published.
    pub published: Interval,
    /// The headline.
    pub title: &'a str,
    /// What else is searched: the text of the article, its blocks parted by blank lines.
    pub text: &'a str,
    /// The names that it has.
    pub names: &'a [Name<'a>],
    /// The outlet, or nothing.
    pub outlet: &'a str,
    /// The path of its file, or nothing.
    pub path: &'a str,
    /// Its language.
    pub language: &'a str,
}

/// An entity that an article has, with every spelling that is known of it.
///
/// Spellings of one id are put together over all documents, so a spelling that comes later finds earlier articles too.
/// Where two entities became one, a document gives the name under both ids.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    /// The entity.
    pub id: u64,
    /// What it is.
    pub kind: EntityKind,
    /// Its spellings, not folded.
    pub spellings: &'a [&'a str],
}

/// The first and last day of an interval as days since 0000-12-31; the ends of the numbers where it is open or nothing
/// is known. Undated: first after last.
pub(super) fn days(published: &Interval) -> (i32, i32) {
    if !published.is_dated() {
        return (i32::MAX, i32::MIN);
    }
    let number = |day: Option<NaiveDate>, open: i32| day.map_or(open, |day| day.num_days_from_ce());
    (
        number(published.start, i32::MIN),
        number(published.end, i32::MAX),
    )
}

/// The day that a document is sorted by: its first, or its last where the first is open. Undated documents are oldest.
pub(super) const fn order((first, last): (i32, i32)) -> i32 {
    match (first, last) {
        (i32::MAX, i32::MIN) => i32::MIN,
        (i32::MIN, last) => last,
        (first, _) => first,
    }
}

/// The start of a content hash, as the archive keeps it.
pub fn short(hash: &ContentHash) -> u64 {
    let first = hash.0.first_chunk().copied().unwrap_or_default();
    u64::from_be_bytes(first)
}

/// A kind as a byte.
pub(super) fn kind_number(kind: EntityKind) -> u8 {
    let at = EntityKind::ALL.into_iter().position(|known| known == kind);
    at.unwrap_or(0) as u8
}

/// The kind of a byte.
pub(super) fn kind_of(number: u8) -> Option<EntityKind> {
    EntityKind::ALL.get(usize::from(number)).copied()
}
