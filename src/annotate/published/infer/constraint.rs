//! What a clue asks of the day of writing, and how well a day meets it.

mod ask;
mod score;

use super::super::clue::{Clue, Clues};
use super::super::stamp::Stamp;
use super::Known;
use crate::annotate::Annotated;
use crate::annotate::timex::Tense;
use crate::text::Span;
use crate::when::calendar;
use ask::{ask, is_past, of_month};
use chrono::{Datelike, NaiveDate, Weekday};
use score::{one_score, ties};

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
    /// The first stamp of a comment: news comes before it, and not long before.
    Stamped(NaiveDate),
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
    /// The sentence that holds the words.
    sentence: u32,
    /// They stand in the lead.
    lead: bool,
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
                    sentence: 0,
                    lead: false,
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
                        sentence: clue.sentence,
                        lead: clue.lead,
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

    /// The days of a year that lie where something places the day of writing.
    ///
    /// The best day is among them: away from all of them nothing but weekdays is met.
    pub(super) fn promising(&self, year: i32) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        let Some(first) = calendar::date(year, 1, 1) else {
            return days;
        };
        let last = calendar::add_days(calendar::add_years(first, 1), -1);
        let mut ranges: Vec<(NaiveDate, NaiveDate)> = self
            .constraints
            .iter()
            .flat_map(|one| [year - 1, year].map(|year| score::range(&one.asks, year)))
            .flatten()
            .map(|(from, to)| (from.max(first), to.min(last)))
            .filter(|(from, to)| from <= to)
            .collect();
        ranges.sort_unstable();
        let mut next = first;
        for (from, to) in ranges {
            let mut day = from.max(next);
            while day <= to {
                days.push(day);
                day = calendar::add_days(day, 1);
            }
            next = next.max(day);
        }
        days
    }

    /// The newest day named by date that is past on `day`.
    pub(super) fn newest(&self, day: NaiveDate) -> Option<NaiveDate> {
        let of_month = self.constraints.iter().filter_map(|one| match one.asks {
            Asks::Past(of_month) => of_month.before(day).filter(|found| *found <= day),
            _ => None,
        });
        let complete = |fresh: bool| {
            let told = self
                .constraints
                .iter()
                .filter_map(move |one| match one.asks {
                    Asks::NotBefore(found) | Asks::HardlyBefore(found) => {
                        let new = matches!(one.rule, "caption-date" | "dated-weekday");
                        (new || !fresh).then_some(found)
                    }
                    _ => None,
                });
            told.filter(|found| *found <= day).max()
        };
        // A day with its year beside days without one is background, unless a picture or its
        // weekday makes it news.
        of_month
            .max()
            .max(complete(true))
            .or_else(|| complete(false))
    }

    /// True where something ties the newest day to the day of writing.
    ///
    /// News names the days of its own week by weekday and older ones by date (so the stylebooks of
    /// agencies, and so the counts: of articles with both, four in five were written more than a
    /// week after the newest date). A date alone is thus a floor; a length, a week, a weekday said
    /// with it, or a cluster of dates makes it more.
    pub(super) fn is_tied(&self, day: NaiveDate) -> bool {
        let bare_weekdays = self
            .constraints
            .iter()
            .any(|one| matches!(one.asks, Asks::PastWeekday(..)));
        let Some(newest) = self.newest(day) else {
            return self.constraints.iter().any(|one| ties(&one.asks, day));
        };
        let age = (day - newest).num_days();
        let told = self.constraints.iter().filter_map(|one| {
            let found = match one.asks {
                Asks::NotBefore(found) | Asks::HardlyBefore(found) => Some(found),
                Asks::Past(of_month) => of_month.before(day),
                _ => None,
            }?;
            Some((one, found))
        });
        let (mut cluster, mut photographed, mut leads, mut paired) = (0, false, false, false);
        let mut seen = Vec::new();
        for (one, found) in told {
            let near = (newest - found).num_days();
            if (0..=3).contains(&near) && !seen.contains(&found) {
                seen.push(found);
                cluster += 1;
            }
            if near == 0 {
                photographed |= one.rule == "caption-date";
                leads |= one.lead;
                paired |= self.constraints.iter().any(|other| {
                    let Asks::PastWeekday(weekday, _) = other.asks else {
                        return false;
                    };
                    let apart = one.sentence.abs_diff(other.sentence);
                    // In one sentence the weekday may be the day after: "on Sunday, a day after".
                    weekday == found.weekday() && apart <= 1
                        || weekday == found.weekday().succ() && apart == 0
                });
            }
        }
        self.constraints.iter().any(|one| ties(&one.asks, day))
            || photographed && age <= 7
            || paired && age <= 6
            || leads && cluster >= 2 && age <= 6
            || !bare_weekdays && age <= 6 && (cluster >= 2 || leads)
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
