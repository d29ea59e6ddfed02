//! What actions do that belong to no single pane.

mod filter;

use super::app::App;
use super::effect::{Effect, decided};
use super::model::{Level, Model};
use super::overlay;
use super::pane::PaneId;
use super::{citation, theme::Theme};
use crate::article::ArticleId;
use crate::config::theme::Theme as Roles;
use crate::config::{Action, nearest};
use crate::engine::decide::Decision;
use crate::resolve::EntityId;
use crate::store::Filter;
use crate::when::{Interval, calendar};
use chrono::{Datelike, NaiveDate};

impl App {
    /// Does an action that neither what lies on top nor the focused pane took.
    pub(super) fn act_globally(&mut self, action: &Action) {
        let effects = match action {
            Action::ScrollTextDown | Action::ScrollTextUp => {
                self.act_in(PaneId::Text, action);
                return;
            }
            Action::FocusArticles => vec![Effect::Focus(PaneId::Articles)],
            Action::FocusText => vec![Effect::Focus(PaneId::Text)],
            Action::FocusEntities => vec![Effect::Focus(PaneId::Entities)],
            Action::FocusTimeline => vec![Effect::Focus(PaneId::Timeline)],
            Action::FocusEvidence => vec![Effect::Focus(PaneId::Evidence)],
            Action::NextPane => vec![Effect::Focus(self.next_pane(true))],
            Action::PreviousPane => vec![Effect::Focus(self.next_pane(false))],
            Action::Enlarge => {
                self.model.enlarged = !self.model.enlarged;
                Vec::new()
            }
            Action::Back => self.back().unwrap_or_default(),
            Action::Close => self.back().unwrap_or_else(|| vec![Effect::Quit]),
            Action::Quit => vec![Effect::Quit],
            Action::Suspend => vec![Effect::Suspend],
            Action::Redraw => vec![Effect::Redraw],
            Action::Search => vec![Effect::Push(overlay::search(&self.model))],
            Action::CommandLine => vec![Effect::Push(overlay::palette())],
            Action::Help => vec![Effect::Push(overlay::help(self.keymap.entries()))],
            Action::WhyThisDate => vec![self.why()],
            Action::SetDate => match self
                .model
                .article
                .as_ref()
                .and_then(|id| self.model.store.row(id))
            {
                Some(row) => vec![Effect::Push(overlay::set_date(&row))],
                None => vec![warn("No article is open.")],
            },
            Action::NextMatch | Action::PreviousMatch => {
                let has = self.model.search.is_some() || self.model.find.is_some();
                if has && self.model.focus != PaneId::Text {
                    let pane = if self.model.search.is_some() {
                        PaneId::Articles
                    } else {
                        PaneId::Text
                    };
                    self.act_in(pane, action);
                    return;
                }
                vec![warn("Nothing is searched; press / first.")]
            }
            Action::Boilerplate => {
                self.model.boilerplate = !self.model.boilerplate;
                let text = if self.model.boilerplate {
                    "shown, dimmed"
                } else {
                    "folded away"
                };
                vec![Effect::Say(Level::Info, format!("Boilerplate is {text}."))]
            }
            Action::EntityAtCursor => self.to_entity(),
            Action::TimelineAtCursor => self.to_timeline(),
            Action::FilterEntity => self.filter_entity(),
            Action::ClearFilter => self
                .clear_filter()
                .unwrap_or_else(|| vec![warn("Nothing is filtered.")]),
            Action::Undo => vec![Effect::Decide(Decision::Undo)],
            Action::Redo => vec![Effect::Decide(Decision::Redo)],
            Action::CopyCitation => match citation::citation(&self.model) {
                Some(text) => vec![Effect::Copy(text, "the citation")],
                None => vec![warn("There is nothing to cite.")],
            },
            Action::CopyPath => match self.row_path() {
                Some(path) => vec![Effect::Copy(path, "the path")],
                None => vec![warn("This article has no file.")],
            },
            Action::OpenLink => vec![self.open_link()],
            Action::OpenEditor => match (self.row_path(), citation::line(&self.model)) {
                (Some(path), line) => vec![Effect::OpenEditor(path, line.unwrap_or(1))],
                (None, _) => vec![warn("This article has no file.")],
            },
            Action::ToggleScope | Action::NextKind | Action::PreviousKind => {
                self.focus(PaneId::Entities);
                self.act_in(PaneId::Entities, action);
                return;
            }
            Action::ZoomIn | Action::ZoomOut => {
                self.focus(PaneId::Timeline);
                self.act_in(PaneId::Timeline, action);
                return;
            }
            Action::Filter(query) => vec![Effect::Search(Some(query.clone()))],
            Action::Digest(size) => {
                overlay::digest(size, &self.model).unwrap_or_else(|error| vec![warn(&error)])
            }
            Action::Range(text) => self.filter_range(text),
            Action::OnlyArticle => self.filter_article(),
            Action::OnlyNew => self.filter_new(),
            Action::Goto(day) => self.go_to(day),
            Action::Date(day) => match parse_day(day) {
                Some(day) => self.set_date(day),
                None => vec![warn(&format!("{day:?} is no day; write YYYY-MM-DD."))],
            },
            Action::Theme(name) => self.set_theme(name),
            // These belong to a pane; elsewhere there is nothing to do them to.
            Action::Mark | Action::MarkRange => {
                vec![warn(
                    "That is for names and events; press 3 or 4 to go to them.",
                )]
            }
            Action::Merge | Action::Split | Action::Hide => {
                vec![warn("That is for names; press 3 to go to them.")]
            }
            Action::Open
            | Action::Down
            | Action::Up
            | Action::Top
            | Action::Bottom
            | Action::HalfPageDown
            | Action::HalfPageUp
            | Action::PageDown
            | Action::PageUp => Vec::new(),
        };
        self.apply(effects);
    }

