//! The whole screen without a terminal: keys and news go in, effects and frames come out.
//!
//! An action has one recipient: what lies on top, else the focused pane, else everything
//! ([`super::update`]). Effects that change facts are put into the model here; the others are
//! left in [`App::outbox`] for whoever runs the screen.

mod keys;
mod news;
mod pointer;
mod select;

use super::Opening;
use super::effect::Effect;
use super::layout::Edge;
use super::model::{Level, Model};
use super::pane::{self, Outcome, Pane, PaneId};
use super::session::Session;
use super::theme::Theme;
use crate::config::{Action, Context, Key, Keymap, Settings};
use crate::store::Read;
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Effects of effects of effects; a circle of them would never end.
const MOST_EFFECTS: usize = 4096;

/// The keys to show for each action, by its name.
fn shown_keys(keymap: &Keymap) -> BTreeMap<String, String> {
    let mut made = BTreeMap::new();
    // Keys that hold everywhere come last, so they win where there are both.
    let mut rows = keymap.entries();
    rows.retain(|row| {
        !matches!(
            row.context,
            Context::Input | Context::Popup | Context::Choice
        )
    });
    rows.sort_by_key(|row| row.context == Context::Global);
    for row in rows {
        if let Some(keys) = row.keys.into_iter().next() {
            made.insert(row.action, keys);
        }
    }
    made
}

/// What the mouse holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing that moves.
    Nothing,
    /// A pane.
    Pane(PaneId),
    /// What lies on top.
    Top,
    /// An edge between panes.
    Edge(Edge),
}

/// The screen.
pub(super) struct App {
    pub(super) model: Model,
    pub(super) panes: Vec<Box<dyn Pane>>,
    pub(super) overlays: Vec<Box<dyn Pane>>,
    pub(super) keymap: Keymap,
    pub(super) theme: Theme,
    pub(super) settings: Settings,
    pub(super) ascii: bool,
    /// Keys of a sequence that is not whole yet.
    pub(super) pending: Vec<Key>,
    /// What can follow `pending` is shown.
    pub(super) hint: bool,
    /// A number that was typed before a movement.
    pub(super) count: Option<u32>,
    /// Where one left off, until the person does something.
    pub(super) left: Option<super::session::Session>,
    /// Effects for the world outside.
    pub(super) outbox: Vec<Effect>,
    /// What the button of the mouse was pressed on.
    pub(super) held: Held,
    /// The area of the last frame.
    pub(super) area: Rect,
    /// Where each pane of the last frame is.
    pub(super) boxes: Vec<(PaneId, Rect)>,
    /// Something changed since the last frame.
    pub(super) dirty: bool,
}

impl App {
    /// A screen over a store.
    pub(super) fn new(settings: Settings, store: Arc<dyn Read>) -> Self {
        let mut model = Model::new(store, settings.width, settings.boilerplate);
        model.shares = settings.shares;
        model.keys = shown_keys(&settings.keymap);
        if let Some(first) = settings.warnings.first() {
            let more = match settings.warnings.len() {
                1 => String::new(),
                all => format!(" ({} more; see dateline config show)", all - 1),
            };
            model.say(Level::Warning, format!("{first}{more}"));
        }
        Self {
            model,
            panes: pane::all(),
            overlays: Vec::new(),
            keymap: settings.keymap.clone(),
            theme: Theme::new(&settings),
            ascii: settings.ascii,
            settings,
            pending: Vec::new(),
            hint: false,
            count: None,
            left: None,
            outbox: Vec::new(),
            held: Held::Nothing,
            area: Rect::ZERO,
            boxes: Vec::new(),
            dirty: true,
        }
    }

    /// Takes in what it opens, and says what a person who is new here may want to know.
    pub(super) fn opens(&mut self, opening: Opening) {
        self.model.recent = opening.recent.into();
        if let Some(left) = opening.session.as_deref().and_then(Session::load) {
            self.restore(left);
        }
        if !opening.built_in {
            return;
        }
        let keys = |action| self.keymap.keys_for(&[Context::Global], &action);
        let name = |keys: Option<String>, name: &str| keys.unwrap_or_else(|| format!(":{name}"));
        let tour = name(keys(Action::Tour), "tour");
        let lately = if self.model.recent.is_empty() {
            String::new()
        } else {
            let recent = name(keys(Action::Recent), "recent");
            format!(", {recent} what was open lately")
        };
        let words = format!(
            "Built-in examples. {tour} shows around; `dateline FOLDER` opens your own{lately}."
        );
        self.model.say(Level::Info, words);
    }

