//! A resolved stretch of the calendar: its TIMEX3 value, its days, and arithmetic at its precision.

use super::value::{Season, Unit};
use crate::when::calendar::{add_days, add_months, date, monday};
use crate::when::{Interval, Precision};
use chrono::{Datelike, NaiveDate};

/// One stretch at one precision. Years and months are kept as said, so that years outside the
/// calendar still have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Granule {
    /// A civil day.
    Day(NaiveDate),
    /// The week from this Monday.
    Week(NaiveDate),
    /// The weekend of the week from this Monday.
    Weekend(NaiveDate),
    /// A month of a year.
    Month(i32, u32),
    /// A quarter of a year, 1 to 4.
    Quarter(i32, u8),
    /// A half of a year.
    Half(i32, u8),
    /// A season; a winter begins in the year named.
    Season(i32, Season),
    /// A year.
    Year(i32),
    /// Ten years from one that ends in 0.
    Decade(i32),
    /// A century, counted from 1.
    Century(i32),
}

impl Granule {
    /// The stretch of `unit` that holds `day`; lengths below a day count as the day.
    pub(super) fn of(unit: Unit, day: NaiveDate) -> Self {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(monday(day)),
            Unit::Month => Self::Month(day.year(), day.month()),
            Unit::Quarter => Self::Quarter(day.year(), (day.month0() / 3 + 1) as u8),
            Unit::Half => Self::Half(day.year(), (day.month0() / 6 + 1) as u8),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year() - day.year().rem_euclid(10)),
            Unit::Century | Unit::Millennium => Self::Century((day.year() - 1).div_euclid(100) + 1),
        }
    }

    /// The stretch of `unit` that lies `by` units from `day`.
    pub(super) fn shifted(unit: Unit, day: NaiveDate, by: i32) -> Self {
        let by = by.clamp(-200_000, 200_000);
        match unit {
            Unit::Week | Unit::Weekend => Self::of(unit, add_days(day, 7 * i64::from(by))),
            Unit::Fortnight => Self::of(unit, add_days(day, 14 * i64::from(by))),
            Unit::Month => Self::of(unit, add_months(day, by)),
            Unit::Quarter => Self::of(unit, add_months(day, 3 * by)),
            Unit::Half => Self::of(unit, add_months(day, 6 * by)),
            Unit::Year => Self::Year(day.year() + by),
            // "a decade ago" names the year; "two decades" too.
            Unit::Decade if by == 0 => Self::of(unit, day),
            Unit::Decade => Self::Year(day.year() + 10 * by),
            Unit::Century | Unit::Millennium => {
                let Self::Century(now) = Self::of(unit, day) else {
                    return Self::Year(day.year());
                };
                Self::Century(now + by * if unit == Unit::Millennium { 10 } else { 1 })
            }
            _ => Self::of(unit, add_days(day, i64::from(by))),
        }
    }

    /// The same stretch of another year.
    pub(super) fn years_on(self, by: i32) -> Self {
        match self {
            Self::Day(day) => Self::Day(add_months(day, 12 * by)),
            Self::Week(day) => Self::Week(monday(add_months(day, 12 * by))),
            Self::Weekend(day) => Self::Weekend(monday(add_months(day, 12 * by))),
            Self::Month(year, month) => Self::Month(year + by, month),
            Self::Quarter(year, number) => Self::Quarter(year + by, number),
            Self::Half(year, number) => Self::Half(year + by, number),
            Self::Season(year, season) => Self::Season(year + by, season),
            Self::Year(year) => Self::Year(year + by),
            Self::Decade(year) => Self::Decade(year + by),
            Self::Century(number) => Self::Century(number),
        }
    }

    /// Its first and last month, as first day and count of months, where it is made of months.
    fn months(self) -> Option<(i32, u32, i32)> {
        Some(match self {
            Self::Month(year, month) => (year, month, 1),
            Self::Quarter(year, number) => (year, u32::from(number) * 3 - 2, 3),
            Self::Half(year, number) => (year, u32::from(number) * 6 - 5, 6),
            Self::Season(year, season) => (year, season.first_month(), 3),
            Self::Year(year) => (year, 1, 12),
            Self::Decade(year) => (year, 1, 120),
            Self::Century(number) => (number * 100 - 99, 1, 1200),
            Self::Day(_) | Self::Week(_) | Self::Weekend(_) => return None,
        })
    }

    /// Its first day, where the calendar has it.
    pub(super) fn start(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) | Self::Week(day) => Some(day),
            Self::Weekend(day) => Some(add_days(day, 5)),
            _ => {
                let (year, month, _) = self.months()?;
                date(year, month, 1)
            }
        }
    }

    /// Its last day, where the calendar has it.
    pub(super) fn end(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Week(day) | Self::Weekend(day) => Some(add_days(day, 6)),
            _ => {
                let (year, month, count) = self.months()?;
                Some(add_days(add_months(date(year, month, 1)?, count), -1))
            }
        }
    }

    /// Its days.
    pub(super) fn interval(self) -> Interval {
        let (Some(start), Some(end)) = (self.start(), self.end()) else {
            return Interval::UNDATED;
        };
        match self {
            Self::Day(day) => Interval::day(day),
            Self::Week(day) => Interval::week(day),
            Self::Month(..) => Interval::month(start),
            Self::Year(year) => Interval::year(year),
            Self::Decade(year) => Interval::decade(year),
            _ => Interval {
                precision: Precision::Range,
                ..Interval::range(start, end)
            },
        }
    }

    /// Its TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(day) => format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            Self::Week(day) => {
                format!("{:04}-W{:02}", day.iso_week().year(), day.iso_week().week())
            }
            Self::Weekend(day) => format!(
                "{:04}-W{:02}-WE",
                day.iso_week().year(),
                day.iso_week().week()
            ),
            Self::Month(year, month) => format!("{}-{month:02}", year_value(year)),
            Self::Quarter(year, number) => format!("{}-Q{number}", year_value(year)),
            Self::Half(year, number) => format!("{}-H{number}", year_value(year)),
            Self::Season(year, season) => format!("{}-{}", year_value(year), season.code()),
            Self::Year(year) => year_value(year),
            Self::Decade(year) if year > 0 => format!("{:03}", year / 10),
            Self::Decade(year) => year_value(year).chars().take(5).collect(),
            Self::Century(number) => format!("{:02}", number - 1),
        }
    }

    /// The year it begins in; 0 and below are years before Christ, 0 the first of them.
    pub(super) fn year(self) -> i32 {
        match self {
            Self::Day(day) | Self::Week(day) | Self::Weekend(day) => day.year(),
            Self::Month(year, _)
            | Self::Quarter(year, _)
            | Self::Half(year, _)
            | Self::Season(year, _)
            | Self::Year(year)
            | Self::Decade(year) => year,
            Self::Century(number) => number * 100 - 99,
        }
    }

    /// The month of a day or month.
    pub(super) fn month(self) -> Option<u32> {
        match self {
            Self::Day(day) => Some(day.month()),
            Self::Month(_, month) => Some(month),
            _ => None,
        }
    }

    /// The unit of its precision.
    pub(super) const fn unit(self) -> Unit {
        match self {
            Self::Day(_) => Unit::Day,
            Self::Week(_) | Self::Weekend(_) => Unit::Week,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) | Self::Season(..) => Unit::Quarter,
            Self::Half(..) => Unit::Half,
            Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        }
    }
}

/// A year as TIMEX3 writes it: `1994`, `BC0490`.
pub(super) fn year_value(year: i32) -> String {
    if year > 0 {
        format!("{year:04}")
    } else {
        format!("BC{:04}", 1 - year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_days_agree() {
        let d = |text: &str| text.parse::<NaiveDate>().unwrap();
        let week = Granule::shifted(Unit::Week, d("2020-09-21"), -1);
        assert_eq!(week.value(), "2020-W38");
        assert_eq!(week.interval().start, Some(d("2020-09-14")));
        assert_eq!(
            Granule::Season(1997, Season::Winter).end(),
            Some(d("1998-02-28"))
        );
        assert_eq!(
            Granule::Quarter(1989, 3).interval().end,
            Some(d("1989-09-30"))
        );
        assert_eq!(Granule::of(Unit::Century, d("2000-01-01")).value(), "19");
        assert_eq!(Granule::Century(20).start(), Some(d("1901-01-01")));
    }
}
