//! All keys, from the live keymap, searched as one types.

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
const SIGNS: [(&str, &str); 3] = [
    ("exact", "a date that is stated"),
    ("inferred", "a date that follows from the text (also ~)"),
    ("range", "a range, or roughly"),
];

/// The box.
pub(super) struct Help {
    rows: Vec<KeyRow>,
    line: LineEdit,
    cursor: Cursor,
    caret: Option<Position>,
}

impl Help {
    pub(super) fn new(rows: Vec<KeyRow>) -> Self {
        Self {
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
        let mut lines: Vec<Line<'_>> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            if index == 0
                || rows
                    .get(index - 1)
                    .is_some_and(|before| before.context != row.context)
            {
                if index > 0 {
                    lines.push(Line::Blank);
                }
                lines.push(Line::Heading(row.context));
            }
            lines.push(Line::Row(row));
        }
        if self.line.text().is_empty() {
            lines.push(Line::Blank);
            lines.extend((0..SIGNS.len()).map(Line::Sign));
        }
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
                    ];
                    if let (Some((sign, style)), Some((_, words))) =
                        (signs.get(*at), SIGNS.get(*at))
                    {
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
