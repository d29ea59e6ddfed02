//! Work that grows with the collection, away from the event thread.
//!
//! One worker for each kind of question, each with a slot that holds the latest question only:
//! a newer one replaces an older one that waits and asks the one at work to stop. Answers carry
//! the number of their question, so a stale one is known and dropped.

use super::overlay::company::count::{self, Company};
use super::overlay::compare::diff::{self, Diff};
use super::pane::timeline::buckets::{self, Bucket, Zoom};
use crate::article::ArticleId;
use crate::resolve::EntityId;
use crate::search::{self, Finder, Hit, QueryError, Wanted};
use crate::store::{Filter, Read};
use crate::timeline::digest;
use crossbeam_channel::Sender;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The most articles that a search keeps, and of how many it marks the matches in the text at once: more are of no use
/// to a person.
const WANTED: Wanted = Wanted {
    hits: 5000,
    shown: 60,
};

/// What a worker is asked.
#[derive(Clone)]
pub(super) enum Question {
    /// Which articles match.
    Search(String),
    /// The timeline in coarser steps.
    Buckets(Filter, Zoom),
    /// The story of what a filter leaves.
    Digest(Filter, digest::Request),
    /// What is a copy of the article or copied by it; where nothing is, the other one.
    Copies(ArticleId, Option<ArticleId>),
    /// What two articles have in common.
    Diff(ArticleId, ArticleId),
    /// Who is told of together with an entity.
    Company(EntityId),
    /// The events of a filter as a file: the form, the title, the file.
    Export(Filter, &'static str, String, String),
}

/// What it found.
#[derive(Clone)]
pub(super) enum Answer {
    /// Articles that match a query, best first.
    Hits {
        /// The query.
        text: String,
        /// What was found.
        hits: Vec<Hit>,
        /// What is wrong with the query.
        error: Option<QueryError>,
    },
    /// The timeline in coarser steps.
    Buckets {
        /// Of what.
        filter: Filter,
        /// In which steps.
        zoom: Zoom,
        /// The steps.
        buckets: Arc<[Bucket]>,
    },
    /// A story in dates.
    Digest(Arc<[digest::Entry]>),
    /// What an article can be compared with.
    Copies {
        /// The article.
        of: ArticleId,
        /// In list order.
        copies: Arc<[ArticleId]>,
        /// They are copies, not what was asked for in their place.
        found: bool,
    },
    /// Two articles compared.
    Diff {
        /// One.
        left: ArticleId,
        /// The other.
        right: ArticleId,
        /// What they have in common.
        diff: Arc<Diff>,
    },
    /// Who is told of together with an entity.
    Company {
        /// With whom.
        of: EntityId,
        /// Who.
        company: Arc<Company>,
    },
    /// What became of an export, or why there is none.
    Exported(Result<String, String>),
    /// A job fell over.
    Failed(&'static str),
}

/// An answer with the number of its question.
pub(super) struct Reply {
    pub(super) kind: usize,
    pub(super) number: u64,
    pub(super) answer: Answer,
}

struct Work {
    number: u64,
    question: Question,
    store: Arc<dyn Read>,
}

#[derive(Default)]
struct Slot {
    waiting: Mutex<Option<Work>>,
    wake: Condvar,
    latest: AtomicU64,
}

impl Question {
    const KINDS: usize = 7;

    const fn kind(&self) -> usize {
        match self {
            Self::Search(_) => 0,
            Self::Buckets(..) => 1,
            Self::Digest(..) => 2,
            Self::Copies(..) => 3,
            Self::Diff(..) => 4,
            Self::Company(_) => 5,
            Self::Export(..) => 6,
        }
    }
}

/// The workers. They end with the program.
pub(super) struct Jobs {
    slots: Vec<Arc<Slot>>,
}

impl Jobs {
    /// Starts the workers, which send their replies to `replies`.
    pub(super) fn start(replies: &Sender<Reply>) -> Self {
        let slots: Vec<Arc<Slot>> = (0..Question::KINDS).map(|_| Arc::default()).collect();
        for (kind, slot) in slots.iter().enumerate() {
            let (slot, replies) = (slot.clone(), replies.clone());
            std::thread::spawn(move || work(kind, &slot, &replies));
        }
        Self { slots }
    }

    /// Asks; an older question of the same kind is forgotten.
    pub(super) fn ask(&self, question: Question, store: Arc<dyn Read>) {
        let Some(slot) = self.slots.get(question.kind()) else {
            return;
        };
        let number = slot.latest.fetch_add(1, Ordering::AcqRel) + 1;
        let mut waiting = slot.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = Some(Work {
            number,
            question,
            store,
        });
        slot.wake.notify_one();
    }

