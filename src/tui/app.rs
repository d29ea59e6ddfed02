//! The whole screen without a terminal: keys and news go in, effects and frames come out.
//!
//! An action has one recipient: what lies on top, else the focused pane, else everything
//! ([`super::update`]). Effects that change facts are put into the model here; the others are
//! left in [`App::outbox`] for whoever runs the screen.

use super::effect::Effect;
use super::jobs::Answer;
use super::model::{Level, Model, Search};
use super::pane::{self, Outcome, Pane, PaneId};
use super::theme::Theme;
use crate::article::ArticleId;
use crate::config::keymap::Found;
use crate::config::{Action, Code, Context, Key, Keymap, Settings};
use crate::engine::Progress;
use crate::store::{Filter, Read};
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

/// The most that a number before a movement repeats it.
const MOST_REPEATS: u32 = 999;
/// Effects of effects of effects; a circle of them would never end.
const MOST_EFFECTS: usize = 4096;
/// Events of an article that are looked at to choose the one that stands for it.
const FEW: usize = 100;

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
    /// A number that was typed before a movement.
    pub(super) count: Option<u32>,
    /// Effects for the world outside.
    pub(super) outbox: Vec<Effect>,
    /// Where each pane of the last frame is.
    pub(super) boxes: Vec<(PaneId, Rect)>,
    /// Something changed since the last frame.
    pub(super) dirty: bool,
}

impl App {
    /// A screen over a store.
    pub(super) fn new(settings: Settings, store: Arc<dyn Read>) -> Self {
        Self {
            model: Model::new(store, settings.width, settings.boilerplate),
            panes: pane::all(),
            overlays: Vec::new(),
            keymap: settings.keymap.clone(),
            theme: Theme::new(&settings),
            ascii: settings.ascii,
            settings,
            pending: Vec::new(),
            count: None,
            outbox: Vec::new(),
            boxes: Vec::new(),
            dirty: true,
        }
    }

    /// Where keys are looked up now.
    pub(super) fn contexts(&self) -> Vec<Context> {
        match self.overlays.last().map(|overlay| overlay.context()) {
            Some(Context::Input) => vec![Context::Input],
            Some(context) => vec![context, Context::Global],
            None => vec![self.model.focus.context(), Context::Global],
        }
    }

