//! Which keys give which action where: presets, changes of a person, look-up, conflicts.
//!
//! A look-up asks contexts in order (what is on top, the pane, everywhere) and the first that
//! knows the keys wins. Invariant: no sequence of a context is a prefix of another one there, so
//! a key never has to wait for a clock to mean something.

use super::action::Action;
use super::key::{Key, parse_sequence, show_sequence};
use super::place::Complaint;
use std::collections::BTreeMap;
use std::fmt;

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere but in a line of text.
    Global,
    /// In the article list.
    Articles,
    /// In the text.
    Text,
    /// In the entities.
    Entities,
    /// In the timeline.
    Timeline,
    /// In the evidence.
    Evidence,
    /// In a box on top of the panes.
    Popup,
    /// In a list on top of the panes, of which some are chosen.
    Choice,
    /// While a line of text is typed.
    Input,
}

impl Context {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 9] = [
        Self::Global,
        Self::Articles,
        Self::Text,
        Self::Entities,
        Self::Timeline,
        Self::Evidence,
        Self::Popup,
        Self::Choice,
        Self::Input,
    ];

    /// The word of the keymap file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Articles => "articles",
            Self::Text => "text",
            Self::Entities => "entities",
            Self::Timeline => "timeline",
            Self::Evidence => "evidence",
            Self::Popup => "popup",
            Self::Choice => "choice",
            Self::Input => "input",
        }
    }

    /// The context of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Every preset: its name and its text. The first is laid under the others, but under those that
/// say `bare = true`.
pub const PRESETS: &[(&str, &str)] = &[
    ("default", include_str!("../../assets/keymap.toml")),
    ("vim", include_str!("../../assets/keymap-vim.toml")),
    (
        "newsboat",
        include_str!("../../assets/keymap-newsboat.toml"),
    ),
    ("emacs", include_str!("../../assets/keymap-emacs.toml")),
    ("arrows", include_str!("../../assets/keymap-arrows.toml")),
];

/// One line of a key list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// Where it holds.
    pub context: Context,
    /// The keys, shortest first.
    pub keys: Vec<String>,
    /// The action, as the keymap file and the command line write it.
    pub action: String,
    /// What it does.
    pub help: &'static str,
}

/// What a sequence of keys means so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// This.
    Action(&'a Action),
    /// The beginning of something.
    Prefix,
    /// Nothing.
    Nothing,
}

/// All bindings.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: BTreeMap<(Context, Vec<Key>), Action>,
    /// A number before a movement repeats it.
    pub counts: bool,
}

