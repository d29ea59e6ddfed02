//! The line after `/`: articles are filtered as it is typed; in the text, words are found.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane, PaneId};
use super::super::theme::Theme;
use super::super::widget::LineEdit;
use super::{draw_line, last_row};
use crate::article::ArticleId;
use crate::config::{Action, Context, Key};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The line.
pub(super) struct SearchLine {
    line: LineEdit,
    /// In the text only.
    find: bool,
    /// What there was before, to come back to.
    before: Option<String>,
    article: Option<ArticleId>,
    caret: Option<Position>,
}

impl SearchLine {
    pub(super) fn new(model: &Model) -> Self {
        let find = model.focus == PaneId::Text;
        let search = model.search.as_ref().map(|search| search.text.clone());
        let before = if find { model.find.clone() } else { search };
        Self {
            line: LineEdit::default(),
            find,
            before,
            article: model.article.clone(),
            caret: None,
        }
    }

    fn effect(&self, text: Option<String>) -> Effect {
        if self.find {
            Effect::Find(text)
        } else {
            Effect::Search(text)
        }
    }

    fn changed(&self) -> Vec<Effect> {
        let text = Some(self.line.text().to_owned()).filter(|text| !text.is_empty());
        vec![self.effect(text)]
    }
}

impl Pane for SearchLine {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open if self.line.text().is_empty() => {
                // An empty line repeats what was there.
                Outcome::Done(vec![self.effect(self.before.clone()), Effect::Pop])
            }
            Action::Open if self.find => {
                Outcome::Done(vec![Effect::Pop, Effect::Act(Action::NextMatch)])
            }
            Action::Open => Effect::Pop.into(),
            Action::Back => {
                let mut effects = vec![self.effect(self.before.clone()), Effect::Pop];
                let back = self
                    .article
                    .clone()
                    .filter(|_| !self.find && self.before.is_none());
                effects.extend(back.map(Effect::SelectArticle));
                Outcome::Done(effects)
            }
            // The list moves under the line, so that a match can be looked at while typing.
            Action::Down if !self.find => Effect::Under(Action::Down).into(),
            Action::Up if !self.find => Effect::Under(Action::Up).into(),
            Action::PageDown if !self.find => Effect::Under(Action::PageDown).into(),
            Action::PageUp if !self.find => Effect::Under(Action::PageUp).into(),
            Action::Down => Effect::Under(Action::NextMatch).into(),
            Action::Up => Effect::Under(Action::PreviousMatch).into(),
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let error = model
            .search
            .as_ref()
            .and_then(|search| search.error.as_ref());
        let (aside, style) = match (self.find, error, &model.search) {
            (true, ..) => (String::new(), theme.faint),
            (_, Some(error), _) => (error.to_string(), theme.warning),
            (_, None, Some(search)) if !self.line.text().is_empty() => {
                let found = match search.ranked.len() {
                    0 => "nothing matches".to_owned(),
                    1 => "1 article".to_owned(),
                    count => format!("{count} articles"),
                };
                (found, theme.muted)
            }
            _ => (
                "words, \"phrase\", person:name, after:2020-08, !not".to_owned(),
                theme.faint,
            ),
        };
        let aside = super::super::widget::printable(&aside).into_owned();
        let lead = if self.find { "find: " } else { "/" };
        self.caret = draw_line(
            lead,
            &self.line,
            (&aside, style),
            theme,
            last_row(area),
            buf,
        );
    }

    fn context(&self) -> Context {
        Context::Input
    }

    fn typed(&mut self, key: Key, _model: &Model) -> Option<Vec<Effect>> {
        let before = self.line.text().to_owned();
        if !self.line.key(key) {
            return None;
        }
        Some(if self.line.text() == before {
            Vec::new()
        } else {
            self.changed()
        })
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Vec<Effect> {
        self.line.insert(text);
        self.changed()
    }

    fn caret(&self) -> Option<Position> {
        self.caret
    }
}
