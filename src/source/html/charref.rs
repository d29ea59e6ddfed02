//! Character references: `&eacute;`, `&#233;`, `&#xE9;` to characters (HTML standard, 13.5).

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use std::borrow::Cow;

/// Longest name of a reference, without the ampersand.
const LONGEST: usize = 32;
/// Longest name that counts without a semicolon.
const UNENDED: usize = 6;

/// Decodes the references of a text, or of the value of an attribute, where fewer count.
pub(in crate::source) fn decode(text: &str, attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(text.get(..first).unwrap_or_default());
    let mut rest = text.get(first..).unwrap_or_default();
    while !rest.is_empty() {
        let length = reference(rest, attribute, &mut out);
        if length == 0 {
            out.push('&');
        }
        rest = rest.get(length.max(1)..).unwrap_or_default();
        let plain = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(rest.get(..plain).unwrap_or_default());
        rest = rest.get(plain..).unwrap_or_default();
    }
    Cow::Owned(out)
}

/// Decodes the reference that `text` begins with; gives its length, or 0 where there is none.
fn reference(text: &str, attribute: bool, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
        let from = 2 + usize::from(hex);
        let radix = if hex { 16 } else { 10 };
        let digits = bytes
            .iter()
            .skip(from)
            .take_while(|b| char::from(**b).is_digit(radix))
            .count();
        if digits == 0 {
            return 0;
        }
        let number = text.get(from..from + digits).unwrap_or_default();
        out.push(character(u32::from_str_radix(number, radix).unwrap_or(u32::MAX)));
        return from + digits + usize::from(bytes.get(from + digits) == Some(&b';'));
    }
    let letters = bytes
        .iter()
        .skip(1)
        .take(LONGEST)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let ended = bytes.get(1 + letters) == Some(&b';');
    let longest = letters + usize::from(ended);
    // Names that need no semicolon are short; of longer ones only the whole can be one.
    let short = longest.min(UNENDED);
    for length in std::iter::once(longest).chain((2..=short).rev()) {
        let name = text.get(1..=length).unwrap_or_default();
        let Some(&(first, second)) = NAMED_ENTITIES.get(name).filter(|found| found.0 != 0) else {
            continue;
        };
        if attribute && !name.ends_with(';') {
            let next = bytes.get(1 + length);
            if next.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=') {
                return 0;
            }
        }
        out.extend(char::from_u32(first));
        out.extend(char::from_u32(second).filter(|c| *c != '\0'));
        return 1 + length;
    }
    0
}

/// The character of a number, as the standard maps what Windows pages meant.
fn character(number: u32) -> char {
    match number {
        0 => '\u{FFFD}',
        0x80..=0x9F => C1_REPLACEMENTS
            .get(number as usize - 0x80)
            .copied()
            .flatten()
            .unwrap_or('\u{FFFD}'),
        _ => char::from_u32(number).unwrap_or('\u{FFFD}'),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_decoded_as_browsers_do() {
        assert_eq!(decode("Caf&eacute; &amp; &#8212;&#x2014; AT&T &ampx", false), "Café & —— AT&T &x");
        assert_eq!(decode("&#0;&#xD800;&#99999999999;&#x;&nosuch;&lt", false), "\u{FFFD}\u{FFFD}\u{FFFD}&#x;&nosuch;<");
        assert_eq!(decode("a?x=1&copy=2&amp;b", true), "a?x=1&copy=2&b");
        assert_eq!(decode("&#150;&#27;", false), "–\u{1B}");
        assert_eq!(decode("&notit;", false), "¬it;");
    }
}
