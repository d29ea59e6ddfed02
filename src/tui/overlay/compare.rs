//! Near-duplicates side by side: the open article beside the copies of it, differences marked.
//!
//! What is a copy was found by the pipeline; where there is none, the article that was open
//! before is compared. The words are compared by a job.

pub(in crate::tui) mod diff;
mod lines;

use super::super::effect::Effect;
use super::super::jobs::{Answer, Question};
use super::super::model::Model;
use super::super::pane::{Outcome, Pane, PaneId};
use super::super::theme::Theme;
use super::super::widget::{Cursor, Pen, date, frame, printable};
use crate::article::ArticleId;
use crate::config::Action;
use diff::Diff;
use lines::{Line, draw_words, is_wide, lay};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

/// The box.
pub(super) struct Compare {
    left: ArticleId,
    /// What is compared with it, as far as it is known by now.
    others: Vec<ArticleId>,
    /// Which of them.
    at: usize,
    /// Copies were looked for.
    looked: bool,
    /// They are copies, not merely the article that was open before.
    copies: bool,
    diff: Option<Arc<Diff>>,
    /// Over the lines.
    cursor: Cursor,
    made_for: usize,
    lines: Vec<Line>,
}

/// Opens the box over the open article.
///
/// # Errors
/// A sentence, where there is nothing to compare.
pub(super) fn open(model: &Model) -> Result<Vec<Effect>, String> {
    let Some(left) = model.article.clone() else {
        return Err("No article is open.".to_owned());
    };
    let made = Compare {
        left: left.clone(),
        others: Vec::new(),
        at: 0,
        looked: false,
        copies: false,
        diff: None,
        cursor: Cursor::default(),
        made_for: 0,
        lines: Vec::new(),
    };
    Ok(vec![
        Effect::Push(Box::new(made)),
        Effect::Ask(Question::Copies(left, model.before.clone())),
    ])
}

impl Compare {
    fn right(&self) -> Option<&ArticleId> {
        self.others.get(self.at)
    }

    fn ask(&mut self) -> Vec<Effect> {
        self.diff = None;
        self.lines.clear();
        self.cursor = Cursor::default();
        let right = self.right().cloned();
        let ask = right.map(|right| Effect::Ask(Question::Diff(self.left.clone(), right)));
        ask.into_iter().collect()
    }

    fn turn(&mut self, forward: bool) -> Vec<Effect> {
        let all = self.others.len();
        if all < 2 {
            return Vec::new();
        }
        self.at = (self.at + if forward { 1 } else { all - 1 }) % all;
        self.ask()
    }

    /// To the next or previous pair that differs.
    fn step(&mut self, forward: bool) {
        let Some(diff) = &self.diff else { return };
        let differs = |pair: usize| diff.pairs.get(pair).is_some_and(diff::Pair::differs);
        let here = self.lines.get(self.cursor.at).map_or(0, |line| line.pair);
        let mut lines = self.lines.iter().enumerate();
        let found = if forward {
            lines.find(|(_, line)| line.pair > here && differs(line.pair))
        } else {
            let before = lines
                .rev()
                .find(|(_, line)| line.pair < here && differs(line.pair));
            // The first line of that pair, not its last.
            let pair = before.map(|(_, line)| line.pair);
            self.lines
                .iter()
                .enumerate()
                .find(|(_, line)| Some(line.pair) == pair)
        };
        if let Some((at, _)) = found {
            self.cursor.at = at.min(self.cursor.len.saturating_sub(1));
        }
    }
}

