//! Keys as words: `j`, `G`, `ctrl-d`, `alt-1`, `space`, `f5`, and sequences such as `gg`.
//!
//! Not here: how a terminal reports keys (that is `tui::input`).

use std::fmt;

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A key that types a character, case included.
    Char(char),
    /// A function key.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// Names of keys that type no character; the first name of a key is the one that is shown.
const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("del", Code::Delete),
    ("delete", Code::Delete),
    ("ins", Code::Insert),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pageup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
    ("minus", Code::Char('-')),
];

/// One key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Ctrl held.
    pub ctrl: bool,
    /// With Alt held.
    pub alt: bool,
    /// With Shift held; never set on a character, whose case says it.
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// The character that this press types into a line of text.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Reads one key, such as `ctrl-d` or `G`.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = text;
        loop {
            let mut split = rest.splitn(2, '-');
            let (Some(head), Some(tail)) = (split.next(), split.next()) else {
                break;
            };
            if tail.is_empty() {
                break;
            }
            match head.to_ascii_lowercase().as_str() {
                "ctrl" | "c" => key.ctrl = true,
                "alt" | "a" | "meta" => key.alt = true,
                "shift" | "s" => key.shift = true,
                _ => {
                    return Err(format!(
                        "{head:?} is no modifier (ctrl, alt, shift) in {text:?}"
                    ));
                }
            }
            rest = tail;
        }
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.next()) {
            (None, _) => return Err("a key is missing".to_owned()),
            (Some(c), None) if c.is_control() => return Err(format!("{rest:?} is no key")),
            (Some(c), None) => Code::Char(c),
            _ => named(rest).ok_or_else(|| format!("{rest:?} is no key"))?,
        };
        Ok(key.normal())
    }

    /// Folds Shift into the character and Ctrl letters to lower case, as terminals send them.
    #[must_use]
    pub fn normal(mut self) -> Self {
        if let Code::Char(c) = self.code {
            if self.shift && !self.ctrl {
                self.code = Code::Char(c.to_uppercase().next().unwrap_or(c));
            }
            if self.ctrl {
                self.code = Code::Char(c.to_ascii_lowercase());
            }
            self.shift = false;
        }
        self
    }
}

fn named(name: &str) -> Option<Code> {
    let name = name.to_ascii_lowercase();
    if let Some(number) = name.strip_prefix('f')
        && let Ok(number @ 1..=24) = number.parse()
    {
        return Some(Code::F(number));
    }
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, code)| *code)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::F(number) => write!(f, "f{number}"),
            // The dash has a name for those who write `ctrl-minus`; by itself it is plain.
            Code::Char('-') => f.write_str("-"),
            code => match NAMES.iter().find(|(_, known)| *known == code) {
                Some((name, _)) => f.write_str(name),
                None => match code {
                    Code::Char(c) => write!(f, "{c}"),
                    _ => Ok(()),
                },
            },
        }
    }
}

/// Reads a sequence: keys separated by blanks (`g g`), or letters in a row (`gg`).
///
/// # Errors
/// A sentence that says what is wrong.
pub fn parse_sequence(text: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        let run = letters > 1
            && letters <= 3
            && word.chars().all(|c| c.is_ascii_alphanumeric())
            && named(word).is_none();
        if run {
            keys.extend(word.chars().map(|c| Key::plain(Code::Char(c))));
        } else {
            keys.push(Key::parse(word)?);
        }
    }
    if keys.is_empty() {
        return Err("a key is missing".to_owned());
    }
    Ok(keys)
}

/// A sequence as it is shown: letters in a row, other keys with blanks between.
pub fn show_sequence(keys: &[Key]) -> String {
    let plain = keys.iter().all(|key| key.to_string().chars().count() == 1);
    let shown: Vec<String> = keys.iter().map(ToString::to_string).collect();
    shown.join(if plain { "" } else { " " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_as_they_are_shown() {
        for text in [
            "j",
            "G",
            "ctrl-d",
            "alt-1",
            "space",
            "f5",
            "shift-tab",
            "gg",
            "minus",
            "?",
            "[",
            "+",
            "_",
            "ctrl-c",
            "pgdn",
            "alt-ctrl-x",
            "#",
            "esc",
        ] {
            let keys = parse_sequence(text).unwrap();
            assert_eq!(
                parse_sequence(&show_sequence(&keys)).unwrap(),
                keys,
                "{text}"
            );
        }
        assert_eq!(Key::parse("-").unwrap().code, Code::Char('-'));
        assert_eq!(Key::parse("ctrl--").unwrap().code, Code::Char('-'));
        assert_eq!(Key::parse("shift-j"), Key::parse("J"));
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        assert!(Key::parse("hyper-x").unwrap_err().contains("modifier"));
        assert!(parse_sequence("entre").unwrap_err().contains("no key"));
        assert!(parse_sequence(" ").is_err());
        assert!(Key::parse("\u{1b}").is_err());
    }
}
