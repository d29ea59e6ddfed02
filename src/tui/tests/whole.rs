//! The whole program from the files to the cells, scripted: the five real articles (where `../shared`
//! holds them) and the built-in collection, at every size that matters.
//!
//! What the articles tell is not held here (their own tests do), so a better analysis breaks
//! nothing: each step says what has to be on the screen whatever was found.

use super::super::app::App;
use super::super::effect::Effect;
use super::super::jobs;
use super::super::testing::settings;
use crate::config::key::parse_sequence;
use crate::engine::{Progress, builtin, collection::Collection};
use crate::search::Finder;
use crate::source::{self, Options};
use crate::store::{Memory, Overlay, Read};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier};
use std::path::Path;
use std::sync::Arc;

const SIZES: [(u16, u16); 5] = [(60, 15), (80, 24), (100, 30), (120, 40), (200, 60)];

/// The program on a terminal of its own.
struct Played {
    app: App,
    store: Arc<dyn Read>,
    terminal: Terminal<TestBackend>,
}

impl Played {
    fn new(store: Arc<dyn Read>, (width, height): (u16, u16)) -> Self {
        let mut app = App::new(settings(&[]), Arc::new(Memory::default()));
        app.news(Progress::Snapshot(store.clone()));
        app.news(Progress::Done);
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut made = Self {
            app,
            store,
            terminal,
        };
        made.draw();
        made
    }

    fn draw(&mut self) {
        let mut finder = Finder::new();
        for _ in 0..4 {
            let app = &mut self.app;
            self.terminal
                .draw(|frame| {
                    let area = frame.area();
                    if let Some(caret) = app.draw(area, frame.buffer_mut()) {
                        frame.set_cursor_position(caret);
                    }
                })
                .unwrap();
            let sent = std::mem::take(&mut self.app.outbox);
            let asked: Vec<_> = sent
                .into_iter()
                .filter_map(|effect| match effect {
                    Effect::Ask(question) => Some(question),
                    _ => None,
                })
                .collect();
            if asked.is_empty() {
                return;
            }
            for question in asked {
                let answer = jobs::answer(&question, &self.store, &mut finder, &|| false);
                self.app.answer(&answer);
            }
        }
    }

    fn keys(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            for key in parse_sequence(word).unwrap() {
                self.app.key(key);
            }
            self.draw();
        }
    }

    fn text(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let width = usize::from(buffer.area.width);
        let lines = buffer.content.chunks(width).map(|row| {
            row.iter()
                .map(ratatui::buffer::Cell::symbol)
                .collect::<String>()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// True where a cell has this style.
    fn has(&self, color: Option<Color>, modifier: Modifier) -> bool {
        let cells = &self.terminal.backend().buffer().content;
        cells.iter().any(|cell| {
            color.is_none_or(|color| cell.fg == color) && cell.modifier.contains(modifier)
        })
    }
}

fn read<'a>(files: impl Iterator<Item = (&'a str, Vec<u8>)>) -> Arc<dyn Read> {
    let mut collection = Collection::new(Overlay::default());
    let read =
        files.map(|(name, bytes)| source::read_bytes(name, Some(name), &bytes, Options::default()));
    collection.add(read.collect());
    collection.snapshot()
}

/// Keys, and what has to be on the screen after them.
const SCRIPT: &[(&str, &str)] = &[
    ("", "dateline"),
    ("j k G gg", "1 Articles"),
    ("enter", "2 Text"),
    ("/ m i n s k enter n N esc", "2 Text"),
    ("B B", "Boilerplate is folded away"),
    ("3", "3 Entities"),
    ("j enter", "3 Entities"),
    (">", "mention "),
    ("<", "mention "),
    ("W", "With "),
    ("] [ esc", "3 Entities"),
    ("f", "Only what concerns"),
    ("F 4", "4 Timeline"),
    ("minus minus minus ] ] ]", "4 Timeline"),
    ("G gg t", "4 Timeline"),
    ("c", "to the day"),
    ("h j k l ] [ esc", "4 Timeline"),
    ("R", "Over time"),
    ("gg space l l enter", "Only what falls between"),
    ("F 5", "5 Evidence"),
    ("enter", "2 Text"),
    ("1 d", "Why this date"),
    ("esc C", ""),
    ("esc L", ""),
    ("esc w", "Export"),
    ("esc ?", "Keys"),
    ("z o o m", "Zoom the timeline in"),
    ("esc : d i g e s t space 3 enter", "The story in 3 dates"),
    ("esc / p r e s i d e n t enter", "/president"),
    ("esc z", ""),
    ("z q", "1 Articles"),
];

fn play(name: &str, store: &Arc<dyn Read>) {
    for size in SIZES {
        let mut played = Played::new(store.clone(), size);
        let first = played.text();
        let articles = format!("{} articles", store.status().articles);
        assert!(first.contains(&articles), "{name} {size:?}\n{first}");
        // An article is open and names are coloured without a key.
        assert!(played.app.model.article.is_some());
        assert!(played.has(None, Modifier::BOLD), "{name} {size:?}");
        let person = played.app.theme.person.fg;
        let place = played.app.theme.place.fg;
        assert!(
            played.has(person, Modifier::empty()) || played.has(place, Modifier::empty()),
            "{name} {size:?}\n{first}"
        );
        for (keys, shown) in SCRIPT {
            played.keys(keys);
            let text = played.text();
            assert!(
                text.contains(shown),
                "{name} {size:?} after {keys:?}: no {shown:?}\n{text}"
            );
            assert!(!text.contains('\u{1b}'));
        }
        // Whatever the size becomes, the next frame fits it.
        for (width, height) in SIZES {
            played.terminal.backend_mut().resize(width, height);
            played.draw();
            assert!(played.text().contains("dateline"));
        }
    }
}

#[test]
fn the_built_in_collection_is_read_at_every_size() {
    let files = builtin::FILES
        .iter()
        .map(|(name, bytes)| (*name, bytes.to_vec()));
    play("built in", &read(files));
}

#[test]
fn the_real_articles_are_read_at_every_size() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/seeds/articles"
    ));
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("no shared articles: skipped");
        return;
    };
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    assert_eq!(files.len(), 5);
    play(
        "real",
        &read(
            files
                .iter()
                .map(|(name, bytes)| (name.as_str(), bytes.clone())),
        ),
    );
}
