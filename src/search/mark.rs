//! Where a query matches in the text of an article, and the snippet that shows it best.

use super::query::Term;
use super::words;
use super::{Field, Hit};
use crate::annotate::{Annotated, EntityKind};
use crate::article::ArticleId;
use crate::resolve::{Entity, EntityId};
use crate::search::compare::{has_phrase, holds};
use crate::search::index::stretches;
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
pub(super) struct Marker {
    /// Folded words, with the terms they match and how much of them to mark (in characters).
    pub words: HashMap<String, (u64, usize)>,
    /// Beginnings of words.
    pub begins: Vec<(u64, String)>,
    pub phrases: Vec<(u64, Vec<String>, bool)>,
    pub expressions: Vec<(u64, regex::Regex)>,
    /// Entities by their ids,
    pub names: HashMap<EntityId, u64>,
    /// and by how they are spelled.
    pub spelled: Vec<(u64, Option<EntityKind>, Spelled)>,
}

/// What a spelling of a name must have.
pub(super) enum Spelled {
    /// This folded word, or with `true` one that begins so.
    Word(String, bool),
    /// These words, one after the other; with `true` the last may go on.
    Phrase(Vec<String>, bool),
    /// What a mark asks for.
    Marked(Term),
}

impl Spelled {
    fn fits(&self, entity: &Entity) -> bool {
        let variants = entity.variants.iter().map(|variant| variant.text.as_str());
        variants.chain([entity.name.as_str()]).any(|spelling| {
            let own = words::of(spelling);
            match self {
                Self::Word(word, open) => own
                    .iter()
                    .any(|own| own == word || (*open && own.starts_with(word.as_str()))),
                Self::Phrase(asked, open) => has_phrase(&own, asked, *open),
                Self::Marked(term) => holds(&own.join(" "), term),
            }
        })
    }
}

impl Marker {
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
            let mut fits = self.words.get(word).copied();
            for (terms, start) in &self.begins {
                if word.starts_with(start.as_str()) {
                    let (known, cut) = fits.unwrap_or_default();
                    fits = Some((known | terms, cut.max(start.chars().count())));
                }
            }
            if let Some((terms, cut)) = fits {
                mark(shortened(span, text, from, word, cut), terms);
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
        if !self.names.is_empty() || !self.spelled.is_empty() {
            let id = article.id();
            let terms: Vec<u64> = (0..article.entities.len() as u32)
                .map(|local| store.entity_of(&id, local))
                .map(|entity| entity.map_or(0, |entity| self.terms_of(store, &entity)))
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

    /// The terms that an entity matches.
    fn terms_of(&self, store: &dyn Read, id: &EntityId) -> u64 {
        let mut terms = self.names.get(id).copied().unwrap_or(0);
        if !self.spelled.is_empty()
            && let Some(entity) = store.entity(id)
        {
            for (bit, kind, spelled) in &self.spelled {
                if kind.is_none_or(|kind| kind == entity.kind) && spelled.fits(&entity) {
                    terms |= bit;
                }
            }
        }
        terms
    }

    /// The hit of an article with this headline and text, which matches so well.
    pub(super) fn hit(
        &self,
        store: &dyn Read,
        title: &str,
        article: Option<&Annotated>,
        id: &ArticleId,
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
