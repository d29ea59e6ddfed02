//! The links of an article as footnotes: a number for every address, in the order of the text.
//!
//! Not here: opening one. Invariant: every address is a web address and whole; what the source
//! writes in another way (a script, a file, an address inside the page) is no link.

use super::external::is_web;
use crate::annotate::Annotated;
use crate::article::Link;
use crate::text::Span;
use std::collections::HashMap;

/// Signs that end an address in running text.
const ENDS: &[char] = &[
    '<', '>', '"', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '«', '»', '`', '|',
];
/// Signs at the end of an address that belong to the sentence.
const TRAILING: &[char] = &[
    '.', ',', ';', ':', '!', '?', '\'', ')', ']', '}', '\u{2026}',
];

/// Words with a number behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The words, in the full text.
    pub(super) span: Span,
    /// The number, from 1.
    pub(super) number: usize,
}

/// The footnotes of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Footnotes {
    /// Rising, disjoint.
    pub(super) marks: Vec<Mark>,
    /// The address of number 1, 2, ...
    pub(super) targets: Vec<String>,
}

impl Footnotes {
    /// The links of the text, those of boilerplate only where it is shown.
    pub(super) fn of(article: &Annotated, boilerplate: bool) -> Self {
        let text = article.text();
        let page = article
            .article
            .hints
            .url
            .as_deref()
            .filter(|url| is_web(url));
        let given = &article.article.links;
        let mut found: Vec<(Span, String)> = given
            .iter()
            .filter_map(|link| Some((link.span, whole(link, page)?)))
            .collect();
        found.extend(written(text).filter(|(span, _)| {
            let near = given.partition_point(|link| link.span.end <= span.start);
            !given
                .get(near)
                .is_some_and(|link| link.span.overlaps(*span))
        }));
        found.sort_by_key(|(span, _)| span.start);
        let mut made = Self::default();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for (span, target) in found {
            let block = article.block(span.start);
            if block.is_some_and(|block| block.role.is_furniture()) && !boilerplate {
                continue;
            }
            let next = made.targets.len() + 1;
            let number = *numbers.entry(target.clone()).or_insert(next);
            if number == next {
                made.targets.push(target);
            }
            made.marks.push(Mark { span, number });
        }
        made
    }

    /// The marks that end within `span`.
    pub(super) fn ending(&self, span: Span) -> &[Mark] {
        let from = self
            .marks
            .partition_point(|mark| mark.span.end <= span.start);
        let to = self.marks.partition_point(|mark| mark.span.end <= span.end);
        self.marks.get(from..to).unwrap_or(&[])
    }

    /// The words that lead to number `number` first.
    pub(super) fn words<'a>(&self, number: usize, text: &'a str) -> &'a str {
        let mark = self.marks.iter().find(|mark| mark.number == number);
        mark.map_or("", |mark| mark.span.of(text))
    }
}

/// A number as it stands in the text.
pub(super) fn shown(number: usize) -> String {
    format!("[{number}]")
}

/// The whole address of a link on the page `page`.
fn whole(link: &Link, page: Option<&str>) -> Option<String> {
    let target = link.target.trim();
    if is_web(target) {
        return Some(target.to_owned());
    }
    let page = page?;
    let (scheme, rest) = page.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let made = if let Some(rest) = target.strip_prefix("//") {
        format!("{scheme}://{rest}")
    } else if target.starts_with('/') {
        format!("{scheme}://{host}{target}")
    } else if target.split(['/', '?', '#']).next()?.contains(':')
        || target.starts_with(['?', '#', '.'])
    {
        // Another scheme, a place inside the page, or a path that would have to be walked.
        return None;
    } else {
        let path = rest.split(['?', '#']).next()?;
        let folder = path
            .rfind('/')
            .map_or(host, |at| path.get(..at).unwrap_or(host));
        format!("{scheme}://{folder}/{target}")
    };
    is_web(&made).then_some(made)
}

