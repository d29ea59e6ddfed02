//! Figures of an event: numbers with what they count, and whether articles agree on them.
//!
//! A number stands for a range: "80%" for all that rounds to it, "more than 34,000" for all from
//! there on. Two figures are compared only where unit, counted thing, what happened to it, and
//! subject are the same; a false conflict is worse than a missed one, so a conflict needs two
//! exact values that articles give for one and the same day. Not here: lengths of time (they
//! count from the day of writing and are compared as the start of a state).

mod number;

use super::event::{Figure, FigureValue, Verdict};
use crate::annotate::event::{WORDS, Word, words};
use crate::annotate::{Annotated, EntityKind};
use crate::article::ArticleId;
use crate::text::Span;
use chrono::NaiveDate;
use number::{Number, numbers};
use std::collections::BTreeMap;

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
    /// `%`, `$`, or the counted noun.
    pub(super) unit: String,
    /// What is counted: "vote share", "people arrest".
    pub(super) what: String,
    /// Entity of the article whose figure it is.
    pub(super) subject: Option<u32>,
}

/// One figure with who says it, for comparison.
pub(super) struct Said<'a> {
    pub(super) found: &'a Found,
    pub(super) article: &'a ArticleId,
    /// The original of the article, where it is a copy.
    pub(super) voice: usize,
    /// The entity of the collection whose figure it is.
    pub(super) subject: Option<u64>,
    /// The day it holds for, where one is known.
    pub(super) day: Option<NaiveDate>,
    /// The day of writing.
    pub(super) written: Option<NaiveDate>,
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
            article
                .timexes
                .get(at)
                .is_some_and(|timex| timex.span.overlaps(word.span))
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
    let (noun, noun_at) = noun_after(words, number.words.end)?;
    let share = number.unit == "%";
    let noun_class = WORDS.class_of_noun(noun);
    let what = if share {
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
    if share {
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

/// What happened to the counted: the nearest class word after the noun, else before the number.
fn deed(words: &[Word], number: usize, noun: usize) -> Option<&'static str> {
    let stop = |word: &&Word| !matches!(word.text.as_str(), "," | ";" | "." | "while" | "but");
    let class = |word: &Word| WORDS.class_of_word(&word.text);
    if let Some(class) = words.get(noun).and_then(class) {
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
        .map(crate::annotate::event::Class::name)
}

/// Compares what articles say of one event. Groups with one voice are left out.
pub(super) fn compare(said: &[Said]) -> Vec<Figure> {
    type Key<'a> = (&'a str, &'a str, Option<u64>);
    let mut groups: BTreeMap<Key, Vec<&Said>> = BTreeMap::new();
    for one in said {
        let key = (
            one.found.what.as_str(),
            one.found.unit.as_str(),
            one.subject.filter(|_| one.found.unit == "%"),
        );
        let group = groups.entry(key).or_default();
        let known = group
            .iter()
            .any(|other| other.article == one.article && other.found.span == one.found.span);
        if !known {
            group.push(one);
        }
    }
    groups
        .into_iter()
        .filter(|(_, group)| {
            let mut voices: Vec<usize> = group.iter().map(|one| one.voice).collect();
            voices.sort_unstable();
            voices.dedup();
            voices.len() > 1
        })
        .map(|((what, _, _), mut group)| {
            group.sort_by(|a, b| {
                (a.article, a.found.span.start).cmp(&(b.article, b.found.span.start))
            });
            let (verdict, why) = judge(&group);
            Figure {
                what: what.to_owned(),
                values: group
                    .iter()
                    .map(|one| FigureValue {
                        text: one.found.text.clone(),
                        value: one.found.value,
                        unit: one.found.unit.clone(),
                        article: one.article.clone(),
                        span: one.found.span,
                    })
                    .collect(),
                verdict,
                why,
            }
        })
        .collect()
}

fn meet(a: &Found, b: &Found) -> bool {
    a.range.0 <= b.range.1 && b.range.0 <= a.range.1
}

fn judge(group: &[&Said]) -> (Verdict, String) {
    let mut apart = None;
    let mut conflict = None;
    for (i, a) in group.iter().enumerate() {
        for b in group.iter().skip(i + 1) {
            if meet(a.found, b.found) {
                continue;
            }
            apart = apart.or(Some((*a, *b)));
            let same_day = a.day.is_some() && a.day == b.day;
            let same_article = a.article == b.article || a.voice == b.voice;
            let settled = a.found.unit == "%" || a.written == b.written;
            if a.found.exact && b.found.exact && same_day && !same_article && settled {
                conflict = conflict.or(Some((*a, *b)));
            }
        }
    }
    match (conflict, apart) {
        (Some((a, b)), _) => (
            Verdict::Differ,
            format!(
                "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} cannot both be right for the same day",
                a.found.text, b.found.text
            ),
        ),
        (None, Some((a, b))) if a.written != b.written && a.day == b.day => (
            Verdict::DifferentScope,
            format!(
                "a count that may have changed between articles: {} and {}",
                a.found.text, b.found.text
            ),
        ),
        (None, Some((a, b))) => (
            Verdict::DifferentScope,
            format!(
                "{} and {} need not count the same day, place or people",
                a.found.text, b.found.text
            ),
        ),
        (None, None) => (
            Verdict::Agree,
            "the same after rounding to the coarser figure".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
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
