//! From scores to hits: the order, the snippet, and what is marked in it.

use super::eval::{Eval, Score};
use super::index::{Index, stretches};
use super::query::{Field as Asked, How, Query, Term};
use super::{Field, Hit, words};
use crate::annotate::{Annotated, EntityKind};
use crate::resolve::EntityId;
use crate::store::Read;
use crate::text::Span;
use std::cmp::Reverse;
use std::collections::HashMap;

/// A snippet is cut to this many characters.
const SNIPPET: usize = 220;
/// Characters kept before the first match of a snippet that is cut.
const LEAD: usize = 50;
/// Matches kept of one article.
const MOST_SPANS: usize = 500;

/// Sorts what was found, best first, and makes hits of the first `limit`.
pub(super) fn hits(
    index: &Index,
    store: &dyn Read,
    query: &Query,
    eval: &Eval<'_>,
    found: &[Score],
    limit: usize,
    cancelled: &dyn Fn() -> bool,
) -> Vec<Hit> {
    let mut best: Vec<(f64, u32, usize)> = found
        .iter()
        .zip(&index.docs)
        .enumerate()
        .filter(|(_, (score, _))| score.quality > 0.0)
        .map(|(number, (score, doc))| (total(*score), doc.order, number))
        .collect();
    let order =
        |a: &(f64, u32, usize), b: &(f64, u32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if limit < best.len() && limit > 0 {
        best.select_nth_unstable_by(limit - 1, order);
    }
    best.truncate(limit);
    best.sort_by(order);
    let marker = Marker::new(index, query, eval);
    let mut hits = Vec::with_capacity(best.len());
    for (score, _, number) in best {
        if cancelled() {
            break;
        }
        let Some(doc) = index.docs.get(number) else {
            continue;
        };
        let Some(row) = store.row(&doc.id) else {
            continue;
        };
        let article = store.article(&doc.id);
        hits.push(marker.hit(store, &row.title, article.as_deref(), &doc.id, score));
    }
    hits
}

/// Quality decides; where and how often only breaks ties.
fn total(score: Score) -> f64 {
    f64::from(score.quality) * 100.0 + f64::from(score.bonus.min(9.9)) / 10.0
}

/// A match of some terms of the query, one bit a term.
#[derive(Clone, Copy)]
struct Mark {
    span: Span,
    terms: u64,
    /// Matched as the name of an entity, in whatever spelling.
    by_name: bool,
}

/// Finds the matches of a query in the texts of articles.
#[derive(Default)]
struct Marker {
    /// Folded words, with the terms they match and how much of them to mark (in characters).
    words: HashMap<String, (u64, usize)>,
    phrases: Vec<(u64, Vec<String>, bool)>,
    expressions: Vec<(u64, regex::Regex)>,
    names: HashMap<EntityId, u64>,
}

impl Marker {
    fn new(index: &Index, query: &Query, eval: &Eval<'_>) -> Self {
        let mut made = Self::default();
        for (number, (field, term)) in query.terms().into_iter().enumerate().take(64) {
            made.add(index, eval, 1 << number, field, term);
        }
        made
    }

    fn add(&mut self, index: &Index, eval: &Eval<'_>, bit: u64, field: Option<Asked>, term: &Term) {
        let kind = match field {
            Some(Asked::Source | Asked::Tag | Asked::Lang) => return,
            Some(Asked::Person) => Some(EntityKind::Person),
            Some(Asked::Org) => Some(EntityKind::Org),
            Some(Asked::Place) => Some(EntityKind::Place),
            Some(Asked::Title) | None => None,
        };
        let asked = words::of(&term.text);
        match (term.how, asked.as_slice()) {
            (How::Regex, _) => {
                if let Ok(expression) = super::query::regex(&term.text) {
                    self.expressions.push((bit, expression));
                }
            }
            (_, []) => {}
            (How::Fuzzy, [word]) => {
                let meaning = eval.meaning(word, kind);
                for number in meaning.words.keys().filter(|_| kind.is_none()) {
                    let Some(found) = index.words.get(*number as usize) else {
                        continue;
                    };
                    let cut = if found.text.starts_with(word) {
                        word.chars().count()
                    } else {
                        usize::MAX
                    };
                    let entry = self.words.entry(found.text.clone()).or_insert((0, 0));
                    *entry = (entry.0 | bit, entry.1.max(cut));
                }
                for number in meaning.names.keys().filter(|_| field != Some(Asked::Title)) {
                    if let Some(name) = index.names.get(*number as usize) {
                        *self.names.entry(name.id.clone()).or_default() |= bit;
                    }
                }
            }
            (how, _) => {
                let open = matches!(how, How::Fuzzy | How::Start);
                if field != Some(Asked::Title)
                    && (how != How::Exact || kind.is_some() || asked.len() > 1)
                {
                    for name in eval.names_with(&asked, open, kind) {
                        *self.names.entry(name.id.clone()).or_default() |= bit;
                    }
                }
                if kind.is_none() {
                    self.phrases.push((bit, asked, open));
                }
            }
        }
    }

    /// Matches of words, phrases and expressions in `text`, whose bytes start at `from`.
    fn marks(&self, text: &str, from: usize, made: &mut Vec<Mark>) {
        let mut mark = |span, terms| {
            made.push(Mark {
                span,
                terms,
                by_name: false,
            });
        };
        let keep = !self.phrases.is_empty();
        let mut all: Vec<(Span, String)> = Vec::new();
        words::each(text, from, |span, word| {
            if let Some((terms, cut)) = self.words.get(word) {
                mark(shortened(span, text, from, word, *cut), *terms);
            }
            if keep {
                all.push((span, word.to_owned()));
            }
        });
        for (bit, asked, open) in &self.phrases {
            for run in all.windows(asked.len()) {
                let same = run
                    .iter()
                    .zip(asked)
                    .enumerate()
                    .all(|(at, ((_, word), asked))| {
                        word == asked
                            || (*open && at + 1 == run.len() && word.starts_with(asked.as_str()))
                    });
                if same && let (Some(first), Some(last)) = (run.first(), run.last()) {
                    mark(first.0.cover(last.0), *bit);
                }
            }
        }
        for (bit, expression) in &self.expressions {
            for found in expression
                .find_iter(text)
                .filter(|found| !found.is_empty())
                .take(MOST_SPANS)
            {
                mark(Span::new(from + found.start(), from + found.end()), *bit);
            }
        }
    }

    /// All matches in an article, rising and disjoint; a longer match wins over one inside it.
    fn in_article(&self, store: &dyn Read, article: &Annotated) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (span, _) in stretches(article) {
            self.marks(span.of(article.text()), span.start as usize, &mut marks);
        }
        if !self.names.is_empty() {
            let id = article.id();
            let terms: Vec<u64> = (0..article.entities.len() as u32)
                .map(|local| store.entity_of(&id, local))
                .map(|entity| {
                    entity
                        .and_then(|e| self.names.get(&e))
                        .copied()
                        .unwrap_or(0)
                })
                .collect();
            for mention in &article.mentions {
                let terms = terms.get(mention.entity as usize).copied().unwrap_or(0);
                if terms != 0 {
                    marks.push(Mark {
                        span: mention.span,
                        terms,
                        by_name: true,
                    });
                }
            }
        }
        disjoint(marks)
    }

    fn hit(
        &self,
        store: &dyn Read,
        title: &str,
        article: Option<&Annotated>,
        id: &crate::article::ArticleId,
        total: f64,
    ) -> Hit {
        let mut in_title = Vec::new();
        self.marks(title, 0, &mut in_title);
        let in_title = disjoint(in_title);
        let found = article.map_or_else(Vec::new, |article| self.in_article(store, article));
        let spans = found
            .iter()
            .take(MOST_SPANS)
            .map(|mark| mark.span)
            .collect();
        let title_terms = covered(&in_title);
        let best = article.and_then(|article| best_stretch(article, &found));
        let (field, snippet, matches) = match (article, best) {
            (Some(article), Some((stretch, inside))) if covered(inside) > title_terms => {
                let field = if inside.iter().all(|mark| mark.by_name) {
                    Field::Entity
                } else {
                    Field::Text
                };
                let (snippet, matches) = cut(article.text(), stretch, inside);
                (field, snippet, matches)
            }
            _ => {
                let (snippet, matches) = cut(title, Span::new(0, title.len()), &in_title);
                (Field::Title, snippet, matches)
            }
        };
        Hit {
            article: id.clone(),
            score: total,
            field,
            snippet,
            matches,
            spans,
        }
    }
}

