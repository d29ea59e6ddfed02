//! A sentence cut into words and clauses, each clause with its finite verb and tense.
//!
//! There is no tagger here: closed lists of auxiliaries and verb forms, and what stands before a
//! word, decide. Invariants: clauses are ranges of words, rising, disjoint, and cover the sentence.

use super::lexicon::{Forms, LEXICON};
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
    fn is_letter(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }
}

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
            while glued {
                match chars.peek() {
                    Some(&(next, d)) if d.is_alphabetic() => {
                        end = next + d.len_utf8();
                        chars.next();
                    }
                    _ => break,
                }
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
    let mut quotes = Vec::with_capacity(words.len());
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
            quotes.push(true);
            inside = !inside;
            continue;
        }
        quotes.push(inside);
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
        let quoted = quotes.get(start).copied().unwrap_or(false);
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

/// The first finite verb in `range`; a form that only may be one counts where nothing better is.
fn find_verb(words: &[Word], masked: &[bool], range: Range<usize>) -> Option<Verb> {
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
            let sure = !form.base && known && !prev.is_empty() && prev != ",";
            if sure {
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
            if form.third && !noun {
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
            if to_follows && scheme(after) {
                if let Some((base, _)) = form_at(skip_adverbs(words, next + 2, end)) {
                    let tense = if past { Tense::Modal } else { Tense::Future };
                    return verb(next + 2, base, tense);
                }
            }
            match form_at(next) {
                Some((base, forms)) if forms.participle || forms.gerund => verb(next, base, tense),
                _ => verb(at, "be".to_owned(), tense),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
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
