//! `dateline add`: puts files and folders into a library.

use super::input;
use super::library;
use super::output::Output;
use super::Exit;
use crate::engine::library::{Added, Step, add, settle};
use crate::source::Options;
use crate::store::Overlay;
use crate::store::library::Writer;
use anyhow::bail;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Put articles into a library that stays
///
/// Files that are in it already and did not change are passed over. What is interrupted goes on
/// where it was the next time.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  dateline add ~/saved-articles\n  dateline add --library minsk --watch ~/incoming\n  dateline --library minsk")]
pub struct Args {
    /// Files and folders to add.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The library, by name or as a path to its folder.
    #[arg(long, value_name = "NAME", default_value = library::DEFAULT)]
    library: String,
    /// Go on, and add what is new or changed under PATH as it comes.
    #[arg(long)]
    watch: bool,
    /// Take the text of each article as it is: no cleaning.
    #[arg(long)]
    as_is: bool,
    /// Write what became of each file to FILE, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// End with exit code 3 if there was any warning.
    #[arg(long)]
    strict: bool,
    /// Read your corrections from FILE.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        bail!("a library keeps files, so that it can tell what changed: save standard input first");
    }
    input::check(&args.paths)?;
    let folder = library::folder(&args.library)?;
    let overlay = library::overlay(&folder, args.overlay.as_deref())?.read(out)?;
    let mut writer = library::writer(&args.library, true)?;
    let found = once(args, &mut writer, &overlay, out)?;
    if let Some(path) = &args.report {
        input::write_report(path, &found.reports)?;
    }
    let exit = out.exit(found.files, args.strict);
    if args.watch {
        out.say("watching; Ctrl-C ends it");
        watch(args, &mut writer, &overlay, out)?;
    }
    Ok(exit)
}

/// Adds what is new, tells of it, and brings entities and events up to date.
fn once(
    args: &Args,
    writer: &mut Writer,
    overlay: &Overlay,
    out: &mut Output,
) -> anyhow::Result<Added> {
    let began = Instant::now();
    let mut told = Progress::new(began);
    let options = Options { as_is: args.as_is };
    let added = add(writer, &args.paths, options, &mut |step| told.show(step, out));
    out.progress("");
    let added = added?;
    for report in &added.reports {
        out.report(report);
    }
    out.progress("finding who, where and when over all articles");
    let settled = settle(writer, overlay, false);
    out.progress("making search files");
    let searched = library::search_files(writer.folder(), false);
    out.progress("");
    settled?;
    searched?;
    out.line(summary(&added, began.elapsed()))?;
    out.flush()?;
    Ok(added)
}

/// Looks again and again; a look takes a tenth of the time at most.
fn watch(
    args: &Args,
    writer: &mut Writer,
    overlay: &Overlay,
    out: &mut Output,
) -> anyhow::Result<()> {
    let options = Options { as_is: args.as_is };
    let mut pause = Duration::from_secs(1);
    // A killed process loses nothing: the end of this is the end of the process.
    loop {
        std::thread::sleep(pause);
        let began = Instant::now();
        let added = add(writer, &args.paths, options, &mut |_| {})?;
        for report in &added.reports {
            out.report(report);
        }
        if added.put.articles + added.put.removed > 0 {
            settle(writer, overlay, false)?;
            library::search_files(writer.folder(), false)?;
            out.line(summary(&added, began.elapsed()))?;
            out.flush()?;
        }
        pause = (began.elapsed() * 10).clamp(Duration::from_secs(1), Duration::from_secs(60));
    }
}

/// What was done, in sums that add up.
fn summary(added: &Added, took: Duration) -> String {
    let put = added.put;
    let read = added.files - added.known;
    let mut words = format!(
        "{} files: {} known, {read} read; {} articles new, {} known",
        added.files, added.known, put.articles, put.copies
    );
    if put.removed > 0 {
        let _fits = write!(words, ", {} replaced or gone", put.removed);
    }
    let _fits = write!(words, "; {:.1} s", took.as_secs_f64());
    words
}

/// The line that tells how far it is, a few times a second.
struct Progress {
    began: Instant,
    shown: Option<Instant>,
}

impl Progress {
    const fn new(began: Instant) -> Self {
        Self { began, shown: None }
    }

    fn show(&mut self, step: Step, out: &Output) {
        let soon = Duration::from_millis(200);
        if self.shown.is_some_and(|shown| shown.elapsed() < soon) || step.total == 0 {
            return;
        }
        self.shown = Some(Instant::now());
        let took = self.began.elapsed().as_secs_f64().max(0.001);
        let share = step.bytes as f64 / step.total as f64;
        let rate = step.articles as f64 / took;
        let left = if share > 0.0 { took / share - took } else { 0.0 };
        let done = (share * 20.0).round() as usize;
        out.progress(&format!(
            "[{}{}] {:>3.0}%  {} articles, {rate:.0} a second, {:.0} s left",
            "#".repeat(done.min(20)),
            ".".repeat(20 - done.min(20)),
            share * 100.0,
            step.articles,
            left
        ));
    }
}
