//! Escape sequences of terminals (ECMA-48, xterm): how much of a text belongs to one.

/// How far the end of an escape string is looked for.
const STRING: usize = 64 * 1024;
/// How much an escape string without an end swallows of its line.
const UNENDED: usize = 1024;

/// The length in bytes of the escape sequence that `text` begins with (ECMA-48, xterm).
///
/// C1 controls as single code points are taken for introducers only where what follows looks like
/// one: in text that was decoded wrongly they are the tails of quotation marks.
pub(super) fn sequence(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    match first {
        '\u{1B}' => Some(1 + after_escape(rest)),
        '\u{9B}' => {
            let (length, told) = control(rest);
            told.then_some(2 + length)
        }
        '\u{90}' | '\u{98}' | '\u{9D}' | '\u{9E}' | '\u{9F}' => {
            let told = rest.bytes().position(|b| !b.is_ascii_digit());
            let told = told.is_some_and(|n| n > 0 && rest.as_bytes().get(n) == Some(&b';'));
            match string(rest) {
                (length, true) => Some(2 + length),
                (length, false) if told => Some(2 + length),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Bytes that belong to the sequence after an ESC.
fn after_escape(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    match bytes.first() {
        Some(b'[') => 1 + control(rest.get(1..).unwrap_or_default()).0,
        Some(b']' | b'P' | b'X' | b'^' | b'_') => 1 + string(rest.get(1..).unwrap_or_default()).0,
        Some(b' '..=b'/') => {
            let middle = bytes
                .iter()
                .take_while(|b| (b' '..=b'/').contains(b))
                .count();
            middle + usize::from(bytes.get(middle).is_some_and(|b| (b'0'..=b'~').contains(b)))
        }
        Some(b'0'..=b'~') => 1,
        _ => 0,
    }
}

/// Length of a control sequence after its introducer, and whether it has parameters and an end.
fn control(rest: &str) -> (usize, bool) {
    let bytes = rest.as_bytes();
    let parameters = bytes
        .iter()
        .take_while(|b| (b'0'..=b'?').contains(b))
        .count();
    let middle = bytes
        .iter()
        .skip(parameters)
        .take_while(|b| (b' '..=b'/').contains(b))
        .count();
    let end = bytes
        .get(parameters + middle)
        .is_some_and(|b| (b'@'..=b'~').contains(b));
    (
        parameters + middle + usize::from(end),
        parameters > 0 && end,
    )
}

/// Length of a control string after its introducer, and whether it has an end on its line.
fn string(rest: &str) -> (usize, bool) {
    let mut unended = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\u{7}' | '\u{9C}' => return (at + c.len_utf8(), true),
            '\u{1B}' if matches!(chars.peek(), Some((_, '\\'))) => return (at + 2, true),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => break,
            _ if at > STRING => break,
            _ if at <= UNENDED => unended = at + c.len_utf8(),
            _ => {}
        }
    }
    (unended, false)
}
