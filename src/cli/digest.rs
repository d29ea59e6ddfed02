//! `dateline digest`: the story in N dates.

use super::Exit;
use super::input::Reading;
use super::output::{Output, Style};
use crate::export::json::DigestEntry;
use crate::timeline::digest::{Request, digest};
use chrono::NaiveDate;
use serde::Serialize;
use std::path::PathBuf;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline digest --dates 10 ~/story
      the story in ten dates
  dateline digest --dates 5 --sentences 2 --about Lindqvist ~/story
      in five, with two sentences each, about one person";

/// Tell the story in N dates
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    /// Files, folders, or - for JSON Lines on stdin; nothing for the built-in examples.
    paths: Vec<PathBuf>,
    /// Number of dates.
    #[arg(long, value_name = "N", default_value_t = 10)]
    dates: usize,
    /// Sentences for each date.
    #[arg(long, value_name = "K", default_value_t = 1)]
    sentences: usize,
    /// A sentence must hold PHRASE; repeat it for any of several.
    #[arg(long, value_name = "PHRASE")]
    about: Vec<String>,
    /// First day allowed (YYYY-MM-DD, YYYY-MM or YYYY).
    #[arg(long, value_name = "DAY", value_parser = super::day::first)]
    from: Option<NaiveDate>,
    /// Last day allowed (YYYY-MM-DD, YYYY-MM or YYYY).
    #[arg(long, value_name = "DAY", value_parser = super::day::last)]
    to: Option<NaiveDate>,
}

#[derive(Serialize)]
struct Digest {
    v: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    entries: Vec<DigestEntry>,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let topics = args.reading.open_articles(&args.paths, out)?;
    let request = Request {
        dates: args.dates,
        sentences: args.sentences,
        about: args.about.clone(),
        from: args.from,
        to: args.to,
    };
    let mut found = 0;
    let mut objects = Vec::new();
    for topic in topics {
        let entries = digest(&topic.content, &request);
        found += entries.len();
        if args.reading.json.is_some() {
            let entries = entries.iter().map(DigestEntry::from).collect();
            objects.push(Digest { v: 1, topic: topic.name, entries });
            continue;
        }
        if let Some(name) = &topic.name {
            let name = out.paint(Style::Bold, name);
            out.line(name)?;
        }
        for entry in entries {
            for (i, sentence) in entry.sentences.iter().enumerate() {
                let date = if i == 0 { entry.date.to_string() } else { String::new() };
                // What names no day stands here by the day of its article, and what was told
                // beforehand may not have come: both are said.
                let by = entry.note(i).map_or_else(String::new, |note| {
                    out.paint(Style::Dim, &format!(" ({note})"))
                });
                out.line(format!("{date:<11} {sentence}{by}"))?;
            }
        }
    }
    if args.reading.json.is_some() {
        match objects.as_slice() {
            [one] if one.topic.is_none() => out.json_line(one)?,
            several => out.json_line(&several)?,
        }
    }
    Ok(out.exit(found, args.reading.strict))
}
