//! From underspecified values to TIMEX3 values and days.
//!
//! Not here: finding expressions. Three things give a value its context: the day of writing, the
//! tense of the clause, and the day that the text is in (the running reference), which every
//! resolved date moves. A text that mostly tells of years far from its own (history) takes open
//! months and weekdays from the running reference, news from the day of writing; this is the
//! split of domains of `HeidelTime` (Strötgen and Gertz 2010), chosen by the text itself.

use super::borrow;
use super::granule::Granule;
use super::lexicon::{HolidayRule, LEXICON};
use super::value::{Amount, Anchor, Base, Clock, Edge, Season, Toward, Under, Unit, Year};
use super::{Expression, Tense, Timex};
use crate::text::Span;
use crate::when::Interval;
use crate::when::calendar::{add_days, date, last_weekday, monday, next_weekday};
use chrono::{Datelike, FixedOffset, NaiveDate, TimeZone, Weekday};

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
        place: 0,
        narrative: is_narrative(expressions, written),
    };
    let mut made = Vec::with_capacity(expressions.len());
    for (i, found) in expressions.iter().enumerate() {
        let borrowed = expressions
            .get(i + 1)
            .and_then(|next| borrow::year(text, found, next))
            .map(|under| Expression { under, ..*found });
        made.push(context.resolve(text, borrowed.as_ref().unwrap_or(found)));
    }
    made
}

/// True where the text tells of years far from the day of writing, and counts few days from it.
fn is_narrative(expressions: &[Expression], written: Option<NaiveDate>) -> bool {
    let (mut far, mut near, mut deictic) = (0, 0, 0);
    for found in expressions {
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
            } => deictic += 1,
            Base::Shift {
                anchor: Anchor::Writing,
                ..
            } => deictic += 1,
            _ => {}
        }
    }
    far >= 5 && far > near && far > 2 * deictic
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
    /// The sentence being read.
    place: u32,
    narrative: bool,
}

impl Context {
    fn resolve(&mut self, text: &str, found: &Expression) -> Timex {
        self.place = found.sentence;
        let under = found.under;
        let mut made = self.base(&under, found.tense, text, found.span);
        if let Some(clock) = under.clock {
            self.with_clock(&mut made, &under, clock);
        }
        if under.approx || matches!(under.edge, Some(Edge::Start | Edge::Mid | Edge::End)) {
            made.interval.approximate = made.interval.is_dated();
        }
        self.narrow(&mut made, under.edge);
        self.remember(&under, made.granule);
        Timex {
            span: found.span,
            kind: found.kind,
            value: made.value,
            interval: made.interval,
            rule: found.rule,
            signal: found.signal,
        }
    }

