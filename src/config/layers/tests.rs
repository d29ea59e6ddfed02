//! Layers over layers, and what is said of lines that are wrong.

use super::*;
use crate::config::key::parse_sequence;
use crate::config::keymap::{Context, Found};

fn with(file: &str, env: &[(&str, &str)], flags: &Flags) -> (Settings, Vec<String>) {
    let env = |name: &str| {
        env.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    };
    merge(Some((Path::new("c.toml"), file)), &env, flags)
}

#[test]
fn later_layers_win() {
    let (settings, warnings) = with("width = 66", &[], &Flags::default());
    assert_eq!((settings.width, warnings.len()), (66, 0), "{warnings:?}");
    let env = [
        ("DATELINE_WIDTH", "70"),
        ("LANG", "de_DE.UTF-8"),
        ("DATELINE_MOUSE", "0"),
    ];
    let (settings, _) = with("width = 66", &env, &Flags::default());
    assert_eq!(
        (settings.width, settings.ascii, settings.mouse),
        (70, false, false)
    );
    let flags = Flags {
        width: Some(74),
        ascii: Some(true),
        ..Flags::default()
    };
    let (settings, _) = with("width = 66", &env, &flags);
    assert_eq!((settings.width, settings.ascii), (74, true));
}

#[test]
fn what_is_wrong_is_said_and_the_rest_holds() {
    let file =
        "thme = 'dark'\nwidth = 500\nmouse = false\n[keys.global]\n'ctrl-x' = 'quit'\n'x' = 'hied'";
    let (settings, warnings) = with(file, &[], &Flags::default());
    assert!(!settings.mouse);
    assert_eq!(settings.width, 72);
    let keys = parse_sequence("ctrl-x").unwrap();
    assert!(matches!(
        settings.keymap.find(&[Context::Global], &keys),
        Found::Action(_)
    ));
    let all = warnings.join("\n");
    assert!(all.contains("did you mean \"theme\""), "{all}");
    assert!(
        all.contains("40 to 120") && all.contains("did you mean \"hide\""),
        "{all}"
    );
    assert!(
        all.contains("c.toml:1: \"thme\"") && all.contains("c.toml:2: width"),
        "{all}"
    );
    assert!(all.contains("c.toml:6: keys.global: "), "{all}");
    assert_eq!(settings.warnings, warnings);
    let file = "# x\n[layout]\nlist = 60\nlfet = 3\ntop = 95\n[keys.gloabl]\nx = 'quit'\n[colors]\n'persn' = 'red'\norg = 'bleu'\n[keys.text]\n'=' = 'qiut'\n";
    let (settings, warnings) = with(file, &[], &Flags::default());
    assert_eq!((settings.shares.list, settings.shares.top), (600, 500));
    let all = warnings.join("\n");
    for told in [
        "c.toml:4: layout: \"lfet\" is no share of the screen; did you mean \"left\"?",
        "c.toml:5: layout: top must be",
        "c.toml:6: keys: \"gloabl\" is no context; did you mean \"global\"?",
        "c.toml:9: colors: \"persn\" is no role; did you mean \"person\"?",
        "c.toml:10: colors: org: \"bleu\" is no colour",
        "c.toml:12: keys.text: no action",
    ] {
        assert!(all.contains(told), "{told}\n{all}");
    }
    let (settings, warnings) = with("width = ", &[], &Flags::default());
    assert_eq!(
        (settings.width, warnings.len()),
        (72, 1),
        "a broken file costs only itself"
    );
}

#[test]
fn colours_follow_the_environment() {
    let none = with(
        "",
        &[("NO_COLOR", "1"), ("COLORTERM", "truecolor")],
        &Flags::default(),
    );
    assert_eq!(none.0.depth, Depth::None);
    let some = with(
        "",
        &[("TERM", "xterm-256color"), ("COLORFGBG", "0;15")],
        &Flags::default(),
    );
    assert_eq!(
        (some.0.depth, some.0.theme_name.as_str()),
        (Depth::Palette, "light")
    );
}
