//! Days of feasts and holidays: fixed days, Nth weekdays of a month, days counted from Easter.

use crate::when::calendar::{add_days, date, next_weekday};
use chrono::{Datelike, NaiveDate, Weekday};

/// How its day follows from the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day.
    Fixed(u32, u32),
    /// The Nth weekday of a month (5 is the last), and days on from there.
    Nth {
        month: u32,
        nth: u32,
        weekday: u32,
        plus: i64,
    },
    /// Days from Easter Sunday.
    Easter(i64),
}

impl Feast {
    /// Reads `12-25`, `11-w4-4`, `11-w4-4+1`, `easter-46`.
    pub(super) fn read(rule: &str) -> Option<Self> {
        if let Some(offset) = rule.strip_prefix("easter") {
            return Some(Self::Easter(offset.parse().ok()?));
        }
        let (rule, plus) = match rule.split_once('+') {
            Some((rule, plus)) => (rule, plus.parse().ok()?),
            None => (rule, 0),
        };
        let mut parts = rule.split('-');
        let month = parts.next()?.parse().ok()?;
        let second = parts.next()?;
        Some(match second.strip_prefix('w') {
            Some(nth) => Self::Nth {
                month,
                nth: nth.parse().ok()?,
                weekday: parts.next()?.parse().ok()?,
                plus,
            },
            None => Self::Fixed(month, second.parse().ok()?),
        })
    }

    /// The day of a holiday in a year.
    pub(super) fn day(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed(month, day) => date(year, month, day),
            Self::Nth {
                month,
                nth,
                weekday,
                plus,
            } => {
                let wanted = Weekday::try_from((weekday.checked_sub(1)?) as u8).ok()?;
                let first = next_weekday(date(year, month, 1)?, wanted);
                let day = add_days(first, 7 * i64::from(nth.checked_sub(1)?));
                // The fifth of a month with four is the fourth: "5" means the last.
                let day = if day.month() == month {
                    day
                } else {
                    add_days(day, -7)
                };
                Some(add_days(day, plus))
            }
            Self::Easter(plus) => Some(add_days(easter(year)?, plus)),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, short) = (year % 19, year / 100, year % 100);
    let solar = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + solar + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (short / 4) - epact - short % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let count = u32::try_from(epact + sunday - 7 * late + 114).ok()?;
    date(year, count / 31, count % 31 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_it_falls() {
        for (year, want) in [
            (1998, "1998-04-12"),
            (2000, "2000-04-23"),
            (2020, "2020-04-12"),
            (2021, "2021-04-04"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), want.parse().ok());
        }
    }
}