    /// The pane after or before the focused one, among those that are shown or could be.
    fn next_pane(&self, forward: bool) -> PaneId {
        let shown = &self.model.shown;
        // Where not all panes fit, every pane is a turn away.
        let ring: &[PaneId] = if shown.len() >= 4 && !self.model.enlarged {
            shown
        } else {
            PaneId::ALL
        };
        let at = ring
            .iter()
            .position(|id| *id == self.model.focus)
            .unwrap_or(0);
        let step = if forward { 1 } else { ring.len() - 1 };
        ring.get((at + step) % ring.len())
            .copied()
            .unwrap_or(PaneId::Articles)
    }

    /// One step back; `None` where there is nowhere to go back to.
    fn back(&mut self) -> Option<Vec<Effect>> {
        let model = &mut self.model;
        if model.enlarged {
            model.enlarged = false;
            return Some(Vec::new());
        }
        if model.find.is_some() {
            return Some(vec![Effect::Find(None)]);
        }
        if !model.marks.is_empty() {
            return Some(vec![Effect::ClearMarks]);
        }
        if model.is_filtered() {
            return self.clear_filter();
        }
        if model.focus != PaneId::Articles {
            model.focus = PaneId::Articles;
            return Some(Vec::new());
        }
        None
    }

    fn why(&self) -> Effect {
        let model = &self.model;
        let of_event = matches!(model.focus, PaneId::Timeline | PaneId::Evidence);
        let event = model
            .event
            .as_ref()
            .filter(|_| of_event)
            .and_then(|id| model.store.event(id));
        if let Some(event) = event {
            return Effect::Push(overlay::why_event(&event, model, &self.theme));
        }
        match model
            .article
            .as_ref()
            .and_then(|id| model.store.article(id))
        {
            Some(article) => Effect::Push(overlay::why_article(&article, &self.theme)),
            None => warn("No article is open."),
        }
    }

    /// From an event or an article to an entity in it; another one each time.
    fn to_entity(&self) -> Vec<Effect> {
        let model = &self.model;
        let event = model.event.as_ref().and_then(|id| model.store.event(id));
        let of_event = matches!(model.focus, PaneId::Timeline | PaneId::Evidence);
        let entities: Vec<EntityId> = if let Some(event) = event.filter(|_| of_event) {
            event.entities.clone()
        } else {
            let filter = Filter {
                article: model.article.clone(),
                ..Filter::default()
            };
            let rows = model.store.entities(&filter, 0..8);
            rows.iter().map(|row| row.entity.id.clone()).collect()
        };
        let at = entities
            .iter()
            .position(|id| model.entity.as_ref() == Some(id));
        let next = at.map_or(0, |at| (at + 1) % entities.len().max(1));
        match entities.get(next) {
            Some(id) => vec![
                Effect::SelectEntity(id.clone()),
                Effect::Focus(PaneId::Entities),
            ],
            None => vec![warn("No name here.")],
        }
    }

