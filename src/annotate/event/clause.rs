//! A sentence cut into words and clauses, each clause with its finite verb and tense.
//!
//! There is no tagger here: closed lists of auxiliaries and verb forms, and what stands before a
//! word, decide. Invariants: clauses are ranges of words, rising, disjoint, and cover the sentence.

use super::verb::{Verb, find_verb};
use crate::text::{Span, normalize};
use std::ops::Range;

/// A word or a punctuation mark of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes.
    pub(crate) span: Span,
    /// Folded to lower case; quotes become `"`, dashes `-`.
    pub(crate) text: String,
    /// Begins with a capital letter.
    pub(crate) capital: bool,
}

impl Word {
    pub(super) fn is_letter(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }
}

/// A clause of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Its words.
    pub(crate) words: Range<usize>,
    /// Where the stretch with its verb begins; before it stands what opens the sentence.
    pub(crate) head: usize,
    /// Its verb; `None` only where a whole sentence has none.
    pub(crate) verb: Option<Verb>,
    /// Stands between quotation marks.
    pub(crate) quoted: bool,
}

impl Clause {
    /// True for a relative clause.
    pub(crate) fn is_relative(&self, words: &[Word]) -> bool {
        words.get(self.head).is_some_and(|word| {
            matches!(
                word.text.as_str(),
                "who" | "whom" | "whose" | "which" | "where"
            )
        })
    }
}

/// Cuts the text under `within` into words and punctuation marks.
pub(crate) fn words(text: &str, within: Span) -> Vec<Word> {
    let mut out = Vec::with_capacity(within.len() / 5 + 1);
    let base = within.start as usize;
    let inner = within.of(text);
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = at + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some(&(next, d)) = chars.peek() {
                let after = inner[next + d.len_utf8()..].chars().next();
                // A word goes on over an inner apostrophe, hyphen, dot or comma of a number.
                let inside = after.is_some_and(char::is_alphanumeric)
                    && (matches!(d, '-' | '\u{2010}' | '\u{2011}')
                        || (matches!(d, '.' | ',')
                            && after.is_some_and(char::is_numeric)
                            && inner[..next].ends_with(char::is_numeric)));
                if !(d.is_alphanumeric() || inside) {
                    break;
                }
                end = next + d.len_utf8();
                chars.next();
            }
        } else if matches!(c, '\'' | '\u{2019}') {
            // A possessive or a contraction is a word of its own: 's, 've, n't is left as it comes.
            let glued = out
                .last()
                .is_some_and(|last: &Word| last.span.end as usize == base + at && last.is_letter());
            while let Some(&(next, d)) = chars.peek()
                && glued
                && d.is_alphabetic()
            {
                end = next + d.len_utf8();
                chars.next();
            }
        }
        let span = Span::new(base + at, base + end);
        out.push(Word {
            span,
            text: normalize::fold(span.of(text)),
            capital: c.is_uppercase(),
        });
    }
    out
}

/// Words that begin a new clause.
fn opens_clause(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else {
        return false;
    };
    let comma_before = at
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .is_some_and(|before| before.text == ",");
    match word.text.as_str() {
        "who" | "whom" | "whose" | "which" | "where" | "when" | "while" | "because"
        | "although" | "though" | "unless" | "after" | "before" | "since" | "until" | "as"
        | "that" | "whereas" | "following" | "amid" | "if" => true,
        "and" | "but" | "or" | "with" | "saying" | "adding" => comma_before,
        _ => false,
    }
}

