//! The same program line by line: for screen readers, braille lines and terminals that cannot
//! place a cursor.
//!
//! A line is an action by the name that the command line and the keymap know, a number that picks
//! a row, or both (`3 star`). The actions are done by the [`App`](super::app::App) of the screen: nothing is decided here
//! but which words are read out. Nothing is drawn, moved or animated, no sign stands for a word.

mod command;
mod outside;
mod read;

use super::effect::Effect;
use super::pane::PaneId;
use super::stage::Stage;
use super::widget::printable;
use super::{Left, Opening, status, told};
use crate::config::{Action, Context, Settings};
use crate::engine::{Engine, Progress};
use command::Line;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

/// Rows that are read out at a time.
const PAGE: usize = 20;
/// The stage is large enough for every pane: what is not shown takes nothing in.
const STAGE: (u16, u16) = (200, 60);
/// A collection of more files than this takes a while: that is said.
const MANY: usize = 500;

/// A session.
struct Session<'a> {
    stage: Stage,
    engine: &'a Engine,
    out: &'a mut dyn Write,
    /// Someone sits at the other end: lines are asked for, and programs may be started.
    interactive: bool,
    /// Where the next page begins.
    next: usize,
    /// What was read out last, to know what changed.
    last: Last,
    /// What is to be opened after this.
    chosen: Option<Vec<PathBuf>>,
}

/// What was read out last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Last {
    focus: Option<PaneId>,
    heading: String,
    at: usize,
    jumps: u64,
    overlays: usize,
}

/// Runs a session until `input` ends or the person leaves.
///
/// # Errors
/// If `input` cannot be read or `out` cannot be written to.
pub(super) fn run(
    engine: &Engine,
    (settings, opening): (Settings, Opening),
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    interactive: bool,
) -> anyhow::Result<Left> {
    let settings = Settings {
        ascii: true,
        ..settings
    };
    let mut session = Session {
        stage: Stage::empty(settings, STAGE.0, STAGE.1),
        engine,
        out,
        interactive,
        next: 0,
        last: Last::default(),
        chosen: None,
    };
    let place = opening.session.clone();
    session.stage.app.opens(opening);
    // Where keys would go is told by the prompt, and a session begins with the list.
    session.stage.app.model.focus = PaneId::Articles;
    session.stage.app.model.enlarged = false;
    session.fill()?;
    session.greet()?;
    let mut line = String::new();
    loop {
        session.prompt()?;
        line.clear();
        if read_line(input, &mut line)? == 0 {
            break;
        }
        let typed = line.trim();
        if !session.interactive {
            session.say(typed)?;
        }
        if session.line(typed)? {
            break;
        }
    }
    if let Some(path) = &place {
        session.keep(path)?;
    }
    Ok(Left {
        store: session.stage.app.model.store.clone(),
        next: session.chosen,
    })
}

/// Reads a line whatever its bytes are; gives how many there were.
fn read_line(input: &mut dyn BufRead, line: &mut String) -> std::io::Result<usize> {
    let mut bytes = Vec::new();
    let count = input.read_until(b'\n', &mut bytes)?;
    line.push_str(&String::from_utf8_lossy(&bytes));
    Ok(count)
}

