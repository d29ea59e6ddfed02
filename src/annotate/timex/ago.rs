//! Units counted from a day: "two weeks ago", "a year earlier", "three days later", "the year
//! before", "two Fridays ago", "the year-ago".
//!
//! Not here: one unit with "last" or "next" ([`super::relative`]).

use super::TimexKind;
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Amount, Anchor, Base, Under};

pub(super) const FAMILY: Family = Family {
    name: "ago",
    read,
    examples: &[
        (
            "It was built two years ago.",
            "2020-09-16",
            &[("two years ago", "DATE", "2018")],
        ),
        (
            "Tours began three weeks ago.",
            "2020-09-16",
            &[("three weeks ago", "DATE", "2020-W35")],
        ),
        (
            "The bridge fell several years ago.",
            "2020-09-16",
            &[("several years ago", "DATE", "PAST_REF")],
        ),
        (
            "It shut in 1989; a year later it reopened.",
            "2020-09-16",
            &[("1989", "DATE", "1989"), ("a year later", "DATE", "1990")],
        ),
        (
            "The deal was struck two Fridays ago.",
            "2020-09-16",
            &[("two Fridays ago", "DATE", "2020-09-04")],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    if !s.has_shift {
        return None;
    }
    counted(s, i)
        .or_else(|| weekdays_ago(s, i))
        .or_else(|| compound(s, i))
}

/// "two Fridays ago": the Friday before the last one.
fn weekdays_ago(s: &Sentence, i: usize) -> Option<Match> {
    let (Amount::Exact(count @ 1..=520), at) = s.amount(i)? else {
        return None;
    };
    let weekday = s
        .lex(at)
        .weekday
        .filter(|_| s.lex(at).plural || count == 1)?;
    let base = Base::WeekdaysAgo {
        weekday,
        count: count as u16,
    };
    s.is(at + 1, Role::Ago)
        .then(|| Match::date(i, at + 2, Under::new(base), "weekdays-ago"))
}

/// "two weeks ago", "a year earlier", "three days later", "the year before".
fn counted(s: &Sentence, i: usize) -> Option<Match> {
    // "the day before", "the week after": nothing follows that they would belong to.
    if s.is(i, Role::The)
        && let Some(unit) = s.unit(i + 1).filter(|unit| !unit.is_clock())
    {
        let by = match s.lex(i + 2).role {
            Some(Role::Before) => -1,
            Some(Role::After) => 1,
            _ => return None,
        };
        let closed = !matches!(s.get(i + 3).form, Form::Word | Form::Number(..))
            || s.any(i + 3, &[Role::And, Role::In, Role::To, Role::By]);
        return closed.then(|| {
            Match::date(
                i,
                i + 3,
                Under::shift(unit, by, Anchor::Running),
                "unit-before",
            )
        });
    }
    let j = s.skip(i, Role::Just);
    let (amount, at) = match s.amount(j) {
        Some(found) => found,
        // "years ago", "weeks later"
        None if s.lex(j).plural => (Amount::Vague, j),
        None => return None,
    };
    let at = s.skip_hyphen(s.skip(at, Role::More));
    let at = if matches!(
        s.word(at),
        "full" | "short" | "long" | "whole" | "more" | "or" | "business" | "trading"
    ) && s.unit(at + 1).is_some()
    {
        at + 1
    } else {
        at
    };
    let unit = s.unit(at)?;
    let under = Under::new(Base::Length { amount, unit });
    shifted(s, i, at + 1, under)
}

/// A length that ends before item `at`, and "ago", "earlier", "later" there.
pub(super) fn shifted(s: &Sentence, start: usize, at: usize, length: Under) -> Option<Match> {
    let Base::Length { amount, unit } = length.base else {
        return None;
    };
    let hyphened = s.get(at).form == Form::Hyphen;
    let at = s.skip_hyphen(at);
    let (sign, anchor, end) = match s.lex(at).role? {
        Role::Ago => (-1, Anchor::Ago, at + 1),
        Role::Earlier => (-1, Anchor::Either, at + 1),
        Role::Later => (1, Anchor::Running, at + 1),
        Role::Before | Role::After if !hyphened => {
            // "two days before the vote" is a length; "two days before" alone is not.
            let closed = !matches!(
                s.get(at + 1).form,
                Form::Word | Form::Number(..) | Form::Mark('\'' | '"')
            ) || s.any(at + 1, &[Role::And, Role::In, Role::To, Role::By]);
            if !closed {
                return None;
            }
            (
                if s.is(at, Role::Before) { -1 } else { 1 },
                Anchor::Running,
                at + 1,
            )
        }
        Role::From if s.word(at + 1) == "now" || s.is(at + 1, Role::Today) => {
            (1, Anchor::Writing, at + 2)
        }
        Role::Hence => (1, Anchor::Writing, at + 1),
        _ => return None,
    };
    let make = |under: Under, rule| {
        let under = Under {
            approx: length.approx,
            ..under
        };
        Some(Match::date(start, end, under, rule))
    };
    let by = match amount {
        Amount::Exact(value) => i32::try_from(value).ok().filter(|value| *value < 100_000)?,
        Amount::AndHalf(value) => i32::try_from(value).ok().filter(|value| *value < 100_000)?,
        Amount::Vague => {
            let value = match (sign, anchor) {
                (-1, _) => "PAST_REF",
                (_, Anchor::Writing) => "FUTURE_REF",
                // "a few hours later" moves no day.
                _ if unit.is_clock() => {
                    let found = make(length, "vague-shift")?;
                    return Some(Match {
                        kind: TimexKind::Duration,
                        ..found
                    });
                }
                _ => "FUTURE_REF",
            };
            return make(Under::new(Base::Literal(value)), "vague-shift");
        }
    };
    if unit.is_clock() {
        // "five minutes later" moves no day: it stays a length.
        let kind = TimexKind::Duration;
        return make(length, "clock-shift").map(|found| Match { kind, ..found });
    }
    make(Under::shift(unit, sign * by, anchor), "unit-shift")
}

/// "year-earlier", "the year-ago quarter" is read by its own family; "year-ago" here.
fn compound(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    let unit = s.unit(j).filter(|_| !s.lex(j).plural)?;
    if s.get(j + 1).form != Form::Hyphen || !s.any(j + 2, &[Role::Ago, Role::Earlier]) {
        return None;
    }
    let end = if s.is(j + 3, Role::Period) {
        j + 4
    } else {
        j + 3
    };
    let start = if end == j + 4 { i } else { j };
    Some(Match::date(
        start,
        end,
        Under::shift(unit, -1, Anchor::Either),
        "year-ago",
    ))
}
