//! `dateline export`: the timeline in the forms that other programs read.

use super::Exit;
use super::input::Reading;
use super::output::Output;
use super::selection::Selection;
use crate::export::{self, View};
use anyhow::Context;
use clap::builder::{PossibleValue, PossibleValuesParser};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline export --format html --output story.html ~/story
      a page that works from disk
  dateline export -f csv --entity Lindqvist ~/story > events.csv
      a spreadsheet of what concerns one person";

/// Write the timeline in a form for other programs
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    /// Files, folders, or - for JSON Lines on stdin; nothing for the built-in examples.
    paths: Vec<PathBuf>,
    /// The form.
    #[arg(long, short, value_name = "FORM", value_parser = forms(), required = true)]
    format: String,
    /// Write to FILE instead of stdout.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The heading of the export; else it is made of the paths.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    selection: Selection,
}

fn forms() -> PossibleValuesParser {
    PossibleValuesParser::new(
        export::FORMATS
            .iter()
            .map(|form| PossibleValue::new(form.name).help(form.help)),
    )
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let store = args.reading.open(&args.paths, out)?;
    let rows = args.selection.rows(&*store, out);
    let form = export::format(&args.format).context("no such form")?;
    let title = args.title.clone().unwrap_or_else(|| title(&args.paths));
    let view = View::new(store, title, rows);
    let tally = match &args.output {
        Some(path) => file(path, form, &view)
            .with_context(|| format!("cannot write {}", path.display()))?,
        None => (form.write)(&view, out.data())?,
    };
    if tally.left_out > 0 {
        out.say(&format!(
            "{} of {} events are left out: {} has no place for what is undated or open-ended",
            tally.left_out,
            view.events.len(),
            form.name
        ));
    }
    Ok(out.exit(tally.events, args.reading.strict))
}

/// Writes beside the target and renames, so that a failure leaves no half file.
fn file(path: &Path, form: &export::Format, view: &View) -> std::io::Result<export::Tally> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".part");
    let aside = PathBuf::from(aside);
    let mut file = BufWriter::new(File::create(&aside)?);
    let tally = (form.write)(view, &mut file).and_then(|tally| file.flush().map(|()| tally));
    match tally.and_then(|tally| std::fs::rename(&aside, path).map(|()| tally)) {
        Ok(tally) => Ok(tally),
        Err(error) => {
            // The first error is the one to tell.
            let _ = std::fs::remove_file(&aside);
            Err(error)
        }
    }
}

fn title(paths: &[PathBuf]) -> String {
    // "." and ".." have no name of their own.
    let own = |path: &PathBuf| Some(path.canonicalize().ok()?.file_name()?.to_owned());
    let name = |path: &PathBuf| {
        let name = path.file_name().map(ToOwned::to_owned).or_else(|| own(path));
        name.map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
    };
    match paths {
        [] => "The built-in examples".to_owned(),
        [one] if one.as_os_str() == "-" => "Timeline".to_owned(),
        [one] => name(one),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
    }
}
