//! Folders and files that were open lately; one of them can be opened instead of what is.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::told::{Row, Told};
use super::super::widget::{Cursor, Pen, cut, frame, printable};
use crate::config::Action;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// The box.
pub(super) struct Recent {
    rows: Arc<[Vec<PathBuf>]>,
    cursor: Cursor,
    list: Rect,
}

impl Recent {
    /// The list; `None` where nothing was open before.
    pub(super) fn new(model: &Model) -> Option<Self> {
        let rows = model.recent.clone();
        let mut cursor = Cursor::default();
        cursor.resize(rows.len());
        (!rows.is_empty()).then(|| Self {
            rows,
            cursor,
            list: Rect::default(),
        })
    }

    fn open(&self) -> Vec<Effect> {
        let paths = self.rows.get(self.cursor.at).cloned();
        let open = paths.map(Effect::OpenCollection);
        std::iter::once(Effect::Pop).chain(open).collect()
    }
}

/// The paths of a collection in a line.
fn words(paths: &[PathBuf]) -> String {
    let all: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    printable(&all.join("  ")).into_owned()
}

impl Pane for Recent {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        if self.cursor.act(action).is_some() {
            return Outcome::NOTHING;
        }
        match action {
            Action::Open => Outcome::Done(self.open()),
            Action::Back | Action::Close => Effect::Pop.into(),
            _ => Outcome::Ignored,
        }
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
        self.list = frame::popup(theme, place, buf, "Open lately", "Enter opens, Esc closes");
        let window = self.cursor.window(usize::from(self.list.height));
        let (top, page, len) = (self.cursor.top, self.cursor.page, self.cursor.len);
        frame::thumb(theme, place, buf, (top, page, len), true);
        for (index, row) in window.zip(0u16..) {
            let Some(paths) = self.rows.get(index) else {
                break;
            };
            let strip = Rect {
                y: self.list.y + row,
                height: 1,
                ..self.list
            };
            let on = index == self.cursor.at;
            let mut pen = Pen::new(buf, strip, 0);
            pen.field(
                if on { theme.glyphs.cursor } else { "" },
                2,
                theme.accent,
                "",
            );
            let room = pen.left();
            pen.put(&cut(&words(paths), room, theme.glyphs.ellipsis), theme.text);
            if on {
                buf.set_style(strip, theme.selection);
            }
        }
    }

    fn told(&self, _model: &Model, range: Range<usize>) -> Told {
        let rows = self
            .rows
            .iter()
            .skip(range.start)
            .take(range.len())
            .map(|paths| {
                Row::picked(
                    words(paths),
                    vec![Effect::Pop, Effect::OpenCollection(paths.clone())],
                )
            });
        Told {
            heading: "Open lately".to_owned(),
            total: self.rows.len(),
            at: self.cursor.at,
            rows: rows.collect(),
            ..Told::default()
        }
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if !self.list.contains(at) {
            return vec![Effect::Pop];
        }
        self.cursor.point(at.y - self.list.y);
        Vec::new()
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![Action::Open, Action::Back]
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::effect::Effect;
    use super::super::super::testing::Stage;
    use std::path::PathBuf;

    #[test]
    fn what_was_open_lately_is_opened_again() {
        let mut stage = Stage::new(80, 24);
        stage.keys("ctrl-o");
        assert!(
            stage.text().contains("Nothing else was open"),
            "{}",
            stage.text()
        );
        stage.app.model.recent =
            vec![vec![PathBuf::from("/one")], vec![PathBuf::from("/two")]].into();
        stage.keys("ctrl-o j enter");
        let opened = stage.sent.iter().find_map(|effect| match effect {
            Effect::OpenCollection(paths) => Some(paths.clone()),
            _ => None,
        });
        assert_eq!(opened, Some(vec![PathBuf::from("/two")]));
        assert!(stage.app.overlays.is_empty());
    }
}
