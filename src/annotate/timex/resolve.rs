//! From underspecified values to TIMEX3 values and days.
//!
//! Not here: finding expressions. Three things give a value its context: the day of writing, the
//! tense of the clause, and the day that the text is in (the running reference), which every
//! resolved date moves. A text that mostly tells of years far from its own (history) takes open
//! months and weekdays from the running reference, news from the day of writing; this is the
//! split of domains of `HeidelTime` (Strötgen and Gertz 2010), chosen by the text itself.

mod day;
mod range;
mod stretch;

use super::borrow;
use super::granule::Granule;
use super::length;
use super::value::{Amount, Anchor, Base, Clock, Edge, Toward, Under, Unit, Year};
use super::{Expression, Signal, Tense, Timex};
use crate::when::Interval;
use crate::when::calendar::{add_days, monday};
use chrono::{Datelike, FixedOffset, NaiveDate, TimeZone};
use std::borrow::Cow;
use std::fmt::Write;

/// Gives every expression its value, in order.
pub(super) fn all(
    text: &str,
    expressions: &[Expression],
    written: Option<NaiveDate>,
) -> Vec<Timex> {
    let mut context = Context {
        written,
        running: None,
        reported: None,
        named: None,
        place: 0,
        narrative: is_narrative(expressions, written),
    };
    let mut made = Vec::with_capacity(expressions.len());
    let mut before: Option<Expression> = None;
    for (i, found) in expressions.iter().enumerate() {
        let borrowed = expressions
            .get(i + 1)
            .and_then(|next| borrow::year(text, found, next))
            .or_else(|| borrow::year_before(text, before.as_ref()?, found))
            .map(|under| Expression { under, ..*found });
        let found = borrowed.as_ref().unwrap_or(found);
        made.push(context.resolve(found));
        before = Some(*found);
        if let Some(last) = i.checked_sub(1) {
            range::of_weekdays(text, expressions, &mut made, last);
        }
    }
    made
}

/// True where the text tells of years far from the day of writing, and counts few days from it.
fn is_narrative(expressions: &[Expression], written: Option<NaiveDate>) -> bool {
    let (mut far, mut near, mut deictic, mut early) = (0, 0, 0, false);
    for (i, found) in expressions.iter().enumerate() {
        match found.under.base {
            Base::Calendar {
                year: Year::Known(year),
                ..
            } => {
                if written.is_some_and(|day| (day.year() - year).abs() <= 1) {
                    near += 1;
                } else {
                    far += 1;
                }
            }
            Base::Calendar {
                year: Year::Bc(_), ..
            } => far += 1,
            // Weekdays and "yesterday" are the marks of news.
            Base::Calendar {
                month: None,
                weekday: Some(_),
                ..
            }
            | Base::Shift {
                anchor: Anchor::Writing | Anchor::Ago,
                ..
            } => {
                // News says so at once; in a history a quotation may, rarely.
                early |= i < 3;
                deictic += 1;
            }
            _ => {}
        }
    }
    let rarely = if early { 10 } else { 2 };
    far >= 5 && far > near && far > rarely * deictic
}

/// A value, its days, and what it moves the running reference to.
struct Found {
    value: String,
    interval: Interval,
    granule: Option<Granule>,
}

impl Found {
    fn granule(granule: Granule) -> Self {
        Self {
            value: granule.value(),
            interval: granule.interval(),
            granule: Some(granule),
        }
    }

    fn open(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            interval: Interval::UNDATED,
            granule: None,
        }
    }
}

struct Context {
    /// The day of writing.
    written: Option<NaiveDate>,
    /// The last date the text named, and the sentence it stood in.
    running: Option<(Granule, u32)>,
    /// The quarter that figures are reported for, and the sentence that named it.
    reported: Option<(Granule, u32)>,
    /// The last month that was named with its year, and the sentence that named it.
    named: Option<(i32, u32, u32)>,
    /// The sentence being read.
    place: u32,
    narrative: bool,
}

