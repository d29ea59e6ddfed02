//! `dateline search`: the query language over a collection.

use super::Exit;
use super::input::Reading;
use super::output::{Output, Style};
use crate::article::Warning;
use crate::export::json;
use crate::search::{self, query};
use std::path::PathBuf;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline search 'person:lindqvist after:2020-08 !sport' ~/story
      a name in any spelling, from a month on, without a word
  dateline search '\"closed the bridge\"' ~/story
      words in a row";

/// Search headlines, texts and names
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    /// The query: fuzzy words, "phrase", 'exact, ^start, end$, !not, a | b, /regex/, field:value.
    query: String,
    /// Files, folders, or - for JSON Lines on stdin; nothing for the built-in examples.
    paths: Vec<PathBuf>,
    /// At most N hits.
    #[arg(long, value_name = "N", default_value_t = 100)]
    max: usize,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let (store, overlay) = args.reading.open_noted(&args.paths, out)?;
    let (query, error) = query::parse(&args.query);
    if let Some(error) = error {
        let hint = "searching for the literal text instead".to_owned();
        let warning = Warning { hint: Some(hint), ..Warning::new("query", error.to_string()) };
        out.warning("query", &warning);
    }
    let mut finder = search::Finder::new();
    finder.update(&*store, &|| false)?;
    let wanted = search::Wanted { hits: args.max, shown: usize::MAX };
    let hits = finder.run(&*store, &query, &overlay.notes(), wanted, &|| false);
    if let Some(form) = args.reading.json {
        out.json_all(form, hits.iter().map(json::search_hit))?;
        return Ok(out.exit(hits.len(), args.reading.strict));
    }
    for hit in &hits {
        let snippet = marked(hit, out);
        let row = store.row(&hit.article);
        let date = row.as_ref().map_or_else(String::new, |row| row.published.interval.to_string());
        let source = row.and_then(|row| row.source).map_or_else(String::new, |s| format!("{s} · "));
        let place = out.paint(Style::Dim, &format!("{source}{}", hit.article));
        out.line(format!("{date:<22} {snippet}  {place}"))?;
    }
    Ok(out.exit(hits.len(), args.reading.strict))
}

fn marked(hit: &search::Hit, out: &Output) -> String {
    let chars: Vec<char> = hit.snippet.chars().collect();
    let slice = |from: usize, to: usize| -> String {
        chars.get(from..to).unwrap_or_default().iter().collect()
    };
    let mut line = String::new();
    let mut at = 0;
    for &(start, end) in &hit.matches {
        line.push_str(&slice(at, start.max(at)));
        line.push_str(&out.paint(Style::Bold, &slice(start.max(at), end)));
        at = end.max(at);
    }
    line.push_str(&slice(at, chars.len()));
    line
}
