//! The way back: from a byte of the full text to the line and byte of the source it came from.

use serde::{Deserialize, Serialize};

/// A place in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// 1-based line of the source.
    pub line: u32,
    /// Byte of the decoded source (for a source in UTF-8: of the file).
    pub byte: u64,
}

/// Where a stretch of the full text begins in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Anchor {
    text: u32,
    byte: u64,
    line: u32,
    /// Copied byte for byte up to the next anchor, so offsets and line breaks carry over.
    verbatim: bool,
}

/// A table of anchors, sorted by position in the full text.
///
/// Between two anchors the text was either copied verbatim, and then bytes and line breaks are
/// counted on from the anchor, or made (an entity decoded, markup dropped), and then every byte
/// belongs to the anchor itself. An empty table means that the source has no lines (stdin records).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    anchors: Vec<Anchor>,
}

impl Origin {
    /// A table for a text that was copied from the start of the source without change.
    pub fn verbatim() -> Self {
        let mut origin = Self::default();
        origin.push(0, Place { line: 1, byte: 0 }, true);
        origin
    }

    /// A table for a text that stands as a whole at one place (a JSON Lines record).
    pub fn at(place: Place) -> Self {
        let mut origin = Self::default();
        origin.push(0, place, false);
        origin
    }

    /// Adds an anchor: from byte `text` of the full text on, the source goes on at `place`.
    ///
    /// Anchors arrive in rising order of `text`; one at the same byte replaces the last.
    pub fn push(&mut self, text: usize, place: Place, verbatim: bool) {
        let anchor = Anchor {
            text: text as u32,
            byte: place.byte,
            line: place.line,
            verbatim,
        };
        match self.anchors.last_mut() {
            Some(last) if last.text == anchor.text => *last = anchor,
            _ => self.anchors.push(anchor),
        }
    }

    /// Line and byte of the source for byte `at` of `text`; `None` where there are no lines.
    pub fn place(&self, text: &str, at: usize) -> Option<Place> {
        let after = self.anchors.partition_point(|a| a.text as usize <= at);
        let anchor = self.anchors.get(after.checked_sub(1)?)?;
        if !anchor.verbatim {
            return Some(Place {
                line: anchor.line,
                byte: anchor.byte,
            });
        }
        let passed = text
            .as_bytes()
            .get(anchor.text as usize..at.min(text.len()))?;
        Some(Place {
            line: anchor.line + memchr::memchr_iter(b'\n', passed).count() as u32,
            byte: anchor.byte + passed.len() as u64,
        })
    }

    /// True where the source has no lines to speak of.
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbatim_stretches_count_lines_and_bytes() {
        let text = "one\ntwo\nthree";
        let origin = Origin::verbatim();
        assert_eq!(origin.place(text, 0), Some(Place { line: 1, byte: 0 }));
        assert_eq!(origin.place(text, 5), Some(Place { line: 2, byte: 5 }));
        assert_eq!(origin.place(text, 8), Some(Place { line: 3, byte: 8 }));
    }

    #[test]
    fn made_stretches_belong_to_their_anchor() {
        let mut origin = Origin::at(Place { line: 7, byte: 90 });
        origin.push(4, Place { line: 9, byte: 120 }, true);
        assert_eq!(origin.place("abc\ndef", 2).map(|p| p.line), Some(7));
        assert_eq!(origin.place("abc\ndef", 6).map(|p| p.byte), Some(122));
        assert_eq!(Origin::default().place("abc", 1), None);
    }
}
