//! TIMEX3 lengths of time as calendar arithmetic.

use crate::when::calendar;
use chrono::NaiveDate;

/// `day` less a TIMEX3 length such as `P5W`; `None` for vague lengths.
pub(crate) fn back(day: NaiveDate, value: &str) -> Option<NaiveDate> {
    let (number, unit) = length(value)?;
    let days = i64::from(number);
    Some(match unit {
        'D' => calendar::add_days(day, -days),
        'W' => calendar::add_days(day, -7 * days),
        'M' => calendar::add_months(day, -number),
        'Y' => calendar::add_years(day, -number),
        _ => return None,
    })
}

/// Number and unit of a TIMEX3 length of one unit.
pub(crate) fn length(value: &str) -> Option<(i32, char)> {
    let inner = value.strip_prefix('P')?;
    let unit = inner.chars().next_back()?;
    let number = inner.strip_suffix(unit)?;
    let number: i32 = match number.split_once('.') {
        Some((whole, _)) => whole.parse().ok()?,
        None => number.parse().ok()?,
    };
    ((0..=5000).contains(&number) && "DWMY".contains(unit)).then_some((number, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_back() {
        let day: NaiveDate = "2021-07-29".parse().unwrap();
        assert_eq!(back(day, "P27Y"), "1994-07-29".parse().ok());
        assert_eq!(back(day, "P5W"), "2021-06-24".parse().ok());
        assert_eq!(back(day, "PXY"), None);
        assert_eq!(back(day, "PT4H"), None);
    }
}