impl Pane for Compare {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::NextPane | Action::NextKind => Outcome::Done(self.turn(true)),
            Action::PreviousPane | Action::PreviousKind => Outcome::Done(self.turn(false)),
            Action::NextMatch => {
                self.step(true);
                Outcome::NOTHING
            }
            Action::PreviousMatch => {
                self.step(false);
                Outcome::NOTHING
            }
            Action::Open => {
                let right = self.right().cloned();
                let mut effects = vec![Effect::Pop];
                effects.extend(right.map(Effect::SelectArticle));
                effects.push(Effect::Focus(PaneId::Text));
                Outcome::Done(effects)
            }
            Action::Back | Action::Close => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => Outcome::NOTHING,
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area
            .width
            .saturating_sub(2)
            .min(160)
            .max(area.width.min(20));
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y,
            width: columns,
            height: area.height.saturating_sub(1).max(1),
        };
        let dot = theme.glyphs.dot;
        let detail = match &self.diff {
            None => String::new(),
            Some(diff) => {
                let (left, right) = diff.only;
                let cut = if diff.cut {
                    ", the start of a longer text"
                } else {
                    ""
                };
                format!("{} words the same, -{left} +{right}{cut}", diff.shared)
            }
        };
        let inner = frame::popup(theme, place, buf, "Compare", &detail);
        let Some(right) = self.right().cloned() else {
            let words = if self.looked {
                "It has no copies, and no article was open before it."
            } else {
                "Looking for copies\u{2026}"
            };
            Pen::new(buf, inner, 0).skip(1).put(words, theme.faint);
            return;
        };
        let columns = usize::from(inner.width);
        if let Some(diff) = self
            .diff
            .as_ref()
            .filter(|_| self.made_for != columns || self.lines.is_empty())
        {
            self.lines = lay(diff, columns);
            self.made_for = columns;
        }
        let (wide, room) = (is_wide(columns), lines::room(columns));
        let head = |id: &ArticleId| {
            let row = model.store.row(id);
            let when = row.map(|row| date::published(&row.published, theme).0);
            let when = when.unwrap_or_default();
            printable(&format!("{} {dot} {}", id, when.trim())).into_owned()
        };
        let nth = match (self.others.len(), self.copies) {
            (_, false) => " (open before)".to_owned(),
            (1, true) => String::new(),
            (all, true) => format!(" ({} of {all})", self.at + 1),
        };
        let (left, right) = (head(&self.left), format!("{}{nth}", head(&right)));
        let titles = if wide { 1 } else { 2 };
        let mut pen = Pen::new(buf, inner, 0);
        pen.put("- ", theme.error)
            .field(&left, room, theme.strong, theme.glyphs.ellipsis);
        if wide {
            pen.skip(1)
                .put(theme.glyphs.border.vertical_left, theme.border)
                .skip(1);
            pen.put("+ ", theme.good)
                .field(&right, room, theme.strong, theme.glyphs.ellipsis);
        } else {
            let mut pen = Pen::new(buf, inner, 1);
            pen.put("+ ", theme.good)
                .field(&right, room, theme.strong, theme.glyphs.ellipsis);
        }
        if self.diff.is_none() {
            Pen::new(buf, inner, titles)
                .skip(1)
                .put("Comparing\u{2026}", theme.faint);
            return;
        }
        let body = Rect {
            y: inner.y + titles.min(inner.height),
            height: inner.height.saturating_sub(titles),
            ..inner
        };
        // The cursor is the first line that is shown: there is nothing to choose here.
        let page = usize::from(body.height);
        self.cursor
            .resize(self.lines.len().saturating_sub(page) + 1);
        self.cursor.page = page;
        let top = self.cursor.at;
        frame::thumb(theme, place, buf, (top, page, self.lines.len()), true);
        for (line, row) in self.lines.iter().skip(top).zip(0..body.height) {
            let mut pen = Pen::new(buf, body, row);
            if wide || !line.left.is_empty() {
                draw_words(&line.left, "-", theme.error, room, theme, &mut pen);
            }
            if wide {
                pen.skip(1)
                    .put(theme.glyphs.border.vertical_left, theme.border)
                    .skip(1);
            }
            if wide || !line.right.is_empty() {
                draw_words(&line.right, "+", theme.good, room, theme, &mut pen);
            }
        }
    }

    fn click(&mut self, _at: Position, _model: &Model) -> Vec<Effect> {
        Vec::new()
    }

    fn answer(&mut self, answer: &Answer, model: &Model) -> Vec<Effect> {
        match answer {
            Answer::Copies { of, copies, found } if *of == self.left => {
                self.others = copies.to_vec();
                self.copies = *found;
                self.looked = true;
                // A copy is compared with what it copies first.
                let original = model.store.row(&self.left).and_then(|row| row.copies_of);
                self.at = copies
                    .iter()
                    .position(|id| Some(id) == original.as_ref())
                    .unwrap_or(0);
                self.ask()
            }
            Answer::Diff { left, right, diff }
                if *left == self.left && Some(right) == self.right() =>
            {
                self.diff = Some(diff.clone());
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![
            Action::NextMatch,
            Action::PreviousMatch,
            Action::NextPane,
            Action::Open,
            Action::Back,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Stage, parts};
    use crate::engine::Progress;
    use crate::store::Memory;
    use std::sync::Arc;

    fn stage(width: u16) -> Stage {
        let mut parts = parts(7);
        let original = parts.slots[0].row.id.clone();
        parts.slots[1].row.copies_of = Some(original);
        let mut stage = Stage::new(width, 30);
        stage
            .app
            .news(Progress::Snapshot(Arc::new(Memory::new(parts))));
        stage.draw();
        stage
    }

    #[test]
    fn a_copy_stands_beside_its_original() {
        let mut stage = stage(120);
        stage.keys("gg C");
        let text = stage.text();
        assert!(
            text.contains("- harbour-1.txt") && text.contains("+ harbour-2.txt"),
            "{text}"
        );
        assert!(text.contains("words the same"), "{text}");
        // Signs say it, not colours alone.
        assert!(
            text.lines()
                .any(|line| line.contains("│- Harbour strike begins")),
            "{text}"
        );
        stage.keys("n");
        stage.keys("enter");
        assert_eq!(
            stage.app.model.article.as_ref().unwrap().as_str(),
            "harbour-2.txt"
        );
        stage.keys("C");
        assert!(stage.text().contains("- harbour-2.txt"));
    }

    #[test]
    fn without_copies_the_article_before_is_compared() {
        let mut stage = Stage::new(120, 30);
        stage.keys("C");
        assert!(stage.text().contains("no copies"), "{}", stage.text());
        stage.keys("esc j C");
        let text = stage.text();
        assert!(
            text.contains("(open before)") && text.contains("+ harbour-1.txt"),
            "{text}"
        );
    }

    #[test]
    fn on_a_narrow_screen_the_sides_stand_under_each_other() {
        let mut stage = stage(40);
        stage.keys("gg C");
        let text = stage.text();
        assert!(
            text.contains("│- Harbour") && text.contains("│+ Talks"),
            "{text}"
        );
    }
}
