//! Clock times and zones of stamps.

use super::{Clock, Reader};
use crate::annotate::published::lexicon::{Zone, lexicon};
use chrono::NaiveTime;

impl Reader<'_> {
    /// A clock time with its zone: `00:45 GMT+10`, `5:30 pm EDT`, `5 p.m.`, `1206 GMT`, `14h30`.
    pub(super) fn clock(&self, at: usize) -> Option<(Clock, usize)> {
        let digits = self.digits(at);
        let first = self.number(at, 6)?;
        if digits == 6 && self.compact {
            let time = NaiveTime::from_hms_opt(first / 10_000, first / 100 % 100, first % 100)?;
            let (zone, next) = self.zone(at + 1);
            return Some(((time, zone), next));
        }
        if digits == 4 {
            let time = NaiveTime::from_hms_opt(first / 100, first % 100, 0)?;
            let (zone, next) = self.zone(at + 1);
            return zone.map(|zone| ((time, Some(zone)), next));
        }
        if digits > 2 {
            return None;
        }
        let colon = !self.gap(at + 1)
            && (self.mark(at + 1).is_some_and(|mark| ":.".contains(mark))
                || self.word(at + 1) == Some("h"));
        let minute = self
            .number(at + 2, 2)
            .filter(|_| colon && self.digits(at + 2) == 2 && !self.gap(at + 2));
        let (mut next, mut second) = (at + if minute.is_some() { 3 } else { 1 }, 0);
        if minute.is_some()
            && self.mark(next) == Some(':')
            && let Some(value) = self.number(next + 1, 2)
        {
            second = value;
            next += 2;
        }
        let fraction = self
            .mark(next)
            .is_some_and(|mark| matches!(mark, '.' | ','))
            && minute.is_some()
            && !self.gap(next)
            && !self.gap(next + 1)
            && self.digits(next + 1) > 0;
        if fraction {
            next += 2;
        }
        let (half, after) = self.half(next);
        next = after;
        let hour = match half {
            Some(_) if !(1..=12).contains(&first) => first,
            Some(true) => first % 12 + 12,
            Some(false) => first % 12,
            None => {
                minute?;
                first
            }
        };
        let time = NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), second.min(59))?;
        let (zone, next) = self.zone(next);
        Some(((time, zone), next))
    }

    /// `am` (false) or `pm` (true), with or without dots.
    fn half(&self, at: usize) -> (Option<bool>, usize) {
        match self.word(at) {
            Some("am") => (Some(false), at + 1),
            Some("pm") => (Some(true), at + 1),
            Some(letter @ ("a" | "p"))
                if self.mark(at + 1) == Some('.') && self.word(at + 2) == Some("m") =>
            {
                (Some(letter == "p"), self.past_mark(at + 3, &['.']))
            }
            _ => (None, at),
        }
    }

    /// A zone by name, by distance, or both (`GMT+10`); in brackets too.
    fn zone(&self, at: usize) -> (Option<Zone>, usize) {
        let open = self.past_mark(at, &['(']);
        let Some((zone, next)) = self.named_zone(open).or_else(|| self.distance(open)) else {
            return (None, at);
        };
        let closed = if open > at {
            self.past_mark(next, &[')'])
        } else {
            next
        };
        (Some(zone), closed)
    }

    fn named_zone(&self, at: usize) -> Option<(Zone, usize)> {
        let name = self.word(at)?;
        let zone = lexicon().zone(name)?;
        if matches!(name, "gmt" | "utc")
            && let Some(found) = self.distance(at + 1)
        {
            return Some(found);
        }
        Some((zone, at + 1))
    }

    /// `+10`, `-0400`, `+5:30`.
    fn distance(&self, at: usize) -> Option<(Zone, usize)> {
        let sign = match self.mark(at)? {
            '+' => 1,
            '-' | '−' | '–' => -1,
            _ => return None,
        };
        let value = self.number(at + 1, 4).filter(|_| !self.gap(at + 1))? as i32;
        let (hours, minutes, next) = match self.digits(at + 1) {
            4 => (value / 100, value % 100, at + 2),
            1 | 2 if self.mark(at + 2) == Some(':') && self.digits(at + 3) == 2 => {
                (value, self.number(at + 3, 2)? as i32, at + 4)
            }
            1 | 2 => (value, 0, at + 2),
            _ => return None,
        };
        (hours <= 14 && minutes < 60).then_some((Zone::Fixed(sign * (hours * 60 + minutes)), next))
    }
}
