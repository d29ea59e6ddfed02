//! The article list: date with its certainty, source, headline; what is undated comes last.
//!
//! Rows are asked for as they are shown, once for each window of each state.

mod tabs;

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::theme::Theme;
use super::super::told::{self, Row, Told};
use super::super::widget::{Cursor, Pen, cut, date, frame, printable, width};
use super::{Outcome, Pane, PaneId};
use crate::article::ArticleId;
use crate::config::Action;
use crate::resolve::Entity;
use crate::store::overlay::Notes;
use crate::store::{ArticleRow, Filter};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::ops::Range;
use std::sync::Arc;

/// The most rows that are marked at once.
const MOST_MARKED: usize = 1000;

/// The pane.
#[derive(Default)]
pub(in crate::tui) struct Articles {
    cursor: Cursor,
    /// The state that `cursor` was last brought up to.
    seen: Option<(u64, Filter)>,
    /// The article under the cursor, as far as this pane knows.
    at: Option<ArticleId>,
    rows: Option<(u64, Filter, Range<usize>, Vec<ArticleRow>)>,
    /// The selected entity: its articles get a mark.
    entity: Option<Arc<Entity>>,
    last_mark: Option<usize>,
    tabs: tabs::Tabs,
    area: Rect,
}

impl Articles {
    fn rows(&mut self, model: &Model, window: &Range<usize>) -> &[ArticleRow] {
        let generation = model.store.generation();
        let fresh = self.rows.as_ref().is_some_and(|(seen, query, range, _)| {
            *seen == generation && *query == model.query && range == window
        });
        if !fresh {
            let rows = model.store.articles(&model.query, window.clone());
            self.rows = Some((generation, model.query.clone(), window.clone(), rows));
        }
        self.rows.as_ref().map_or(&[], |(.., rows)| rows)
    }

    /// Says which article is under the cursor now.
    fn select(&mut self, model: &Model) -> Vec<Effect> {
        let at = self.cursor.at;
        let row = model.store.articles(&model.query, at..at + 1).into_iter().next();
        self.at = row.map(|row| row.id);
        self.at.clone().map(Effect::SelectArticle).into_iter().collect()
    }

    /// Marks the article under the cursor, or takes the mark off, and goes on to the next.
    fn mark(&mut self, model: &Model) -> Vec<Effect> {
        let at = self.cursor.at;
        let Some(row) = model.store.articles(&model.query, at..at + 1).pop() else {
            return Vec::new();
        };
        self.last_mark = Some(at);
        let mut effects = vec![Effect::Pick(vec![(row.id, row.hash)], None)];
        effects.extend(self.go_to_row(at + 1, model));
        effects
    }

    /// Marks everything from the last mark to here.
    fn mark_range(&mut self, model: &Model) -> Vec<Effect> {
        let at = self.cursor.at;
        let last = self.last_mark.replace(at).unwrap_or(at);
        let from = last.min(at);
        let range = from..(last.max(at) + 1).min(from + MOST_MARKED);
        let rows = model.store.articles(&model.query, range);
        let rows = rows.into_iter().map(|row| (row.id, row.hash));
        vec![Effect::Pick(rows.collect(), Some(true))]
    }

    fn go_to_row(&mut self, row: usize, model: &Model) -> Vec<Effect> {
        self.cursor.at = row.min(self.cursor.len.saturating_sub(1));
        self.select(model)
    }
}

impl Pane for Articles {
    fn update(&mut self, action: &Action, model: &Model) -> Outcome {
        if self.cursor.act(action).is_some() {
            return Outcome::Done(self.select(model));
        }
        match action {
            Action::Open => {
                let mut effects = self.select(model);
                effects.push(Effect::Focus(PaneId::Text));
                Outcome::Done(effects)
            }
            Action::Mark => Outcome::Done(self.mark(model)),
            Action::MarkRange => Outcome::Done(self.mark_range(model)),
            Action::NextMatch if model.search.is_some() => {
                Outcome::Done(self.go_to_row(self.cursor.at + 1, model))
            }
            Action::PreviousMatch if model.search.is_some() => {
                Outcome::Done(self.go_to_row(self.cursor.at.saturating_sub(1), model))
            }
            _ => Outcome::Ignored,
        }
    }

