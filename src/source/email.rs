//! E-mail: a message (RFC 5322, with MIME parts), or a mailbox of them (mbox, RFC 4155).
//!
//! Newsletters and wire copy come this way. The header gives title, writer and date and is no part
//! of the text. A message that another forwards whole is an article of its own. Not here: what
//! else is attached; it is counted and told.

use super::decode::decode;
use super::draft::{Anchor, Draft, push_date};
use super::format::{Fit, Format, Head};
use super::html;
use super::intake::Intake;
use super::json::bad;
use crate::article::{DateHintKind, Warning};
use crate::text::Place;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, PartType};

/// The format.
pub(crate) static FORMAT: Email = Email;

/// A message or a mailbox.
pub(crate) struct Email;

/// Lines of a header that are looked at.
const LOOKED_AT: usize = 60;
/// How deep messages may stand in messages.
const DEEPEST: usize = 4;

impl Format for Email {
    fn name(&self) -> &'static str {
        "e-mail"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        if is_message(head.text()) { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let bytes = head.bytes;
        let mut counted = (0, 1);
        for range in messages(bytes) {
            let raw = bytes.get(range.clone()).unwrap_or_default();
            let passed = bytes.get(counted.0..range.start).unwrap_or_default();
            counted = (range.start, counted.1 + lines(passed));
            let place = Place { line: counted.1, byte: range.start as u64 };
            let more = match MessageParser::default().parse(raw) {
                Some(message) => {
 let raw = Raw { bytes: raw, place, exact: true };
 take(&message, raw, 0, intake) }
                None => complain("no message can be made of it", place, intake),
            };
            if !more {
                return;
            }
        }
    }
}

fn lines(bytes: &[u8]) -> u32 {
    memchr::memchr_iter(b'\n', bytes).count() as u32
}

/// True for text that begins with the header of a message.
fn is_message(text: &str) -> bool {
    let (mut from, mut about) = (false, 0);
    let text = text.trim_start_matches('\u{FEFF}');
    for (nth, line) in text.lines().take(LOOKED_AT).enumerate() {
        if line.trim().is_empty() {
            break;
        }
        let goes_on = nth > 0 && line.starts_with([' ', '\t']);
        if goes_on || (nth == 0 && line.starts_with("From ")) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if name.is_empty() || !name.bytes().all(plain) {
            return false;
        }
        match name.to_ascii_lowercase().as_str() {
            "from" | "sender" | "return-path" => from = true,
            "date" | "subject" | "message-id" | "received" | "mime-version" => about += 1,
            _ => {}
        }
    }
    from && about >= 2
}

/// Where each message of a file lies, without the line that parts it from the one before.
fn messages(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let lead = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let body = bytes.get(lead..).unwrap_or_default();
    if !body.starts_with(b"From ") {
        return std::iter::once(lead..bytes.len()).collect();
    }
    let mut starts = vec![lead];
    for at in memchr::memmem::find_iter(bytes, b"\nFrom ") {
        let before = bytes.get(..at).unwrap_or_default();
        let blank = before.ends_with(b"\n") || before.ends_with(b"\n\r");
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
        let next = rest.get(end..).unwrap_or_default();
        // "From " also begins sentences; a header follows only a parting line.
        let header = next.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-');
        let name = header.count();
        if blank && name > 0 && next.get(name) == Some(&b':') {
            starts.push(at + 1);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let skip = |start: usize| {
        let rest = bytes.get(start..).unwrap_or_default();
        start + memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1)
    };
    starts.iter().zip(ends).map(|(start, end)| skip(*start).min(end)..end).collect()
}

fn complain(what: &str, place: Place, intake: &mut Intake<'_>) -> bool {
    intake.bad(bad(format!("line {}: {what}", place.line), intake.records(), place))
}

/// Bytes that a message was parsed from; its offsets count in them.
#[derive(Clone, Copy)]
struct Raw<'a> {
    bytes: &'a [u8],
    /// Where they stand in the file.
    place: Place,
    /// They stand there as they are; else they were packed, and all of them are at that place.
    exact: bool,
}

impl<'a> Raw<'a> {
    /// The place of the byte at `at`.
    fn place(&self, at: u32) -> Place {
        let before = self.bytes.get(..at as usize).unwrap_or_default();
        if !self.exact {
            return self.place;
        }
        Place { line: self.place.line + lines(before), byte: self.place.byte + u64::from(at) }
    }

