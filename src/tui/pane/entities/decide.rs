//! What a person decides on names: merge, accept, split, hide.

use super::super::super::effect::{Effect, decided};
use super::super::super::model::{Level, Model};
use super::super::super::overlay;
use super::Entities;
use crate::engine::decide::Decision;
use crate::resolve::Status;
use crate::store::overlay::Hidden;

impl Entities {
    /// Merges what is marked into the selected entity; without marks accepts what is suggested.
    pub(super) fn merge(&self, model: &Model) -> Vec<Effect> {
        let Some(entity) = self.entity(model) else {
            return Vec::new();
        };
        let mut others = Vec::new();
        for id in model.marks.keys().filter(|id| **id != entity.id) {
            match model.store.entity(id) {
                Some(other) if other.kind == entity.kind => others.push(other.name.clone()),
                Some(other) => {
                    let text = format!("{} is another kind than {}.", other.name, entity.name);
                    return vec![Effect::Say(Level::Warning, text)];
                }
                None => {}
            }
        }
        let (kind, name) = (entity.kind, entity.name.clone());
        if !others.is_empty() {
            let mut effects = decided(Decision::Merge { kind, name, others });
            effects.push(Effect::ClearMarks);
            return effects;
        }
        let suggested = entity.variants.iter().filter(|v| v.status == Status::Suggested);
        let spellings: Vec<String> = suggested.map(|variant| variant.text.clone()).collect();
        if spellings.is_empty() || !model.marks.is_empty() {
            let how = "Mark with Space what belongs to the selected name, then merge.";
            return vec![Effect::ClearMarks, Effect::Say(Level::Warning, how.to_owned())];
        }
        decided(Decision::Accept { kind, name, spellings })
    }

    /// Lists the spellings of the selected entity.
    pub(super) fn split(&self, model: &Model) -> Vec<Effect> {
        match self.entity(model) {
            Some(entity) if entity.variants.len() > 1 => {
                vec![Effect::Push(overlay::spellings(entity, model.store.as_ref()))]
            }
            Some(entity) => {
                let text = format!("{} has one spelling only.", entity.name);
                vec![Effect::Say(Level::Warning, text)]
            }
            None => Vec::new(),
        }
    }

    pub(super) fn hide(&self, model: &Model) -> Vec<Effect> {
        self.entity(model).map_or_else(Vec::new, |entity| {
            let (kind, surfaces) = (entity.kind, vec![entity.name.clone()]);
            decided(Decision::Hide(Hidden { kind, surfaces, article: None }))
        })
    }

    /// Hides the selected entity in the open article: every spelling that it has there.
    pub(super) fn hide_here(&self, model: &Model) -> Vec<Effect> {
        let open = model.article.as_ref().and_then(|id| model.store.row(id));
        let (Some(entity), Some(row)) = (self.entity(model), open) else {
            return Vec::new();
        };
        let here = entity.variants.iter().filter(|v| v.articles.contains(&row.id));
        let mut surfaces: Vec<String> = here.map(|variant| variant.text.clone()).collect();
        if surfaces.is_empty() {
            let text = format!("The open article does not speak of {}.", entity.name);
            return vec![Effect::Say(Level::Warning, text)];
        }
        // The name that it is known by stands for the others in the list of what is hidden.
        surfaces.sort_by_key(|surface| *surface != entity.name);
        let (kind, article) = (entity.kind, Some(row.hash));
        decided(Decision::Hide(Hidden { kind, surfaces, article }))
    }
}
