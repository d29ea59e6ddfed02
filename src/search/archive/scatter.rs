//! Headlines that have the letters of a query scattered over them: what is left when words find less than a page.

use super::State;
use super::find::{Ask, Candidate, PAGE};
use super::letters;
use super::levels::Tier;
use super::segment::Segment;
use crate::search::fuzzy;
use crate::search::query::{Expr, How, Node, Query};
use crate::text::normalize;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::HashSet;

/// Headlines between two looks at whether somebody still waits.
const CHUNK: u32 = 8192;
/// Of those that have the letters, so many are scored: the newest.
const MOST: usize = 5000;

/// What a scan found.
pub(super) struct Scattered {
    pub found: Vec<Candidate>,
    /// False where it was ended early.
    pub complete: bool,
}

/// The letters that a headline must have in order; `None` where the query asks for more than plain words.
fn wanted(query: &Query) -> Option<String> {
    let plain = |expr: &Expr| match &expr.node {
        Node::Term(term) if term.how == How::Fuzzy => Some(normalize::fold(&term.text)),
        _ => None,
    };
    let root = query.root.as_ref()?;
    let texts: Option<Vec<String>> = match &root.node {
        Node::And(parts) => parts.iter().map(plain).collect(),
        _ => plain(root).map(|text| vec![text]),
    };
    let joined: String = texts?.concat();
    let letters: String = joined.chars().filter(|c| c.is_alphanumeric()).collect();
    (letters.chars().count() > 1).then_some(letters)
}

/// Looks through the headlines for as many as fill a page.
pub(super) fn find(state: &State, ask: &Ask<'_>, have: &[Candidate]) -> Scattered {
    let mut made = Scattered {
        found: Vec::new(),
        complete: true,
    };
    let Some(letters) = wanted(ask.query) else {
        return made;
    };
    let known: HashSet<u64> = have.iter().map(|one| one.key).collect();
    let mask = letters::of(&letters);
    let mut fit = Vec::new();
    for (at, own) in (0u32..).zip(&state.segments) {
        let segment = &own.segment;
        for start in (0..segment.docs).step_by(CHUNK as usize) {
            if (ask.cancelled)() {
                made.complete = false;
                return made;
            }
            let masks = segment.title_masks().get(start as usize..);
            let chunk = masks.unwrap_or_default().iter().take(CHUNK as usize);
            for (doc, own_mask) in (start..).zip(chunk) {
                let has_letters = mask & !u64::from_le_bytes(*own_mask) == 0;
                let is_gone = || own.dead.as_ref().is_some_and(|dead| dead.has(doc));
                if has_letters && is_subsequence(segment.title(doc), &letters) && !is_gone() {
                    fit.push(candidate(segment, at, doc));
                }
            }
        }
    }
    fit.retain(|one| !known.contains(&one.key));
    fit.sort_by_key(|one| (Reverse(one.day), Reverse(one.key)));
    fit.truncate(MOST);
    fit.par_iter_mut().with_min_len(256).for_each(|one| {
        let segment = state.segments.get(one.segment as usize);
        let title = segment.map_or("", |own| own.segment.title(one.doc));
        one.score = fuzzy::score(&normalize::fold(title), &letters).unwrap_or(0);
    });
    fit.sort_by_key(|one| (Reverse(one.score), Reverse(one.day), Reverse(one.key)));
    fit.truncate(PAGE.saturating_sub(have.len()));
    made.found = fit;
    made
}

fn candidate(segment: &Segment, at: u32, doc: u32) -> Candidate {
    Candidate {
        tier: Tier::Scattered,
        score: 0,
        day: segment.order(doc),
        key: segment.key(doc),
        segment: at,
        doc,
    }
}

/// Whether a headline has the folded letters in order.
fn is_subsequence(title: &str, letters: &str) -> bool {
    if title.is_ascii() && letters.is_ascii() {
        let mut wanted = letters.bytes().peekable();
        for byte in title.bytes() {
            if wanted.peek() == Some(&byte.to_ascii_lowercase()) {
                wanted.next();
            }
        }
        return wanted.peek().is_none();
    }
    let mut wanted = letters.chars().peekable();
    for c in normalize::fold(title).chars() {
        wanted.next_if_eq(&c);
    }
    wanted.peek().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_have_letters() {
        let letters = |text: &str| wanted(&crate::search::query::parse(text).0);
        assert_eq!(letters("Lk'sh sochi").as_deref(), Some("lkshsochi"));
        assert_eq!(letters("a"), None);
        assert_eq!(letters("'abc"), None);
        assert_eq!(letters("!abc de"), None);
        assert!(is_subsequence("Łukasz Étude", "lzetd"));
        assert!(is_subsequence("Storm hits", "sms"));
        assert!(!is_subsequence("Storm hits", "sth s"));
    }
}
