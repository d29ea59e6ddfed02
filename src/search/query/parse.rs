//! The parser: one pass over the characters, by recursive descent with a limit on depth.

use super::{DateTest, Days, Expr, Field, How, Node, Query, QueryError, State, Term};
use crate::text::Span;
use regex::RegexBuilder;

/// Parentheses and `!` may nest this deep.
const DEEPEST: usize = 50;

/// A compiled regular expression may take this much memory, in bytes.
const REGEX_SIZE: usize = 1 << 20;

/// Compiles the expression of a query: in any case, with a limit on its size.
pub(in crate::search) fn regex(pattern: &str) -> Result<regex::Regex, regex::Error> {
    RegexBuilder::new(pattern)
        .case_insensitive(true)
        .multi_line(true)
        .size_limit(REGEX_SIZE)
        .dfa_size_limit(REGEX_SIZE)
        .build()
}

/// A search for the words of a text, without regard to its marks.
pub(super) fn literal(text: &str) -> Query {
    let mut parts = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                parts.push(Expr {
                    node: Node::Term(Term {
                        how: How::Fuzzy,
                        text: text.get(from..at).unwrap_or("").to_owned(),
                    }),
                    span: Span::new(from, at),
                });
            }
            _ => {}
        }
    }
    Query {
        root: joined(parts, Node::And),
    }
}

/// None, the one part, or all parts under one node.
fn joined(mut parts: Vec<Expr>, node: fn(Vec<Expr>) -> Node) -> Option<Expr> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let span = parts
        .iter()
        .skip(1)
        .fold(parts.first()?.span, |s, p| s.cover(p.span));
    Some(Expr {
        node: node(parts),
        span,
    })
}

pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, QueryError>;