    fn sync(&mut self, model: &Model) -> Vec<Effect> {
        let generation = model.store.generation();
        let moved = self
            .seen
            .as_ref()
            .is_none_or(|(seen, query)| *seen != generation || *query != model.query);
        if moved {
            self.cursor.resize(model.store.article_count(&model.query));
            self.seen = Some((generation, model.query.clone()));
            self.at = None;
            self.last_mark = None;
        }
        self.entity = match &model.entity {
            None => None,
            Some(id) if !moved && self.entity.as_ref().is_some_and(|e| e.id == *id) => {
                self.entity.take()
            }
            Some(id) => model.store.entity(id),
        };
        if self.at == model.article && self.at.is_some() {
            return Vec::new();
        }
        let place = model
            .article
            .as_ref()
            .and_then(|id| model.store.article_position(&model.query, id));
        if let Some(place) = place {
            self.cursor.at = place;
            self.at.clone_from(&model.article);
            return Vec::new();
        }
        // Nothing is open yet, or what was open is filtered away: the row that took its place is.
        if moved || model.article.is_none() {
            return self.select(model);
        }
        Vec::new()
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let focused = model.focus == PaneId::Articles;
        let mut detail = super::filter_words(model, theme);
        if !model.picked.is_empty() {
            let dot = if detail.is_empty() { String::new() } else { format!(" {} ", theme.glyphs.dot) };
            detail = format!("{} marked{dot}{detail}", model.picked.len());
        }
        let total = model.status.articles;
        let position = match self.cursor.len {
            0 => String::new(),
            len if len == total => format!("{}/{len}", self.cursor.at + 1),
            len => format!("{}/{len} of {total}", self.cursor.at + 1),
        };
        let inner = frame::Frame {
            number: Some(PaneId::Articles.index() + 1),
            title: PaneId::Articles.title(),
            detail: &detail,
            position: &position,
            focused,
        }
        .draw(theme, area, buf);
        let inner = self.tabs.draw(model, theme, inner, buf);
        self.area = inner;
        let window = self.cursor.window(usize::from(inner.height));
        let place = (self.cursor.top, self.cursor.page, self.cursor.len);
        frame::thumb(theme, area, buf, place, focused);
        if self.cursor.len == 0 {
            super::say_empty(model, theme, inner, buf, "No articles here. `dateline FOLDER` opens others, :recent lists what was open lately, :tour shows around.");
            return;
        }
        let (at, top) = (self.cursor.at, window.start);
        let entity = self.entity.clone();
        let notes = model.store.notes();
        let columns = Columns::for_width(usize::from(inner.width), self.rows(model, &window));
        for (row, line) in self.rows(model, &window).iter().zip(0u16..) {
            let selected = top + usize::from(line) == at;
            let related = entity.as_ref().is_some_and(|e| e.articles.binary_search(&row.id).is_ok());
            let strip = Rect { y: inner.y + line, height: 1, ..inner };
            if selected {
                buf.set_style(strip, theme.row(focused));
            }
            draw_row(row, (&columns, &notes), theme, (selected, sign(related, model.picked.contains_key(&row.id), theme)), strip, buf);
            if selected && focused {
                // The style of the row wins over the colours in it, or they may not be readable.
                buf.set_style(strip, theme.selection);
            }
        }
    }

    fn told(&self, model: &Model, range: Range<usize>) -> Told {
        let notes = model.store.notes();
        let rows = model.store.articles(&model.query, range).into_iter().map(|row| {
            Row::picked(told::article(&row, &notes), vec![Effect::SelectArticle(row.id)])
        });
        Told {
            heading: format!("Articles{}", told::filter(model)),
            total: model.store.article_count(&model.query),
            at: self.cursor.at,
            rows: rows.collect(),
            ..Told::default()
        }
    }

    fn click(&mut self, at: Position, model: &Model) -> Vec<Effect> {
        if let Some(tab) = self.tabs.at(at) {
            return vec![Effect::Source(tab.checked_sub(1))];
        }
        if !self.area.contains(at) {
            return Vec::new();
        }
        let row = self.cursor.top + usize::from(at.y - self.area.y);
        if row < self.cursor.len { self.go_to_row(row, model) } else { Vec::new() }
    }

