//! What a clue asks of the day of writing, and how well a day meets it.

use super::super::clue::{Clue, Clues, Says};
use super::super::stamp::Stamp;
use super::Known;
use crate::annotate::Annotated;
use crate::annotate::timex::Tense;
use crate::text::Span;
use crate::when::calendar;
use chrono::{Datelike, NaiveDate, Weekday};

/// A day of a month, with its day where other articles know it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct OfMonth {
    month: u32,
    day: u32,
    weekday: Option<Weekday>,
    years: Option<i32>,
    known: Option<NaiveDate>,
}

impl OfMonth {
    /// The last such day on or before `day`.
    fn before(&self, day: NaiveDate) -> Option<NaiveDate> {
        if let Some(years) = self.years {
            return calendar::date(day.year() + years, self.month, self.day);
        }
        if self.known.is_some() {
            return self.known;
        }
        (0..=8)
            .filter_map(|back| calendar::date(day.year() - back, self.month, self.day))
            .find(|found| *found <= day)
    }

    /// The next such day on or after `day`.
    fn after(&self, day: NaiveDate) -> Option<NaiveDate> {
        (0..=8)
            .filter_map(|ahead| calendar::date(day.year() + ahead, self.month, self.day))
            .find(|found| *found >= day)
    }

    /// The nearest such day.
    fn near(&self, day: NaiveDate) -> Option<NaiveDate> {
        match (self.before(day), self.after(day)) {
            (Some(a), Some(b)) if (day - a).num_days() > (b - day).num_days() => Some(b),
            (a, b) => a.or(b),
        }
    }
}

/// What is asked of the day of writing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asks {
    /// A complete day that is past.
    NotBefore(NaiveDate),
    /// A complete day that may be past.
    HardlyBefore(NaiveDate),
    /// A complete day to come.
    HardlyAfter(NaiveDate),
    /// A day of a month that is past.
    Past(OfMonth),
    /// One to come.
    Future(OfMonth),
    /// One that says its weekday, past or to come.
    Weekday(OfMonth),
    /// A bare weekday that is past; in the lead or not.
    PastWeekday(Weekday, bool),
    /// A bare weekday to come.
    FutureWeekday(Weekday),
    /// The day is so many weeks from the week of writing; for -1 the same week will do.
    Week(i32, OfMonth),
    /// The day is so many months from the month of writing.
    Month(i32, OfMonth),
    /// So many days have gone by since the day.
    Elapsed(u32, OfMonth),
    /// Something happened so many days after the day; on this weekday, where said.
    After(u32, OfMonth, Option<Weekday>),
    /// The day is so many days from the day of writing.
    Named(i32, OfMonth),
    /// The weekday is so many days from the day of writing.
    NamedWeekday(i32, Weekday),
    /// A month that is past, or to come.
    PastMonth(u32),
    FutureMonth(u32),
    /// A year that is past.
    Year(i32),
    /// A line in the head gives the day.
    Head(OfMonth),
    /// A dateline gives the day: that of writing or the day before.
    Dateline(OfMonth),
}

/// One constraint with the words that make it.
#[derive(Clone, Debug)]
pub(super) struct Constraint {
    /// The words.
    pub(super) span: Span,
    /// The rule, as evidence names it.
    pub(super) rule: &'static str,
    asks: Asks,
}

/// Everything that is asked of the day of writing.
pub(super) struct Scene {
    pub(super) constraints: Vec<Constraint>,
}

impl Constraint {
    /// True where the words name a weekday which is wrong in the year of `start`.
    pub(super) fn contradicts_weekday(&self, _scene: &Scene, start: NaiveDate) -> bool {
        let (of_month, found) = match self.asks {
            Asks::Past(of_month) => (of_month, of_month.before(start)),
            Asks::Future(of_month) => (of_month, of_month.after(start)),
            Asks::Weekday(of_month) => (of_month, of_month.near(start)),
            _ => return false,
        };
        found
            .zip(of_month.weekday)
            .is_some_and(|(day, weekday)| day.weekday() != weekday)
    }
}

