//! XML to tokens, without ever giving up: what is broken is noted and reading goes on.
//!
//! Nothing is expanded but the predefined and the HTML names of characters; a document type is
//! read only to say what it asks for. Linear in the text, no recursion.

/// A piece of XML with its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A start tag: its name as written, its attributes as written, and whether it closes itself.
    Start(&'a str, &'a str, bool),
    /// An end tag.
    End(&'a str),
    /// Text with references.
    Text(&'a str),
    /// Text without.
    Cdata(&'a str),
    /// A document type, whole.
    Doctype(&'a str),
}

/// What ends a CDATA section, and what it is taken to end at where nothing does.
const ENDINGS: [&[u8]; 6] = [
    b"]]>",
    b"</description>",
    b"</content",
    b"</summary>",
    b"</item>",
    b"</entry>",
];

/// The scanner.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    /// The byte that comes next.
    pub(super) at: usize,
    /// The first break of the rules, with its byte.
    pub(super) broken: Option<(usize, &'static str)>,
    /// Which of the [`ENDINGS`] do not stand in the rest of the text.
    lost: [bool; ENDINGS.len()],
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            broken: None,
            lost: [false; ENDINGS.len()],
        }
    }

    /// Notes a break of the rules.
    pub(super) fn complain(&mut self, at: usize, what: &'static str) {
        self.broken.get_or_insert((at, what));
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn find(&self, from: usize, what: &[u8]) -> Option<usize> {
        let rest = self.text.as_bytes().get(from..)?;
        memchr::memmem::find(rest, what).map(|n| from + n)
    }

    /// The next token and its first byte.
    pub(super) fn next(&mut self) -> Option<(usize, Token<'a>)> {
        loop {
            let start = self.at;
            let bytes = self.text.as_bytes();
            let rest = bytes.get(start..).filter(|r| !r.is_empty())?;
            if rest.first() != Some(&b'<') {
                self.at = memchr::memchr(b'<', rest).map_or(bytes.len(), |n| start + n);
                return Some((start, Token::Text(self.slice(start, self.at))));
            }
            if rest.starts_with(b"<![CDATA[") {
                return Some(self.cdata(start));
            }
            if rest.starts_with(b"<!--") {
                self.skip_to(start, start + 4, b"-->", "a comment is never closed");
            } else if rest.starts_with(b"<?") {
                self.skip_to(
                    start,
                    start + 2,
                    b"?>",
                    "a processing instruction is never closed",
                );
            } else if rest.starts_with(b"<!") {
                return Some((start, Token::Doctype(self.doctype(start))));
            } else {
                let named = rest.get(1 + usize::from(rest.get(1) == Some(&b'/')));
                if !named.is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80 || *b == b'_') {
                    self.complain(start, "a `<` that opens no tag");
                    let length = rest.get(1..).and_then(|r| memchr::memchr(b'<', r));
                    self.at = length.map_or(bytes.len(), |n| start + 1 + n);
                    return Some((start, Token::Text(self.slice(start, self.at))));
                }
                return Some((start, self.tag(start)));
            }
        }
    }

    fn skip_to(&mut self, start: usize, from: usize, end: &[u8], why: &'static str) {
        if let Some(at) = self.find(from, end) {
            self.at = at + end.len();
        } else {
            self.complain(start, why);
            self.at = self.text.len();
        }
    }

    /// Where one of the marks that may end a CDATA section stands. What was once not found is not
    /// looked for again: that keeps many open sections linear.
    fn ending(&mut self, from: usize, which: usize) -> Option<usize> {
        if self.lost.get(which) == Some(&true) {
            return None;
        }
        let found = self.find(from, ENDINGS.get(which)?);
        if let Some(lost) = self.lost.get_mut(which).filter(|_| found.is_none()) {
            *lost = true;
        }
        found
    }

    fn cdata(&mut self, start: usize) -> (usize, Token<'a>) {
        let from = start + 9;
        if let Some(end) = self.ending(from, 0) {
            self.at = end + 3;
            return (from, Token::Cdata(self.slice(from, end)));
        }
        // Never closed: it is taken to end where the field does that it stands in.
        self.complain(start, "a CDATA section is never closed");
        let end = (1..ENDINGS.len())
            .filter_map(|which| self.ending(from, which))
            .min();
        self.at = end.unwrap_or(self.text.len());
        (from, Token::Cdata(self.slice(from, self.at)))
    }

    /// A tag whose `<` is at `start`; quotes may hold a `>`.
    fn tag(&mut self, start: usize) -> Token<'a> {
        let bytes = self.text.as_bytes();
        let ending = bytes.get(start + 1) == Some(&b'/');
        let from = start + 1 + usize::from(ending);
        let mut at = from;
        let mut quote = None;
        loop {
            match (bytes.get(at), quote) {
                (Some(b'>'), None) => break,
                // A tag inside a tag: the first was never closed, or its quotes do not match.
                (None, _) | (Some(b'<'), None) => {
                    self.complain(start, "a tag is never closed");
                    break;
                }
                (Some(b), Some(q)) if *b == q => quote = None,
                (Some(b @ (b'"' | b'\'')), None) => quote = Some(*b),
                _ => {}
            }
            at += 1;
        }
        let inner = self.slice(from, at);
        self.at = if bytes.get(at) == Some(&b'>') {
            at + 1
        } else {
            at
        };
        let closed = inner.ends_with('/');
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let end = inner
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(inner.len());
        let (name, attributes) = (inner.get(..end).unwrap_or_default(), inner.get(end..));
        if ending {
            Token::End(name)
        } else {
            Token::Start(name, attributes.unwrap_or_default(), closed)
        }
    }

    /// A declaration with its internal subset.
    fn doctype(&mut self, start: usize) -> &'a str {
        let bytes = self.text.as_bytes();
        let (mut at, mut depth, mut quote) = (start, 0_u32, None);
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match (byte, quote) {
                (b, Some(q)) => quote = Some(q).filter(|q| q != b),
                (b'"' | b'\'', None) => quote = Some(*byte),
                (b'[', None) => depth += 1,
                (b']', None) => depth = depth.saturating_sub(1),
                (b'>', None) if depth == 0 => break,
                _ => {}
            }
        }
        self.at = at;
        self.slice(start, at)
    }
}

/// The part of a name behind its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute in the written attributes of a tag, references not decoded.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    // No feed needs more; hostile ones bring thousands.
    for _ in 0..64 {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = after.get(1..)?;
        let end = value.find(quote)?;
        if key.trim() == name {
            return value.get(..end);
        }
        rest = value.get(end + 1..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_markup_is_told_and_passed() {
        let mut scanner = Scanner::new(
            "<a x='>'>b &amp; <![CDATA[<c>]]><!-- d --></a ><e/>< f <![CDATA[g</item>",
        );
        let mut all = Vec::new();
        while let Some((_, token)) = scanner.next() {
            all.push(token);
        }
        assert_eq!(
            all,
            [
                Token::Start("a", " x='>'", false),
                Token::Text("b &amp; "),
                Token::Cdata("<c>"),
                Token::End("a"),
                Token::Start("e", "", true),
                Token::Text("< f "),
                Token::Cdata("g"),
                Token::End("item"),
            ]
        );
        assert_eq!(scanner.broken.map(|b| b.1), Some("a `<` that opens no tag"));
        assert_eq!(attribute(" a='1' href=\"x\"", "href"), Some("x"));
    }
}
