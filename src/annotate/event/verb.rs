//! The finite verb of a stretch of words, with its tense.
//!
//! Closed lists of auxiliaries and verb forms decide, with what stands before a word: "disputed"
//! after a determiner is an adjective, "talks" after "the April" a noun.

use super::clause::Word;
use super::lexicon::{Forms, LEXICON};
use std::ops::Range;

/// The tense of a clause, as far as dating it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    /// "won", "was declared".
    Past,
    /// "has won".
    Perfect,
    /// "had won".
    Pluperfect,
    /// "wins", "is winning".
    Present,
    /// "will win", "is scheduled to win".
    Future,
    /// "could win", "must win".
    Modal,
}

/// The verb of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    /// Index of the finite word.
    pub(crate) at: usize,
    /// Index of the word that carries the meaning.
    pub(crate) main: usize,
    /// Base form of that word; an unknown -ed form is left as it is.
    pub(crate) base: String,
    /// Its tense.
    pub(crate) tense: Tense,
}

const ADVERBS: [&str; 24] = [
    "not", "also", "already", "never", "ever", "now", "then", "just", "only", "still", "so", "far",
    "since", "been", "being", "again", "all", "both", "even", "long", "later", "soon", "'t", "yet",
];

fn is_adverb(word: &str) -> bool {
    ADVERBS.contains(&word) || (word.ends_with("ly") && word.len() > 4)
}

const DETERMINERS: [&str; 25] = [
    "a", "an", "the", "this", "these", "those", "his", "her", "its", "their", "our", "my", "your",
    "some", "any", "no", "every", "each", "several", "many", "most", "of", "'s", "'", "'t",
];

/// The first finite verb in `range`; a form that only may be one counts where nothing better is.
pub(super) fn find_verb(words: &[Word], masked: &[bool], range: Range<usize>) -> Option<Verb> {
    let mut spare = None;
    for at in range.clone() {
        if masked.get(at).copied().unwrap_or(false) {
            continue;
        }
        let Some(word) = words.get(at) else { break };
        if let Some(verb) = auxiliary(words, masked, at, range.end) {
            return Some(verb);
        }
        let (form, known) = match LEXICON.verb(&word.text) {
            Some(form) => (form.forms, true),
            None if word.text.len() > 4 && word.text.ends_with("ed") && !word.capital => (
                Forms {
                    past: true,
                    participle: true,
                    ..Forms::default()
                },
                false,
            ),
            None => continue,
        };
        let before = at
            .checked_sub(1)
            .filter(|before| range.contains(before))
            .and_then(|i| words.get(i));
        let next = words.get(at + 1).map_or("", |next| next.text.as_str());
        let prev = before.map_or("", |before| before.text.as_str());
        let base = || {
            LEXICON
                .verb(&word.text)
                .map_or_else(|| word.text.clone(), |form| form.base.to_owned())
        };
        let made = |tense| Verb {
            at,
            main: at,
            base: base(),
            tense,
        };
        if DETERMINERS.contains(&prev) || prev == "to" || prev.ends_with('-') || next == "-" {
            continue;
        }
        if form.past {
            // "by disputed votes", "in broken English": after a preposition it is an adjective.
            if is_preposition(prev) {
                continue;
            }
            // "ran" after a comma is a verb; "loaded" may be a participle.
            let sure = !form.base && known && !prev.is_empty() && (prev != "," || !form.participle);
            // "Crowe, the mayor jailed in April, lost": the verb comes after the comma.
            let apart = form.participle && in_apposition(words, range.start, at, range.end);
            if sure && !apart {
                return Some(made(Tense::Past));
            }
            let ambiguous_base = form.base && !likely_verb(before, next);
            // ", who has ruled since May, won": after the comma the main clause goes on.
            let resumes = known
                && at == range.start
                && at
                    .checked_sub(1)
                    .and_then(|i| words.get(i))
                    .is_some_and(|word| word.text == ",");
            if spare.is_none() && (resumes || !prev.is_empty()) && !ambiguous_base {
                spare = Some(made(Tense::Past));
            }
        } else if matches!(word.text.as_str(), "says" | "tells" | "adds" | "warns")
            && before.is_some_and(Word::is_letter)
            && !is_preposition(prev)
        {
            return Some(made(Tense::Present));
        } else if (form.third || form.base) && likely_verb(before, next) && !is_preposition(prev) {
            // A present form that is also a noun ("talks", "attacks") needs the look of a verb.
            let noun = LEXICON.class_of_noun(&word.text).is_some();
            // After a name or a pronoun it is a verb; elsewhere it may be a plural ("places").
            let subject = before.is_some_and(|before| {
                before.capital
                    || matches!(
                        before.text.as_str(),
                        "who" | "which" | "that" | "he" | "she" | "it"
                    )
            });
            if form.third && !noun && subject {
                return Some(made(Tense::Present));
            }
            // "the April talks": a determiner shortly before makes it a noun.
            let determined = (2..=3)
                .filter_map(|by| words.get(at.checked_sub(by)?))
                .any(|word| DETERMINERS.contains(&word.text.as_str()));
            if !(noun && determined) {
                spare = spare.or_else(|| Some(made(Tense::Present)));
            }
        }
    }
    spare
}

