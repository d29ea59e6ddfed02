//! An HTTP answer inside a web archive: status, kind, and the body as it was meant.
//!
//! Only what archives hold is undone: chunks and gzip or zlib packing. Archives often keep the
//! header of an encoding that the crawler already undid, so a body that is not packed is taken as
//! it is.

use crate::source::gzip::{End, is_gzip, unpack};
use std::borrow::Cow;
use std::io::Read;

/// Largest body unpacked, in bytes.
const LARGEST: u64 = 64 << 20;

/// A message with a body.
pub(super) struct Message<'a> {
    /// The answer is the page that was asked for.
    pub(super) good: bool,
    content_type: String,
    /// The body, chunks joined and unpacked.
    pub(super) body: Cow<'a, [u8]>,
    /// Where the body begins in the message, if it stands there as it is.
    pub(super) offset: Option<usize>,
    /// Why the body cannot be read.
    pub(super) broken: Option<&'static str>,
}

impl<'a> Message<'a> {
    /// A body without a header.
    pub(super) fn plain(body: &'a [u8], content_type: &str) -> Self {
        Self {
            good: true,
            content_type: content_type.to_ascii_lowercase(),
            body: Cow::Borrowed(body),
            offset: Some(0),
            broken: None,
        }
    }

    /// An answer with its header.
    pub(super) fn parse(message: &'a [u8]) -> Self {
        let (head_end, from) = super::headers_end(message, 0).unwrap_or((message.len(), message.len()));
        let head = message.get(..head_end).unwrap_or_default();
        let status = head.split(|b| *b == b' ').nth(1).and_then(|s| s.get(..1));
        let field = |name: &str| super::header(head, name).unwrap_or_default().to_ascii_lowercase();
        let mut made = Self {
            good: status == Some(b"2"),
            content_type: field("content-type"),
            body: Cow::Borrowed(message.get(from..).unwrap_or_default()),
            offset: Some(from),
            broken: None,
        };
        let chunked = field("transfer-encoding").contains("chunked");
        if let Some(joined) = joined(&made.body).filter(|_| chunked) {
            made.replace(joined);
        }
        let packing = field("content-encoding");
        if is_gzip(&made.body) {
            let mut out = Vec::new();
            match unpack(&made.body, &mut out) {
                End::Bomb | End::TooLarge => made.broken = Some("a page that unpacks to far more than it is"),
                End::Broken if out.is_empty() => made.broken = Some("a packed page that is broken"),
                _ => {}
            }
            made.replace(out);
        } else if packing == "deflate" && made.body.first() == Some(&0x78) {
            let mut out = Vec::new();
            let decoder = flate2::read::ZlibDecoder::new(made.body.as_ref());
            if decoder.take(LARGEST).read_to_end(&mut out).is_err() && out.is_empty() {
                made.broken = Some("a packed page that is broken");
            }
            made.replace(out);
        } else if matches!(packing.as_str(), "br" | "zstd") && std::str::from_utf8(&made.body).is_err() {
            made.broken = Some("a page packed in a way that is not read");
        }
        made
    }

    fn replace(&mut self, body: Vec<u8>) {
        self.body = Cow::Owned(body);
        self.offset = None;
    }

    /// True where the declared type names this kind.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.content_type.contains(kind)
    }

    /// The declared encoding.
    pub(super) fn charset(&self) -> Option<&str> {
        let (_, after) = self.content_type.split_once("charset=")?;
        let after = after.trim_matches(['"', '\'', ' ']);
        after.split([';', ' ', '"', '\'']).next().filter(|c| !c.is_empty())
    }
}

/// Joins the chunks of a body; none where it does not consist of chunks. A cut last chunk counts.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line = memchr::memchr(b'\n', rest)?;
        let size = rest.get(..line).unwrap_or_default().split(|b| *b == b';').next()?;
        let size = std::str::from_utf8(size).ok()?.trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return (!out.is_empty()).then_some(out);
        };
        if size == 0 {
            return Some(out);
        }
        rest = rest.get(line + 1..).unwrap_or_default();
        out.extend_from_slice(rest.get(..size.min(rest.len())).unwrap_or_default());
        rest = rest.get(size.min(rest.len())..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}
