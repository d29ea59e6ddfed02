//! What stands under the selected name: spellings with their reason, when, and in which words.
//!
//! Made once for each entity, state and width; drawing only copies it.

use super::super::super::model::Model;
use super::super::super::theme::Theme;
use super::super::super::widget::{Pen, cut, printable, spark, width};
use crate::resolve::{Entity, EntityId, Status};
use crate::store::Filter;
use crate::text::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Spellings and mentions that are shown.
const SPELLINGS: usize = 8;
const MENTIONS: usize = 4;
const CONTEXT: usize = 200;

type Line = Vec<(String, Style)>;

/// The lines of one entity.
#[derive(Default)]
pub(super) struct Detail {
    made_for: Option<(u64, EntityId, usize)>,
    lines: Vec<Line>,
}

impl Detail {
    /// Lines that there are.
    pub(super) const fn len(&self) -> usize {
        self.lines.len()
    }

    /// Makes the lines, unless they are made.
    pub(super) fn prepare(&mut self, entity: &Entity, model: &Model, columns: usize, theme: &Theme) {
        let wanted = (model.store.generation(), entity.id.clone(), columns);
        if self.made_for.as_ref() == Some(&wanted) {
            return;
        }
        self.made_for = Some(wanted);
        self.lines = spellings(entity, columns, theme);
        self.lines.extend(over_time(entity, model, columns, theme));
        self.lines.extend(mentions(entity, model, columns, theme));
    }

    /// Draws as many lines as fit.
    pub(super) fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        for (line, row) in self.lines.iter().zip(0..area.height) {
            let mut pen = Pen::new(buf, area, row);
            pen.skip(3);
            for (text, style) in line {
                let room = pen.left();
                pen.put(&cut(text, room, theme.glyphs.ellipsis), *style);
            }
        }
    }
}

fn spellings(entity: &Entity, columns: usize, theme: &Theme) -> Vec<Line> {
    if entity.variants.len() < 2 {
        return Vec::new();
    }
    let longest = entity.variants.iter().take(SPELLINGS).map(|v| width(&v.text)).max().unwrap_or(0);
    let field = longest.min(columns / 2);
    let mut lines: Vec<Line> = Vec::new();
    for variant in entity.variants.iter().take(SPELLINGS) {
        let (sign, style) = match variant.status {
            Status::Sure => ("= ", theme.good),
            Status::Suggested => ("? ", theme.warning),
        };
        let name = cut(&variant.text, field, theme.glyphs.ellipsis).into_owned();
        let pad = " ".repeat(field.saturating_sub(width(&name)));
        lines.push(vec![
            (sign.to_owned(), style),
            (printable(&name).into_owned(), theme.text),
            (format!("{pad} {:>3}x  ", variant.count), theme.muted),
            (printable(&variant.reason).into_owned(), theme.faint),
        ]);
    }
    let more = entity.variants.len().saturating_sub(SPELLINGS);
    if more > 0 {
        lines.push(vec![(format!("  and {more} more spellings"), theme.faint)]);
    }
    lines
}

/// When its events were: one bar a stretch of days.
fn over_time(entity: &Entity, model: &Model, columns: usize, theme: &Theme) -> Option<Line> {
    let filter = Filter { entities: vec![entity.id.clone()], ..Filter::default() };
    let (first, last) = spark::bulk(model.store.as_ref(), &filter)?;
    let days = (last - first).num_days().max(0) as usize + 1;
    let bars = columns.saturating_sub(30).min(40).min(days);
    if bars < 2 {
        return None;
    }
    let counts = model.store.density(&filter, first, last, bars);
    let line = spark::bars(&counts, theme);
    Some(vec![
        (format!("{first} "), theme.faint),
        (line, theme.bar),
        (format!(" {last}"), theme.faint),
    ])
}

fn mentions(entity: &Entity, model: &Model, columns: usize, theme: &Theme) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, span) in model.store.mentions(&entity.id, 0..MENTIONS) {
        let Some(article) = model.store.article(&id) else {
            continue;
        };
        let text = article.text();
        let line = article.article.line(span.start).map_or(String::new(), |n| format!(":{n}"));
        let place = printable(id.as_str());
        let place = format!("{}{line}  ", cut(&place, 18, theme.glyphs.ellipsis));
        let room = columns.saturating_sub(width(&place) + 4);
        let (before, name, after) = around(text, span, room);
        lines.push(vec![
            (place, theme.faint),
            (before, theme.muted),
            (name, theme.kind(entity.kind)),
            (after, theme.muted),
        ]);
    }
    let more = (entity.mentions as usize).saturating_sub(lines.len());
    if more > 0 && !lines.is_empty() {
        lines.push(vec![(format!("and {more} more mentions; Enter goes through them"), theme.faint)]);
    }
    lines
}

/// The words around a mention, as many as fit into `room` columns.
fn around(text: &str, span: Span, room: usize) -> (String, String, String) {
    let clean = |text: &str| -> String {
        let line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        printable(&line).into_owned()
    };
    let name = clean(span.of(text));
    let before_room = room.saturating_sub(width(&name)) / 3;
    let mut from = span.start as usize;
    let before = text.get(..from).unwrap_or("");
    let mut used = 0;
    for (at, c) in before.char_indices().rev().take(CONTEXT) {
        used += width(c.encode_utf8(&mut [0; 4]));
        if used > before_room || c == '\n' {
            break;
        }
        // A word that is cut in half says nothing.
        if c.is_whitespace() || at == 0 {
            from = at;
        }
    }
    let before = clean(text.get(from..span.start as usize).unwrap_or(""));
    let rest = text.get(span.end as usize..).unwrap_or("");
    let after: String = rest.chars().take(CONTEXT).take_while(|c| *c != '\n').collect();
    (before.trim_start().to_owned(), name, clean(&after))
}
