//! Where data and messages go.

use super::Exit;
use crate::article::Warning;
use crate::source::{FileReport, Outcome};
use clap::ValueEnum;
use serde::Serialize;
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is dumb.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Json {
    /// One array.
    Array,
    /// The objects of the array, one a line, each with its version.
    Lines,
}

/// Text styles of the command line: few, and never the only sign of anything.
#[derive(Clone, Copy, Debug)]
pub enum Style {
    /// What to look at first.
    Bold,
    /// What may be passed over.
    Dim,
}

/// Standard output for data and standard error for messages.
#[derive(Debug)]
pub struct Output {
    data: BufWriter<Stdout>,
    color: bool,
    /// Messages are JSON lines.
    json: bool,
    warned: bool,
}

impl Output {
    /// Streams of this process.
    pub fn new() -> Self {
        Self {
            data: BufWriter::with_capacity(1 << 16, io::stdout()),
            color: false,
            json: false,
            warned: false,
        }
    }

    /// Settles colour and the form of messages.
    pub fn set(&mut self, color: Color, json: bool) {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0");
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        self.json = json;
        self.color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if set("NO_COLOR") => false,
            Color::Auto => forced || (io::stdout().is_terminal() && !dumb),
        };
    }

    /// Writes one line of text.
    pub fn line(&mut self, line: impl Display) -> anyhow::Result<()> {
        Ok(writeln!(self.data, "{line}")?)
    }

    /// Writes one object as a line of JSON.
    pub fn json_line(&mut self, object: &impl Serialize) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.data, object)?;
        Ok(self.data.write_all(b"\n")?)
    }

    /// Writes objects as one array, or one a line with the version in front.
    pub fn json_all<T: Serialize>(
        &mut self,
        form: Json,
        objects: impl IntoIterator<Item = T>,
    ) -> anyhow::Result<usize> {
        let mut count = 0;
        for object in objects {
            match form {
                Json::Array => {
                    self.data
                        .write_all(if count == 0 { b"[" } else { b",\n" })?;
                    serde_json::to_writer(&mut self.data, &object)?;
                }
                Json::Lines => self.json_line(&Versioned { v: 1, object })?,
            }
            count += 1;
        }
        if form == Json::Array {
            self.data
                .write_all(if count == 0 { b"[]\n" } else { b"]\n" })?;
        }
        Ok(count)
    }

    /// `text` in a style, where colour is on.
    pub fn paint(&self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Bold => "1",
            Style::Dim => "2",
        };
        if self.color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    /// Where data goes, for who writes it in a form of its own.
    pub fn data(&mut self) -> &mut dyn Write {
        &mut self.data
    }

    /// Says something that is worth knowing and wrong with nothing.
    pub fn say(&mut self, text: &str) {
        self.message(&Message {
            v: 1,
            level: "info",
            code: "note",
            file: None,
            record: None,
            byte: None,
            text,
            hint: None,
        });
    }

    /// Says something about the program's own settings.
    pub fn note(&mut self, text: &str) {
        self.warned = true;
        self.message(&Message {
            v: 1,
            level: "warning",
            code: "settings",
            file: None,
            record: None,
            byte: None,
            text,
            hint: None,
        });
    }

    /// Says what went wrong with one file; it counts for `--strict`.
    pub fn warning(&mut self, file: &str, warning: &Warning) {
        self.warned = true;
        let message = Message {
            v: 1,
            level: "warning",
            code: &warning.code,
            file: Some(file),
            record: warning.record,
            byte: warning.byte,
            text: &warning.message,
            hint: warning.hint.as_deref(),
        };
        self.message(&message);
    }

    /// Says what became of a file that did not load whole, and of its bad records.
    pub fn report(&mut self, report: &FileReport) {
        let reason = report.reason.map_or_else(String::new, |reason| {
            let word = serde_json::to_value(reason).ok();
            word.and_then(|w| w.as_str().map(str::to_owned))
                .unwrap_or_default()
        });
        let (code, what) = match report.outcome {
            Outcome::Loads => ("bad-record", None),
            Outcome::Skipped => ("skipped", Some("skipped")),
            Outcome::Truncated => ("truncated", Some("cut short")),
        };
        if let Some(what) = what {
            self.warning(
                &report.file,
                &Warning::new(code, format!("{what}: {reason}")),
            );
        }
        for warning in &report.warnings {
            self.warning(&report.file, warning);
        }
    }

    /// Says what failed.
    pub fn error(&mut self, error: &anyhow::Error) {
        let text = format!("{error:#}");
        self.message(&Message {
            v: 1,
            level: "error",
            code: "failed",
            file: None,
            record: None,
            byte: None,
            text: &text,
            hint: None,
        });
    }

    fn message(&self, message: &Message<'_>) {
        let line = if self.json {
            serde_json::to_string(message).unwrap_or_default()
        } else {
            message.plain()
        };
        // A closed stderr must not end the work.
        let _closed = writeln!(io::stderr(), "{line}");
    }

    /// Says how far a long work is, on a line that the next one takes; empty text clears it.
    /// Nothing is said where nobody looks on.
    pub fn progress(&self, text: &str) {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if self.json || dumb || !io::stderr().is_terminal() {
            return;
        }
        // A closed stderr must not end the work.
        let _closed = write!(io::stderr(), "\r\x1b[K{text}");
    }

    /// The exit for a command that printed `found` things.
    pub const fn exit(&self, found: usize, strict: bool) -> Exit {
        if strict && self.warned {
            Exit::Warned
        } else if found == 0 {
            Exit::Nothing
        } else {
            Exit::Done
        }
    }

    /// Sends out what is still held back.
    pub fn flush(&mut self) -> anyhow::Result<()> {
        Ok(self.data.flush()?)
    }
}

impl Default for Output {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Serialize)]
struct Versioned<T> {
    v: u32,
    #[serde(flatten)]
    object: T,
}

#[derive(Serialize)]
struct Message<'a> {
    v: u32,
    level: &'static str,
    code: &'a str,
    file: Option<&'a str>,
    record: Option<u32>,
    byte: Option<u64>,
    #[serde(rename = "message")]
    text: &'a str,
    hint: Option<&'a str>,
}

impl Message<'_> {
    fn plain(&self) -> String {
        let mut line = String::from("dateline: ");
        if self.level == "warning" {
            line.push_str("warning: ");
        }
        if let Some(file) = self.file {
            line.push_str(file);
            line.push_str(": ");
        }
        if let Some(record) = self.record {
            line.push_str("record ");
            line.push_str(&record.to_string());
            line.push_str(": ");
        }
        line.push_str(self.text);
        if let Some(hint) = self.hint {
            line.push_str(" (");
            line.push_str(hint);
            line.push(')');
        }
        // Messages may quote a path as the user typed it; terminals get no control characters.
        line.chars()
            .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
            .collect()
    }
}

/// True where the reader of our output went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
