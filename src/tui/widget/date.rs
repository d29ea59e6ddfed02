//! Dates as cells: ISO, at their own precision, with a mark for how sure they are.

use super::super::theme::Theme;
use crate::annotate::{Basis, Published};
pub(in crate::tui) use crate::timeline::certainty::{Certainty as Mark, basis};
use crate::when::{Interval, Precision};
use chrono::{Datelike, NaiveDate};
use ratatui::style::Style;

/// Columns that every date of [`iso`] fits.
pub(in crate::tui) const COLUMNS: usize = 16;

/// A date in ISO, no longer than [`COLUMNS`]: `2020-08-09`, `2020-08`, `2020-09-14/20`, `..2020`.
pub(in crate::tui) fn iso(date: &Interval) -> String {
    match (date.precision, date.start, date.end) {
        (Precision::Week | Precision::Range, Some(start), Some(end)) => range(start, end),
        _ => date.to_string(),
    }
}

fn range(start: NaiveDate, end: NaiveDate) -> String {
    let (same_year, same_month) = (start.year() == end.year(), start.month() == end.month());
    if same_year && same_month {
        return format!("{start}/{:02}", end.day());
    }
    // Across one turn of the year the end can only mean the next one.
    if same_year || (end.year() == start.year() + 1 && (end - start).num_days() < 300) {
        return format!("{start}/{:02}-{:02}", end.month(), end.day());
    }
    format!("{:04}/{:04}", start.year(), end.year())
}

/// The date of an article: with `~` where it is inferred or rough.
pub(in crate::tui) fn published(published: &Published, theme: &Theme) -> (String, Style) {
    let date = &published.interval;
    if !date.is_dated() {
        return (" undated".to_owned(), theme.date_none);
    }
    let unsure = published.basis == Basis::Inferred || date.approximate;
    let style = match (unsure, date.is_day()) {
        (true, _) => theme.date_inferred,
        (false, true) => theme.date_exact,
        (false, false) => theme.date_range,
    };
    (
        format!("{}{}", if unsure { "~" } else { " " }, iso(date)),
        style,
    )
}

/// The sign and style of how sure an event's date is.
pub(in crate::tui) const fn sign(mark: Mark, theme: &Theme) -> (&'static str, Style) {
    match mark {
        Mark::Stated => (theme.glyphs.exact, theme.date_exact),
        Mark::Inferred => (theme.glyphs.inferred, theme.date_inferred),
        Mark::Range => (theme.glyphs.range, theme.date_range),
        Mark::Undated => (theme.glyphs.undated, theme.date_none),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_date_fits_its_column() {
        let cases = [
            (Interval::day(d("2020-08-09")), "2020-08-09"),
            (Interval::week(d("2020-09-16")), "2020-09-14/20"),
            (
                Interval::range(d("2020-09-28"), d("2020-10-04")),
                "2020-09-28/10-04",
            ),
            (
                Interval::range(d("2019-12-30"), d("2020-01-05")),
                "2019-12-30/01-05",
            ),
            (
                Interval::range(d("2015-03-01"), d("2020-06-30")),
                "2015/2020",
            ),
            (Interval::month(d("2020-08-01")), "2020-08"),
            (Interval::before(d("2020-08-01")), "..2020-08-01"),
            (Interval::UNDATED, "undated"),
        ];
        for (date, shown) in cases {
            assert_eq!(iso(&date), shown);
            assert!(iso(&date).len() <= COLUMNS);
        }
    }
}
