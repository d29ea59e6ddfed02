//! Bytes to text: which encoding it is, and whether it is text at all.
//!
//! Not here: scrubbing. In order: a byte order mark, the pattern of NUL bytes (UTF-16 without a
//! mark), UTF-8 with a few bad bytes, the encoding that the source declares, and last a guess from
//! the letters (chardetng). Bad bytes become U+FFFD; nothing panics and nothing is refused for
//! them alone.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// Bytes of a mark before the text, where the text is UTF-8 and offsets are those of the file.
    pub(crate) offset: u64,
    /// The name of the encoding.
    pub(crate) encoding: &'static str,
    /// Some bytes did not fit and became U+FFFD.
    pub(crate) bad_bytes: bool,
}

impl Decoded {
    /// The same text with old line ends (a carriage return alone) as line feeds; no byte moves.
    pub(crate) fn with_line_feeds(mut self) -> Self {
        let bytes = self.text.as_bytes();
        let lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
        if memchr::memchr_iter(b'\r', bytes).any(|at| lone(&at)) {
            let mut chars = self.text.chars().peekable();
            let mut fed = String::with_capacity(self.text.len());
            while let Some(c) = chars.next() {
                fed.push(if c == '\r' && chars.peek() != Some(&'\n') {
                    '\n'
                } else {
                    c
                });
            }
            self.text = fed;
        }
        self
    }
}

/// The bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotText;

/// Decodes `bytes`; `declared` is what an outer layer (an HTTP header) says of them.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, NotText> {
    if let Some(text) = utf32(bytes) {
        return Ok(Decoded {
            text,
            offset: 0,
            encoding: "UTF-32",
            bad_bytes: false,
        });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        if encoding == UTF_8 && binary(rest) {
            return Err(NotText);
        }
        let offset = if encoding == UTF_8 { mark as u64 } else { 0 };
        return Ok(Decoded {
            offset,
            ..with(encoding, rest)
        });
    }
    if let Some(encoding) = utf16_pattern(bytes) {
        return Ok(with(encoding, bytes));
    }
    if binary(bytes) {
        return Err(NotText);
    }
    if bytes.is_ascii() && looks_iso_2022_jp(bytes) {
        let made = with(ISO_2022_JP, bytes);
        if !made.bad_bytes {
            return Ok(made);
        }
    }
    let label = declared.map(str::to_owned).or_else(|| declaration(bytes));
    let declared = label
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|e| *e != UTF_16LE && *e != UTF_16BE && *e != encoding_rs::REPLACEMENT);
    if mostly_utf8(bytes, declared == Some(UTF_8)) {
        return Ok(with(UTF_8, bytes));
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        let made = with(encoding, bytes);
        let bad = made.text.matches('\u{FFFD}').count();
        if bad * 50 <= made.text.len() {
            return Ok(made);
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    Ok(with(detector.guess(None, Utf8Detection::Allow), bytes))
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, bad_bytes) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        offset: 0,
        encoding: encoding.name(),
        bad_bytes,
    }
}

/// UTF-32 with a byte order mark. No web encoding, but harmless to read.
fn utf32(bytes: &[u8]) -> Option<String> {
    let big = match bytes.get(..4)? {
        [0xFF, 0xFE, 0, 0] => false,
        [0, 0, 0xFE, 0xFF] => true,
        _ => return None,
    };
    let read = |b: &[u8]| -> u32 {
        let mut four = [0; 4];
        four.iter_mut().zip(b).for_each(|(to, from)| *to = *from);
        if big {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        }
    };
    // UTF-16 that begins with a NUL would look the same; every unit must then be a scalar value.
    let body = bytes.get(4..)?;
    let known = body
        .chunks(4)
        .filter(|b| char::from_u32(read(b)).is_some())
        .count();
    if known * 10 < body.len().div_ceil(4) * 9 {
        return None;
    }
    Some(
        body.chunks(4)
            .map(|b| char::from_u32(read(b)).unwrap_or('\u{FFFD}'))
            .collect(),
    )
}

/// UTF-16 without a mark: text has a NUL beside most of its letters, always on the same side.
fn utf16_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes
        .get(..bytes.len().min(4096) & !1)
        .filter(|h| h.len() >= 4)?;
    let (mut even, mut odd) = (0, 0);
    for pair in head.chunks_exact(2) {
        match pair {
            [0, 0] => return None,
            [0, _] => even += 1,
            [_, 0] => odd += 1,
            _ => {}
        }
    }
    let pairs = head.len() / 2;
    match (even * 10 >= pairs * 3, odd * 10 >= pairs * 3) {
        (false, true) if even * 20 <= odd => Some(UTF_16LE),
        (true, false) if odd * 20 <= even => Some(UTF_16BE),
        _ => None,
    }
}

