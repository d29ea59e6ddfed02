//! The packed model: weights, gazetteer and word clusters, read where they lie in the binary.
//!
//! Layout: 8 bytes magic; six sections, each as offset and length (u32, little-endian); the
//! sections. Loading looks at the header only. Weights are int8 with a scale of their own for each
//! row; scores are sums of integers, so they are the same on every machine.

use super::label::{LABELS, Scores, may_follow};
use super::table::Table;
use std::sync::LazyLock;

/// The first bytes of a packed model; the digit is the version of the layout.
pub(crate) const MAGIC: &[u8; 8] = b"DLNAMES1";
/// Number of sections.
#[cfg(feature = "train")]
pub(crate) const SECTIONS: usize = 6;
/// Bytes of a row of weights: the scale, then one weight a label.
pub(crate) const ROW: usize = 1 + LABELS;
/// Ids of one word in the four clusterings (64, 256, 1024 and 2048 clusters); 0 is unknown.
pub(crate) type Clusters = [u16; 4];

/// Bit of [`Model::token`]: found among given names.
pub(crate) const GIVEN: u8 = 1 << 2;

/// A loaded model.
#[derive(Clone, Debug)]
pub(crate) struct Model<'a> {
    weights: Table<'a>,
    tokens: Table<'a>,
    phrases: Table<'a>,
    clustered: Table<'a>,
    clusters: &'a [u8],
    /// Score of label `b` after label `a`; far below every sum where `b` may not follow.
    pub(crate) transitions: [[i32; LABELS]; LABELS],
}

/// What a label that may not follow costs.
pub(crate) const FORBIDDEN: i32 = -1_000_000_000;

static BUILT_IN: LazyLock<Option<Model<'static>>> =
    LazyLock::new(|| Model::read(include_bytes!("../../../../assets/models/names.bin")));

impl<'a> Model<'a> {
    /// The model that is compiled in; `None` where the file is broken.
    pub(crate) fn built_in() -> Option<&'static Model<'static>> {
        BUILT_IN.as_ref()
    }

    /// Reads the header of a packed model.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let header = rest.as_chunks::<4>().0;
        let number = |at: usize| header.get(at).map(|n| u32::from_le_bytes(*n) as usize);
        let section = |at: usize| {
            let start = number(2 * at)?;
            bytes.get(start..start.checked_add(number(2 * at + 1)?)?)
        };
        let mut transitions = [[FORBIDDEN; LABELS]; LABELS];
        let packed = section(0)?.as_chunks::<4>().0;
        for (before, row) in transitions.iter_mut().enumerate() {
            for (next, score) in row.iter_mut().enumerate() {
                if may_follow(before, next) {
                    *score = i32::from_le_bytes(*packed.get(before * LABELS + next)?);
                }
            }
        }
        Some(Self {
            weights: Table::new(section(1)?, ROW)?,
            tokens: Table::new(section(2)?, 1)?,
            phrases: Table::new(section(3)?, 1)?,
            clustered: Table::new(section(4)?, 2)?,
            clusters: section(5)?,
            transitions,
        })
    }

    /// Adds the weights of one feature.
    #[inline]
    pub(crate) fn add(&self, feature: u32, scores: &mut Scores) {
        if let Some([scale, weights @ ..]) = self.weights.get(feature) {
            let scale = i32::from(*scale);
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += scale * i32::from(weight.cast_signed());
            }
        }
    }

    /// The gazetteer bits of the word with this key, see `train/gazetteer.rs`.
    #[inline]
    pub(crate) fn token(&self, key: u32) -> u8 {
        self.tokens
            .get(key)
            .and_then(|r| r.first())
            .copied()
            .unwrap_or(0)
    }

    /// The gazetteer bits of the phrase with this key.
    #[inline]
    pub(crate) fn phrase(&self, key: u32) -> u8 {
        self.phrases
            .get(key)
            .and_then(|r| r.first())
            .copied()
            .unwrap_or(0)
    }

    /// The cluster ids of the word with this key.
    #[inline]
    pub(crate) fn clusters(&self, key: u32) -> Clusters {
        let find = || {
            let row = self.clustered.get(key)?.first_chunk::<2>()?;
            let ids = self
                .clusters
                .get(usize::from(u16::from_le_bytes(*row)) * 8..)?;
            let ids = ids.first_chunk::<8>()?.as_chunks::<2>().0;
            Some(
                [ids.first()?, ids.get(1)?, ids.get(2)?, ids.get(3)?]
                    .map(|id| u16::from_le_bytes(*id)),
            )
        };
        find().unwrap_or_default()
    }
}

/// Packs sections into a model file.
#[cfg(feature = "train")]
pub(crate) fn pack(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut packed = MAGIC.to_vec();
    let mut start = MAGIC.len() + 8 * SECTIONS;
    for section in sections {
        packed.extend((start as u32).to_le_bytes());
        packed.extend((section.len() as u32).to_le_bytes());
        start += section.len();
    }
    for section in sections {
        packed.extend(section);
    }
    packed
}
