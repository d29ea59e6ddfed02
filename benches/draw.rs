//! Drawing: what one key costs in time, in bytes to the terminal and in memory that is asked for.
//!
//! Made-up collections of 1,000, 10,000 and 100,000 articles at 200x60: the list alone (60 rows of it)
//! and all panes. `cargo bench --bench draw` prints the bytes of a move of the selection and the
//! median and longest time of 200 of them, then times and allocations of a frame; those must not
//! grow with the collection.

#![allow(clippy::expect_used)]

use dateline::annotate::{Annotated, Block, EntityKind, EventBasis, EventKind, Published, Role};
use dateline::article::{Article, ArticleId, ContentHash};
use dateline::config::Settings;
use dateline::resolve::{Entity, EntityId};
use dateline::store::memory::{Parts, Slot};
use dateline::store::{ArticleRow, Memory, Read};
use dateline::text::{Origin, Span};
use dateline::timeline::{Citation, Event, EventId};
use dateline::tui::probe::Probe;
use dateline::when::{Interval, calendar};
use std::sync::Arc;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const COLUMNS: u16 = 200;
const ROWS: u16 = 60;

fn interval(at: usize) -> Interval {
    let first = calendar::date(2001, 1, 1).unwrap_or_default();
    Interval::day(calendar::add_days(first, (at / 4) as i64))
}

fn slot(at: usize) -> Slot {
    let title = format!("Council {at} votes on the harbour of Karsholm for the {at}th time");
    let text = format!(
        "{title}\n{}",
        "The council of the town met and voted on it again. ".repeat(40)
    );
    let id = ArticleId::new(format!("news/{at:06}.txt"));
    let article = Article {
        id: Some(id.clone()),
        path: Some(id.to_string()),
        hash: ContentHash::of(id.as_str().as_bytes()),
        origin: Origin::verbatim(),
        text,
        ..Article::default()
    };
    let whole = Span::new(title.len() + 1, article.text.len() - 1);
    let mut annotated = Annotated::new(Arc::new(article));
    annotated.title = Some(title.clone());
    annotated.language.analysed = true;
    annotated.blocks = vec![Block {
        span: whole,
        role: Role::Body,
    }];
    let published = Published {
        interval: interval(at),
        ..Published::default()
    };
    annotated.published = published.clone();
    Slot {
        row: ArticleRow {
            id,
            hash: annotated.article.hash,
            path: annotated.article.path.clone(),
            title,
            source: Some("Karsholm Post".to_owned()),
            published,
            words: 400,
            language: "en".to_owned(),
            analysed: true,
            copies_of: None,
            new: false,
        },
        annotated: Arc::new(annotated),
        entities: Vec::new(),
    }
}

fn event(at: usize, slot: &Slot, who: &EntityId) -> Arc<Event> {
    let date = interval(at);
    Arc::new(Event {
        id: EventId::of(slot.row.hash, 0, &date),
        date,
        text: format!("The council votes on the harbour for the {at}th time."),
        score: 0.5,
        kind: EventKind::Event,
        planned: false,
        denied: false,
        articles: vec![slot.row.id.clone()],
        first_told: date.start,
        voices: 1,
        entities: vec![who.clone()],
        conflicts: Vec::new(),
        mentions: vec![Citation {
            article: slot.row.id.clone(),
            span: Span::new(80, 120),
            line: Some(2),
            quote: "The council of the town met and voted on it again.".to_owned(),
            basis: EventBasis::Published,
            timex: None,
            date,
        }],
        figures: Vec::new(),
        topic: None,
    })
}

fn store(size: usize) -> Arc<dyn Read> {
    let slots: Vec<Slot> = (0..size).map(slot).collect();
    let entities: Vec<Arc<Entity>> = (0..size / 10)
        .map(|at| {
            let name = format!("Person {at}");
            Arc::new(Entity {
                id: EntityId::of(EntityKind::Person, &name, ContentHash::default()),
                kind: EntityKind::Person,
                mentions: (size - at) as u32,
                articles: Vec::new(),
                variants: Vec::new(),
                aliases: Vec::new(),
                name,
            })
        })
        .collect();
    let who = |at: usize| entities[at % entities.len()].id.clone();
    let events = slots
        .iter()
        .enumerate()
        .map(|(at, slot)| event(at, slot, &who(at)));
    let events: Vec<Arc<Event>> = events.collect();
    Arc::new(Memory::new(Parts {
        generation: 1,
        slots,
        entities,
        events,
        ..Parts::default()
    }))
}

fn probe(size: usize, keys: &[&str]) -> Probe {
    let settings = Settings::default();
    let mut made = Probe::new(store(size), settings, COLUMNS, ROWS).expect("a screen");
    for key in keys {
        made.press(key).expect("a key");
    }
    made
}

/// Where the selection moves: a name, and the keys that lead there.
const VIEWS: [(&str, &[&str]); 3] = [
    ("list", &["z"]),
    ("all panes", &["1"]),
    ("timeline", &["4", "z"]),
];

fn main() {
    println!("a move of the selection at {COLUMNS}x{ROWS}: bytes, median and longest time of 200");
    for size in SIZES {
        for (name, keys) in VIEWS {
            let mut probe = probe(size, keys);
            let mut costs: Vec<_> = (0..200).map(|_| probe.press("j").expect("a key")).collect();
            let bytes = costs.iter().map(|cost| cost.bytes).max().unwrap_or(0);
            costs.sort_by_key(|cost| cost.time);
            println!(
                "{size:>7} articles, {name:<9} {bytes:>6} bytes  {:>9.1?}  {:>9.1?}",
                costs[100].time, costs[199].time
            );
        }
    }
    divan::main();
}

#[divan::bench(args = SIZES)]
fn move_in_the_list(bencher: divan::Bencher<'_, '_>, size: usize) {
    let mut probe = probe(size, &["z"]);
    bencher.bench_local(|| probe.press("j"));
}

#[divan::bench(args = SIZES)]
fn move_with_all_panes(bencher: divan::Bencher<'_, '_>, size: usize) {
    let mut probe = probe(size, &["1"]);
    bencher.bench_local(|| probe.press("j"));
}
