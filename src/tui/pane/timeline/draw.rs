//! How the timeline looks.

use super::super::super::model::Model;
use super::super::super::theme::Theme;
use super::super::super::widget::{Pen, cut, date, frame, printable, text, width};
use super::super::{PaneId, filter_words, say_empty};
use super::Timeline;
use super::buckets::{Bucket, Zoom};
use crate::store::EventRow;
use crate::timeline::Event;
use crate::when::Interval;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Days without an event that are worth a line.
const GAP: i64 = 28;

/// A line of the list.
enum Line {
    Row(usize),
    Gap(String),
}

impl Timeline {
    pub(super) fn draw_all(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let focused = model.focus == PaneId::Timeline;
        let filter = filter_words(model, theme);
        let detail = match (self.zoom, filter.is_empty()) {
            (Zoom::Day, true) => String::new(),
            (zoom, true) => format!("by {}", zoom.name()),
            (Zoom::Day, false) => filter,
            (zoom, false) => format!("by {} {} {filter}", zoom.name(), theme.glyphs.dot),
        };
        let position = match self.cursor.len {
            0 => String::new(),
            len => format!("{}/{len}", self.cursor.at + 1),
        };
        let inner = frame::Frame {
            number: Some(PaneId::Timeline.index() + 1),
            title: PaneId::Timeline.title(),
            detail: &detail,
            position: &position,
            focused,
        }
        .draw(theme, area, buf);
        self.list = Rect { height: 0, ..inner };
        if self.cursor.len == 0 {
            self.lines.clear();
            let waiting = self.coarse() && model.status.events > 0;
            let nothing = if waiting { "Counting\u{2026}" } else { "No events were found." };
            say_empty(model, theme, inner, buf, nothing);
            return;
        }
        let event = self.at.as_ref().and_then(|id| model.store.event(id));
        let strip_rows = match inner.height {
            0..6 => 0,
            6..12 => 1,
            _ => 2,
        };
        let alone = !model.shown.contains(&PaneId::Evidence);
        let under = if alone && inner.height >= 10 && inner.width >= 30 { 4 } else { 0 };
        if strip_rows > 0 {
            self.density.prepare(model, usize::from(inner.width));
        }
        let lanes = inner.height.saturating_sub(2) / 7;
        let lanes = self.lanes.prepare(model, self.density.axis(), lanes);
        self.list = Rect { height: inner.height - strip_rows - under - lanes, ..inner };
        self.draw_list(model, theme, focused, buf);
        let place = (self.cursor.top, self.lines.iter().flatten().count(), self.cursor.len);
        frame::thumb(theme, area, buf, place, focused);
        if let Some(event) = event.as_deref().filter(|_| under > 0) {
            let below = Rect { y: self.list.bottom(), height: under, ..inner };
            draw_detail(event, model, theme, below, buf);
        }
        let at = event.as_ref().map(|event| event.date);
        let rows = Rect { y: inner.bottom() - strip_rows - lanes, height: lanes, ..inner };
        self.lanes.draw(event.as_deref(), theme, rows, buf);
        let row = Rect { y: inner.bottom() - strip_rows, height: strip_rows, ..inner };
        self.density.draw(at.as_ref(), theme, row, buf);
    }

