//! Expressions that count from the day of writing or from the day that the text is in: "today",
//! "last week", "the next day", "that month", "this weekend", "year-end".
//!
//! Not here: counted units ("two years ago", [`super::ago`]), months, weekdays and seasons with
//! "last" or "next" (their own families), and lengths ("the last two weeks"), which are durations.

use super::TimexKind;
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Anchor, Clock, Edge, Part, Under, Unit, Year};

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
            "He died on May 3, 1950. The next day crowds came.",
            "2020-09-16",
            &[
                ("May 3, 1950", "DATE", "1950-05-03"),
                ("The next day", "DATE", "1950-05-04"),
            ],
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
            "He will rest for the rest of the month.",
            "1989-11-02",
            &[("the month", "DATE", "1989-11")],
        ),
        (
            "Sales fell for the year, and it should close by year's end.",
            "1989-11-02",
            &[("the year", "DATE", "1989"), ("year's end", "DATE", "1989")],
        ),
        ("He spoke on \"This Week.\"", "1989-11-02", &[]),
        ("She was named player of the year.", "1989-11-02", &[]),
        (
            "He spoke on the last day of May.",
            "1989-11-02",
            &[("May", "DATE", "1989-05")],
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
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    deictic(s, i)
        .or_else(|| determined(s, i))
        .or_else(|| this_whole(s, i))
        .or_else(|| unit_end(s, i))
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
    // "over the next decade" says how long.
    if the && unit == Unit::Decade && matches!(role, Role::Last | Role::Next | Role::Coming) {
        return None;
    }
    // "the last day of May" is not counted from the day of writing.
    let of = s.is(k + 1, Role::Of) && matches!(unit, Unit::Day | Unit::Week | Unit::Month);
    let after_the = the || s.is(i.wrapping_sub(1), Role::The);
    if of && after_the && matches!(role, Role::Last | Role::Next | Role::Latest) {
        return None;
    }
    // The program "This Week" is no week.
    if s.get(k).capital && matches!(s.before(i).form, Form::Mark('"' | '“' | '\'' | '‘')) && i > 1
    {
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

/// "for the year", "nine months of the year", "earlier in the month": the one of writing.
fn this_whole(s: &Sentence, i: usize) -> Option<Match> {
    let unit = s
        .unit(i + 1)
        .filter(|unit| s.is(i, Role::The) && matches!(unit, Unit::Year | Unit::Month))?;
    let before = i.checked_sub(1)?;
    let led = s.any(before, &[Role::Of, Role::In, Role::Through])
        || matches!(s.word(before), "for" | "during");
    let after = s.get(i + 2);
    let closed = matches!(after.form, Form::None | Form::Mark(',' | '.' | ';' | ')'))
        || s.any(i + 2, &[Role::By, Role::At, Role::In, Role::And]);
    // "book of the year", "man of the month" are titles.
    let rest = matches!(
        s.word(before.wrapping_sub(1)),
        "rest" | "remainder" | "balance" | "course"
    );
    let title = s.is(before, Role::Of)
        && !rest
        && s.unit(before.wrapping_sub(1)).is_none()
        && s.lex(before.wrapping_sub(1)).role.is_none();
    (led && closed && !title && !s.lex(i + 1).plural).then(|| {
        Match::date(
            i,
            i + 2,
            Under::shift(unit, 0, Anchor::Either),
            "this-whole",
        )
    })
}

/// "by year's end", "at month's end": the end of the one of writing.
fn unit_end(s: &Sentence, i: usize) -> Option<Match> {
    let unit = s
        .unit(i)
        .filter(|unit| matches!(unit, Unit::Year | Unit::Month) && !s.lex(i).plural)?;
    if s.get(i + 1).form != Form::Possessive || s.word(i + 2) != "end" {
        return None;
    }
    let under = Under {
        edge: Some(Edge::End),
        ..Under::shift(unit, 0, Anchor::Either)
    };
    Some(Match::date(i, i + 3, under, "unit-end"))
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
