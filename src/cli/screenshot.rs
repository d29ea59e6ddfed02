//! `dateline screenshot`: a picture of the screen, without a screen.

use super::output::Output;
use super::{Exit, input};
use crate::config::{self, Flags};
use anyhow::{Context, anyhow};
use std::path::PathBuf;

/// Columns and rows that a picture may have.
const SIZES: (std::ops::RangeInclusive<u16>, std::ops::RangeInclusive<u16>) = (20..=400, 5..=200);

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline screenshot --size 120x40 screen.svg ~/story
      the screen as it opens
  dateline screenshot --keys '/ \"bridge\" enter d' why.svg ~/story
      after a search, with the reason for a date";

/// Draw a picture of the screen (SVG)
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Columns and rows.
    #[arg(long, value_name = "WxH", default_value = "120x40", value_parser = size)]
    size: (u16, u16),
    /// Keys to press first, as in a keymap file, with blanks between; text to type in quotes.
    #[arg(long, value_name = "KEYS", default_value = "")]
    keys: String,
    /// The theme; without it the one of your settings.
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Draw with ASCII characters only.
    #[arg(long)]
    ascii: bool,
    /// What you changed is read from this file; the picture changes nothing.
    #[arg(long, value_name = "OVERLAY")]
    overlay: Option<PathBuf>,
    /// Where the picture goes; - for stdout.
    #[arg(value_name = "FILE.svg")]
    file: PathBuf,
    /// Files and folders to open; nothing for the built-in examples.
    paths: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let overlay = input::overlay(&args.paths, args.overlay.as_deref())?.read(out)?;
    let request = input::request(&args.paths, false, overlay)?;
    let flags = Flags {
        theme: args.theme.clone(),
        ascii: Some(args.ascii),
        ..Flags::default()
    };
    let (settings, warnings) = config::load(&environment, &flags);
    for warning in warnings {
        out.note(&warning);
    }
    // Nothing is saved: keys of a picture decide nothing.
    let engine = crate::engine::start(request, None);
    let picture = crate::tui::picture(&engine, settings, args.size, &args.keys)
        .map_err(|error| anyhow!("--keys: {error}"))?;
    if args.file.as_os_str() == "-" {
        out.line(picture.trim_end())?;
    } else {
        std::fs::write(&args.file, picture)
            .with_context(|| format!("cannot write {}", args.file.display()))?;
    }
    Ok(Exit::Done)
}

/// The environment, but for what it says of a terminal: a picture has all colours and letters.
fn environment(name: &str) -> Option<String> {
    match name {
        "COLORTERM" => Some("truecolor".to_owned()),
        "NO_COLOR" | "TERM" | "COLORFGBG" | "LC_ALL" | "LC_CTYPE" => None,
        "LANG" => Some("C.UTF-8".to_owned()),
        _ => input::environment(name),
    }
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let numbers = text
        .split_once(['x', 'X'])
        .and_then(|(wide, high)| Some((wide.parse().ok()?, high.parse().ok()?)));
    let (columns, rows) = &SIZES;
    numbers
        .filter(|(wide, high)| columns.contains(wide) && rows.contains(high))
        .ok_or_else(|| {
            format!(
                "write columns and rows such as 120x40, from {}x{} to {}x{}",
                columns.start(),
                rows.start(),
                columns.end(),
                rows.end()
            )
        })
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_columns_and_rows_within_reason() {
        assert_eq!(size("120x40"), Ok((120, 40)));
        for wrong in ["120", "x", "0x0", "120x4", "9999x40", "-1x5", "axb"] {
            assert!(size(wrong).unwrap_err().contains("120x40"), "{wrong}");
        }
    }
}
