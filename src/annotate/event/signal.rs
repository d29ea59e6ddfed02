//! What the words before a time expression make of its days: "until", "shortly after", "for".

use super::anchor::Sentence;
use super::length::back;
use super::verb::Tense;
use crate::annotate::EventKind;
use crate::annotate::timex::Timex;
use crate::when::{Interval, Precision, calendar};
use std::ops::Range;

/// The date of a clause whose expression is governed by `signal`.
pub(super) fn governed(
    sentence: &Sentence,
    timex: &Timex,
    signal: &str,
    at: usize,
) -> Option<(Interval, EventKind)> {
    let interval = timex.interval;
    let inside = sentence.word(at + 1) == "since" || signal == "since";
    if inside || (interval.precision == Precision::After && signal != "after") {
        return (!sentence.compares(at)).then(|| (open(interval), EventKind::State));
    }
    let date = match signal {
        "until" | "till" | "by" => interval.end.map_or(interval, Interval::before),
        "before" => interval.start.map_or(interval, |start| {
            Interval::before(calendar::add_days(start, -1))
        }),
        "after" | "following" if soon(sentence, at) => near(interval),
        "after" | "following" => interval.start.map_or(interval, Interval::after),
        _ => interval,
    };
    Some((date, EventKind::Event))
}

/// "shortly after", "two days after": close to the day, not only later than it.
pub(super) fn soon(sentence: &Sentence, signal: usize) -> bool {
    matches!(
        sentence.before(signal, 1),
        "shortly"
            | "soon"
            | "immediately"
            | "just"
            | "right"
            | "hours"
            | "days"
            | "day"
            | "moments"
    )
}

/// The state or event that a length of time dates, counted back from the day of writing.
pub(super) fn duration(
    sentence: &Sentence,
    timex: &Timex,
    words: &Range<usize>,
    signal: &str,
    tense: Option<Tense>,
) -> Option<(Interval, EventKind)> {
    let written = sentence.written()?;
    let start = back(written, &timex.value)?;
    let first = sentence.word(words.start);
    let recent = matches!(first, "last" | "past")
        || (first == "the" && matches!(sentence.word(words.start + 1), "last" | "past"));
    let in_office = matches!(
        (sentence.word(words.end), sentence.word(words.end + 1)),
        ("in", "power" | "office" | "charge") | ("of", "rule") | ("at", "the")
    );
    let goes_on = matches!(tense, Some(Tense::Perfect | Tense::Present));
    if signal == "for" && goes_on {
        return Some((Interval::after(start).about(), EventKind::State));
    }
    if in_office && matches!(signal, "his" | "her" | "their" | "its" | "for") {
        return Some((Interval::after(start).about(), EventKind::State));
    }
    let within = matches!(signal, "in" | "over" | "during" | "within");
    (recent && within).then(|| (Interval::range(start, written).about(), EventKind::Event))
}

/// The days themselves, where an interval was already opened by its tagger.
pub(crate) fn plain(interval: Interval) -> Interval {
    match (interval.precision, interval.start, interval.end) {
        (Precision::After, Some(start), _) => Interval::day(start).about(),
        (Precision::Before, _, Some(end)) => Interval::day(end).about(),
        _ => interval,
    }
}

/// From the first day on.
pub(super) fn open(interval: Interval) -> Interval {
    interval.start.map_or(interval, |start| Interval {
        approximate: interval.approximate,
        ..Interval::after(start)
    })
}

/// Soon after: the same stretch, or two weeks for a day, marked approximate.
pub(super) fn near(interval: Interval) -> Interval {
    match (interval.precision, interval.start) {
        (Precision::Day | Precision::After, Some(start)) => {
            Interval::range(start, calendar::add_days(start, 14)).about()
        }
        _ => interval.about(),
    }
}
