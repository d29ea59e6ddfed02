//! Where a row stands in the order of its list, as bytes that compare like the rows do.

use crate::when::Interval;
use chrono::{Datelike, NaiveDate};

/// The place of something dated: by its interval as [`Interval::order`] has it, then by id.
pub(super) fn dated(interval: &Interval, id: &str) -> Vec<u8> {
    let mut place = Vec::with_capacity(22 + id.len());
    place.push(u8::from(!interval.is_dated()));
    place.extend(day(interval.start.or(interval.end)));
    place.extend(day(interval.end));
    match interval.at {
        None => place.push(0),
        Some(at) => {
            place.push(1);
            place.extend(((at.timestamp() as u64) ^ (1 << 63)).to_be_bytes());
            place.extend(at.timestamp_subsec_nanos().to_be_bytes());
        }
    }
    place.extend(id.as_bytes());
    place
}

/// The first place on or after a day.
pub(super) fn from_day(first: NaiveDate) -> Vec<u8> {
    let mut place = vec![0];
    place.extend(day(Some(first)));
    place
}

/// The place of something counted: the largest count first, then by name and id.
pub(super) fn counted(count: u32, name: &str, id: &str) -> Vec<u8> {
    let mut place = Vec::with_capacity(5 + name.len() + id.len());
    place.extend((u32::MAX - count).to_be_bytes());
    place.extend(name.as_bytes());
    place.push(0);
    place.extend(id.as_bytes());
    place
}

/// A day as four bytes that rise with it; no day comes last.
fn day(day: Option<NaiveDate>) -> [u8; 4] {
    let number = day.map_or(u32::MAX, |day| number(day) as u32 ^ (1 << 31));
    number.to_be_bytes()
}

/// A day as a number of the store: days from the start of our era.
pub(super) fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Ordering;

    fn interval() -> impl Strategy<Value = Interval> {
        let day = (-400_000_i32..1_500_000)
            .prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap_or_default());
        let clock = (0_i64..4_000_000_000, -12_i32..13).prop_map(|(at, hours)| {
            let zone = chrono::FixedOffset::east_opt(hours * 3600).unwrap();
            Interval::at(
                chrono::DateTime::from_timestamp(at, 5)
                    .unwrap()
                    .with_timezone(&zone),
            )
        });
        prop_oneof![
            Just(Interval::UNDATED),
            day.clone().prop_map(Interval::day),
            day.clone().prop_map(Interval::month),
            day.clone().prop_map(Interval::before),
            day.clone().prop_map(Interval::after),
            (day.clone(), day).prop_map(|(a, b)| Interval::range(a.min(b), a.max(b))),
            clock,
        ]
    }

    proptest! {
        #[test]
        fn places_compare_like_rows(a in interval(), b in interval(), x in "[a-c]{0,3}", y in "[a-c]{0,3}") {
            let rows = a.order(&b).then_with(|| x.cmp(&y));
            prop_assert_eq!(dated(&a, &x).cmp(&dated(&b, &y)), rows);
        }

        #[test]
        fn a_day_comes_before_all_that_starts_on_it(a in interval(), n in 0_i32..800_000) {
            let first = NaiveDate::from_num_days_from_ce_opt(n).unwrap_or_default();
            let later = a.start.or(a.end).is_none_or(|start| start >= first);
            prop_assert_eq!(dated(&a, "") >= from_day(first), later);
        }
    }

    #[test]
    fn the_most_mentioned_comes_first() {
        assert_eq!(
            counted(9, "B", "x").cmp(&counted(8, "A", "x")),
            Ordering::Less
        );
        assert_eq!(
            counted(9, "A", "x").cmp(&counted(9, "B", "x")),
            Ordering::Less
        );
        assert_eq!(
            counted(9, "A", "x").cmp(&counted(9, "Aa", "a")),
            Ordering::Less
        );
    }
}
