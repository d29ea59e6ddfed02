//! Comparing two names: are they spellings of one, how sure is it, and why.
//!
//! Words are aligned (surname with surname, given name with given name), each pair is judged by
//! [`super::edit`]; who stands beside the names is judged elsewhere.

use super::alike;
use super::edit;
use super::skeleton;
use crate::annotate::EntityKind;
use crate::annotate::entity::group::{facts, form, given};

/// How well two names go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    /// Evidence in the unit of [`edit::evidence`], of the weakest part; 10 for equal parts.
    pub score: f32,
    /// What kind of pair it is.
    pub pair: Pair,
    /// Log-odds by [`alike`] less its threshold; 0 where only single words are compared.
    pub odds: f32,
}

/// What two names have of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pair {
    /// Both are full names.
    Full,
    /// Both full, and the words of one stand in another order in the other.
    Turned,
    /// Both full, but one given name is only an initial.
    Initial,
    /// One is a surname alone.
    Short,
    /// Both are single words.
    Single,
    /// Names that are not persons'.
    Thing,
}

/// Equal words count this much: more than any two spellings that differ.
pub(super) const EQUAL: f32 = 10.0;

/// Least evidence for two spellings of a surname, by length: long words that agree in most
/// letters say more than short ones. Pairs below are not even looked at.
pub(super) fn floor(length: usize) -> f32 {
    match length {
        0..=3 => EQUAL,
        4 => 0.0,
        5..=7 => -1.0,
        8..=9 => -2.0,
        _ => -3.2,
    }
}

/// Less is asked of no two words, with room for a caller that is more generous.
const LEAST_EVIDENCE: f32 = -7.0;

/// Evidence that two words are spellings of one name; a first sound of another class speaks
/// against it, and so does a masculine beside a feminine surname.
pub(super) fn words_alike(a: &str, b: &str) -> f32 {
    if a == b {
        return EQUAL;
    }
    let first = |word: &str| skeleton::code(word.get(..2).unwrap_or(word)).chars().next();
    let initial = |word: &str| word.chars().next();
    // Below the least floor it does not matter by how much.
    let mut score = edit::evidence_above(a, b, LEAST_EVIDENCE);
    if initial(a) != initial(b) && first(a) != first(b) {
        score -= 3.0;
    }
    if genders_differ(a, b) {
        score -= 8.0;
    }
    score.min(EQUAL - 1.0)
}

/// `Sokolov` and `Sokolova` are two people: spouses, or father and daughter.
pub(super) fn genders_differ(a: &str, b: &str) -> bool {
    const PAIRS: [(&str, &str); 10] = [
        ("ov", "ova"),
        ("ev", "eva"),
        ("in", "ina"),
        ("yn", "yna"),
        ("ky", "kaya"),
        ("kiy", "kaya"),
        ("kii", "kaia"),
        ("ki", "ka"),
        ("ky", "ka"),
        ("oy", "aya"),
    ];
    let differ = |man: &str, woman: &str| {
        PAIRS.iter().any(|(m, f)| {
            // Endings of the one kind, and a stem that could be the same.
            man.ends_with(m) && woman.ends_with(f) && man.len() > m.len() + 2
        })
    };
    differ(a, b) || differ(b, a)
}

/// The words that tell: all but particles, or all where nothing else is there.
pub(super) fn significant(words: &[String]) -> Vec<&str> {
    let kept: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|w| !form::is_particle(w))
        .collect();
    if kept.is_empty() {
        words.iter().map(String::as_str).collect()
    } else {
        kept
    }
}

/// The words of a person's name that count, without particles.
pub(super) fn is_full(words: &[String]) -> bool {
    significant(words).len() > 1
}

/// Whether two given names can be one person's, and how strongly: [`EQUAL`] for equal names or
/// names of one family, `None` where they are different people's.
fn given_alike(a: &str, b: &str) -> Option<f32> {
    if given::same(a, b) {
        return Some(EQUAL);
    }
    // Two names that the table knows, of different families, are different names.
    if !given::families(a).is_empty() && !given::families(b).is_empty() {
        return None;
    }
    let least = match a.len().min(b.len()) {
        0..=2 => EQUAL,
        3..=4 => 0.5,
        _ => -1.5,
    };
    Some(words_alike(a, b)).filter(|score| *score >= least)
}

/// Compares two persons' names whose surnames have this much evidence.
pub(super) fn persons(a: &[String], b: &[String], surname: f32) -> Option<Match> {
    let (a, b) = (significant(a), significant(b));
    let pair = match (a.len() > 1, b.len() > 1) {
        (true, true) => Pair::Full,
        (false, false) => Pair::Single,
        _ => Pair::Short,
    };
    if pair != Pair::Full {
        return Some(Match {
            score: surname,
            pair,
            odds: 0.0,
        });
    }
    let (first_a, first_b) = (a.first()?, b.first()?);
    if given::initial(first_a, first_b) && first_a != first_b {
        let pair = Pair::Initial;
        return (surname >= EQUAL).then_some(Match {
            score: 0.0,
            pair,
            odds: 0.0,
        });
    }
    let first = given_alike(first_a, first_b)?;
    if a.len() > 2 && b.len() > 2 {
        let (middle_a, middle_b) = (a.get(1)?, b.get(1)?);
        if !given::initial(middle_a, middle_b) {
            given_alike(middle_a, middle_b)?;
        }
    }
    let score = surname.min(first);
    let odds = if score >= EQUAL && a.len() == b.len() {
        // The same words: what is learned could only agree.
        alike::CERTAIN
    } else {
        alike::of_words(&a, &b, true)
    };
    Some(Match { score, pair, odds })
}

