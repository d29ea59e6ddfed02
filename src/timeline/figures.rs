//! Figures of an event: numbers with what they count, and whether articles agree on them.
//!
//! A number stands for a range: "80%" for all that rounds to it, "more than 34,000" for all from
//! there on. Two figures are compared only where unit, counted thing, what happened to it, and
//! subject are the same; a false conflict is worse than a missed one, so a conflict needs two
//! exact values that articles give for one and the same day. Not here: lengths of time (they
//! count from the day of writing and are compared as the start of a state).

mod compare;
mod number;

use crate::annotate::event::{WORDS, Word, words};
use crate::annotate::timex::{Timex, TimexKind};
use crate::annotate::{Annotated, EntityKind};
use crate::text::Span;
use number::{Number, numbers};
use std::ops::Range;

pub(super) use compare::{Said, compare};

/// A figure of one sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The words.
    pub(super) span: Span,
    /// As written.
    pub(super) text: String,
    /// The number.
    pub(super) value: f64,
    /// Smallest and largest value that the words allow.
    pub(super) range: (f64, f64),
    /// Neither a bound nor a vague word.
    pub(super) exact: bool,
    /// "about", "some": a number, roughly.
    pub(super) about: bool,
    /// It does not grow: a share, a sum of a verdict, a term.
    pub(super) settled: bool,
    /// `%`, `$`, or the counted noun.
    pub(super) unit: String,
    /// What is counted: "vote share", "people arrest".
    pub(super) what: String,
    /// Entity of the article whose figure it is.
    pub(super) subject: Option<u32>,
}

/// Nouns that count people; they are one unit.
const PEOPLE: [&str; 26] = [
    "people",
    "persons",
    "civilians",
    "men",
    "women",
    "children",
    "citizens",
    "residents",
    "protesters",
    "protestors",
    "demonstrators",
    "others",
    "dead",
    "deaths",
    "victims",
    "casualties",
    "passengers",
    "migrants",
    "refugees",
    "workers",
    "soldiers",
    "students",
    "lives",
    "person",
    "patients",
    "voters",
];

/// The figures of a sentence.
pub(super) fn find(article: &Annotated, sentence: u32) -> Vec<Found> {
    let Some(span) = article.sentences.get(sentence as usize).copied() else {
        return Vec::new();
    };
    let text = article.text();
    if !span
        .of(text)
        .bytes()
        .any(|byte| byte.is_ascii_digit() || byte == b's' || byte == b'n')
    {
        return Vec::new();
    }
    let words = words(text, span);
    let dated: Vec<bool> = words
        .iter()
        .map(|word| {
            let at = article
                .timexes
                .partition_point(|timex| timex.span.end <= word.span.start);
            let timex = article.timexes.get(at);
            timex.is_some_and(|timex| timex.span.overlaps(word.span) && !is_term(&words, timex))
        })
        .collect();
    numbers(&words, &dated)
        .into_iter()
        .filter_map(|number| complete(article, &words, span, &number))
        .collect()
}

