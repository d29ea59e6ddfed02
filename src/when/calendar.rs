//! Calendar arithmetic on civil days that never panics: results outside the calendar are clamped.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A civil day in the years 1 to 9999; `None` for a day that does not exist.
pub fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (1..=9999)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, month, day))?
}

/// `day` moved by `days`, forwards or back.
pub fn add_days(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = if days >= 0 {
        day.checked_add_days(Days::new(days.unsigned_abs()))
    } else {
        day.checked_sub_days(Days::new(days.unsigned_abs()))
    };
    moved.unwrap_or(day)
}

/// `day` moved by `months`; the 31st becomes the last day of a shorter month.
pub fn add_months(day: NaiveDate, months: i32) -> NaiveDate {
    let count = day.year() * 12 + day.month0() as i32 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u32 + 1);
    let last = date(year, month, 1).map_or(28, |first| last_of_month(first).day());
    date(year, month, day.day().min(last)).unwrap_or(day)
}

/// `day` moved by `years`; 29 February becomes the 28th where needed.
pub fn add_years(day: NaiveDate, years: i32) -> NaiveDate {
    add_months(day, years.saturating_mul(12))
}

/// The Monday of the week that holds `day`.
pub fn monday(day: NaiveDate) -> NaiveDate {
    add_days(day, -i64::from(day.weekday().num_days_from_monday()))
}

/// The first day of the month that holds `day`.
pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The last day of the month that holds `day`.
pub fn last_of_month(day: NaiveDate) -> NaiveDate {
    let first = first_of_month(day);
    let next = if first.month() == 12 {
        date(first.year() + 1, 1, 1)
    } else {
        date(first.year(), first.month() + 1, 1)
    };
    next.map_or_else(
        || first.with_day(31).unwrap_or(first),
        |next| add_days(next, -1),
    )
}

/// The last `weekday` on or before `day`.
pub fn last_weekday(day: NaiveDate, weekday: Weekday) -> NaiveDate {
    add_days(day, -i64::from(day.weekday().days_since(weekday)))
}

/// The first `weekday` on or after `day`.
pub fn next_weekday(day: NaiveDate, weekday: Weekday) -> NaiveDate {
    add_days(day, i64::from(weekday.days_since(day.weekday())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_end_where_they_end() {
        assert_eq!(add_months(d("2020-01-31"), 1), d("2020-02-29"));
        assert_eq!(add_years(d("2020-02-29"), -1), d("2019-02-28"));
        assert_eq!(last_of_month(d("2021-12-05")), d("2021-12-31"));
    }

    #[test]
    fn weekdays_count_from_the_day_itself() {
        assert_eq!(last_weekday(d("2020-09-14"), Weekday::Mon), d("2020-09-14"));
        assert_eq!(last_weekday(d("2020-09-14"), Weekday::Sun), d("2020-09-13"));
        assert_eq!(next_weekday(d("2020-09-14"), Weekday::Fri), d("2020-09-18"));
    }

    proptest! {
        #[test]
        fn arithmetic_goes_there_and_back(days in -700_000i64..700_000, by in -3000i64..3000) {
            let day = add_days(d("2000-01-01"), days);
            prop_assert_eq!(add_days(add_days(day, by), -by), day);
            prop_assert!(monday(day) <= day && day <= add_days(monday(day), 6));
            prop_assert_eq!(first_of_month(last_of_month(day)), first_of_month(day));
        }
    }
}
