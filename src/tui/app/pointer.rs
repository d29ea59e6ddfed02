//! The mouse: a click focuses and selects, the wheel moves the pane under it, edges of panes and
//! what a pane lets be chosen are dragged.

use super::super::effect::Effect;
use super::super::layout::Edge;
use super::super::pane::PaneId;
use super::{App, Held};
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
            self.held = Held::Top;
            let effects = top.click(at, model);
            self.apply(effects);
            return;
        }
        let Some(id) = self.pane_at(at) else {
            self.held = Held::Nothing;
            return;
        };
        let edge = Edge::at(at, self.area, &self.model.shares).filter(|_| !self.model.enlarged);
        self.held = edge.map_or(Held::Pane(id), Held::Edge);
        self.apply(vec![Effect::Focus(id)]);
        let model = &self.model;
        if let Some(pane) = self.panes.get_mut(id.index()) {
            let effects = pane.click(at, model);
            self.apply(effects);
        }
    }

    /// The mouse moved since the click, its button held.
    pub(in crate::tui) fn drag(&mut self, at: Position) {
        self.dirty = true;
        let model = &self.model;
        let effects = match self.held {
            Held::Edge(edge) => {
                edge.move_to(at, self.area, &mut self.model.shares);
                Vec::new()
            }
            Held::Top => self
                .overlays
                .last_mut()
                .map(|top| top.drag(at, model))
                .unwrap_or_default(),
            Held::Pane(id) => {
                let pane = self.panes.get_mut(id.index());
                pane.map(|pane| pane.drag(at, model)).unwrap_or_default()
            }
            Held::Nothing => Vec::new(),
        };
        self.apply(effects);
    }

    /// The button was let go.
    pub(in crate::tui) fn release(&mut self) {
        self.dirty = true;
        let model = &self.model;
        let effects = match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Top => self
                .overlays
                .last_mut()
                .map(|top| top.release(model))
                .unwrap_or_default(),
            Held::Pane(id) => {
                let pane = self.panes.get_mut(id.index());
                pane.map(|pane| pane.release(model)).unwrap_or_default()
            }
            Held::Edge(_) | Held::Nothing => Vec::new(),
        };
        self.apply(effects);
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
