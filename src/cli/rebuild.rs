//! `dateline rebuild`: makes everything that is derived in a library again from its records.

use super::Exit;
use super::library;
use super::output::Output;
use crate::engine::library::settle;
use crate::store::library::rebuild;
use std::path::PathBuf;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline rebuild --library minsk
      after `dateline check` found damage";

/// Make a library again from its records
///
/// Records that are damaged are left out and named; `dateline add` reads their files again.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The library, by name or as a path to its folder.
    #[arg(long, value_name = "NAME", default_value = library::DEFAULT)]
    library: String,
    /// Read your corrections from FILE.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let folder = library::folder(&args.library)?;
    let overlay = library::overlay(&folder, args.overlay.as_deref())?.read(out)?;
    let (kept, lost) = rebuild(&folder).map_err(|e| library::named_so(e, &args.library))?;
    for id in &lost {
        out.line(format!("damaged: {id}"))?;
    }
    let mut writer = library::writer(&args.library, false)?;
    settle(&mut writer, &overlay, true)?;
    library::search_files(&folder, true)?;
    out.line(format!("{kept} articles kept, {} lost", lost.len()))?;
    Ok(Exit::Done)
}
