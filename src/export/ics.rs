//! `ics`: events as whole days of a calendar (RFC 5545).
//!
//! Days are civil, so `DTSTART` and `DTEND` are dates without a zone, and the end is exclusive. Undated
//! and open-ended events have no place in a calendar: they are left out and counted.

use super::view::counts;
use super::{Format, Tally, View};
use crate::timeline::{Event, certainty};
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, EventLike};
use std::fmt::Write as _;
use std::io::{self, Write};

/// For calendars.
pub(super) const FORMAT: Format = Format {
    name: "ics",
    extension: "ics",
    help: "a calendar; undated and open-ended events are left out and counted",
    write,
};

fn write(view: &View, out: &mut dyn Write) -> io::Result<Tally> {
    let stamp = stamp(view.newest());
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//dateline//dateline//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.name(&view.title);
    let mut tally = Tally::default();
    for event in &view.events {
        match entry(view, event, stamp) {
            Some(entry) => {
                calendar.push(entry);
                tally.events += 1;
            }
            None => tally.left_out += 1,
        }
    }
    write!(out, "{calendar}")?;
    Ok(tally)
}

/// The required time stamp: from the sources, since a clock would make every export different.
fn stamp(newest: Option<NaiveDate>) -> DateTime<Utc> {
    newest
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map_or(DateTime::UNIX_EPOCH, |at| at.and_utc())
}

fn entry(view: &View, event: &Event, stamp: DateTime<Utc>) -> Option<icalendar::Event> {
    let (start, end) = (event.date.start?, event.date.end?);
    let standing = event.standing().map_or(String::new(), |word| format!("{word}, "));
    let mut told = format!("{standing}{} ({})\n", certainty::words(event), counts(event));
    for citation in &event.mentions {
        // Writing to a string cannot fail.
        let _ = writeln!(told, "\u{201c}{}\u{201d} {}", citation.quote.trim(), view.place(citation));
    }
    let mut made = icalendar::Event::new();
    made.uid(&format!("{}@dateline", event.id.as_str().replace(':', "-")))
        .timestamp(stamp)
        .summary(event.text.trim())
        .description(told.trim())
        .starts(start)
        .ends(end.succ_opt()?)
        .append_property(("TRANSP", "TRANSPARENT"));
    if event.denied {
        made.status(icalendar::EventStatus::Cancelled);
    } else if event.planned {
        made.status(icalendar::EventStatus::Tentative);
    }
    if let Some(place) = view.location(event) {
        made.location(place);
    }
    Some(made.done())
}
