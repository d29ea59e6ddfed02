//! Articles and events over time, one row of bars each, on the axis that they share with the lanes;
//! a stretch of it can be chosen.

use super::super::super::model::Model;
use super::super::super::theme::Theme;
pub(super) use super::super::super::widget::axis::Axis;
use super::super::super::widget::{Pen, spark};
use crate::store::Filter;
use crate::when::Interval;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Columns before the axis: a space, a day, a space.
pub(super) const LEFT: usize = 12;
/// Columns that both ends of the axis take.
const ENDS: usize = 26;

/// What is counted over an axis.
#[derive(Default)]
struct Counts {
    articles: Vec<u32>,
    events: Vec<u32>,
}

/// Articles and events over time, counted once for each state and width.
#[derive(Default)]
pub(super) struct Density {
    made_for: Option<(u64, Filter, usize)>,
    made: Option<(Axis, Counts)>,
    area: Rect,
    /// The bars from one to the other are being chosen with the mouse.
    drag: Option<(usize, usize)>,
}

impl Density {
    pub(super) fn prepare(&mut self, model: &Model, columns: usize) {
        let wanted = (model.store.generation(), model.query.clone(), columns);
        if self.made_for.as_ref() == Some(&wanted) {
            return;
        }
        self.made_for = Some(wanted);
        self.drag = None;
        let (store, query) = (model.store.as_ref(), &model.query);
        self.made = spark::bulk(store, query).and_then(|(first, last)| {
            let axis = Axis::new(first, last, columns.saturating_sub(ENDS))?;
            let counts = Counts {
                articles: spark::articles(store, query, &axis),
                events: store.density(query, first, last, axis.bars),
            };
            Some((axis, counts))
        });
    }

    /// The axis, where there are events enough for one.
    pub(super) fn axis(&self) -> Option<Axis> {
        self.made.as_ref().map(|(axis, _)| *axis)
    }

    /// Begins a choice at a place of the last frame; false where there is no bar.
    pub(super) fn press(&mut self, at: Position) -> bool {
        self.drag = self.bar_at(at).map(|bar| (bar, bar));
        self.drag.is_some()
    }

    /// Moves the end of the choice.
    pub(super) fn drag(&mut self, at: Position) {
        let Some((from, _)) = self.drag else { return };
        let here = Position {
            y: self.area.y,
            x: at.x.clamp(self.area.x, self.area.right().saturating_sub(1)),
        };
        let column = usize::from(here.x - self.area.x).saturating_sub(LEFT);
        if let Some((axis, _)) = &self.made {
            self.drag = Some((from, axis.at(column)));
        }
    }

    /// Ends the choice: its first and last day, and whether it is more than one bar.
    pub(super) fn release(&mut self) -> Option<(NaiveDate, NaiveDate, bool)> {
        let (from, to) = self.drag.take()?;
        let (first, last) = self.axis()?.days(from, to);
        Some((first, last, from != to))
    }

    fn bar_at(&self, at: Position) -> Option<usize> {
        let axis = self.axis().filter(|_| self.area.contains(at))?;
        let column = usize::from(at.x - self.area.x).checked_sub(LEFT)?;
        (column < axis.columns()).then(|| axis.at(column))
    }

    /// Draws events into the last row of `area` and articles into the one above, where there is one.
    pub(super) fn draw(&mut self, at: Option<&Interval>, theme: &Theme, area: Rect, buf: &mut Buffer) {
        self.area = area;
        let Some((axis, counts)) = self.made.as_ref().filter(|_| area.height > 0) else {
            return;
        };
        let here = at.and_then(|at| at.start.or(at.end)).and_then(|day| axis.bar(day));
        let chosen = self.drag.map(|(a, b)| a.min(b)..=a.max(b));
        let bars = |counts: &[u32], pen: &mut Pen<'_>| {
            for (index, bar) in spark::bars(counts, theme).chars().enumerate() {
                let style = if chosen.as_ref().is_some_and(|chosen| chosen.contains(&index)) {
                    theme.selection
                } else if here == Some(index) {
                    theme.accent
                } else if counts.get(index) == Some(&0) {
                    theme.border
                } else {
                    theme.bar
                };
                pen.put(&bar.to_string().repeat(axis.wide), style);
            }
        };
        if area.height > 1 {
            let mut pen = Pen::new(buf, area, 0);
            pen.skip(1).field("articles", LEFT - 1, theme.faint, "");
            bars(&counts.articles, &mut pen);
        }
        let mut pen = Pen::new(buf, area, area.height - 1);
        let first = match &self.drag {
            Some((from, to)) => axis.days(*from, *to).0,
            None => axis.first,
        };
        let last = match &self.drag {
            Some((from, to)) => axis.days(*from, *to).1,
            None => axis.last,
        };
        let ends = if self.drag.is_some() { theme.accent } else { theme.faint };
        pen.skip(1).put(&first.to_string(), ends).skip(1);
        bars(&counts.events, &mut pen);
        pen.skip(1).put(&last.to_string(), ends);
    }
}
