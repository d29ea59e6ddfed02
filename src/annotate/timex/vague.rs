//! Vague words and fixed phrases of `assets/timex/vague.tsv`: "now", "recently", "daily".
//!
//! Not here, on purpose: "once", "former", ages. Which words count was measured on news with gold.

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
    let named = i > 0 && s.get(i).capital && (before.capital || after.capital);
    let compound = before.form == Form::Hyphen || after.form == Form::Hyphen;
    match s.word(i) {
        "one" | "some" => {
            end > i + 1
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
            !matches!(after.form, Form::Word | Form::Number(..)) || s.lex(end).role.is_some()
        }
        "the" if s.word(i + 1) == "present" => !matches!(after.form, Form::Word),
        "future" => !matches!(s.word(end), "contract" | "contracts") && !named,
        // "Now," as the first word of a sentence marks a turn more often than a time.
        "now" if s.get(i).capital => i > 0,
        "recently" if s.word_before(i) == "as" => false,
        "soon" => {
            s.word_before(i) != "as"
                && !s.any(end, &[Role::After, Role::As])
                && !named
                && !compound
                && tense::around(s, i, end) == Tense::Future
        }
        _ => !named && !compound,
    }
}
