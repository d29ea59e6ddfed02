//! The pipeline that fills a store while readers look at it.
//!
//! Work runs on its own threads; readers get immutable snapshots through a channel, each newer
//! than the last. The screen never waits for any of it. What the pipeline computes is a pure
//! function of its input: only when snapshots appear depends on the clock.

pub mod builtin;
pub mod collection;
pub mod decide;
pub mod library;

use crate::annotate::Annotated;
use crate::article::Article;
use crate::source::{self, FileReport, Found, Item, Options, ReadFile, UniqueIds};
use crate::store::overlay::History;
use crate::store::{Cache, Overlay, Read, Seen};
use collection::Collection;
use crossbeam_channel::{Receiver, SendError, Sender, unbounded};
use decide::Decision;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What to read.
#[derive(Clone, Debug)]
pub enum Input {
    /// Files and folders.
    Paths(Vec<PathBuf>),
    /// The collection that is compiled in.
    BuiltIn,
    /// Bytes that were read from standard input.
    Stdin(Vec<u8>),
}

/// How to read it.
#[derive(Clone, Debug)]
pub struct Request {
    /// What.
    pub input: Input,
    /// How.
    pub options: Options,
    /// What a person changed; empty where there is none.
    pub overlay: Overlay,
    /// The file that says which articles were here the last time.
    pub seen: Option<PathBuf>,
    /// The file that remembers what was found in articles; none where nothing is remembered.
    pub cache: Option<PathBuf>,
}

/// News from the pipeline.
#[derive(Clone)]
pub enum Progress {
    /// A newer state of the collection. The last one before `Done` is complete.
    Snapshot(Arc<dyn Read>),
    /// Files read and files found so far.
    Files {
        /// Read.
        done: usize,
        /// Found.
        total: usize,
    },
    /// What became of a file.
    Report(FileReport),
    /// Something went wrong that the user should know of.
    Trouble(String),
    /// What a decision came to.
    Told(String),
    /// All is read and analysed; then, all that was decided so far is in force.
    Done,
}

/// A pipeline at work. Dropping it asks the work to stop.
pub struct Engine {
    /// Its news, in order.
    pub progress: Receiver<Progress>,
    /// Where what a person changes is sent: the pipeline answers with a snapshot.
    pub decisions: Sender<Decision>,
    stop: Arc<AtomicBool>,
}

