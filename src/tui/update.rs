//! What actions do that belong to no single pane.

mod filter;
mod mention;
mod remark;
mod story;
mod travel;

pub(super) use story::export;

use super::app::App;
use super::effect::Effect;
use super::layout;
use super::model::Level;
use super::overlay;
use super::pane::PaneId;
use super::{citation, theme::Theme};
use crate::article::ArticleId;
use crate::config::theme::Theme as Roles;
use crate::config::{Action, nearest};
use crate::engine::decide::Decision;
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
            Action::Grow | Action::Shrink => {
                let larger = *action == Action::Grow;
                layout::grow(self.model.focus, larger, self.area, &mut self.model.shares);
                Vec::new()
            }
            Action::Back => self.back().unwrap_or_default(),
            Action::Close => self.back().unwrap_or_else(|| vec![Effect::Quit]),
            Action::Quit => vec![Effect::Quit],
            Action::Suspend => vec![Effect::Suspend],
            Action::Redraw => vec![Effect::Redraw],
            Action::Search => vec![Effect::Push(overlay::search(&self.model))],
            Action::CommandLine => vec![Effect::Push(overlay::palette())],
            Action::Help => vec![self.help()],
            Action::Tour => overlay::tour(&self.keymap),
            Action::Recent => match overlay::recent(&self.model) {
                Some(list) => vec![Effect::Push(list)],
                None => vec![warn(
                    "Nothing else was open lately; `dateline FOLDER` opens one.",
                )],
            },
            Action::WhyThisDate => vec![self.why()],
            Action::SetDate
            | Action::Date(_)
            | Action::Star
            | Action::ToggleRead
            | Action::EditTags
            | Action::EditNote
            | Action::Tag(_)
            | Action::Note(_) => self.remark(action),
            Action::Hidden => match overlay::hidden(&self.model) {
                Some(list) => vec![Effect::Push(list)],
                None => vec![warn("No name is hidden.")],
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
            Action::Links => self.links(),
            Action::Company => {
                overlay::company(&self.model).unwrap_or_else(|error| vec![warn(&error)])
            }
            Action::Calendar => vec![Effect::Push(overlay::calendar(&self.model))],
            Action::Histogram => match overlay::histogram(&self.model) {
                Some(made) => vec![Effect::Push(made)],
                None => vec![warn("Too little here has a date.")],
            },
            Action::Compare => {
                overlay::compare(&self.model).unwrap_or_else(|error| vec![warn(&error)])
            }
            Action::NextMention => self.to_mention(true),
            Action::PreviousMention => self.to_mention(false),
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
            Action::PipeLine => vec![Effect::Push(overlay::palette_with("pipe "))],
            Action::ExportView => vec![Effect::Push(overlay::export())],
            Action::Pipe(command) => self.pipe(command),
            Action::Export(text) => self.export(text),
            Action::Save(name) => self.save_search(name),
            Action::Forget(name) => self.forget_search(name),
            Action::NextSource | Action::PreviousSource => {
                self.turn_source(*action == Action::NextSource)
            }
            Action::Sources => match overlay::sources(&self.model) {
                Some(list) => vec![Effect::Push(list)],
                None => vec![warn("No search is saved; search, then write :save NAME.")],
            },
            Action::Digest(size) => {
                overlay::digest(size, &self.model).unwrap_or_else(|error| vec![warn(&error)])
            }
            Action::Range(text) => self.filter_range(text),
            Action::OnlyArticle => self.filter_article(),
            Action::OnlyNew => self.filter_new(),
            Action::Goto(day) => self.go_to(day),
            Action::Theme(name) => self.set_theme(name),
            // These belong to a pane; elsewhere there is nothing to do them to.
            Action::Mark | Action::MarkRange => {
                vec![warn(
                    "That is for articles, names and events; press 1, 3 or 4 to go to them.",
                )]
            }
            Action::Merge | Action::Split | Action::Hide | Action::HideHere => {
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

    /// All keys, those of the focused pane first.
    fn help(&self) -> Effect {
        let pane = self.panes.get(self.model.focus.index());
        let useful = pane.map_or_else(Vec::new, |pane| pane.hints(&self.model));
        let here = self.model.focus.context();
        Effect::Push(overlay::help(self.keymap.entries(), here, &useful))
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
            Some(url) if super::external::is_web(&url) => Effect::Push(overlay::link(url)),
            Some(url) => warn(&format!("Not a web link: {url}")),
            None => warn("This article has no link."),
        }
    }
}

impl App {
    fn links(&self) -> Vec<Effect> {
        let model = &self.model;
        let open = model
            .article
            .as_ref()
            .and_then(|id| model.store.article(id));
        let Some(article) = open else {
            return vec![warn("No article is open.")];
        };
        match overlay::links(&article, model.boilerplate) {
            Some(list) => vec![Effect::Push(list)],
            None => vec![warn("The text of this article has no links.")],
        }
    }
}

fn warn(text: &str) -> Effect {
    Effect::Say(Level::Warning, text.to_owned())
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
