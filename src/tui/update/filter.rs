//! What everything is filtered by: names, days, one article, what is new.

use super::super::app::App;
use super::super::effect::Effect;
use super::super::model::{Level, Only};
use super::travel::first_entity;
use super::{parse_span, warn};

impl App {
    pub(super) fn clear_filter(&mut self) -> Option<Vec<Effect>> {
        if !self.model.is_filtered() {
            return None;
        }
        self.model.filter.clear();
        (self.model.range, self.model.only) = (None, None);
        self.model.refilter();
        Some(vec![Effect::Search(None)])
    }

    /// Adds the selected entity to the filter, or takes it out.
    pub(super) fn filter_entity(&mut self) -> Vec<Effect> {
        let model = &mut self.model;
        let picked = model.entity.clone().or_else(|| first_entity(model));
        let Some(entity) = picked.and_then(|id| model.store.entity(&id)) else {
            return vec![warn("Select a name first; press 3 to go to them.")];
        };
        let known = model.filter.iter().position(|(id, _)| *id == entity.id);
        let text = if let Some(at) = known {
            model.filter.remove(at);
            format!("Took {} out of the filter.", entity.name)
        } else {
            model.filter.push((entity.id.clone(), entity.name.clone()));
            let names: Vec<&str> = model.filter.iter().map(|(_, name)| name.as_str()).collect();
            format!("Only what concerns {}.", names.join(" and "))
        };
        model.refilter();
        vec![Effect::Say(Level::Info, text)]
    }

    /// Filters by days: `FROM`, `FROM TO`, each a year, a month or a day.
    pub(super) fn filter_range(&mut self, text: &str) -> Vec<Effect> {
        let mut words = text.split_whitespace();
        let first = words.next().and_then(parse_span);
        let last = words.next().map(parse_span);
        let (Some(first), Some(last), None) = (first, last.unwrap_or(first), words.next()) else {
            let how = "Write a year, a month or a day, or two of them, such as 2020-08 2020-10.";
            return vec![warn(how)];
        };
        let (from, to) = (first.0.min(last.0), first.1.max(last.1));
        self.model.range = Some((from, to));
        self.model.refilter();
        vec![Effect::Say(
            Level::Info,
            format!("Only what falls between {from} and {to}."),
        )]
    }

    /// Filters by what came since last time, or shows everything again.
    pub(super) fn filter_new(&mut self) -> Vec<Effect> {
        let model = &mut self.model;
        let text = match (&model.only, model.status.new) {
            (Some(Only::New), _) => {
                model.only = None;
                "What is old and what is new."
            }
            (_, 0) => return vec![warn("Nothing is new since last time.")],
            _ => {
                model.only = Some(Only::New);
                "Only what is new since last time."
            }
        };
        model.refilter();
        vec![Effect::Say(Level::Info, text.to_owned())]
    }

    /// Filters by the open article, or by no article again.
    pub(super) fn filter_article(&mut self) -> Vec<Effect> {
        let model = &mut self.model;
        let text = match (model.only.take(), &model.article) {
            (Some(Only::Article(_)), _) => "Every article again.".to_owned(),
            (_, Some(open)) => {
                model.only = Some(Only::Article(open.clone()));
                format!("Only what {open} tells.")
            }
            (_, None) => return vec![warn("No article is open.")],
        };
        model.refilter();
        vec![Effect::Say(Level::Info, text)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Stage, parts};
    use crate::engine::Progress;
    use crate::store::Memory;
    use std::sync::Arc;

    #[test]
    fn days_and_one_article_filter_everything() {
        let mut stage = Stage::new(120, 40);
        let all = stage.app.model.store.event_count(&stage.app.model.query);
        stage.keys(":").type_text("range 2031-03").keys("enter");
        let march = stage.app.model.store.event_count(&stage.app.model.query);
        assert!(0 < march && march < all, "{march} of {all}");
        // An article that tells of these days stays, whenever it was written.
        let model = &stage.app.model;
        let rows = model.store.articles(&model.query, 0..99);
        let told = model.store.events(&model.query, 0..99);
        for row in &told {
            let short = row.event.date.days().is_some_and(|days| days <= 31);
            for id in row.event.articles.iter().filter(|_| short) {
                assert!(rows.iter().any(|row| row.id == *id), "{id}");
            }
        }
        assert!(stage.text().contains("2031-03-01..2031-03-31"));
        stage.keys("p");
        let one = stage.app.model.store.event_count(&stage.app.model.query);
        assert!(0 < one && one <= march);
        stage.keys("p F");
        assert_eq!(
            all,
            stage.app.model.store.event_count(&stage.app.model.query)
        );
        stage.keys(":").type_text("range soon").keys("enter");
        assert!(stage.text().contains("such as 2020-08"));
    }

    #[test]
    fn what_is_new_is_marked_and_filters_everything() {
        let mut stage = Stage::new(120, 40);
        stage.keys("U");
        assert!(stage.text().contains("Nothing is new since last time."));
        let mut parts = parts(7);
        parts.slots[0].row.new = true;
        let new = parts.slots[0].row.id.clone();
        stage
            .app
            .news(Progress::Snapshot(Arc::new(Memory::new(parts))));
        stage.draw();
        assert!(stage.text().contains("1 new since last time"));
        assert!(stage.text().lines().any(|line| line.contains(" new ")));
        stage.keys("U");
        let model = &stage.app.model;
        let rows = model.store.articles(&model.query, 0..9);
        assert_eq!(rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&new]);
        let events = model.store.events(&model.query, 0..9);
        assert!(events.iter().all(|row| row.event.articles == [new.clone()]));
        stage.keys("U");
        assert!(!stage.app.model.is_filtered());
    }

    #[test]
    fn a_range_is_marked_in_the_timeline() {
        let mut stage = Stage::new(120, 40);
        stage.keys("4 gg space v");
        let range = stage.app.model.range.expect("a range");
        let events = stage.app.model.store.events(&stage.app.model.query, 0..1);
        assert_eq!(events[0].event.date.start, Some(range.0));
        assert!(stage.app.model.is_filtered());
        stage.keys("esc");
        assert!(!stage.app.model.is_filtered());
    }
}
