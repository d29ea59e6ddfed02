//! The screen.
//!
//! Event → [`Keymap`](crate::config::Keymap) (what lies on top, pane, everywhere) →
//! [`Action`](crate::config::Action) → `App::act` → effects → jobs and the world → news and
//! answers → a frame, where something changed.
//!
//! Shared facts are in the model; cursors, scroll positions and caches are in the panes. The event
//! thread does no work that grows with the collection: panes ask for the rows they show, searching
//! and counting are jobs. Nothing is drawn while nothing happens, and the terminal is never asked
//! anything.

mod app;
mod citation;
mod effect;
mod external;
mod input;
mod jobs;
mod layout;
mod linear;
mod links;
mod model;
mod overlay;
mod pane;
pub mod probe;
mod session;
mod stage;
mod status;
mod svg;
mod terminal;
mod theme;
mod told;
mod update;
mod view;
mod widget;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use crate::config::Settings;
use crate::engine::decide::Decision;
use crate::engine::{Engine, Progress};
use crate::store::{Memory, Read};
use app::App;
use crossbeam_channel::{Receiver, never, select, unbounded};
use effect::Effect;
use input::{Input, Reader};
use jobs::Jobs;
use model::Level;
use ratatui::layout::Rect;
use stage::Stage;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use terminal::Canvas;

/// Frames that a person asked for come at most this often: sixty times a second.
const FRAME: Duration = Duration::from_millis(16);
/// After this long without a key it is shown what can follow.
const HINT: Duration = Duration::from_millis(400);
/// Frames that only show progress come at most this often.
const PROGRESS_FRAME: Duration = Duration::from_millis(50);

/// What the screen is told of what it opens.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// It is the collection that is compiled in.
    pub built_in: bool,
    /// Collections that were open lately, each by its paths.
    pub recent: Vec<Vec<PathBuf>>,
    /// The file from which it is read where one left off, and to which that is written.
    pub session: Option<PathBuf>,
}

/// How the screen was left.
pub struct Left {
    /// The last state that it showed.
    pub store: Arc<dyn Read>,
    /// What is to be opened next, where the person chose something.
    pub next: Option<Vec<PathBuf>>,
}

/// Runs the screen until the user leaves. Where one left off is read from a file, where there is one,
/// and written to it.
///
/// # Errors
/// If the terminal cannot be set up or written to.
pub fn run(engine: Engine, settings: Settings, opening: Opening) -> anyhow::Result<Left> {
    terminal::chain_panic_hook();
    terminal::enter(settings.mouse)?;
    let mouse = settings.mouse;
    let ended = Screen::new(engine, settings, opening).and_then(|mut screen| {
        screen.run(mouse)?;
        let kept = screen.keep();
        let left = Left {
            store: screen.app.model.store.clone(),
            next: screen.next.take(),
        };
        Ok((left, kept))
    });
    terminal::leave();
    // What workers said while the screen was up is told now that there is a place for it.
    for words in terminal::last_words() {
        tell(&words);
    }
    let (left, kept) = ended?;
    if let Err(words) = kept {
        tell(&words);
    }
    Ok(left)
}

