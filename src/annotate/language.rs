//! The language of an article, from the first text of its body.

use super::{Block, model::Language};
use crate::article::Article;

/// Detects the language; only English is analysed.
pub fn detect(_article: &Article, _blocks: &[Block]) -> Language {
    Language {
        code: "en".into(),
        analysed: true,
    }
}
