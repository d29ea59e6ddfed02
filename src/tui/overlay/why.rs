//! Why this date: what decided, in which words, by which rule; what was not believed; what speaks
//! against it.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::told::{Row, Told};
use super::super::widget::{Cursor, Pen, date, frame, printable, text};
use crate::annotate::published::explain;
use crate::annotate::{Annotated, EvidencePlace};
use crate::config::Action;
use crate::timeline::{Event, Verdict};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::ops::Range;

/// A line before it is wrapped: how far in, the text, its style.
struct Line {
    indent: usize,
    text: String,
    style: Style,
}

/// The box.
pub(super) struct Why {
    title: String,
    lines: Vec<Line>,
    cursor: Cursor,
}

impl Why {
    fn new(title: String) -> Self {
        Self {
            title,
            lines: Vec::new(),
            cursor: Cursor::default(),
        }
    }

    fn put(&mut self, indent: usize, text: impl AsRef<str>, style: Style) {
        let text = printable(text.as_ref()).into_owned();
        self.lines.push(Line {
            indent,
            text,
            style,
        });
    }

    /// Of an article.
    pub(super) fn of_article(article: &Annotated, theme: &Theme) -> Self {
        let published = &article.published;
        let mut made = Self::new("Why this date".to_owned());
        let mut told = explain(published).into_iter();
        let (_, style) = date::published(published, theme);
        let first = told.next().unwrap_or_default();
        made.put(0, first, style.add_modifier(Modifier::BOLD));
        if let Some(at) = published.interval.at {
            made.put(0, format!("at {}", at.to_rfc3339()), theme.muted);
        }
        // The sentences come in the order of evidence, conflicts, rejected candidates.
        for evidence in &published.evidence {
            let Some(sentence) = told.next() else { break };
            made.put(0, "", theme.text);
            made.put(0, sentence, theme.text);
            let place = match evidence.place {
                EvidencePlace::Text => "in the text",
                EvidencePlace::Removed => "beside the text",
                EvidencePlace::Title => "in the headline",
                EvidencePlace::Metadata => "in the metadata",
                EvidencePlace::Path => "in the path or link",
                EvidencePlace::Article => "in another article",
            };
            made.put(2, format!("{place}; rule {}", evidence.rule), theme.faint);
        }
        let conflicts = published.conflicts.len();
        for (index, sentence) in told.enumerate() {
            if index == 0 || index == conflicts {
                made.put(0, "", theme.text);
            }
            let style = if index < conflicts {
                theme.error
            } else {
                theme.muted
            };
            made.put(0, sentence, style);
        }
        made
    }

    /// Of an event.
    pub(super) fn of_event(event: &Event, model: &Model, theme: &Theme) -> Self {
        let mut made = Self::new("Why this date".to_owned());
        let mark = date::Mark::of(event);
        let (sign, style) = date::sign(mark, theme);
        made.put(0, format!("{sign} {}", event.date), style);
        made.put(
            0,
            format!("{}; {}", event.date.precision.name(), mark.words()),
            theme.muted,
        );
        if let Some(lag) = event.lag_words() {
            made.put(0, lag, theme.muted);
        }
        made.put(0, &event.text, theme.strong);
        for quote in &event.mentions {
            made.put(0, "", theme.text);
            let line = quote.line.map_or(String::new(), |line| format!(":{line}"));
            made.put(0, format!("{}{line}", quote.article), theme.accent);
            made.put(0, &quote.quote, theme.text);
            let how = date::basis(quote.basis, quote.timex.as_deref());
            made.put(2, format!("{how}: {}", quote.date), theme.date_inferred);
            let row = model.store.row(&quote.article);
            if let Some(row) = row.filter(|row| row.published.interval.is_dated()) {
                let (when, _) = date::published(&row.published, theme);
                made.put(2, format!("the article is of {}", when.trim()), theme.faint);
            }
        }
        for figure in &event.figures {
            let verdict = match figure.verdict {
                Verdict::Agree => "agree",
                Verdict::Differ => "differ",
                Verdict::DifferentScope => "are of different scope",
            };
            made.put(0, "", theme.text);
            made.put(
                0,
                format!("{}: the figures {verdict}", figure.what),
                theme.muted,
            );
            made.put(2, &figure.why, theme.faint);
        }
        made
    }
}

impl Pane for Why {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open | Action::Back | Action::Close => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => Outcome::NOTHING,
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area.width.saturating_sub(4).clamp(10.min(area.width), 78);
        let inside = usize::from(columns).saturating_sub(4).max(4);
        let mut shown: Vec<(usize, String, Style)> = Vec::new();
        for line in &self.lines {
            let room = inside.saturating_sub(line.indent).max(4);
            let wrapped = text::wrap(&line.text, room, 12, theme.glyphs.ellipsis);
            if wrapped.is_empty() {
                shown.push((0, String::new(), line.style));
            }
            shown.extend(
                wrapped
                    .into_iter()
                    .map(|text| (line.indent, text, line.style)),
            );
        }
        let rows = (shown.len() as u16)
            .saturating_add(2)
            .min(area.height.saturating_sub(2))
            .max(3);
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.saturating_sub(rows) / 3,
            width: columns,
            height: rows.min(area.height),
        };
        let inner = frame::popup(theme, place, buf, &self.title, "Esc closes");
        let page = usize::from(inner.height);
        let last = shown.len().saturating_sub(page);
        let top = self.cursor.at.min(last);
        self.cursor.resize(last + 1);
        self.cursor.at = top;
        self.cursor.page = page;
        frame::thumb(theme, place, buf, (top, page, shown.len()), true);
        for ((indent, text, style), row) in shown.iter().skip(top).zip(0..inner.height) {
            Pen::new(buf, inner, row).skip(1 + indent).put(text, *style);
        }
    }

    fn told(&self, _model: &Model, range: Range<usize>) -> Told {
        let lines: Vec<&Line> = self
            .lines
            .iter()
            .filter(|line| !line.text.is_empty())
            .collect();
        let rows = lines.iter().skip(range.start).take(range.len());
        Told {
            heading: self.title.clone(),
            total: lines.len(),
            rows: rows.map(|line| Row::plain(&line.text)).collect(),
            ..Told::default()
        }
    }

    fn click(&mut self, _at: Position, _model: &Model) -> Vec<Effect> {
        vec![Effect::Pop]
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![Action::Back, Action::Down, Action::Up]
    }
}
