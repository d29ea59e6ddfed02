//! Folding for comparison: case, accents, curly quotes and odd spaces go; letters stay.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds one character for matching: lower case, accents off, typographic marks to ASCII.
///
/// A character may fold to several (`ß` to `ss`) or to none (a combining mark).
pub fn fold_char(c: char, out: &mut impl Extend<char>) {
    if c.is_ascii() {
        out.extend([c.to_ascii_lowercase()]);
        return;
    }
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{2032}' => out.extend(['\'']),
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{00AB}' | '\u{00BB}' => out.extend(['"']),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.extend(['-']),
        '\u{00A0}' | '\u{2007}' | '\u{202F}' | '\u{2009}' | '\u{3000}' => out.extend([' ']),
        '\u{2026}' => out.extend(['.', '.', '.']),
        'ß' => out.extend(['s', 's']),
        'ø' | 'Ø' => out.extend(['o']),
        'ł' | 'Ł' => out.extend(['l']),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.extend(['d']),
        'æ' | 'Æ' => out.extend(['a', 'e']),
        'œ' | 'Œ' => out.extend(['o', 'e']),
        'þ' | 'Þ' => out.extend(['t', 'h']),
        'ı' => out.extend(['i']),
        _ => out.extend(
            std::iter::once(c)
                .nfkd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase),
        ),
    }
}

/// Folds a whole string for matching.
///
/// ```
/// use dateline::text::normalize::fold;
/// assert_eq!(fold("Zürich’s “Straße”"), "zurich's \"strasse\"");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    out
}

/// Folds a string and keeps, for every folded **char**, the byte where its original begins.
///
/// Matchers that return indices into the folded text use the table to find the original again.
pub fn fold_mapped(text: &str) -> (String, Vec<u32>) {
    let mut out = String::with_capacity(text.len());
    let mut map = Vec::with_capacity(text.len());
    let mut made = Vec::with_capacity(4);
    for (at, c) in text.char_indices() {
        made.clear();
        fold_char(c, &mut made);
        out.extend(made.iter());
        map.extend(made.iter().map(|_| at as u32));
    }
    (out, map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_and_case() {
        assert_eq!(
            fold("Łukaszenka Ødegård İstanbul"),
            "lukaszenka odegard istanbul"
        );
    }

    #[test]
    fn the_map_points_back() {
        let text = "aß’é";
        let (folded, map) = fold_mapped(text);
        assert_eq!(folded, "ass'e");
        assert_eq!(map, vec![0, 1, 1, 3, 6]);
    }
}
