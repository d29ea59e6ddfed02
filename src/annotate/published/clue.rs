//! What the running text says that bears on the day of writing: the clues of the inference.
//!
//! Clues are read off the expressions of [`crate::annotate::timex`], with the little context that
//! dating needs: the sentence, whether it leads the article, whether it stands in a caption.

use super::stamp;
use crate::annotate::timex::{self, Expression, Tense};
use crate::annotate::{Annotated, Role};
use crate::text::Span;
use crate::text::normalize::fold;
use crate::when::calendar;
use chrono::{NaiveDate, Weekday};

/// What a clue says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// A complete day, with its weekday where that is said too.
    Day(NaiveDate, Option<Weekday>),
    /// A day with its clock time on a short line of its own: the stamp of a comment or an update.
    Stamped(NaiveDate),
    /// A day of a month without a year.
    MonthDay {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
        /// The weekday, where said.
        weekday: Option<Weekday>,
        /// Years from the year of writing, where said ("August 9 last year").
        years: Option<i32>,
    },
    /// A month, with its year where that is said or told by "last year".
    Month {
        /// 1 to 12.
        month: u32,
        /// Four digits.
        year: Option<i32>,
    },
    /// A year.
    Year(i32),
    /// A bare weekday.
    Weekday(Weekday),
    /// Days from the day of writing.
    Days(i32),
    /// Calendar weeks from the week of writing.
    Weeks(i32),
    /// Calendar months from the month of writing.
    Months(i32),
    /// Days that have gone by since something ("for five weeks").
    Elapsed(u32),
    /// Days from something to something that has happened ("nine days after the vote").
    After(u32),
}

/// One clue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clue {
    /// Its words.
    pub span: Span,
    /// What it says.
    pub says: Says,
    /// Past or ahead.
    pub tense: Tense,
    /// The sentence that holds it.
    pub sentence: u32,
    /// It stands in the headline or in the first two sentences of the body.
    pub lead: bool,
    /// It stands in a caption.
    pub caption: bool,
}

/// The clues of one article, in the order of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clues(pub Vec<Clue>);