    fn draw_list(&mut self, model: &Model, theme: &Theme, focused: bool, buf: &mut Buffer) {
        let page = usize::from(self.list.height);
        let window = self.cursor.window(page);
        let from = window.start.saturating_sub(1);
        let events = if self.coarse() { Vec::new() } else { self.rows(model, &(from..window.end)) };
        // Gaps take lines, so the first row moves on until the cursor is in view.
        let mut top = window.start;
        let lines = loop {
            let lines = self.lines_from(top, window.end, from, &events, page, theme);
            let seen = lines.iter().any(|line| matches!(line, Line::Row(row) if *row == self.cursor.at));
            if seen || top >= self.cursor.at {
                break lines;
            }
            top += 1;
        };
        self.cursor.top = top;
        self.lines.clear();
        let mut last_date = String::new();
        // A column that nobody fills is room for words.
        let lag = |row: &EventRow| row.event.lag().is_some_and(|lag| lag != 0);
        let lags = self.list.width >= 64 && events.iter().any(lag);
        for (line, at) in lines.iter().zip(0u16..) {
            let strip = Rect { y: self.list.y + at, height: 1, ..self.list };
            match line {
                Line::Gap(words) => {
                    self.lines.push(None);
                    let g = &theme.glyphs;
                    let mut pen = Pen::new(buf, strip, 0);
                    pen.skip(1).put(g.gap, theme.faint).skip(1).put(words, theme.faint);
                    last_date.clear();
                }
                Line::Row(row) => {
                    self.lines.push(Some(*row));
                    let state = (*row == self.cursor.at, focused);
                    if self.coarse() {
                        if let Some(bucket) = self.buckets.get(*row) {
                            self.draw_bucket(bucket, theme, state, strip, buf);
                        }
                    } else if let Some(event) = events.get(row - from) {
                        let state = (state.0, state.1, lags);
                        draw_event(event, model, theme, state, &mut last_date, strip, buf);
                    }
                }
            }
        }
    }

    /// Lines of the list from row `top` on, as many as there is room for.
    fn lines_from(
        &self,
        top: usize,
        end: usize,
        from: usize,
        events: &[EventRow],
        page: usize,
        theme: &Theme,
    ) -> Vec<Line> {
        let mut lines = Vec::with_capacity(page);
        for row in top..end {
            let gap = match row.checked_sub(1) {
                // The first line of the window is a row: a gap above it would look like the top.
                Some(before) if row > top => {
                    if self.coarse() {
                        step_gap(self.zoom, self.buckets.get(before), self.buckets.get(row))
                    } else {
                        let before = before.checked_sub(from).and_then(|at| events.get(at));
                        day_gap(before, events.get(row - from))
                    }
                }
                _ => None,
            };
            lines.extend(self.opens_undated(row, from, events).then(|| {
                Line::Gap(format!("without a date {}", theme.glyphs.rule.repeat(3)))
            }));
            lines.extend(gap.map(|gap| Line::Gap(format!("{gap} {}", theme.glyphs.rule.repeat(3)))));
            lines.push(Line::Row(row));
        }
        lines.truncate(page);
        lines
    }

    /// True where the row is the first without a date: what nobody dates has a lane of its own.
    fn opens_undated(&self, row: usize, from: usize, events: &[EventRow]) -> bool {
        let dated = |row: usize| {
            if self.coarse() {
                return self.buckets.get(row).map(|bucket| bucket.day.is_some());
            }
            let event = row.checked_sub(from).and_then(|at| events.get(at))?;
            Some(event.event.date.is_dated())
        };
        dated(row) == Some(false) && row.checked_sub(1).is_none_or(|before| dated(before) == Some(true))
    }

    fn draw_bucket(
        &self,
        bucket: &Bucket,
        theme: &Theme,
        (selected, focused): (bool, bool),
        area: Rect,
        buf: &mut Buffer,
    ) {
        if selected {
            buf.set_style(area, theme.row(focused));
        }
        let g = &theme.glyphs;
        let when = bucket.day.map_or(Interval::UNDATED, |day| self.zoom.interval(day));
        let most = self.buckets.iter().map(|bucket| bucket.count).max().unwrap_or(1).max(1);
        let bars = (bucket.count * 8).div_ceil(most).min(8);
        let full = g.bars.last().copied().unwrap_or("#");
        let mut pen = Pen::new(buf, area, 0);
        pen.field(if selected { g.cursor } else { "" }, 1, theme.accent, "");
        pen.skip(1).field(&date::iso(&when), 14, theme.date_exact, "+");
        pen.put(&format!("{:>6} ", bucket.count), theme.muted);
        pen.field(&full.repeat(bars), 9, theme.bar, "");
        let best = printable(&bucket.best.text);
        let room = pen.left();
        pen.put(&cut(&best, room, g.ellipsis), theme.text);
        if selected && focused {
            buf.set_style(area, theme.selection);
        }
    }
}

