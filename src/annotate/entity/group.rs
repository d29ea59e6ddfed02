//! Groups the mentions of one article into entities.

use crate::annotate::{Annotated, EntityKind, LocalEntity, Mention};
use crate::text::Span;

/// Groups the mentions of one article into entities.
pub fn group(
    article: &Annotated,
    tagged: Vec<(Span, EntityKind)>,
) -> (Vec<Mention>, Vec<LocalEntity>) {
    let mut mentions = Vec::new();
    let mut entities = Vec::new();
    for (span, kind) in tagged {
        mentions.push(Mention {
            span,
            kind,
            entity: entities.len() as u32,
        });
        entities.push(LocalEntity {
            kind,
            name: span.of(article.text()).to_owned(),
        });
    }
    (mentions, entities)
}
