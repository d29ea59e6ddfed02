//! Days and months that leave something open: weekdays, dates without a year, holidays.

use super::super::Tense;
use super::super::feast::Feast;
use super::super::granule::{Granule, year_value};
use super::super::lexicon::LEXICON;
use super::super::value::{Toward, Year};
use super::{Context, Found};
use crate::when::calendar::{add_days, date, last_weekday, monday, next_weekday};
use chrono::{Datelike, NaiveDate, Weekday};

impl Context {
    /// The century of a two-digit year: the latest that does not lie over ten years ahead.
    pub(super) fn full_year(&self, short: i32) -> i32 {
        if self.narrative
            && let Some(year) = self.running_year()
        {
            return year - year.rem_euclid(100) + short;
        }
        let now = self.written.map_or(2000, |day| day.year());
        let this = now - now.rem_euclid(100) + short;
        if this > now + 10 { this - 100 } else { this }
    }

    pub(super) fn decade(&self, first: i32) -> i32 {
        if first >= 100 {
            return first - first.rem_euclid(10);
        }
        match self
            .running
            .and_then(|(granule, _)| granule.start())
            .filter(|_| self.narrative)
        {
            Some(day) => day.year() - day.year().rem_euclid(100) + first,
            None => self.full_year(first),
        }
    }

    pub(super) fn calendar(
        &self,
        year: Year,
        month: Option<u8>,
        day: Option<u8>,
        weekday: Option<u8>,
        toward: Toward,
        tense: Tense,
    ) -> Found {
        let year = match year {
            Year::Bc(year) => Year::Known(1 - year),
            year => year,
        };
        if let (None, Some(day), Year::Running(_)) = (month, day, year) {
            let base = self.running_day();
            return match base.and_then(|base| date(base.year(), base.month(), u32::from(day))) {
                Some(day) => Found::granule(Granule::Day(day)),
                None => Found::open(format!("XXXX-XX-{day:02}")),
            };
        }
        let month = month.map(u32::from);
        let day = day.map(u32::from);
        if let Some(year) = self.year(year) {
            return calendar_value(year, month, day);
        }
        match (month, weekday) {
            (Some(month), _) => match self.open_year(month, day, weekday, toward, tense) {
                Some(year) => calendar_value(year, Some(month), day),
                None => Found::open(match day {
                    Some(day) => format!("XXXX-{month:02}-{day:02}"),
                    None => format!("XXXX-{month:02}"),
                }),
            },
            (None, Some(weekday)) => match self.weekday(weekday, toward, tense) {
                Some(day) => Found::granule(Granule::Day(day)),
                None => Found::open(format!("XXXX-WXX-{weekday}")),
            },
            (None, None) => Found::open("XXXX"),
        }
    }

    pub(super) fn weekday(&self, weekday: u8, toward: Toward, tense: Tense) -> Option<NaiveDate> {
        let wanted = Weekday::try_from(weekday.saturating_sub(1)).ok()?;
        let toward = match toward {
            Toward::Open if self.narrative => Toward::RunningNext,
            toward => toward,
        };
        Some(match toward {
            Toward::RunningLast => last_weekday(add_days(self.running_day()?, -1), wanted),
            Toward::RunningNext => next_weekday(add_days(self.running_day()?, 1), wanted),
            Toward::Last => last_weekday(add_days(self.written?, -1), wanted),
            Toward::Next => next_weekday(add_days(self.written?, 1), wanted),
            Toward::This => add_days(monday(self.written?), i64::from(weekday) - 1),
            Toward::Open if tense == Tense::Future => next_weekday(self.written?, wanted),
            Toward::Open => last_weekday(self.written?, wanted),
        })
    }

