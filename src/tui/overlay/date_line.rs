//! The line in which the date of an article is set.

use super::super::effect::Effect;
use super::super::model::{Level, Model};
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::update::parse_day;
use super::super::widget::LineEdit;
use super::{draw_line, last_row};
use crate::config::{Action, Context, Key};
use crate::store::ArticleRow;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The line.
pub(super) struct DateLine {
    line: LineEdit,
    prompt: String,
    caret: Option<Position>,
}

impl DateLine {
    pub(super) fn new(row: &ArticleRow) -> Self {
        let known = row.published.interval.start.or(row.published.interval.end);
        let now = known.map_or("undated".to_owned(), |day| day.to_string());
        Self {
            line: LineEdit::new(""),
            // What is typed replaces the date; so the date stands before the line, not in it.
            prompt: format!("published on (now {now}): "),
            caret: None,
        }
    }
}

impl Pane for DateLine {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open => {
                let Some(day) = parse_day(self.line.text()) else {
                    let text = "Not a day: write YYYY-MM-DD.".to_owned();
                    return Effect::Say(Level::Warning, text).into();
                };
                Outcome::Done(vec![
                    Effect::Pop,
                    Effect::Act(Action::Date(day.to_string())),
                ])
            }
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let good = parse_day(self.line.text()).is_some();
        let aside = if good {
            "Enter sets the date"
        } else {
            "YYYY-MM-DD"
        };
        let style = if good { theme.good } else { theme.warning };
        let row = last_row(area);
        self.caret = draw_line(&self.prompt, &self.line, (aside, style), theme, row, buf);
    }

    fn context(&self) -> Context {
        Context::Input
    }

    fn typed(&mut self, key: Key, _model: &Model) -> Option<Vec<Effect>> {
        self.line.key(key).then(Vec::new)
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Vec<Effect> {
        self.line.insert(text);
        Vec::new()
    }

    fn caret(&self) -> Option<Position> {
        self.caret
    }
}
