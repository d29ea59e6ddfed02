//! Numbers in words and digits, with the range of values that their wording allows.

use crate::annotate::event::Word;
use std::ops::Range;

/// A number of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// Its words, with its qualifier, scale and unit.
    pub(super) words: Range<usize>,
    /// Its value; for "thousands", the least.
    pub(super) value: f64,
    /// Smallest and largest value meant.
    pub(super) range: (f64, f64),
    /// Neither a bound nor vague.
    pub(super) exact: bool,
    /// "about", "some": a number, roughly.
    pub(super) about: bool,
    /// `%`, a currency, or empty.
    pub(super) unit: &'static str,
}

/// How a qualifier widens a number.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    Exact,
    /// "more than"
    Above,
    /// "just over"
    JustAbove,
    /// "fewer than"
    Below,
    /// "nearly", "just under"
    JustBelow,
    /// "about"
    About,
}

fn small(word: &str) -> Option<f64> {
    Some(match word {
        "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "fifteen" => 15.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        _ => return None,
    })
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "m" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// "dozens", "thousands": the least and the most they stand for.
fn vague(word: &str) -> Option<(f64, f64)> {
    Some(match word {
        "dozens" | "scores" => (24.0, 500.0),
        "hundreds" => (200.0, 9_999.0),
        "thousands" => (2e3, 99_999.0),
        "millions" => (2e6, 99_999_999.0),
        "billions" => (2e9, 99_999_999_999.0),
        _ => return None,
    })
}

fn digits(word: &str) -> Option<f64> {
    let plain: String = word.chars().filter(|c| *c != ',').collect();
    (plain.len() <= 15 && word.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| plain.parse().ok())?
}

/// Finds the numbers of a sentence; `skip` marks words of dates.
pub(super) fn numbers(words: &[Word], skip: &[bool]) -> Vec<Number> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if skip.get(at).copied().unwrap_or(false) {
            at += 1;
            continue;
        }
        let start = at;
        if let Some((low, high)) = vague(text(at)) {
            // "tens of thousands", "hundreds of thousands"
            let (low, high, next) = match (text(at + 1), vague(text(at + 2))) {
                ("of", Some((unit, _))) => (low * unit / 2.0, high * unit / 2.0, at + 3),
                _ => (low, high, at + 1),
            };
            out.push(Number {
                words: start..next,
                value: low,
                range: (low, high),
                exact: false,
                about: false,
                unit: "",
            });
            at = next;
            continue;
        }
        let Some(base) = digits(text(at)).or_else(|| small(text(at))) else {
            at += 1;
            continue;
        };
        let written = text(at);
        let decimals = written
            .split_once('.')
            .map_or(0, |(_, places)| places.len().min(9));
        let mut end = at + 1;
        let mut factor = 1.0;
        if let Some(by) = scale(text(end)) {
            factor = by;
            end += 1;
        }
        let currency = start
            .checked_sub(1)
            .map_or("", |before| match text(before) {
                "$" => "$",
                "\u{20ac}" => "\u{20ac}",
                "\u{a3}" => "\u{a3}",
                _ => "",
            });
        let mut first = start - usize::from(!currency.is_empty());
        let mut unit = currency;
        if matches!(text(end), "%" | "percent") {
            unit = "%";
            end += 1;
        } else if text(end) == "per" && text(end + 1) == "cent" {
            unit = "%";
            end += 2;
        }
        let (bound, qualified) = qualifier(&text, first);
        first = qualified;
        let value = base * factor;
        let step = step(base, decimals, factor, unit == "%");
        let range = match bound {
            Bound::Exact => (value - step / 2.0, value + step / 2.0),
            Bound::Above => (value, f64::INFINITY),
            Bound::JustAbove => (value, value + step.max(value * 0.02)),
            Bound::Below => (f64::NEG_INFINITY, value),
            Bound::JustBelow => (value - step.max(value * 0.1), value),
            Bound::About => (value * 0.88 - step / 2.0, value * 1.12 + step / 2.0),
        };
        out.push(Number {
            words: first..end,
            value,
            range,
            exact: bound == Bound::Exact,
            about: bound == Bound::About,
            unit,
        });
        at = end;
    }
    out
}

/// The precision of a number as written: a unit of its last place that is not a trailing zero.
fn step(base: f64, decimals: usize, factor: f64, share: bool) -> f64 {
    if decimals > 0 {
        return factor / 10_f64.powi(decimals as i32);
    }
    if share || factor > 1.0 {
        return factor;
    }
    // Round counts are rounded counts: 34,000 stands for 33,500 to 34,500; 774 for itself.
    let mut unit = 1.0;
    while base >= 100.0 && unit < 1e15 && base % (unit * 10.0) == 0.0 {
        unit *= 10.0;
    }
    if unit > 1.0 { unit } else { 0.0 }
}

/// The qualifier before word `at`, and where it begins.
fn qualifier<'a>(text: &impl Fn(usize) -> &'a str, at: usize) -> (Bound, usize) {
    let before = |by: usize| at.checked_sub(by).map_or("", text);
    let one = before(1);
    let two = before(2);
    match (two, one) {
        ("just" | "slightly" | "little", "over" | "above") => (Bound::JustAbove, at - 2),
        ("just" | "slightly", "under" | "below") => (Bound::JustBelow, at - 2),
        ("more" | "greater" | "higher" | "other", "than") | ("at", "least") => {
            (Bound::Above, at - 2)
        }
        ("fewer" | "less" | "lower", "than") | ("at", "most") | ("up", "to") => {
            (Bound::Below, at - 2)
        }
        (_, "over" | "above" | "exceeding" | "minimum") => (Bound::Above, at - 1),
        (_, "under" | "below") => (Bound::Below, at - 1),
        (_, "nearly" | "almost") => (Bound::JustBelow, at - 1),
        (_, "about" | "around" | "some" | "roughly" | "approximately" | "estimated") => {
            (Bound::About, at - 1)
        }
        _ => (Bound::Exact, at),
    }
}
