//! `dateline keys`: the keymap in force.

use super::input::environment;
use super::output::{Json, Output};
use super::Exit;
use crate::config;
use serde::Serialize;

/// List the keys in force
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON: one array, or with `=lines` one object a line.
    #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "array")]
    json: Option<Json>,
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
