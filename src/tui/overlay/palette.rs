//! The line after `:`: every action by name, completed as it is typed; also the palette.

use super::super::effect::Effect;
use super::super::model::{Level, Model};
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::{Cursor, LineEdit, Pen, cut, frame};
use super::{draw_line, last_row};
use crate::config::{Action, Code, Context, Key};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Names that are listed at a time.
const MOST: u16 = 12;

/// The line and the names that fit it.
#[derive(Default)]
pub(super) struct Palette {
    line: LineEdit,
    cursor: Cursor,
    /// The line was moved in: Enter takes what the cursor is on.
    chosen: bool,
    caret: Option<Position>,
    list: Rect,
}

impl Palette {
    /// A line with a text on it already.
    pub(super) fn with(text: &str) -> Self {
        Self {
            line: LineEdit::new(text),
            ..Self::default()
        }
    }
}

/// Actions whose name fits what is typed, best first; behind a whole name, what it may be given.
fn fitting(typed: &str) -> Vec<Action> {
    let given = typed
        .split_once(' ')
        .and_then(|(name, given)| Some((named(name)?, given.trim())));
    if let Some((action, given)) = given {
        let values = values(&action)
            .into_iter()
            .filter(|value| value.starts_with(given));
        let made: Vec<Action> = values
            .filter_map(|value| Action::parse(&format!("{} {value}", action.name())).ok())
            .collect();
        if !made.is_empty() {
            return made;
        }
    }
    let name = typed
        .split_whitespace()
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    let mut fits: Vec<(u8, usize, Action)> = Action::all()
        .into_iter()
        .enumerate()
        .filter_map(|(index, action)| Some((rank(&name, &action)?, index, action)))
        .collect();
    fits.sort_by_key(|(rank, index, _)| (*rank, *index));
    fits.into_iter().map(|(.., action)| action).collect()
}

/// The action of that name.
fn named(name: &str) -> Option<Action> {
    Action::all()
        .into_iter()
        .find(|action| action.name() == name)
}

/// What an action may be given, where that is a short list.
fn values(action: &Action) -> Vec<&'static str> {
    match action {
        Action::Theme(_) => crate::config::theme::THEMES
            .iter()
            .map(|(name, _)| *name)
            .collect(),
        Action::Export(_) => crate::export::FORMATS
            .iter()
            .map(|form| form.name)
            .collect(),
        _ => Vec::new(),
    }
}

/// An action as a whole line, where it has all that it needs.
fn whole(action: &Action) -> Option<String> {
    let line = action.to_string();
    (action.argument().is_none() || line.trim_end() != action.name()).then_some(line)
}

/// How well a name fits: begins so, has a word that begins so, holds it, its letters in order, or
/// its help has the word.
fn rank(typed: &str, action: &Action) -> Option<u8> {
    let name = action.name();
    if name.starts_with(typed) {
        return Some(u8::from(name != typed));
    }
    if name.split('-').any(|word| word.starts_with(typed)) {
        return Some(2);
    }
    if name.contains(typed) {
        return Some(3);
    }
    if action.help().to_ascii_lowercase().contains(typed) {
        return Some(4);
    }
    let mut letters = name.chars();
    typed
        .chars()
        .all(|c| letters.any(|letter| letter == c))
        .then_some(5)
}

/// How a name fits the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Fit {
    /// It begins so.
    Begins,
    /// A word in it begins so.
    Word,
}

/// Actions whose name fits as well as that.
pub(super) fn with_fit(typed: &str, fit: Fit) -> Vec<Action> {
    let wanted: &[u8] = match fit {
        Fit::Begins => &[0, 1],
        Fit::Word => &[2],
    };
    let mut all = Action::all();
    all.retain(|action| rank(typed, action).is_some_and(|rank| wanted.contains(&rank)));
    all
}

impl Palette {
    fn run(&self) -> Outcome {
        let typed = self.line.text().trim_start();
        if typed.is_empty() && !self.chosen {
            return Effect::Pop.into();
        }
        let fits = fitting(typed);
        let picked = fits.get(self.cursor.at).cloned();
        let action = match (Action::parse(typed), picked) {
            (Ok(action), _) if !self.chosen => Ok(action),
            (_, Some(picked)) if whole(&picked).is_some() && picked.argument().is_some() => {
                Ok(picked)
            }
            // A name that is not whole means the one under the cursor, unless it has to be told more.
            (_, Some(picked)) if picked.argument().is_none() && !typed.contains(' ') => Ok(picked),
            (_, Some(picked)) => {
                let argument = typed.split_once(' ').map_or("", |(_, argument)| argument);
                Action::parse(&format!("{} {argument}", picked.name()))
            }
            (parsed, None) => parsed,
        };
        match action {
            Ok(action) => Outcome::Done(vec![Effect::Pop, Effect::Act(action)]),
            Err(error) => Effect::Say(Level::Warning, error).into(),
        }
    }

