//! Vague words and fixed phrases of `assets/timex/vague.tsv`: "now", "recently", "daily".
//!
//! Not here, on purpose: "once", "former", ages, "previously" inside a clause. Which words count was measured on news with gold.

use super::holiday::rest_matches;
use super::item::{Form, Sentence};
use super::lexicon::{LEXICON, Meaning};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Under};
use super::{Tense, tense};

pub(super) const FAMILY: Family = Family {
    name: "vague",
    read,
    examples: &[
        (
            "They are now in talks.",
            "1998-10-01",
            &[("now", "DATE", "PRESENT_REF")],
        ),
        (
            "It has recently grown.",
            "1998-10-01",
            &[("recently", "DATE", "PAST_REF")],
        ),
        (
            "The daily flights resumed.",
            "1998-10-01",
            &[("daily", "SET", "P1D")],
        ),
        ("His former boss once sang.", "1998-10-01", &[]),
        (
            "Now critics say so. Now, what of that?",
            "1998-10-01",
            &[("Now", "DATE", "PRESENT_REF")],
        ),
        (
            "Previously, tests took a week.",
            "1998-10-01",
            &[
                ("Previously", "DATE", "PAST_REF"),
                ("a week", "DURATION", "P1W"),
            ],
        ),
        (
            "In the past it considered a sale; it hopes to soon grow.",
            "1998-10-01",
            &[
                ("the past", "DATE", "PAST_REF"),
                ("soon", "DATE", "FUTURE_REF"),
            ],
        ),
        (
            "It will one day lead, as previously reported, after a one-day trip.",
            "1998-10-01",
            &[
                ("one day", "DATE", "FUTURE_REF"),
                ("one-day", "DURATION", "P1D"),
            ],
        ),
        (
            "The long-term value fell. Losses in future years will be small.",
            "1998-10-01",
            &[("future years", "DATE", "FUTURE_REF")],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    if !s.lex(i).phrase {
        return None;
    }
    let (end, kind, value) =
        LEXICON
            .phrases(s.word(i))
            .iter()
            .find_map(|phrase| match phrase.meaning {
                Meaning::Fixed(kind, value) => {
                    rest_matches(s, i + 1, phrase).map(|end| (end, kind, value))
                }
                Meaning::Holiday(_) => None,
            })?;
    if !allowed(s, i, end) {
        return None;
    }
    Some(Match::new(
        i,
        end,
        Under::new(Base::Literal(value)),
        kind,
        "vague",
    ))
}

/// Uses of the words that name no time.
fn allowed(s: &Sentence, i: usize, end: usize) -> bool {
    let (before, after) = (s.before(i), s.get(end));
    // "Now" in a name, "Daily News": a capital inside a sentence beside another capital.
    // After "Co." a sentence may begin.
    let opens = i == 0 || s.word_before(i).ends_with('.');
    let named = !opens && s.get(i).capital && (before.capital || after.capital);
    let compound = before.form == Form::Hyphen || after.form == Form::Hyphen;
    match s.word(i) {
        "one" if s.word(i + 1) == "day" => {
            end == i + 2
                && s.get(end).form == Form::Word
                && tense::around(s, i, end) == Tense::Future
        }
        "one" | "some" => {
            end == i + 2
                && !s.any(
                    end,
                    &[
                        Role::Of,
                        Role::Before,
                        Role::After,
                        Role::Later,
                        Role::Earlier,
                        Role::Ago,
                    ],
                )
        }
        "the" if s.word(i + 1) == "past" => {
            let subject = s.word_before(i) == "in"
                && matches!(
                    s.word(end),
                    "it" | "he" | "she" | "they" | "we" | "i" | "you"
                );
            !matches!(after.form, Form::Word | Form::Number(..))
                || s.lex(end).role.is_some()
                || subject
        }
        "the" if s.word(i + 1) == "present" => !matches!(after.form, Form::Word),
        "future" => !matches!(s.word(end), "contract" | "contracts") && !named,
        // "Now," as the first word of a sentence marks a turn more often than a time.
        "now" if s.get(i).capital && (i == 0 || opens) => after.form == Form::Word,
        "now" if s.get(i).capital => !named && !compound,
        // "the long-term value" says of what kind the value is.
        "the" if s.word(end - 1) == "term" => !matches!(after.form, Form::Word),
        // "Previously unknown papers" are not of a time before.
        "previously" => opens && s.get(i).capital && !is_participle(s.word(end)),
        "recently" if s.word_before(i) == "as" => false,
        "soon" => {
            s.word_before(i) != "as"
                && !s.any(end, &[Role::After, Role::As])
                && !named
                && !compound
                && (s.word_before(i) == "to" || tense::around(s, i, end) == Tense::Future)
        }
        _ => !named && !compound,
    }
}

/// True for regular participles and the irregular ones that stand after "previously".
fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || matches!(word, "unknown" | "known" | "held" | "unseen" | "seen")
}
