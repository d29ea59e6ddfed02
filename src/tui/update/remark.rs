//! What a person says of the open article: its date, a star, tags, a note, that it was read.

use super::super::app::App;
use super::super::effect::{Effect, decided};
use super::super::overlay;
use super::super::pane::PaneId;
use super::{parse_day, warn};
use crate::article::ContentHash;
use crate::config::Action;
use crate::engine::decide::Decision;

impl App {
    /// The articles that a remark is about: the marked ones, from the list; else the open one.
    fn picked(&self, open: ContentHash) -> Vec<ContentHash> {
        let picked = &self.model.picked;
        if picked.is_empty() || self.model.focus != PaneId::Articles {
            return vec![open];
        }
        picked.values().copied().collect()
    }

    /// Does an action that concerns the open article.
    pub(super) fn remark(&self, action: &Action) -> Vec<Effect> {
        let model = &self.model;
        let open = model.article.as_ref();
        let Some(row) = open.and_then(|id| model.store.row(id)) else {
            return vec![warn("No article is open.")];
        };
        let notes = model.store.notes();
        let picked = self.picked(row.hash);
        let all_have = |set: &std::collections::BTreeSet<ContentHash>| {
            picked.iter().all(|hash| set.contains(hash))
        };
        match action {
            Action::SetDate => vec![Effect::Push(overlay::set_date(&row))],
            Action::EditTags => vec![Effect::Push(overlay::edit_tags(&row, picked, model))],
            Action::EditNote => vec![Effect::Push(overlay::edit_note(&row, model))],
            Action::Star => {
                let on = !all_have(&notes.starred);
                decided(Decision::Star(picked, on))
            }
            Action::ToggleRead => {
                let on = !all_have(&notes.read);
                decided(Decision::Read(picked, on))
            }
            Action::Tag(words) => tag(picked, words),
            Action::Note(text) => decided(Decision::Note(row.hash, text.clone())),
            Action::Date(day) => match parse_day(day) {
                Some(day) => decided(Decision::Date(row.hash, day)),
                None => vec![warn(&format!("{day:?} is no day; write YYYY-MM-DD."))],
            },
            _ => Vec::new(),
        }
    }
}

fn tag(articles: Vec<ContentHash>, words: &str) -> Vec<Effect> {
    let tags = overlay::tags(words);
    if tags.is_empty() {
        return vec![warn("A tag is a word.")];
    }
    decided(Decision::Tag(articles, tags))
}

#[cfg(test)]
mod tests {
    use super::super::super::effect::Effect;
    use super::super::super::testing::{Stage, parts};
    use crate::article::ContentHash;
    use crate::engine::Progress;
    use crate::engine::decide::Decision;
    use crate::store::overlay::History;
    use crate::store::{Memory, Overlay};
    use std::sync::Arc;

    /// Plays the engine: decisions that were sent since go into the overlay, and a state comes back.
    fn engine(stage: &mut Stage, history: &mut History, generation: u64) {
        for effect in std::mem::take(&mut stage.sent) {
            if let Effect::Decide(decision) = effect {
                decision.put(history);
            }
        }
        let mut parts = parts(generation);
        parts.notes = Arc::new(history.overlay().notes());
        let store = Arc::new(Memory::new(parts));
        stage.app.news(Progress::Snapshot(store));
        stage.draw();
    }

