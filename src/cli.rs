//! The command line: one file a subcommand, one definition of the flags they share.
//!
//! Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 nothing found, 2 usage or
//! failure, 3 done with warnings under `--strict`. A reader that goes away is no error.
//!
//! Adding a subcommand is one file in `cli/` and one line in the list below.

pub mod browse;
pub mod day;
pub mod input;
pub mod library;
pub mod one;
pub mod output;
pub mod selection;

use clap::{CommandFactory, Parser, Subcommand};
use output::Output;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It did what it was asked.
    Done,
    /// It found nothing.
    Nothing,
    /// Wrong usage, or a failure.
    Failure,
    /// Done, but `--strict` was given and there were warnings.
    Warned,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Nothing => Self::from(1),
            Exit::Failure => Self::from(2),
            Exit::Warned => Self::from(3),
        }
    }
}

/// Declares the subcommands: a module each, with an `Args` whose doc comment is its help.
macro_rules! subcommands {
    ($($module:ident $variant:ident),* $(,)?) => {
        $(pub mod $module;)*

        #[derive(Debug, Subcommand)]
        enum Command {
            $(#[allow(missing_docs)] $variant($module::Args),)*
        }

        impl Command {
            fn run(self, out: &mut Output) -> anyhow::Result<Exit> {
                match self {
                    $(Self::$variant(args) => $module::run(&args, out),)*
                }
            }
        }
    };
}

subcommands! {
    list List,
    show Show,
    entities Entities,
    timeline Timeline,
    search Search,
    annotate Annotate,
    why Why,
    digest Digest,
    export Export,
    add Add,
    check Check,
    rebuild Rebuild,
    completions Completions,
    man Man,
    config Config,
    keys Keys,
    screenshot Screenshot,
}

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline
      the built-in examples on the screen; ? lists the keys, :tour shows around
  dateline ~/story report.html
      a folder and a file
  dateline --linear ~/story
      the same line by line
  dateline timeline --entity Lindqvist ~/story
      a timeline as text; --json for programs";

/// Browse a pile of news: who, where and when.
///
/// Without a subcommand the articles under PATH open on the screen; without PATH, the built-in
/// examples. Where there is no terminal, the list is printed instead; --linear reads it all out
/// line by line.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, args_conflicts_with_subcommands = true)]
#[command(after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    browse: browse::Args,
}

/// The whole command line, for help, completions and the manual.
pub fn command() -> clap::Command {
    Cli::command()
}

/// The subcommand that a word was meant to be, where it is near one.
pub fn meant(word: &str) -> Option<String> {
    let whole = command();
    let names: Vec<&str> = whole
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    crate::config::nearest(word, names.into_iter()).map(str::to_owned)
}

/// Runs the program on these arguments, the first being its name.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let json = |arg: &OsString| arg == "--json" || arg == "--json=lines" || arg == "--json=array";
    let wants_json = args.iter().any(json);
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && wants_json => {
            let mut out = Output::new();
            out.set(output::Color::Never, true);
            // What comes after the first line is advice for people.
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            let first = first.strip_prefix("error: ").unwrap_or(first);
            out.error(&anyhow::anyhow!("{first}"));
            return Exit::Failure.into();
        }
        Err(error) => {
            // Help asked for is data, wrong usage is a message: clap knows which stream.
            let _closed = error.print();
            return if error.use_stderr() {
                Exit::Failure
            } else {
                Exit::Done
            }
            .into();
        }
    };
    let mut out = Output::new();
    let done = match cli.command {
        Some(command) => command.run(&mut out),
        None => browse::run(cli.browse, &mut out),
    };
    let done = done.and_then(|exit| out.flush().map(|()| exit));
    match done {
        Ok(exit) => exit.into(),
        Err(error) if output::is_broken_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            out.error(&error);
            Exit::Failure.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a line of a shell: quotes keep blanks, and what follows a pipe is another program.
    fn words(line: &str) -> Vec<String> {
        let mut made = vec![String::new()];
        let mut quote = None;
        for c in line.chars() {
            match (c, quote) {
                ('\'' | '"', None) => quote = Some(c),
                (c, Some(open)) if c == open => quote = None,
                ('|' | '>' | '<', None) => break,
                (' ', None) => made.push(String::new()),
                (c, _) => made.last_mut().unwrap().push(c),
            }
        }
        made.retain(|word| !word.is_empty());
        made
    }

    #[test]
    fn every_help_has_examples_and_every_example_is_understood() {
        let whole = command();
        let mut all: Vec<(&str, String)> = vec![("dateline", EXAMPLES.to_owned())];
        for sub in whole.get_subcommands() {
            let help = sub
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(
                help.starts_with("Examples:\n"),
                "`dateline {}` has no examples",
                sub.get_name()
            );
            all.push((sub.get_name(), help));
        }
        for (name, help) in all {
            let lines: Vec<&str> = help
                .lines()
                .filter(|line| line.starts_with("  dateline"))
                .collect();
            assert!(!lines.is_empty(), "{name}");
            for line in lines {
                let read = Cli::try_parse_from(words(line.trim()));
                assert!(read.is_ok(), "{line}: {}", read.unwrap_err());
            }
        }
    }

    #[test]
    fn a_slip_of_the_hand_gets_the_subcommand() {
        assert_eq!(meant("timelnie").as_deref(), Some("timeline"));
        assert_eq!(meant("serach").as_deref(), Some("search"));
        assert_eq!(meant("~/story"), None);
    }
}
