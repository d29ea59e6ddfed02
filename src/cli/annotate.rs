//! `dateline annotate`: articles in, one annotated JSON object a line out.
//!
//! A pure function of each article: its output does not depend on the others. Input order is
//! output order; work runs ahead in parallel, a batch at a time, so memory stays flat.

use super::Exit;
use super::input::Reading;
use super::output::Output;
use super::show::local_id;
use crate::annotate::annotate;
use crate::article::Article;
use crate::engine::{Batches, settle};
use crate::export::json;
use crate::source::{self, Item, UniqueIds};
use anyhow::{Context, anyhow};
use crossbeam_channel::bounded;
use rayon::prelude::*;
use std::io::BufReader;
use std::path::PathBuf;
use std::sync::Arc;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline annotate ~/story > annotated.jsonl
      one object for each article
  dateline annotate --as-is - < articles.jsonl
      records from other programs, their text taken as it is";

/// Annotate articles: one JSON object a line
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    /// Files, folders, or - for JSON Lines on stdin; nothing for the built-in examples.
    paths: Vec<PathBuf>,
}

const BATCH: usize = 64;

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let streaming = matches!(args.paths.as_slice(), [dash] if dash.as_os_str() == "-");
    let found = if streaming { stream(args, out)? } else { files(args, out)? };
    Ok(out.exit(found, args.reading.strict))
}

fn files(args: &Args, out: &mut Output) -> anyhow::Result<usize> {
    let request = args.reading.request(&args.paths, out)?;
    let batches = Batches::new(&request.input);
    let mut ids = UniqueIds::default();
    let mut reports = batches.passed_over().to_vec();
    let mut found = 0;
    for start in (0..batches.len()).step_by(BATCH) {
        let batch = start..(start + BATCH).min(batches.len());
        for file in batches.read(batch, request.options) {
            reports.push(file.report);
            found += print(file.articles, &mut ids, out)?;
        }
    }
    args.reading.tell(&reports, out)?;
    Ok(found)
}

fn stream(args: &Args, out: &mut Output) -> anyhow::Result<usize> {
    out.set(args.reading.color, args.reading.json.is_some());
    let options = source::Options { as_is: args.reading.as_is };
    let mut ids = UniqueIds::default();
    let (send, items) = bounded(2 * BATCH);
    let reader = std::thread::spawn(move || {
        let stdin = BufReader::new(std::io::stdin());
        source::records(stdin, options, |item| send.send(item).is_ok())
    });
    let mut found = 0;
    // What is there is answered at once: a caller may wait for one answer before it asks again.
    while let Ok(item) = items.recv() {
        let mut batch = Vec::with_capacity(BATCH);
        for item in std::iter::once(item).chain(items.try_iter().take(BATCH - 1)) {
            match item {
                Item::Article(article) => batch.push(*article),
                Item::Bad(warning) => out.warning("-", &warning),
            }
        }
        found += print(batch, &mut ids, out)?;
        out.flush()?;
    }
    let report = reader.join().map_err(|_| anyhow!("reading stdin failed"))?;
    args.reading.tell(&[report.context("cannot read stdin")?], out)?;
    Ok(found)
}

fn print(mut articles: Vec<Article>, ids: &mut UniqueIds, out: &mut Output) -> anyhow::Result<usize> {
    for article in &mut articles {
        settle(ids, article);
    }
    let lines: Vec<json::Article> = articles
        .into_par_iter()
        .map(|article| {
            let made = annotate(Arc::new(article), None);
            json::annotated(&made, &|local| local_id(&made, local))
        })
        .collect();
    for line in &lines {
        out.json_line(line)?;
    }
    Ok(lines.len())
}

