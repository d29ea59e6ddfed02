//! Ranges of weekdays: "Monday through Friday", "from Tuesday to Thursday".
//!
//! Not here: ranges that state a month ([`super::super::borrow`]).

use super::super::granule::Granule;
use super::super::value::{Base, Toward, Year};
use super::super::{Expression, Tense, Timex};
use crate::text::Span;
use crate::when::calendar::add_days;

/// Puts "Monday through Friday" in order, which the day of writing may have parted: of a range
/// that ended, the first day moves back; of one ahead, the last moves on.
pub(super) fn of_weekdays(text: &str, expressions: &[Expression], made: &mut [Timex], at: usize) {
    let Some([first, second]) = expressions.get(at..at + 2) else {
        return;
    };
    let Some([early, late]) = made.get_mut(at..at + 2) else {
        return;
    };
    let is_weekday = |found: &Expression| {
        let open = Base::Calendar {
            year: Year::Open,
            month: None,
            day: None,
            weekday: match found.under.base {
                Base::Calendar { weekday, .. } => weekday,
                _ => None,
            },
            toward: Toward::Open,
        };
        found.under.base == open && found.under.clock.is_none()
    };
    if first.sentence != second.sentence || !is_weekday(first) || !is_weekday(second) {
        return;
    }
    let between = Span {
        start: early.span.end,
        end: late.span.start,
    };
    if !matches!(
        between.of(text).trim(),
        "to" | "through" | "until" | "till" | "-" | "–" | "—"
    ) {
        return;
    }
    let (Some(start), Some(end)) = (early.interval.start, late.interval.start) else {
        return;
    };
    if start <= end && (end - start).num_days() < 7 {
        return;
    }
    let days = (end - start).num_days().rem_euclid(7);
    let (moved, day) = if second.tense == Tense::Future || first.tense == Tense::Future {
        (late, add_days(start, days))
    } else {
        (early, add_days(end, -days))
    };
    let granule = Granule::Day(day);
    (moved.value, moved.interval) = (granule.value(), granule.interval());
}
