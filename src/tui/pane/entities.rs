//! Who and where: names with counts, and under the selected one its spellings with the reason,
//! when it is mentioned, and the words around its mentions.

mod decide;
mod detail;
mod draw;

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::theme::Theme;
use super::super::told::{self, Row, Told};
use super::super::widget::{Cursor, frame, kind_word, width};
use super::{Outcome, Pane, PaneId};
use crate::annotate::EntityKind;
use crate::article::ArticleId;
use crate::config::Action;
use crate::resolve::{Entity, EntityId, Status};
use crate::store::{EntityRow, Filter};
use detail::Detail;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::ops::Range;
use std::sync::Arc;

/// The most rows that are marked at once.
const MOST_MARKED: usize = 1000;

/// The pane.
#[derive(Default)]
pub(in crate::tui) struct Entities {
    cursor: Cursor,
    kind: Option<EntityKind>,
    /// Only those of the open article.
    this_article: bool,
    seen: Option<(u64, Filter)>,
    /// Entities of each kind, and of all, under the filter.
    counts: Vec<usize>,
    at: Option<EntityId>,
    /// The selected entity that was last looked for.
    sought: Option<EntityId>,
    rows: Option<(u64, Filter, Range<usize>, Vec<EntityRow>)>,
    detail: Detail,
    last_mark: Option<usize>,
    /// Participants of the event under the timeline's cursor.
    related: Vec<EntityId>,
    /// Which mention Enter went to last.
    mention: usize,
    list: Rect,
    /// Rows of detail under the cursor in the last frame.
    under: usize,
    tabs: Vec<(Range<u16>, Option<EntityKind>)>,
}

/// The kinds that there are tabs for; the first is all of them.
fn kinds() -> impl Iterator<Item = Option<EntityKind>> {
    std::iter::once(None).chain(EntityKind::ALL.into_iter().map(Some))
}

impl Entities {
    fn filter(&self, model: &Model) -> Filter {
        let article: Option<ArticleId> = model.article.clone().filter(|_| self.this_article);
        Filter { article, kind: self.kind, ..model.query.clone() }
    }

    fn rows(&mut self, model: &Model, window: &Range<usize>) -> Vec<EntityRow> {
        let (generation, filter) = (model.store.generation(), self.filter(model));
        match &self.rows {
            Some((seen, query, range, rows))
                if *seen == generation && *query == filter && range == window =>
            {
                rows.clone()
            }
            _ => {
                let rows = model.store.entities(&filter, window.clone());
                self.rows = Some((generation, filter, window.clone(), rows.clone()));
                rows
            }
        }
    }

    fn row(&self, model: &Model, at: usize) -> Option<EntityRow> {
        model.store.entities(&self.filter(model), at..at + 1).into_iter().next()
    }

    fn select(&mut self, model: &Model) -> Vec<Effect> {
        self.mention = 0;
        let entity = self.row(model, self.cursor.at).map(|row| row.entity.id.clone());
        self.at.clone_from(&entity);
        self.sought.clone_from(&entity);
        entity.map(Effect::SelectEntity).into_iter().collect()
    }

    fn turn(&mut self, forward: bool, model: &Model) -> Vec<Effect> {
        let all: Vec<_> = kinds().collect();
        let at = all.iter().position(|kind| *kind == self.kind).unwrap_or(0);
        let step = if forward { 1 } else { all.len() - 1 };
        self.show_kind(all.get((at + step) % all.len()).copied().flatten(), model)
    }

    fn show_kind(&mut self, kind: Option<EntityKind>, model: &Model) -> Vec<Effect> {
        self.kind = kind;
        self.cursor = Cursor { page: self.cursor.page, ..Cursor::default() };
        self.last_mark = None;
        self.cursor.resize(model.store.entity_count(&self.filter(model)));
        self.select(model)
    }

    /// Goes to the next mention of the entity, those of the open article first.
    fn next_mention(&mut self, model: &Model) -> Vec<Effect> {
        let Some(id) = self.at.clone() else {
            return Vec::new();
        };
        let total = model.store.entity(&id).map_or(0, |entity| entity.mentions as usize);
        let here = model.jump.as_ref();
        // Mentions are asked for a few at a time: an entity may have a million of them.
        let mut from = self.mention;
        if from == 0 {
            let near = model.store.mentions(&id, 0..256);
            let open = near.iter().position(|(article, _)| Some(article) == model.article.as_ref());
            from = open.unwrap_or(0);
        }
        let next = model.store.mentions(&id, from..from + 2);
        let same = next.first().is_some_and(|(article, span)| {
            here.is_some_and(|jump| jump.article == *article && jump.span == *span)
        });
        let step = usize::from(same);
        let Some((article, span)) = next.into_iter().nth(step).or_else(|| {
            model.store.mentions(&id, 0..1).into_iter().next()
        }) else {
            return Vec::new();
        };
        self.mention = if from + step + 1 >= total { 0 } else { from + step + 1 };
        vec![Effect::Jump(article, span)]
    }

