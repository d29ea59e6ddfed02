//! Resolution of names: 10,000, 100,000 and 300,000 distinct ones.
//!
//! Made-up persons, bodies and places, as spread as real ones (few surnames are common, most are
//! rare), one in eight a misspelling of another; articles of ten names each are folded in batches of
//! a thousand. `cargo bench --bench resolve` prints one line a size: names, entities, seconds, CPU
//! seconds, and the ratio of CPU time to size against the line before (1.0 is linear).
//! `DATELINE_NAMES` gives the largest size to run.

#[path = "common/cpu.rs"]
mod cpu;
#[path = "common/dice.rs"]
mod dice;

use dateline::annotate::entity::group;
use dateline::annotate::{Annotated, EntityKind};
use dateline::article::{Article, ArticleId, ContentHash};
use dateline::resolve::entity::State;
use dateline::text::Span;
use dice::Dice;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

const SIZES: [usize; 3] = [10_000, 100_000, 300_000];
/// Names of an article.
const TOLD: usize = 10;
/// Articles of a batch.
const BATCH: usize = 1000;

const ONSETS: &[&str] = &[
    "b", "br", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kh", "kr", "l", "m", "n", "p",
    "pr", "r", "s", "sh", "st", "t", "tr", "v", "w", "y", "z",
];
const VOWELS: &[&str] = &[
    "a", "a", "e", "e", "i", "i", "o", "o", "u", "ai", "ei", "ou",
];
const CODAS: &[&str] = &[
    "", "", "", "l", "m", "n", "r", "s", "k", "t", "nd", "rt", "sk",
];
const ENDINGS: &[&str] = &[
    "", "", "ov", "enko", "son", "berg", "ski", "ez", "ini", "ian", "man", "escu",
];
const BODIES: &[&str] = &[
    "Ministry",
    "Institute",
    "Bank",
    "Union",
    "Foundation",
    "Party",
    "Brigade",
    "Council",
    "University",
    "Railways",
    "Holding",
    "Court",
];

/// Makes names by chance.
impl Dice {
    /// A word of so many syllables, with a capital.
    fn word(&mut self, syllables: usize, ending: bool) -> String {
        let mut made = String::new();
        for _ in 0..syllables {
            made.push_str(self.pick(ONSETS));
            made.push_str(self.pick(VOWELS));
            made.push_str(self.pick(CODAS));
        }
        if ending {
            made.push_str(self.pick(ENDINGS));
        }
        made[..1].to_uppercase() + &made[1..]
    }

    /// One of a list; small numbers are much more frequent.
    fn common<'a>(&mut self, from: &'a [String]) -> &'a str {
        let at = self.roll(from.len()) * self.roll(from.len()) / from.len();
        &from[at * self.roll(from.len()) / from.len()]
    }

    /// The name with one letter doubled, dropped or changed after the first.
    fn garbled(&mut self, name: &str) -> String {
        let at = 1 + self.roll(name.len() - 1);
        let (before, after) = name.split_at(at);
        match self.roll(3) {
            0 => format!("{before}{}{after}", &before[before.len() - 1..]),
            1 => format!("{before}{}", &after[1..]),
            _ => format!(
                "{before}{}{}",
                self.pick(&["a", "e", "o", "k", "s"]),
                &after[1..]
            ),
        }
    }
}

/// So many distinct names.
fn names(count: usize) -> Vec<(EntityKind, String)> {
    let mut dice = Dice(7);
    let given: Vec<String> = (0..400).map(|_| dice.word(2, false)).collect();
    let family: Vec<String> = (0..count / 3).map(|_| dice.word(2, true)).collect();
    let mut seen = HashSet::new();
    let mut made: Vec<(EntityKind, String)> = Vec::with_capacity(count);
    while made.len() < count {
        let (kind, name) = match dice.roll(40) {
            0..5 if !made.is_empty() => {
                let (kind, name) = made[dice.roll(made.len())].clone();
                (kind, dice.garbled(&name))
            }
            0..29 => {
                let (given, family) = (dice.common(&given), dice.common(&family));
                (EntityKind::Person, format!("{given} {family}"))
            }
            29..35 => {
                let name = format!("{} {}", dice.word(2, true), dice.pick(BODIES));
                (EntityKind::Org, name)
            }
            _ => (EntityKind::Place, dice.word(3, false)),
        };
        if seen.insert(name.clone()) {
            made.push((kind, name));
        }
    }
    made
}

/// An article that names them, tagged.
fn article(number: usize, names: &[(EntityKind, String)]) -> Arc<Annotated> {
    let mut text = String::new();
    let mut tagged = Vec::new();
    for (kind, name) in names {
        tagged.push((Span::new(text.len(), text.len() + name.len()), *kind));
        text.push_str(name);
        text.push_str(" was there. ");
    }
    let id = format!("{number:07}");
    let mut made = Annotated::new(Arc::new(Article {
        hash: ContentHash::of(id.as_bytes()),
        id: Some(ArticleId::new(id)),
        text,
        ..Article::default()
    }));
    made.sentences = vec![Span::new(0, made.article.text.len())];
    (made.mentions, made.entities) = group(&made, tagged);
    Arc::new(made)
}

fn main() {
    let most = std::env::var("DATELINE_NAMES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(usize::MAX);
    let mut before: Option<(f64, f64)> = None;
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        let names = names(size);
        let articles: Vec<Arc<Annotated>> = names
            .chunks(TOLD)
            .enumerate()
            .map(|(number, names)| article(number, names))
            .collect();
        let (start, cpu) = (Instant::now(), cpu::seconds());
        let mut state = State::default();
        for batch in articles.chunks(BATCH) {
            state.fold(batch);
        }
        let entities = state.entities().len();
        let (all, cpu) = (start.elapsed().as_secs_f64(), cpu::seconds() - cpu);
        let ratio = before.map_or(1.0, |(n, s)| (cpu / s) / (size as f64 / n));
        println!(
            "{size} names, {entities} entities: {all:.2} s; CPU {cpu:.2} s, over size {ratio:.2}"
        );
        before = Some((size as f64, cpu));
    }
}
