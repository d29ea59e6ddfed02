//! All keys, from the live keymap, searched as one types. Those of the pane in focus come first.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::{Cursor, LineEdit, Pen, frame, width};
use super::{draw_line, last_row};
use crate::config::{Action, Context, Key, KeyRow};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// What the signs on the screen mean.
const SIGNS: [&str; 6] = [
    "a date that is stated",
    "a date that follows from the text (also ~)",
    "a range, or roughly",
    "an article that you starred",
    "an article that you wrote a note on",
    "an article that you read",
];

/// The box.
pub(super) struct Help {
    /// Where the keys were looked up when the help was asked for.
    here: Context,
    rows: Vec<KeyRow>,
    /// Keys from everywhere that are most useful here.
    useful: Vec<KeyRow>,
    line: LineEdit,
    cursor: Cursor,
    caret: Option<Position>,
}

impl Help {
    /// All keys, those of `here` first, after them those of the actions that are `useful` here.
    pub(super) fn new(mut rows: Vec<KeyRow>, here: Context, useful: &[Action]) -> Self {
        rows.sort_by_key(|row| row.context != here);
        let everywhere = |action: &Action| {
            let name = action.to_string();
            let mut global = rows.iter().filter(|row| row.context == Context::Global);
            global.find(|row| row.action == name).cloned()
        };
        Self {
            here,
            useful: useful.iter().filter_map(everywhere).collect(),
            rows,
            line: LineEdit::default(),
            cursor: Cursor::default(),
            caret: None,
        }
    }

    /// Rows that hold every word that is typed.
    fn fitting(&self) -> Vec<&KeyRow> {
        let typed = self.line.text().to_ascii_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |row: &&KeyRow| {
            let all = format!(
                "{} {} {} {}",
                row.context,
                row.keys.join(" "),
                row.action,
                row.help
            );
            let all = all.to_ascii_lowercase();
            words.iter().all(|word| all.contains(word))
        };
        self.rows.iter().filter(fits).collect()
    }

