//! Dates as they are known: with precision, interval and certainty.
//!
//! Not here: finding dates in text (that is [`crate::annotate`]). One interval type serves
//! publication dates, events and filters; days are civil days, both ends inclusive.

pub mod calendar;
pub mod interval;

pub use interval::{Interval, Precision};
