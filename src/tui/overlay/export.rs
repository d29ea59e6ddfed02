//! The forms that the view can be written in; one is chosen, then its file.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::{Cursor, Pen, cut, frame};
use crate::config::{Action, Context};
use crate::export::FORMATS;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The box.
#[derive(Default)]
pub(super) struct Export {
    cursor: Cursor,
    list: Rect,
}

impl Pane for Export {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open => match FORMATS.get(self.cursor.at) {
                Some(form) => {
                    let line = format!("export {} timeline.{}", form.name, form.extension);
                    Outcome::Done(vec![Effect::Pop, Effect::Push(super::palette_with(&line))])
                }
                None => Outcome::NOTHING,
            },
            Action::Back | Action::Close => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => Outcome::NOTHING,
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        self.cursor.resize(FORMATS.len());
        let columns = area.width.saturating_sub(4).clamp(10.min(area.width), 84);
        let height = (FORMATS.len() as u16 + 2).min(area.height.saturating_sub(1));
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.saturating_sub(height) / 3,
            width: columns,
            height,
        };
        let events = model.store.event_count(&model.query);
        let what = format!("{events} events as they are filtered now");
        let inner = frame::popup(theme, place, buf, "Export", &what);
        self.list = inner;
        let window = self.cursor.window(usize::from(inner.height));
        for (index, row) in window.zip(0u16..) {
            let Some(form) = FORMATS.get(index) else {
                break;
            };
            let here = index == self.cursor.at;
            let mut pen = Pen::new(buf, inner, row);
            pen.put(if here { theme.glyphs.cursor } else { " " }, theme.accent)
                .skip(1);
            pen.field(form.name, 12, theme.strong, theme.glyphs.ellipsis);
            let room = pen.left();
            pen.put(&cut(form.help, room, theme.glyphs.ellipsis), theme.muted);
            if here {
                let strip = Rect {
                    y: inner.y + row,
                    height: 1,
                    ..inner
                };
                buf.set_style(strip, theme.selection);
            }
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

    fn context(&self) -> Context {
        Context::Choice
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Stage;

    #[test]
    fn a_form_is_chosen_and_its_line_written() {
        let mut stage = Stage::new(100, 30);
        stage.keys("w");
        let text = stage.text();
        assert!(text.contains("5 events as they are filtered now"), "{text}");
        assert!(
            text.contains("csv") && text.contains("timelinejs"),
            "{text}"
        );
        stage.keys("j enter");
        assert!(
            stage.text().contains(":export csv timeline.csv"),
            "{}",
            stage.text()
        );
        stage.keys("esc");
        assert!(stage.app.overlays.is_empty());
    }
}
