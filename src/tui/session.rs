//! Where one left off: what was selected, filtered and searched in a collection, how the screen
//! was laid out, and the searches that were saved there. One JSON file a collection in the state
//! folder.
//!
//! Articles are known by their content, names and events by their ids, which last. What is not
//! there any more is passed over; a file that cannot be read is as good as none.

use super::app::App;
use super::effect::Effect;
use super::model::{Level, Only, Saved};
use super::pane::PaneId;
use crate::article::ContentHash;
use crate::config::Shares;
use crate::resolve::EntityId;
use crate::timeline::EventId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Session {
    /// Of this file.
    v: u32,
    /// The article that was open.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<EventId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<EntityId>,
    /// Names that everything was filtered by.
    filter: Vec<(EntityId, String)>,
    /// First and last day that everything was filtered by.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<(String, String)>,
    /// Only what one article told.
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search: Option<String>,
    /// Numbers of the panes, from 1.
    focus: usize,
    follow: usize,
    enlarged: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    boilerplate: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<Shares>,
    /// What each pane keeps, by its number.
    panes: BTreeMap<usize, String>,
    searches: Vec<Saved>,
}

impl Session {
    /// Reads the file; without one, or where it is no session, nothing was left.
    pub(super) fn load(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }

    /// Writes the file beside its place and then into it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn save(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let text = serde_json::to_vec_pretty(self)?;
        let aside = path.with_extension(format!("{}.tmp", std::process::id()));
        let written = fs::write(&aside, text).and_then(|()| fs::rename(&aside, path));
        if written.is_err() {
            let _gone = fs::remove_file(&aside);
        }
        written
    }
}

fn pane(number: usize) -> Option<PaneId> {
    PaneId::ALL.get(number.checked_sub(1)?).copied()
}

impl App {
    /// What would be needed to come back here.
    pub(super) fn session(&self) -> Session {
        let model = &self.model;
        // As long as the collection was not shown, what was left last time still holds.
        if let (Some(left), false) = (&self.left, model.touched) {
            return Session {
                searches: model.searches.clone(),
                ..left.clone()
            };
        }
        let hash = |id| Some(model.store.row(id)?.hash.to_string());
        let kept = self.panes.iter().enumerate();
        Session {
            v: 1,
            article: model.article.as_ref().and_then(hash),
            event: model.event.clone(),
            entity: model.entity.clone(),
            filter: model.filter.clone(),
            range: model
                .range
                .map(|(first, last)| (first.to_string(), last.to_string())),
            only: match &model.only {
                Some(Only::Article(id)) => hash(id),
                _ => None,
            },
            search: model.search.as_ref().map(|search| search.text.clone()),
            focus: model.focus.index() + 1,
            follow: model.follow.index() + 1,
            enlarged: model.enlarged,
            boilerplate: Some(model.boilerplate)
                .filter(|shown| *shown != self.settings.boilerplate),
            shares: Some(model.shares).filter(|shares| *shares != self.settings.shares),
            panes: kept
                .filter_map(|(at, pane)| Some((at + 1, pane.keep()?)))
                .collect(),
            searches: model.searches.clone(),
        }
    }

    /// Goes back to where one left off, as far as it needs no articles; the rest follows with them.
    pub(super) fn restore(&mut self, session: Session) {
        let model = &mut self.model;
        model.searches.clone_from(&session.searches);
        model.boilerplate = session.boilerplate.unwrap_or(model.boilerplate);
        model.shares = session.shares.map_or(model.shares, Shares::bounded);
        model.focus = pane(session.focus).unwrap_or(model.focus);
        model.follow = pane(session.follow)
            .filter(|id| *id != PaneId::Articles)
            .unwrap_or(model.follow);
        model.enlarged = session.enlarged;
        for (number, text) in &session.panes {
            if let Some(pane) = number.checked_sub(1).and_then(|at| self.panes.get_mut(at)) {
                pane.recall(text);
            }
        }
        self.left = Some(session);
    }

