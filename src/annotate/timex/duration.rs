//! Lengths: "five weeks", "a 10-year", "the past two months", "several years", "half an hour".
//!
//! Not here: lengths counted from a day ("five weeks ago"), and ages ("38-year-old", "aged 12
//! years"), which are not read at all.

use super::TimexKind;
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Amount, Base, Under, Unit};

pub(super) const FAMILY: Family = Family {
    name: "duration",
    read,
    examples: &[
        (
            "Marches have gone on for five weeks.",
            "2020-09-16",
            &[("five weeks", "DURATION", "P5W")],
        ),
        (
            "The last four years were hard.",
            "2020-09-16",
            &[("The last four years", "DURATION", "P4Y")],
        ),
        (
            "A two-day visit took 2 1/2 hours.",
            "2020-09-16",
            &[
                ("two-day", "DURATION", "P2D"),
                ("2 1/2 hours", "DURATION", "PT2H30M"),
            ],
        ),
        (
            "He waited half an hour.",
            "2020-09-16",
            &[("half an hour", "DURATION", "PT30M")],
        ),
        (
            "It lasted several years.",
            "2020-09-16",
            &[("several years", "DURATION", "PXY")],
        ),
        (
            "Sales fell in the first nine months.",
            "2020-09-16",
            &[("the first nine months", "DURATION", "P9M")],
        ),
        (
            "Net rose for the year ended March 31; it took a year and a half.",
            "1989-10-31",
            &[
                ("the year", "DURATION", "P1Y"),
                ("March 31", "DATE", "1989-03-31"),
                ("a year and a half", "DURATION", "P1Y6M"),
            ],
        ),
        (
            "It moved from a fiscal year to a calendar year.",
            "1989-10-31",
            &[],
        ),
        (
            "The 38-year-old singer, aged 12 years, is 10 years old.",
            "2020-09-16",
            &[],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    half(s, i)
        .or_else(|| framed(s, i))
        .or_else(|| plain(s, i))
        .or_else(|| bare(s, i))
}

fn length(i: usize, end: usize, amount: Amount, unit: Unit, rule: &'static str) -> Match {
    Match::new(
        i,
        end,
        Under::new(Base::Length { amount, unit }),
        TimexKind::Duration,
        rule,
    )
}

/// "half an hour", "half a year"
fn half(s: &Sentence, i: usize) -> Option<Match> {
    if !s.is(i, Role::Half) || !s.is(s.skip_hyphen(i + 1), Role::A) {
        return None;
    }
    let at = s.skip_hyphen(i + 1) + 1;
    let unit = s.unit(at).filter(|_| !s.lex(at).plural)?;
    Some(length(i, at + 1, Amount::AndHalf(0), unit, "half-unit"))
}

/// An amount and a unit: the amount, the unit and the position after them.
fn amount_unit(s: &Sentence, i: usize) -> Option<(Amount, Unit, usize)> {
    let (amount, at) = s.amount(i)?;
    let article = s.is(i, Role::A) && at == i + 1;
    let mut at = s.skip_hyphen(at);
    // "two to three weeks", "one or two days", "5-6 hours": the first number counts.
    if !article
        && (s.any(at, &[Role::To, Role::Or, Role::And])
            || matches!(s.get(at).form, Form::Dash)
            || s.get(at.wrapping_sub(1)).form == Form::Hyphen)
    {
        let from = if s.get(at.wrapping_sub(1)).form == Form::Hyphen && s.get(at).form != Form::Word
            || s.cardinal(at).is_some()
        {
            at
        } else {
            at + 1
        };
        if let Some((_, after)) = s.cardinal(from)
            && s.unit(s.skip_hyphen(after)).is_some()
        {
            at = s.skip_hyphen(after);
        }
    }
    let between = [
        "more",
        "full",
        "straight",
        "consecutive",
        "whole",
        "long",
        "short",
        "additional",
        "extra",
        "trading",
        "business",
        "working",
        "solid",
        "successive",
        "entire",
        "calendar",
        "light",
        "fiscal",
        "further",
        "extraordinary",
    ];
    for _ in 0..2 {
        if between.contains(&s.word(at))
            && (s.unit(at + 1).is_some() || between.contains(&s.word(at + 1)))
        {
            at += 1;
        }
    }
    let lex = s.lex(at);
    let unit = lex.unit?;
    if matches!(unit, Unit::Second | Unit::Quarter) && article {
        return None;
    }
    // "two second-hand cars", "one quarter of"
    if unit == Unit::Quarter
        && (!lex.plural || s.is(at + 1, Role::Of))
        && !matches!(amount, Amount::Vague)
    {
        return None;
    }
    if unit == Unit::Second && !lex.plural && !matches!(s.get(at).form, Form::Word) {
        return None;
    }
    Some((amount, unit, at + 1))
}

/// True where the words after or before say an age.
fn is_age(s: &Sentence, i: usize, end: usize) -> bool {
    let after = s.skip_hyphen(end);
    s.word(after) == "old"
        || s.word(after) == "olds"
        || s.is(end, Role::Of) && s.word(end + 1) == "age"
        || s.word_before(i) == "aged"
        || s.word(after) == "older"
        || s.word(after) == "younger"
}

/// "the past two months", "the next few days", "the first nine months", "recent years".
fn framed(s: &Sentence, i: usize) -> Option<Match> {
    let each = s.is(i, Role::Each) && s.is(i + 1, Role::Of);
    let j = if each { i + 2 } else { i };
    let the = s.any(j, &[Role::The, Role::These, Role::Those]);
    let k = if the { j + 1 } else { j };
    let fiscal = s.skip(k, Role::Fiscal);
    if the && s.word(fiscal) == "year" && ends_on_date(s, fiscal + 1) {
        return Some(length(
            i,
            fiscal + 1,
            Amount::Exact(1),
            Unit::Year,
            "year-ended",
        ));
    }
    let frame = s.any(
        k,
        &[
            Role::Last,
            Role::Past,
            Role::Previous,
            Role::Next,
            Role::Following,
            Role::Coming,
            Role::Final,
            Role::Latest,
            Role::Recent,
            Role::This,
            Role::Full,
            Role::Early,
            Role::Most,
        ],
    ) || s.lex(k).ordinal.is_some_and(|n| n == 1)
        || matches!(s.get(k).form, Form::Ordinal(1));
    let k = if frame { k + 1 } else { k };
    if !the && !frame {
        return None;
    }
    if let Some((amount, unit, end)) = amount_unit(s, k).filter(|_| !s.is(k, Role::A)) {
        // "the two-day visit": the article belongs to the visit.
        let article = !frame && s.get(end - 1).glued && s.get(end - 2).form == Form::Hyphen;
        if article || is_age(s, i, end) {
            return None;
        }
        return Some(length(i, end, amount, unit, "length-framed"));
    }
    let lex = s.lex(k);
    let unit = lex.unit?;
    if unit.is_clock() && s.is(k - 1, Role::Early) {
        return None;
    }
    if lex.plural && (frame || s.is(j, Role::These)) {
        let end = if s.is(k + 1, Role::Ahead) {
            k + 2
        } else {
            k + 1
        };
        return Some(length(i, end, Amount::Vague, unit, "length-framed-vague"));
    }
    if the && lex.plural && (s.is(k + 1, Role::Ahead) || s.word(k + 1) == "since") {
        return Some(length(i, k + 2, Amount::Vague, unit, "length-ahead"));
    }
    // "the past year", "the full decade"
    if the && s.any(k - 1, &[Role::Past, Role::Full]) && unit != Unit::Quarter {
        return Some(length(i, k + 1, Amount::Exact(1), unit, "length-past"));
    }
    None
}

/// True for "ended" or "ending" and a date, which make a year before it a length.
pub(super) fn ends_on_date(s: &Sentence, at: usize) -> bool {
    matches!(s.word(at), "ended" | "ending" | "ends")
        && (s.lex(at + 1).month.is_some()
            || s.digits(at + 1).is_some()
            || s.is(at + 1, Role::Tomorrow)
            || s.is(at + 1, Role::Today))
}

fn plain(s: &Sentence, i: usize) -> Option<Match> {
    if matches!(s.before(i).form, Form::Mark('$' | '£' | '€')) {
        return None;
    }
    let (amount, unit, end) = amount_unit(s, i)?;
    if is_age(s, i, end) {
        return None;
    }
    // "changed from a fiscal year to a calendar year" tells of a kind of year.
    if s.is(i, Role::A) && s.any(end - 2, &[Role::Fiscal, Role::Financial, Role::Calendar]) {
        return None;
    }
    // "a year and a half", "a minute and a half"
    if let Amount::Exact(whole @ 1) = amount
        && s.is(end, Role::And)
        && s.is(end + 1, Role::A)
        && s.is(end + 2, Role::Half)
    {
        return Some(length(
            i,
            end + 3,
            Amount::AndHalf(whole),
            unit,
            "length-half",
        ));
    }
    // "a day" may be a rate ("$5 a day"); the set family reads that before this one.
    let article = s.is(i, Role::A);
    if article && matches!(unit, Unit::Night | Unit::Weekend | Unit::Second) {
        return None;
    }
    // "a week-long", "a day-care": the unit belongs to a compound.
    if s.get(end).form == Form::Hyphen
        && !matches!(s.word(end + 1), "long" | "old" | "period")
        && article
    {
        return None;
    }
    let end = if s.is(end, Role::Period) && s.get(end - 1).glued {
        end + 1
    } else {
        end
    };
    Some(length(i, end, amount, unit, "length"))
}

/// "for years", "days of rain", "months later" without a number.
fn bare(s: &Sentence, i: usize) -> Option<Match> {
    let lex = s.lex(i);
    let unit = lex.unit.filter(|_| lex.plural)?;
    if matches!(
        unit,
        Unit::Second | Unit::Night | Unit::Quarter | Unit::Weekend
    ) || s.before(i).form == Form::Hyphen
    {
        return None;
    }
    let before = s.word_before(i);
    // "in the early hours of Thursday" is a part of the day.
    if unit.is_clock() && matches!(before, "early" | "small" | "wee") {
        return None;
    }
    let fits = matches!(
        before,
        "for"
            | "in"
            | "after"
            | "over"
            | "within"
            | "took"
            | "take"
            | "takes"
            | "of"
            | "spent"
            | "last"
            | "lasted"
            | "or"
            | "weeks"
            | "months"
    ) || matches!(
        s.word(i + 1),
        "of" | "after" | "before" | "later" | "or" | "and"
    ) && s.lex(i + 2).unit.is_none();
    let fits = fits || matches!(s.word(i + 1), "or") && s.lex(i + 2).unit.is_some();
    fits.then(|| length(i, i + 1, Amount::Vague, unit, "length-bare"))
}
