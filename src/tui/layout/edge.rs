//! Edges between panes: where they are, and what moving one does to the shares of the panes.

use super::super::pane::PaneId;
use super::{LEAST, Shape, columns, middle, places};
use crate::config::Shares;
use ratatui::layout::{Position, Rect};

/// An edge that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Edge {
    /// Under the upper panes.
    Under,
    /// Right of the list (and of the entities, two by two).
    List,
    /// Right of the text, where there are three columns.
    Text,
}

/// The thousandths that `part` is of `whole`.
fn thousandths(part: u16, whole: u16) -> u16 {
    (u32::from(part) * 1000 / u32::from(whole.max(1))) as u16
}

impl Edge {
    /// The edge at a place of a screen, if there is one.
    pub(in crate::tui) fn at(at: Position, area: Rect, shares: &Shares) -> Option<Self> {
        let shape = Shape::of(area, false);
        // Where the panes are does not depend on which of them is focused.
        let made = places(area, (PaneId::Articles, PaneId::Text), false, shares)?;
        let rect = |index: usize| made.panes.get(index).map(|(_, rect)| *rect);
        let first = rect(0)?;
        // Each pane has a border of its own: an edge is two cells wide.
        let near = |here: u16, end: u16| here + 1 == end || here == end;
        let inside = middle(area).contains(at);
        let above = at.y + 1 < first.bottom();
        match shape {
            Shape::One => None,
            _ if !inside => None,
            _ if near(at.y, first.bottom()) => Some(Self::Under),
            Shape::Grid if near(at.x, first.right()) => Some(Self::List),
            Shape::Wide if above && near(at.x, first.right()) => Some(Self::List),
            Shape::Wide if above && near(at.x, rect(1)?.right()) => Some(Self::Text),
            Shape::Wide if near(at.x, rect(3)?.right()) => Some(Self::Text),
            _ => None,
        }
    }

    /// Moves the edge to a place of a screen.
    pub(in crate::tui) fn move_to(self, at: Position, area: Rect, shares: &mut Shares) {
        let inner = middle(area);
        let rows = thousandths(at.y.saturating_sub(inner.y), inner.height);
        let x = at.x.saturating_sub(inner.x);
        let (list, text, _) = columns(inner.width, shares);
        match (Shape::of(area, false), self) {
            (Shape::Stacked, Self::Under) => shares.list = rows,
            (Shape::Grid, Self::Under) => shares.top = rows,
            (Shape::Wide, Self::Under) => shares.wide_top = rows,
            (Shape::Grid, Self::List) => shares.left = thousandths(x, inner.width),
            // The text keeps its width when the list changes, and the list when the text does.
            (Shape::Wide, Self::List) => {
                shares.wide_list = thousandths(x, inner.width.saturating_sub(text));
            }
            (Shape::Wide, Self::Text) => {
                let text = x.saturating_sub(list).max(2 * LEAST.0);
                shares.wide_text = thousandths(text, inner.width);
                shares.wide_list = thousandths(list, inner.width.saturating_sub(text));
            }
            _ => {}
        }
        *shares = shares.bounded();
    }
}

/// Makes a pane larger by a step, or smaller.
pub(in crate::tui) fn grow(pane: PaneId, larger: bool, area: Rect, shares: &mut Shares) {
    const STEP: i32 = 50;
    let step = if larger { STEP } else { -STEP };
    let add = |share: &mut u16, by: i32| *share = (i32::from(*share) + by).clamp(100, 900) as u16;
    let upper = matches!(pane, PaneId::Articles | PaneId::Text);
    let left = matches!(pane, PaneId::Articles | PaneId::Entities);
    let sign = |yes: bool| if yes { step } else { -step };
    match Shape::of(area, false) {
        Shape::One => {}
        Shape::Stacked => add(&mut shares.list, sign(pane == PaneId::Articles)),
        Shape::Grid => {
            add(&mut shares.top, sign(upper));
            add(&mut shares.left, sign(left));
        }
        Shape::Wide => {
            let upper = upper || pane == PaneId::Entities;
            add(&mut shares.wide_top, sign(upper));
            match pane {
                PaneId::Text => add(&mut shares.wide_text, step),
                PaneId::Articles | PaneId::Timeline => add(&mut shares.wide_list, step),
                PaneId::Entities | PaneId::Evidence => add(&mut shares.wide_list, -step),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_goes_where_it_is_dragged() {
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            let area = Rect::new(0, 0, width, height);
            let mut shares = Shares::default();
            let made = places(area, (PaneId::Articles, PaneId::Text), false, &shares).unwrap();
            let first = made.panes[0].1;
            let at = Position::new(3, first.bottom());
            assert_eq!(Edge::at(at, area, &shares), Some(Edge::Under));
            let to = Position::new(3, first.bottom() + 3);
            Edge::Under.move_to(to, area, &mut shares);
            let moved = places(area, (PaneId::Articles, PaneId::Text), false, &shares).unwrap();
            assert!(moved.panes[0].1.bottom().abs_diff(to.y) <= 1, "{width}");
            if width == 80 {
                continue;
            }
            let at = Position::new(first.right() - 1, 3);
            assert_eq!(Edge::at(at, area, &shares), Some(Edge::List));
            let to = Position::new(first.right() - 12, 3);
            Edge::List.move_to(to, area, &mut shares);
            let moved = places(area, (PaneId::Articles, PaneId::Text), false, &shares).unwrap();
            assert!(moved.panes[0].1.right().abs_diff(to.x) <= 1, "{width}");
        }
    }

    #[test]
    fn the_list_keeps_its_width_when_the_text_changes() {
        let area = Rect::new(0, 0, 200, 60);
        let mut shares = Shares::default();
        let (list, _, _) = columns(200, &shares);
        Edge::Text.move_to(Position::new(list + 100, 3), area, &mut shares);
        let (now, text, _) = columns(200, &shares);
        assert!(
            now.abs_diff(list) <= 1 && text.abs_diff(100) <= 1,
            "{now} {text}"
        );
    }
}
