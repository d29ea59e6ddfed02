//! Names of people, organizations and places, and which of them are one within an article.

pub mod group;
pub mod tag;

pub use group::group;
pub use tag::tag;
