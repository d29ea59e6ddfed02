//! The form of a name: its words folded for comparison, without title, possessive and dots.
//!
//! Not here: whether two forms are one name. A form keeps the order of words; words are folded
//! as [`crate::text::normalize::fold`] does, and none is empty.

use crate::text::{Span, normalize};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that stand before a person's name and are no part of it.
static TITLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../../assets/resolve/titles.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Small words inside names: they tie the name together and tell nobody apart.
const PARTICLES: [&str; 26] = [
    "al", "el", "bin", "ben", "ibn", "bint", "abu", "de", "da", "do", "dos", "del", "della", "di",
    "la", "le", "van", "von", "der", "den", "ter", "in", "of", "the", "and", "for",
];

/// What follows a person's name and is no part of it.
const SUFFIXES: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mp"];

/// True for titles, ranks and offices ("president", "ms").
pub fn is_title(folded: &str) -> bool {
    TITLES.contains(folded)
}

/// True for words such as `bin`, `van`, `of`.
pub fn is_particle(folded: &str) -> bool {
    PARTICLES.contains(&folded)
}

/// The words of a name, folded; dots and quotes at the ends of words are gone.
pub fn words(name: &str) -> Vec<String> {
    let folded = normalize::fold(without_possessive(name));
    folded
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | '(' | ')' | '[' | ']' | ';'))
        .map(clean_word)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Inner dots go where every part between them is one letter (`u.s.`), so that `U.S.` is `us`.
fn clean_word(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1) {
        word.chars().filter(|c| *c != '.').collect()
    } else {
        word.to_owned()
    }
}

/// Offices that name a person even where other words stand before them ("Foreign Minister").
const OFFICES: [&str; 17] = [
    "ambassador",
    "chairman",
    "chancellor",
    "commissioner",
    "governor",
    "justice",
    "leader",
    "mayor",
    "minister",
    "president",
    "premier",
    "representative",
    "secretary",
    "senator",
    "spokesman",
    "spokesperson",
    "spokeswoman",
];

/// True for offices whose holder is named after them ("minister").
pub fn is_office(folded: &str) -> bool {
    OFFICES.contains(&folded)
}

/// How many words before a person's name are titles; never the last word.
///
/// "Foreign Minister Ada Reyes" has two, "of State Reyes", the rest of a title cut in two, as well.
fn titles_before(words: &[String]) -> usize {
    let Some((_, before)) = words.split_last() else {
        return 0;
    };
    let office = before
        .iter()
        .rposition(|word| OFFICES.contains(&word.as_str()));
    let mut at = office.map_or(0, |office| office + 1);
    loop {
        at += match before.get(at..).unwrap_or(&[]) {
            [of, _, ..] if of == "of" => 2,
            [title, ..] if is_title(title) => 1,
            _ => return at,
        };
    }
}

/// The words of a person's name: titles before it and suffixes after it are gone.
///
/// A name that is nothing but titles keeps its last word.
pub fn person_words(name: &str) -> Vec<String> {
    let mut words = words(name);
    while words.len() > 1 && words.last().is_some_and(|w| SUFFIXES.contains(&w.as_str())) {
        words.pop();
    }
    words.drain(..titles_before(&words));
    words
}

/// The name as a key: what differs only by case, accents, dots, "the" or possessive has one key.
pub fn key(words: &[String]) -> String {
    let words = match words {
        [first, rest @ ..] if first == "the" && !rest.is_empty() => rest,
        all => all,
    };
    words.join(" ")
}

/// A group name in the singular: `Belarusians` as `Belarusian`.
pub fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

/// The text without a possessive ending.
pub fn without_possessive(name: &str) -> &str {
    for ending in ["'s", "\u{2019}s", "'S", "\u{2019}S", "s'", "s\u{2019}"] {
        if let Some(stem) = name.strip_suffix(ending)
            && !stem.is_empty()
        {
            // `s'` keeps its s: the name itself ends in it.
            let keep = usize::from(ending.starts_with('s'));
            return name.get(..stem.len() + keep).unwrap_or(name);
        }
    }
    name.trim_end_matches(['\'', '\u{2019}'])
}

/// The span of a name without possessive, and for a person without the titles before it.
pub fn trim(text: &str, span: Span, person: bool) -> Span {
    let span = span.trim(text);
    let name = without_possessive(span.of(text));
    let mut start = span.start as usize;
    let end = start + name.len();
    if person {
        // Word by word as they stand, so that what is left keeps its place in the text.
        let pieces: Vec<&str> = name.split_whitespace().collect();
        let folded: Vec<String> = pieces.iter().map(|piece| bare(piece)).collect();
        if let Some(first) = pieces.get(titles_before(&folded)) {
            start += first.as_ptr() as usize - name.as_ptr() as usize;
        }
    }
    if start < end {
        Span::new(start, end)
    } else {
        span
    }
}

/// A word folded, without marks around it.
fn bare(word: &str) -> String {
    let folded = normalize::fold(word);
    folded
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// True for `OSCE`, `U.N.`, `RFE/RL`: two letters or more, most of them capitals, no space.
pub fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    (2..=10).contains(&letters)
        && !name.contains(char::is_whitespace)
        && capitals >= 2
        && 3 * capitals >= 2 * letters
}

/// True where the letters of `acronym` are the initials of `words`, with or without small words,
/// or where every letter opens a word or follows such a letter (`Interpol` is not, `NATO` is).
pub fn abbreviates(acronym: &str, words: &[String]) -> bool {
    let letters: Vec<char> = normalize::fold(acronym)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    if letters.len() < 2 || words.len() < 2 {
        return false;
    }
    let parts: Vec<&str> = words.iter().flat_map(|w| w.split(['-', '/'])).collect();
    let initials = |skip: bool| {
        parts
            .iter()
            .filter(move |w| !skip || !is_particle(w))
            .filter_map(|w| w.chars().next())
    };
    initials(false).eq(letters.iter().copied()) || initials(true).eq(letters.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_dots_titles_and_possessives() {
        assert_eq!(
            words("the U.S. State Department's").join(" "),
            "the us state department"
        );
        assert_eq!(
            person_words("Prof. Grace N. Okafor Jr.").join(" "),
            "grace n okafor"
        );
        assert_eq!(key(&words("The Hague")), "hague");
        assert_eq!(without_possessive("Ramos'"), "Ramos");
        assert_eq!(singular("iraqis"), "iraqi");
        assert_eq!(singular("swiss"), "swiss");
    }

    #[test]
    fn spans_are_cut_to_the_bare_name() {
        let text = "President Éva Kiss’s plan";
        assert_eq!(trim(text, Span::new(0, 23), true).of(text), "Éva Kiss");
        let text = "Tarskian Foreign Minister Ada Reyes";
        assert_eq!(
            trim(text, Span::new(0, text.len()), true).of(text),
            "Ada Reyes"
        );
        let text = "of State Reyes";
        assert_eq!(trim(text, Span::new(0, text.len()), true).of(text), "Reyes");
        assert_eq!(person_words("Martin Luther King").len(), 3);
        let only = "President";
        assert_eq!(trim(only, Span::new(0, 9), true).of(only), "President");
    }

    #[test]
    fn acronyms_are_initials() {
        let long = words("Organization for Tides and Currents in Europe");
        assert!(abbreviates("OTCE", &long));
        assert!(abbreviates("O.F.T.A.C.I.E.", &long));
        assert!(!abbreviates("OTX", &long));
        assert!(is_acronym("RFE/RL") && is_acronym("U.N.") && !is_acronym("Riga"));
    }
}
