//! What leaves the program: the JSON contract, and the forms that other programs read.
//!
//! [`json`] holds the types that serialize, apart from the internal ones. Every form of `dateline
//! export` is one file with a [`Format`] and one word in the list below, which drives the values of
//! `--format`, help, completions and the tests. All forms write the same [`View`]; none of them looks at
//! a clock, so the same collection gives the same bytes.

pub mod json;
mod view;

pub use view::View;

use std::io::{self, Write};

/// What an export held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Events written.
    pub events: usize,
    /// Events that the form cannot hold, such as undated ones in a calendar.
    pub left_out: usize,
}

/// A form of export.
#[derive(Clone, Copy)]
pub struct Format {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// The usual ending of its files.
    pub extension: &'static str,
    /// What it is good for, in a line.
    pub help: &'static str,
    /// Writes a view.
    pub write: fn(&View, &mut dyn Write) -> io::Result<Tally>,
}

/// Declares the forms: a module each, with a `FORMAT`.
macro_rules! formats {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        /// All forms.
        pub const FORMATS: &[Format] = &[$($module::FORMAT),*];
    };
}

formats! { document, csv, markdown, html, timelinejs, ics }

/// The form called `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests;
