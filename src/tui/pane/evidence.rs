//! Every quote for the selected event, with file and line, and how it is dated there; figures
//! with their verdict; what contradicts it.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::theme::Theme;
use super::super::told::{self, Row, Told};
use super::super::widget::{Cursor, Pen, cut, date, frame, printable, text};
use super::{Outcome, Pane, PaneId};
use crate::config::Action;
use crate::timeline::{Event, EventId, Verdict};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::ops::Range;
use std::sync::Arc;

/// Quotes that are laid out; an event told by more is known well enough.
const MOST_QUOTES: usize = 200;

/// A line and the quote that it belongs to.
struct Line {
    quote: Option<usize>,
    parts: Vec<(String, Style)>,
}

/// The pane.
#[derive(Default)]
pub(in crate::tui) struct Evidence {
    event: Option<Arc<Event>>,
    /// Over the quotes.
    cursor: Cursor,
    /// The first line that is shown.
    top: usize,
    made_for: Option<(u64, EventId, usize)>,
    lines: Vec<Line>,
    area: Rect,
}

impl Evidence {
    fn follow(&self) -> Vec<Effect> {
        let quote = self.event.as_ref().and_then(|event| event.mentions.get(self.cursor.at));
        quote.map(|quote| Effect::Jump(quote.article.clone(), quote.span)).into_iter().collect()
    }
}

impl Pane for Evidence {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        if self.cursor.act(action).is_some() {
            return Outcome::Done(self.follow());
        }
        match action {
            Action::Open => {
                let mut effects = self.follow();
                effects.push(Effect::Focus(PaneId::Text));
                Outcome::Done(effects)
            }
            _ => Outcome::Ignored,
        }
    }

    fn sync(&mut self, model: &Model) -> Vec<Effect> {
        let event = model.event.as_ref().and_then(|id| model.store.event(id));
        let id = |event: &Option<Arc<Event>>| event.as_ref().map(|event| event.id.clone());
        if id(&event) != id(&self.event) {
            self.cursor = Cursor { page: 1, ..Cursor::default() };
            self.top = 0;
        }
        self.cursor.resize(event.as_ref().map_or(0, |event| event.mentions.len().min(MOST_QUOTES)));
        self.event = event;
        Vec::new()
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let focused = model.focus == PaneId::Evidence;
        let detail = self.event.as_ref().map_or(String::new(), |event| date::iso(&event.date));
        let position = match self.cursor.len {
            0 => String::new(),
            len => format!("{}/{len}", self.cursor.at + 1),
        };
        let inner = frame::Frame {
            number: Some(PaneId::Evidence.index() + 1),
            title: PaneId::Evidence.title(),
            detail: &detail,
            position: &position,
            focused,
        }
        .draw(theme, area, buf);
        self.area = inner;
        let Some(event) = self.event.clone() else {
            super::say_empty(model, theme, inner, buf, "No event is selected.");
            return;
        };
        let columns = usize::from(inner.width).saturating_sub(3);
        let wanted = (model.store.generation(), event.id.clone(), columns);
        if self.made_for.as_ref() != Some(&wanted) {
            self.made_for = Some(wanted);
            self.lines = lines(&event, model, theme, columns);
        }
        let page = usize::from(inner.height);
        let of_cursor = |line: &Line| line.quote == Some(self.cursor.at);
        let first = self.lines.iter().position(of_cursor).unwrap_or(0);
        let last = self.lines.iter().rposition(of_cursor).unwrap_or(0);
        // The heading comes with the first quote.
        let first = if self.cursor.at == 0 { 0 } else { first };
        if last >= self.top + page {
            self.top = (last + 1).saturating_sub(page);
        }
        self.top = self.top.min(first).min(self.lines.len().saturating_sub(page));
        frame::thumb(theme, area, buf, (self.top, page, self.lines.len()), focused);
        for (line, row) in self.lines.iter().skip(self.top).zip(0..inner.height) {
            let on = line.quote == Some(self.cursor.at);
            let mut pen = Pen::new(buf, inner, row);
            let gutter = if on && focused { theme.accent } else { theme.border };
            pen.field(if on { theme.glyphs.gutter } else { "" }, 2, gutter, "");
            for (text, style) in &line.parts {
                pen.put(text, *style);
            }
        }
    }

    fn told(&self, model: &Model, range: Range<usize>) -> Told {
        let Some(event) = &self.event else {
            return Told { heading: "Evidence: no event is selected".to_owned(), ..Told::default() };
        };
        let quotes = event.mentions.iter().take(MOST_QUOTES);
        let rows = quotes.skip(range.start).take(range.len()).map(|quote| {
            let line = quote.line.map_or(String::new(), |line| format!(" line {line}"));
            let how = date::basis(quote.basis, quote.timex.as_deref());
            let when = date::iso(&quote.date);
            Row::plain(format!("{}{line}: {} ({how}: {when})", quote.article, quote.quote))
        });
        let figures = event.figures.iter().map(|figure| {
            let verdict = match figure.verdict {
                Verdict::Agree => "agree",
                Verdict::Differ => "differ",
                Verdict::DifferentScope => "are of different scope",
            };
            let values: Vec<&str> = figure.values.iter().map(|value| value.text.as_str()).collect();
            format!("Figures on {}: {}. They {verdict}: {}", figure.what, values.join("; "), figure.why)
        });
        let others = event.conflicts.iter().filter_map(|id| model.store.event(id));
        let others = others.map(|other| format!("Contradicted: {}: {}", told::when(&other), other.text));
        let who = super::timeline::participants(event, model, 6);
        let who = if who.is_empty() { String::new() } else { format!(" With {who}") };
        Told {
            heading: format!("Evidence for {}: {}{who}", told::when(event), event.text),
            total: self.cursor.len,
            at: self.cursor.at,
            rows: rows.collect(),
            after: figures.chain(others).collect(),
        }
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if !self.area.contains(at) {
            return Vec::new();
        }
        let line = self.lines.get(self.top + usize::from(at.y - self.area.y));
        match line.and_then(|line| line.quote) {
            Some(quote) => {
                self.cursor.at = quote;
                self.follow()
            }
            None => Vec::new(),
        }
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![
            Action::Open,
            Action::WhyThisDate,
            Action::CopyCitation,
            Action::EntityAtCursor,
            Action::Enlarge,
        ]
    }
}

