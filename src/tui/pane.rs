//! The panes, and what a pane is.
//!
//! A pane holds its own cursor, scroll position and caches; what others need to know goes through
//! the model, by effects. Adding a pane is one file here and one word in the registry below (and
//! a place in [`super::layout`]).

use super::effect::Effect;
use super::model::{Model, Only};
use super::theme::Theme;
use super::told::Told;
use crate::config::{Action, Context, Key};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// Declares the panes: the module of each, its id, its context in the keymap.
macro_rules! panes {
    ($($id:ident $module:ident,)+) => {
        $(pub(super) mod $module;)+

        /// The panes, in the order of their numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(super) enum PaneId { $($id,)+ }

        impl PaneId {
            /// All of them.
            pub(super) const ALL: &'static [Self] = &[$(Self::$id,)+];

            /// Its title.
            pub(super) const fn title(self) -> &'static str {
                match self { $(Self::$id => stringify!($id),)+ }
            }

            /// Where its keys are.
            pub(super) const fn context(self) -> Context {
                match self { $(Self::$id => Context::$id,)+ }
            }
        }

        /// All panes, in the order of their numbers.
        pub(super) fn all() -> Vec<Box<dyn Pane>> {
            vec![$(Box::new($module::$id::default()),)+]
        }
    };
}

panes! {
    Articles articles,
    Text reader,
    Entities entities,
    Timeline timeline,
    Evidence evidence,
}

impl PaneId {
    /// Its place in [`Self::ALL`].
    pub(super) fn index(self) -> usize {
        self as usize
    }
}

/// What became of an action.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is not for this pane.
    Ignored,
    /// It was done; this follows from it.
    Done(Vec<Effect>),
}

impl Outcome {
    /// Done, and nothing follows.
    pub(super) const NOTHING: Self = Self::Done(Vec::new());
}

impl From<Effect> for Outcome {
    fn from(effect: Effect) -> Self {
        Self::Done(vec![effect])
    }
}

/// A pane, or a box on top of the panes.
pub(super) trait Pane: Send {
    /// Acts, if the action is one of its own.
    fn update(&mut self, action: &Action, model: &Model) -> Outcome;

    /// Takes in what changed in the model. Called before a frame is drawn and before an action.
    fn sync(&mut self, _model: &Model) -> Vec<Effect> {
        Vec::new()
    }

    /// Draws itself, frame and all.
    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer);

    /// Its rows in words, those of `range`; without a heading where it has no words of its own.
    fn told(&self, _model: &Model, _range: Range<usize>) -> Told {
        Told::default()
    }

    /// What a click at a place of the last frame means.
    fn click(&mut self, _at: Position, _model: &Model) -> Vec<Effect> {
        Vec::new()
    }

    /// The mouse moved while its button is held since a click here.
    fn drag(&mut self, _at: Position, _model: &Model) -> Vec<Effect> {
        Vec::new()
    }

    /// The button was let go.
    fn release(&mut self, _model: &Model) -> Vec<Effect> {
        Vec::new()
    }

    /// Actions worth a hint here, most useful first.
    fn hints(&self, _model: &Model) -> Vec<Action> {
        Vec::new()
    }

    /// Takes the answer of a job that it asked for.
    fn answer(&mut self, _answer: &super::jobs::Answer, _model: &Model) -> Vec<Effect> {
        Vec::new()
    }

    /// What it wants to be kept of it until the next time, in a word or two.
    fn keep(&self) -> Option<String> {
        None
    }

    /// Takes what it kept the last time.
    fn recall(&mut self, _text: &str) {}

    /// Where the keys of a box on top are looked up.
    fn context(&self) -> Context {
        Context::Popup
    }

    /// Takes a key before the keymap does: boxes in which a text is typed.
    fn typed(&mut self, _key: Key, _model: &Model) -> Option<Vec<Effect>> {
        None
    }

    /// Takes a text that was pasted.
    fn pasted(&mut self, _text: &str, _model: &Model) -> Vec<Effect> {
        Vec::new()
    }

    /// Where the caret of a typed text stood in the last frame.
    fn caret(&self) -> Option<Position> {
        None
    }
}

/// What everything is filtered and searched by, in a few words; empty where it is not.
pub(super) fn filter_words(model: &Model, theme: &Theme) -> String {
    let mut words: Vec<String> = Vec::new();
    if !model.filter.is_empty() {
        let names: Vec<&str> = model.filter.iter().map(|(_, name)| name.as_str()).collect();
        words.push(names.join(" AND "));
    }
    if let Some((first, last)) = model.range {
        words.push(if first == last {
            first.to_string()
        } else {
            format!("{first}..{last}")
        });
    }
    match &model.only {
        Some(Only::Article(id)) => words.push(super::widget::printable(id.as_str()).into_owned()),
        Some(Only::New) => words.push("new".to_owned()),
        None => {}
    }
    if let Some(search) = &model.search {
        words.push(format!("/{}", super::widget::printable(&search.text)));
    }
    words.join(&format!(" {} ", theme.glyphs.dot))
}

/// Says in the middle of an empty pane why it is empty.
fn say_empty(model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer, nothing: &str) {
    let text = if model.is_filtered() {
        "Nothing matches. Press Esc to see everything."
    } else if model.loading.finished {
        nothing
    } else {
        "Reading\u{2026}"
    };
    if area.height == 0 {
        return;
    }
    let lines = super::widget::text::wrap(text, usize::from(area.width).saturating_sub(4), 3, "");
    for (line, row) in lines.iter().zip(area.height / 3..area.height) {
        super::widget::Pen::new(buf, area, row)
            .skip(2)
            .put(line, theme.faint);
    }
}
