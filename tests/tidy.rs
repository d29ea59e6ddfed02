//! Tests about the code base itself: the invariants of ARCHITECTURE.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The layers, lowest first. A module uses modules of lower layers, and of its own.
const LAYERS: &[(&str, u8)] = &[
    ("text", 0),
    ("when", 0),
    ("article", 0),
    ("source", 1),
    ("annotate", 2),
    ("resolve", 3),
    ("timeline", 3),
    ("store", 4),
    ("search", 4),
    ("export", 4),
    ("config", 4),
    ("engine", 5),
    ("cli", 6),
    ("tui", 6),
];

/// Crates that have one home each.
const HOMES: &[(&str, &[&str])] = &[
    ("ratatui", &["src/tui"]),
    ("crossterm", &["src/tui"]),
    ("clap", &["src/cli"]),
    ("clap_complete", &["src/cli"]),
    ("clap_mangen", &["src/cli"]),
    ("fuzzy_matcher", &["src/search/fuzzy.rs"]),
    ("dom_smoothie", &["src/source"]),
    ("html5ever", &["src/source"]),
    ("feed_rs", &["src/source"]),
    ("mail_parser", &["src/source/email.rs"]),
    ("encoding_rs", &["src/source"]),
    ("chardetng", &["src/source"]),
    ("flate2", &["src/source", "src/store/codec.rs"]),
    ("rusqlite", &["src/store/library", "src/store/cache.rs"]),
    ("postcard", &["src/store/codec.rs"]),
    ("whatlang", &["src/annotate/language.rs"]),
    ("etcetera", &["src/config"]),
    ("toml", &["src/config"]),
    ("signal_hook", &["src/tui"]),
    ("csv", &["src/export/csv.rs"]),
    ("icalendar", &["src/export/ics.rs"]),
    ("maud", &["src/export/html.rs"]),
    ("similar", &["src/tui/overlay/compare/diff.rs"]),
    ("any_ascii", &["src/resolve/entity/alike/token.rs"]),
    ("memmap2", &["src/store/map.rs"]),
    ("crc32fast", &["src/search/archive"]),
];

/// Source files with their code: no comments, no tests.
fn sources() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&Path::new(ROOT).join("src"), &mut files);
    let tests: Vec<String> = files
        .iter()
        .flat_map(|(file, text)| test_modules(file, text))
        .collect();
    let is_test = |file: &str| {
        let inside =
            |test: &String| file.starts_with(&format!("{}/", test.trim_end_matches(".rs")));
        tests.iter().any(|test| test == file || inside(test))
    };
    files.retain(|file, _| !is_test(file));
    assert!(files.len() > 30, "the walk found too little");
    files
}

