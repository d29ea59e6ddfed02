//! `timelinejs`: the JSON of Knight Lab's `TimelineJS`.
//!
//! Coarse dates leave out month and day; ranges get an `end_date`; `display_date` says what is not sure.
//! The library shows HTML, so text is escaped. Undated events have no place there.

use super::view::{counts, told};
use super::{Format, Tally, View};
use crate::timeline::Event;
use crate::when::Precision;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

/// For `TimelineJS`.
pub(super) const FORMAT: Format = Format {
    name: "timelinejs",
    extension: "json",
    help: "JSON for TimelineJS; undated events are left out and counted",
    write,
};

#[derive(Serialize)]
struct Timeline {
    title: Slide,
    events: Vec<Slide>,
}

#[derive(Serialize)]
struct Slide {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_id: Option<String>,
}

#[derive(Serialize)]
struct Date {
    year: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u32>,
}

impl Date {
    fn of(day: NaiveDate, precision: Precision) -> Self {
        let coarse = matches!(precision, Precision::Year | Precision::Decade);
        Self {
            year: day.year(),
            month: (!coarse).then(|| day.month()),
            day: (!coarse && precision != Precision::Month).then(|| day.day()),
        }
    }
}

#[derive(Serialize)]
struct Text {
    headline: String,
    text: String,
}

fn write(view: &View, out: &mut dyn Write) -> io::Result<Tally> {
    let events: Vec<Slide> = view.events.iter().filter_map(|event| slide(view, event)).collect();
    let tally = Tally {
        events: events.len(),
        left_out: view.events.len() - events.len(),
    };
    let title = Slide {
        start_date: None,
        end_date: None,
        display_date: None,
        text: Text {
            headline: escaped(&view.title),
            text: format!("{} events from {} articles", tally.events, view.articles.len()),
        },
        group: None,
        unique_id: None,
    };
    serde_json::to_writer(&mut *out, &Timeline { title, events })?;
    out.write_all(b"\n")?;
    Ok(tally)
}

fn slide(view: &View, event: &Event) -> Option<Slide> {
    let date = &event.date;
    let start = date.start.or(date.end)?;
    let single = matches!(date.precision, Precision::Day | Precision::Month | Precision::Year);
    let standing = event.standing().map_or(String::new(), |word| format!("{word}, "));
    let mut text = format!("<p>{standing}{}</p>", counts(event));
    for citation in &event.mentions {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "<blockquote>{} <cite>{}</cite></blockquote>",
            escaped(citation.quote.trim()),
            escaped(&view.place(citation))
        );
    }
    let plain = single && !date.approximate;
    Some(Slide {
        start_date: Some(Date::of(start, date.precision)),
        end_date: date
            .end
            .filter(|end| !single && *end != start)
            .map(|end| Date::of(end, date.precision)),
        display_date: (!plain).then(|| told(date)),
        text: Text {
            headline: escaped(event.text.trim()),
            text,
        },
        group: view.location(event).map(str::to_owned),
        unique_id: Some(event.id.as_str().replace(':', "-")),
    })
}

fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            c => made.push(c),
        }
    }
    made
}
