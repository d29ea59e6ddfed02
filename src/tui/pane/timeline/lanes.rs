//! Lanes over the density strip: what lasted, as bars over the same days.
//!
//! A lane holds bars that leave each other room for a few words; what matters most gets a place
//! first, and what gets none is counted. The bars of what held on the day of the selected event
//! stand out.

use super::super::super::model::Model;
use super::super::super::theme::Theme;
use super::super::super::widget::{Pen, cut, printable};
use super::density::{Axis, LEFT};
use crate::store::Filter;
use crate::timeline::{Event, EventId};
use crate::when::Interval;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

/// Events that are looked at for a place.
const MOST: usize = 64;
/// Columns that a bar and its words need at least.
const NARROWEST: usize = 16;

/// One event that lasted.
struct Bar {
    event: Arc<Event>,
    /// First and last column of the bar, from the left end of the axis.
    from: usize,
    until: usize,
    /// It began before the axis, or nobody says when.
    before: bool,
    /// It went on after the axis, or nobody says until when.
    after: bool,
}

impl Bar {
    /// `None` for what lies beside the axis.
    fn new(event: Arc<Event>, axis: &Axis) -> Option<Self> {
        let Interval { start, end, .. } = event.date;
        if start.is_some_and(|start| start > axis.last) || end.is_some_and(|end| end < axis.first) {
            return None;
        }
        let from = start.and_then(|day| axis.column(day));
        let until = end.and_then(|day| axis.last_column(day));
        Some(Self {
            event,
            from: from.unwrap_or(0),
            until: until.unwrap_or_else(|| axis.columns().saturating_sub(1)),
            before: from.is_none(),
            after: until.is_none(),
        })
    }

    /// The column after its last, words included.
    fn end(&self) -> usize {
        self.until.max(self.from + NARROWEST) + 1
    }
}

/// The lanes, made once for each state and axis.
#[derive(Default)]
pub(super) struct Lanes {
    made_for: Option<(u64, Filter, Axis, u16)>,
    rows: Vec<Vec<Bar>>,
    /// Events that found no place.
    more: usize,
    area: Rect,
}

impl Lanes {
    /// Makes at most `rows` lanes over `axis`; says how many there are.
    pub(super) fn prepare(&mut self, model: &Model, axis: Option<Axis>, rows: u16) -> u16 {
        let Some(axis) = axis.filter(|_| rows > 0) else {
            *self = Self::default();
            return 0;
        };
        let wanted = (model.store.generation(), model.query.clone(), axis, rows);
        if self.made_for.as_ref() != Some(&wanted) {
            self.made_for = Some(wanted);
            let found = model.store.lasting(&model.query, axis.first, axis.last, MOST);
            self.place(found, &axis, usize::from(rows));
        }
        self.rows.len() as u16
    }

    fn place(&mut self, events: Vec<Arc<Event>>, axis: &Axis, rows: usize) {
        self.rows.clear();
        self.more = 0;
        for bar in events.into_iter().filter_map(|event| Bar::new(event, axis)) {
            let free = |lane: &Vec<Bar>| {
                lane.iter().all(|other| bar.end() < other.from || other.end() < bar.from)
            };
            if let Some(lane) = self.rows.iter_mut().find(|lane| free(lane)) {
                lane.push(bar);
            } else if self.rows.len() < rows {
                self.rows.push(vec![bar]);
            } else {
                self.more += 1;
            }
        }
        for lane in &mut self.rows {
            lane.sort_by_key(|bar| bar.from);
        }
        // The longest story on top: lanes read like the years above the days.
        self.rows.sort_by_key(|lane| lane.first().map(|bar| (bar.event.date.start, bar.from)));
    }

    pub(super) fn draw(
        &mut self,
        selected: Option<&Event>,
        theme: &Theme,
        area: Rect,
        buf: &mut Buffer,
    ) {
        self.area = area;
        let Some((_, _, axis, _)) = &self.made_for else {
            return;
        };
        if area.height > 0 {
            Pen::new(buf, area, 0).skip(1).put("lasting", theme.faint);
        }
        for (lane, row) in self.rows.iter().zip(0..area.height) {
            for (index, bar) in lane.iter().enumerate() {
                let next = lane.get(index + 1).map_or(axis.columns() + 1, |next| next.from);
                let mut pen = Pen::new(buf, area, row);
                pen.skip(LEFT + bar.from);
                draw_bar(bar, next.saturating_sub(bar.from + 1), selected, theme, &mut pen);
            }
        }
        if self.more > 0 && area.height > 0 {
            let mut pen = Pen::new(buf, area, area.height - 1);
            pen.skip(LEFT + axis.columns() + 1).put(&format!("{} more", self.more), theme.faint);
        }
    }

