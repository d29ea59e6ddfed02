//! Decades and centuries: "the 1980s", "the late '70s", "the nineties", "the 20th century".

use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Under, signed};

pub(super) const FAMILY: Family = Family {
    name: "decade",
    read,
    examples: &[
        (
            "Steel boomed in the 1980s.",
            "1998-03-01",
            &[("the 1980s", "DATE", "198")],
        ),
        (
            "He toured in the late ’70s.",
            "1998-03-01",
            &[("the late ’70s", "DATE", "197")],
        ),
        (
            "She grew up in the nineties.",
            "2008-03-01",
            &[("the nineties", "DATE", "199")],
        ),
        (
            "A chapel of the 11th century burned.",
            "1998-03-01",
            &[("the 11th century", "DATE", "10")],
        ),
        ("He is in his 70s.", "1998-03-01", &[]),
    ],
};

/// The tens in words.
const TENS: &[(&str, i32)] = &[
    ("twenties", 20),
    ("thirties", 30),
    ("forties", 40),
    ("fifties", 50),
    ("sixties", 60),
    ("seventies", 70),
    ("eighties", 80),
    ("nineties", 90),
];

fn read(s: &Sentence, i: usize) -> Option<Match> {
    let the = s.is(i, Role::The);
    let mut j = s.skip(i, Role::The);
    // "the late 1980s", "the mid-1990s" with the article outside.
    let mut edge = None;
    if the {
        let (found, after) = super::phrase::edge_word(s, j);
        (edge, j) = (found, after);
    }
    let make = |end, base, rule| {
        let under = Under {
            edge,
            ..Under::new(base)
        };
        Some(Match::date(i, end, under, rule))
    };
    if let Some((value, at)) = s.ordinal(j) {
        let at = s.skip_hyphen(at);
        if matches!(s.word(at), "century" | "centuries") && (1..=30).contains(&value) {
            if s.is(at + 1, Role::Bc) {
                return None;
            }
            return make(at + 1, Base::Century(signed(value)), "century");
        }
    }
    if s.any(j, &[Role::This, Role::Last]) && s.word(j + 1) == "century" && !the {
        return None;
    }
    let (k, apostrophe) = if s.mark(j, '\'') {
        (j + 1, true)
    } else {
        (j, false)
    };
    let value = match s.get(k).form {
        Form::Plural(value) => Some((value, k + 1)),
        // "1980's"
        Form::Number(value, _)
            if s.get(k + 1).form == Form::Possessive
                && value % 10 == 0
                && (the || value >= 1000) =>
        {
            Some((value, k + 2))
        }
        _ => None,
    };
    if let Some((value, end)) = value {
        let decade = value % 10 == 0;
        return match value {
            1000..=2100 if decade && value % 100 != 0 => {
                make(end, Base::Decade(signed(value)), "decade")
            }
            1000..=2100 if value % 100 == 0 && value < 2000 => {
                make(end, Base::Century(signed(value) / 100 + 1), "century")
            }
            2000 => make(end, Base::Decade(2000), "decade"),
            10..=99 if decade && (apostrophe || the) => {
                make(end, Base::Decade(signed(value)), "decade")
            }
            _ => None,
        };
    }
    if the {
        let (_, tens) = TENS.iter().find(|(word, _)| *word == s.word(k))?;
        return make(k + 1, Base::Decade(*tens), "decade");
    }
    None
}
