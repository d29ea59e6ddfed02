//! The whole screen, scripted: keys in, frames and effects out.

mod every;
mod frame;
mod whole;

use super::effect::Effect;
use super::pane::PaneId;
use super::testing::{Stage, day, entity_id, store};
use crate::annotate::EntityKind;
use crate::engine::Progress;
use crate::engine::decide::Decision;
use ratatui::layout::Position;

macro_rules! snapshot {
    ($name:literal, $stage:expr) => {
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tui/snapshots"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!($name, $stage.snapshot());
        });
    };
}

#[test]
fn looks_as_it_should() {
    snapshot!("60x15", Stage::new(60, 15));
    snapshot!("80x24", Stage::new(80, 24));
    snapshot!("100x30", Stage::new(100, 30));
    snapshot!("120x40", Stage::new(120, 40));
    snapshot!("200x60", Stage::new(200, 60));
    snapshot!("40x12", Stage::new(40, 12));
    snapshot!("120x40-mono", Stage::with(120, 40, &[("NO_COLOR", "1")]));
    snapshot!(
        "120x40-ascii-16",
        Stage::with(120, 40, &[("LANG", "C"), ("COLORTERM", "")])
    );
    snapshot!(
        "120x40-light",
        Stage::with(120, 40, &[("DATELINE_THEME", "light")])
    );
    for theme in ["contrast", "contrast-light", "sixteen", "dusk", "paper"] {
        let stage = Stage::with(80, 24, &[("DATELINE_THEME", theme)]);
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tui/snapshots"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(format!("80x24-{theme}"), stage.snapshot());
        });
    }
}

#[test]
fn overlays_look_as_they_should() {
    snapshot!("help", Stage::new(100, 30).keys("?"));
    snapshot!(
        "help-search",
        Stage::new(100, 20).keys("?").type_text("zoom")
    );
    snapshot!("why-article", Stage::new(100, 30).keys("j d"));
    snapshot!("why-event", Stage::new(100, 30).keys("4 d"));
    snapshot!("palette", Stage::new(100, 24).keys(":").type_text("fil"));
    snapshot!("entities", Stage::new(100, 30).keys("3"));
    snapshot!("spellings", Stage::new(100, 30).keys("3 gg M space"));
    snapshot!(
        "timeline-year",
        Stage::new(100, 30).keys("4 minus minus minus")
    );
    snapshot!("boilerplate", Stage::new(100, 30).keys("2 B"));
    snapshot!("compare", Stage::new(100, 30).keys("j C"));
    snapshot!("company", Stage::new(100, 30).keys("3 gg W"));
    snapshot!("calendar", Stage::new(80, 24).keys("4 gg j c"));
    snapshot!(
        "histogram",
        super::testing::many(100, 30).keys("R gg space l l l")
    );
    snapshot!("open-link", Stage::new(80, 24).keys("o"));
    snapshot!("export", Stage::new(80, 24).keys("w"));
}

#[test]
fn the_first_frame_needs_nothing() {
    let mut app = super::App::new(
        super::testing::settings(&[]),
        std::sync::Arc::new(crate::store::Memory::default()),
    );
    let mut buf = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 80, 24));
    app.draw(buf.area, &mut buf);
    let text: String = buf
        .content
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert!(
        text.contains("1 Articles") && text.contains("Reading"),
        "{text}"
    );
}

#[test]
fn the_status_is_a_sentence() {
    let stage = Stage::new(160, 40);
    let text = stage.text();
    let first = text.lines().next().unwrap();
    assert_eq!(
        first.trim(),
        "dateline  3 articles, 1 dated, 1 date inferred (~), 1 undated, 1 person in 3 spellings, 1 file skipped. Press ? for keys."
    );
}

