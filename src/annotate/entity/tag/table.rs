//! A read-only table from 32-bit keys to short records, used where it lies in the packed model.
//!
//! Keys are spread over 2^16 buckets by their upper half; a bucket holds the lower halves of its
//! keys, then their records. Nothing is copied or parsed at load; a look-up touches the bucket's
//! offset and one short stretch. A broken file gives wrong or no records, never a panic.

/// Number of buckets.
const BUCKETS: usize = 1 << 16;
/// Bytes of the bucket offsets.
const INDEX: usize = 4 * (BUCKETS + 1);

/// A packed table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    index: &'a [u8],
    body: &'a [u8],
    stride: usize,
}

impl<'a> Table<'a> {
    /// The table in `bytes`, as [`pack`] made it, with records of `stride` bytes.
    pub(crate) fn new(bytes: &'a [u8], stride: usize) -> Option<Self> {
        let (index, body) = bytes.split_at_checked(INDEX)?;
        Some(Self {
            index,
            body,
            stride,
        })
    }

    /// The record of `key`.
    #[inline]
    pub(crate) fn get(&self, key: u32) -> Option<&'a [u8]> {
        let bucket = (key >> 16) as usize * 4;
        let ends: &[u8; 8] = self.index.get(bucket..bucket + 8)?.try_into().ok()?;
        let start = u32::from_le_bytes([ends[0], ends[1], ends[2], ends[3]]) as usize;
        let end = u32::from_le_bytes([ends[4], ends[5], ends[6], ends[7]]) as usize;
        let count = end.checked_sub(start)?;
        let width = 2 + self.stride;
        let bytes = self.body.get(start * width..end * width)?;
        let (keys, records) = bytes.split_at_checked(2 * count)?;
        let low = (key as u16).to_le_bytes();
        let found = keys
            .as_chunks::<2>()
            .0
            .iter()
            .position(|half| *half == low)?;
        records.get(found * self.stride..(found + 1) * self.stride)
    }
}

/// Packs records into a table; of equal keys the first stands.
#[cfg(any(test, feature = "train"))]
pub(crate) fn pack<R: AsRef<[u8]>>(mut rows: Vec<(u32, R)>) -> Vec<u8> {
    rows.sort_by_key(|row| row.0);
    rows.dedup_by_key(|row| row.0);
    let mut counts = vec![0_u32; BUCKETS + 1];
    for (key, _) in &rows {
        counts[(key >> 16) as usize + 1] += 1;
    }
    let mut sum = 0;
    let mut packed = Vec::new();
    for count in &counts {
        sum += count;
        packed.extend(sum.to_le_bytes());
    }
    for bucket in rows.chunk_by(|a, b| a.0 >> 16 == b.0 >> 16) {
        for (key, _) in bucket {
            packed.extend((*key as u16).to_le_bytes());
        }
        for (_, record) in bucket {
            packed.extend(record.as_ref());
        }
    }
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_packed_and_nothing_else() {
        let rows: Vec<(u32, [u8; 3])> = (0..5000_u32)
            .map(|i| (i.wrapping_mul(0x9E37_79B9), [i as u8, (i >> 8) as u8, 7]))
            .collect();
        let packed = pack(rows.clone());
        let table = Table::new(&packed, 3).expect("long enough");
        for (key, record) in rows {
            assert_eq!(table.get(key), Some(record.as_slice()));
        }
        assert_eq!(table.get(1), None);
        assert!(Table::new(&packed[..10], 3).is_none());
        let cut = Table::new(&packed[..INDEX + 10], 3).expect("index is whole");
        assert_eq!(cut.get(0xFFFF_0000), None);
    }
}
