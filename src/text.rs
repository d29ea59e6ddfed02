//! Plain text: spans, sentences, tokens, folding, and the way from a byte back to its source.
//!
//! Not here: anything that knows what an article is. Everything in this layer is pure.

pub mod normalize;
pub mod origin;
pub mod projection;
pub mod sentence;
pub mod span;
pub mod token;

pub use origin::{Origin, Place};
pub use projection::Projection;
pub use span::Span;
