//! The frame of a pane: border, title, a word at the right, a thumb that shows where one is.

use super::super::theme::Theme;
use super::text::{cut, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::symbols::border;
use ratatui::widgets::{Block, Clear, Widget};

/// What a frame says.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Frame<'a> {
    /// The key that goes here.
    pub(in crate::tui) number: Option<usize>,
    /// What it is.
    pub(in crate::tui) title: &'a str,
    /// How it is filtered, sorted, zoomed.
    pub(in crate::tui) detail: &'a str,
    /// Where one is in it.
    pub(in crate::tui) position: &'a str,
    /// Keys go here.
    pub(in crate::tui) focused: bool,
}

impl Frame<'_> {
    /// Draws the frame around `area`; gives what is inside.
    pub(in crate::tui) fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) -> Rect {
        let area = area.intersection(buf.area);
        if area.width < 3 || area.height < 3 {
            return area;
        }
        let (line, title) = if self.focused {
            (theme.border_focus, theme.title_focus)
        } else {
            (theme.border, theme.title)
        };
        let set = match (self.focused && theme.mono, theme.glyphs.border.top_left) {
            (true, "+") => border::Set {
                horizontal_top: "=",
                horizontal_bottom: "=",
                ..theme.glyphs.border
            },
            (true, _) => border::THICK,
            (false, _) => theme.glyphs.border,
        };
        Block::bordered()
            .border_set(set)
            .border_style(line)
            .render(area, buf);
        let inner = Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2);
        let room = usize::from(area.width.saturating_sub(4));
        let ellipsis = theme.glyphs.ellipsis;
        let mut x = area.x + 2;
        let mut left = room;
        let mut put = |text: &str, style, left: &mut usize| {
            let text = cut(text, *left, ellipsis);
            buf.set_stringn(x, area.y, &text, *left, style);
            let used = width(&text).min(*left);
            x += used as u16;
            *left -= used;
        };
        put(" ", line, &mut left);
        if let Some(number) = self.number {
            put(
                &format!("{number} "),
                if self.focused { title } else { theme.faint },
                &mut left,
            );
        }
        put(self.title, title, &mut left);
        if !self.detail.is_empty() {
            put(&format!(" {} ", theme.glyphs.dot), theme.faint, &mut left);
            put(self.detail, theme.muted, &mut left);
        }
        put(" ", line, &mut left);
        let position = width(self.position) + 2;
        if !self.position.is_empty() && position < left {
            let x = area.right().saturating_sub(position as u16 + 2);
            buf.set_stringn(
                x,
                area.y,
                format!(" {} ", self.position),
                position,
                theme.faint,
            );
        }
        inner
    }
}

/// Draws a thumb on the right border of `area` (the whole pane) where not all fits.
pub(in crate::tui) fn thumb(
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
    (top, page, len): (usize, usize, usize),
    focused: bool,
) {
    let track = usize::from(area.height.saturating_sub(2));
    if len <= page || track < 3 || area.width < 3 {
        return;
    }
    let size = (page * track / len.max(1)).clamp(1, track);
    let travel = len - page;
    let from = (top.min(travel) * (track - size) + travel / 2) / travel.max(1);
    let style = if focused {
        theme.border_focus
    } else {
        theme.muted
    };
    for row in from..from + size {
        let (x, y) = (area.right() - 1, area.y + 1 + row as u16);
        if let Some(cell) = buf.cell_mut((x, y)) {
            cell.set_symbol(theme.glyphs.thumb).set_style(style);
        }
    }
}

/// Empties an area for a box on top and draws its frame.
pub(in crate::tui) fn popup(
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
    title: &str,
    detail: &str,
) -> Rect {
    let area = area.intersection(buf.area);
    Clear.render(area, buf);
    // A wide letter that is cut in half by the box would shift the rest of its row.
    if let Some(x) = area.x.checked_sub(1) {
        for y in area.y..area.bottom() {
            if let Some(cell) = buf.cell_mut((x, y))
                && width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }
    Frame {
        title,
        detail,
        focused: true,
        ..Frame::default()
    }
    .draw(theme, area, buf)
}
