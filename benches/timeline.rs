//! Merging of event mentions: 30,000, 100,000, 300,000 and 1,000,000 of them.
//!
//! A made-up press of several papers tells made-up happenings, each several times in other words; the articles are
//! annotated for real and only the merging is timed. `cargo bench --bench timeline` takes some minutes and prints
//! one line a size: mentions, events, seconds of folding and of merging, CPU seconds, and the ratio of CPU time to
//! size against the line before (1.0 is linear).

#[path = "common/cpu.rs"]
mod cpu;
#[path = "common/dice.rs"]
mod dice;

use dateline::annotate::{Annotated, annotate};
use dateline::article::{Article, ArticleId, ContentHash, DateHint, DateHintKind};
use dateline::text::Origin;
use dateline::timeline;
use dateline::when::calendar;
use dice::Dice;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

const SIZES: [usize; 4] = [30_000, 100_000, 300_000, 1_000_000];
/// Mentions of an article, about.
const TOLD: usize = 10;

const GIVEN: &[&str] = &[
    "Anna", "Boris", "Clara", "David", "Elena", "Farid", "Grace", "Hassan", "Irina", "Jonas",
    "Karin", "Louis", "Maria", "Nikola", "Olga", "Pavel", "Ruth", "Samir", "Tania", "Viktor",
];
const FAMILY: &[&str] = &[
    "Abara", "Bergman", "Castell", "Dorvan", "Ekholm", "Ferrant", "Galvez", "Hartig", "Ibanez",
    "Jarvis", "Kowal", "Lindgren", "Marek", "Novik", "Okafor", "Petrov", "Quist", "Rossi",
    "Sandor", "Tanaka", "Ulrich", "Varga", "Weiss", "Yilmaz", "Zeman",
];
const PLACES: &[&str] = &[
    "Warsaw", "Lagos", "Lima", "Oslo", "Cairo", "Hanoi", "Quito", "Tunis", "Riga", "Dakar", "Bern",
    "Accra", "Sofia", "Kabul", "Porto", "Delhi", "Minsk", "Kyiv", "Turin", "Havana",
];
/// What happened: subject, verb and object, with what follows.
const DEEDS: &[&str] = &[
    "was elected mayor of",
    "was arrested in",
    "resigned from the council of",
    "opened a bridge in",
    "signed a treaty in",
    "was sentenced by a court in",
    "announced a strike in",
    "won the regatta of",
    "was injured by an explosion in",
    "met ministers in",
    "sued the port of",
    "flew to",
    "was released from prison in",
    "led a protest in",
    "bought the shipyard of",
    "was killed in a crash near",
    "visited the hospital of",
    "rejected the budget of",
    "launched a satellite from",
    "imposed a curfew on",
];
const TAILS: &[&str] = &[
    "after weeks of talks",
    "in front of a small crowd",
    "despite heavy rain",
    "as the harbour stood still",
    "to the surprise of the union",
    "while the ministry kept silent",
    "under the eyes of inspectors",
    "and thanked the volunteers",
    "against the advice of doctors",
    "with the help of neighbours",
    "hours before the deadline",
    "over a dispute about wages",
];

/// An article that tells about [`TOLD`] of `happenings` things, most of them of the last weeks.
fn article(nth: usize, happenings: usize) -> Article {
    let first = calendar::date(2018, 1, 1).unwrap_or_default();
    let mut dice = Dice(nth as u64 ^ 0xda7e);
    let newest = dice.roll(happenings);
    let day_of =
        |happening: usize| calendar::add_days(first, (happening * 1500 / happenings) as i64);
    let mut text = String::new();
    for _ in 0..TOLD {
        // What happened is a function of its number: every article tells the same of it.
        let happening = newest.saturating_sub(dice.roll(30) * dice.roll(30) / 10);
        let mut what = Dice(happening as u64);
        let name = format!("{} {}", what.pick(GIVEN), what.pick(FAMILY));
        let (deed, place, tail) = (what.pick(DEEDS), what.pick(PLACES), what.pick(TAILS));
        let day = day_of(happening).format("%B %-d, %Y");
        // Writing to a string cannot fail.
        let _ = match dice.roll(4) {
            0 => writeln!(text, "On {day}, {name} {deed} {place} {tail}."),
            1 => writeln!(text, "{name} {deed} {place} on {day}."),
            2 => writeln!(
                text,
                "{name} {deed} {place} on {day} {tail}, {}.",
                dice.pick(TAILS)
            ),
            _ => writeln!(text, "It was on {day} that {name} {deed} {place}, {tail}."),
        };
    }
    let written = calendar::add_days(day_of(newest), 1);
    let mut made = Article {
        id: Some(ArticleId::new(format!("{nth:07}"))),
        hash: ContentHash::of(format!("{nth}{text}").as_bytes()),
        text,
        origin: Origin::verbatim(),
        ..Article::default()
    };
    made.hints.dates.push(DateHint {
        kind: DateHintKind::Given,
        name: "published".into(),
        raw: written.to_string(),
        line: None,
    });
    made
}

fn main() {
    let most = std::env::var("DATELINE_MENTIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(usize::MAX);
    let mut before: Option<(f64, f64)> = None;
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        let articles = size / TOLD;
        let annotated: Vec<Arc<Annotated>> = (0..articles)
            .into_par_iter()
            .map(|nth| Arc::new(annotate(Arc::new(article(nth, articles * 2)), None)))
            .collect();
        let mentions: usize = annotated.iter().map(|a| a.events.len()).sum();
        let (start, cpu) = (Instant::now(), cpu::seconds());
        let mut state = timeline::State::default();
        for batch in annotated.chunks(1000) {
            state.fold(batch);
        }
        let folded = start.elapsed().as_secs_f64();
        let events = state.events(&()).len();
        let (all, cpu) = (start.elapsed().as_secs_f64(), cpu::seconds() - cpu);
        let ratio = before.map_or(1.0, |(n, s)| (cpu / s) / (mentions as f64 / n));
        println!(
            "{mentions} mentions, {events} events: folded {folded:.2} s, merged {:.2} s, all {all:.2} s; CPU {cpu:.2} s, over size {ratio:.2}",
            all - folded
        );
        before = Some((mentions as f64, cpu));
    }
}