impl Scene {
    /// Turns clues and header days into constraints.
    pub(super) fn new(
        article: &Annotated,
        clues: &Clues,
        partial: &[(Stamp, Span, bool)],
        known: &Known,
    ) -> Self {
        let mut constraints: Vec<Constraint> = partial
            .iter()
            .take(2)
            .map(|(stamp, span, head)| {
                let day = OfMonth {
                    month: stamp.month,
                    day: stamp.day,
                    weekday: stamp.weekday,
                    years: None,
                    known: None,
                };
                Constraint {
                    span: *span,
                    rule: if *head { "header-day" } else { "dateline-day" },
                    asks: if *head {
                        Asks::Head(day)
                    } else {
                        Asks::Dateline(day)
                    },
                }
            })
            .collect();
        let days: Vec<(&Clue, OfMonth)> = clues
            .0
            .iter()
            .filter_map(|clue| Some((clue, of_month(clue, known)?)))
            .collect();
        let any_past = days
            .iter()
            .any(|(clue, _)| is_past(article, clue) && clue.tense == Tense::Past);
        for (index, clue) in clues.0.iter().enumerate() {
            let made = ask(article, clues, index, &days, known, any_past);
            for (rule, asks) in made.into_iter().flatten() {
                let repeated = constraints.iter().any(|other| other.asks == asks);
                if !repeated {
                    constraints.push(Constraint {
                        span: clue.span,
                        rule,
                        asks,
                    });
                }
            }
        }
        Self { constraints }
    }

    /// True where a day of a month or a complete day bears on the day of writing.
    pub(super) fn names_a_day(&self) -> bool {
        self.constraints.iter().any(|one| {
            matches!(
                one.asks,
                Asks::NotBefore(_)
                    | Asks::HardlyBefore(_)
                    | Asks::Past(_)
                    | Asks::Named(..)
                    | Asks::Elapsed(..)
                    | Asks::Head(_)
                    | Asks::Dateline(_)
            )
        })
    }

    /// How well `day` meets everything; `None` where it cannot be.
    pub(super) fn score(&self, day: NaiveDate) -> Option<f32> {
        let newest = self.newest(day);
        let mut total = newest.map_or(0.0, |newest| nearness(newest, day));
        for constraint in &self.constraints {
            total += one_score(&constraint.asks, day)?;
            if let Asks::PastWeekday(weekday, _) = constraint.asks {
                // Bare weekdays are for newer days than those that are named by date.
                let told = calendar::last_weekday(day, weekday);
                if newest.is_some_and(|newest| told >= newest) {
                    total += 0.5;
                }
            }
        }
        Some(total)
    }

    /// The newest day named by date that is past on `day`.
    fn newest(&self, day: NaiveDate) -> Option<NaiveDate> {
        let of_month = self.constraints.iter().filter_map(|one| match one.asks {
            Asks::Past(of_month) => of_month.before(day).filter(|found| *found <= day),
            _ => None,
        });
        let complete = self.constraints.iter().filter_map(|one| match one.asks {
            Asks::NotBefore(found) | Asks::HardlyBefore(found) => Some(found),
            _ => None,
        });
        let newest = of_month.max();
        // A day with its year beside days without one is background, unless it is newer.
        newest.or_else(|| complete.filter(|found| *found <= day).max())
    }

    /// How much worse `constraint` fares on days around the window than in it.
    pub(super) fn gain(&self, constraint: &Constraint, start: NaiveDate, end: NaiveDate) -> f32 {
        let at = |day| one_score(&constraint.asks, day).unwrap_or(-3.0);
        let around = |from: NaiveDate| (1..=10).map(move |days| calendar::add_days(from, days));
        let worst = around(calendar::add_days(start, -11))
            .chain(around(end))
            .map(at)
            .fold(f32::INFINITY, f32::min);
        let mut gain = at(start) - worst;
        let newest = self.newest(start);
        let told = match constraint.asks {
            Asks::NotBefore(found) | Asks::HardlyBefore(found) => Some(found),
            Asks::Past(of_month) => of_month.before(start),
            _ => None,
        };
        if told.is_some() && told == newest {
            gain += nearness(start, start);
        }
        gain
    }
}

