//! The pipeline as the screen meets it: decisions in, states and words out, the file as the record.

use super::*;
use crate::annotate::EntityKind;
use crate::store::Filter;
use crate::store::overlay::Hidden;
use std::fs;

/// What a person wrote by hand, with the line ends of another system and no last one.
const BY_HAND: &[u8] =
    b"# ours\r\n{\"v\":1,\"op\":\"hide\",\"target\":{\"type\":\"PLACE\",\"surface\":\"Nowhere\"},\"who\":\"me\"}\r\n// end";

struct Desk {
    engine: Engine,
    store: Arc<dyn Read>,
    words: Vec<String>,
}

impl Desk {
    fn open(path: &std::path::Path) -> Self {
        let (overlay, _) = Overlay::load(path).unwrap();
        let request = Request {
            input: Input::BuiltIn,
            options: Options::default(),
            overlay,
            seen: None,
            cache: None,
        };
        let engine = start(request, Some(path.to_owned()));
        let mut store = None;
        loop {
            match engine.progress.recv().unwrap() {
                Progress::Snapshot(newer) => store = Some(newer),
                Progress::Done => break,
                _ => {}
            }
        }
        let (store, words) = (store.unwrap(), Vec::new());
        Self {
            engine,
            store,
            words,
        }
    }

    /// Decides, and takes the answer in.
    fn decide(&mut self, decision: Decision) {
        let said = matches!(decision, Decision::Undo | Decision::Redo);
        self.engine.decisions.send(decision).unwrap();
        match self.engine.progress.recv().unwrap() {
            Progress::Snapshot(newer) => self.store = newer,
            Progress::Trouble(text) => return self.words.push(text),
            _ => panic!("a state was to come"),
        }
        if said {
            match self.engine.progress.recv().unwrap() {
                Progress::Told(text) => self.words.push(text),
                _ => panic!("a word was to come"),
            }
        }
    }

    /// Everything that a decision may change: names with their spellings, dates, notes.
    fn facts(&self) -> String {
        let everything = Filter::default();
        let entities = self.store.entities(&everything, 0..usize::MAX);
        let rows = self.store.articles(&everything, 0..usize::MAX);
        let dates: Vec<_> = rows.iter().map(|row| &row.published.interval).collect();
        let resolved = |article: &crate::store::ArticleRow| {
            let article = self.store.article(&article.id).unwrap();
            let locals = 0..article.entities.len() as u32;
            locals
                .map(|local| self.store.entity_of(&article.id(), local))
                .collect::<Vec<_>>()
        };
        let names: Vec<_> = rows.iter().map(resolved).collect();
        format!("{entities:?} {dates:?} {names:?} {:?}", self.store.notes())
    }
}

#[test]
fn every_decision_is_taken_back_and_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("overlay.jsonl");
    fs::write(&path, BY_HAND).unwrap();
    let mut desk = Desk::open(&path);
    let everything = Filter::default();
    let rows = desk.store.articles(&everything, 0..2);
    let hashes: Vec<_> = rows.iter().map(|row| row.hash).collect();
    let people = Filter {
        kind: Some(EntityKind::Person),
        ..Filter::default()
    };
    let people = desk.store.entities(&people, 0..100);
    let spelled = people
        .iter()
        .find(|row| row.entity.variants.len() > 2)
        .unwrap();
    let (kind, name) = (EntityKind::Person, spelled.entity.name.clone());
    let texts = spelled.entity.variants.iter().map(|v| v.text.clone());
    let spellings: Vec<String> = texts.filter(|text| *text != name).take(2).collect();
    let others = people.iter().filter(|row| row.entity.name != name);
    let others: Vec<String> = others.take(2).map(|row| row.entity.name.clone()).collect();
    let place = people.last().unwrap().entity.clone();
    let hidden = Hidden {
        kind,
        surfaces: place.variants.iter().map(|v| v.text.clone()).collect(),
        article: Some(desk.store.row(&place.articles[0]).unwrap().hash),
    };
    let day = "1999-09-09".parse().unwrap();
    let decisions = [
        Decision::Split {
            kind,
            name: name.clone(),
            spellings,
        },
        Decision::Merge { kind, name, others },
        Decision::Hide(hidden.clone()),
        Decision::Star(hashes.clone(), true),
        Decision::Tag(hashes.clone(), vec!["todo".into(), "late".into()]),
        Decision::Note(hashes[0], "ask them".into()),
        Decision::Read(hashes.clone(), true),
        Decision::Date(hashes[0], day),
        Decision::Show(vec![hidden]),
        Decision::Star(hashes, false),
    ];
    let mut states = vec![(fs::read(&path).unwrap(), desk.facts())];
    for decision in &decisions {
        desk.decide(decision.clone());
        let state = (fs::read(&path).unwrap(), desk.facts());
        assert_ne!(states.last().unwrap().1, state.1, "{decision:?}");
        assert!(state.0.starts_with(BY_HAND) && state.0.ends_with(b"\r\n"));
        states.push(state);
    }
    assert!(desk.words.is_empty(), "{:?}", desk.words);
    for state in states.iter().rev().skip(1) {
        desk.decide(Decision::Undo);
        assert_eq!(
            (&fs::read(&path).unwrap(), &desk.facts()),
            (&state.0, &state.1)
        );
    }
    assert_eq!(states[0].0, BY_HAND);
    for state in states.iter().skip(1) {
        desk.decide(Decision::Redo);
        assert_eq!(
            (&fs::read(&path).unwrap(), &desk.facts()),
            (&state.0, &state.1)
        );
    }
    desk.decide(Decision::Redo);
    assert_eq!(desk.words.len(), 2 * decisions.len() + 1);
    assert_eq!(desk.words.last().unwrap(), "there is nothing to do again");
    // Who reads the file later finds the same.
    assert_eq!(Desk::open(&path).facts(), desk.facts());
}