/// Adds what a number counts; `None` where that cannot be told.
fn complete(article: &Annotated, words: &[Word], span: Span, number: &Number) -> Option<Found> {
    let first = words.get(number.words.start)?.span;
    let mut last = words.get(number.words.end.checked_sub(1)?)?.span;
    let share = number.unit == "%";
    let (noun, noun_at) = if share || number.unit.is_empty() {
        match head_before(words, number.words.start) {
            Some(head) => head,
            None => {
                noun_after(words, number.words.end).or_else(|| people_of(words, &number.words))?
            }
        }
    } else {
        // A sum of money counts itself.
        ("money", number.words.end.checked_sub(1)?)
    };
    let noun_class = WORDS.class_of_noun(noun);
    let what = if HEADS.contains(&noun) {
        noun.to_owned()
    } else if share {
        noun_class.map_or_else(
            || format!("{noun} share"),
            |class| {
                if class.name() == "election" {
                    "vote share".to_owned()
                } else {
                    format!("{} share", class.name())
                }
            },
        )
    } else {
        let counted = if PEOPLE.contains(&noun) {
            "people"
        } else {
            noun
        };
        let class = deed(words, number.words.start, noun_at)?;
        format!("{counted} ({class})")
    };
    if share && noun_at >= number.words.end {
        last = words.get(noun_at)?.span;
    }
    let from = article
        .mentions
        .partition_point(|mention| mention.span.end <= span.start);
    let before = || {
        article
            .mentions
            .iter()
            .skip(from)
            .take_while(|mention| mention.span.end <= first.start)
    };
    let actor = |kind| matches!(kind, EntityKind::Person | EntityKind::Org);
    let subject = before()
        .filter(|mention| actor(mention.kind))
        .last()
        .or_else(|| before().last())
        .map(|mention| mention.entity);
    let span = if share {
        first.cover(last)
    } else {
        let end = words.get(number.words.end.checked_sub(1)?)?.span;
        first.cover(end)
    };
    Some(Found {
        span,
        text: span.of(article.text()).to_owned(),
        value: number.value,
        range: number.range,
        exact: number.exact,
        about: number.about,
        settled: share || what.ends_with("(verdict)"),
        unit: if number.unit.is_empty() {
            if PEOPLE.contains(&noun) {
                "people"
            } else {
                noun
            }
            .to_owned()
        } else {
            number.unit.to_owned()
        },
        what,
        subject,
    })
}

/// Measures that stand before their number: "turnout was 43%", "magnitude 6.1".
const HEADS: [&str; 6] = [
    "turnout",
    "magnitude",
    "inflation",
    "unemployment",
    "approval",
    "growth",
];

/// The measure that a number before it gives the value of, within one clause.
fn head_before(words: &[Word], number: usize) -> Option<(&str, usize)> {
    let clause = words.get(..number)?.iter().enumerate().rev();
    clause
        .take_while(|(_, word)| !matches!(word.text.as_str(), "," | ";" | "." | "while" | "and"))
        .take(10)
        .map(|(at, word)| (word.text.as_str(), at))
        .find(|(text, _)| HEADS.contains(text))
}

/// The noun that a number counts: the first telling word after it, past "of the".
fn noun_after(words: &[Word], from: usize) -> Option<(&str, usize)> {
    for at in from..from + 5 {
        let word = words.get(at)?;
        let text = word.text.as_str();
        if !text.starts_with(char::is_alphabetic) {
            return None;
        }
        let known = WORDS.class_of_noun(text).is_some() || PEOPLE.contains(&text);
        if known || (!WORDS.is("stop", text) && !word.capital && text.ends_with('s')) {
            return Some((text, at));
        }
        let passed = matches!(
            text,
            "of" | "the" | "all" | "more" | "its" | "their" | "her" | "his"
        ) || (!WORDS.is("stop", text)
            && WORDS.verb(text).is_none_or(|form| form.forms.participle));
        if !passed {
            return None;
        }
    }
    None
}

/// "killed 17": people, where nothing else is named.
fn people_of(words: &[Word], number: &Range<usize>) -> Option<(&'static str, usize)> {
    let before = words.get(number.start.checked_sub(1)?)?;
    let class = WORDS.class_of_word(&before.text)?;
    let of_people = matches!(class.name(), "death" | "injury" | "arrest");
    of_people.then_some(("people", number.end.checked_sub(1)?))
}

/// True for the length of a term: "sentenced to six years".
fn is_term(words: &[Word], timex: &Timex) -> bool {
    let at = words.partition_point(|word| word.span.end <= timex.span.start);
    let before = words.get(at.saturating_sub(8)..at).unwrap_or_default();
    let told = |word: &&Word| !matches!(word.text.as_str(), "," | ";" | "after");
    timex.kind == TimexKind::Duration
        && before.iter().rev().take_while(told).any(|word| {
            let class = WORDS.class_of_word(&word.text);
            class.is_some_and(|class| matches!(class.name(), "verdict" | "arrest"))
        })
}