/// News is written within days of the newest day that it names.
fn nearness(newest: NaiveDate, day: NaiveDate) -> f32 {
    let age = (day - newest).num_days();
    if (0..=3).contains(&age) || calendar::monday(newest) == calendar::monday(day) {
        1.5
    } else if age <= 7 {
        0.75
    } else if age <= 14 {
        0.4
    } else if age <= 31 {
        0.2
    } else {
        0.0
    }
}

fn of_month(clue: &Clue, known: &Known) -> Option<OfMonth> {
    match clue.says {
        Says::MonthDay {
            month,
            day,
            weekday,
            years,
        } => Some(OfMonth {
            month,
            day,
            weekday,
            years,
            known: known.days.get(&(month, day)).map(|(day, _)| *day),
        }),
        Says::Day(day, weekday) => Some(OfMonth {
            month: day.month(),
            day: day.day(),
            weekday,
            years: None,
            known: Some(day),
        }),
        _ => None,
    }
}

/// Said to be past, by the verb, by "since" or by standing in a caption.
fn is_past(article: &Annotated, clue: &Clue) -> bool {
    let before = article
        .text()
        .get(..clue.span.start as usize)
        .unwrap_or_default()
        .trim_end();
    clue.tense == Tense::Past
        || clue.tense == Tense::Unknown
            && (clue.caption || before.ends_with("since") || before.ends_with("after"))
}

