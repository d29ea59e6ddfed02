//! `dateline man`: the manual page.

use super::{Exit, output::Output};

/// Print the manual page (pipe it to `man -l -`)
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    let mut whole = super::command();
    // Building gives the subcommands their full names.
    whole.build();
    clap_mangen::Man::new(whole.clone()).render(&mut page)?;
    for command in whole.get_subcommands() {
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
    }
    out.line(String::from_utf8_lossy(&page).trim_end())?;
    Ok(Exit::Done)
}