/// Files that a file declares as modules of its tests.
fn test_modules(file: &str, text: &str) -> Vec<String> {
    let folder = file.trim_end_matches(".rs");
    let mut found = Vec::new();
    let mut gated = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[cfg(") && line.contains("test") && !line.contains("not(test") {
            gated = true;
        } else if let (true, Some(name)) = (gated, line.split("mod ").nth(1)) {
            found.push(format!(
                "{folder}/{}.rs",
                name.trim_end_matches([';', '{', ' '])
            ));
            gated = false;
        } else if !line.starts_with("#[") {
            gated = false;
        }
    }
    found
}

fn collect(folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path
                .strip_prefix(ROOT)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The code of a file without line comments and without what follows its test module.
fn code(text: &str) -> String {
    let gates = [
        "#[cfg(test)]\nmod tests {",
        "#[cfg(all(test, unix))]\nmod tests {",
    ];
    let tests = gates.iter().filter_map(|gate| text.find(gate)).min();
    text[..tests.unwrap_or(text.len())]
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line.split(" // ").next().unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn module(file: &str) -> &str {
    let inner = file.strip_prefix("src/").unwrap();
    inner.split(['/', '.']).next().unwrap()
}

fn layer(module: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, layer)| *layer)
}

#[test]
fn layers_use_lower_layers_only() {
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        let own = module(&file);
        let Some(own_layer) = layer(own) else {
            let program = ["lib", "main", "bin"].contains(&own);
            assert!(
                program,
                "{file} is in no layer: add it to LAYERS and to ARCHITECTURE.md"
            );
            continue;
        };
        let text = code(&text);
        for part in text.split("crate::").skip(1) {
            let names: Vec<&str> = match part.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap().split(',').collect(),
                None => vec![part],
            };
            for name in names {
                let used = name
                    .trim()
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap();
                let Some(used_layer) = layer(used) else {
                    continue;
                };
                let sibling = used != own && used_layer == own_layer;
                // Layer 0 is one pure layer; timeline knows the ids of resolve; search reads the
                // store and export prints what search found.
                let allowed = own_layer == 0
                    || matches!((own, used), ("timeline", "resolve") | ("search", "store"))
                    || matches!((own, used), ("export", "store" | "search"));
                if used_layer > own_layer || (sibling && !allowed) {
                    // The command line opens the screen and has it drawn; that is all they share.
                    let opens =
                        ["src/cli/browse.rs", "src/cli/screenshot.rs"].contains(&file.as_str());
                    if !(opens && used == "tui") {
                        breaches.push(format!("{file} uses {used}"));
                    }
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn crates_stay_in_their_homes() {
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        let text = code(&text);
        for (name, homes) in HOMES {
            let at_home = homes.iter().any(|home| file.starts_with(home));
            let used = text.match_indices(&format!("{name}::")).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
            });
            if used && !at_home {
                breaches.push(format!("{file} uses {name}"));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn nothing_panics_on_purpose() {
    let words = [
        ".unwrap()",
        ".expect(",
        "panic!(",
        "todo!(",
        "unimplemented!(",
        "dbg!(",
        "unreachable!(",
    ];
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        let text = code(&text);
        for word in words {
            // The screen's test hook for the terminal guard is the one panic that is meant.
            if text.contains(word) && file != "src/tui.rs" {
                breaches.push(format!("{file}: {word}"));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn unsafe_is_in_one_place() {
    let mut found = Vec::new();
    for (file, text) in sources() {
        let code = code(&text);
        let count = code.matches("unsafe ").count() + code.matches("allow(unsafe_code)").count();
        found.extend((count > 0).then_some((file, count)));
    }
    // Mapping a file: one block, allowed once, with its reason.
    assert_eq!(found, [("src/store/map.rs".to_owned(), 2)]);
}

#[test]
fn files_are_short_and_introduce_themselves() {
    let mut long = Vec::new();
    for (file, text) in sources() {
        let lines = text.lines().count();
        if lines > 800 {
            long.push(format!("{file}: {lines} lines"));
        }
        assert!(text.starts_with("//!"), "{file} does not say what it is");
        assert!(!file.ends_with("/mod.rs"), "{file}: modules are self-named");
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn left_of_the_store_nothing_knows_the_time_or_the_environment() {
    let words = [
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "std::env",
        "env::var",
    ];
    let pure = ["text", "when", "article", "annotate", "resolve", "timeline"];
    for (file, text) in sources() {
        if !pure.contains(&module(&file)) {
            continue;
        }
        let text = code(&text);
        for word in words {
            assert!(!text.contains(word), "{file}: {word}");
        }
    }
}

#[test]
fn only_the_output_module_prints() {
    for (file, text) in sources() {
        let text = code(&text);
        for word in ["println!(", "print!(", "eprintln!(", "eprint!("] {
            let training = file.starts_with("src/bin/");
            assert!(training || !text.contains(word), "{file}: {word}");
        }
    }
}

#[test]
fn the_top_level_is_what_it_should_be() {
    let expected = [
        ".cargo",
        ".ci",
        ".git",
        ".gitignore",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "NOTICE",
        "README.md",
        "assets",
        "benches",
        "clippy.toml",
        "deny.toml",
        "docs",
        "fuzz",
        "proptest-regressions",
        "rustfmt.toml",
        "seeds",
        "src",
        "target",
        "tests",
    ];
    for entry in fs::read_dir(ROOT).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            expected.contains(&name.as_str()),
            "does {name} deserve its place?"
        );
    }
}

#[test]
fn every_doc_link_in_the_readme_leads_somewhere() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(Path::new(ROOT).join(page)).unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let local = !link.starts_with("http") && !link.starts_with('#');
            let target: PathBuf = Path::new(ROOT).join(link.split('#').next().unwrap());
            assert!(!local || target.exists(), "{page}: {link}");
        }
    }
}