type Asked = (&'static str, Asks);

/// What one clue asks: up to two constraints.
fn ask(
    article: &Annotated,
    clues: &Clues,
    index: usize,
    days: &[(&Clue, OfMonth)],
    known: &Known,
    any_past: bool,
) -> [Option<Asked>; 2] {
    let Some(clue) = clues.0.get(index) else {
        return [None, None];
    };
    let past = is_past(article, clue);
    let future = clue.tense == Tense::Future;
    let one = |rule, asks| [Some((rule, asks)), None];
    match clue.says {
        Says::Day(day, _) if future => one("month-day-future", Asks::HardlyAfter(day)),
        Says::Day(day, _) if clue.caption => one("caption-date", Asks::NotBefore(day)),
        Says::Day(day, _) if past => one("full-date", Asks::NotBefore(day)),
        Says::Day(day, _) => one("full-date", Asks::HardlyBefore(day)),
        Says::MonthDay { .. } => {
            let Some(day) = of_month(clue, known) else {
                return [None, None];
            };
            let weekday = day
                .weekday
                .map(|_| ("weekday-year", Asks::Weekday(day)))
                .filter(|_| !past && !future);
            if past || !any_past && !future {
                let rule = match (day.years, day.known) {
                    (Some(_), _) => "last-year",
                    (_, Some(_)) => "known-day",
                    _ => "month-day-past",
                };
                [Some((rule, Asks::Past(day))), weekday]
            } else if future {
                one("month-day-future", Asks::Future(day))
            } else {
                [weekday, None]
            }
        }
        Says::Weekday(weekday) if past => {
            let rule = if clue.lead {
                "lead-weekday"
            } else {
                "weekday-past"
            };
            one(rule, Asks::PastWeekday(weekday, clue.lead))
        }
        Says::Weekday(weekday) if future => one("weekday-future", Asks::FutureWeekday(weekday)),
        Says::Month { month, year: None } if past => one("month-past", Asks::PastMonth(month)),
        Says::Month { month, year: None } if future => one("month-ahead", Asks::FutureMonth(month)),
        Says::Month {
            month,
            year: Some(year),
        } if !future => calendar::date(year, month, 1).map_or([None, None], |first| {
            one("year-floor", Asks::NotBefore(first))
        }),
        Says::Year(year) if !future => one("year-floor", Asks::Year(year)),
        Says::Weeks(weeks) => {
            beside(clue, days, 0)
                .filter(|_| weeks <= 0)
                .map_or([None, None], |day| {
                    let rule = if weeks == 0 { "this-week" } else { "last-week" };
                    one(rule, Asks::Week(weeks, day))
                })
        }
        Says::Months(months) => beside(clue, days, 0)
            .filter(|_| months <= 0)
            .map_or([None, None], |day| {
                one("month-shift", Asks::Month(months, day))
            }),
        Says::Days(shift) => named(article, clues, clue, shift, days),
        Says::Elapsed(length) => anchor(clue, days).map_or([None, None], |day| {
            one("elapsed", Asks::Elapsed(length, day))
        }),
        Says::After(length) => anchor(clue, days).map_or([None, None], |day| {
            let weekday = clues.0.iter().find_map(|other| match other.says {
                Says::Weekday(weekday) if gap(other.span, clue.span) <= 40 => Some(weekday),
                _ => None,
            });
            one("elapsed", Asks::After(length, day, weekday))
        }),
        _ => [None, None],
    }
}

/// Bytes between two spans.
fn gap(a: Span, b: Span) -> u32 {
    if a.start < b.start {
        b.start.saturating_sub(a.end)
    } else {
        a.start.saturating_sub(b.end)
    }
}

/// The nearest day of a month within `sentences` of a clue, not said to be ahead.
fn beside(clue: &Clue, days: &[(&Clue, OfMonth)], sentences: u32) -> Option<OfMonth> {
    days.iter()
        .filter(|(other, _)| other.tense != Tense::Future)
        .filter(|(other, _)| other.sentence.abs_diff(clue.sentence) <= sentences)
        .min_by_key(|(other, _)| gap(other.span, clue.span))
        .map(|(_, day)| *day)
}

/// What a length counts from: a day named close by, else the only day that the text names.
fn anchor(clue: &Clue, days: &[(&Clue, OfMonth)]) -> Option<OfMonth> {
    if let Some(day) = beside(clue, days, 1) {
        return Some(day);
    }
    let mut past = days
        .iter()
        .filter(|(other, _)| other.tense != Tense::Future)
        .map(|(_, day)| *day);
    let first = past.next()?;
    past.all(|other| (other.month, other.day) == (first.month, first.day))
        .then_some(first)
}

/// "yesterday, September 13", "today (Monday)".
fn named(
    article: &Annotated,
    clues: &Clues,
    clue: &Clue,
    shift: i32,
    days: &[(&Clue, OfMonth)],
) -> [Option<Asked>; 2] {
    let close = |other: Span| {
        let (first, second) = if other.start < clue.span.start {
            (other, clue.span)
        } else {
            (clue.span, other)
        };
        let between = article
            .text()
            .get(first.end as usize..second.start as usize)
            .unwrap_or("....");
        between.len() <= 6 && !between.contains('.')
    };
    let day = days
        .iter()
        .find(|(other, _)| close(other.span))
        .map(|(_, day)| ("day-named", Asks::Named(shift, *day)));
    let weekday = clues.0.iter().find_map(|other| match other.says {
        Says::Weekday(weekday) if close(other.span) => {
            Some(("day-named", Asks::NamedWeekday(shift, weekday)))
        }
        _ => None,
    });
    [day, weekday]
}

/// How well `day` meets one constraint; `None` where it cannot be.
fn one_score(asks: &Asks, day: NaiveDate) -> Option<f32> {
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

/// Bare weekdays are for days within four days; farther ones take a "last" or a date.
fn weekday_fit(distance: i64) -> f32 {
    match distance {
        0..=4 => 1.0,
        5 => 0.6,
        _ => 0.3,
    }
}
