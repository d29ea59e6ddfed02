//! The screen without a terminal: for pictures, for the session line by line, and for tests.
//!
//! Jobs are answered at once, so a frame shows what a person sees when everything has settled:
//! the same on every run. What is for the world outside (the clipboard, the editor, a decision) is
//! kept for whoever drives. Not here: the terminal, threads, the clock.

use super::app::App;
use super::effect::Effect;
use super::jobs;
use crate::config::key::parse_sequence;
use crate::config::{Action, Code, Key, Settings};
use crate::engine::decide::Decision;
use crate::engine::{Engine, Progress};
use crate::search::Finder;
use crate::store::Memory;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// Frames until everything has settled; a job may ask for another one.
const ROUNDS: usize = 4;

/// A screen and its canvas.
pub(super) struct Stage {
    pub(super) app: App,
    pub(super) buf: Buffer,
    /// Effects for the world, those that the stage answers itself left out.
    pub(super) sent: Vec<Effect>,
    finder: Finder,
}

impl Stage {
    /// A screen of a size on which nothing is known yet.
    pub(super) fn empty(settings: Settings, width: u16, height: u16) -> Self {
        Self {
            app: App::new(settings, Arc::new(Memory::default())),
            buf: Buffer::empty(Rect::new(0, 0, width, height)),
            sent: Vec::new(),
            finder: Finder::new(),
        }
    }

    /// Takes news in until the pipeline has nothing more to say of what it was asked.
    pub(super) fn catch_up(&mut self, engine: &Engine) {
        while let Ok(news) = engine.progress.recv() {
            let done = matches!(news, Progress::Done);
            self.app.news(news);
            if done {
                break;
            }
        }
        self.app.no_more_news();
        self.draw();
    }

    /// Tells the pipeline of a decision and takes in what comes of it.
    pub(super) fn decide(&mut self, decision: Decision, engine: &Engine) {
        if engine.decisions.send(decision).is_ok() {
            self.catch_up(engine);
        }
    }

    /// Draws, answering jobs at once as a worker would later.
    pub(super) fn draw(&mut self) {
        for _ in 0..ROUNDS {
            self.buf.reset();
            self.app.draw(self.buf.area, &mut self.buf);
            if !self.settle() {
                return;
            }
        }
    }

    fn settle(&mut self) -> bool {
        let mut asked = false;
        let store = self.app.model.store.clone();
        for effect in std::mem::take(&mut self.app.outbox) {
            if let Effect::Ask(question) = effect {
                if writes(&question) {
                    continue;
                }
                let answer = jobs::answer(&question, &store, &mut self.finder, &|| false);
                self.app.answer(&answer);
                asked = true;
            } else {
                self.sent.push(effect);
            }
        }
        asked
    }

    /// Does an action as if its key was pressed.
    pub(super) fn act(&mut self, action: &Action) {
        self.app.model.note = None;
        self.app.model.touched = true;
        self.app.act(action);
        self.draw();
    }

    /// A text is typed where one is asked for.
    pub(super) fn paste(&mut self, text: &str) {
        self.app.paste(text);
        self.draw();
    }

    /// A key is pressed.
    pub(super) fn key(&mut self, key: Key) {
        self.app.key(key);
        self.draw();
    }
}

/// True for a file that would be written beside whatever the work runs in: a stage writes only what
/// is named in full.
fn writes(question: &jobs::Question) -> bool {
    let full = |file: &str| file.trim_start_matches('!').starts_with('/');
    matches!(question, jobs::Question::Export(.., file) if !full(file))
}

/// Keys separated by blanks, written as in a keymap file; what stands between `"` is typed letter by
/// letter.
///
/// # Errors
/// A sentence on the first word that is no key.
pub(super) fn strokes(text: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 {
            keys.extend(part.chars().map(|c| Key::plain(Code::Char(c))));
            continue;
        }
        for word in part.split_whitespace() {
            keys.extend(parse_sequence(word)?);
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::strokes;

    #[test]
    fn keys_are_words_and_text_is_quoted() {
        let shown = |text: &str| -> Vec<String> {
            let keys = strokes(text).unwrap();
            keys.iter().map(ToString::to_string).collect()
        };
        assert_eq!(shown("gg ctrl-d"), ["g", "g", "ctrl-d"]);
        assert_eq!(shown("/ \"a b\" enter"), ["/", "a", "space", "b", "enter"]);
        assert!(strokes("j elephant").unwrap_err().contains("elephant"));
    }
}
