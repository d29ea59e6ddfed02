//! Web archives (WARC 1.x, ISO 28500): the pages of a crawl.
//!
//! Only pages count as records: answers to requests, and resources, that are HTML or plain text.
//! A length that lies costs the record that it stands in; reading goes on at the next record.

mod http;

use super::decode::{Decoded, decode};
use super::draft::{Anchor, Draft, push_date};
use super::format::{Fit, Format, Head};
use super::intake::Intake;
use super::json::bad;
use super::{Reason, archive, html};
use crate::article::{DateHintKind, Warning};
use crate::text::Place;
use http::Message;

/// The format.
pub(crate) static FORMAT: Warc = Warc;

/// A web archive.
pub(crate) struct Warc;

/// Longest header of a record, in bytes.
const LONGEST_HEADER: usize = 64 * 1024;

impl Format for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        if head.bytes.trim_ascii_start().starts_with(b"WARC/1.") { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let mut reader = Reader { bytes: head.bytes, at: 0, counted: (0, 1) };
        while let Some(record) = reader.next(intake) {
            if !reader.record(&record, intake) {
                return;
            }
        }
    }
}

/// A record cut out of the archive.
struct Record<'a> {
    /// Its first byte.
    at: usize,
    headers: &'a [u8],
    content: &'a [u8],
    /// The first byte of the content.
    from: usize,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    counted: (usize, u32),
}

