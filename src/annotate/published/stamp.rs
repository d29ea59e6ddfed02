//! Date stamps: the dates of date lines, bylines and metadata fields, with clock time and zone.
//!
//! Not for running text: a stamp is short and complete, and needs no context. The reader knows ISO
//! 8601, RFC 2822, numeric dates in either order, month names of a score of languages, and a clock
//! time before or after the day. It never panics and never guesses a year.

mod read;
mod scan;

use super::lexicon::Zone;
use crate::text::Span;
use crate::when::{Interval, calendar};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeZone, Weekday};

/// A date as a line or field states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its bytes in the text it was read from.
    pub span: Span,
    /// The year, where stated.
    pub year: Option<i32>,
    /// The month, 1 to 12.
    pub month: u32,
    /// The day of the month, 1 to 31.
    pub day: u32,
    /// The weekday, where stated.
    pub weekday: Option<Weekday>,
    /// The clock time, where stated.
    pub time: Option<NaiveTime>,
    /// Minutes east of UTC, where a zone is stated.
    pub(super) zone: Option<Zone>,
    /// The other reading of a numeric date: day and month change places.
    pub ambiguous: bool,
}

impl Stamp {
    /// The civil day, where the year is stated.
    pub fn date(&self) -> Option<NaiveDate> {
        calendar::date(self.year?, self.month, self.day)
    }

    /// The same stamp read the other way round, where both readings exist.
    #[must_use]
    pub fn swapped(&self) -> Option<Self> {
        self.ambiguous.then_some(Self {
            month: self.day,
            day: self.month,
            ..*self
        })
    }

    /// The day as an interval, with the clock time where the zone is stated too.
    pub fn interval(&self) -> Option<Interval> {
        let day = self.date()?;
        let at = self.instant(day);
        Some(at.map_or(Interval::day(day), Interval::at))
    }

    fn instant(&self, day: NaiveDate) -> Option<DateTime<FixedOffset>> {
        let minutes = match self.zone? {
            Zone::American(minutes) if is_american_summer(day) => minutes + 60,
            Zone::American(minutes) | Zone::Fixed(minutes) => minutes,
        };
        FixedOffset::east_opt(minutes * 60)?
            .from_local_datetime(&day.and_time(self.time?))
            .single()
    }

    /// True for a stamp with year, weekday and clock: more than running text says of a day.
    pub(super) fn is_exact(&self) -> bool {
        self.year.is_some()
            && self.weekday.is_some()
            && self.time.is_some()
            && !self.contradicts_weekday()
    }

    /// True where a stated weekday is not the weekday of the day.
    pub fn contradicts_weekday(&self) -> bool {
        self.date()
            .zip(self.weekday)
            .is_some_and(|(day, weekday)| day.weekday() != weekday)
    }
}

/// Daylight time by the rule of 2007: second Sunday of March to first Sunday of November.
fn is_american_summer(day: NaiveDate) -> bool {
    let sunday = |month, from| {
        calendar::date(day.year(), month, from)
            .map(|first| calendar::next_weekday(first, Weekday::Sun))
    };
    sunday(3, 8).is_some_and(|from| day >= from) && sunday(11, 1).is_some_and(|to| day < to)
}

/// All stamps of a short text, rising and disjoint; those without a year too.
///
/// ```
/// use dateline::annotate::published::stamp;
/// let found = stamp::find("By Ana Reyes | 23 Apr 2021, 00:45 GMT+10");
/// assert_eq!(found[0].date().map(|day| day.to_string()).as_deref(), Some("2021-04-23"));
/// ```
pub fn find(text: &str) -> Vec<Stamp> {
    read::all(&scan::scan(text), false)
}

/// The date of a metadata field: a stamp, Unix seconds or milliseconds, a month or a year.
pub fn field(raw: &str) -> Option<(Interval, Option<Stamp>)> {
    let raw = raw.trim();
    if let Some(instant) = unix(raw) {
        return Some((Interval::at(instant), None));
    }
    let tokens = scan::scan(raw);
    let found = read::all(&tokens, true)
        .into_iter()
        .find(|stamp| stamp.year.is_some());
    if let Some(stamp) = found {
        return Some((stamp.interval()?, Some(stamp)));
    }
    coarse(raw).map(|interval| (interval, None))
}

/// Seconds or milliseconds since 1970, from 1990 to 2100.
fn unix(raw: &str) -> Option<DateTime<FixedOffset>> {
    let whole = raw.split('.').next().unwrap_or(raw);
    if !(9..=13).contains(&whole.len()) || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = if whole.len() >= 12 {
        number / 1000
    } else {
        number
    };
    let instant = DateTime::from_timestamp(seconds, 0)?.fixed_offset();
    (1990..2100).contains(&instant.year()).then_some(instant)
}

