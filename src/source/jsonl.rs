//! JSON Lines: one record a line, from a file or streaming from a reader.
//!
//! A bad line is reported with its number and skipped; the rest goes on. Lines are read as bytes,
//! each decoded by itself, so that one broken line costs no other.

use super::draft::clean_warning;
use super::format::{Fit, Format, Head};
use super::intake::{Intake, UniqueIds};
use super::json::{Record, bad};
use super::{FileReport, Options, Outcome, Reason};
use crate::article::{Article, ArticleId, ContentHash, Warning};
use crate::text::Place;
use std::io::{self, BufRead};

/// The format.
pub(crate) static FORMAT: JsonLines = JsonLines;

/// One JSON object a line.
pub(crate) struct JsonLines;

/// Longest line read; a longer one is a bad record.
const LONGEST_LINE: usize = 64 << 20;
/// Lines looked at to tell the format.
const LOOKED_AT: usize = 50;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        let bytes = unmarked(head.bytes);
        let object = |line: &&[u8]| {
            // A comma behind it makes it an element of an array that spans lines.
            (line.starts_with(b"{") && line.ends_with(b"}"))
                || (line.starts_with(b"{\"") && !line.ends_with(b","))
        };
        let lines = || lines(bytes).map(|(_, _, line)| line).take(LOOKED_AT);
        let (objects, all) = (lines().filter(object).count(), lines().count());
        // One whole record in front tells more than broken lines behind it.
        let first = lines().next().is_some_and(|line| record(line).is_ok());
        // A single line may be a whole document in JSON; the other format takes that.
        if objects > 0 && all > 1 && (first || objects * 2 >= all) { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let bytes = unmarked(head.bytes);
        let mark = (head.bytes.len() - bytes.len()) as u64;
        for (number, at, line) in lines(bytes) {
            let place = Place { line: number, byte: at + mark };
            let more = match record(line).and_then(|r| Ok(r.draft(intake.options, Some(place))?)) {
                Ok(draft) => intake.article(draft, line),
                Err(why) => intake.bad(bad(format!("line {number}: {}", why.0), number - 1, place)),
            };
            if !more {
                return;
            }
        }
    }
}

/// Why a line is no record.
struct Why(String);

impl From<&str> for Why {
    fn from(why: &str) -> Self {
        Self(why.to_owned())
    }
}

impl From<serde_json::Error> for Why {
    fn from(error: serde_json::Error) -> Self {
        // The line number of the parser is always 1 here; the column alone says where.
        let text = error.to_string();
        let told = text.rsplit_once(" at line ").map_or(text.as_str(), |(told, _)| told);
        Self(match error.column() {
            0 => told.to_owned(),
            column => format!("{told} (byte {column} of the line)"),
        })
    }
}

fn record(line: &[u8]) -> Result<Record, Why> {
    let text = std::str::from_utf8(line).map_err(|_| Why::from("the line is not UTF-8"))?;
    Ok(serde_json::from_str(text)?)
}

/// The bytes without a byte order mark.
fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Lines that hold something: their number from 1, their first byte, and themselves.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (u32, u64, &[u8])> {
    let mut at = 0;
    bytes
        .split(|b| *b == b'\n')
        .enumerate()
        .map(move |(i, line)| {
            let start = at;
            at += line.len() as u64 + 1;
            (i as u32 + 1, start, line)
        })
        .map(|(number, at, line)| (number, at, line.trim_ascii()))
        .filter(|(_, _, line)| !line.is_empty())
}

/// What comes out of a stream of records.
#[derive(Debug)]
pub enum Item {
    /// The next article, with its id, unique in this stream.
    Article(Box<Article>),
    /// A line that is no record, with its number.
    Bad(Warning),
}

