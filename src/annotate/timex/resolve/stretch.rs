//! Stretches counted from an anchor: units from a day, quarters under report, seasons.

use super::super::Tense;
use super::super::granule::Granule;
use super::super::value::{Anchor, Season, Toward, Unit, Year};
use super::{Context, Found};
use crate::when::calendar::{add_days, date, monday};
use chrono::Datelike;

impl Context {
    pub(super) fn shift(&self, unit: Unit, by: i32, anchor: Anchor, tense: Tense) -> Found {
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
            // News that looks back far and often still has a weekend of its own.
            Anchor::Either
                if self.narrative && (unit != Unit::Weekend || self.near(2).is_some()) =>
            {
                self.running_day()
            }
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
        match day {
            Some(day) => Found::granule(Granule::shifted(unit, day, by)),
            None => Found::open(open_unit(unit)),
        }
    }

    /// "the weekend": the last one, unless the clause looks ahead.
    pub(super) fn weekend(&self, tense: Tense) -> Found {
        let Some(day) = self.written else {
            return Found::open(open_unit(Unit::Weekend));
        };
        let weekend = day.weekday().number_from_monday() >= 6;
        let back = i64::from(!weekend && tense != Tense::Future) * 7;
        Found::granule(Granule::Weekend(monday(add_days(day, -back))))
    }

    pub(super) fn quarter(&self, number: u8, year: Year, toward: Toward, tense: Tense) -> Found {
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

    pub(super) fn season(&self, season: Season, year: Year, toward: Toward, tense: Tense) -> Found {
        if let Year::Bc(year) = year {
            return Found::granule(Granule::Season(1 - year, season));
        }
        if let Some(year) = self.year(year) {
            return Found::granule(Granule::Season(year, season));
        }
        if self.narrative
            && toward == Toward::Open
            && let Some(year) = self.running_year()
        {
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
