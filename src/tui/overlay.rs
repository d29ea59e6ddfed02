//! What lies on top of the panes: help, command line, search, why this date, set a date,
//! spellings, links, copies side by side.
//!
//! An overlay is a pane in a stack; the top one gets actions first. They close by
//! [`Effect::Pop`](super::effect::Effect::Pop).

mod calendar;
pub(super) mod company;
pub(super) mod compare;
mod date_line;
mod digest;
mod export;
mod help;
mod hidden;
mod histogram;
mod link;
mod links;
mod palette;
mod recent;
mod remark_line;
mod search;
mod sources;
mod spellings;
mod tour;
mod why;

use super::effect::Effect;
use super::model::Model;
use super::pane::Pane;
use super::theme::Theme;
use super::widget::{LineEdit, Pen, cut, width};
use crate::annotate::Annotated;
use crate::article::ContentHash;
use crate::config::{Action, Context, KeyRow, Keymap};
use crate::resolve::Entity;
use crate::store::{ArticleRow, Read};
use crate::timeline::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

/// All keys, searchable: first those of `here` and of what is `useful` there.
pub(super) fn help(rows: Vec<KeyRow>, here: Context, useful: &[Action]) -> Box<dyn Pane> {
    Box::new(help::Help::new(rows, here, useful))
}

/// The command line.
pub(super) fn palette() -> Box<dyn Pane> {
    Box::new(palette::Palette::default())
}

/// Collections that were open lately; `None` where there are none.
pub(super) fn recent(model: &Model) -> Option<Box<dyn Pane>> {
    recent::Recent::new(model).map(|made| Box::new(made) as Box<dyn Pane>)
}

/// The tour, and the pane that it begins with.
pub(super) fn tour(keymap: &Keymap) -> Vec<Effect> {
    let tour = tour::Tour::new(keymap);
    vec![
        Effect::Focus(tour::Tour::FIRST),
        Effect::Push(Box::new(tour)),
    ]
}

/// How well the beginning of a name fits.
pub(super) use palette::Fit;

/// Actions whose name fits `typed` as well as that.
pub(super) fn fitting(typed: &str, fit: Fit) -> Vec<Action> {
    palette::with_fit(typed, fit)
}

/// The command line with a text on it already.
pub(super) fn palette_with(text: &str) -> Box<dyn Pane> {
    Box::new(palette::Palette::with(text))
}

/// The forms of an export.
pub(super) fn export() -> Box<dyn Pane> {
    Box::new(export::Export::default())
}

/// The saved searches; `None` where there are none.
pub(super) fn sources(model: &Model) -> Option<Box<dyn Pane>> {
    sources::Sources::new(model).map(|made| Box::new(made) as Box<dyn Pane>)
}

/// Search as you type: in the text where that has the focus, else over all articles.
pub(super) fn search(model: &Model) -> Box<dyn Pane> {
    Box::new(search::SearchLine::new(model))
}

/// A line for the date of an article.
pub(super) fn set_date(row: &ArticleRow) -> Box<dyn Pane> {
    Box::new(date_line::DateLine::new(row))
}

/// A line for the tags of articles; `row` is the open one.
pub(super) fn edit_tags(
    row: &ArticleRow,
    articles: Vec<ContentHash>,
    model: &Model,
) -> Box<dyn Pane> {
    Box::new(remark_line::RemarkLine::tags(
        row,
        articles,
        &model.store.notes(),
    ))
}

/// A line for the note on an article.
pub(super) fn edit_note(row: &ArticleRow, model: &Model) -> Box<dyn Pane> {
    Box::new(remark_line::RemarkLine::note(row, &model.store.notes()))
}

/// Tags as they are typed.
pub(super) use remark_line::tags;

/// The names that are hidden; `None` where there are none.
pub(super) fn hidden(model: &Model) -> Option<Box<dyn Pane>> {
    hidden::HiddenNames::new(model).map(|made| Box::new(made) as Box<dyn Pane>)
}

/// The story of what is shown in dates; `argument` is `N [K]`.
pub(super) fn digest(argument: &str, model: &Model) -> Result<Vec<Effect>, String> {
    digest::open(argument, model)
}

/// A web address, shown whole before it is opened.
pub(super) fn link(url: String) -> Box<dyn Pane> {
    Box::new(link::OpenLink::new(url))
}

/// The links of an article, by number; `None` where it has none.
pub(super) fn links(article: &Annotated, boilerplate: bool) -> Option<Box<dyn Pane>> {
    links::Links::new(article, boilerplate).map(|made| Box::new(made) as Box<dyn Pane>)
}

/// The open article beside its copies.
pub(super) fn compare(model: &Model) -> Result<Vec<Effect>, String> {
    compare::open(model)
}

/// Who is told of together with the selected name.
pub(super) fn company(model: &Model) -> Result<Vec<Effect>, String> {
    company::open(model)
}

/// A month of days.
pub(super) fn calendar(model: &Model) -> Box<dyn Pane> {
    Box::new(calendar::Calendar::new(model))
}

/// Articles and events over time; `None` where too little has a date.
pub(super) fn histogram(model: &Model) -> Option<Box<dyn Pane>> {
    histogram::Histogram::new(model).map(|made| Box::new(made) as Box<dyn Pane>)
}

/// The spellings of a name, to be taken out or accepted.
pub(super) fn spellings(entity: Arc<Entity>, store: &dyn Read) -> Box<dyn Pane> {
    Box::new(spellings::Spellings::new(entity, store))
}

/// Why an article has its date.
pub(super) fn why_article(article: &Annotated, theme: &Theme) -> Box<dyn Pane> {
    Box::new(why::Why::of_article(article, theme))
}

/// Why an event has its date.
pub(super) fn why_event(event: &Event, model: &Model, theme: &Theme) -> Box<dyn Pane> {
    Box::new(why::Why::of_event(event, model, theme))
}

/// The bottom row of the screen.
fn last_row(area: Rect) -> Rect {
    Rect {
        y: area.bottom().saturating_sub(1),
        height: area.height.min(1),
        ..area
    }
}

/// Draws a line that is typed, with what stands before it; gives the place of the caret.
fn draw_line(
    lead: &str,
    line: &LineEdit,
    (aside, aside_style): (&str, ratatui::style::Style),
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    ratatui::widgets::Widget::render(ratatui::widgets::Clear, area, buf);
    let mut pen = Pen::new(buf, area, 0);
    pen.skip(1).put(lead, theme.accent);
    if !aside.is_empty() && width(aside) + width(line.text()) + 4 < pen.left() {
        pen.right(" ", aside_style).right(aside, aside_style);
    }
    let (before, after) = line.halves();
    // A line longer than the screen shows the part around the caret.
    let room = pen.left().saturating_sub(1);
    let mut from = 0;
    while width(before.get(from..).unwrap_or("")) > room {
        from += before
            .get(from..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
    }
    pen.put(before.get(from..).unwrap_or(""), theme.strong);
    let caret = Position::new(pen.x(), area.y);
    let room = pen.left();
    pen.put(&cut(after, room, ""), theme.strong);
    (area.height > 0).then_some(caret)
}
