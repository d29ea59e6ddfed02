//! Pictures and pages that the program makes itself are as it makes them now.
//!
//! `INSTA_UPDATE=always cargo test --test fresh` writes them anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Each file and the arguments that make it; all are of the built-in collection.
const MADE: &[(&str, &[&str])] = &[
    (
        "assets/screen.svg",
        &["screenshot", "--theme", "dark", "--size", "120x40", "-"],
    ),
    (
        "assets/why.svg",
        &[
            "screenshot",
            "--theme",
            "light",
            "--size",
            "100x30",
            "--keys",
            "d",
            "-",
        ],
    ),
    ("docs/keys.md", &["keys", "--markdown"]),
];

/// What the program prints, whatever the settings and the terminal of who runs the tests.
fn made(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(arguments)
        .env_clear()
        .env("LANG", "C.UTF-8")
        .env("DATELINE_STATE_HOME", "/nonexistent/state")
        .env("DATELINE_CONFIG_HOME", "/nonexistent/config")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    assert_eq!(said, "", "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_the_program_makes_for_the_project_is_fresh() {
    let write = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let mut stale = Vec::new();
    for (file, arguments) in MADE {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let now = made(arguments);
        if fs::read_to_string(&path).is_ok_and(|kept| kept == now) {
            continue;
        }
        if write {
            fs::write(&path, now).unwrap();
        } else {
            stale.push(*file);
        }
    }
    assert!(
        stale.is_empty(),
        "stale: {stale:?}; `INSTA_UPDATE=always cargo test --test fresh` makes them anew"
    );
}

#[test]
fn a_picture_is_the_same_on_every_run() {
    let arguments = [
        "screenshot",
        "--size",
        "90x24",
        "--keys",
        "/ \"Bachelet\" enter",
        "-",
    ];
    let first = made(&arguments);
    assert!(first.contains("Bachelet"), "the search is on the picture");
    for _ in 0..3 {
        assert_eq!(made(&arguments), first);
    }
}
