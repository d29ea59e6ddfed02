//! A frame: the top line, the panes, what lies on top of them, the bottom line.

mod pending;

use super::app::App;
use super::layout;
use super::model::Level;
use super::pane::PaneId;
use super::status;
use super::widget::{Pen, cut, printable, width};
use crate::config::{Action, Context};
use crate::text::normalize;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The most hints that are worth reading.
const HINTS: usize = 8;

impl App {
    /// Draws a frame; gives the place of the caret where a text is typed.
    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buf.area);
        self.sync();
        let theme = self.theme;
        let model = &mut self.model;
        self.boxes.clear();
        self.area = area;
        let focus = (model.focus, model.follow);
        let places = layout::places(area, focus, model.enlarged, &model.shares);
        let Some(places) = places else {
            model.shown.clear();
            self.draw_too_small(area, buf);
            return None;
        };
        model.shown = places.panes.iter().map(|(id, _)| *id).collect();
        for (id, place) in &places.panes {
            if let Some(pane) = self.panes.get_mut(id.index()) {
                pane.draw(&self.model, &theme, *place, buf);
                self.boxes.push((*id, *place));
            }
        }
        self.draw_top(places.top, buf);
        self.draw_bottom(places.bottom, buf);
        let mut caret = None;
        for overlay in &mut self.overlays {
            overlay.draw(&self.model, &theme, area, buf);
            caret = overlay.caret();
        }
        self.draw_pending(area, buf);
        if self.ascii {
            asciify(buf);
        }
        caret.filter(|at| area.contains(*at))
    }

    fn draw_too_small(&self, area: Rect, buf: &mut Buffer) {
        let text = format!("{}x{} is too small (20x5)", area.width, area.height);
        let lines = super::widget::text::wrap(&text, usize::from(area.width), 4, "");
        for (line, row) in lines.iter().zip(0..area.height) {
            Pen::new(buf, area, row).put(line, self.theme.muted);
        }
    }

    fn draw_top(&self, area: Rect, buf: &mut Buffer) {
        let (theme, model) = (&self.theme, &self.model);
        let mut pen = Pen::new(buf, area, 0);
        pen.skip(1).put("dateline", theme.accent).skip(2);
        let progress = status::progress(model);
        if !progress.is_empty() {
            let style = if model.loading.broken {
                theme.error
            } else {
                theme.date_inferred
            };
            pen.right(&format!(" {progress} "), style);
        }
        if area.width < 60 && model.shown.len() == 1 {
            // One pane: say which others there are.
            pen.right(&format!(" {}/5 ", model.focus.index() + 1), theme.faint);
        }
        let sentence = status::sentence(model, "~");
        let room = pen.left();
        let shown = cut(&sentence, room, theme.glyphs.ellipsis);
        pen.put(&shown, theme.muted);
        let help = self.keymap.keys_for(&[Context::Global], &Action::Help);
        if let Some(keys) = help.filter(|_| pen.left() > 24 && !sentence.is_empty()) {
            pen.put(" Press ", theme.muted)
                .put(&keys, theme.key)
                .put(" for keys.", theme.muted);
        }
    }

    fn draw_bottom(&self, area: Rect, buf: &mut Buffer) {
        let (theme, model) = (&self.theme, &self.model);
        let mut pen = Pen::new(buf, area, 0);
        pen.skip(1);
        if !self.pending.is_empty() {
            let keys = crate::config::key::show_sequence(&self.pending);
            pen.right(&format!(" {keys} "), theme.key);
        } else if let Some(count) = self.count {
            pen.right(&format!(" {count} "), theme.key);
        }
        if let Some((level, text)) = &model.note {
            let style = match level {
                Level::Info => theme.strong,
                Level::Warning => theme.warning,
            };
            let room = pen.left();
            pen.put(&cut(&printable(text), room, theme.glyphs.ellipsis), style);
            return;
        }
        let contexts = self.contexts();
        let hints = if let Some(overlay) = self.overlays.last() {
            overlay.hints(model)
        } else {
            let pane = self.panes.get(model.focus.index());
            let mut hints = pane.map_or(Vec::new(), |pane| pane.hints(model));
            hints.truncate(HINTS - 1);
            hints.push(Action::Help);
            hints
        };
        for action in hints {
            let Some(keys) = self.keymap.keys_for(&contexts, &action) else {
                continue;
            };
            let words = hint(&action);
            if width(&keys) + width(words) + 3 > pen.left() {
                break;
            }
            pen.put(&keys, theme.key)
                .skip(1)
                .put(words, theme.muted)
                .skip(2);
        }
    }

    /// The pane whose place holds a position.
    pub(super) fn pane_at(&self, at: Position) -> Option<PaneId> {
        let found = self.boxes.iter().find(|(_, place)| place.contains(at));
        found.map(|(id, _)| *id)
    }
}

/// An action in a word or two.
const fn hint(action: &Action) -> &'static str {
    match action {
        Action::Open => "open",
        Action::Search => "search",
        Action::WhyThisDate => "why this date",
        Action::ClearFilter => "clear filter",
        Action::FilterEntity => "filter",
        Action::NextMatch => "next match",
        Action::PreviousMatch => "previous",
        Action::NextPane => "next",
        Action::NextMention => "next mention",
        Action::Enlarge => "enlarge",
        Action::CopyCitation => "copy citation",
        Action::TimelineAtCursor => "event",
        Action::EntityAtCursor => "entity",
        Action::Boilerplate => "boilerplate",
        Action::OpenEditor => "editor",
        Action::NextKind => "kind",
        Action::ToggleScope => "this article/all",
        Action::Mark => "mark",
        Action::Merge => "merge/accept",
        Action::Split => "split",
        Action::Hide => "hide",
        Action::EditTags => "tag",
        Action::ZoomIn => "zoom in",
        Action::ZoomOut => "zoom out",
        Action::Help => "keys",
        Action::Back => "close",
        Action::Down => "down",
        Action::Up => "up",
        _ => action.name(),
    }
}

/// The last step where only ASCII may be drawn: letters lose their accents, the rest becomes `?`.
fn asciify(buf: &mut Buffer) {
    let mut folded = String::new();
    for cell in &mut buf.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        folded.clear();
        if let Some(c) = cell.symbol().chars().next() {
            normalize::fold_char(c, &mut folded);
            if c.is_uppercase() {
                folded = folded.to_uppercase();
            }
        }
        let first = folded.chars().next().filter(char::is_ascii);
        cell.set_char(first.unwrap_or('?'));
    }
}
