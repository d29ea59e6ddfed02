//! The words of one sentence as the rules see them: hyphenated words taken apart, numbers read.
//!
//! Not here: meanings of several words together. A position past the end is an empty item, so
//! rules can look ahead without a check.

use super::lexicon::{LEXICON, Lex};
use super::role::Role;
use super::value::{Unit, signed};
use crate::text::Span;
use crate::text::token::{Token, TokenKind, is_apostrophe, tokenize};

/// What an item is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// Past the end, or nothing the rules look at.
    #[default]
    None,
    /// Letters.
    Word,
    /// A possessive `'s`.
    Possessive,
    /// Digits: the value and how many digits.
    Number(u32, u8),
    /// A number with a comma or decimals, or too long: never a year or a day.
    Figure,
    /// One and a half: `2.5`.
    Decimal(u32, u32),
    /// `7th`
    Ordinal(u32),
    /// `1990s`, `90s`: the value of the digits.
    Plural(u32),
    /// `10:45`, `0:04:30`
    Clock(u8, u8, Option<u8>),
    /// `2020-09-14`, `20200914T...`: year, month, day, and hour, minute, zone where they follow.
    Iso(i32, u8, u8, Option<(u8, u8)>),
    /// `14.09.2020`
    Dotted(u32, u32, u32),
    /// A hyphen inside a word.
    Hyphen,
    /// A dash between words or numbers: `–`, `—`, `--`, a spaced `-`.
    Dash,
    /// Any other mark.
    Mark(char),
}

/// One item.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Item {
    /// Its bytes in the full text.
    pub span: Span,
    /// What it is made of.
    pub form: Form,
    /// What its word can mean.
    pub lex: Lex,
    /// It touches the item before.
    pub glued: bool,
    /// It begins with a capital.
    pub capital: bool,
}

/// One sentence.
pub(super) struct Sentence<'t> {
    /// The full text.
    pub text: &'t str,
    /// The full text in ASCII lower case, byte for byte.
    lower: &'t str,
    /// Its items.
    items: Vec<Item>,
    /// It holds a unit of time, which every length needs.
    pub has_unit: bool,
    /// It holds a word that every quarter, half or fiscal year needs; most sentences hold none.
    pub has_quarter: bool,
    /// It holds a word that counts from a day, such as "ago"; most sentences hold none.
    pub has_shift: bool,
}

impl<'t> Sentence<'t> {
    /// Reads the sentence under `span`; `lower` is `text` in ASCII lower case.
    pub(super) fn new(text: &'t str, lower: &'t str, span: Span) -> Self {
        let mut made = Self {
            text,
            lower,
            items: Vec::with_capacity(span.len() / 5 + 1),
            has_unit: false,
            has_quarter: false,
            has_shift: false,
        };
        for token in tokenize(text, span) {
            made.token(token);
        }
        made
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The item at `i`; an empty one past the end.
    pub(super) fn get(&self, i: usize) -> Item {
        self.items.get(i).copied().unwrap_or_default()
    }

    /// The item before `i`.
    pub(super) fn before(&self, i: usize) -> Item {
        i.checked_sub(1).map_or_else(Item::default, |i| self.get(i))
    }

    /// What the item at `i` can mean.
    pub(super) fn lex(&self, i: usize) -> Lex {
        self.get(i).lex
    }

    /// True where the item at `i` can play `role`.
    pub(super) fn is(&self, i: usize, role: Role) -> bool {
        self.lex(i).role == Some(role)
    }

    /// True where the item at `i` can play one of `roles`.
    pub(super) fn any(&self, i: usize, roles: &[Role]) -> bool {
        self.lex(i).role.is_some_and(|role| roles.contains(&role))
    }

    /// True where the item at `i` is the mark `c`.
    pub(super) fn mark(&self, i: usize, c: char) -> bool {
        self.get(i).form == Form::Mark(c)
    }

    /// The word at `i`, in lower case.
    pub(super) fn word(&self, i: usize) -> &'t str {
        self.get(i).span.of(self.lower)
    }

