//! Tests of one document that need its words in order: phrases, starts and ends, expressions.

use crate::search::compare::{has_phrase, holds};
use crate::search::query::Term;
use crate::search::words;
use crate::text::normalize;
use regex::Regex;

/// A test of the headline, or of headline and text.
#[derive(Debug)]
pub(super) struct Check {
    pub what: What,
    /// The headline only.
    pub title_only: bool,
}

/// What is tested.
#[derive(Debug)]
pub(super) enum What {
    /// These folded words, one after the other; with `true` the last may go on.
    Phrase(Vec<String>, bool),
    /// A mark for start, end or both.
    Edge(Term),
    /// An expression.
    Regex(Regex),
}

impl Check {
    /// Whether a document passes; its text is asked for where the headline does not decide.
    pub(super) fn passes(&self, title: &str, text: impl FnOnce() -> Option<String>) -> bool {
        let in_title = match &self.what {
            What::Phrase(asked, open) => has_phrase(&words::of(title), asked, *open),
            What::Edge(term) => holds(&normalize::fold(title.trim()), term),
            What::Regex(regex) => regex.is_match(title),
        };
        if in_title || self.title_only {
            return in_title;
        }
        let Some(text) = text() else {
            return false;
        };
        match &self.what {
            What::Phrase(asked, open) => {
                blocks(&text).any(|block| has_phrase(&words::of(block), asked, *open))
            }
            What::Edge(term) => holds_at_edge(&text, term),
            What::Regex(regex) => blocks(&text).any(|block| regex.is_match(block)),
        }
    }
}

/// The blocks of a text as the archive is given it.
pub(super) fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|block| !block.is_empty())
}

fn holds_at_edge(text: &str, term: &Term) -> bool {
    use crate::search::query::How;
    let fold = |block: Option<&str>| block.map(normalize::fold);
    let edge = match term.how {
        How::Start => fold(blocks(text).next()),
        How::End => fold(blocks(text).last()),
        _ => None,
    };
    edge.is_some_and(|edge| holds(&edge, term))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::How;

    #[test]
    fn the_text_is_read_where_the_headline_is_not_enough() {
        let phrase = |title_only| Check {
            what: What::Phrase(words::of("night shift"), false),
            title_only,
        };
        let text = || Some("One.\n\nThe night\nshift.".to_owned());
        assert!(phrase(false).passes("Calm", text));
        assert!(!phrase(true).passes("Calm", text));
        assert!(phrase(true).passes("A night shift", || None));
        assert!(!phrase(false).passes("Calm", || Some("night\n\nshift".to_owned())));
        let end = Check {
            what: What::Edge(Term {
                how: How::End,
                text: "shift".to_owned(),
            }),
            title_only: false,
        };
        assert!(end.passes("Calm", text));
        assert!(!end.passes("Calm", || Some("shift\n\nnight".to_owned())));
    }
}
