//! Libraries under fault: killed in the middle of an `add`, and with flipped bits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Places and names from which articles are made, so that no two are the same.
const PLACES: &[&str] = &[
    "Varsk", "Orhei", "Lunden", "Tarnow", "Brask", "Velm", "Ostby",
];
const PEOPLE: &[&str] = &[
    "Ilse Brandt",
    "Omar Reyes",
    "Ada Novak",
    "Piet Haan",
    "Rosa Lindqvist",
];

/// The command on a home of its own.
fn dateline(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command
        .env("DATELINE_STATE_HOME", home.join("state"))
        .env("DATELINE_DATA_HOME", home.join("data"))
        .env("DATELINE_CACHE_HOME", home.join("cache"))
        .env("DATELINE_CONFIG_HOME", home.join("config"));
    command
}

fn run(home: &Path, args: &[&str]) -> Output {
    dateline(home).args(args).output().unwrap()
}

/// `files` files of three articles each.
fn corpus(folder: &Path, files: usize) {
    fs::create_dir_all(folder).unwrap();
    for file in 0..files {
        let records: Vec<String> = (0..3).map(|n| record(file * 3 + n)).collect();
        fs::write(folder.join(format!("{file:03}.jsonl")), records.join("\n")).unwrap();
    }
}

fn record(n: usize) -> String {
    let (place, person) = (PLACES[n % PLACES.len()], PEOPLE[n % PEOPLE.len()]);
    let text = format!(
        "Bridge {n} at {place} was closed on {} March 2021 after a crack was found, mayor {person} said. \
         It will be open again in {} weeks.",
        n % 28 + 1,
        n % 9 + 2
    );
    serde_json::json!({"id": format!("a{n}"), "title": format!("Bridge {n} closed in {place}"), "text": text}).to_string()
}

/// The ids of all articles, as the library lists them.
fn ids(home: &Path) -> Vec<String> {
    let output = run(home, &["list", "--json", "--library", "main"]);
    let listed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let listed = listed.as_array().unwrap();
    listed
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

/// A number made of another, as chance for a test that is the same every time.
fn chance(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn killed_at_any_moment_nothing_is_lost_doubled_or_half_there() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let source = home.join("in");
    corpus(&source, 120);
    let path = source.to_str().unwrap();
    let (mut state, mut kept, mut killed) = (7, 0, 0);
    // DATELINE_KILLS=100 is the figure of record; a few are enough to see a mistake.
    let kills = std::env::var("DATELINE_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(8);
    for _ in 0..kills {
        let mut child = dateline(home)
            .args(["add", path])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(5000 + chance(&mut state) % 400_000));
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if !home.join("data/libraries/main/library.db").is_file() {
            continue;
        }
        let check = run(home, &["check"]);
        let words = String::from_utf8_lossy(&check.stdout).into_owned();
        assert!(
            check.status.success(),
            "{words}{}",
            String::from_utf8_lossy(&check.stderr)
        );
        let now = ids(home);
        assert!(
            now.len() >= kept && now.len().is_multiple_of(3),
            "{} after {kept}",
            now.len()
        );
        assert_eq!(
            now.iter().collect::<BTreeSet<_>>().len(),
            now.len(),
            "one is there twice"
        );
        kept = now.len();
        if kept == 360 {
            // All in: from the start again.
            fs::remove_dir_all(home.join("data")).unwrap();
            kept = 0;
        }
    }
    assert!(killed > 0, "nothing was killed");
    assert!(run(home, &["add", path]).status.success());
    assert_eq!(ids(home).len(), 360);
    let whole = run(home, &["timeline", "--json", "--library", "main"]).stdout;
    let fresh = run(home, &["timeline", "--json", path]).stdout;
    assert!(whole == fresh, "the timeline is that of the files");
}

#[test]
fn every_article_that_a_flipped_bit_changes_is_named() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let source = home.join("in");
    corpus(&source, 40);
    assert!(
        run(home, &["add", source.to_str().unwrap()])
            .status
            .success()
    );
    let file = home.join("data/libraries/main/library.db");
    let good = fs::read(&file).unwrap();
    let all = ids(home);
    let texts = |home: &Path| -> Vec<Option<Value>> {
        let shown = all.iter().map(|id| {
            let output = run(home, &["show", id, "--json", "--library", "main"]);
            serde_json::from_slice(&output.stdout).ok()
        });
        shown.collect()
    };
    let before = texts(home);
    assert!(before.iter().all(Option::is_some));
    let mut state = 99;
    let flips = std::env::var("DATELINE_FLIPS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(6);
    for flip in 0..flips {
        let mut bent = good.clone();
        let at = chance(&mut state) as usize % bent.len();
        bent[at] ^= 1 << (chance(&mut state) % 8);
        fs::write(&file, &bent).unwrap();
        let check = run(home, &["check"]);
        let said = String::from_utf8_lossy(&check.stdout).into_owned();
        let wrong = all
            .iter()
            .zip(&before)
            .zip(texts(home))
            .filter(|((_, a), b)| **a != *b);
        for ((id, _), _) in wrong {
            let named = said.contains(&format!("damaged: {id}"))
                || said.contains("library: ")
                || said.contains("derived: ");
            assert!(
                named,
                "flip {flip} at byte {at} changed {id}, and check says: {said}"
            );
        }
    }
    fs::write(&file, &good).unwrap();
    assert!(run(home, &["check"]).status.success());
}

#[test]
fn a_folder_that_was_opened_before_is_not_analysed_again() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let (few, many) = (home.join("few"), home.join("many"));
    corpus(&few, 20);
    corpus(&many, 100);
    let cache = home.join("cache/annotations.db");
    let list = |folder: &Path| run(home, &["list", "--json", folder.to_str().unwrap()]);
    assert!(list(&few).status.success());
    assert!(!cache.exists(), "a few articles are not worth a file");
    let first = list(&many);
    assert!(cache.is_file());
    let kept = fs::metadata(&cache).unwrap().len();
    let again = list(&many);
    assert!(first.stdout == again.stdout && !first.stdout.is_empty());
    fs::write(
        &cache,
        "this is no database at all, and nobody is to hear of it",
    )
    .unwrap();
    let torn = list(&many);
    assert!(torn.stdout == first.stdout && torn.stderr.is_empty());
    assert!(kept > 10_000, "{kept} bytes");
}