/// What happened to the counted: the verb right before the number, else the nearest class word after the noun, else before the number.
fn deed(words: &[Word], number: usize, noun: usize) -> Option<&'static str> {
    let stop = |word: &&Word| !matches!(word.text.as_str(), "," | ";" | "." | "while" | "but");
    let class = |word: &Word| WORDS.class_of_word(&word.text);
    let verb = number.checked_sub(1).and_then(|at| words.get(at));
    if let Some(class) = verb.and_then(class) {
        return Some(class.name());
    }
    // "310 demonstrators were arrested": people are counted by what befell them.
    let own = words.get(noun).and_then(class);
    let people = words
        .get(noun)
        .is_some_and(|word| PEOPLE.contains(&word.text.as_str()));
    if let Some(class) = own.filter(|_| !people) {
        return Some(class.name());
    }
    words
        .iter()
        .skip(noun + 1)
        .take(8)
        .take_while(stop)
        .find_map(class)
        .or_else(|| {
            words
                .get(number.saturating_sub(6)..number)
                .unwrap_or_default()
                .iter()
                .rev()
                .take_while(stop)
                .find_map(class)
        })
        .or(own)
        .map(crate::annotate::event::Class::name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, ArticleId};
    use crate::timeline::event::Verdict;
    use chrono::NaiveDate;
    use std::sync::Arc;

    fn figures(text: &str) -> Vec<Found> {
        let article = Article {
            text: text.to_owned(),
            ..Article::default()
        };
        let mut annotated = Annotated::new(Arc::new(article));
        annotated.sentences.push(Span::new(0, text.len()));
        find(&annotated, 0)
    }

    fn verdict(a: &str, b: &str) -> Option<Verdict> {
        let (a, b) = (figures(a), figures(b));
        let ids = [ArticleId::new("a"), ArticleId::new("b")];
        let day: Option<NaiveDate> = "2022-05-01".parse().ok();
        let said: Vec<Said> = a
            .iter()
            .map(|found| (found, 0))
            .chain(b.iter().map(|found| (found, 1)))
            .map(|(found, at)| Said {
                found,
                article: &ids[at],
                voice: at,
                subject: None,
                day,
                written: day,
            })
            .collect();
        compare(&said).first().map(|figure| figure.verdict)
    }

    #[test]
    fn rounding_and_bounds_agree() {
        let exact = "She won 61.3% of the vote.";
        assert_eq!(figures(exact)[0].what, "vote share");
        for other in [
            "She took 61 percent of the ballots.",
            "She got just above 61 per cent of votes.",
            "She won more than 60 percent of the vote.",
        ] {
            assert_eq!(verdict(exact, other), Some(Verdict::Agree), "{other}");
        }
        assert_eq!(
            verdict(exact, "She won 71.3% of the vote."),
            Some(Verdict::Differ)
        );
    }

    #[test]
    fn a_term_a_fine_and_bare_numbers_of_people_are_figures() {
        let of = |text: &str| -> Vec<(String, f64)> {
            figures(text)
                .into_iter()
                .map(|found| (found.what, found.value))
                .collect()
        };
        let both = of("The blast injured 31 people and killed 17.");
        let wanted = [
            ("people (injury)".to_owned(), 31.0),
            ("people (death)".to_owned(), 17.0),
        ];
        assert_eq!(both, wanted);
        assert_eq!(
            verdict(
                "He was sentenced to six years.",
                "He was sentenced to eight years."
            ),
            Some(Verdict::Differ)
        );
    }

    #[test]
    fn what_happened_keeps_figures_apart() {
        assert_eq!(
            verdict(
                "Police arrested 774 people.",
                "Some 150,000 people protested."
            ),
            None
        );
        assert_eq!(
            verdict(
                "Police arrested 774 people.",
                "Hundreds of people were detained."
            ),
            Some(Verdict::Agree)
        );
        assert_eq!(
            verdict("The blast killed 12 people.", "The blast killed 19 people."),
            Some(Verdict::Differ)
        );
    }
}
