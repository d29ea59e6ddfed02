//! The exported page in a browser: it works from disk, filters, searches and obeys keys.
//!
//! Needs Chromium; where there is none the test says so and does nothing (`.ci/run` installs it).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;
use std::process;

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=4000",
    "--dump-dom",
];

/// What a reader would do, and what the page then shows.
const DRIVE: &str = r##"
<script>
(() => {
  const said = {};
  const visible = () => [...document.querySelectorAll("main article")].filter((e) => e.offsetParent !== null);
  const search = document.getElementById("search");
  const key = (name) => document.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  const type = (text) => { search.value = text; search.dispatchEvent(new Event("input")); };
  said.all = visible().length;
  said.controls = search.offsetParent !== null;
  type("CANÁL");
  said.search = visible().length;
  said.searchRight = visible().every((e) => e.textContent.toLowerCase().includes("canal"));
  said.status = document.getElementById("count").textContent;
  type("zzqqxx");
  said.nothing = visible().length;
  said.none = document.getElementById("none").offsetParent !== null;
  said.headings = [...document.querySelectorAll("main h2")].filter((e) => e.offsetParent !== null).length;
  key("Escape");
  said.cleared = visible().length;
  const [one, two] = document.querySelectorAll("#names button");
  one.click();
  said.one = visible().length;
  said.oneWanted = Number(one.querySelector("small").textContent);
  two.click();
  said.both = visible().length;
  said.bothRight = visible().every((e) => [one, two].every((b) => e.dataset.entities.split(" ").includes(b.dataset.entity)));
  one.click(); two.click();
  said.unpressed = visible().length;
  key("j"); key("j"); key("k"); key("j");
  said.second = document.activeElement === visible()[1];
  key("Enter");
  said.open = document.activeElement.querySelector("details").open;
  key("/");
  said.slash = document.activeElement === search;
  dispatchEvent(new Event("beforeprint"));
  said.printed = visible().every((e) => e.querySelector("details").open);
  document.body.dataset.said = JSON.stringify(said);
})();
</script>
"##;

fn chromium() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| {
            process::Command::new(name)
                .arg("--version")
                .output()
                .is_ok_and(|output| output.status.success())
        })
}

fn dom(browser: &str, page: &Path, profile: &Path) -> String {
    let output = process::Command::new(browser)
        .args(FLAGS)
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_reader_can_search_filter_and_print() {
    let Some(browser) = chromium() else {
        eprintln!("no Chromium: skipped");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    Command::cargo_bin("dateline")
        .unwrap()
        .env("DATELINE_STATE_HOME", "/nonexistent/state")
        .env("DATELINE_CACHE_HOME", "/dev/null/cache")
        .args(["export", "--format", "html", "--output"])
        .arg(&page)
        .assert()
        .success()
        .stdout("");
    let made = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, made.replace("</body>", &format!("{DRIVE}</body>"))).unwrap();
    let dom = dom(browser, &page, &folder.path().join("profile"));
    let said = dom
        .split("data-said=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let said = said.unwrap_or_else(|| panic!("the page did not answer: {dom:.400}"));
    let said: Value = serde_json::from_str(&said.replace("&quot;", "\"")).unwrap();
    let number = |name: &str| {
        said[name]
            .as_u64()
            .unwrap_or_else(|| panic!("{name}: {said}"))
    };
    for name in [
        "controls",
        "searchRight",
        "none",
        "bothRight",
        "second",
        "open",
        "slash",
        "printed",
    ] {
        assert_eq!(said[name], true, "{name}: {said}");
    }
    let all = number("all");
    assert!(all > 20);
    assert!((1..all).contains(&number("search")), "{said}");
    assert!(said["status"].as_str().unwrap().contains(" of "), "{said}");
    assert_eq!((number("nothing"), number("headings")), (0, 0), "{said}");
    assert_eq!(
        (number("cleared"), number("unpressed")),
        (all, all),
        "{said}"
    );
    assert_eq!(number("one"), number("oneWanted"), "{said}");
    assert!(number("both") <= number("one"), "{said}");
}
