//! What tests of the screen are made of: a small invented collection, keys as words, a canvas
//! without a terminal, and frames written down with their styles.

mod story;

pub(super) use super::stage::{Stage, strokes};
pub(super) use story::{day, entity_id, parts, store};

use crate::timeline::EventId;
use crate::when::{Interval, calendar};

use crate::config::layers::merge;
use crate::config::{Flags, Settings};
use crate::engine::Progress;
use crate::store::Memory;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Settings that depend on no environment: true colour, the given theme.
pub(super) fn settings(more: &[(&str, &str)]) -> Settings {
    let more: BTreeMap<String, String> = more
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let env = move |name: &str| match (more.get(name), name) {
        (Some(value), _) => Some(value.clone()),
        (None, "COLORTERM") => Some("truecolor".to_owned()),
        (None, "LANG") => Some("C.UTF-8".to_owned()),
        _ => None,
    };
    let (settings, warnings) = merge(None, &env, &Flags::default());
    assert!(warnings.is_empty(), "{warnings:?}");
    settings
}

impl Stage {
    /// A screen of a size that shows the finished collection.
    pub(super) fn new(width: u16, height: u16) -> Self {
        Self::with(width, height, &[])
    }

    pub(super) fn with(width: u16, height: u16, more: &[(&str, &str)]) -> Self {
        let mut stage = Self::empty(settings(more), width, height);
        stage.app.news(Progress::Snapshot(store(1)));
        stage.app.news(Progress::Done);
        stage.draw();
        stage
    }

    pub(super) fn resize(&mut self, width: u16, height: u16) {
        self.buf = Buffer::empty(Rect::new(0, 0, width, height));
        self.draw();
    }

    /// Presses keys, written as in a keymap file and separated by blanks.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in strokes(keys).unwrap() {
            self.key(key);
        }
        self
    }

    /// Types a text, letter by letter.
    pub(super) fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.app
                .key(crate::config::Key::plain(crate::config::Code::Char(c)));
            self.draw();
        }
        self
    }

    /// The letters of the frame.
    pub(super) fn text(&self) -> String {
        let width = usize::from(self.buf.area.width).max(1);
        let mut made = String::new();
        for row in self.buf.content.chunks(width) {
            let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            made.push_str(line.trim_end());
            made.push('\n');
        }
        made
    }

    /// The frame with its styles: letters, then a map with a letter for each style, then what the
    /// letters of the map mean.
    pub(super) fn snapshot(&self) -> String {
        let width = usize::from(self.buf.area.width).max(1);
        let mut legend: Vec<Style> = Vec::new();
        let mut map = String::new();
        for row in self.buf.content.chunks(width) {
            let mut line = String::new();
            for cell in row {
                let style = cell.style();
                let at = legend
                    .iter()
                    .position(|known| *known == style)
                    .unwrap_or_else(|| {
                        legend.push(style);
                        legend.len() - 1
                    });
                let names = b".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
                line.push(names.get(at).map_or('?', |name| char::from(*name)));
            }
            map.push_str(line.trim_end_matches('.'));
            map.push('\n');
        }
        let names = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        let mut made = format!("{}\n--- styles\n{map}\n", self.text());
        for (name, style) in names.chars().zip(&legend) {
            made.extend([name.to_string().as_str(), " ", words(*style).as_str(), "\n"]);
        }
        made
    }
}

/// A screen over the same collection with an event on each of sixty days from 2031-01-01 on.
pub(super) fn many(width: u16, height: u16) -> Stage {
    let mut parts = parts(7);
    let like = parts.events[0].clone();
    let made = (0..60).map(|at| {
        let mut event = (*like).clone();
        event.date = Interval::day(calendar::add_days(day("2031-01-01"), at));
        event.id = EventId::of(
            crate::article::ContentHash::of(b"x"),
            at as u32,
            &event.date,
        );
        event.text = format!("story {at}");
        Arc::new(event)
    });
    parts.events = made.collect();
    let mut stage = Stage::new(width, height);
    stage
        .app
        .news(Progress::Snapshot(Arc::new(Memory::new(parts))));
    stage.draw();
    stage
}

fn words(style: Style) -> String {
    let color = |color: Option<ratatui::style::Color>| {
        color.map_or("-".to_owned(), |color| color.to_string().to_lowercase())
    };
    let mut made = format!("{} on {}", color(style.fg), color(style.bg));
    for (modifier, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underline"),
        (Modifier::REVERSED, "reverse"),
    ] {
        if style.add_modifier.contains(modifier) {
            made = format!("{made} {name}");
        }
    }
    made
}
