//! The command line as scripts see it: streams, exit codes, JSON.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;
use std::fs;

fn dateline() -> Command {
    let mut command = Command::cargo_bin("dateline").unwrap();
    // No file of the person who runs the tests may decide what they print.
    command.env("DATELINE_STATE_HOME", "/nonexistent/state");
    command.env("DATELINE_CACHE_HOME", "/dev/null/cache");
    command.env("DATELINE_CONFIG_HOME", "/nonexistent/config");
    command
}

fn json(args: &[&str]) -> Value {
    let output = dateline().args(args).output().unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn without_a_terminal_the_built_in_list_is_printed() {
    dateline()
        .assert()
        .success()
        .stdout(predicate::str::contains("2020-"));
}

#[test]
fn a_path_that_is_not_there_is_a_failure_with_a_message() {
    dateline()
        .args(["list", "/no/such/folder"])
        .assert()
        .code(2)
        .stdout("")
        .stderr(predicate::str::contains(
            "no such file or folder: /no/such/folder",
        ));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    dateline().args(["list", "--no-such-flag"]).assert().code(2);
    dateline()
        .args(["--help"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("Usage"));
}

#[test]
fn nothing_found_is_an_empty_array_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["list", "entities", "timeline"] {
        dateline()
            .args([command, "--json"])
            .arg(folder.path())
            .assert()
            .code(1)
            .stdout("[]\n");
    }
    dateline()
        .args(["search", "zzqqxxkk", "--json"])
        .assert()
        .code(1)
        .stdout("[]\n");
}

#[test]
fn the_list_is_in_date_order_with_evidence() {
    let list = json(&["list", "--json"]);
    let rows = list.as_array().unwrap();
    assert!(rows.len() >= 14);
    let starts: Vec<&str> = rows
        .iter()
        .filter_map(|r| r["published"]["start"].as_str())
        .collect();
    assert!(starts.is_sorted());
    assert!(starts.len() >= 14, "most of the examples can be dated");
    for row in rows.iter().filter(|r| r["published"]["start"].is_string()) {
        assert!(
            !row["published"]["evidence"].as_array().unwrap().is_empty(),
            "{}",
            row["id"]
        );
    }
}

#[test]
fn json_lines_carry_their_version() {
    let output = dateline().args(["list", "--json=lines"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["v"], 1);
    }
}

#[test]
fn annotate_offsets_are_code_points_of_the_text() {
    let output = dateline().arg("annotate").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut checked = 0;
    for line in text.lines() {
        let article: Value = serde_json::from_str(line).unwrap();
        let body: Vec<char> = article["text"].as_str().unwrap().chars().collect();
        for kind in ["entities", "timexes", "events"] {
            for item in article[kind].as_array().unwrap() {
                let (start, end) = (
                    item["start"].as_u64().unwrap(),
                    item["end"].as_u64().unwrap(),
                );
                let cut: String = body[start as usize..end as usize].iter().collect();
                assert_eq!(cut, item["text"].as_str().unwrap());
                checked += 1;
            }
        }
    }
    assert!(checked > 200, "{checked}");
}

#[test]
fn annotate_as_is_gives_the_text_back() {
    let text = "A\tline with \u{1b}[31mred\u{202e} and caf\u{e9}.\r\n\r\nOn May 5, 2020 it rained in Oslo.";
    let line = serde_json::json!({"id": "x", "text": text, "published": "2020-05-06"}).to_string();
    let output = dateline()
        .args(["annotate", "--as-is", "-"])
        .write_stdin(line)
        .output()
        .unwrap();
    let article: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(article["text"], text);
    assert_eq!(article["published"]["basis"], "given");
    let timex = &article["timexes"][0];
    assert_eq!(timex["value"], "2020-05-05");
    let chars: Vec<char> = text.chars().collect();
    let at = timex["start"].as_u64().unwrap() as usize;
    assert_eq!(chars[at..at + 11].iter().collect::<String>(), "May 5, 2020");
}

#[test]
fn a_bad_line_is_reported_with_its_number_and_the_rest_goes_on() {
    let input =
        "{\"id\":\"a\",\"text\":\"First.\"}\nnot json\n{\"id\":\"a\",\"text\":\"Third.\"}\n";
    let output = dateline()
        .args(["annotate", "-"])
        .write_stdin(input)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["id"], "a~2");
    assert!(
        String::from_utf8_lossy(&output.stderr).contains('2'),
        "the line is named"
    );
}

