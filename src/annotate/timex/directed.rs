//! Dates that a word beside them directs: "last August", "next May 5", "the week of April 8",
//! "on the 5th".
//!
//! Not here: dates that say all themselves ([`super::calendar`]).

use super::calendar::{day_first, is_ambiguous, month_first};
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Toward, Under, Year};

pub(super) const FAMILY: Family = Family {
    name: "directed",
    read,
    examples: &[(
        "A hearing is set for the week of April 8.",
        "2021-03-10",
        &[("the week of April 8", "DATE", "2021-W14")],
    )],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    week_of(s, i)
        .or_else(|| relative_month(s, i))
        .or_else(|| bare_day(s, i))
}

/// "the week of April 8", "the week of 8 April 2021": the week that holds the day.
fn week_of(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    if s.word(j) != "week" || !s.is(j + 1, Role::Of) {
        return None;
    }
    let found = month_first(s, j + 2).or_else(|| day_first(s, j + 2))?;
    let Base::Calendar {
        year,
        month: Some(month),
        day: Some(day),
        ..
    } = found.under.base
    else {
        return None;
    };
    let under = Under::new(Base::WeekOf { year, month, day });
    found
        .second
        .is_none()
        .then(|| Match::date(i, found.end, under, "week-of"))
}

/// "on the 5th": a day of the month that the text is in.
fn bare_day(s: &Sentence, i: usize) -> Option<Match> {
    let Form::Ordinal(day @ 1..=31) = s.get(i + 1).form else {
        return None;
    };
    let after = s.get(i + 2);
    let closed = after.form != Form::Word || after.lex.role.is_some();
    let base = Base::Calendar {
        year: Year::Running(0),
        month: None,
        day: Some(day as u8),
        weekday: None,
        toward: Toward::Open,
    };
    let fits =
        s.is(i, Role::The) && i > 0 && s.is(i - 1, Role::On) && closed && !s.is(i + 2, Role::Of);
    fits.then(|| Match::date(i, i + 2, Under::new(base), "day-of-month"))
}

/// "last August", "this September", "next May 5", "the following March".
fn relative_month(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    let toward = s.lex(j).role?.toward();
    if toward == Toward::Open {
        return None;
    }
    let k = j + 1;
    let k = if toward == Toward::This && s.any(k, &[Role::Coming, Role::Past]) {
        k + 1
    } else {
        k
    };
    let item = s.get(k);
    let month = item
        .lex
        .month
        .filter(|_| item.capital || !is_ambiguous(s.word(k)))?;
    let (day, end) = match s.digits(k + 1) {
        Some((day, 1..=2)) if (1..=31).contains(&day) => (Some(day as u8), k + 2),
        _ => (None, k + 1),
    };
    let base = Base::Calendar {
        year: Year::Open,
        month: Some(month),
        day,
        weekday: None,
        toward,
    };
    Some(Match::date(i, end, Under::new(base), "month-relative"))
}