    /// The word before `i`, in lower case.
    pub(super) fn word_before(&self, i: usize) -> &'t str {
        i.checked_sub(1).map_or("", |i| self.word(i))
    }

    /// `i`, or the position after a hyphen at `i`.
    ///
    /// Texts that were put together from tokens part a hyphen from its words: "two - day".
    pub(super) fn skip_hyphen(&self, i: usize) -> usize {
        let hyphen = match self.get(i).form {
            Form::Hyphen => true,
            Form::Dash => self.word(i) == "-" && self.lex(i + 1).unit.is_some(),
            _ => false,
        };
        i + usize::from(hyphen)
    }

    /// `i`, or the position after a comma at `i`.
    pub(super) fn skip_comma(&self, i: usize) -> usize {
        i + usize::from(self.mark(i, ','))
    }

    /// `i`, or the position after `role` at `i`.
    pub(super) fn skip(&self, i: usize, role: Role) -> usize {
        i + usize::from(self.is(i, role))
    }

    /// The span from item `from` up to but without item `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let (first, last) = (self.get(from).span, self.get(to.saturating_sub(1)).span);
        Span {
            start: first.start,
            end: last.end.max(first.end),
        }
    }

    /// An unsigned whole number in digits.
    pub(super) fn digits(&self, i: usize) -> Option<(u32, u8)> {
        match self.get(i).form {
            Form::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// A unit of time at `i`.
    pub(super) fn unit(&self, i: usize) -> Option<Unit> {
        self.lex(i).unit
    }

    fn push(&mut self, span: Span, form: Form) {
        let glued = self
            .items
            .last()
            .is_some_and(|last| last.span.end == span.start);
        let lower = span.of(self.lower);
        let lex = match form {
            Form::Word | Form::Hyphen => LEXICON.get(lower),
            _ => Lex::default(),
        };
        match lex.role {
            Some(Role::Half | Role::Fiscal | Role::Financial | Role::Period) => {
                self.has_quarter = true;
            }
            Some(
                Role::Ago
                | Role::Earlier
                | Role::Later
                | Role::Before
                | Role::After
                | Role::Hence
                | Role::From,
            ) => self.has_shift = true,
            _ => {}
        }
        self.has_unit |= lex.unit.is_some();
        self.has_quarter |= lex.unit == Some(Unit::Quarter);
        let capital = self
            .text
            .as_bytes()
            .get(span.start as usize)
            .is_some_and(u8::is_ascii_uppercase);
        self.items.push(Item {
            span,
            form,
            lex,
            glued,
            capital,
        });
    }

    fn token(&mut self, token: Token) {
        let words = token.of(self.text);
        match token.kind {
            TokenKind::Punct => self.push(token.span, punct(words)),
            TokenKind::Word if token.is_possessive(self.text) => {
                self.push(token.span, Form::Possessive);
            }
            TokenKind::Word | TokenKind::Number => self.compound(token.span),
        }
    }

    /// A word or number, taken apart at its hyphens and between digits and letters.
    fn compound(&mut self, span: Span) {
        let word = span.of(self.lower);
        let plain = word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.');
        if plain || !word.is_ascii() && !word.contains(['\u{2010}', '\u{2011}', '\u{2019}']) {
            self.push(span, Form::Word);
            return;
        }
        if let Some(form) = iso(word) {
            self.push(span, form);
            return;
        }
        if !word.bytes().any(|b| b.is_ascii_digit()) && LEXICON.get(word).is_heart() {
            self.push(span, Form::Word);
            return;
        }
        let mut start = 0;
        let base = span.start as usize;
        for (at, c) in word.char_indices() {
            if matches!(c, '-' | '\u{2010}' | '\u{2011}') {
                self.piece(Span::new(base + start, base + at));
                self.push(Span::new(base + at, base + at + c.len_utf8()), Form::Hyphen);
                start = at + c.len_utf8();
            }
        }
        self.piece(Span::new(base + start, base + word.len()));
    }

    /// A stretch without hyphens.
    fn piece(&mut self, span: Span) {
        let piece = span.of(self.lower);
        if piece.is_empty() {
            return;
        }
        let head = piece.len()
            - piece
                .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))
                .len();
        let (digits, tail) = piece.split_at_checked(head).unwrap_or((piece, ""));
        if head == 0 {
            self.push(span, Form::Word);
            return;
        }
        let value: Option<u32> = digits.parse().ok();
        match (tail, value) {
            ("", _) => self.push(span, number(digits)),
            ("st" | "nd" | "rd" | "th", Some(value)) => self.push(span, Form::Ordinal(value)),
            ("s", Some(value)) => self.push(span, Form::Plural(value)),
            _ if LEXICON.get(tail).role.is_some()
                || LEXICON.get(tail).unit.is_some()
                || tail == "h" =>
            {
                let middle = span.start as usize + head;
                self.push(Span::new(span.start as usize, middle), number(digits));
                self.push(Span::new(middle, span.end as usize), Form::Word);
            }
            _ => self.push(span, Form::Figure),
        }
    }
}