/// The first `cut` characters of a word, where folding kept their number.
fn shortened(span: Span, text: &str, from: usize, folded: &str, cut: usize) -> Span {
    let start = span.start as usize - from;
    let word = text.get(start..span.end as usize - from).unwrap_or("");
    if word.chars().count() != folded.chars().count() {
        return span;
    }
    let bytes: usize = word.chars().take(cut).map(char::len_utf8).sum();
    Span::new(span.start as usize, span.start as usize + bytes)
}

fn disjoint(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end), mark.by_name));
    let mut kept: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match kept.last_mut() {
            Some(last) if mark.span.start < last.span.end => {
                last.terms |= mark.terms;
                last.by_name &= mark.by_name;
                last.span = last.span.cover(mark.span);
            }
            _ => kept.push(mark),
        }
    }
    kept
}

/// How many terms of the query the marks match.
fn covered(marks: &[Mark]) -> u32 {
    marks
        .iter()
        .fold(0, |terms, mark| terms | mark.terms)
        .count_ones()
}

/// The sentence (the block, where there are no sentences) that matches most terms; the first of
/// equals.
fn best_stretch<'a>(article: &Annotated, marks: &'a [Mark]) -> Option<(Span, &'a [Mark])> {
    let mut best: Option<(u32, Span, &[Mark])> = None;
    let mut at = 0;
    while let Some(first) = marks.get(at) {
        let sentence = article
            .sentence(first.span.start)
            .and_then(|number| article.sentences.get(number).copied());
        let block = || article.block(first.span.start).map(|block| block.span);
        let stretch = sentence
            .or_else(block)
            .unwrap_or_else(|| line(article.text(), first.span));
        let stretch = stretch.cover(first.span);
        let inside = marks.get(at..).unwrap_or(&[]);
        let count = inside
            .partition_point(|mark| mark.span.end <= stretch.end)
            .max(1);
        let inside = inside.get(..count).unwrap_or(inside);
        let terms = covered(inside);
        if best.is_none_or(|(most, ..)| terms > most) {
            best = Some((terms, stretch, inside));
        }
        at += count;
    }
    best.map(|(_, stretch, marks)| (stretch, marks))
}

