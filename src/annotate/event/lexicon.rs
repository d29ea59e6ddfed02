//! The word lists of event finding: verbs with their forms, classes of events, reporting words.
//!
//! Read once from `assets/event/`. Not here: any decision. Invariant: every key is lower case.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A class of events ("election", "arrest"): a small number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Class(u8);

impl Class {
    /// Its name as in `class.txt`.
    pub(crate) fn name(self) -> &'static str {
        LEXICON
            .names
            .get(usize::from(self.0))
            .copied()
            .unwrap_or("event")
    }

    /// True for what a place has once a day at most, such as an election.
    pub(crate) fn once(self) -> bool {
        LEXICON.traits(self).once
    }

    /// True for what is told in each other's words: an election and its result.
    pub(crate) fn akin(self) -> bool {
        LEXICON.traits(self).akin
    }
}

impl Class {
    /// True for a class that says the contrary: an acquittal and a conviction.
    pub(crate) fn opposes(self, other: Self) -> bool {
        LEXICON.traits(self).opposite == Some(other)
    }

    /// True for what befalls one person once in a while at most, such as a death or an arrest.
    pub(crate) fn sole(self) -> bool {
        LEXICON.traits(self).sole
    }

    /// True for what one person does with different others on one day: meetings.
    pub(crate) fn with_others(self) -> bool {
        LEXICON.traits(self).with_others
    }

    /// True for what can happen at two places of one town on one day: attacks.
    pub(crate) fn at_a_place(self) -> bool {
        LEXICON.traits(self).at_a_place
    }

    /// True for what turns a story: elections, deaths, verdicts.
    pub(crate) fn turns(self) -> bool {
        LEXICON.traits(self).turns
    }
}

/// What is said of a class in `word.txt`; asked for in the inner loop of merging.
#[allow(clippy::struct_excessive_bools)] // Independent facts, each asked for by name.
#[derive(Clone, Copy, Debug, Default)]
struct Traits {
    once: bool,
    akin: bool,
    turns: bool,
    sole: bool,
    with_others: bool,
    at_a_place: bool,
    opposite: Option<Class>,
}

/// Which forms of a verb a word can be.
#[allow(clippy::struct_excessive_bools)] // One word can be any of them at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    pub(crate) base: bool,
    pub(crate) third: bool,
    pub(crate) past: bool,
    pub(crate) participle: bool,
    pub(crate) gerund: bool,
}

/// A word that can be a verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VerbForm {
    /// The base form.
    pub(crate) base: &'static str,
    /// What form this is.
    pub(crate) forms: Forms,
}

/// Everything the lists say.
pub(crate) struct Lexicon {
    verbs: HashMap<String, VerbForm>,
    verb_class: HashMap<&'static str, Class>,
    noun_class: HashMap<String, Class>,
    names: Vec<&'static str>,
    traits: Vec<Traits>,
    phrases: HashMap<&'static str, HashMap<&'static str, Class>>,
    sets: HashMap<&'static str, HashSet<&'static str>>,
}

