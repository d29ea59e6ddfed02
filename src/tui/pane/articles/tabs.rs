//! The sources of the list on one row: all articles, then each saved search.

use super::super::super::model::Model;
use super::super::super::theme::Theme;
use super::super::super::widget::{Pen, cut, printable};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// Columns of a name at most.
const LONGEST: usize = 18;

/// The row.
#[derive(Default)]
pub(super) struct Tabs {
    row: u16,
    /// Columns of each; `None` is all articles.
    places: Vec<(Range<u16>, Option<usize>)>,
}

impl Tabs {
    /// Draws the row, where any search is saved and there is room; gives what is left of `area`.
    pub(super) fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) -> Rect {
        self.places.clear();
        if model.searches.is_empty() || area.height < 4 {
            return area;
        }
        self.row = area.y;
        let source = model.source();
        let shown = if model.is_filtered() { source } else { None };
        let names = model.searches.iter().map(|saved| printable(&saved.name));
        let all = std::iter::once((None, std::borrow::Cow::Borrowed("All")));
        let all = all.chain(names.enumerate().map(|(at, name)| (Some(at), name)));
        let all: Vec<_> = all.collect();
        // The one that is shown has to be on the row, however many there are before it.
        let first = source.map_or(0, |at| at.saturating_sub(usize::from(area.width) / 24));
        let mut pen = Pen::new(buf, area, 0);
        pen.skip(1);
        for (at, name) in all.iter().filter(|(at, _)| at.is_none_or(|at| at >= first)) {
            let on = *at == shown && (at.is_some() || !model.is_filtered());
            let from = pen.x();
            let room = pen.left().min(LONGEST);
            pen.put(&cut(name, room, theme.glyphs.ellipsis), if on { theme.accent } else { theme.muted });
            self.places.push((from..pen.x(), *at));
            pen.skip(2);
        }
        Rect {
            y: area.y + 1,
            height: area.height - 1,
            ..area
        }
    }

    /// The tab at a place of the last frame: 0 is all articles, then come the saved searches.
    pub(super) fn at(&self, at: Position) -> Option<usize> {
        let found = self.places.iter().find(|(columns, _)| at.y == self.row && columns.contains(&at.x));
        found.map(|(_, source)| source.map_or(0, |at| at + 1))
    }
}
