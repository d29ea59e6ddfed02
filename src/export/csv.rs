//! `csv`: one row an event, for a spreadsheet.
//!
//! A cell that a spreadsheet would run as a formula gets an apostrophe in front: the text comes from
//! strangers (OWASP, "CSV injection").

use super::view::counts;
use super::{Format, Tally, View};
use crate::timeline::{Verdict, certainty};
use std::borrow::Cow;
use std::io::{self, Write};

/// For spreadsheets.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    extension: "csv",
    help: "one row an event, with its citations, for a spreadsheet",
    write,
};

const HEAD: &[&str] = &[
    "start", "end", "precision", "approximate", "how_dated", "planned", "denied", "event", "participants",
    "articles", "voices", "told_by", "figures", "conflicts", "score", "citations", "quotes", "id",
];

fn write(view: &View, out: &mut dyn Write) -> io::Result<Tally> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEAD)?;
    for event in &view.events {
        let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let participants: Vec<&str> = view.names(event).collect();
        let citations: Vec<String> = event.mentions.iter().map(|m| view.place(m)).collect();
        let quotes: Vec<&str> = event.mentions.iter().map(|m| m.quote.trim()).collect();
        let conflicts: Vec<&str> = event.conflicts.iter().map(crate::timeline::EventId::as_str).collect();
        let figures: Vec<String> = event
            .figures
            .iter()
            .map(|figure| {
                let values: Vec<&str> = figure.values.iter().map(|v| v.text.as_str()).collect();
                let verdict = match figure.verdict {
                    Verdict::Agree => "agree",
                    Verdict::Differ => "DIFFER",
                    Verdict::DifferentScope => "different scope",
                };
                format!("{}: {} ({verdict})", figure.what, values.join(" / "))
            })
            .collect();
        let cells = [
            day(event.date.start),
            day(event.date.end),
            event.date.precision.name().to_owned(),
            event.date.approximate.to_string(),
            certainty::words(event).to_owned(),
            event.planned.to_string(),
            event.denied.to_string(),
            event.text.trim().to_owned(),
            participants.join("; "),
            event.articles.len().to_string(),
            event.voices.to_string(),
            counts(event),
            figures.join("; "),
            conflicts.join("; "),
            format!("{:.4}", event.score),
            citations.join("; "),
            quotes.join("\n"),
            event.id.to_string(),
        ];
        table.write_record(cells.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    table.flush()?;
    Ok(Tally {
        events: view.events.len(),
        left_out: 0,
    })
}

/// The cell as text, whatever it begins with.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_stay_text() {
        assert_eq!(harmless("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("2020-08-09"), "2020-08-09");
    }
}
