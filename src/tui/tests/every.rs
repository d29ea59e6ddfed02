//! Every action, every size, any keys: the screen holds whatever comes.

use super::super::pane::PaneId;
use super::super::testing::Stage;
use crate::config::{Action, Context, Key};
use proptest::prelude::*;

#[test]
fn the_command_line_runs_every_action_by_name() {
    for action in Action::all() {
        let mut stage = Stage::new(120, 40);
        stage.keys(":").type_text(action.name());
        let argument = match action {
            Action::Filter(_) => " talks",
            Action::Goto(_) => " 2031-03",
            Action::Date(_) => " 2031-03-04",
            Action::Theme(_) => " light",
            Action::Tag(_) => " todo",
            Action::Note(_) => " ask",
            Action::Digest(_) => " 3",
            Action::Range(_) => " 2031",
            Action::Save(_) | Action::Forget(_) => " name",
            Action::Pipe(_) => " cat",
            Action::Export(_) => " csv /dev/null/none.csv",
            _ => "",
        };
        stage.type_text(argument).keys("enter");
        let expected = matches!(
            action,
            Action::CommandLine
                | Action::Help
                | Action::Search
                | Action::SetDate
                | Action::EditTags
                | Action::EditNote
                | Action::WhyThisDate
                | Action::Digest(_)
                | Action::OpenLink
                | Action::Compare
                | Action::Company
                | Action::Calendar
                | Action::Histogram
                | Action::Tour
                | Action::PipeLine
                | Action::ExportView
        );
        assert_eq!(!stage.app.overlays.is_empty(), expected, "{action}");
    }
    let mut stage = Stage::new(120, 40);
    stage.keys(":").type_text("fitler x").keys("enter");
    assert!(
        stage.text().contains("did you mean \"filter\""),
        "{}",
        stage.text()
    );
}

#[test]
fn every_action_with_a_key_does_something_somewhere() {
    // A vocabulary with words that mean nothing would be a lie in the help.
    let quiet = [
        Action::Up,
        Action::Top,
        Action::PageUp,
        Action::HalfPageUp,
        Action::ScrollTextUp,
        Action::ScrollTextDown,
    ];
    for row in Stage::new(120, 40).app.keymap.entries() {
        let action = Action::parse(&row.action).unwrap();
        if quiet.contains(&action)
            || matches!(
                row.context,
                Context::Input | Context::Popup | Context::Choice
            )
        {
            continue;
        }
        let mut changed = false;
        for (pane, width) in PaneId::ALL
            .iter()
            .flat_map(|pane| [(*pane, 90), (*pane, 200)])
        {
            let mut stage = Stage::new(width, 20);
            stage.app.focus(pane);
            stage.draw();
            let before = (stage.snapshot(), stage.sent.len());
            stage.app.act(&action);
            stage.draw();
            changed |= before != (stage.snapshot(), stage.sent.len());
        }
        assert!(changed, "{action}");
    }
}

#[test]
fn ascii_means_ascii() {
    let mut stage = Stage::with(200, 60, &[("DATELINE_ASCII", "true")]);
    for keys in ["2 B", "4 minus", "3", "d", "esc", "?"] {
        stage.keys(keys);
        assert!(stage.text().is_ascii(), "{keys}: {}", stage.text());
    }
}

#[test]
fn no_size_is_too_odd() {
    let sizes = [
        1, 2, 3, 5, 8, 19, 20, 21, 40, 59, 60, 61, 80, 99, 100, 101, 159, 160, 161, 300,
    ];
    let mut stage = Stage::new(80, 24);
    for width in sizes {
        for height in [1, 2, 3, 4, 5, 6, 10, 14, 15, 16, 24, 40, 100] {
            for keys in [
                "", "tab", "z", "z", "?", "esc", "d", "esc", ":", "esc", "/", "esc",
            ] {
                stage.keys(keys);
                stage.resize(width, height);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn no_keys_bring_it_down(keys in proptest::collection::vec(0usize..82, 1..60), size in 0usize..5) {
        let all = [
            "j", "k", "g", "G", "tab", "shift-tab", "1", "2", "3", "4", "5", "enter", "esc", "q", "/",
            "n", "N", ":", "?", "B", "e", "t", "d", "D", "f", "F", "A", "u", "y", "z", "space", "v",
            "m", "x", "[", "]", "+", "_", "ctrl-d", "ctrl-u", "pgdn", "pgup", "J", "K", "a", "ä", "汉",
            "down", "up", "backspace", "ctrl-w", "left", "right", "home", "end", "ctrl-n", "ctrl-p",
            "del", "l", "h", "o", "O", "Y", "f5", "M", "X", "H", "s", "#", "r", "ctrl-r",
            "W", "c", "R", "S", "w", "|", "L", "C", ">", "<", "p",
        ];
        let (width, height) = [(80, 24), (120, 40), (200, 60), (30, 8), (10, 3)][size];
        let mut stage = Stage::new(width, height);
        for key in keys {
            stage.app.key(Key::parse(all[key]).unwrap());
            stage.draw();
        }
    }
}
