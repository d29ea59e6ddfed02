//! The tabs of the kinds and the rows of names, on cells.

use super::super::super::model::Model;
use super::super::super::theme::Theme;
use super::super::super::widget::{Pen, cut, kind_word, printable, width};
use super::{Entities, kinds};
use crate::annotate::EntityKind;
use crate::store::EntityRow;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "People",
        EntityKind::Org => "Orgs",
        EntityKind::Place => "Places",
        EntityKind::Norp => "Groups",
        EntityKind::Misc => "Other",
    }
}

impl Entities {
    pub(super) fn draw_tabs(&mut self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        self.tabs.clear();
        let all: Vec<(Option<EntityKind>, usize)> = kinds().zip(self.counts.iter().copied()).collect();
        let name = |kind: Option<EntityKind>| kind.map_or("All", plural);
        let all: Vec<_> = all.into_iter().filter(|(kind, n)| *n > 0 || *kind == self.kind).collect();
        let names: usize = all.iter().map(|(kind, _)| width(name(*kind)) + 2).sum();
        let counts: usize = all.iter().map(|(_, count)| digits(*count) + 1).sum();
        let room = usize::from(area.width);
        let mut pen = Pen::new(buf, area, 0);
        pen.skip(1);
        for (kind, count) in all {
            let on = kind == self.kind;
            let from = pen.x();
            // Where not all fits, first the counts of the others go, then most of their letters.
            let full = name(kind);
            let cramped = names + 6 > room && !on;
            let short = full.get(..2).filter(|_| cramped).unwrap_or(full);
            pen.put(short, if on { theme.accent } else { theme.muted });
            if on || names + counts <= room {
                pen.put(&format!(" {count}"), theme.faint);
            }
            pen.skip(2);
            self.tabs.push((from..pen.x(), kind));
        }
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn draw_row(
        &self,
        row: &EntityRow,
        model: &Model,
        theme: &Theme,
        (selected, focused): (bool, bool),
        names: usize,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let g = &theme.glyphs;
        let entity = &row.entity;
        if selected {
            buf.set_style(area, theme.row(focused));
        }
        let (sign, style) = if model.marks.contains_key(&entity.id) {
            (g.mark, theme.mark)
        } else if selected {
            (g.cursor, theme.accent)
        } else if self.related.contains(&entity.id) {
            (g.related, theme.mark)
        } else {
            ("", theme.text)
        };
        Pen::new(buf, area, 0).put(sign, style);
        let mut pen = Pen::new(buf, area, 0);
        let articles = entity.articles.len();
        let counts = format!("{:>5} {:>4} ", format!("{}x", row.mentions), articles);
        pen.right(&counts, theme.muted);
        if self.kind.is_none() && pen.left() > 34 {
            pen.right(&format!("{:<6} ", kind_word(entity.kind)), theme.faint);
        }
        let spellings = entity.variants.len();
        if spellings > 1 && pen.left() > 30 {
            pen.right(&format!(" {spellings} spellings "), theme.faint);
        }
        pen.skip(2);
        let filtered = model.filter.iter().any(|(id, _)| *id == entity.id);
        let name = printable(&entity.name);
        let room = pen.left().saturating_sub(if filtered { 2 } else { 0 }).min(names.max(8));
        pen.put(&cut(&name, room, g.ellipsis), theme.kind(entity.kind));
        if filtered {
            pen.put(" ", theme.text).put("f", theme.chip);
        }
        if selected && focused {
            buf.set_style(area, theme.selection);
        }
    }
}

fn digits(count: usize) -> usize {
    count.to_string().len()
}