#[test]
fn panes_are_linked() {
    let mut stage = Stage::new(200, 60);
    stage.keys("j");
    assert_eq!(
        stage.app.model.article.as_ref().unwrap().as_str(),
        "harbour-2.txt"
    );
    let text = stage.text();
    assert!(
        text.contains("Talks fail") && text.contains("About 450"),
        "{text}"
    );
    // The event of the article is under the timeline's cursor, its quote in the evidence.
    assert!(text.contains("news/harbour-2.txt:2"), "{text}");
    stage.keys("4 k enter");
    assert_eq!(stage.app.model.focus, PaneId::Text);
    assert_eq!(
        stage.app.model.article.as_ref().unwrap().as_str(),
        "harbour-1.txt"
    );
    let jump = stage.app.model.jump.clone().unwrap();
    assert!(jump.span.start > 0);
    // From the text to the name on the line, and to its event.
    stage.keys("e");
    assert_eq!(stage.app.model.focus, PaneId::Entities);
    assert!(stage.app.model.entity.is_some());
    stage.keys("2 t");
    assert_eq!(stage.app.model.focus, PaneId::Timeline);
}

#[test]
fn entities_filter_everything_and_are_taken_out_again() {
    let mut stage = Stage::new(120, 40);
    stage.keys("3 gg f");
    let who = stage.app.model.filter[0].0.clone();
    assert_eq!(who, entity_id(0));
    stage.keys("j f");
    assert_eq!(stage.app.model.query.entities.len(), 2);
    assert!(stage.text().contains(" AND "), "{}", stage.text());
    stage.keys("f");
    assert_eq!(stage.app.model.query.entities, [who]);
    stage.keys("F");
    assert!(stage.app.model.query.entities.is_empty());
}

#[test]
fn entering_an_entity_goes_through_its_mentions() {
    let mut stage = Stage::new(120, 40);
    stage.keys("3 gg");
    let mut seen = Vec::new();
    for _ in 0..3 {
        stage.keys("enter");
        let jump = stage.app.model.jump.clone().unwrap();
        seen.push((jump.article.as_str().to_owned(), jump.span.start));
    }
    seen.dedup();
    assert!(seen.len() >= 3, "{seen:?}");
}

#[test]
fn finding_in_the_text_goes_from_match_to_match() {
    let mut stage = Stage::new(120, 40);
    stage.keys("2 /").type_text("HARBOUR").keys("enter");
    let first = stage.app.model.jump.clone().unwrap().span;
    stage.keys("n");
    let second = stage.app.model.jump.clone().unwrap().span;
    assert_ne!(first, second);
    stage.keys("N");
    assert_eq!(stage.app.model.jump.clone().unwrap().span, first);
    stage.keys("esc");
    assert!(stage.app.model.find.is_none());
}

#[test]
fn searching_filters_as_it_is_typed() {
    let mut stage = Stage::new(120, 40);
    stage.keys("/").type_text("talks");
    assert!(stage.app.model.search.is_some());
    stage.keys("enter");
    assert!(stage.app.overlays.is_empty() && stage.app.model.search.is_some());
    stage.keys("esc");
    assert!(stage.app.model.search.is_none());
    // A search that is given up leaves what was open open.
    stage.keys("gg");
    let open = stage.app.model.article.clone();
    stage.keys("/").type_text("talks").keys("esc");
    assert_eq!(stage.app.model.article, open);
    assert!(stage.app.model.search.is_none());
}

#[test]
fn decisions_are_sent() {
    let mut stage = Stage::new(120, 40);
    stage
        .keys("gg D ctrl-u")
        .type_text("2031-03-04")
        .keys("enter");
    stage.keys("3 gg m j x u ctrl-r");
    let sent: Vec<&Decision> = stage
        .sent
        .iter()
        .filter_map(|effect| match effect {
            Effect::Decide(decision) => Some(decision),
            _ => None,
        })
        .collect();
    assert!(
        matches!(sent[0], Decision::Date(_, on) if *on == day("2031-03-04")),
        "{sent:?}"
    );
    let name = "Mara Lindqvist".to_owned();
    assert_eq!(
        sent[1],
        &Decision::Accept {
            kind: EntityKind::Person,
            name,
            spellings: vec!["Lindquist".to_owned()],
        }
    );
    assert!(matches!(sent[2], Decision::Hide(_)));
    assert_eq!(sent[3..], [&Decision::Undo, &Decision::Redo]);
}

