//! Events over time as one row of bars, and the axis that it shares with the lanes.

use super::super::super::model::Model;
use super::super::super::theme::Theme;
use super::super::super::widget::{Pen, spark};
use crate::store::Filter;
use crate::when::Interval;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns before the axis: a space, a day, a space.
pub(super) const LEFT: usize = 12;
/// Columns that both ends of the axis take.
const ENDS: usize = 26;
/// Bars that are worth counting.
const FEWEST: usize = 4;
const MOST: usize = 400;
/// Columns of a bar, where a short collection has to fill the row.
const WIDEST: usize = 8;

/// Days as columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// Its first day.
    pub(super) first: NaiveDate,
    /// Its last day.
    pub(super) last: NaiveDate,
    /// Its bars.
    bars: usize,
    /// Columns of each.
    wide: usize,
}

impl Axis {
    /// Columns of the whole axis.
    pub(super) const fn columns(&self) -> usize {
        self.bars * self.wide
    }

    /// The bar that a day falls on.
    fn bar(&self, day: NaiveDate) -> Option<usize> {
        let span = (self.last - self.first).num_days() + 1;
        let at = (day - self.first).num_days();
        (0..span).contains(&at).then(|| (at * self.bars as i64 / span) as usize)
    }

    /// The first column of the bar of a day.
    pub(super) fn column(&self, day: NaiveDate) -> Option<usize> {
        self.bar(day).map(|bar| bar * self.wide)
    }

    /// The last column of the bar of a day.
    pub(super) fn last_column(&self, day: NaiveDate) -> Option<usize> {
        self.bar(day).map(|bar| (bar + 1) * self.wide - 1)
    }
}

/// Events over time, counted once for each state and width.
#[derive(Default)]
pub(super) struct Density {
    made_for: Option<(u64, Filter, usize)>,
    made: Option<(Axis, Vec<u32>)>,
}

impl Density {
    pub(super) fn prepare(&mut self, model: &Model, columns: usize) {
        let wanted = (model.store.generation(), model.query.clone(), columns);
        if self.made_for.as_ref() == Some(&wanted) {
            return;
        }
        self.made_for = Some(wanted);
        self.made = spark::bulk(model.store.as_ref(), &model.query).and_then(|(first, last)| {
            let days = (last - first).num_days().max(0) as usize + 1;
            let room = columns.saturating_sub(ENDS);
            let bars = room.min(days).min(MOST);
            let wide = (room / bars.max(1)).clamp(1, WIDEST);
            let axis = Axis { first, last, bars, wide };
            let counts = || model.store.density(&model.query, first, last, bars);
            (bars >= FEWEST).then(|| (axis, counts()))
        });
    }

    /// The axis, where there are events enough for one.
    pub(super) fn axis(&self) -> Option<Axis> {
        self.made.as_ref().map(|(axis, _)| *axis)
    }

    pub(super) fn draw(
        &self,
        at: Option<&Interval>,
        theme: &Theme,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let Some((axis, counts)) = self.made.as_ref().filter(|_| area.height > 0) else {
            return;
        };
        let here = at.and_then(|at| at.start.or(at.end)).and_then(|day| axis.bar(day));
        let mut pen = Pen::new(buf, area, 0);
        pen.skip(1).put(&axis.first.to_string(), theme.faint).skip(1);
        for (index, bar) in spark::bars(counts, theme).chars().enumerate() {
            let style = if here == Some(index) {
                theme.accent
            } else if counts.get(index) == Some(&0) {
                theme.border
            } else {
                theme.bar
            };
            pen.put(&bar.to_string().repeat(axis.wide), style);
        }
        pen.skip(1).put(&axis.last.to_string(), theme.faint);
    }
}
