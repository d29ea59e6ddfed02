//! The names that were hidden, to be shown again: marked ones together, as one step.

use super::super::effect::{Effect, decided};
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::told::{Row, Told};
use super::super::widget::{Cursor, Pen, frame, kind_word, printable, width};
use crate::config::{Action, Context};
use crate::engine::decide::Decision;
use crate::store::overlay::Hidden;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::BTreeSet;
use std::ops::Range;

/// The box.
pub(super) struct HiddenNames {
    /// Each with the place where it is hidden.
    rows: Vec<(Hidden, String)>,
    marked: BTreeSet<usize>,
    last_mark: Option<usize>,
    cursor: Cursor,
    list: Rect,
}

impl HiddenNames {
    /// The list, latest first; `None` where nothing is hidden.
    pub(super) fn new(model: &Model) -> Option<Self> {
        let place = |hidden: &Hidden| match &hidden.article {
            None => "everywhere".to_owned(),
            Some(hash) => model.store.article_with(hash).map_or_else(
                || "in an article that is not here".to_owned(),
                |id| format!("in {}", printable(id.as_str())),
            ),
        };
        let notes = model.store.notes();
        let rows: Vec<_> = notes
            .hidden
            .iter()
            .rev()
            .map(|hidden| (hidden.clone(), place(hidden)))
            .collect();
        let mut cursor = Cursor::default();
        cursor.resize(rows.len());
        (!rows.is_empty()).then(|| Self {
            rows,
            marked: BTreeSet::new(),
            last_mark: None,
            cursor,
            list: Rect::default(),
        })
    }

    /// Shows the marked names again; without marks the one under the cursor.
    fn show(&self) -> Vec<Effect> {
        let at = |index: &usize| self.rows.get(*index).map(|(hidden, _)| hidden.clone());
        let chosen: Vec<Hidden> = if self.marked.is_empty() {
            at(&self.cursor.at).into_iter().collect()
        } else {
            self.marked.iter().filter_map(at).collect()
        };
        let mut effects = vec![Effect::Pop];
        effects.extend(decided(Decision::Show(chosen)));
        effects
    }

    fn draw_row(&self, index: usize, field: usize, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let Some((hidden, place)) = self.rows.get(index) else {
            return;
        };
        let on = index == self.cursor.at;
        let g = &theme.glyphs;
        let mark = if self.marked.contains(&index) {
            g.mark
        } else {
            " "
        };
        let name = hidden.surfaces.first().map_or("", String::as_str);
        let more = match hidden.surfaces.len() {
            0 | 1 => String::new(),
            all => format!("  {all} spellings"),
        };
        let mut pen = Pen::new(buf, area, 0);
        pen.put(if on { g.cursor } else { " " }, theme.accent)
            .put(mark, theme.mark)
            .field(&printable(name), field, theme.kind(hidden.kind), g.ellipsis)
            .put(&format!("  {:<6}  ", kind_word(hidden.kind)), theme.faint)
            .put(place, theme.muted)
            .put(&more, theme.faint);
        if on {
            buf.set_style(area, theme.selection);
        }
    }
}

impl Pane for HiddenNames {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        if self.cursor.act(action).is_some() {
            return Outcome::NOTHING;
        }
        let at = self.cursor.at;
        match action {
            Action::Mark => {
                if !self.marked.remove(&at) {
                    self.marked.insert(at);
                }
                self.last_mark = Some(at);
                self.cursor.act(&Action::Down);
            }
            Action::MarkRange => {
                let from = self.last_mark.unwrap_or(at);
                self.marked.extend(from.min(at)..=from.max(at));
                self.last_mark = Some(at);
            }
            Action::Open => return Outcome::Done(self.show()),
            Action::Back | Action::Close => return Effect::Pop.into(),
            _ => return Outcome::Ignored,
        }
        Outcome::NOTHING
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area.width.saturating_sub(4).clamp(10.min(area.width), 84);
        let rows = self.rows.len().min(usize::from(area.height)) as u16;
        let height = (rows + 2).min(area.height.saturating_sub(1));
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.saturating_sub(height) / 3,
            width: columns,
            height,
        };
        let inner = frame::popup(theme, place, buf, "Hidden names", "Enter shows them again");
        self.list = inner;
        let window = self.cursor.window(usize::from(inner.height));
        let (top, page, len) = (self.cursor.top, self.cursor.page, self.cursor.len);
        frame::thumb(theme, place, buf, (top, page, len), true);
        let name = |(hidden, _): &(Hidden, String)| hidden.surfaces.first().map_or(0, |s| width(s));
        let longest = self.rows.iter().map(name).max().unwrap_or(0);
        let field = longest.clamp(4, usize::from(inner.width / 2).max(4));
        for (index, row) in window.zip(0u16..) {
            let strip = Rect {
                y: inner.y + row,
                height: 1,
                ..inner
            };
            self.draw_row(index, field, theme, strip, buf);
        }
    }

    fn told(&self, _model: &Model, range: Range<usize>) -> Told {
        let names = self.rows.iter().enumerate();
        let rows = names
            .skip(range.start)
            .take(range.len())
            .map(|(index, (hidden, place))| {
                let name = hidden.surfaces.first().map_or("", String::as_str);
                let marked = if self.marked.contains(&index) {
                    " (marked)"
                } else {
                    ""
                };
                Row::plain(format!(
                    "{name}, {}, {place}{marked}",
                    kind_word(hidden.kind)
                ))
            });
        Told {
            heading: "Hidden names: open shows them again".to_owned(),
            total: self.rows.len(),
            at: self.cursor.at,
            rows: rows.collect(),
            ..Told::default()
        }
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if self.list.contains(at) {
            self.cursor.point(at.y - self.list.y);
            return Vec::new();
        }
        vec![Effect::Pop]
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![Action::Mark, Action::Open, Action::Back]
    }

    fn context(&self) -> Context {
        Context::Choice
    }
}
