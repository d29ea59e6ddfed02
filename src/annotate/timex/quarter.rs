//! Quarters, halves and fiscal years: "the third quarter", "Q3 2008", "first half of 1989",
//! "the year-ago quarter", "fiscal 1989", "the quarter".
//!
//! Not here: a quarter as a fourth of something.

use super::frame::ends_on_date;
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Anchor, Base, Toward, Under, Unit, Year};
use super::year;

pub(super) const FAMILY: Family = Family {
    name: "quarter",
    read,
    examples: &[
        (
            "Guidance for FY2013 was cut.",
            "2013-03-20",
            &[("FY2013", "DATE", "2013")],
        ),
        (
            "For the nine months, it lost $1 million, against net of $2 million a year earlier.",
            "1989-11-02",
            &[
                ("the nine months", "DURATION", "P9M"),
                ("a year earlier", "DATE", "1988"),
            ],
        ),
        (
            "Profit fell in the third quarter of 1984.",
            "1989-11-02",
            &[("the third quarter of 1984", "DATE", "1984-Q3")],
        ),
        (
            "Its third-quarter loss grew.",
            "1989-11-02",
            &[("third-quarter", "DATE", "1989-Q3")],
        ),
        (
            "Sales in Q2 2008 rose.",
            "2009-11-02",
            &[("Q2 2008", "DATE", "2008-Q2")],
        ),
        (
            "Exports grew in the first half of 1989.",
            "1989-11-02",
            &[("the first half of 1989", "DATE", "1989-H1")],
        ),
        (
            "It lost money in fiscal 1988.",
            "1989-11-02",
            &[("fiscal 1988", "DATE", "1988")],
        ),
        ("A quarter of the crop was lost.", "1989-11-02", &[]),
        (
            "Net rose in the quarter ended July 31.",
            "1989-11-02",
            &[
                ("the quarter", "DATE", "1989-Q2"),
                ("July 31", "DATE", "1989-07-31"),
            ],
        ),
        (
            "Net rose in the third quarter. A year ago it fell.",
            "1989-11-02",
            &[
                ("the third quarter", "DATE", "1989-Q3"),
                ("A year ago", "DATE", "1988-Q3"),
            ],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    let brief = short(s, i).or_else(|| fiscal_short(s, i));
    if brief.is_some() || !s.has_quarter {
        return brief;
    }
    numbered(s, i)
        .or_else(|| determined(s, i))
        .or_else(|| fiscal(s, i))
}

fn quarter(i: usize, end: usize, number: u8, year: Year, toward: Toward) -> Match {
    Match::date(
        i,
        end,
        Under::new(Base::Quarter {
            number,
            year,
            toward,
        }),
        "quarter",
    )
}

/// A year before the number: "the 1988", "this year's", "the year-ago", "the fiscal".
fn year_before(s: &Sentence, i: usize) -> (Year, usize) {
    if let Some((value, 4)) = s.digits(i)
        && (1900..=2100).contains(&value)
    {
        return (Year::known(value), i + 1);
    }
    if let Some((year, end)) = year::words(s, i) {
        let end = if s.get(end).form == Form::Possessive {
            end + 1
        } else {
            end
        };
        return (year, end);
    }
    let i = s.skip(i, Role::Fiscal);
    if s.word(i) == "year"
        && s.get(i + 1).form == Form::Hyphen
        && s.any(i + 2, &[Role::Ago, Role::Earlier])
    {
        return (Year::Shift(-1), i + 3);
    }
    (Year::Open, i)
}

/// "the third quarter", "third-quarter", "the last half of 1989", "the fiscal first quarter".
fn numbered(s: &Sentence, i: usize) -> Option<Match> {
    let mut j = s.skip(i, Role::The);
    if j > i && matches!(s.word(j), "comparable" | "corresponding" | "same") {
        j += 1;
    }
    let (mut year, k) = year_before(s, j);
    let k = s.skip_hyphen(k);
    let k = s.skip(k, Role::Fiscal);
    let k = s.skip_hyphen(k);
    let (number, at) = match s.ordinal(k) {
        Some((number, at)) => (number, at),
        None if s.any(k, &[Role::Last, Role::Final]) && s.is(k + 1, Role::Half) => (2, k + 1),
        None => return None,
    };
    let at = s.skip_hyphen(at);
    let at = s.skip(at, Role::Fiscal);
    let unit = s.word(at);
    let half = unit == "half";
    if !(half || unit == "quarter") || !(1..=4).contains(&number) || half && number > 2 {
        return None;
    }
    let mut end = at + 1;
    let mut toward = Toward::Open;
    if year == Year::Open {
        let of = s.skip(end, Role::Of);
        let fiscal_at = s.skip(of, Role::Fiscal);
        if let Some((found, after)) =
            year::tail(s, end).or_else(|| year::tail(s, fiscal_at).filter(|_| fiscal_at > of))
        {
            (year, end) = (found, after);
        } else if s.is(of, Role::The) && s.word(of + 1) == "year" {
            (year, end) = (Year::Open, of + 2);
        } else if s.any(end, &[Role::Next]) {
            toward = Toward::Next;
        }
    }
    if half {
        // "the first half" of a match, "the second half" of a book: a year or "in" must help.
        let supported = year != Year::Open || end > at + 1 || s.get(at - 1).form == Form::Hyphen;
        return supported.then(|| {
            Match::date(
                i,
                end,
                Under::new(Base::Half {
                    number: number as u8,
                    year,
                }),
                "half",
            )
        });
    }
    Some(quarter(i, end, number as u8, year, toward))
}

/// "Q3", "Q3 2008", "3Q"
fn short(s: &Sentence, i: usize) -> Option<Match> {
    let word = s.word(i);
    let bytes = word.as_bytes();
    let digit = match bytes {
        [b'q', digit @ b'1'..=b'4'] | [digit @ b'1'..=b'4', b'q'] => *digit,
        _ => return None,
    };
    let (year, end) = year::tail(s, i + 1).unwrap_or((Year::Open, i + 1));
    Some(quarter(i, end, digit - b'0', year, Toward::Open))
}

/// "the quarter", "the latest quarter", "the year-ago period", "last year's quarter", "the 1988 period".
fn determined(s: &Sentence, i: usize) -> Option<Match> {
    let the = s.is(i, Role::The);
    let mut j = s.skip(i, Role::The);
    if matches!(s.word(j), "comparable" | "corresponding" | "same" | "like") {
        j += 1;
    }
    let (year, k) = year_before(s, j);
    let is_unit =
        |at: usize| s.word(at) == "quarter" || s.is(at, Role::Period) && s.word(at) == "period";
    if year != Year::Open && is_unit(k) && k > j {
        return Some(quarter(i, k + 1, 0, year, Toward::Open));
    }
    if j > i + usize::from(the) && is_unit(j) {
        if let Some((year, end)) = year::tail(s, j + 1) {
            return Some(quarter(i, end, 0, year, Toward::Open));
        }
        return None;
    }
    let (toward, k) = match s.lex(j).role {
        Some(Role::Last) => (Toward::Last, j + 1),
        Some(Role::Previous) => (Toward::RunningLast, j + 1),
        Some(Role::Next | Role::Coming) => (Toward::Next, j + 1),
        Some(Role::Following) => (Toward::RunningNext, j + 1),
        Some(Role::This | Role::Current | Role::Latest) => (Toward::This, j + 1),
        Some(Role::That) => (Toward::Open, j + 1),
        _ if the => (Toward::Open, j),
        _ => return None,
    };
    let word = s.word(k);
    if word == "period" && toward == Toward::This && s.is(j, Role::Latest) {
        return Some(quarter(i, k + 1, 0, Year::Open, Toward::Open));
    }
    if word != "quarter" || s.is(k + 1, Role::Of) || s.get(k + 1).form == Form::Hyphen {
        return None;
    }
    let toward = if s.is(j, Role::Latest) {
        Toward::Open
    } else {
        toward
    };
    Some(quarter(i, k + 1, 0, Year::Open, toward))
}

/// "FY2013"
fn fiscal_short(s: &Sentence, i: usize) -> Option<Match> {
    let written = s
        .word(i)
        .strip_prefix("fy")
        .filter(|year| year.len() == 4)?;
    let year @ 1900..=2100 = written.parse().ok()? else {
        return None;
    };
    let under = Under::calendar(Year::known(year), None, None);
    Some(Match::date(i, i + 1, under, "fiscal-year"))
}

/// "fiscal 1989", "fiscal year 1989", "the current fiscal year", "the fiscal year".
fn fiscal(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    let j2 = s.skip_hyphen(s.skip(j, Role::Fiscal));
    if j2 == j && !s.any(j, &[Role::Financial]) {
        return None;
    }
    let k = if j2 == j { j + 1 } else { j2 };
    let k2 = if s.word(k) == "year" { k + 1 } else { k };
    if let Some((value, 4)) = s.digits(k2)
        && (1900..=2100).contains(&value)
    {
        return Some(Match::date(
            i,
            k2 + 1,
            Under::calendar(Year::known(value), None, None),
            "fiscal-year",
        ));
    }
    if k2 > k
        && s.get(k2).form != Form::Hyphen
        && !s.is(i.wrapping_sub(1), Role::A)
        && !ends_on_date(s, k2)
    {
        return Some(Match::date(
            i,
            k2,
            Under::shift(Unit::Year, 0, Anchor::Writing),
            "fiscal-year",
        ));
    }
    None
}
