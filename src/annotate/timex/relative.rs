//! Expressions that count from the day of writing or from the day that the text is in: "today",
//! "last week", "two years ago", "the next day", "a year earlier", "that month", "this weekend".
//!
//! Not here: months, weekdays and seasons with "last" or "next" (their own families), and lengths
//! ("the last two weeks"), which are durations.

use super::TimexKind;
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Amount, Anchor, Base, Clock, Part, Under, Unit, Year};

pub(super) const FAMILY: Family = Family {
    name: "relative",
    read,
    examples: &[
        (
            "He left yesterday.",
            "2020-09-16",
            &[("yesterday", "DATE", "2020-09-15")],
        ),
        (
            "Last week the loan was approved.",
            "2020-09-21",
            &[("Last week", "DATE", "2020-W38")],
        ),
        (
            "Earlier this week, sanctions came back.",
            "2021-04-23",
            &[("Earlier this week", "DATE", "2021-W16")],
        ),
        (
            "It was built two years ago.",
            "2020-09-16",
            &[("two years ago", "DATE", "2018")],
        ),
        (
            "He died on May 3, 1950. The next day crowds came.",
            "2020-09-16",
            &[
                ("May 3, 1950", "DATE", "1950-05-03"),
                ("The next day", "DATE", "1950-05-04"),
            ],
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
            "It rained this weekend.",
            "2020-09-16",
            &[("this weekend", "DATE", "2020-W38-WE")],
        ),
        (
            "Police raided the bar last night.",
            "2020-09-16",
            &[("last night", "TIME", "2020-09-15TNI")],
        ),
        (
            "The day before yesterday he sang.",
            "2020-09-16",
            &[("The day before yesterday", "DATE", "2020-09-14")],
        ),
        (
            "The deal should close by year-end.",
            "1989-11-02",
            &[("year-end", "DATE", "1989-12-31")],
        ),
        (
            "Thirty people were hurt over the weekend.",
            "2020-09-16",
            &[("the weekend", "DATE", "2020-W37-WE")],
        ),
        (
            "They have won twice since the start of the year.",
            "2020-09-16",
            &[("the start of the year", "DATE", "2020")],
        ),
        (
            "It shut in 1989; a year later it reopened.",
            "2020-09-16",
            &[("1989", "DATE", "1989"), ("a year later", "DATE", "1990")],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    deictic(s, i)
        .or_else(|| determined(s, i))
        .or_else(|| counted(s, i))
        .or_else(|| compound(s, i))
        .or_else(|| weekend(s, i))
        .or_else(|| year_end(s, i))
}

fn day(i: usize, end: usize, by: i32, rule: &'static str) -> Match {
    Match::date(i, end, Under::shift(Unit::Day, by, Anchor::Writing), rule)
}

/// "today", "yesterday", "tomorrow", "tonight", "the day after tomorrow".
fn deictic(s: &Sentence, i: usize) -> Option<Match> {
    let part = |part| Clock {
        part: Some(part),
        ..Clock::default()
    };
    Some(match s.lex(i).role? {
        Role::Today
            if s.get(i + 1).form != Form::Hyphen
                && !(s.before(i).capital && s.get(i).capital && i > 1) =>
        {
            day(i, i + 1, 0, "today")
        }
        Role::Yesterday => day(i, i + 1, -1, "yesterday"),
        Role::Tomorrow => day(i, i + 1, 1, "tomorrow"),
        Role::Tonight => {
            let under = Under::shift(Unit::Day, 0, Anchor::Writing).with_clock(part(Part::Night));
            Match::new(i, i + 1, under, TimexKind::Time, "tonight")
        }
        Role::The
            if s.word(i + 1) == "day"
                && s.is(i + 2, Role::Before)
                && s.is(i + 3, Role::Yesterday) =>
        {
            day(i, i + 4, -2, "before-yesterday")
        }
        Role::The
            if s.word(i + 1) == "day"
                && s.is(i + 2, Role::After)
                && s.is(i + 3, Role::Tomorrow) =>
        {
            day(i, i + 4, 2, "after-tomorrow")
        }
        _ => return None,
    })
}

/// A word like "last" or "that", then one unit: where it points.
fn pointer(role: Role, the: bool) -> Option<(i32, Anchor)> {
    Some(match role {
        Role::Last | Role::Latest => (-1, Anchor::Writing),
        Role::Past if !the => (-1, Anchor::Writing),
        // "the next day" follows what was told; "next week" follows the day of writing.
        Role::Next if the => (1, Anchor::Running),
        Role::Next | Role::Coming => (1, Anchor::Writing),
        Role::This | Role::Current => (0, Anchor::Writing),
        Role::Previous => (-1, Anchor::Running),
        Role::Following => (1, Anchor::Running),
        Role::That | Role::Same => (0, Anchor::Running),
        _ => return None,
    })
}

fn determined(s: &Sentence, i: usize) -> Option<Match> {
    let the = s.is(i, Role::The);
    let mut j = s.skip(i, Role::The);
    let mut role = s.lex(j).role?;
    if matches!(role, Role::This | Role::That | Role::These)
        && s.any(
            j + 1,
            &[
                Role::Past,
                Role::Last,
                Role::Coming,
                Role::Same,
                Role::Next,
                Role::Current,
            ],
        )
    {
        j += 1;
        role = s.lex(j).role?;
    }
    let mut by_role = pointer(role, the)?;
    let mut k = j + 1;
    // "the same fiscal year", "the current school year"
    if s.any(
        k,
        &[Role::Fiscal, Role::Financial, Role::School, Role::Calendar],
    ) {
        k += 1;
    }
    k = s.skip_hyphen(k);
    let item = s.get(k);
    if item.lex.plural {
        return None;
    }
    // "this morning", "last night", "that afternoon"
    if let Some(part) = item.lex.part {
        let by = match role {
            Role::Last | Role::Previous => -1,
            Role::This | Role::That | Role::Same => 0,
            Role::Next | Role::Following => 1,
            _ => return None,
        };
        let anchor = if matches!(role, Role::This | Role::Last) {
            Anchor::Writing
        } else {
            Anchor::Running
        };
        let clock = Clock {
            part: Some(part),
            ..Clock::default()
        };
        let under = Under::shift(Unit::Day, by, anchor).with_clock(clock);
        return Some(Match::new(
            i,
            k + 1,
            under,
            TimexKind::Time,
            "part-relative",
        ));
    }
    let unit = item.lex.unit?;
    if unit.is_clock() || unit == Unit::Quarter || s.get(k + 1).form == Form::Hyphen {
        return None;
    }
    if role == Role::Past && the {
        return None;
    }
    // "this day" and "this decade" are said of the text, "that day" too.
    if role == Role::This && unit == Unit::Day {
        by_role.1 = Anchor::Either;
    }
    if role == Role::Last && the && unit == Unit::Day {
        return None;
    }
    Some(Match::date(
        i,
        k + 1,
        Under::shift(unit, by_role.0, by_role.1),
        "unit-relative",
    ))
}

/// "the year" after "the end of" and its like.
pub(super) fn whole(s: &Sentence, i: usize) -> Option<Match> {
    let unit = s
        .unit(i + 1)
        .filter(|_| s.is(i, Role::The) && !s.lex(i + 1).plural)?;
    let fits = matches!(
        unit,
        Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century
    );
    fits.then(|| {
        Match::date(
            i,
            i + 2,
            Under::shift(unit, 0, Anchor::Either),
            "whole-unit",
        )
    })
}

/// "the weekend" that was, or that is ahead.
fn weekend(s: &Sentence, i: usize) -> Option<Match> {
    let bare = s.is(i, Role::The) && s.unit(i + 1) == Some(Unit::Weekend) && !s.lex(i + 1).plural;
    let free = s.get(i + 2).form != Form::Hyphen && !s.is(i + 2, Role::Of);
    (bare && free).then(|| {
        Match::date(
            i,
            i + 2,
            Under::shift(Unit::Weekend, 0, Anchor::Either),
            "weekend",
        )
    })
}

/// "year-end", "by year end": the last of December.
fn year_end(s: &Sentence, i: usize) -> Option<Match> {
    let apart = s.word(i) == "year" && s.word(s.skip_hyphen(i + 1)) == "end";
    let hyphen = s.get(i + 1).form == Form::Hyphen;
    let bound = s.any(
        i.wrapping_sub(1),
        &[Role::By, Role::At, Role::Until, Role::Before],
    );
    let end = if s.is(i, Role::Yearend) {
        i + 1
    } else if apart && (hyphen || bound) {
        s.skip_hyphen(i + 1) + 1
    } else {
        return None;
    };
    let under = Under::calendar(Year::Open, Some(12), Some(31));
    Some(Match::date(i, end, under, "year-end"))
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
