//! The sentences of a collection with their words, days and keywords, ready to be counted.

mod tell;

use crate::annotate::Annotated;
use crate::annotate::event::{Class, WORDS, trigger};
use crate::annotate::timex::TimexKind;
use crate::text::{Span, normalize};
use aho_corasick::{AhoCorasick, MatchKind};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Lines of a chronology begin with a date within this many bytes.
const OPENING: u32 = 14;
/// A chronology has at least this many such lines.
const CHRONOLOGY: usize = 4;
/// Sentences at the start of an article that may tell its publication day.
pub(super) const HEAD: usize = 6;
/// Words below which a line says too little.
const LEAST_WORDS: usize = 8;

/// A sentence.
#[allow(clippy::struct_excessive_bools)] // Independent facts, each asked for by name.
pub(super) struct Line {
    article: usize,
    span: Span,
    /// Holds a keyword, or none was asked for.
    pub(super) keyword: bool,
    /// Holds a keyword or its short form, such as the family name.
    pub(super) about: bool,
    /// Tells a turning point: an election, a death, a verdict.
    pub(super) turning: bool,
    /// Days it names, in order of mention.
    pub(super) days: Vec<NaiveDate>,
    /// Begins with a date, in an article with several such lines.
    pub(super) chronology: bool,
    /// The day of the chronology entry it belongs to, where it names none.
    pub(super) entry: Option<NaiveDate>,
    /// Long enough to tell something.
    pub(super) telling: bool,
    /// Ids of its content words, rising, with counts.
    pub(super) words: Vec<(u32, u16)>,
    /// Hash of its folded text.
    pub(super) key: u64,
}

/// An article as the digest sees it.
pub(super) struct Source {
    pub(super) published: Option<NaiveDate>,
    /// Its lines, a range of all lines.
    pub(super) lines: std::ops::Range<usize>,
    /// Share of it that is about the story.
    pub(super) share: f64,
}