    /// A key was pressed.
    pub(super) fn key(&mut self, key: Key) {
        self.dirty = true;
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
    pub(super) fn paste(&mut self, text: &str) {
        self.dirty = true;
        let model = &self.model;
        if let Some(effects) = self.overlays.last_mut().map(|top| top.pasted(text, model)) {
            self.apply(effects);
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

    /// A click at a place of the last frame.
    pub(super) fn click(&mut self, at: Position) {
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
    pub(super) fn wheel(&mut self, at: Position, down: bool) {
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

    /// News from the pipeline.
    pub(super) fn news(&mut self, news: Progress) {
        self.dirty = true;
        match news {
            Progress::Snapshot(store) => self.take(store),
            Progress::Files { done, total } => {
                self.model.loading.done = done;
                self.model.loading.total = total;
            }
            Progress::Report(report) => self.model.report(&report),
            Progress::Done => self.model.loading.finished = true,
            Progress::Trouble(text) => self.model.say(Level::Warning, text),
            Progress::Told(text) => self.model.say(Level::Info, text),
        }
    }

    /// The pipeline went away.
    pub(super) fn no_more_news(&mut self) {
        if !self.model.loading.finished {
            self.model.loading.broken = true;
            self.dirty = true;
        }
    }

    fn take(&mut self, store: Arc<dyn Read>) {
        let model = &mut self.model;
        model.status = store.status();
        // Freeing a large state takes longer than a frame: not on this thread.
        let old = std::mem::replace(&mut model.store, store);
        std::thread::spawn(move || drop(old));
        // As long as nobody chose anything, the first of the list is open, whichever it is by now.
        if !model.touched {
            (model.article, model.event, model.jump) = (None, None, None);
        }
        // An entity may have been merged away: its alias leads to the one that took it in.
        let renamed = |id: &crate::resolve::EntityId| model.store.entity(id).map(|e| e.id.clone());
        model.entity = model.entity.as_ref().and_then(renamed);
        for (id, name) in &mut model.filter {
            if let Some(entity) = model.store.entity(id) {
                *id = entity.id.clone();
                name.clone_from(&entity.name);
            }
        }
        model.marks.retain(|id, _| model.store.entity(id).is_some());
        if model
            .event
            .as_ref()
            .is_some_and(|id| model.store.event(id).is_none())
        {
            model.event = None;
        }
        model.refilter();
        if let Some(search) = &model.search {
            // A question that is under way already is asked again of the newer state.
            let (text, typed) = model.asked.take().unwrap_or((search.text.clone(), false));
            model.asked = Some((text.clone(), typed));
            self.outbox
                .push(Effect::Ask(super::jobs::Question::Search(text)));
        }
        self.choose_event();
    }

    /// An answer of a job.
    pub(super) fn answer(&mut self, answer: &Answer) {
        self.dirty = true;
        match answer {
            Answer::Hits { text, hits, error } => {
                let asked = self.model.asked.take();
                let Some((_, typed)) = asked.filter(|(asked, _)| asked == text) else {
                    return;
                };
                let ranked: Arc<[ArticleId]> = hits.iter().map(|hit| hit.article.clone()).collect();
                let open = self.model.article.as_ref();
                let kept = !typed && open.is_some_and(|id| ranked.contains(id));
                let best = ranked.first().cloned().filter(|_| !kept);
                self.model.search = Some(Search {
                    text: text.clone(),
                    ranked,
                    spans: hits
                        .iter()
                        .map(|hit| (hit.article.clone(), hit.spans.clone()))
                        .collect(),
                    error: error.clone(),
                });
                self.model.refilter();
                if let Some(best) = best {
                    self.select_article(best);
                }
            }
            Answer::Failed(what) => self.model.say(Level::Warning, *what),
            Answer::Buckets { .. } | Answer::Digest(_) => {}
        }
        let model = &self.model;
        for pane in self.panes.iter_mut().chain(&mut self.overlays) {
            pane.answer(answer, model);
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
                Effect::ClearMarks => self.model.marks.clear(),
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
                other => self.outbox.push(other),
            }
        }
    }

    fn select_article(&mut self, id: ArticleId) {
        if self.model.article.as_ref() == Some(&id) {
            return;
        }
        self.model.article = Some(id);
        self.model.jump = None;
        self.model.event = None;
        self.choose_event();
    }

    /// The event that stands for the open article, where none is selected: the one that matters most.
    fn choose_event(&mut self) {
        let model = &mut self.model;
        if model.event.is_some() || model.article.is_none() {
            return;
        }
        let filter = Filter {
            article: model.article.clone(),
            ..model.query.clone()
        };
        let rows = model.store.events(&filter, 0..FEW);
        let best = rows
            .iter()
            .rev()
            .max_by(|a, b| a.event.score.total_cmp(&b.event.score));
        model.event = best.map(|row| row.event.id.clone());
    }

    fn select_event(&mut self, id: crate::timeline::EventId) {
        let model = &mut self.model;
        let Some(event) = model.store.event(&id) else {
            return;
        };
        model.event = Some(id);
        let open = model.article.as_ref();
        let quotes = &event.mentions;
        let quote = quotes
            .iter()
            .find(|quote| Some(&quote.article) == open)
            .or(quotes.first());
        if let Some(quote) = quote {
            model.jump_to(quote.article.clone(), quote.span);
        }
    }

    fn select_entity(&mut self, id: crate::resolve::EntityId) {
        let model = &mut self.model;
        // Its first mention comes into view, if the open article has one.
        let mention = model.article.clone().and_then(|open| {
            let article = model.store.article(&open)?;
            let local = (0..article.entities.len() as u32)
                .find(|local| model.store.entity_of(&open, *local).as_ref() == Some(&id))?;
            let mention = article
                .mentions
                .iter()
                .find(|mention| mention.entity == local)?;
            Some((open, mention.span))
        });
        if let Some((open, span)) = mention.filter(|_| model.focus != PaneId::Text) {
            model.jump_to(open, span);
        }
        model.entity = Some(id);
    }

    pub(super) fn focus(&mut self, pane: PaneId) {
        self.model.focus = pane;
        if pane != PaneId::Articles {
            self.model.follow = pane;
        }
    }

    fn find(&mut self, text: Option<String>) {
        self.model.find = text.filter(|text| !text.trim().is_empty());
    }

    /// Starts a search, or ends it where there is nothing to search.
    fn search(&mut self, text: Option<String>) {
        let model = &mut self.model;
        match text.filter(|text| !text.trim().is_empty()) {
            None => {
                (model.search, model.asked) = (None, None);
                model.refilter();
            }
            // Until the answer is here, what was found last stays on the screen.
            Some(text) => {
                model.asked = Some((text.clone(), true));
                self.outbox
                    .push(Effect::Ask(super::jobs::Question::Search(text)));
            }
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