    /// Where keys are looked up now.
    pub(super) fn contexts(&self) -> Vec<Context> {
        match self.overlays.last().map(|overlay| overlay.context()) {
            Some(Context::Input) => vec![Context::Input],
            Some(context) => vec![context, Context::Global],
            None => vec![self.model.focus.context(), Context::Global],
        }
    }

    /// Does an action.
    pub(super) fn act(&mut self, action: &Action) {
        self.dirty = true;
        self.sync();
        let model = &self.model;
        let top = self.overlays.last_mut();
        let on_top = top.is_some();
        let outcome = match top {
            Some(top) => top.update(action, model),
            None => match self.panes.get_mut(model.focus.index()) {
                Some(pane) => pane.update(action, model),
                None => Outcome::Ignored,
            },
        };
        match outcome {
            Outcome::Done(effects) => self.apply(effects),
            Outcome::Ignored if on_top => self.act_under(action),
            Outcome::Ignored => self.act_globally(action),
        }
    }

    /// What can be done although something lies on top: leave, scroll nothing, change nothing.
    fn act_under(&mut self, action: &Action) {
        match action {
            Action::Quit => self.apply(vec![Effect::Quit]),
            Action::Suspend => self.apply(vec![Effect::Suspend]),
            Action::Redraw => self.apply(vec![Effect::Redraw]),
            Action::Back | Action::Close => self.apply(vec![Effect::Pop]),
            _ => {}
        }
    }

    /// Lets a pane act although it is not focused.
    pub(super) fn act_in(&mut self, pane: PaneId, action: &Action) {
        let model = &self.model;
        let pane = self.panes.get_mut(pane.index());
        if let Some(Outcome::Done(effects)) = pane.map(|pane| pane.update(action, model)) {
            self.apply(effects);
        }
    }

    /// Lets panes take in what changed.
    pub(super) fn sync(&mut self) {
        // A pane that opens another article changes what those before it should show.
        for _ in 0..2 {
            let mut effects = Vec::new();
            for pane in &mut self.panes {
                effects.extend(pane.sync(&self.model));
            }
            if effects.is_empty() {
                return;
            }
            self.apply(effects);
        }
    }

    /// Puts effects into the model; what is for the world goes to the outbox.
    pub(super) fn apply(&mut self, effects: Vec<Effect>) {
        let mut queue: std::collections::VecDeque<Effect> = effects.into();
        let mut done = 0;
        while let Some(effect) = queue.pop_front() {
            done += 1;
            if done > MOST_EFFECTS {
                return;
            }
            self.dirty = true;
            match effect {
                Effect::SelectArticle(id) => self.select_article(id),
                Effect::SelectEvent(id) => self.select_event(id),
                Effect::SelectEntity(id) => self.select_entity(id),
                Effect::Jump(article, span) => self.model.jump_to(article, span),
                Effect::Focus(pane) => self.focus(pane),
                Effect::Mark(id, name, on) => {
                    let marks = &mut self.model.marks;
                    if on == Some(true) || (on.is_none() && !marks.contains_key(&id)) {
                        marks.insert(id, name);
                    } else {
                        marks.remove(&id);
                    }
                }
                Effect::Pick(articles, on) => {
                    let picked = &mut self.model.picked;
                    for (id, hash) in articles {
                        if on == Some(true) || (on.is_none() && !picked.contains_key(&id)) {
                            picked.insert(id, hash);
                        } else {
                            picked.remove(&id);
                        }
                    }
                }
                Effect::ClearMarks => {
                    self.model.marks.clear();
                    self.model.picked.clear();
                }
                Effect::FilterBy(names) => {
                    self.model.filter = names;
                    self.model.refilter();
                }
                Effect::Act(action) => self.act(&action),
                Effect::Under(action) => {
                    let pane = match self.model.focus {
                        PaneId::Text => PaneId::Text,
                        _ => PaneId::Articles,
                    };
                    self.act_in(pane, &action);
                }
                Effect::Push(overlay) => self.overlays.push(overlay),
                Effect::Pop => {
                    self.overlays.pop();
                }
                Effect::Say(level, text) => self.model.say(level, text),
                Effect::Find(text) => self.find(text),
                Effect::Search(text) => self.search(text),
                Effect::Source(at) => queue.extend(self.show_source(at)),
                Effect::Forget(name) => queue.extend(self.forget_search(&name)),
                other => self.outbox.push(other),
            }
        }
    }
}
