//! What a typed line means: numbers, an action, a search. One vocabulary with the keymap and `:`.

use super::super::app::App;
use super::super::overlay;
use super::super::pane::PaneId;
use crate::config::key::parse_sequence;
use crate::config::keymap::Found;
use crate::config::{Action, Context};

/// A line, understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The next page.
    More,
    /// What can be typed, as far as it has to do with a word.
    Help(String),
    /// These rows.
    Pick(Vec<usize>),
    /// This action, on these rows first.
    Do(Vec<usize>, Action),
    /// An action that has to be told more, on these rows first: its name and a blank.
    Ask(Vec<usize>, String),
    /// A search.
    Search(String),
    /// Nothing that is known, and what may have been meant.
    Trouble(String),
}

/// Reads a line.
pub(super) fn read(typed: &str, app: &App) -> Line {
    let typed = typed.trim();
    if let Some(query) = typed.strip_prefix('/').filter(|query| !query.is_empty()) {
        return Line::Search(query.to_owned());
    }
    let mut rest = typed.strip_prefix(':').unwrap_or(typed).trim();
    let mut numbers = Vec::new();
    while let Some(word) = rest.split_whitespace().next() {
        let Ok(number) = word.trim_end_matches(['.', ',']).parse::<usize>() else {
            break;
        };
        numbers.push(number);
        rest = rest.get(word.len()..).unwrap_or("").trim_start();
    }
    match (rest, numbers.is_empty()) {
        ("", true) => return Line::More,
        ("", false) => return Line::Pick(numbers),
        ("help" | "?", _) => return Line::Help(String::new()),
        _ => {}
    }
    if let Some(word) = rest.strip_prefix("help ") {
        return Line::Help(word.trim().to_ascii_lowercase());
    }
    match action(rest, app) {
        Ok(action) if action.argument().is_some() && action.to_string().ends_with(' ') => {
            Line::Ask(numbers, format!("{} ", action.name()))
        }
        Ok(action) => Line::Do(numbers, action),
        Err(words) => Line::Trouble(words),
    }
}

/// The action that some words mean; one with an empty argument has to be told more.
fn action(words: &str, app: &App) -> Result<Action, String> {
    let (name, argument) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let argument = argument.trim();
    let parsed = Action::parse(words);
    if parsed.is_ok() {
        return parsed;
    }
    let named = |name: &str| {
        Action::all()
            .into_iter()
            .find(|action| action.name() == name)
    };
    if let Some(action) = named(name) {
        return if argument.is_empty() {
            Ok(action)
        } else {
            parsed
        };
    }
    let pane = PaneId::ALL
        .iter()
        .find(|pane| pane.title().eq_ignore_ascii_case(name));
    if let Some(focus) = pane.and_then(|pane| named(&format!("focus-{}", pane.context()))) {
        return Ok(focus);
    }
    if argument.is_empty()
        && let Some(action) = of_keys(name, app)
    {
        return Ok(action);
    }
    // The beginning of a name, or of a word in it, where it can only mean one.
    for begins in [overlay::Fit::Begins, overlay::Fit::Word] {
        let fits = overlay::fitting(name, begins);
        match fits.as_slice() {
            [] => {}
            [one] => {
                return Action::parse(&format!("{} {argument}", one.name())).or_else(|error| {
                    if argument.is_empty() {
                        Ok(one.clone())
                    } else {
                        Err(error)
                    }
                });
            }
            more => {
                let all: Vec<&str> = more.iter().map(Action::name).collect();
                return Err(format!("Several begin so: {}.", all.join(", ")));
            }
        }
    }
    let error = parsed.err().unwrap_or_default();
    let stop = if error.ends_with('?') { "" } else { "." };
    Err(format!("{}{stop} help lists all.", capital(&error)))
}

/// The action of keys, as the keymap of the screen gives them here.
fn of_keys(word: &str, app: &App) -> Option<Action> {
    let keys = parse_sequence(word).ok()?;
    let contexts = app.contexts();
    match app.keymap.find(&contexts, &keys) {
        Found::Action(action) if contexts.first() != Some(&Context::Input) => Some(action.clone()),
        _ => None,
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::Stage;
    use super::*;

    #[test]
    fn numbers_names_keys_and_beginnings_mean_actions() {
        let stage = Stage::new(120, 40);
        let read = |typed: &str| read(typed, &stage.app);
        assert_eq!(read(""), Line::More);
        assert_eq!(read(" 3 "), Line::Pick(vec![3]));
        assert_eq!(read("2, 5 merge"), Line::Do(vec![2, 5], Action::Merge));
        assert_eq!(read("why-this-date"), Line::Do(vec![], Action::WhyThisDate));
        assert_eq!(read(":why"), Line::Do(vec![], Action::WhyThisDate));
        assert_eq!(read("d"), Line::Do(vec![], Action::WhyThisDate));
        assert_eq!(read("timeline"), Line::Do(vec![], Action::FocusTimeline));
        assert_eq!(read("4 star"), Line::Do(vec![4], Action::Star));
        assert_eq!(read("/two words"), Line::Search("two words".into()));
        assert_eq!(
            read("goto 2020"),
            Line::Do(vec![], Action::Goto("2020".into()))
        );
        assert_eq!(read("goto"), Line::Ask(vec![], "goto ".into()));
        assert_eq!(read("help Filter"), Line::Help("filter".into()));
    }

    #[test]
    fn what_is_not_known_is_answered_with_what_may_be_meant() {
        let stage = Stage::new(120, 40);
        let trouble = |typed: &str| match read(typed, &stage.app) {
            Line::Trouble(words) => words,
            other => panic!("{typed}: {other:?}"),
        };
        assert!(trouble("why-this-dtae").contains("why-this-date"));
        assert!(trouble("next").contains("next-pane, next-match"));
        assert!(trouble("xyzzy").contains("help"));
    }
}
