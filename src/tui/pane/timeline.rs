//! The combined timeline: dates at their own precision with a mark for how sure they are, the
//! sentence, who takes part, how many articles and independent voices, conflicts, and gaps.
//!
//! At zoom day a row is an event and rows are asked for as they are shown; coarser steps are
//! counted by a job.

pub(in crate::tui) mod buckets;
mod density;
mod draw;
mod lanes;
mod words;

pub(super) use draw::participants;

use super::super::effect::Effect;
use super::super::jobs::{Answer, Question};
use super::super::model::{Level, Model};
use super::super::theme::Theme;
use super::super::told::Told;
use super::super::widget::Cursor;
use super::{Outcome, Pane, PaneId};
use crate::config::Action;
use crate::store::{EventRow, Filter};
use crate::timeline::EventId;
use crate::when::Interval;
use buckets::{Bucket, Zoom};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::ops::Range;
use std::sync::Arc;

/// The pane.
#[derive(Default)]
pub(in crate::tui) struct Timeline {
    /// In events at zoom day, else in steps.
    cursor: Cursor,
    zoom: Zoom,
    seen: Option<(u64, Filter)>,
    /// What was asked of the job last.
    asked: Option<(u64, Filter, Zoom)>,
    buckets: Arc<[Bucket]>,
    at: Option<EventId>,
    /// The selected event that was last looked for.
    sought: Option<EventId>,
    /// The row of `at` at zoom day.
    event_row: usize,
    rows: Option<(u64, Filter, Range<usize>, Vec<EventRow>)>,
    density: density::Density,
    lanes: lanes::Lanes,
    list: Rect,
    /// One end of a range of days.
    mark: Option<Interval>,
    /// Which row of the list each line of the last frame belongs to.
    lines: Vec<Option<usize>>,
}

impl Timeline {
    fn rows(&mut self, model: &Model, window: &Range<usize>) -> Vec<EventRow> {
        let generation = model.store.generation();
        match &self.rows {
            Some((seen, query, range, rows))
                if *seen == generation && *query == model.query && range == window =>
            {
                rows.clone()
            }
            _ => {
                let rows = model.store.events(&model.query, window.clone());
                self.rows = Some((generation, model.query.clone(), window.clone(), rows.clone()));
                rows
            }
        }
    }

    fn coarse(&self) -> bool {
        self.zoom != Zoom::Day
    }

    /// Says which event is under the cursor now.
    fn select(&mut self, model: &Model) -> Vec<Effect> {
        if self.coarse() {
            let Some(bucket) = self.buckets.get(self.cursor.at) else {
                return Vec::new();
            };
            self.at = Some(bucket.best.id.clone());
        } else {
            let at = self.cursor.at;
            let row = model.store.events(&model.query, at..at + 1).into_iter().next();
            self.at = row.map(|row| row.event.id.clone());
            self.event_row = at;
        }
        self.sought.clone_from(&self.at);
        self.at.clone().map(Effect::SelectEvent).into_iter().collect()
    }

    /// Another zoom; the cursor stays at the same time.
    fn zoom_to(&mut self, zoom: Zoom, model: &Model) -> Vec<Effect> {
        if zoom == self.zoom {
            return Vec::new();
        }
        if let Some(bucket) = self.buckets.get(self.cursor.at).filter(|_| self.coarse()) {
            let row = model.store.event_position(&model.query, &bucket.best.id);
            self.event_row = row.unwrap_or(bucket.first);
        }
        self.zoom = zoom;
        self.buckets = Arc::from([]);
        self.asked = None;
        self.cursor = Cursor { page: self.cursor.page, ..Cursor::default() };
        if !self.coarse() {
            self.cursor.resize(model.store.event_count(&model.query));
            self.cursor.at = self.event_row.min(self.cursor.len.saturating_sub(1));
            self.cursor.top = self.cursor.at.saturating_sub(self.cursor.page / 3);
            return self.select(model);
        }
        self.ask(model)
    }

    /// The days under the cursor.
    fn here(&self, model: &Model) -> Option<Interval> {
        if self.coarse() {
            return self.buckets.get(self.cursor.at)?.day.map(|day| self.zoom.interval(day));
        }
        let date = model.store.event(self.at.as_ref()?)?.date;
        date.is_dated().then_some(date)
    }

    fn set_mark(&mut self, model: &Model) -> Vec<Effect> {
        let Some(here) = self.here(model) else {
            return vec![Effect::Say(Level::Warning, "What is undated is no end of a range.".into())];
        };
        self.mark = Some(here);
        vec![Effect::Say(Level::Info, format!("From {here}; go to the other end and press v."))]
    }