/// All sentences of a collection.
pub(super) struct Index<'a> {
    articles: Vec<&'a Annotated>,
    pub(super) sources: Vec<Source>,
    pub(super) lines: Vec<Line>,
    /// Inverse sentence frequency of each word.
    pub(super) weight: Vec<f64>,
    /// Lines by the first day they name.
    pub(super) dated: BTreeMap<NaiveDate, Vec<usize>>,
    /// Sources by the day they were published.
    pub(super) published: BTreeMap<NaiveDate, Vec<usize>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(articles: &'a [Arc<Annotated>], about: &[String]) -> Self {
        let mut articles: Vec<&Annotated> = articles.iter().map(AsRef::as_ref).collect();
        articles.sort_by_cached_key(|article| (article.article.hash, article.id()));
        let keywords = Keywords::new(about);
        let mut made = Self {
            articles: Vec::new(),
            sources: Vec::new(),
            lines: Vec::new(),
            weight: Vec::new(),
            dated: BTreeMap::new(),
            published: BTreeMap::new(),
        };
        let mut ids: HashMap<String, u32> = HashMap::new();
        let mut frequency: Vec<u32> = Vec::new();
        for (at, article) in articles.iter().enumerate() {
            made.read(at, article, &keywords, &mut ids, &mut frequency);
        }
        made.articles = articles;
        let all = made.lines.len() as f64;
        made.weight = frequency
            .iter()
            .map(|count| ((1.0 + all) / (1.0 + f64::from(*count))).ln() + 1.0)
            .collect();
        if keywords.is_empty() {
            made.share_by_likeness();
        }
        for (at, line) in made.lines.iter().enumerate() {
            if let Some(day) = line.days.first().or(line.entry.as_ref()) {
                made.dated.entry(*day).or_default().push(at);
            }
        }
        for (at, source) in made.sources.iter().enumerate() {
            if let Some(day) = source.published {
                made.published.entry(day).or_default().push(at);
            }
        }
        made
    }

    fn read(
        &mut self,
        at: usize,
        article: &Annotated,
        keywords: &Keywords,
        ids: &mut HashMap<String, u32>,
        frequency: &mut Vec<u32>,
    ) {
        let text = article.text();
        let first = self.lines.len();
        let mut timexes = article.timexes.iter().peekable();
        let mut openings = Vec::new();
        for span in &article.sentences {
            let inner = span.of(text);
            let folded = normalize::fold(inner);
            let mut days = Vec::new();
            let mut opening = false;
            while let Some(timex) = timexes.peek() {
                if timex.span.start >= span.end {
                    break;
                }
                let day = matches!(timex.kind, TimexKind::Date | TimexKind::Time)
                    .then_some(timex.interval)
                    .filter(|interval| timex.span.start >= span.start && interval.is_day())
                    .and_then(|interval| interval.start);
                if let Some(day) = day {
                    opening |= days.is_empty() && opens(text, *span, timex.span);
                    if !days.contains(&day) {
                        days.push(day);
                    }
                }
                timexes.next();
            }
            openings.push(opening);
            let (words, all) = count_words(&folded, ids, frequency);
            self.lines.push(Line {
                article: at,
                span: *span,
                keyword: keywords.is_empty() || keywords.hold(&folded),
                about: keywords.is_empty() || keywords.hold_short(&folded),
                turning: false,
                days,
                chronology: false,
                entry: None,
                telling: all >= LEAST_WORDS,
                words,
                key: super::super::profile::hash(folded.as_bytes()),
            });
        }
        if openings.iter().filter(|opening| **opening).count() >= CHRONOLOGY {
            let mut entry = None;
            for (line, opening) in self.lines.iter_mut().skip(first).zip(&openings) {
                if *opening {
                    line.chronology = true;
                    entry = line.days.first().copied();
                } else if line.days.is_empty() {
                    line.entry = entry;
                    line.chronology = entry.is_some();
                } else {
                    entry = None;
                }
            }
        }
        let own = self.lines.get_mut(first..).unwrap_or_default();
        let named = own.iter().any(|line| line.keyword);
        for line in own.iter_mut() {
            line.about = line.keyword || (named && line.about);
        }
        for mention in &article.events {
            if let Some(line) = own.get_mut(mention.sentence as usize)
                && line.about
                && !line.days.is_empty()
                && !line.turning
            {
                line.turning = trigger(article, mention).class.is_some_and(Class::turns);
            }
        }
        let held = own.iter().filter(|line| line.about).count();
        let all = own.len();
        let published = article.published.interval;
        // What was published some time in a month says nothing of a day.
        let published = published.start.filter(|_| published.is_day());
        self.sources.push(Source {
            published,
            lines: first..self.lines.len(),
            share: held as f64 / (all as f64 + 2.0),
        });
    }

    /// Without keywords an article is about the story as far as its words are those of the rest.
    fn share_by_likeness(&mut self) {
        let mut total: HashMap<u32, f64> = HashMap::new();
        let vectors: Vec<BTreeMap<u32, f64>> = self
            .sources
            .iter()
            .map(|source| {
                let mut sum: BTreeMap<u32, f64> = BTreeMap::new();
                for line in self.lines.get(source.lines.clone()).unwrap_or_default() {
                    for (word, count) in &line.words {
                        let weight = self.weight.get(*word as usize).copied().unwrap_or(0.0);
                        *sum.entry(*word).or_default() += weight * f64::from(*count);
                    }
                }
                let norm = sum.values().map(|value| value * value).sum::<f64>().sqrt();
                for value in sum.values_mut() {
                    *value /= norm.max(1e-9);
                }
                sum
            })
            .collect();
        for vector in &vectors {
            for (word, value) in vector {
                *total.entry(*word).or_default() += value;
            }
        }
        let mut squares: Vec<f64> = total.values().map(|value| value * value).collect();
        squares.sort_by(f64::total_cmp);
        let norm = squares.iter().sum::<f64>().sqrt().max(1e-9);
        for (source, vector) in self.sources.iter_mut().zip(&vectors) {
            let dot: f64 = vector
                .iter()
                .filter_map(|(word, value)| Some(value * total.get(word)?))
                .sum();
            source.share = dot / norm;
        }
    }
}

