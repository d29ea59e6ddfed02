//! What an effect on the world outside comes to, where there is no screen to give way.

use super::super::effect::Effect;
use super::super::external;
use crate::config::Settings;
use std::io::Write;
use std::process::{Command, Stdio};

/// Gives a text to a command that the person typed; what the command says is read out.
fn piped(command: &str, text: &str) -> Vec<String> {
    let child = Command::new("sh")
        .arg("-c")
        .arg(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return vec![format!("sh could not be started: {error}")],
    };
    let (stdin, text) = (child.stdin.take(), text.to_owned());
    // A command may write more than it reads at first: both ends are served at once.
    let fed = std::thread::spawn(move || {
        if let Some(mut stdin) = stdin {
            // A command that has read enough is no error.
            let _closed = stdin.write_all(text.as_bytes());
        }
    });
    let ended = child.wait_with_output();
    let _fed = fed.join();
    match ended {
        Ok(output) => {
            let both = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&both).into_owned();
            let mut lines: Vec<String> = said.lines().map(str::to_owned).collect();
            if let Some(code @ 1..) = output.status.code() {
                lines.push(format!("{command} ended with {code}."));
            }
            lines
        }
        Err(error) => vec![format!("{command}: {error}")],
    }
}

/// Does it, as far as someone is there to see it; gives what to say.
pub(super) fn perform(effect: &Effect, settings: &Settings, interactive: bool) -> Vec<String> {
    match effect {
        // A terminal that cannot place a cursor has no clipboard: the text itself is the copy.
        Effect::Copy(text, _) => text.lines().map(str::to_owned).collect(),
        Effect::OpenLink(url) => {
            let mut said = vec![format!("Link: {url}")];
            if interactive && let Err(error) = external::open_link(url, settings.opener.as_deref())
            {
                said.push(error);
            }
            said
        }
        Effect::OpenEditor(path, line) => {
            let mut said = vec![format!("File: {path}:{line}")];
            if interactive
                && let Err(error) = external::edit(path, *line, settings.editor.as_deref())
            {
                said.push(error);
            }
            said
        }
        Effect::Pipe(command, text) => piped(command, text),
        Effect::Redraw | Effect::Suspend => {
            vec!["That is for the screen; here there is nothing to draw.".to_owned()]
        }
        _ => Vec::new(),
    }
}
