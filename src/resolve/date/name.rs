//! The names by which two articles are known to tell one story: its most frequent capital words.
//!
//! This is no name recognition: it runs before names of the collection are resolved, and a
//! spelling that differs is made up for by the others.

use crate::annotate::{Annotated, Role};
use crate::text::normalize::fold;
use std::collections::BTreeMap;

/// How many names stand for an article.
const NAMES: usize = 14;

/// Capital words that are in every story.
const COMMON: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "the",
    "president",
    "minister",
    "prime",
    "mrs",
    "ministry",
    "foreign",
    "reuters",
    "afp",
    "associated",
    "press",
    "photo",
    "file",
    "read",
    "news",
    "agency",
];

/// Hashes of the most frequent names of the running text, rising.
pub(super) fn of(article: &Annotated) -> Vec<u32> {
    let mut counts: BTreeMap<String, (u32, bool)> = BTreeMap::new();
    for span in &article.sentences {
        let analysed = article
            .block(span.start)
            .is_some_and(|block| matches!(block.role, Role::Body | Role::Caption));
        if !analysed {
            continue;
        }
        let words = span
            .of(article.text())
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty());
        for (index, word) in words.enumerate() {
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            if !capital || word.len() < 3 || word.len() > 40 {
                continue;
            }
            let entry = counts.entry(fold(word)).or_default();
            entry.0 += 1;
            // The first word of a sentence is a name only if it is one elsewhere.
            entry.1 |= index > 0;
        }
    }
    let mut names: Vec<(u32, String)> = counts
        .into_iter()
        .filter(|(name, (_, inner))| *inner && !COMMON.contains(&name.as_str()))
        .map(|(name, (count, _))| (count, name))
        .collect();
    names.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    names.truncate(NAMES);
    let mut hashes: Vec<u32> = names.iter().map(|(_, name)| hash(name)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// FNV-1a in 32 bits: the same on every machine and in every run.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
