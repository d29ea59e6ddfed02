//! Entities over the whole collection: every spelling of a name as one, with the reason.

pub mod alike;
mod build;
mod cluster;
mod context;
mod edit;
mod index;
mod name;
mod record;
mod skeleton;
mod state;

pub use state::State;

use crate::annotate::EntityKind;
use crate::article::{ArticleId, ContentHash};
use crate::text::normalize;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The id of an entity: its type and 12 hex digits of a hash of its anchor, `person:0123456789ab`.
///
/// The anchor is the smallest (folded surface, article hash) of its mentions, so the id does not
/// depend on the order of arrival; an id that was merged away stays in [`Entity::aliases`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntityId(Arc<str>);

impl EntityId {
    /// The id of the entity anchored at `surface` in the article with `hash`.
    pub fn of(kind: EntityKind, surface: &str, hash: ContentHash) -> Self {
        let folded = normalize::fold(surface);
        let digest = ContentHash::of(format!("{}\0{folded}\0{hash}", kind.name()).as_bytes());
        let hex = digest.to_string();
        Self(format!("{}:{}", kind.name().to_ascii_lowercase(), &hex[..12]).into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for EntityId {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How sure it is that a spelling belongs to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Shown with `=`.
    Sure,
    /// Shown with `?`.
    Suggested,
}

/// One spelling of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// As written.
    pub text: String,
    /// How often.
    pub count: u32,
    /// In which articles, rising.
    pub articles: Vec<ArticleId>,
    /// How sure.
    pub status: Status,
    /// Why it is the same, in words a person can check.
    pub reason: String,
}

/// One person, organization, place or group over the whole collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// Its kind.
    pub kind: EntityKind,
    /// The name it is shown by.
    pub name: String,
    /// Number of mentions.
    pub mentions: u32,
    /// Articles that mention it, rising.
    pub articles: Vec<ArticleId>,
    /// Its spellings, most frequent first.
    pub variants: Vec<Variant>,
    /// Ids it absorbed.
    pub aliases: Vec<EntityId>,
}

/// What a person decided: kept apart from what was found, and stronger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// These two surfaces of a kind are one entity.
    Merge(EntityKind, String, String),
    /// This surface is an entity of its own; with a hash, only in that article.
    Split(EntityKind, String, Option<ContentHash>),
    /// This surface is no entity to show; with a hash, only in that article.
    Hide(EntityKind, String, Option<ContentHash>),
    /// This surface is of another kind.
    Kind(EntityKind, String, EntityKind),
}

/// How alike two folded words are as spellings of one name; `None` where they are not.
///
/// For finding a name by another spelling than the one that was written ("kharitonov" for
/// "Haritonov"). Higher is more alike; 10 is equal.
///
/// ```
/// use dateline::resolve::entity::spelled_alike;
/// assert!(spelled_alike("kharitonov", "haritonov").is_some());
/// assert!(spelled_alike("kharitonov", "petersen").is_none());
/// ```
pub fn spelled_alike(a: &str, b: &str) -> Option<f32> {
    let close = skeleton::may_be_alike(skeleton::letters(a), skeleton::letters(b));
    let alike = close.then(|| name::words_alike(a, b))?;
    (alike >= name::floor(a.len().min(b.len()))).then_some(alike)
}

#[cfg(test)]
mod tests;
