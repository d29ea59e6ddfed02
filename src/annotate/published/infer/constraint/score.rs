//! How well a day of writing meets what is asked of it.

use super::{Asks, OfMonth};
use crate::when::calendar;
use chrono::{Datelike, NaiveDate};

/// How well `day` meets one constraint; `None` where it cannot be.
pub(super) fn one_score(asks: &Asks, day: NaiveDate) -> Option<f32> {
    let wrong_weekday = |of_month: &OfMonth, found: NaiveDate| {
        of_month
            .weekday
            .is_some_and(|weekday| found.weekday() != weekday)
    };
    Some(match *asks {
        Asks::NotBefore(past) => {
            if day < past {
                return None;
            }
            0.0
        }
        Asks::HardlyBefore(past) => {
            if day < past {
                -1.5
            } else {
                0.0
            }
        }
        Asks::HardlyAfter(ahead) => {
            if day > ahead {
                -1.5
            } else {
                0.0
            }
        }
        Asks::Stamped(stamp) => match (stamp - day).num_days() {
            0..=3 => 0.7,
            4.. => 0.0,
            _ => -1.5,
        },
        Asks::Past(of_month) => {
            let found = of_month.before(day)?;
            if found > day {
                return of_month.years.is_some().then_some(-2.0);
            }
            let age = (day - found).num_days();
            let near = match age {
                0..=200 => 1.0,
                201..=330 => 0.4,
                _ if of_month.years.is_some() => 1.0,
                _ => -0.5,
            };
            near - if wrong_weekday(&of_month, found) {
                3.0
            } else {
                0.0
            }
        }
        Asks::Future(of_month) => {
            let found = of_month.after(day)?;
            let near = if (found - day).num_days() <= 200 {
                1.0
            } else {
                -0.5
            };
            near - if wrong_weekday(&of_month, found) {
                3.0
            } else {
                0.0
            }
        }
        Asks::Weekday(of_month) => {
            let found = of_month.near(day)?;
            if wrong_weekday(&of_month, found) {
                -3.0
            } else {
                0.0
            }
        }
        Asks::PastWeekday(weekday, lead) => {
            let age = (day - calendar::last_weekday(day, weekday)).num_days();
            weekday_fit(age) + if lead && age == 0 { 0.5 } else { 0.0 }
        }
        Asks::FutureWeekday(weekday) => {
            let ahead = (calendar::next_weekday(day, weekday) - day).num_days();
            if ahead == 0 { 0.3 } else { weekday_fit(ahead) }
        }
        Asks::Week(weeks, of_month) => {
            let found = calendar::monday(of_month.before(day)?);
            let asked = calendar::add_days(calendar::monday(day), 7 * i64::from(weeks));
            let contrast = weeks == -1 && found == calendar::monday(day);
            if found == asked || contrast { 1.0 } else { 0.0 }
        }
        Asks::Month(months, of_month) => {
            let found = of_month.before(day)?;
            let asked = calendar::add_months(calendar::first_of_month(day), months);
            if calendar::first_of_month(found) == asked {
                0.75
            } else {
                0.0
            }
        }
        Asks::Elapsed(length, of_month) => {
            let found = of_month.before(day)?;
            match (day - found).num_days() - i64::from(length) {
                -2..=4 => 2.5,
                -4..=6 => 1.0,
                _ => -1.0,
            }
        }
        Asks::After(length, of_month, weekday) => {
            let found = calendar::add_days(of_month.before(day)?, i64::from(length));
            let fits = weekday.is_none_or(|weekday| found.weekday() == weekday);
            match (day - found).num_days() {
                0..=6 if fits => 2.5,
                0.. => 0.0,
                _ => -1.0,
            }
        }
        Asks::Named(shift, of_month) => {
            let found = calendar::add_days(day, i64::from(shift));
            let same = (found.month(), found.day()) == (of_month.month, of_month.day);
            if same && !wrong_weekday(&of_month, found) {
                4.0
            } else {
                0.0
            }
        }
        Asks::NamedWeekday(shift, weekday) => {
            let found = calendar::add_days(day, i64::from(shift));
            if found.weekday() == weekday { 2.0 } else { 0.0 }
        }
        Asks::PastMonth(month) => {
            let ago = (day.month() as i32 - month as i32).rem_euclid(12);
            if ago <= 6 { 0.3 } else { 0.0 }
        }
        Asks::FutureMonth(month) => {
            let ahead = (month as i32 - day.month() as i32).rem_euclid(12);
            if ahead <= 6 { 0.5 } else { 0.0 }
        }
        Asks::Year(year) => {
            if day.year() < year {
                -3.0
            } else {
                0.0
            }
        }
        Asks::Head(of_month) => {
            let same = (day.month(), day.day()) == (of_month.month, of_month.day);
            match (same, wrong_weekday(&of_month, day)) {
                (true, false) => 6.0,
                (true, true) => 1.0,
                (false, _) => 0.0,
            }
        }
        Asks::Dateline(of_month) => {
            let same = |day: NaiveDate| (day.month(), day.day()) == (of_month.month, of_month.day);
            if same(day) {
                4.0
            } else if same(calendar::add_days(day, -1)) {
                2.5
            } else {
                0.0
            }
        }
    })
}