    #[test]
    fn remarks_are_shown_and_found() {
        let mut stage = Stage::new(120, 40);
        let mut history = History::new(Overlay::default(), None);
        stage.keys("j s r #").type_text("todo #later").keys("enter");
        stage.keys("a").type_text("Ask the union").keys("enter");
        engine(&mut stage, &mut history, 2);
        let text = stage.text();
        let mut list = text
            .lines()
            .map(|line| line.chars().take(53).collect::<String>());
        let row = list.find(|line| line.contains("03-09")).unwrap();
        let signs = ["\u{2605}", "\u{2713}", "\u{270e}", "#la"];
        assert!(signs.iter().all(|sign| row.contains(sign)), "{row}");
        assert!(
            text.contains("Ask the union") && text.contains("#todo"),
            "{text}"
        );
        for query in ["is:starred", "tag:todo", "is:starred tag:later"] {
            stage.keys("/").type_text(query).keys("enter");
            let model = &stage.app.model;
            let rows = model.store.articles(&model.query, 0..9);
            assert_eq!(rows.len(), 1, "{query}");
            assert_eq!(rows[0].id.as_str(), "harbour-2.txt");
            stage.keys("esc");
        }
        stage.keys("/").type_text("is:unread").keys("enter");
        assert_eq!(
            stage.app.model.store.article_count(&stage.app.model.query),
            2
        );
        stage.keys("esc /").type_text("is:starred").keys("enter");
        // What a query asks for may be taken away while it is in force.
        stage.keys("s");
        engine(&mut stage, &mut history, 3);
        assert_eq!(
            stage.app.model.store.article_count(&stage.app.model.query),
            0
        );
    }

    #[test]
    fn marked_articles_are_starred_and_tagged_together() {
        let mut stage = Stage::new(120, 40);
        let mut history = History::new(Overlay::default(), None);
        stage.keys("gg space v s");
        engine(&mut stage, &mut history, 2);
        assert_eq!(history.overlay().notes().starred.len(), 2);
        assert!(stage.text().contains("2 marked"), "{}", stage.text());
        stage.keys("#").type_text("port").keys("enter s");
        engine(&mut stage, &mut history, 3);
        let notes = history.overlay().notes();
        assert_eq!((notes.tags.len(), notes.starred.len()), (2, 0));
        stage.keys("esc r");
        engine(&mut stage, &mut history, 4);
        assert_eq!(history.overlay().notes().read.len(), 1);
    }

    #[test]
    fn a_note_is_changed_in_place_and_taken_away() {
        let mut stage = Stage::new(120, 40);
        let mut history = History::new(Overlay::default(), None);
        stage.keys(":").type_text("note one").keys("enter");
        engine(&mut stage, &mut history, 2);
        stage.keys("a").type_text(" two").keys("enter");
        engine(&mut stage, &mut history, 3);
        let hash = ContentHash::of(b"harbour-1.txt");
        assert_eq!(history.overlay().notes().notes[&hash], "one two");
        stage.keys("a enter");
        assert!(!stage.sent.iter().any(|e| matches!(e, Effect::Decide(_))));
        stage.keys("a ctrl-u enter");
        engine(&mut stage, &mut history, 4);
        assert!(history.overlay().notes().notes.is_empty());
    }

    #[test]
    fn hidden_names_are_listed_and_shown_again() {
        let mut stage = Stage::new(120, 40);
        let mut history = History::new(Overlay::default(), None);
        stage.keys("H");
        assert!(stage.text().contains("No name is hidden."));
        stage.keys("3 gg X x");
        engine(&mut stage, &mut history, 2);
        let hidden = history.overlay().notes().hidden;
        assert_eq!(hidden[0].surfaces, ["Mara Lindqvist"]);
        assert_eq!(hidden[0].article, Some(ContentHash::of(b"harbour-1.txt")));
        assert_eq!(hidden[1].article, None);
        assert!(stage.text().contains("2 hidden"), "{}", stage.text());
        stage.keys("H");
        let text = stage.text();
        assert!(
            text.contains("everywhere") && text.contains("in harbour-1.txt"),
            "{text}"
        );
        stage.keys("j enter");
        engine(&mut stage, &mut history, 3);
        assert_eq!(history.overlay().notes().hidden, [hidden[1].clone()]);
        stage.keys("u");
        let sent = stage.sent.iter().filter_map(|effect| match effect {
            Effect::Decide(decision) => Some(decision),
            _ => None,
        });
        assert_eq!(sent.collect::<Vec<_>>(), [&Decision::Undo]);
    }
}
