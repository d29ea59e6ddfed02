//! Lengths with a word that places them: "the past two months", "the first nine months", "recent
//! years", "the year ended March 31", "the last week of October".
//!
//! Not here: lengths alone ([`super::duration`]).

use super::duration::{amount_unit, is_age, length};
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Amount, Anchor, Base, Under, Unit};

pub(super) const FAMILY: Family = Family {
    name: "frame",
    read,
    examples: &[
        (
            "In the last week of October and over the next decade it grew.",
            "2020-11-16",
            &[
                ("the last week", "DURATION", "P1W"),
                ("October", "DATE", "2020-10"),
                ("the next decade", "DURATION", "P10Y"),
            ],
        ),
        (
            "Sales for the full year rose; in coming months they may fall.",
            "1989-11-02",
            &[
                ("the full year", "DATE", "1989"),
                ("coming months", "DATE", "FUTURE_REF"),
            ],
        ),
        (
            "Net for the year-earlier nine months fell.",
            "1989-11-02",
            &[("the year-earlier nine months", "DURATION", "P9M")],
        ),
        (
            "The last four years were hard.",
            "2020-09-16",
            &[("The last four years", "DURATION", "P4Y")],
        ),
        (
            "Sales fell in the first nine months.",
            "2020-09-16",
            &[("the first nine months", "DURATION", "P9M")],
        ),
        (
            "Net rose for the year ended March 31; it took a year and a half.",
            "1989-10-31",
            &[
                ("the year", "DURATION", "P1Y"),
                ("March 31", "DATE", "1989-03-31"),
                ("a year and a half", "DURATION", "P1Y6M"),
            ],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    if !s.has_unit {
        return None;
    }
    framed(s, i).or_else(|| part_of(s, i))
}

/// "the past two months", "the next few days", "the first nine months", "recent years".
fn framed(s: &Sentence, i: usize) -> Option<Match> {
    let each = s.is(i, Role::Each) && s.is(i + 1, Role::Of);
    let j = if each { i + 2 } else { i };
    let the = s.any(j, &[Role::The, Role::These, Role::Those]);
    let k = if the { j + 1 } else { j };
    // "for the full year": figures are of the year of writing.
    if the && i > 0 && s.word(i - 1) == "for" && s.word(k) == "full" && s.word(k + 1) == "year" {
        let under = Under::shift(Unit::Year, 0, Anchor::Either);
        return Some(Match::date(i, k + 2, under, "full-year"));
    }
    // "the year-earlier nine months"
    if the
        && s.word(k) == "year"
        && s.get(k + 1).form == Form::Hyphen
        && s.any(k + 2, &[Role::Ago, Role::Earlier])
        && let Some((amount, unit, end)) = amount_unit(s, k + 3)
    {
        return Some(length(i, end, amount, unit, "length-framed"));
    }
    // "over the next decade"
    if the
        && s.any(k, &[Role::Last, Role::Next, Role::Coming])
        && s.unit(k + 1) == Some(Unit::Decade)
        && !s.lex(k + 1).plural
        && !s.is(k + 2, Role::Of)
    {
        return Some(length(
            i,
            k + 2,
            Amount::Exact(1),
            Unit::Decade,
            "length-decade",
        ));
    }
    let fiscal = s.skip(k, Role::Fiscal);
    if the && s.word(fiscal) == "year" && ends_on_date(s, fiscal + 1) {
        return Some(length(
            i,
            fiscal + 1,
            Amount::Exact(1),
            Unit::Year,
            "year-ended",
        ));
    }
    let frame = s.any(
        k,
        &[
            Role::Last,
            Role::Past,
            Role::Previous,
            Role::Next,
            Role::Following,
            Role::Coming,
            Role::Final,
            Role::Latest,
            Role::Recent,
            Role::This,
            Role::Full,
            Role::Early,
            Role::Most,
        ],
    ) || s.lex(k).ordinal.is_some_and(|n| n == 1)
        || matches!(s.get(k).form, Form::Ordinal(1));
    let k = if frame { k + 1 } else { k };
    if !the && !frame {
        return None;
    }
    if let Some((amount, unit, end)) = amount_unit(s, k).filter(|_| !s.is(k, Role::A)) {
        // "the two-day visit": the article belongs to the visit.
        let article = !frame && s.get(end - 1).glued && s.get(end - 2).form == Form::Hyphen;
        if article || is_age(s, i, end) {
            return None;
        }
        return Some(length(i, end, amount, unit, "length-framed"));
    }
    let lex = s.lex(k);
    let unit = lex.unit?;
    if unit.is_clock() && s.is(k - 1, Role::Early) {
        return None;
    }
    if lex.plural && (frame || s.is(j, Role::These)) {
        // "in coming months", "in past years": no stretch that has an end.
        let vague = match s.lex(k - 1).role {
            Some(Role::Coming) => Some("FUTURE_REF"),
            Some(Role::Past) => Some("PAST_REF"),
            _ => None,
        };
        if let Some(value) = vague.filter(|_| !the && k == i + 1) {
            let under = Under::new(Base::Literal(value));
            return Some(Match::date(i, k + 1, under, "units-vague"));
        }
        let end = if s.is(k + 1, Role::Ahead) {
            k + 2
        } else {
            k + 1
        };
        let end = s.or_unit(end);
        return Some(length(i, end, Amount::Vague, unit, "length-framed-vague"));
    }
    if the && lex.plural && (s.is(k + 1, Role::Ahead) || s.word(k + 1) == "since") {
        return Some(length(i, k + 2, Amount::Vague, unit, "length-ahead"));
    }
    // "the past year", "the full decade"
    if the && s.any(k - 1, &[Role::Past, Role::Full]) && unit != Unit::Quarter {
        return Some(length(i, k + 1, Amount::Exact(1), unit, "length-past"));
    }
    None
}

/// "the last week of October", "the first hour of the match": how long, of something.
fn part_of(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    let placed = s.any(j, &[Role::Last, Role::Final]) || s.lex(j).ordinal.is_some();
    let unit = s.unit(j + 1).filter(|_| !s.lex(j + 1).plural)?;
    let fits = matches!(unit, Unit::Hour | Unit::Week | Unit::Month | Unit::Year);
    (j > i && placed && fits && s.is(j + 2, Role::Of))
        .then(|| length(i, j + 2, Amount::Exact(1), unit, "length-part"))
}

/// True for "ended" or "ending" and a date, which make a year before it a length.
pub(super) fn ends_on_date(s: &Sentence, at: usize) -> bool {
    matches!(s.word(at), "ended" | "ending" | "ends")
        && (s.lex(s.skip(at + 1, Role::In)).month.is_some()
            || s.digits(at + 1).is_some()
            || s.is(at + 1, Role::Tomorrow)
            || s.is(at + 1, Role::Today))
}
