//! What is selected, found and searched, and what follows from it.

use super::super::effect::Effect;
use super::super::jobs::Question;
use super::super::pane::PaneId;
use super::App;
use crate::article::ArticleId;
use crate::resolve::EntityId;
use crate::store::Filter;
use crate::timeline::EventId;

/// Events of an article that are looked at to choose the one that stands for it.
const FEW: usize = 100;

impl App {
    pub(in crate::tui) fn select_article(&mut self, id: ArticleId) {
        if self.model.article.as_ref() == Some(&id) {
            return;
        }
        self.model.open(id);
        self.model.jump = None;
        self.model.event = None;
        self.choose_event();
    }

    /// The event that stands for the open article, where none is selected: the one that matters most.
    pub(in crate::tui) fn choose_event(&mut self) {
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

    pub(in crate::tui) fn select_event(&mut self, id: EventId) {
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

    pub(in crate::tui) fn select_entity(&mut self, id: EntityId) {
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

    pub(in crate::tui) fn focus(&mut self, pane: PaneId) {
        self.model.focus = pane;
        if pane != PaneId::Articles {
            self.model.follow = pane;
        }
    }

    pub(in crate::tui) fn find(&mut self, text: Option<String>) {
        self.model.find = text.filter(|text| !text.trim().is_empty());
    }

    /// Starts a search, or ends it where there is nothing to search.
    pub(in crate::tui) fn search(&mut self, text: Option<String>) {
        let model = &mut self.model;
        match text.filter(|text| !text.trim().is_empty()) {
            None => {
                (model.search, model.asked) = (None, None);
                model.refilter();
            }
            // Until the answer is here, what was found last stays on the screen.
            Some(text) => {
                model.asked = Some((text.clone(), true));
                self.outbox.push(Effect::Ask(Question::Search(text)));
            }
        }
    }
}
