//! The copy of a page that an extractor gets to see: well nested, small, each line marked.
//!
//! Tree builders and extractors need time quadratic in depth, in attributes, in misnesting. The
//! copy has none of these, so no page can make them slow; a page over a limit has no copy.

use super::element;
use super::tokenizer::Tag;

/// Most tags and stretches of text.
const MOST_NODES: usize = 200_000;
/// Most steps from the root that all of them may be away together: extractors walk up.
const MOST_STEPS: usize = 1_000_000;
/// Lines that can be told apart: one private character each.
const MOST_LINES: usize = 130_000;
/// The first of the private characters that mark lines, U+F0000.
const MARKS: u32 = 0xF_0000;
/// Longest value of an attribute, in characters.
const LONGEST_VALUE: usize = 400;

/// The attributes that an extractor looks at.
const KEPT: [&str; 13] = [
    "class", "id", "role", "rel", "itemprop", "itemscope", "itemtype", "href", "src", "property",
    "aria-hidden", "aria-modal", "dir",
];

/// The line that a mark stands for.
pub(super) fn line_of_mark(c: char) -> Option<usize> {
    let number = (c as u32).checked_sub(MARKS)?;
    // The last two code points of a plane are no characters.
    let (plane, at) = (number >> 16, number & 0xFFFF);
    (at < 0xFFFE && plane < 2).then_some((plane * 0xFFFE + at) as usize)
}

fn mark_of_line(line: usize) -> Option<char> {
    let line = u32::try_from(line).ok()?;
    char::from_u32(MARKS + ((line / 0xFFFE) << 16) + line % 0xFFFE)
}

/// The copy, as far as it is written.
#[derive(Debug, Default)]
pub(super) struct Copy {
    /// None where none is wanted, or the page is over a limit.
    out: Option<String>,
    nodes: usize,
    steps: usize,
}

impl Copy {
    /// An empty copy of a page of `length` bytes, or none at all.
    pub(super) fn new(wanted: bool, length: usize) -> Self {
        Self { out: wanted.then(|| String::with_capacity(length / 2)), ..Self::default() }
    }

    /// Counts a token that stands `depth` below the root.
    pub(super) fn count(&mut self, depth: usize) {
        self.nodes += 1;
        self.steps += depth;
        if self.nodes > MOST_NODES || self.steps > MOST_STEPS {
            self.drop();
        }
    }

    /// Gives the copy up.
    pub(super) fn drop(&mut self) {
        self.out = None;
    }

    /// The finished copy.
    pub(super) fn take(self) -> Option<String> {
        self.out
    }

    /// The text that follows begins this line.
    pub(super) fn mark(&mut self, line: usize) {
        if line >= MOST_LINES {
            self.drop();
        }
        if let (Some(out), Some(mark)) = (self.out.as_mut(), mark_of_line(line)) {
            out.push(mark);
            out.push(' ');
        }
    }

    /// Text. It is looked at and thrown away, so what would have to be written as a reference
    /// (which tree builders are slow at) is written as another mark.
    pub(super) fn text(&mut self, text: &str) {
        let Some(out) = self.out.as_mut() else { return };
        out.extend(text.chars().map(|c| match c {
            '<' => '(',
            '>' => ')',
            '&' => '+',
            '\0' | '\u{F0000}'.. => '\u{FFFD}',
            _ => c,
        }));
    }

    /// A start tag, with the attributes that matter; false where the element is left out.
    pub(super) fn start(&mut self, tag: &Tag<'_>) -> bool {
        let plain = tag.written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let meta = matches!(tag.name, element::META | element::LINK | element::BASE);
        let Some(out) = self.out.as_mut().filter(|_| plain && !meta) else {
            return false;
        };
        out.push('<');
        out.push_str(tag.written);
        for (name, value) in &tag.attributes {
            let Some(name) = KEPT.iter().find(|kept| kept.eq_ignore_ascii_case(name)) else {
                continue;
            };
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.extend(value.chars().take(LONGEST_VALUE).map(|c| match c {
                '"' => '\'',
                '<' | '&' => '+',
                _ => c,
            }));
            out.push('"');
        }
        out.push('>');
        true
    }

    /// An end tag.
    pub(super) fn end(&mut self, written: &str) {
        if let Some(out) = self.out.as_mut() {
            out.push_str("</");
            out.push_str(written);
            out.push('>');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lead_back_to_their_lines() {
        for line in [0, 1, 65_533, 65_534, 65_535, 100_000, MOST_LINES - 1] {
            assert_eq!(mark_of_line(line).and_then(line_of_mark), Some(line));
        }
        assert_eq!(line_of_mark('a'), None);
    }
}
