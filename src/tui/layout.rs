//! Which panes are shown where, for a size of the screen, the focus, and enlarging.

use super::pane::PaneId;
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

/// The places for `area`; `None` where it is too small for anything.
pub(super) fn places(area: Rect, focus: PaneId, follow: PaneId, enlarged: bool) -> Option<Places> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return None;
    }
    let [top, middle, bottom] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
    ])
    .areas(area);
    let small = area.width < 60 || area.height < 15;
    let panes = if enlarged || small {
        vec![(focus, middle)]
    } else {
        match area.width {
            0..100 => stacked(middle, focus, follow),
            100..160 => grid(middle, focus),
            _ => wide(middle),
        }
    };
    Some(Places { top, panes, bottom })
}

/// The list over the pane that is followed.
fn stacked(area: Rect, focus: PaneId, follow: PaneId) -> Vec<(PaneId, Rect)> {
    let follow = if focus == PaneId::Articles {
        follow
    } else {
        focus
    };
    let list = (area.height * 3 / 10 + 1).clamp(5, 14);
    let [above, below] =
        Layout::vertical([Constraint::Length(list), Constraint::Min(5)]).areas(area);
    vec![(PaneId::Articles, above), (follow, below)]
}

/// Articles and text over entities and timeline; the evidence takes the timeline's place while
/// it has the focus.
fn grid(area: Rect, focus: PaneId) -> Vec<(PaneId, Rect)> {
    let [above, below] = Layout::vertical([Constraint::Fill(1), Constraint::Fill(1)]).areas(area);
    let columns = |area| {
        Layout::horizontal([Constraint::Percentage(43), Constraint::Percentage(57)])
            .areas::<2>(area)
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

/// Three columns over a wide timeline and the evidence.
fn wide(area: Rect) -> Vec<(PaneId, Rect)> {
    let [above, below] =
        Layout::vertical([Constraint::Percentage(56), Constraint::Percentage(44)]).areas(area);
    let [one, two, three] = Layout::horizontal([
        Constraint::Fill(3),
        Constraint::Length((area.width * 2 / 5).min(80)),
        Constraint::Fill(3),
    ])
    .areas(above);
    let [four, five] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(three.width)]).areas(below);
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

    fn shown(width: u16, height: u16, focus: PaneId) -> Vec<PaneId> {
        let area = Rect::new(0, 0, width, height);
        let places = places(area, focus, PaneId::Text, false).unwrap();
        places.panes.iter().map(|(id, _)| *id).collect()
    }

    #[test]
    fn panes_follow_the_size() {
        use PaneId::{Articles, Entities, Evidence, Text, Timeline};
        assert!(places(Rect::new(0, 0, 19, 30), Articles, Text, false).is_none());
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
                let area = Rect::new(0, 0, width, height);
                let made = places(area, *focus, PaneId::Text, false).unwrap();
                let cells: u32 = made.panes.iter().map(|(_, rect)| rect.area()).sum();
                assert_eq!(
                    cells,
                    u32::from(width) * u32::from(height - 2),
                    "{width}x{height}"
                );
                assert!(made.panes.iter().any(|(id, _)| id == focus));
            }
        }
    }
}
