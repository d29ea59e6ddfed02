//! How likely two names are names of one, and why: a logistic regression that can be read.
//!
//! Two levels. [`word`] says how likely two words are spellings of one (letters, sounds, the
//! learned edit costs of `super::edit`); [`pair`] aligns the words of two names and weighs what
//! answers to what: letters that differ, words replaced or added, order, initials, given names of
//! one family, legal forms, numbers. The weights (`assets/resolve/alike.txt`) hold no words; how
//! they were made stands in `assets/resolve/README.md`. Names in any script can be compared.

mod align;
pub mod fit;
pub mod pair;
mod reason;
mod token;
pub mod word;

use std::sync::LazyLock;
use token::Name;

/// The weights of both levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// In the order of [`word::NAMES`].
    pub word: [f32; word::NAMES.len()],
    /// In the order of [`pair::NAMES`], for persons.
    pub person: [f32; pair::NAMES.len()],
    /// The same for names of things.
    pub thing: [f32; pair::NAMES.len()],
    /// Log-odds from which two names are called the same.
    pub threshold: f32,
}

impl Weights {
    /// Reads lines of `word.NAME WEIGHT`, `person.NAME WEIGHT`, `thing.NAME WEIGHT` and
    /// `threshold ODDS`; what is not named is 0.
    pub fn parse(text: &str) -> Self {
        let mut made = Self {
            word: [0.0; word::NAMES.len()],
            person: [0.0; pair::NAMES.len()],
            thing: [0.0; pair::NAMES.len()],
            threshold: 0.0,
        };
        for line in text.lines() {
            let Some((name, Ok(weight))) = line.split_once(' ').map(|(n, w)| (n, w.trim().parse()))
            else {
                continue;
            };
            let (level, name) = name.split_once('.').unwrap_or((name, ""));
            let at = |names: &[&str]| names.iter().position(|known| *known == name);
            let slot = match level {
                "word" => at(&word::NAMES).and_then(|at| made.word.get_mut(at)),
                "person" => at(&pair::NAMES).and_then(|at| made.person.get_mut(at)),
                "thing" => at(&pair::NAMES).and_then(|at| made.thing.get_mut(at)),
                "threshold" => Some(&mut made.threshold),
                _ => None,
            };
            if let Some(slot) = slot {
                *slot = weight;
            }
        }
        made
    }

    /// The weights that the program uses.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Weights> =
            LazyLock::new(|| Weights::parse(include_str!("../../../assets/resolve/alike.txt")));
        &SHIPPED
    }
}

/// How alike two names are.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Log-odds that they are names of one; 0 is even.
    pub odds: f32,
    /// What speaks most for and against, in words.
    pub reason: String,
}

/// Compares two names of persons, or of organizations and other things, in any script.
///
/// ```
/// use dateline::resolve::entity::alike::alike;
/// let near = alike("Yulia Zhelezhnaya", "Julija Zhelesnaja", true);
/// let far = alike("Yulia Zhelezhnaya", "Maria Petersen", true);
/// assert!(near.odds > 0.0 && far.odds < 0.0);
/// ```
pub fn alike(a: &str, b: &str, person: bool) -> Alike {
    let weights = Weights::shipped();
    let compared = pair::compare(weights, Name::of(a, person), Name::of(b, person), person);
    Alike {
        odds: sum(weights, &compared.features, person),
        reason: reason::tell(&compared, person),
    }
}

fn sum(weights: &Weights, features: &[f32; pair::NAMES.len()], person: bool) -> f32 {
    let weights = if person {
        &weights.person
    } else {
        &weights.thing
    };
    features.iter().zip(weights).map(|(x, w)| x * w).sum()
}

/// Odds of names that are the same word by word.
pub(super) const CERTAIN: f32 = 10.0;

/// Log-odds that two names in folded words are of one, less the threshold.
pub(super) fn of_words(a: &[&str], b: &[&str], person: bool) -> f32 {
    let weights = Weights::shipped();
    let name = |words: &[&str]| Name::of(&words.join(" "), person);
    let features = pair::compare(weights, name(a), name(b), person).features;
    sum(weights, &features, person) - weights.threshold
}

/// What answers to what in two names in folded words, for a reason.
pub(super) fn tell(a: &[String], b: &[String], person: bool) -> String {
    let name = |words: &[String]| Name::of(&words.join(" "), person);
    let compared = pair::compare(Weights::shipped(), name(a), name(b), person);
    reason::tell(&compared, person)
}

/// Log-odds that two words are spellings of one name.
pub fn words_alike(a: &str, b: &str) -> f32 {
    let (a, b) = (Name::of(a, true), Name::of(b, true));
    word::odds(Weights::shipped(), &a.joined, &b.joined)
}

/// The features of two words, for training.
pub fn word_features(a: &str, b: &str) -> [f32; word::NAMES.len()] {
    let (a, b) = (Name::of(a, true), Name::of(b, true));
    word::features(&a.joined, &b.joined)
}

/// The features of two names under given weights of words, for training.
pub fn name_features(
    weights: &Weights,
    a: &str,
    b: &str,
    person: bool,
) -> [f32; pair::NAMES.len()] {
    pair::compare(weights, Name::of(a, person), Name::of(b, person), person).features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_known() {
        let text = include_str!("../../../assets/resolve/alike.txt");
        let known = |line: &str| {
            let name = line.split(' ').next().unwrap_or("");
            let (level, name) = name.split_once('.').unwrap_or((name, ""));
            match level {
                "word" => word::NAMES.contains(&name),
                "person" | "thing" => pair::NAMES.contains(&name),
                other => other == "threshold",
            }
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            assert!(known(line), "{line}");
        }
    }

    #[test]
    fn tells_people_apart() {
        let odds = |a, b| alike(a, b, true).odds;
        assert!(odds("Сергей Харитонов", "Sergei Kharitonov") > 0.0);
        assert!(odds("Joe Marlow", "Joseph Marlow") > 0.0);
        assert!(odds("Petra Novak", "Anna Novak") < 0.0);
        assert!(odds("Hans Jurgen", "Jurgen Hans") < odds("Hans Jurgen", "Hans Jurgen"));
        assert!(odds("", "").is_finite() && odds("日本", "").is_finite());
    }

    #[test]
    fn tells_companies_apart() {
        let odds = |a, b| alike(a, b, false).odds;
        assert!(odds("Lantern Works Ltd", "Lantern Works Limited") > 0.0);
        assert!(odds("Bank of Armenia", "Bank of America") < 0.0);
    }

    #[test]
    fn says_why() {
        let reason = |a, b, person| alike(a, b, person).reason;
        let said = reason("Joe Marlow", "Joseph Marlowe", true);
        assert_eq!(
            said,
            "joe and joseph are one given name; one letter differs in marlow, marlowe (–/e)"
        );
        let said = reason("Ada B. Reyes", "Reyes, Ada Maria", true);
        assert!(said.contains("b against maria"), "{said}");
        let said = reason("Harbour Fund 3 Ltd", "Harbour Fund 4 GmbH", false);
        assert_eq!(
            said,
            "same harbour, fund; 3 against 4; other legal form (ltd, gmbh)"
        );
    }
}
