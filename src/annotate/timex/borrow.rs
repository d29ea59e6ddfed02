//! A year said once for two dates: "in August and September 1914", "May 15 to August 16, 1988",
//! "on 3 April 2026 and again on 17 April", "in 2030, on May 3 and July 11".
//!
//! Not here: dates that share a month ("5-7 March"), which the calendar family reads at once.

use super::Expression;
use super::value::{Base, Season, Toward, Under, Year};
use crate::text::Span;

/// The value of `found` with the year of `next`, where only a joining word stands between them.
pub(super) fn year(text: &str, found: &Expression, next: &Expression) -> Option<Under> {
    if found.sentence != next.sentence || found.span.end > next.span.start {
        return None;
    }
    if let Some(under) = quarter_ended(text, found, next) {
        return Some(under);
    }
    let month = open_month(&found.under)?;
    let (next_month, year) = known_month(&next.under)?;
    let between = Span {
        start: found.span.end,
        end: next.span.start,
    };
    if !joins(between.of(text)) {
        return None;
    }
    // "from November 15 to February 15, 1989" begins in the year before.
    let turned = month > next_month;
    let year = match year {
        Year::Known(year) if turned => Year::Known(year - 1),
        Year::Bc(year) if turned => Year::Bc(year + 1),
        year => year,
    };
    let base = match found.under.base {
        Base::Calendar {
            month,
            day,
            weekday,
            toward,
            ..
        } => Base::Calendar {
            year,
            month,
            day,
            weekday,
            toward,
        },
        Base::Season { season, toward, .. } => Base::Season {
            season,
            year,
            toward,
        },
        _ => return None,
    };
    Some(Under {
        base,
        ..found.under
    })
}

/// The value of `found` with the year of the expression before it, where the second is only told
/// along with the first.
pub(super) fn year_before(text: &str, before: &Expression, found: &Expression) -> Option<Under> {
    if found.sentence != before.sentence || before.span.end > found.span.start {
        return None;
    }
    open_month(&found.under)?;
    let Base::Calendar {
        year: year @ Year::Known(_),
        weekday: None,
        ..
    } = before.under.base
    else {
        return None;
    };
    let between = Span {
        start: before.span.end,
        end: found.span.start,
    };
    let Base::Calendar {
        month,
        day: Some(day),
        weekday,
        toward,
        ..
    } = found.under.base
    else {
        return None;
    };
    tells_along(between.of(text)).then_some(Under {
        base: Base::Calendar {
            year,
            month,
            day: Some(day),
            weekday,
            toward,
        },
        ..found.under
    })
}

/// True for nothing but small words: "and again on", ", on", "and then on".
fn tells_along(between: &str) -> bool {
    let mut words = between
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let small = words.all(|word| {
        matches!(
            word,
            "and" | "again" | "on" | "then" | "later" | "also" | "once" | "more" | "or"
        )
    });
    small && between.len() <= 24
}

/// "the quarter ended Sept. 30": the quarter that most of the three months before the day lie in.
fn quarter_ended(text: &str, found: &Expression, next: &Expression) -> Option<Under> {
    let Base::Quarter {
        number: 0,
        year: Year::Open,
        toward: Toward::Open,
    } = found.under.base
    else {
        return None;
    };
    let Base::Calendar {
        year: year @ (Year::Open | Year::Known(_)),
        month: Some(month),
        day: Some(day),
        ..
    } = next.under.base
    else {
        return None;
    };
    let between = Span {
        start: found.span.end,
        end: next.span.start,
    };
    if !matches!(
        between.of(text).trim(),
        "ended" | "ending" | "that ended" | "which ended" | "ended on"
    ) {
        return None;
    }
    // The middle of the three months, as a month counted from 0.
    let middle = (u32::from(month) + 9 + u32::from(day > 15)) % 12;
    let before = u32::from(month) + u32::from(day > 15) < 3;
    let year = match year {
        Year::Known(year) if before => Year::Known(year - 1),
        year => year,
    };
    Some(Under {
        base: Base::Quarter {
            number: (middle / 3 + 1) as u8,
            year,
            toward: Toward::Open,
        },
        ..found.under
    })
}

fn joins(between: &str) -> bool {
    let between = between
        .trim()
        .trim_end_matches(" the")
        .trim_end_matches(" early");
    between.len() <= 8
        && matches!(
            between,
            "and"
                | "to"
                | "or"
                | "-"
                | "–"
                | "—"
                | "--"
                | "/"
                | "until"
                | "till"
                | "through"
                | ","
                | ", and"
                | "and in"
                | "to late"
                | "and on"
                | "to the"
                | "and late"
                | "until the"
        )
}

fn open_month(under: &Under) -> Option<u32> {
    match under.base {
        Base::Calendar {
            year: Year::Open,
            month: Some(month),
            toward: Toward::Open,
            ..
        } => Some(u32::from(month)),
        Base::Season {
            season,
            year: Year::Open,
            toward: Toward::Open,
        } => Some(order(season)),
        _ => None,
    }
}

fn known_month(under: &Under) -> Option<(u32, Year)> {
    match under.base {
        Base::Calendar {
            year: year @ (Year::Known(_) | Year::Bc(_) | Year::Short(_)),
            month: Some(month),
            ..
        } => Some((u32::from(month), year)),
        Base::Season {
            season,
            year: year @ (Year::Known(_) | Year::Bc(_) | Year::Short(_)),
            ..
        } => Some((order(season), year)),
        _ => None,
    }
}

const fn order(season: Season) -> u32 {
    season.first_month()
}
