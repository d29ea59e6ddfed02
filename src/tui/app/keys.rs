//! Keys and pasted text: whole sequences become actions, counts repeat them.

use super::App;
use crate::config::keymap::Found;
use crate::config::{Action, Code, Context, Key};

/// The most that a number before a movement repeats it.
const MOST_REPEATS: u32 = 999;

impl App {
    /// A key was pressed.
    pub(in crate::tui) fn key(&mut self, key: Key) {
        self.dirty = true;
        self.hint = false;
        self.model.note = None;
        self.model.touched = true;
        let contexts = self.contexts();
        if self.pending.is_empty() && self.counted(key) {
            return;
        }
        // A line of text takes what the keymap does not know.
        let typing = contexts.first() == Some(&Context::Input);
        if typing
            && (key.typed().is_some() || self.keymap.find(&contexts, &[key]) == Found::Nothing)
        {
            let model = &self.model;
            if let Some(effects) = self
                .overlays
                .last_mut()
                .and_then(|top| top.typed(key, model))
            {
                self.apply(effects);
            }
            return;
        }
        self.pending.push(key);
        let action = match self.keymap.find(&contexts, &self.pending) {
            Found::Prefix => return,
            Found::Action(action) => Some(action.clone()),
            // A sequence that leads nowhere: its last key may mean something by itself.
            Found::Nothing if self.pending.len() > 1 => match self.keymap.find(&contexts, &[key]) {
                Found::Action(action) => Some(action.clone()),
                Found::Prefix => {
                    self.pending = vec![key];
                    return;
                }
                Found::Nothing => None,
            },
            Found::Nothing => None,
        };
        self.pending.clear();
        let times = self.count.take().unwrap_or(1);
        if let Some(action) = action {
            let times = if repeats(&action) { times } else { 1 };
            for _ in 0..times {
                self.act(&action);
            }
        }
    }

    /// Takes a digit of a count, where the keymap wants counts.
    fn counted(&mut self, key: Key) -> bool {
        let digit = match (key.code, key.ctrl || key.alt) {
            (Code::Char(c), false) if self.keymap.counts => c.to_digit(10),
            _ => None,
        };
        let Some(digit) = digit.filter(|digit| *digit > 0 || self.count.is_some()) else {
            return false;
        };
        if self
            .overlays
            .last()
            .is_some_and(|top| top.context() == Context::Input)
        {
            return false;
        }
        let count = self
            .count
            .unwrap_or(0)
            .saturating_mul(10)
            .saturating_add(digit);
        self.count = Some(count.min(MOST_REPEATS));
        true
    }

    /// A text was pasted.
    pub(in crate::tui) fn paste(&mut self, text: &str) {
        self.dirty = true;
        let model = &self.model;
        if let Some(effects) = self.overlays.last_mut().map(|top| top.pasted(text, model)) {
            self.apply(effects);
        }
    }
}

/// True for actions that a number repeats.
const fn repeats(action: &Action) -> bool {
    matches!(
        action,
        Action::Down
            | Action::Up
            | Action::HalfPageDown
            | Action::HalfPageUp
            | Action::PageDown
            | Action::PageUp
            | Action::ScrollTextDown
            | Action::ScrollTextUp
            | Action::NextMatch
            | Action::PreviousMatch
            | Action::NextPane
            | Action::PreviousPane
            | Action::ZoomIn
            | Action::ZoomOut
    )
}
