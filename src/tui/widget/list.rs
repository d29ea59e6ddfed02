//! A cursor in a list that is longer than its window. It knows how many rows there are and
//! nothing else: rows are asked for where they are drawn.

use crate::config::Action;
use std::ops::Range;

/// Where the cursor is and which row is the first in the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) struct Cursor {
    /// The row under the cursor.
    pub(in crate::tui) at: usize,
    /// The first row that is shown.
    pub(in crate::tui) top: usize,
    /// Rows that were shown last.
    pub(in crate::tui) page: usize,
    /// Rows that there are.
    pub(in crate::tui) len: usize,
}

impl Cursor {
    /// Takes in how many rows there are.
    pub(in crate::tui) fn resize(&mut self, len: usize) {
        self.len = len;
        self.at = self.at.min(len.saturating_sub(1));
        self.top = self.top.min(len.saturating_sub(1));
    }

    /// Takes in how many rows the window has; gives the rows to show, the cursor among them.
    pub(in crate::tui) fn window(&mut self, page: usize) -> Range<usize> {
        self.page = page;
        if page == 0 {
            return 0..0;
        }
        self.top = self.top.min(self.len.saturating_sub(page));
        self.top = self.top.clamp((self.at + 1).saturating_sub(page), self.at);
        self.top..self.len.min(self.top + page)
    }

    /// Moves to the row that is shown at `row` of the window, or the last one.
    pub(in crate::tui) fn point(&mut self, row: u16) {
        let row = self.top + usize::from(row);
        self.at = row.min(self.len.saturating_sub(1));
    }

    /// Moves by an action; `None` where the action is no movement.
    pub(in crate::tui) fn act(&mut self, action: &Action) -> Option<()> {
        let page = self.page.max(1);
        let last = self.len.saturating_sub(1);
        self.at = match action {
            Action::Down => self.at.saturating_add(1),
            Action::Up => self.at.saturating_sub(1),
            Action::Top => 0,
            Action::Bottom => last,
            Action::HalfPageDown => self.at.saturating_add(page.div_ceil(2)),
            Action::HalfPageUp => self.at.saturating_sub(page.div_ceil(2)),
            Action::PageDown => self.at.saturating_add(page),
            Action::PageUp => self.at.saturating_sub(page),
            _ => return None,
        }
        .min(last);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_is_always_in_the_window(
            len in 1usize..200,
            page in 1usize..30,
            moves in proptest::collection::vec(0usize..8, 0..40),
        ) {
            let all = [
                Action::Down, Action::Up, Action::Top, Action::Bottom, Action::HalfPageDown,
                Action::HalfPageUp, Action::PageDown, Action::PageUp,
            ];
            let mut cursor = Cursor::default();
            cursor.resize(len);
            for by in moves {
                cursor.act(&all[by]);
                let window = cursor.window(page);
                prop_assert!(window.contains(&cursor.at), "{cursor:?}");
                prop_assert!(window.len() == page.min(len));
            }
        }
    }
}