/// Draws one frame of a collection in memory, as the screen shows it at first, and gives its text.
///
/// No terminal is touched: this is how drawing is measured.
pub fn frame(store: Arc<dyn Read>, settings: Settings, columns: u16, rows: u16) -> String {
    let mut stage = Stage::empty(settings, columns.clamp(1, 1000), rows.clamp(1, 1000));
    stage.app.news(Progress::Snapshot(store));
    let area = stage.buf.area;
    stage.app.draw(area, &mut stage.buf);
    let lines = stage.buf.content().chunks(area.width.into());
    lines
        .map(|cells| {
            cells
                .iter()
                .map(ratatui::buffer::Cell::symbol)
                .collect::<String>()
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// A picture of the screen, as SVG: everything read, then `keys` pressed, written as in a keymap
/// file and separated by blanks. `size` is columns and rows.
///
/// No terminal is touched, and what the keys decide is not kept.
///
/// # Errors
/// A sentence on the first word of `keys` that is no key.
pub fn picture(
    engine: &Engine,
    settings: Settings,
    size: (u16, u16),
    keys: &str,
) -> Result<String, String> {
    let strokes = stage::strokes(keys)?;
    let mut stage = Stage::empty(settings, size.0.clamp(1, 1000), size.1.clamp(1, 1000));
    stage.catch_up(engine);
    for key in strokes {
        stage.key(key);
        for effect in std::mem::take(&mut stage.sent) {
            if let Effect::Decide(decision) = effect {
                stage.decide(decision, engine);
            }
        }
    }
    Ok(svg::picture(&stage.buf, &stage.app.theme))
}

/// Runs a session line by line until `input` ends or the person leaves.
///
/// Nothing is drawn: what the screen would show is read out in words, and lines of `input` are the
/// actions of the screen, by name. With `interactive`, someone sits there to whom programs may be shown.
///
/// # Errors
/// If `input` cannot be read or `out` cannot be written to.
pub fn linear(
    engine: &Engine,
    settings: Settings,
    opening: Opening,
    input: &mut dyn std::io::BufRead,
    out: &mut dyn std::io::Write,
    interactive: bool,
) -> anyhow::Result<Left> {
    linear::run(engine, (settings, opening), input, out, interactive)
}

/// Writes a line to the standard error stream, as far as there is one.
fn tell(words: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "dateline: {}", widget::printable(words));
}

/// Why the screen is left to draw.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    Nothing,
    Progress,
    Person,
}

struct Screen {
    app: App,
    canvas: Canvas,
    /// Where the session is kept.
    session: Option<PathBuf>,
    engine: Engine,
    news: Receiver<Progress>,
    inputs: Receiver<Input>,
    input_sender: crossbeam_channel::Sender<Input>,
    replies: Receiver<jobs::Reply>,
    jobs: Jobs,
    drawn: Option<Instant>,
    /// How many keys of a sequence were pressed, and when the last of them was.
    pending: Option<(usize, Instant)>,
    /// What is to be opened after this.
    next: Option<Vec<PathBuf>>,
}

impl Screen {
    fn new(engine: Engine, settings: Settings, opening: Opening) -> anyhow::Result<Self> {
        let mut app = App::new(settings, Arc::new(Memory::default()));
        let session = opening.session.clone();
        app.opens(opening);
        let mut canvas = Canvas::new(terminal::size())?;
        // The first frame is out before a thread is started or a key is read. What the pipeline
        // has by now is on it.
        for news in engine.progress.try_iter() {
            app.news(news);
        }
        canvas.draw(&mut app)?;
        let (input_sender, inputs) = unbounded();
        let (reply_sender, replies) = unbounded();
        Ok(Self {
            app,
            canvas,
            session,
            news: engine.progress.clone(),
            engine,
            inputs,
            input_sender,
            replies,
            jobs: Jobs::start(&reply_sender),
            drawn: Some(Instant::now()),
            next: None,
            pending: None,
        })
    }

    fn run(&mut self, mouse: bool) -> anyhow::Result<()> {
        input::listen(&self.input_sender)?;
        let reader = Reader::start(&self.input_sender);
        std::thread::spawn(|| fail_on_request("worker"));
        let mut cause = Cause::Nothing;
        self.app.dirty = false;
        loop {
            cause = self.wait(cause, &reader, mouse)?;
            let effects = std::mem::take(&mut self.app.outbox);
            for effect in effects {
                if self.perform(effect, &reader, mouse)? {
                    return Ok(());
                }
            }
            if cause == Cause::Nothing || !self.app.dirty {
                cause = Cause::Nothing;
                continue;
            }
            if self.until_frame(cause).is_zero() {
                fail_on_request("draw");
                self.app.dirty = false;
                self.canvas.draw(&mut self.app)?;
                self.drawn = Some(Instant::now());
                cause = Cause::Nothing;
                // Drawing may have asked for a job (a coarser timeline after a new state).
                let effects = std::mem::take(&mut self.app.outbox);
                for effect in effects {
                    if self.perform(effect, &reader, mouse)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// How long until the next frame may be drawn.
    fn until_frame(&self, cause: Cause) -> Duration {
        let between = if cause == Cause::Person {
            FRAME
        } else {
            PROGRESS_FRAME
        };
        let since = self.drawn.map_or(between, |drawn| drawn.elapsed());
        between.saturating_sub(since)
    }

    /// Waits for something to happen, then takes in everything that did.
    fn wait(&mut self, cause: Cause, reader: &Reader, mouse: bool) -> anyhow::Result<Cause> {
        let limit = match cause {
            // Nothing to draw: sleep until something happens, or until a key is slow to come.
            Cause::Nothing => self.until_hint().unwrap_or(Duration::from_secs(3600)),
            cause => self.until_frame(cause),
        };
        let mut cause = cause;
        let (inputs, news, replies) =
            (self.inputs.clone(), self.news.clone(), self.replies.clone());
        select! {
            recv(inputs) -> input => if let Ok(input) = input {
                self.input(input, reader, mouse)?;
                cause = Cause::Person;
            },
            recv(news) -> news => cause = self.news(news.ok(), cause),
            recv(replies) -> reply => if let Ok(reply) = reply {
                self.reply(&reply);
                cause = Cause::Person;
            },
            default(limit) => {}
        }
        for input in inputs.try_iter() {
            self.input(input, reader, mouse)?;
            cause = Cause::Person;
        }
        for reply in replies.try_iter() {
            self.reply(&reply);
            cause = Cause::Person;
        }
        for news in news.try_iter() {
            cause = self.news(Some(news), cause);
        }
        if self.until_hint() == Some(Duration::ZERO) {
            self.app.hint = true;
            self.app.dirty = true;
            cause = Cause::Person;
        }
        for words in terminal::last_words() {
            let first = words.lines().collect::<Vec<_>>().join(" ");
            self.app
                .model
                .say(Level::Warning, format!("A worker failed: {first}"));
            self.app.dirty = true;
        }
        Ok(cause)
    }

    /// How long until it is shown what can follow the keys that were pressed; `None` where nothing
    /// waits for a key.
    fn until_hint(&mut self) -> Option<Duration> {
        if self.app.pending.is_empty() || self.app.hint {
            self.pending = None;
            return None;
        }
        let keys = self.app.pending.len();
        let since = match self.pending {
            Some((known, since)) if known == keys => since,
            _ => Instant::now(),
        };
        self.pending = Some((keys, since));
        Some(HINT.saturating_sub(since.elapsed()))
    }

    /// Takes news in; says how soon it must be seen.
    fn news(&mut self, news: Option<Progress>, cause: Cause) -> Cause {
        // The first list and the last are waited for; what is in between only passes.
        let waited_for = match &news {
            Some(Progress::Snapshot(_)) => self.app.model.store.status().articles == 0,
            Some(Progress::Done) => true,
            _ => false,
        };
        if let Some(news) = news {
            self.app.news(news);
        } else {
            self.news = never();
            self.app.no_more_news();
        }
        match cause {
            _ if waited_for => Cause::Person,
            Cause::Nothing => Cause::Progress,
            cause => cause,
        }
    }

    fn reply(&mut self, reply: &jobs::Reply) {
        if self.jobs.is_fresh(reply) {
            self.app.answer(&reply.answer);
        }
    }

    fn input(&mut self, input: Input, reader: &Reader, mouse: bool) -> anyhow::Result<()> {
        match input {
            Input::Key(key) => self.app.key(key),
            Input::Paste(text) => self.app.paste(&text),
            Input::Click(at) => self.app.click(at),
            Input::Drag(at) => self.app.drag(at),
            Input::Release => self.app.release(),
            Input::Wheel(at, down) => self.app.wheel(at, down),
            Input::Resize(area) => self.resize(area)?,
            Input::Suspend => self.suspend(reader, mouse)?,
            Input::Resume => {
                // The shell may have changed the terminal meanwhile, or another program drew on it.
                terminal::leave();
                terminal::enter(mouse)?;
                self.resize(terminal::size())?;
            }
            Input::Gone => self.app.outbox.push(Effect::Quit),
        }
        Ok(())
    }

    fn resize(&mut self, area: Rect) -> anyhow::Result<()> {
        self.canvas.resize(area)?;
        self.app.dirty = true;
        Ok(())
    }

    fn suspend(&mut self, reader: &Reader, mouse: bool) -> anyhow::Result<()> {
        reader.pause();
        terminal::leave();
        input::stop();
        terminal::enter(mouse)?;
        reader.go_on();
        self.resize(terminal::size())
    }

    /// Does what an effect asks of the world; true where the program is to end.
    fn perform(&mut self, effect: Effect, reader: &Reader, mouse: bool) -> anyhow::Result<bool> {
        match effect {
            Effect::Quit => return Ok(true),
            Effect::Ask(question) => self.jobs.ask(question, self.app.model.store.clone()),
            Effect::Decide(decision) => self.decide(decision),
            Effect::Copy(text, what) => match external::copy(&text, self.canvas.out()) {
                Ok(()) => self.say(Level::Info, &format!("Copied {what}.")),
                Err(error) => self.say(Level::Warning, &format!("Not copied: {error}.")),
            },
            Effect::OpenLink(url) => {
                match external::open_link(&url, self.app.settings.opener.as_deref()) {
                    Ok(()) => self.say(Level::Info, &format!("Opened {url}")),
                    Err(error) => self.say(Level::Warning, &error),
                }
            }
            Effect::OpenEditor(path, line) => {
                reader.pause();
                terminal::leave();
                let editor = self.app.settings.editor.as_deref();
                let edited = terminal::lend(|| external::edit(&path, line, editor));
                terminal::enter(mouse)?;
                reader.go_on();
                self.resize(terminal::size())?;
                if let Err(error) = edited {
                    self.say(Level::Warning, &error);
                }
            }
            Effect::OpenCollection(paths) => {
                self.next = Some(paths);
                return Ok(true);
            }
            Effect::Pipe(command, text) => {
                reader.pause();
                terminal::leave();
                let piped = terminal::lend(|| external::pipe(&command, &text));
                terminal::enter(mouse)?;
                reader.go_on();
                self.resize(terminal::size())?;
                if let Err(error) = piped {
                    self.say(Level::Warning, &error);
                }
            }
            Effect::Keep => {
                if let Err(words) = self.keep() {
                    self.say(Level::Warning, &words);
                }
            }
            Effect::Redraw => self.resize(terminal::size())?,
            Effect::Suspend => self.suspend(reader, mouse)?,
            // The others are facts of the model and were put there.
            _ => {}
        }
        Ok(false)
    }

    /// Writes where one is now.
    fn keep(&self) -> Result<(), String> {
        let Some(path) = &self.session else {
            return Ok(());
        };
        let saved = self.app.session().save(path);
        saved.map_err(|error| format!("The session is not kept: {}: {error}.", path.display()))
    }

    fn decide(&mut self, decision: Decision) {
        if self.engine.decisions.send(decision).is_err() {
            self.say(
                Level::Warning,
                "The change could not be kept: the analysis ended.",
            );
        }
    }

    fn say(&mut self, level: Level, text: &str) {
        self.app.model.say(level, text);
        self.app.dirty = true;
    }
}

/// Panics in `place` where a test asks for it, to show that the terminal is given back.
fn fail_on_request(place: &str) {
    let asked = std::env::var_os("DATELINE_TEST_PANIC");
    // The only assertion outside of tests: it fails because someone asked it to.
    assert!(
        asked.is_none_or(|asked| asked != place),
        "DATELINE_TEST_PANIC asks for a panic"
    );
}
