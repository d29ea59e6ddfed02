//! Layers of settings merged in one place: default, file, environment, flags.
//!
//! A key that is not known or not right is a warning with the nearest name; the rest of the layer
//! holds. Nothing is ever written.

use super::keymap::Keymap;
use super::theme::{Depth, Theme};
use super::{DEFAULT_TEXT, nearest, paths};
use std::collections::BTreeMap;
use std::path::Path;

/// What flags of the command line say; `None` where they say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--theme`.
    pub theme: Option<String>,
    /// `--ascii`.
    pub ascii: Option<bool>,
    /// `--no-mouse` gives false.
    pub mouse: Option<bool>,
    /// `--keymap`.
    pub keymap: Option<String>,
    /// `--width`.
    pub width: Option<u16>,
    /// `--color always` gives true, `--color never` false.
    pub color: Option<bool>,
}

/// What the screen is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the theme: `dark`, `light` or `mono`.
    pub theme_name: String,
    /// Its styles.
    pub theme: Theme,
    /// How many colours there are.
    pub depth: Depth,
    /// Changes that a person made to the styles.
    pub colors: BTreeMap<String, String>,
    /// Only ASCII may be drawn.
    pub ascii: bool,
    /// The mouse is listened to.
    pub mouse: bool,
    /// Columns of running text, 40 to 120.
    pub width: u16,
    /// Boilerplate is shown dimmed from the start.
    pub boilerplate: bool,
    /// The keys.
    pub keymap: Keymap,
    /// The command that opens a file, `None`: `$VISUAL`, `$EDITOR`, `vi`.
    pub editor: Option<String>,
    /// The command that opens a link.
    pub opener: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        merge(None, &|_| None, &Flags::default()).0
    }
}

/// The keys of the settings file.
const KEYS: &[&str] = &[
    "theme",
    "ascii",
    "mouse",
    "width",
    "boilerplate",
    "keymap",
    "editor",
    "opener",
    "keys",
    "colors",
];

/// Values of one layer and then of all, before they are given their types.
#[derive(Default)]
struct Raw {
    values: BTreeMap<String, (toml::Value, String)>,
    keys: Vec<toml::Table>,
    colors: BTreeMap<String, String>,
}

impl Raw {
    fn lay(&mut self, table: &toml::Table, source: &str, warnings: &mut Vec<String>) {
        for (key, value) in table {
            match (key.as_str(), value) {
                ("keys", toml::Value::Table(keys)) => self.keys.push(keys.clone()),
                ("colors", toml::Value::Table(colors)) => {
                    for (role, line) in colors {
                        match line.as_str() {
                            Some(line) => {
                                self.colors.insert(role.clone(), line.to_owned());
                            }
                            None => {
                                warnings.push(format!("{source}: colors.{role} must be a text"));
                            }
                        }
                    }
                }
                (key, value) if KEYS.contains(&key) => {
                    self.values
                        .insert(key.to_owned(), (value.clone(), source.to_owned()));
                }
                (key, _) => {
                    let near = nearest(key, KEYS.iter().copied());
                    let near = near.map_or(String::new(), |n| format!("; did you mean {n:?}?"));
                    warnings.push(format!("{source}: {key:?} is no setting{near}"));
                }
            }
        }
    }

    fn take<T>(
        &self,
        key: &str,
        what: &str,
        read: impl Fn(&toml::Value) -> Option<T>,
        warnings: &mut Vec<String>,
    ) -> Option<T> {
        let (value, source) = self.values.get(key)?;
        let made = read(value);
        if made.is_none() {
            warnings.push(format!(
                "{source}: {key} must be {what}, not {}",
                shown(value)
            ));
        }
        made
    }
}

/// A value as a person wrote it, as far as one line shows it.
fn shown(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => format!("{text:?}"),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(truth) => truth.to_string(),
        other => format!("a {}", other.type_str()),
    }
}

/// Reads and merges all layers; gives the settings and what was wrong.
pub fn load(env: &dyn Fn(&str) -> Option<String>, flags: &Flags) -> (Settings, Vec<String>) {
    let path = paths(env).config;
    let mut warnings = Vec::new();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if env("DATELINE_CONFIG").is_some_and(|value| !value.is_empty()) {
                warnings.push(format!("{}: {error}", path.display()));
            }
            None
        }
        Err(error) => {
            warnings.push(format!("{}: {error}", path.display()));
            None
        }
    };
    let (settings, more) = merge(
        text.as_deref().map(|text| (path.as_path(), text)),
        env,
        flags,
    );
    warnings.extend(more);
    (settings, warnings)
}

/// Merges the layers; `file` is the path and text of the settings file.
pub fn merge(
    file: Option<(&Path, &str)>,
    env: &dyn Fn(&str) -> Option<String>,
    flags: &Flags,
) -> (Settings, Vec<String>) {
    let mut warnings = Vec::new();
    let mut raw = Raw::default();
    let layers = [
        Some(("built-in settings".to_owned(), DEFAULT_TEXT)),
        file.map(|(path, text)| (path.display().to_string(), text)),
    ];
    for (source, text) in layers.into_iter().flatten() {
        match toml::from_str::<toml::Table>(text) {
            Ok(table) => raw.lay(&table, &source, &mut warnings),
            Err(error) => warnings.push(format!("{source}: {}", error.to_string().trim_end())),
        }
    }
    lay_environment(&mut raw, env, &mut warnings);
    lay_flags(&mut raw, flags);
    let settings = settle(&raw, env, flags, &mut warnings);
    (settings, warnings)
}

