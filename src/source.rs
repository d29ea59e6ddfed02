//! Bytes to articles. Formats are told apart by content, never by file name.
//!
//! Every file ends as loads, skipped or truncated, with a reason; a bad one costs nothing else.
//! Text is scrubbed here, once: nothing downstream has to remember that input is hostile.
//!
//! A format is one file in `src/source/` with a `FORMAT` in it, and one word in the list below.

mod decode;
mod draft;
mod find;
mod format;
mod intake;
mod scrub;

pub use intake::UniqueIds;
pub use jsonl::{Item, records};

use crate::article::{Article, Warning};
use format::{Head, dispatch, formats};
use intake::Intake;
use serde::Serialize;
use std::path::PathBuf;

/// How sources are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Cleaning off: the text of each record is kept as given.
    pub as_is: bool,
}

/// An input file that was found, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the argument it was found under, with `/`; for an argument that is a
    /// file, its name. Bytes that are not UTF-8 are written `\xff`, and controls and invisible
    /// characters are shown as marks, one for one. Articles take their ids from it.
    pub name: String,
    /// The path as reached from the working directory.
    pub path: PathBuf,
}

/// What became of an input file. The sums balance: records = articles + copies + bad records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// [`Found::name`], fit to be shown.
    pub file: String,
    /// The name as the file system has it, where `file` shows marks for controls and invisible
    /// characters: for `--report`, whose readers look the file up. Never for the screen.
    pub raw_file: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it did not load whole.
    pub reason: Option<Reason>,
    /// Records seen.
    pub records: u32,
    /// Articles made of them.
    pub articles: u32,
    /// Records that repeat, byte for byte or by their own id, one that was read.
    pub copies: u32,
    /// Records that could not be read.
    pub bad_records: u32,
    /// What to tell the user.
    pub warnings: Vec<Warning>,
}

/// How a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Every record that it holds was read.
    Loads,
    /// Nothing was read.
    Skipped,
    /// What could be read was read, and it is said that the rest is missing.
    Truncated,
}

/// Why a file did not load whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Nothing in it.
    Empty,
    /// Bytes that are no text.
    NotText,
    /// A format that is not read.
    Unsupported,
    /// Broken in a way that hides the rest.
    Malformed,
    /// Larger than the limit.
    TooLarge,
    /// Nested deeper than the limit.
    TooDeep,
    /// More records than the limit.
    TooMany,
    /// A path inside an archive that leads out of it.
    UnsafePath,
    /// A FIFO, socket or device.
    NotRegular,
    /// No permission, or gone.
    Unreadable,
    /// A link that leads back.
    Loop,
    /// Unpacks to far more than it is.
    Bomb,
    /// XML that asks for other files.
    ExternalEntity,
    /// Well-formed, but no article in it.
    NoArticle,
}

/// The articles of one file and what became of it.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// The articles, in file order, each with its id.
    pub articles: Vec<Article>,
    /// What became of the file.
    pub report: FileReport,
}

formats![
    archive, gzip, warc, email, jsonl, json, markdown, feed, html, xml, plain
];

/// Finds the input files under `roots`, in a stable order; what is passed over comes as a report.
///
/// Folders are walked recursively; nothing is written, no FIFO or device is opened, loops end.
pub fn find(roots: &[PathBuf]) -> (Vec<Found>, Vec<FileReport>) {
    find::find(roots)
}

/// Reads one file.
pub fn read(found: &Found, options: Options) -> ReadFile {
    match find::bytes_of(found) {
        Ok(bytes) => {
            let path = find::shown(&found.path);
            let mut read = read_bytes(&found.name, Some(&path), &bytes, options);
            read.report.raw_file = find::raw_name(found);
            read
        }
        Err(report) => ReadFile {
            articles: Vec::new(),
            report: *report,
        },
    }
}

/// Reads the bytes of a file called `name` (reached at `path`).
pub fn read_bytes(name: &str, path: Option<&str>, bytes: &[u8], options: Options) -> ReadFile {
    let name = scrub::scrub_given(name);
    let mut intake = Intake::new(&name, path, options);
    if bytes.is_empty() {
        intake.skip(Reason::Empty, "empty", "the file is empty");
    } else {
        dispatch(FORMATS, &Head::new(bytes, 0), &mut intake);
    }
    intake.close(bytes)
}

/// A title, name or address of unknown origin made fit to show: one line, no controls, at most
/// `most` characters.
pub fn clean_line(text: &str, most: usize) -> String {
    scrub::scrub_line(text, most)
}

/// The names of the formats that are read or known, in the order of asking.
pub fn format_names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.name())
}
