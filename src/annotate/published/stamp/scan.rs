//! Tokens of a date stamp: numbers, folded words and marks, with their bytes.

use crate::text::Span;
use crate::text::normalize::fold;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits: their value (the first nine) and how many.
    Number(u32, usize),
    /// Letters, folded.
    Word(String),
    /// Any other character.
    Mark(char),
}

/// A token of a date stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// White space stands before it.
    pub(super) gap: bool,
}

/// Longer words are no month, weekday or zone.
const LONGEST_WORD: usize = 32;

/// Cuts a text into tokens. A clock time glued to a year ("20194:29") is cut off it.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut gap = false;
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() || c == '\u{200B}' {
            gap = true;
            continue;
        }
        let same: fn(char) -> bool = if c.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if c.is_alphabetic() {
            |c| c.is_alphabetic() || ('\u{300}'..'\u{370}').contains(&c)
        } else {
            |_| false
        };
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = rest.peek().copied().filter(|(_, next)| same(*next)) {
            end = at + next.len_utf8();
            rest.next();
        }
        let piece = text.get(start..end).unwrap_or_default();
        let clock_follows = rest.peek().is_some_and(|(_, next)| *next == ':');
        if c.is_ascii_digit() {
            let glued = matches!(piece.len(), 5 | 6)
                && clock_follows
                && (piece.starts_with("19") || piece.starts_with("20"));
            let cut = if glued { 4 } else { piece.len() };
            let (year, clock) = piece.split_at(cut);
            push_number(&mut tokens, start, year, gap);
            if !clock.is_empty() {
                push_number(&mut tokens, start + cut, clock, true);
            }
        } else {
            let kind = if !c.is_alphabetic() {
                Kind::Mark(c)
            } else if piece.len() <= LONGEST_WORD {
                Kind::Word(fold(piece))
            } else {
                Kind::Word(String::new())
            };
            tokens.push(Token {
                span: Span::new(start, end),
                kind,
                gap,
            });
        }
        gap = false;
    }
    tokens
}

fn push_number(tokens: &mut Vec<Token>, start: usize, digits: &str, gap: bool) {
    let value = digits
        .bytes()
        .take(9)
        .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    tokens.push(Token {
        span: Span::new(start, start + digits.len()),
        kind: Kind::Number(value, digits.len()),
        gap,
    });
}