fn lay_environment(
    raw: &mut Raw,
    env: &dyn Fn(&str) -> Option<String>,
    warnings: &mut Vec<String>,
) {
    for key in KEYS
        .iter()
        .filter(|key| !matches!(**key, "keys" | "colors"))
    {
        let name = format!("DATELINE_{}", key.to_ascii_uppercase());
        let Some(value) = env(&name).filter(|value| !value.is_empty()) else {
            continue;
        };
        let value = match value.as_str() {
            "1" if *key != "width" => toml::Value::Boolean(true),
            "0" if *key != "width" => toml::Value::Boolean(false),
            _ => value
                .parse::<i64>()
                .map(toml::Value::Integer)
                .or_else(|_| value.parse().map(toml::Value::Boolean))
                .unwrap_or(toml::Value::String(value)),
        };
        let mut table = toml::Table::new();
        table.insert((*key).to_owned(), value);
        raw.lay(&table, &name, warnings);
    }
}

fn lay_flags(raw: &mut Raw, flags: &Flags) {
    let text = |value: &Option<String>| value.clone().map(toml::Value::String);
    let values = [
        ("theme", text(&flags.theme)),
        ("keymap", text(&flags.keymap)),
        ("ascii", flags.ascii.map(toml::Value::Boolean)),
        ("mouse", flags.mouse.map(toml::Value::Boolean)),
        (
            "width",
            flags
                .width
                .map(|width| toml::Value::Integer(i64::from(width))),
        ),
    ];
    for (key, value) in values {
        if let Some(value) = value {
            raw.values
                .insert(key.to_owned(), (value, format!("--{key}")));
        }
    }
}

fn settle(
    raw: &Raw,
    env: &dyn Fn(&str) -> Option<String>,
    flags: &Flags,
    warnings: &mut Vec<String>,
) -> Settings {
    let truth = |value: &toml::Value| value.as_bool();
    let text = |value: &toml::Value| value.as_str().map(str::to_owned);
    // "auto" is written out in the file, so that a person sees that there is a choice.
    let auto = |value: &toml::Value| match value.as_str() {
        Some("auto") => Some(None),
        _ => value.as_bool().map(Some),
    };
    let command = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
    let depth = depth(env, flags.color);
    let colors = raw.colors.clone();
    let mut theme_name = match raw.take("theme", "a text", text, warnings) {
        Some(name) if name != "auto" => name,
        _ => background(env).to_owned(),
    };
    let (theme, more) = Theme::load(&theme_name, depth, &colors).unwrap_or_else(|error| {
        warnings.push(error);
        "dark".clone_into(&mut theme_name);
        Theme::load("dark", depth, &colors).unwrap_or_default()
    });
    warnings.extend(more);
    let preset = raw
        .take("keymap", "a text", text, warnings)
        .unwrap_or_default();
    let (mut keymap, more) = Keymap::preset(&preset).unwrap_or_else(|error| {
        warnings.push(error);
        Keymap::preset("default").unwrap_or_default()
    });
    warnings.extend(more);
    for keys in &raw.keys {
        warnings.extend(keymap.lay(keys));
    }
    warnings.extend(keymap.check());
    let width = |value: &toml::Value| {
        let width = u16::try_from(value.as_integer()?).ok()?;
        (40..=120).contains(&width).then_some(width)
    };
    Settings {
        theme_name,
        theme,
        depth,
        colors,
        ascii: raw
            .take("ascii", "true, false or \"auto\"", auto, warnings)
            .flatten()
            .unwrap_or_else(|| !utf8(env)),
        mouse: raw
            .take("mouse", "true or false", truth, warnings)
            .unwrap_or(true),
        width: raw
            .take("width", "a number from 40 to 120", width, warnings)
            .unwrap_or(72),
        boilerplate: raw
            .take("boilerplate", "true or false", truth, warnings)
            .unwrap_or(false),
        keymap,
        editor: command(raw.take("editor", "a text", text, warnings)),
        opener: command(raw.take("opener", "a text", text, warnings)),
    }
}

/// How many colours the terminal has, as far as its environment says; it is never asked.
fn depth(env: &dyn Fn(&str) -> Option<String>, forced: Option<bool>) -> Depth {
    let is_set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    let term = env("TERM").unwrap_or_default();
    let none = forced == Some(false)
        || (forced.is_none() && (is_set("NO_COLOR") || matches!(term.as_str(), "dumb")));
    match env("COLORTERM").as_deref() {
        _ if none => Depth::None,
        Some("truecolor" | "24bit") => Depth::True,
        _ if term.contains("direct") => Depth::True,
        _ if term.contains("256") => Depth::Palette,
        _ => Depth::Sixteen,
    }
}

/// The theme for the background that `COLORFGBG` tells of; dark where nothing does.
fn background(env: &dyn Fn(&str) -> Option<String>) -> &'static str {
    let told = env("COLORFGBG").unwrap_or_default();
    match told.rsplit(';').next() {
        Some("7" | "15") => "light",
        _ => "dark",
    }
}

/// True where the locale says that the terminal reads UTF-8.
fn utf8(env: &dyn Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| env(name).filter(|value| !value.is_empty()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
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
        let file = "thme = 'dark'\nwidth = 500\nmouse = false\n[keys.global]\n'ctrl-x' = 'quit'\n'x' = 'hied'";
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
}
