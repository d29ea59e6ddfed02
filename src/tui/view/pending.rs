//! What can follow the keys that were pressed: shown when the next one is slow to come.

use super::super::app::App;
use super::super::widget::{Pen, cut, frame, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns of an entry at least.
const COLUMN: usize = 30;

impl App {
    /// Draws the box over the bottom of `area`.
    pub(super) fn draw_pending(&self, area: Rect, buf: &mut Buffer) {
        if !self.hint || self.pending.is_empty() {
            return;
        }
        let theme = &self.theme;
        let found = self.keymap.continuations(&self.contexts(), &self.pending);
        if found.is_empty() || area.height < 6 {
            return;
        }
        let columns = (usize::from(area.width.saturating_sub(2)) / COLUMN).max(1);
        let rows = found
            .len()
            .div_ceil(columns)
            .min(usize::from(area.height) / 2);
        let height = rows as u16 + 2;
        let place = Rect {
            y: area.bottom().saturating_sub(height + 1),
            height,
            ..area
        };
        let keys = crate::config::key::show_sequence(&self.pending);
        let inner = frame::popup(theme, place, buf, &keys, "Esc forgets it");
        let field = found.iter().map(|(rest, _)| width(rest)).max().unwrap_or(1);
        for (index, (rest, action)) in found.iter().enumerate().take(rows * columns) {
            let (column, row) = (index / rows, index % rows);
            let spot = Rect {
                x: inner.x + (column * COLUMN) as u16,
                y: inner.y + row as u16,
                width: COLUMN as u16,
                height: 1,
            };
            let spot = spot.intersection(inner);
            let mut pen = Pen::new(buf, spot, 0);
            pen.skip(1).field(rest, field, theme.key, "").skip(1);
            let room = pen.left().saturating_sub(1);
            pen.put(
                &cut(&action.to_string(), room, theme.glyphs.ellipsis),
                theme.muted,
            );
        }
    }
}
