//! Takes what can harm a terminal or hide from a reader out of text, once, where text comes in.
//!
//! Not here: decoding bytes (`decode`), and anything that knows a format. Two ways of scrubbing:
//! [`scrub`] takes whole escape sequences out, drops invisible characters, caps runs of combining
//! marks and composes to NFC, with a map back to the raw text; [`scrub_given`] replaces one code
//! point by one code point, so that offsets into what the caller gave stay true.
//!
//! Invariants: the result holds no control but the line feed, no bidi control, no invisible
//! character of the `table`; scrubbing twice changes nothing; the map rises on both sides.

mod escape;
mod given;
mod table;

use escape::sequence;
pub(crate) use given::scrub_given;
use table::{Fate, GONE, fate};
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

/// Combining marks kept on one base.
const MARKS: u32 = 8;
/// Code points kept in one cluster.
const CLUSTER: u32 = 16;
/// What stands for an escape sequence.
const ESCAPE: char = '\u{241B}';

/// From a byte of the clean text on, this byte of the raw text on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// Byte of the clean text.
    pub(crate) clean: usize,
    /// Byte of the raw text.
    pub(crate) raw: usize,
    /// Bytes carry over one by one until the next segment.
    pub(crate) verbatim: bool,
}

/// Scrubbed text with the way back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scrubbed {
    /// The clean text.
    pub(crate) text: String,
    /// Rising in both; the first begins at the start of the clean text.
    pub(crate) map: Vec<Segment>,
    /// Characters and sequences that a mark now stands for.
    pub(crate) marks: usize,
}

impl Scrubbed {
    /// The byte of the clean text where byte `raw` of the raw text is now.
    pub(crate) fn clean_of(&self, raw: usize) -> usize {
        let after = self.map.partition_point(|s| s.raw <= raw);
        let end = self.map.get(after).map_or(self.text.len(), |s| s.clean);
        match after.checked_sub(1).and_then(|i| self.map.get(i)) {
            None => 0,
            Some(s) if s.verbatim => (s.clean + (raw - s.raw)).min(end),
            Some(s) if s.raw == raw => s.clean,
            Some(_) => end,
        }
    }
}

/// Scrubs a text and keeps the way back.
pub(crate) fn scrub(raw: &str) -> Scrubbed {
    let mut scrubber = Scrubber {
        out: Scrubbed {
            text: String::with_capacity(raw.len()),
            ..Scrubbed::default()
        },
        piece: (0, 0),
        mixed: false,
        marks: 0,
        cluster: 0,
        joined: false,
        last_mark: None,
    };
    let bytes = raw.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\n' || (b' '..=b'~').contains(&byte) {
            let run = bytes
                .get(at..)
                .unwrap_or_default()
                .iter()
                .take_while(|b| **b == b'\n' || (b' '..=b'~').contains(*b))
                .count();
            scrubber.plain(raw.get(at..at + run).unwrap_or_default(), at);
            at += run;
            continue;
        }
        let rest = raw.get(at..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { break };
        if let Some(length) = sequence(rest) {
            scrubber.mark(ESCAPE, at);
            at += length;
            continue;
        }
        match fate(c) {
            Fate::Keep => scrubber.keep(c, at),
            Fate::Space => scrubber.made(' ', c, at),
            Fate::Newline if c == '\r' && rest.as_bytes().get(1) == Some(&b'\n') => {}
            Fate::Newline => scrubber.made('\n', c, at),
            Fate::Drop => {}
            Fate::Mark(mark) => scrubber.mark(mark, at),
            Fate::Joiner => scrubber.joiner(c, at),
        }
        at += c.len_utf8();
    }
    scrubber.compose();
    scrubber.out
}

struct Scrubber {
    out: Scrubbed,
    /// Where the stretch that may still compose begins, in clean and in raw bytes.
    piece: (usize, usize),
    /// The stretch holds characters that may compose or change order.
    mixed: bool,
    marks: u32,
    cluster: u32,
    joined: bool,
    last_mark: Option<(char, usize)>,
}

impl Scrubber {
    /// Notes that what is written next comes from byte `raw`.
    fn anchor(&mut self, raw: usize, verbatim: bool) {
        let clean = self.out.text.len();
        match self.out.map.last_mut() {
            Some(s) if verbatim && s.verbatim && s.raw + (clean - s.clean) == raw => {}
            Some(s) if s.clean == clean => {
                *s = Segment {
                    clean,
                    raw,
                    verbatim,
                }
            }
            _ => self.out.map.push(Segment {
                clean,
                raw,
                verbatim,
            }),
        }
    }

