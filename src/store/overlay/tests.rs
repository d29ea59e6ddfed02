//! The overlay as a file that a person, and another program, may write too.

use super::*;
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

const PERSON: EntityKind = EntityKind::Person;

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/overlay.jsonl");
    (folder, path)
}

fn history(path: &Path) -> History {
    let (overlay, _) = Overlay::load(path).unwrap();
    History::new(overlay, Some(path.to_owned()))
}

fn merges(names: &[&str]) -> Vec<Entry> {
    let merge = |name: &&str| Entry::merge(PERSON, "Jo Ray", name);
    names.iter().map(merge).collect()
}

#[test]
fn undo_takes_back_the_last_entry_still_standing() {
    let hide = Entry::hide(EntityKind::Place, "Mars", None, true);
    let merge = Entry::merge(PERSON, "Jo Ray", "J. Ray");
    let overlay = Overlay {
        entries: vec![hide.clone(), merge, Entry::undo()],
    };
    assert_eq!(overlay.in_force(), [&hide]);
    assert_eq!(
        overlay.decisions(),
        [Decision::Hide(EntityKind::Place, "Mars".into(), None)]
    );
}

#[test]
fn the_file_round_trips_and_keeps_what_it_cannot_read() {
    let (_folder, path) = file();
    let hash = ContentHash::of(b"x");
    let day = "2020-08-09".parse().unwrap();
    let mut first = history(&path);
    first
        .take(vec![Entry::date(hash, day)], String::new())
        .unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend_from_slice(b"{\"v\":9}\n# mine\n// mine too\n\n");
    fs::write(&path, &bytes).unwrap();
    let mut second = history(&path);
    second
        .take(vec![Entry::star(hash, true)], String::new())
        .unwrap();
    assert!(fs::read(&path).unwrap().starts_with(&bytes));
    let (overlay, warnings) = Overlay::load(&path).unwrap();
    assert_eq!(overlay.entries.len(), 2);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(overlay.dates()[&hash].interval, Interval::day(day));
    assert!(overlay.notes().starred.contains(&hash));
}

#[test]
fn many_entries_of_one_action_are_one_step() {
    let (_folder, path) = file();
    let mut now = history(&path);
    now.take(merges(&["J. Ray"]), "one".into()).unwrap();
    let before = fs::read(&path).unwrap();
    now.take(merges(&["Jo Rae", "Joe Ray", "Ray"]), "three".into())
        .unwrap();
    assert_eq!(now.overlay().decisions().len(), 4);
    assert_eq!(now.undo().unwrap(), Change::Back("three".into()));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(now.overlay().decisions().len(), 1);
    assert_eq!(now.redo().unwrap(), Change::Again("three".into()));
    assert_eq!(now.redo().unwrap(), Change::Nothing);
    // Another run takes the three back together, and the file keeps what was said.
    let mut later = history(&path);
    assert!(matches!(later.undo().unwrap(), Change::Back(_)));
    assert_eq!(later.overlay().decisions().len(), 1);
    assert_eq!(Overlay::load(&path).unwrap().0.decisions().len(), 1);
    assert!(matches!(later.undo().unwrap(), Change::Back(_)));
    assert_eq!(later.undo().unwrap(), Change::Nothing);
    later.redo().unwrap();
    later.redo().unwrap();
    assert_eq!(later.overlay().decisions().len(), 4);
}