#[test]
fn marked_names_of_one_kind_are_merged() {
    let mut stage = Stage::new(120, 40);
    stage.keys("3 gg space m");
    assert!(stage.text().contains("another kind"), "{}", stage.text());
    stage.keys("gg v G v");
    assert_eq!(stage.app.model.marks.len(), 3);
    stage.keys("esc");
    assert!(stage.app.model.marks.is_empty());
}

#[test]
fn citations_name_file_line_and_hash() {
    let mut stage = Stage::new(120, 40);
    stage.keys("4 G k y Y o enter O");
    let copied: Vec<&String> = stage
        .sent
        .iter()
        .filter_map(|effect| match effect {
            Effect::Copy(text, _) => Some(text),
            _ => None,
        })
        .collect();
    assert!(copied[0].contains("2031-03-03/09 ev:"), "{copied:?}");
    assert!(
        copied[0].contains("news/harbour-2.txt:2\nsha256:"),
        "{copied:?}"
    );
    assert_eq!(copied[1], "news/harbour-2.txt");
    let sent = format!("{:?}", stage.sent);
    assert!(
        sent.contains("OpenLink(https://news.example/harbour-2.txt)"),
        "{sent}"
    );
    assert!(sent.contains("OpenEditor(news/harbour-2.txt:2)"), "{sent}");
}

#[test]
fn quitting_goes_back_step_by_step() {
    let mut stage = Stage::new(120, 40);
    stage.keys("3 gg f z d q q q q");
    assert!(stage.sent.is_empty(), "{:?}", stage.sent);
    stage.keys("q");
    assert!(
        matches!(stage.sent.last(), Some(Effect::Quit)),
        "{:?}",
        stage.sent
    );
    for keys in [
        "Q", "ctrl-c", "? ctrl-c", ": ctrl-c", "/ ctrl-c", "d ctrl-c", "D ctrl-c",
    ] {
        let mut stage = Stage::new(120, 40);
        stage.keys(keys);
        assert!(
            matches!(stage.sent.last(), Some(Effect::Quit)),
            "{keys}: {:?}",
            stage.sent
        );
    }
}

#[test]
fn the_mouse_focuses_selects_and_scrolls() {
    let mut stage = Stage::new(120, 40);
    let list = stage.app.boxes[0].1;
    stage.app.click(Position::new(list.x + 5, list.y + 2));
    stage.draw();
    assert_eq!(
        stage.app.model.article.as_ref().unwrap().as_str(),
        "harbour-2.txt"
    );
    let timeline = stage.app.boxes[3].1;
    stage
        .app
        .wheel(Position::new(timeline.x + 3, timeline.y + 3), true);
    assert_eq!(
        stage.app.model.focus,
        PaneId::Articles,
        "the wheel does not move the focus"
    );
    stage
        .app
        .click(Position::new(timeline.x + 3, timeline.y + 1));
    stage.draw();
    assert_eq!(stage.app.model.focus, PaneId::Timeline);
}

#[test]
fn counts_repeat_in_the_vim_preset() {
    let mut stage = Stage::with(120, 40, &[("DATELINE_KEYMAP", "vim")]);
    stage.keys("alt-1 gg").type_text("2j");
    assert_eq!(
        stage.app.model.article.as_ref().unwrap().as_str(),
        "blog/undated.md"
    );
    stage.keys("alt-3");
    assert_eq!(stage.app.model.focus, PaneId::Entities);
}

#[test]
fn a_new_state_keeps_what_is_selected() {
    let mut stage = Stage::new(200, 60);
    stage.keys("j 4 k");
    let before = (
        stage.app.model.article.clone(),
        stage.app.model.event.clone(),
    );
    stage.app.news(Progress::Snapshot(store(2)));
    stage.draw();
    assert_eq!(
        (
            stage.app.model.article.clone(),
            stage.app.model.event.clone()
        ),
        before
    );
}

#[test]
fn a_broken_pipeline_is_told() {
    let mut app = super::App::new(super::testing::settings(&[]), store(1));
    app.no_more_news();
    let mut buf = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 120, 24));
    app.draw(buf.area, &mut buf);
    let text: String = buf
        .content
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert!(text.contains("stopped early"), "{text}");
}
