//! Days as columns: an axis of equal bars, each some days long and some columns wide.

use crate::when::calendar;
use chrono::NaiveDate;

/// Bars that are worth counting.
const FEWEST: usize = 4;
const MOST: usize = 400;
/// Columns of a bar, where a short collection has to fill the row.
const WIDEST: usize = 8;

/// The axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Axis {
    /// Its first day.
    pub(in crate::tui) first: NaiveDate,
    /// Its last day.
    pub(in crate::tui) last: NaiveDate,
    /// Its bars.
    pub(in crate::tui) bars: usize,
    /// Columns of each.
    pub(in crate::tui) wide: usize,
}

impl Axis {
    /// An axis of at most `columns`; `None` where it would have too few bars to say anything.
    pub(in crate::tui) fn new(first: NaiveDate, last: NaiveDate, columns: usize) -> Option<Self> {
        let days = (last - first).num_days().max(0) as usize + 1;
        let bars = columns.min(days).min(MOST);
        let wide = (columns / bars.max(1)).clamp(1, WIDEST);
        (bars >= FEWEST).then_some(Self {
            first,
            last,
            bars,
            wide,
        })
    }

    /// Columns of the whole axis.
    pub(in crate::tui) const fn columns(&self) -> usize {
        self.bars * self.wide
    }

    fn span(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// The bar that a day falls on.
    pub(in crate::tui) fn bar(&self, day: NaiveDate) -> Option<usize> {
        let at = (day - self.first).num_days();
        let inside = (0..self.span()).contains(&at);
        inside.then(|| (at * self.bars as i64 / self.span()) as usize)
    }

    /// The first day of a bar; of the bar after the last one, the day after the axis.
    pub(in crate::tui) fn day(&self, bar: usize) -> NaiveDate {
        let days = (bar as i64 * self.span() + self.bars as i64 - 1) / self.bars as i64;
        calendar::add_days(self.first, days)
    }

    /// The first and last day from one bar to another, whichever comes first.
    pub(in crate::tui) fn days(&self, one: usize, other: usize) -> (NaiveDate, NaiveDate) {
        let (from, to) = (one.min(other), one.max(other));
        (self.day(from), calendar::add_days(self.day(to + 1), -1))
    }

    /// The bar at a column.
    pub(in crate::tui) fn at(&self, column: usize) -> usize {
        (column / self.wide).min(self.bars.saturating_sub(1))
    }

    /// The first column of the bar of a day.
    pub(in crate::tui) fn column(&self, day: NaiveDate) -> Option<usize> {
        self.bar(day).map(|bar| bar * self.wide)
    }

    /// The last column of the bar of a day.
    pub(in crate::tui) fn last_column(&self, day: NaiveDate) -> Option<usize> {
        self.bar(day).map(|bar| (bar + 1) * self.wide - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_day_has_one_bar(days in 4i64..2000, columns in 4usize..500) {
            let first: NaiveDate = "2020-01-01".parse().unwrap();
            let last = calendar::add_days(first, days - 1);
            let axis = Axis::new(first, last, columns).unwrap();
            for bar in 0..axis.bars {
                let (from, to) = axis.days(bar, bar);
                prop_assert!(from <= to);
                prop_assert_eq!(axis.bar(from), Some(bar));
                prop_assert_eq!(axis.bar(to), Some(bar));
            }
            prop_assert_eq!(axis.day(axis.bars), calendar::add_days(last, 1));
            prop_assert!(axis.columns() <= columns);
        }
    }
}
