//! The name tagger: finds names of people, organizations, places and peoples in the text.
//!
//! A linear model over hashed features, decoded by Viterbi within stretches of candidate words,
//! then one vote a document on the kind of each name. It is trained by the `train` binary
//! (feature `train`) and packed into `assets/models/names.bin`; its card is
//! `assets/models/README.md`. The method is that of Ratinov and Roth (`CoNLL` 2009) and of
//! ixa-pipe-nerc (Agerri and Rigau 2016), with partial labels in training.
//!
//! Not here: which mentions are one entity (see [`mod@super::group`]).
//!
//! Names of other kinds (works, treaties, prizes, events) are told apart inside the model, which
//! keeps them from being taken for organizations, but they are not given out: there they measure
//! badly, since corpora do not agree on them.
//!
//! Names rise, do not overlap, lie in one sentence of an analysed block, and hold neither titles
//! nor possessives. The work is linear in the length of the text.

mod acronym;
mod decode;
mod document;
mod feature;
mod hash;
mod label;
mod lexicon;
mod model;
mod repeat;
mod table;
#[cfg(test)]
mod tests;
#[cfg(feature = "train")]
pub mod train;
mod trim;
mod word;

use crate::annotate::{Annotated, EntityKind};
use crate::text::Span;
use document::Document;
use model::Model;

/// Finds mentions of names in the analysed blocks, rising and disjoint.
pub fn tag(article: &Annotated) -> Vec<(Span, EntityKind)> {
    let Some(model) = Model::built_in() else {
        return Vec::new();
    };
    tag_with(model, article.text(), &article.sentences)
}

/// Finds names in the given sentences of `text`.
fn tag_with(model: &Model, text: &str, sentences: &[Span]) -> Vec<(Span, EntityKind)> {
    let document = Document::new(text, sentences.iter().copied(), model);
    decode::decode(text, &document, model)
        .iter()
        .filter_map(|name| {
            let kind = label::kind(name.kind);
            if kind == EntityKind::Misc {
                return None;
            }
            let words = trim::trim(text, &document, &name.words, kind == EntityKind::Person);
            Some((trim::span(&document, &words)?, kind))
        })
        .collect()
}
