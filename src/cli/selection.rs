//! Which events a command is about: the flags that timeline and export share.

use super::output::Output;
use crate::resolve::EntityId;
use crate::store::{EventRow, Filter, Read};
use crate::text::normalize;
use chrono::NaiveDate;

/// Flags that choose events.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Selection {
    /// Only events on or after DAY (YYYY-MM-DD, YYYY-MM or YYYY).
    #[arg(long, value_name = "DAY", value_parser = super::day::first)]
    from: Option<NaiveDate>,
    /// Only events on or before DAY (YYYY-MM-DD, YYYY-MM or YYYY).
    #[arg(long, value_name = "DAY", value_parser = super::day::last)]
    to: Option<NaiveDate>,
    /// Only events that involve NAME, in any spelling; repeat it for events that involve all.
    #[arg(long, value_name = "NAME")]
    entity: Vec<String>,
    /// Only the N best events.
    #[arg(long, value_name = "N")]
    max: Option<usize>,
}

impl Selection {
    /// The events chosen, in date order; a name that nobody has is told, and chooses none.
    pub fn rows(&self, store: &dyn Read, out: &mut Output) -> Vec<EventRow> {
        let mut entities = Vec::with_capacity(self.entity.len());
        for name in &self.entity {
            let Some(id) = find(store, name) else {
                out.note(&format!(
                    "no entity is called {name}; `dateline entities` lists them"
                ));
                return Vec::new();
            };
            entities.push(id);
        }
        let filter = Filter {
            entities,
            from: self.from,
            to: self.to,
            ..Filter::default()
        };
        let mut rows = store.events(&filter, 0..usize::MAX);
        if let Some(max) = self.max {
            let mut order: Vec<usize> = (0..rows.len()).collect();
            // A stable sort: of equal scores the earlier event stays.
            order.sort_by(|a, b| rows[*b].event.score.total_cmp(&rows[*a].event.score));
            order.truncate(max);
            order.sort_unstable();
            rows = order.into_iter().map(|i| rows[i].clone()).collect();
        }
        rows
    }
}

/// The entity called so: by id, by name, by any spelling.
fn find(store: &dyn Read, name: &str) -> Option<EntityId> {
    if let Some(entity) = store.entity(&EntityId::from(name)) {
        return Some(entity.id.clone());
    }
    let folded = normalize::fold(name);
    let rows = store.entities(&Filter::default(), 0..usize::MAX);
    let named = |text: &str| normalize::fold(text) == folded;
    let found = rows.iter().find(|row| named(&row.entity.name)).or_else(|| {
        rows.iter()
            .find(|row| row.entity.variants.iter().any(|v| named(&v.text)))
    });
    // A surname alone, in any spelling: the most mentioned entity that has it.
    let surname = format!(" {folded}");
    let has_surname = |text: &str| normalize::fold(text).ends_with(&surname);
    let found = found.or_else(|| {
        rows.iter()
            .find(|row| row.entity.variants.iter().any(|v| has_surname(&v.text)))
    });
    found.map(|row| row.entity.id.clone())
}
