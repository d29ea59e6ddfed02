//! Many names at once.

use super::{State, article};
use crate::annotate::Annotated;
use std::sync::Arc;

/// Names made of syllables, as spread as real ones: few surnames are common, most are rare.
fn made_up(count: usize) -> Vec<Arc<Annotated>> {
    let syllables: Vec<String> = "bcdfghjklmnprstvwz"
        .chars()
        .flat_map(|c| "aeiou".chars().map(move |v| format!("{c}{v}")))
        .collect();
    let mut seed = 7_u64;
    let mut next = move |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut word = |parts: usize, spread: usize| {
        let mut made = String::new();
        for _ in 0..parts {
            // The product of two draws prefers small numbers.
            made.push_str(&syllables[next(spread) * next(syllables.len()) / syllables.len()]);
        }
        made[..1].to_uppercase() + &made[1..]
    };
    let names: Vec<String> = (0..count)
        .map(|_| format!("{} {}", word(2, 90), word(4, 90)))
        .collect();
    names
        .chunks(10)
        .enumerate()
        .map(|(number, names)| {
            let marked: Vec<String> = names
                .iter()
                .map(|name| format!("[PERSON {name}] spoke."))
                .collect();
            article(&format!("{number}"), &marked.join(" "))
        })
        .collect()
}

/// Many names in small batches: the work of a batch does not grow with the collection.
#[test]
fn many_names_resolve_in_batches() {
    let count = std::env::var("DATELINE_NAMES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(600);
    let articles = made_up(count);
    let start = std::time::Instant::now();
    let mut state = State::default();
    for batch in articles.chunks(20) {
        state.fold(batch);
    }
    let entities = state.entities().len();
    println!(
        "{count} names, {entities} entities, in {:?}",
        start.elapsed()
    );
    assert!(entities > count / 3);
}
