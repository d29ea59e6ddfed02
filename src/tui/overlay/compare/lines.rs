//! Two articles as lines: side by side where there is room, else one under the other.

use super::super::super::theme::Theme;
use super::super::super::widget::{Pen, cut, printable, width};
use super::diff::{Diff, Word};
use ratatui::style::{Modifier, Style};

/// Columns that a side needs at least; below, the sides stand one under the other.
const NARROWEST: usize = 20;

/// A line of the frame: what stands left and right, and the pair that it belongs to.
pub(super) struct Line {
    pub(super) pair: usize,
    pub(super) left: Vec<Word>,
    pub(super) right: Vec<Word>,
}

/// True where both sides have room beside each other.
pub(super) const fn is_wide(columns: usize) -> bool {
    columns >= NARROWEST * 2 + 3
}

/// Columns of the words of a side, its sign left out.
pub(super) const fn room(columns: usize) -> usize {
    if is_wide(columns) {
        side(columns)
    } else {
        columns.saturating_sub(2)
    }
}

/// The lines of a comparison, with a blank one between paragraphs.
pub(super) fn lay(diff: &Diff, columns: usize) -> Vec<Line> {
    let room = room(columns);
    let mut lines = Vec::new();
    for (index, pair) in diff.pairs.iter().enumerate() {
        let (left, right) = (fill(&pair.left, room), fill(&pair.right, room));
        if is_wide(columns) {
            for row in 0..left.len().max(right.len()) {
                let line = |side: &[Vec<Word>]| side.get(row).cloned().unwrap_or_default();
                lines.push(Line {
                    pair: index,
                    left: line(&left),
                    right: line(&right),
                });
            }
        } else {
            let same = !pair.differs();
            let left = left.into_iter().map(|left| (left, Vec::new()));
            let right = right.into_iter().map(|right| (Vec::new(), right));
            let both = left.chain(right.filter(|_| !same));
            lines.extend(both.map(|(left, right)| Line {
                pair: index,
                left,
                right,
            }));
        }
        lines.push(Line {
            pair: index,
            left: Vec::new(),
            right: Vec::new(),
        });
    }
    lines.pop();
    lines
}

/// Columns of one of two sides, without its sign.
const fn side(columns: usize) -> usize {
    (columns - 3) / 2 - 2
}

/// Cuts words into lines.
fn fill(words: &[Word], columns: usize) -> Vec<Vec<Word>> {
    let mut lines: Vec<Vec<Word>> = Vec::new();
    let mut used = 0;
    for word in words {
        let needs = width(&word.text).min(columns);
        if let Some(line) = lines.last_mut().filter(|_| used + 1 + needs <= columns) {
            line.push(word.clone());
            used += 1 + needs;
        } else {
            lines.push(vec![word.clone()]);
            used = needs;
        }
    }
    lines
}

/// Draws words with a sign before those that only this side has.
pub(super) fn draw_words(
    words: &[Word],
    sign: &str,
    changed: Style,
    room: usize,
    theme: &Theme,
    pen: &mut Pen<'_>,
) {
    let marked = words.iter().any(|word| word.differs);
    pen.field(if marked { sign } else { "" }, 2, changed, "");
    let end = pen.left().saturating_sub(room);
    let mut before = false;
    for (index, word) in words.iter().enumerate() {
        let style = if word.differs {
            changed.add_modifier(Modifier::UNDERLINED)
        } else {
            theme.text
        };
        if index > 0 {
            pen.put(
                " ",
                if before && word.differs {
                    style
                } else {
                    theme.text
                },
            );
        }
        before = word.differs;
        let left = pen.left().saturating_sub(end);
        pen.put(
            &cut(&printable(&word.text), left, theme.glyphs.ellipsis),
            style,
        );
    }
    let left = pen.left().saturating_sub(end);
    pen.skip(left);
}