    /// The event whose bar or words are there.
    pub(super) fn at(&self, at: Position) -> Option<EventId> {
        if !self.area.contains(at) {
            return None;
        }
        let lane = self.rows.get(usize::from(at.y - self.area.y))?;
        let column = usize::from(at.x - self.area.x).checked_sub(LEFT)?;
        let bar = lane.iter().rev().find(|bar| bar.from <= column)?;
        Some(bar.event.id.clone())
    }
}

/// A bar with the words of its event in it, or behind it where it is short.
fn draw_bar(bar: &Bar, room: usize, selected: Option<&Event>, theme: &Theme, pen: &mut Pen<'_>) {
    let g = &theme.glyphs;
    let chosen = selected.is_some_and(|event| event.id == bar.event.id);
    let holds = selected.is_some_and(|event| event.date.overlaps(&bar.event.date));
    let (line, words) = match (chosen, holds) {
        (true, _) => (theme.accent, theme.accent),
        (false, true) => (theme.date_range, theme.text),
        (false, false) => (theme.border, theme.faint),
    };
    let columns = bar.until - bar.from + 1;
    let text = printable(&bar.event.text);
    let start = if bar.before { g.before } else { g.from };
    let end = if bar.after { g.after } else { g.until };
    if columns < NARROWEST {
        let middle = g.rule.repeat(columns.saturating_sub(2));
        let shape = if columns < 2 { start.to_owned() } else { format!("{start}{middle}{end}") };
        let label = cut(&text, room.saturating_sub(columns + 1), g.ellipsis);
        pen.put(&shape, line).skip(1).put(&label, words);
        return;
    }
    let label = cut(&text, columns - 6, g.ellipsis);
    let shown = super::super::super::widget::width(&label);
    pen.put(&format!("{start}{} ", g.rule), line).put(&label, words);
    pen.put(&format!(" {}{end}", g.rule.repeat(columns - 5 - shown)), line);
}

#[cfg(test)]
mod tests {
    use super::super::super::super::testing::{Stage, day, parts};
    use super::*;
    use crate::annotate::EventKind;
    use crate::engine::Progress;
    use crate::store::Memory;

    /// A screen over events on these days of 2031, the first of which lasts.
    fn stage(dates: &[Interval]) -> Stage {
        let mut parts = parts(7);
        let like = parts.events[0].clone();
        let made = dates.iter().enumerate().map(|(i, date)| {
            let mut event = (*like).clone();
            event.id = EventId::of(crate::article::ContentHash::of(b"x"), i as u32, date);
            event.date = *date;
            event.text = format!("story {i}");
            event.kind = if i == 0 { EventKind::State } else { EventKind::Event };
            Arc::new(event)
        });
        parts.events = made.collect();
        parts.events.sort_by(|a, b| a.date.order(&b.date));
        let mut stage = Stage::new(200, 60);
        stage.app.news(Progress::Snapshot(Arc::new(Memory::new(parts))));
        stage.draw();
        stage
    }

    #[test]
    fn what_lasts_has_a_bar_over_its_days() {
        let mut dates = vec![Interval::after(day("2031-02-01"))];
        dates.extend((1..28).map(|d| Interval::day(day(&format!("2031-02-{d:02}")))));
        let stage = stage(&dates);
        let text = stage.text();
        let lane = text.lines().find(|line| line.contains("lasting")).expect("a lane");
        assert!(lane.contains("├─ story 0 ─") && lane.contains("─▸"), "{lane}");
    }

    #[test]
    fn without_anything_lasting_there_is_no_lane() {
        let dates: Vec<Interval> =
            (1..28).map(|d| Interval::day(day(&format!("2031-02-{d:02}")))).collect();
        let mut all = vec![Interval::UNDATED];
        all.extend(dates);
        assert!(!stage(&all).text().contains("lasting"));
    }
}
