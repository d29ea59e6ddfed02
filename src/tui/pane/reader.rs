//! The text of the open article: wrapped once, names and dates coloured, boilerplate folded.
//!
//! The cursor is a line; what `e`, `t`, `d` and Enter follow is what stands on it.

mod find;
pub(super) mod line;
mod words;
pub(super) mod wrap;

use super::super::effect::Effect;
use super::super::links::Footnotes;
use super::super::model::{Level, Model};
use super::super::overlay;
use super::super::theme::Theme;
use super::super::told::Told;
use super::super::widget::{Cursor, frame};
use super::{Outcome, Pane, PaneId};
use crate::annotate::{Annotated, Mention};
use crate::article::ArticleId;
use crate::config::Action;
use crate::resolve::EntityId;
use crate::store::Filter;
use crate::text::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::ops::Range;
use std::sync::Arc;
use wrap::{Kind, Remarks, Wrapped};

/// The pane.
#[derive(Default)]
pub(in crate::tui) struct Text {
    article: Option<Arc<Annotated>>,
    generation: u64,
    wrapped: Wrapped,
    links: Footnotes,
    /// What the person says of the article.
    remarks: Remarks,
    /// What `wrapped` was made for.
    made_for: Option<(usize, bool)>,
    cursor: Cursor,
    jumps: u64,
    /// A byte to bring into view at the next frame.
    wanted: Option<u32>,
    /// What was looked for in this text, and where it stands.
    find: Option<(String, Vec<Span>)>,
    /// Entities of this article that are the selected one.
    of_entity: (Option<EntityId>, Vec<bool>),
    area: Rect,
}

impl Text {
    fn id(&self) -> Option<ArticleId> {
        self.article.as_ref().map(|article| article.id())
    }

    /// The bytes of the line under the cursor.
    fn line(&self) -> Span {
        self.wrapped.lines.get(self.cursor.at).map_or(Span::default(), |line| line.span)
    }

    /// The address on the line under the cursor.
    fn link(&self) -> Option<&str> {
        match self.wrapped.lines.get(self.cursor.at)?.kind {
            Kind::Link(number) => self.links.targets.get(number - 1).map(String::as_str),
            _ => None,
        }
    }

    /// The byte of the text at the cursor.
    fn at(&self) -> u32 {
        self.line().start
    }

    /// Mentions on the line under the cursor.
    fn mentions(&self, within: Span) -> &[Mention] {
        let Some(article) = &self.article else {
            return &[];
        };
        let all = &article.mentions;
        let from = all.partition_point(|mention| mention.span.end <= within.start);
        let to = all.partition_point(|mention| mention.span.start < within.end);
        all.get(from..to).unwrap_or(&[])
    }

    /// The entity on the cursor's line; another one each time.
    fn entity(&self, model: &Model) -> Option<EntityId> {
        let id = self.id()?;
        let on_line = |within: Span| -> Vec<EntityId> {
            let found = self.mentions(within);
            found.iter().filter_map(|m| model.store.entity_of(&id, m.entity)).collect()
        };
        let mut entities = on_line(self.line());
        entities.dedup();
        // A line without a name: the next name below it is what the eye is on.
        if entities.is_empty() {
            let below = Span { start: self.at(), end: u32::MAX };
            entities = on_line(below).into_iter().take(1).collect();
        }
        let after = entities.iter().position(|id| model.entity.as_ref() == Some(id));
        let next = after.map_or(0, |at| (at + 1) % entities.len().max(1));
        entities.get(next).cloned()
    }

    /// The event on the cursor's line; another one each time.
    fn event(&self, model: &Model) -> Option<Effect> {
        let id = self.id()?;
        let filter = Filter { article: Some(id.clone()), ..Filter::default() };
        let line = self.line();
        let near = |span: Span| if span.overlaps(line) || span.holds(line.start) {
            0
        } else {
            span.start.abs_diff(line.start)
        };
        let mut best: Vec<(u32, _)> = Vec::new();
        for row in model.store.events(&filter, 0..model.store.event_count(&filter).min(2000)) {
            let places = row.event.mentions.iter().filter(|place| place.article == id);
            if let Some(distance) = places.map(|place| near(place.span)).min() {
                best.push((distance, row.event.id.clone()));
            }
        }
        let nearest = best.iter().map(|(distance, _)| *distance).min()?;
        best.retain(|(distance, _)| *distance == nearest);
        let after = best.iter().position(|(_, id)| model.event.as_ref() == Some(id));
        let next = after.map_or(0, |at| (at + 1) % best.len());
        best.get(next).map(|(_, id)| Effect::SelectEvent(id.clone()))
    }

