//! One word as features see it: hashes, letters, pattern of capitals, classes.

use super::hash;
use super::lexicon::{self, Classes, LEXICON, word_hash};
use super::model::Clusters;
use crate::text::Span;
use crate::text::token::{Shape, Token};

/// No run, no group.
pub(crate) const NONE: u32 = u32::MAX;

/// One token.
#[derive(Clone, Copy, Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent facts of a word, each read on its own"
)]
pub(crate) struct Word {
    pub(crate) span: Span,
    /// Hash of the word as written.
    pub(crate) form: u64,
    /// Hash of the word in lower case.
    pub(crate) lower: u64,
    /// Hash of its pattern of capitals, small letters, digits and marks.
    pub(crate) shape: u64,
    /// Its last three letters.
    pub(crate) suffix: u64,
    /// Hand-written classes.
    pub(crate) classes: Classes,
    /// Gazetteer marks of the phrases it stands in: 8 bits alone, 8 first, 8 further on.
    pub(crate) phrase: u32,
    /// The run of capitals it stands in, or [`NONE`].
    pub(crate) run: u32,
    /// Its group of equal words, or [`NONE`].
    pub(crate) group: u32,
    /// Gazetteer bits of the word.
    pub(crate) gazetteer: u8,
    pub(crate) clusters: Clusters,
    /// Begins with a capital.
    pub(crate) capital: bool,
    /// A mark.
    pub(crate) mark: bool,
    /// A mark that can stand inside a name.
    pub(crate) link: bool,
    pub(crate) number: bool,
    /// Two or more letters, all of them capitals.
    pub(crate) acronym: bool,
    /// May be part of a name; every other word is outside.
    pub(crate) candidate: bool,
}

impl Word {
    pub(crate) const fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }

    /// Counts in a run of capitals.
    pub(crate) const fn runs(&self) -> bool {
        self.capital && !self.is(lexicon::FUNCTION)
    }
}

impl Word {
    pub(crate) fn new(text: &str, token: Token) -> Self {
        let form = token.of(text);
        let lower = word_hash(form);
        Self {
            span: token.span,
            form: hash::bytes(form.as_bytes()),
            lower,
            shape: shape(form),
            suffix: suffix(form, 3),
            classes: LEXICON.classes(lower),
            run: NONE,
            group: NONE,
            capital: match token.shape {
                Shape::Capital | Shape::Upper => true,
                Shape::Mixed => form.chars().any(char::is_uppercase),
                Shape::Lower | Shape::None => false,
            },
            acronym: token.shape == Shape::Upper,
            mark: token.is_punct(),
            link: matches!(
                form,
                "&" | "-"
                    | "'"
                    | "\u{2019}"
                    | "."
                    | ","
                    | "/"
                    | "("
                    | ")"
                    | "\""
                    | "\u{201C}"
                    | "\u{201D}"
                    | "+"
            ),
            number: token.is_number(),
            ..Self::default()
        }
    }
}

/// Bytes of the hyphens at which a word falls apart: `UK-based`, `pro-Russian`, `Peru-Chile`, not
/// `al-Assad`, `Kim Min-seok` or `Stratford-upon-Avon`. A name that such a word holds is a name of
/// its own.
pub(crate) fn joints(word: &str) -> impl Iterator<Item = usize> {
    let apart = word.contains('-') && {
        let is_capital = |piece: &str| piece.chars().next().is_some_and(char::is_uppercase);
        let classes = |piece: &str| LEXICON.classes(word_hash(piece));
        let known = lexicon::DEMONYM | lexicon::PEOPLE | lexicon::COUNTRY | lexicon::ORGANIZATION;
        let mut pieces = word.split('-');
        let first = pieces.next().unwrap_or_default();
        let last = pieces.next_back().unwrap_or_default();
        let all_known = word.split('-').all(|piece| classes(piece) & known != 0);
        let tail = is_capital(first) && is_participle(last);
        let head = is_capital(last) && PREFIXES.contains(&first);
        all_known || tail || head
    };
    word.match_indices('-')
        .map(|(at, _)| at)
        .filter(move |_| apart)
}

/// Words that stand before a name and a hyphen.
const PREFIXES: [&str; 14] = [
    "anti", "cross", "ex", "intra", "mid", "non", "post", "pre", "pro", "quasi", "sub", "then",
    "trans", "un",
];

/// True for what stands after a name and a hyphen: `-based`, `-backed`, `-speaking`.
fn is_participle(piece: &str) -> bool {
    const OTHERS: [&str; 29] = [
        "born",
        "bound",
        "built",
        "era",
        "friendly",
        "held",
        "led",
        "like",
        "made",
        "only",
        "run",
        "sponsored",
        "style",
        "type",
        "wide",
        "area",
        "bred",
        "centric",
        "inspired",
        "native",
        "specific",
        "themed",
        "trained",
        "majority",
        "minority",
        "language",
        "free",
        "loyal",
        "rich",
    ];
    let lower = piece.bytes().all(|b| b.is_ascii_lowercase());
    lower
        && (OTHERS.contains(&piece)
            || piece.len() >= 5 && (piece.ends_with("ed") || piece.ends_with("ing")))
}

/// The pattern of a word: `X` for capitals, `x` for small letters, `d` for digits, other
/// characters as they are; runs of more than two shortened to two.
fn shape(word: &str) -> u64 {
    let mut hash = 0;
    let mut last = '\0';
    let mut count = 0;
    for c in word.chars() {
        let class = match c {
            'a'..='z' => 'x',
            'A'..='Z' => 'X',
            '0'..='9' => 'd',
            c if c.is_ascii() => c,
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c => c,
        };
        count = if class == last { count + 1 } else { 1 };
        last = class;
        if count <= 2 {
            hash = hash::mix(hash, class as u64);
        }
    }
    hash::finish(hash)
}

/// The last `n` (at most four) letters of a word as one number, in lower case.
pub(crate) fn suffix(word: &str, n: usize) -> u64 {
    affix(word.chars().rev().take(n))
}

/// The first `n` (at most four) letters of a word as one number, in lower case.
pub(crate) fn prefix(word: &str, n: usize) -> u64 {
    affix(word.chars().take(n))
}

fn affix(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(1, |sum, c| {
        let c = if c.is_ascii() {
            c.to_ascii_lowercase()
        } else {
            c.to_lowercase().next().unwrap_or(c)
        };
        sum << 16 ^ c as u64
    })
}
