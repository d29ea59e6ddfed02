//! What is done outside of the screen: a link, an editor, a command, a file, the clipboard.
//!
//! What comes from an article is never part of a command line that a shell reads: a link is one
//! argument, a text goes through a pipe.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The longest text that terminals take for their clipboard.
const CLIPBOARD: usize = 74_000;

/// True for a link that a browser may be given.
pub(super) fn is_web(url: &str) -> bool {
    let lower = url.trim().to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !url.contains(|c: char| c.is_control() || c.is_whitespace())
}

/// Opens a link with the system's opener, which gets it as one argument.
///
/// # Errors
/// A sentence, where no opener could be started.
pub(super) fn open_link(url: &str, opener: Option<&str>) -> Result<(), String> {
    if !is_web(url) {
        return Err(format!("Not a web link: {url}"));
    }
    let fallback = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let mut words = opener.unwrap_or(fallback).split_whitespace();
    let program = words.next().unwrap_or(fallback);
    let child = Command::new(program)
        .args(words)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match child {
        Ok(mut child) => {
            // Someone has to wait for it, or it stays behind as a zombie.
            std::thread::spawn(move || child.wait());
            Ok(())
        }
        Err(error) => Err(format!(
            "{program} could not be started ({error}); the link is {url}"
        )),
    }
}

/// Opens a file in the editor at a line and waits for it. The terminal has been left before.
///
/// # Errors
/// A sentence, where the editor could not be started.
pub(super) fn edit(path: &str, line: u32, editor: Option<&str>) -> Result<(), String> {
    let from_environment = ["VISUAL", "EDITOR"].iter().find_map(|name| {
        std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    });
    let editor = editor
        .map(str::to_owned)
        .or(from_environment)
        .unwrap_or_else(|| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let mut command = Command::new(program);
    command.args(words).args(at_line(program, path, line));
    match command.status() {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("{program} could not be started: {error}")),
    }
}

/// How an editor is told a file and a line. A path is never taken for an option.
fn at_line(program: &str, path: &str, line: u32) -> Vec<String> {
    let path = if path.starts_with(['-', '+']) {
        format!("./{path}")
    } else {
        path.to_owned()
    };
    let name = program.rsplit('/').next().unwrap_or(program);
    match name {
        "code" | "codium" | "code-insiders" => {
            vec!["--goto".to_owned(), format!("{path}:{line}")]
        }
        "hx" | "helix" | "subl" | "zed" => vec![format!("{path}:{line}")],
        _ => vec![format!("+{line}"), path],
    }
}

/// Gives a text to a command that the person typed, and waits for it and for Enter. The terminal has
/// been left before.
///
/// # Errors
/// A sentence, where no shell could be started.
pub(super) fn pipe(command: &str, text: &str) -> Result<(), String> {
    let child = Command::new("sh")
        .arg("-c")
        .arg(command)
        .stdin(Stdio::piped())
        .spawn();
    let mut child = child.map_err(|error| format!("sh could not be started: {error}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that has read enough is no error.
        let _closed = stdin.write_all(text.as_bytes());
    }
    let ended = child
        .wait()
        .map_err(|error| format!("{command}: {error}"))?;
    let how = match ended.code() {
        Some(0) => String::new(),
        Some(code) => format!("ended with {code}; "),
        None => "was stopped; ".to_owned(),
    };
    let mut out = io::stdout();
    let _told = write!(out, "\n[{how}Enter goes back to dateline] ").and_then(|()| out.flush());
    let _read = io::stdin().read_line(&mut String::new());
    Ok(())
}

/// A path as typed, `~/` being the home folder.
pub(super) fn path(text: &str) -> PathBuf {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
    match (text.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(text),
    }
}

/// Writes a file beside its place and then into it, so that a failure leaves no half file; one that
/// is there is only written over where `over` says so.
///
/// # Errors
/// If it is there, or cannot be written.
pub(super) fn write_file(
    path: &Path,
    over: bool,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    if !over && fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut aside = OsString::from(path);
    aside.push(".part");
    let mut out = BufWriter::new(File::create(&aside)?);
    let written = write(&mut out).and_then(|()| out.flush());
    let placed = written.and_then(|()| fs::rename(&aside, path));
    if placed.is_err() {
        // The first error is the one to tell.
        let _gone = fs::remove_file(&aside);
    }
    placed
}

/// Gives a text to the terminal's clipboard (OSC 52): works over SSH, needs no display.
///
/// # Errors
/// If the terminal cannot be written to, or the text is too long for it.
pub(super) fn copy(text: &str, out: &mut impl Write) -> std::io::Result<()> {
    if text.len() > CLIPBOARD {
        return Err(std::io::Error::other(
            "too long for the clipboard of a terminal",
        ));
    }
    crossterm::execute!(out, SetClipboard(text))
}

/// The sequence that sets the clipboard. Base64 carries the text, so none of its bytes can end
/// the sequence or begin another one.
struct SetClipboard<'a>(&'a str);

impl crossterm::Command for SetClipboard<'_> {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        write!(f, "\x1b]52;c;{}\x07", base64(self.0.as_bytes()))
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        Ok(())
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut made = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (index, shift) in [18u32, 12, 6, 0].into_iter().enumerate() {
            let letter = LETTERS[(bits >> shift & 63) as usize];
            made.push(if index <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn only_web_links_are_opened() {
        assert!(is_web("https://news.example/a?b=c"));
        for url in [
            "file:///etc/passwd",
            "javascript:x",
            "https://a b",
            "http://a\nb",
            "-h",
        ] {
            assert!(!is_web(url), "{url}");
        }
        assert!(open_link("file:///x", Some("true")).is_err());
    }

    #[test]
    fn a_path_is_never_an_option() {
        assert_eq!(at_line("vi", "-c!sh", 3), ["+3", "./-c!sh"]);
        assert_eq!(at_line("/usr/bin/code", "a.txt", 3), ["--goto", "a.txt:3"]);
    }
}