    fn rewrap(&mut self, columns: usize, boilerplate: bool) {
        if self.made_for == Some((columns, boilerplate)) {
            return;
        }
        let (at, top) = (self.at(), self.wrapped.lines.get(self.cursor.top).map(|l| l.span.start));
        let keep = self.made_for.is_some() && self.cursor.at > 0;
        self.made_for = Some((columns, boilerplate));
        self.links = Footnotes::default();
        self.wrapped = Wrapped::default();
        if let Some(article) = &self.article {
            self.links = Footnotes::of(article, boilerplate);
            self.wrapped = wrap::wrap(article, &self.remarks, &self.links, columns, boilerplate);
        }
        self.cursor.resize(self.wrapped.lines.len());
        if keep {
            // The words under the eye stay where they were, whatever the width is now.
            self.cursor.at = self.wrapped.line_of(at);
            self.cursor.top = top.map_or(0, |top| self.wrapped.line_of(top));
        }
    }

    /// Scrolls without losing the cursor.
    fn scroll(&mut self, down: bool) {
        let last = self.cursor.len.saturating_sub(self.cursor.page.max(1));
        self.cursor.top = if down {
            (self.cursor.top + 1).min(last)
        } else {
            self.cursor.top.saturating_sub(1)
        };
        let end = (self.cursor.top + self.cursor.page).saturating_sub(1);
        self.cursor.at = self.cursor.at.clamp(self.cursor.top, end.max(self.cursor.top));
    }
}

impl Pane for Text {
    fn update(&mut self, action: &Action, model: &Model) -> Outcome {
        if self.cursor.act(action).is_some() {
            return Outcome::NOTHING;
        }
        match action {
            Action::ScrollTextDown | Action::ScrollTextUp => {
                self.scroll(*action == Action::ScrollTextDown);
                Outcome::NOTHING
            }
            Action::NextMatch => self.next_found(model, true),
            Action::PreviousMatch => self.next_found(model, false),
            Action::EntityAtCursor => match self.entity(model) {
                Some(id) => {
                    Outcome::Done(vec![Effect::SelectEntity(id), Effect::Focus(PaneId::Entities)])
                }
                None => Effect::Say(Level::Info, "No name here.".to_owned()).into(),
            },
            Action::Open if self.link().is_some() => {
                let url = self.link().map(str::to_owned);
                Outcome::Done(url.map(|url| Effect::Push(overlay::link(url))).into_iter().collect())
            }
            Action::TimelineAtCursor | Action::Open => match self.event(model) {
                Some(effect) => Outcome::Done(vec![effect, Effect::Focus(PaneId::Timeline)]),
                None => Effect::Say(Level::Info, "This article tells no event.".to_owned()).into(),
            },
            Action::OpenEditor => {
                let article = self.article.as_ref();
                let line = article.and_then(|article| article.article.line(self.at()));
                match article.and_then(|article| article.article.path.clone()) {
                    Some(path) => Effect::OpenEditor(path, line.unwrap_or(1)).into(),
                    None => Outcome::Ignored,
                }
            }
            _ => Outcome::Ignored,
        }
    }

