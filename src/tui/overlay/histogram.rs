//! Articles and events over time, large: a stretch of days is chosen by keys or with the mouse,
//! and everything is filtered by it.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::axis::Axis;
use super::super::widget::{Pen, frame, spark, width};
use crate::config::{Action, Context};
use crate::store::Filter;
use crate::when::calendar;
use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Rows of the taller half at most.
const TALLEST: u16 = 8;

/// The box.
pub(super) struct Histogram {
    /// First and last day.
    days: (NaiveDate, NaiveDate),
    /// The day that the cursor is on.
    at: NaiveDate,
    /// The other end of what is chosen.
    mark: Option<NaiveDate>,
    made_for: Option<(u64, Filter, usize)>,
    axis: Option<Axis>,
    articles: Vec<u32>,
    events: Vec<u32>,
    /// Where the bars were in the last frame.
    bars: Rect,
    dragged: bool,
}

impl Histogram {
    /// Over what is shown; `None` where there are too few days with anything on them.
    pub(super) fn new(model: &Model) -> Option<Self> {
        let (first, last) = spark::bulk(model.store.as_ref(), &model.query)?;
        let event = model.event.as_ref().and_then(|id| model.store.event(id));
        let day = event.and_then(|event| event.date.start.or(event.date.end));
        Some(Self {
            days: (first, last),
            at: day.unwrap_or(first).clamp(first, last),
            mark: None,
            made_for: None,
            axis: None,
            articles: Vec::new(),
            events: Vec::new(),
            bars: Rect::default(),
            dragged: false,
        })
    }

    fn prepare(&mut self, model: &Model, columns: usize) {
        let wanted = (model.store.generation(), model.query.clone(), columns);
        if self.made_for.as_ref() == Some(&wanted) {
            return;
        }
        self.made_for = Some(wanted);
        let (first, last) = self.days;
        self.axis = Axis::new(first, last, columns);
        let (store, query) = (model.store.as_ref(), &model.query);
        if let Some(axis) = &self.axis {
            self.articles = spark::articles(store, query, axis);
            self.events = store.density(query, first, last, axis.bars);
        }
    }

    fn bar(&self) -> usize {
        self.axis.and_then(|axis| axis.bar(self.at)).unwrap_or(0)
    }

    /// Moves the cursor by bars.
    fn step(&mut self, by: isize) {
        if let Some(axis) = &self.axis {
            let bar = self
                .bar()
                .saturating_add_signed(by)
                .min(axis.bars.saturating_sub(1));
            self.at = axis.day(bar);
        }
    }

    /// The bars that are chosen, one where nothing is marked.
    fn chosen(&self) -> (usize, usize) {
        let here = self.bar();
        let mark = self
            .mark
            .and_then(|mark| self.axis.and_then(|axis| axis.bar(mark)));
        let mark = mark.unwrap_or(here);
        (mark.min(here), mark.max(here))
    }

    fn filter(&self) -> Vec<Effect> {
        let Some(axis) = self.axis else {
            return vec![Effect::Pop];
        };
        let (from, to) = self.chosen();
        let (first, last) = axis.days(from, to);
        vec![
            Effect::Pop,
            Effect::Act(Action::Range(format!("{first} {last}"))),
        ]
    }

    fn bar_at(&self, at: Position) -> Option<NaiveDate> {
        let axis = self.axis?;
        let x = at.x.clamp(self.bars.x, self.bars.right().saturating_sub(1));
        Some(axis.day(axis.at(usize::from(x - self.bars.x))))
    }

    /// Draws counts as bars of several rows.
    fn draw_bars(&self, counts: &[u32], axis: &Axis, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let (from, to) = self.chosen();
        let here = self.bar();
        let glyphs = &theme.glyphs.bars;
        let steps = glyphs.len() as u64 - 1;
        let most = u64::from(counts.iter().copied().max().unwrap_or(0).max(1));
        let rows = u64::from(area.height);
        for row in 0..area.height {
            let mut pen = Pen::new(buf, area, row);
            let below = u64::from(area.height - 1 - row) * steps;
            for (index, count) in counts.iter().enumerate() {
                let height = (u64::from(*count) * rows * steps).div_ceil(most);
                let level = height.saturating_sub(below).min(steps) as usize;
                let base = *count == 0 && row + 1 == area.height;
                let glyph = if base {
                    theme.glyphs.dot
                } else {
                    glyphs.get(level).copied().unwrap_or(" ")
                };
                let style = match index {
                    _ if index == here => theme.accent,
                    _ if (from..=to).contains(&index) && self.mark.is_some() => theme.mark,
                    _ if base => theme.border,
                    _ => theme.bar,
                };
                pen.put(&glyph.repeat(axis.wide), style);
            }
        }
    }

