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
            "It took two-and-a-half years, a day-long talk and months-long quarrels.",
            "2020-09-16",
            &[
                ("two-and-a-half years", "DURATION", "P2Y6M"),
                ("day-long", "DURATION", "P1D"),
                ("months-long", "DURATION", "PXM"),
            ],
        ),
        (
            "A quarter of a century on, he died within weeks or months.",
            "2020-09-16",
            &[
                ("A quarter of a century", "DURATION", "P25Y"),
                ("weeks or months", "DURATION", "PXW"),
            ],
        ),
        (
            "Marches have gone on for five weeks.",
            "2020-09-16",
            &[("five weeks", "DURATION", "P5W")],
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
    if !s.has_unit {
        return None;
    }
    half(s, i)
        .or_else(|| quarter_century(s, i))
        .or_else(|| long(s, i))
        .or_else(|| plain(s, i))
        .or_else(|| bare(s, i))
}

pub(super) fn length(
    i: usize,
    end: usize,
    amount: Amount,
    unit: Unit,
    rule: &'static str,
) -> Match {
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

/// "a quarter of a century", "a quarter-century"
fn quarter_century(s: &Sentence, i: usize) -> Option<Match> {
    let quarter = s.skip(i, Role::A);
    if s.word(quarter) != "quarter" {
        return None;
    }
    let at = s.skip_hyphen(quarter + 1);
    let at = if s.is(at, Role::Of) && s.is(at + 1, Role::A) {
        at + 2
    } else {
        at
    };
    if s.unit(at) != Some(Unit::Century) || s.lex(at).plural {
        return None;
    }
    let found = length(i, at + 1, Amount::Exact(25), Unit::Year, "quarter-century");
    super::ago::shifted(s, i, at + 1, found.under).or(Some(found))
}

/// "day-long", "months-long"
fn long(s: &Sentence, i: usize) -> Option<Match> {
    let lex = s.lex(i);
    let unit = lex.unit?;
    if s.get(i + 1).form != Form::Hyphen || s.word(i + 2) != "long" {
        return None;
    }
    let amount = if lex.plural {
        Amount::Vague
    } else {
        Amount::Exact(1)
    };
    Some(length(i, i + 3, amount, unit, "length-long"))
}

/// An amount and a unit: the amount, the unit and the position after them.
pub(super) fn amount_unit(s: &Sentence, i: usize) -> Option<(Amount, Unit, usize)> {
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
    if article && (lex.plural || matches!(unit, Unit::Second | Unit::Quarter)) {
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
pub(super) fn is_age(s: &Sentence, i: usize, end: usize) -> bool {
    let after = s.skip_hyphen(end);
    s.word(after) == "old"
        || s.word(after) == "olds"
        || s.is(end, Role::Of) && s.word(end + 1) == "age"
        || s.word_before(i) == "aged"
        || s.word(after) == "older"
        || s.word(after) == "younger"
}

fn plain(s: &Sentence, i: usize) -> Option<Match> {
    if matches!(s.before(i).form, Form::Mark('$' | '£' | '€')) {
        return None;
    }
    let (amount, unit, end) = amount_unit(s, i)?;
    if is_age(s, i, end) {
        return None;
    }
    // The program "60 Minutes" is no length.
    let quoted = matches!(s.before(i).form, Form::Mark('"' | '“' | '\'' | '‘' | '`'));
    if quoted && i > 1 && s.get(end - 1).capital {
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
    if s.get(end).form == Form::Hyphen && !matches!(s.word(end + 1), "old" | "period") && article {
        return None;
    }
    let end = if s.get(end).form == Form::Hyphen && s.word(end + 1) == "long" {
        end + 2
    } else if s.is(end, Role::Period) && s.get(end - 1).glued {
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
    fits.then(|| length(i, s.or_unit(i + 1), Amount::Vague, unit, "length-bare"))
}
