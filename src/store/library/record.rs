//! A record of the table `article`: what is written of an article, and its checksum.

use super::LibraryError;
use crate::annotate::Annotated;
use crate::article::{ArticleId, ContentHash};
use crate::store::codec::{SUM, pack, sum};
use crate::store::{ArticleRow, row};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::article::Article;
    use crate::engine::builtin;
    use crate::source::{Options, read_bytes};
    use crate::store::codec::{decode, unpack};
    use std::sync::Arc;

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