#[test]
fn records_on_stdin_keep_their_ids_in_every_command() {
    let input =
        "{\"id\":\"q1\",\"text\":\"Rain fell in Oslo on 5 May 2020, mayor Jan Lie said.\"}\n";
    for command in ["list", "timeline", "entities"] {
        let output = dateline()
            .args([command, "--json", "-"])
            .write_stdin(input)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("\"q1\""), "{command}: {text}");
    }
}

#[test]
fn under_json_wrong_usage_is_json_too() {
    let output = dateline()
        .args(["list", "--bogus", "--json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(message["level"], "error");
    assert!(message["message"].as_str().unwrap().contains("--bogus"));
}

#[test]
fn a_second_equal_id_is_told_of() {
    let input = "{\"id\":\"a\",\"text\":\"Rain fell.\"}\n{\"id\":\"a\",\"text\":\"Snow fell.\"}\n";
    let output = dateline()
        .args(["list", "-"])
        .write_stdin(input)
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("a~2"));
}

#[test]
fn strict_turns_warnings_into_exit_code_3() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("good.txt"),
        "Rain fell in Oslo on 5 May 2020, the mayor said.\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("bad.bin"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
    )
    .unwrap();
    dateline().arg("list").arg(folder.path()).assert().code(0);
    dateline()
        .args(["list", "--strict"])
        .arg(folder.path())
        .assert()
        .code(3);
}

#[test]
fn the_report_balances() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.jsonl");
    dateline()
        .args(["list", "--report"])
        .arg(&report)
        .assert()
        .success();
    for line in fs::read_to_string(report).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let count = |name: &str| line[name].as_u64().unwrap();
        assert_eq!(
            count("records"),
            count("articles") + count("copies") + count("bad_records")
        );
    }
}

#[test]
fn output_is_the_same_every_time() {
    for command in ["list", "entities", "timeline"] {
        let once = dateline()
            .args([command, "--json"])
            .output()
            .unwrap()
            .stdout;
        let twice = dateline()
            .args([command, "--json"])
            .output()
            .unwrap()
            .stdout;
        assert!(once == twice, "{command}");
    }
}

#[test]
fn an_overlay_date_wins_and_undo_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let overlay = folder.path().join("overlay.jsonl");
    let list = json(&["list", "--json"]);
    let hash = list[0]["hash"].as_str().unwrap();
    let entry = format!(
        "{{\"v\":1,\"op\":\"date\",\"target\":{{\"hash\":\"{hash}\"}},\"value\":\"2011-11-11\"}}\n"
    );
    fs::write(&overlay, &entry).unwrap();
    let path = overlay.to_str().unwrap();
    let dated = |list: &Value| -> bool {
        let rows = list.as_array().unwrap();
        rows.iter()
            .any(|r| r["published"]["start"] == "2011-11-11" && r["published"]["basis"] == "given")
    };
    assert!(dated(&json(&["list", "--json", "--overlay", path])));
    fs::write(&overlay, format!("{entry}{{\"v\":1,\"op\":\"undo\"}}\n")).unwrap();
    assert!(!dated(&json(&["list", "--json", "--overlay", path])));
}

#[test]
fn every_subcommand_has_help_and_completions_know_it() {
    let help = dateline().arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let script = dateline().args(["completions", "bash"]).output().unwrap();
    let script = String::from_utf8(script.stdout).unwrap();
    for command in [
        "list", "show", "entities", "timeline", "search", "annotate", "why", "digest", "keys",
        "config",
    ] {
        assert!(help.contains(command), "{command}");
        assert!(script.contains(command), "{command}");
        dateline().args([command, "--help"]).assert().success();
    }
    dateline()
        .arg("man")
        .assert()
        .success()
        .stdout(predicate::str::contains(".TH"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["annotate"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn every_form_of_export_says_what_it_left_out() {
    let folder = tempfile::tempdir().unwrap();
    for form in ["json", "csv", "md", "html", "timelinejs", "ics"] {
        let file = folder.path().join(form);
        let to_stdout = dateline()
            .args(["export", "--format", form])
            .output()
            .unwrap();
        assert!(to_stdout.status.success(), "{form}");
        let left_out = String::from_utf8_lossy(&to_stdout.stderr).contains("left out");
        assert_eq!(left_out, matches!(form, "ics" | "timelinejs"), "{form}");
        dateline()
            .args(["export", "--format", form, "--output"])
            .arg(&file)
            .assert()
            .success()
            .stdout("");
        assert_eq!(fs::read(&file).unwrap(), to_stdout.stdout, "{form}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6);
    dateline()
        .args([
            "export",
            "--format",
            "csv",
            "--entity",
            "nobody of this name",
        ])
        .assert()
        .code(1);
    dateline()
        .args(["export", "--format", "docx"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("timelinejs"));
}
