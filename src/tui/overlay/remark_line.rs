//! The line in which tags and a note are given to the open article.

use super::super::effect::{Effect, decided};
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::LineEdit;
use super::{draw_line, last_row};
use crate::article::ContentHash;
use crate::config::{Action, Context, Key};
use crate::engine::decide::Decision;
use crate::store::ArticleRow;
use crate::store::overlay::Notes;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The line.
pub(super) struct RemarkLine {
    articles: Vec<ContentHash>,
    line: LineEdit,
    /// The note as it was, where this is the line of the note.
    note: Option<String>,
    prompt: String,
    caret: Option<Position>,
}

impl RemarkLine {
    /// For tags.
    pub(super) fn tags(row: &ArticleRow, articles: Vec<ContentHash>, notes: &Notes) -> Self {
        let known = notes.tags.get(&row.hash);
        let now: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
        let now = if articles.len() > 1 {
            format!(" of {} articles", articles.len())
        } else if now.is_empty() {
            String::new()
        } else {
            format!(" (now {})", now.join(" "))
        };
        Self {
            articles,
            line: LineEdit::default(),
            note: None,
            prompt: format!("tags{now}: "),
            caret: None,
        }
    }

    /// For the note, which is changed in place.
    pub(super) fn note(row: &ArticleRow, notes: &Notes) -> Self {
        let known = notes.notes.get(&row.hash).cloned().unwrap_or_default();
        Self {
            articles: vec![row.hash],
            line: LineEdit::new(&known),
            note: Some(known),
            prompt: "note: ".to_owned(),
            caret: None,
        }
    }
}

/// Tags as typed: words, with or without `#`; `-` before one takes it off.
pub(in crate::tui) fn tags(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    let mut made: Vec<String> = Vec::new();
    for word in words {
        let (sign, word) = word
            .strip_prefix('-')
            .map_or(("", word), |rest| ("-", rest));
        let word = word.trim_start_matches('#');
        let tag = format!("{sign}{word}");
        if !word.is_empty() && !made.contains(&tag) {
            made.push(tag);
        }
    }
    made
}

impl Pane for RemarkLine {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        if *action != Action::Open {
            return Outcome::Ignored;
        }
        let typed = self.line.text().trim();
        let decision = match &self.note {
            Some(before) if before == typed => None,
            Some(_) => self
                .articles
                .first()
                .map(|article| Decision::Note(*article, typed.to_owned())),
            None => {
                let tags = tags(typed);
                (!tags.is_empty()).then(|| Decision::Tag(self.articles.clone(), tags))
            }
        };
        let mut effects = vec![Effect::Pop];
        effects.extend(decision.into_iter().flat_map(decided));
        Outcome::Done(effects)
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let aside = match &self.note {
            Some(_) => "Enter keeps it; empty takes it away",
            None => "words; -word takes a tag off",
        };
        let row = last_row(area);
        let aside = (aside, theme.faint);
        self.caret = draw_line(&self.prompt, &self.line, aside, theme, row, buf);
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

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_are_words() {
        assert_eq!(tags(" #todo, -old  todo -#x - #"), ["todo", "-old", "-x"]);
    }
}
