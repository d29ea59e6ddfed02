//! A query over one segment: sets of documents joined by AND, OR and NOT.
//!
//! What the dictionary cannot tell (phrases in the text, expressions) is a set of candidates with a [`Check`] that reads
//! the text of a document. For every tier a plan gives the documents that may match so well ([`Plan::upper`]) and those
//! that surely do ([`Plan::lower`]); only what lies between is read.

use super::bits::Bits;
use super::check::Check;
use super::levels::{Levels, Tier};
use std::borrow::Cow;
use std::sync::Arc;

/// A query over one segment.
#[derive(Debug)]
pub(super) enum Plan {
    /// Every document.
    All,
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    /// Surely these.
    Set(Arc<Levels>),
    /// Those of these that pass the check.
    Maybe(Arc<Levels>, Check),
}

type Set<'a> = Cow<'a, Bits>;

impl Plan {
    /// Documents that may match at `tier` or better, of `docs`.
    pub(super) fn upper(&self, tier: Tier, docs: u32) -> Set<'_> {
        self.bound(tier, docs, true)
    }

    /// Documents that surely do.
    pub(super) fn lower(&self, tier: Tier, docs: u32) -> Set<'_> {
        self.bound(tier, docs, false)
    }

    fn bound(&self, tier: Tier, docs: u32, upper: bool) -> Set<'_> {
        let none = || Cow::Owned(Bits::new(docs));
        let join = |parts: &'_ [Self], all: bool| {
            let mut sets = parts
                .iter()
                .map(|part| part.bound(tier, docs, upper).into_owned());
            let first = sets.next().unwrap_or_else(|| Bits::new(docs));
            Cow::Owned(sets.fold(first, |mut joined, set| {
                if all {
                    joined.and(&set);
                } else {
                    joined.or(&set);
                }
                joined
            }))
        };
        match self {
            Self::All => Cow::Owned(Bits::full(docs)),
            Self::And(parts) => join(parts, true),
            Self::Or(parts) => join(parts, false),
            Self::Not(part) => {
                let mut set = part.bound(Tier::LAST, docs, !upper).into_owned();
                set.invert();
                Cow::Owned(set)
            }
            Self::Set(levels) => levels.at(tier).map_or_else(none, Cow::Borrowed),
            Self::Maybe(levels, _) if upper => levels.at(tier).map_or_else(none, Cow::Borrowed),
            Self::Maybe(..) => none(),
        }
    }

    /// True where no text need be read.
    pub(super) fn is_sure(&self) -> bool {
        match self {
            Self::All | Self::Set(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().all(Self::is_sure),
            Self::Not(part) => part.is_sure(),
            Self::Maybe(..) => false,
        }
    }

    /// Whether a document matches at `tier`; `passes` reads it.
    pub(super) fn holds(
        &self,
        doc: u32,
        tier: Tier,
        passes: &mut dyn FnMut(&Check) -> bool,
    ) -> bool {
        match self {
            Self::All => true,
            Self::And(parts) => parts.iter().all(|part| part.holds(doc, tier, passes)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(doc, tier, passes)),
            Self::Not(part) => !part.holds(doc, Tier::LAST, passes),
            Self::Set(levels) => levels.at(tier).is_some_and(|set| set.has(doc)),
            Self::Maybe(levels, check) => {
                levels.at(tier).is_some_and(|set| set.has(doc)) && passes(check)
            }
        }
    }

    /// The tiers at which something may be added.
    pub(super) fn tiers(&self, found: &mut Vec<Tier>) {
        match self {
            Self::All | Self::Not(_) => found.push(Tier::Title),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.tiers(found)),
            Self::Set(levels) | Self::Maybe(levels, _) => found.extend(levels.tiers()),
        }
    }
}