    fn hints(&self, model: &Model) -> Vec<Action> {
        let mut hints = vec![Action::Open, Action::Search, Action::WhyThisDate];
        if model.search.is_some() {
            hints.insert(0, Action::NextMatch);
        }
        if model.is_filtered() {
            hints.push(Action::ClearFilter);
        }
        hints.extend([Action::Star, Action::EditTags, Action::Enlarge, Action::CopyCitation]);
        hints
    }
}

/// Widths of the columns for a window of rows.
struct Columns {
    date: usize,
    source: usize,
}

impl Columns {
    fn for_width(width_of_pane: usize, rows: &[ArticleRow]) -> Self {
        let longest = rows
            .iter()
            .map(|row| width(&date::iso(&row.published.interval)) + 1)
            .max()
            .unwrap_or(11);
        let date = longest.clamp(11, if width_of_pane < 48 { 11 } else { date::COLUMNS + 1 });
        let most = match width_of_pane {
            0..44 => 0,
            44..64 => 10,
            64..90 => 14,
            _ => 18,
        };
        // A column that nobody fills is room for headlines.
        let sources = rows.iter().filter_map(|row| row.source.as_deref());
        let source = sources.map(width).max().unwrap_or(0).min(most);
        Self { date, source }
    }
}

/// The sign before a row: it is marked, or tells of the selected name.
fn sign(related: bool, picked: bool, theme: &Theme) -> (&'static str, Style) {
    match (picked, related) {
        (true, _) => (theme.glyphs.mark, theme.mark),
        (false, true) => (theme.glyphs.related, theme.mark),
        (false, false) => ("", theme.text),
    }
}

fn draw_row(
    row: &ArticleRow,
    (columns, notes): (&Columns, &Notes),
    theme: &Theme,
    (selected, (sign, sign_style)): (bool, (&str, Style)),
    area: Rect,
    buf: &mut Buffer,
) {
    let g = &theme.glyphs;
    let (mut when, style) = date::published(&row.published, theme);
    if when.len() > columns.date {
        // Where a range does not fit, its first day says more than half of both.
        let known = row.published.interval.start.or(row.published.interval.end);
        when = known.map_or(when, |day| format!("~{day}"));
    }
    let mut pen = Pen::new(buf, area, 0);
    if selected {
        pen.put(g.cursor, theme.accent);
    } else {
        pen.put(sign, sign_style);
    }
    let mut pen = Pen::new(buf, area, 0);
    pen.skip(1).field(&when, columns.date, style, "+").skip(1);
    if columns.source > 0 {
        let source = printable(row.source.as_deref().unwrap_or(""));
        pen.field(&source, columns.source, theme.muted, g.ellipsis).skip(1);
    }
    if !row.analysed && !row.language.is_empty() && row.language != "en" {
        pen.right(&format!(" {} ", row.language), theme.faint);
    }
    if row.new {
        pen.right(" new ", theme.good);
    }
    if row.copies_of.is_some() {
        pen.right(" copy ", theme.faint);
    }
    let read = notes.read.contains(&row.hash);
    let signs = [
        (notes.starred.contains(&row.hash), g.star, theme.mark),
        (notes.notes.contains_key(&row.hash), g.note, theme.accent),
        (read, g.read, theme.faint),
    ];
    if let Some(tags) = notes.tags.get(&row.hash) {
        let tags: Vec<String> = tags.iter().map(|tag| format!("#{}", printable(tag))).collect();
        let tags = format!(" {} ", tags.join(" "));
        // The headline is what one looks for: tags get what room it leaves, and at most a third.
        let room = pen.left().saturating_sub(width(&row.title) + 6).max(pen.left() / 3);
        pen.right(&cut(&tags, room, g.ellipsis), theme.accent);
    }
    for (_, sign, style) in signs.into_iter().filter(|(on, ..)| *on) {
        pen.put(sign, style).skip(1);
    }
    let style = if read || row.copies_of.is_some() { theme.muted } else { theme.text };
    let title = printable(&row.title);
    let room = pen.left();
    pen.put(&cut(&title, room, g.ellipsis), style);
}
