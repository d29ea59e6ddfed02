//! Date stamps, date headers glued to a first sentence, and datelines (the place of filing).
//!
//! Not here: what the dates mean. These functions only say where such a header ends.

use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Month,
    Weekday,
    /// Zones, clock words and labels such as "updated".
    Label,
    /// "at", "of": between the others, and no sign of anything.
    Glue,
    /// A day, a year, a time.
    Number,
    /// A whole date in figures.
    Date,
    Other,
}

static WORDS: LazyLock<BTreeMap<&'static str, Word>> = LazyLock::new(|| {
    let mut made = BTreeMap::new();
    for line in include_str!("../../../assets/clean/stamp-words.tsv").lines() {
        let Some((kind, words)) = line.split_once('\t') else {
            continue;
        };
        let kind = match kind {
            "month" => Word::Month,
            "weekday" => Word::Weekday,
            "glue" => Word::Glue,
            _ => Word::Label,
        };
        for word in words.split(' ') {
            made.entry(word).or_insert(kind);
        }
    }
    made
});

/// Bytes of the longest word of a stamp, and some to spare.
const LONGEST: usize = 32;

fn word(token: &str) -> Word {
    let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return Word::Glue;
    }
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    if digits > 0 {
        let seps = bare
            .bytes()
            .filter(|b| matches!(b, b'/' | b'-' | b'.'))
            .count();
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        return if seps >= 2 && digits >= 4 && letters <= 4 {
            Word::Date
        } else if letters <= 3 || bare.starts_with("GMT") || bare.starts_with("UTC") {
            Word::Number
        } else {
            Word::Other
        };
    }
    if bare.len() > LONGEST {
        return Word::Other;
    }
    let low: String = bare
        .chars()
        .filter(|c| *c != '.')
        .flat_map(char::to_lowercase)
        .collect();
    WORDS.get(low.as_str()).copied().unwrap_or(Word::Other)
}

/// What a short line has of a date stamp.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stamp {
    /// A month with a year or clock, or a whole date in figures, stands in it.
    pub(super) dated: bool,
    /// Words that belong to stamps.
    pub(super) known: u32,
    /// Words that do not.
    pub(super) other: u32,
}

/// Reads a short line as a stamp; stops where other words are too many for one.
pub(super) fn read(text: &str) -> Stamp {
    let (mut month, mut year, mut day, mut date) = (false, false, false, false);
    let mut made = Stamp::default();
    let breaks = |c: char| c.is_whitespace() || matches!(c, '|' | ',' | '·' | '•' | '(' | ')');
    for token in text.split(breaks).filter(|t| !t.is_empty()) {
        let kind = word(token);
        match kind {
            Word::Month => month = true,
            Word::Number => {
                let digits = token.bytes().filter(u8::is_ascii_digit).count();
                year |= digits >= 4;
                day |= token.contains(':') || digits >= 3;
            }
            Word::Date => date = true,
            Word::Weekday => day = true,
            Word::Label | Word::Glue | Word::Other => {}
        }
        match kind {
            Word::Glue => {}
            Word::Other if made.other > 8 => break,
            Word::Other => made.other += 1,
            _ => made.known += 1,
        }
    }
    // A month and a small figure alone are an archive's count as often as a day.
    made.dated = date || month && (year || day && made.known >= 3);
    made
}

/// True for a line that is a date stamp and no more ("Friday, October 2, 2020 | 3 min read").
pub(super) fn is_stamp(text: &str) -> bool {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let stamp = read(text);
    stamp.dated && stamp.known <= 16 && stamp.other <= stamp.known / 4
}

static HEADER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let label = r"(?:(?i:date|published|posted|updated|dated)\b(?i: on)?[\s:]*)";
    let clock = r"(?:[T,\s]\s*\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[AaPp]\.?[Mm]\.?\b)?\s*(?:Z\b|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d\d)?|GMT|UTC|[A-Z]{2,4}T\b)?)?";
    let iso = r"\d{4}[-/.]\d{2}[-/.]\d{2}";
    let month = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?";
    let named = format!(
        r"(?:(?:[A-Z][a-z]{{2,8}},?\s)?(?:{month}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s{month},?\s\d{{4}}))"
    );
    let rule = r"\s*(?:--|[|—–:-])";
    Regex::new(&format!(
        r"^(?:{label}?{iso}{clock}(?:{rule})?|{label}{named}{clock}(?:{rule})?|{named}{clock}{rule})\s+"
    ))
    .ok()
});

