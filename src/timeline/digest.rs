//! The story in N dates: the best days and the sentences that tell them.
//!
//! Dates are ranked by the articles that name them, weighted by how much each article is about
//! the story, after the counts of Gholipour Ghalandari and Ifrim, "Examining the State-of-the-Art
//! in News Timeline Summarization" (ACL 2020), with changes that were measured to help: lines
//! of chronologies and turning points count more, a story's names count in their short form too, and
//! days that crowd together count less. Sentences are chosen by
//! word coverage of the day's centroid. Not here: merging (a digest counts days, not events).
//! Invariants: the result depends on the set of articles; a sentence is printed as it stands,
//! and once.

mod day;
mod index;
mod rank;

use crate::annotate::Annotated;
use crate::article::ArticleId;
use crate::text::Span;
use chrono::NaiveDate;
use index::Index;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What to make.
#[derive(Clone, Debug)]
pub struct Request {
    /// Number of dates.
    pub dates: usize,
    /// Sentences a date.
    pub sentences: usize,
    /// A sentence must hold one of these; empty: any sentence.
    pub about: Vec<String>,
    /// First day allowed.
    pub from: Option<NaiveDate>,
    /// Last day allowed.
    pub to: Option<NaiveDate>,
}

/// One date of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub date: NaiveDate,
    /// What happened, as articles say it.
    pub sentences: Vec<String>,
    /// The articles that say so, one a sentence.
    pub articles: Vec<ArticleId>,
    /// Where each says so, in its full text.
    pub spans: Vec<Span>,
    /// For each, the day of its article where that alone puts it here: the sentence names no day.
    pub reported: Vec<Option<NaiveDate>>,
    /// For each, the day of its article where that lies before this date: it tells what was to come.
    pub ahead: Vec<Option<NaiveDate>>,
}

impl Entry {
    /// What is to be said of a sentence beside it: "reported 2022-05-09", "told ahead, 2022-05-01".
    pub fn note(&self, nth: usize) -> Option<String> {
        let of = |days: &[Option<NaiveDate>]| days.get(nth).copied().flatten();
        let ahead = of(&self.ahead).map(|day| format!("told ahead, {day}"));
        ahead.or_else(|| of(&self.reported).map(|day| format!("reported {day}")))
    }
}

