//! Years: "1994", "in 1812", "the year 2000", "nineteen ninety-four", "'89", "490 BC", "1914-18".
//!
//! Not here: years beside a month, which [`tail`] reads for the other families. A bare number
//! needs to look and stand like a year; `assets/timex/not-years.tsv` lists what speaks against it.

use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Under, Year, signed};

pub(super) const FAMILY: Family = Family {
    name: "year",
    read,
    examples: &[
        (
            "The law dates from 1994.",
            "2020-09-10",
            &[("1994", "DATE", "1994")],
        ),
        (
            "The temple fell in 490 BC.",
            "2009-12-19",
            &[("490 BC", "DATE", "BC0490")],
        ),
        (
            "The war of 1914-18 began.",
            "2009-12-19",
            &[("1914", "DATE", "1914"), ("18", "DATE", "1918")],
        ),
        (
            "It ended in nineteen ninety-four.",
            "1998-12-19",
            &[("nineteen ninety-four", "DATE", "1994")],
        ),
        (
            "Nineteen Eighty-Four was less absurd, he said.",
            "2030-12-19",
            &[],
        ),
        (
            "The blast came in a nineteen ninety-seven attack.",
            "1998-12-19",
            &[("nineteen ninety-seven", "DATE", "1997")],
        ),
        (
            "Then came the year 2000.",
            "1998-12-19",
            &[("the year 2000", "DATE", "2000")],
        ),
        (
            "It may rain as they march on 1500 villages.",
            "2009-12-19",
            &[],
        ),
        (
            "The house cost $1994 at 1201 Elm Street.",
            "2009-12-19",
            &[],
        ),
        ("Some 2000 people came on flight 1994.", "2009-12-19", &[]),
        (
            "Under the 1783 treaty the isle was lost.",
            "2009-12-19",
            &[("1783", "DATE", "1783")],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    era(s, i).or_else(|| bare_year(s, i))
}

/// The year after a month or a day: "1994", ", 1994", "of 1994", "last year", "of that year", "'94".
pub(super) fn tail(s: &Sentence, at: usize) -> Option<(Year, usize)> {
    let j = s.skip(s.skip_comma(at), Role::Of);
    if let Some((value, 4)) = s.digits(j)
        && (1000..=2199).contains(&value)
        && !(s.get(j + 1).form == Form::Hyphen && s.unit(j + 2).is_some())
    {
        if s.any(j + 1, &[Role::Bc]) {
            return Some((Year::bc(value), j + 2));
        }
        return Some((Year::known(value), s.skip(j + 1, Role::Ad)));
    }
    if let Some((value, _)) = s.digits(j)
        && s.is(j + 1, Role::Bc)
    {
        return Some((Year::bc(value), j + 2));
    }
    if s.mark(j, '\'')
        && let Some((value, 2)) = s.digits(j + 1)
    {
        return Some((Year::short(value), j + 2));
    }
    if let Some((year, end)) = in_words(s, j) {
        return Some((Year::Known(year), end));
    }
    // "August last year", "in June of that year"; a comma before would part them.
    if s.mark(at, ',') {
        return None;
    }
    words(s, j)
}

/// "last year", "this year", "next year", "that year", "the following year", "the previous year".
pub(super) fn words(s: &Sentence, i: usize) -> Option<(Year, usize)> {
    let j = s.skip(i, Role::The);
    let role = s.lex(j).role?;
    let year = match role {
        Role::Last => Year::Shift(-1),
        Role::This | Role::Current if j == i || role == Role::Current => Year::Shift(0),
        Role::Next => Year::Shift(1),
        Role::That | Role::Same => Year::Running(0),
        Role::Previous => Year::Running(-1),
        Role::Following => Year::Running(1),
        _ => return None,
    };
    (s.word(j + 1) == "year").then_some((year, j + 2))
}

/// Words before which a bare month or year is one.
pub(super) fn follows_preposition(s: &Sentence, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    s.any(
        before,
        &[
            Role::In,
            Role::Of,
            Role::From,
            Role::Until,
            Role::Through,
            Role::Between,
            Role::By,
            Role::This,
            Role::Last,
            Role::Next,
            Role::Early,
            Role::Late,
            Role::Mid,
            Role::Before,
            Role::After,
            Role::Start,
            Role::End,
            Role::Previous,
            Role::Following,
            Role::To,
            Role::Approx,
            Role::Each,
            Role::Every,
        ],
    ) || s.get(before).form == Form::Hyphen
        && s.any(
            before.wrapping_sub(1),
            &[Role::Mid, Role::Early, Role::Late],
        )
        || matches!(
            s.word(before),
            "since" | "during" | "for" | "till" | "throughout" | "despite" | "until"
        )
}

/// "490 BC", "AD 79", "c. 300 BC".
fn era(s: &Sentence, i: usize) -> Option<Match> {
    if s.is(i, Role::Ad) && s.get(i).capital {
        let (value, _) = s.digits(i + 1)?;
        return Some(Match::date(
            i,
            i + 2,
            Under::calendar(Year::known(value), None, None),
            "year-ad",
        ));
    }
    let (value, digits) = s.digits(i)?;
    // "pre-490 BC" is no date, "492-490 BC" holds two.
    let lone = s.before(i).form == Form::Hyphen && s.digits(i.wrapping_sub(2)).is_none();
    if digits > 4 || lone {
        return None;
    }
    if s.is(i + 1, Role::Bc) {
        return Some(Match::date(
            i,
            i + 2,
            Under::calendar(Year::bc(value), None, None),
            "year-bc",
        ));
    }
    // "431-404 BC": the first year takes its era from the second.
    let joined = matches!(s.get(i + 1).form, Form::Hyphen | Form::Dash)
        || s.any(i + 1, &[Role::And, Role::To]);
    if joined && s.digits(i + 2).is_some() && s.is(i + 3, Role::Bc) {
        return Some(Match::date(
            i,
            i + 1,
            Under::calendar(Year::bc(value), None, None),
            "year-bc",
        ));
    }
    if s.is(i + 1, Role::Ad) && s.get(i + 1).span.len() > 1 && s.get(i + 1).capital {
        return Some(Match::date(
            i,
            i + 2,
            Under::calendar(Year::known(value), None, None),
            "year-ad",
        ));
    }
    None
}

fn bare_year(s: &Sentence, i: usize) -> Option<Match> {
    let start = i;
    let i = s.skip(i, Role::The);
    let named = s.word(i) == "year" && (i > start || follows_preposition(s, i) || i == 0);
    let i = if named { i + 1 } else { start };
    if s.is(start, Role::The) && !named {
        return None;
    }
    if named && let Some((year, end)) = in_words(s, i) {
        return Some(Match::date(
            start,
            end,
            Under::calendar(Year::Known(year), None, None),
            "year",
        ));
    }
    if s.mark(i, '\'')
        && let Some((value, 2)) = s.digits(i + 1)
    {
        let alone = s.get(i + 1).glued && !s.get(i).glued;
        return (alone && follows_preposition(s, i)).then(|| {
            Match::date(
                i,
                i + 2,
                Under::calendar(Year::short(value), None, None),
                "year-short",
            )
        });
    }
    let Some((value, 4)) = s.digits(i) else {
        // "Atlanta nineteen ninety-six": in transcripts no figure but a year is said so.
        let sure = |end: usize| {
            s.word(i) == "nineteen" && s.get(i + 1).form != Form::Hyphen && s.unit(end).is_none()
        };
        let (year, end) =
            in_words(s, i).filter(|(_, end)| follows_preposition(s, i) || sure(*end))?;
        return Some(Match::date(
            i,
            end,
            Under::calendar(Year::Known(year), None, None),
            "year-words",
        ));
    };
    if !named && !looks_like_year(s, i, value) {
        return None;
    }
    let mut found = Match::date(
        start,
        i + 1,
        Under::calendar(Year::known(value), None, None),
        "year",
    );
    if !named
        && matches!(
            s.get(i + 1).form,
            Form::Hyphen | Form::Dash | Form::Mark('/')
        )
    {
        let second = match s.digits(i + 2) {
            Some((second, 2)) => value / 100 * 100 + second,
            Some((second, 4)) => second,
            _ => return Some(found),
        };
        let next = s.get(i + 3);
        let free = !next.glued || matches!(next.form, Form::Mark(_) | Form::Possessive);
        if free && second > value && second < value + 200 {
            found.second = Some((
                i + 2,
                i + 3,
                Under::calendar(Year::known(second), None, None),
            ));
        }
    }
    Some(found)
}

fn looks_like_year(s: &Sentence, i: usize, value: u32) -> bool {
    let (before, after) = (s.before(i), s.get(i + 1));
    let glued_word = after.glued && matches!(after.form, Form::Mark('%' | '/' | '$' | '°'));
    let score = s.mark(i + 1, ':') && s.digits(i + 2).is_some();
    let hyphened = after.form == Form::Hyphen
        && !matches!(s.get(i + 2).form, Form::Number(..))
        && s.lex(i + 2).unit.is_some();
    let joined = before.form == Form::Hyphen
        && !matches!(s.get(i.wrapping_sub(2)).form, Form::Number(..))
        && before.glued
        && !matches!(
            s.word(i.wrapping_sub(2)),
            "mid" | "pre" | "post" | "early" | "late" | "since"
        );
    let money = matches!(
        before.form,
        Form::Mark('$' | '£' | '€' | '¥' | '#' | '+' | '*' | '/' | ':' | '.')
    );
    if glued_word || score || hyphened || joined || money {
        return false;
    }
    if s.lex(i + 1).counted || s.lex(i + 1).scale.is_some() {
        return false;
    }
    let supported = follows_preposition(s, i);
    if before.lex.numbers && !supported {
        return false;
    }
    // "1201 Elm Street", "Lira 2000", "Windows 2000".
    if after.capital
        && after.form == Form::Word
        && !matches!(before.form, Form::Word | Form::Possessive)
    {
        return false;
    }
    match value {
        1900..=2039 => true,
        1000..=1899 | 2040..=2099 => {
            let bracket = matches!(before.form, Form::Mark('('))
                && matches!(
                    after.form,
                    Form::Mark(')' | ',') | Form::Hyphen | Form::Dash
                );
            let counted = after.form == Form::Word
                && s.word(i + 1).ends_with('s')
                && !matches!(s.word(i + 1), "was" | "is" | "has" | "as");
            let ranged = matches!(before.form, Form::Hyphen | Form::Dash)
                && matches!(s.get(i.wrapping_sub(2)).form, Form::Number(_, 4));
            let opens_range = matches!(after.form, Form::Hyphen | Form::Dash)
                && s.digits(i + 2)
                    .is_some_and(|(next, _)| next > value && next < 2100);
            // "Blockade, 1861": a number that ends a phrase and counts nothing.
            let ends = value >= 1600
                && (after.form != Form::Word || after.lex.role.is_some())
                && matches!(before.form, Form::Word | Form::Mark(',' | '.'))
                && (before.lex.role.is_none() || supported)
                && !before.capital;
            // "the 1783 treaty", and "1783" in "in 1782 and 1783".
            let plain = value >= 1600 && !counted;
            let attribute = plain && s.is(i.wrapping_sub(1), Role::The) && after.form == Form::Word;
            let paired = plain
                && s.is(i.wrapping_sub(1), Role::And)
                && matches!(s.digits(i.wrapping_sub(2)), Some((1600..=2100, 4)));
            bracket
                || attribute
                || paired
                || ranged
                || opens_range
                || ends
                || supported
                    && !counted
                    && !s.is(i.wrapping_sub(1), Role::To)
                    && !s.is(i.wrapping_sub(1), Role::Approx)
        }
        _ => false,
    }
}

/// "nineteen ninety-four", "two thousand", "two thousand and four".
pub(super) fn in_words(s: &Sentence, i: usize) -> Option<(i32, usize)> {
    let (first, at) = s.cardinal(i).filter(|_| s.lex(i).cardinal.is_some())?;
    if (2000..=2099).contains(&first) {
        return Some((signed(first), at));
    }
    if !(13..=20).contains(&first) {
        return None;
    }
    // "Nineteen Eighty-Four" is a book: both words have capitals.
    if s.get(i).capital && s.get(s.skip_hyphen(at)).capital {
        return None;
    }
    let (second, end) = s
        .cardinal(s.skip_hyphen(at))
        .filter(|_| s.lex(s.skip_hyphen(at)).cardinal.is_some())?;
    (10..=99)
        .contains(&second)
        .then_some((signed(first * 100 + second), end))
}
