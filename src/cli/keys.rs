//! `dateline keys`: the keymap in force.

use super::input::environment;
use super::output::{Json, Output};
use super::Exit;
use crate::config::{self, Action, Context, KeyRow};
use serde::Serialize;

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline keys
      the keys in force, your own among them
  dateline keys --markdown
      the same as a page";

/// List the keys in force
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Print JSON: one array, or with `=lines` one object a line.
    #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "array")]
    json: Option<Json>,
    /// Print a page in Markdown, with the actions that have no key.
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

#[derive(Serialize)]
struct Row {
    context: String,
    keys: Vec<String>,
    action: String,
    help: &'static str,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let (settings, warnings) = config::load(&environment, &config::Flags::default());
    for warning in warnings {
        out.note(&warning);
    }
    if args.markdown {
        return page(&settings.keymap.entries(), out);
    }
    let rows = settings.keymap.entries().into_iter().map(|row| Row {
        context: row.context.to_string(),
        keys: row.keys,
        action: row.action,
        help: row.help,
    });
    if let Some(form) = args.json {
        out.json_all(form, rows)?;
        return Ok(Exit::Done);
    }
    for row in rows {
        let keys = row.keys.join(" ");
        out.line(format!("{:<9} {keys:<18} {:<22} {}", row.context, row.action, row.help))?;
    }
    Ok(Exit::Done)
}

/// The keys as a page: a table for each place where they hold.
fn page(rows: &[KeyRow], out: &mut Output) -> anyhow::Result<Exit> {
    out.line("# Keys\n")?;
    out.line("Made by `dateline keys --markdown` from the keymap and the list of actions. Every key can be changed:")?;
    out.line("`dateline config init` writes a commented file. A name that stands here can be typed after `:`, and in")?;
    out.line("`dateline --linear`.")?;
    for context in Context::ALL {
        let here: Vec<&KeyRow> = rows.iter().filter(|row| row.context == context).collect();
        if here.is_empty() {
            continue;
        }
        out.line(format!("\n## {}\n\n| keys | action | what it does |\n|---|---|---|", place(context)))?;
        for row in here {
            let keys: Vec<String> = row.keys.iter().map(|keys| code(keys)).collect();
            let keys = keys.join(" ");
            out.line(format!("| {keys} | {} | {} |", code(&row.action), row.help))?;
        }
    }
    out.line("\n## After `:`\n\nThese take an argument.\n\n| action | what it does |\n|---|---|")?;
    for action in Action::all() {
        if let Some(argument) = action.argument() {
            let name = code(&format!("{} {argument}", action.name()));
            out.line(format!("| {name} | {} |", action.help()))?;
        }
    }
    Ok(Exit::Done)
}

/// Where keys hold, in words.
const fn place(context: Context) -> &'static str {
    match context {
        Context::Global => "Everywhere",
        Context::Articles => "In the articles",
        Context::Text => "In the text",
        Context::Entities => "In the entities",
        Context::Timeline => "In the timeline",
        Context::Evidence => "In the evidence",
        Context::Popup => "In a box on top",
        Context::Choice => "In a list on top, of which some are chosen",
        Context::Input => "While a line is typed",
    }
}

/// A word as code in a cell of a table.
fn code(word: &str) -> String {
    format!("`{}`", word.replace('|', "\\|"))
}