    fn mark(&mut self, model: &Model) -> Vec<Effect> {
        let Some(row) = self.row(model, self.cursor.at) else {
            return Vec::new();
        };
        self.last_mark = Some(self.cursor.at);
        let entity = &row.entity;
        let mut effects = vec![Effect::Mark(entity.id.clone(), entity.name.clone(), None)];
        self.cursor.act(&Action::Down);
        effects.extend(self.select(model));
        effects
    }

    fn mark_range(&mut self, model: &Model) -> Vec<Effect> {
        let from = self.last_mark.unwrap_or(self.cursor.at);
        let range = from.min(self.cursor.at)..from.max(self.cursor.at) + 1;
        self.last_mark = Some(self.cursor.at);
        let range = range.start..range.end.min(range.start + MOST_MARKED);
        let rows = model.store.entities(&self.filter(model), range);
        let mark = |row: EntityRow| {
            Effect::Mark(row.entity.id.clone(), row.entity.name.clone(), Some(true))
        };
        rows.into_iter().map(mark).collect()
    }

    fn entity(&self, model: &Model) -> Option<Arc<Entity>> {
        model.store.entity(self.at.as_ref()?)
    }

}

impl Pane for Entities {
    fn update(&mut self, action: &Action, model: &Model) -> Outcome {
        if self.cursor.act(action).is_some() {
            return Outcome::Done(self.select(model));
        }
        Outcome::Done(match action {
            Action::Open => self.next_mention(model),
            Action::NextKind => self.turn(true, model),
            Action::PreviousKind => self.turn(false, model),
            Action::ToggleScope => {
                self.this_article = !self.this_article;
                self.show_kind(self.kind, model)
            }
            Action::Mark => self.mark(model),
            Action::MarkRange => self.mark_range(model),
            Action::Merge => self.merge(model),
            Action::Split => self.split(model),
            Action::Hide => self.hide(model),
            Action::HideHere => self.hide_here(model),
            _ => return Outcome::Ignored,
        })
    }

    fn sync(&mut self, model: &Model) -> Vec<Effect> {
        let now = (model.store.generation(), self.filter(model));
        let moved = self.seen.as_ref() != Some(&now);
        if moved {
            let all = Filter { kind: None, ..now.1.clone() };
            self.counts = kinds()
                .map(|kind| model.store.entity_count(&Filter { kind, ..all.clone() }))
                .collect();
            self.cursor.resize(model.store.entity_count(&now.1));
            self.seen = Some(now);
            self.last_mark = None;
        }
        let event = model.event.as_ref().and_then(|id| model.store.event(id));
        self.related = event.map_or(Vec::new(), |event| event.entities.clone());
        if moved || self.sought != model.entity {
            self.sought.clone_from(&model.entity);
            self.find(model, moved)
        } else {
            Vec::new()
        }
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let focused = model.focus == PaneId::Entities;
        let scope = if self.this_article { "this article" } else { "all articles" };
        let dot = theme.glyphs.dot;
        let mut detail = scope.to_owned();
        for (count, what) in [(model.marks.len(), "marked"), (model.store.notes().hidden.len(), "hidden")] {
            if count > 0 {
                detail = format!("{detail} {dot} {count} {what}");
            }
        }
        let position = match self.cursor.len {
            0 => String::new(),
            len => format!("{}/{len}", self.cursor.at + 1),
        };
        let inner = frame::Frame {
            number: Some(PaneId::Entities.index() + 1),
            title: PaneId::Entities.title(),
            detail: &detail,
            position: &position,
            focused,
        }
        .draw(theme, area, buf);
        self.draw_tabs(theme, Rect { height: inner.height.min(1), ..inner }, buf);
        let list = Rect { y: inner.y + inner.height.min(1), height: inner.height.saturating_sub(1), ..inner };
        self.list = list;
        if self.cursor.len == 0 {
            super::say_empty(model, theme, list, buf, "No names were found.");
            return;
        }
        let room = usize::from(list.height);
        self.under = match self.at.clone().and_then(|id| model.store.entity(&id)) {
            Some(entity) if room >= 6 => {
                self.detail.prepare(&entity, model, usize::from(list.width), theme);
                self.detail.len().min(room * 3 / 5)
            }
            _ => 0,
        };
        let window = self.cursor.window(room - self.under);
        frame::thumb(theme, area, buf, (self.cursor.top, self.cursor.page, self.cursor.len), focused);
        let at = self.cursor.at;
        let rows = self.rows(model, &window);
        let names = rows.iter().map(|row| width(&row.entity.name)).max().unwrap_or(0);
        let mut line = 0;
        for (row, index) in rows.iter().zip(window) {
            let strip = Rect { y: list.y + line, height: 1, ..list };
            let selected = index == at;
            self.draw_row(row, model, theme, (selected, focused), names, strip, buf);
            line += 1;
            if selected && self.under > 0 {
                let under = Rect { y: list.y + line, height: self.under as u16, ..list };
                self.detail.draw(theme, under, buf);
                line += self.under as u16;
            }
        }
    }

