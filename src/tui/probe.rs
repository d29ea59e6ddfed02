//! The screen measured without a terminal: how long a frame takes and how many bytes of it a
//! terminal would get.
//!
//! Used by `benches/draw.rs` and by tests; the program itself has no use for it.

use super::app::App;
use super::effect::Effect;
use super::jobs;
use crate::config::Settings;
use crate::config::key::parse_sequence;
use crate::engine::Progress;
use crate::search::Finder;
use crate::store::{Memory, Read};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What one key cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Bytes that went to the terminal.
    pub bytes: usize,
    /// Doing what the key asks, drawing, and finding out what to write.
    pub time: Duration,
}

/// A screen on a terminal that only counts.
pub struct Probe {
    app: App,
    store: Arc<dyn Read>,
    terminal: Terminal<CrosstermBackend<Counter>>,
    written: Arc<AtomicUsize>,
}

/// Counts what is written to it.
struct Counter(Arc<AtomicUsize>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.fetch_add(bytes.len(), Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Probe {
    /// A screen of a size that shows a finished collection, its first frame drawn.
    ///
    /// # Errors
    /// If the terminal cannot be made.
    pub fn new(
        store: Arc<dyn Read>,
        settings: Settings,
        columns: u16,
        rows: u16,
    ) -> io::Result<Self> {
        let written = Arc::new(AtomicUsize::new(0));
        let options = TerminalOptions {
            viewport: Viewport::Fixed(Rect::new(0, 0, columns, rows)),
        };
        let backend = CrosstermBackend::new(Counter(written.clone()));
        let mut app = App::new(settings, Arc::new(Memory::default()));
        app.news(Progress::Snapshot(store.clone()));
        app.news(Progress::Done);
        let mut made = Self {
            app,
            store,
            terminal: Terminal::with_options(backend, options)?,
            written,
        };
        made.draw()?;
        Ok(made)
    }

    /// Draws a frame; gives its bytes.
    ///
    /// # Errors
    /// If the terminal cannot be drawn on.
    pub fn draw(&mut self) -> io::Result<usize> {
        let before = self.written.load(Ordering::Relaxed);
        let app = &mut self.app;
        self.terminal.draw(|frame| {
            let area = frame.area();
            if let Some(caret) = app.draw(area, frame.buffer_mut()) {
                frame.set_cursor_position(caret);
            }
        })?;
        Ok(self.written.load(Ordering::Relaxed) - before)
    }

    /// Presses keys, written as in a keymap file, and draws once. Jobs that this asks for are
    /// answered after it was measured, and drawn then.
    ///
    /// # Errors
    /// If the terminal cannot be drawn on, or the keys are none.
    pub fn press(&mut self, keys: &str) -> io::Result<Cost> {
        let keys = parse_sequence(keys).map_err(io::Error::other)?;
        let before = Instant::now();
        for key in keys {
            self.app.key(key);
        }
        let bytes = self.draw()?;
        let time = before.elapsed();
        if self.answer() {
            self.draw()?;
        }
        Ok(Cost { bytes, time })
    }

    /// Does the jobs that were asked for; true where there were any.
    fn answer(&mut self) -> bool {
        let mut any = false;
        let mut finder = Finder::new();
        for effect in std::mem::take(&mut self.app.outbox) {
            if let Effect::Ask(question) = effect {
                let answer = jobs::answer(&question, &self.store, &mut finder, &|| false);
                self.app.answer(&answer);
                any = true;
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{settings, store};
    use super::*;

    #[test]
    fn a_move_costs_less_than_a_kilobyte() {
        let mut probe = Probe::new(store(1), settings(&[]), 200, 60).unwrap();
        assert!(
            probe.draw().unwrap() < 64,
            "nothing changed, nothing is written"
        );
        probe.press("z").unwrap();
        for keys in ["j", "j", "k"] {
            let cost = probe.press(keys).unwrap();
            assert!(
                (1..=1024).contains(&cost.bytes),
                "{keys}: {} bytes",
                cost.bytes
            );
        }
    }
}
