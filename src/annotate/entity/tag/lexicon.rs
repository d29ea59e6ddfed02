//! The hand-written word lists of `assets/names`: classes of words, demonyms, countries, peoples,
//! organizations.
//!
//! The tagger sees them as features, so that a word added to a list helps without training again.
//! Nothing here decides anything alone.

use super::hash;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// A set of word classes, one bit each: the headers of `classes.txt` in their order, then the
/// constants below.
pub(crate) type Classes = u32;

/// Words that do not lengthen a run of capitals.
pub(crate) const FUNCTION: Classes = 1;
/// Words before a person's name that are not part of it.
pub(crate) const TITLE: Classes = 1 << 1;
/// Heads of organization names.
pub(crate) const ORG_HEAD: Classes = 1 << 4;
/// Words of party names.
pub(crate) const PARTY: Classes = 1 << 6;
/// Words of the names of media.
pub(crate) const MEDIA: Classes = 1 << 5;
/// Heads of place names.
pub(crate) const PLACE_HEAD: Classes = 1 << 7;
/// Heads of names of buildings.
pub(crate) const FACILITY_HEAD: Classes = 1 << 8;
/// Treaties, laws, events, prizes, works.
pub(crate) const WORK: Classes = 1 << 9;
/// Points of the compass.
pub(crate) const DIRECTION: Classes = 1 << 10;
/// Months and days.
pub(crate) const CALENDAR: Classes = 1 << 12;
/// Names of languages.
pub(crate) const LANGUAGE: Classes = 1 << 13;
/// Lower-case words inside names of people.
pub(crate) const PARTICLE: Classes = 1 << 14;
/// Words that qualify a title: "First Lady", "Crown Prince".
pub(crate) const TITLE_MODIFIER: Classes = 1 << 16;
/// Adjectives and words for the people of a country.
pub(crate) const DEMONYM: Classes = 1 << 17;
/// Peoples, faiths, political groupings.
pub(crate) const PEOPLE: Classes = 1 << 18;
/// One-word countries and lands.
pub(crate) const COUNTRY: Classes = 1 << 19;
/// One-word organizations.
pub(crate) const ORGANIZATION: Classes = 1 << 20;

const HEADERS: [&str; 17] = [
    "function",
    "title",
    "role",
    "speech",
    "org-head",
    "media",
    "party",
    "place-head",
    "facility-head",
    "work",
    "direction",
    "locative",
    "calendar",
    "language",
    "particle",
    "jargon",
    "title-modifier",
];

/// Keys are hashes already, so the map takes them as they are.
#[derive(Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash::bytes(bytes);
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// A map keyed by word hashes. It is looked into, never walked, so its order reaches nothing.
pub(crate) type WordMap<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// The lists, keyed by hashes of lower-case words and phrases.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: WordMap<Classes>,
    phrases: WordMap<u8>,
}

/// Phrase bit: a country or land.
pub(crate) const PHRASE_COUNTRY: u8 = 1;
/// Phrase bit: an organization.
pub(crate) const PHRASE_ORGANIZATION: u8 = 1 << 1;
/// Phrase bit: a people.
pub(crate) const PHRASE_PEOPLE: u8 = 1 << 2;