    /// True where a reply answers the latest question of its kind.
    pub(super) fn is_fresh(&self, reply: &Reply) -> bool {
        let slot = self.slots.get(reply.kind);
        slot.is_some_and(|slot| slot.latest.load(Ordering::Acquire) == reply.number)
    }
}

fn work(kind: usize, slot: &Slot, replies: &Sender<Reply>) {
    let mut finder = Finder::new();
    loop {
        let mut waiting = slot.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let next = loop {
            match waiting.take() {
                Some(next) => break next,
                None => {
                    waiting = slot
                        .wake
                        .wait(waiting)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        };
        drop(waiting);
        let stale = || slot.latest.load(Ordering::Acquire) != next.number;
        let answer = catch_unwind(AssertUnwindSafe(|| {
            answer(&next.question, &next.store, &mut finder, &stale)
        }))
        .unwrap_or_else(|_| {
            // Whatever it was in the middle of, the next question starts clean.
            finder = Finder::new();
            Answer::Failed("a job failed; the screen goes on without it")
        });
        if !stale()
            && replies
                .send(Reply {
                    kind,
                    number: next.number,
                    answer,
                })
                .is_err()
        {
            return;
        }
    }
}

/// Answers a question; `stale` says that nobody waits any more. The finder is kept from question to
/// question, so a letter more costs no second reading of the collection.
pub(super) fn answer(
    question: &Question,
    store: &Arc<dyn Read>,
    finder: &mut Finder,
    stale: &dyn Fn() -> bool,
) -> Answer {
    match question {
        Question::Search(text) => {
            let (query, error) = search::query::parse(text);
            // What is begun here is finished: the next question needs it too.
            if finder.update(store.as_ref(), &|| false).is_err() {
                return Answer::Failed("the search files of the library cannot be read or written");
            }
            let notes = store.notes();
            let hits = finder.run(store.as_ref(), &query, &notes, WANTED, stale);
            Answer::Hits {
                text: text.clone(),
                hits,
                error,
            }
        }
        Question::Digest(filter, request) => {
            let rows = store.articles(filter, 0..usize::MAX);
            let articles: Vec<_> = rows
                .iter()
                .take_while(|_| !stale())
                .filter_map(|row| store.article(&row.id))
                .collect();
            Answer::Digest(digest::digest(&articles, request).into())
        }
        Question::Copies(of, instead) => {
            let mut copies = copies(store.as_ref(), of, stale);
            let found = !copies.is_empty();
            if !found {
                copies.extend(instead.clone().filter(|other| other != of));
            }
            Answer::Copies {
                of: of.clone(),
                copies: copies.into(),
                found,
            }
        }
        Question::Export(filter, form, title, file) => {
            Answer::Exported(super::update::export(store, filter, form, title, file))
        }
        Question::Company(of) => Answer::Company {
            of: of.clone(),
            company: Arc::new(count::count(store.as_ref(), of, stale)),
        },
        Question::Diff(left, right) => {
            let both = store.article(left).zip(store.article(right));
            let diff = both.map_or_else(Diff::default, |(left, right)| diff::diff(&left, &right));
            Answer::Diff {
                left: left.clone(),
                right: right.clone(),
                diff: Arc::new(diff),
            }
        }
        Question::Buckets(filter, zoom) => Answer::Buckets {
            filter: filter.clone(),
            zoom: *zoom,
            buckets: buckets::collect(store.as_ref(), filter, *zoom, stale).into(),
        },
    }
}

/// Rows that are asked for at a time.
const PAGE: usize = 4096;

/// The articles with the same original as `of`, in list order, without itself.
fn copies(store: &dyn Read, of: &ArticleId, stale: &dyn Fn() -> bool) -> Vec<ArticleId> {
    let row = store.row(of);
    let original = row
        .and_then(|row| row.copies_of)
        .unwrap_or_else(|| of.clone());
    let all = Filter::default();
    let total = store.article_count(&all);
    let mut found = Vec::new();
    for from in (0..total).step_by(PAGE).take_while(|_| !stale()) {
        let page = store.articles(&all, from..from + PAGE);
        let family = page.into_iter().filter(|row| {
            row.id != *of && (row.id == original || row.copies_of.as_ref() == Some(&original))
        });
        found.extend(family.map(|row| row.id));
    }
    found
}