pub(super) fn step_gap(zoom: Zoom, before: Option<&Bucket>, next: Option<&Bucket>) -> Option<String> {
    let end = zoom.interval(before?.day?).end?;
    let days = (next?.day? - end).num_days() - 1;
    (days > 0).then(|| stretch(days))
}

pub(super) fn day_gap(before: Option<&EventRow>, next: Option<&EventRow>) -> Option<String> {
    let before = &before?.event.date;
    let days = (next?.event.date.start? - before.end.or(before.start)?).num_days();
    (days > GAP).then(|| stretch(days))
}

/// So many days in the largest unit that says enough.
fn stretch(days: i64) -> String {
    match days {
        0..90 => format!("{days} days without events"),
        90..730 => format!("{} months without events", days / 30),
        _ => format!("{} years without events", days / 365),
    }
}

/// A number of days in four columns at most: `+3d`, `+5w`, `+2y`; with `-` what was told ahead.
pub(super) fn short_lag(days: i64) -> String {
    let sign = if days < 0 { '-' } else { '+' };
    match days.abs() {
        days @ 0..28 => format!("{sign}{days}d"),
        days @ 28..365 => format!("{sign}{}w", days / 7),
        days => format!("{sign}{}y", (days / 365).min(99)),
    }
}

/// Articles and independent voices, in columns.
fn counts(event: &Event, wide: bool) -> String {
    let (articles, voices) = (event.articles.len(), event.voices as usize);
    let s = |count: usize| if count == 1 { ' ' } else { 's' };
    if wide {
        format!("{articles:>3} article{} {voices:>2} voice{} ", s(articles), s(voices))
    } else {
        format!(" {articles}/{voices} ")
    }
}

/// The same in a sentence.
fn counts_in_words(event: &Event) -> String {
    let (articles, voices) = (event.articles.len(), event.voices as usize);
    let s = |count: usize| if count == 1 { "" } else { "s" };
    format!("{articles} article{}, {voices} voice{}", s(articles), s(voices))
}

fn draw_event(
    row: &EventRow,
    model: &Model,
    theme: &Theme,
    (selected, focused, lags): (bool, bool, bool),
    last_date: &mut String,
    area: Rect,
    buf: &mut Buffer,
) {
    let g = &theme.glyphs;
    let event = row.event.as_ref();
    if selected {
        buf.set_style(area, theme.row(focused));
    }
    let (sign, style) = date::sign(date::Mark::of(event), theme);
    let shown = date::iso(&event.date);
    let unsure = date::Mark::of(event) == date::Mark::Inferred || event.date.approximate;
    let shown = format!("{}{shown}", if unsure { "~" } else { " " });
    let columns = if area.width < 64 { 14 } else { date::COLUMNS + 1 };
    let again = *last_date == shown && !selected;
    let wide = area.width >= 100;
    let related = model.entity.as_ref().is_some_and(|id| event.entities.contains(id));
    let here = model.article.as_ref().is_some_and(|id| event.articles.contains(id));
    let mut pen = Pen::new(buf, area, 0);
    let (lead, lead_style) = match (selected, related) {
        (true, _) => (g.cursor, theme.accent),
        (false, true) => (g.related, theme.mark),
        (false, false) => ("", theme.text),
    };
    pen.field(lead, 1, lead_style, "").put(sign, style);
    pen.field(if again { "" } else { &shown }, columns, style, "+").skip(1);
    pen.right(&counts(event, wide), theme.muted);
    let conflict = !event.conflicts.is_empty()
        || event.figures.iter().any(|figure| figure.verdict == crate::timeline::Verdict::Differ);
    if conflict {
        pen.right("!", theme.error);
    }
    if lags {
        // How long after it the first article told it, or how long before.
        let lag = event.lag().filter(|lag| *lag != 0);
        let lag = lag.map_or_else(String::new, short_lag);
        pen.right(&format!("{lag:>5} "), theme.faint);
    }
    if wide {
        let who = participants(event, model, 3);
        let field = (usize::from(area.width) / 5).min(34);
        let who = cut(&who, field, g.ellipsis).into_owned();
        let pad = " ".repeat(field.saturating_sub(width(&who)));
        pen.right(&format!("  {who}{pad} "), theme.muted);
    }
    if row.new {
        pen.put("new ", theme.good);
    }
    if let Some(standing) = event.standing() {
        pen.put(&format!("{standing} "), theme.faint);
    }
    let room = pen.left();
    // What the open article does not tell steps back a little.
    let style = if here || model.article.is_none() { theme.text } else { theme.muted };
    pen.put(&cut(&printable(&event.text), room, g.ellipsis), style);
    if selected && focused {
        buf.set_style(area, theme.selection);
    }
    *last_date = shown;
}

