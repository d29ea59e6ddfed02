//! The registry of source formats: one file and one word each.
//!
//! Formats are told apart by content. Each looks at the head of a file and says how well it
//! fits; the first that is sure wins, else the first that may be. Plain text comes last and takes
//! whatever is text. The order of the list is the order of asking.

use super::decode::{Decoded, NotText, decode};
use super::intake::Intake;
use std::cell::OnceCell;

/// How much of a file is decoded to tell what it is.
const HEAD: usize = 64 * 1024;
/// How often a file may be packed.
pub(crate) const MOST_PACKINGS: u8 = 1;

/// How well a format fits the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// It is something else.
    No,
    /// It can be read this way if nothing fits better.
    Perhaps,
    /// It is this.
    Sure,
}

/// A file as the formats see it.
pub(crate) struct Head<'a> {
    /// All its bytes.
    pub(crate) bytes: &'a [u8],
    /// How many packings were taken off.
    pub(crate) packings: u8,
    text: OnceCell<Result<Decoded, NotText>>,
}

impl<'a> Head<'a> {
    pub(crate) fn new(bytes: &'a [u8], packings: u8) -> Self {
        Self {
            bytes,
            packings,
            text: OnceCell::new(),
        }
    }

    /// The beginning as text; empty where it is none.
    pub(crate) fn text(&self) -> &str {
        self.text
            .get_or_init(|| {
                let end = self.bytes.len().min(HEAD);
                decode(self.bytes.get(..end).unwrap_or_default(), None)
            })
            .as_ref()
            .map_or("", |decoded| decoded.text.as_str())
    }
}

/// A source format: tells whether a file is of its kind and reads articles out of it.
pub(crate) trait Format: Sync {
    /// Its name, for messages.
    fn name(&self) -> &'static str;
    /// How well it fits.
    fn sniff(&self, head: &Head<'_>) -> Fit;
    /// Reads the file.
    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>);
}

/// Declares the module of each format and puts it into the registry, in the order of asking.
macro_rules! formats {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*
        /// Every format, in the order of asking.
        static FORMATS: &[&dyn $crate::source::format::Format] = &[$(&$module::FORMAT),*];
    };
}
pub(crate) use formats;

/// Reads a file with the format that fits it best.
pub(crate) fn dispatch(formats: &[&dyn Format], head: &Head<'_>, intake: &mut Intake<'_>) {
    let mut best: Option<(&dyn Format, Fit)> = None;
    for format in formats {
        let fit = format.sniff(head);
        if fit > best.map_or(Fit::No, |(_, fit)| fit) {
            best = Some((*format, fit));
        }
        if fit == Fit::Sure {
            break;
        }
    }
    if let Some((format, _)) = best {
        format.read(head, intake);
    }
}
