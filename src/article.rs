//! What a source gives: one immutable text with where it came from. Data only.

use crate::text::{Origin, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The id of an article within one run, by the rule of the JSON contract; unique in a collection.
///
/// It is what people cite and what the program keys articles by. It depends on where a file was
/// found, so nothing that lasts (overlay, event ids) is built on it: those use [`ContentHash`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleId(Arc<str>);

impl ArticleId {
    /// An id with this text.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 of the raw bytes of an article (the file, or its record in a file of many).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest;
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

impl std::str::FromStr for ContentHash {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("not a content hash (64 hex digits): {text:?}");
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(wrong());
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}

/// One article as its source showed it: decoded, scrubbed, complete, never changed again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Article {
    /// Its id in this run.
    pub id: Option<ArticleId>,
    /// The path as reached from the working directory; `None` for stdin.
    pub path: Option<String>,
    /// Hash of its raw bytes.
    pub hash: ContentHash,
    /// The full text: everything the source showed. All spans are bytes of this.
    pub text: String,
    /// From a byte of `text` to a line and byte of the source.
    pub origin: Origin,
    /// Under `--as-is`: the string as given, where scrubbing changed it. Scrubbing is then one
    /// code point for one code point, so code-point offsets of `text` are offsets of this too.
    pub given: Option<String>,
    /// Cleaning is off: the whole text is body.
    pub as_is: bool,
    /// What the source says of the article beside its text, unparsed.
    pub hints: Hints,
    /// What the markup of the source says of stretches of `text`, in rising order, not nested.
    pub markup: Vec<Markup>,
    /// Links that the source had in its text, rising.
    pub links: Vec<Link>,
    /// What went wrong on the way here.
    pub warnings: Vec<Warning>,
}

impl Article {
    /// The id; articles that left [`crate::source`] have one.
    pub fn id(&self) -> ArticleId {
        self.id.clone().unwrap_or_else(|| ArticleId::new("?"))
    }

    /// The 1-based source line of byte `at`, where the source has lines.
    pub fn line(&self, at: u32) -> Option<u32> {
        self.origin
            .place(&self.text, at as usize)
            .map(|place| place.line)
    }
}

/// Metadata as found, not yet believed. Strings are scrubbed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// A title given apart from the text.
    pub title: Option<String>,
    /// Author names.
    pub byline: Option<String>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// A language tag the source declares.
    pub language: Option<String>,
    /// The topic of a record, where several are told apart in one input.
    pub topic: Option<String>,
    /// Every date the source gives apart from the text.
    pub dates: Vec<DateHint>,
}

/// A date that a source gives apart from its text, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateHint {
    /// What kind of field it stood in.
    pub kind: DateHintKind,
    /// The name of the field, such as `article:published_time`.
    pub name: String,
    /// The value as written.
    pub raw: String,
    /// 1-based line of the source, where it has lines.
    pub line: Option<u32>,
}

/// Where a date hint stood, best witness first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DateHintKind {
    /// The `published` field of a JSON Lines record: the caller says so.
    Given,
    /// JSON-LD `datePublished`.
    JsonLd,
    /// OpenGraph `article:published_time`.
    OpenGraph,
    /// Another `<meta>` tag.
    Meta,
    /// An item's date in a feed.
    Feed,
    /// Front matter of a Markdown file.
    FrontMatter,
    /// A `Date:` header.
    Email,
    /// A `<time>` element.
    TimeElement,
    /// `dateModified` and its like: an upper bound, not a publication date.
    Modified,
    /// The capture date of a web archive: an upper bound.
    Captured,
}

/// A stretch of the full text and what its markup says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Markup {
    /// The stretch.
    pub span: Span,
    /// The element that holds it.
    pub tag: Tag,
    /// The extractor took it for main content; `None` where none ran.
    pub main: Option<bool>,
}

/// Words of the full text that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words.
    pub span: Span,
    /// The address as the source writes it: scrubbed, not yet believed, perhaps relative.
    pub target: String,
}

/// Elements that matter for telling roles apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tag {
    /// `h1` to `h6`, with the level.
    Heading(u8),
    /// A paragraph or any other plain block.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A figure caption.
    Caption,
    /// Inside `nav`, a menu or a breadcrumb.
    Navigation,
    /// Inside `aside`.
    Aside,
    /// Inside a page `header`.
    Header,
    /// Inside a page `footer`.
    Footer,
    /// Inside a form or a button.
    Form,
    /// A table cell.
    Cell,
    /// Preformatted or quoted text.
    Quote,
    /// A `<time>` element, or one whose class says date.
    Time,
    /// An element whose class or rel says author.
    Author,
}

/// Something to tell the user about one input; it never stops the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// A stable word for the class, such as `bad-record`.
    pub code: Cow<'static, str>,
    /// What is wrong, in a sentence without a final dot.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The record in its file, from 1.
    pub record: Option<u32>,
    /// The byte in its file.
    pub byte: Option<u64>,
}

impl Warning {
    /// A warning with a code and a message.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code: Cow::Borrowed(code),
            message: message.into(),
            hint: None,
            record: None,
            byte: None,
        }
    }
}
