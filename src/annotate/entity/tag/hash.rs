//! Hashes of words and of features. Fixed for ever: a packed model is keyed by them.

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Folds one more value into a running hash.
#[inline]
pub(crate) const fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(MULTIPLIER)
}

/// Spreads the bits of a running hash, so that any part of it serves as a key.
#[inline]
pub(crate) const fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 29)
}

/// The hash of a string of bytes.
#[inline]
pub(crate) fn bytes(text: &[u8]) -> u64 {
    let mut hash = text.len() as u64;
    let mut chunks = text.chunks_exact(8);
    for chunk in &mut chunks {
        hash = mix(
            hash,
            u64::from_le_bytes(chunk.try_into().unwrap_or_default()),
        );
    }
    let mut rest = 0;
    for &byte in chunks.remainder() {
        rest = rest << 8 | u64::from(byte);
    }
    finish(mix(hash, rest))
}

/// The key of a feature: a template number with up to two values.
#[inline]
pub(crate) const fn feature(template: u32, a: u64, b: u64) -> u32 {
    (finish(mix(mix(template as u64 + 1, a), b)) >> 32) as u32
}

/// The key of a word in a packed table.
#[inline]
pub(crate) const fn word_key(word: u64) -> u32 {
    (word >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ() {
        assert_ne!(bytes(b"ab"), bytes(b"ba"));
        assert_ne!(bytes(b"abcdefgh"), bytes(b"abcdefghi"));
        assert_ne!(feature(1, 2, 3), feature(1, 3, 2));
        assert_ne!(feature(1, 2, 3), feature(2, 2, 3));
        assert_ne!(bytes(b""), bytes(b"\0"));
    }
}
