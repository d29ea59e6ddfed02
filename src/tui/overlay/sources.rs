//! The saved searches: one is shown, or forgotten.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::{Cursor, Pen, cut, frame, printable, width};
use crate::config::{Action, Context};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The box.
pub(super) struct Sources {
    cursor: Cursor,
    list: Rect,
}

impl Sources {
    /// Over the saved searches; `None` where there are none.
    pub(super) fn new(model: &Model) -> Option<Self> {
        let mut cursor = Cursor::default();
        cursor.resize(model.searches.len());
        cursor.at = model.source().unwrap_or(0);
        (!model.searches.is_empty()).then(|| Self {
            cursor,
            list: Rect::default(),
        })
    }
}

impl Pane for Sources {
    fn update(&mut self, action: &Action, model: &Model) -> Outcome {
        let at = model.searches.get(self.cursor.at);
        match action {
            Action::Open => match at {
                Some(_) => Outcome::Done(vec![Effect::Pop, Effect::Source(Some(self.cursor.at))]),
                None => Outcome::NOTHING,
            },
            Action::Hide => match at {
                Some(saved) => {
                    let mut effects = vec![Effect::Forget(saved.name.clone())];
                    effects.extend((model.searches.len() == 1).then_some(Effect::Pop));
                    Outcome::Done(effects)
                }
                None => Outcome::NOTHING,
            },
            Action::Back | Action::Close => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => Outcome::NOTHING,
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let all = &model.searches;
        self.cursor.resize(all.len());
        let columns = area.width.saturating_sub(4).clamp(10.min(area.width), 84);
        let height = (all.len() as u16)
            .saturating_add(2)
            .min(area.height.saturating_sub(1));
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.saturating_sub(height) / 3,
            width: columns,
            height,
        };
        let inner = frame::popup(
            theme,
            place,
            buf,
            "Saved searches",
            "Enter shows, x forgets",
        );
        self.list = inner;
        let window = self.cursor.window(usize::from(inner.height));
        let (top, page, len) = (self.cursor.top, self.cursor.page, self.cursor.len);
        frame::thumb(theme, place, buf, (top, page, len), true);
        let longest = all
            .iter()
            .map(|saved| width(&saved.name))
            .max()
            .unwrap_or(0);
        let field = longest.clamp(4, usize::from(inner.width / 2).max(4));
        for (index, row) in window.zip(0u16..) {
            let Some(saved) = all.get(index) else { break };
            let here = index == self.cursor.at;
            let mut pen = Pen::new(buf, inner, row);
            pen.put(if here { theme.glyphs.cursor } else { " " }, theme.accent)
                .skip(1);
            pen.field(
                &printable(&saved.name),
                field,
                theme.text,
                theme.glyphs.ellipsis,
            )
            .skip(2);
            let room = pen.left();
            pen.put(
                &cut(&printable(&saved.query), room, theme.glyphs.ellipsis),
                theme.muted,
            );
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
        vec![Action::Open, Action::Hide, Action::Back]
    }

    fn context(&self) -> Context {
        Context::Choice
    }
}
