//! One line of text that is typed.

use super::text::printable;
use crate::config::{Code, Key};

/// The longest line that is taken; more is a slip of the clipboard.
const LIMIT: usize = 1000;

/// A line of text with a caret.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct LineEdit {
    text: String,
    /// Byte of the caret; always between characters.
    caret: usize,
}

impl LineEdit {
    /// A line with the caret at its end.
    pub(in crate::tui) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
        }
    }

    /// The text.
    pub(in crate::tui) fn text(&self) -> &str {
        &self.text
    }

    /// The text before the caret and after it.
    pub(in crate::tui) fn halves(&self) -> (&str, &str) {
        self.text
            .split_at_checked(self.caret)
            .unwrap_or((&self.text, ""))
    }

    /// Puts another text in its place.
    pub(in crate::tui) fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Types or pastes a text.
    pub(in crate::tui) fn insert(&mut self, text: &str) {
        let room = LIMIT.saturating_sub(self.text.len());
        let text: String = printable(text).chars().take(room).collect();
        self.text.insert_str(self.caret, &text);
        self.caret += text.len();
    }

    /// Takes a key; true where it changed the text or moved the caret.
    pub(in crate::tui) fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        let (before, after) = self.halves();
        let back = before.chars().next_back().map_or(0, char::len_utf8);
        let forth = after.chars().next().map_or(0, char::len_utf8);
        let word = before.len() - before.trim_end().trim_end_matches(|c: char| c != ' ').len();
        let (from, to, caret) = match (key.code, key.ctrl) {
            (Code::Backspace, false) | (Code::Char('h'), true) => {
                (self.caret - back, self.caret, self.caret - back)
            }
            (Code::Delete, _) => (self.caret, self.caret + forth, self.caret),
            (Code::Char('w') | Code::Backspace, true) => {
                (self.caret - word, self.caret, self.caret - word)
            }
            (Code::Char('u'), true) => (0, self.caret, 0),
            (Code::Char('k'), true) => (self.caret, self.text.len(), self.caret),
            (Code::Left, _) | (Code::Char('b'), true) => (0, 0, self.caret - back),
            (Code::Right, _) | (Code::Char('f'), true) => (0, 0, self.caret + forth),
            (Code::Home, _) | (Code::Char('a'), true) => (0, 0, 0),
            (Code::End, _) | (Code::Char('e'), true) => (0, 0, self.text.len()),
            _ => return false,
        };
        self.text.replace_range(from..to, "");
        self.caret = caret;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_go_with_ctrl_w() {
        let mut line = LineEdit::new("one two ");
        line.key(Key::parse("ctrl-w").unwrap());
        assert_eq!(line.text(), "one ");
        line.insert("ä\u{1b}b");
        line.key(Key::parse("left").unwrap());
        line.key(Key::parse("backspace").unwrap());
        assert_eq!(line.text(), "one äb");
    }

    proptest! {
        #[test]
        fn any_keys_leave_a_sound_line(keys in proptest::collection::vec(0usize..14, 0..60)) {
            let names = ["a", "ä", "汉", "left", "right", "home", "end", "del", "backspace",
                "ctrl-w", "ctrl-u", "ctrl-k", "ctrl-backspace", "space"];
            let mut line = LineEdit::default();
            for key in keys {
                line.key(Key::parse(names[key]).unwrap());
                let (before, after) = line.halves();
                prop_assert_eq!(format!("{before}{after}"), line.text());
            }
        }
    }
}
