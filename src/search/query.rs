//! The query language: text to one typed tree, with the place of every error.
//!
//! Words are fuzzy and joined by AND. `!` binds tightest, then AND, then `|`; parentheses group.
//! The page for users is `docs/query.md`. Invariants: parsing never fails (on bad syntax the tree
//! is a search for the words of the text, and the error says what and where); printing a tree and
//! parsing it again gives the same tree; nesting is limited, so no tree can exhaust the stack.

use crate::text::Span;
use crate::when::{Interval, calendar};
use std::fmt;

mod parse;
pub(super) use parse::regex;
#[cfg(test)]
mod tests;

/// A parsed query. The default asks for everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The tree; `None` for an empty query, which every article matches.
    pub root: Option<Expr>,
}

/// A part of a query with the bytes of the query it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it asks.
    pub node: Node,
    /// Where it stood in the text of the query.
    pub span: Span,
}

/// What a part of a query asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// All of these; at least two.
    And(Vec<Expr>),
    /// Any of these; at least two.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// This in headline, text or a name.
    Term(Term),
    /// This in one field.
    Field(Field, Term),
    /// Published on, from or before these days.
    Date(DateTest, Days),
    /// A state of the article.
    Is(State),
}

/// Words to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// How.
    pub how: How,
    /// The words, or the regular expression, as typed without their marks.
    pub text: String,
}

/// How words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// `word`: exactly, as the start of a word, with a letter wrong, or in another spelling of
    /// the name.
    Fuzzy,
    /// `'word`: exactly this word.
    Exact,
    /// `"some words"`: these words, one after the other.
    Phrase,
    /// `^word`: at the start of headline, text or name.
    Start,
    /// `word$`: at the end.
    End,
    /// `^word$`: nothing else.
    Whole,
    /// `/expression/`: a regular expression, in any case.
    Regex,
}

/// Fields that a term can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name of a person.
    Person,
    /// The name of an organization.
    Org,
    /// The name of a place.
    Place,
    /// The outlet or the file.
    Source,
    /// The headline.
    Title,
    /// A tag that the reader gave.
    Tag,
    /// The language.
    Lang,
}

impl Field {
    /// All fields, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Person,
        Self::Org,
        Self::Place,
        Self::Source,
        Self::Title,
        Self::Tag,
        Self::Lang,
    ];

    /// Its name before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Org => "org",
            Self::Place => "place",
            Self::Source => "source",
            Self::Title => "title",
            Self::Tag => "tag",
            Self::Lang => "lang",
        }
    }
}

/// How a publication date is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateTest {
    /// `date:` shares a day with these.
    On,
    /// `after:` may lie on the first of these days or later.
    After,
    /// `before:` may lie on the last of these days or earlier.
    Before,
}

impl DateTest {
    /// All tests.
    pub const ALL: [Self; 3] = [Self::On, Self::After, Self::Before];

    /// Its name before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::On => "date",
            Self::After => "after",
            Self::Before => "before",
        }
    }
}

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    /// Four digits.
    pub year: i32,
    /// 1 to 12.
    pub month: Option<u32>,
    /// 1 to 31; only with a month.
    pub day: Option<u32>,
}

impl Days {
    /// Reads `2020`, `2020-08` or `2020-08-09`; `None` where that is no date.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let number = |part: &str, widths: std::ops::RangeInclusive<usize>| {
            let digits = part.bytes().all(|c| c.is_ascii_digit());
            (digits && widths.contains(&part.len())).then(|| part.parse::<u32>().ok())?
        };
        let year = number(parts.next()?, 4..=4)? as i32;
        let month = parts
            .next()
            .map(|part| number(part, 1..=2).ok_or(()))
            .transpose()
            .ok()?;
        let day = parts
            .next()
            .map(|part| number(part, 1..=2).ok_or(()))
            .transpose()
            .ok()?;
        let made = Self { year, month, day };
        (parts.next().is_none()
            && calendar::date(year, month.unwrap_or(1), day.unwrap_or(1)).is_some())
        .then_some(made)
    }

    /// The days.
    pub fn interval(self) -> Interval {
        let first = calendar::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        match (first, self.month, self.day) {
            (Some(day), _, Some(_)) => Interval::day(day),
            (Some(day), Some(_), None) => Interval::month(day),
            _ => Interval::year(self.year),
        }
    }
}

