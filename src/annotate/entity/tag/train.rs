//! Training of the name tagger; compiled only with the feature `train`.
//!
//! Not part of the program that users run. Everything is a function of the given texts and
//! settings: the same input gives the same file, byte for byte, on one thread. See
//! `assets/models/README.md` for the data and how to run it.

pub mod corpus;
pub mod gazetteer;
mod people;
pub mod perceptron;

pub use corpus::{Passage, Source};
pub use gazetteer::Gazetteer;
pub use perceptron::{Settings, train};

use super::model::Model;
use crate::annotate::EntityKind;
use crate::text::{Span, sentence};

/// Finds names in a plain text with a packed model, every line a block; nothing where the model is
/// broken.
pub fn tag_plain(model: &[u8], text: &str) -> Vec<(Span, EntityKind)> {
    let Some(model) = Model::read(model) else {
        return Vec::new();
    };
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            sentences.extend(sentence::split(text, span));
        }
    }
    super::tag_with(&model, text, &sentences)
}