impl Session<'_> {
    /// Keeps where one left off, as the screen does.
    fn keep(&mut self, path: &Path) -> anyhow::Result<()> {
        let kept = self.stage.app.session().save(path);
        kept.or_else(|error| {
            let place = path.display();
            self.say(&format!(
                "Where you left off is not kept: {place}: {error}."
            ))
        })
    }

    /// Waits until everything is read and analysed.
    fn fill(&mut self) -> anyhow::Result<()> {
        let mut told = false;
        while let Ok(news) = self.engine.progress.recv() {
            match &news {
                Progress::Files { total, .. } if *total > MANY && !told => {
                    told = true;
                    self.say(&format!("Reading {total} files."))?;
                }
                _ => {}
            }
            let done = matches!(news, Progress::Done);
            self.stage.app.news(news);
            if done {
                break;
            }
        }
        self.stage.app.no_more_news();
        self.stage.draw();
        Ok(())
    }

    fn greet(&mut self) -> anyhow::Result<()> {
        let first = self.stage.app.model.note.take();
        self.say(&status::sentence(&self.stage.app.model, ""))?;
        if let Some((_, words)) = first {
            self.say(&words)?;
        }
        if self.stage.app.model.status.articles == 0 {
            self.say(
                "Give files or folders on the command line, or none for the built-in examples.",
            )?;
        }
        self.say("Type a number to open what has it, a word for an action, help for all words, Enter for more.")?;
        self.list(0)?;
        self.remember();
        Ok(())
    }

    /// Asks for a line: what the words and numbers are about now.
    fn prompt(&mut self) -> anyhow::Result<()> {
        let place = match self.stage.app.overlays.last() {
            Some(top) if top.context() == Context::Input => self.question(),
            Some(_) => "box".to_owned(),
            None => self.stage.app.model.focus.title().to_lowercase(),
        };
        write!(self.out, "{place}> ")?;
        self.out.flush()?;
        Ok(())
    }

    fn say(&mut self, words: &str) -> anyhow::Result<()> {
        Ok(writeln!(self.out, "{}", printable(words))?)
    }

    /// Does what a line says; true where the session is to end.
    fn line(&mut self, typed: &str) -> anyhow::Result<bool> {
        let waits = self.stage.app.overlays.last().map(|top| top.context());
        if waits == Some(Context::Input) {
            return self.answer(typed);
        }
        match command::read(typed, &self.stage.app) {
            Line::More => {
                self.more()?;
                Ok(false)
            }
            Line::Do(_, Action::Help) => {
                self.help("")?;
                Ok(false)
            }
            Line::Help(word) => {
                self.help(&word)?;
                Ok(false)
            }
            Line::Trouble(words) => {
                self.say(&words)?;
                Ok(false)
            }
            Line::Pick(numbers) => match numbers.as_slice() {
                [one] => self.open(*one),
                more => self.mark(more),
            },
            Line::Do(numbers, action) => {
                if !self.pick(&numbers)? {
                    return Ok(false);
                }
                self.act(&action)
            }
            Line::Ask(numbers, words) => {
                if self.pick(&numbers)? {
                    self.stage.act(&Action::CommandLine);
                    self.stage.paste(&words);
                    self.remember();
                }
                Ok(false)
            }
            Line::Search(words) => {
                self.stage.act(&Action::Search);
                self.answer(&words)
            }
        }
    }

    /// Does an action and reads out what came of it.
    fn act(&mut self, action: &Action) -> anyhow::Result<bool> {
        self.stage.act(action);
        if self.outside()? {
            return Ok(true);
        }
        if let Some((_, note)) = self.stage.app.model.note.clone() {
            self.say(&note)?;
        }
        self.changes(action)?;
        Ok(false)
    }

    /// Gives what was typed to the box that asks for it.
    fn answer(&mut self, typed: &str) -> anyhow::Result<bool> {
        if typed.is_empty() {
            return self.act(&Action::Back);
        }
        self.stage.paste(typed);
        let done = self.act(&Action::Open)?;
        // What was wrong was said; the line is as good as never typed.
        let waits = self
            .stage
            .app
            .overlays
            .last()
            .is_some_and(|top| top.context() == Context::Input);
        if waits && self.stage.app.model.note.is_some() {
            self.stage.act(&Action::Back);
            self.remember();
        }
        Ok(done)
    }

    /// Goes to rows by their numbers: to the first, the others are marked. False where there is none.
    fn pick(&mut self, numbers: &[usize]) -> anyhow::Result<bool> {
        if let ([one], true) = (numbers, self.stage.app.overlays.is_empty()) {
            return self.go_to(*one);
        }
        for number in numbers.iter().rev() {
            if !self.go_to(*number)? {
                return Ok(false);
            }
            let last = Some(number) == numbers.first();
            if self.chooses() || !last {
                self.stage.act(&Action::Mark);
            }
        }
        if self.stage.app.overlays.is_empty()
            && let Some(first) = numbers.first()
        {
            return self.go_to(*first);
        }
        Ok(true)
    }

    /// True where rows of a box are marked before something is done to them.
    fn chooses(&self) -> bool {
        let top = self.stage.app.overlays.last();
        top.is_some_and(|top| top.context() == Context::Choice)
    }

    fn mark(&mut self, numbers: &[usize]) -> anyhow::Result<bool> {
        for number in numbers {
            if !self.go_to(*number)? {
                return Ok(false);
            }
            self.stage.act(&Action::Mark);
        }
        self.say(&format!("Marked {}.", told::count(numbers.len(), "row")))?;
        self.remember();
        Ok(false)
    }

    /// Opens what has a number: reads an article, the evidence of an event, all of a name.
    fn open(&mut self, number: usize) -> anyhow::Result<bool> {
        if self.chooses() {
            return self.mark(&[number]);
        }
        let boxed = !self.stage.app.overlays.is_empty();
        if !self.go_to(number)? {
            return Ok(false);
        }
        if !self.stage.app.overlays.is_empty() {
            return self.act(&Action::Open);
        }
        if self.outside()? {
            return Ok(true);
        }
        if boxed || self.stage.app.model.focus == PaneId::Text {
            // Picking was all: the box led there and is gone.
            self.changes(&Action::Open)?;
            return Ok(false);
        }
        match self.stage.app.model.focus {
            PaneId::Entities => {
                let model = &self.stage.app.model;
                let entity = model.entity.as_ref().and_then(|id| model.store.entity(id));
                let lines =
                    entity.map_or(Vec::new(), |entity| told::entity_in_full(&entity, model));
                for line in lines {
                    self.say(&line)?;
                }
                self.remember();
                Ok(false)
            }
            PaneId::Timeline => self.act(&Action::FocusEvidence),
            _ => self.act(&Action::Open),
        }
    }

    /// Does what the world outside is asked for; true where the session is to end.
    fn outside(&mut self) -> anyhow::Result<bool> {
        for effect in std::mem::take(&mut self.stage.sent) {
            match effect {
                Effect::Quit => return Ok(true),
                Effect::OpenCollection(paths) => {
                    self.chosen = Some(paths);
                    return Ok(true);
                }
                Effect::Decide(decision) => self.stage.decide(decision, self.engine),
                other => {
                    let settings = &self.stage.app.settings;
                    for words in outside::perform(&other, settings, self.interactive) {
                        self.say(&words)?;
                    }
                }
            }
        }
        Ok(false)
    }
}
