//! The one interval type: optional ends, precision, an approximate flag, an optional clock time.

use super::calendar;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// What is known of a date.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A civil day.
    Day,
    /// A week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// Ten years, from the year that ends in 0.
    Decade,
    /// Any other stretch with both ends known.
    Range,
    /// On or before the end; the start is open.
    Before,
    /// On or after the start; the end is open.
    After,
    /// Nothing is known.
    #[default]
    Undated,
}

impl Precision {
    /// The word of the JSON contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Range => "range",
            Self::Before => "before",
            Self::After => "after",
            Self::Undated => "undated",
        }
    }
}

/// A stretch of civil days, both ends inclusive, with what is known of it.
///
/// Invariants, kept by the constructors: start ≤ end; `Before` has no start, `After` no end,
/// `Undated` neither; every other precision has both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// What is known.
    pub precision: Precision,
    /// Said with "about", "around", "circa".
    pub approximate: bool,
    /// A stated clock time with its zone; start and end are its day in that zone.
    pub at: Option<DateTime<FixedOffset>>,
}

impl Interval {
    /// Nothing known.
    pub const UNDATED: Self = Self {
        start: None,
        end: None,
        precision: Precision::Undated,
        approximate: false,
        at: None,
    };

    const fn closed(start: NaiveDate, end: NaiveDate, precision: Precision) -> Self {
        Self {
            start: Some(start),
            end: Some(end),
            precision,
            ..Self::UNDATED
        }
    }

    /// One civil day.
    pub const fn day(day: NaiveDate) -> Self {
        Self::closed(day, day, Precision::Day)
    }

    /// The day of a clock time in its own zone.
    pub fn at(at: DateTime<FixedOffset>) -> Self {
        Self {
            at: Some(at),
            ..Self::day(at.date_naive())
        }
    }

    /// The week, Monday to Sunday, that holds `day`.
    pub fn week(day: NaiveDate) -> Self {
        let monday = calendar::monday(day);
        Self::closed(monday, calendar::add_days(monday, 6), Precision::Week)
    }

    /// The calendar month that holds `day`.
    pub fn month(day: NaiveDate) -> Self {
        Self::closed(
            calendar::first_of_month(day),
            calendar::last_of_month(day),
            Precision::Month,
        )
    }

    /// The calendar year `year`; undated outside 1..=9999.
    pub fn year(year: i32) -> Self {
        Self::years(year, year, Precision::Year)
    }

    /// The ten years from `year` rounded down to a multiple of ten.
    pub fn decade(year: i32) -> Self {
        let first = year - year.rem_euclid(10);
        Self::years(first.max(1), first + 9, Precision::Decade)
    }

    fn years(first: i32, last: i32, precision: Precision) -> Self {
        match (calendar::date(first, 1, 1), calendar::date(last, 12, 31)) {
            (Some(start), Some(end)) => Self::closed(start, end, precision),
            _ => Self::UNDATED,
        }
    }

    /// A stretch with both ends; ends in the wrong order are swapped, one day is a `Day`.
    pub fn range(start: NaiveDate, end: NaiveDate) -> Self {
        match start.cmp(&end) {
            Ordering::Equal => Self::day(start),
            Ordering::Less => Self::closed(start, end, Precision::Range),
            Ordering::Greater => Self::closed(end, start, Precision::Range),
        }
    }

    /// On or before `end`.
    pub const fn before(end: NaiveDate) -> Self {
        Self {
            end: Some(end),
            precision: Precision::Before,
            ..Self::UNDATED
        }
    }

    /// On or after `start`.
    pub const fn after(start: NaiveDate) -> Self {
        Self {
            start: Some(start),
            precision: Precision::After,
            ..Self::UNDATED
        }
    }

    /// The same, marked approximate.
    #[must_use]
    pub const fn about(self) -> Self {
        Self {
            approximate: true,
            ..self
        }
    }

    /// True where at least one end is known.
    pub const fn is_dated(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }

    /// True for one civil day that is not approximate.
    pub fn is_day(&self) -> bool {
        self.precision == Precision::Day && !self.approximate
    }

    /// True where the two share at least one day; an open end reaches forever, undated shares none.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<NaiveDate>, start: Option<NaiveDate>| matches!((end, start), (Some(end), Some(start)) if end < start);
        self.is_dated()
            && other.is_dated()
            && !before(self.end, other.start)
            && !before(other.end, self.start)
    }

    /// True where `other` lies wholly inside; only closed ends bound.
    pub fn contains(&self, other: &Self) -> bool {
        let low = match (self.start, other.start) {
            (Some(a), Some(b)) => a <= b,
            (Some(_), None) => false,
            (None, _) => true,
        };
        let high = match (self.end, other.end) {
            (Some(a), Some(b)) => b <= a,
            (Some(_), None) => false,
            (None, _) => true,
        };
        self.is_dated() && other.is_dated() && low && high
    }

    /// Length in days, both ends counted; `None` where an end is open.
    pub fn days(&self) -> Option<i64> {
        Some((self.end? - self.start?).num_days() + 1)
    }

    /// The order of the contract: start, end, clock time as an instant; undated last.
    ///
    /// An open start sorts by its end, an open end after every closed one of the same start.
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |i: &Self| {
            (
                !i.is_dated(),
                i.start.or(i.end).unwrap_or(NaiveDate::MAX),
                i.end.unwrap_or(NaiveDate::MAX),
            )
        };
        key(self)
            .cmp(&key(other))
            .then_with(|| self.at.cmp(&other.at))
    }
}

impl fmt::Display for Interval {
    /// The date at its own precision: `2020-08-09`, `2020-08`, `2020`, `2010s`, `a..b`, `..b`, `a..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.precision, self.start, self.end) {
            (Precision::Day, Some(day), _) => write!(f, "{day}"),
            (Precision::Month, Some(day), _) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            (Precision::Year, Some(day), _) => write!(f, "{:04}", day.year()),
            (Precision::Decade, Some(day), _) => write!(f, "{:04}s", day.year()),
            (_, Some(start), Some(end)) => write!(f, "{start}..{end}"),
            (_, Some(start), None) => write!(f, "{start}.."),
            (_, None, Some(end)) => write!(f, "..{end}"),
            (_, None, None) => f.write_str("undated"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn coarse_dates_cover_their_days() {
        assert_eq!(
            Interval::week(d("2020-09-16")).to_string(),
            "2020-09-14..2020-09-20"
        );
        assert_eq!(Interval::month(d("2020-02-11")).end, Some(d("2020-02-29")));
        assert_eq!(Interval::decade(1994).to_string(), "1990s");
        assert_eq!(
            Interval::range(d("2020-09-20"), d("2020-09-14")).days(),
            Some(7)
        );
        assert_eq!(Interval::year(0), Interval::UNDATED);
    }

    #[test]
    fn open_ends_overlap_forever() {
        let since = Interval::after(d("1994-07-20"));
        assert!(since.overlaps(&Interval::year(2020)));
        assert!(!since.overlaps(&Interval::year(1990)));
        assert!(!since.overlaps(&Interval::UNDATED));
        assert!(Interval::month(d("2020-08-01")).contains(&Interval::day(d("2020-08-09"))));
    }

    #[test]
    fn undated_sorts_last() {
        let mut all = [
            Interval::UNDATED,
            Interval::year(2020),
            Interval::day(d("2020-01-01")),
            Interval::before(d("2019-05-01")),
        ];
        all.sort_by(Interval::order);
        let shown: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["..2019-05-01", "2020-01-01", "2020", "undated"]);
    }
}
