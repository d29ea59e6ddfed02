//! Sentence boundaries in news text.
//!
//! Not here: paragraphs and roles, which are the business of cleaning. A scan for end marks
//! decides at each whether a sentence ends there; abbreviations come from the list of
//! [`super::token`]. Sentences rise, do not overlap, are not empty, lie inside the given stretch,
//! have no white space around them, and together hold every character that is not white space.

use super::Span;
use super::token::{Abbreviation, abbreviation, is_apostrophe};

/// Words that open a sentence far more often than they follow an abbreviation as part of a name.
const OPENERS: &[&str] = &[
    "A",
    "About",
    "After",
    "All",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "For",
    "Former",
    "From",
    "Given",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "Neither",
    "Nevertheless",
    "Next",
    "No",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "People",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Three",
    "Through",
    "Thus",
    "To",
    "Today",
    "Two",
    "Under",
    "Unlike",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Without",
    "Yet",
    "You",
    "Your",
];

/// Splits the text under `within` into sentences: rising, disjoint, without space around them.
///
/// A line break ends a sentence only before a blank line or a list item; closing quotes and
/// brackets after the end mark belong to the sentence they close.
///
/// ```
/// use dateline::text::{Span, sentence::split};
/// let text = "Mr. Roe left the U.S. on Sept. 2. \"Why?\" he asked. (No answer came.) Rain fell.";
/// let said: Vec<&str> = split(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect();
/// assert_eq!(said[1..], ["\"Why?\" he asked.", "(No answer came.)", "Rain fell."]);
/// ```
pub fn split(text: &str, within: Span) -> Vec<Span> {
    let inner = within.of(text);
    let bytes = inner.as_bytes();
    let mut made = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut cut = |from: usize, to: usize| {
        let span = Span::new(from, to).trim(inner);
        if !span.is_empty() {
            made.push(span.shift(within.start as usize));
        }
    };
    while let Some(found) = next_mark(bytes, at) {
        let end = match bytes.get(found) {
            Some(b'\n') => breaks_line(inner, found).then_some(found + 1),
            _ => mark_end(inner, found, start),
        };
        // Marks that stand together ("?!", "...") are judged once, as a whole.
        at = after_marks(inner, found);
        if let Some(end) = end {
            cut(start, end);
            start = end;
            at = at.max(end);
        }
    }
    cut(start, inner.len());
    made
}

fn next_mark(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    // 0xE2 begins the ellipsis, and quotes and dashes, which `mark_end` refuses at once.
    rest.iter()
        .position(|b| matches!(b, b'.' | b'!' | b'?' | b'\n' | 0xE2))
        .map(|found| at + found)
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉')
}

/// The byte after the run of end marks at `found`, or after the one character there.
fn after_marks(text: &str, found: usize) -> usize {
    let rest = text.get(found..).unwrap_or("");
    let run = rest.len() - rest.trim_start_matches(is_end_mark).len();
    let first = rest.chars().next().map_or(1, char::len_utf8);
    found + run.max(first)
}

/// True where the line break at `found` ends a sentence.
fn breaks_line(text: &str, found: usize) -> bool {
    let rest = text.get(found + 1..).unwrap_or("");
    let line = rest.split('\n').next().unwrap_or("");
    line.trim().is_empty() || is_list_item(line.trim_start())
}

fn is_list_item(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let after = chars.as_str();
    if matches!(first, '-' | '*' | '•' | '·' | '▪' | '–' | '—' | '‣' | '◦') {
        return after.starts_with([' ', '\t', '\u{A0}']);
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = line.get(digits..).unwrap_or("");
    (1..=2).contains(&digits) && (mark.starts_with(". ") || mark.starts_with(") "))
}

/// Where the sentence ends whose end mark begins at `found`, closing marks included.
fn mark_end(text: &str, found: usize, start: usize) -> Option<usize> {
    let marks_end = after_marks(text, found);
    let marks = text.get(found..marks_end)?;
    if !marks.starts_with(is_end_mark) {
        return None;
    }
    let rest = text.get(marks_end..)?;
    let closing = closers(rest);
    let end = marks_end + closing;
    let after = text.get(end..)?;
    let Some(next) = after.chars().next() else {
        return Some(end);
    };
    let before = word_before(text, start, found);
    if !next.is_whitespace() {
        // "said.The": the space after the sentence was lost.
        let lost = marks == "."
            && closing == 0
            && next.is_uppercase()
            && after
                .chars()
                .nth(1)
                .is_some_and(|c| c.is_lowercase() || c == ' ')
            && before.len() > 2
            && before.chars().all(char::is_lowercase);
        return lost.then_some(end);
    }
    let opening = after.trim_start();
    if opening.is_empty() {
        return Some(end);
    }
    let blank = after
        .get(..after.len() - opening.len())
        .is_some_and(|gap| gap.bytes().filter(|b| *b == b'\n').count() > 1);
    if blank {
        return Some(end);
    }
    let head = opening.trim_start_matches(is_opening);
    let first = head.chars().next()?;
    // "iPhone sales" opens a sentence; "and so on" does not.
    let brand = first.is_lowercase() && head.chars().nth(1).is_some_and(char::is_uppercase);
    if first.is_lowercase() && !brand {
        return None;
    }
    if marks != "." || closing > 0 && !before_is_abbreviation(before) {
        return Some(end);
    }
    ends_after(before, text, start, found, head).then_some(end)
}

fn before_is_abbreviation(before: &str) -> bool {
    is_acronym(before) || abbreviation(before).is_some()
}

/// Decides a single dot after the word `before`, with `head` the text that follows.
fn ends_after(before: &str, text: &str, start: usize, found: usize, head: &str) -> bool {
    if before.is_empty() {
        // A dot on its own after a space, as tokenized texts have it.
        return true;
    }
    if before.bytes().all(|b| b.is_ascii_digit()) && before.len() <= 2 {
        // "1. First" numbers a list; "at 10. The" ends a sentence.
        let lead = text.get(start..found - before.len()).unwrap_or("");
        return !lead.trim().is_empty();
    }
    let opener = || OPENERS.binary_search(&first_word(head)).is_ok();
    match abbreviation(before) {
        Some(Abbreviation::Title) => return false,
        Some(Abbreviation::Number) => return !head.starts_with(|c: char| c.is_ascii_digit()),
        Some(Abbreviation::Maybe) => return opener(),
        None => {}
    }
    let mut chars = before.chars();
    let single = chars.next().is_some_and(char::is_uppercase) && chars.as_str().is_empty();
    if single || is_acronym(before) {
        return opener();
    }
    true
}

/// `U.S`, `a.m`, `Ph.D`: short stretches between dots.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        })
}

