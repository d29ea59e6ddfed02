//! Word counts of a group, as sorted pairs: they are small, and compared far more often than they grow.

/// Hashes of words with how often they occur, rising.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag(Vec<(u64, u32)>);

impl Bag {
    /// Counts each of `words` once more; they are rising.
    pub(super) fn add(&mut self, words: &[u64]) {
        if words.is_empty() {
            return;
        }
        let old = std::mem::take(&mut self.0);
        self.0.reserve(old.len() + words.len());
        let (mut old, mut new) = (old.into_iter().peekable(), words.iter().peekable());
        loop {
            match (old.peek().copied(), new.peek()) {
                (Some((known, count)), Some(word)) if known == **word => {
                    self.0.push((known, count + 1));
                    old.next();
                    new.next();
                }
                (Some(entry), Some(word)) if entry.0 < **word => {
                    self.0.push(entry);
                    old.next();
                }
                (_, Some(word)) => {
                    self.0.push((**word, 1));
                    new.next();
                }
                (Some(_), None) => {
                    self.0.extend(old);
                    return;
                }
                (None, None) => return,
            }
        }
    }

    /// Its words, rising.
    pub(super) fn keys(&self) -> impl Iterator<Item = &u64> {
        self.0.iter().map(|(word, _)| word)
    }

    /// Distinct words.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Cosine of the counts; 0 where either is empty.
    pub(super) fn cosine(&self, other: &Self) -> f64 {
        let (mut mine, mut theirs) = (self.0.as_slice(), other.0.as_slice());
        let mut dot = 0_u64;
        while let ([a, rest_a @ ..], [b, rest_b @ ..]) = (mine, theirs) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => mine = rest_a,
                std::cmp::Ordering::Greater => theirs = rest_b,
                std::cmp::Ordering::Equal => {
                    dot += u64::from(a.1) * u64::from(b.1);
                    (mine, theirs) = (rest_a, rest_b);
                }
            }
        }
        if dot == 0 {
            return 0.0;
        }
        dot as f64 / (self.norm() * other.norm()).max(1.0)
    }

    fn norm(&self) -> f64 {
        let squares: u64 = self
            .0
            .iter()
            .map(|(_, count)| u64::from(*count).pow(2))
            .sum();
        (squares as f64).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_in_order() {
        let mut bag = Bag::default();
        bag.add(&[2, 5]);
        bag.add(&[1, 5, 9]);
        assert_eq!(bag.0, [(1, 1), (2, 1), (5, 2), (9, 1)]);
        let mut other = Bag::default();
        other.add(&[5]);
        assert!((bag.cosine(&other) - 2.0 / 7_f64.sqrt()).abs() < 1e-12);
        assert_eq!(bag.cosine(&Bag::default()), 0.0);
    }
}
