//! Picture captions: told from running text by credits, and by the present tense with a place or day.
//!
//! Not here: captions that markup names, and repeats; `role` sees to those.

use super::line::{End, Line};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static VERBS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../assets/clean/picture-verbs.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Verbs that a caption does not begin with.
const NOT_SHOWN: [&str; 13] = [
    "that", "will", "would", "was", "were", "has", "had", "have", "is", "are", "this", "since",
    "to",
];

/// A picture credit at the end or beginning of a line.
static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\[?(?:photo|image|picture|pictured|file photo|photograph|illustration)\b\s*(?:by\b|:|\|)|\((?:[^()]{0,60}\b)?(?:photo|image|getty|reuters|afp|epa)\b[^()]{0,60}\)\.?$|(?:photo|image|picture)\s?(?:credit)?\s*:\s*[^.]{2,60}$|\bfile (?:photo|image|picture)\b|getty images\b.{0,20}$|\s©\s?\p{Lu}.{0,60}$",
    )
    .ok()
});

/// Words that every credit has one of: a quick look before [`CREDIT`].
static MAKERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = [
        "photo",
        "image",
        "picture",
        "illustration",
        "getty",
        "reuters",
        "afp",
        "epa",
        "©",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .ok()
});

/// A day or a year near the end, as captions have it: "in Oslo, March 3, 2020."
static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December))(?:, ?\d{4}| \d{4})?",
    )
    .ok()
});

/// True for a line that names its picture's maker.
pub(super) fn has_credit(text: &str) -> bool {
    let names = |maker: &AhoCorasick| maker.is_match(text);
    text.len() <= 700
        && MAKERS.as_ref().is_some_and(names)
        && CREDIT.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// True for a line that describes a picture: present tense, no reporting verb, a day near the end
/// of its first sentence.
pub(super) fn describes(text: &str, line: &Line) -> bool {
    if line.digits == 0 || line.reports || line.breaks > 1 || !(7..=60).contains(&line.words) {
        return false;
    }
    if !matches!(line.end, End::Sentence | End::Open) {
        return false;
    }
    let mut seen = false;
    let mut before = "";
    for raw in text.split_whitespace().take(40) {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        // "said that he holds" is speech, "has since" and "is" tell rather than show.
        if NOT_SHOWN.contains(&word) && !seen {
            return false;
        }
        // Many of the verbs are nouns too: only a name or a plural is a subject.
        let subject = before.starts_with(char::is_uppercase)
            || before.ends_with('s') && before.len() > 3
            || matches!(
                before,
                "people" | "police" | "men" | "women" | "children" | "crowd"
            );
        if subject && VERBS.contains(word) {
            seen = true;
        }
        before = word;
    }
    seen && DAY.as_ref().is_some_and(|rule| rule.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::clean::line;
    use crate::article::Article;

    fn describes_text(text: &str) -> bool {
        let article = Article {
            text: text.into(),
            ..Article::default()
        };
        describes(text, &line::lines(&article)[0])
    }

    #[test]
    fn pictures_are_described_in_the_present_tense() {
        assert!(describes_text(
            "Rescuers carry a boat along the quay in Bergen, Norway, March 3, 2019."
        ));
        assert!(describes_text(
            "Minister Ada Lind speaks to pilots in the harbour office on June 21."
        ));
        assert!(!describes_text(
            "The minister spoke to pilots in the harbour office on June 21."
        ));
        assert!(!describes_text(
            "She said she walks to the harbour every day since June 21."
        ));
        assert!(!describes_text("The port holds 40 ships."));
        assert!(!describes_text(
            "Her first foreign visit since the August 9 vote ends in a row over ferries."
        ));
    }

    #[test]
    fn credits_are_seen() {
        assert!(has_credit("The quay at night. (AP Photo/Ada Lind)"));
        assert!(has_credit("Photo: the quay at night"));
        assert!(!has_credit("He took a photo of the quay and left."));
    }
}