/// True where the line begins with the expression and a dash, colon or line end follows it.
fn opens(text: &str, line: Span, timex: Span) -> bool {
    if timex.start.saturating_sub(line.start) > OPENING {
        return false;
    }
    // "Monday:" heads a paragraph of any report; "March 3:" an entry.
    if !timex.of(text).contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let rest = text
        .get(timex.end as usize..line.end as usize)
        .unwrap_or_default()
        .trim_start_matches([' ', '\t']);
    rest.is_empty()
        || rest.starts_with([
            '-', '\u{2013}', '\u{2014}', '\u{2010}', '\u{2011}', ':', '_', '\n',
        ])
}

/// Content words of a folded line, with counts; and the number of all words.
fn count_words(
    folded: &str,
    ids: &mut HashMap<String, u32>,
    frequency: &mut Vec<u32>,
) -> (Vec<(u32, u16)>, usize) {
    let mut found: Vec<u32> = Vec::new();
    let mut all = 0;
    for word in folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        all += 1;
        if word.len() < 2 || WORDS.is("stop", word) {
            continue;
        }
        let id = if let Some(id) = ids.get(word) {
            *id
        } else {
            let id = ids.len() as u32;
            ids.insert(word.to_owned(), id);
            frequency.push(0);
            id
        };
        found.push(id);
    }
    found.sort_unstable();
    let mut out: Vec<(u32, u16)> = Vec::new();
    for id in found {
        match out.last_mut() {
            Some((last, count)) if *last == id => *count = count.saturating_add(1),
            _ => out.push((id, 1)),
        }
    }
    for (id, _) in &out {
        if let Some(count) = frequency.get_mut(*id as usize) {
            *count += 1;
        }
    }
    (out, all)
}

/// The phrases asked for.
struct Keywords {
    phrases: Option<AhoCorasick>,
    /// Last words of phrases: an article that names "Charles Taylor" goes on with "Taylor".
    short: Option<AhoCorasick>,
}

impl Keywords {
    fn new(about: &[String]) -> Self {
        let folded: Vec<String> = about
            .iter()
            .map(|phrase| normalize::fold(phrase.trim()))
            .filter(|phrase| !phrase.is_empty())
            .collect();
        let short: Vec<&str> = folded
            .iter()
            .filter_map(|phrase| Some(phrase.rsplit_once(' ')?.1))
            .filter(|last| last.chars().count() > 2)
            .collect();
        Self {
            phrases: matcher(&folded),
            short: matcher(&short),
        }
    }

    fn is_empty(&self) -> bool {
        self.phrases.is_none()
    }

    /// True where a phrase stands in `folded`, beginning at a word ("quake" does not hold in
    /// "earthquake", "earthquake" holds in "earthquakes").
    fn hold(&self, folded: &str) -> bool {
        holds(self.phrases.as_ref(), folded, |_| true)
    }

    /// True where the last word of a phrase stands in `folded` as a word.
    fn hold_short(&self, folded: &str) -> bool {
        holds(self.short.as_ref(), folded, |after| {
            !after.starts_with(char::is_alphanumeric)
        })
    }
}

fn matcher<P: AsRef<[u8]>>(patterns: &[P]) -> Option<AhoCorasick> {
    let builder = || {
        AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns)
    };
    (!patterns.is_empty()).then(builder)?.ok()
}

fn holds(words: Option<&AhoCorasick>, folded: &str, ends: impl Fn(&str) -> bool) -> bool {
    let whole = |start: usize, end: usize| {
        let before = folded.get(..start).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric) && ends(folded.get(end..).unwrap_or_default())
    };
    words.is_some_and(|words| {
        words
            .find_overlapping_iter(folded)
            .any(|found| whole(found.start(), found.end()))
    })
}
