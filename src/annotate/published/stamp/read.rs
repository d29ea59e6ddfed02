//! Reads stamps out of tokens: leftmost first, each as long as it can be.

mod clock;

use super::super::lexicon::{Zone, lexicon};
use super::Stamp;
use super::scan::{Kind, Token};
use crate::text::Span;
use crate::when::calendar;
use chrono::{NaiveTime, Weekday};

/// All stamps; `compact` lets eight digits be a day.
pub(super) fn all(tokens: &[Token], compact: bool) -> Vec<Stamp> {
    let reader = Reader { tokens, compact };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((stamp, next)) = reader.stamp(at) {
            found.push(stamp);
            at = next.max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

/// Calendar parts and whether day and month could change places.
#[derive(Clone, Copy)]
struct Day {
    year: Option<i32>,
    month: u32,
    of_month: u32,
    ambiguous: bool,
}

impl Day {
    /// The parts, where such a day exists (29 February without a year does).
    fn new(year: Option<i32>, month: u32, day: u32) -> Option<Self> {
        calendar::date(year.unwrap_or(2000), month, day).map(|_| Self {
            year,
            month,
            of_month: day,
            ambiguous: false,
        })
    }
}

type Clock = (NaiveTime, Option<Zone>);

struct Reader<'t> {
    tokens: &'t [Token],
    compact: bool,
}

impl Reader<'_> {
    fn kind(&self, at: usize) -> Option<&Kind> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    fn gap(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.gap)
    }

    /// A number of at most `most` digits.
    fn number(&self, at: usize, most: usize) -> Option<u32> {
        match self.kind(at)? {
            Kind::Number(value, digits) if *digits <= most => Some(*value),
            _ => None,
        }
    }

    fn digits(&self, at: usize) -> usize {
        match self.kind(at) {
            Some(Kind::Number(_, digits)) => *digits,
            _ => 0,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.kind(at)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.kind(at)? {
            Kind::Mark(mark) => Some(*mark),
            _ => None,
        }
    }

    /// `at`, or the token after it where it is one of `marks`.
    fn past_mark(&self, at: usize, marks: &[char]) -> usize {
        at + usize::from(self.mark(at).is_some_and(|mark| marks.contains(&mark)))
    }

    fn past_word(&self, at: usize, words: &[&str]) -> usize {
        at + usize::from(self.word(at).is_some_and(|word| words.contains(&word)))
    }

    /// A stamp that begins with token `at`, and the token after it.
    fn stamp(&self, at: usize) -> Option<(Stamp, usize)> {
        let with_clock = self.clock(at).and_then(|(clock, next)| {
            let from = self.past_separators(self.past_second_clock(next));
            self.stamp_after(at, from, Some(clock))
        });
        with_clock
            .or_else(|| self.stamp_after(at, at, None))
            .or_else(|| self.weekday_clock(at))
    }

    /// `Fri 6:45 PM, Feb 16, 2018`.
    fn weekday_clock(&self, at: usize) -> Option<(Stamp, usize)> {
        let (weekday, next) = self.weekday(at)?;
        let (clock, next) = self.clock(next)?;
        let (stamp, end) = self.stamp_after(at, self.past_separators(next), Some(clock))?;
        let weekday = stamp.weekday.or(Some(weekday));
        Some((Stamp { weekday, ..stamp }, end))
    }

    /// A stamp whose day begins with token `date_from`, after a clock time that begins at `at`.
    fn stamp_after(
        &self,
        at: usize,
        date_from: usize,
        clock: Option<Clock>,
    ) -> Option<(Stamp, usize)> {
        let (weekday, from) = self
            .weekday(date_from)
            .map_or((None, date_from), |(day, next)| (Some(day), next));
        let (day, inner, after) = self.day(from)?;
        let mut end = after;
        let mut clock = clock.or(inner);
        if clock.is_none() {
            let from = self.past_separators(after);
            if let Some((found, next)) = self.clock(from) {
                clock = Some(found);
                end = next;
            }
        }
        let span = self.tokens.get(at)?.span;
        let last = self.tokens.get(end.checked_sub(1)?)?.span;
        let stamp = Stamp {
            span: Span {
                start: span.start,
                end: last.end,
            },
            year: day.year,
            month: day.month,
            day: day.of_month,
            weekday,
            time: clock.map(|(time, _)| time),
            zone: clock.and_then(|(_, zone)| zone),
            ambiguous: day.ambiguous,
        };
        Some((stamp, end))
    }

    fn weekday(&self, at: usize) -> Option<(Weekday, usize)> {
        let weekday = lexicon().weekday(self.word(at)?)?;
        let next = self.past_mark(self.past_mark(at + 1, &['.']), &[',', '|', '-']);
        Some((
            weekday,
            self.past_word(next, &["the", "den", "le", "el", "on"]),
        ))
    }

    /// A calendar day that begins with token `at`; with the clock time that stands inside it.
    fn day(&self, at: usize) -> Option<(Day, Option<Clock>, usize)> {
        let plain = |(day, next)| (day, None, next);
        match self.kind(at)? {
            Kind::Number(..) => self
                .numeric(at)
                .or_else(|| self.east_asian(at))
                .or_else(|| self.compact(at))
                .or_else(|| self.day_month(at))
                .or_else(|| self.year_month_day(at))
                .map(plain),
            Kind::Word(word) => {
                let month = lexicon().month(word)?;
                self.month_day(month, at + 1)
            }
            Kind::Mark(_) => None,
        }
    }

    /// `2021-04-23`, `23.4.2021`, `4/23/21`.
    fn numeric(&self, at: usize) -> Option<(Day, usize)> {
        let separator = self.mark(at + 1).filter(|mark| "-/.".contains(*mark))?;
        let same = |i: usize| self.mark(i) == Some(separator);
        let glued = (at + 1..=at + 4).all(|i| !self.gap(i));
        // Part of a longer chain: a version or an address, not a day.
        let chained = at > 0 && same(at - 1) && !self.gap(at)
            || same(at + 5) && !self.gap(at + 5) && !self.gap(at + 6) && self.digits(at + 6) > 0;
        if !same(at + 3) || !glued || chained {
            return None;
        }
        let (a, b, c) = (
            self.number(at, 4)?,
            self.number(at + 2, 2)?,
            self.number(at + 4, 4)?,
        );
        let next = at + 5;
        if self.digits(at) == 4 {
            let day = Day::new(Some(a as i32), b, c).filter(|_| self.digits(at + 4) <= 2)?;
            return Some((day, next));
        }
        let year = match self.digits(at + 4) {
            4 => c,
            2 if separator != '-' => 2000 + c,
            _ => return None,
        };
        let year = Some(year as i32);
        let (month_first, day_first) = (Day::new(year, a, b), Day::new(year, b, a));
        let (first, second) = if separator == '.' {
            (day_first, month_first)
        } else {
            (month_first, day_first)
        };
        let ambiguous = first.is_some() && second.is_some() && a != b;
        let day = first.or(second)?;
        Some((Day { ambiguous, ..day }, next))
    }

    /// `2021年4月23日` and its Korean like.
    fn east_asian(&self, at: usize) -> Option<(Day, usize)> {
        let starts =
            |i: usize, signs: &[char]| self.word(i).is_some_and(|word| word.starts_with(signs));
        let fits = starts(at + 1, &['年', '\u{1102}', '년'])
            && starts(at + 3, &['月', '\u{110B}', '월'])
            && starts(at + 5, &['日', '\u{110B}', '일']);
        let year = self.number(at, 4).filter(|_| fits)?;
        let day = Day::new(
            Some(year as i32),
            self.number(at + 2, 2)?,
            self.number(at + 4, 2)?,
        )?;
        Some((day, at + 6))
    }

    /// `20210423`, in fields only.
    fn compact(&self, at: usize) -> Option<(Day, usize)> {
        let value = self
            .number(at, 8)
            .filter(|_| self.compact && self.digits(at) == 8)?;
        let day = Day::new(
            Some((value / 10_000) as i32).filter(|year| (1900..2100).contains(year)),
            value / 100 % 100,
            value % 100,
        )?;
        day.year.map(|_| (day, at + 1))
    }

    /// `23 April 2021`, `23rd of April`, `23-Apr-2021`, `2 de mayo de 2019`.
    fn day_month(&self, at: usize) -> Option<(Day, usize)> {
        let day = self.number(at, 2)?;
        let next = self.past_mark(self.past_ordinal(at + 1), &['.', '-', '/', ',']);
        let next = self.past_word(next, &["of", "de", "den"]);
        let month = lexicon().month(self.word(next)?)?;
        let bare = self.past_mark(next + 1, &['.']);
        let next = self.past_mark(bare, &[',', '-', '/', '\'', '’']);
        let next = self.past_word(next, &["de", "del", "of"]);
        let (year, after) = self
            .year(next, "'’-")
            .map_or((None, bare), |(year, after)| (Some(year), after));
        Day::new(year, month, day).map(|day| (day, after))
    }

    /// `2019 Nov 20`.
    fn year_month_day(&self, at: usize) -> Option<(Day, usize)> {
        let (year, next) = self.year(at, "")?;
        let next = self.past_mark(next, &[',', '-', '/']);
        let month = lexicon().month(self.word(next)?)?;
        let next = self.past_mark(next + 1, &['.', '-', '/']);
        let day = Day::new(Some(year), month, self.number(next, 2)?)?;
        Some((day, self.past_ordinal(next + 1)))
    }

    /// What follows a month name: `23, 2021`, `23rd 2021`, `23 10:00:00 GMT 2021`.
    fn month_day(&self, month: u32, at: usize) -> Option<(Day, Option<Clock>, usize)> {
        let at = self.past_mark(at, &['.', '-']);
        let day = self.number(at, 2)?;
        let after_day = self.past_ordinal(at + 1);
        let next = self.past_mark(after_day, &[',', '.', '-']);
        let next = self.past_mark(next, &['\'', '’']);
        if let Some((year, next)) = self.year(next, "'’") {
            return Some((Day::new(Some(year), month, day)?, None, next));
        }
        if let Some((clock, next)) = self.clock(next)
            && let Some((year, next)) = self.year(next, "")
        {
            return Some((Day::new(Some(year), month, day)?, Some(clock), next));
        }
        // "May 5:30" is a clock time, "March 3.5 million" a number.
        let runs_on = self.mark(after_day).is_some_and(|mark| ":%".contains(mark))
            || self.mark(after_day) == Some('.') && !self.gap(after_day + 1);
        Day::new(None, month, day)
            .filter(|_| !runs_on)
            .map(|day| (day, None, after_day))
    }

    fn past_ordinal(&self, at: usize) -> usize {
        if self.gap(at) {
            return at;
        }
        self.past_word(at, &["st", "nd", "rd", "th", "er", "º", "o", "ª"])
    }

    /// A year in four digits that is not a clock time in four ("1206 GMT"); in two digits only
    /// after one of the marks `short`.
    fn year(&self, at: usize, short: &str) -> Option<(i32, usize)> {
        if self.digits(at) == 4 {
            let year = self.number(at, 4)?;
            let zoned = self
                .word(at + 1)
                .is_some_and(|word| matches!(word, "gmt" | "utc" | "hrs"));
            let plausible = (1000..2200).contains(&year) && !(zoned && year < 1900);
            return plausible.then_some((year as i32, at + 1));
        }
        let apostrophe = at
            .checked_sub(1)
            .and_then(|before| self.mark(before))
            .is_some_and(|mark| short.contains(mark));
        let short = self
            .number(at, 2)
            .filter(|_| apostrophe && self.digits(at) == 2 && !self.gap(at))?;
        Some((2000 + short as i32, at + 1))
    }

    /// Skips what stands between a day and its clock time.
    fn past_separators(&self, at: usize) -> usize {
        const WORDS: &[&str] = &[
            "at", "t", "um", "a", "as", "las", "kl", "klo", "o", "ore", "om", "alle", "в", "on",
            "the", "saat", "godz", "u", "г",
        ];
        let mut next = at;
        for _ in 0..4 {
            let after = self.past_word(self.past_mark(next, &SEPARATORS), WORDS);
            if after == next {
                break;
            }
            next = after;
        }
        next
    }

    /// Skips a second clock time in brackets: `1206 GMT (2006 HKT)`.
    fn past_second_clock(&self, at: usize) -> usize {
        if self.mark(at) != Some('(') {
            return at;
        }
        (at + 1..at + 8)
            .find(|i| self.mark(*i) == Some(')'))
            .map_or(at, |close| close + 1)
    }
}

/// Marks between a day and its clock time.
const SEPARATORS: [char; 14] = [
    ',', '|', '-', '–', '—', '•', '·', '@', '/', ';', '(', ')', ':', '.',
];