/// The same words in another order ("Li Wei", "Wei Li"): one person of two customs, or two people.
pub(super) const TURNED: Match = Match {
    score: EQUAL,
    pair: Pair::Turned,
    odds: 0.0,
};

/// Shorter words of names of things are not taken for spellings of each other.
pub(super) const LEAST_THING: usize = 6;

/// Compares two names of organizations, places or other things, word by word.
pub(super) fn things(kind: EntityKind, a: &[String], b: &[String]) -> Option<Match> {
    let (a, b) = (significant(a), significant(b));
    if a.len() != b.len() {
        return None;
    }
    let mut differing = a.iter().zip(&b).filter(|(a, b)| a != b);
    let (first, more) = (differing.next(), differing.next());
    let mut score = EQUAL;
    if let Some((a, b)) = first {
        let digits = |word: &str| word.bytes().any(|c| c.is_ascii_digit());
        if more.is_some() || digits(a) || digits(b) || a.len().min(b.len()) < LEAST_THING {
            return None;
        }
        score = words_alike(a, b);
    }
    let least = if kind == EntityKind::Place { 0.0 } else { -0.5 };
    let known = |words: &[&str]| facts::lookup(&words.join(" ")).is_some();
    if score < least
        || (known(&a) && known(&b))
        || first.is_some_and(|(a, b)| known(&[a]) || known(&[b]))
    {
        return None;
    }
    Some(Match {
        score,
        pair: Pair::Thing,
        odds: alike::of_words(&a, &b, false),
    })
}

/// Two spellings and what differs, for a reason: "Khan, Xan: kh/x".
pub(super) fn differences(a: &str, b: &str) -> String {
    let dash = |side: String| {
        if side.is_empty() {
            "\u{2013}".to_owned()
        } else {
            side
        }
    };
    let said: Vec<String> = edit::changes(a, b)
        .into_iter()
        .map(|(from, to)| format!("{}/{}", dash(from), dash(to)))
        .collect();
    format!("{}, {}: {}", capitals(a), capitals(b), said.join(", "))
}

/// Folded words with capitals, for reading.
pub(super) fn capitals(words: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string());
        first.unwrap_or_default() + chars.as_str()
    };
    words.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// In words, how two names of one kind differ.
pub(super) fn describe(kind: EntityKind, a: &[String], b: &[String]) -> String {
    if kind != EntityKind::Person {
        let pairs: Vec<String> = a
            .iter()
            .zip(b)
            .filter(|(a, b)| a != b)
            .map(|(a, b)| differences(a, b))
            .collect();
        return format!("spelled another way ({})", pairs.join("; "));
    }
    if a.len() != b.len() && is_full(a) && is_full(b) {
        return alike::tell(a, b, true);
    }
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else {
        return String::new();
    };
    let part = |what: &str, a: &str, b: &str| {
        if a == b {
            format!("same {what}")
        } else {
            format!("{what} spelled another way ({})", differences(a, b))
        }
    };
    let surname = part("surname", last_a, last_b);
    match (a, b) {
        ([first_a, _, ..], [first_b, _, ..]) if first_a == first_b && last_a == last_b => {
            format!("{surname} and first name")
        }
        ([first_a, _, ..], [first_b, _, ..]) => {
            format!("{surname}, {}", part("first name", first_a, first_b))
        }
        _ => surname,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::entity::record::words_of;

    fn compare(a: &str, b: &str) -> Option<f32> {
        let words = |name| words_of(EntityKind::Person, name);
        let (a, b) = (words(a), words(b));
        let surname = words_alike(a.last()?, b.last()?);
        let enough = surname >= floor(a.last()?.len().min(b.last()?.len()));
        persons(&a, &b, surname).filter(|_| enough).map(|m| m.score)
    }

    #[test]
    fn spellings_of_one_person() {
        for (a, b) in [
            ("Yulia Zhelezhnaya", "Julija Zhelesnaja"),
            ("Sergei Kharitonov", "Siarhei Haritonov"),
            ("Mohammed Al-Hashimi", "Muhammad Al-Hashemi"),
            ("Joe Marlow", "Joseph Marlow"),
            ("Michel Dupont", "Mitchell Dupond"),
        ] {
            assert!(compare(a, b).is_some(), "{a} = {b}");
        }
    }

    #[test]
    fn different_people() {
        for (a, b) in [
            ("Olga Barsova", "Oleg Barsov"),
            ("Anna Sokolova", "Anna Sokolov"),
            ("John Carter", "Jane Carter"),
            ("Kim Jong Man", "Kim Jong Sik"),
            ("Petra Novak", "Petra Horak"),
            ("Peter Morris", "Paul Norris"),
        ] {
            assert_eq!(compare(a, b), None, "{a} / {b}");
        }
    }

    #[test]
    fn things_differ_in_one_word_at_most() {
        let words = |name| words_of(EntityKind::Org, name);
        let same = |a, b| things(EntityKind::Org, &words(a), &words(b)).is_some();
        assert!(same("Ministry of Defence", "Ministry of Defense"));
        assert!(!same("World Games 2018", "World Games 2022"));
        assert!(!same("Bank of Armenia", "Bank of America"));
        assert!(!same("Austria", "Australia"));
    }
}