/// Addresses that are written out in the text.
fn written(text: &str) -> impl Iterator<Item = (Span, String)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = at + memchr::memmem::find(text.as_bytes().get(at..)?, b"://")?;
            at = found + 3;
            let head = text.get(..found)?;
            let scheme = ["https", "http"].into_iter().find(|scheme| {
                let tail = head
                    .len()
                    .checked_sub(scheme.len())
                    .and_then(|from| head.get(from..));
                tail.is_some_and(|tail| tail.eq_ignore_ascii_case(scheme))
            });
            let Some(scheme) = scheme else { continue };
            let start = found - scheme.len();
            let rest = text.get(start..)?;
            let end = rest.find(|c: char| c.is_whitespace() || c.is_control() || ENDS.contains(&c));
            let address = trimmed(rest.get(..end.unwrap_or(rest.len()))?);
            if address.len() > scheme.len() + 3 && is_web(address) {
                at = start + address.len();
                return Some((Span::new(start, at), address.to_owned()));
            }
        }
    })
}

/// An address without the signs of the sentence around it; a bracket that it opened is its own.
fn trimmed(mut address: &str) -> &str {
    while let Some(last) = address
        .chars()
        .next_back()
        .filter(|last| TRAILING.contains(last))
    {
        let own = match last {
            ')' => address.matches('(').count() >= address.matches(')').count(),
            ']' => address.matches('[').count() >= address.matches(']').count(),
            _ => false,
        };
        if own {
            break;
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or("");
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Block, Role};
    use crate::article::{Article, Hints};
    use std::sync::Arc;

    fn article(text: &str, links: &[(&str, &str)]) -> Annotated {
        let link = |(words, target): &(&str, &str)| {
            let at = text.find(words).unwrap();
            Link {
                span: Span::new(at, at + words.len()),
                target: (*target).to_owned(),
            }
        };
        Annotated::new(Arc::new(Article {
            text: text.to_owned(),
            links: links.iter().map(link).collect(),
            hints: Hints {
                url: Some("https://n.example/2031/story.html?x=1".to_owned()),
                ..Hints::default()
            },
            ..Article::default()
        }))
    }

    #[test]
    fn every_address_has_one_number() {
        let text = "The report (http://r.example/a_(b)) and the list, see HTTPS://r.example/c. Again: http://r.example/a_(b)!";
        let made = Footnotes::of(&article(text, &[("list", "/l?y=2")]), false);
        let wanted = [
            "http://r.example/a_(b)",
            "https://n.example/l?y=2",
            "HTTPS://r.example/c",
        ];
        assert_eq!(made.targets, wanted);
        let numbers: Vec<usize> = made.marks.iter().map(|mark| mark.number).collect();
        assert_eq!(numbers, [1, 2, 3, 1]);
        assert_eq!(made.words(2, text), "list");
    }

    #[test]
    fn only_web_addresses_are_links() {
        let links = [
            ("a", "javascript:alert(1)"),
            ("b", "mailto:x@y.example"),
            ("c", "//cdn.example/c"),
            ("d", "other.html"),
            ("e", "../up.html"),
            ("f", "file:///etc/passwd"),
        ];
        let made = Footnotes::of(&article("a b c d e f ftp://x.example/ ://y", &links), false);
        assert_eq!(
            made.targets,
            ["https://cdn.example/c", "https://n.example/2031/other.html"]
        );
    }

    #[test]
    fn links_of_boilerplate_come_with_it() {
        let mut made = article("Home\nA story.", &[("Home", "/"), ("story", "/s")]);
        made.blocks = vec![
            Block {
                span: Span::new(0, 4),
                role: Role::Navigation,
            },
            Block {
                span: Span::new(5, 13),
                role: Role::Body,
            },
        ];
        assert_eq!(Footnotes::of(&made, false).targets, ["https://n.example/s"]);
        assert_eq!(Footnotes::of(&made, true).targets.len(), 2);
    }
}
