//! What is wrong with a line of the settings, and where that line stands.

use std::fmt;

/// Something that is wrong with one line of a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The table that the line is in, such as `keys.global`.
    pub table: String,
    /// The key of the line; empty where the table itself is wrong.
    pub key: String,
    /// What is wrong.
    pub text: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.table, self.text)
    }
}

/// Where a line of the settings stands.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// The file, the variable or the flag.
    pub(super) name: String,
    /// The text of the file.
    pub(super) text: Option<String>,
}

impl Source {
    /// A place without lines.
    pub(super) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: None,
        }
    }

    /// A complaint about a key of a table, with the line that it is about.
    pub(super) fn says(&self, table: &str, key: &str, text: &str) -> String {
        let line = self
            .text
            .as_deref()
            .and_then(|whole| line_of(whole, table, key));
        let line = line.map_or(String::new(), |line| format!(":{line}"));
        format!("{}{line}: {text}", self.name)
    }
}

/// The line, from 1, on which a key of a table is given; of the table where it has no such key.
fn line_of(text: &str, table: &str, key: &str) -> Option<usize> {
    let mut here = "";
    let mut heading = None;
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.split(']').next())
        {
            here = name.trim();
            let opens = here == table || (!key.is_empty() && here == format!("{table}.{key}"));
            heading = heading.or(opens.then_some(number));
        } else if here == table {
            let name = line.split('=').next().unwrap_or_default().trim();
            // The sign may be part of a quoted key.
            let quoted = ['"', '\''].iter().any(|quote| {
                line.strip_prefix(*quote)
                    .and_then(|rest| rest.split(*quote).next())
                    == Some(key)
            });
            if line.contains('=') && (name == key || quoted) {
                return Some(number);
            }
        }
    }
    heading
}