impl Engine {
    /// An engine without a pipeline: for tests that play its part.
    pub fn detached() -> (Self, Sender<Progress>, Receiver<Decision>) {
        let (news, progress) = unbounded();
        let (decisions, decided) = unbounded();
        let engine = Self {
            progress,
            decisions,
            stop: Arc::default(),
        };
        (engine, news, decided)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Gives an article an id that no other of this run has, with a warning where it changes.
pub fn settle(ids: &mut UniqueIds, article: &mut Article) {
    let (id, warning) = ids.take(&article.id());
    article.id = Some(id);
    article.warnings.extend(warning);
}

/// The first batch is small, so that something shows at once; then batches double.
const FIRST_BATCH: usize = 8;
const LAST_BATCH: usize = 4096;
/// While files come in, a snapshot is worth its cost only now and then.
const BETWEEN_SNAPSHOTS: Duration = Duration::from_millis(150);

/// Starts a pipeline on threads of its own.
///
/// What a person changes is kept in the overlay file `save`, where there is one.
pub fn start(request: Request, save: Option<PathBuf>) -> Engine {
    let (engine, news, decided) = Engine::detached();
    let stop = engine.stop.clone();
    std::thread::spawn(move || {
        let overlay = request.overlay.clone();
        let mut collection = Collection::new(overlay.clone())
            .with_seen(last_time(&request, &news))
            .with_cache(cache(&request));
        // A reader that went away is no error: there is nobody left to tell.
        let _gone = fill(&mut collection, &request, &news, &stop);
        let mut history = History::new(overlay, save);
        while let Ok(decision) = decided.recv() {
            let mut words = Vec::new();
            for decision in std::iter::once(decision).chain(decided.try_iter()) {
                words.extend(match decision.put(&mut history) {
                    decide::Outcome::Done(told) => told.map(Progress::Told),
                    decide::Outcome::Trouble(text) => Some(Progress::Trouble(text)),
                });
            }
            if collection.decide(history.overlay()) {
                words.insert(0, Progress::Snapshot(collection.snapshot()));
            }
            for word in words {
                if news.send(word).is_err() {
                    return;
                }
            }
            // Whoever waits for what came of it knows now that this was all.
            if news.send(Progress::Done).is_err() {
                return;
            }
        }
    });
    engine
}

/// What was here the last time; a file that cannot be read is told of, and nothing is new.
fn last_time(request: &Request, news: &Sender<Progress>) -> Seen {
    let Some(path) = &request.seen else {
        return Seen::default();
    };
    Seen::load(path).unwrap_or_else(|error| {
        let words = format!("what is new is not known: {}: {error}", path.display());
        let _gone = news.send(Progress::Trouble(words));
        Seen::default()
    })
}

/// The memory of annotations; none where it cannot be opened, and then the work is done anew.
fn cache(request: &Request) -> Option<Cache> {
    Cache::open(request.cache.as_ref()?).ok()
}

/// Reads everything and gives the complete state and what became of each file.
pub fn run(request: &Request) -> (Arc<dyn Read>, Vec<FileReport>) {
    let mut collection = Collection::new(request.overlay.clone()).with_cache(cache(request));
    let batches = Batches::new(&request.input);
    let mut reports = batches.passed_over.clone();
    // All in one batch: nobody looks on, and a snapshot costs as much as the folds.
    let files = batches.read(0..batches.len(), request.options);
    reports.extend(files.iter().map(|file| file.report.clone()));
    collection.count_skipped(&reports);
    collection.add(files);
    reports.sort_by(|a, b| a.file.cmp(&b.file));
    (collection.snapshot(), reports)
}

/// What one topic of the records holds.
pub struct Topic<T> {
    /// Its name; `None` for records without one.
    pub name: Option<String>,
    /// Its collection, or its articles in date order.
    pub content: T,
}

/// Like [`run`], with one collection for each topic that records name, in order of the topic.
pub fn run_topics(request: &Request) -> (Vec<Topic<Arc<dyn Read>>>, Vec<FileReport>) {
    by_topic(request, |files| {
        let mut collection = Collection::new(request.overlay.clone());
        collection.add(files);
        collection.snapshot()
    })
}

/// The articles of one topic.
pub type TopicArticles = Topic<Vec<Arc<Annotated>>>;

/// Like [`run_topics`], only the articles: for what needs no entities and no timeline of the whole.
pub fn run_articles(request: &Request) -> (Vec<TopicArticles>, Vec<FileReport>) {
    by_topic(request, |files| {
        Collection::dated(request.overlay.clone(), files)
    })
}

/// Reads everything and makes something of the files of each topic.
fn by_topic<T>(
    request: &Request,
    make: impl Fn(Vec<ReadFile>) -> T,
) -> (Vec<Topic<T>>, Vec<FileReport>) {
    let batches = Batches::new(&request.input);
    let mut reports = batches.passed_over.clone();
    let mut topics: BTreeMap<Option<String>, Vec<ReadFile>> = BTreeMap::new();
    for file in batches.read(0..batches.len(), request.options) {
        reports.push(file.report.clone());
        let mut parts: BTreeMap<Option<String>, Vec<Article>> = BTreeMap::new();
        for article in file.articles {
            parts
                .entry(article.hints.topic.clone())
                .or_default()
                .push(article);
        }
        for (topic, articles) in parts {
            let report = file.report.clone();
            topics
                .entry(topic)
                .or_default()
                .push(ReadFile { articles, report });
        }
    }
    reports.sort_by(|a, b| a.file.cmp(&b.file));
    let topics = topics.into_iter().map(|(name, files)| Topic {
        name,
        content: make(files),
    });
    (topics.collect(), reports)
}

fn fill(
    collection: &mut Collection,
    request: &Request,
    news: &Sender<Progress>,
    stop: &AtomicBool,
) -> Result<(), SendError<Progress>> {
    let batches = Batches::new(&request.input);
    let total = batches.len();
    news.send(Progress::Files { done: 0, total })?;
    for report in &batches.passed_over {
        news.send(Progress::Report(report.clone()))?;
    }
    collection.count_skipped(&batches.passed_over);
    let (mut done, mut size) = (0, FIRST_BATCH);
    let mut shown: Option<Instant> = None;
    while done < total && !stop.load(Ordering::Relaxed) {
        let batch = done..(done + size).min(total);
        done = batch.end;
        size = (size * 2).min(LAST_BATCH);
        let files = batches.read(batch, request.options);
        let reports: Vec<FileReport> = files.iter().map(|file| file.report.clone()).collect();
        collection.count_skipped(&reports);
        for report in reports {
            news.send(Progress::Report(report))?;
        }
        collection.add(files);
        news.send(Progress::Files { done, total })?;
        if done < total && shown.is_none_or(|at| at.elapsed() > BETWEEN_SNAPSHOTS) {
            news.send(Progress::Snapshot(collection.snapshot()))?;
            shown = Some(Instant::now());
        }
    }
    news.send(Progress::Snapshot(collection.snapshot()))?;
    news.send(Progress::Done)
}

/// The input as files that can be read in any order, a batch at a time.
pub struct Batches {
    files: Vec<File>,
    passed_over: Vec<FileReport>,
}

enum File {
    Found(Found),
    Bytes(&'static str, &'static [u8]),
    Stdin(Vec<u8>),
}

impl Batches {
    /// Finds the files of an input.
    pub fn new(input: &Input) -> Self {
        let (files, passed_over) = match input {
            Input::Paths(paths) => {
                let (found, passed_over) = source::find(paths);
                (found.into_iter().map(File::Found).collect(), passed_over)
            }
            Input::BuiltIn => {
                let files = builtin::FILES
                    .iter()
                    .map(|(name, bytes)| File::Bytes(name, bytes));
                (files.collect(), Vec::new())
            }
            Input::Stdin(bytes) => (vec![File::Stdin(bytes.clone())], Vec::new()),
        };
        Self { files, passed_over }
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// True where there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What was found and is no file to read.
    pub fn passed_over(&self) -> &[FileReport] {
        &self.passed_over
    }

    /// Reads some of the files, in parallel, in order.
    pub fn read(&self, range: std::ops::Range<usize>, options: Options) -> Vec<ReadFile> {
        self.files[range]
            .par_iter()
            .map(|file| match file {
                File::Found(found) => source::read(found, options),
                File::Bytes(name, bytes) => source::read_bytes(name, Some(name), bytes, options),
                File::Stdin(bytes) => read_stdin(bytes, options),
            })
            .collect()
    }
}

/// Reads what came in on standard input: JSON Lines records keep the ids they were given, anything
/// else is read by its content like a file.
fn read_stdin(bytes: &[u8], options: Options) -> ReadFile {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return source::read_bytes("-", None, bytes, options);
    }
    let mut articles = Vec::new();
    let mut bad = Vec::new();
    let sink = |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Bad(warning) => bad.push(warning),
        }
        true
    };
    match source::records(bytes, options, sink) {
        Ok(mut report) => {
            report.warnings.extend(bad);
            ReadFile { articles, report }
        }
        // Bytes in memory cannot fail to be read; the reader's type allows for it all the same.
        Err(_) => source::read_bytes("-", None, bytes, options),
    }
}

#[cfg(test)]
mod tests;