fn line(text: &str, span: Span) -> Span {
    let start = text
        .get(..span.start as usize)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let rest = text.get(span.end as usize..).unwrap_or("");
    let end = span.end as usize + rest.find('\n').unwrap_or(rest.len());
    Span::new(start, end)
}

/// The text of a stretch, cut around its first match, and the matches as its code points. Line
/// breaks become spaces, one for one.
fn cut(text: &str, stretch: Span, marks: &[Mark]) -> (String, Vec<(usize, usize)>) {
    let whole = stretch.of(text);
    let count = |to: u32| {
        let inner = text.get(stretch.start as usize..(to.min(stretch.end)) as usize);
        inner.map_or(0, |inner| inner.chars().count())
    };
    let length = whole.chars().count();
    let first = marks.first().map_or(0, |mark| count(mark.span.start));
    let start = if length <= SNIPPET {
        0
    } else {
        first.saturating_sub(LEAD).min(length - SNIPPET)
    };
    let mut snippet = String::new();
    let mut lead = 0;
    if start > 0 {
        snippet.push('\u{2026}');
        lead = 1;
    }
    let kept: Vec<char> = whole.chars().skip(start).take(SNIPPET).collect();
    snippet.extend(
        kept.iter()
            .map(|c| if c.is_whitespace() { ' ' } else { *c }),
    );
    let end = start + kept.len();
    if end < length {
        snippet.push('\u{2026}');
    }
    let matches = marks
        .iter()
        .map(|mark| (count(mark.span.start), count(mark.span.end)))
        .filter(|(from, to)| *from < *to && *from >= start && *to <= end)
        .map(|(from, to)| (from - start + lead, to - start + lead))
        .collect();
    (snippet, matches)
}