#[test]
fn what_another_program_wrote_is_never_cut_off() {
    let (_folder, path) = file();
    let mut now = history(&path);
    now.take(merges(&["J. Ray"]), String::new()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend_from_slice(
        b"{\"v\":1,\"op\":\"hide\",\"target\":{\"type\":\"PERSON\",\"surface\":\"Bo\"}}\n",
    );
    fs::write(&path, &bytes).unwrap();
    assert_eq!(now.undo().unwrap(), Change::Reread);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(now.overlay().decisions().len(), 2);
}

#[test]
fn two_programs_may_write_one_file() {
    let (_folder, path) = file();
    let (mut one, mut other) = (history(&path), history(&path));
    one.take(merges(&["J. Ray"]), String::new()).unwrap();
    other.take(merges(&["Ray"]), String::new()).unwrap();
    assert_eq!(
        other.overlay().entries.len(),
        2,
        "it saw what the first wrote"
    );
    assert_eq!(one.undo().unwrap(), Change::Reread);
    assert_eq!(one.overlay(), other.overlay());
    other.undo().unwrap();
    // What is taken back is the last that this program knows of, never what it did not see.
    assert_eq!(one.undo().unwrap(), Change::Reread);
    assert!(matches!(one.undo().unwrap(), Change::Back(_)));
    assert_eq!(other.redo().unwrap(), Change::Reread);
    assert_eq!(one.overlay(), other.overlay());
    assert!(other.overlay().in_force().is_empty());
}

#[test]
fn what_cannot_be_saved_is_in_force_all_the_same() {
    let (folder, _) = file();
    // A folder stands where the file should be.
    let mut now = History::new(Overlay::default(), Some(folder.path().to_owned()));
    assert!(now.take(merges(&["J. Ray"]), String::new()).is_err());
    assert_eq!(now.overlay().decisions().len(), 1);
    assert!(matches!(now.undo().unwrap(), Change::Back(_)));
    assert!(now.overlay().entries.is_empty());
}

#[test]
fn without_a_file_steps_are_kept_in_memory() {
    let mut now = History::new(Overlay::default(), None);
    now.take(merges(&["J. Ray", "Ray"]), String::new()).unwrap();
    now.undo().unwrap();
    assert!(now.overlay().entries.is_empty());
    now.redo().unwrap();
    assert_eq!(now.overlay().entries.len(), 2);
}

#[test]
fn the_last_word_on_a_name_wins() {
    let mut overlay = Overlay {
        entries: merges(&["J. Ray", "Ray"]),
    };
    overlay.entries.push(Entry::split(PERSON, "J. Ray"));
    let split = Decision::Split(PERSON, "J. Ray".into(), None);
    let merge = Decision::Merge(PERSON, "Jo Ray".into(), "Ray".into());
    assert_eq!(overlay.decisions(), [merge, split]);
    overlay
        .entries
        .push(Entry::merge(PERSON, "Jo Ray", "J. Ray"));
    assert_eq!(overlay.decisions().len(), 2);
    assert!(
        overlay
            .decisions()
            .iter()
            .all(|d| matches!(d, Decision::Merge(..)))
    );
}

#[test]
fn hides_and_marks_are_taken_off_again() {
    let hash = ContentHash::of(b"x");
    let mut overlay = Overlay::default();
    overlay.entries.extend([
        Entry::hide(PERSON, "Bo", Some(hash), true),
        Entry::hide(PERSON, "Bo", None, true),
        Entry::hide(PERSON, "Bo", None, false),
        Entry::tag(hash, "todo"),
        Entry::tag(hash, "later"),
        Entry::tag(hash, "-TODO"),
        Entry::note(hash, "ask them"),
        Entry::read(hash, true),
        Entry::read(hash, false),
    ]);
    let notes = overlay.notes();
    assert_eq!(notes.hidden.len(), 1);
    assert_eq!(notes.hidden[0].article, Some(hash));
    assert_eq!(
        overlay.decisions(),
        [Decision::Hide(PERSON, "Bo".into(), Some(hash))]
    );
    assert_eq!(notes.tags[&hash], BTreeSet::from(["later".to_owned()]));
    assert_eq!(notes.notes[&hash], "ask them");
    assert!(notes.read.is_empty());
    overlay.entries.push(Entry::note(hash, ""));
    assert!(overlay.notes().notes.is_empty());
}

/// What a file may hold before: nothing, what dateline wrote, what a person wrote by hand.
fn first() -> impl Strategy<Value = Option<Vec<u8>>> {
    let line = prop_oneof![
        Just(
            r#"{"v":1,"op":"merge","target":{"type":"PERSON","surface":"A"},"with":{"type":"PERSON","surface":"B"},"mine":[1, 2]}"#
        ),
        Just(r#"  {"op":"hide","v":1,"target":{"type":"ORG","surface":"C","why":"no"},"step":7}"#),
        Just(r#"{"v":1,"op":"undo"}"#),
        Just("# by hand"),
        Just("// by hand"),
        Just(""),
        Just("{\"v\":2}"),
        Just("not json \u{e4}"),
    ];
    let end = prop_oneof![Just("\n"), Just("\r\n")];
    let lines = proptest::collection::vec(line, 0..6);
    proptest::option::of((lines, end, any::<bool>(), any::<bool>()).prop_map(
        |(lines, end, closed, mark)| {
            let mut text = if mark { "\u{feff}" } else { "" }.to_owned() + &lines.join(end);
            if closed && !text.is_empty() {
                text.push_str(end);
            }
            text.into_bytes()
        },
    ))
}

#[derive(Clone, Debug)]
enum Act {
    Step(Vec<Entry>),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    let entry =
        (0usize..7, "[A-Z][a-z]{0,3}( [A-Z])?", any::<bool>()).prop_map(|(op, name, on)| {
            let hash = ContentHash::of(name.as_bytes());
            match op {
                0 => Entry::merge(PERSON, &name, "Jo Ray"),
                1 => Entry::split(PERSON, &name),
                2 => Entry::hide(PERSON, &name, on.then_some(hash), on),
                3 => Entry::star(hash, on),
                4 => Entry::tag(hash, &name),
                5 => Entry::note(hash, &name),
                _ => Entry::date(hash, "2020-08-09".parse().unwrap()),
            }
        });
    let step = proptest::collection::vec(entry, 1..5).prop_map(Act::Step);
    prop_oneof![3 => step, 2 => Just(Act::Undo), 1 => Just(Act::Redo)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn undo_all_gives_the_first_bytes_and_redo_all_the_last(
        first in first(),
        steps in proptest::collection::vec(
            act().prop_filter("a step", |act| matches!(act, Act::Step(_))), 1..8),
    ) {
        let (_folder, path) = file();
        if let Some(first) = &first {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, first).unwrap();
        }
        let mut now = history(&path);
        let mut states = vec![(fs::read(&path).ok(), now.overlay().clone())];
        for step in &steps {
            let Act::Step(entries) = step else { continue };
            now.take(entries.clone(), String::new()).unwrap();
            states.push((fs::read(&path).ok(), now.overlay().clone()));
        }
        for (bytes, overlay) in states.iter().rev().skip(1) {
            prop_assert!(matches!(now.undo().unwrap(), Change::Back(_)));
            prop_assert_eq!(&fs::read(&path).ok(), bytes);
            prop_assert_eq!(now.overlay(), overlay);
        }
        for (bytes, overlay) in states.iter().skip(1) {
            prop_assert!(matches!(now.redo().unwrap(), Change::Again(_)));
            prop_assert_eq!(&fs::read(&path).ok(), bytes);
            prop_assert_eq!(now.overlay(), overlay);
        }
        prop_assert_eq!(now.redo().unwrap(), Change::Nothing);
    }

    #[test]
    fn whatever_is_done_the_file_says_what_is_in_force(
        first in first(),
        acts in proptest::collection::vec(act(), 1..24),
    ) {
        let (_folder, path) = file();
        if let Some(first) = &first {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, first).unwrap();
        }
        let mut now = history(&path);
        for act in acts {
            match act {
                Act::Step(entries) => now.take(entries, String::new()).unwrap(),
                Act::Undo => drop(now.undo().unwrap()),
                Act::Redo => drop(now.redo().unwrap()),
            }
            let bytes = fs::read(&path).unwrap_or_default();
            prop_assert!(bytes.starts_with(first.as_deref().unwrap_or_default()));
            prop_assert_eq!(&Overlay::parse(&bytes).0, now.overlay());
        }
    }
}