    /// From an entity or an article to its event in the timeline.
    fn to_timeline(&self) -> Vec<Effect> {
        let model = &self.model;
        let mut filter = model.query.clone();
        match (model.focus, &model.entity) {
            (PaneId::Entities, Some(entity)) => filter.entities.push(entity.clone()),
            (PaneId::Entities, None) => filter.entities.extend(first_entity(model)),
            _ => filter.article.clone_from(&model.article),
        }
        let of_article = model.focus != PaneId::Entities && model.event.is_some();
        let first = model.store.events(&filter, 0..1).into_iter().next();
        match (of_article, first) {
            (true, _) => vec![Effect::Focus(PaneId::Timeline)],
            (false, Some(row)) => {
                vec![
                    Effect::SelectEvent(row.event.id.clone()),
                    Effect::Focus(PaneId::Timeline),
                ]
            }
            (false, None) => vec![warn("No event here.")],
        }
    }

    fn go_to(&self, text: &str) -> Vec<Effect> {
        let Some((day, _)) = parse_span(text) else {
            return vec![warn(&format!(
                "{text:?} is no date; write YYYY, YYYY-MM or YYYY-MM-DD."
            ))];
        };
        let model = &self.model;
        let mut effects = Vec::new();
        let from = Filter {
            from: Some(day),
            ..model.query.clone()
        };
        let row = model.store.seek(&model.query, day);
        let article = model
            .store
            .articles(&model.query, row..row + 1)
            .into_iter()
            .next();
        effects.extend(article.map(|row| Effect::SelectArticle(row.id)));
        let events = model.store.events(&from, 0..FEW);
        let starts =
            |row: &&crate::store::EventRow| row.event.date.start.is_some_and(|start| start >= day);
        let event = events.iter().find(starts).or(events.first());
        effects.extend(event.map(|row| Effect::SelectEvent(row.event.id.clone())));
        if effects.is_empty() {
            effects.push(warn(&format!("Nothing on or after {day}.")));
        }
        effects
    }

    /// Sets the publication date of the open article.
    fn set_date(&self, day: NaiveDate) -> Vec<Effect> {
        match self
            .model
            .article
            .as_ref()
            .and_then(|id| self.model.store.row(id))
        {
            Some(row) => decided(Decision::Date(row.hash, day)),
            None => vec![warn("No article is open.")],
        }
    }

    fn set_theme(&mut self, name: &str) -> Vec<Effect> {
        match Roles::load(name, self.settings.depth, &self.settings.colors) {
            Ok((roles, _)) => {
                self.settings.theme = roles;
                name.clone_into(&mut self.settings.theme_name);
                self.theme = Theme::new(&self.settings);
                Vec::new()
            }
            Err(error) => {
                let names = crate::config::theme::THEMES.iter().map(|(name, _)| *name);
                let near = nearest(name, names)
                    .map_or(String::new(), |near| format!(" Did you mean {near}?"));
                vec![warn(&format!("{error}.{near}"))]
            }
        }
    }

    fn row_path(&self) -> Option<String> {
        let row = self.model.store.row(self.model.article.as_ref()?)?;
        row.path
    }

    fn open_link(&self) -> Effect {
        let model = &self.model;
        let article = model
            .article
            .as_ref()
            .and_then(|id: &ArticleId| model.store.article(id));
        match article.and_then(|article| article.article.hints.url.clone()) {
            Some(url) if super::external::is_web(&url) => Effect::OpenLink(url),
            Some(url) => warn(&format!("Not a web link: {url}")),
            None => warn("This article has no link."),
        }
    }
}

/// Events that are looked at to find the first that begins on a day.
const FEW: usize = 200;

fn warn(text: &str) -> Effect {
    Effect::Say(Level::Warning, text.to_owned())
}

/// The entity that the entities' cursor is on before any was selected.
fn first_entity(model: &Model) -> Option<EntityId> {
    let row = model
        .store
        .entities(&model.query, 0..1)
        .into_iter()
        .next()?;
    Some(row.entity.id.clone())
}

/// A day, `YYYY-MM-DD`, that exists.
pub(super) fn parse_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    calendar::date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The first and last day of a year, a month or a day.
fn parse_span(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let text = text.trim();
    let first = match text.len() {
        4 => parse_day(&format!("{text}-01-01")),
        7 => parse_day(&format!("{text}-01")),
        _ => parse_day(text),
    }?;
    let all = match text.len() {
        4 => Interval::year(first.year()),
        7 => Interval::month(first),
        _ => Interval::day(first),
    };
    Some((first, all.end.unwrap_or(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_to_exist() {
        assert!(parse_day("2020-02-29").is_some());
        assert!(parse_day("2021-02-29").is_none());
        assert!(parse_day("20-02-2021").is_none());
        assert_eq!(
            parse_span("2020").map(|(first, _)| first),
            parse_day("2020-01-01")
        );
        let month = parse_span("2020-09");
        assert_eq!(month.map(|(_, last)| last), parse_day("2020-09-30"));
    }
}