/// The lists, read on first use.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// Lines of an asset without comments and blank ones.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Lexicon {
    fn read() -> Self {
        let mut irregular: HashMap<&'static str, (&'static str, &'static str)> = HashMap::new();
        for line in lines(include_str!("../../../assets/event/irregular.txt")) {
            let mut words = line.split_whitespace();
            if let (Some(base), Some(past), Some(participle)) =
                (words.next(), words.next(), words.next())
            {
                irregular.insert(base, (past, participle));
            }
        }
        let mut made = Self {
            verbs: HashMap::new(),
            verb_class: HashMap::new(),
            noun_class: HashMap::new(),
            names: Vec::new(),
            traits: Vec::new(),
            phrases: HashMap::new(),
            sets: HashMap::new(),
        };
        // Irregular verbs go first, so that "saw" is a form of "see" and never a verb of its own.
        let mut bases: Vec<&'static str> = irregular.keys().copied().collect();
        bases.sort_unstable();
        for base in bases {
            made.add_verb(base, &irregular);
        }
        for line in lines(include_str!("../../../assets/event/class.txt")) {
            let mut parts = line.split('|').map(str::trim);
            let (Some(name), Some(verbs), Some(nouns)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let Ok(number) = u8::try_from(made.names.len()) else {
                break;
            };
            let class = Class(number);
            made.names.push(name);
            for verb in verbs.split_whitespace() {
                made.verb_class.entry(verb).or_insert(class);
                made.add_verb(verb, &irregular);
            }
            for noun in nouns.split_whitespace() {
                made.noun_class.entry(plural(noun)).or_insert(class);
                made.noun_class.entry(noun.to_owned()).or_insert(class);
            }
        }
        for text in [
            include_str!("../../../assets/event/verb.txt"),
            include_str!("../../../assets/event/word.txt"),
        ] {
            for line in lines(text) {
                let Some((name, words)) = line.split_once(':') else {
                    continue;
                };
                let set = made.sets.entry(name).or_default();
                set.extend(words.split_whitespace());
            }
        }
        made.traits = made
            .names
            .iter()
            .map(|name| Traits {
                once: made.is("once", name),
                akin: made.is("akin", name),
                turns: made.is("turning", name),
                sole: made.is("sole", name),
                with_others: made.is("others", name),
                at_a_place: made.is("site", name),
                opposite: made.opposite(name),
            })
            .collect();
        let mut phrases: Vec<_> = made.set("phrase").into_iter().collect();
        phrases.sort_unstable();
        for phrase in phrases {
            let mut parts = phrase.split('.');
            if let (Some(verb), Some(word), Some(name)) = (parts.next(), parts.next(), parts.next())
                && let Some(at) = made.names.iter().position(|known| *known == name)
                && let Ok(at) = u8::try_from(at)
            {
                made.phrases
                    .entry(verb)
                    .or_default()
                    .insert(word, Class(at));
            }
        }
        for name in [
            "report", "light", "state", "other", "scheme", "told", "off", "defer",
        ] {
            let mut verbs: Vec<_> = made.set(name).iter().copied().collect();
            verbs.sort_unstable();
            verbs.retain(|verb| !verb.contains('.'));
            for verb in verbs {
                made.add_verb(verb, &irregular);
            }
        }
        made
    }

    fn add_verb(
        &mut self,
        base: &'static str,
        irregular: &HashMap<&'static str, (&'static str, &'static str)>,
    ) {
        let (past, participle) = irregular.get(base).map_or_else(
            || (regular_past(base), regular_past(base)),
            |(past, participle)| ((*past).to_owned(), (*participle).to_owned()),
        );
        let mut put = |word: String, set: fn(&mut Forms)| {
            let form = self.verbs.entry(word).or_insert(VerbForm {
                base,
                forms: Forms::default(),
            });
            if form.base == base {
                set(&mut form.forms);
            }
        };
        put(base.to_owned(), |forms| forms.base = true);
        put(third(base), |forms| forms.third = true);
        put(gerund(base, &past), |forms| forms.gerund = true);
        put(past, |forms| forms.past = true);
        put(participle, |forms| forms.participle = true);
    }

    fn set(&self, name: &str) -> HashSet<&'static str> {
        self.sets.get(name).cloned().unwrap_or_default()
    }

    fn traits(&self, class: Class) -> Traits {
        self.traits
            .get(usize::from(class.0))
            .copied()
            .unwrap_or_default()
    }

    /// True where `word` stands in the set `name` of `verb.txt` or `word.txt`.
    pub(crate) fn is(&self, name: &str, word: &str) -> bool {
        self.sets.get(name).is_some_and(|set| set.contains(word))
    }

    /// The word as a verb, where it can be one.
    pub(crate) fn verb(&self, word: &str) -> Option<VerbForm> {
        self.verbs.get(word).copied()
    }

    /// The class of a verb in its base form.
    pub(crate) fn class_of_verb(&self, base: &str) -> Option<Class> {
        self.verb_class.get(base).copied()
    }

    /// The class of an event noun, singular or plural.
    pub(crate) fn class_of_noun(&self, noun: &str) -> Option<Class> {
        self.noun_class.get(noun).copied()
    }

    /// The class that says the contrary of the one called `name`.
    fn opposite(&self, name: &str) -> Option<Class> {
        let pairs = self.set("opposite");
        let other = pairs.iter().find_map(|pair| match pair.split_once('.')? {
            (one, other) | (other, one) if one == name => Some(other),
            _ => None,
        })?;
        let at = self.names.iter().position(|known| *known == other)?;
        u8::try_from(at).ok().map(Class)
    }

    /// The class of a verb with a word after it, such as "take" and "streets".
    pub(crate) fn phrase(&self, base: &str, word: &str) -> Option<Class> {
        self.phrases.get(base)?.get(word).copied()
    }

    /// The class of a word, noun or any verb form.
    pub(crate) fn class_of_word(&self, word: &str) -> Option<Class> {
        self.class_of_noun(word)
            .or_else(|| self.class_of_verb(self.verb(word)?.base))
    }
}

fn ends_in_consonant_y(word: &str) -> bool {
    let mut rev = word.bytes().rev();
    rev.next() == Some(b'y') && rev.next().is_some_and(|c| !b"aeiou".contains(&c))
}

fn hisses(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| word.ends_with(end))
}

fn plural(noun: &str) -> String {
    if ends_in_consonant_y(noun) {
        format!("{}ies", &noun[..noun.len() - 1])
    } else if hisses(noun) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

fn third(base: &str) -> String {
    match base {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        _ => plural(base),
    }
}

fn regular_past(base: &str) -> String {
    if base.ends_with('e') {
        format!("{base}d")
    } else if ends_in_consonant_y(base) {
        format!("{}ied", &base[..base.len() - 1])
    } else {
        format!("{base}ed")
    }
}

/// The -ing form; the past of an irregular list shows where the last letter doubles.
fn gerund(base: &str, past: &str) -> String {
    let doubled = past.len() == base.len() + 3 && past.ends_with("ed") && past.starts_with(base);
    let short = matches!(
        base,
        "begin" | "cut" | "get" | "hit" | "put" | "run" | "set" | "sit" | "shut" | "swim" | "win"
    );
    match base.bytes().next_back() {
        Some(last) if doubled || short => format!("{base}{}ing", char::from(last)),
        Some(b'e') if !base.ends_with("ee") && base != "be" => {
            format!("{}ing", base.strip_suffix('e').unwrap_or(base))
        }
        _ => format!("{base}ing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made() {
        let form = |word| LEXICON.verb(word).map(|found| (found.base, found.forms));
        assert_eq!(form("met").map(|f| f.0), Some("meet"));
        assert!(form("arrested").is_some_and(|f| f.1.past && f.1.participle));
        assert!(form("banning").is_some_and(|f| f.1.gerund && f.0 == "ban"));
        assert!(form("taken").is_some_and(|f| !f.1.past && f.1.participle));
        assert_eq!(form("saw").map(|f| f.0), Some("see"));
    }

    #[test]
    fn a_verb_and_its_noun_share_a_class() {
        let class = |word| LEXICON.class_of_word(word).map(Class::name);
        assert_eq!(class("elections"), class("voted"));
        assert_eq!(class("talks"), Some("meeting"));
        assert_eq!(class("window"), None);
    }
}
