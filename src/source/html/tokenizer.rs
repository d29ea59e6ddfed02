//! Markup to tokens, in one linear pass that borrows from the page.
//!
//! Not here: nesting, rendering. It follows the tokenization of the HTML standard, 13.2.5, as far
//! as a reader of text needs it, and differs from the tokenizer of a browser on purpose: every
//! token knows its byte, attributes are capped (known tokenizers compare each new attribute with
//! all others), and nothing takes more than one look at a byte.

use std::borrow::Cow;

/// Attributes kept of one tag.
const MOST_ATTRIBUTES: usize = 64;
/// Longest attribute value kept, in bytes.
const LONGEST_VALUE: usize = 64 * 1024;

/// The name of an element, as a hash of its lower-case letters (FNV-1a).
///
/// Names are only compared. Two names with one hash would at worst nest wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(pub(super) u32);

impl Name {
    /// The name written `text`.
    pub(super) const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut hash = 0x811C_9DC5_u32;
        let mut i = 0;
        while i < bytes.len() {
            hash = (hash ^ bytes[i].to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193);
            i += 1;
        }
        Self(hash)
    }
}

/// A start tag.
#[derive(Clone, Debug)]
pub(super) struct Tag<'a> {
    pub(super) name: Name,
    /// As written.
    pub(super) written: &'a str,
    /// Names as written and values with their character references, in order.
    pub(super) attributes: Vec<(&'a str, &'a str)>,
    pub(super) closed: bool,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, references decoded.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let found = self.attributes.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(super::charref::decode(found.1, true))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(n, _)| n.eq_ignore_ascii_case(name))
    }
}

