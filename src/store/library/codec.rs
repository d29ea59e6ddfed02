//! Between what the program holds and the bytes of a record: serde, packed, checked.
//!
//! Invariants: what was encoded decodes to the same value; bytes that were changed since decode to
//! an error or fail their sum, never to another article, and never stop the program.

use super::LibraryError;
use crate::annotate::Annotated;
use crate::article::{Article, ArticleId, ContentHash};
use crate::store::{ArticleRow, row};
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
    let mut packer = DeflateEncoder::new(room, Compression::fast());
    let packed = packer.write_all(&plain).and_then(|()| packer.finish());
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

/// An article ready to be written: what takes time is done before the writer is asked.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// The id that it has by its source.
    pub id: ArticleId,
    /// Hash of its raw bytes.
    pub hash: ContentHash,
    /// Its line in the list.
    pub row: ArticleRow,
    /// The article, packed.
    pub(super) source: Vec<u8>,
    /// What was found in it, packed.
    pub(super) found: Vec<u8>,
}

impl Encoded {
    /// Packs an article with its annotations.
    ///
    /// # Errors
    /// Only where a value cannot be expressed, which would be a fault of this program.
    pub fn new(article: &Annotated) -> Result<Self, LibraryError> {
        Ok(Self {
            id: article.id(),
            hash: article.article.hash,
            row: ArticleRow::of(article, row::words(article)),
            source: pack(article.article.as_ref())?,
            found: pack(article)?,
        })
    }
}

/// The checksum of a record of the table `article`.
pub(super) fn record_sum(numbers: [i64; 4], hash: &[u8], source: &[u8], found: &[u8]) -> [u8; SUM] {
    let numbers = numbers.map(i64::to_le_bytes);
    sum(&[numbers.as_flattened(), hash, source, found])
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::engine::builtin;
    use crate::source::{Options, read_bytes};

    fn built_in() -> Vec<Annotated> {
        let files = builtin::FILES.iter();
        let read = files.map(|(name, bytes)| read_bytes(name, None, bytes, Options::default()));
        read.flat_map(|file| file.articles)
            .map(|article| annotate(Arc::new(article), None))
            .collect()
    }

    #[test]
    fn an_article_comes_back_as_it_went_in() {
        let all = built_in();
        assert!(all.len() > 5);
        for article in all {
            let made = Encoded::new(&article).unwrap();
            let back = decode(article.id(), &made.source, &made.found).unwrap();
            assert_eq!(format!("{article:?}"), format!("{back:?}"));
        }
    }

    #[test]
    fn no_changed_byte_goes_unseen_and_none_panics() {
        let article = built_in().swap_remove(0);
        let made = Encoded::new(&article).unwrap();
        for at in (0..made.found.len()).step_by(7) {
            let mut bent = made.clone();
            bent.found[at] ^= 1 << (at % 8);
            let sum = |made: &Encoded| record_sum([0; 4], &made.hash.0, &made.source, &made.found);
            assert_ne!(sum(&bent), sum(&made));
            let _any = decode(article.id(), &bent.source, &bent.found);
            let _any = unpack::<Article>(&bent.found);
        }
        assert!(unpack::<Article>(&[]).is_err());
    }

    #[test]
    fn borders_of_parts_count() {
        assert_ne!(sum(&[b"ab", b"c"]), sum(&[b"a", b"bc"]));
    }
}