/// States of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not read yet.
    Unread,
    /// Starred.
    Starred,
    /// Without a publication date.
    Undated,
    /// Not here the last time.
    New,
}

impl State {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Unread, Self::Starred, Self::Undated, Self::New];

    /// Its name after `is:`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Starred => "starred",
            Self::Undated => "undated",
            Self::New => "new",
        }
    }
}

/// Bad syntax: what, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at character {}", span.start + 1)]
pub struct QueryError {
    /// What is wrong and what would be right.
    pub message: String,
    /// Where, in bytes of the query.
    pub span: Span,
}

/// Parses a query; on bad syntax the query searches the literal text, and the error says why.
///
/// ```
/// use dateline::search::query::parse;
/// let (query, error) = parse("harbour !(strike | \"night shift\") after:2021-03");
/// assert_eq!(error, None);
/// assert_eq!(query.to_string(), "harbour !(strike | \"night shift\") after:2021-03");
/// let (literal, error) = parse("(harbour strike");
/// assert_eq!(literal.to_string(), "harbour strike");
/// assert_eq!(error.unwrap().to_string(), "this parenthesis is not closed at character 1");
/// ```
pub fn parse(text: &str) -> (Query, Option<QueryError>) {
    match parse::Parser::new(text).query() {
        Ok(root) => (Query { root }, None),
        Err(error) => (parse::literal(text), Some(error)),
    }
}

impl Query {
    /// True where it asks for everything.
    pub const fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// The terms that an article must not lack, for highlighting: those that are not negated.
    pub fn terms(&self) -> Vec<(Option<Field>, &Term)> {
        let mut found = Vec::new();
        let mut open: Vec<&Expr> = self.root.iter().collect();
        while let Some(expr) = open.pop() {
            match &expr.node {
                Node::And(parts) | Node::Or(parts) => open.extend(parts.iter().rev()),
                Node::Term(term) => found.push((None, term)),
                Node::Field(field, term) => found.push((Some(*field), term)),
                Node::Not(_) | Node::Date(..) | Node::Is(_) => {}
            }
        }
        found
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.iter().try_for_each(|root| root.fmt(f))
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>,
                    parts: &[Self],
                    between: &str,
                    inner: fn(&Node) -> bool| {
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    f.write_str(between)?;
                }
                if inner(&part.node) {
                    write!(f, "({part})")?;
                } else {
                    part.fmt(f)?;
                }
            }
            Ok(())
        };
        let grouped = |node: &Node| matches!(node, Node::And(_) | Node::Or(_));
        match &self.node {
            Node::And(parts) => list(f, parts, " ", grouped),
            Node::Or(parts) => list(f, parts, " | ", |node| matches!(node, Node::Or(_))),
            Node::Not(part) if grouped(&part.node) => write!(f, "!({part})"),
            Node::Not(part) => write!(f, "!{part}"),
            Node::Term(term) => term.fmt(f),
            Node::Field(field, term) => write!(f, "{}:{term}", field.name()),
            Node::Date(test, days) => write!(f, "{}:{days}", test.name()),
            Node::Is(state) => write!(f, "is:{}", state.name()),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.how {
            How::Fuzzy => f.write_str(text),
            How::Exact => write!(f, "'{text}"),
            How::Phrase => write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            How::Start => write!(f, "^{text}"),
            How::End => write!(f, "{text}$"),
            How::Whole => write!(f, "^{text}$"),
            How::Regex => write!(f, "/{text}/"),
        }
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month
            .iter()
            .try_for_each(|month| write!(f, "-{month:02}"))?;
        self.day.iter().try_for_each(|day| write!(f, "-{day:02}"))
    }
}