    /// Moves the running reference.
    fn remember(&mut self, under: &Under, granule: Option<Granule>) {
        let Some(granule) = granule else {
            return;
        };
        if let Base::Quarter { number: 1.., .. } = under.base {
            self.reported = Some((granule, self.place));
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
                    !(-20..=20).contains(&ahead)
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
            .filter(|(_, place)| place + 4 >= self.place)
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

    fn base(&mut self, under: &Under, tense: Tense, text: &str, span: Span) -> Found {
        match under.base {
            Base::Calendar {
                year,
                month,
                day,
                weekday,
                toward,
            } => self.calendar(year, month, day, weekday, toward, tense),
            Base::Shift { unit, by, anchor } => self.shift(unit, by, anchor, tense, under.edge),
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
            Base::Literal("PRESENT_REF") => Found {
                interval: Interval::UNDATED,
                ..Found::open("PRESENT_REF")
            },
            Base::Literal(value) => Found::open(value),
            Base::Length { amount, unit } => Found::open(length(amount, unit)),
            Base::Every { amount, unit } => match under.clock.and_then(|clock| clock.part) {
                Some(_) => Found::open("XXXX-XX-XX"),
                None => Found::open(length(amount, unit)),
            },
            Base::EveryWeekday(day) => Found::open(format!("XXXX-WXX-{day}")),
            Base::Dayless => {
                let _words = span.of(text);
                let day = match self.near(1).map(|granule| (granule, granule.unit())) {
                    Some((granule, Unit::Day)) => granule.start(),
                    _ => self.written,
                };
                match day {
                    Some(day) => Found::granule(Granule::Day(day)),
                    None => Found::open("XXXX-XX-XX"),
                }
            }
        }
    }

    fn with_clock(&self, made: &mut Found, under: &Under, clock: Clock) {
        if let Some(part) = clock.part {
            made.value.push('T');
            made.value.push_str(part.code());
            return;
        }
        let Some(hour) = clock.hour else {
            return;
        };
        let minute = clock.minute.unwrap_or(0);
        made.value.push_str(&format!("T{hour:02}:{minute:02}"));
        if let Some(second) = clock.second {
            made.value.push_str(&format!(":{second:02}"));
        }
        let _ = under;
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

    /// The century of a two-digit year: the latest that does not lie over ten years ahead.
    fn full_year(&self, short: i32) -> i32 {
        if self.narrative
            && let Some(year) = self.running_year()
        {
            return year - year.rem_euclid(100) + short;
        }
        let now = self.written.map_or(2000, |day| day.year());
        let this = now - now.rem_euclid(100) + short;
        if this > now + 10 { this - 100 } else { this }
    }

    fn decade(&self, first: i32) -> i32 {
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

    fn calendar(
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

    fn weekday(&self, weekday: u8, toward: Toward, tense: Tense) -> Option<NaiveDate> {
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
    fn open_year(
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
                let turned = running.month().is_some_and(|last| last >= 10) && month <= 3;
                return Some(running.year() + i32::from(turned));
            }
            _ => self.written?,
        };
        // A weekday beside the date picks the nearest year in which they agree.
        if let (Some(weekday), Some(day)) = (weekday, day) {
            let agrees = |year: &i32| {
                date(*year, month, day)
                    .is_some_and(|d| d.weekday().number_from_monday() == u32::from(weekday))
            };
            let order = [0, -1, 1, -2, -3, -4, -5, -6];
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

    fn shift(
        &self,
        unit: Unit,
        by: i32,
        anchor: Anchor,
        tense: Tense,
        edge: Option<Edge>,
    ) -> Found {
        // "a year ago", said beside the figures of a quarter, is that quarter a year before.
        if unit == Unit::Year
            && by == -1
            && matches!(anchor, Anchor::Ago | Anchor::Either)
            && let Some(reported) = self.reported()
        {
            return Found::granule(reported.years_on(by));
        }
        let counts_years = matches!(unit, Unit::Year | Unit::Decade);
        if matches!(anchor, Anchor::Running | Anchor::Either)
            && (self.narrative || anchor == Anchor::Running)
            && counts_years
            && let Some(year) = self.running_year()
        {
            let by = if unit == Unit::Decade { by * 10 } else { by };
            return Found::granule(match unit {
                Unit::Decade if by == 0 => Granule::Decade(year - year.rem_euclid(10)),
                _ => Granule::Year(year + by),
            });
        }
        let day = match anchor {
            // In a history "this year" is the year it tells of.
            Anchor::Writing if self.narrative && by == 0 && unit != Unit::Day => self.running_day(),
            Anchor::Writing | Anchor::Ago => self.written,
            Anchor::Either if self.narrative => self.running_day(),
            Anchor::Either => {
                // "Oct. 31, up from a year earlier": the same stretch a year before.
                if unit == Unit::Year
                    && by != 0
                    && let Some(granule) = self.near(0)
                {
                    return Found::granule(granule.years_on(by));
                }
                if unit == Unit::Weekend {
                    return Found {
                        ..self.weekend(tense)
                    };
                }
                self.near(1)
                    .filter(|_| by != 0)
                    .and_then(Granule::start)
                    .or(self.written)
            }
            Anchor::Running => self.running_day(),
        };
        let _ = edge;
        match day {
            Some(day) => Found::granule(Granule::shifted(unit, day, by)),
            None => Found::open(open_unit(unit)),
        }
    }

    /// "the weekend": the last one, unless the clause looks ahead.
    fn weekend(&self, tense: Tense) -> Found {
        let Some(day) = self.written else {
            return Found::open(open_unit(Unit::Weekend));
        };
        let weekend = day.weekday().number_from_monday() >= 6;
        let back = i64::from(!weekend && tense != Tense::Future) * 7;
        Found::granule(Granule::Weekend(monday(add_days(day, -back))))
    }

    fn quarter(&self, number: u8, year: Year, toward: Toward, tense: Tense) -> Found {
        let running = match self.reported.or(self.running) {
            Some((Granule::Quarter(year, number), _)) => Some((year, number)),
            _ => None,
        };
        let Some(written) = self.written else {
            return match (self.year(year), number) {
                (Some(year), 1..) => Found::granule(Granule::Quarter(year, number)),
                _ => Found::open(format!(
                    "XXXX-Q{}",
                    if number == 0 {
                        "X".to_owned()
                    } else {
                        number.to_string()
                    }
                )),
            };
        };
        let now = Granule::of(Unit::Quarter, written);
        let Granule::Quarter(this_year, this_number) = now else {
            return Found::open("XXXX-QX");
        };
        if number > 0 {
            let year = self.year(year).unwrap_or(match toward {
                Toward::Next if number <= this_number => this_year + 1,
                Toward::Open if number > this_number && tense != Tense::Future => this_year - 1,
                Toward::Open if number + 1 < this_number && tense == Tense::Future => this_year + 1,
                _ => this_year,
            });
            return Found::granule(Granule::Quarter(year, number));
        }
        let previous = Granule::shifted(Unit::Quarter, written, -1);
        let base = match toward {
            Toward::Open => {
                running.map_or(previous, |(year, number)| Granule::Quarter(year, number))
            }
            Toward::Last => previous,
            Toward::This => now,
            Toward::Next => Granule::shifted(Unit::Quarter, written, 1),
            Toward::RunningLast | Toward::RunningNext => {
                let from = running.map_or(Some(written), |(year, number)| {
                    Granule::Quarter(year, number).start()
                });
                let by = if toward == Toward::RunningLast { -1 } else { 1 };
                from.map_or(now, |from| Granule::shifted(Unit::Quarter, from, by))
            }
        };
        let Granule::Quarter(_, number) = base else {
            return Found::granule(base);
        };
        match year {
            Year::Shift(by) => Found::granule(base.years_on(by)),
            _ => Found::granule(
                self.year(year)
                    .map_or(base, |year| Granule::Quarter(year, number)),
            ),
        }
    }

    fn season(&self, season: Season, year: Year, toward: Toward, tense: Tense) -> Found {
        if let Year::Bc(year) = year {
            return Found::granule(Granule::Season(1 - year, season));
        }
        if let Some(year) = self.year(year) {
            return Found::granule(Granule::Season(year, season));
        }
        let anchor =
            if self.narrative || matches!(toward, Toward::RunningLast | Toward::RunningNext) {
                self.running_day()
            } else {
                self.written
            };
        let Some(anchor) = anchor else {
            return Found::open(format!("XXXX-{}", season.code()));
        };
        let year = anchor.year();
        let begins = date(year, season.first_month(), 1);
        let ahead = begins.map_or(0, |begins| (begins - anchor).num_days());
        let by = match toward {
            Toward::Last | Toward::RunningLast => {
                if ahead > -92 {
                    -1
                } else {
                    0
                }
            }
            Toward::Next | Toward::RunningNext => i32::from(ahead <= 0),
            Toward::This => {
                if season == Season::Winter && anchor.month() < 3 {
                    -1
                } else {
                    0
                }
            }
            Toward::Open if tense == Tense::Future => i32::from(ahead < -92),
            Toward::Open => {
                if ahead > 0 {
                    -1
                } else {
                    0
                }
            }
        };
        Found::granule(Granule::Season(year + by, season))
    }

    fn holiday(&self, index: u16, year: Year, toward: Toward, tense: Tense) -> Found {
        let Some(rule) = LEXICON.holidays.get(usize::from(index)) else {
            return Found::open("XXXX");
        };
        if let Some(year) = self.year(year) {
            return holiday_day(*rule, year).map_or_else(
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
                HolidayRule::Fixed(month, day) => Found::open(format!("XXXX-{month:02}-{day:02}")),
                HolidayRule::Nth { month, .. } => Found::open(format!("XXXX-{month:02}")),
                HolidayRule::Easter(_) => Found::open("XXXX"),
            };
        };
        let year = anchor.year();
        let ahead = holiday_day(*rule, year).map_or(0, |day| (day - anchor).num_days());
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
        holiday_day(*rule, year + by).map_or_else(
            || Found::open(format!("{year:04}")),
            |day| Found::granule(Granule::Day(day)),
        )
    }
}

/// For a date that lies `ahead` days after the day of writing in its own year: the year to take,
/// counted from it.
fn nearest(ahead: i64, tense: Tense) -> i32 {
    match tense {
        // "on Dec. 15", said in November, is the one ahead: last year's would be called that.
        Tense::Past if ahead > 60 => -1,
        Tense::Future if ahead < -60 => 1,
        // With no verb to tell, news looks back, unless the date is close ahead.
        Tense::Unknown if ahead > 60 => -1,
        Tense::Unknown if ahead < -300 => 1,
        _ => 0,
    }
}

fn calendar_value(year: i32, month: Option<u32>, day: Option<u32>) -> Found {
    match (month, day) {
        (Some(month), Some(day)) => match date(year, month, day) {
            Some(day) => Found::granule(Granule::Day(day)),
            None => Found::open(format!(
                "{}-{month:02}-{day:02}",
                super::granule::year_value(year)
            )),
        },
        (Some(month), None) => Found::granule(Granule::Month(year, month)),
        (None, _) => Found::granule(Granule::Year(year)),
    }
}

/// The value of a unit with nothing to count from.
const fn open_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        _ => "XXXX-XX-XX",
    }
}

/// The TIMEX3 value of a length: `P2W`, `PT2H30M`, `P2Y6M`, `PXY`.
fn length(amount: Amount, unit: Unit) -> String {
    let (letter, factor) = unit.letter();
    let time = if unit.is_clock() { "T" } else { "" };
    match amount {
        Amount::Exact(count) => match count.checked_mul(factor) {
            Some(count) => format!("P{time}{count}{letter}"),
            None => format!("P{time}X{letter}"),
        },
        Amount::Vague => match unit {
            Unit::Quarter => "PXQ".to_owned(),
            Unit::Decade => "PXE".to_owned(),
            Unit::Century => "PXC".to_owned(),
            _ => format!("P{time}X{letter}"),
        },
        Amount::AndHalf(whole) => {
            let (small, half) = match unit {
                Unit::Hour => ("M", 30),
                Unit::Minute => ("S", 30),
                Unit::Year => ("M", 6),
                Unit::Day => ("TH", 12),
                Unit::Decade => ("Y", 5),
                Unit::Century => ("Y", 50),
                _ => return format!("P{time}{whole}.5{letter}"),
            };
            match (small, factor) {
                ("Y", factor) => format!("P{}Y", whole.saturating_mul(factor).saturating_add(half)),
                ("TH", _) if whole == 0 => format!("PT{half}H"),
                ("TH", _) => format!("P{whole}DT{half}H"),
                _ if whole == 0 => format!("P{time}{half}{small}"),
                _ => format!("P{time}{whole}{letter}{half}{small}"),
            }
        }
    }
}

/// The day of a holiday in a year.
fn holiday_day(rule: HolidayRule, year: i32) -> Option<NaiveDate> {
    match rule {
        HolidayRule::Fixed(month, day) => date(year, month, day),
        HolidayRule::Nth {
            month,
            nth,
            weekday,
            plus,
        } => {
            let wanted = Weekday::try_from((weekday.checked_sub(1)?) as u8).ok()?;
            let first = next_weekday(date(year, month, 1)?, wanted);
            let day = add_days(first, 7 * i64::from(nth.checked_sub(1)?));
            // The fifth of a month with four is the fourth: "5" means the last.
            let day = if day.month() == month {
                day
            } else {
                add_days(day, -7)
            };
            Some(add_days(day, plus))
        }
        HolidayRule::Easter(plus) => Some(add_days(easter(year)?, plus)),
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, (n / 31) as u32, (n % 31 + 1) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_it_falls() {
        for (year, want) in [
            (1998, "1998-04-12"),
            (2000, "2000-04-23"),
            (2020, "2020-04-12"),
            (2021, "2021-04-04"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), want.parse().ok());
        }
    }

    #[test]
    fn lengths_are_written_as_timex3() {
        assert_eq!(length(Amount::Exact(2), Unit::Quarter), "P6M");
        assert_eq!(length(Amount::AndHalf(2), Unit::Year), "P2Y6M");
        assert_eq!(length(Amount::AndHalf(0), Unit::Hour), "PT30M");
        assert_eq!(length(Amount::Vague, Unit::Hour), "PTXH");
    }
}