/// The lists that are compiled in.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut made = Lexicon::default();
    made.read_classes(include_str!("../../../../assets/names/classes.txt"));
    made.read_demonyms(include_str!("../../../../assets/names/demonyms.txt"));
    let peoples = include_str!("../../../../assets/names/peoples.txt");
    for entry in entries(peoples) {
        made.add(entry, PEOPLE, PHRASE_PEOPLE);
        made.add(&format!("{entry}s"), PEOPLE, PHRASE_PEOPLE);
    }
    let organizations = include_str!("../../../../assets/names/organizations.txt");
    for entry in entries(organizations) {
        made.add(entry, ORGANIZATION, PHRASE_ORGANIZATION);
    }
    made
});

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn entries(text: &str) -> impl Iterator<Item = &str> {
    lines(text)
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

impl Lexicon {
    /// The classes of the word with this lower-case hash.
    #[inline]
    pub(crate) fn classes(&self, lower: u64) -> Classes {
        self.words.get(&lower).copied().unwrap_or_default()
    }

    /// The bits of the phrase with this hash.
    #[inline]
    pub(crate) fn phrase(&self, phrase: u64) -> u8 {
        self.phrases.get(&phrase).copied().unwrap_or_default()
    }

    fn add(&mut self, entry: &str, class: Classes, bit: u8) {
        let mut words = entry.split_whitespace();
        let (Some(word), None) = (words.next(), words.next()) else {
            *self.phrases.entry(phrase_of(entry)).or_default() |= bit;
            return;
        };
        let word = word_hash(word);
        *self.words.entry(word).or_default() |= class;
        *self.phrases.entry(hash::mix(0, word)).or_default() |= bit;
    }

    fn read_classes(&mut self, text: &str) {
        let mut class = 0;
        for line in lines(text) {
            if let Some(header) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = HEADERS
                    .iter()
                    .position(|h| *h == header)
                    .map_or(0, |at| 1 << at);
                continue;
            }
            for word in line.split_whitespace() {
                *self.words.entry(word_hash(word)).or_default() |= class;
            }
        }
    }

    fn read_demonyms(&mut self, text: &str) {
        let rows = || lines(text).filter_map(|line| line.split_once('='));
        for country in rows().flat_map(|(countries, _)| countries.split('|')) {
            self.add(country.trim(), COUNTRY, PHRASE_COUNTRY);
        }
        for demonym in rows().flat_map(|(_, demonyms)| entries(demonyms)) {
            self.add(demonym, DEMONYM, PHRASE_PEOPLE);
            let plural = format!("{demonym}s");
            // The plural of "Philippine" is a country.
            if self.classes(word_hash(&plural)) & COUNTRY == 0 {
                self.add(&plural, DEMONYM, PHRASE_PEOPLE);
            }
        }
    }
}

/// The hash of a word in lower case, curly apostrophes straight.
#[inline]
pub(crate) fn word_hash(word: &str) -> u64 {
    let mut buffer = [0; 32];
    if let Some(lower) = buffer.get_mut(..word.len())
        && word.is_ascii()
    {
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return hash::bytes(lower);
    }
    let lower: String = word
        .chars()
        .map(|c| if c == '\u{2019}' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect();
    hash::bytes(lower.as_bytes())
}

/// The hash of a phrase: its words as the tokenizer cuts them, folded one after the other.
pub(crate) fn phrase_of(phrase: &str) -> u64 {
    use crate::text::{Span, token};
    token::tokenize(phrase, Span::new(0, phrase.len()))
        .iter()
        .fold(0, |hash, token| {
            hash::mix(hash, word_hash(token.of(phrase)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_is_known_and_numbered_as_the_constants_say() {
        let text = include_str!("../../../../assets/names/classes.txt");
        let found: Vec<&str> = lines(text)
            .filter_map(|l| l.strip_prefix('[')?.strip_suffix(']'))
            .collect();
        assert_eq!(found, HEADERS);
        assert_ne!(LEXICON.classes(word_hash("Of")) & FUNCTION, 0);
        assert_ne!(LEXICON.classes(word_hash("Mayor")) & TITLE, 0);
        assert_ne!(LEXICON.classes(word_hash("River")) & PLACE_HEAD, 0);
        assert_ne!(LEXICON.classes(word_hash("Swahili")) & LANGUAGE, 0);
        assert_ne!(LEXICON.classes(word_hash("bin")) & PARTICLE, 0);
    }

    #[test]
    fn countries_and_their_people_are_known_in_every_spelling() {
        assert_ne!(LEXICON.classes(word_hash("PERUVIANS")) & DEMONYM, 0);
        assert_ne!(LEXICON.classes(word_hash("Türkiye")) & COUNTRY, 0);
        assert_ne!(LEXICON.phrase(phrase_of("New Zealand")) & PHRASE_COUNTRY, 0);
        assert_ne!(LEXICON.phrase(phrase_of("sri lankans")) & PHRASE_PEOPLE, 0);
        assert_eq!(word_hash("Côte d’Ivoire"), word_hash("CÔTE D'IVOIRE"));
    }
}