impl Keymap {
    /// The bindings of a preset.
    ///
    /// # Errors
    /// A sentence that names the presets, where there is none of that name.
    pub fn preset(name: &str) -> Result<(Self, Vec<String>), String> {
        let Some((_, text)) = PRESETS.iter().find(|(known, _)| *known == name) else {
            let names: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "no keymap is called {name:?}; there are {}",
                names.join(", ")
            ));
        };
        let mut made = Self::default();
        let mut warnings = Vec::new();
        let base = PRESETS.first().map_or("", |(_, base)| base);
        let own = toml::from_str::<toml::Table>(text);
        let alone = own.as_ref().is_ok_and(|own| own.get("bare").is_some());
        let under = (base != *text && !alone).then(|| toml::from_str::<toml::Table>(base));
        for layer in under.into_iter().chain([own]) {
            match layer {
                Ok(table) => warnings.extend(made.lay(&table).iter().map(ToString::to_string)),
                Err(error) => warnings.push(error.to_string()),
            }
        }
        warnings.extend(made.check());
        Ok((made, warnings))
    }

    /// Lays a table of contexts over what is there; gives a complaint for each line that is wrong.
    pub fn lay(&mut self, table: &toml::Table) -> Vec<Complaint> {
        let mut warnings = Vec::new();
        let mut complain = |table: String, key: &str, text: String| {
            let key = key.to_owned();
            warnings.push(Complaint { table, key, text });
        };
        for (name, value) in table {
            if name == "bare" {
                continue;
            }
            if name == "counts" {
                self.counts = value.as_bool().unwrap_or(self.counts);
                continue;
            }
            let (Some(context), Some(lines)) = (Context::named(name), value.as_table()) else {
                let near = super::nearest(name, Context::ALL.iter().map(|c| c.name()));
                let near = near.map_or(String::new(), |near| format!("; did you mean {near:?}?"));
                complain(
                    "keys".to_owned(),
                    name,
                    format!("{name:?} is no context{near}"),
                );
                continue;
            };
            for (keys, action) in lines {
                let Some(action) = action.as_str() else {
                    let text = format!("{keys:?} must be given a text");
                    complain(format!("keys.{name}"), keys, text);
                    continue;
                };
                if let Err(error) = self.bind(context, keys, action) {
                    complain(format!("keys.{name}"), keys, error);
                }
            }
        }
        warnings
    }

    /// Binds keys to an action; `none` takes them out.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the keys or the action.
    pub fn bind(&mut self, context: Context, keys: &str, action: &str) -> Result<(), String> {
        let keys = parse_sequence(keys)?;
        if action == "none" {
            self.bindings.remove(&(context, keys));
            return Ok(());
        }
        let action = Action::parse(action)?;
        self.bindings.insert((context, keys), action);
        Ok(())
    }

    /// Sequences that can never be typed, because another one of the context is their beginning.
    pub fn check(&mut self) -> Vec<String> {
        let mut dead = Vec::new();
        let mut warnings = Vec::new();
        for (context, keys) in self.bindings.keys() {
            let shorter = (1..keys.len())
                .filter_map(|n| keys.get(..n))
                .find(|head| self.bindings.contains_key(&(*context, head.to_vec())));
            if let Some(shorter) = shorter {
                warnings.push(format!(
                    "keys.{context}: {:?} cannot be typed, because {:?} has a meaning already",
                    show_sequence(keys),
                    show_sequence(shorter),
                ));
                dead.push((*context, keys.clone()));
            }
        }
        for key in dead {
            self.bindings.remove(&key);
        }
        warnings
    }

    /// What `keys` mean in these contexts, the first that knows them winning.
    pub fn find(&self, contexts: &[Context], keys: &[Key]) -> Found<'_> {
        for context in contexts {
            let from = (*context, keys.to_vec());
            if let Some(action) = self.bindings.get(&from) {
                return Found::Action(action);
            }
            let next = self.bindings.range(from..).next();
            if next.is_some_and(|((c, longer), _)| c == context && longer.starts_with(keys)) {
                return Found::Prefix;
            }
        }
        Found::Nothing
    }

    /// What can follow `keys` in these contexts: the rest of each sequence, and what it does.
    pub fn continuations(&self, contexts: &[Context], keys: &[Key]) -> Vec<(String, &Action)> {
        let mut found: Vec<(String, &Action)> = Vec::new();
        for context in contexts {
            let from = (*context, keys.to_vec());
            let after = self.bindings.range(from..);
            let longer =
                after.take_while(|((c, longer), _)| c == context && longer.starts_with(keys));
            for ((_, longer), action) in longer {
                let rest = show_sequence(longer.get(keys.len()..).unwrap_or_default());
                // A nearer context has the first word.
                if longer.len() > keys.len() && !found.iter().any(|(known, _)| *known == rest) {
                    found.push((rest, action));
                }
            }
        }
        found
    }

    /// The keys to show for an action in these contexts.
    pub fn keys_for(&self, contexts: &[Context], action: &Action) -> Option<String> {
        contexts.iter().find_map(|context| {
            self.bindings
                .iter()
                .filter(|((c, _), bound)| c == context && *bound == action)
                // A key that a nearer context takes away is not worth a hint.
                .filter(|((_, keys), _)| {
                    matches!(self.find(contexts, keys), Found::Action(found) if found == action)
                })
                .map(|((_, keys), _)| show_sequence(keys))
                .min_by_key(|keys| rank(keys))
        })
    }

    /// The live list of keys: by context, then in the order of the vocabulary.
    pub fn entries(&self) -> Vec<KeyRow> {
        let mut rows: BTreeMap<(Context, Action), Vec<String>> = BTreeMap::new();
        for ((context, keys), action) in &self.bindings {
            rows.entry((*context, action.clone()))
                .or_default()
                .push(show_sequence(keys));
        }
        rows.into_iter()
            .map(|((context, action), mut keys)| {
                keys.sort_by_key(|keys| rank(keys));
                KeyRow {
                    context,
                    keys,
                    help: action.help(),
                    action: action.to_string(),
                }
            })
            .collect()
    }
}

