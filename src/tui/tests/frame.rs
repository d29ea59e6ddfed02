//! What stands around the panes: hints, settings that are wrong, borders.

use super::super::pane::PaneId;
use super::super::testing::{Stage, store};
use ratatui::layout::Position;

#[test]
fn what_can_follow_a_key_is_shown() {
    let mut stage = Stage::with(100, 30, &[("DATELINE_KEYMAP", "emacs")]);
    stage.keys("ctrl-x");
    assert!(
        !stage.text().contains("export-view"),
        "not before it is due"
    );
    stage.app.hint = true;
    stage.draw();
    let text = stage.text();
    assert!(
        text.contains("ctrl-s export-view") && text.contains("ctrl-c quit"),
        "{text}"
    );
    stage.keys("o");
    assert_eq!(stage.app.model.focus, PaneId::Text);
    assert!(!stage.text().contains("export-view"));
}

#[test]
fn the_palette_shows_keys_and_settings_that_are_wrong_are_said() {
    let mut stage = Stage::new(100, 30);
    stage.keys(":").type_text("calendar");
    assert!(
        stage
            .text()
            .lines()
            .any(|line| line.contains("calendar") && line.contains(" c "))
    );
    let file = "thme = 'dark'\nwidth = 70\n";
    let path = std::path::Path::new("c.toml");
    let flags = crate::config::Flags::default();
    let (settings, _) = crate::config::layers::merge(Some((path, file)), &|_| None, &flags);
    let mut app = super::super::App::new(settings, store(1));
    let mut buf = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 100, 24));
    app.draw(buf.area, &mut buf);
    let text: String = buf
        .content
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert!(
        text.contains("c.toml:1: \"thme\" is no setting; did you mean \"theme\"?"),
        "{text}"
    );
}

#[test]
fn borders_are_dragged_and_panes_grow() {
    let mut stage = Stage::new(120, 40);
    let edge = stage.app.boxes[0].1.right();
    stage.app.click(Position::new(edge, 5));
    stage.app.drag(Position::new(edge + 10, 5));
    stage.app.release();
    stage.draw();
    assert!(stage.app.boxes[0].1.right().abs_diff(edge + 10) <= 1);
    let before = stage.app.boxes[0].1;
    stage.keys("1 +");
    let after = stage.app.boxes[0].1;
    assert!(after.width > before.width && after.height > before.height);
    stage.keys("_");
    assert_eq!(stage.app.boxes[0].1, before);
}