    /// Rows under their headings.
    fn lines<'a>(&'a self, rows: &[&'a KeyRow]) -> Vec<Line<'a>> {
        let whole = self.line.text().is_empty();
        let mut lines: Vec<Line<'a>> = Vec::new();
        let mut under = None;
        // A pane without keys of its own has a heading all the same: for what is useful there.
        if whole && !self.useful.is_empty() {
            lines.push(Line::Heading(self.here));
            under = Some(self.here);
        }
        let own = rows.iter().take_while(|row| row.context == self.here);
        let own = own.count();
        for (index, row) in rows.iter().enumerate() {
            if whole && index == own {
                lines.extend(self.useful.iter().map(Line::Row));
            }
            if under != Some(row.context) {
                if !lines.is_empty() {
                    lines.push(Line::Blank);
                }
                lines.push(Line::Heading(row.context));
                under = Some(row.context);
            }
            lines.push(Line::Row(row));
        }
        if whole {
            lines.push(Line::Blank);
            lines.extend((0..SIGNS.len()).map(Line::Sign));
        }
        lines
    }
}

enum Line<'a> {
    Heading(Context),
    Row(&'a KeyRow),
    Sign(usize),
    Blank,
}

impl Pane for Help {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open | Action::Back => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => Outcome::NOTHING,
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area.width.min(84);
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y,
            width: columns,
            height: area.height.saturating_sub(1),
        };
        let inner = frame::popup(theme, place, buf, "Keys", "type to search, Esc closes");
        let rows = self.fitting();
        let lines = self.lines(&rows);
        // The cursor is the first line that is shown: there is nothing to choose here.
        let page = usize::from(inner.height);
        let last = lines.len().saturating_sub(page);
        let top = self.cursor.at.min(last);
        let widest = rows
            .iter()
            .map(|row| width(&row.keys.join(" ")))
            .max()
            .unwrap_or(0);
        let field = widest.min(usize::from(inner.width) / 3).max(6);
        for (line, row) in lines.iter().skip(top).zip(0..inner.height) {
            let mut pen = Pen::new(buf, inner, row);
            pen.skip(1);
            match line {
                Line::Blank => {}
                Line::Heading(Context::Global) => {
                    pen.put("everywhere", theme.accent);
                }
                Line::Heading(context) => {
                    pen.put(context.name(), theme.accent);
                }
                Line::Row(row) => {
                    let keys = row.keys.join(" ");
                    pen.skip(1)
                        .field(&keys, field, theme.key, theme.glyphs.ellipsis)
                        .skip(2);
                    if pen.left() > 60 {
                        pen.field(&row.action, 20, theme.muted, theme.glyphs.ellipsis)
                            .skip(1);
                    }
                    let room = pen.left();
                    let help = super::super::widget::cut(row.help, room, theme.glyphs.ellipsis);
                    pen.put(&help, theme.text);
                }
                Line::Sign(at) => {
                    let signs = [
                        (theme.glyphs.exact, theme.date_exact),
                        (theme.glyphs.inferred, theme.date_inferred),
                        (theme.glyphs.range, theme.date_range),
                        (theme.glyphs.star, theme.mark),
                        (theme.glyphs.note, theme.accent),
                        (theme.glyphs.read, theme.faint),
                    ];
                    if let (Some((sign, style)), Some(words)) = (signs.get(*at), SIGNS.get(*at)) {
                        pen.skip(1)
                            .put(sign, *style)
                            .skip(2)
                            .put(words, theme.muted);
                    }
                }
            }
        }
        let total = lines.len();
        frame::thumb(theme, place, buf, (top, page, total), true);
        let found = rows.len();
        self.cursor.resize(last + 1);
        self.cursor.at = top;
        self.cursor.page = page;
        let aside = format!("{found} keys");
        let row = last_row(area);
        self.caret = draw_line(
            "search keys: ",
            &self.line,
            (&aside, theme.faint),
            theme,
            row,
            buf,
        );
    }

    fn context(&self) -> Context {
        Context::Input
    }

    fn typed(&mut self, key: Key, _model: &Model) -> Option<Vec<Effect>> {
        // The key that opened the help closes it, as long as nothing is searched.
        if key.typed() == Some('?') && self.line.text().is_empty() {
            return Some(vec![Effect::Pop]);
        }
        let taken = self.line.key(key);
        if taken {
            self.cursor.at = 0;
        }
        taken.then(Vec::new)
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Vec<Effect> {
        self.line.insert(text);
        Vec::new()
    }

    fn click(&mut self, _at: Position, _model: &Model) -> Vec<Effect> {
        vec![Effect::Pop]
    }

    fn caret(&self) -> Option<Position> {
        self.caret
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Stage;

    /// The headings, in their order, and the first keys under the first.
    fn top(stage: &Stage) -> Vec<String> {
        let text = stage.text();
        let lines = text.lines().skip_while(|line| !line.contains(" Keys "));
        let inside = lines.skip(1).map(|line| {
            let line: String = line.chars().skip_while(|c| *c != '\u{2502}').collect();
            line.trim_matches(|c: char| c == '\u{2502}' || c == ' ')
                .to_owned()
        });
        inside.take(4).collect()
    }

    #[test]
    fn the_keys_of_the_focused_pane_come_first() {
        for (pane, heading, first) in [
            ("3", "entities", "next-kind"),
            ("4", "timeline", "zoom-in"),
            ("1", "articles", "mark"),
            ("2", "text", ""),
        ] {
            let mut stage = Stage::new(84, 30);
            stage.keys(pane).keys("?");
            let top = top(&stage);
            assert!(top[0].starts_with(heading), "{pane}: {top:?}");
            assert!(top[1].contains(first), "{pane}: {top:?}");
        }
    }

    #[test]
    fn what_is_searched_is_found_once() {
        let mut stage = Stage::new(84, 30);
        stage.keys("1 ?").type_text("why-this-date");
        assert_eq!(
            stage.text().matches("why-this-date").count(),
            2,
            "row and line"
        );
    }
}
