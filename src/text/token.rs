//! Word tokens with their spans: words, numbers and punctuation marks.
//!
//! Not here: sentences (see [`super::sentence`]) and meanings. One pass over the bytes, made for
//! whole collections. A token is never empty, tokens rise and do not overlap, both ends lie on
//! character boundaries, and every character that is not white space lies in exactly one token.
//!
//! What stays together: words with inner hyphens and apostrophes (`Jean-Pierre`, `O’Brien`,
//! `don't`, `third-quarter`), dotted abbreviations with their last dot (`U.S.`, `a.m.`, `Sept.`,
//! the initial `J.`), numbers with inner marks (`1,000`, `10:45`, `14.09.2020`, `2020-09-14`),
//! letters with digits (`7th`, `5pm`, `1990s`), capitals around an ampersand (`AT&T`), runs of
//! dots and of hyphens. A possessive `'s` is a token of its own; any other mark is one token each.

use super::Span;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a token is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits, hyphens, apostrophes or dots among them; also `'s`.
    Word,
    /// Digits, perhaps with marks among them, and no letter.
    Number,
    /// One mark, or a run of dots or of hyphens.
    #[default]
    Punct,
}

/// How the letters of a token are capitalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shape {
    /// It has no cased letter.
    #[default]
    None,
    /// `word`
    Lower,
    /// `Word`, `O'brien`, and a single capital.
    Capital,
    /// `WORD`, `U.S.`; at least two capitals.
    Upper,
    /// `McDonald`, `iPhone`, `PhD`.
    Mixed,
}

/// A word, number or punctuation mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub shape: Shape,
}

impl Token {
    /// Its text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    /// True for a token with letters.
    pub const fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word)
    }

    /// True for digits without a letter.
    pub const fn is_number(&self) -> bool {
        matches!(self.kind, TokenKind::Number)
    }

    /// True for a mark.
    pub const fn is_punct(&self) -> bool {
        matches!(self.kind, TokenKind::Punct)
    }

    /// True where the first cased letter is a capital: `Word`, `WORD`, `McDonald`.
    pub fn is_capitalised(&self, text: &str) -> bool {
        match self.shape {
            Shape::Capital | Shape::Upper => true,
            Shape::Mixed => self
                .of(text)
                .chars()
                .find(|c| c.is_alphabetic())
                .is_some_and(char::is_uppercase),
            Shape::Lower | Shape::None => false,
        }
    }

    /// True for a possessive `'s` or `’s`, split from its word.
    pub fn is_possessive(&self, text: &str) -> bool {
        let mut chars = self.of(text).chars();
        chars.next().is_some_and(is_apostrophe) && matches!(chars.as_str(), "s" | "S")
    }

    /// True where nothing stands between the end of this token and the start of `next`.
    pub const fn touches(&self, next: &Self) -> bool {
        self.span.end == next.span.start
    }
}

/// How an abbreviation behaves at the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// It ends no sentence.
    Title,
    /// It is one only before a number.
    Number,
    /// It ends a sentence where a typical opener follows.
    Maybe,
}

static ABBREVIATIONS: LazyLock<BTreeMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let mut map = BTreeMap::new();
    for line in include_str!("../../assets/text/abbreviations.txt").lines() {
        let mut words = line.split_whitespace();
        let class = match words.next() {
            Some("title") => Abbreviation::Title,
            Some("number") => Abbreviation::Number,
            Some("maybe") => Abbreviation::Maybe,
            _ => continue,
        };
        for word in words {
            map.entry(word).or_insert(class);
        }
    }
    map
});

/// The class of `word` (without its dot); capitals are read as the list has them or all in capitals.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > 8 || word.is_empty() {
        return None;
    }
    if let Some(class) = ABBREVIATIONS.get(word) {
        return Some(*class);
    }
    // "SEPT. 2": a line in capitals; short entries such as "NO" or "CO" are words there.
    let all_caps = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    if !all_caps {
        return None;
    }
    let mut folded = word.to_ascii_lowercase();
    if let Some(first) = folded.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    ABBREVIATIONS.get(folded.as_str()).copied()
}

/// True for the apostrophes of running text.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}')
}

/// True for the hyphens that stand inside words.
const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{00AD}')
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || is_mark(c)
}

/// Combining marks and joiners, which go on with a word but do not begin one.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}') || unicode_normalization::char::is_combining_mark(c)
}