    /// The year of a month or a month and day that states none.
    pub(super) fn open_year(
        &self,
        month: u32,
        day: Option<u32>,
        weekday: Option<u8>,
        toward: Toward,
        tense: Tense,
    ) -> Option<i32> {
        let anchor = match toward {
            Toward::RunningLast | Toward::RunningNext => self.running_day()?,
            Toward::Open if self.narrative && self.running.is_some() => {
                let (running, _) = self.running?;
                // The tale went on into the new year.
                let turned = running.month().is_some_and(|last| last >= 11) && month <= 2;
                return Some(running.year() + i32::from(turned));
            }
            _ => self.written?,
        };
        // "jailed in April 2029 ... the verdict of April 20": one month, told of twice.
        // A day close to the day of writing is the one of its own year.
        if let (Toward::Open, Some(on), Some((year, named, place))) = (toward, day, self.named)
            && tense != Tense::Future
            && named == month
            && place + 2 >= self.place
            && date(anchor.year(), month, on).is_none_or(|on| (on - anchor).num_days().abs() > 90)
        {
            return Some(year);
        }
        // A weekday beside the date picks the nearest year in which they agree.
        if let (Some(weekday), Some(day)) = (weekday, day) {
            let agrees = |year: &i32| {
                date(*year, month, day)
                    .is_some_and(|d| d.weekday().number_from_monday() == u32::from(weekday))
            };
            let order = if tense == Tense::Future {
                [0, 1]
            } else {
                [0, -1]
            };
            if let Some(year) = order.iter().map(|by| anchor.year() + by).find(agrees) {
                return Some(year);
            }
        }
        let year = anchor.year();
        // Months, or days, from the anchor to the date in the anchor's own year.
        let ahead = match day {
            Some(day) => {
                (date(year, month, day.min(28))? - anchor).num_days()
                    + i64::from(day.saturating_sub(28))
            }
            None => 30 * (i64::from(month) - i64::from(anchor.month())),
        };
        Some(match toward {
            Toward::Last | Toward::RunningLast => {
                if ahead >= 0 {
                    year - 1
                } else {
                    year
                }
            }
            Toward::Next | Toward::RunningNext => {
                if ahead <= 0 {
                    year + 1
                } else {
                    year
                }
            }
            Toward::This => year,
            Toward::Open => year + nearest(ahead, tense),
        })
    }

    pub(super) fn holiday(&self, index: u16, year: Year, toward: Toward, tense: Tense) -> Found {
        let Some(rule) = LEXICON.holidays.get(usize::from(index)) else {
            return Found::open("XXXX");
        };
        if let Some(year) = self.year(year) {
            return rule.day(year).map_or_else(
                || Found::open(format!("{year:04}")),
                |day| Found::granule(Granule::Day(day)),
            );
        }
        let anchor = if self.narrative {
            self.running_day()
        } else {
            self.written
        };
        let Some(anchor) = anchor else {
            return match rule {
                Feast::Fixed(month, day) => Found::open(format!("XXXX-{month:02}-{day:02}")),
                Feast::Nth { month, .. } => Found::open(format!("XXXX-{month:02}")),
                Feast::Easter(_) => Found::open("XXXX"),
            };
        };
        let year = anchor.year();
        let ahead = rule.day(year).map_or(0, |day| (day - anchor).num_days());
        let by = match toward {
            Toward::Last | Toward::RunningLast => {
                if ahead >= 0 {
                    -1
                } else {
                    0
                }
            }
            Toward::Next | Toward::RunningNext => i32::from(ahead <= 0),
            Toward::This => 0,
            Toward::Open if self.narrative => 0,
            Toward::Open => nearest(ahead, tense),
        };
        rule.day(year + by).map_or_else(
            || Found::open(format!("{year:04}")),
            |day| Found::granule(Granule::Day(day)),
        )
    }
}

/// For a date that lies `ahead` days after the day of writing in its own year: the year to take,
/// counted from it.
fn nearest(ahead: i64, tense: Tense) -> i32 {
    match tense {
        // News looks back, unless the date is close ahead: "on Dec. 15", said in November, is
        // that of the same year, since last year's would be called that.
        Tense::Past | Tense::Unknown if ahead > 60 => -1,
        Tense::Future if ahead < -60 => 1,
        Tense::Unknown if ahead < -300 => 1,
        _ => 0,
    }
}

fn calendar_value(year: i32, month: Option<u32>, day: Option<u32>) -> Found {
    match (month, day) {
        (Some(month), Some(day)) => match date(year, month, day) {
            Some(day) => Found::granule(Granule::Day(day)),
            None => Found::open(format!("{}-{month:02}-{day:02}", year_value(year))),
        },
        (Some(month), None) => Found::granule(Granule::Month(year, month)),
        (None, _) => Found::granule(Granule::Year(year)),
    }
}
