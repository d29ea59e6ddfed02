//! Ways from here to there: to the next pane, a step back, from a name to its event, to a day.

use super::super::app::App;
use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::PaneId;
use super::{parse_span, warn};
use crate::resolve::EntityId;
use crate::store::Filter;

/// Events that are looked at to find the first that begins on a day.
const FEW: usize = 200;

impl App {
    /// The pane after or before the focused one, among those that are shown or could be.
    pub(super) fn next_pane(&self, forward: bool) -> PaneId {
        let shown = &self.model.shown;
        // Where not all panes fit, every pane is a turn away.
        let ring: &[PaneId] = if shown.len() >= 4 && !self.model.enlarged {
            shown
        } else {
            PaneId::ALL
        };
        let at = ring
            .iter()
            .position(|id| *id == self.model.focus)
            .unwrap_or(0);
        let step = if forward { 1 } else { ring.len() - 1 };
        ring.get((at + step) % ring.len())
            .copied()
            .unwrap_or(PaneId::Articles)
    }

    /// One step back; `None` where there is nowhere to go back to.
    pub(super) fn back(&mut self) -> Option<Vec<Effect>> {
        let model = &mut self.model;
        if model.enlarged {
            model.enlarged = false;
            return Some(Vec::new());
        }
        if model.find.is_some() {
            return Some(vec![Effect::Find(None)]);
        }
        if !model.marks.is_empty() || !model.picked.is_empty() {
            return Some(vec![Effect::ClearMarks]);
        }
        if model.is_filtered() {
            return self.clear_filter();
        }
        if model.focus != PaneId::Articles {
            model.focus = PaneId::Articles;
            return Some(Vec::new());
        }
        None
    }

    /// From an event or an article to an entity in it; another one each time.
    pub(super) fn to_entity(&self) -> Vec<Effect> {
        let model = &self.model;
        let event = model.event.as_ref().and_then(|id| model.store.event(id));
        let of_event = matches!(model.focus, PaneId::Timeline | PaneId::Evidence);
        let entities: Vec<EntityId> = if let Some(event) = event.filter(|_| of_event) {
            event.entities.clone()
        } else {
            let filter = Filter {
                article: model.article.clone(),
                ..Filter::default()
            };
            let rows = model.store.entities(&filter, 0..8);
            rows.iter().map(|row| row.entity.id.clone()).collect()
        };
        let at = entities
            .iter()
            .position(|id| model.entity.as_ref() == Some(id));
        let next = at.map_or(0, |at| (at + 1) % entities.len().max(1));
        match entities.get(next) {
            Some(id) => vec![
                Effect::SelectEntity(id.clone()),
                Effect::Focus(PaneId::Entities),
            ],
            None => vec![warn("No name here.")],
        }
    }

    /// From an entity or an article to its event in the timeline.
    pub(super) fn to_timeline(&self) -> Vec<Effect> {
        let model = &self.model;
        let mut filter = model.query.clone();
        match (model.focus, &model.entity) {
            (PaneId::Entities, Some(entity)) => filter.entities.push(entity.clone()),
            (PaneId::Entities, None) => filter.entities.extend(first_entity(model)),
            _ => filter.article.clone_from(&model.article),
        }
        let of_article = model.focus != PaneId::Entities && model.event.is_some();
        let first = model.store.events(&filter, 0..1).into_iter().next();
        match (of_article, first) {
            (true, _) => vec![Effect::Focus(PaneId::Timeline)],
            (false, Some(row)) => {
                vec![
                    Effect::SelectEvent(row.event.id.clone()),
                    Effect::Focus(PaneId::Timeline),
                ]
            }
            (false, None) => vec![warn("No event here.")],
        }
    }

    pub(super) fn go_to(&self, text: &str) -> Vec<Effect> {
        let Some((day, _)) = parse_span(text) else {
            return vec![warn(&format!(
                "{text:?} is no date; write YYYY, YYYY-MM or YYYY-MM-DD."
            ))];
        };
        let model = &self.model;
        let mut effects = Vec::new();
        let from = Filter {
            from: Some(day),
            ..model.query.clone()
        };
        let row = model.store.seek(&model.query, day);
        let article = model
            .store
            .articles(&model.query, row..row + 1)
            .into_iter()
            .next();
        effects.extend(article.map(|row| Effect::SelectArticle(row.id)));
        let events = model.store.events(&from, 0..FEW);
        let starts =
            |row: &&crate::store::EventRow| row.event.date.start.is_some_and(|start| start >= day);
        let event = events.iter().find(starts).or(events.first());
        effects.extend(event.map(|row| Effect::SelectEvent(row.event.id.clone())));
        if effects.is_empty() {
            effects.push(warn(&format!("Nothing on or after {day}.")));
        }
        effects
    }
}

/// The entity that the entities' cursor is on before any was selected.
pub(super) fn first_entity(model: &Model) -> Option<EntityId> {
    let row = model
        .store
        .entities(&model.query, 0..1)
        .into_iter()
        .next()?;
    Some(row.entity.id.clone())
}