impl Context {
    fn resolve(&mut self, found: &Expression) -> Timex {
        self.place = found.sentence;
        let under = found.under;
        let mut made = self.base(&under, found.tense);
        if let Some(clock) = under.clock {
            with_clock(&mut made, clock);
        }
        // "at about 9 am" leaves the hour open and not the day.
        let hour = under.clock.is_some_and(|clock| clock.hour.is_some());
        let rough = under.approx && !hour;
        if rough || matches!(under.edge, Some(Edge::Start | Edge::Mid | Edge::End)) {
            made.interval.approximate = made.interval.is_dated();
        }
        self.narrow(&mut made, under.edge);
        self.remember(found, made.granule);
        Timex {
            span: found.span,
            kind: found.kind,
            value: made.value,
            interval: made.interval,
            rule: Cow::Borrowed(found.rule),
            signal: found.signal,
        }
    }

    /// Moves the running reference.
    fn remember(&mut self, found: &Expression, granule: Option<Granule>) {
        let under = &found.under;
        // Figures "for the nine months" are compared with the year before, not with a quarter.
        if let Base::Length {
            amount: Amount::Exact(6 | 9),
            unit: Unit::Month,
        } = under.base
            && found.rule == "length-framed"
            && self.reported.is_some()
            && let Some(day) = self.written
        {
            self.reported = Some((Granule::Year(day.year()), self.place));
        }
        let Some(granule) = granule else {
            return;
        };
        if let (
            Base::Calendar {
                year: Year::Known(year),
                day: None,
                ..
            },
            Granule::Month(_, month),
        ) = (under.base, granule)
        {
            self.named = Some((year, month, self.place));
        }
        match under.base {
            // What is expected of a quarter is no report of it.
            Base::Quarter { number: 1.., .. } if found.tense != Tense::Future => {
                self.reported = Some((granule, self.place));
            }
            Base::Quarter {
                number: 0,
                year: Year::Open,
                toward: Toward::Open,
            } => self.reported = Some((granule, self.place)),
            _ => {}
        }
        // What has held since a day is background: "in the evening" is not of that day.
        if !self.narrative && found.signal == Signal::Since {
            return;
        }
        if self.narrative {
            // History is not told from the day of writing; a look back ("the previous year")
            // and a year named in passing ("unlike in 1812") do not move the tale.
            let still = match under.base {
                Base::Shift {
                    anchor: Anchor::Writing | Anchor::Ago,
                    ..
                }
                | Base::Dayless
                | Base::Decade(_)
                | Base::Century(_) => true,
                Base::Shift { by, .. } => by < 0,
                Base::Calendar {
                    month: None,
                    weekday: None,
                    ..
                } => {
                    let ahead = self
                        .running
                        .map_or(0, |(running, _)| granule.year() - running.year());
                    // Nor does a year that bounds or lies ahead ("since 1976", "planned for 1976").
                    let bounds = matches!(
                        found.signal,
                        Signal::Since | Signal::Until | Signal::Before | Signal::After
                    );
                    bounds || found.tense == Tense::Future || !(-1..=8).contains(&ahead)
                }
                _ => false,
            };
            if still {
                return;
            }
        }
        self.running = Some((granule, self.place));
    }

    /// The year of the running reference, else that of the day of writing; 0 and below are BC.
    fn running_year(&self) -> Option<i32> {
        self.running
            .map(|(granule, _)| granule.year())
            .or_else(|| self.written.map(|day| day.year()))
    }

    /// The quarter under report, where it was named in the last sentences.
    fn reported(&self) -> Option<Granule> {
        self.reported
            .filter(|(_, place)| place + 8 >= self.place)
            .map(|(granule, _)| granule)
    }

    /// "earlier this week" ends with the day of writing, "later this week" begins after it.
    fn narrow(&self, made: &mut Found, edge: Option<Edge>) {
        let (Some(day), Some(granule)) = (self.written, made.granule) else {
            return;
        };
        let (Some(start), Some(end)) = (granule.start(), granule.end()) else {
            return;
        };
        if start > day || day > end || start == end {
            return;
        }
        match edge {
            Some(Edge::Sofar) => made.interval = Interval::range(start, day),
            Some(Edge::Still) => made.interval = Interval::range(day, end),
            _ => {}
        }
    }

    /// The running reference as a day, else the day of writing.
    fn running_day(&self) -> Option<NaiveDate> {
        self.running
            .and_then(|(granule, _)| granule.start())
            .or(self.written)
    }