impl Clues {
    /// Days of a month without a year, each once: what other articles can give a year.
    pub fn open_days(&self) -> Vec<(u32, u32)> {
        let mut days: Vec<_> = self
            .0
            .iter()
            .filter_map(|clue| match clue.says {
                Says::MonthDay { month, day, .. } => Some((month, day)),
                _ => None,
            })
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// More clues than this say nothing new; the first of an article are its news.
const MOST: usize = 120;

/// A line shorter than this that holds a day with a clock time is the stamp of something.
const STAMPED: usize = 160;

/// Reads the clues off the expressions.
pub(super) fn collect(article: &Annotated, expressions: &[Expression]) -> Clues {
    let first_body = article
        .sentences
        .iter()
        .position(|span| {
            article
                .block(span.start)
                .is_some_and(|block| block.role == Role::Body)
        })
        .unwrap_or(0);
    let mut made: Vec<Clue> = Vec::new();
    for (index, expression) in expressions.iter().enumerate() {
        if made.len() == MOST {
            break;
        }
        let Some(role) = article.block(expression.span.start).map(|block| block.role) else {
            continue;
        };
        let sentence = article.sentence(expression.span.start);
        let Some(says) = read(article, expressions, index, sentence) else {
            continue;
        };
        made.push(Clue {
            span: expression.span,
            says,
            tense: expression.tense,
            sentence: sentence.unwrap_or(usize::MAX) as u32,
            lead: role == Role::Headline
                || role == Role::Body
                    && sentence.is_some_and(|at| (first_body..first_body + 2).contains(&at)),
            caption: matches!(role, Role::Caption | Role::CaptionRepeat),
        });
    }
    set_stamps_apart(article, &mut made);
    Clues(made)
}

/// Days with a clock time below the lead: two and more are the stamps of comments, wherever they
/// stand; one is, where it has a line of its own.
fn set_stamps_apart(article: &Annotated, clues: &mut [Clue]) {
    let stamped: Vec<(usize, NaiveDate, bool)> = clues
        .iter()
        .enumerate()
        .filter(|(_, clue)| !clue.lead && !clue.caption)
        .filter_map(|(index, clue)| match clue.says {
            Says::Day(day, _) if has_clock(article, clue.span) => {
                let short = article
                    .block(clue.span.start)
                    .is_some_and(|block| block.span.len() < STAMPED);
                Some((index, day, short))
            }
            _ => None,
        })
        .collect();
    let many = stamped.len() >= 2;
    for (index, day, short) in stamped {
        if let Some(clue) = clues.get_mut(index).filter(|_| many || short) {
            clue.says = Says::Stamped(day);
        }
    }
}

/// True where a clock time is part of the date or stands right beside it.
fn has_clock(article: &Annotated, span: Span) -> bool {
    let text = article.text();
    let from = (0..=span.start as usize)
        .rev()
        .take_while(|at| span.start as usize - at <= 16)
        .filter(|at| text.is_char_boundary(*at))
        .last()
        .unwrap_or(0);
    let to = (span.end as usize..=text.len())
        .take_while(|at| at - span.end as usize <= 14)
        .filter(|at| text.is_char_boundary(*at))
        .last()
        .unwrap_or(text.len());
    stamp::find(text.get(from..to).unwrap_or_default())
        .iter()
        .any(|stamp| stamp.year.is_some() && stamp.time.is_some())
}

fn read(
    article: &Annotated,
    expressions: &[Expression],
    index: usize,
    sentence: Option<usize>,
) -> Option<Says> {
    let expression = expressions.get(index)?;
    match expression.clue {
        timex::Clue::Calendar(parts) => match (parts.year, parts.month, parts.day, parts.weekday) {
            (Some(year), Some(month), Some(day), weekday) => {
                calendar::date(year, month, day).map(|date| Says::Day(date, weekday))
            }
            (None, Some(month), Some(day), weekday) => {
                calendar::date(2000, month, day).map(|_| Says::MonthDay {
                    month,
                    day,
                    weekday,
                    years: years_beside(article, expressions, index),
                })
            }
            (year, Some(month), None, _) => Some(Says::Month { month, year }),
            (Some(year), None, None, _) => (1000..2200).contains(&year).then_some(Says::Year(year)),
            (None, None, None, Some(weekday)) => Some(Says::Weekday(weekday)),
            _ => None,
        },
        timex::Clue::Days(days) => (-3..=2).contains(&days).then_some(Says::Days(days)),
        timex::Clue::Weeks(weeks) => (-1..=1).contains(&weeks).then_some(Says::Weeks(weeks)),
        timex::Clue::Months(months) => (-1..=1).contains(&months).then_some(Says::Months(months)),
        timex::Clue::Length(days) => length(article, expression, days, sentence),
        timex::Clue::Years(years) => last_year(expression.span.of(article.text()), years),
        timex::Clue::Other => None,
    }
}

/// "August 9 last year" in one expression.
fn last_year(words: &str, years: i32) -> Option<Says> {
    let stamp = stamp::find(words).into_iter().next()?;
    (stamp.year.is_none() && (-3..=1).contains(&years)).then_some(Says::MonthDay {
        month: stamp.month,
        day: stamp.day,
        weekday: stamp.weekday,
        years: Some(years),
    })
}

/// "last year" right beside a day of a month: the years from the year of writing.
fn years_beside(article: &Annotated, expressions: &[Expression], index: usize) -> Option<i32> {
    let here = expressions.get(index)?;
    let near = |other: Option<&Expression>| {
        let other = other?;
        let timex::Clue::Years(years) = other.clue else {
            return None;
        };
        let (first, second) = if other.span.start < here.span.start {
            (other.span, here.span)
        } else {
            (here.span, other.span)
        };
        let between = article
            .text()
            .get(first.end as usize..second.start as usize)?;
        let close = between.len() <= 8 && !between.contains(['.', ';']);
        (close && (-3..=1).contains(&years)).then_some(years)
    };
    near(expressions.get(index + 1)).or_else(|| near(expressions.get(index.checked_sub(1)?)))
}

/// A length that is time gone by up to the day of writing, or up to an event already past.
///
/// "have been going on for five weeks", "they have marched for five weeks now", "five weeks have
/// passed since"; not "for three years" of a plan or a sentence.
fn length(
    article: &Annotated,
    expression: &Expression,
    days: u32,
    sentence: Option<usize>,
) -> Option<Says> {
    let span = expression.span;
    let sentence = article.sentences.get(sentence?)?;
    if !(2..=400).contains(&days) {
        return None;
    }
    let text = article.text();
    let before = fold(
        text.get(sentence.start as usize..span.start as usize)
            .unwrap_or_default(),
    );
    let after = fold(
        text.get(span.end as usize..sentence.end as usize)
            .unwrap_or_default(),
    );
    let has = |part: &str, words: &[&str]| {
        part.split(|c: char| !c.is_alphanumeric() && c != '\'')
            .any(|word| words.contains(&word))
    };
    let mut lead = before.trim_end();
    for vague in [
        "about",
        "nearly",
        "almost",
        "over",
        "around",
        "more than",
        "some",
        "the past",
        "the last",
    ] {
        lead = lead.strip_suffix(vague).unwrap_or(lead).trim_end();
    }
    let perfect = has(&before, &["have", "has", "'ve", "they've", "we've"])
        && !has(&before, &["will", "would", "could", "may", "had"]);
    let after_for = lead.ends_with(" for") || lead == "for";
    let after = after.trim_start();
    let since = ["since ", "have passed", "have gone by"]
        .iter()
        .any(|words| after.starts_with(words));
    if days >= 7 && (after_for && (perfect || after.starts_with("now")) || since) {
        return Some(Says::Elapsed(days));
    }
    (after.starts_with("after ") && expression.tense != Tense::Future).then_some(Says::After(days))
}
