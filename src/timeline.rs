//! Event mentions of many articles to one timeline: merged, ranked, with figures and voices.
//!
//! A fold like [`crate::resolve`]: `(state, batch) -> (state, changes)`; one batch or many give
//! the same events.

pub mod certainty;
pub mod digest;
pub mod event;
mod figures;
mod known;
mod merge;
mod profile;
mod state;
mod voices;

pub use certainty::Certainty;
pub use event::{Citation, Entities, Event, EventId, Figure, FigureValue, Verdict};
pub use state::State;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
