//! From byte spans in the full text to code points in the text that the contract prints.

use super::Span;

/// A text made of pieces of the full text, and the table that carries spans over to it.
///
/// The contract's `text` is body, subheads and captions only; its offsets count code points.
/// Both are made here, at the edge, so that everything inside works on one immutable text.
#[derive(Clone, Debug, Default)]
pub struct Projection {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
struct Piece {
    full: Span,
    /// Code points of the projected text before byte `STEP * i` of this piece (or the next
    /// character after it): counting starts there, so a long line costs no more than a short one.
    chars: Vec<usize>,
}

/// Bytes between two places where code points were counted.
const STEP: usize = 256;

impl Projection {
    /// Joins the pieces of `full` under `spans` (rising, disjoint), `join` between each two.
    pub fn new(full: &str, spans: impl IntoIterator<Item = Span>, join: &str) -> Self {
        let mut made = Self::default();
        let mut chars = 0;
        for span in spans {
            if span.is_empty() {
                continue;
            }
            if !made.pieces.is_empty() {
                made.text.push_str(join);
                chars += join.chars().count();
            }
            let piece = span.of(full);
            let mut counted = Vec::with_capacity(piece.len() / STEP + 1);
            let mut from = 0;
            for step in (0..piece.len()).step_by(STEP) {
                let to = ceil(piece, step);
                chars += piece[from..to].chars().count();
                from = to;
                counted.push(chars);
            }
            chars += piece[from..].chars().count();
            made.text.push_str(piece);
            made.pieces.push(Piece {
                full: span,
                chars: counted,
            });
        }
        made
    }

    /// The whole of `full`, unchanged.
    pub fn whole(full: &str) -> Self {
        Self::new(full, [Span::new(0, full.len())], "")
    }

    /// The projected text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The projected text, given away.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Code points `(start, end)` of `span`, or `None` where it is not wholly in one piece.
    pub fn chars(&self, full: &str, span: Span) -> Option<(usize, usize)> {
        let after = self.pieces.partition_point(|p| p.full.start <= span.start);
        let piece = self.pieces.get(after.checked_sub(1)?)?;
        if !piece.full.contains(span) {
            return None;
        }
        let text = piece.full.of(full);
        let at = (span.start - piece.full.start) as usize;
        let mut step = at / STEP;
        // The character that spans a step counts before it: such a step is one too far.
        if ceil(text, step * STEP) > at {
            step -= 1;
        }
        let rest = text.get(ceil(text, step * STEP)..at)?;
        let start = piece.chars.get(step)? + rest.chars().count();
        Some((start, start + span.of(full).chars().count()))
    }
}

/// The first character boundary of `text` at or after byte `at`.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_pieces_count_like_short_ones() {
        let full = "aé€😀".repeat(500);
        let made = Projection::whole(&full);
        for (count, (at, c)) in full.char_indices().enumerate() {
            let span = Span::new(at, at + c.len_utf8());
            assert_eq!(made.chars(&full, span), Some((count, count + 1)));
        }
    }

    #[test]
    fn spans_land_on_their_own_text() {
        let full = "Überschrift\nfoo ß bar\nwerbung\nend";
        let body = Span::new(13, 23);
        let tail = Span::new(32, 35);
        let made = Projection::new(full, [body, tail], "\n");
        assert_eq!(made.text(), "foo ß bar\nend");
        assert_eq!(made.chars(full, Span::new(17, 19)), Some((4, 5)));
        assert_eq!(made.chars(full, tail), Some((10, 13)));
        assert_eq!(made.chars(full, Span::new(0, 5)), None, "not in any piece");
    }
}
