//! `dateline man`: the manual page.

use super::{Exit, output::Output};
use clap_mangen::Man;
use std::io::Write;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline man | man -l -
      read it
  dateline man > ~/.local/share/man/man1/dateline.1
      keep it for `man dateline`";

/// Print the manual page (pipe it to `man -l -`)
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

/// What the command line itself does not say.
const REST: &str = r#".SH "EXIT STATUS"
.TP
0
done
.TP
1
nothing found
.TP
2
wrong usage, or a failure
.TP
3
done with warnings, under \-\-strict
.SH FILES
.TP
$XDG_CONFIG_HOME/dateline/config.toml
settings; \fBdateline config init\fR writes one with comments
.TP
$XDG_STATE_HOME/dateline
what you decided on each collection, and which articles were seen; sources are never written to
.SH ENVIRONMENT
.TP
DATELINE_CONFIG, DATELINE_CONFIG_HOME, DATELINE_STATE_HOME
other places for these
.TP
DATELINE_THEME, DATELINE_KEYMAP, DATELINE_WIDTH, ...
a setting of the file, in capital letters
.TP
NO_COLOR, CLICOLOR_FORCE, COLORTERM, TERM
whether and how colours are used; with TERM=dumb everything is read out line by line
.TP
VISUAL, EDITOR
the editor for source files
"#;

/// Runs the command.
pub fn run(_args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let mut whole = super::command();
    // Building gives the subcommands their full names.
    whole.build();
    let mut page = Vec::new();
    let man = Man::new(whole.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    man.render_extra_section(&mut page)?;
    for command in whole.get_subcommands() {
        section(command, &mut page)?;
    }
    page.write_all(REST.as_bytes())?;
    out.line(String::from_utf8_lossy(&page).trim_end())?;
    Ok(Exit::Done)
}

/// A subcommand, and those under it: what stands under headings of its own page stands under
/// lower ones here.
fn section(command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    writeln!(page, ".SH \"{}\"", name.to_uppercase())?;
    let man = Man::new(command.clone());
    let mut part = Vec::new();
    if let Some(about) = command.get_about() {
        writeln!(part, "{}.", about.to_string().replace('-', "\\-"))?;
    }
    man.render_synopsis_section(&mut part)?;
    if command.get_arguments().next().is_some() {
        man.render_options_section(&mut part)?;
    }
    if command.get_after_help().is_some() {
        man.render_extra_section(&mut part)?;
    }
    page.extend(String::from_utf8_lossy(&part).replace(".SH ", ".SS ").bytes());
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        section(below, page)?;
    }
    Ok(())
}
