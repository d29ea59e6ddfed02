//! A month of days, each with the articles and events that fell on it; Enter goes there.
//!
//! An event counts on a day only where its date is that day; what is known by the week or the
//! month is counted under the month.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::{Pen, frame};
use crate::config::{Action, Context};
use crate::store::Filter;
use crate::when::calendar;
use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Events of a month that are looked at one by one.
const MOST: usize = 4000;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// What fell on a day.
#[derive(Clone, Copy, Default)]
struct Day {
    articles: u32,
    events: u32,
}

/// The box.
pub(super) struct Calendar {
    day: NaiveDate,
    mark: Option<NaiveDate>,
    made_for: Option<(u64, Filter, NaiveDate)>,
    /// The days of the month, and what is known of it no closer.
    days: Vec<Day>,
    vaguely: u32,
    /// The first cell of the grid, the size of a cell, and the day that it shows.
    grid: (Position, u16, u16, NaiveDate),
    area: Rect,
}

impl Calendar {
    /// The month of the selected event, else of the open article, else of the first event.
    pub(super) fn new(model: &Model) -> Self {
        let event = model.event.as_ref().and_then(|id| model.store.event(id));
        let of_event = event.and_then(|event| event.date.start.or(event.date.end));
        let row = model.article.as_ref().and_then(|id| model.store.row(id));
        let of_article =
            row.and_then(|row| row.published.interval.start.or(row.published.interval.end));
        let first = || model.store.extent(&model.query).and_then(|all| all.start);
        let day = of_event.or(of_article).or_else(first).unwrap_or_default();
        Self {
            day,
            mark: None,
            made_for: None,
            days: Vec::new(),
            vaguely: 0,
            grid: (Position::ORIGIN, 1, 1, day),
            area: Rect::default(),
        }
    }

    fn prepare(&mut self, model: &Model) {
        let first = calendar::first_of_month(self.day);
        let wanted = (model.store.generation(), model.query.clone(), first);
        if self.made_for.as_ref() == Some(&wanted) {
            return;
        }
        let last = calendar::last_of_month(first);
        let count = last.day() as usize;
        let (store, query) = (model.store.as_ref(), &model.query);
        self.days = vec![Day::default(); count];
        self.vaguely = 0;
        let month = Filter {
            from: Some(query.from.map_or(first, |from| from.max(first))),
            to: Some(query.to.map_or(last, |to| to.min(last))),
            ..query.clone()
        };
        if month.from <= month.to {
            if store.event_count(&month) <= MOST {
                for row in store.events(&month, 0..MOST) {
                    let date = &row.event.date;
                    let day = date
                        .start
                        .filter(|_| date.is_day())
                        .map(|day| day.day0() as usize);
                    match day.and_then(|day| self.days.get_mut(day)) {
                        Some(day) => day.events += 1,
                        None => self.vaguely += 1,
                    }
                }
            } else {
                let counts = store.density(query, first, last, count);
                for (day, events) in self.days.iter_mut().zip(counts) {
                    day.events = events;
                }
            }
        }
        let mut before = store.seek(query, first);
        for (at, day) in (1i64..).zip(&mut self.days) {
            let after = store.seek(query, calendar::add_days(first, at));
            day.articles = after.saturating_sub(before) as u32;
            before = after;
        }
        self.made_for = Some(wanted);
    }

    fn is_chosen(&self, day: NaiveDate) -> bool {
        let mark = self.mark.unwrap_or(self.day);
        (mark.min(self.day)..=mark.max(self.day)).contains(&day)
    }

    fn draw_day(&self, day: NaiveDate, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let here = day == self.day;
        let month = day.month() == self.day.month();
        let what = self
            .days
            .get(day.day0() as usize)
            .copied()
            .filter(|_| month)
            .unwrap_or_default();
        let empty = what.articles == 0 && what.events == 0;
        let style = match (month, empty) {
            (false, _) => theme.border,
            (true, true) => theme.faint,
            (true, false) => theme.strong,
        };
        let g = &theme.glyphs;
        let lead = if here {
            g.cursor
        } else if self.mark.is_some() && self.is_chosen(day) {
            g.mark
        } else {
            ""
        };
        let mut pen = Pen::new(buf, area, 0);
        pen.field(lead, 1, theme.accent, "")
            .put(&format!("{:>2}", day.day()), style);
        let mut counts = if area.height > 1 {
            Pen::new(buf, area, 1)
        } else {
            pen
        };
        counts.skip(1);
        if what.articles > 0 {
            counts
                .put(&format!("{}a", what.articles), theme.accent)
                .skip(1);
        }
        if what.events > 0 {
            counts.put(&format!("{}e", what.events), theme.bar);
        }
        if here {
            buf.set_style(
                Rect {
                    width: area.width.saturating_sub(1),
                    ..area
                },
                theme.selection,
            );
        }
    }
}