/// The shortest keys are the ones to show: `j` before `down`.
fn rank(keys: &str) -> (usize, String) {
    (keys.chars().count(), keys.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        parse_sequence(text).unwrap()
    }

    #[test]
    fn presets_are_sound() {
        for (name, _) in PRESETS {
            let (map, warnings) = Keymap::preset(name).unwrap();
            assert!(warnings.is_empty(), "{name}: {warnings:?}");
            assert!(map.entries().len() > 40, "{name}");
        }
        assert!(Keymap::preset("emcas").is_err());
    }

    #[test]
    fn every_action_without_argument_has_a_key() {
        let (map, _) = Keymap::preset("default").unwrap();
        let bound: Vec<String> = map.entries().into_iter().map(|row| row.action).collect();
        for action in Action::all() {
            if action.argument().is_none() {
                assert!(
                    bound.iter().any(|name| name == action.name()),
                    "{}",
                    action.name()
                );
            }
        }
    }

    #[test]
    fn nearer_contexts_win_and_prefixes_wait() {
        let mut map = Keymap::default();
        map.bind(Context::Global, "x", "quit").unwrap();
        map.bind(Context::Global, "gg", "top").unwrap();
        map.bind(Context::Entities, "x", "hide").unwrap();
        let contexts = [Context::Entities, Context::Global];
        assert_eq!(
            map.find(&contexts, &keys("x")),
            Found::Action(&Action::Hide)
        );
        assert_eq!(map.find(&contexts, &keys("g")), Found::Prefix);
        assert_eq!(
            map.find(&contexts, &keys("gg")),
            Found::Action(&Action::Top)
        );
        assert_eq!(map.find(&contexts, &keys("gx")), Found::Nothing);
        assert_eq!(
            map.keys_for(&contexts, &Action::Quit),
            None,
            "x means hide here"
        );
    }

    #[test]
    fn what_can_follow_is_listed() {
        let (map, _) = Keymap::preset("emacs").unwrap();
        let contexts = [Context::Articles, Context::Global];
        let after = map.continuations(&contexts, &keys("ctrl-x"));
        assert!(
            after.contains(&("ctrl-c".to_owned(), &Action::Quit)),
            "{after:?}"
        );
        assert!(after.len() > 6);
        assert!(map.continuations(&contexts, &keys("j")).is_empty());
    }

    #[test]
    fn the_preset_of_arrows_has_no_letters() {
        let (map, _) = Keymap::preset("arrows").unwrap();
        for row in map.entries() {
            for keys in row.keys {
                let letter = keys.chars().count() == 1 && keys.chars().all(char::is_alphabetic);
                assert!(!letter, "{keys}");
            }
        }
        let contexts = [Context::Articles, Context::Global];
        assert_eq!(map.find(&contexts, &keys("j")), Found::Nothing);
        assert_eq!(
            map.find(&contexts, &keys("f9")),
            Found::Action(&Action::CommandLine)
        );
    }

    #[test]
    fn conflicts_are_told_and_taken_out() {
        let mut map = Keymap::default();
        map.bind(Context::Global, "g", "help").unwrap();
        map.bind(Context::Global, "gg", "top").unwrap();
        assert_eq!(map.check().len(), 1);
        assert!(map.check().is_empty());
        let table =
            toml::from_str("[gloabl]\nx = 'quit'\n[text]\ny = 'qiut'\n'' = 'quit'").unwrap();
        let warnings = map.lay(&table);
        assert_eq!(warnings.len(), 3);
        assert!(
            warnings
                .iter()
                .any(|w| w.text.contains("did you mean \"global\"")),
            "{warnings:?}"
        );
    }
}
