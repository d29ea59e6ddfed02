//! Events and articles over time as bars.

use super::super::theme::Theme;
use super::axis::Axis;
use crate::store::{Filter, Read};
use crate::when::calendar;
use chrono::NaiveDate;

/// Days of the longest date that is shown whole at the end of an axis.
const MONTH: i64 = 31;

/// Counts as bars, the highest of them full.
pub(in crate::tui) fn bars(counts: &[u32], theme: &Theme) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let top = theme.glyphs.bars.len() as u32 - 1;
    let bar = |count: &u32| match *count {
        0 => theme.glyphs.dot,
        count => {
            let height = (u64::from(count) * u64::from(top)).div_ceil(u64::from(most));
            theme
                .glyphs
                .bars
                .get(height as usize)
                .copied()
                .unwrap_or(" ")
        }
    };
    counts.iter().map(bar).collect()
}

/// The stretch that holds the bulk of the events under a filter: a lone "since 1994" must not
/// press everything else into one bar.
///
/// One event in twenty at either end may be left out, and is where it would make the stretch
/// longer by half.
pub(in crate::tui) fn bulk(store: &dyn Read, filter: &Filter) -> Option<(NaiveDate, NaiveDate)> {
    let row = |at: usize| store.events(filter, at..at + 1).into_iter().next();
    let day = |at: usize| -> Option<NaiveDate> {
        let date = row(at)?.event.date;
        date.start.or(date.end)
    };
    let dated = partition_point(0, store.event_count(filter), |at| day(at).is_some());
    let edge = dated / 20 + usize::from(dated >= 8);
    let (low, high) = (day(edge)?, day(dated.checked_sub(edge + 1)?)?);
    let room = (high - low).num_days() / 2 + 1;
    let (earliest, latest) = (
        calendar::add_days(low, -room),
        calendar::add_days(high, room),
    );
    let first = partition_point(0, edge, |at| day(at).is_some_and(|day| day < earliest));
    let last = partition_point(dated - edge, dated, |at| {
        day(at).is_some_and(|day| day <= latest)
    });
    let end = row(last - 1).and_then(|row| row.event.date.end);
    let (first, last) = (day(first)?, day(last - 1)?);
    // A month or a week at the end is shown whole.
    let whole = calendar::add_days(latest, MONTH);
    let last = end
        .filter(|end| *end <= whole)
        .map_or(last, |end| end.max(last));
    (first <= last).then_some((first, last))
}

/// Articles per bar of an axis, each on the first day that it may be of.
pub(in crate::tui) fn articles(store: &dyn Read, filter: &Filter, axis: &Axis) -> Vec<u32> {
    // Rows are in the order of their days, so what is before a day is a row number.
    let before: Vec<usize> = (0..=axis.bars)
        .map(|bar| store.seek(filter, axis.day(bar)))
        .collect();
    let count = |pair: &[usize]| match pair {
        [from, to] => to.saturating_sub(*from) as u32,
        _ => 0,
    };
    before.windows(2).map(count).collect()
}

/// The first row from `low` to `high` for which `before` does not hold; rows for which it holds
/// come first.
fn partition_point(low: usize, high: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
