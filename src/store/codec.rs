//! Between what the program holds and the bytes of a record: serde, packed, checked.
//!
//! Invariants: what was encoded decodes to the same value; bytes that were changed since decode to
//! an error or fail their sum, never to another article, and never stop the program.

use super::library::LibraryError;
use crate::annotate::Annotated;
use crate::article::{Article, ArticleId, ContentHash};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{Read, Write};
use std::sync::Arc;

/// Bytes of a checksum.
pub(super) const SUM: usize = 16;

/// A record larger than this when unpacked is damaged: sources are capped far below.
const LARGEST: u64 = 2 << 30;

/// A checksum over the parts of a record: the start of a SHA-256.
pub(super) fn sum(parts: &[&[u8]]) -> [u8; SUM] {
    use sha2::Digest;
    let mut hasher = sha2::Sha256::new();
    for part in parts {
        // The length keeps the border between two parts from moving unseen.
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let whole = ContentHash(hasher.finalize().into());
    whole.0.first_chunk().copied().unwrap_or_default()
}

/// A value as bytes.
pub(super) fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, LibraryError> {
    let plain = postcard::to_allocvec(value).map_err(LibraryError::encode)?;
    let room = Vec::with_capacity(plain.len() / 2);
    let mut deflate = DeflateEncoder::new(room, Compression::fast());
    let packed = deflate.write_all(&plain).and_then(|()| deflate.finish());
    packed.map_err(LibraryError::encode)
}

/// The value that was packed.
pub(super) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, LibraryError> {
    let mut plain = Vec::with_capacity(bytes.len() * 3);
    let mut unpacker = DeflateDecoder::new(bytes).take(LARGEST);
    unpacker
        .read_to_end(&mut plain)
        .map_err(LibraryError::decode)?;
    postcard::from_bytes(&plain).map_err(LibraryError::decode)
}

/// A small value as bytes, not packed: rows of a list are read by the screenful.
pub(super) fn plain<T: Serialize>(value: &T) -> Result<Vec<u8>, LibraryError> {
    postcard::to_allocvec(value).map_err(LibraryError::encode)
}

/// The small value of these bytes.
pub(super) fn from_plain<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, LibraryError> {
    postcard::from_bytes(bytes).map_err(LibraryError::decode)
}

/// An article with its annotations from the bytes of its record; `id` is what it is called in the
/// library.
pub(super) fn decode(
    id: ArticleId,
    source: &[u8],
    found: &[u8],
) -> Result<Annotated, LibraryError> {
    let mut article: Article = unpack(source)?;
    article.id = Some(id);
    let found: Annotated = unpack(found)?;
    Ok(Annotated {
        article: Arc::new(article),
        ..found
    })
}