/// True where the bytes are a program, a picture or noise rather than letters.
fn binary(bytes: &[u8]) -> bool {
    let step = (bytes.len() / (64 * 1024)).max(1);
    let (mut seen, mut nul, mut control, mut high, mut at_sign, mut space) = (0, 0, 0, 0, 0, 0);
    for &byte in bytes.iter().step_by(step) {
        seen += 1;
        match byte {
            0 => nul += 1,
            // Bells, backspaces and escapes are hostile text, not a sign of a program.
            7..=13 | 0x1B => {}
            1..=6 | 14..=0x1F | 0x7F => control += 1,
            b'@' => at_sign += 1,
            b' ' => space += 1,
            0x80.. => high += 1,
            _ => {}
        }
    }
    let noise = (nul + control) * 20 > seen && high * 5 > seen;
    let ebcdic = at_sign * 10 > seen && space * 100 < seen && high * 2 > seen;
    nul * 10 > seen || noise || ebcdic || (control * 4 > seen && high > 0)
}

fn looks_iso_2022_jp(bytes: &[u8]) -> bool {
    let find = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    (find(b"\x1b$B") || find(b"\x1b$@")) && (find(b"\x1b(B") || find(b"\x1b(J"))
}

/// True where the bytes are UTF-8 with few errors beside the characters that are right.
fn mostly_utf8(bytes: &[u8], declared: bool) -> bool {
    let (mut wide, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        // A character that the end of the file cuts is no witness against UTF-8.
        let tail = chunk.invalid().as_ptr_range().end == bytes.as_ptr_range().end;
        let cut = tail
            && chunk
                .invalid()
                .first()
                .is_some_and(|b| (0xC2..=0xF4).contains(b));
        let fits = chunk.invalid().is_empty() || (cut && chunk.invalid().len() > 1);
        bad += usize::from(!fits);
    }
    bad == 0 || bad * 4 <= wide || (declared && bad * 200 <= bytes.len())
}

/// The encoding that an XML declaration or a `<meta>` tag in the first bytes names.
pub(crate) fn declaration(bytes: &[u8]) -> Option<String> {
    let head: String = bytes
        .iter()
        .take(4096)
        .map(|b| char::from(*b).to_ascii_lowercase())
        .collect();
    let label = |text: &str| -> Option<String> {
        let text = text.trim_start().strip_prefix('=')?.trim_start();
        let text = text.trim_start_matches(['"', '\'']);
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
        let label = text.get(..end.unwrap_or(text.len()))?;
        (!label.is_empty()).then(|| label.to_owned())
    };
    let start = head.trim_start();
    if start.starts_with("<?xml") {
        let prolog = start.split("?>").next().unwrap_or_default();
        if let Some((_, after)) = prolog.split_once("encoding") {
            return label(after);
        }
    }
    head.split("<meta").skip(1).find_map(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        label(tag.split_once("charset")?.1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, None).expect("text").text
    }

    #[test]
    fn marks_and_patterns_tell_utf16() {
        let wide: Vec<u8> = "Harbour"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&wide), "Harbour");
        let marked = [&[0xFF, 0xFE], wide.as_slice()].concat();
        assert_eq!(text(&marked), "Harbour");
        assert_eq!(decode(b"\xEF\xBB\xBFab", None).map(|d| d.offset), Ok(3));
    }

    #[test]
    fn one_bad_byte_costs_one_character() {
        let mut bytes = "Łódź, Kraków, Gdańsk: żółć".as_bytes().to_vec();
        bytes.insert(5, 0xFF);
        assert_eq!(text(&bytes).matches('\u{FFFD}').count(), 1);
        let cut = "five euros: 5 €".as_bytes();
        assert_eq!(text(&cut[..cut.len() - 1]), "five euros: 5 \u{FFFD}");
    }

    #[test]
    fn declarations_count_where_utf8_fails() {
        let page = b"<html><meta charset='windows-1251'><p>\xCF\xF0\xE8\xE2\xE5\xF2";
        assert!(text(page).ends_with("Привет"));
        let lies = b"<meta charset=\"utf-8\"><p>\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xEF\xEE\xE4\xEF\xE8\xF1\xE0\xEB \xF3\xEA\xE0\xE7";
        assert!(text(lies).contains("указ"), "{}", text(lies));
        assert_eq!(
            declaration(b"<?xml version=\"1.0\" encoding='koi8-r'?>"),
            Some("koi8-r".into())
        );
    }

    #[test]
    fn noise_is_not_text() {
        assert_eq!(decode(&[0; 4000], None), Err(NotText));
        let mut state = 9_u32;
        let noise: Vec<u8> = (0..9000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        assert_eq!(decode(&noise, None), Err(NotText));
        assert!(decode(&[b"Bells: ".as_slice(), &[7; 900]].concat(), None).is_ok());
    }
}
