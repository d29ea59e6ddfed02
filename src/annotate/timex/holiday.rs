//! Feasts and holidays with fixed rules: "Christmas", "Thanksgiving Day 1997", "last Easter".

use super::item::{Form, Sentence};
use super::lexicon::{LEXICON, Meaning, Phrase};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Toward, Under, Year};
use super::year;

pub(super) const FAMILY: Family = Family {
    name: "holiday",
    read,
    examples: &[
        (
            "The strike began on Labor Day.",
            "1998-10-01",
            &[("Labor Day", "DATE", "1998-09-07")],
        ),
        (
            "Snow fell on Christmas Eve 1997.",
            "1998-10-01",
            &[("Christmas Eve 1997", "DATE", "1997-12-24")],
        ),
        (
            "The ferry sank on Easter Sunday 2021.",
            "2021-10-01",
            &[("Easter Sunday 2021", "DATE", "2021-04-04")],
        ),
        (
            "They will meet before Thanksgiving.",
            "1998-10-01",
            &[("Thanksgiving", "DATE", "1998-11-26")],
        ),
        (
            "He was home on New Year’s Day.",
            "1998-10-01",
            &[("New Year’s Day", "DATE", "1998-01-01")],
        ),
    ],
};

/// True where the rest of a phrase stands at item `i`; the position after it.
pub(super) fn rest_matches(s: &Sentence, i: usize, phrase: &Phrase) -> Option<usize> {
    let mut at = i;
    for word in &phrase.rest {
        at = s.skip_hyphen(at);
        let item = s.get(at);
        let same = match item.form {
            Form::Possessive => *word == "'s",
            Form::Mark('\'') => *word == "'",
            _ => s.word(at) == *word,
        };
        if !same {
            return None;
        }
        at += 1;
    }
    Some(at)
}

fn read(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    let toward = s.lex(j).role.map_or(Toward::Open, Role::toward);
    let k = if toward == Toward::Open { i } else { j + 1 };
    let item = s.get(k);
    if !item.lex.phrase || !item.capital && !s.is(k, Role::The) {
        return None;
    }
    for phrase in LEXICON.phrases(s.word(k)) {
        let Meaning::Holiday(index) = phrase.meaning else {
            continue;
        };
        let Some(end) = rest_matches(s, k + 1, phrase) else {
            continue;
        };
        // "May Day" is one, "May day" after a month is not; a holiday is capitalised throughout.
        let (year, end) = year::tail(s, end).unwrap_or((Year::Open, end));
        let base = Base::Holiday {
            index,
            year,
            toward,
        };
        return Some(Match::date(i, end, Under::new(base), "holiday"));
    }
    None
}