/// A piece of a page, with the byte where it begins.
#[derive(Clone, Debug)]
pub(super) enum Token<'a> {
    Start(Tag<'a>),
    End(Name),
    /// Text; the flag says whether character references count.
    Text(&'a str, bool),
}

/// The tokenizer.
pub(super) struct Tokenizer<'a> {
    html: &'a str,
    at: usize,
    /// Inside an element whose content is no markup.
    raw: Option<(&'a str, bool)>,
}

/// Elements whose content is text up to their end tag, and whether references count there.
const RAW: [(&str, bool); 8] = [
    ("script", false),
    ("style", false),
    ("title", true),
    ("textarea", true),
    ("iframe", false),
    ("noembed", false),
    ("noframes", false),
    ("xmp", false),
];

impl<'a> Tokenizer<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, at: 0, raw: None }
    }

    /// The next token and its first byte.
    pub(super) fn next(&mut self) -> Option<(usize, Token<'a>)> {
        if let Some((name, references)) = self.raw.take() {
            let start = self.at;
            let end = self.raw_end(name);
            self.at = end;
            if end > start {
                return Some((start, Token::Text(self.slice(start, end), references)));
            }
        }
        loop {
            let start = self.at;
            let bytes = self.html.as_bytes();
            let rest = bytes.get(start..).filter(|r| !r.is_empty())?;
            if rest.first() != Some(&b'<') || !self.opens_markup(start) {
                // A lone `<` is text up to the next one that opens markup.
                self.at = memchr::memchr_iter(b'<', rest)
                    .map(|n| start + n)
                    .find(|at| self.opens_markup(*at))
                    .unwrap_or(bytes.len());
                return Some((start, Token::Text(self.slice(start, self.at), true)));
            }
            match bytes.get(start + 1) {
                Some(b'!') if rest.starts_with(b"<!--") => self.comment(start + 4),
                Some(b'!') if rest.starts_with(b"<![CDATA[") => {
                    let from = start + 9;
                    let end = self.find(from, b"]]>");
                    self.at = end.map_or(bytes.len(), |e| e + 3);
                    let text = self.slice(from, end.unwrap_or(bytes.len()));
                    if !text.is_empty() {
                        return Some((from, Token::Text(text, false)));
                    }
                }
                Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.at = start + 2;
                    let (tag, whole) = self.tag();
                    if whole {
                        return Some((start, Token::End(tag.name)));
                    }
                }
                Some(b'!' | b'?' | b'/') => {
                    let end = self.find(start + 2, b">");
                    self.at = end.map_or(bytes.len(), |e| e + 1);
                }
                _ => {
                    self.at = start + 1;
                    let (tag, whole) = self.tag();
                    if whole {
                        let raw = RAW.iter().find(|(n, _)| tag.written.eq_ignore_ascii_case(n));
                        self.raw = raw.filter(|_| !tag.closed || tag.written != "title").copied();
                        return Some((start, Token::Start(tag)));
                    }
                }
            }
        }
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.html.get(start..end).unwrap_or_default()
    }

    fn find(&self, from: usize, what: &[u8]) -> Option<usize> {
        let rest = self.html.as_bytes().get(from..)?;
        memchr::memmem::find(rest, what).map(|n| from + n)
    }

    fn opens_markup(&self, at: usize) -> bool {
        match self.html.as_bytes().get(at + 1) {
            Some(b'!' | b'?' | b'/') => self.html.len() > at + 2,
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
    }

    /// Skips a comment whose text begins at `from`.
    fn comment(&mut self, from: usize) {
        let rest = self.html.as_bytes().get(from..).unwrap_or_default();
        if rest.starts_with(b">") {
            self.at = from + 1;
        } else if rest.starts_with(b"->") {
            self.at = from + 2;
        } else {
            // Each search stops where the other ended, so that many comments stay linear.
            let end = memchr::memmem::find(rest, b"-->").map(|n| n + 3);
            let before = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            let odd = memchr::memmem::find(before, b"--!>").map(|n| n + 4);
            let end = odd.or(end);
            self.at = end.map_or(self.html.len(), |n| from + n);
        }
    }

    /// Where the end tag of a raw element begins, or the end of the page.
    fn raw_end(&self, name: &str) -> usize {
        let bytes = self.html.as_bytes();
        let rest = bytes.get(self.at..).unwrap_or_default();
        memchr::memmem::find_iter(rest, b"</")
            .map(|n| self.at + n)
            .find(|at| {
                let tail = bytes.get(at + 2..).unwrap_or_default();
                tail.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                    && tail
                        .get(name.len())
                        .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
            })
            .unwrap_or(bytes.len())
    }

    fn skip(&mut self, what: impl Fn(u8) -> bool) {
        let rest = self.html.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|b| what(**b)).count();
    }

    /// Reads a tag from its name on; false where the page ends inside it.
    fn tag(&mut self) -> (Tag<'a>, bool) {
        let start = self.at;
        self.skip(|b| !b.is_ascii_whitespace() && b != b'/' && b != b'>');
        let written = self.slice(start, self.at);
        let mut tag = Tag {
            // A NUL inside a name is a slip of the tool that made the page.
            name: if written.contains('\0') {
                Name::of(&written.replace('\0', ""))
            } else {
                Name::of(written)
            },
            written,
            attributes: Vec::new(),
            closed: false,
        };
        loop {
            let before = self.at;
            self.skip(|b| b.is_ascii_whitespace() || b == b'/');
            match self.html.as_bytes().get(self.at) {
                None => return (tag, false),
                Some(b'>') => {
                    tag.closed = self.at > before
                        && self.html.as_bytes().get(self.at - 1) == Some(&b'/');
                    self.at += 1;
                    return (tag, true);
                }
                Some(_) => {}
            }
            let Some(attribute) = self.attribute() else {
                self.at = self.html.len();
                return (tag, false);
            };
            if tag.attributes.len() < MOST_ATTRIBUTES && attribute.1.len() <= LONGEST_VALUE {
                tag.attributes.push(attribute);
            }
        }
    }

    /// Reads an attribute; none where the page ends inside it.
    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let start = self.at;
        // A first `=` belongs to the name, as the standard has it.
        self.at += 1;
        self.skip(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'='));
        // The first byte may have been part of a longer character.
        let name = self.slice(start, self.at);
        self.skip(|b| b.is_ascii_whitespace());
        let bytes = self.html.as_bytes();
        if bytes.get(self.at) != Some(&b'=') {
            return Some((name, ""));
        }
        self.at += 1;
        self.skip(|b| b.is_ascii_whitespace());
        match bytes.get(self.at) {
            Some(quote @ (b'"' | b'\'')) => {
                let from = self.at + 1;
                let length = memchr::memchr(*quote, bytes.get(from..)?)?;
                self.at = from + length + 1;
                Some((name, self.slice(from, from + length)))
            }
            Some(b'>') => Some((name, "")),
            _ => {
                let from = self.at;
                self.skip(|b| !b.is_ascii_whitespace() && b != b'>');
                Some((name, self.slice(from, self.at)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let mut tokenizer = Tokenizer::new(html);
        let mut all = Vec::new();
        while let Some((at, token)) = tokenizer.next() {
            all.push(match token {
                Token::Start(tag) => format!("{at}<{} {:?}", tag.written, tag.attributes),
                Token::End(name) => format!("{at}/{}", name.0 == Name::of("p").0),
                Token::Text(text, _) => format!("{at}:{text}"),
            });
        }
        all
    }

    #[test]
    fn tags_text_and_comments() {
        assert_eq!(
            told("a<P Class='x y' hidden data-n=3>b < c<!-- <p> --></p>d<br/>"),
            [
                "0:a",
                "1<P [(\"Class\", \"x y\"), (\"hidden\", \"\"), (\"data-n\", \"3\")]",
                "32:b < c",
                "49/true",
                "53:d",
                "54<br []",
            ]
        );
    }

    #[test]
    fn scripts_hold_no_markup_and_open_ends_are_dropped() {
        assert_eq!(told("<script>if (a<b) '</p>'</SCRIPT >x").len(), 4, "start, text, end, text");
        assert_eq!(told("x<a href=\"never closed").len(), 1);
        assert_eq!(told("x<!-- never closed"), ["0:x"]);
        assert_eq!(told("<<<"), ["0:<<<"]);
    }
}