static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let caps = r"\p{Lu}[\p{Lu}.'’]+(?:[ /-]\p{Lu}[\p{Lu}.'’]*){0,3}";
    let mixed = r"\p{Lu}[\p{L}.'’]+(?:[ /-]\p{Lu}[\p{L}.'’]*){0,3}";
    let region = r",\s\p{Lu}[\p{L}.'’]+(?:\s\p{Lu}[\p{L}.]*){0,2}";
    let day = r",?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}(?:,\s\d{4})?";
    let credit = r"\s?\([^()\n]{2,40}\)";
    let dash = r"(?:\s?(?:--+|—|–)\s?|\s-\s)";
    Regex::new(&format!(
        r"^(?:{caps}(?:{region})?(?:{day})?(?:{credit})?{dash}|{caps}{region}(?:{credit})?:\s|{mixed}(?:{region})?(?:{day})?{credit}{dash}|{mixed}(?:{region})?{day}{dash}|{credit}{dash})"
    ))
    .ok()
});

/// Words in capitals that stand before a dash or colon and are no place.
const NO_PLACE: [&str; 16] = [
    "ADVERTISEMENT",
    "ANALYSIS",
    "BREAKING",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "EXPLAINER",
    "FILE",
    "LIVE",
    "OPINION",
    "PHOTO",
    "PHOTOS",
    "READ",
    "UPDATE",
    "VIDEO",
    "WATCH",
];

/// Bytes of a date header that is glued to the first sentence ("date 2021-07-29 The talks ...").
pub(super) fn header(text: &str) -> Option<usize> {
    let front = short(text);
    if !front.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let head = HEADER.as_ref()?.find(front)?;
    leads_on(text, head.end()).then_some(head.end())
}

/// Bytes of a dateline in front of the first sentence ("PARIS, March 3 (Kestrel Wire) - ").
pub(super) fn dateline(text: &str) -> Option<usize> {
    // Most lines have no dash near their beginning, and need no regular expression to say so.
    let front = short(text);
    if !front.contains(['—', '–'])
        && !front.contains("--")
        && !front.contains(" - ")
        && !front.contains(": ")
    {
        return None;
    }
    let found = DATELINE.as_ref()?.find(front)?;
    let first = found.as_str().split([' ', ',', ':', '-']).next()?;
    let place = first.trim_matches(|c: char| !c.is_alphanumeric());
    let known = place.chars().count() >= 3 || found.as_str().contains(' ');
    (known && !NO_PLACE.contains(&place) && leads_on(text, found.end())).then_some(found.end())
}

/// The first bytes of a line, where headers stand.
fn short(text: &str) -> &str {
    let mut cut = text.len().min(160);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    text.get(..cut).unwrap_or(text)
}

/// True where a sentence goes on at byte `at`: a capital, figure or quote, and a few words.
fn leads_on(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("").trim_start();
    let opens = rest
        .trim_start_matches(['"', '\'', '“', '‘', '(', '[', '«'])
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii());
    opens && rest.split_whitespace().nth(3).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_not_sentences() {
        for yes in [
            "3 Mar 2020, 07:15 GMT+2",
            "Friday, October 2, 2020 | 3 min read",
            "Published: Monday, 24 May 2021",
            "2020-09-14T10:00:00Z",
            "Last updated on 03/04/2021 at 10:15 a.m.",
            "24 сентября 2020, 00:40",
        ] {
            assert!(is_stamp(yes), "{yes}");
        }
        for no in [
            "The strike of May 2020",
            "On March 3 the port reopened and work began again",
            "Sunday decided nothing",
            "0:00 0:02:11 0:00",
        ] {
            assert!(!is_stamp(no), "{no}");
        }
    }

    #[test]
    fn headers_end_before_the_sentence() {
        let text = "date 2019-04-02 The ferry left the island at noon.";
        assert_eq!(header(text).map(|n| &text[n..n + 9]), Some("The ferry"));
        let text = "March 3, 2020 - The ferry left the island at noon.";
        assert_eq!(header(text).map(|n| &text[n..n + 9]), Some("The ferry"));
        assert_eq!(header("March 3, 2020 was a quiet day in town."), None);
        assert_eq!(header("2019 was a bad year for the ferry."), None);
    }

    #[test]
    fn datelines_end_before_the_sentence() {
        for (text, rest) in [
            ("OSLO -- The ferry left at noon.", "The"),
            (
                "PARIS, March 3 (Kestrel Wire) - The ferry left at noon.",
                "The",
            ),
            ("NEW HAVEN, Connecticut: The ferry left at noon.", "The"),
            ("Bergen, Norway (AP) — The ferry left at noon.", "The"),
            ("(CNN) -- The ferry left the quay.", "The"),
            ("ISMAILIA – “We wait,” the pilot said.", "“We"),
        ] {
            let end = dateline(text).unwrap_or(0);
            assert!(text[end..].starts_with(rest), "{text}");
        }
        for no in [
            "WATCH - The ferry leaves the quay",
            "The ferry -- a large one -- left at noon.",
            "BBC: The ferry left the quay at noon.",
            "Ferries - a short history of the trade in four parts",
        ] {
            assert_eq!(dateline(no), None, "{no}");
        }
    }
}