/// Cuts the text under `within` into tokens, rising.
///
/// ```
/// use dateline::text::{Span, token::tokenize};
/// let text = "The U.S. vote of Sept. 2 wasn't Monday's.";
/// let words: Vec<&str> = tokenize(text, Span::new(0, text.len())).iter().map(|t| t.of(text)).collect();
/// assert_eq!(words, ["The", "U.S.", "vote", "of", "Sept.", "2", "wasn't", "Monday", "'s", "."]);
/// ```
pub fn tokenize(text: &str, within: Span) -> Vec<Token> {
    let inner = within.of(text);
    let mut scan = Scan {
        text: inner,
        at: 0,
        base: within.start,
        made: Vec::with_capacity(inner.len() / 5 + 1),
    };
    scan.run();
    scan.made
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    base: u32,
    made: Vec<Token>,
}

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(c) = self.peek(self.at) {
            if c.is_whitespace() {
                self.at += c.len_utf8();
            } else if is_word_char(c) && !is_mark(c) {
                self.word();
            } else {
                self.mark(c);
            }
        }
    }

    /// The character at byte `at`.
    fn peek(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte.is_ascii() {
            return Some(byte as char);
        }
        self.text.get(at..)?.chars().next()
    }

    fn push(&mut self, end: usize, kind: TokenKind, shape: Shape) {
        let start = self.at;
        self.at = end;
        self.made.push(Token {
            span: Span::new(start, end).shift(self.base as usize),
            kind,
            shape,
        });
    }

    /// A word or number from `self.at`.
    fn word(&mut self) {
        let mut case = Case::default();
        let mut end = self.at;
        // The start of the current stretch between dots, and whether all stretches are short.
        let (mut part, mut dotted, mut short) = (self.at, false, true);
        let mut last = ' ';
        while let Some(c) = self.peek(end) {
            if is_word_char(c) {
                case.see(c);
                last = c;
                end += c.len_utf8();
                continue;
            }
            let after_mark = end + c.len_utf8();
            let Some(next) = self.peek(after_mark) else {
                break;
            };
            let joins = match c {
                '.' | ',' | ':' if last.is_ascii_digit() && next.is_ascii_digit() => true,
                '.' if last.is_alphabetic() && next.is_alphabetic() => {
                    // "said.The" lacks a space; "e.g", "U.S" and "example.com" do not.
                    let glued = last.is_lowercase() && next.is_uppercase() && end - part > 2;
                    short &= end - part <= 2;
                    dotted = true;
                    part = after_mark;
                    !glued
                }
                '&' => last.is_uppercase() && next.is_uppercase(),
                _ if is_apostrophe(c) && next.is_alphabetic() && last.is_alphabetic() => {
                    !self.is_possessive(after_mark)
                }
                _ if is_hyphen(c) => is_word_char(next) && !is_mark(next),
                _ => false,
            };
            if !joins {
                break;
            }
            last = c;
            if is_hyphen(c) {
                case.hyphen();
            }
            end = after_mark;
        }
        let body = self.text.get(self.at..end).unwrap_or("");
        if self.peek(end) == Some('.') && self.peek(end + 1) != Some('.') {
            let initial = end - self.at == last.len_utf8() && last.is_uppercase();
            let acronym = dotted && short && end - part <= 2 && last.is_alphabetic();
            let listed = case.letters
                && match abbreviation(body) {
                    Some(Abbreviation::Number) => self.number_follows(end + 1),
                    class => class.is_some(),
                };
            if initial || acronym || listed {
                end += 1;
            }
        }
        let kind = if case.letters {
            TokenKind::Word
        } else {
            TokenKind::Number
        };
        self.push(end, kind, case.shape());
    }

    /// True where an `s` from `at` is all that is left of the word.
    fn is_possessive(&self, at: usize) -> bool {
        matches!(self.peek(at), Some('s' | 'S'))
            && !self
                .peek(at + 1)
                .is_some_and(|c| is_word_char(c) || is_apostrophe(c) || is_hyphen(c))
    }

    fn number_follows(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or("");
        rest.trim_start_matches([' ', '\u{A0}'])
            .starts_with(|c: char| c.is_ascii_digit())
    }

    fn mark(&mut self, c: char) {
        let next = self.at + c.len_utf8();
        let after_word = self
            .made
            .last()
            .is_some_and(|t| t.span.end as usize == self.at + self.base as usize && !t.is_punct());
        if is_apostrophe(c) && after_word && self.is_possessive(next) {
            self.push(next + 1, TokenKind::Word, Shape::Lower);
            return;
        }
        let mut end = next;
        if matches!(c, '.' | '-') {
            while self.peek(end) == Some(c) {
                end += 1;
            }
        }
        self.push(end, TokenKind::Punct, Shape::None);
    }
}