    fn complete(&mut self) {
        if let Some(action) = fitting(self.line.text()).get(self.cursor.at) {
            let line = whole(action).unwrap_or_else(|| format!("{} ", action.name()));
            self.line.set(&line);
            self.chosen = false;
        }
    }
}

impl Pane for Palette {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open => self.run(),
            Action::Back => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => {
                self.chosen = true;
                Outcome::NOTHING
            }
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let fits = fitting(self.line.text());
        self.cursor.resize(fits.len());
        let rows = (fits.len() as u16)
            .min(MOST)
            .min(area.height.saturating_sub(4));
        let columns = area.width.min(78);
        if rows > 0 {
            let place = Rect {
                x: area.x,
                y: area.bottom().saturating_sub(rows + 3),
                width: columns,
                height: rows + 2,
            };
            let inner = frame::popup(theme, place, buf, "Commands", "");
            self.list = inner;
            let window = self.cursor.window(usize::from(inner.height));
            frame::thumb(
                theme,
                place,
                buf,
                (self.cursor.top, self.cursor.page, fits.len()),
                true,
            );
            for (index, row) in window.zip(0u16..) {
                let Some(action) = fits.get(index) else { break };
                let strip = Rect {
                    y: inner.y + row,
                    height: 1,
                    ..inner
                };
                let on = index == self.cursor.at;
                let mut pen = Pen::new(buf, strip, 0);
                if let Some(keys) = model.keys.get(action.name()) {
                    pen.right(&format!(" {keys} "), theme.key);
                }
                let hint = action.argument().unwrap_or_default();
                let name = whole(action).unwrap_or_else(|| format!("{} {hint}", action.name()));
                pen.skip(1)
                    .field(&name, 26, theme.strong, theme.glyphs.ellipsis)
                    .skip(1);
                let room = pen.left();
                pen.put(
                    &cut(action.help(), room, theme.glyphs.ellipsis),
                    theme.muted,
                );
                if on {
                    buf.set_style(strip, theme.selection);
                }
            }
        }
        let (aside, style) = match &model.note {
            Some((Level::Warning, text)) => (text.as_str(), theme.warning),
            _ => ("Tab completes", theme.faint),
        };
        self.caret = draw_line(":", &self.line, (aside, style), theme, last_row(area), buf);
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if !self.list.contains(at) {
            return vec![Effect::Pop];
        }
        self.cursor.at = self.cursor.top + usize::from(at.y - self.list.y);
        self.chosen = true;
        match self.run() {
            Outcome::Done(effects) => effects,
            Outcome::Ignored => Vec::new(),
        }
    }

    fn context(&self) -> Context {
        Context::Input
    }

    fn typed(&mut self, key: Key, _model: &Model) -> Option<Vec<Effect>> {
        if key.code == Code::Tab {
            self.complete();
            return Some(Vec::new());
        }
        let before = self.line.text().to_owned();
        if !self.line.key(key) {
            return None;
        }
        if before != self.line.text() {
            self.chosen = false;
            self.cursor = Cursor::default();
        }
        Some(Vec::new())
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Vec<Effect> {
        self.line.insert(text);
        self.chosen = false;
        Vec::new()
    }

    fn caret(&self) -> Option<Position> {
        self.caret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_comes_first() {
        assert_eq!(fitting("filter")[0].name(), "filter");
        assert_eq!(fitting("filter person:x")[0].name(), "filter");
        assert_eq!(fitting("why")[0], Action::WhyThisDate);
        assert_eq!(fitting("citation")[0], Action::CopyCitation);
        assert_eq!(fitting("").len(), Action::all().len());
        assert!(fitting("qqqq").is_empty());
        let themes = fitting("theme contrast");
        assert_eq!(themes.len(), 2);
        assert_eq!(themes[1].to_string(), "theme contrast-light");
        assert_eq!(fitting("export ").len(), crate::export::FORMATS.len());
    }
}