/// `2020-09` as a month, `2020` as a year.
fn coarse(raw: &str) -> Option<Interval> {
    let (year, month) = raw.split_once(['-', '/']).unwrap_or((raw, ""));
    if year.len() != 4 || month.len() > 2 {
        return None;
    }
    let year: i32 = year.parse().ok()?;
    if month.is_empty() {
        return Some(Interval::year(year)).filter(Interval::is_dated);
    }
    calendar::date(year, month.parse().ok()?, 1).map(Interval::month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(text: &str) -> String {
        find(text)
            .first()
            .and_then(Stamp::interval)
            .map(|i| i.at.map_or(i.to_string(), |at| at.to_rfc3339()))
            .unwrap_or_default()
    }

    fn of_field(raw: &str) -> String {
        field(raw)
            .map(|(i, _)| i.at.map_or(i.to_string(), |at| at.to_rfc3339()))
            .unwrap_or_default()
    }

    #[test]
    fn reads_lines() {
        for (text, want) in [
            ("23 Apr 2021, 00:45 GMT+10", "2021-04-23T00:45:00+10:00"),
            ("April 23, 2021 at 5:30 pm EDT", "2021-04-23T17:30:00-04:00"),
            ("Thu 23.4.2021", "2021-04-23"),
            ("2021/04/23", "2021-04-23"),
            (
                "Published Wed, Nov 20 20194:29 AM EST",
                "2019-11-20T04:29:00-05:00",
            ),
            ("11.14.2019 09:00 AM", "2019-11-14"),
            ("Nov. 19, 2019 8:03 am ET", "2019-11-19T08:03:00-05:00"),
            ("July 19, 2019 8:03 a.m. ET", "2019-07-19T08:03:00-04:00"),
            (
                "Updated 1206 GMT (2006 HKT) November 20, 2019",
                "2019-11-20T12:06:00+00:00",
            ),
            (
                "10:37 AM PT, Wed November 20, 2019",
                "2019-11-20T10:37:00-08:00",
            ),
            ("24 сентября 2020, 00:40", "2020-09-24"),
            ("publiziert am 25. September 2018", "2018-09-25"),
            ("le 3 février 2022 à 14h30", "2022-02-03"),
            ("2 de mayo de 2019", "2019-05-02"),
            ("2021年4月23日", "2021-04-23"),
            ("Monday the 24th of May, 2021", "2021-05-24"),
            ("24-May-2021", "2021-05-24"),
            ("5/25/18", "2018-05-25"),
            ("31/12/2020 14:05", "2020-12-31"),
            ("2019-11-18T20:51:19Z", "2019-11-18T20:51:19+00:00"),
            ("FRIDAY, OCTOBER 2, 2020", "2020-10-02"),
            ("31 February 2020", ""),
            ("version 1.2.2020.4", ""),
            ("in May 2020", ""),
        ] {
            assert_eq!(first(text), want, "{text}");
        }
    }

    #[test]
    fn reads_fields() {
        for (raw, want) in [
            (
                "Wed, 07 Jul 2021 16:48:00 +0100",
                "2021-07-07T16:48:00+01:00",
            ),
            ("2020-09-23 20:15:00 +0300", "2020-09-23T20:15:00+03:00"),
            ("2021-07-28T19:40:00-04:00", "2021-07-28T19:40:00-04:00"),
            ("2021-07-28T19:40:00.000+0000", "2021-07-28T19:40:00+00:00"),
            ("20210423", "2021-04-23"),
            ("20210423T101500Z", "2021-04-23T10:15:00+00:00"),
            ("1574250000", "2019-11-20T11:40:00+00:00"),
            ("1574250000000", "2019-11-20T11:40:00+00:00"),
            ("Wed Nov 20 10:00:00 GMT 2019", "2019-11-20T10:00:00+00:00"),
            (
                "Wed Nov 20 2019 10:00:00 GMT+0000 (Coordinated Universal Time)",
                "2019-11-20T10:00:00+00:00",
            ),
            ("2020-09", "2020-09"),
            ("2020", "2020"),
            ("yesterday", ""),
            ("", ""),
        ] {
            assert_eq!(of_field(raw), want, "{raw}");
        }
    }

    #[test]
    fn numeric_order_is_said_to_be_open() {
        let stamp = find("03/04/2021")[0];
        assert!(stamp.ambiguous);
        assert_eq!(stamp.date().unwrap().to_string(), "2021-03-04");
        assert_eq!(
            stamp.swapped().unwrap().date().unwrap().to_string(),
            "2021-04-03"
        );
        assert!(!find("13/04/2021")[0].ambiguous);
        assert!(find("Monday, 25 May 2021")[0].contradicts_weekday());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
            for stamp in find(&text) {
                prop_assert!(text.get(stamp.span.range()).is_some());
            }
            let _read = field(&text);
        }

        #[test]
        fn every_day_comes_back(year in 1900i32..2100, day in 1u32..=365) {
            let date = NaiveDate::from_yo_opt(year, day).unwrap();
            for form in ["%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%A, %e %B %Y", "%d.%m.%Y", "%Y/%m/%d"] {
                let text = date.format(form).to_string();
                let found = find(&text);
                let days = [found[0].date(), found[0].swapped().and_then(|s| s.date())];
                prop_assert!(days.contains(&Some(date)), "{}", text);
            }
        }
    }
}
