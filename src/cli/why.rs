//! `dateline why`: the evidence for the date of one article.

use super::Exit;
use super::input::Reading;
use super::one::One;
use super::output::Output;
use crate::export::json;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline why ~/story/report.html
      the words that date it, and the rule
  dateline why 'feed.xml#3' --in ~/story
      the same with what the other articles say";

/// Say why an article has its date
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    one: One,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let (_, article) = args.one.open(&args.reading, out)?;
    if args.reading.json.is_some() {
        out.json_line(&json::why(&article))?;
    } else {
        for line in crate::annotate::published::explain(&article.published) {
            out.line(line)?;
        }
    }
    Ok(out.exit(1, args.reading.strict))
}
