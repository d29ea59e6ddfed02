//! A word index of a collection, kept by whoever asks often, so that a key stroke is answered
//! within a frame.
//!
//! It knows which articles hold which words in headline and text, and which names stand for which
//! articles through all spellings of their entity. It holds no text: that stays in the store.
//! [`Index::update`] reads only what is new since the generation it saw last.

use super::eval::Eval;
use super::{Hit, Marks, Query, rank, words};
use crate::annotate::{Annotated, EntityKind};
use crate::article::{ArticleId, ContentHash};
use crate::resolve::EntityId;
use crate::store::{ArticleRow, Filter, Read};
use crate::text::{Span, normalize};
use crate::when::Interval;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Rows are asked for in pieces of this size.
const CHUNK: usize = 512;

/// This much of the start and end of a text is kept for `^` and `$`, in characters.
const EDGE: usize = 80;

/// The headline holds the word.
pub(super) const IN_TITLE: u8 = 1;
/// The text holds the word.
pub(super) const IN_TEXT: u8 = 2;

/// One article as the index knows it.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub id: ArticleId,
    pub hash: ContentHash,
    /// Its place in the list.
    pub order: u32,
    /// False once a newer version took its place, or it left the collection.
    pub alive: bool,
    /// Folded: outlet and path.
    pub source: [String; 2],
    pub language: String,
    pub published: Interval,
    /// Not here the last time.
    pub new: bool,
    /// Folded headline.
    pub title: String,
    /// The folded start and end of the text.
    pub edges: [String; 2],
    /// Blocks of the article when it was read: more are there once it is analysed.
    blocks: usize,
    analysed: bool,
}

/// Where a word stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub doc: u32,
    pub fields: u8,
    pub count: u8,
}

/// A word of the dictionary.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub text: String,
    pub mask: u32,
    pub postings: Vec<Posting>,
}

/// An entity as the index knows it.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub id: EntityId,
    pub kind: EntityKind,
    /// Folded words of each spelling.
    pub spellings: Vec<Vec<String>>,
    pub docs: Vec<u32>,
}

/// A word index over one collection. See the module documentation.
#[derive(Clone, Debug, Default)]
pub struct Index {
    generation: Option<u64>,
    pub(super) docs: Vec<Doc>,
    doc_of: HashMap<ArticleId, u32>,
    pub(super) words: Vec<Word>,
    word_of: HashMap<String, u32>,
    /// Numbers of words in the order of their text.
    pub(super) sorted: Vec<u32>,
    pub(super) names: Vec<Name>,
    /// From a word to the names that hold it, and nothing else of the name.
    pub(super) name_words: BTreeMap<String, Vec<u32>>,
}

/// What is read of one article off the main thread.
struct Reading {
    row: ArticleRow,
    order: u32,
    article: Option<Arc<Annotated>>,
    words: HashMap<String, (u8, u8)>,
    title: String,
    edges: [String; 2],
}

impl Index {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// The generation of the store that it shows; `None` before the first update.
    pub const fn generation(&self) -> Option<u64> {
        self.generation
    }

    /// Takes in what is new in the store. Cheap where nothing is: the generation tells.
    pub fn update(&mut self, store: &dyn Read) {
        if self.generation == Some(store.generation()) {
            return;
        }
        let everything = Filter::default();
        let count = store.article_count(&everything);
        let mut seen: HashSet<u32> = HashSet::with_capacity(count);
        let mut grown = false;
        for start in (0..count).step_by(CHUNK) {
            let rows = store.articles(&everything, start..(start + CHUNK).min(count));
            let mut fresh = Vec::new();
            for (place, row) in (start as u32..).zip(rows) {
                match self.known(&row) {
                    Some(doc) => {
                        self.refresh(doc, &row, place);
                        seen.insert(doc);
                    }
                    None => fresh.push((place, row)),
                }
            }
            let readings: Vec<Reading> = fresh
                .into_par_iter()
                .map(|(order, row)| read(store, row, order))
                .collect();
            for reading in readings {
                grown = true;
                seen.insert(self.take(reading));
            }
        }
        for (number, doc) in (0u32..).zip(&mut self.docs) {
            doc.alive = seen.contains(&number);
        }
        if grown {
            self.sorted = (0..self.words.len() as u32).collect();
            let words = &self.words;
            self.sorted.par_sort_unstable_by(|a, b| {
                let text = |n: u32| words.get(n as usize).map(|word| &word.text);
                text(*a).cmp(&text(*b))
            });
        }
        self.take_names(store);
        self.generation = Some(store.generation());
    }

    /// The document of a row, where it was read in its present form.
    fn known(&self, row: &ArticleRow) -> Option<u32> {
        let number = *self.doc_of.get(&row.id)?;
        let doc = self.docs.get(number as usize)?;
        (doc.hash == row.hash && doc.analysed == row.analysed && doc.blocks > 0).then_some(number)
    }

    fn refresh(&mut self, doc: u32, row: &ArticleRow, order: u32) {
        if let Some(doc) = self.docs.get_mut(doc as usize) {
            doc.order = order;
            doc.published = row.published.interval;
            if doc.language != row.language {
                doc.language.clone_from(&row.language);
            }
        }
    }

