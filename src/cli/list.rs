//! `dateline list`: the articles in date order.

use super::input::Reading;
use super::output::{Output, Style};
use super::Exit;
use crate::annotate::Basis;
use crate::export::json;
use crate::store::{ArticleRow, Filter};
use std::path::PathBuf;

/// Rows that are asked for at a time.
const PAGE: usize = 512;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline list ~/story
      the articles of a folder, in date order
  dateline list --json=lines ~/story | jq -r .title
      one JSON object a line, for other programs";

/// List the articles in date order
#[derive(Debug, Default, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    /// Files, folders, or - for JSON Lines on stdin; nothing for the built-in examples.
    paths: Vec<PathBuf>,
}

impl Args {
    /// The list of these paths or this library under this overlay, with no other flags.
    pub fn of(paths: Vec<PathBuf>, library: Option<String>, overlay: Option<PathBuf>) -> Self {
        let reading = Reading {
            library,
            overlay,
            ..Reading::default()
        };
        Self { reading, paths }
    }
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let store = args.reading.open(&args.paths, out)?;
    let count = store.article_count(&Filter::default());
    // A library may be long: no more than a page of it is held at a time.
    let pages = (0..count).step_by(PAGE);
    let rows = pages.flat_map(|from| store.articles(&Filter::default(), from..from + PAGE));
    if let Some(form) = args.reading.json {
        let objects = rows.filter_map(|row| {
            let article = store.article(&row.id)?;
            Some(json::list_row(&row, &article))
        });
        out.json_all(form, objects)?;
    } else {
        for row in rows {
            let line = line(&row, out);
            out.line(line)?;
        }
    }
    Ok(out.exit(count, args.reading.strict))
}

fn line(row: &ArticleRow, out: &Output) -> String {
    let date = format!("{:<23}", format!("{}{}", row.published.interval, mark(row)));
    let source = row.source.as_deref().unwrap_or("");
    let copy = row.copies_of.as_ref().map_or_else(String::new, |id| format!("  (copies {id})"));
    format!(
        "{date} {}  {}{}",
        out.paint(Style::Bold, &row.title),
        out.paint(Style::Dim, &format!("{}{}{}", source, if source.is_empty() { "" } else { " · " }, row.id)),
        copy
    )
}

/// The sign of a date that is not stated.
fn mark(row: &ArticleRow) -> &'static str {
    match row.published.basis {
        Basis::Inferred => " ~",
        _ => "",
    }
}
