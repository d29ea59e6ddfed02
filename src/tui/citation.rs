//! What is copied: an event with its quote, file and line, and the hash of the source's bytes.

use super::model::Model;
use super::pane::PaneId;
use super::widget::date;
use crate::article::ArticleId;
use crate::timeline::{Citation, Event};
use std::sync::Arc;

/// The event that a citation is of: the selected one, where the open article tells it.
fn event(model: &Model) -> Option<(Arc<Event>, Citation)> {
    let wanted = matches!(
        model.focus,
        PaneId::Timeline | PaneId::Evidence | PaneId::Text
    );
    let event = model
        .event
        .as_ref()
        .filter(|_| wanted)
        .and_then(|id| model.store.event(id))?;
    let jump = model.jump.as_ref();
    let quotes = &event.mentions;
    let quote = quotes
        .iter()
        .find(|quote| jump.is_some_and(|j| j.article == quote.article && j.span == quote.span))
        .or_else(|| {
            quotes
                .iter()
                .find(|quote| Some(&quote.article) == model.article.as_ref())
        })
        .or(quotes.first())?
        .clone();
    Some((event, quote))
}

/// The source line of what is selected.
pub(super) fn line(model: &Model) -> Option<u32> {
    event(model).and_then(|(_, quote)| quote.line)
}

fn place(model: &Model, id: &ArticleId, line: Option<u32>) -> (String, String) {
    let row = model.store.row(id);
    let path = row
        .as_ref()
        .and_then(|row| row.path.clone())
        .unwrap_or_else(|| id.to_string());
    let place = line.map_or(path.clone(), |line| format!("{path}:{line}"));
    let hash = row.map_or(String::new(), |row| row.hash.to_string());
    (place, hash)
}

/// The citation of what is selected: of an event with its quote, else of the open article.
pub(super) fn citation(model: &Model) -> Option<String> {
    if let Some((event, quote)) = event(model) {
        let (place, hash) = place(model, &quote.article, quote.line);
        return Some(format!(
            "{} {}\n\u{201c}{}\u{201d}\n{place}\nsha256:{hash}\n",
            date::iso(&event.date),
            event.id,
            quote.quote.trim(),
        ));
    }
    let row = model.store.row(model.article.as_ref()?)?;
    let (place, hash) = place(model, &row.id, None);
    let source = row
        .source
        .map_or(String::new(), |source| format!("{source}, "));
    Some(format!(
        "{}\n{source}{}\n{place}\nsha256:{hash}\n",
        row.title, row.published.interval
    ))
}
