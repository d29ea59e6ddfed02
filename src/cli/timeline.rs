//! `dateline timeline`: the combined events of all articles.

use super::Exit;
use super::input::Reading;
use super::output::{Output, Style};
use super::selection::Selection;
use crate::export::json;
use crate::store::EventRow;
use crate::timeline::Verdict;
use clap::ValueEnum;
use std::path::PathBuf;

/// How far apart the headings of the timeline stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Zoom {
    /// One heading a day.
    Day,
    /// One a week.
    Week,
    /// One a month.
    Month,
    /// One a year.
    Year,
}

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline timeline --zoom month ~/story
      events under a heading for each month
  dateline timeline --entity Lindqvist --entity Berg ~/story
      only what concerns both
  dateline timeline --from 2020-08 --to 2020-10 --max 20 ~/story
      the twenty that matter most of three months";

/// Print one timeline of the events in all articles
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    /// Files, folders, or - for JSON Lines on stdin; nothing for the built-in examples.
    paths: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// Group the events under headings.
    #[arg(long, value_name = "UNIT")]
    zoom: Option<Zoom>,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let topics = args.reading.open_topics(&args.paths, out)?;
    let mut made = Vec::new();
    for topic in topics {
        let rows = args.selection.rows(&*topic.content, out);
        made.push((topic, rows));
    }
    let found = made.iter().map(|(_, rows)| rows.len()).sum();
    if let Some(form) = args.reading.json {
        let objects = made.iter().flat_map(|(topic, rows)| {
            let mut places = json::Places::new(topic.content.clone());
            rows.iter().map(move |row| {
                json::event(&row.event, topic.name.as_deref(), &mut |id, span| places.find(id, span))
            })
        });
        out.json_all(form, objects)?;
        return Ok(out.exit(found, args.reading.strict));
    }
    for (topic, rows) in &made {
        if let Some(name) = &topic.name {
            let name = out.paint(Style::Bold, name);
            out.line(name)?;
        }
        let mut heading = None;
        for row in rows {
            let bucket = args.zoom.map(|zoom| bucket(row, zoom));
            if bucket.is_some() && bucket != heading {
                let text = out.paint(Style::Bold, bucket.as_deref().unwrap_or(""));
                out.line(text)?;
                heading = bucket;
            }
            for line in lines(row, out) {
                out.line(line)?;
            }
        }
    }
    Ok(out.exit(found, args.reading.strict))
}

fn bucket(row: &EventRow, zoom: Zoom) -> String {
    use crate::when::Interval;
    let date = &row.event.date;
    let Some(day) = date.start.or(date.end) else {
        return "undated".to_owned();
    };
    match zoom {
        Zoom::Day => day.to_string(),
        Zoom::Week => format!("week of {}", crate::when::calendar::monday(day)),
        Zoom::Month => Interval::month(day).to_string(),
        Zoom::Year => chrono::Datelike::year(&day).to_string(),
    }
}

fn lines(row: &EventRow, out: &Output) -> Vec<String> {
    let event = &row.event;
    let about = if event.date.approximate { "≈" } else { "" };
    let planned = event.standing().map_or(String::new(), |word| format!(" ({word})"));
    let count = match (event.articles.len(), event.voices) {
        (1, _) => "1 article".to_owned(),
        (n, voices) => format!("{n} articles, {voices} independent"),
    };
    let head = format!("{:<24} {}{planned}", format!("{}{about}", event.date), event.text);
    let mut lines = vec![head, format!("{:24} {}", "", out.paint(Style::Dim, &count))];
    for citation in &event.mentions {
        let line = citation.line.map_or_else(String::new, |line| format!(":{line}"));
        let place = format!("{:26} {}{line}", "", citation.article);
        lines.push(out.paint(Style::Dim, &place));
    }
    for figure in event.figures.iter().filter(|f| f.verdict != Verdict::DifferentScope) {
        let values: Vec<&str> = figure.values.iter().map(|v| v.text.as_str()).collect();
        let verdict = if figure.verdict == Verdict::Agree { "agree" } else { "DIFFER" };
        lines.push(format!("{:26} {}: {} {verdict}", "", figure.what, values.join(" / ")));
    }
    lines
}
