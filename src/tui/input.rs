//! Keys, clicks and signals, each read by a thread of its own and sent on as plain data.

use super::terminal;
use crate::config::{Code, Key};
use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers, MouseEventKind};
use ratatui::layout::{Position, Rect};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long the reader looks for a key before it looks whether it is to rest.
const PATIENCE: Duration = Duration::from_millis(100);
/// The longest text that is taken from a paste.
const LONGEST_PASTE: usize = 4096;

/// What came from the person or the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A key was pressed.
    Key(Key),
    /// A text was pasted.
    Paste(String),
    /// The first button was pressed.
    Click(Position),
    /// The mouse moved with the first button held.
    Drag(Position),
    /// The first button was let go.
    Release,
    /// The wheel turned, down or up.
    Wheel(Position, bool),
    /// The terminal has another size.
    Resize(Rect),
    /// The program is asked to stop for a while.
    Suspend,
    /// The program goes on after it was stopped.
    Resume,
    /// The terminal cannot be read any more.
    Gone,
}

/// The thread that reads keys.
pub(super) struct Reader {
    rest: Arc<AtomicBool>,
    resting: Receiver<()>,
}

impl Reader {
    /// Starts reading.
    pub(super) fn start(inputs: &Sender<Input>) -> Self {
        let rest = Arc::new(AtomicBool::new(false));
        let (rests, resting) = bounded(1);
        let (inputs, seen) = (inputs.clone(), rest.clone());
        std::thread::spawn(move || {
            loop {
                if seen.load(Ordering::Acquire) {
                    let _ = rests.try_send(());
                    std::thread::sleep(Duration::from_millis(20));
                    continue;
                }
                match event::poll(PATIENCE) {
                    Ok(false) => continue,
                    Ok(true) => {}
                    Err(_) => {
                        let _ = inputs.send(Input::Gone);
                        return;
                    }
                }
                let input = match event::read() {
                    Ok(event) => translate(event),
                    Err(_) => Some(Input::Gone),
                };
                let gone = input == Some(Input::Gone);
                if input.is_some_and(|input| inputs.send(input).is_err()) || gone {
                    return;
                }
            }
        });
        Self { rest, resting }
    }

    /// Stops reading, so that an editor gets the keys; returns when it did.
    pub(super) fn pause(&self) {
        while self.resting.try_recv().is_ok() {}
        self.rest.store(true, Ordering::Release);
        let _ = self.resting.recv_timeout(PATIENCE * 3);
    }

    /// Reads again.
    pub(super) fn go_on(&self) {
        self.rest.store(false, Ordering::Release);
    }
}

/// Starts listening to signals: some end the program at once, some are sent on.
///
/// # Errors
/// If the system does not let them be listened to.
pub(super) fn listen(inputs: &Sender<Input>) -> std::io::Result<()> {
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    let inputs = inputs.clone();
    std::thread::spawn(move || {
        for signal in &mut signals {
            let sent = match signal {
                SIGTSTP => inputs.send(Input::Suspend),
                SIGCONT => inputs.send(Input::Resume),
                SIGINT if terminal::is_lent() => continue,
                // Even where the screen hangs, the terminal is given back.
                signal => {
                    terminal::end_by(signal);
                    return;
                }
            };
            if sent.is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Stops the program as the system would, until the shell brings it back.
pub(super) fn stop() {
    let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
}

fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => {
            Some(Input::Key(key(event.code, event.modifiers)?))
        }
        Event::Paste(text) => Some(Input::Paste(text.chars().take(LONGEST_PASTE).collect())),
        Event::Resize(width, height) => Some(Input::Resize(terminal::clamped(width, height))),
        Event::Mouse(event) => {
            let at = Position::new(event.column, event.row);
            match event.kind {
                MouseEventKind::Down(event::MouseButton::Left) => Some(Input::Click(at)),
                MouseEventKind::Drag(event::MouseButton::Left) => Some(Input::Drag(at)),
                MouseEventKind::Up(event::MouseButton::Left) => Some(Input::Release),
                MouseEventKind::ScrollDown => Some(Input::Wheel(at, true)),
                MouseEventKind::ScrollUp => Some(Input::Wheel(at, false)),
                // Movement without a button changes nothing, so it draws nothing.
                _ => None,
            }
        }
        _ => None,
    }
}

fn key(code: KeyCode, held: KeyModifiers) -> Option<Key> {
    let mut key = Key {
        code: Code::Esc,
        ctrl: held.contains(KeyModifiers::CONTROL),
        alt: held.contains(KeyModifiers::ALT),
        shift: held.contains(KeyModifiers::SHIFT),
    };
    key.code = match code {
        // Terminals report the character that Shift makes; it needs no second mention.
        KeyCode::Char(c) => {
            key.shift = false;
            Code::Char(c)
        }
        KeyCode::F(number) => Code::F(number),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            key.shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    Some(key.normal())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_keys_are_keymap_keys() {
        for (code, held, name) in [
            (KeyCode::Char('G'), KeyModifiers::SHIFT, "G"),
            (KeyCode::Char('d'), KeyModifiers::CONTROL, "ctrl-d"),
            (KeyCode::BackTab, KeyModifiers::SHIFT, "shift-tab"),
            (KeyCode::BackTab, KeyModifiers::NONE, "shift-tab"),
            (KeyCode::Char('?'), KeyModifiers::SHIFT, "?"),
            (KeyCode::Char('1'), KeyModifiers::ALT, "alt-1"),
        ] {
            assert_eq!(key(code, held), Some(Key::parse(name).unwrap()), "{name}");
        }
    }
}