    /// Draws years or months under the bars, and what is chosen as a line.
    fn draw_axis(&self, axis: &Axis, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let (from, to) = self.chosen();
        let mut pen = Pen::new(buf, area, 0);
        pen.skip(from * axis.wide);
        let columns = (to - from + 1) * axis.wide;
        let line = if columns < 2 {
            theme.glyphs.here.to_owned()
        } else {
            let rule = theme.glyphs.rule.repeat(columns - 2);
            format!("{}{rule}{}", theme.glyphs.from, theme.glyphs.until)
        };
        pen.put(&line, theme.accent);
        let mut pen = Pen::new(buf, area, 1);
        let mut used = 0;
        let mut day = axis.first;
        while day <= axis.last {
            let words = if day == axis.first {
                day.to_string()
            } else if day.month() == 1 {
                day.year().to_string()
            } else {
                format!("{:02}", day.month())
            };
            let column = axis.column(day).unwrap_or(0);
            if column >= used && column + width(&words) <= axis.columns() {
                pen.skip(column - used).put(&words, theme.faint);
                used = column + width(&words);
                pen.skip(1);
                used += 1;
            }
            let next = calendar::add_days(calendar::last_of_month(day), 1);
            if next <= day {
                break;
            }
            day = next;
        }
    }
}

