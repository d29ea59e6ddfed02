//! What corpora leave unmarked: peoples, and names of other kinds.
//!
//! Most corpora mark no nationalities, or mark them as places. The lists decide for the words they
//! hold; other words that look like one are left open.

use super::super::label::{LabelSet, OUTSIDE, begin, inside};
use super::super::lexicon::{self, LEXICON, phrase_of, word_hash};
use super::Source;
use super::corpus::{MISC, NORP, ORG, PLACE, kinds};

/// Words that are a people as well as something else: a name, a verb, a common word.
const AMBIGUOUS: [&str; 38] = [
    "karen",
    "mon",
    "han",
    "hui",
    "maya",
    "roma",
    "shan",
    "luo",
    "ewe",
    "pole",
    "poles",
    "finn",
    "dane",
    "scot",
    "turk",
    "kiwi",
    "norman",
    "saxon",
    "western",
    "roman",
    "viking",
    "latin",
    "apache",
    "dominican",
    "vatican",
    "georgian",
    "lao",
    "sami",
    "avar",
    "orthodox",
    "levant",
    "creole",
    "liberal",
    "conservative",
    "republican",
    "democrat",
    "english",
    "swede",
];

/// What a word outside of every marked name may be.
pub(crate) fn outside(source: &Source, word: &str) -> LabelSet {
    let mut set = 1 << OUTSIDE;
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    if !source.misc && capital {
        set |= 1 << begin(4) | 1 << inside(4);
    }
    if capital && ends_as_people(word) {
        set |= 1 << begin(3) | 1 << inside(3) | 1 << begin(4);
    }
    set
}

fn ends_as_people(word: &str) -> bool {
    let stem = word.strip_suffix('s').unwrap_or(word);
    word.len() > 5
        && [
            "ian", "ean", "ese", "ish", "ist", "ite", "ic", "ani", "can", "man",
        ]
        .iter()
        .any(|end| stem.ends_with(end))
}

/// Listed words for peoples that are no part of a longer name become NORP.
pub(crate) fn mark(rows: &[(&str, &str)], sets: &mut [LabelSet]) {
    let people = lexicon::DEMONYM | lexicon::PEOPLE | lexicon::LANGUAGE;
    for at in 0..rows.len() {
        let alone = |from: usize, to: usize| {
            let tag = |at: usize| rows.get(at).map_or("O", |row| row.1);
            let inner = (from + 1..to).all(|at| tag(at) == "O" || tag(at).starts_with("I-"));
            let kind = tag(from).split_once('-').map_or("", |t| t.1);
            let fits = kind.is_empty() || kinds(kind) & (ORG | PLACE | MISC | NORP) != 0;
            inner && fits && !tag(from).starts_with("I-") && !tag(to).starts_with("I-")
        };
        let Some((word, _)) = rows.get(at) else {
            continue;
        };
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if let Some((second, _)) = rows.get(at + 1)
            && capital
            && LEXICON.phrase(phrase_of(&format!("{word} {second}"))) & lexicon::PHRASE_PEOPLE != 0
            && alone(at, at + 2)
        {
            sets[at] = 1 << begin(3);
            sets[at + 1] = 1 << inside(3);
            continue;
        }
        let earlier = at > 0 && sets[at - 1] == 1 << begin(3) && sets[at] == 1 << inside(3);
        if earlier || LEXICON.classes(word_hash(word)) & people == 0 || !alone(at, at + 1) {
            continue;
        }
        let ambiguous = AMBIGUOUS.contains(&word.to_lowercase().as_str());
        // Parties and teams bear such names too.
        let team = rows
            .get(at)
            .is_some_and(|(_, tag)| kinds(tag.get(2..).unwrap_or("")) == ORG)
            && LEXICON.classes(word_hash(word)) & lexicon::DEMONYM == 0;
        if ambiguous || team || !capital {
            sets[at] |= 1 << begin(3);
        } else {
            sets[at] = 1 << begin(3);
        }
    }
}
