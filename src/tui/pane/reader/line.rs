//! One line of the text on cells: names by kind, dates beside their words, matches, highlights.

use super::super::super::links::{self, Footnotes};
use super::super::super::theme::Theme;
use super::super::super::widget::{Pen, cut, date, printable, width};
use super::wrap::{INDENT, Kind, Line, shown_date};
use crate::annotate::{Annotated, Basis, Role};
use crate::store::ArticleRow;
use crate::store::overlay::Notes;
use crate::text::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

/// What lines are drawn from.
pub(super) struct Scene<'a> {
    /// The article.
    pub(super) article: &'a Annotated,
    /// Its row in the list.
    pub(super) row: Option<ArticleRow>,
    /// What the person noted.
    pub(super) notes: &'a Notes,
    /// Its links.
    pub(super) links: &'a Footnotes,
    /// What was found, rising.
    pub(super) found: &'a [Span],
    /// The words that were jumped to.
    pub(super) highlight: Option<Span>,
    /// Which entities of the article are the selected one.
    pub(super) of_entity: &'a [bool],
    /// The look.
    pub(super) theme: &'a Theme,
}

impl Scene<'_> {
    /// Draws one line into `area`, which is one row.
    pub(super) fn draw(&self, line: &Line, area: Rect, buf: &mut Buffer) {
        let theme = self.theme;
        let mut pen = Pen::new(buf, area, 0);
        if line.indent > 0 && line.kind == Kind::Text(Role::Body) {
            pen.put(theme.glyphs.gutter, theme.muted);
            pen.skip(usize::from(INDENT) - 1);
        } else {
            pen.skip(usize::from(line.indent));
        }
        match &line.kind {
            Kind::Blank => {}
            Kind::Title(title) => {
                pen.put(title, theme.strong);
            }
            Kind::About => self.draw_about(&mut pen),
            Kind::Tags(tags) => {
                pen.put(tags, theme.accent);
            }
            Kind::Note(note) => {
                pen.put(theme.glyphs.note, theme.accent).skip(1).put(note, theme.accent);
            }
            Kind::Link(number) => {
                let target = self.links.targets.get(number - 1).map_or("", String::as_str);
                pen.put(&links::shown(*number), theme.accent).skip(1);
                let room = pen.left();
                pen.put(&cut(&printable(target), room, theme.glyphs.ellipsis), theme.muted);
            }
            Kind::MoreLinks(more) => {
                pen.put(&format!("and {more} more links"), theme.faint);
            }
            Kind::Folded(count) => {
                let lines = if *count == 1 { "line" } else { "lines" };
                let text = format!("{0}{0} {count} {lines} of boilerplate folded ", theme.glyphs.rule);
                pen.put(&text, theme.boilerplate);
                let rest = theme.glyphs.rule.repeat(pen.left().min(400));
                pen.put(&rest, theme.border);
            }
            Kind::Text(role) => {
                self.draw_text(line.span, *role, &mut pen);
                let block = self.article.block(line.span.start);
                let first = block.is_some_and(|block| block.span.start == line.span.start);
                let label = role.reason();
                if role.is_furniture() && first && width(label) + 3 < pen.left() {
                    pen.right(label, theme.border);
                }
            }
        }
    }

    fn draw_about(&self, pen: &mut Pen<'_>) {
        let theme = self.theme;
        let made = self.article;
        let dot = format!(" {} ", theme.glyphs.dot);
        let source = self.row.as_ref().and_then(|row| row.source.as_deref());
        let mut first = true;
        let mut part = |pen: &mut Pen<'_>, text: &str, style: Style| {
            if !first {
                pen.put(&dot, theme.faint);
            }
            first = false;
            let room = pen.left();
            pen.put(&cut(&printable(text), room, theme.glyphs.ellipsis), style);
        };
        if let Some(outlet) = made.outlet.as_deref().or(source) {
            part(pen, outlet, theme.muted);
        }
        let (when, style) = date::published(&made.published, theme);
        part(pen, when.trim_start(), style);
        let basis = match made.published.basis {
            Basis::Stated => "stated",
            Basis::Metadata => "from metadata",
            Basis::Inferred => "inferred",
            Basis::Given => "given",
            Basis::None => "",
        };
        if !basis.is_empty() {
            pen.put(&format!(" {basis}"), theme.faint);
        }
        if let Some(words) = self.row.as_ref().map(|row| row.words).filter(|words| *words > 0) {
            part(pen, &format!("{words} words"), theme.faint);
        }
        if !made.language.analysed {
            let code = match made.language.code.as_ref() {
                "" => "language unknown",
                code => code,
            };
            part(pen, &format!("{code}, not analysed"), theme.warning);
        }
        if let Some(byline) = made.byline.as_deref() {
            part(pen, byline, theme.faint);
        }
        let hash = &made.article.hash;
        if self.notes.starred.contains(hash) {
            part(pen, &format!("{} starred", theme.glyphs.star), theme.mark);
        }
        if self.notes.read.contains(hash) {
            part(pen, "read", theme.faint);
        }
    }

    fn base(&self, role: Role) -> Style {
        let theme = self.theme;
        match role {
            Role::Headline | Role::Subhead => theme.strong,
            Role::Body => theme.text,
            Role::Caption => theme.muted.add_modifier(Modifier::ITALIC),
            role if role.is_head() => theme.muted,
            _ => theme.boilerplate,
        }
    }

    /// Draws a stretch of the text in runs of one style.
    fn draw_text(&self, line: Span, role: Role, pen: &mut Pen<'_>) {
        let theme = self.theme;
        let text = self.article.text();
        let within = |spans: &mut dyn Iterator<Item = Span>| -> Vec<Span> {
            spans.filter(|span| span.overlaps(line)).collect()
        };
        let mentions = overlapping(&self.article.mentions, line, |mention| mention.span);
        let timexes = overlapping(&self.article.timexes, line, |timex| timex.span);
        let from = self.found.partition_point(|span| span.start + 4096 < line.start);
        let found = within(&mut self.found.iter().skip(from).take_while(|s| s.start < line.end).copied());
        let highlight = self.highlight.filter(|span| span.overlaps(line));
        let mut cuts: Vec<u32> = vec![line.start, line.end];
        let spans = mentions.iter().map(|m| m.span).chain(timexes.iter().map(|t| t.span));
        let marks = self.links.ending(line);
        let spans = spans.chain(marks.iter().map(|mark| mark.span));
        for span in spans.chain(found.iter().copied()).chain(highlight) {
            cuts.extend([span.start, span.end].iter().filter(|at| line.holds(**at)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let &[start, end] = pair else { continue };
            let run = Span { start, end };
            let mut style = self.base(role);
            if let Some(mention) = mentions.iter().find(|mention| mention.span.overlaps(run)) {
                style = style.patch(theme.kind(mention.kind));
                if self.of_entity.get(mention.entity as usize) == Some(&true) {
                    style = style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
                }
            }
            let timex = timexes.iter().find(|timex| timex.span.overlaps(run));
            if timex.is_some_and(|timex| timex.interval.is_dated()) {
                style = style.patch(theme.timex);
            }
            if highlight.is_some_and(|span| span.overlaps(run)) {
                style = style.patch(theme.highlight).fg(style.fg.unwrap_or_default());
            }
            if found.iter().any(|span| span.overlaps(run)) {
                style = theme.found;
            }
            put_text(pen, run.of(text), style);
            for timex in timexes.iter().filter(|timex| timex.span.end == end) {
                self.put_date(pen, timex, highlight.is_some_and(|span| span.holds(end - 1)));
            }
            for mark in marks.iter().filter(|mark| mark.span.end == end) {
                pen.put(&links::shown(mark.number), theme.faint);
            }
        }
    }

    fn put_date(&self, pen: &mut Pen<'_>, timex: &crate::annotate::timex::Timex, lit: bool) {
        let theme = self.theme;
        if let Some(date) = shown_date(timex, self.article.text()) {
            let style = if lit { theme.highlight.patch(theme.faint) } else { theme.faint };
            let (open, close) = (theme.glyphs.open, theme.glyphs.close);
            pen.put(&format!(" {open}{date}{close}"), style);
        }
    }
}

/// The items whose span shares a byte with `line`, of a list that rises and is disjoint.
fn overlapping<T>(items: &[T], line: Span, span: impl Fn(&T) -> Span) -> &[T] {
    let from = items.partition_point(|item| span(item).end <= line.start);
    let to = items.partition_point(|item| span(item).start < line.end);
    items.get(from..to).unwrap_or(&[])
}

/// Writes text with every run of white space as one blank.
fn put_text(pen: &mut Pen<'_>, text: &str, style: Style) {
    if !text.contains(['\n', '\t', '\r']) && !text.contains("  ") {
        pen.put(text, style);
        return;
    }
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !made.ends_with(' ') {
            made.push(c);
        }
    }
    pen.put(&made, style);
}

/// The byte of the text that a line shows at a column; what stands behind words belongs to them.
pub(super) fn byte_at(
    article: &Annotated,
    links: &Footnotes,
    line: &Line,
    column: usize,
) -> Option<u32> {
    if !matches!(line.kind, Kind::Text(_)) {
        return None;
    }
    let text = article.text();
    let mut used = usize::from(line.indent);
    for (at, cluster) in line.span.of(text).grapheme_indices(true) {
        let byte = line.span.start + at as u32;
        used += width(cluster).max(usize::from(cluster == "\n"));
        let end = byte + cluster.len() as u32;
        let timexes = overlapping(&article.timexes, Span { start: byte, end }, |timex| timex.span);
        for timex in timexes.iter().filter(|timex| timex.span.end == end) {
            used += shown_date(timex, text).map_or(0, |date| date.len() + 3);
        }
        for mark in links.ending(Span { start: byte, end }) {
            used += super::super::super::links::shown(mark.number).len();
        }
        if used > column {
            return Some(byte);
        }
    }
    None
}