impl Pane for Calendar {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        let by = |days| calendar::add_days(self.day, days);
        let day = match action {
            Action::PreviousPane => by(-1),
            Action::NextPane => by(1),
            Action::Up => by(-7),
            Action::Down => by(7),
            Action::PageUp | Action::HalfPageUp | Action::PreviousKind => {
                calendar::add_months(self.day, -1)
            }
            Action::PageDown | Action::HalfPageDown | Action::NextKind => {
                calendar::add_months(self.day, 1)
            }
            Action::Top => calendar::first_of_month(self.day),
            Action::Bottom => calendar::last_of_month(self.day),
            Action::Mark => {
                self.mark = if self.mark.is_none() {
                    Some(self.day)
                } else {
                    None
                };
                return Outcome::NOTHING;
            }
            Action::MarkRange => {
                let mark = self.mark.unwrap_or(self.day);
                let range = format!("{} {}", mark.min(self.day), mark.max(self.day));
                return Outcome::Done(vec![Effect::Pop, Effect::Act(Action::Range(range))]);
            }
            Action::Open => {
                let day = self.day.to_string();
                return Outcome::Done(vec![Effect::Pop, Effect::Act(Action::Goto(day))]);
            }
            Action::Back | Action::Close => return Effect::Pop.into(),
            _ => return Outcome::Ignored,
        };
        self.day = day;
        Outcome::NOTHING
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        self.prepare(model);
        let cell = ((area.width.saturating_sub(4)) / 7).clamp(2, 11);
        let tall: u16 = if area.height >= 18 { 2 } else { 1 };
        let place = Rect {
            width: (cell * 7 + 4).min(area.width),
            height: (6 * tall + 4).min(area.height),
            ..area
        };
        let place = Rect {
            x: area.x + (area.width - place.width) / 2,
            y: area.y + area.height.saturating_sub(place.height) / 3,
            ..place
        };
        let month = MONTHS
            .get(self.day.month0() as usize)
            .copied()
            .unwrap_or("");
        let title = format!("{month} {}", self.day.year());
        let inner = frame::popup(theme, place, buf, &title, "Enter goes there");
        self.area = place;
        let mut pen = Pen::new(buf, inner, 0);
        pen.skip(1);
        for name in WEEKDAYS {
            pen.field(&format!(" {name}"), usize::from(cell), theme.muted, "");
        }
        let first = calendar::monday(calendar::first_of_month(self.day));
        let origin = Position::new(inner.x + 1, inner.y + 1);
        self.grid = (origin, cell, tall, first);
        for index in 0..42u16 {
            let day = calendar::add_days(first, i64::from(index));
            let spot = Rect::new(
                origin.x + index % 7 * cell,
                origin.y + index / 7 * tall,
                cell,
                tall,
            );
            if spot.bottom() < inner.bottom() {
                self.draw_day(day, theme, spot.intersection(inner), buf);
            }
        }
        let sum = |of: fn(&Day) -> u32| -> u32 { self.days.iter().map(of).sum() };
        let (articles, events) = (sum(|day| day.articles), sum(|day| day.events));
        let vaguely = match self.vaguely {
            0 => String::new(),
            more => format!(", {more} less exactly"),
        };
        let words = format!("{articles} articles (a), {events} events (e) to the day{vaguely}");
        let row = inner.height.saturating_sub(1);
        let mut pen = Pen::new(buf, inner, row);
        pen.skip(1);
        let room = pen.left();
        pen.put(
            &super::cut(&words, room, theme.glyphs.ellipsis),
            theme.faint,
        );
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if !self.area.contains(at) {
            return vec![Effect::Pop];
        }
        let (origin, cell, tall, first) = self.grid;
        if at.x >= origin.x && at.y >= origin.y {
            let (column, row) = ((at.x - origin.x) / cell, (at.y - origin.y) / tall);
            if column < 7 && row < 6 {
                self.day = calendar::add_days(first, i64::from(row * 7 + column));
            }
        }
        Vec::new()
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![
            Action::Open,
            Action::PageDown,
            Action::PageUp,
            Action::Mark,
            Action::MarkRange,
            Action::Back,
        ]
    }

    fn context(&self) -> Context {
        Context::Choice
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Stage;

    #[test]
    fn a_month_is_walked_and_a_day_gone_to() {
        let mut stage = Stage::new(100, 30);
        stage.keys(":").type_text("goto 2031-03-03").keys("enter c");
        let text = stage.text();
        assert!(text.contains("March 2031"), "{text}");
        // Two events and an article on the third, a week that is no day, an article on the ninth.
        assert!(text.contains("1a 2e"), "{text}");
        assert!(
            text.contains("2 articles (a), 2 events (e) to the day, 1 less exactly"),
            "{text}"
        );
        stage.keys("[ [");
        assert!(stage.text().contains("January 2031"), "{}", stage.text());
        stage.keys("] ] ]");
        assert!(stage.text().contains("April 2031"));
        stage.keys("[ k l h j enter");
        assert!(stage.app.overlays.is_empty());
        let event = stage
            .app
            .model
            .event
            .clone()
            .and_then(|id| stage.app.model.store.event(&id));
        assert_eq!(event.unwrap().date.start.unwrap().to_string(), "2031-03-03");
    }

    #[test]
    fn days_are_marked_as_a_range() {
        let mut stage = Stage::new(60, 16);
        stage
            .keys(":")
            .type_text("goto 2031-03-03")
            .keys("enter c space l l v");
        let range = stage.app.model.range.unwrap();
        assert_eq!(
            (range.0.to_string(), range.1.to_string()),
            ("2031-03-03".into(), "2031-03-05".into())
        );
    }
}
