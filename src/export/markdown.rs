//! `md`: a heading a day, a line an event, its sources in brackets: to paste into a story.

use super::view::{counts, told};
use super::{Format, Tally, View};
use crate::timeline::{Event, Verdict};
use std::io::{self, Write};

/// For notes and stories.
pub(super) const FORMAT: Format = Format {
    name: "md",
    extension: "md",
    help: "Markdown: a heading a date, a line an event, sources as footnotes",
    write,
};

fn write(view: &View, out: &mut dyn Write) -> io::Result<Tally> {
    writeln!(out, "# {}\n", escaped(&view.title))?;
    let mut heading = String::new();
    let mut notes = 0;
    for event in &view.events {
        let date = told(&event.date);
        if date != heading {
            if !heading.is_empty() {
                writeln!(out)?;
            }
            writeln!(out, "## {date}\n")?;
            heading = date;
        }
        line(event, out)?;
        for _ in &event.mentions {
            notes += 1;
            write!(out, "[^{notes}]")?;
        }
        writeln!(out)?;
        for figure in event.figures.iter().filter(|f| f.verdict == Verdict::Differ) {
            let values: Vec<String> = figure.values.iter().map(|v| escaped(&v.text)).collect();
            writeln!(out, "  - **{} differs:** {}", escaped(&figure.what), values.join(" / "))?;
        }
    }
    writeln!(out)?;
    let citations = view.events.iter().flat_map(|event| &event.mentions);
    for (citation, note) in citations.zip(1..) {
        let quote = escaped(citation.quote.trim()).replace('\n', " ");
        writeln!(out, "[^{note}]: “{quote}” ({})", escaped(&view.place(citation)))?;
    }
    Ok(Tally {
        events: view.events.len(),
        left_out: 0,
    })
}

fn line(event: &Event, out: &mut dyn Write) -> io::Result<()> {
    let standing = match event.standing() {
        Some("planned") => "*Planned.* ",
        Some("denied") => "*Denied.* ",
        Some(_) => "*Called off.* ",
        None => "",
    };
    let text = escaped(event.text.trim()).replace('\n', " ");
    write!(out, "- {standing}{text} ({})", counts(event))
}

/// Text that Markdown leaves alone. Signs that can only begin a block are safe inside a line.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|') {
            made.push('\\');
        }
        made.push(c);
    }
    made
}
