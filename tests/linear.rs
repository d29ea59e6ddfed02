//! Sessions line by line, as a screen reader or a script has them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// A small story in three articles; one has no date of its own.
fn story(folder: &Path) {
    let articles = [
        (
            "bridge-1.txt",
            "Bridge at Karsholm closed\nPublished: 2031-03-04\n\nMayor Mara Lindqvist closed the bridge \
             at Karsholm on Monday. Engineers had found cracks in it on February 27.\n\nThe ferry company \
             Norrfrakt carries 4,000 people a day since then.\n",
        ),
        (
            "bridge-2.txt",
            "Ferry fares doubled\nPublished: 2031-03-09\n\nNorrfrakt doubled its fares on Saturday. Mara \
             Lindqvist called this a disgrace.\n\nThe bridge at Karsholm was closed on March 3.\n",
        ),
        (
            "bridge-3.txt",
            "Repair begins\n\nThe repair of the bridge at Karsholm began on Thursday, ten days after it \
             was closed on March 3, 2031. M. Lindquist thanked the engineers.\n",
        ),
    ];
    for (name, text) in articles {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// What a session over the story prints for these lines.
fn session(lines: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("story");
    fs::create_dir(&folder).unwrap();
    story(&folder);
    in_folder(home.path(), lines)
}

fn in_folder(home: &Path, lines: &[&str]) -> String {
    let output = Command::cargo_bin("dateline")
        .unwrap()
        .current_dir(home)
        .env("DATELINE_STATE_HOME", home.join("state"))
        .env("DATELINE_CONFIG_HOME", home.join("config"))
        .args(["--linear", "story"])
        .write_stdin(lines.join("\n"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        "no cursor is moved and nothing is coloured: {text:?}"
    );
    text
}

#[test]
fn articles_are_read_dated_and_searched() {
    insta::assert_snapshot!(session(&[
        "1",
        "why",
        "back",
        "3",
        "d",
        "/fares",
        "1",
        "back",
        "back",
        "goto 2031-03-09",
    ]));
}

#[test]
fn names_and_events_filter_and_lead_to_their_words() {
    insta::assert_snapshot!(session(&[
        "entities",
        "1",
        "1 filter",
        "1 filter-entity",
        "3 filter-entity",
        "timeline",
        "1",
        "1",
        "copy-citation",
        "clear-filter",
        "timeline",
        "zoom-out",
        "digest 2",
        "1",
    ]));
}

#[test]
fn what_a_person_decides_is_kept_and_can_be_undone() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("story");
    fs::create_dir(&folder).unwrap();
    story(&folder);
    let first = in_folder(
        home.path(),
        &[
            "2 star",
            "note ask the ferry company",
            "tag",
            "ferry todo",
            "articles",
            "undo",
            "articles",
            "redo",
            "3 date 2031-03-14",
        ],
    );
    assert!(
        first.contains("(starred, has a note, tags ferry todo)"),
        "{first}"
    );
    assert!(first.contains("(starred, has a note)\n"), "{first}");
    assert!(first.contains("Done again: tagged"), "{first}");
    // Another session has what the first one decided.
    let second = in_folder(
        home.path(),
        &[
            "/is:starred",
            "back",
            "3",
            "entities",
            "1 hide",
            "hidden",
            "1",
            "open",
        ],
    );
    assert!(second.contains("2031-03-14, given by you"), "{second}");
    assert!(
        second.contains("Articles, matching is:starred: 1 row."),
        "{second}"
    );
    assert!(
        second.contains("Hidden names: open shows them again: 1 row."),
        "{second}"
    );
    assert!(
        second.contains("Marked 1 row.") && second.contains(" again."),
        "{second}"
    );
}

#[test]
fn names_are_merged_and_split_by_their_numbers() {
    let text = session(&["entities", "1 2 merge", "entities", "undo", "entities"]);
    assert!(
        text.contains("Merged 1 name into") || text.contains("is another kind than"),
        "{text}"
    );
}

#[test]
fn mistakes_are_answered_with_what_may_be_meant() {
    insta::assert_snapshot!(session(&[
        "9",
        "why-this-dtae",
        "next",
        "xyzzy",
        "theme purple",
        "date soon",
        "help citation",
        "help xyzzy",
    ]));
}

#[test]
fn an_empty_folder_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("story")).unwrap();
    let text = in_folder(home.path(), &["1"]);
    assert!(text.contains("No articles here"), "{text}");
    assert!(text.contains("Give files or folders"), "{text}");
}

#[test]
fn what_was_open_lately_is_listed_and_opened() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("story");
    fs::create_dir(&folder).unwrap();
    story(&folder);
    let state = home.path().join("state");
    in_folder(home.path(), &["quit"]);
    let listed = fs::read_to_string(state.join("recent.txt")).unwrap();
    assert!(listed.trim_end().ends_with("/story"), "{listed}");
    let output = Command::cargo_bin("dateline")
        .unwrap()
        .env("DATELINE_STATE_HOME", &state)
        .env("DATELINE_CONFIG_HOME", home.path().join("config"))
        .arg("--linear")
        .write_stdin("recent\n1\ntour\n")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("Built-in examples."), "{text}");
    assert!(text.contains("Open lately: 1 row."), "{text}");
    assert!(text.contains("Bridge at Karsholm closed"), "{text}");
    assert!(
        text.contains("Tour 6 of 6: find your way. / searches"),
        "{text}"
    );
}

#[test]
fn a_session_ends_where_its_reader_goes_away() {
    Command::cargo_bin("dateline")
        .unwrap()
        .env("DATELINE_STATE_HOME", "/nonexistent/state")
        .args(["--linear", "-"])
        .assert()
        .code(2)
        .stderr(predicates::str::contains("reads its lines from stdin"));
}
