//! Words as search sees them: runs of letters and digits, folded; a character of a script without
//! spaces between words is a word.

use crate::text::{Span, normalize};

/// Calls `each` with every word of `text` (its bytes, moved right by `from`; its folded form).
pub(super) fn each(text: &str, from: usize, mut each: impl FnMut(Span, &str)) {
    let mut folded = String::new();
    let mut start = None;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        // Most text is ASCII, where folding is a table of bytes.
        let (length, joined) = if byte.is_ascii() {
            let joined = byte.is_ascii_alphanumeric();
            if joined {
                folded.push(byte.to_ascii_lowercase() as char);
            }
            (1, joined)
        } else {
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            let joined = is_joined(c);
            if joined {
                push_folded(c, &mut folded);
            } else if c.is_alphanumeric() {
                if let Some(begin) = start.take() {
                    emit(&mut folded, Span::new(from + begin, from + at), &mut each);
                }
                push_folded(c, &mut folded);
                let end = at + c.len_utf8();
                emit(&mut folded, Span::new(from + at, from + end), &mut each);
            }
            (c.len_utf8(), joined)
        };
        if joined {
            start = start.or(Some(at));
        } else if let Some(begin) = start.take() {
            emit(&mut folded, Span::new(from + begin, from + at), &mut each);
        }
        at += length;
    }
    if let Some(begin) = start {
        emit(
            &mut folded,
            Span::new(from + begin, from + text.len()),
            &mut each,
        );
    }
}

fn emit(folded: &mut String, span: Span, each: &mut impl FnMut(Span, &str)) {
    if !folded.is_empty() {
        each(span, folded);
    }
    folded.clear();
}

struct Letters<'a>(&'a mut String);

impl Extend<char> for Letters<'_> {
    fn extend<T: IntoIterator<Item = char>>(&mut self, chars: T) {
        self.0
            .extend(chars.into_iter().filter(|c| c.is_alphanumeric()));
    }
}

fn push_folded(c: char, folded: &mut String) {
    normalize::fold_char(c, &mut Letters(folded));
}

/// Part of a longer word: a letter, digit or mark of a script that parts words by spaces.
fn is_joined(c: char) -> bool {
    let unspaced = matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}');
    let mark = unicode_normalization::char::is_combining_mark(c);
    !unspaced && (c.is_alphanumeric() || mark)
}

/// The folded words of a text.
pub(super) fn of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(text, 0, |_, word| words.push(word.to_owned()));
    words
}

/// Which of 32 classes of letters a word holds: a quick test before a dear one.
pub(super) fn mask(word: &str) -> u32 {
    word.chars().fold(0, |mask, c| mask | 1 << (c as u32 & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_runs() {
        assert_eq!(
            of("The U.S. envoy's Café—2020"),
            ["the", "u", "s", "envoy", "s", "cafe", "2020"]
        );
        assert_eq!(of("東京で storm"), ["東", "京", "て", "storm"]);
        assert!(of(" …\u{301}!").is_empty());
    }

    #[test]
    fn spans_are_bytes_of_the_original() {
        let text = "é Straße!";
        let mut found = Vec::new();
        each(text, 10, |span, word| found.push((span, word.to_owned())));
        assert_eq!(found[1], (Span::new(13, 20), "strasse".to_owned()));
    }
}
