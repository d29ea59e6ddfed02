//! Time expressions in running text, in two passes.
//!
//! [`recognize`] finds expressions and gives each a value without context; [`resolve`] turns
//! those into TIMEX3 values and intervals with the publication date, the tense of the clause and
//! the running reference time.
//!
//! The rules are families, one file each, over word lists in `assets/timex`; every family carries
//! examples that are its documentation and its tests. Not here: when the article was published
//! ([`super::published`] reads the [`Clue`]s), and what happened when ([`super::event`]).

mod ago;
mod amount;
mod borrow;
mod calendar;
mod clock;
mod decade;
mod directed;
mod duration;
mod feast;
mod frame;
mod granule;
mod holiday;
mod item;
mod length;
mod lexicon;
mod numeric;
mod phrase;
mod quarter;
mod relative;
mod resolve;
mod role;
mod rule;
mod season;
mod set;
mod tense;
#[cfg(test)]
mod tests;
mod unit;
mod vague;
pub mod value;
mod weekday;
mod year;

use super::Annotated;
use crate::text::Span;
use crate::when::Interval;
use chrono::Weekday;
use item::Sentence;
use role::Role;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use value::{Amount, Anchor, Base, Toward, Under, Unit, Year};

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A day or anything coarser.
    #[default]
    Date,
    /// A part of a day or a clock time.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

/// The word before an expression that makes it a bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Signal {
    /// None: it happened then.
    #[default]
    None,
    /// "since 1994": from then on, up to the day of writing.
    Since,
    /// "until Friday", "till", "by", "through": up to then.
    Until,
    /// "before Friday", "prior to": earlier than that.
    Before,
    /// "after Friday", "following": later than that.
    After,
    /// "from May", "between May": the start of a stretch whose end the next expression names.
    From,
    /// "to June", "and June" after [`Signal::From`]: its end.
    To,
    /// "for five weeks": a length that something went on.
    For,
    /// "in five weeks", "within": a length before something ends or happens.
    Within,
}

/// A resolved time expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timex {
    /// Its words, without the signal before it.
    pub span: Span,
    /// Its type.
    pub kind: TimexKind,
    /// Its TIMEX3 value, such as `2020-W38` or `P5W`; `XXXX-08-09` where the year stays open.
    pub value: String,
    /// The days its own words name, where they name any: for "since 1994" the year 1994.
    pub interval: Interval,
    /// What read it, such as `weekday`.
    pub rule: Cow<'static, str>,
    /// The word before it that makes it a bound.
    pub signal: Signal,
}

/// The tense of the clause that holds an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tense {
    /// Said to have happened.
    Past,
    /// Said to lie ahead ("is scheduled to", "will").
    Future,
    /// Neither.
    #[default]
    Unknown,
}

/// Calendar parts that an expression states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The year, four digits.
    pub year: Option<i32>,
    /// The month, 1 to 12.
    pub month: Option<u32>,
    /// The day of the month, 1 to 31.
    pub day: Option<u32>,
    /// The weekday.
    pub weekday: Option<Weekday>,
}

/// What an expression says without context, as far as dating an article needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clue {
    /// Calendar parts ("September 20", "Sunday, September 20", "Aug. 30, 2020", "Friday", "1994").
    Calendar(Calendar),
    /// Days from the day of writing ("yesterday" is -1).
    Days(i32),
    /// Calendar weeks from the week of writing ("last week" is -1).
    Weeks(i32),
    /// Calendar months from the month of writing.
    Months(i32),
    /// Calendar years from the year of writing ("last year" is -1).
    Years(i32),
    /// A length, in days ("five weeks" is 35).
    Length(u32),
    /// Anything else.
    #[default]
    Other,
}

/// An expression before it has context.
#[derive(Clone, Copy, Debug)]
pub struct Expression {
    /// Its words.
    pub span: Span,
    /// Its type.
    pub kind: TimexKind,
    /// The tense of its clause.
    pub tense: Tense,
    /// What it says, for the dating of the article.
    pub clue: Clue,
    /// What it says, in full.
    pub under: Under,
    /// The word before it that makes it a bound.
    pub signal: Signal,
    /// The sentence that holds it: an index into [`Annotated::sentences`].
    pub sentence: u32,
    /// What read it.
    pub rule: &'static str,
}

/// Finds the time expressions of the analysed blocks, rising and disjoint.
pub fn recognize(article: &Annotated) -> Vec<Expression> {
    let text = article.text();
    let lower = text.to_ascii_lowercase();
    let mut made = Vec::new();
    for (index, span) in article.sentences.iter().enumerate() {
        let sentence = Sentence::new(text, &lower, *span);
        read_sentence(&sentence, index as u32, &mut made);
    }
    made
}