    /// A new base begins at the end of the output.
    fn base(&mut self, raw: usize) {
        self.compose();
        self.piece = (self.out.text.len(), raw);
        self.marks = 0;
        self.cluster = if self.joined { self.cluster + 1 } else { 1 };
        self.joined = false;
    }

    /// A run of printable ASCII and line feeds.
    fn plain(&mut self, run: &str, raw: usize) {
        self.base(raw);
        self.anchor(raw, true);
        self.out.text.push_str(run);
        // Only the last character can still take a combining mark.
        self.piece = (self.out.text.len() - 1, raw + run.len() - 1);
        self.cluster = 1;
    }

    /// A character that stays, unless its cluster is full.
    fn keep(&mut self, c: char, raw: usize) {
        if is_nfc_quick(std::iter::once(c)) == IsNormalized::No {
            // It never stands in NFC, so it is taken apart before anything is counted.
            self.changed(std::iter::once(c).nfd(), raw);
            return;
        }
        if extends(c) {
            if !self.room(c) {
                return;
            }
        } else if is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes {
            self.base(raw);
        } else {
            self.mixed = true;
            self.joined = false;
        }
        self.anchor(raw, true);
        self.out.text.push(c);
    }

    /// Characters made of one character at `raw`.
    fn changed(&mut self, made: impl Iterator<Item = char>, raw: usize) {
        for c in made {
            if extends(c) {
                if !self.room(c) {
                    continue;
                }
            } else {
                self.base(raw);
            }
            self.anchor(raw, false);
            self.mixed = true;
            self.out.text.push(c);
        }
    }

    /// Counts one more character on the base; false where there is no room for it.
    fn room(&mut self, c: char) -> bool {
        if self.marks >= MARKS || self.cluster >= CLUSTER {
            return false;
        }
        self.marks += 1;
        self.cluster += 1;
        self.mixed |= canonical_combining_class(c) != 0
            || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes;
        true
    }

    /// A character of one byte or more written for another.
    fn made(&mut self, to: char, from: char, raw: usize) {
        self.base(raw);
        self.anchor(
            raw,
            to.len_utf8() == from.len_utf8() && from != '\u{B}' && from != '\u{C}',
        );
        self.out.text.push(to);
    }

    /// A mark for something taken out; equal marks in a row are one.
    fn mark(&mut self, mark: char, raw: usize) {
        self.out.marks += 1;
        let at = self.out.text.len();
        if self.last_mark == Some((mark, at)) {
            return;
        }
        self.base(raw);
        self.anchor(raw, false);
        self.out.text.push(mark);
        self.last_mark = Some((mark, self.out.text.len()));
    }

    /// Joiners stay after scripts and pictures that use them; in a Latin name they only hide.
    fn joiner(&mut self, c: char, raw: usize) {
        let needed = self.out.text.chars().next_back().is_some_and(|last| {
            last >= '\u{590}'
                && last != GONE
                && !matches!(last, '\u{1E00}'..='\u{1FFF}' | '\u{2000}'..='\u{206F}' | '\u{2400}'..='\u{2426}')
        });
        if needed && !self.joined && self.cluster < CLUSTER {
            let cluster = self.cluster;
            self.base(raw);
            self.cluster = cluster + 1;
            self.joined = true;
            self.anchor(raw, true);
            self.out.text.push(c);
        }
    }

    /// Composes the stretch that ends here.
    fn compose(&mut self) {
        let (clean, raw) = self.piece;
        if std::mem::take(&mut self.mixed) {
            let piece = self.out.text.get(clean..).unwrap_or_default();
            if !is_nfc(piece) {
                let composed: String = piece.nfc().collect();
                self.out.text.truncate(clean);
                self.out.map.retain_from(clean);
                self.anchor(raw, false);
                self.out.text.push_str(&composed);
            }
        }
    }
}

