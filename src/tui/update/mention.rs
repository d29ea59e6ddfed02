//! From mention to mention of one name, through all articles that tell of it.
//!
//! Where one is follows from the text that is open, so the way goes on from wherever one went
//! meanwhile; nothing is counted or kept. What is filtered away is no mention less.

use super::super::app::App;
use super::super::effect::Effect;
use super::super::model::{Level, Model};
use super::travel::first_entity;
use super::warn;
use crate::article::ArticleId;
use crate::resolve::EntityId;
use crate::store::Filter;
use crate::text::Span;

impl App {
    /// To the next or previous mention of the selected name.
    pub(super) fn to_mention(&self, forward: bool) -> Vec<Effect> {
        let model = &self.model;
        let wanted = model.entity.clone().or_else(|| first_entity(model));
        let Some(entity) = wanted.and_then(|id| model.store.entity(&id)) else {
            return vec![warn("Select a name first; press 3 to go to them.")];
        };
        let open = model.article.clone();
        let here = open.map(|id| (spans(model, &id, &entity.id), id));
        let jump = model
            .jump
            .as_ref()
            .filter(|jump| Some(&jump.article) == model.article.as_ref());
        let at = jump.map(|jump| jump.span);
        let next = here
            .as_ref()
            .and_then(|(spans, _)| step(spans, at, forward));
        let filter = Filter {
            entities: vec![entity.id.clone()],
            ..Filter::default()
        };
        let total = model.store.article_count(&filter);
        let place = model
            .article
            .as_ref()
            .and_then(|id| model.store.article_position(&filter, id));
        let found = match (here, next) {
            (Some((spans, id)), Some(span)) => Some((id, spans, span, place.unwrap_or(0), false)),
            _ => elsewhere(model, &filter, &entity.id, (place, total), forward),
        };
        let Some((article, spans, span, row, around)) = found else {
            return vec![warn(&format!("No mention of {} is here.", entity.name))];
        };
        let nth = spans.iter().position(|one| *one == span).unwrap_or(0) + 1;
        let turn = match (around, forward) {
            (false, _) => "",
            (true, true) => " That was the last one; from the first again.",
            (true, false) => " That was the first one; from the last again.",
        };
        let text = format!(
            "{}: mention {nth} of {} here, article {} of {total}.{turn}",
            entity.name,
            spans.len(),
            row + 1
        );
        let mut effects = Vec::new();
        if model.entity.as_ref() != Some(&entity.id) {
            effects.push(Effect::SelectEntity(entity.id.clone()));
        }
        effects.extend([Effect::Jump(article, span), Effect::Say(Level::Info, text)]);
        effects
    }
}

/// A mention in the next or previous article that has one: the article, all its mentions, this one,
/// the row of the article, and whether the way went around the end.
fn elsewhere(
    model: &Model,
    filter: &Filter,
    entity: &EntityId,
    (place, total): (Option<usize>, usize),
    forward: bool,
) -> Option<(ArticleId, Vec<Span>, Span, usize, bool)> {
    let after = place.map_or_else(|| row_of(model, filter, total), |row| row + 1);
    let next = if forward {
        (after < total).then_some(after)
    } else {
        place.unwrap_or(after).checked_sub(1)
    };
    let row = next.unwrap_or(if forward { 0 } else { total.saturating_sub(1) });
    let article = model.store.articles(filter, row..row + 1).pop()?.id;
    let spans = spans(model, &article, entity);
    let span = *(if forward { spans.first() } else { spans.last() })?;
    Some((article, spans, span, row, next.is_none()))
}

/// Where an article mentions an entity, rising.
fn spans(model: &Model, id: &ArticleId, entity: &EntityId) -> Vec<Span> {
    let Some(article) = model.store.article(id) else {
        return Vec::new();
    };
    let locals = 0..article.entities.len() as u32;
    let of = |local: u32| model.store.entity_of(id, local).as_ref() == Some(entity);
    let is: Vec<bool> = locals.map(of).collect();
    let mentions = article.mentions.iter();
    let wanted = mentions.filter(|mention| is.get(mention.entity as usize) == Some(&true));
    wanted.map(|mention| mention.span).collect()
}

/// The mention after or before `at`; from nowhere the first, or the last.
fn step(spans: &[Span], at: Option<Span>, forward: bool) -> Option<Span> {
    let found = match (at, forward) {
        (None, true) => spans.first(),
        (None, false) => spans.last(),
        (Some(at), true) => spans.iter().find(|span| span.start > at.start),
        (Some(at), false) => spans.iter().rev().find(|span| span.start < at.start),
    };
    found.copied()
}

/// The row that the open article would have among those that tell of the name.
fn row_of(model: &Model, filter: &Filter, total: usize) -> usize {
    let row = model.article.as_ref().and_then(|id| model.store.row(id));
    let day = row.and_then(|row| row.published.interval.start.or(row.published.interval.end));
    day.map_or(total, |day| model.store.seek(filter, day))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Stage;

    fn at(stage: &Stage) -> (String, u32) {
        let jump = stage.app.model.jump.clone().expect("a mention");
        (jump.article.as_str().to_owned(), jump.span.start)
    }

    #[test]
    fn the_way_goes_through_all_articles_and_around() {
        let mut stage = Stage::new(120, 40);
        // Mara Lindqvist is in all three articles, once in each.
        stage.keys("3 gg 1 gg");
        stage.app.model.jump = None;
        let mut forward = Vec::new();
        for _ in 0..4 {
            stage.keys(">");
            forward.push(at(&stage));
        }
        let articles: Vec<&str> = forward.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(
            articles,
            [
                "harbour-1.txt",
                "harbour-2.txt",
                "blog/undated.md",
                "harbour-1.txt"
            ]
        );
        assert!(
            stage.text().contains("from the first again"),
            "{}",
            stage.text()
        );
        stage.keys("<");
        assert_eq!(at(&stage).0, "blog/undated.md");
        assert!(
            stage.text().contains("mention 1 of 1 here, article 3 of 3"),
            "{}",
            stage.text()
        );
        stage.keys("< <");
        assert_eq!(at(&stage), forward[0]);
    }

    #[test]
    fn it_starts_from_where_one_is() {
        let mut stage = Stage::new(120, 40);
        stage.keys("3 gg 1 gg j");
        stage.keys("<");
        assert_eq!(at(&stage).0, "harbour-2.txt");
        stage.keys("<");
        assert_eq!(at(&stage).0, "harbour-1.txt");
    }
}