    /// The bytes of a part with its header.
    fn whole(&self, part: &MessagePart<'_>) -> &'a [u8] {
        let range = part.offset_header as usize..part.offset_end as usize;
        self.bytes.get(range).unwrap_or(self.bytes)
    }
}

/// Takes in a message and those that it forwards; false to stop.
fn take(message: &Message<'_>, raw: Raw<'_>, depth: usize, intake: &mut Intake<'_>) -> bool {
    let place = raw.place(message.root_part().offset_header);
    let mut draft = body(message, raw, intake);
    let inner: Vec<&Message<'_>> = message
        .attachments()
        .filter_map(|part| match &part.body {
            PartType::Message(inner) => Some(inner),
            _ => None,
        })
        .collect();
    let attached = message.attachment_count() - inner.len();
    if attached > 0 {
        let files = if attached == 1 { "file is" } else { "files are" };
        let told = format!("line {}: {attached} attached {files} not read", place.line);
        draft.warnings.push(Warning::new("attachment", told));
    }
    hints(message, raw, &mut draft);
    let more = if !draft.is_blank() {
        intake.article(draft, raw.whole(message.root_part()))
    } else if inner.is_empty() {
        complain("a message without text", place, intake)
    } else {
        true
    };
    if depth >= DEEPEST {
        return more && (inner.is_empty() || complain("messages nest too deep", place, intake));
    }
    more && inner.into_iter().all(|inner| {
        let own = inner.raw_message();
        // A message that was packed counts in bytes of its own.
        let (all, part) = (raw.bytes.as_ptr_range(), own.as_ptr_range());
        let within = all.start <= part.start && part.end <= all.end;
        let raw = if within { raw } else { Raw { bytes: own, place, exact: false } };
        take(inner, raw, depth + 1, intake)
    })
}

/// The text of a message: its plain part, unless that only stands in for the page beside it.
fn body(message: &Message<'_>, raw: Raw<'_>, intake: &Intake<'_>) -> Draft {
    let plain = message
        .text_bodies()
        .find(|part| matches!(part.body, PartType::Text(_)))
        .map(|part| part_text(part, raw));
    let page = message
        .html_bodies()
        .find(|part| matches!(part.body, PartType::Html(_)))
        .map(|part| {
            let (text, begin, exact) = part_text(part, raw);
            let mut draft = html::page(&text, begin, !intake.options.as_is).draft;
            if !exact {
                draft.anchors = vec![Anchor { at: 0, place: begin, verbatim: false }];
            }
            draft
        });
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    match (plain, page) {
        (Some((text, ..)), Some(page)) if letters(&text) * 2 < letters(&page.text) => page,
        (Some((text, begin, true)), _) => Draft::verbatim(text, begin),
        (Some((text, begin, false)), _) => Draft::at(text, begin),
        (None, Some(page)) => page,
        (None, None) => Draft::at(String::new(), raw.place(0)),
    }
}

/// The text of a part, where it begins, and whether it stands there byte for byte.
fn part_text(part: &MessagePart<'_>, raw: Raw<'_>) -> (String, Place, bool) {
    let text = match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.as_ref(),
        _ => "",
    };
    let begin = raw.place(part.offset_body);
    let range = part.offset_body as usize..part.offset_end as usize;
    let own = raw.bytes.get(range).unwrap_or_default();
    let plain = matches!(part.encoding, Encoding::None);
    // Without a named character set the bytes tell more than the default does.
    if plain && text.contains('\u{FFFD}') && let Ok(decoded) = decode(own, None) {
        return (decoded.text, begin, false);
    }
    (text.to_owned(), begin, raw.exact && plain && text.as_bytes() == own)
}