    fn sync(&mut self, model: &Model) -> Vec<Effect> {
        let generation = model.store.generation();
        let moved = self.id() != model.article;
        if moved || self.generation != generation {
            self.generation = generation;
            let article = model.article.as_ref().and_then(|id| model.store.article(id));
            let same = match (&self.article, &article) {
                (Some(old), Some(new)) => Arc::ptr_eq(old, new),
                (None, None) => true,
                _ => false,
            };
            if !same {
                self.article = article;
                self.made_for = if moved { None } else { self.made_for.map(|_| (0, false)) };
                self.find_in_text(model.find.as_deref(), true);
            }
            self.of_entity = (None, Vec::new());
            let notes = model.store.notes();
            let remarks = self.article.as_ref().map(|article| Remarks::of(&article.article.hash, &notes));
            let remarks = remarks.unwrap_or_default();
            if remarks != self.remarks {
                self.remarks = remarks;
                self.made_for = if moved { None } else { self.made_for.map(|_| (0, false)) };
            }
        }
        if moved {
            self.cursor = Cursor { page: self.cursor.page, ..Cursor::default() };
        }
        self.find_in_text(model.find.as_deref(), false);
        if self.of_entity.0 != model.entity {
            let locals = self.article.as_ref().map_or(0, |article| article.entities.len());
            let of = self.id().map_or(Vec::new(), |id| {
                (0..locals as u32)
                    .map(|local| model.store.entity_of(&id, local) == model.entity)
                    .collect()
            });
            self.of_entity = (model.entity.clone(), if model.entity.is_some() { of } else { Vec::new() });
        }
        if self.jumps != model.jumps {
            self.jumps = model.jumps;
            let jump = model.jump.as_ref().filter(|jump| Some(&jump.article) == self.id().as_ref());
            self.wanted = jump.map(|jump| jump.span.start);
        }
        Vec::new()
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let focused = model.focus == PaneId::Text;
        let detail = self.id().map_or(String::new(), |id| {
            super::super::widget::printable(id.as_str()).into_owned()
        });
        let lines = self.wrapped.lines.len();
        let seen = (self.cursor.top + self.cursor.page).min(lines);
        let position = match (lines, &self.find) {
            (0, _) => String::new(),
            (_, Some((_, spans))) => format!("{} found", spans.len()),
            _ => format!("{}%", seen * 100 / lines),
        };
        let inner = frame::Frame {
            number: Some(PaneId::Text.index() + 1),
            title: PaneId::Text.title(),
            detail: &detail,
            position: &position,
            focused,
        }
        .draw(theme, area, buf);
        let column = column(inner, model.measure);
        self.area = inner;
        if self.article.is_none() {
            super::say_empty(model, theme, inner, buf, "No article is open.");
            return;
        }
        self.rewrap(usize::from(column.width), model.boilerplate);
        let page = usize::from(column.height);
        if let Some(byte) = self.wanted.take() {
            self.cursor.at = self.wrapped.line_of(byte);
            if !(self.cursor.top + 1..self.cursor.top + page.saturating_sub(1)).contains(&self.cursor.at) {
                self.cursor.top = self.cursor.at.saturating_sub(page / 3);
            }
        }
        let window = self.cursor.window(page);
        frame::thumb(theme, area, buf, (self.cursor.top, self.cursor.page, self.cursor.len), focused);
        let Some(article) = self.article.clone() else {
            return;
        };
        let notes = model.store.notes();
        let scene = line::Scene {
            article: &article,
            notes: &notes,
            links: &self.links,
            row: model.article.as_ref().and_then(|id| model.store.row(id)),
            found: self.found(model),
            highlight: model
                .jump
                .as_ref()
                .filter(|jump| Some(&jump.article) == model.article.as_ref())
                .map(|jump| jump.span),
            of_entity: &self.of_entity.1,
            theme,
        };
        for (row, at) in window.zip(0u16..) {
            let Some(line) = self.wrapped.lines.get(row) else {
                break;
            };
            let strip = Rect { y: column.y + at, height: 1, ..column };
            if row == self.cursor.at && focused && column.x >= inner.x + 2 {
                let x = column.x - 2;
                buf.set_stringn(x, strip.y, theme.glyphs.gutter, 1, theme.accent);
            }
            scene.draw(line, strip, buf);
        }
    }

    fn told(&self, model: &Model, range: Range<usize>) -> Told {
        self.in_words(model, range)
    }

    fn click(&mut self, at: Position, model: &Model) -> Vec<Effect> {
        if !self.area.contains(at) {
            return Vec::new();
        }
        let row = self.cursor.top + usize::from(at.y - self.area.y);
        if row >= self.cursor.len {
            return Vec::new();
        }
        self.cursor.at = row;
        let column = column(self.area, model.measure);
        let (Some(article), Some(line)) = (&self.article, self.wrapped.lines.get(row)) else {
            return Vec::new();
        };
        let byte = line::byte_at(article, &self.links, line, usize::from(at.x.saturating_sub(column.x)));
        let hit = byte.and_then(|byte| {
            let here = Span { start: byte, end: byte + 1 };
            self.mentions(here).first().map(|mention| mention.entity)
        });
        let entity = hit.zip(self.id()).and_then(|(local, id)| model.store.entity_of(&id, local));
        entity.map(Effect::SelectEntity).into_iter().collect()
    }

    fn hints(&self, model: &Model) -> Vec<Action> {
        let mut hints = vec![Action::Search, Action::TimelineAtCursor, Action::EntityAtCursor];
        if !self.found(model).is_empty() {
            hints.insert(0, Action::NextMatch);
        }
        if self.wrapped.lines.iter().any(|line| matches!(line.kind, Kind::Folded(_))) || model.boilerplate {
            hints.push(Action::Boilerplate);
        }
        if !self.links.targets.is_empty() {
            hints.push(Action::Links);
        }
        hints.extend([Action::WhyThisDate, Action::OpenEditor, Action::Enlarge, Action::CopyCitation]);
        hints
    }
}

/// The column of running text inside the pane: no wider than the measure, in the middle of a
/// pane that is much wider, with a gutter for the cursor.
fn column(inner: Rect, measure: u16) -> Rect {
    let gutter = 2.min(inner.width / 8);
    let width = inner.width.saturating_sub(gutter + u16::from(gutter > 0)).min(measure);
    let spare = inner.width.saturating_sub(width + gutter);
    let left = if spare > 24 { gutter + spare / 2 } else { gutter };
    Rect { x: inner.x + left.min(inner.width), width, ..inner }
}
