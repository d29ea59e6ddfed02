//! `dateline completions`: completion scripts for shells.

use super::{Exit, output::Output};
use clap_complete::Shell;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
      for bash
  dateline completions fish > ~/.config/fish/completions/dateline.fish
      for fish";

/// Print the completion script of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell.
    shell: Shell,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "dateline", &mut script);
    out.line(String::from_utf8_lossy(&script).trim_end())?;
    Ok(Exit::Done)
}
