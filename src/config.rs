//! Settings: layers merged once, paths, keymap, themes and the vocabulary of actions, as data.
//!
//! Nothing here draws or reads a key: the screen does, from what is here. Nothing is written to
//! disk; the default settings are compiled in, so they are never stale.

pub mod action;
pub mod key;
pub mod keymap;
pub mod layers;
pub mod paths;
pub mod place;
pub mod schema;
pub mod shares;
mod terminal;
pub mod theme;

pub use action::Action;
pub use key::{Code, Key};
pub use keymap::{Context, KeyRow, Keymap};
pub use layers::{Flags, Settings, load};
pub use paths::{Paths, paths};
pub use shares::Shares;
pub use theme::{Depth, Theme};

/// The settings file with all defaults, explained.
pub const DEFAULT_TEXT: &str = include_str!("../assets/config.toml");

/// The name nearest to `word`, where one is near enough to be a slip of the hand.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = 1 + word.chars().count() / 4;
    names
        .map(|name| (distance(word, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Edits between two words: insert, delete, replace, swap neighbours (Damerau 1964).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j + 1] + 1)
                .min(row[j] + 1)
                .min(last[j] + usize::from(x != y));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let names = ["theme", "width", "mouse"];
        assert_eq!(nearest("thmee", names.into_iter()), Some("theme"));
        assert_eq!(nearest("colour", names.into_iter()), None);
        assert_eq!(distance("ab", "ba"), 1);
    }
}