/// True for a form at `at` inside an apposition: after a comma and an article, and before a comma
/// with another verb.
fn in_apposition(words: &[Word], start: usize, at: usize, end: usize) -> bool {
    /// Words of an apposition.
    const REACH: usize = 14;
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let opened = (start.max(at.saturating_sub(REACH))..at)
        .rev()
        .find(|at| text(*at) == ",")
        .is_some_and(|comma| comma > start && matches!(text(comma + 1), "the" | "a" | "an"));
    let closed = (at..end.min(at + REACH)).find(|at| text(*at) == ",");
    opened
        && closed.is_some_and(|comma| {
            let next = text(comma + 1);
            let aux = matches!(
                next,
                "was" | "were" | "is" | "are" | "has" | "have" | "had" | "will"
            );
            aux || LEXICON
                .verb(next)
                .is_some_and(|form| form.forms.past && !form.forms.base)
        })
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "by" | "in"
            | "on"
            | "at"
            | "for"
            | "with"
            | "from"
            | "against"
            | "under"
            | "over"
            | "into"
            | "about"
            | "between"
            | "amid"
            | "despite"
            | "through"
            | "without"
    )
}

fn likely_verb(before: Option<&Word>, next: &str) -> bool {
    let subject = before.is_some_and(|before| {
        before.capital
            || matches!(
                before.text.as_str(),
                "who" | "which" | "that" | "they" | "we" | "i" | "you" | "he" | "she" | "it" | ","
            )
            || before.text.ends_with('s')
            || is_adverb(&before.text)
            || (before.is_letter() && LEXICON.verb(&before.text).is_none())
    });
    let object = matches!(
        next,
        "to" | "the"
            | "a"
            | "an"
            | "in"
            | "on"
            | "at"
            | "for"
            | "with"
            | "his"
            | "her"
            | "its"
            | "their"
            | "that"
            | "against"
            | "from"
            | "over"
            | "up"
            | "back"
            | "out"
            | "no"
            | "new"
            | "after"
            | "as"
    ) || next.starts_with(|c: char| c.is_ascii_digit());
    subject && object
}

/// Skips adverbs from `at` on, as far as `end`.
fn skip_adverbs(words: &[Word], mut at: usize, end: usize) -> usize {
    while at < end && words.get(at).is_some_and(|word| is_adverb(&word.text)) {
        at += 1;
    }
    at
}

