//! One article to its annotations: roles, publication date, time expressions, names, events.
//!
//! A pure function of the article and a publication date given from outside (or none): it sees
//! no other article and no clock. The order is fixed: blocks, language, sentences, expressions
//! without context, the publication date from them, their values from the date, names, events.

pub mod clean;
pub mod entity;
pub mod event;
pub mod language;
pub mod model;
pub mod published;
pub mod timex;

pub use model::{
    Annotated, Basis, Block, Confidence, EntityKind, EventBasis, EventKind, EventMention, Evidence,
    EvidencePlace, LocalEntity, Mention, Published, Rejected, Role,
};

use crate::article::Article;
use crate::text::sentence;
use std::sync::Arc;

/// Annotates one article.
///
/// `dated` overrides the publication date: one inferred over the collection, or one that a
/// person set. Without it the date is solved from the article alone.
pub fn annotate(article: Arc<Article>, dated: Option<Published>) -> Annotated {
    let blocks = clean::blocks(&article);
    let header = clean::header(&article, &blocks);
    let language = language::detect(&article, &blocks);
    let mut made = Annotated {
        title: header.title,
        byline: header.byline,
        outlet: header.outlet,
        language,
        blocks,
        ..Annotated::new(article)
    };
    if !made.language.analysed {
        made.published = dated.unwrap_or_else(|| published::solve(&made, &[]));
        return made;
    }
    made.sentences = made
        .blocks
        .iter()
        .filter(|block| block.role.is_analysed())
        .flat_map(|block| sentence::split(&made.article.text, block.span))
        .collect();
    let expressions = timex::recognize(&made);
    made.published = dated.unwrap_or_else(|| published::solve(&made, &expressions));
    made.timexes = timex::resolve(&made, &expressions);
    let tagged = entity::tag(&made);
    (made.mentions, made.entities) = entity::group(&made, tagged);
    made.events = event::extract(&made);
    made
}
