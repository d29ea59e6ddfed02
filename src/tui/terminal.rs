//! The terminal guard: takes the terminal over and gives it back exactly once, whatever happens.
//!
//! Invariant: whoever leaves (the end, a panic, a signal, an editor, Ctrl-Z) goes through
//! [`leave`], which undoes in reverse what [`enter`] did and remembers that it is done. Drawing
//! asks [`is_ours`] under the same lock, so nothing is drawn onto a terminal that was given back.

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, style, terminal};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{TerminalOptions, Viewport};
use std::io::{self, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

/// A terminal that claims to be larger would have buffers for it allocated; 65535x65535 cells are
/// more than there is memory.
const LARGEST: u16 = 1000;

/// What has to be undone.
struct State {
    ours: bool,
    mouse: bool,
    /// What a worker said when it panicked, to be shown once the screen is gone.
    last_words: Vec<String>,
    /// The thread that draws.
    screen: Option<ThreadId>,
}

/// Another program has the terminal.
static LENT: AtomicBool = AtomicBool::new(false);

static STATE: Mutex<State> = Mutex::new(State {
    ours: false,
    mouse: false,
    last_words: Vec::new(),
    screen: None,
});

fn lock() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock, but not at any price: a signal must not wait for a thread that hangs while drawing.
fn lock_soon() -> Option<MutexGuard<'static, State>> {
    let give_up = Instant::now() + Duration::from_millis(300);
    loop {
        match STATE.try_lock() {
            Ok(state) => return Some(state),
            Err(TryLockError::Poisoned(state)) => return Some(state.into_inner()),
            Err(TryLockError::WouldBlock) if Instant::now() > give_up => return None,
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// Takes the terminal over.
///
/// # Errors
/// If it cannot be switched to raw mode or written to; it is given back then.
pub(super) fn enter(mouse: bool) -> io::Result<()> {
    let mut state = lock();
    if state.ours {
        return Ok(());
    }
    terminal::enable_raw_mode()?;
    state.ours = true;
    state.mouse = mouse;
    state.screen = Some(std::thread::current().id());
    let mut out = io::stdout();
    let entered = execute!(
        out,
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )
    // The mouse comes after everything else is set up, and goes before anything is undone.
    .and_then(|()| {
        if mouse {
            execute!(out, EnableMouseCapture)
        } else {
            Ok(())
        }
    });
    if entered.is_err() {
        undo(&mut state);
    }
    entered
}

/// Gives the terminal back, unless that was done already.
pub(super) fn leave() {
    undo(&mut lock());
}

fn undo(state: &mut State) {
    if !state.ours {
        return;
    }
    state.ours = false;
    let mut out = io::stdout();
    // Each step is tried, whatever became of the one before: the terminal may be half gone.
    if state.mouse {
        let _ = execute!(out, DisableMouseCapture);
    }
    let _ = execute!(out, DisableBracketedPaste, style::ResetColor, cursor::Show);
    let _ = execute!(out, LeaveAlternateScreen);
    let _ = terminal::disable_raw_mode();
    let _ = out.flush();
}

/// Lets another program have the terminal while `run` runs: an interrupt is meant for it.
pub(super) fn lend<T>(run: impl FnOnce() -> T) -> T {
    LENT.store(true, Ordering::Release);
    let done = run();
    LENT.store(false, Ordering::Release);
    done
}

/// True while another program has the terminal.
pub(super) fn is_lent() -> bool {
    LENT.load(Ordering::Acquire)
}

/// True while the terminal is taken over.
pub(super) fn is_ours() -> bool {
    lock().ours
}

/// What workers said when they panicked, since it was asked last.
pub(super) fn last_words() -> Vec<String> {
    std::mem::take(&mut lock().last_words)
}

/// Gives the terminal back from a thread other than the one that draws, and ends the program as
/// the signal would have.
pub(super) fn end_by(signal: i32) {
    if let Some(mut state) = lock_soon() {
        undo(&mut state);
        // The lock is kept: nothing is drawn any more.
        let _ = signal_hook::low_level::emulate_default_handler(signal);
        drop(state);
    }
    let _ = terminal::disable_raw_mode();
    std::process::exit(128 + signal);
}

/// Puts a panic hook before the one that is there.
///
/// A panic of the thread that draws gives the terminal back before it is reported. A panic of a
/// worker is kept for later: the screen is alive, and a report would be drawn over it.
pub(super) fn chain_panic_hook() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if let Some(mut state) = lock_soon() {
            let worker = state
                .screen
                .is_some_and(|screen| screen != std::thread::current().id());
            if worker && state.ours {
                state.last_words.push(info.to_string());
                return;
            }
            undo(&mut state);
        }
        before(info);
    }));
}

/// The size of the terminal, within reason.
pub(super) fn size() -> Rect {
    let (width, height) = terminal::size().unwrap_or((80, 24));
    clamped(width, height)
}

/// A size within reason.
pub(super) fn clamped(width: u16, height: u16) -> Rect {
    Rect::new(0, 0, width.clamp(1, LARGEST), height.clamp(1, LARGEST))
}

/// The canvas. Its size is told to it, never asked of the terminal.
pub(super) struct Canvas {
    terminal: Terminal<CrosstermBackend<io::BufWriter<Stdout>>>,
}

impl Canvas {
    /// A canvas of a size.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub(super) fn new(area: Rect) -> io::Result<Self> {
        let out = io::BufWriter::with_capacity(64 * 1024, io::stdout());
        let options = TerminalOptions {
            viewport: Viewport::Fixed(area),
        };
        let terminal = Terminal::with_options(CrosstermBackend::new(out), options)?;
        Ok(Self { terminal })
    }

    /// Another size, or the same one drawn anew.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub(super) fn resize(&mut self, area: Rect) -> io::Result<()> {
        if !is_ours() {
            return Ok(());
        }
        // What lies outside of the canvas (a shell's last words) has to go as well.
        execute!(
            self.terminal.backend_mut(),
            terminal::Clear(terminal::ClearType::All)
        )?;
        self.terminal.resize(area)
    }

    /// Draws a frame, unless the terminal was given back.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub(super) fn draw(&mut self, app: &mut super::app::App) -> io::Result<()> {
        if !is_ours() {
            return Ok(());
        }
        self.terminal.draw(|frame| {
            let area = frame.area();
            if let Some(caret) = app.draw(area, frame.buffer_mut()) {
                frame.set_cursor_position(caret);
            }
        })?;
        Ok(())
    }

    /// The way to the terminal, for what is no cell (the clipboard).
    pub(super) fn out(&mut self) -> &mut impl Write {
        self.terminal.backend_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_stay_within_reason() {
        assert_eq!(clamped(65535, 65535), Rect::new(0, 0, 1000, 1000));
        assert_eq!(clamped(0, 0), Rect::new(0, 0, 1, 1));
    }
}
