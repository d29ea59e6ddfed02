//! Text on cells: widths, cutting, wrapping, and the guard for strings that were never scrubbed.

use crate::annotate::EntityKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// More marks on one letter than any script needs are an attack on the terminal.
const CLUSTER: usize = 16;

/// Columns of a text.
pub(in crate::tui) fn width(text: &str) -> usize {
    text.width()
}

/// A text that is safe on a terminal: error messages, paths and echoes of what was typed come
/// here, as only the text of articles is scrubbed at the boundary.
pub(in crate::tui) fn printable(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        for c in cluster.chars().take(CLUSTER) {
            match c {
                '\n' | '\t' | '\r' => made.push(' '),
                c if c.is_control() => made.push('\u{fffd}'),
                // Marks that turn the direction of text or hide in it.
                '\u{061c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{ad}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}' => {}
                c => made.push(c),
            }
        }
    }
    Cow::Owned(made)
}

/// The text cut to `columns`, with the sign of omission where something went.
pub(in crate::tui) fn cut<'a>(text: &'a str, columns: usize, ellipsis: &str) -> Cow<'a, str> {
    // Bytes are never fewer than columns, so a short text needs no look at its letters.
    if text.len() <= columns || fits(text, columns) {
        return Cow::Borrowed(text);
    }
    let room = columns.saturating_sub(width(ellipsis));
    let mut used = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        let columns = cluster.width();
        if used + columns > room {
            break;
        }
        used += columns;
        end = at + cluster.len();
    }
    let kept = text.get(..end).unwrap_or("").trim_end();
    if columns == 0 {
        return Cow::Borrowed("");
    }
    Cow::Owned(format!("{kept}{ellipsis}"))
}

/// True where the text needs no more than `columns`, without measuring all of a long one.
fn fits(text: &str, columns: usize) -> bool {
    let mut used = 0;
    text.graphemes(true).all(|cluster| {
        used += cluster.width();
        used <= columns
    })
}

/// Cuts a text that has no blanks, such as an address, into lines of `columns`; nothing is left out.
pub(in crate::tui) fn pieces(text: &str, columns: usize) -> Vec<String> {
    let mut made = vec![String::new()];
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let wide = cluster.width();
        if used > 0 && used + wide > columns {
            made.push(String::new());
            used = 0;
        }
        if let Some(line) = made.last_mut() {
            line.push_str(cluster);
        }
        used += wide;
    }
    made
}

/// Cuts a text into at most `lines` lines of `columns`, at blanks where it can.
pub(in crate::tui) fn wrap(
    text: &str,
    columns: usize,
    lines: usize,
    ellipsis: &str,
) -> Vec<String> {
    let columns = columns.max(1);
    let mut made: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let needs = width(word);
        if used > 0 && used + 1 + needs > columns {
            if made.len() + 1 == lines {
                // The last line takes what fits and says that more follows.
                let rest = std::iter::once(word).chain(words).take(40);
                let rest: Vec<&str> = rest.collect();
                let whole = format!("{line} {}", rest.join(" "));
                made.push(cut(&whole, columns, ellipsis).into_owned());
                return made;
            }
            made.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(&cut(word, columns, ellipsis));
        used += needs.min(columns);
    }
    if !line.is_empty() && made.len() < lines {
        made.push(line);
    }
    made
}

/// Writes along one row and never past its end.
pub(in crate::tui) struct Pen<'a> {
    buf: &'a mut Buffer,
    x: u16,
    y: u16,
    right: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the start of row `row` of `area`; below the area it writes nothing.
    pub(in crate::tui) fn new(buf: &'a mut Buffer, area: Rect, row: u16) -> Self {
        let area = area.intersection(buf.area);
        let y = area.y.saturating_add(row);
        let right = if y < area.bottom() {
            area.right()
        } else {
            area.x
        };
        Self {
            x: area.x,
            y,
            right,
            buf,
        }
    }

    /// Columns left.
    pub(in crate::tui) fn left(&self) -> usize {
        usize::from(self.right.saturating_sub(self.x))
    }

    /// The column of the next letter.
    pub(in crate::tui) const fn x(&self) -> u16 {
        self.x
    }

    /// Writes as much as fits.
    pub(in crate::tui) fn put(&mut self, text: &str, style: Style) -> &mut Self {
        if self.x < self.right {
            let room = self.left();
            (self.x, _) = self.buf.set_stringn(self.x, self.y, text, room, style);
        }
        self
    }

    /// Writes into a field of `columns`, cut or filled with blanks.
    pub(in crate::tui) fn field(
        &mut self,
        text: &str,
        columns: usize,
        style: Style,
        ellipsis: &str,
    ) -> &mut Self {
        let columns = columns.min(self.left());
        let from = self.x;
        let shown = cut(text, columns, ellipsis);
        self.put(&shown, style);
        self.x = from.saturating_add(columns as u16).min(self.right);
        self
    }

    /// Writes at the right end, leaving it out where it does not fit.
    pub(in crate::tui) fn right(&mut self, text: &str, style: Style) -> &mut Self {
        let needs = width(text);
        if needs < self.left() {
            let x = self.right - needs as u16;
            self.buf.set_stringn(x, self.y, text, needs, style);
            self.right = x;
        }
        self
    }

    /// Moves to a column of the row, counted from its start.
    pub(in crate::tui) fn skip(&mut self, columns: usize) -> &mut Self {
        self.x = self.x.saturating_add(columns as u16).min(self.right);
        self
    }
}

/// An entity's kind in one word, small.
pub(in crate::tui) const fn kind_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Org => "org",
        EntityKind::Place => "place",
        EntityKind::Norp => "group",
        EntityKind::Misc => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_strings_become_harmless() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\td"), "a\u{fffd}[31mbc d");
        let pile = format!("e{}", "\u{301}".repeat(5000));
        assert!(printable(&pile).chars().count() <= CLUSTER);
    }

    #[test]
    fn pieces_leave_nothing_out() {
        assert_eq!(
            pieces("https://a.example/汉字", 10),
            ["https://a.", "example/汉", "字"]
        );
        assert_eq!(pieces("", 5), [""]);
    }

    #[test]
    fn cutting_counts_columns_not_letters() {
        assert_eq!(cut("汉字汉字", 5, "…"), "汉字…");
        assert_eq!(cut("short", 5, "…"), "short");
        assert_eq!(cut("longer", 1, "…"), "…");
        assert_eq!(
            wrap("one two three four", 9, 2, "…"),
            ["one two", "three fo…"]
        );
        assert_eq!(wrap("one two", 9, 3, "…"), ["one two"]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in "\\PC{0,60}", columns in 0usize..30) {
            prop_assert!(width(&cut(&text, columns, "…")) <= columns);
            for line in wrap(&text, columns, 4, "…") {
                prop_assert!(width(&line) <= columns.max(1));
            }
            prop_assert!(!printable(&text).contains(char::is_control));
        }
    }
}
