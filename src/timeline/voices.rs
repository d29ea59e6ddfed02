//! Near-duplicate articles: wire copy and reprints, which are one voice and not many.
//!
//! Sketches are those of A. Broder, "On the resemblance and containment of documents" (1997):
//! the hashes of word 4-grams that are 0 modulo a power of two, which estimate containment
//! without bias; short texts keep every hash, so there the containment is exact. Only articles
//! that share a sampled hash are compared. Invariant: the result does not depend on the order of
//! articles.

use super::profile::{Profile, hash};
use crate::annotate::Annotated;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Hashes kept of an article, at most.
const KEPT: usize = 128;
/// Words of a shingle.
const SHINGLE: usize = 4;
/// Share of the shorter text that must stand in the other.
const CONTAINED: f64 = 0.9;
/// Articles compared for one shared hash.
const NEIGHBOURS: usize = 12;
/// Slices into which the hashes are cut, by their highest bits.
const SLICES: u64 = 16;
const SLICE_SHIFT: u32 = 60;
/// Shingles below which a text is too short to be called a copy.
const LEAST: usize = 12;

/// The sketch of one article.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    /// Hashes that are 0 in their low `level` bits, rising.
    hashes: Vec<u64>,
    level: u32,
    /// Number of distinct shingles.
    size: usize,
}

impl Sketch {
    /// The sketch of the running text.
    pub(super) fn new(article: &Annotated) -> Self {
        let text = article.text();
        let mut words: Vec<u64> = Vec::new();
        for block in article.blocks.iter().filter(|block| block.role.is_text()) {
            words.extend(
                block
                    .span
                    .of(text)
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|word| !word.is_empty())
                    .map(|word| hash(word.to_lowercase().as_bytes())),
            );
        }
        let mut hashes: Vec<u64> = words
            .windows(SHINGLE)
            .map(|four| {
                let mixed = four.iter().fold(0_u64, |sum, word| {
                    (sum.rotate_left(13) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
                });
                mixed ^ (mixed >> 29)
            })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        let size = hashes.len();
        let mut level = 0;
        while hashes.len() > KEPT && level < 40 {
            level += 1;
            let mask = (1_u64 << level) - 1;
            hashes.retain(|hash| hash & mask == 0);
        }
        Self {
            hashes,
            level,
            size,
        }
    }

    /// Hashes that two texts are seen to share if one stands in the other: a small part of those of the shorter
    /// text, since what many articles share is only seen with the first of them.
    fn shared_by_copies(&self, other: &Self) -> usize {
        let shorter = if self.size <= other.size { self } else { other };
        let level = self.level.max(other.level) - shorter.level;
        (shorter.hashes.len() >> level).div_ceil(8).max(3)
    }

    /// Share of the shorter text that stands in the other, from the hashes both would keep.
    fn containment(&self, other: &Self) -> f64 {
        let mask = (1_u64 << self.level.max(other.level)) - 1;
        let kept = |hash: &&u64| **hash & mask == 0;
        let (mut mine, mut theirs) = (
            self.hashes.iter().filter(kept).peekable(),
            other.hashes.iter().filter(kept).peekable(),
        );
        let (mut left, mut right, mut shared) = (0_u32, 0_u32, 0_u32);
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            let order = a.cmp(b);
            shared += u32::from(order.is_eq());
            if order.is_le() {
                left += 1;
                mine.next();
            }
            if order.is_ge() {
                right += 1;
                theirs.next();
            }
        }
        let shorter = if self.size <= other.size {
            left + mine.count() as u32
        } else {
            right + theirs.count() as u32
        };
        if shorter == 0 {
            return 0.0;
        }
        f64::from(shared) / f64::from(shorter)
    }
}

/// Which of two articles is the original: the one published earlier, then the one that states
/// its date, the longer one, and the smaller hash.
fn rank(profile: &Profile) -> impl Ord + use<> {
    (
        profile.published.start.is_none(),
        profile.published.start,
        !profile.stated,
        std::cmp::Reverse(profile.sketch.size),
        profile.hash,
        profile.id.clone(),
    )
}

/// Pairs of articles, as (later, earlier) places in `ranked`, that share enough hashes to be looked at; rising.
///
/// Hashes are taken in slices, so that the table of one slice is all that is held at a time. The first
/// holders of a hash stand for all: a text printed a thousand times needs no pairs of its copies.
fn neighbours(ranked: &[&Profile]) -> Vec<(u32, u32)> {
    let mut met: Vec<u64> = (0..SLICES)
        .into_par_iter()
        .flat_map_iter(|slice| {
            let mut held: Vec<(u64, u32)> = Vec::new();
            for (place, profile) in (0..).zip(ranked) {
                if profile.sketch.size < LEAST {
                    continue;
                }
                let hashes = &profile.sketch.hashes;
                let from = hashes.partition_point(|hash| hash >> SLICE_SHIFT < slice);
                let slice = hashes
                    .iter()
                    .skip(from)
                    .take_while(|hash| *hash >> SLICE_SHIFT == slice);
                held.extend(slice.map(|hash| (*hash, place)));
            }
            held.sort_unstable();
            let mut pairs = Vec::new();
            for group in held
                .chunk_by(|a, b| a.0 == b.0)
                .filter(|group| group.len() > 1)
            {
                for (nth, (_, later)) in group.iter().enumerate() {
                    let earlier = group.iter().take(nth.min(NEIGHBOURS));
                    pairs.extend(earlier.map(|(_, first)| pack(*later, *first)));
                }
            }
            pairs
        })
        .collect();
    met.par_sort_unstable();
    met.chunk_by(|a, b| a == b)
        .filter_map(|run| {
            let (later, earlier) = unpack(*run.first()?);
            let sketch = |place: u32| ranked.get(place as usize).map(|profile| &profile.sketch);
            let least = sketch(later)?.shared_by_copies(sketch(earlier)?);
            (run.len() >= least).then_some((later, earlier))
        })
        .collect()
}

