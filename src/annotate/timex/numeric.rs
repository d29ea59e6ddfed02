//! Dates in digits: "2020-09-14", "2020-09-14T10:45Z", "14.09.2020", "09/14/2020".
//!
//! Not here: dates with a month in words. Slashes are read in the American order unless only the
//! British one makes a date.

use super::TimexKind;
use super::item::{Form, Sentence};
use super::rule::{Family, Match};
use super::value::{Clock, Under, Year, signed};

pub(super) const FAMILY: Family = Family {
    name: "numeric",
    read: numeric,
    examples: &[
        (
            "Filed 2020-09-14 and 14.09.2020 and 2020/09/14.",
            "2020-09-20",
            &[
                ("2020-09-14", "DATE", "2020-09-14"),
                ("14.09.2020", "DATE", "2020-09-14"),
                ("2020/09/14", "DATE", "2020-09-14"),
            ],
        ),
        (
            "Due 09/14/2020, sent 14/09/20.",
            "2020-09-20",
            &[
                ("09/14/2020", "DATE", "2020-09-14"),
                ("14/09/20", "DATE", "2020-09-14"),
            ],
        ),
        (
            "Stamped 2020-09-14T10:45Z here.",
            "2020-09-20",
            &[("2020-09-14T10:45Z", "TIME", "2020-09-14T10:45")],
        ),
        ("Version 1.1.1 of 4/2 and 10.5.", "2020-09-20", &[]),
    ],
};

fn full(year: i32, month: u32, day: u32) -> Option<Under> {
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| Under::calendar(Year::Known(year), Some(month as u8), Some(day as u8)))
}

/// ISO, dotted and slashed dates.
fn numeric(s: &Sentence, i: usize) -> Option<Match> {
    match s.get(i).form {
        Form::Iso(year, month, day, time) => {
            let under = full(year, u32::from(month), u32::from(day))?;
            let Some((hour, minute)) = time else {
                return Some(Match::date(i, i + 1, under, "iso-date"));
            };
            let zulu = s.word(i).ends_with('z').then_some(0);
            let clock = Clock {
                hour: Some(hour),
                minute: Some(minute),
                zone: zulu,
                ..Clock::default()
            };
            Some(Match::new(
                i,
                i + 1,
                under.with_clock(clock),
                TimexKind::Time,
                "iso-time",
            ))
        }
        Form::Dotted(day, month, year) if s.get(i).span.len() >= 8 => {
            let under = full(full_year(year)?, month, day)?;
            Some(Match::date(i, i + 1, under, "dotted-date"))
        }
        Form::Number(first, digits) if s.mark(i + 1, '/') && s.mark(i + 3, '/') => {
            let (second, _) = s.digits(i + 2)?;
            let (third, third_digits) = s.digits(i + 4)?;
            let under = if digits == 4 {
                full(signed(first), second, third)?
            } else if third_digits == 4 || third_digits == 2 {
                // American order, unless only the British one makes a date.
                let year = full_year(third)?;
                if first > 12 {
                    full(year, second, first)?
                } else {
                    full(year, first, second)?
                }
            } else {
                return None;
            };
            Some(Match::date(i, i + 5, under, "slashed-date"))
        }
        _ => None,
    }
}

fn full_year(year: u32) -> Option<i32> {
    match year {
        0..=49 => Some(2000 + signed(year)),
        50..=99 => Some(1900 + signed(year)),
        1000..=2999 => Some(signed(year)),
        _ => None,
    }
}
