//! The links of the open article, by number: type one, or a part of an address.

use super::super::effect::Effect;
use super::super::links::{Footnotes, shown};
use super::super::model::{Level, Model};
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::{Cursor, LineEdit, Pen, cut, frame, printable};
use super::{draw_line, last_row};
use crate::annotate::Annotated;
use crate::config::{Action, Context, Key};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Rows of the list at most.
const MOST: u16 = 16;

/// One link.
struct Row {
    number: usize,
    words: String,
    target: String,
}

/// The line and the links that fit it.
pub(super) struct Links {
    rows: Vec<Row>,
    line: LineEdit,
    cursor: Cursor,
    caret: Option<Position>,
    list: Rect,
}

impl Links {
    /// The links of an article; `None` where it has none.
    pub(super) fn new(article: &Annotated, boilerplate: bool) -> Option<Self> {
        let notes = Footnotes::of(article, boilerplate);
        let row = |(number, target): (usize, &String)| Row {
            number,
            words: printable(notes.words(number, article.text())).into_owned(),
            target: target.clone(),
        };
        let rows: Vec<Row> = (1..).zip(&notes.targets).map(row).collect();
        (!rows.is_empty()).then(|| Self {
            rows,
            line: LineEdit::default(),
            cursor: Cursor::default(),
            caret: None,
            list: Rect::default(),
        })
    }

    /// Links whose number begins so, or whose words or address hold what is typed.
    fn fitting(&self) -> Vec<&Row> {
        let typed = self.line.text().trim().to_lowercase();
        let number = typed.trim_matches(['[', ']']);
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let fits = |row: &&Row| {
            if is_number {
                return row.number.to_string().starts_with(number);
            }
            let holds = |text: &str| text.to_lowercase().contains(&typed);
            typed.is_empty() || holds(&row.words) || holds(&row.target)
        };
        self.rows.iter().filter(fits).collect()
    }

    fn run(&self) -> Outcome {
        match self.fitting().get(self.cursor.at) {
            Some(row) => Outcome::Done(vec![
                Effect::Pop,
                Effect::Push(super::link(row.target.clone())),
            ]),
            None => Effect::Say(Level::Warning, "No link fits that.".to_owned()).into(),
        }
    }

    fn typed_on(&mut self) {
        let page = self.cursor.page;
        self.cursor = Cursor {
            page,
            ..Cursor::default()
        };
        self.cursor.resize(self.fitting().len());
    }
}

impl Pane for Links {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open => self.run(),
            Action::Back => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => Outcome::NOTHING,
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        self.cursor.resize(self.fitting().len());
        let rows = (self.cursor.len.max(1) as u16)
            .min(MOST)
            .min(area.height.saturating_sub(4));
        let place = Rect {
            y: area.bottom().saturating_sub(rows + 3),
            width: area.width.min(100),
            height: rows + 2,
            ..area
        };
        let inner = frame::popup(theme, place, buf, "Links", "a number and Enter opens");
        self.list = inner;
        let window = self.cursor.window(usize::from(inner.height));
        let (top, page, len) = (self.cursor.top, self.cursor.page, self.cursor.len);
        frame::thumb(theme, place, buf, (top, page, len), true);
        let fits = self.fitting();
        let field = shown(self.rows.len()).len();
        let third = usize::from(inner.width) / 3;
        for (index, row) in window.zip(0u16..) {
            let Some(link) = fits.get(index) else { break };
            let mut pen = Pen::new(buf, inner, row);
            pen.skip(1)
                .field(&shown(link.number), field, theme.accent, "")
                .skip(1);
            pen.field(&link.words, third, theme.text, theme.glyphs.ellipsis)
                .skip(1);
            let room = pen.left();
            pen.put(
                &cut(&printable(&link.target), room, theme.glyphs.ellipsis),
                theme.muted,
            );
            if index == self.cursor.at {
                let strip = Rect {
                    y: inner.y + row,
                    height: 1,
                    ..inner
                };
                buf.set_style(strip, theme.selection);
            }
        }
        let (aside, style) = match &model.note {
            Some((Level::Warning, text)) => (text.as_str(), theme.warning),
            _ => ("a number, or a part of the address", theme.faint),
        };
        self.caret = draw_line(
            "link: ",
            &self.line,
            (aside, style),
            theme,
            last_row(area),
            buf,
        );
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if !self.list.contains(at) {
            return vec![Effect::Pop];
        }
        self.cursor.point(at.y - self.list.y);
        match self.run() {
            Outcome::Done(effects) => effects,
            Outcome::Ignored => Vec::new(),
        }
    }

    fn context(&self) -> Context {
        Context::Input
    }

    fn typed(&mut self, key: Key, _model: &Model) -> Option<Vec<Effect>> {
        if !self.line.key(key) {
            return None;
        }
        self.typed_on();
        Some(Vec::new())
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Vec<Effect> {
        self.line.insert(text);
        self.typed_on();
        Vec::new()
    }

    fn caret(&self) -> Option<Position> {
        self.caret
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::effect::Effect;
    use super::super::super::testing::{Stage, parts};
    use crate::article::{Article, Link};
    use crate::engine::Progress;
    use crate::store::Memory;
    use crate::text::Span;
    use std::sync::Arc;

    /// A screen over an article with links.
    fn stage() -> Stage {
        let mut parts = parts(7);
        let slot = parts
            .slots
            .iter_mut()
            .find(|slot| slot.row.id.as_str() == "harbour-1.txt")
            .unwrap();
        let mut annotated = (*slot.annotated).clone();
        let mut article = Article::clone(&annotated.article);
        article.links = ["strike", "workers", "walked"]
            .iter()
            .map(|words| {
                // The headline has a strike as well.
                let at = article.text.rfind(words).unwrap();
                Link {
                    span: Span::new(at, at + words.len()),
                    target: format!("https://n.example/{words}"),
                }
            })
            .collect();
        annotated.article = Arc::new(article);
        slot.annotated = Arc::new(annotated);
        let mut stage = Stage::new(120, 40);
        stage
            .app
            .news(Progress::Snapshot(Arc::new(Memory::new(parts))));
        stage.draw();
        stage
    }

    #[test]
    fn links_are_opened_by_their_number() {
        let mut stage = stage();
        let text = stage.text();
        assert!(text.contains("workers[2] walked[3] out."), "{text}");
        assert!(text.contains("[3] https://n.example/walked"), "{text}");
        stage.keys("L").type_text("3").keys("enter");
        assert!(stage.text().contains("Open this address?"));
        stage.keys("enter");
        let opened = stage.sent.iter().any(
            |effect| matches!(effect, Effect::OpenLink(url) if url == "https://n.example/walked"),
        );
        assert!(opened, "{:?}", stage.sent);
    }

    #[test]
    fn a_link_of_the_list_is_followed() {
        let mut stage = stage();
        stage.keys("2 G k enter");
        assert!(stage.text().contains("https://n.example/workers"));
        stage.keys("y");
        let copied = stage.sent.iter().any(
            |effect| matches!(effect, Effect::Copy(url, _) if url == "https://n.example/workers"),
        );
        assert!(copied);
        stage.keys("L").type_text("9").keys("enter");
        assert!(stage.text().contains("No link fits that."));
        let mut none = Stage::new(120, 40);
        none.keys("L");
        assert!(none.text().contains("has no links"), "{}", none.text());
    }
}
