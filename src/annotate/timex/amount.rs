//! Numbers of a sentence, in digits and words: days of the month, ordinals, cardinals, amounts.

use super::item::{Form, Sentence};
use super::role::Role;
use super::value::Amount;

/// Tokens of the longest number in words, hyphens among them.
const LONGEST_NUMBER: usize = 24;

impl Sentence<'_> {
    /// A day of the month: `9`, `9th`, `ninth`, `twenty-first`; with the position after it.
    pub(super) fn day(&self, i: usize) -> Option<(u8, usize)> {
        let (value, next) = match self.get(i).form {
            Form::Number(value, digits) if digits <= 2 => (value, i + 1),
            Form::Ordinal(value) => (value, i + 1),
            _ => self.ordinal_words(i)?,
        };
        (1..=31).contains(&value).then_some((value as u8, next))
    }

    /// An ordinal, in digits or words.
    pub(super) fn ordinal(&self, i: usize) -> Option<(u32, usize)> {
        match self.get(i).form {
            Form::Ordinal(value) => Some((value, i + 1)),
            _ => self.ordinal_words(i),
        }
    }

    fn ordinal_words(&self, i: usize) -> Option<(u32, usize)> {
        if let Some(value) = self.lex(i).ordinal {
            return Some((u32::from(value), i + 1));
        }
        let tens = self
            .lex(i)
            .cardinal
            .filter(|tens| *tens >= 20 && tens % 10 == 0)?;
        let j = self.skip_hyphen(i + 1);
        let ones = self.lex(j).ordinal.filter(|ones| *ones < 10)?;
        Some((u32::from(tens + ones), j + 1))
    }

    /// A cardinal in digits or words, with the position after it.
    pub(super) fn cardinal(&self, i: usize) -> Option<(u32, usize)> {
        if let Form::Number(value, _) = self.get(i).form {
            return Some(match self.lex(i + 1).scale {
                Some(scale) => (value.checked_mul(scale)?, i + 2),
                None => (value, i + 1),
            });
        }
        let (mut total, mut part, mut at, mut seen) = (0u32, 0u32, i, false);
        // "a hundred" and "a dozen", but not "a" alone.
        if self.is(at, Role::A) && self.lex(at + 1).scale.is_some() {
            (part, at) = (1, at + 1);
        }
        loop {
            // What goes on longer is no number; reading it anew from each word would be quadratic.
            if at > i + LONGEST_NUMBER {
                return None;
            }
            let j = if seen { self.skip_hyphen(at) } else { at };
            let lex = self.lex(j);
            if let Some(value) = lex.cardinal {
                let value = u32::from(value);
                // "nineteen ninety" is a year, not a number; "twenty one" is one.
                let fits = part == 0
                    || part.is_multiple_of(100)
                    || part.is_multiple_of(10) && value < 10 && part % 100 >= 20;
                if !fits {
                    break;
                }
                part += value;
            } else if let Some(scale) = lex.scale {
                if part == 0 && !seen {
                    part = 1;
                }
                if scale >= 1000 {
                    total = total.checked_add(part.checked_mul(scale)?)?;
                    part = 0;
                } else {
                    part = part.checked_mul(scale)?;
                }
            } else if seen
                && self.is(j, Role::And)
                && self.lex(j + 1).cardinal.is_some()
                && (part >= 100 || total > 0)
            {
                at = j + 1;
                continue;
            } else {
                break;
            }
            seen = true;
            at = j + 1;
        }
        seen.then_some((total.checked_add(part)?, at))
    }

    /// `end`, or the position after "or months", "and years" there.
    pub(super) fn or_unit(&self, end: usize) -> usize {
        let joined = self.any(end, &[Role::Or, Role::And])
            && self.lex(end + 1).plural
            && self.lex(end + 1).unit.is_some();
        if joined { end + 2 } else { end }
    }

    /// How many: a number, "a", "half a", "2 1/2", "two and a half", "several", "a few".
    pub(super) fn amount(&self, i: usize) -> Option<(Amount, usize)> {
        let item = self.get(i);
        if let Form::Decimal(whole, fraction) = item.form {
            return (fraction == 5).then_some((Amount::AndHalf(whole), i + 1));
        }
        if let Some((value, at)) = self.cardinal(i) {
            let at = if self.word(at) == "of" && self.lex(at.wrapping_sub(1)).scale.is_some() {
                i
            } else {
                at
            };
            if at == i {
                return None;
            }
            // "2 1/2", "2-1/2"
            let half = self.skip_hyphen(at);
            if self.digits(half) == Some((1, 1))
                && self.mark(half + 1, '/')
                && self.digits(half + 2) == Some((2, 1))
            {
                return Some((Amount::AndHalf(value), half + 3));
            }
            if self.mark(at, '½') {
                return Some((Amount::AndHalf(value), at + 1));
            }
            let and = self.skip_hyphen(at);
            let a = self.skip_hyphen(and + 1);
            let part = self.skip_hyphen(a + 1);
            if self.is(and, Role::And) && self.is(a, Role::A) && self.is(part, Role::Half) {
                return Some((Amount::AndHalf(value), part + 1));
            }
            if value == 2 && self.word(i) == "couple" && self.is(at, Role::Of) {
                return Some((Amount::Exact(2), at + 1));
            }
            return Some((Amount::Exact(value), at));
        }
        if self.is(i, Role::A) {
            if self.word(i + 1) == "few" {
                return Some((Amount::Vague, i + 2));
            }
            if self.word(i + 1) == "couple" {
                return Some((Amount::Exact(2), self.skip(i + 2, Role::Of)));
            }
            return Some((Amount::Exact(1), i + 1));
        }
        // "in as many months" gives no number.
        if item.lex.vague_number && !(i > 0 && self.is(i - 1, Role::As)) {
            let at = if self.is(i + 1, Role::Of) {
                i + 2
            } else {
                i + 1
            };
            return Some((Amount::Vague, at));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn with<T>(text: &str, ask: impl Fn(&Sentence) -> T) -> T {
        let lower = text.to_ascii_lowercase();
        ask(&Sentence::new(text, &lower, Span::new(0, text.len())))
    }

    #[test]
    fn numbers_in_words_and_digits() {
        for (text, want) in [
            ("two", Amount::Exact(2)),
            ("twenty-six", Amount::Exact(26)),
            ("twenty six", Amount::Exact(26)),
            ("a hundred and five", Amount::Exact(105)),
            ("two thousand three hundred", Amount::Exact(2300)),
            ("2 1/2", Amount::AndHalf(2)),
            ("two and a half", Amount::AndHalf(2)),
            ("two-and-a-half", Amount::AndHalf(2)),
            ("1.5", Amount::AndHalf(1)),
            ("a couple of", Amount::Exact(2)),
            ("a few", Amount::Vague),
            ("dozens of", Amount::Vague),
            ("10 million", Amount::Exact(10_000_000)),
        ] {
            let (got, all) = with(text, |s| (s.amount(0), s.len()));
            assert_eq!(got, Some((want, all)), "{text}");
        }
    }
}
