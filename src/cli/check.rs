//! `dateline check`: finds damage in a library and names the articles.

use super::Exit;
use super::library;
use super::output::Output;
use crate::search::archive::Archive;
use crate::store::library::{Damage, SEARCH, check};

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline check
      the library that `dateline add` fills
  dateline check --library minsk
      another one";

/// Check a library for damage
///
/// Every record, and every search file, is compared with its checksum. Ends with exit code 2 where anything is wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The library, by name or as a path to its folder.
    #[arg(long, value_name = "NAME", default_value = library::DEFAULT)]
    library: String,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let folder = library::folder(&args.library)?;
    let (checked, damage) = check(&folder).map_err(|e| library::named_so(e, &args.library))?;
    for what in &damage {
        out.line(match what {
            Damage::Article(id) => format!("damaged: {id}"),
            Damage::Derived(what) => format!("derived: {what}"),
            Damage::Whole(what) => format!("library: {what}"),
        })?;
    }
    let search = folder.join(SEARCH);
    let searched = if search.is_dir() {
        Archive::open(&search).and_then(|archive| archive.check())
    } else {
        Ok(())
    };
    if let Err(error) = &searched {
        out.line(format!("derived: {error}"))?;
    }
    if damage.is_empty() && searched.is_ok() {
        out.line(format!("{checked} articles, all whole"))?;
        return Ok(Exit::Done);
    }
    out.say(&format!(
        "`dateline rebuild --library {}` keeps what is whole and makes the rest again; then `dateline add` reads what is missing",
        args.library
    ));
    Ok(Exit::Failure)
}
