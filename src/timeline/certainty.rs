//! How sure the date of an event is, in one word and in plain words.
//!
//! Shared by the screen, the exports and whoever else marks a date; the signs themselves belong to
//! those who draw them.

use super::Event;
use crate::annotate::EventBasis;

/// How an event is dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Said, to the day.
    Stated,
    /// To the day, but carried over from elsewhere.
    Inferred,
    /// A stretch, or rough.
    Range,
    /// Not at all.
    Undated,
}

impl Certainty {
    /// That of an event: the best that any of its mentions gives.
    pub fn of(event: &Event) -> Self {
        if !event.date.is_dated() {
            return Self::Undated;
        }
        if !event.date.is_day() {
            return Self::Range;
        }
        let said = event
            .mentions
            .iter()
            .any(|m| m.basis == EventBasis::Timex && m.date.is_day());
        if said { Self::Stated } else { Self::Inferred }
    }

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Range => "a range, or rough",
            Self::Undated => "undated",
        }
    }
}

/// How an event is dated, in words, with what kind of stretch it is.
pub fn words(event: &Event) -> &'static str {
    let date = &event.date;
    match Certainty::of(event) {
        Certainty::Range if date.start.is_none() || date.end.is_none() => "open-ended",
        Certainty::Range if date.approximate => "rough",
        Certainty::Range => "a range",
        other => other.words(),
    }
}

/// How one article dates an event, in words; `words` are the time expression, where it has one.
pub fn basis(basis: EventBasis, words: Option<&str>) -> String {
    match (basis, words) {
        (EventBasis::Timex, Some(words)) => format!("dated by \u{201c}{words}\u{201d}"),
        (EventBasis::Timex, None) => "dated by its own words".to_owned(),
        (EventBasis::Published, _) => "dated by the day of publication".to_owned(),
        (EventBasis::Carried, Some(words)) => {
            format!("carried from \u{201c}{words}\u{201d} nearby")
        }
        (EventBasis::Carried, None) => "dated by the sentence before".to_owned(),
        (EventBasis::None, _) => "not dated here".to_owned(),
    }
}