    /// Filters everything by the days from the mark, or from here, to here.
    fn range(&mut self, model: &Model) -> Vec<Effect> {
        let Some(here) = self.here(model) else {
            return vec![Effect::Say(Level::Warning, "What is undated is no end of a range.".into())];
        };
        let mark = self.mark.take().unwrap_or(here);
        let ends = [mark.start, mark.end, here.start, here.end];
        let days = || ends.iter().flatten();
        match (days().min(), days().max()) {
            (Some(first), Some(last)) => vec![Effect::Act(Action::Range(format!("{first} {last}")))],
            _ => Vec::new(),
        }
    }

    fn ask(&mut self, model: &Model) -> Vec<Effect> {
        let wanted = (model.store.generation(), model.query.clone(), self.zoom);
        if !self.coarse() || self.asked.as_ref() == Some(&wanted) {
            return Vec::new();
        }
        self.asked = Some(wanted);
        vec![Effect::Ask(Question::Buckets(model.query.clone(), self.zoom))]
    }

    /// The step that holds an event row.
    fn step_of(&self, row: usize) -> usize {
        self.buckets.partition_point(|bucket| bucket.first <= row).saturating_sub(1)
    }
}

impl Pane for Timeline {
    fn update(&mut self, action: &Action, model: &Model) -> Outcome {
        if self.cursor.act(action).is_some() {
            return Outcome::Done(self.select(model));
        }
        Outcome::Done(match action {
            Action::ZoomIn => self.zoom_to(self.zoom.finer(), model),
            Action::ZoomOut => self.zoom_to(self.zoom.coarser(), model),
            Action::Open if self.coarse() => self.zoom_to(self.zoom.finer(), model),
            Action::Open => {
                let mut effects = self.select(model);
                effects.push(Effect::Focus(PaneId::Text));
                effects
            }
            Action::Mark => self.set_mark(model),
            Action::MarkRange => self.range(model),
            _ => return Outcome::Ignored,
        })
    }

    fn sync(&mut self, model: &Model) -> Vec<Effect> {
        let now = (model.store.generation(), model.query.clone());
        let moved = self.seen.as_ref() != Some(&now);
        if moved {
            self.seen = Some(now);
            if !self.coarse() {
                self.cursor.resize(model.store.event_count(&model.query));
            }
        }
        let mut effects = self.ask(model);
        if moved || self.sought != model.event {
            self.sought.clone_from(&model.event);
            let place = model
                .event
                .as_ref()
                .and_then(|id| model.store.event_position(&model.query, id));
            if let Some(row) = place {
                self.event_row = row;
                self.cursor.at = if self.coarse() { self.step_of(row) } else { row };
                self.at.clone_from(&model.event);
            } else if moved && model.event.is_some() && !self.coarse() && self.cursor.len > 0 {
                // The event was filtered away: the first that is left takes its place everywhere.
                self.cursor.at = 0;
                effects.extend(self.select(model));
            }
        }
        effects
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        self.draw_all(model, theme, area, buf);
    }

    fn told(&self, model: &Model, range: Range<usize>) -> Told {
        self.in_words(model, range)
    }

    fn click(&mut self, at: Position, model: &Model) -> Vec<Effect> {
        if self.density.press(at) {
            return Vec::new();
        }
        if let Some(id) = self.lanes.at(at) {
            return vec![Effect::SelectEvent(id)];
        }
        if !self.list.contains(at) {
            return Vec::new();
        }
        match self.lines.get(usize::from(at.y - self.list.y)).copied().flatten() {
            Some(row) => {
                self.cursor.at = row;
                self.select(model)
            }
            None => Vec::new(),
        }
    }

    fn keep(&self) -> Option<String> {
        self.coarse().then(|| self.zoom.name().to_owned())
    }

    fn recall(&mut self, text: &str) {
        let all = [Zoom::Day, Zoom::Week, Zoom::Month, Zoom::Year];
        self.zoom = all.into_iter().find(|zoom| zoom.name() == text).unwrap_or_default();
    }

    fn drag(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        self.density.drag(at);
        Vec::new()
    }

    fn release(&mut self, _model: &Model) -> Vec<Effect> {
        match self.density.release() {
            Some((first, last, true)) => vec![Effect::Act(Action::Range(format!("{first} {last}")))],
            Some((first, _, false)) => vec![Effect::Act(Action::Goto(first.to_string()))],
            None => Vec::new(),
        }
    }

    fn answer(&mut self, answer: &Answer, model: &Model) -> Vec<Effect> {
        let Answer::Buckets { filter, zoom, buckets } = answer else {
            return Vec::new();
        };
        if *filter == model.query && *zoom == self.zoom {
            self.buckets = buckets.clone();
            self.cursor.resize(buckets.len());
            self.cursor.at = self.step_of(self.event_row);
        }
        Vec::new()
    }

    fn hints(&self, model: &Model) -> Vec<Action> {
        let mut hints = vec![Action::Open];
        hints.extend([Action::ZoomIn, Action::ZoomOut, Action::WhyThisDate]);
        if model.is_filtered() {
            hints.push(Action::ClearFilter);
        }
        hints.extend([Action::EntityAtCursor, Action::CopyCitation, Action::Enlarge]);
        hints
    }
}
