//! The mouse: a click focuses and selects, the wheel moves the pane under it.

use super::super::effect::Effect;
use super::super::pane::PaneId;
use super::App;
use crate::config::Action;
use ratatui::layout::Position;

impl App {
    /// A click at a place of the last frame.
    pub(in crate::tui) fn click(&mut self, at: Position) {
        self.dirty = true;
        self.model.note = None;
        self.model.touched = true;
        self.sync();
        let model = &self.model;
        if let Some(top) = self.overlays.last_mut() {
            let effects = top.click(at, model);
            self.apply(effects);
            return;
        }
        let Some(id) = self.pane_at(at) else {
            return;
        };
        self.apply(vec![Effect::Focus(id)]);
        let model = &self.model;
        if let Some(pane) = self.panes.get_mut(id.index()) {
            let effects = pane.click(at, model);
            self.apply(effects);
        }
    }

    /// The wheel turned over a place of the last frame.
    pub(in crate::tui) fn wheel(&mut self, at: Position, down: bool) {
        self.dirty = true;
        self.model.touched = true;
        self.sync();
        let step = if down { Action::Down } else { Action::Up };
        if !self.overlays.is_empty() {
            self.act(&step);
            return;
        }
        match self.pane_at(at) {
            Some(PaneId::Text) => {
                let step = if down {
                    Action::ScrollTextDown
                } else {
                    Action::ScrollTextUp
                };
                for _ in 0..3 {
                    self.act_in(PaneId::Text, &step);
                }
            }
            Some(id) => self.act_in(id, &step),
            None => {}
        }
    }
}
