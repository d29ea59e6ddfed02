//! What an effect on the world outside comes to, where there is no screen to give way.

use super::super::effect::Effect;
use super::super::external;
use crate::config::Settings;

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
        Effect::Redraw | Effect::Suspend => {
            vec!["That is for the screen; here there is nothing to draw.".to_owned()]
        }
        _ => Vec::new(),
    }
}
