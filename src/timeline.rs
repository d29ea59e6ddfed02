//! Event mentions of many articles to one timeline: merged, ranked, with figures and voices.
//!
//! A fold like [`crate::resolve`]: `(state, batch) -> (state, changes)`; one batch or many give
//! the same events.

pub mod digest;
pub mod event;

pub use event::{Citation, Event, EventId, Figure, FigureValue, State, Verdict};
