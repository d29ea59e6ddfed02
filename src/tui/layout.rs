//! Which panes are shown where, for a size of the screen, the focus, and enlarging.

mod edge;

pub(super) use edge::{Edge, grow};

use super::pane::PaneId;
use crate::config::Shares;
use ratatui::layout::{Constraint, Layout, Rect};

/// The places of a frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Name of the program, status sentence, progress.
    pub(super) top: Rect,
    /// Panes that are shown.
    pub(super) panes: Vec<(PaneId, Rect)>,
    /// Hints, words to the user, the line that is typed.
    pub(super) bottom: Rect,
}

/// What a pane of one alone needs at least.
const LEAST: (u16, u16) = (20, 5);

/// How the panes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One pane.
    One,
    /// The list over the pane that is followed.
    Stacked,
    /// Two by two.
    Grid,
    /// Three columns over a wide timeline and the evidence.
    Wide,
}

impl Shape {
    /// The shape for `area`.
    pub(super) const fn of(area: Rect, enlarged: bool) -> Self {
        match area.width {
            _ if enlarged || area.width < 60 || area.height < 15 => Self::One,
            0..100 => Self::Stacked,
            100..160 => Self::Grid,
            _ => Self::Wide,
        }
    }
}

/// The place of the panes on a screen.
pub(super) fn middle(area: Rect) -> Rect {
    let rows = area.height.saturating_sub(2);
    Rect {
        y: area.y + 1,
        height: rows,
        ..area
    }
}

/// The places for `area`; `None` where it is too small for anything.
pub(super) fn places(
    area: Rect,
    (focus, follow): (PaneId, PaneId),
    enlarged: bool,
    shares: &Shares,
) -> Option<Places> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return None;
    }
    let [top, middle, bottom] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
    ])
    .areas(area);
    let panes = match Shape::of(area, enlarged) {
        Shape::One => vec![(focus, middle)],
        Shape::Stacked => stacked(middle, focus, follow, shares),
        Shape::Grid => grid(middle, focus, shares),
        Shape::Wide => wide(middle, shares),
    };
    Some(Places { top, panes, bottom })
}

/// So many thousandths of `whole`, at least `least` and leaving as much.
fn share(whole: u16, thousandths: u16, least: u16) -> u16 {
    let part = (u32::from(whole) * u32::from(thousandths) + 500) / 1000;
    let most = whole.saturating_sub(least).max(least);
    (part as u16).clamp(least, most)
}

/// The list over the pane that is followed.
fn stacked(area: Rect, focus: PaneId, follow: PaneId, shares: &Shares) -> Vec<(PaneId, Rect)> {
    let follow = if focus == PaneId::Articles {
        follow
    } else {
        focus
    };
    let list = share(area.height, shares.list, 5);
    let [above, below] =
        Layout::vertical([Constraint::Length(list), Constraint::Min(5)]).areas(area);
    vec![(PaneId::Articles, above), (follow, below)]
}

/// Articles and text over entities and timeline; the evidence takes the timeline's place while
/// it has the focus.
fn grid(area: Rect, focus: PaneId, shares: &Shares) -> Vec<(PaneId, Rect)> {
    let rows = share(area.height, shares.top, 5);
    let columns = share(area.width, shares.left, LEAST.0);
    let [above, below] =
        Layout::vertical([Constraint::Length(rows), Constraint::Min(1)]).areas(area);
    let columns = |area| {
        Layout::horizontal([Constraint::Length(columns), Constraint::Min(1)]).areas::<2>(area)
    };
    let ([one, two], [three, four]) = (columns(above), columns(below));
    let last = if focus == PaneId::Evidence {
        PaneId::Evidence
    } else {
        PaneId::Timeline
    };
    vec![
        (PaneId::Articles, one),
        (PaneId::Text, two),
        (PaneId::Entities, three),
        (last, four),
    ]
}

/// Columns of the list, of the text and of the rest on a wide screen. Text is no wider than it is
/// good to read, unless someone made it so.
fn columns(width: u16, shares: &Shares) -> (u16, u16, u16) {
    let by_default = shares.wide_text == Shares::default().wide_text;
    let text = share(width, shares.wide_text, 2 * LEAST.0);
    let text = if by_default { text.min(80) } else { text };
    let left = width - text;
    let list = share(left, shares.wide_list, LEAST.0);
    (list, text, left - list)
}

/// Three columns over a wide timeline and the evidence.
fn wide(area: Rect, shares: &Shares) -> Vec<(PaneId, Rect)> {
    let rows = share(area.height, shares.wide_top, 5);
    let [above, below] =
        Layout::vertical([Constraint::Length(rows), Constraint::Min(1)]).areas(area);
    let (list, text, rest) = columns(area.width, shares);
    let [one, two, three] = Layout::horizontal([
        Constraint::Length(list),
        Constraint::Length(text),
        Constraint::Min(1),
    ])
    .areas(above);
    let [four, five] =
        Layout::horizontal([Constraint::Min(1), Constraint::Length(rest)]).areas(below);
    vec![
        (PaneId::Articles, one),
        (PaneId::Text, two),
        (PaneId::Entities, three),
        (PaneId::Timeline, four),
        (PaneId::Evidence, five),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(width: u16, height: u16, focus: PaneId, shares: &Shares) -> Option<Places> {
        let area = Rect::new(0, 0, width, height);
        places(area, (focus, PaneId::Text), false, shares)
    }

    fn shown(width: u16, height: u16, focus: PaneId) -> Vec<PaneId> {
        let places = made(width, height, focus, &Shares::default()).unwrap();
        places.panes.iter().map(|(id, _)| *id).collect()
    }

    #[test]
    fn panes_follow_the_size() {
        use PaneId::{Articles, Entities, Evidence, Text, Timeline};
        assert!(made(19, 30, Articles, &Shares::default()).is_none());
        assert_eq!(shown(59, 30, Text), [Text]);
        assert_eq!(shown(80, 24, Articles), [Articles, Text]);
        assert_eq!(shown(80, 24, Timeline), [Articles, Timeline]);
        assert_eq!(
            shown(120, 40, Articles),
            [Articles, Text, Entities, Timeline]
        );
        assert_eq!(
            shown(120, 40, Evidence),
            [Articles, Text, Entities, Evidence]
        );
        assert_eq!(shown(200, 60, Articles).len(), 5);
    }

    #[test]
    fn panes_cover_the_screen_without_overlap() {
        let odd = |all: u16| Shares {
            list: all,
            left: all,
            top: all,
            wide_top: all,
            wide_text: all,
            wide_list: all,
        };
        for shares in [Shares::default(), odd(100), odd(900)] {
            for (width, height) in [
                (60, 15),
                (80, 24),
                (99, 50),
                (100, 15),
                (159, 40),
                (160, 16),
                (300, 100),
            ] {
                for focus in PaneId::ALL {
                    let made = made(width, height, *focus, &shares).unwrap();
                    let cells: u32 = made.panes.iter().map(|(_, rect)| rect.area()).sum();
                    assert_eq!(
                        cells,
                        u32::from(width) * u32::from(height - 2),
                        "{width}x{height}"
                    );
                    assert!(made.panes.iter().any(|(id, _)| id == focus));
                    assert!(made.panes.iter().all(|(_, rect)| rect.width >= 20));
                }
            }
        }
    }
}