/// Gathers the capitalisation of a token.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // Four independent facts about the letters seen so far.
struct Case {
    letters: bool,
    lower: bool,
    /// A capital that begins the word.
    first: bool,
    /// A capital elsewhere.
    inner: bool,
    /// A hyphen was the last thing seen: a capital here begins a part.
    part: bool,
}

impl Case {
    fn see(&mut self, c: char) {
        let (upper, lower) = if c.is_ascii() {
            (c.is_ascii_uppercase(), c.is_ascii_lowercase())
        } else {
            (c.is_uppercase(), c.is_lowercase())
        };
        if upper {
            if self.letters && !self.part {
                self.inner = true;
            } else if !self.part || !self.lower {
                self.first = true;
            }
        }
        self.lower |= lower;
        if upper || lower || c.is_alphabetic() {
            self.letters = true;
            self.part = false;
        }
    }

    fn hyphen(&mut self) {
        self.part = true;
    }

    fn shape(&self) -> Shape {
        match (self.first, self.inner, self.lower) {
            (false, false, false) => Shape::None,
            (false, false, true) => Shape::Lower,
            (true, false, _) => Shape::Capital,
            (_, true, false) => Shape::Upper,
            (_, true, true) => Shape::Mixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text, Span::new(0, text.len()))
            .iter()
            .map(|t| t.of(text))
            .collect()
    }

    #[test]
    fn keeps_together_what_belongs_together() {
        for (text, want) in [
            (
                "a three-day, $1,000.50 trip.",
                "a|three-day|,|$|1,000.50|trip|.",
            ),
            (
                "Sunday’s vote; workers’ rights",
                "Sunday|’s|vote|;|workers|’|rights",
            ),
            (
                "at 10:45 a.m. on 14.09.2020.",
                "at|10:45|a.m.|on|14.09.2020|.",
            ),
            (
                "U.S.'s J. R. Smith Jr. said",
                "U.S.|'s|J.|R.|Smith|Jr.|said",
            ),
            (
                "talks--again—and 1990–95 ...",
                "talks|--|again|—|and|1990|–|95|...",
            ),
            ("No. 5? No. Yes.", "No.|5|?|No|.|Yes|."),
            ("He said.The 7th AT&T deal", "He|said|.|The|7th|AT&T|deal"),
            (
                "the '90s and 1980's, 5pm GMT+10",
                "the|'|90s|and|1980|'s|,|5pm|GMT|+|10",
            ),
            ("O'Neill don't e.g. Jean-Luc", "O'Neill|don't|e.g.|Jean-Luc"),
            ("2020-09-14T10:00Z x", "2020-09-14T10:00Z|x"),
            ("SEPT. 2 Sept. 2", "SEPT.|2|Sept.|2"),
        ] {
            assert_eq!(words(text).join("|"), want, "{text}");
        }
    }

    #[test]
    fn shapes_and_kinds() {
        let text = "word Word WORD McDonald 1,000 iPhone U.S. Post-Soviet , A";
        let got: Vec<(Shape, bool)> = tokenize(text, Span::new(0, text.len()))
            .iter()
            .map(|t| (t.shape, t.is_capitalised(text)))
            .collect();
        assert_eq!(
            got,
            [
                (Shape::Lower, false),
                (Shape::Capital, true),
                (Shape::Upper, true),
                (Shape::Mixed, true),
                (Shape::None, false),
                (Shape::Mixed, false),
                (Shape::Upper, true),
                (Shape::Capital, true),
                (Shape::None, false),
                (Shape::Capital, true),
            ]
        );
    }

    proptest! {
        #[test]
        fn tokens_cover_the_text(text in "(\\PC|[a-zA-Z.'’ \\n-]|[0-9:.,-]){0,60}", cut in 0usize..9) {
            let start = text.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(0);
            let within = Span::new(start, text.len());
            let mut at = start as u32;
            for token in tokenize(&text, within) {
                prop_assert!(within.contains(token.span) && !token.span.is_empty());
                prop_assert!(token.span.start >= at);
                prop_assert!(text.is_char_boundary(token.span.start as usize));
                prop_assert!(text.is_char_boundary(token.span.end as usize));
                let gap = Span { start: at, end: token.span.start };
                prop_assert!(gap.of(&text).chars().all(char::is_whitespace));
                prop_assert!(!token.of(&text).contains(char::is_whitespace));
                at = token.span.end;
            }
            let rest = Span { start: at, end: within.end };
            prop_assert!(rest.of(&text).chars().all(char::is_whitespace));
        }
    }
}