/// Makes a digest, in date order.
pub fn digest(articles: &[Arc<Annotated>], request: &Request) -> Vec<Entry> {
    if request.dates == 0 || request.sentences == 0 {
        return Vec::new();
    }
    let index = Index::new(articles, &request.about);
    let mut choice = rank::Choice::new(rank::scores(&index), request.from, request.to);
    let mut out: Vec<Entry> = Vec::new();
    // A lead can tell the day before as well as its own: it is printed once.
    let mut told = BTreeSet::new();
    while out.len() < request.dates {
        let Some(day) = choice.next() else { break };
        let chosen = day::sentences(&index, day, request.sentences, &told);
        if chosen.is_empty() {
            choice.reject(day);
            continue;
        }
        choice.accept(day);
        told.extend(chosen.iter().map(|line| index.key(*line)));
        out.push(Entry {
            date: day,
            sentences: chosen.iter().map(|line| index.text(*line)).collect(),
            articles: chosen.iter().map(|line| index.article(*line)).collect(),
            spans: chosen.iter().map(|line| index.span(*line)).collect(),
            reported: chosen
                .iter()
                .map(|line| index.reported(*line, day))
                .collect(),
            ahead: chosen
                .iter()
                .map(|line| index.published(*line).filter(|told| *told < day))
                .collect(),
        });
    }
    out.sort_by_key(|entry| entry.date);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::timex::{Signal, Timex, TimexKind};
    use crate::annotate::{Block, Published, Role};
    use crate::article::{Article, ContentHash};
    use crate::when::Interval;

    fn article(
        id: &str,
        published: &str,
        lines: &[(&str, Option<(&str, &str)>)],
    ) -> Arc<Annotated> {
        let text: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
        let text = text.join("\n");
        let mut made = Annotated::new(Arc::new(Article {
            id: Some(ArticleId::new(id)),
            hash: ContentHash::of(text.as_bytes()),
            text: text.clone(),
            ..Article::default()
        }));
        made.published = Published {
            interval: Interval::day(published.parse().unwrap()),
            ..Published::default()
        };
        made.blocks.push(Block {
            span: Span::new(0, text.len()),
            role: Role::Body,
        });
        let mut at = 0;
        for (line, timex) in lines {
            made.sentences.push(Span::new(at, at + line.len()));
            if let Some((words, value)) = timex {
                let start = at + line.find(words).unwrap();
                made.timexes.push(Timex {
                    span: Span::new(start, start + words.len()),
                    kind: TimexKind::Date,
                    value: (*value).to_owned(),
                    interval: Interval::day(value.parse().unwrap()),
                    signal: Signal::None,
                    rule: "test".into(),
                });
            }
            at += line.len() + 1;
        }
        Arc::new(made)
    }

    #[test]
    fn the_day_that_later_articles_name_comes_first() {
        let articles = [
            article(
                "a",
                "2022-05-09",
                &[
                    (
                        "The ferry Aurora sank in the strait on Sunday with forty people aboard.",
                        Some(("Sunday", "2022-05-08")),
                    ),
                    (
                        "Rescue boats from three towns searched for the ferry until dark.",
                        None,
                    ),
                ],
            ),
            article(
                "b",
                "2022-05-20",
                &[
                    (
                        "Divers reached the ferry Aurora, which sank in the strait on May 8.",
                        Some(("May 8", "2022-05-08")),
                    ),
                    (
                        "A bakery opened in the old town on May 19 with free bread for all.",
                        Some(("May 19", "2022-05-19")),
                    ),
                ],
            ),
        ];
        let request = Request {
            dates: 1,
            sentences: 1,
            about: vec!["Ferry".to_owned()],
            from: None,
            to: None,
        };
        let made = digest(&articles, &request);
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].date, "2022-05-08".parse().unwrap());
        assert!(made[0].sentences[0].contains("Aurora"));
        let mut other = articles.to_vec();
        other.reverse();
        assert_eq!(made, digest(&other, &request));
        let later = Request {
            from: "2022-05-10".parse().ok(),
            about: Vec::new(),
            ..request
        };
        assert_eq!(
            digest(&articles, &later)[0].date,
            "2022-05-19".parse().unwrap()
        );
    }

    #[test]
    fn a_short_name_counts_and_no_sentence_comes_twice() {
        let lead = "Anna Bergman opened the new bridge over the river before a crowd of thousands.";
        let articles = [
            article("a", "2022-05-09", &[(lead, None)]),
            article(
                "b",
                "2022-06-20",
                &[
                    (
                        "Anna Bergman has had a hard year, as people who know her well say.",
                        None,
                    ),
                    (
                        "On May 3 Bergman lost the keys of the town hall in a bar.",
                        Some(("May 3", "2022-05-03")),
                    ),
                    (
                        "A baker sold his shop on May 1 to a man from the capital city.",
                        Some(("May 1", "2022-05-01")),
                    ),
                ],
            ),
        ];
        let about = &["anna bergman".to_owned()];
        let index = Index::new(&articles, about);
        let scores = rank::scores(&index);
        let named = |day: &str| scores.contains_key(&day.parse().unwrap());
        assert!(named("2022-05-03") && !named("2022-05-01"));
        let request = Request {
            dates: 4,
            sentences: 2,
            about: about.to_vec(),
            from: None,
            to: None,
        };
        let made = digest(&articles, &request);
        let leads = made.iter().flat_map(|entry| &entry.sentences);
        assert_eq!(leads.filter(|told| *told == lead).count(), 1, "{made:?}");
    }

    #[test]
    fn what_was_told_ahead_is_marked() {
        let plan = "The council will open the new bridge over the river on May 12 with music.";
        let report = "The council opened the new bridge over the river on May 12 in the rain.";
        let articles = [
            article("a", "2022-05-09", &[(plan, Some(("May 12", "2022-05-12")))]),
            article(
                "b",
                "2022-05-13",
                &[(report, Some(("May 12", "2022-05-12")))],
            ),
        ];
        let request = Request {
            dates: 1,
            sentences: 2,
            about: Vec::new(),
            from: "2022-05-12".parse().ok(),
            to: None,
        };
        let made = digest(&articles, &request);
        let note = |wanted: &str| {
            let nth = made[0].sentences.iter().position(|told| told == wanted)?;
            made[0].note(nth)
        };
        let both = made[0].sentences.len();
        assert!(both > 0);
        if made[0].sentences.iter().any(|told| told == plan) {
            assert_eq!(note(plan).as_deref(), Some("told ahead, 2022-05-09"));
        }
        assert_eq!(note(report), None);
        let only = digest(&articles[..1], &request);
        assert_eq!(only[0].note(0).as_deref(), Some("told ahead, 2022-05-09"));
    }

    #[test]
    fn nothing_in_nothing_out() {
        let request = Request {
            dates: 3,
            sentences: 2,
            about: Vec::new(),
            from: None,
            to: None,
        };
        assert!(digest(&[], &request).is_empty());
    }
}