/// Two places as one number, which sorts faster than a pair.
fn pack(later: u32, earlier: u32) -> u64 {
    u64::from(later) << 32 | u64::from(earlier)
}

fn unpack(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// For each article that is contained in another: (copy, original) as indices into `profiles`.
///
/// An original is never itself a copy.
pub(super) fn copies(profiles: &[&Profile]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..profiles.len()).collect();
    order.sort_by_cached_key(|at| profiles.get(*at).map(|profile| rank(profile)));
    let ranked: Vec<&Profile> = order
        .iter()
        .filter_map(|at| profiles.get(*at).copied())
        .collect();
    let pairs: Vec<(usize, usize)> = neighbours(&ranked)
        .into_par_iter()
        .map(|(later, earlier)| (later as usize, earlier as usize))
        .filter(|(later, earlier)| {
            let both = (ranked.get(*later), ranked.get(*earlier));
            matches!(both, (Some(copy), Some(first))
                if first.sketch.containment(&copy.sketch) >= CONTAINED)
        })
        .collect();
    let mut original: BTreeMap<usize, usize> = BTreeMap::new();
    for (copy, first) in pairs {
        let root = original.get(&first).copied().unwrap_or(first);
        original.entry(copy).or_insert(root);
    }
    let mut out: Vec<(usize, usize)> = original
        .into_iter()
        .filter_map(|(copy, first)| Some((*order.get(copy)?, *order.get(first)?)))
        .collect();
    out.sort_unstable();
    out
}

/// Number of independent voices among `told`: (article, its original, words of its sentences).
///
/// Articles that share an original are one voice; so are two articles whose sentence for the
/// event is the same word for word.
pub(super) fn count(told: &[(usize, usize, u64)]) -> u32 {
    let mut parent: BTreeMap<usize, usize> = told
        .iter()
        .map(|(_, original, _)| (*original, *original))
        .collect();
    let mut said: BTreeMap<u64, usize> = BTreeMap::new();
    for (_, original, sentence) in told {
        let first = *said.entry(*sentence).or_insert(*original);
        let (a, b) = (root(&parent, first), root(&parent, *original));
        if a != b {
            parent.insert(a.max(b), a.min(b));
        }
    }
    parent.iter().filter(|(at, up)| at == up).count() as u32
}

fn root(parent: &BTreeMap<usize, usize>, mut at: usize) -> usize {
    while let Some(up) = parent.get(&at).copied()
        && up != at
    {
        at = up;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Block, Role};
    use crate::article::{Article, ArticleId, ContentHash};
    use crate::text::Span;
    use std::sync::Arc;

    fn profile(id: &str, text: &str) -> Profile {
        let article = Article {
            id: Some(ArticleId::new(id)),
            hash: ContentHash::of(text.as_bytes()),
            text: text.to_owned(),
            ..Article::default()
        };
        let mut annotated = Annotated::new(Arc::new(article));
        annotated.blocks.push(Block {
            span: Span::new(0, text.len()),
            role: Role::Body,
        });
        Profile::new(&annotated)
    }

    #[test]
    fn a_reprint_is_a_copy_and_a_new_story_is_not() {
        let words: Vec<String> = (0..400).map(|i| format!("w{}", i * 7 % 397)).collect();
        let long = words.join(" ");
        let cut = words[..360].join(" ");
        let other: Vec<String> = (0..400).map(|i| format!("x{}", i * 5 % 397)).collect();
        let mut all = [
            profile("a", &long),
            profile("b", &format!("{cut} with agency staff")),
            profile("c", &other.join(" ")),
        ];
        let found = |all: &[Profile]| {
            let refs: Vec<&Profile> = all.iter().collect();
            copies(&refs)
                .into_iter()
                .map(|(copy, first)| (all[copy].id.to_string(), all[first].id.to_string()))
                .collect::<Vec<_>>()
        };
        assert_eq!(found(&all), [("b".to_owned(), "a".to_owned())]);
        all.reverse();
        assert_eq!(found(&all), [("b".to_owned(), "a".to_owned())]);
    }

    #[test]
    fn voices_fold_copies_and_equal_sentences() {
        assert_eq!(count(&[(0, 0, 1), (1, 0, 2), (2, 2, 3)]), 2);
        assert_eq!(count(&[(0, 0, 1), (1, 1, 1), (2, 2, 3)]), 2);
        assert_eq!(count(&[]), 0);
    }
}