/// The days on which something of `year` places the day of writing.
pub(super) fn range(asks: &Asks, year: i32) -> Option<(NaiveDate, NaiveDate)> {
    const SEASON: i64 = 45;
    let around = |day: NaiveDate, before: i64, after: i64| {
        let of_year = day.year() == year;
        of_year.then(|| {
            (
                calendar::add_days(day, -before),
                calendar::add_days(day, after),
            )
        })
    };
    let day_of = |of_month: &OfMonth| {
        of_month
            .known
            .or_else(|| calendar::date(year, of_month.month, of_month.day))
    };
    match asks {
        Asks::NotBefore(day) | Asks::HardlyBefore(day) => around(*day, 0, SEASON),
        Asks::HardlyAfter(day) => around(*day, SEASON, 0),
        Asks::Stamped(day) => around(*day, 4, 0),
        Asks::Past(of_month) => around(day_of(of_month)?, 0, SEASON),
        Asks::Future(of_month) => around(day_of(of_month)?, SEASON, 0),
        Asks::Elapsed(length, of_month) | Asks::After(length, of_month, _) => {
            let (from, _) = around(day_of(of_month)?, 0, 0)?;
            let end = calendar::add_days(from, i64::from(*length));
            Some((calendar::add_days(end, -7), calendar::add_days(end, 7)))
        }
        Asks::Named(_, of_month) | Asks::Head(of_month) | Asks::Dateline(of_month) => {
            around(day_of(of_month)?, 3, 3)
        }
        _ => None,
    }
}

/// True where one constraint by itself ties a date to the day of writing.
pub(super) fn ties(asks: &Asks, day: NaiveDate) -> bool {
    let with_weekday = |of_month: &OfMonth| {
        let near = of_month.near(day);
        let agrees = near.is_some_and(|found| Some(found.weekday()) == of_month.weekday);
        agrees && near.is_some_and(|found| (day - found).num_days().abs() <= 10)
    };
    match asks {
        Asks::Elapsed(..)
        | Asks::After(..)
        | Asks::Named(..)
        | Asks::NamedWeekday(..)
        | Asks::Head(_)
        | Asks::Dateline(_) => one_score(asks, day).is_some_and(|score| score >= 2.0),
        Asks::Week(..) => one_score(asks, day).is_some_and(|score| score >= 1.0),
        Asks::Past(of_month) | Asks::Future(of_month) | Asks::Weekday(of_month) => {
            with_weekday(of_month)
        }
        Asks::Stamped(stamp) => (0..=3).contains(&(*stamp - day).num_days()),
        _ => false,
    }
}

/// Bare weekdays are for days within four days; farther ones take a "last" or a date.
fn weekday_fit(distance: i64) -> f32 {
    match distance {
        0..=4 => 1.0,
        5 => 0.6,
        _ => 0.3,
    }
}