/// Reads JSON Lines from a stream, one article at a time.
///
/// Each goes to `sink` as soon as its line is read; `sink` returns false to stop. The articles
/// have no path and no lines. The report counts what was read; its `file` is `-`.
///
/// # Errors
///
/// Only where the stream itself cannot be read.
pub fn records(
    mut reader: impl BufRead,
    options: Options,
    mut sink: impl FnMut(Item) -> bool,
) -> io::Result<FileReport> {
    let mut ids = UniqueIds::default();
    let mut report = FileReport {
        file: "-".to_owned(),
        raw_file: None,
        outcome: Outcome::Loads,
        reason: None,
        records: 0,
        articles: 0,
        copies: 0,
        bad_records: 0,
        warnings: Vec::new(),
    };
    let (mut number, mut byte) = (0_u32, 0_u64);
    let mut buffer = Vec::new();
    loop {
        let place = Place { line: number + 1, byte };
        let (length, whole) = next_line(&mut reader, &mut buffer)?;
        if length == 0 {
            break;
        }
        number += 1;
        byte += length;
        let line = if number == 1 { unmarked(&buffer) } else { &buffer };
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        report.records += 1;
        let made = if whole { one(line, options) } else { Err(Why::from("the line is too long")) };
        let item = match made {
            Ok(mut article) => {
                report.articles += 1;
                let (id, warning) = ids.take(&article.id());
                article.id = Some(id);
                article.warnings.extend(warning.map(clean_warning));
                Item::Article(Box::new(article))
            }
            Err(Why(why)) => {
                report.bad_records += 1;
                let warning = bad(format!("line {number}: {why}"), number - 1, place);
                Item::Bad(clean_warning(warning))
            }
        };
        if !sink(item) {
            break;
        }
    }
    if report.articles == 0 {
        report.outcome = Outcome::Skipped;
        let reason = if report.bad_records > 0 { Reason::Malformed } else { Reason::Empty };
        report.reason = Some(reason);
    }
    Ok(report)
}

/// One line of a stream as an article with the id that it gives itself.
fn one(line: &[u8], options: Options) -> Result<Article, Why> {
    let draft = record(line)?.draft(options, None)?;
    let Some(id) = draft.own_id.clone() else {
        return Err(Why::from("no id (a record on standard input needs one)"));
    };
    let mut article = draft.finish(ContentHash::of(line), options);
    article.id = Some(ArticleId::new(super::scrub::scrub_given(&id).replace('\n', " ")));
    Ok(article)
}

/// Reads a line into `buffer` and says how long it was; false where it was too long to keep.
fn next_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>) -> io::Result<(u64, bool)> {
    buffer.clear();
    let (mut length, mut whole) = (0, true);
    loop {
        let chunk = match reader.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr::memchr(b'\n', chunk);
        let used = end.map_or(chunk.len(), |i| i + 1);
        if used == 0 {
            return Ok((length, whole));
        }
        whole &= buffer.len() + used <= LONGEST_LINE;
        if whole {
            buffer.extend_from_slice(chunk.get(..used).unwrap_or_default());
        }
        reader.consume(used);
        length += used as u64;
        if end.is_some() {
            return Ok((length, whole));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str, as_is: bool) -> (Vec<Article>, Vec<Warning>, FileReport) {
        let (mut articles, mut warnings) = (Vec::new(), Vec::new());
        let report = records(input.as_bytes(), Options { as_is }, |item| {
            match item {
                Item::Article(article) => articles.push(*article),
                Item::Bad(warning) => warnings.push(warning),
            }
            true
        });
        (articles, warnings, report.unwrap())
    }

    #[test]
    fn good_lines_come_out_and_bad_ones_are_named() {
        let input = "\u{FEFF}{\"id\":\"a\",\"text\":\"One.\"}\r\n\nnull\n{\"id\":\"a\",\"text\":\"Two.\"}\n{\"text\":\"x\"}\n{\"id\":\"c\"";
        let (articles, warnings, report) = read(input, false);
        let ids: Vec<String> = articles.iter().map(|a| a.id().to_string()).collect();
        assert_eq!(ids, ["a", "a~2"]);
        assert_eq!(articles[1].warnings[0].code, "same-id");
        assert_eq!(articles[0].line(0), None);
        let messages: Vec<&str> = warnings.iter().map(|w| w.message.as_str()).collect();
        assert!(messages[0].starts_with("line 3: "), "{messages:?}");
        assert!(messages[1].contains("no id"));
        assert!(messages[2].starts_with("line 6: "));
        assert_eq!((report.records, report.articles, report.bad_records), (5, 2, 3));
    }

    #[test]
    fn as_is_keeps_the_string() {
        let input = r#"{"id":"a","text":"<p>A\u001b[1m \u00ad\r\nB</p>"}"#;
        let (articles, _, _) = read(input, true);
        let given = articles[0].given.as_deref().unwrap();
        assert_eq!(given, "<p>A\u{1B}[1m \u{AD}\r\nB</p>");
        assert_eq!(articles[0].text.chars().count(), given.chars().count());
    }
}
