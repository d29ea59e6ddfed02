//! How well a document matches: tiers, and sets of documents for each of them.

use super::bits::Bits;
use std::sync::Arc;

/// How well the worst-matching word of a query matches, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The very word, in the headline.
    Title,
    /// The very word, in the text.
    Word,
    /// The very word, in a spelling of a name that the article has, perhaps in another.
    Name,
    /// A word that begins so, in the headline.
    TitleStart,
    /// A word that begins so, in text or name.
    Start,
    /// A word that has these letters inside.
    Inside,
    /// One slip of the keyboard.
    Slip,
    /// A name that is spelled alike.
    Alike,
    /// One slip, and the word goes on.
    SlipStart,
    /// Two slips of the keyboard.
    Slips,
    /// Letters left out within one word.
    Letters,
    /// Letters scattered over the headline.
    Scattered,
}

impl Tier {
    /// The least tier of an evaluation.
    pub(super) const LAST: Self = Self::Scattered;
}

/// For each tier the documents that match so well or better.
#[derive(Clone, Debug)]
pub(super) struct Levels {
    /// Rising tiers with growing sets.
    own: Vec<(Tier, Arc<Bits>)>,
    docs: u32,
}

impl Levels {
    /// Nothing matches, of so many documents.
    pub(super) const fn new(docs: u32) -> Self {
        Self {
            own: Vec::new(),
            docs,
        }
    }

    /// One set, all of one tier.
    pub(super) fn one(tier: Tier, bits: Bits) -> Self {
        let docs = bits.len();
        Self {
            own: vec![(tier, Arc::new(bits))],
            docs,
        }
    }

    /// Adds documents at a tier, which is not better than those before.
    pub(super) fn grow(&mut self, tier: Tier, add: impl FnOnce(&mut Bits)) {
        let last = self.own.last();
        let mut bits = last.map_or_else(|| Bits::new(self.docs), |(_, bits)| (**bits).clone());
        add(&mut bits);
        if last.map_or(!bits.is_empty(), |(_, before)| **before != bits) {
            self.own.push((tier, Arc::new(bits)));
        }
    }

    /// Documents that match at `tier` or better; `None` where there are none.
    pub(super) fn at(&self, tier: Tier) -> Option<&Bits> {
        let below = self.own.partition_point(|(own, _)| *own <= tier);
        self.own.get(below.checked_sub(1)?).map(|(_, bits)| &**bits)
    }

    /// The tiers at which something is added.
    pub(super) fn tiers(&self) -> impl Iterator<Item = Tier> {
        self.own.iter().map(|(tier, _)| *tier)
    }

    /// Bytes of memory that it takes.
    pub(super) fn weight(&self) -> usize {
        64 + self
            .own
            .iter()
            .map(|(_, bits)| bits.weight())
            .sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_grow() {
        let mut levels = Levels::new(10);
        levels.grow(Tier::Title, |_| {});
        levels.grow(Tier::Word, |bits| bits.set(3));
        levels.grow(Tier::Name, |bits| bits.set(3));
        levels.grow(Tier::Start, |bits| bits.set(5));
        assert_eq!(
            levels.tiers().collect::<Vec<_>>(),
            [Tier::Word, Tier::Start]
        );
        assert!(levels.at(Tier::Title).is_none());
        assert_eq!(levels.at(Tier::TitleStart).map(Bits::count), Some(1));
        assert_eq!(levels.at(Tier::LAST).map(Bits::count), Some(2));
    }
}
