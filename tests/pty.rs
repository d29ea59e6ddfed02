//! The real program on a real terminal (a PTY): it starts, answers keys, and gives the terminal
//! back however it ends.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Long enough for a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    bytes: Arc<Mutex<Vec<u8>>>,
    _folder: tempfile::TempDir,
}

impl Session {
    fn start(cols: u16, rows: u16, env: &[(&str, &str)]) -> Self {
        let files = [
            (
                "one.txt",
                "Harbour strike begins\n\n2031-03-03\n\nMara Lindqvist called a strike at the Port Authority of Karsholm on Monday. \
                 Some 400 workers walked out, the authority said.\n",
            ),
            (
                "two.txt",
                "Talks fail\n\n2031-03-10\n\nTalks between Mara Lindqvist and the Port Authority failed on Sunday. \u{202e}\u{1b}[31mNo date was set.\n",
            ),
        ];
        Self::start_on(&files, cols, rows, env)
    }

    /// Opens a folder that holds these files.
    fn start_on(files: &[(&str, &str)], cols: u16, rows: u16, env: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
        command.arg(folder.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("XDG_CONFIG_HOME", folder.path().join("config"));
        command.env("XDG_STATE_HOME", folder.path().join("state"));
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let bytes: Arc<Mutex<Vec<u8>>> = Arc::default();
        let (mut reader, sink) = (pair.master.try_clone_reader().unwrap(), bytes.clone());
        std::thread::spawn(move || {
            let mut chunk = [0; 8192];
            while let Ok(read @ 1..) = reader.read(&mut chunk) {
                sink.lock().unwrap().extend_from_slice(&chunk[..read]);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self {
            child,
            master: pair.master,
            keys,
            bytes,
            _folder: folder,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().unwrap().clone()
    }

    fn screen(&self) -> String {
        let size = self.master.get_size().unwrap();
        let mut parser = parser(size.rows, size.cols);
        parser.process(&self.bytes());
        parser.screen().contents()
    }

    /// Waits until the screen shows `text`.
    fn until(&self, text: &str) {
        self.wait(text, || self.screen().contains(text));
    }

    fn wait(&self, what: &str, done: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !done() {
            assert!(
                Instant::now() < end,
                "waited for {what:?} in vain:\n{}",
                self.screen()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let done = std::process::Command::new("kill")
            .args(["-s", name, &id])
            .status()
            .unwrap();
        assert!(done.success());
    }

    /// Waits for the end and shows that the terminal was given back, once.
    fn ends(&mut self) -> portable_pty::ExitStatus {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        };
        // What was written last may still be on its way.
        std::thread::sleep(Duration::from_millis(200));
        let bytes = self.bytes();
        assert_eq!(
            count(&bytes, b"\x1b[?1049h"),
            count(&bytes, b"\x1b[?1049l"),
            "alternate screen"
        );
        for (on, off) in [
            ("\x1b[?1000h", "\x1b[?1000l"),
            ("\x1b[?1006h", "\x1b[?1006l"),
            ("\x1b[?2004h", "\x1b[?2004l"),
        ] {
            let (on, off) = (count(&bytes, on.as_bytes()), count(&bytes, off.as_bytes()));
            assert_eq!(on, off, "{bytes:?}");
        }
        let mut parser = parser(24, 80);
        parser.process(&bytes);
        let screen = parser.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        status
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn parser(rows: u16, cols: u16) -> vt100::Parser {
    vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0)
}

fn count(bytes: &[u8], needle: &[u8]) -> usize {
    bytes
        .windows(needle.len())
        .filter(|window| window == &needle)
        .count()
}

#[test]
fn starts_answers_keys_and_quits() {
    let mut session = Session::start(120, 40, &[]);
    session.until("2 articles");
    session.until("Lindqvist");
    session.press("?");
    session.until("type to search");
    session.press("zoom");
    session.until("2 keys");
    session.press("\x1b");
    session.wait("help to close", || {
        !session.screen().contains("type to search")
    });
    session.press("jd");
    session.until("Why this date");
    session.press("q");
    session.wait("the box to close", || {
        !session.screen().contains("Why this date")
    });
    session.press("Q");
    assert!(session.ends().success());
    let bytes = session.bytes();
    // The terminal is never asked anything: no cursor, attribute or colour queries.
    for query in [&b"\x1b[6n"[..], b"\x1b[c", b"\x1b]11;?"] {
        assert_eq!(count(&bytes, query), 0);
    }
    assert_eq!(count(&bytes, "\u{202e}".as_bytes()), 0);
    assert_eq!(
        count(&bytes, b"\x1b[31m"),
        0,
        "the text's own escape did not get through"
    );
}

#[test]
fn a_dumb_terminal_is_led_line_by_line() {
    let mut session = Session::start(80, 24, &[("TERM", "dumb")]);
    session.until("cannot show the screen");
    session.until("articles>");
    session.press("1\n");
    session.until("text>");
    session.press("quit\n");
    assert!(session.ends().success());
    let bytes = session.bytes();
    assert_eq!(count(&bytes, b"\x1b"), 0, "nothing is moved or coloured");
}

#[test]
fn resizing_draws_anew() {
    let mut session = Session::start(80, 24, &[]);
    session.until("2 articles");
    let size = PtySize {
        rows: 60,
        cols: 200,
        pixel_width: 0,
        pixel_height: 0,
    };
    session.master.resize(size).unwrap();
    session.until("5 Evidence");
    session
        .master
        .resize(PtySize {
            rows: 4,
            cols: 10,
            ..size
        })
        .unwrap();
    session.wait("the notice", || session.screen().contains("too"));
    session.press("q");
    assert!(session.ends().success());
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_reported() {
    let mut session = Session::start(100, 30, &[("DATELINE_TEST_PANIC", "draw")]);
    let status = session.ends();
    assert!(!status.success());
    let text = String::from_utf8_lossy(&session.bytes()).into_owned();
    let left = text.rfind("\x1b[?1049l").unwrap();
    assert!(text[left..].contains("panicked"), "{text}");
}

#[test]
fn a_worker_that_panics_costs_neither_screen_nor_terminal() {
    let mut session = Session::start(100, 30, &[("DATELINE_TEST_PANIC", "worker")]);
    session.until("A worker failed");
    session.press("j");
    session.until("2 articles");
    session.press("Q");
    assert!(session.ends().success());
}

#[test]
fn signals_give_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT"] {
        let mut session = Session::start(100, 30, &[]);
        session.until("2 articles");
        session.signal(signal);
        assert!(!session.ends().success(), "{signal}");
    }
}

#[test]
fn stopping_leaves_and_coming_back_draws_anew() {
    let mut session = Session::start(100, 30, &[]);
    session.until("2 articles");
    let stopped = |session: &Session| {
        let id = session.child.process_id().unwrap();
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        stat.rsplit(')')
            .next()
            .is_some_and(|rest| rest.trim_start().starts_with('T'))
    };
    for by_key in [true, false] {
        if by_key {
            session.press("\x1a");
        } else {
            session.signal("TSTP");
        }
        session.wait("the program to stop", || stopped(&session));
        // What it wrote last may still be on its way here.
        session.wait("the shell to have its screen", || {
            let mut parser = parser(30, 100);
            parser.process(&session.bytes());
            !parser.screen().alternate_screen()
        });
        let mut parser = parser(30, 100);
        parser.process(&session.bytes());
        assert_eq!(
            parser.screen().mouse_protocol_mode(),
            vt100::MouseProtocolMode::None
        );
        session.signal("CONT");
        session.until("2 articles");
    }
    session.press("q");
    assert!(session.ends().success());
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let session = Session::start(100, 30, &[]);
    session.until("Lindqvist");
    session.wait("the work to end", || !session.screen().contains("reading"));
    std::thread::sleep(Duration::from_millis(300));
    let before = session.bytes().len();
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(session.bytes().len(), before);
}

/// Characters that must never reach a terminal: controls beside our own escape sequences, and what
/// hides or turns text.
fn is_harmful(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{7f}' | '\u{7}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'
        | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[test]
fn nothing_harmful_reaches_the_terminal_from_any_pane() {
    let harm = "\u{1b}]52;c;aGFybQ==\u{7} \u{1b}[31m \u{9b}32m \u{202e}turned\u{202c} \u{2066}x\u{2069} \u{200b}\u{feff}\u{ad} \
        \u{e0041}\u{e0042} \u{7f}\u{8} e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}";
    let text = format!(
        "Strike {harm} begins\n\nBy Mara {harm} Lindqvist\n2031-03-03 {harm}\n\nMara {harm} Lindqvist called a strike at the \
         Port Authority {harm} of Karsholm on Monday.\n\nMara Lindqvist spoke in Karsholm on 2 March 2031. {harm}\n"
    );
    let page = format!("<html><title>Talks {harm}</title><body><p>{text}</p></body></html>");
    let record =
        serde_json::json!({"id": harm, "title": harm, "text": text, "source": harm}).to_string();
    let files = [
        ("plain.txt", text.as_str()),
        ("page\u{202e}\u{1b}[31m.html", page.as_str()),
        ("records", record.as_str()),
        ("bad\u{9b}1m.bin", "\u{0}\u{1}\u{2}"),
    ];
    let mut session = Session::start_on(&files, 200, 50, &[]);
    session.until("3 articles");
    session.until("Karsholm");
    // Every pane, enlarged too, with what can be opened over it.
    for keys in [
        "jd",
        "\u{1b}",
        "2jjB",
        "3j\r",
        "4jj\r",
        "5",
        "z",
        "1z",
        "?",
        "\u{1b}",
        "/karsholm\r",
        "\u{1b}",
        ":",
        "\u{1b}",
        "3f",
    ] {
        session.press(keys);
        std::thread::sleep(Duration::from_millis(120));
    }
    session.press("Q");
    assert!(session.ends().success());
    let bytes = session.bytes();
    assert_eq!(
        count(&bytes, b"\x1b]"),
        0,
        "an operating system command got out"
    );
    assert_eq!(
        count(&bytes, b"\x1b[31m"),
        0,
        "the text's own colour got out"
    );
    let out = String::from_utf8_lossy(&bytes);
    let found: Vec<char> = out.chars().filter(|c| is_harmful(*c)).collect();
    assert!(found.is_empty(), "{found:?}");
    let controls: Vec<char> = out
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\u{1b}' | '\r' | '\n'))
        .collect();
    assert!(controls.is_empty(), "{controls:?}");
    let marks = out
        .split(|c: char| !('\u{300}'..='\u{36f}').contains(&c))
        .map(|run| run.chars().count());
    assert!(
        marks.max().unwrap_or(0) <= 8,
        "a pile of combining marks got out"
    );
}