impl<'a> Parser<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    pub(super) fn query(mut self) -> Parsed<Option<Expr>> {
        self.blanks();
        if self.rest().is_empty() {
            return Ok(None);
        }
        let root = self.any()?;
        match self.peek() {
            None => Ok(Some(root)),
            Some(_) => Err(self.error("this parenthesis closes nothing", self.at, self.at + 1)),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let hit = self.peek() == Some(wanted);
        if hit {
            self.at += wanted.len_utf8();
        }
        hit
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    #[expect(clippy::unused_self, reason = "reads as a sentence where it is called")]
    fn error(&self, message: impl Into<String>, start: usize, end: usize) -> QueryError {
        QueryError {
            message: message.into(),
            span: Span::new(start, end),
        }
    }

    /// `a b | c`.
    fn any(&mut self) -> Parsed<Expr> {
        let mut parts = Vec::new();
        loop {
            let part = self.all()?;
            match part.node {
                // `a | (b | c)` is one list, as it prints.
                Node::Or(inner) => parts.extend(inner),
                _ => parts.push(part),
            }
            if !self.eat('|') {
                break;
            }
        }
        let here = self.at;
        joined(parts, Node::Or).ok_or_else(|| self.error("nothing to search for", here, here))
    }

    /// `a b`.
    fn all(&mut self) -> Parsed<Expr> {
        let mut parts = Vec::new();
        self.blanks();
        while self.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
            let part = self.not()?;
            match part.node {
                Node::And(inner) => parts.extend(inner),
                _ => parts.push(part),
            }
            self.blanks();
        }
        let (start, end) = (self.at.saturating_sub(1), self.at);
        let message = match self.peek() {
            Some('|') => "nothing before this |",
            Some(')') => "nothing before this parenthesis",
            _ => "nothing after the last mark",
        };
        joined(parts, Node::And).ok_or_else(|| self.error(message, start, end))
    }

    /// `!a`.
    fn not(&mut self) -> Parsed<Expr> {
        let start = self.at;
        if !self.eat('!') {
            return self.atom();
        }
        self.blanks();
        if self.peek().is_none_or(|c| matches!(c, '|' | ')')) {
            return Err(self.error("! wants a word after it", start, start + 1));
        }
        self.nested(start, |parser| {
            let inner = parser.not()?;
            let span = Span::new(start, inner.span.end as usize);
            Ok(Expr {
                node: Node::Not(Box::new(inner)),
                span,
            })
        })
    }

    fn nested(
        &mut self,
        start: usize,
        read: impl FnOnce(&mut Self) -> Parsed<Expr>,
    ) -> Parsed<Expr> {
        if self.depth >= DEEPEST {
            return Err(self.error("nested too deep", start, start + 1));
        }
        self.depth += 1;
        let made = read(self);
        self.depth -= 1;
        made
    }

    fn atom(&mut self) -> Parsed<Expr> {
        let start = self.at;
        if self.eat('(') {
            return self.nested(start, |parser| {
                parser.blanks();
                if parser.eat(')') {
                    return Err(parser.error(
                        "nothing between these parentheses",
                        start,
                        parser.at,
                    ));
                }
                let inner = parser.any();
                // An open parenthesis is the first thing wrong, wherever its inside ends.
                if parser.peek().is_none() {
                    return Err(parser.error("this parenthesis is not closed", start, start + 1));
                }
                let inner = inner?;
                parser.eat(')');
                Ok(inner)
            });
        }
        if let Some(node) = self.field(start)? {
            return Ok(self.spanned(node, start));
        }
        let term = self.term()?;
        Ok(self.spanned(Node::Term(term), start))
    }

    const fn spanned(&self, node: Node, start: usize) -> Expr {
        Expr {
            node,
            span: Span::new(start, self.at),
        }
    }

    /// `name:value`, where the name is one of ours; anything else with a colon is a word.
    fn field(&mut self, start: usize) -> Parsed<Option<Node>> {
        let rest = self.rest();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, after) = rest.split_at(letters);
        if !after.starts_with(':') {
            return Ok(None);
        }
        let name = name.to_ascii_lowercase();
        let field = Field::ALL.into_iter().find(|f| f.name() == name);
        let date = DateTest::ALL.into_iter().find(|t| t.name() == name);
        if field.is_none() && date.is_none() && name != "is" {
            return Ok(None);
        }
        self.at += letters + 1;
        let value_at = self.at;
        if self
            .peek()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')' | '|'))
        {
            let message = format!("{name}: wants a value right after the colon");
            return Err(self.error(message, start, value_at));
        }
        let term = self.term()?;
        if let Some(field) = field {
            return Ok(Some(Node::Field(field, term)));
        }
        let end = self.at;
        if let Some(test) = date {
            let days = Days::parse(&term.text).ok_or_else(|| {
                let message = format!(
                    "{name}: wants a day, a month or a year, such as 2020-08-09, 2020-08 or 2020"
                );
                self.error(message, value_at, end)
            })?;
            return Ok(Some(Node::Date(test, days)));
        }
        let state = State::ALL
            .into_iter()
            .find(|s| s.name() == term.text.to_lowercase());
        state.map_or_else(
            || Err(self.error("is: wants unread, starred, undated or new", value_at, end)),
            |state| Ok(Some(Node::Is(state))),
        )
    }

    fn term(&mut self) -> Parsed<Term> {
        let start = self.at;
        match self.peek() {
            Some('"') => self.phrase(start),
            Some('/') => self.regex(start),
            _ => Ok(self.word()),
        }
    }

    fn phrase(&mut self, start: usize) -> Parsed<Term> {
        self.eat('"');
        let mut text = String::new();
        let mut escaped = false;
        for (at, c) in self.rest().char_indices() {
            match c {
                '"' if !escaped => {
                    self.at += at + 1;
                    if text.trim().is_empty() {
                        return Err(self.error("nothing between these quotes", start, self.at));
                    }
                    return Ok(Term {
                        how: How::Phrase,
                        text,
                    });
                }
                '\\' if !escaped => escaped = true,
                _ => {
                    escaped = false;
                    text.push(c);
                }
            }
        }
        Err(self.error("this quote is not closed", start, start + 1))
    }

    fn regex(&mut self, start: usize) -> Parsed<Term> {
        self.eat('/');
        let mut escaped = false;
        for (at, c) in self.rest().char_indices() {
            if c == '/' && !escaped {
                let text = self.rest().get(..at).unwrap_or("").to_owned();
                self.at += at + 1;
                if text.is_empty() {
                    return Err(self.error("nothing between these slashes", start, self.at));
                }
                return match regex(&text) {
                    Ok(_) => Ok(Term {
                        how: How::Regex,
                        text,
                    }),
                    Err(problem) => {
                        let said = problem.to_string();
                        let said = said
                            .lines()
                            .last()
                            .unwrap_or("")
                            .trim_start_matches("error: ");
                        Err(self.error(format!("bad regular expression: {said}"), start, self.at))
                    }
                };
            }
            escaped = c == '\\' && !escaped;
        }
        Err(self.error(
            "this regular expression is not closed with /",
            start,
            start + 1,
        ))
    }

    fn word(&mut self) -> Term {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"'))
            .unwrap_or(rest.len());
        let raw = rest.get(..end).unwrap_or("");
        self.at += end;
        let term = |how, text: &str| Term {
            how,
            text: text.to_owned(),
        };
        if let Some(text) = raw.strip_prefix('\'').filter(|text| !text.is_empty()) {
            return term(How::Exact, text);
        }
        let starts = raw.strip_prefix('^').filter(|text| !text.is_empty());
        let bare = starts.unwrap_or(raw);
        match (
            starts,
            bare.strip_suffix('$').filter(|text| !text.is_empty()),
        ) {
            (Some(_), Some(text)) => term(How::Whole, text),
            (Some(text), None) => term(How::Start, text),
            (None, Some(text)) => term(How::End, text),
            (None, None) => term(How::Fuzzy, raw),
        }
    }
}
