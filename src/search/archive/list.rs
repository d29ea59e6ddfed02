//! Posting lists: rising numbers of documents (or of names), packed.
//!
//! A list is its count, then, where there are any, its length in bytes with one bit for its form, then its bytes. Rare
//! words are kept as distances of 7 bits a byte, common ones as one bit a document, whichever is shorter. Reading never
//! fails: a list that was damaged ends early and holds nothing beyond its limit.

use super::bits::Bits;

/// Appends a number, 7 bits a byte, low bits first.
pub(super) fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number off the front.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Appends a list of rising numbers below `limit`.
pub(super) fn put(numbers: &[u32], limit: u32, scratch: &mut Vec<u8>, out: &mut Vec<u8>) {
    put_number(numbers.len() as u64, out);
    if numbers.is_empty() {
        return;
    }
    scratch.clear();
    let mut next = 0;
    for number in numbers {
        put_number(u64::from(number.wrapping_sub(next)), scratch);
        next = number.wrapping_add(1);
    }
    let dense = (limit as usize).div_ceil(64) * 8;
    if dense < scratch.len() {
        let mut bits = Bits::new(limit);
        for number in numbers {
            bits.set(*number);
        }
        scratch.clear();
        scratch.extend(bits.bytes());
        put_number((scratch.len() as u64) << 1 | 1, out);
    } else {
        put_number((scratch.len() as u64) << 1, out);
    }
    out.append(scratch);
}

/// A list as it lies in a segment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct List<'a> {
    /// How many numbers it says it has.
    pub count: u32,
    dense: bool,
    bytes: &'a [u8],
}

impl<'a> List<'a> {
    /// Takes a list off the front; an empty one where there is none.
    pub(super) fn take(bytes: &mut &'a [u8]) -> Self {
        Self::try_take(bytes).unwrap_or_default()
    }

    fn try_take(bytes: &mut &'a [u8]) -> Option<Self> {
        let count = u32::try_from(take_number(bytes)?).ok()?;
        if count == 0 {
            return Some(Self::default());
        }
        let form = take_number(bytes)?;
        let (own, rest) = bytes.split_at_checked(usize::try_from(form >> 1).ok()?)?;
        *bytes = rest;
        Some(Self {
            count,
            dense: form & 1 == 1,
            bytes: own,
        })
    }

    /// Calls `each` with the numbers, rising.
    pub(super) fn each(&self, mut each: impl FnMut(u32)) {
        if self.dense {
            for (at, eight) in (0u32..).zip(self.bytes.as_chunks::<8>().0) {
                let mut left = u64::from_le_bytes(*eight);
                while left != 0 {
                    each(at * 64 + left.trailing_zeros());
                    left &= left - 1;
                }
            }
            return;
        }
        let mut next = 0u32;
        let mut bytes = self.bytes;
        while let Some((first, rest)) = bytes.split_first() {
            let distance = if *first < 0x80 {
                bytes = rest;
                u32::from(*first)
            } else {
                let Some(number) = take_number(&mut bytes) else {
                    return;
                };
                number as u32
            };
            let Some(number) = next.checked_add(distance) else {
                return;
            };
            each(number);
            next = number.wrapping_add(1);
        }
    }

    /// Adds the numbers to a set.
    pub(super) fn add_to(&self, bits: &mut Bits) {
        if self.dense {
            bits.or_bytes(self.bytes);
        } else {
            self.each(|number| bits.set(number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Vec<u32> {
        let mut found = Vec::new();
        List::take(&mut { bytes }).each(|number| found.push(number));
        found
    }

    proptest! {
        #[test]
        fn lists_come_back(numbers in proptest::collection::btree_set(0u32..3000, 0..900)) {
            let numbers: Vec<u32> = numbers.into_iter().collect();
            let mut out = Vec::new();
            put(&numbers, 3000, &mut Vec::new(), &mut out);
            prop_assert!(out.len() <= 376 + 6);
            prop_assert_eq!(read(&out), numbers.clone());
            let mut bits = Bits::new(3000);
            List::take(&mut out.as_slice()).add_to(&mut bits);
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), numbers);
        }

        #[test]
        fn any_bytes_are_read_without_a_fall(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut bits = Bits::new(99);
            let list = List::take(&mut bytes.as_slice());
            list.add_to(&mut bits);
            prop_assert!(bits.iter().all(|number| number < 99));
            read(&bytes);
        }
    }

    #[test]
    fn numbers_come_back() {
        let mut out = Vec::new();
        let all = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        for number in all {
            put_number(number, &mut out);
        }
        let mut left = out.as_slice();
        for number in all {
            assert_eq!(take_number(&mut left), Some(number));
        }
        assert_eq!(take_number(&mut left), None);
    }
}
