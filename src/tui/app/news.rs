//! What comes in from outside: states of the collection, progress, answers of jobs.

use super::super::effect::Effect;
use super::super::jobs::{Answer, Question};
use super::super::model::{Level, Search};
use super::App;
use crate::article::ArticleId;
use crate::engine::Progress;
use crate::resolve::EntityId;
use crate::store::Read;
use std::sync::Arc;

impl App {
    /// News from the pipeline.
    pub(in crate::tui) fn news(&mut self, news: Progress) {
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
    pub(in crate::tui) fn no_more_news(&mut self) {
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
        let renamed = |id: &EntityId| model.store.entity(id).map(|e| e.id.clone());
        model.entity = model.entity.as_ref().and_then(renamed);
        for (id, name) in &mut model.filter {
            if let Some(entity) = model.store.entity(id) {
                *id = entity.id.clone();
                name.clone_from(&entity.name);
            }
        }
        model.picked.retain(|id, _| model.store.row(id).is_some());
        model.marks.retain(|id, _| model.store.entity(id).is_some());
        if model
            .event
            .as_ref()
            .is_some_and(|id| model.store.event(id).is_none())
        {
            model.event = None;
        }
        model.refilter();
        self.resume();
        let model = &mut self.model;
        if let Some(search) = &model.search {
            // A question that is under way already is asked again of the newer state.
            let (text, typed) = model.asked.take().unwrap_or((search.text.clone(), false));
            model.asked = Some((text.clone(), typed));
            self.outbox.push(Effect::Ask(Question::Search(text)));
        }
        self.choose_event();
    }

    /// An answer of a job.
    pub(in crate::tui) fn answer(&mut self, answer: &Answer) {
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
            Answer::Exported(Ok(text)) => self.model.say(Level::Info, text.clone()),
            Answer::Exported(Err(text)) => self.model.say(Level::Warning, text.clone()),
            Answer::Failed(what) => self.model.say(Level::Warning, *what),
            _ => {}
        }
        let model = &self.model;
        let panes = self.panes.iter_mut().chain(&mut self.overlays);
        let effects: Vec<Effect> = panes.flat_map(|pane| pane.answer(answer, model)).collect();
        self.apply(effects);
    }
}
