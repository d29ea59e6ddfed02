//! The publication date of one article: stated, or inferred from what the text says.
//!
//! Three steps. Witnesses are collected: metadata fields and the URL, and the lines around the
//! headline. The best of them decides, and what speaks against it is said. Where nobody states
//! the date, the calendar decides: the days on which everything that the text says of past and
//! coming weekdays, months and weeks can be true. A copyright year, the date of a teaser, the
//! time of a file and today never decide; there is no clock here.
//!
//! A window of several days comes as a range; the precision is a day only where the window is one.
//!
//! Not here: the year that only other articles know; that is [`crate::resolve::date`], which
//! hands the day of a month with its year to [`solve_with`].

pub mod stamp;

mod clue;
mod decide;
mod explain;
mod header;
mod infer;
mod lexicon;
mod witness;

pub use clue::{Clue, Clues, Says};
pub use explain::explain;
pub use infer::Known;

use super::timex::{self, Expression};
use super::{Annotated, Confidence, Published};
use stamp::Stamp;

/// Solves the publication date from hints, header lines and the expressions of the text.
pub fn solve(article: &Annotated, expressions: &[Expression]) -> Published {
    let clues = clue::collect(article, expressions);
    solve_with(article, &clues, &Known::default())
}

/// The clues of an article that was annotated before.
pub fn clues(article: &Annotated) -> Clues {
    if !article.language.analysed {
        return Clues::default();
    }
    clue::collect(article, &timex::recognize(article))
}

/// Solves the publication date with days of the year whose year is known from elsewhere.
pub fn solve_with(article: &Annotated, clues: &Clues, known: &Known) -> Published {
    let mut header = header::read(article);
    let mut candidates = witness::beside_the_text(article);
    candidates.append(&mut header.candidates);
    let bounds = decide::Bounds::of(&candidates);
    if let Some(mut published) = decide::decide(article, &candidates, &bounds, clues) {
        published.rejected.append(&mut header.rejected);
        return published;
    }
    let inferred = infer::infer(article, clues, &header.partial, &bounds, known);
    let sure = inferred
        .as_ref()
        .is_some_and(|found| found.confidence > Confidence::Low);
    let mut published = decide::modified_only(&bounds)
        .filter(|_| !sure)
        .or(inferred)
        .unwrap_or_default();
    published.rejected.append(&mut header.rejected);
    published
}

/// Days of a month without a year that an article names, in its text and its head, each once.
pub fn open_days(article: &Annotated, clues: &Clues) -> Vec<(u32, u32)> {
    let mut days = clues.open_days();
    let head = header::read(article).partial;
    days.extend(head.iter().map(|(stamp, ..)| (stamp.month, stamp.day)));
    days.sort_unstable();
    days.dedup();
    days
}
