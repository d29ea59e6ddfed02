//! Marks inside a line: emphasis, links, pictures, code, backslashes.
//!
//! One pass; a mark that does not close on its line is text.

/// Longest text or target of a link, in bytes.
const LONGEST: usize = 2048;
/// After a bracket without an end, the next ones this near are not tried: it keeps a line of
/// brackets linear.
const PAUSE: usize = 512;

/// What a line is made of.
pub(super) enum Piece<'a> {
    /// Words that are shown, and their first byte in the line.
    Text(&'a str, usize),
    /// The words of a link begin.
    Open,
    /// The words of the link that was opened last end; it leads there.
    Close(&'a str),
}

/// Calls `put` with each piece of a line.
pub(super) fn render(line: &str, mut put: impl FnMut(Piece<'_>)) {
    let bytes = line.as_bytes();
    let mut plain = 0;
    let mut at = 0;
    // Where link texts that are open end: there `](target)` is to be passed over.
    let mut ends: Vec<(usize, usize, bool)> = Vec::new();
    let mut tried = 0;
    let unpaired = |mark: u8| {
        let marks = memchr::memchr_iter(mark, bytes);
        let mut last = None;
        let runs = marks.filter(|i| last.replace(*i).is_none_or(|l: usize| l + 1 < *i));
        runs.filter(|i| emphasis(bytes, *i) > 0).nth(1).is_none()
    };
    let (lone_star, lone_low) = (unpaired(b'*'), unpaired(b'_'));
    while at < bytes.len() {
        if let Some((end, after, picture)) = ends.last().copied().filter(|(end, ..)| *end == at) {
            ends.pop();
            put(Piece::Text(line.get(plain..at).unwrap_or_default(), plain));
            if !picture {
                put(Piece::Close(target(line.get(end + 2..after - 1).unwrap_or_default())));
            }
            at = after;
            plain = at;
            continue;
        }
        let mut opens = false;
        let skip = match bytes.get(at) {
            Some(b'\\') if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => 1,
            Some(b'`') => 1,
            Some(b'*') if lone_star => 0,
            Some(b'_') if lone_low => 0,
            Some(b'*' | b'_') => emphasis(bytes, at),
            Some(b'!' | b'[') if at >= tried => {
                let picture = bytes.get(at) == Some(&b'!') && bytes.get(at + 1) == Some(&b'[');
                let from = at + usize::from(picture);
                match link(bytes, from) {
                    Link::Found(end, after) => {
                        ends.push((end, after, picture));
                        opens = !picture;
                        from + 1 - at
                    }
                    Link::None => 0,
                    Link::Endless => {
                        tried = at + PAUSE;
                        0
                    }
                }
            }
            _ => 0,
        };
        if skip > 0 {
            put(Piece::Text(line.get(plain..at).unwrap_or_default(), plain));
            if opens {
                put(Piece::Open);
            }
            // What a backslash protects is text.
            let escaped = bytes.get(at) == Some(&b'\\');
            at += skip;
            plain = at;
            at += usize::from(escaped);
        } else {
            at += 1;
        }
    }
    put(Piece::Text(line.get(plain..).unwrap_or_default(), plain));
}

/// The address in the parentheses of a link, without the title that may follow it.
fn target(inside: &str) -> &str {
    let inside = inside.trim();
    if let Some(address) = inside.strip_prefix('<') {
        return address.split('>').next().unwrap_or(address);
    }
    inside.split_whitespace().next().unwrap_or_default()
}

/// Bytes of a mark of emphasis at `at`: it touches a word on one side and none on the other.
fn emphasis(bytes: &[u8], at: usize) -> usize {
    let mark = bytes.get(at).copied().unwrap_or_default();
    let run = bytes.iter().skip(at).take_while(|b| **b == mark).count();
    if run > 3 {
        return 0;
    }
    let word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    let space = |b: Option<&u8>| b.is_none_or(u8::is_ascii_whitespace);
    let before = at.checked_sub(1).and_then(|i| bytes.get(i));
    let after = bytes.get(at + run);
    let inside_word = word(before) && word(after);
    let apart = space(before) && space(after);
    if apart || (inside_word && mark == b'_') { 0 } else { run }
}

/// What a bracket opens.
enum Link {
    /// Where the text of the link ends, and where what follows the link begins.
    Found(usize, usize),
    /// Brackets in a text.
    None,
    /// Nothing near closes it.
    Endless,
}

/// The link whose `[` is at `at`, if there is one.
fn link(bytes: &[u8], at: usize) -> Link {
    if bytes.get(at) != Some(&b'[') {
        return Link::None;
    }
    let Some(end) = closing(bytes, at, b'[', b']') else { return Link::Endless };
    if bytes.get(end + 1) != Some(&b'(') {
        return Link::None;
    }
    closing(bytes, end + 1, b'(', b')').map_or(Link::Endless, |close| Link::Found(end, close + 1))
}

/// Where the bracket that opens at `at` closes.
fn closing(bytes: &[u8], at: usize, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_u32;
    let near = bytes.iter().enumerate().skip(at).take(LONGEST);
    near.map(|(i, b)| (i, *b)).find_map(|(i, byte)| {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
        }
        (depth == 0).then_some(i)
    })
}

#[cfg(test)]
mod tests {
    use super::Piece;

    fn shown(line: &str) -> String {
        let mut out = String::new();
        super::render(line, |piece| {
            if let Piece::Text(text, _) = piece {
                out.push_str(text);
            }
        });
        out
    }

    #[test]
    fn marks_go_and_words_stay() {
        assert_eq!(shown("**Read**: [Notes *from* a (b)](/x(1)) · [y](z)"), "Read: Notes from a (b) · y");
        assert_eq!(shown("[Image: a pier] and [1]"), "[Image: a pier] and [1]");
        assert_eq!(shown("a\\*b `code` file_name_x 5 * 6"), "a*b code file_name_x 5 * 6");
        assert_eq!(shown("[![alt](a.png)](b)"), "alt");
    }
}