fn first_word(head: &str) -> &str {
    let end = head
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(head.len());
    head.get(..end).unwrap_or("")
}

/// The word that ends at byte `end`, without quotes or brackets before it.
fn word_before(text: &str, start: usize, end: usize) -> &str {
    let part = text.get(start..end).unwrap_or("");
    let from = part
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '.')
        .last()
        .map_or(part.len(), |(at, _)| at);
    part.get(from..).unwrap_or("").trim_start_matches('.')
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '„' | '«' | '‘' | '(' | '[' | '{' | '`' | '¿' | '¡' | '—' | '–' | '-'
    ) || is_apostrophe(c)
}

/// Length in bytes of the closing quotes and brackets that `rest` begins with.
fn closers(rest: &str) -> usize {
    let is_closing = |c: char| matches!(c, '"' | '”' | '»' | ')' | ']' | '}') || is_apostrophe(c);
    let touching = rest.len() - rest.trim_start_matches(is_closing).len();
    // Tokenized texts part a closing pair of apostrophes from its sentence: `. ''`.
    let spaced = rest.get(touching..).unwrap_or("");
    if touching == 0 && spaced.starts_with(" ''") {
        return 3;
    }
    touching
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> Vec<&str> {
        split(text, Span::new(0, text.len()))
            .iter()
            .map(|s| s.of(text))
            .collect()
    }

    #[test]
    fn openers_are_sorted() {
        assert!(OPENERS.is_sorted());
    }

    #[test]
    fn one_sentence_stays_one() {
        for text in [
            "Mr. Roe of Acme Inc. met Gen. J. R. Hale at 10 a.m. Monday in St. Paul, Minn., on Sept. 2.",
            "The No. 2 party won 10.5 percent in the U.S. Senate race.",
            "\"Will it rain?\" she asked.",
            "He waited ... and waited… in vain.",
            "A line that\nwraps goes on.",
            "Visit example.com for more.",
        ] {
            assert_eq!(said(text), [text]);
        }
    }

    #[test]
    fn boundaries() {
        for (text, want) in [
            ("He left.\" Then rain fell.", "He left.\"|Then rain fell."),
            (
                "He flew to the U.S. The visit was short.",
                "He flew to the U.S.|The visit was short.",
            ),
            (
                "It ended at 5 p.m. He slept.",
                "It ended at 5 p.m.|He slept.",
            ),
            (
                "It rose to 10. It fell to 3.",
                "It rose to 10.|It fell to 3.",
            ),
            ("What now?! Nobody knew.", "What now?!|Nobody knew."),
            ("He was gone... Nobody knew.", "He was gone...|Nobody knew."),
            ("Heading\n\nText here.", "Heading|Text here."),
            ("Points:\n- one\n- two", "Points:|- one|- two"),
            (
                "1. First thing. 2. Second thing.",
                "1. First thing.|2. Second thing.",
            ),
            ("He said.The end came.", "He said.|The end came."),
            (
                "“No.” “Yes.” (Really.) Fine.",
                "“No.”|“Yes.”|(Really.)|Fine.",
            ),
            (
                "It works. iPhone sales rose.",
                "It works.|iPhone sales rose.",
            ),
            ("He is in. 20 came.", "He is in.|20 came."),
        ] {
            assert_eq!(said(text).join("|"), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn sentences_cover_the_text(text in "(\\PC|[A-Za-z.?!\"'’ \\n-]|[0-9.…]){0,80}", cut in 0usize..9) {
            let start = text.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(0);
            let within = Span::new(start, text.len());
            let mut at = start as u32;
            for span in split(&text, within) {
                prop_assert!(within.contains(span) && !span.is_empty() && span.start >= at);
                prop_assert_eq!(span.trim(&text), span);
                let gap = Span { start: at, end: span.start };
                prop_assert!(gap.of(&text).chars().all(char::is_whitespace));
                at = span.end;
            }
            let rest = Span { start: at, end: within.end };
            prop_assert!(rest.of(&text).chars().all(char::is_whitespace));
        }
    }
}
