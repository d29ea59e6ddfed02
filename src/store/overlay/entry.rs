//! One line of the overlay: what it does, what it is about, and how it is written.

use crate::annotate::EntityKind;
use crate::article::ContentHash;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Two surfaces are one entity: `target` and `with`.
    Merge,
    /// A surface is an entity of its own.
    Split,
    /// A surface is not to be shown, or is again: `value` is `off`.
    Hide,
    /// A surface is of another kind: `kind`.
    Type,
    /// An article was published on another day: `value`.
    Date,
    /// An article is starred, or not: `value` is `off`.
    Star,
    /// An article has a tag: `value`; a tag that begins with `-` is taken off.
    Tag,
    /// An article has a note: `value`; an empty one is none.
    Note,
    /// An article was read, or not: `value` is `off`.
    Read,
    /// Takes the last entry that is still in force back.
    Undo,
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Target {
    /// A name as written, of a kind; with a hash, only in that article.
    Surface {
        /// Its kind.
        #[serde(rename = "type")]
        kind: EntityKind,
        /// The name as written.
        surface: String,
        /// The article.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            with = "hash_text::option"
        )]
        hash: Option<ContentHash>,
    },
    /// An article, or a quote in it.
    Content {
        /// The article.
        #[serde(with = "hash_text")]
        hash: ContentHash,
        /// The quote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote: Option<String>,
    },
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Version of the format.
    pub v: u32,
    /// What it does.
    pub op: Op,
    /// When it was made (RFC 3339), for people; nothing depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What it is about; none for undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The other side of a merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Target>,
    /// The new kind of a `type` entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EntityKind>,
    /// A day, a tag, a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Entries with one number were made by one action, and are taken back together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
}

impl Entry {
    const fn new(op: Op, target: Option<Target>) -> Self {
        Self {
            v: 1,
            op,
            at: None,
            target,
            with: None,
            kind: None,
            value: None,
            step: None,
        }
    }

    /// Says that two surfaces of a kind are one entity.
    pub fn merge(kind: EntityKind, surface: &str, with: &str) -> Self {
        Self {
            with: Some(surface_target(kind, with)),
            ..Self::new(Op::Merge, Some(surface_target(kind, surface)))
        }
    }

    /// Says that a surface is an entity of its own.
    pub fn split(kind: EntityKind, surface: &str) -> Self {
        Self::new(Op::Split, Some(surface_target(kind, surface)))
    }

    /// Says that a surface is not to be shown, or is again; with a hash, only in that article.
    pub fn hide(kind: EntityKind, surface: &str, hash: Option<ContentHash>, on: bool) -> Self {
        let target = Target::Surface {
            kind,
            surface: surface.to_owned(),
            hash,
        };
        Self {
            value: off(on),
            ..Self::new(Op::Hide, Some(target))
        }
    }

    /// Says when an article was published: a day, `YYYY-MM-DD`.
    pub fn date(hash: ContentHash, day: NaiveDate) -> Self {
        Self {
            value: Some(day.to_string()),
            ..Self::new(Op::Date, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Stars an article, or takes the star off.
    pub fn star(hash: ContentHash, on: bool) -> Self {
        Self {
            value: off(on),
            ..Self::new(Op::Star, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Marks an article read or unread.
    pub fn read(hash: ContentHash, on: bool) -> Self {
        Self {
            value: off(on),
            ..Self::new(Op::Read, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Tags an article; takes a tag that begins with `-` off.
    pub fn tag(hash: ContentHash, tag: &str) -> Self {
        Self {
            value: Some(tag.to_owned()),
            ..Self::new(Op::Tag, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Says something of an article; an empty text takes back what was said.
    pub fn note(hash: ContentHash, text: &str) -> Self {
        Self {
            value: Some(text.to_owned()),
            ..Self::new(Op::Note, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Takes the last entry back.
    pub const fn undo() -> Self {
        Self::new(Op::Undo, None)
    }

    /// True where it takes a mark or a hide off instead of putting it on.
    pub fn is_off(&self) -> bool {
        self.value.as_deref() == Some("off")
    }
}

fn off(on: bool) -> Option<String> {
    (!on).then(|| "off".to_owned())
}

fn surface_target(kind: EntityKind, surface: &str) -> Target {
    Target::Surface {
        kind,
        surface: surface.to_owned(),
        hash: None,
    }
}

/// Content hashes as hex digits.
mod hash_text {
    use super::{ContentHash, Deserialize, Deserializer, Serializer};
    use serde::de::Error;

    pub(super) fn serialize<S: Serializer>(hash: &ContentHash, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(hash)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ContentHash, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }

    /// The same for a hash that may be missing.
    pub(super) mod option {
        use super::{ContentHash, Deserialize, Deserializer, Error, Serializer};

        // serde's `with` fixes this signature.
        #[allow(clippy::ref_option)]
        pub(in super::super) fn serialize<S: Serializer>(
            hash: &Option<ContentHash>,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            match hash {
                Some(hash) => super::serialize(hash, to),
                None => to.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<ContentHash>, D::Error> {
            Option::<String>::deserialize(from)?
                .map(|text| text.parse().map_err(D::Error::custom))
                .transpose()
        }
    }
}