    /// Puts what was selected and filtered into a new state, until the person does something.
    pub(super) fn resume(&mut self) {
        let Some(left) = self.left.clone().filter(|_| !self.model.touched) else {
            return;
        };
        let model = &mut self.model;
        let by_hash = |text: &String| model.store.article_with(&text.parse::<ContentHash>().ok()?);
        let article = left.article.as_ref().and_then(by_hash);
        let only = left.only.as_ref().and_then(by_hash);
        let known = left
            .filter
            .iter()
            .filter(|(id, _)| model.store.entity(id).is_some());
        let day = |text: &String| super::update::parse_day(text);
        model.filter = known.cloned().collect();
        model.only = only.map(Only::Article);
        model.range = left
            .range
            .as_ref()
            .and_then(|(first, last)| day(first).zip(day(last)));
        model.entity = left.entity.filter(|id| model.store.entity(id).is_some());
        model.refilter();
        if let Some(article) = article {
            model.article = Some(article);
            model.event = left.event.filter(|id| model.store.event(id).is_some());
        }
        let searched = left
            .search
            .filter(|_| model.search.is_none() && model.asked.is_none());
        let filtered = model.is_filtered() || searched.is_some();
        if filtered && model.note.is_none() && model.store.status().articles > 0 {
            model.say(
                Level::Info,
                "Filtered as you left it; clear-filter (F) shows everything.",
            );
        }
        self.apply(
            searched
                .map(|text| Effect::Search(Some(text)))
                .into_iter()
                .collect(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Stage, entity_id, settings, store};
    use super::*;
    use crate::engine::Progress;
    use crate::store::Memory;
    use std::sync::Arc;

    /// Another screen over the same collection that goes on from a session.
    fn again(session: Session) -> Stage {
        let mut stage = Stage::new(120, 40);
        stage.app = App::new(settings(&[]), Arc::new(Memory::default()));
        stage.app.restore(session);
        stage.app.news(Progress::Snapshot(store(1)));
        stage.app.news(Progress::Done);
        stage.draw();
        stage
    }

    #[test]
    fn one_comes_back_to_where_one_left() {
        let mut stage = Stage::new(120, 40);
        stage.keys("j 3 gg f 4 [ + B");
        stage
            .keys(":")
            .type_text("range 2031")
            .keys("enter /")
            .type_text("talks")
            .keys("enter");
        stage.keys(":").type_text("save Talks").keys("enter");
        let left = stage.app.session();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/session.json");
        left.save(&path).unwrap();
        let loaded = Session::load(&path).unwrap();
        assert_eq!(loaded, left);
        let mut back = again(loaded);
        let (then, now) = (&stage.app.model, &back.app.model);
        assert_eq!(now.article, then.article);
        assert_eq!(now.filter, [(entity_id(0), "Mara Lindqvist".to_owned())]);
        assert_eq!(now.range, then.range);
        assert_eq!(
            now.search.as_ref().map(|search| search.text.as_str()),
            Some("talks")
        );
        assert_eq!(
            (now.focus, now.boilerplate, now.shares),
            (then.focus, true, then.shares)
        );
        assert_eq!(now.searches.len(), 1);
        assert!(back.text().contains("by week"), "{}", back.text());
        assert!(
            back.text().contains("Filtered as you left it"),
            "{}",
            back.text()
        );
        // What is left untouched is left as it was.
        assert_eq!(back.app.session(), left);
        back.keys("F");
        assert_eq!(back.app.session().filter, []);
    }

    #[test]
    fn what_is_gone_is_passed_over() {
        let mut left = Stage::new(120, 40).app.session();
        left.article = Some("0".repeat(64));
        left.filter = vec![
            (entity_id(0), "x".into()),
            (serde_json::from_str("\"person:0\"").unwrap(), "y".into()),
        ];
        left.focus = 77;
        left.range = Some(("soon".into(), "2031-01-01".into()));
        let back = again(left);
        assert_eq!(back.app.model.filter.len(), 1);
        assert_eq!(back.app.model.range, None);
        assert!(back.app.model.article.is_some());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.json");
        assert_eq!(Session::load(&path), None);
        fs::write(&path, b"\xff{").unwrap();
        assert_eq!(Session::load(&path), None);
    }
}