    /// The running reference, where it stands in this sentence or the one before.
    fn near(&self, reach: u32) -> Option<Granule> {
        self.running
            .filter(|(_, place)| place + reach >= self.place)
            .map(|(granule, _)| granule)
    }

    fn base(&self, under: &Under, tense: Tense) -> Found {
        match under.base {
            Base::Calendar {
                year,
                month,
                day,
                weekday,
                toward,
            } => self.calendar(year, month, day, weekday, toward, tense),
            Base::Shift { unit, by, anchor } => self.shift(unit, by, anchor, tense),
            Base::Quarter {
                number,
                year,
                toward,
            } => self.quarter(number, year, toward, tense),
            Base::Half { number, year } => {
                match self.year(year).or_else(|| Some(self.written?.year())) {
                    Some(year) => Found::granule(Granule::Half(year, number)),
                    None => Found::open(format!("XXXX-H{number}")),
                }
            }
            Base::Season {
                season,
                year,
                toward,
            } => self.season(season, year, toward, tense),
            Base::Decade(first) => Found::granule(Granule::Decade(self.decade(first))),
            Base::Century(number) => Found::granule(Granule::Century(number)),
            Base::Holiday {
                index,
                year,
                toward,
            } => self.holiday(index, year, toward, tense),
            Base::Literal(value) => Found::open(value),
            Base::Length { amount, unit } => Found::open(length::value(amount, unit)),
            Base::Every { amount, unit } => match under.clock.and_then(|clock| clock.part) {
                Some(_) => Found::open("XXXX-XX-XX"),
                None => Found::open(length::value(amount, unit)),
            },
            Base::EveryWeekday(day) => Found::open(format!("XXXX-WXX-{day}")),
            Base::WeekdaysAgo { weekday, count } => {
                let last = self.weekday(weekday, Toward::Last, tense);
                let back = 7 * (i64::from(count) - 1);
                match last.map(|last| add_days(last, -back)) {
                    Some(day) => Found::granule(Granule::Day(day)),
                    None => Found::open(format!("XXXX-WXX-{weekday}")),
                }
            }
            Base::WeekOf { year, month, day } => {
                let day = self
                    .calendar(year, Some(month), Some(day), None, Toward::Open, tense)
                    .granule
                    .and_then(Granule::start);
                match day {
                    Some(day) => Found::granule(Granule::Week(monday(day))),
                    None => Found::open("XXXX-WXX"),
                }
            }
            Base::Dayless => {
                let day = match self.near(1).map(|granule| (granule, granule.unit())) {
                    Some((granule, Unit::Day)) => granule.start(),
                    _ if self.narrative => None,
                    _ => self.written,
                };
                match day {
                    Some(day) => Found::granule(Granule::Day(day)),
                    None => Found::open("XXXX-XX-XX"),
                }
            }
        }
    }

    /// The year that is said or follows from a said one; `None` where it is open.
    fn year(&self, year: Year) -> Option<i32> {
        match year {
            Year::Open | Year::Bc(_) => None,
            Year::Known(year) => Some(year),
            Year::Short(short) => Some(self.full_year(short)),
            Year::Shift(by) => Some(self.written?.year() + by),
            Year::Running(by) => Some(self.running_year()? + by),
        }
    }
}

/// Adds the time of day to a value, and the instant where a zone is stated.
fn with_clock(made: &mut Found, clock: Clock) {
    if let Some(part) = clock.part {
        made.value.push('T');
        made.value.push_str(part.code());
        return;
    }
    let Some(hour) = clock.hour else {
        return;
    };
    let minute = clock.minute.unwrap_or(0);
    let _ = write!(made.value, "T{hour:02}:{minute:02}");
    if let Some(second) = clock.second {
        let _ = write!(made.value, ":{second:02}");
    }
    // Only a stated zone makes an instant.
    if let (Some(zone), Some(Granule::Day(day))) = (clock.zone, made.granule)
        && let Some(offset) = FixedOffset::east_opt(zone.saturating_mul(60))
        && let Some(time) = day.and_hms_opt(
            u32::from(hour % 24),
            u32::from(minute),
            u32::from(clock.second.unwrap_or(0)),
        )
        && let Some(at) = offset.from_local_datetime(&time).single()
    {
        made.interval = Interval {
            at: Some(at),
            ..made.interval
        };
    }
}