/// True for a character that belongs to the base before it.
fn extends(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Cutting the tail of the map off where a stretch is written anew.
trait RetainFrom {
    fn retain_from(&mut self, clean: usize);
}

impl RetainFrom for Vec<Segment> {
    fn retain_from(&mut self, clean: usize) {
        let kept = self.partition_point(|s| s.clean < clean);
        self.truncate(kept);
    }
}

/// Scrubs a short piece of metadata: one line, no runs of spaces, at most `most` characters.
pub(crate) fn scrub_line(raw: &str, most: usize) -> String {
    // What lies far beyond the cut need not be looked at.
    let head = raw
        .char_indices()
        .nth(most.saturating_mul(4))
        .map_or(raw, |(end, _)| raw.get(..end).unwrap_or_default());
    let mut line = String::new();
    for word in scrub(head).text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.char_indices().nth(most) {
        Some((end, _)) => line.get(..end).unwrap_or_default().to_owned(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clean(raw: &str) -> String {
        scrub(raw).text
    }

    #[test]
    fn whole_sequences_go_and_leave_a_mark() {
        assert_eq!(clean("a\u{1B}[31mred\u{1B}[0m"), "a␛red␛");
        assert_eq!(clean("x\u{1B}]0;title\u{7}y"), "x␛y");
        assert_eq!(clean("x\u{1B}]52;c;eA==\u{1B}\\y"), "x␛y");
        assert_eq!(clean("x\u{1B}]0;no end\nnext"), "x␛\nnext");
        assert_eq!(clean("\u{1B}\u{1B}[\u{1B}[31mword"), "␛word");
        assert_eq!(clean("\u{9B}31mred \u{9D}0;t\u{9C}."), "␛red ␛.");
        assert_eq!(clean("a\u{1B}(0b\u{1B}cd"), "a␛b␛d");
    }

    #[test]
    fn wrongly_decoded_quotes_do_not_eat_their_line() {
        assert_eq!(clean("said â\u{80}\u{9D} and left"), "said â� and left");
    }

    #[test]
    fn invisible_characters_do_not_split_names() {
        assert_eq!(
            clean("Ma\u{200B}ri\u{200C}a Vo\u{AD}ss\u{FEFF}"),
            "Maria Voss"
        );
        assert_eq!(clean("می\u{200C}خواهم"), "می\u{200C}خواهم");
        assert_eq!(clean("bill\u{202E}fdp"), "bill�fdp");
    }

    #[test]
    fn line_ends_and_tabs_are_made_alike() {
        assert_eq!(clean("a\r\nb\rc\td\u{2028}e\u{B}f"), "a\nb\nc d\ne\nf");
    }

    #[test]
    fn marks_are_capped_and_composed() {
        assert_eq!(clean("Jose\u{301}"), "José");
        let tall = format!("a{}", "\u{31B}".repeat(500));
        assert_eq!(clean(&tall).chars().count(), 9);
        let chain = "\u{1F468}\u{200D}".repeat(2000);
        assert!(clean(&chain).split('\u{1F468}').count() > 1000);
    }

    #[test]
    fn the_map_leads_back() {
        let raw = "a\u{1B}[1mbc\u{200B}d";
        let made = scrub(raw);
        assert_eq!(made.text, "a␛bcd");
        assert_eq!(made.clean_of(raw.find('b').unwrap()), 4);
        assert_eq!(made.clean_of(raw.find('d').unwrap()), 6);
        assert_eq!(made.clean_of(raw.len()), 7);
    }

    #[test]
    fn given_text_keeps_its_code_points() {
        let raw = "a\u{1B}[31m\u{202E}\u{AD}\r\nb";
        let made = scrub_given(raw);
        assert_eq!(made.chars().count(), raw.chars().count());
        assert_eq!(made, "a␛[31m��\n\nb");
    }

    /// True where the character must not leave this module.
    pub(super) fn forbidden(c: char) -> bool {
        !matches!(fate(c), Fate::Keep | Fate::Joiner)
    }

    proptest! {
        #[test]
        fn scrubbing_twice_changes_nothing(raw in "(\\PC|[\u{0}-\u{9f}\u{300}-\u{345}\u{200b}-\u{206f}\u{1100}-\u{1200}\u{1b}\\[\\];m\u{212b}\u{fb1d}\u{958}e\u{1f468}\u{fe0f}]){0,40}") {
            let once = scrub(&raw);
            prop_assert!(!once.text.chars().any(forbidden), "{:?}", once.text);
            prop_assert_eq!(&scrub(&once.text).text, &once.text);
            prop_assert!(once.map.windows(2).all(|w| w[0].clean < w[1].clean && w[0].raw <= w[1].raw));
            for s in &once.map {
                prop_assert!(once.text.is_char_boundary(s.clean) && raw.is_char_boundary(s.raw));
            }
            let given = scrub_given(&raw);
            prop_assert!(!given.chars().any(forbidden));
            prop_assert_eq!(given.chars().count(), raw.chars().count());
        }
    }
}
