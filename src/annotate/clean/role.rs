//! From the model's verdict to a role for every line, by rules on what lines say and where.
//!
//! The rules are general: none knows a site. A line that says what it is ("See also:", a comment
//! form) loses to no model; a line that only looks unlikely is dropped by the model alone.

use super::super::Role;
use super::line::{End, Line};
use super::model::Run;
use super::{caption, feature, furniture, head};
use crate::article::{Article, Tag};
use std::collections::BTreeSet;

/// Texts of at most this many lines lose nothing but what says that it is furniture.
const SMALL: usize = 6;
/// In texts of at most this many lines whole sentences are kept unless something closes the article.
const SHORT: usize = 16;

/// A role for every line.
pub(super) fn assign(article: &Article, lines: &[Line], run: &Run) -> Vec<Role> {
    let text = |line: &Line| line.span.of(&article.text);
    let mut strong: Vec<Option<Role>> = lines
        .iter()
        .map(|line| furniture::says(line, text(line)))
        .collect();
    furniture::teasers(article, lines, &mut strong);
    furniture::promos(lines, &mut strong);
    let mut kept: Vec<bool> = run
        .kept
        .iter()
        .zip(&strong)
        .map(|(kept, strong)| *kept && strong.is_none())
        .collect();
    rescue(lines, &strong, run, &mut kept);
    let closed = close(lines, &strong, &mut kept);
    if !kept.contains(&true) {
        // Nothing reads like an article: better the whole than nothing.
        for (slot, role) in kept.iter_mut().zip(&strong) {
            *slot = role.is_none();
        }
    }
    let mut roles = Vec::with_capacity(lines.len());
    let first = kept.iter().position(|k| *k).unwrap_or(lines.len());
    let last = kept.iter().rposition(|k| *k).unwrap_or(0);
    let mut section = Role::Furniture;
    for (at, line) in lines.iter().enumerate() {
        let said = strong.get(at).copied().flatten();
        if at >= closed
            && let Some(role) = said.filter(|_| feature::closes(line))
        {
            section = role;
        }
        roles.push(match said {
            _ if kept.get(at) == Some(&true) => Role::Body,
            Some(role) => role,
            None if at > last && line.end == End::Ellipsis => Role::Teaser,
            None if at > last => match section {
                Role::Copyright => Role::Furniture,
                role => role,
            },
            None => Role::Furniture,
        });
    }
    captions(article, lines, &mut roles, first, last);
    // Short kept lines before the first sentence may belong to the head.
    let body = (first..=last)
        .find(|at| {
            roles.get(*at) == Some(&Role::Body)
                && lines
                    .get(*at)
                    .is_some_and(|l| l.is_prose() || l.is_sentence())
        })
        .unwrap_or(first);
    head::assign(article, lines, &mut roles, body);
    subheads(lines, &mut roles);
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { continue };
        let credit = at >= first && at + 4 >= last && furniture::credits(line, text(line));
        if let Some(slot) = roles.get_mut(at)
            && credit
        {
            *slot = Role::WireCredit;
        }
    }
    roles
}

/// Keeps what the model is not sure of in texts too short to have much furniture.
fn rescue(lines: &[Line], strong: &[Option<Role>], run: &Run, kept: &mut [bool]) {
    let small = lines.len() <= SMALL;
    let short = lines.len() <= SHORT;
    if !short {
        return;
    }
    let mut open = true;
    for (at, line) in lines.iter().enumerate() {
        if at >= run.start && feature::closes(line) && at > 0 {
            open = false;
        }
        let free = strong.get(at).copied().flatten().is_none() && !line.stamp;
        let title = at < run.start && line.end == End::Open;
        if open
            && free
            && !title
            && (small || line.is_sentence())
            && let Some(slot) = kept.get_mut(at)
        {
            *slot = true;
        }
    }
}

/// Drops what follows a line that closes the article, unless much of the article follows it.
///
/// Returns the first line of the closing part (the number of lines where there is none).
fn close(lines: &[Line], strong: &[Option<Role>], kept: &mut [bool]) -> usize {
    let words = |at: usize| lines.get(at).map_or(0, |l| u64::from(l.words.min(200)));
    let total: u64 = (0..kept.len())
        .filter(|at| kept.get(*at) == Some(&true))
        .map(words)
        .sum();
    let mut told = 0;
    for at in 0..lines.len() {
        if kept.get(at) == Some(&true) {
            told += words(at);
            continue;
        }
        let says = strong.get(at).copied().flatten().is_some();
        if says && lines.get(at).is_some_and(feature::closes) && told * 4 >= total * 3 && told > 0 {
            kept.iter_mut().skip(at).for_each(|k| *k = false);
            return at;
        }
    }
    lines.len()
}

/// Captions: by markup, by repeat, by credit, by how they read; the second of two is a repeat.
fn captions(article: &Article, lines: &[Line], roles: &mut [Role], first: usize, last: usize) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut before = "";
    for (at, line) in lines.iter().enumerate() {
        let text = line.span.of(&article.text);
        let beside = text == before;
        before = text;
        let Some(role) = roles.get(at).copied() else {
            continue;
        };
        let inside = at + 4 >= first && at <= last + 1;
        if !(role == Role::Body || role == Role::Furniture && inside) || line.words < 6 {
            continue;
        }
        let reads = caption::has_credit(text) || caption::describes(text, line);
        let marked = line.tag == Some(Tag::Caption);
        let told = line.end == End::Sentence || marked && line.words >= 12;
        // Clips have titles in the place of captions; promotions say theirs twice.
        let (front, role) = match () {
            () if beside && (told || reads) => (Role::Caption, Role::CaptionRepeat),
            () if beside && role == Role::Body => (Role::CrossPromo, Role::CrossPromo),
            () if line.again && seen.contains(text) => (role, Role::CaptionRepeat),
            () if marked && told || reads => (role, Role::Caption),
            () => continue,
        };
        seen.insert(text);
        if let Some(slot) = at.checked_sub(1).and_then(|i| roles.get_mut(i))
            && beside
            && matches!(slot, Role::Body | Role::Furniture)
        {
            *slot = front;
        }
        if let Some(slot) = roles.get_mut(at) {
            *slot = role;
        }
    }
}

/// Short kept lines without an end mark between paragraphs are headings.
fn subheads(lines: &[Line], roles: &mut [Role]) {
    let text = |roles: &[Role], at: usize| {
        roles.get(at) == Some(&Role::Body) && lines.get(at).is_some_and(|l| l.words >= 8)
    };
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { continue };
        if roles.get(at) != Some(&Role::Body) || line.words > 12 {
            continue;
        }
        let heading = matches!(line.tag, Some(Tag::Heading(_)));
        let shaped = line.end == End::Open && !line.quoted && line.capitals > 0 && !line.barred;
        let after = (1..=2).any(|by| text(roles, at + by));
        let before = (0..at).rev().take(3).any(|i| {
            roles
                .get(i)
                .is_some_and(|r| matches!(r, Role::Body | Role::Caption | Role::Headline))
        });
        if (heading || shaped && after && before && line.tag != Some(Tag::ListItem))
            && let Some(slot) = roles.get_mut(at)
        {
            *slot = Role::Subhead;
        }
    }
}