/// Who and where, by name.
pub(in super::super) fn participants(event: &Event, model: &Model, most: usize) -> String {
    let names = event.entities.iter().take(most).filter_map(|id| model.store.entity(id));
    let names: Vec<String> = names.map(|entity| printable(&entity.name).into_owned()).collect();
    names.join(", ")
}

/// The event under the cursor in full, where no evidence pane shows it.
fn draw_detail(event: &Event, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let g = &theme.glyphs;
    let columns = usize::from(area.width).saturating_sub(2);
    Pen::new(buf, area, 0).put(&g.rule.repeat(usize::from(area.width)), theme.border);
    let lines = text::wrap(&printable(&event.text), columns, 2, g.ellipsis);
    for (line, row) in lines.iter().zip(1..area.height) {
        Pen::new(buf, area, row).skip(1).put(line, theme.text);
    }
    let mut pen = Pen::new(buf, area, area.height.saturating_sub(1));
    let mark = date::Mark::of(event);
    let lag = event.lag_words().map_or(String::new(), |lag| format!(" {} {lag}", g.dot));
    let parts: [(String, Style); 4] = [
        (date::iso(&event.date), date::sign(mark, theme).1),
        (format!(" {} {} ", mark.words(), g.dot), theme.faint),
        (counts_in_words(event), theme.muted),
        (lag, theme.faint),
    ];
    pen.skip(1);
    for (text, style) in parts {
        pen.put(&text, style);
    }
    let who = participants(event, model, 6);
    if !who.is_empty() {
        let room = pen.left().saturating_sub(3);
        pen.put(&format!(" {} ", g.dot), theme.faint);
        pen.put(&cut(&who, room, g.ellipsis), theme.muted);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::testing::{Stage, day, parts};
    use super::short_lag;
    use crate::engine::Progress;
    use crate::store::Memory;
    use std::sync::Arc;

    #[test]
    fn a_lag_fits_its_column() {
        let shown: Vec<String> = [1, -4, 27, 40, 364, 800, 90_000].into_iter().map(short_lag).collect();
        assert_eq!(shown, ["+1d", "-4d", "+27d", "+5w", "+52w", "+2y", "+99y"]);
        assert!(shown.iter().all(|lag| lag.len() <= 5));
    }

    #[test]
    fn how_late_an_event_was_told_stands_on_its_row() {
        let mut parts = parts(7);
        let late = parts.events.iter().position(|event| event.text.starts_with("Mara")).unwrap();
        let mut event = (*parts.events[late]).clone();
        event.first_told = Some(day("2031-03-06"));
        parts.events[late] = Arc::new(event);
        let mut stage = Stage::new(120, 40);
        assert!(!stage.text().contains("+3d"));
        stage.app.news(Progress::Snapshot(Arc::new(Memory::new(parts))));
        stage.draw();
        let text = stage.text();
        let row = text.lines().find(|line| line.contains("+3d")).expect("a lag");
        assert!(row.contains("Mara Lindqvist called"), "{row}");
    }
}