/// A verb group that begins with an auxiliary at `at`.
fn auxiliary(words: &[Word], masked: &[bool], at: usize, end: usize) -> Option<Verb> {
    let word = words.get(at)?;
    let next = skip_adverbs(words, at + 1, end);
    let form_at = |i: usize| {
        let word = words.get(i).filter(|_| i < end)?;
        if masked.get(i).copied().unwrap_or(false) {
            return None;
        }
        let known = LEXICON
            .verb(&word.text)
            .map(|form| (form.base.to_owned(), form.forms));
        known.or_else(|| {
            let forms = Forms {
                participle: word.text.ends_with("ed") || word.text.ends_with("en"),
                gerund: word.text.ends_with("ing"),
                base: !word.text.ends_with("ed"),
                ..Forms::default()
            };
            let verbal = word.text.len() > 4 && (forms.participle || forms.gerund);
            verbal.then(|| (word.text.clone(), forms))
        })
    };
    let verb = |main: usize, base: String, tense| {
        Some(Verb {
            at,
            main,
            base,
            tense,
        })
    };
    let lexical = |tense: Tense, own: &str| match form_at(next) {
        Some((base, forms)) if forms.base => verb(next, base, tense),
        _ => verb(at, own.to_owned(), tense),
    };
    match word.text.as_str() {
        "will" | "shall" | "'ll" | "wo" => match words.get(next).map(|word| word.text.as_str()) {
            Some("be" | "have") => {
                let after = skip_adverbs(words, next + 1, end);
                match form_at(after) {
                    Some((base, forms)) if forms.participle || forms.gerund => {
                        verb(after, base, Tense::Future)
                    }
                    _ => verb(next, "be".to_owned(), Tense::Future),
                }
            }
            _ => lexical(Tense::Future, "will"),
        },
        "would" | "could" | "can" | "may" | "might" | "must" | "should" | "cannot" | "ca" => {
            lexical(Tense::Modal, "can")
        }
        "did" | "didn" => lexical(Tense::Past, "do"),
        "does" | "do" | "doesn" | "don" => lexical(Tense::Present, "do"),
        "has" | "have" | "'ve" | "had" | "hasn" | "haven" | "hadn" => {
            let perfect = if word.text.starts_with("had") {
                Tense::Pluperfect
            } else {
                Tense::Perfect
            };
            let been = words
                .get(at + 1..next)
                .is_some_and(|skipped| skipped.iter().any(|word| word.text == "been"));
            match form_at(next) {
                Some((base, forms)) if forms.participle || (been && forms.gerund) => {
                    verb(next, base, perfect)
                }
                _ if been => verb(at, "be".to_owned(), perfect),
                _ if perfect == Tense::Pluperfect => verb(at, "have".to_owned(), Tense::Past),
                _ => verb(at, "have".to_owned(), Tense::Present),
            }
        }
        "is" | "are" | "'re" | "am" | "was" | "were" | "isn" | "aren" | "wasn" | "weren" => {
            let past = word.text.starts_with('w');
            let tense = if past { Tense::Past } else { Tense::Present };
            let after = words.get(next).map_or("", |word| word.text.as_str());
            let to_follows = words
                .get(next + 1)
                .is_some_and(|word| next + 1 < end && word.text == "to");
            if after == "to" {
                // "is to visit" lies ahead; "was to become" is told from later.
                let main = skip_adverbs(words, next + 1, end);
                if let Some((base, _)) = form_at(main) {
                    return verb(main, base, if past { Tense::Past } else { Tense::Future });
                }
            }
            let scheme = |word: &str| {
                matches!(word, "due" | "set" | "likely")
                    || LEXICON
                        .verb(word)
                        .is_some_and(|form| LEXICON.is("scheme", form.base))
            };
            if to_follows
                && scheme(after)
                && let Some((base, _)) = form_at(skip_adverbs(words, next + 2, end))
            {
                let tense = if past { Tense::Modal } else { Tense::Future };
                return verb(next + 2, base, tense);
            }
            match form_at(next) {
                Some((base, forms)) if forms.participle || forms.gerund => verb(next, base, tense),
                _ => verb(at, "be".to_owned(), tense),
            }
        }
        _ => None,
    }
}
