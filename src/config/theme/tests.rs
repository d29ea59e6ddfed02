//! Every theme at every depth of colour, and that it can be read.

use super::*;

#[test]
fn every_theme_gives_every_role_at_every_depth() {
    for (name, text) in THEMES {
        let lines: BTreeMap<String, String> = toml::from_str(text).unwrap();
        for role in Theme::ROLES {
            assert!(lines.contains_key(*role), "{name} lacks {role}");
        }
        for depth in [Depth::None, Depth::Sixteen, Depth::Palette, Depth::True] {
            let (_, warnings) = Theme::load(name, depth, &BTreeMap::new()).unwrap();
            assert!(warnings.is_empty(), "{name}: {warnings:?}");
        }
    }
}

#[test]
fn depth_decides_the_colour() {
    let line = "#82aaff/light-blue bold on #101010/black";
    assert_eq!(
        parse(line, Depth::True).unwrap().fg,
        Some(Color::Rgb(0x82, 0xaa, 0xff))
    );
    assert_eq!(
        parse(line, Depth::Palette).unwrap().fg,
        Some(Color::Indexed(111))
    );
    assert_eq!(
        parse(line, Depth::Sixteen).unwrap().fg,
        Some(Color::Ansi(12))
    );
    let none = parse(line, Depth::None).unwrap();
    assert_eq!((none.fg, none.bg, none.bold), (None, None, true));
    assert!(parse("bleu", Depth::True).unwrap_err().contains("\"blue\""));
}

/// The contrast of two colours by the rules for accessible web content (WCAG 2.1, 1.4.3).
fn contrast(one: Color, other: Color) -> f64 {
    let light = |color: Color| {
        let Color::Rgb(r, g, b) = color else {
            panic!("{color:?} has no light")
        };
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    };
    let (a, b) = (light(one), light(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn high_contrast_is_high() {
    for (name, paper) in [
        ("contrast", Color::Rgb(0, 0, 0)),
        ("contrast-light", Color::Rgb(255, 255, 255)),
    ] {
        let (mut theme, _) = Theme::load(name, Depth::True, &BTreeMap::new()).unwrap();
        for role in Theme::ROLES
            .iter()
            .filter(|role| !role.starts_with("border"))
        {
            let style = *theme.role(role).unwrap();
            let ink = style.fg.unwrap();
            let ratio = contrast(ink, style.bg.unwrap_or(paper));
            assert!(ratio >= 7.0, "{name}: {role} has {ratio:.1}");
        }
    }
}

#[test]
fn themes_for_both_backgrounds_can_be_read() {
    let dark = Color::Rgb(0x1a, 0x1d, 0x24);
    let light = Color::Rgb(0xff, 0xff, 0xff);
    for (name, paper) in [
        ("dark", dark),
        ("dusk", dark),
        ("light", light),
        ("paper", light),
    ] {
        let (mut theme, _) = Theme::load(name, Depth::True, &BTreeMap::new()).unwrap();
        for role in [
            "strong",
            "muted",
            "accent",
            "person",
            "org",
            "place",
            "norp",
            "date-inferred",
            "warning",
            "error",
        ] {
            let style = *theme.role(role).unwrap();
            if let (Some(ink @ Color::Rgb(..)), None) = (style.fg, style.bg) {
                let ratio = contrast(ink, paper);
                assert!(ratio >= 4.5, "{name}: {role} has {ratio:.1}");
            }
        }
    }
}

#[test]
fn without_colour_no_theme_has_one() {
    let (theme, _) = Theme::load("dark", Depth::None, &BTreeMap::new()).unwrap();
    assert_eq!(theme.person.fg, None);
    assert!(theme.selection.reverse);
}