fn read_sentence(s: &Sentence, index: u32, made: &mut Vec<Expression>) {
    let mut i = 0;
    while i < s.len() {
        let Some(found) = may_begin(s, i).then(|| phrase::read(s, i)).flatten() else {
            i += 1;
            continue;
        };
        let tense = match toward(&found.under) {
            Toward::Last => Tense::Past,
            Toward::Next => Tense::Future,
            _ => tense::around(s, found.start, found.past()),
        };
        let mut push = |start: usize, end: usize, under: Under| {
            let span = s.span(start, end);
            if !span.is_empty()
                && made
                    .last()
                    .is_none_or(|last: &Expression| last.span.end <= span.start)
            {
                made.push(Expression {
                    span,
                    kind: found.kind,
                    tense,
                    clue: clue(&under),
                    under,
                    signal: signal(s, start),
                    sentence: index,
                    rule: found.rule,
                });
            }
        };
        push(found.start, found.end, found.under);
        if let Some((start, end, under)) = found.second {
            push(start, end, under);
        }
        i = found.past().max(i + 1);
    }
}

/// True where an expression may begin: its heart is near. Most words fail here.
fn may_begin(s: &Sentence, i: usize) -> bool {
    use item::Form;
    let item = s.get(i);
    match item.form {
        Form::Number(..)
        | Form::Ordinal(_)
        | Form::Plural(_)
        | Form::Clock(..)
        | Form::Iso(..)
        | Form::Dotted(..)
        | Form::Decimal(..) => true,
        Form::Mark('\'') => matches!(s.get(i + 1).form, Form::Number(..) | Form::Plural(_)),
        Form::Word => {
            let lex = item.lex;
            lex.is_heart()
                || lex.role.is_some()
                || lex.cardinal.is_some()
                || lex.ordinal.is_some()
                || lex.scale.is_some()
                || lex.vague_number
                || matches!(
                    s.word(i),
                    "its" | "their" | "his" | "comparable" | "corresponding"
                )
                || item.capital && item.span.len() == 2
                || item.capital && item.span.len() == 6 && s.word(i).starts_with("fy")
        }
        _ => false,
    }
}

/// What the word before item `start` makes of the expression.
fn signal(s: &Sentence, start: usize) -> Signal {
    let Some(before) = start.checked_sub(1) else {
        return Signal::None;
    };
    match s.word(before) {
        "since" => Signal::Since,
        "until" | "till" | "by" | "through" => Signal::Until,
        "before" => Signal::Before,
        "to" if s.word_before(before) == "prior" => Signal::Before,
        "after" | "following" => Signal::After,
        "from" | "between" => Signal::From,
        "to" | "and" => Signal::To,
        "for" => Signal::For,
        "in" | "within" => Signal::Within,
        _ if s.is(before, Role::The) && start > 1 && s.word(start - 2) == "since" => Signal::Since,
        _ => Signal::None,
    }
}

/// Which way an expression itself points ("last Friday").
const fn toward(under: &Under) -> Toward {
    match under.base {
        Base::Calendar { toward, .. }
        | Base::Season { toward, .. }
        | Base::Quarter { toward, .. }
        | Base::Holiday { toward, .. } => toward,
        _ => Toward::Open,
    }
}

/// What an underspecified value says to the dating of the article.
fn clue(under: &Under) -> Clue {
    match under.base {
        Base::Calendar {
            year,
            month,
            day,
            weekday,
            toward: Toward::Open | Toward::Last | Toward::Next | Toward::This,
        } => match year {
            Year::Open | Year::Known(_) => Clue::Calendar(Calendar {
                year: match year {
                    Year::Known(year) => Some(year),
                    _ => None,
                },
                month: month.map(u32::from),
                day: day.map(u32::from),
                weekday: weekday.and_then(|day| Weekday::try_from(day.saturating_sub(1)).ok()),
            }),
            Year::Shift(by) => Clue::Years(by),
            _ => Clue::Other,
        },
        Base::Shift {
            unit,
            by,
            anchor: Anchor::Writing | Anchor::Ago,
        } => match unit {
            Unit::Day | Unit::Night => Clue::Days(by),
            Unit::Week | Unit::Weekend => Clue::Weeks(by),
            Unit::Fortnight => Clue::Weeks(by.saturating_mul(2)),
            Unit::Month => Clue::Months(by),
            Unit::Quarter => Clue::Months(by.saturating_mul(3)),
            Unit::Year => Clue::Years(by),
            Unit::Decade => Clue::Years(by.saturating_mul(10)),
            _ => Clue::Other,
        },
        Base::Length {
            amount: Amount::Exact(count),
            unit,
        } if !unit.is_clock() => Clue::Length(count.saturating_mul(unit.days())),
        Base::Length {
            amount: Amount::AndHalf(count),
            unit,
        } if !unit.is_clock() => Clue::Length(
            count
                .saturating_mul(unit.days())
                .saturating_add(unit.days() / 2),
        ),
        _ => Clue::Other,
    }
}

/// Gives expressions their values, from `article.published` and what stands around them.
///
/// The publication date counts where it is one day or a few ("between 14 and 17 September": the
/// first); a month or more leaves years and weekdays open.
pub fn resolve(article: &Annotated, expressions: &[Expression]) -> Vec<Timex> {
    let published = article.published.interval;
    let written = published
        .start
        .filter(|_| published.days().is_some_and(|days| days <= 14));
    resolve::all(article.text(), expressions, written)
}