    fn told(&self, model: &Model, range: Range<usize>) -> Told {
        let filter = self.filter(model);
        let kind = self.kind.map_or(String::new(), |kind| format!(", only kind {}", kind_word(kind)));
        let scope = match &filter.article {
            Some(id) if self.this_article => format!(" of {id}"),
            _ => String::new(),
        };
        let rows = model.store.entities(&filter, range).into_iter().map(|row| {
            Row::picked(told::entity(&row, model), vec![Effect::SelectEntity(row.entity.id.clone())])
        });
        Told {
            heading: format!("Entities{scope}{kind}{}", told::filter(model)),
            total: model.store.entity_count(&filter),
            at: self.cursor.at,
            rows: rows.collect(),
            ..Told::default()
        }
    }

    fn click(&mut self, at: Position, model: &Model) -> Vec<Effect> {
        if at.y + 1 == self.list.y {
            let tab = self.tabs.iter().find(|(columns, _)| columns.contains(&at.x));
            return match tab.map(|(_, kind)| *kind) {
                Some(kind) => self.show_kind(kind, model),
                None => Vec::new(),
            };
        }
        if !self.list.contains(at) {
            return Vec::new();
        }
        let row = usize::from(at.y - self.list.y);
        let cursor = self.cursor.at.saturating_sub(self.cursor.top);
        let row = match row {
            row if row <= cursor => row,
            row if row <= cursor + self.under => return Vec::new(),
            row => row - self.under,
        };
        if self.cursor.top + row >= self.cursor.len {
            return Vec::new();
        }
        self.cursor.at = self.cursor.top + row;
        self.select(model)
    }

    fn keep(&self) -> Option<String> {
        let kind = self.kind.map_or("all", EntityKind::name);
        let here = if self.this_article { " here" } else { "" };
        (self.kind.is_some() || self.this_article).then(|| format!("{kind}{here}"))
    }

    fn recall(&mut self, text: &str) {
        let mut words = text.split(' ');
        let kind = words.next().unwrap_or_default();
        self.kind = EntityKind::ALL.into_iter().find(|known| known.name() == kind);
        self.this_article = words.next() == Some("here");
    }

    fn hints(&self, model: &Model) -> Vec<Action> {
        let mut hints = vec![Action::Open, Action::FilterEntity];
        if model.is_filtered() {
            hints.push(Action::ClearFilter);
        }
        hints.extend([Action::NextKind, Action::ToggleScope, Action::Mark]);
        let suggested = |entity: Arc<Entity>| {
            entity.variants.iter().any(|variant| variant.status == Status::Suggested)
        };
        if !model.marks.is_empty() {
            hints.insert(1, Action::Merge);
        } else if self.entity(model).is_some_and(suggested) {
            hints.splice(1..1, [Action::Merge, Action::Split]);
        }
        hints.extend([Action::Hide, Action::TimelineAtCursor]);
        hints
    }
}

impl Entities {
    /// Puts the cursor on the entity that is selected, looking near it and then at the first rows.
    fn find(&mut self, model: &Model, moved: bool) -> Vec<Effect> {
        let Some(wanted) = model.entity.clone() else {
            // The first name is only looked at, not selected: nothing was asked for yet.
            self.at = self.row(model, self.cursor.at).map(|row| row.entity.id.clone());
            return Vec::new();
        };
        let position = |pane: &Self| {
            let rows = model.store.entities(&pane.filter(model), 0..pane.cursor.len.min(MOST_MARKED));
            rows.iter().position(|row| row.entity.id == wanted || row.entity.aliases.contains(&wanted))
        };
        let mut place = position(self);
        if place.is_none() && !moved && self.kind.is_some() {
            self.kind = None;
            self.cursor.resize(model.store.entity_count(&self.filter(model)));
            place = position(self);
        }
        match place {
            Some(place) => {
                self.cursor.at = place;
                self.at = Some(wanted);
            }
            None => {
                self.at = self.row(model, self.cursor.at).map(|row| row.entity.id.clone());
            }
        }
        Vec::new()
    }
}
