//! Figures of an event: numbers with what they count, and whether articles agree on them.
//!
//! A number stands for a range: "80%" for all that rounds to it, "more than 34,000" for all from
//! there on. Two figures are compared only where unit, counted thing, what happened to it, and
//! subject are the same; a false conflict is worse than a missed one, so a conflict needs two
//! exact values that articles give for one and the same day. Not here: lengths of time (they
//! count from the day of writing and are compared as the start of a state).

mod compare;
mod noun;
mod number;

use crate::annotate::event::{WORDS, Word, words};
use crate::annotate::timex::{Timex, TimexKind};
use crate::annotate::{Annotated, EntityKind};
use crate::text::Span;
use noun::{HEADS, PEOPLE, head_before, noun_after, people_of, votes_of};
use number::{Number, numbers};

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
            None => noun_after(words, number.words.end)
                .or_else(|| people_of(words, &number.words))
                .or_else(|| votes_of(words, number).filter(|_| share))?,
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
        let term = matches!(noun, "years" | "months");
        let class = match deed(words, number.words.start, noun_at)? {
            // "jailed for six years" is a sentence.
            "arrest" if term => "verdict",
            class => class,
        };
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
    let winner = share && noun == "vote" && noun_at < number.words.end;
    let subject = before()
        .find(|mention| winner && actor(mention.kind))
        .or_else(|| before().filter(|mention| actor(mention.kind)).last())
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
    fn the_share_of_a_winner_is_a_share_of_the_vote() {
        let won = "Vale was elected governor by 51.2 percent to 47.9 percent.";
        assert_eq!(figures(won)[0].what, "vote share");
        let other = "Vale beat Ortman by 57 percent to 41 percent.";
        assert_eq!(verdict(won, other), Some(Verdict::Differ));
        // Half of the count, and other shares.
        assert_eq!(figures("Vale led by 51.2 percent to 47.9 percent."), []);
        assert_eq!(figures("Shares fell by 6.1 percent to 40 dollars."), []);
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
