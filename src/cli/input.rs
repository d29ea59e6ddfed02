//! The flags that every reading command shares, and what they open.

use super::library;
use super::output::{Color, Json, Output};
use crate::engine::{self, Input, Request};
use crate::source::{FileReport, Options};
use crate::store::{Filter, Overlay, Read};
use anyhow::{Context, bail};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Flags of every reading command.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Reading {
    /// Print JSON: one array, or with `=lines` one object a line.
    #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "array")]
    pub json: Option<Json>,
    /// Take the text of each article as it is: no cleaning.
    #[arg(long)]
    pub as_is: bool,
    /// Read a library, by name or as a path to its folder, in place of PATH.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["as_is", "report"])]
    pub library: Option<String>,
    /// Write what became of each file to FILE, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// End with exit code 3 if there was any warning.
    #[arg(long)]
    pub strict: bool,
    /// Read your corrections from FILE.
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,
    /// When to use colour.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// Where the overlay of a run lies.
#[derive(Clone, Debug, Default)]
pub struct OverlayFile(pub Option<PathBuf>);

impl OverlayFile {
    /// Reads it; warnings go out.
    pub fn read(&self, out: &mut Output) -> anyhow::Result<Overlay> {
        let Some(path) = &self.0 else {
            return Ok(Overlay::default());
        };
        let (overlay, warnings) =
            Overlay::load(path).with_context(|| format!("cannot read {}", path.display()))?;
        for warning in warnings {
            out.warning(&path.display().to_string(), &warning);
        }
        Ok(overlay)
    }
}

/// The overlay file of a collection: the one named, else the collection's own in the state folder.
pub fn overlay(paths: &[PathBuf], named: Option<&Path>) -> anyhow::Result<OverlayFile> {
    if let Some(path) = named {
        return Ok(OverlayFile(Some(path.to_owned())));
    }
    Ok(OverlayFile(Some(state_file("overlay", paths, "jsonl"))))
}

/// The file in which the screen keeps what was seen of a collection; none where there are no files.
pub fn seen(input: &Input) -> Option<PathBuf> {
    match input {
        Input::Paths(paths) => Some(state_file("seen", paths, "txt")),
        Input::BuiltIn | Input::Stdin(_) => None,
    }
}

/// The file in which the screen keeps where one left off.
pub fn session(paths: &[PathBuf]) -> PathBuf {
    state_file("session", paths, "json")
}

/// A file of a collection in a folder of the state folder.
fn state_file(folder: &str, paths: &[PathBuf], extension: &str) -> PathBuf {
    let state = crate::config::paths(&environment).state;
    let mut key = String::new();
    for path in paths {
        key.push_str(
            &std::fs::canonicalize(path)
                .unwrap_or_else(|_| path.clone())
                .to_string_lossy(),
        );
        key.push('\0');
    }
    let name = crate::article::ContentHash::of(key.as_bytes()).to_string();
    state
        .join(folder)
        .join(format!("{}.{extension}", &name[..16]))
}

/// A variable of the environment, where it is text.
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Reading {
    /// Reads everything under `paths` and gives the complete collection; warnings and the report
    /// file are written.
    pub fn open(&self, paths: &[PathBuf], out: &mut Output) -> anyhow::Result<Arc<dyn Read>> {
        Ok(self.open_noted(paths, out)?.0)
    }

    /// The same, with the overlay it was read under; entries that speak of nothing here are told.
    pub fn open_noted(
        &self,
        paths: &[PathBuf],
        out: &mut Output,
    ) -> anyhow::Result<(Arc<dyn Read>, Overlay)> {
        if let Some(name) = &self.library {
            out.set(self.color, self.json.is_some());
            if !paths.is_empty() {
                bail!("--library {name} is read in place of files: name one or the other");
            }
            return library::open(name, self.overlay.as_deref(), out);
        }
        let request = self.request(paths, out)?;
        let (store, reports) = engine::run(&request);
        self.tell(&reports, out)?;
        let rows = store.articles(&Filter::default(), 0..usize::MAX);
        for row in rows.iter().filter(|row| row.id.as_str().contains('~')) {
            let article = store.article(&row.id);
            let warnings = article.iter().flat_map(|article| &article.article.warnings);
            for warning in warnings.filter(|warning| warning.code == "same-id") {
                out.warning(row.id.as_str(), warning);
            }
        }
        if !request.overlay.entries.is_empty() {
            let known = rows.iter().map(|row| row.hash).collect();
            for warning in request.overlay.unused(&known) {
                out.warning("overlay", &warning);
            }
        }
        Ok((store, request.overlay))
    }

    /// The same, one collection for each topic of the records, in order of the topic.
    pub fn open_topics(
        &self,
        paths: &[PathBuf],
        out: &mut Output,
    ) -> anyhow::Result<Vec<engine::Topic<Arc<dyn Read>>>> {
        if self.library.is_some() {
            let content = self.open(paths, out)?;
            return Ok(vec![engine::Topic {
                name: None,
                content,
            }]);
        }
        let request = self.request(paths, out)?;
        let (topics, reports) = engine::run_topics(&request);
        self.tell(&reports, out)?;
        Ok(topics)
    }

    /// The same, only the articles of each topic.
    pub fn open_articles(
        &self,
        paths: &[PathBuf],
        out: &mut Output,
    ) -> anyhow::Result<Vec<engine::TopicArticles>> {
        if self.library.is_some() {
            let store = self.open(paths, out)?;
            let rows = store.articles(&Filter::default(), 0..usize::MAX);
            let content = rows
                .iter()
                .filter_map(|row| store.article(&row.id))
                .collect();
            return Ok(vec![engine::Topic {
                name: None,
                content,
            }]);
        }
        let request = self.request(paths, out)?;
        let (topics, reports) = engine::run_articles(&request);
        self.tell(&reports, out)?;
        Ok(topics)
    }

    /// What to read and how.
    pub fn request(&self, paths: &[PathBuf], out: &mut Output) -> anyhow::Result<Request> {
        out.set(self.color, self.json.is_some());
        let overlay = overlay(paths, self.overlay.as_deref())?.read(out)?;
        request(paths, self.as_is, overlay)
    }

    /// Says what became of files, on stderr and in the report file.
    pub fn tell(&self, reports: &[FileReport], out: &mut Output) -> anyhow::Result<()> {
        for report in reports {
            out.report(report);
        }
        if let Some(path) = &self.report {
            write_report(path, reports)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}

/// What to read: the paths, standard input for `-`, the built-in collection for none.
pub fn request(paths: &[PathBuf], as_is: bool, overlay: Overlay) -> anyhow::Result<Request> {
    let input = match paths {
        [] => Input::BuiltIn,
        [dash] if dash.as_os_str() == "-" => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .context("cannot read stdin")?;
            Input::Stdin(bytes)
        }
        paths => {
            check(paths)?;
            Input::Paths(paths.to_vec())
        }
    };
    // Only what lies in files is opened again.
    let cache = matches!(input, Input::Paths(_)).then(|| {
        crate::config::paths(&environment)
            .cache
            .join("annotations.db")
    });
    Ok(Request {
        input,
        options: Options { as_is },
        overlay,
        seen: None,
        cache,
    })
}

pub(super) fn check(paths: &[PathBuf]) -> anyhow::Result<()> {
    for path in paths {
        if path.as_os_str() == "-" {
            bail!("standard input (-) cannot be mixed with files");
        }
        // A broken link is there; what it points to is not. It is reported, not refused.
        if std::fs::symlink_metadata(path).is_err() {
            let meant = path.to_str().and_then(super::meant);
            let meant = meant.map_or(String::new(), |name| {
                format!("; did you mean `dateline {name}`?")
            });
            bail!("no such file or folder: {}{meant}", path.display());
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct ReportLine<'a> {
    v: u32,
    file: &'a str,
    outcome: crate::source::Outcome,
    reason: Option<crate::source::Reason>,
    records: u32,
    articles: u32,
    copies: u32,
    bad_records: u32,
}

pub(super) fn write_report(path: &Path, reports: &[FileReport]) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for report in reports {
        let line = ReportLine {
            v: 1,
            file: report.raw_file.as_deref().unwrap_or(&report.file),
            outcome: report.outcome,
            reason: report.reason,
            records: report.records,
            articles: report.articles,
            copies: report.copies,
            bad_records: report.bad_records,
        };
        serde_json::to_writer(&mut file, &line)?;
        file.write_all(b"\n")?;
    }
    Ok(file.flush()?)
}
