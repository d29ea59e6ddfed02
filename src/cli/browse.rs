//! `dateline [PATH…]`: the screen, or the same line by line, or without a terminal the list.

use super::output::Output;
use super::{Exit, input, library, list};
use crate::config::{self, Flags};
use crate::store::{Seen, recent};
use crate::tui::{self, Left, Opening};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Arguments of the screen.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to open.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Open a library, by name or as a path to its folder, in place of PATH.
    #[arg(long, value_name = "NAME", conflicts_with = "paths")]
    library: Option<String>,
    /// What you changed is read from and written to this file.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// No screen: read out line by line, for screen readers and dumb terminals.
    #[arg(long)]
    linear: bool,
    /// Draw with ASCII characters only.
    #[arg(long)]
    ascii: bool,
    /// Leave the mouse to the terminal.
    #[arg(long)]
    no_mouse: bool,
}

/// How a collection is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Screen,
    /// Line by line; with a person at the other end or without.
    Linear {
        interactive: bool,
    },
    List,
}

/// Runs the command.
pub fn run(mut args: Args, out: &mut Output) -> anyhow::Result<Exit> {
    let way = way(args.linear, out);
    if way == Way::List {
        return list::run(&list::Args::of(args.paths, args.library, args.overlay), out);
    }
    let linear = matches!(way, Way::Linear { .. });
    if linear && args.paths.iter().any(|path| path.as_os_str() == "-") {
        anyhow::bail!("--linear reads its lines from stdin; give the articles as files");
    }
    // What is chosen among the folders of before is opened in place of what was.
    while let Some(next) = open(&args, way, out)? {
        args.paths = next;
        (args.library, args.overlay) = (None, None);
    }
    Ok(Exit::Done)
}

/// How to show, by what there is to show on.
fn way(linear: bool, out: &mut Output) -> Way {
    let (reads, shows) = (
        std::io::stdin().is_terminal(),
        std::io::stdout().is_terminal(),
    );
    let interactive = reads && shows;
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if linear {
        return Way::Linear { interactive };
    }
    match (interactive, dumb, shows) {
        (true, false, _) => Way::Screen,
        (true, true, _) => {
            out.say(
                "TERM=dumb: this terminal cannot show the screen; going on line by line (--linear)",
            );
            Way::Linear { interactive }
        }
        (false, _, true) => {
            // Someone looks on and may wonder where the screen is.
            out.say(
                "no terminal to read keys from, so this is the list; --linear reads lines instead",
            );
            Way::List
        }
        (false, _, false) => Way::List,
    }
}

/// Opens a collection until it is left; gives what is to be opened next.
fn open(args: &Args, way: Way, out: &mut Output) -> anyhow::Result<Option<Vec<PathBuf>>> {
    if let Some(name) = &args.library {
        return open_library(args, name, way, out);
    }
    let overlay = input::overlay(&args.paths, args.overlay.as_deref())?;
    let mut request = input::request(&args.paths, false, overlay.read(out)?)?;
    let seen = input::seen(&request.input);
    request.seen.clone_from(&seen);
    // The pipeline starts first: it reads while the settings load and the screen is set up.
    let engine = crate::engine::start(request, overlay.0);
    let left = show(args, way, engine, input::session(&args.paths), out)?;
    if let Some(path) = seen {
        remember(&path, &args.paths, &left, out);
    }
    Ok(left.next)
}

/// Opens a library until it is left; gives what is to be opened next.
fn open_library(
    args: &Args,
    name: &str,
    way: Way,
    out: &mut Output,
) -> anyhow::Result<Option<Vec<PathBuf>>> {
    let folder = library::folder(name)?;
    let overlay = library::overlay(&folder, args.overlay.as_deref())?;
    let engine = crate::engine::library::open(&folder, overlay.read(out)?, overlay.0);
    let engine = engine.map_err(|error| library::named_so(error, name))?;
    let session = input::session(std::slice::from_ref(&folder));
    let left = show(args, way, engine, session, out)?;
    // What could not be read again a moment later is no loss: more is new the next time.
    let library = crate::store::Library::open(&folder, std::sync::Arc::default())?;
    library.mark_seen()?;
    Ok(left.next)
}

/// Shows what a pipeline makes until the person leaves.
fn show(
    args: &Args,
    way: Way,
    engine: crate::engine::Engine,
    session: PathBuf,
    out: &mut Output,
) -> anyhow::Result<Left> {
    let flags = Flags {
        ascii: args.ascii.then_some(true),
        mouse: args.no_mouse.then_some(false),
        ..Flags::default()
    };
    let (settings, warnings) = config::load(&input::environment, &flags);
    for warning in warnings {
        out.note(&warning);
    }
    let opening = Opening {
        built_in: args.paths.is_empty() && args.library.is_none(),
        recent: lately(&args.paths),
        session: Some(session),
    };
    match way {
        Way::Linear { interactive } => {
            let mut lines = std::io::stdin().lock();
            tui::linear(
                &engine,
                settings,
                opening,
                &mut lines,
                out.data(),
                interactive,
            )
        }
        Way::Screen | Way::List => tui::run(engine, settings, opening),
    }
}

/// The file that says what was open lately.
fn recent_file() -> PathBuf {
    config::paths(&input::environment).state.join("recent.txt")
}

/// What was open lately and is still there, but for what is open now.
fn lately(paths: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    let now = whole(paths);
    // Without the file there is nothing to list, and a file that cannot be read is as good as none.
    let mut all = recent::load(&recent_file()).unwrap_or_default();
    all.retain(|known| *known != now && known.iter().all(|path| path.exists()));
    all
}

/// Remembers what was open and which articles were seen.
fn remember(seen: &Path, paths: &[PathBuf], left: &Left, out: &mut Output) {
    let kept = Seen::record(seen, left.store.as_ref());
    let kept = kept.and_then(|()| recent::record(&recent_file(), &whole(paths)));
    if let Err(error) = kept {
        out.note(&format!(
            "cannot remember what was seen: {}: {error}",
            seen.display()
        ));
    }
}

/// Paths that mean the same from every folder.
fn whole(paths: &[PathBuf]) -> Vec<PathBuf> {
    let whole = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    paths.iter().map(whole).collect()
}