/// The value of a header field, whatever its case.
fn header<'a>(headers: &'a [u8], name: &str) -> Option<&'a str> {
    headers.split(|b| *b == b'\n').find_map(|line| {
        let (key, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

/// Where the next record begins at or after `from`.
fn next_record(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    memchr::memmem::find_iter(rest, b"WARC/1.")
        .map(|n| from + n)
        .find(|at| *at == 0 || bytes.get(at - 1) == Some(&b'\n'))
}

/// The end of the headers that begin at `from`: theirs, and where the content begins.
fn headers_end(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let rest = bytes.get(from..)?;
    let head = rest.get(..rest.len().min(LONGEST_HEADER))?;
    // They never reach into the next record; not looking there keeps broken archives linear.
    let next = memchr::memmem::find(head.get(7..).unwrap_or_default(), b"\nWARC/1.");
    let head = head.get(..next.map_or(head.len(), |n| n + 7))?;
    let crlf = memchr::memmem::find(head, b"\r\n\r\n").map(|n| (from + n, from + n + 4));
    let lf = memchr::memmem::find(head, b"\n\n").map(|n| (from + n, from + n + 2));
    match (crlf, lf) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl<'a> Reader<'a> {
    fn place(&mut self, at: usize) -> Place {
        let passed = self.bytes.get(self.counted.0..at).unwrap_or_default();
        self.counted.1 += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.counted.0 = self.counted.0.max(at);
        Place { line: self.counted.1, byte: at as u64 }
    }

    /// Cuts the next record out; what cannot be cut out is told.
    fn next(&mut self, intake: &mut Intake<'_>) -> Option<Record<'a>> {
        loop {
            let start = next_record(self.bytes, self.at)?;
            let Some((headers_end, from)) = headers_end(self.bytes, start) else {
                self.at = start + 7;
                self.broken(start, "a record without an end of its headers", intake);
                continue;
            };
            let headers = self.bytes.get(start..headers_end).unwrap_or_default();
            let length = header(headers, "content-length").and_then(|l| l.parse::<usize>().ok());
            let Some(length) = length else {
                self.at = from;
                self.broken(start, "a record whose length is no number", intake);
                continue;
            };
            let told = from.checked_add(length).filter(|end| *end <= self.bytes.len());
            let Some(told) = told else {
                // Either the file is cut here, or the length is a lie and more records follow.
                self.at = from;
                self.broken(start, "a record longer than the rest of the file", intake);
                continue;
            };
            let end = self.end(start, told, intake);
            self.at = end;
            let content = self.bytes.get(from..end).unwrap_or_default();
            return Some(Record { at: start, headers, content, from });
        }
    }

    /// The end of a record by its length, or by the next record where the length is too small.
    fn end(&mut self, start: usize, told: usize, intake: &mut Intake<'_>) -> usize {
        let after = self.bytes.get(told..).unwrap_or_default();
        let blank = after.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let rest = after.get(blank..).unwrap_or_default();
        if rest.is_empty() || rest.starts_with(b"WARC/1.") {
            return told;
        }
        let line = self.place(start).line;
        let message = format!("line {line}: a record shorter by its length than it is");
        intake.cut(Reason::Malformed, "bad-record", message);
        next_record(self.bytes, told).unwrap_or(self.bytes.len())
    }

    fn broken(&mut self, start: usize, what: &str, intake: &mut Intake<'_>) {
        let place = self.place(start);
        intake.bad(bad(format!("line {}: {what}", place.line), intake.records(), place));
        intake.end(super::Outcome::Truncated, Reason::Malformed);
    }

    /// Takes in a record, if it is a page; false to stop.
    fn record(&mut self, record: &Record<'a>, intake: &mut Intake<'_>) -> bool {
        let kind = header(record.headers, "warc-type").unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        let own = header(record.headers, "content-type").unwrap_or_default();
        let message = match kind.as_str() {
            "response" if record.content.starts_with(b"HTTP/") => Message::parse(record.content),
            "response" | "resource" | "conversion" => Message::plain(record.content, own),
            _ => return true,
        };
        if !message.good || !(message.is("text/html") || message.is("xhtml") || message.is("text/plain")) {
            return true;
        }
        if archive::known(&message.body).is_some() {
            // Some servers call a picture a page.
            return true;
        }
        let place = self.place(record.at);
        let complain = |what: &str, intake: &mut Intake<'_>| {
            intake.bad(bad(format!("line {}: {what}", place.line), intake.records(), place))
        };
        if let Some(why) = message.broken {
            return complain(why, intake);
        }
        let decoded = decode(&message.body, message.charset()).map(Decoded::with_line_feeds);
        let Ok(decoded) = decoded else {
            return complain("a page whose bytes are no text", intake);
        };
        // Places are exact where the body stands in the file as it is.
        let in_place = message.offset.map(|offset| self.place(record.from + offset));
        let begin = in_place.unwrap_or(place);
        let mut draft = if message.is("text/plain") {
            Draft::verbatim(decoded.text, begin)
        } else {
            let page = html::page(&decoded.text, begin, !intake.options.as_is);
            if page.too_deep {
                intake.cut(Reason::TooDeep, "too-deep", html::page_too_deep());
            }
            page.draft
        };
        if in_place.is_none() {
            draft.anchors = vec![Anchor { at: 0, place, verbatim: false }];
        }
        if draft.is_blank() {
            let mut warning = Warning::new("no-article", format!("line {}: a page without text", place.line));
            warning.byte = Some(place.byte);
            return intake.bad(warning);
        }
        if let Some(uri) = header(record.headers, "warc-target-uri") {
            draft.hints.url.get_or_insert_with(|| uri.trim_matches(['<', '>']).to_owned());
        }
        if let Some(date) = header(record.headers, "warc-date") {
            push_date(&mut draft.hints, DateHintKind::Captured, "WARC-Date", date, Some(place.line));
        }
        intake.article(draft, &message.body)
    }
}

#[cfg(test)]
mod tests {
    use crate::article::DateHintKind;
    use crate::source::{Options, Outcome, read_bytes};

    fn record(kind: &str, length: Option<&str>, http: &str) -> String {
        let length = length.map_or(http.len().to_string(), str::to_owned);
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://n.example/1\r\nWARC-Date: 2021-05-06T07:08:09Z\r\nContent-Length: {length}\r\n\r\n{http}\r\n\r\n")
    }

    const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>\n<p>The pier is shut.</p></body></html>";

    #[test]
    fn pages_are_read_and_lies_are_told() {
        let missing = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>none</p>";
        let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<p>The\r\n5;x=1\r\n sea.\r\n0\r\n\r\n";
        let all = [
            record("warcinfo", None, "software: x"),
            record("response", None, PAGE),
            record("response", None, missing),
            record("response", Some("99999999999999999999999"), PAGE),
            record("response", None, chunked),
            record("response", Some("20"), &PAGE.replace("pier", "gate")),
        ];
        let read = read_bytes("w", None, all.concat().as_bytes(), Options::default());
        assert_eq!(read.report.outcome, Outcome::Truncated);
        assert_eq!((read.report.articles, read.report.bad_records), (3, 1), "{:?}", read.report);
        let texts: Vec<&str> = read.articles.iter().map(|a| a.text.as_str()).collect();
        assert_eq!(texts, ["The pier is shut.\n", "The sea.\n", "The gate is shut.\n"]);
        assert_eq!(read.articles[0].hints.dates[0].kind, DateHintKind::Captured);
        assert_eq!(read.articles[0].hints.url.as_deref(), Some("http://n.example/1"));
        assert_eq!(read.articles[0].line(0), Some(19));
    }
}
