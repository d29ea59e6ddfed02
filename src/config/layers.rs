//! Layers of settings merged in one place: default, file, environment, flags.
//!
//! A key that is not known or not right is a warning with the nearest name; the rest of the layer
//! holds. Nothing is ever written.

use super::keymap::Keymap;
use super::place::{Complaint, Source};
use super::shares::Shares;
use super::terminal::{background, depth, utf8};
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
    /// The name of the theme.
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
    /// How much of the screen each pane has.
    pub shares: Shares,
    /// Boilerplate is shown dimmed from the start.
    pub boilerplate: bool,
    /// The keys.
    pub keymap: Keymap,
    /// The command that opens a file, `None`: `$VISUAL`, `$EDITOR`, `vi`.
    pub editor: Option<String>,
    /// The command that opens a link.
    pub opener: Option<String>,
    /// What is wrong with the settings, each with its place and the nearest name.
    pub warnings: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        merge(None, &|_| None, &Flags::default()).0
    }
}

/// The keys of the settings file.
pub(super) const KEYS: &[&str] = &[
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
    "layout",
];

/// Values of one layer and then of all, before they are given their types.
#[derive(Default)]
struct Raw {
    values: BTreeMap<String, (toml::Value, Source)>,
    keys: Vec<(toml::Table, Source)>,
    colors: BTreeMap<String, String>,
    /// Where the colours were given last.
    painted: Option<Source>,
    layout: BTreeMap<String, (toml::Value, Source)>,
}

impl Raw {
    fn lay(&mut self, table: &toml::Table, source: &Source, warnings: &mut Vec<String>) {
        for (key, value) in table {
            match (key.as_str(), value) {
                ("keys", toml::Value::Table(keys)) => {
                    self.keys.push((keys.clone(), source.clone()));
                }
                ("colors", toml::Value::Table(colors)) => {
                    self.painted = Some(source.clone());
                    for (role, line) in colors {
                        if let Some(line) = line.as_str() {
                            self.colors.insert(role.clone(), line.to_owned());
                        } else {
                            let text = format!("colors.{role} must be a text");
                            warnings.push(source.says("colors", role, &text));
                        }
                    }
                }
                ("layout", toml::Value::Table(shares)) => {
                    let shares = shares
                        .iter()
                        .map(|(name, share)| (name.clone(), share.clone()));
                    let shares = shares.map(|(name, share)| (name, (share, source.clone())));
                    self.layout.extend(shares);
                }
                ("keys" | "colors" | "layout", _) => {
                    let text = format!("{key} must be a table, such as [{key}]");
                    warnings.push(source.says("", key, &text));
                }
                (key, value) if KEYS.contains(&key) => {
                    self.values
                        .insert(key.to_owned(), (value.clone(), source.clone()));
                }
                (key, _) => {
                    let near = nearest(key, KEYS.iter().copied());
                    let near = near.map_or(String::new(), |n| format!("; did you mean {n:?}?"));
                    let text = format!("{key:?} is no setting{near}");
                    warnings.push(source.says("", key, &text));
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
            let text = format!("{key} must be {what}, not {}", shown(value));
            warnings.push(source.says("", key, &text));
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
            Ok(table) => {
                let (name, text) = (source, Some(text.to_owned()));
                raw.lay(&table, &Source { name, text }, &mut warnings);
            }
            Err(error) => warnings.push(format!("{source}: {}", error.to_string().trim_end())),
        }
    }
    lay_environment(&mut raw, env, &mut warnings);
    lay_flags(&mut raw, flags);
    let mut settings = settle(&raw, env, flags, &mut warnings);
    settings.warnings.clone_from(&warnings);
    (settings, warnings)
}

fn lay_environment(
    raw: &mut Raw,
    env: &dyn Fn(&str) -> Option<String>,
    warnings: &mut Vec<String>,
) {
    for key in KEYS
        .iter()
        .filter(|key| !matches!(**key, "keys" | "colors" | "layout"))
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
        raw.lay(&table, &Source::named(&name), warnings);
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
                .insert(key.to_owned(), (value, Source::named(&format!("--{key}"))));
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
    let painted = raw
        .painted
        .clone()
        .unwrap_or_else(|| Source::named("colors"));
    let say =
        |source: &Source, one: &Complaint| source.says(&one.table, &one.key, &one.to_string());
    warnings.extend(more.iter().map(|one| say(&painted, one)));
    let preset = raw
        .take("keymap", "a text", text, warnings)
        .unwrap_or_default();
    let (mut keymap, more) = Keymap::preset(&preset).unwrap_or_else(|error| {
        warnings.push(error);
        Keymap::preset("default").unwrap_or_default()
    });
    warnings.extend(more);
    for (keys, source) in &raw.keys {
        warnings.extend(keymap.lay(keys).iter().map(|one| say(source, one)));
    }
    warnings.extend(keymap.check());
    let shares = shares(raw, warnings);
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
        shares,
        keymap,
        editor: command(raw.take("editor", "a text", text, warnings)),
        opener: command(raw.take("opener", "a text", text, warnings)),
        warnings: Vec::new(),
    }
}

fn shares(raw: &Raw, warnings: &mut Vec<String>) -> Shares {
    let mut shares = Shares::default();
    for (name, (value, source)) in &raw.layout {
        let set = match value.as_integer() {
            Some(percent) => shares.set(name, percent),
            None => Err(format!(
                "{name} must be a number from 10 to 90, not {}",
                shown(value)
            )),
        };
        if let Err(error) = set {
            let near = nearest(name, Shares::NAMES.iter().map(|(name, ..)| *name));
            let near = near.filter(|near| near != name);
            let near = near.map_or(String::new(), |near| format!("; did you mean {near:?}?"));
            warnings.push(source.says("layout", name, &format!("layout: {error}{near}")));
        }
    }
    shares
}

#[cfg(test)]
mod tests;