/// An event and its evidence, laid out.
fn lines(event: &Event, model: &Model, theme: &Theme, columns: usize) -> Vec<Line> {
    let mut made = Vec::new();
    let mut put = |quote, parts| made.push(Line { quote, parts });
    let g = &theme.glyphs;
    let mark = date::Mark::of(event);
    let (sign, style) = date::sign(mark, theme);
    let head = format!("{sign} {} ", date::iso(&event.date));
    let lag = event.lag_words().map_or(String::new(), |lag| format!(" {} {lag}", g.dot));
    let standing = event.standing().map_or(String::new(), |word| format!("{word}, "));
    put(None, vec![(head, style), (format!("{standing}{}{lag}", mark.words()), theme.faint)]);
    let who = super::timeline::participants(event, model, 6);
    for line in text::wrap(&who, columns, 2, g.ellipsis) {
        put(None, vec![(line, theme.muted)]);
    }
    put(None, Vec::new());
    for (index, quote) in event.mentions.iter().take(MOST_QUOTES).enumerate() {
        let row = model.store.row(&quote.article);
        let path = row.as_ref().and_then(|row| row.path.clone());
        let path = path.unwrap_or_else(|| quote.article.to_string());
        let place = quote.line.map_or(path.clone(), |line| format!("{path}:{line}"));
        let new = if row.is_some_and(|row| row.new) { " new" } else { "" };
        let place = from_the_end(&printable(&place), columns.saturating_sub(new.len()), g.ellipsis);
        put(Some(index), vec![(place, theme.accent), (new.to_owned(), theme.good)]);
        for line in text::wrap(&printable(&quote.quote), columns, 8, g.ellipsis) {
            put(Some(index), vec![(line, theme.text)]);
        }
        let how = date::basis(quote.basis, quote.timex.as_deref());
        let how = format!("{how} {} {}", g.arrow, date::iso(&quote.date));
        for line in text::wrap(&how, columns, 2, g.ellipsis) {
            put(Some(index), vec![(line, theme.date_inferred)]);
        }
        put(None, Vec::new());
    }
    for figure in &event.figures {
        let (word, style) = match figure.verdict {
            Verdict::Agree => ("agree", theme.good),
            Verdict::Differ => ("differ", theme.error),
            Verdict::DifferentScope => ("are of different scope", theme.muted),
        };
        let values: Vec<String> =
            figure.values.iter().map(|value| printable(&value.text).into_owned()).collect();
        let head = format!("{}: {}", figure.what, values.join(&format!(" {} ", g.dot)));
        for line in text::wrap(&head, columns, 3, g.ellipsis) {
            put(None, vec![(line, theme.muted)]);
        }
        put(None, vec![(format!("the figures {word}"), style)]);
        for line in text::wrap(&figure.why, columns, 2, g.ellipsis) {
            put(None, vec![(line, theme.faint)]);
        }
    }
    for id in &event.conflicts {
        if let Some(other) = model.store.event(id) {
            let text = format!("! contradicted on {}: {}", date::iso(&other.date), other.text);
            for line in text::wrap(&printable(&text), columns, 3, g.ellipsis) {
                put(None, vec![(line, theme.error)]);
            }
        }
    }
    made
}

/// A path cut at its start: the file and line are at its end.
fn from_the_end(path: &str, columns: usize, ellipsis: &str) -> String {
    if super::super::widget::width(path) <= columns {
        return path.to_owned();
    }
    let turned: String = path.chars().rev().collect();
    let kept = cut(&turned, columns, ellipsis);
    let kept = kept.strip_suffix(ellipsis).unwrap_or(&kept);
    format!("{ellipsis}{}", kept.chars().rev().collect::<String>())
}
