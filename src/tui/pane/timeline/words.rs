//! The timeline in words: an event a row, or a step of time, with the gaps between them.

use super::super::super::effect::Effect;
use super::super::super::model::Model;
use super::super::super::told::{self, Row, Told};
use super::Timeline;
use super::draw::{day_gap, step_gap};
use std::ops::Range;

impl Timeline {
    /// Rows in words.
    pub(super) fn in_words(&self, model: &Model, range: Range<usize>) -> Told {
        let (total, rows) = if self.coarse() {
            (self.buckets.len(), self.steps_in_words(range))
        } else {
            let total = model.store.event_count(&model.query);
            (total, events_in_words(model, range))
        };
        Told {
            heading: format!("Timeline by {}{}", self.zoom.name(), told::filter(model)),
            total,
            at: self.cursor.at,
            rows,
            ..Told::default()
        }
    }

    fn steps_in_words(&self, range: Range<usize>) -> Vec<Row> {
        let range = range.start.min(self.buckets.len())..range.end.min(self.buckets.len());
        let rows = range.filter_map(|at| {
            let bucket = self.buckets.get(at)?;
            let before = at.checked_sub(1).and_then(|before| self.buckets.get(before));
            let gap = before.and_then(|before| step_gap(self.zoom, Some(before), Some(bucket)));
            let gap = gap.map_or(String::new(), |gap| format!(" (after {gap})"));
            let step = bucket.day.map_or("undated".to_owned(), |day| self.zoom.interval(day).to_string());
            let events = told::count(bucket.count, "event");
            let words = format!("{step}: {events}, foremost {}{gap}", bucket.best.text);
            Some(Row::picked(words, vec![Effect::SelectEvent(bucket.best.id.clone())]))
        });
        rows.collect()
    }
}

fn events_in_words(model: &Model, range: Range<usize>) -> Vec<Row> {
    // The row before says how long nothing happened before the first.
    let from = range.start.saturating_sub(1);
    let skipped = range.start - from;
    let rows = model.store.events(&model.query, from..range.end);
    let said = (skipped..rows.len()).filter_map(|at| {
        let row = rows.get(at)?;
        let before = at.checked_sub(1).and_then(|before| rows.get(before));
        let gap = before.and_then(|before| day_gap(Some(before), Some(row)));
        let pick = vec![Effect::SelectEvent(row.event.id.clone())];
        Some(Row::picked(told::event(row, gap), pick))
    });
    said.collect()
}
