//! `dateline entities`: people, organizations and places, with their spellings.

use super::Exit;
use super::input::Reading;
use super::output::{Output, Style};
use crate::export::json;
use crate::resolve::Status;
use crate::store::Filter;
use std::path::PathBuf;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline entities ~/story
      who, which organizations, where; all spellings of each
  dateline entities --json ~/story
      the same with the reason for each spelling";

/// List people, organizations and places with their spellings
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    /// Files, folders, or - for JSON Lines on stdin; nothing for the built-in examples.
    paths: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let store = args.reading.open(&args.paths, out)?;
    let rows = store.entities(&Filter::default(), 0..usize::MAX);
    if let Some(form) = args.reading.json {
        out.json_all(form, rows.iter().map(|row| json::entity(&row.entity)))?;
        return Ok(out.exit(rows.len(), args.reading.strict));
    }
    for row in &rows {
        let e = &row.entity;
        let name = out.paint(Style::Bold, &e.name);
        let articles = e.articles.len();
        out.line(format!("{:<7} {:>4} in {articles:>3}  {name}", e.kind.name(), e.mentions))?;
        for variant in e.variants.iter().filter(|v| v.text != e.name) {
            let sign = match variant.status {
                Status::Sure => '=',
                Status::Suggested => '?',
            };
            let reason = out.paint(Style::Dim, &variant.reason);
            out.line(format!("             {:>4}  {sign} {}  {reason}", variant.count, variant.text))?;
        }
    }
    Ok(out.exit(rows.len(), args.reading.strict))
}