/// Cuts a sentence into clauses. `masked` tells words that cannot be verbs (parts of dates, names).
pub(crate) fn clauses(words: &[Word], masked: &[bool]) -> Vec<Clause> {
    let mut cuts = vec![0];
    let mut inner = Vec::with_capacity(words.len());
    let mut inside = false;
    // A clause that a comma sets off ends at the next comma.
    let mut relative = false;
    for (at, word) in words.iter().enumerate() {
        let mark = match word.text.as_str() {
            "\"" => true,
            // Typewriter apostrophes open a quote after a space and close it after punctuation.
            "'" => is_single_quote(words, at, inside),
            _ => false,
        };
        if mark {
            cuts.push(if inside { at + 1 } else { at });
            inner.push(true);
            inside = !inside;
            continue;
        }
        inner.push(inside);
        if matches!(word.text.as_str(), ";" | ":") {
            cuts.push(at + 1);
        } else if word.text == "," && relative {
            cuts.push(at + 1);
            relative = false;
        } else if opens_clause(words, at) {
            cuts.push(at);
            let set_off = at.checked_sub(1).and_then(|i| words.get(i));
            relative |= match word.text.as_str() {
                "who" | "which" | "whose" | "where" => {
                    set_off.is_some_and(|before| before.text == ",")
                }
                // "While the mayor spoke, hundreds marched": so does what opens a sentence.
                "while" | "when" | "after" | "before" | "although" | "though" | "as" | "if"
                | "because" => set_off.is_none(),
                _ => false,
            };
        }
    }
    cuts.push(words.len());
    cuts.sort_unstable();
    cuts.dedup();
    let mut out: Vec<Clause> = Vec::new();
    let mut waiting: Option<usize> = None;
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let verb = find_verb(words, masked, start..end);
        let quoted = inner.get(start).copied().unwrap_or(false);
        match (verb, out.last_mut()) {
            (Some(verb), _) => {
                out.push(Clause {
                    words: waiting.take().unwrap_or(start)..end,
                    head: start,
                    verb: Some(verb),
                    quoted,
                });
            }
            // A stretch without a verb belongs to the clause before it; before the first one, to that.
            (None, Some(last)) => last.words.end = end,
            (None, None) => waiting = waiting.or(Some(start)),
        }
    }
    if let (Some(start), true) = (waiting, out.is_empty()) {
        out.push(Clause {
            words: start..words.len(),
            head: start,
            verb: None,
            quoted: false,
        });
    }
    out
}

fn is_single_quote(words: &[Word], at: usize, inside: bool) -> bool {
    let (Some(word), before, after) = (
        words.get(at),
        at.checked_sub(1).and_then(|i| words.get(i)),
        words.get(at + 1),
    ) else {
        return false;
    };
    if inside {
        before.is_some_and(|b| b.span.end == word.span.start && !b.is_letter())
    } else {
        before.is_none_or(|b| b.span.end < word.span.start)
            && after.is_some_and(|a| a.span.start == word.span.end && a.capital)
    }
}

#[cfg(test)]
mod tests {
    use super::super::verb::Tense;
    use super::*;

    fn cut(text: &str) -> Vec<(String, String, Tense)> {
        let words = words(text, Span::new(0, text.len()));
        let masked = vec![false; words.len()];
        clauses(&words, &masked)
            .into_iter()
            .map(|clause| {
                let span = words[clause.words.start]
                    .span
                    .cover(words[clause.words.end - 1].span);
                let verb = clause.verb.unwrap();
                (span.of(text).to_owned(), verb.base, verb.tense)
            })
            .collect()
    }

    #[test]
    fn each_clause_has_its_verb() {
        let found = cut(
            "The mayor, who has run the port since 1998, was declared the winner after rivals left.",
        );
        let verbs: Vec<_> = found.iter().map(|c| (c.1.as_str(), c.2)).collect();
        assert_eq!(
            verbs,
            [
                ("run", Tense::Perfect),
                ("declare", Tense::Past),
                ("leave", Tense::Past)
            ]
        );
        assert!(found[2].0.starts_with("after rivals"), "{found:?}");
    }

    #[test]
    fn nouns_are_no_verbs() {
        let found = cut("There were no results after the April talks in the United States.");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, "be");
    }

    #[test]
    fn plans_lie_ahead() {
        for text in [
            "The council is scheduled to hold a debate.",
            "The envoy will be visiting Oslo.",
            "Officials are to meet in Riga.",
        ] {
            assert_eq!(cut(text)[0].2, Tense::Future, "{text}");
        }
        assert_eq!(cut("The ship had been freed.")[0].2, Tense::Pluperfect);
        assert_eq!(cut("The ship was freed.")[0].1, "free");
    }

    #[test]
    fn odd_text_does_not_trip_it() {
        for text in ["", "'", "’s", "“", "--", "İ’", "1,", "a-", "\"\"\"", "was"] {
            let words = words(text, Span::new(0, text.len()));
            let _ = clauses(&words, &vec![false; words.len()]);
        }
    }
}
