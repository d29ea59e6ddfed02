//! Signs that are drawn as shapes: lines and their corners, bars and blocks.

use super::CELL;
use std::fmt::Write;

/// A sign as a shape in its cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// A filled box: its top, its bottom and its right side as parts of the cell.
    Box(f32, f32, f32),
    /// Lines from the middle of the cell to its sides: up, right, down, left.
    Lines {
        to: [bool; 4],
        heavy: bool,
        dashed: bool,
        round: bool,
    },
}

/// The shape of a sign that is drawn as one.
pub(super) fn of(symbol: &str) -> Option<Shape> {
    let mut letters = symbol.chars();
    let (Some(sign), None) = (letters.next(), letters.next()) else {
        return None;
    };
    let eighth = |sign: char, first: char| (sign as u32 - first as u32 + 1) as f32 / 8.0;
    let (to, heavy) = match sign {
        '▁'..='█' => return Some(Shape::Box(1.0 - eighth(sign, '▁'), 1.0, 1.0)),
        // From seven eighths down to one.
        '▉'..='▏' => return Some(Shape::Box(0.0, 1.0, 1.0 - eighth(sign, '▉'))),
        '▀' => return Some(Shape::Box(0.0, 0.5, 1.0)),
        '─' | '╌' | '┄' | '┈' => ("right left", false),
        '│' | '╎' | '┆' | '┊' => ("up down", false),
        '━' => ("right left", true),
        '┃' => ("up down", true),
        '╭' | '┌' => ("right down", false),
        '╮' | '┐' => ("down left", false),
        '╰' | '└' => ("up right", false),
        '╯' | '┘' => ("up left", false),
        '┏' => ("right down", true),
        '┓' => ("down left", true),
        '┗' => ("up right", true),
        '┛' => ("up left", true),
        '├' => ("up right down", false),
        '┤' => ("up down left", false),
        '┬' => ("right down left", false),
        '┴' => ("up right left", false),
        '┼' => ("up right down left", false),
        _ => return None,
    };
    Some(Shape::Lines {
        to: ["up", "right", "down", "left"].map(|side| to.contains(side)),
        heavy,
        dashed: "╌┄┈╎┆┊".contains(sign),
        round: "╭╮╰╯".contains(sign),
    })
}

impl Shape {
    /// True for a line from side to side, which goes on in the next cell.
    pub(super) const fn goes_on(self) -> bool {
        matches!(
            self,
            Self::Lines {
                to: [false, true, false, true],
                dashed: false,
                ..
            }
        )
    }

    /// Its path with its top left corner at a place, over so many cells; and its classes.
    pub(super) fn path(self, (x, y): (f32, f32), cells: usize) -> (String, &'static str) {
        let (wide, high) = CELL;
        let mut path = String::new();
        match self {
            Self::Box(top, bottom, right) => {
                let (top, tall, wide) = (y + high * top, high * (bottom - top), wide * right);
                let _ = write!(path, "M{x:.1} {top:.2}h{wide:.2}v{tall:.2}h-{wide:.2}z");
                (path, "")
            }
            Self::Lines { heavy, dashed, .. } => {
                let class = match (heavy, dashed) {
                    (_, true) => " l d",
                    (true, _) => " l h",
                    _ => " l",
                };
                let far = x + wide * cells as f32;
                let (middle, center) = (x + wide / 2.0, y + high / 2.0);
                if self.goes_on() {
                    let _ = write!(path, "M{x:.1} {center:.1}H{far:.1}");
                    return (path, class);
                }
                let ends = self.ends([(middle, y), (far, center), (middle, y + high), (x, center)]);
                match (self, ends.as_slice()) {
                    (Self::Lines { round: true, .. }, [a, b]) => {
                        let _ = write!(
                            path,
                            "M{:.1} {:.1}Q{middle:.1} {center:.1} {:.1} {:.1}",
                            a.0, a.1, b.0, b.1
                        );
                    }
                    // From end to end through the middle: no gap where two strokes meet.
                    (_, [a, b, more @ ..]) => {
                        let _ = write!(
                            path,
                            "M{:.1} {:.1}L{middle:.1} {center:.1}L{:.1} {:.1}",
                            a.0, a.1, b.0, b.1
                        );
                        for end in more {
                            let _ =
                                write!(path, "M{middle:.1} {center:.1}L{:.1} {:.1}", end.0, end.1);
                        }
                    }
                    _ => {}
                }
                (path, class)
            }
        }
    }

    /// Those of the four places that its lines go to.
    fn ends(self, places: [(f32, f32); 4]) -> Vec<(f32, f32)> {
        let Self::Lines { to, .. } = self else {
            return Vec::new();
        };
        let ends = places.into_iter().zip(to);
        ends.filter(|(_, on)| *on).map(|(place, _)| place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_bars_and_corners_are_shapes_and_letters_are_not() {
        assert_eq!(of("▄"), Some(Shape::Box(0.5, 1.0, 1.0)));
        assert_eq!(of("▎"), Some(Shape::Box(0.0, 1.0, 0.25)));
        assert!(of("─").is_some_and(Shape::goes_on));
        assert!(!of("┤").is_some_and(Shape::goes_on));
        for sign in ["a", "◆", "語", "", "──"] {
            assert_eq!(of(sign), None, "{sign}");
        }
        let (path, class) = of("─").unwrap().path((0.0, 0.0), 3);
        assert_eq!((path.as_str(), class), ("M0.0 9.0H25.2", " l"));
        let (path, _) = of("╭").unwrap().path((0.0, 0.0), 1);
        assert_eq!(path, "M8.4 9.0Q4.2 9.0 4.2 18.0");
    }
}
