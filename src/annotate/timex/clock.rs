//! Clock times and parts of the day: "10:45 a.m. EDT", "5 pm", "noon Thursday", "00:45 GMT+10".
//!
//! Not here: the day, unless it follows at once ("10 p.m. Wednesday"). A bare `0:00` is the
//! counter of a media player, not a time; it needs "a.m.", a zone, or a preposition.

use super::TimexKind;
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Clock, Part, Under, signed};
use super::{calendar, phrase, relative, weekday};

pub(super) const FAMILY: Family = Family {
    name: "clock",
    read,
    examples: &[
        (
            "Shops had closed by mid-afternoon.",
            "2020-09-16",
            &[("mid-afternoon", "TIME", "2020-09-16TAF")],
        ),
        (
            "Polls opened at 10:45 a.m. EDT.",
            "2020-09-16",
            &[("10:45 a.m. EDT", "TIME", "2020-09-16T10:45")],
        ),
        (
            "Lights went out at 10 p.m. Wednesday.",
            "1998-02-13",
            &[("10 p.m. Wednesday", "TIME", "1998-02-11T22:00")],
        ),
        (
            "Posted 23 Apr 2021, 00:45 GMT+10",
            "2021-04-23",
            &[("23 Apr 2021, 00:45 GMT+10", "TIME", "2021-04-23T00:45")],
        ),
        (
            "They met at noon Thursday.",
            "1998-02-13",
            &[("noon Thursday", "TIME", "1998-02-12T12:00")],
        ),
        (
            "It began on the morning of May 3, 1999.",
            "2000-02-13",
            &[("the morning of May 3, 1999", "TIME", "1999-05-03TMO")],
        ),
        ("0:00 0:04:30 0:00 Auto 240p", "2020-09-16", &[]),
        ("They won 4:2 and 10 to 9.", "2020-09-16", &[]),
        (
            "Wolves hunt at night.",
            "2020-09-16",
            &[("night", "TIME", "XXXX-XX-XXTNI")],
        ),
        (
            "She has lived abroad since August 11. Her ally was held in the early morning.",
            "2020-09-08",
            &[
                ("August 11", "DATE", "2020-08-11"),
                ("the early morning", "TIME", "2020-09-08TMO"),
            ],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    part_of_day(s, i).or_else(|| timed(s, i))
}

fn timed(s: &Sentence, i: usize) -> Option<Match> {
    let (clock, end) = time(s, i)?;
    if s.before(i).form == Form::Mark(':') && s.get(i).glued
        || s.before(i).glued && s.before(i).form == Form::Mark('.')
    {
        return None;
    }
    // The day that follows at once, perhaps after a comma or "on".
    for at in [end, s.skip_comma(end), s.skip(end, Role::On)] {
        if let Some(day) = day(s, at) {
            let under = day.under.with_clock(clock);
            return Some(Match::new(i, day.end, under, TimexKind::Time, "clock-day"));
        }
    }
    if !is_sure(s, i, end, clock) {
        return None;
    }
    Some(Match::new(
        i,
        end,
        Under::new(Base::Dayless).with_clock(clock),
        TimexKind::Time,
        "clock",
    ))
}

fn day(s: &Sentence, at: usize) -> Option<Match> {
    let families = [
        calendar::FAMILY.read,
        weekday::FAMILY.read,
        relative::FAMILY.read,
    ];
    let mut best: Option<Match> = None;
    for read in families {
        if let Some(found) = read(s, at)
            && found.second.is_none()
            && phrase::is_day(&found.under)
            && best.is_none_or(|best| found.end > best.end)
        {
            best = Some(found);
        }
    }
    best
}

/// True where digits read as a clock time are surely one.
pub(super) fn is_sure(s: &Sentence, start: usize, end: usize, clock: Clock) -> bool {
    let named = end > start + 1 || matches!(s.get(start).form, Form::Word);
    let at = start > 0
        && s.any(
            start - 1,
            &[
                Role::At,
                Role::By,
                Role::Until,
                Role::From,
                Role::Approx,
                Role::Before,
                Role::After,
            ],
        );
    let beside_date = matches!(
        s.before(start).form,
        Form::Number(_, 4) | Form::Mark(',') | Form::Dash
    ) && start > 1
        || matches!(s.before(start).form, Form::Iso(..) | Form::Dotted(..));
    named
        || (at || beside_date) && clock.minute.is_some() && clock.second.is_none_or(|_| beside_date)
}

/// A clock time at item `i`, with the position after it.
pub(super) fn time(s: &Sentence, i: usize) -> Option<(Clock, usize)> {
    let item = s.get(i);
    let mut clock = Clock::default();
    let mut at = i + 1;
    match item.form {
        Form::Clock(hour, minute, second) => {
            (clock.hour, clock.minute, clock.second) = (Some(hour), Some(minute), second);
        }
        Form::Number(value, digits) if digits <= 2 && value <= 24 => {
            clock.hour = Some(value as u8);
            let named = s.any(at, &[Role::Am, Role::Pm, Role::Oclock]);
            let in_part =
                s.is(at, Role::In) && s.is(at + 1, Role::The) && s.lex(at + 2).part.is_some();
            if !named && !in_part {
                return None;
            }
        }
        // "0730 GMT", "1430 hours"
        Form::Number(value, 4) if value / 100 < 24 && value % 100 < 60 => {
            let zoned = s.get(at).capital && s.lex(at).zone.is_some() && s.get(at).span.len() > 1;
            if !zoned && !matches!(s.word(at), "hrs" | "hours" | "h") {
                return None;
            }
            (clock.hour, clock.minute) = (Some((value / 100) as u8), Some((value % 100) as u8));
            if !zoned {
                at += 1;
            }
        }
        // "7.30 p.m."
        Form::Decimal(hour, minute)
            if hour <= 24
                && minute < 60
                && (hour <= 12 && s.any(at, &[Role::Am, Role::Pm]) || is_zone(s, at)) =>
        {
            (clock.hour, clock.minute) = (Some(hour as u8), Some(minute as u8));
        }
        Form::Word => match item.lex.role {
            Some(Role::Noon) => (clock.hour, clock.minute) = (Some(12), Some(0)),
            Some(Role::Midnight) => (clock.hour, clock.minute) = (Some(24), Some(0)),
            _ => {
                let hour = item.lex.cardinal.filter(|hour| (1..=12).contains(hour))?;
                let named = s.any(at, &[Role::Oclock, Role::Am, Role::Pm]);
                let in_part =
                    s.is(at, Role::In) && s.is(at + 1, Role::The) && s.lex(at + 2).part.is_some();
                if !named && !in_part {
                    return None;
                }
                clock.hour = Some(hour);
            }
        },
        _ => return None,
    }
    at = s.skip(at, Role::Oclock);
    let mut later = None;
    if s.any(at, &[Role::Am, Role::Pm]) {
        // "am" is also a verb: it must touch digits or be dotted or in capitals.
        later = Some(s.is(at, Role::Pm));
        at += 1;
    } else if s.is(at, Role::In) && s.is(at + 1, Role::The) && s.lex(at + 2).part.is_some() {
        later = Some(s.lex(at + 2).part != Some(Part::Morning));
        at += 3;
    }
    if let (Some(hour), Some(later)) = (clock.hour, later) {
        clock.hour = Some(match (hour, later) {
            (12, false) => 0,
            (1..=11, true) => hour + 12,
            _ => hour,
        });
    }
    if clock.minute.is_none() {
        clock.minute = Some(0);
    }
    let (zone, at) = zone(s, at);
    clock.zone = zone;
    Some((clock, at))
}

/// True for the letters of a zone.
fn is_zone(s: &Sentence, i: usize) -> bool {
    let words = s.get(i).span.of(s.text);
    s.lex(i).zone.is_some() && words.len() > 1 && words.bytes().all(|b| b.is_ascii_uppercase())
}

/// A zone: "EDT", "GMT+10", "local time", "(0735 GMT)".
fn zone(s: &Sentence, i: usize) -> (Option<i32>, usize) {
    let item = s.get(i);
    if matches!(
        s.word(i),
        "local" | "eastern" | "moscow" | "beijing" | "london" | "greenwich"
    ) && s.word(i + 1) == "time"
    {
        return (None, i + 2);
    }
    // "+10:00" after an ISO time
    if let Some(offset) = offset(s, i).filter(|_| item.glued) {
        return (Some(offset), i + 2);
    }
    let upper = item.span.of(s.text).bytes().all(|b| b.is_ascii_uppercase());
    let Some(minutes) = item.lex.zone.filter(|_| upper) else {
        return (None, i);
    };
    match offset(s, i + 1).filter(|_| s.get(i + 1).glued) {
        Some(offset) => (Some(i32::from(minutes) + offset), i + 3),
        None => (Some(i32::from(minutes)), i + 1),
    }
}

/// "+10", "-5", "+05:30", "+0530" in minutes.
fn offset(s: &Sentence, i: usize) -> Option<i32> {
    let sign = match s.get(i).form {
        Form::Mark('+') => 1,
        Form::Mark('-' | '−') | Form::Dash | Form::Hyphen => -1,
        _ => return None,
    };
    if !s.get(i + 1).glued {
        return None;
    }
    let minutes = match s.get(i + 1).form {
        Form::Number(hours, 1..=2) if hours <= 14 => hours * 60,
        Form::Number(both, 4) if both / 100 <= 14 => both / 100 * 60 + both % 100,
        Form::Clock(hours, minutes, None) if hours <= 14 => {
            u32::from(hours) * 60 + u32::from(minutes)
        }
        _ => return None,
    };
    Some(sign * signed(minutes))
}

/// "the morning of May 3", "overnight", "the evening", "mid-afternoon yesterday".
fn part_of_day(s: &Sentence, i: usize) -> Option<Match> {
    let the = s.is(i, Role::The);
    let j = s.skip(i, Role::The);
    let k = if s.any(j, &[Role::Early, Role::Late, Role::Mid]) {
        s.skip_hyphen(j + 1)
    } else {
        j
    };
    let item = s.get(k);
    let part = item.lex.part.filter(|_| !item.lex.plural)?;
    let clock = Clock {
        part: Some(part),
        ..Clock::default()
    };
    let of = s.skip(k + 1, Role::Of);
    for at in [of, s.skip(of, Role::On)] {
        if let Some(day) = day(s, at) {
            return Some(Match::new(
                i,
                day.end,
                day.under.with_clock(clock),
                TimexKind::Time,
                "part-of-day",
            ));
        }
    }
    let noun =
        s.get(k + 1).form == Form::Word && s.lex(k + 1).role.is_none() && s.word(k) != "overnight";
    let fits = s.word(k) == "overnight" && !item.capital
        || the && s.any(i.wrapping_sub(1), &[Role::In])
        || !the && i > 0 && s.any(i - 1, &[Role::At, Role::By]) && part == Part::Night && !noun
        || k > j && s.get(k - 1).form != Form::Hyphen && !noun
        || k > j && s.any(i.wrapping_sub(1), &[Role::By, Role::Until, Role::In]) && !noun;
    // "at night" is any night.
    let base = if i > 0 && s.is(i - 1, Role::At) {
        Base::Literal("XXXX-XX-XX")
    } else {
        Base::Dayless
    };
    fits.then(|| {
        Match::new(
            i,
            k + 1,
            Under::new(base).with_clock(clock),
            TimexKind::Time,
            "part",
        )
    })
}