    fn take(&mut self, reading: Reading) -> u32 {
        let number = self.docs.len() as u32;
        for (text, (fields, count)) in reading.words {
            let next = self.words.len() as u32;
            let word = *self.word_of.entry(text.clone()).or_insert(next);
            if word == next {
                self.words.push(Word {
                    mask: words::mask(&text),
                    text,
                    postings: Vec::new(),
                });
            }
            if let Some(word) = self.words.get_mut(word as usize) {
                word.postings.push(Posting {
                    doc: number,
                    fields,
                    count,
                });
            }
        }
        let row = reading.row;
        let fold = |text: Option<&str>| text.map_or(String::new(), normalize::fold);
        self.docs.push(Doc {
            hash: row.hash,
            order: reading.order,
            alive: true,
            source: [fold(row.source.as_deref()), fold(row.path.as_deref())],
            language: row.language,
            published: row.published.interval,
            new: row.new,
            title: reading.title,
            edges: reading.edges,
            blocks: reading.article.map_or(0, |article| article.blocks.len()),
            analysed: row.analysed,
            id: row.id.clone(),
        });
        self.doc_of.insert(row.id, number);
        number
    }

    fn take_names(&mut self, store: &dyn Read) {
        self.names.clear();
        self.name_words.clear();
        let everything = Filter::default();
        let count = store.entity_count(&everything);
        for start in (0..count).step_by(CHUNK) {
            for row in store.entities(&everything, start..(start + CHUNK).min(count)) {
                let entity = row.entity;
                let texts = entity.variants.iter().map(|v| v.text.as_str());
                let mut spellings: Vec<Vec<String>> =
                    texts.chain([entity.name.as_str()]).map(words::of).collect();
                spellings.sort();
                spellings.dedup();
                let docs = entity
                    .articles
                    .iter()
                    .filter_map(|id| self.doc_of.get(id).copied())
                    .collect();
                self.names.push(Name {
                    id: entity.id.clone(),
                    kind: entity.kind,
                    spellings,
                    docs,
                });
            }
        }
        for (number, name) in (0u32..).zip(&self.names) {
            for word in name.spellings.iter().flatten() {
                let names = self.name_words.entry(word.clone()).or_default();
                if names.last() != Some(&number) {
                    names.push(number);
                }
            }
        }
    }

    /// The number of a word of the dictionary.
    pub(super) fn word(&self, text: &str) -> Option<u32> {
        self.word_of.get(text).copied()
    }

    /// Words that begin with `start`, in the order of their text.
    pub(super) fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (u32, &'a Word)> {
        let text = |number: u32| {
            self.words
                .get(number as usize)
                .map_or("", |word| &word.text)
        };
        let from = self.sorted.partition_point(|number| text(*number) < start);
        self.sorted
            .iter()
            .skip(from)
            .filter_map(|number| Some((*number, self.words.get(*number as usize)?)))
            .take_while(move |(_, word)| word.text.starts_with(start))
    }

    /// Runs a query, best first, at most `limit` hits. The index answers for the generation it was
    /// updated to; `store` must be of that generation or a later one.
    ///
    /// Without marks nothing is read, starred or tagged.
    pub fn run(
        &self,
        store: &dyn Read,
        query: &Query,
        limit: usize,
        cancelled: &dyn Fn() -> bool,
    ) -> Vec<Hit> {
        self.run_marked(store, query, None, limit, cancelled)
    }

    /// As [`Self::run`], with what the reader marked.
    pub fn run_marked(
        &self,
        store: &dyn Read,
        query: &Query,
        marks: Option<&dyn Marks>,
        limit: usize,
        cancelled: &dyn Fn() -> bool,
    ) -> Vec<Hit> {
        let eval = Eval::new(self, store, marks, cancelled);
        let found = eval.query(query);
        rank::hits(self, store, query, &eval, &found, limit, cancelled)
    }
}

/// The stretches of an article that are searched: the headline and the contract's text; all of it
/// before it is cut into blocks.
pub(super) fn stretches(article: &Annotated) -> Vec<(Span, u8)> {
    use crate::annotate::Role;
    if article.blocks.is_empty() {
        return vec![(Span::new(0, article.text().len()), IN_TEXT)];
    }
    article
        .blocks
        .iter()
        .filter_map(|block| match block.role {
            Role::Headline => Some((block.span, IN_TITLE)),
            role if role.is_text() => Some((block.span, IN_TEXT)),
            _ => None,
        })
        .collect()
}

fn read(store: &dyn Read, row: ArticleRow, order: u32) -> Reading {
    let article = store.article(&row.id);
    let mut found: HashMap<String, (u8, u8)> = HashMap::new();
    let mut add = |word: &str, field: u8| {
        if let Some(entry) = found.get_mut(word) {
            *entry = (entry.0 | field, entry.1.saturating_add(1));
        } else {
            found.insert(word.to_owned(), (field, 1));
        }
    };
    words::each(&row.title, 0, |_, word| add(word, IN_TITLE));
    let mut edges = [String::new(), String::new()];
    if let Some(article) = &article {
        let text = article.text();
        let stretches = stretches(article);
        for (span, field) in &stretches {
            words::each(span.of(text), 0, |_, word| add(word, *field));
        }
        let mut bodies = stretches.iter().filter(|(_, field)| *field == IN_TEXT);
        let first = bodies.next().map_or("", |(span, _)| span.of(text));
        let last = bodies.next_back().map_or(first, |(span, _)| span.of(text));
        let start: String = first.trim().chars().take(EDGE).collect();
        let mut end: Vec<char> = last.trim().chars().rev().take(EDGE).collect();
        end.reverse();
        edges = [
            normalize::fold(&start),
            normalize::fold(&end.iter().collect::<String>()),
        ];
    }
    Reading {
        title: normalize::fold(row.title.trim()),
        row,
        order,
        article,
        words: found,
        edges,
    }
}
