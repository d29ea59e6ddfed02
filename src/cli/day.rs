//! Days on the command line: a whole day, or a month or year for its first or last day.

use crate::search::query::Days;
use crate::when::Interval;
use chrono::NaiveDate;

/// The first day of what `text` names.
pub fn first(text: &str) -> Result<NaiveDate, String> {
    read(text).and_then(|days| days.start.ok_or_else(unknown))
}

/// The last day of what `text` names.
pub fn last(text: &str) -> Result<NaiveDate, String> {
    read(text).and_then(|days| days.end.ok_or_else(unknown))
}

fn unknown() -> String {
    "write a day (2020-08-09), a month (2020-08) or a year (2020)".to_owned()
}

fn read(text: &str) -> Result<Interval, String> {
    Days::parse(text).map(Days::interval).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_a_year_stand_for_their_ends() {
        let of = |text: &str| (first(text).ok(), last(text).ok());
        let days = |a: &str, b: &str| (a.parse().ok(), b.parse().ok());
        assert_eq!(of("2020-02"), days("2020-02-01", "2020-02-29"));
        assert_eq!(of("2019"), days("2019-01-01", "2019-12-31"));
        assert_eq!(of("2020-08-09"), days("2020-08-09", "2020-08-09"));
        for bad in ["", "08-2020", "2020-13", "2020-02-30", "2020-1-1-1", "soon"] {
            assert!(first(bad).is_err(), "{bad}");
        }
    }
}