fn punct(mark: &str) -> Form {
    match mark {
        "--" | "---" | "—" | "–" | "―" | "-" => Form::Dash,
        _ => {
            let c = mark.chars().next().unwrap_or(' ');
            Form::Mark(if is_apostrophe(c) { '\'' } else { c })
        }
    }
}

/// Reads digits with marks among them.
fn number(word: &str) -> Form {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return match word.parse() {
            Ok(value) if word.len() <= 9 => Form::Number(value, word.len() as u8),
            _ => Form::Figure,
        };
    }
    let parts = |mark: char| -> Option<Vec<u32>> {
        word.split(mark).map(|part| part.parse().ok()).collect()
    };
    if word.contains(':') {
        let small = |value: u32, below: u32| (value < below).then_some(value as u8);
        let read = parts(':').and_then(|parts| match parts.as_slice() {
            [hour, minute] => Some(Form::Clock(small(*hour, 25)?, small(*minute, 60)?, None)),
            [hour, minute, second] => Some(Form::Clock(
                small(*hour, 25)?,
                small(*minute, 60)?,
                Some(small(*second, 60)?),
            )),
            _ => None,
        });
        return read.unwrap_or(Form::Figure);
    }
    if !word.contains(',') {
        match parts('.').as_deref() {
            Some([whole, fraction]) => return Form::Decimal(*whole, *fraction),
            Some([day, month, year]) => return Form::Dotted(*day, *month, *year),
            _ => {}
        }
    }
    Form::Figure
}

/// Reads `2020-09-14` and `2020-09-14t10:45:00z`; the zone, where there is one, is UTC or follows.
fn iso(word: &str) -> Option<Form> {
    let bytes = word.as_bytes();
    let digits = |from: usize, to: usize| -> Option<u32> {
        let part = word.get(from..to)?;
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let time = match bytes.get(10) {
        None => None,
        Some(b't') => {
            let hour = digits(11, 13)?;
            let minute = match bytes.get(13) {
                Some(b':') => digits(14, 16)?,
                _ => 0,
            };
            (hour < 25 && minute < 60).then_some((hour as u8, minute as u8))
        }
        Some(_) => return None,
    };
    let fits = year > 0 && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then_some(Form::Iso(signed(year), month as u8, day as u8, time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(text: &str, ask: impl Fn(&Sentence) -> T) -> T {
        let lower = text.to_ascii_lowercase();
        ask(&Sentence::new(text, &lower, Span::new(0, text.len())))
    }

    #[test]
    fn takes_compounds_apart() {
        let forms = with("10-year 5pm 2020-09-14T10:45Z 1990s 7th 5:30pm", |s| {
            (0..s.len()).map(|i| s.get(i).form).collect::<Vec<_>>()
        });
        assert_eq!(
            forms,
            [
                Form::Number(10, 2),
                Form::Hyphen,
                Form::Word,
                Form::Number(5, 1),
                Form::Word,
                Form::Iso(2020, 9, 14, Some((10, 45))),
                Form::Plural(1990),
                Form::Ordinal(7),
                Form::Clock(5, 30, None),
                Form::Word,
            ]
        );
    }
}
