//! Search of an archive as it is typed: 60 fixed queries of two words, letter by letter.
//!
//! `DATELINE_HEADLINES` names a file of one headline a line, `DATELINE_ARTICLES` one of JSON Lines as
//! `make_corpus.py` writes them; `benches/archive.sh` makes both. Prints what building takes and holds, milliseconds a
//! key stroke, the memory that no file backs, and how many of the headlines with a rare word are found by that word when
//! a letter is lost, two are swapped or one is wrong. With `DATELINE_QUERIES` (words parted by commas) it prints
//! milliseconds a query, the first one without anything kept from before, for a comparison with other programs.

#[path = "common/cpu.rs"]
mod cpu;
#[path = "common/keys.rs"]
mod keys;
#[path = "common/memory.rs"]
mod memory;

use dateline::annotate::EntityKind;
use dateline::article::ContentHash;
use dateline::search::archive::{Archive, Ask, Doc, Name, Order, short};
use dateline::search::query;
use dateline::when::{Interval, calendar};
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

/// What one question is asked with.
fn ask(query: &query::Query, limit: usize) -> Ask<'_> {
    Ask {
        query,
        limit,
        order: Order::Best,
        scattered: false,
        texts: &|_| None,
        most_texts: 0,
        marks: None,
        cancelled: &|| false,
    }
}

/// Milliseconds of one question, and how much it found.
fn time(archive: &Archive, text: &str) -> (f64, usize) {
    let (query, _) = query::parse(text);
    let start = Instant::now();
    let answer = archive.search(&ask(&query, 100));
    (start.elapsed().as_secs_f64() * 1e3, answer.total)
}

fn lines(path: &str) -> std::io::Result<impl Iterator<Item = String>> {
    let file = BufReader::with_capacity(1 << 20, File::open(path)?);
    Ok(file.lines().map_while(Result::ok))
}

/// A day for the document of this number: scattered over 25 years.
fn day(number: u64) -> Interval {
    let first = calendar::date(2000, 1, 1).unwrap_or_default();
    let step = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    Interval::day(calendar::add_days(first, (step % 9000) as i64))
}

/// Adds all documents of a file; gives their number and the bytes of their text.
fn build(archive: &Archive, path: &str, articles: bool) -> Done<(u64, u64)> {
    let mut writer = archive.writer();
    let (mut count, mut bytes) = (0, 0);
    for line in lines(path)? {
        let record: serde_json::Value = if articles {
            serde_json::from_str(&line).unwrap_or_default()
        } else {
            serde_json::Value::String(line)
        };
        let field = |name: &str| {
            record
                .get(name)
                .and_then(|v| v.as_str())
                .unwrap_or_default()
        };
        let title = record.as_str().unwrap_or_else(|| field("headline"));
        let spellings: Vec<[&str; 1]> = record
            .get("names")
            .and_then(|names| names.as_array())
            .into_iter()
            .flatten()
            .filter_map(|name| Some([name.as_str()?]))
            .collect();
        let names: Vec<Name<'_>> = spellings
            .iter()
            .map(|spelling| Name {
                id: short(&ContentHash::of(spelling[0].as_bytes())),
                kind: EntityKind::Person,
                spellings: spelling,
            })
            .collect();
        let published = field("date").get(..10).and_then(|day| day.parse().ok());
        count += 1;
        bytes += (title.len() + field("body").len()) as u64;
        writer.add(&Doc {
            key: count,
            version: 0,
            hash: ContentHash::default(),
            published: published.map_or_else(|| day(count), Interval::day),
            title,
            text: field("body"),
            names: &names,
            outlet: field("source"),
            path,
            language: "en",
        })?;
    }
    writer.finish()?;
    Ok((count, bytes))
}