impl Pane for Histogram {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        let page = self.axis.map_or(1, |axis| (axis.bars / 10).max(2)) as isize;
        match action {
            Action::PreviousPane | Action::Up => self.step(-1),
            Action::NextPane | Action::Down => self.step(1),
            Action::HalfPageUp | Action::PageUp => self.step(-page),
            Action::HalfPageDown | Action::PageDown => self.step(page),
            Action::Top => self.step(isize::MIN / 2),
            Action::Bottom => self.step(isize::MAX / 2),
            Action::Mark => {
                self.mark = match self.mark {
                    None => Some(self.at),
                    Some(_) => None,
                };
            }
            Action::Open | Action::MarkRange => return Outcome::Done(self.filter()),
            Action::Back if self.mark.is_some() => self.mark = None,
            Action::Back | Action::Close => return Effect::Pop.into(),
            _ => return Outcome::Ignored,
        }
        Outcome::NOTHING
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area
            .width
            .saturating_sub(4)
            .min(204)
            .max(area.width.min(20));
        self.prepare(model, usize::from(columns).saturating_sub(4));
        let spare = area.height.saturating_sub(9);
        let tall = (spare / 2).clamp(1, TALLEST);
        let height = (2 * tall + 7).min(area.height);
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.saturating_sub(height) / 3,
            width: columns,
            height,
        };
        let how = "Space marks an end, Enter filters by what is chosen";
        let inner = frame::popup(theme, place, buf, "Over time", how);
        let Some(axis) = self.axis else {
            let words = "Too few days for a picture.";
            Pen::new(buf, inner, 0).skip(1).put(words, theme.faint);
            return;
        };
        let row = |y: u16, height: u16| Rect {
            x: inner.x + 1,
            y: (inner.y + y).min(inner.bottom()),
            width: (axis.columns() as u16).min(inner.width.saturating_sub(1)),
            height: height.min(inner.bottom().saturating_sub(inner.y + y)),
        };
        let line = |y: u16| Rect {
            width: inner.width.saturating_sub(1),
            ..row(y, 1)
        };
        let (from, to) = self.chosen();
        let sum = |counts: &[u32]| -> u32 { counts.iter().skip(from).take(to - from + 1).sum() };
        let (articles, events) = (sum(&self.articles), sum(&self.events));
        let (first, last) = axis.days(from, to);
        let days = if first == last {
            first.to_string()
        } else {
            format!("{first}..{last}")
        };
        Pen::new(buf, line(0), 0).put("articles", theme.faint);
        self.draw_bars(&self.articles, &axis, theme, row(1, tall), buf);
        Pen::new(buf, line(1 + tall), 0).put("events", theme.faint);
        self.draw_bars(&self.events, &axis, theme, row(2 + tall, tall), buf);
        self.draw_axis(&axis, theme, row(2 + 2 * tall, 2), buf);
        self.bars = row(1, 1 + 2 * tall + 2);
        let s = |count: u32| if count == 1 { "" } else { "s" };
        let dot = theme.glyphs.dot;
        let words = format!(
            " {dot} {articles} article{} {dot} {events} event{}",
            s(articles),
            s(events)
        );
        Pen::new(buf, line(4 + 2 * tall), 0)
            .put(&days, theme.strong)
            .put(&words, theme.muted);
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if !self.bars.contains(at) {
            return vec![Effect::Pop];
        }
        if let Some(day) = self.bar_at(at) {
            (self.at, self.mark, self.dragged) = (day, None, false);
        }
        Vec::new()
    }

    fn drag(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if let Some(day) = self.bar_at(at) {
            self.mark = self.mark.or(Some(self.at));
            (self.at, self.dragged) = (day, true);
        }
        Vec::new()
    }

    fn release(&mut self, _model: &Model) -> Vec<Effect> {
        if std::mem::take(&mut self.dragged) {
            self.filter()
        } else {
            Vec::new()
        }
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![
            Action::PreviousPane,
            Action::NextPane,
            Action::Mark,
            Action::Open,
            Action::Back,
        ]
    }

    fn context(&self) -> Context {
        Context::Choice
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Stage, many};
    use ratatui::layout::Position;

    #[test]
    fn a_stretch_is_chosen_by_keys() {
        let mut stage = many(120, 40);
        let all = stage.app.model.store.event_count(&stage.app.model.query);
        stage.keys("R gg space l l l");
        assert!(
            stage.text().contains("2031-01-01..2031-01-"),
            "{}",
            stage.text()
        );
        stage.keys("enter");
        assert!(stage.app.overlays.is_empty());
        let range = stage.app.model.range.expect("a range");
        assert_eq!(range.0.to_string(), "2031-01-01");
        let some = stage.app.model.store.event_count(&stage.app.model.query);
        assert!(0 < some && some < all, "{some} of {all}");
        stage.keys("F R esc");
        assert!(stage.app.overlays.is_empty() && stage.app.model.range.is_none());
    }

    #[test]
    fn a_stretch_is_chosen_with_the_mouse() {
        let mut stage = many(120, 40);
        stage.keys("R");
        let text = stage.text();
        let (row, line) = text
            .lines()
            .enumerate()
            .find(|(_, line)| line.contains("2031-01-01 "))
            .expect("an axis");
        let x = line.chars().position(|c| c == '2').unwrap() as u16;
        let y = row as u16 - 3;
        stage.app.click(Position::new(x, y));
        stage.app.drag(Position::new(x + 12, y));
        stage.draw();
        assert!(stage.app.model.range.is_none());
        stage.app.release();
        let range = stage.app.model.range.expect("a range");
        assert_eq!(range.0.to_string(), "2031-01-01");
        assert!(range.1 > range.0);
    }

    #[test]
    fn the_strip_of_the_timeline_is_dragged() {
        let mut stage = many(200, 60);
        let timeline = stage.app.boxes[3].1;
        let y = timeline.bottom() - 2;
        let x = timeline.x + 13;
        stage.app.click(Position::new(x, y));
        stage.app.drag(Position::new(x + 20, y));
        stage.draw();
        stage.app.release();
        let range = stage.app.model.range.expect("a range");
        assert_eq!(range.0.to_string(), "2031-01-01");
        stage.keys("F");
        // A click alone goes to the day.
        stage.app.click(Position::new(x + 40, y));
        stage.app.release();
        stage.draw();
        assert!(stage.app.model.range.is_none());
        let event = stage
            .app
            .model
            .event
            .clone()
            .and_then(|id| stage.app.model.store.event(&id));
        assert!(event.unwrap().date.start.unwrap().to_string().as_str() > "2031-01-10");
    }

    #[test]
    fn too_few_dates_are_told() {
        let mut stage = Stage::new(120, 40);
        stage.keys(":").type_text("range 1999").keys("enter R");
        assert!(
            stage.text().contains("Too little here has a date."),
            "{}",
            stage.text()
        );
    }
}