/// Title, writer, date and address.
fn hints(message: &Message<'_>, raw: Raw<'_>, draft: &mut Draft) {
    let sender = message.from().and_then(|from| from.first());
    let writer = sender.and_then(|from| from.name.as_deref().or(from.address.as_deref()));
    let hints = &mut draft.hints;
    hints.title = message.subject().map(str::to_owned);
    hints.byline = writer.map(str::to_owned);
    let field = |name: &str| {
        let mut headers = message.headers().iter().rev();
        let header = headers.find(|h| h.name.as_str().eq_ignore_ascii_case(name))?;
        let range = header.offset_start as usize..header.offset_end as usize;
        let value = std::str::from_utf8(raw.bytes.get(range)?).ok()?;
        Some((value.trim().to_owned(), raw.place(header.offset_field).line))
    };
    if let Some((date, line)) = field("Date") {
        push_date(hints, DateHintKind::Email, "Date", &date, Some(line));
    }
    let url = field("Archived-At").map(|(url, _)| url.trim_matches(['<', '>']).to_owned());
    if url.is_some() {
        hints.url = url;
    }
    if let Some((language, _)) = field("Content-Language") {
        hints.language = Some(language);
    }
    draft.own_id = message.message_id().map(str::to_owned);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Options, Outcome, ReadFile, read_bytes};

    fn read(text: &str) -> ReadFile {
        read_bytes("m.eml", None, text.as_bytes(), Options::default())
    }

    const LETTER: &str = "Received: by mx.example; Wed, 4 Mar 2020 09:00:00 +0000\r\nFrom: Ada Lind <ada@courier.example>\r\nTo: list@courier.example\r\nSubject: =?utf-8?Q?Ferry_strike_ends_=E2=80=93_at_last?=\r\nDate: Tue, 3 Mar 2020 18:40:00 +0100 (CET)\r\nMessage-ID: <1@courier.example>\r\n";

    #[test]
    fn a_letter_is_an_article_with_its_date() {
        let made = read(&format!("{LETTER}\r\nThe ferries sail again.\r\n\r\nThe crews won.\r\n"));
        assert_eq!(made.report.outcome, Outcome::Loads);
        let article = &made.articles[0];
        assert_eq!(article.text, "The ferries sail again.\n\nThe crews won.\n");
        assert_eq!(article.hints.title.as_deref(), Some("Ferry strike ends – at last"));
        assert_eq!(article.hints.byline.as_deref(), Some("Ada Lind"));
        let date = &article.hints.dates[0];
        assert_eq!((date.kind, date.line), (DateHintKind::Email, Some(5)));
        assert_eq!(date.raw, "Tue, 3 Mar 2020 18:40:00 +0100 (CET)");
        assert_eq!(article.line(0), Some(8));
        assert_eq!(article.line(article.text.find("crews").unwrap() as u32), Some(10));
    }

    #[test]
    fn the_page_is_read_where_the_plain_part_stands_in_for_it() {
        let parts = |plain: &str| {
            format!(
                "{LETTER}MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{plain}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><h1>Ferry strike ends</h1><p>The ferries sail again after nine days.</p></body></html>\r\n--b--\r\n"
            )
        };
        let made = read(&parts("See it in your browser."));
        assert!(made.articles[0].text.contains("after nine days"), "{:?}", made.articles);
        let made = read(&parts("The caf=C3=A9 on the quay is full, and the ferries sail agai=\r\nn after nine days."));
        assert!(made.articles[0].text.starts_with("The café on the quay is full, and the ferries sail again"));
    }

    #[test]
    fn a_mailbox_and_a_forwarded_message_are_several_articles() {
        let forward = format!(
            "From: desk@courier.example\r\nSubject: Fwd\r\nDate: Thu, 5 Mar 2020 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nFrom now on the desk reads this.\r\n\r\nFrom the quay: all well.\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n{LETTER}\r\nThe ferries sail again.\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--x--\r\n"
        );
        let made = read(&format!(
            "From ada Tue Mar  3 18:40:00 2020\r\n{LETTER}\r\nOne.\r\n\r\nFrom desk Thu Mar  5 08:00:00 2020\r\n{forward}"
        ));
        let texts: Vec<&str> = made.articles.iter().map(|a| a.text.trim()).collect();
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert_eq!(texts[0], "One.");
        assert!(texts[1].starts_with("From now on") && texts[1].ends_with("all well."));
        let lines: Vec<_> = made.articles.iter().map(|a| a.line(0)).collect();
        assert_eq!(lines, [Some(9), Some(21), Some(34)]);
        assert_eq!(made.articles[2].hints.dates[0].line, Some(31));
        assert_eq!(texts[2], "The ferries sail again.");
        assert!(made.articles[1].warnings.iter().any(|w| w.code == "attachment"));
        assert_eq!(made.articles[2].hints.dates[0].raw, "Tue, 3 Mar 2020 18:40:00 +0100 (CET)");
    }

    #[test]
    fn a_packed_message_stands_where_its_packing_does() {
        let made = read(
            "From: desk@courier.example\nSubject: Fwd\nDate: Thu, 5 Mar 2020 08:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nRnJvbTogYUBiLmMKU3ViamVjdDogSW5zaWRlCkRhdGU6IFR1ZSwgMyBNYXIgMjAyMCAxODo0MDow\nMCArMDEwMAoKVGhlIGZlcnJpZXMgc2FpbC4K\n--x--\n",
        );
        assert_eq!(made.articles.len(), 1, "{:?}", made.report);
        assert_eq!(made.articles[0].text.trim(), "The ferries sail.");
        assert_eq!(made.articles[0].hints.title.as_deref(), Some("Inside"));
        assert_eq!(made.articles[0].line(0), Some(1));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(tail in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400), cut in 0_usize..900) {
            let parts = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b\r\nDate: 1\r\nContent-Type: text/html; charset=utf-16\r\n\r\n<p>x\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n";
            let mut bytes = format!("{LETTER}{parts}").into_bytes();
            bytes.truncate(cut.max(300));
            bytes.extend(tail);
            let made = read_bytes("m", None, &bytes, Options::default());
            let report = &made.report;
            proptest::prop_assert_eq!(report.records, report.articles + report.copies + report.bad_records);
        }
    }

    #[test]
    fn prose_with_colons_is_no_message() {
        for text in [
            "From: the quay\nThe ferries: late.\n",
            "Date: 3 March 2020\nBy: Ada Lind\n\nText.\n",
            "Subject: a poem\n\nFrom: me\nDate: now\n",
            "From Oslo, the ferries sail.\n\nFrom Bergen: none.\n",
        ] {
            assert!(!is_message(text), "{text}");
        }
    }
}
