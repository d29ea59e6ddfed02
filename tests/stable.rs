//! Order, batches and additions: what a collection is must not depend on how it came together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use dateline::engine::builtin;
use dateline::engine::collection::Collection;
use dateline::source::{self, Options, ReadFile};
use dateline::store::{Filter, Overlay, Read};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

fn files() -> Vec<ReadFile> {
    builtin::FILES
        .iter()
        .map(|(name, bytes)| source::read_bytes(name, Some(name), bytes, Options::default()))
        .collect()
}

fn collect(batches: Vec<Vec<ReadFile>>) -> Arc<dyn Read> {
    let mut collection = Collection::new(Overlay::default());
    for batch in batches {
        collection.add(batch);
        // Looking at it in between must not change what comes out.
        let _seen = collection.snapshot();
    }
    collection.snapshot()
}

/// Everything that readers see, as text.
fn everything(store: &dyn Read) -> String {
    let all = Filter::default();
    let mut out = String::new();
    for row in store.articles(&all, 0..usize::MAX) {
        writeln!(out, "{row:?}").unwrap();
    }
    for row in store.entities(&all, 0..usize::MAX) {
        writeln!(out, "{row:?}").unwrap();
    }
    for row in store.events(&all, 0..usize::MAX) {
        writeln!(out, "{row:?}").unwrap();
    }
    out
}

fn difference(a: &str, b: &str) -> String {
    let (a, b): (BTreeSet<&str>, BTreeSet<&str>) = (a.lines().collect(), b.lines().collect());
    let cut = |line: &&&str| line.chars().take(600).collect::<String>();
    let only = |x: &BTreeSet<&str>, y: &BTreeSet<&str>| {
        x.difference(y)
            .collect::<Vec<_>>()
            .iter()
            .take(3)
            .map(cut)
            .collect::<Vec<_>>()
            .join("\n")
    };
    format!(
        "only first:\n{}\nonly second:\n{}",
        only(&a, &b),
        only(&b, &a)
    )
}

#[test]
fn one_batch_or_many_in_any_order_give_the_same() {
    let whole = everything(&*collect(vec![files()]));
    assert!(
        whole.contains("ev:") && whole.contains("person:"),
        "there is something to compare"
    );
    let mut backwards = files();
    backwards.reverse();
    let orders: Vec<Vec<Vec<ReadFile>>> = vec![
        vec![backwards.clone()],
        files().into_iter().map(|file| vec![file]).collect(),
        backwards.into_iter().map(|file| vec![file]).collect(),
        {
            let mut rest = files();
            let tail = rest.split_off(7);
            vec![tail, rest]
        },
    ];
    for (number, order) in orders.into_iter().enumerate() {
        let other = everything(&*collect(order));
        assert!(
            whole == other,
            "order {number}: {}",
            difference(&whole, &other)
        );
    }
}

#[test]
fn an_unrelated_article_changes_no_id() {
    let extra = "Harbour bridge in Tromsdal reopens\n\nBy Ingrid Moe\n12 February 2016\n\n\
        Engineer Kjetil Aune reopened the harbour bridge in Tromsdal on 11 February 2016, the Nordlys \
        Road Board said.\n\nThe bridge had been closed since a storm in January 2016.\n";
    let without = collect(vec![files()]);
    let mut more = files();
    more.push(source::read_bytes(
        "bridge.txt",
        Some("bridge.txt"),
        extra.as_bytes(),
        Options::default(),
    ));
    let with = collect(vec![more]);
    let all = Filter::default();
    for row in without.entities(&all, 0..usize::MAX) {
        assert!(
            with.entity(&row.entity.id).is_some(),
            "{:?}",
            row.entity.name
        );
    }
    for row in without.events(&all, 0..usize::MAX) {
        assert!(with.event(&row.event.id).is_some(), "{}", row.event.text);
    }
    for row in without.articles(&all, 0..usize::MAX) {
        let same = with.row(&row.id).unwrap();
        assert_eq!(same.published, row.published);
    }
}
