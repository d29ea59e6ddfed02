//! Counts of a group's words, entities and classes, as sorted pairs: they are small, and compared far more often
//! than they grow.

/// Keys with how often they occur, rising, and the sum of the squares of the counts, which every
/// comparison asks for.
#[derive(Clone, Debug)]
pub(super) struct Bag<K>(Vec<(K, u32)>, u64);

impl<K> Default for Bag<K> {
    fn default() -> Self {
        Self(Vec::new(), 0)
    }
}

/// By how much the square of a count grows when it goes up to `count`.
fn step(count: u32) -> u64 {
    2 * u64::from(count) - 1
}

impl<K: Copy + Ord> Bag<K> {
    /// Counts each of `keys` once more; they are rising.
    pub(super) fn add(&mut self, keys: &[K]) {
        if let [key] = keys {
            return self.add_one(*key);
        }
        let known = |key: &K| self.place(*key).is_ok();
        if keys.iter().all(known) {
            for key in keys {
                self.add_one(*key);
            }
            return;
        }
        let old = std::mem::take(&mut self.0);
        self.0.reserve(old.len() + keys.len());
        let (mut old, mut new) = (old.into_iter().peekable(), keys.iter().peekable());
        loop {
            match (old.peek().copied(), new.peek()) {
                (Some((known, count)), Some(key)) if known == **key => {
                    self.0.push((known, count + 1));
                    self.1 += step(count + 1);
                    old.next();
                    new.next();
                }
                (Some(entry), Some(key)) if entry.0 < **key => {
                    self.0.push(entry);
                    old.next();
                }
                (_, Some(key)) => {
                    self.0.push((**key, 1));
                    self.1 += 1;
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

    /// Counts `key` once more.
    pub(super) fn add_one(&mut self, key: K) {
        match self.place(key) {
            Ok(at) => {
                if let Some((_, count)) = self.0.get_mut(at) {
                    *count += 1;
                    self.1 += step(*count);
                }
            }
            Err(at) => {
                self.0.insert(at, (key, 1));
                self.1 += 1;
            }
        }
    }

    fn place(&self, key: K) -> Result<usize, usize> {
        self.0.binary_search_by_key(&key, |(known, _)| *known)
    }

    /// Keys with their counts, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = (K, u32)> + '_ {
        self.0.iter().copied()
    }

    /// Its keys, rising.
    pub(super) fn keys(&self) -> impl Iterator<Item = K> + '_ {
        self.0.iter().map(|(key, _)| *key)
    }

    pub(super) fn contains(&self, key: K) -> bool {
        self.place(key).is_ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Distinct keys.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Distinct keys counted at least `least` times.
    pub(super) fn often(&self, least: u32) -> usize {
        self.0.iter().filter(|(_, count)| *count >= least).count()
    }

    /// Both counts of the keys of both.
    pub(super) fn both<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (u32, u32)> + 'a {
        self.join(other).map(|(_, mine, theirs)| (mine, theirs))
    }

    /// Keys of both, with both counts.
    pub(super) fn join<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (K, u32, u32)> + 'a {
        let (mut mine, mut theirs) = (self.0.as_slice(), other.0.as_slice());
        std::iter::from_fn(move || {
            while let ([a, rest_a @ ..], [b, rest_b @ ..]) = (mine, theirs) {
                match a.0.cmp(&b.0) {
                    std::cmp::Ordering::Less => mine = rest_a,
                    std::cmp::Ordering::Greater => theirs = rest_b,
                    std::cmp::Ordering::Equal => {
                        (mine, theirs) = (rest_a, rest_b);
                        return Some((a.0, a.1, b.1));
                    }
                }
            }
            None
        })
    }

    /// Cosine of the counts; 0 where either is empty.
    pub(super) fn cosine(&self, other: &Self) -> f64 {
        let products = self.both(other).map(|(a, b)| u64::from(a) * u64::from(b));
        let dot: u64 = products.sum();
        if dot == 0 {
            return 0.0;
        }
        let norms = (self.1 as f64).sqrt() * (other.1 as f64).sqrt();
        dot as f64 / norms.max(1.0)
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
        bag.add(&[5]);
        bag.add(&[2, 9]);
        let counts: Vec<_> = bag.iter().collect();
        assert_eq!(counts, [(1, 1), (2, 2), (5, 3), (9, 2)]);
        assert_eq!(bag.1, 1 + 4 + 9 + 4);
        assert_eq!((bag.often(2), bag.often(3), bag.len()), (3, 1, 4));
        let mut other = Bag::default();
        other.add(&[3, 5]);
        assert_eq!(bag.both(&other).collect::<Vec<_>>(), [(3, 1)]);
        assert!((bag.cosine(&other) - 3.0 / (18_f64 * 2.0).sqrt()).abs() < 1e-12);
        assert!(bag.cosine(&Bag::default()).abs() < f64::EPSILON);
        assert!(bag.contains(9) && !bag.contains(3));
    }
}