fn percentile(sorted: &[f64], part: f64) -> f64 {
    let at = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// Types every query letter by letter; prints what a key stroke takes.
fn type_all(archive: &Archive, what: &str) {
    let mut all: Vec<(f64, String)> = Vec::new();
    let mut work: Vec<f64> = Vec::new();
    for query in keys::QUERIES {
        for (at, c) in query.char_indices() {
            let typed = &query[..at + c.len_utf8()];
            let before = cpu::fine();
            all.push((time(archive, typed).0, typed.to_owned()));
            work.push((cpu::fine() - before) * 1e3);
        }
    }
    work.sort_by(f64::total_cmp);
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let times: Vec<f64> = all.iter().map(|(taken, _)| *taken).collect();
    println!(
        "{what}: {} key strokes: p50 {:.2} ms, p90 {:.2}, p99 {:.2}, max {:.2} ({:?})",
        all.len(),
        percentile(&times, 0.5),
        percentile(&times, 0.9),
        percentile(&times, 0.99),
        percentile(&times, 1.0),
        all.last().map_or("", |(_, typed)| typed),
    );
    // What a busy machine cannot distort: the work of all threads together.
    println!(
        "{what}, CPU of all threads: p50 {:.2} ms, p90 {:.2}, p99 {:.2}, max {:.2}",
        percentile(&work, 0.5),
        percentile(&work, 0.9),
        percentile(&work, 0.99),
        percentile(&work, 1.0),
    );
}

/// A rare word as it is typed wrong: sort of slip, and the word.
fn slips(word: &str) -> Vec<(&'static str, String)> {
    let letters: Vec<char> = word.chars().collect();
    let mut made = vec![("right", word.to_owned())];
    for at in 1..letters.len() - 1 {
        if letters[at] == ' ' || letters[at - 1] == ' ' {
            continue;
        }
        let with = |change: &dyn Fn(&mut Vec<char>)| {
            let mut letters = letters.clone();
            change(&mut letters);
            letters.into_iter().collect::<String>()
        };
        made.push(("a letter lost", with(&|l| _ = l.remove(at))));
        made.push(("two swapped", with(&|l| l.swap(at - 1, at))));
        made.push((
            "one wrong",
            with(&|l| l[at] = if l[at] == 'x' { 'q' } else { 'x' }),
        ));
    }
    made.retain(|(sort, slip)| *sort == "right" || slip != word);
    made
}

/// How many of the headlines with a needle are found, for each sort of slip.
fn recall(archive: &Archive, path: &str) -> Done<()> {
    for needle in &keys::NEEDLES {
        let truth: HashSet<u64> = (1..)
            .zip(lines(path)?)
            .filter(|(_, line)| {
                let line = line.to_lowercase();
                let has = |word| {
                    line.split(|c: char| !c.is_alphanumeric())
                        .any(|own| own == word)
                };
                needle.split(' ').all(has)
            })
            .map(|(key, _)| key)
            .collect();
        let mut sorts: Vec<(&str, usize, usize, f64)> = Vec::new();
        for (sort, typed) in slips(needle) {
            let (query, _) = query::parse(&typed);
            let start = Instant::now();
            let answer = archive.search(&ask(&query, usize::MAX));
            let taken = start.elapsed().as_secs_f64() * 1e3;
            let hits = answer
                .hits
                .iter()
                .filter(|hit| truth.contains(&hit.key))
                .count();
            if sorts.last().is_none_or(|last| last.0 != sort) && !sorts.iter().any(|s| s.0 == sort)
            {
                sorts.push((sort, 0, 0, 0.0));
            }
            if let Some(own) = sorts.iter_mut().find(|own| own.0 == sort) {
                *own = (sort, own.1 + hits, own.2 + truth.len(), own.3.max(taken));
            }
        }
        for (sort, hits, all, slowest) in sorts {
            println!(
                "recall of {needle}, {sort}: {:.1} % of {all}, slowest {slowest:.1} ms",
                hits as f64 * 100.0 / all.max(1) as f64
            );
        }
    }
    Ok(())
}

/// Milliseconds a query, the median of nine archives that were just opened, and how much it found.
fn compare(folder: &Path, queries: &str) -> Done<()> {
    for text in queries.split(',') {
        let mut all = Vec::new();
        for _ in 0..9 {
            all.push(time(&Archive::open(folder)?, text));
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (taken, found) = all[all.len() / 2];
        println!("query\t{text}\t{taken:.3}\t{found}");
    }
    Ok(())
}

fn run(path: &str, articles: bool) -> Done<()> {
    let what = if articles { "articles" } else { "headlines" };
    let folder = tempfile::tempdir()?;
    let archive = Archive::open(folder.path())?;
    let (start, before) = (Instant::now(), cpu::seconds());
    let (count, bytes) = build(&archive, path, articles)?;
    let (wall, taken) = (start.elapsed().as_secs_f64(), cpu::seconds() - before);
    println!(
        "{count} {what}, {bytes} bytes of text: built in {wall:.1} s ({taken:.1} s of CPU, {:.0} µs each), {} bytes of files, {:.3} a byte of text; anonymous memory at most {} MB",
        taken * 1e6 / count.max(1) as f64,
        archive.size(),
        archive.size() as f64 / bytes.max(1) as f64,
        memory::most() / 1024,
    );
    drop(archive);
    let start = Instant::now();
    let archive = Archive::open(folder.path())?;
    println!("opened in {:.3} ms", start.elapsed().as_secs_f64() * 1e3);
    let held = memory::of("RssAnon:");
    type_all(&archive, what);
    type_all(&archive, &format!("{what}, again"));
    println!(
        "anonymous memory {} MB, {} MB more than before; mapped pages {} MB",
        memory::of("RssAnon:") / 1024,
        memory::of("RssAnon:").saturating_sub(held) / 1024,
        memory::of("RssFile:") / 1024
    );
    if !articles {
        recall(&archive, path)?;
    }
    if let Ok(queries) = std::env::var("DATELINE_QUERIES") {
        compare(folder.path(), &queries)?;
    }
    Ok(())
}

fn main() -> Done<()> {
    let mut any = false;
    for (name, articles) in [("DATELINE_HEADLINES", false), ("DATELINE_ARTICLES", true)] {
        if let Ok(path) = std::env::var(name) {
            any = true;
            run(&path, articles)?;
        }
    }
    if !any {
        println!("nothing to search: see benches/archive.sh");
    }
    Ok(())
}
