//! `dateline config`: where the settings are, what they are, a file to start from.

use super::input::environment;
use super::{Exit, output::Output};
use crate::config;
use anyhow::{Context, bail};
use std::fs;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline config init
      write a commented file to start from
  dateline config show --default
      the defaults, explained
  dateline config path
      where the file is";

/// Show where settings live, what they are, or write a file to start from
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print the path of the configuration file.
    Path,
    /// Print your configuration file, or the commented defaults where there is none.
    Show {
        /// Print the commented defaults, whatever your file says.
        #[arg(long)]
        default: bool,
    },
    /// Print the JSON Schema of the configuration file, for editors that check as you type.
    Schema,
    /// Write the commented defaults to the configuration file, unless there is one.
    Init,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let path = config::paths(&environment).config;
    match args.what {
        What::Path => out.line(path.display())?,
        What::Show { default } => {
            let own = if default { None } else { fs::read_to_string(&path).ok() };
            let text = own.as_deref().unwrap_or(config::DEFAULT_TEXT);
            out.line(text.trim_end())?;
            let (_, warnings) = config::load(&environment, &config::Flags::default());
            for warning in warnings {
                out.note(&warning);
            }
        }
        What::Schema => out.line(format!("{:#}", config::schema::schema()))?,
        What::Init => {
            if path.exists() {
                bail!("{} is there already; it was left as it is", path.display());
            }
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make {}", folder.display()))?;
            }
            fs::write(&path, config::DEFAULT_TEXT)
                .with_context(|| format!("cannot write {}", path.display()))?;
            out.line(path.display())?;
        }
    }
    Ok(Exit::Done)
}
