//! Sets of documents as bits, one a document of a segment.
//!
//! Invariant: bits from `len` on are zero, whatever was read from a file.

/// A set of numbers below a fixed limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: u32,
}

impl Bits {
    /// The empty set of numbers below `len`.
    pub(super) fn new(len: u32) -> Self {
        Self {
            words: vec![0; (len as usize).div_ceil(64)],
            len,
        }
    }

    /// All numbers below `len`.
    pub(super) fn full(len: u32) -> Self {
        let mut made = Self {
            words: vec![u64::MAX; (len as usize).div_ceil(64)],
            len,
        };
        made.trim();
        made
    }

    /// Drops what lies at or beyond the limit.
    fn trim(&mut self) {
        if let (Some(last), over @ 1..) = (self.words.last_mut(), self.len % 64) {
            *last &= (1 << over) - 1;
        }
    }

    pub(super) const fn len(&self) -> u32 {
        self.len
    }

    /// Puts a number in; one beyond the limit is passed over.
    pub(super) fn set(&mut self, number: u32) {
        if number < self.len
            && let Some(word) = self.words.get_mut(number as usize / 64)
        {
            *word |= 1 << (number % 64);
        }
    }

    pub(super) fn has(&self, number: u32) -> bool {
        let word = self.words.get(number as usize / 64);
        word.is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    pub(super) fn or(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    pub(super) fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub(super) fn and_not(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    pub(super) fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.trim();
    }

    /// Adds a set as [`Self::bytes`] gives it.
    pub(super) fn or_bytes(&mut self, bytes: &[u8]) {
        for (word, eight) in self.words.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *word |= u64::from_le_bytes(*eight);
        }
        self.trim();
    }

    /// The set as little-endian words.
    pub(super) fn bytes(&self) -> impl Iterator<Item = u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes())
    }

    pub(super) fn clear(&mut self) {
        self.words.fill(0);
    }

    pub(super) fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The numbers, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.words).flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros();
                    left &= left - 1;
                    at * 64 + bit
                })
            })
        })
    }

    /// Bytes of memory that it takes.
    pub(super) const fn weight(&self) -> usize {
        self.words.len() * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_joined_and_parted() {
        let of = |numbers: &[u32]| {
            let mut bits = Bits::new(130);
            for number in numbers {
                bits.set(*number);
            }
            bits
        };
        let mut a = of(&[0, 63, 64, 129, 130, 4000]);
        assert_eq!(a.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert!(a.has(129) && !a.has(1) && !a.has(4000));
        a.and(&of(&[63, 64, 65]));
        assert_eq!(a, of(&[63, 64]));
        a.or(&of(&[2]));
        a.and_not(&of(&[64]));
        assert_eq!(a, of(&[2, 63]));
        a.invert();
        assert_eq!((a.count(), a.len()), (128, 130));
        let mut b = Bits::new(130);
        b.or_bytes(&a.bytes().collect::<Vec<_>>());
        assert_eq!(b, a);
        let mut c = Bits::new(3);
        c.or_bytes(&[255; 8]);
        assert_eq!(c, Bits::full(3));
        c.clear();
        assert!(c.is_empty());
    }
}
