//! `docs/features.md` says what is true: the tests that it names exist, its commands work, no
//! feature of the comparison is passed over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Rows of its tables: the feature, how far it is there, what shows it.
fn rows() -> Vec<(String, String, Vec<String>)> {
    let text = fs::read_to_string(Path::new(ROOT).join("docs/features.md")).unwrap();
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [feature, here, shown] = cells[..] else {
            panic!("three cells a row: {line}");
        };
        if feature == "feature" {
            continue;
        }
        let shown = shown.split('`').skip(1).step_by(2).map(str::to_owned);
        rows.push((feature.to_owned(), here.to_owned(), shown.collect()));
    }
    assert!(rows.len() > 60, "{}", rows.len());
    rows
}

#[test]
fn every_row_says_how_far_it_is_and_what_shows_it() {
    for (feature, here, shown) in rows() {
        let word = here.split([':', ' ']).next().unwrap();
        assert!(
            ["yes", "part", "open", "left"].contains(&word),
            "{feature}: {here}"
        );
        assert_eq!(
            shown.is_empty(),
            word == "open",
            "{feature}: {here}: {shown:?}"
        );
        assert!(
            word == "yes" || word == "open" || here.contains(':'),
            "{feature}: say what is missing"
        );
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let mut named = 0;
    for (feature, _, shown) in rows() {
        for item in shown.iter().filter(|item| item.contains("::")) {
            let (file, name) = item.split_once("::").unwrap();
            let text = fs::read_to_string(Path::new(ROOT).join(file));
            let text = text.unwrap_or_else(|error| panic!("{feature}: {file}: {error}"));
            let at = text.find(&format!("fn {name}("));
            let at = at.unwrap_or_else(|| panic!("{feature}: {file} has no {name}"));
            let before: Vec<&str> = text[..at].lines().rev().take(6).collect();
            assert!(
                before.iter().any(|line| line.trim() == "#[test]"),
                "{item} is no test"
            );
            named += 1;
        }
    }
    assert!(named > 60, "{named}");
}

#[test]
fn every_command_that_is_named_works() {
    let mut commands: Vec<String> = rows().into_iter().flat_map(|(.., shown)| shown).collect();
    commands.retain(|item| item.starts_with("dateline "));
    commands.sort();
    commands.dedup();
    assert!(commands.len() > 6, "{commands:?}");
    for command in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(command.split_whitespace().skip(1))
            .env("DATELINE_STATE_HOME", "/nonexistent/state")
            .env("DATELINE_CONFIG_HOME", "/nonexistent/config")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success() && !output.stdout.is_empty(),
            "{command}: {said}"
        );
    }
}

#[test]
fn nothing_here_reaches_a_network() {
    let lock = fs::read_to_string(Path::new(ROOT).join("Cargo.lock")).unwrap();
    let clients = [
        "reqwest",
        "ureq",
        "hyper",
        "curl",
        "isahc",
        "attohttpc",
        "rustls",
        "native-tls",
        "openssl",
    ];
    for name in clients {
        assert!(
            !lock.contains(&format!("name = \"{name}\"\n")),
            "{name} could reach a network"
        );
    }
    let mut looked = 0;
    let mut folders = vec![Path::new(ROOT).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                !text.contains("std::net") && !text.contains("TcpStream"),
                "{}",
                path.display()
            );
            looked += 1;
        }
    }
    assert!(looked > 100, "{looked}");
}

#[test]
fn no_feature_of_the_comparison_is_passed_over() {
    // The comparison lies beside the repository, where there is one.
    let notes = Path::new(ROOT).join("../shared/notes/products.md");
    let Ok(notes) = fs::read_to_string(notes) else {
        return;
    };
    let known: Vec<String> = rows().into_iter().map(|(feature, ..)| feature).collect();
    let table = notes.split("| Feature |").nth(1).unwrap();
    let table = table.split("\n\n").next().unwrap();
    let features = table
        .lines()
        .skip(2)
        .filter_map(|line| line.split('|').nth(1))
        .map(str::trim);
    let mut compared = 0;
    for feature in features.filter(|feature| !feature.is_empty() && !feature.starts_with("**")) {
        assert!(
            known.iter().any(|row| row == feature),
            "{feature:?} has no row"
        );
        compared += 1;
    }
    assert!(compared > 40, "{compared}");
}
