//! What follows from an action: plain data. Facts are put into the model by [`super::update`];
//! the rest is done by [`super::run`], outside of anything that a test has to fake.

use super::model::Level;
use super::pane::{Pane, PaneId};
use crate::article::{ArticleId, ContentHash};
use crate::config::Action;
use crate::engine::decide::Decision;
use crate::resolve::EntityId;
use crate::text::Span;
use crate::timeline::EventId;
use std::fmt;
use std::path::PathBuf;

/// One thing that follows.
pub(super) enum Effect {
    /// This article is open now.
    SelectArticle(ArticleId),
    /// This event is under the cursor now.
    SelectEvent(EventId),
    /// This entity is under the cursor now.
    SelectEntity(EntityId),
    /// The text goes to these words.
    Jump(ArticleId, Span),
    /// Keys go to this pane.
    Focus(PaneId),
    /// Everything is filtered by these entities, and no others.
    FilterBy(Vec<(EntityId, String)>),
    /// The marks are these now.
    Mark(EntityId, String, Option<bool>),
    /// These articles are marked now, or no longer.
    Pick(Vec<(ArticleId, ContentHash)>, Option<bool>),
    /// Nothing is marked.
    ClearMarks,
    /// This is acted as if its key was pressed, after what is on top was closed.
    Act(Action),
    /// The focused pane acts, although something lies on top.
    Under(Action),
    /// This lies on top now.
    Push(Box<dyn Pane>),
    /// What lies on top goes.
    Pop,
    /// A word to the user.
    Say(Level, String),
    /// A job for a worker.
    Ask(super::jobs::Question),
    /// This is looked for in the text; `None` ends it.
    Find(Option<String>),
    /// Articles are searched for this; `None` ends the search and brings back what it hid.
    Search(Option<String>),
    /// The pipeline is told of a decision.
    Decide(Decision),
    /// A text goes to the clipboard; the second says what it is.
    Copy(String, &'static str),
    /// A link is opened outside.
    OpenLink(String),
    /// A text goes through a command of the shell.
    Pipe(String, String),
    /// What is kept of the session is written now.
    Keep,
    /// This source of the list is shown; `None` is all articles.
    Source(Option<usize>),
    /// The saved search of this name goes.
    Forget(String),
    /// A file is opened in the editor, at a line.
    OpenEditor(String, u32),
    /// This collection is opened in place of the one that is.
    OpenCollection(Vec<PathBuf>),
    /// Everything is drawn anew.
    Redraw,
    /// The program stops until the shell brings it back.
    Suspend,
    /// The program ends.
    Quit,
}

impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SelectArticle(id) => write!(f, "SelectArticle({id})"),
            Self::SelectEvent(id) => write!(f, "SelectEvent({id})"),
            Self::SelectEntity(id) => write!(f, "SelectEntity({id})"),
            Self::Jump(id, span) => write!(f, "Jump({id}, {span:?})"),
            Self::Focus(pane) => write!(f, "Focus({pane:?})"),
            Self::FilterBy(names) => write!(f, "FilterBy({names:?})"),
            Self::Mark(id, ..) => write!(f, "Mark({id})"),
            Self::Pick(articles, _) => write!(f, "Pick({})", articles.len()),
            Self::ClearMarks => f.write_str("ClearMarks"),
            Self::Act(action) => write!(f, "Act({action})"),
            Self::Under(action) => write!(f, "Under({action})"),
            Self::Push(_) => f.write_str("Push"),
            Self::Pop => f.write_str("Pop"),
            Self::Say(_, text) => write!(f, "Say({text})"),
            Self::Ask(_) => f.write_str("Ask"),
            Self::Find(text) => write!(f, "Find({text:?})"),
            Self::Search(text) => write!(f, "Search({text:?})"),
            Self::Decide(decision) => write!(f, "{decision:?}"),
            Self::Copy(text, _) => write!(f, "Copy({text})"),
            Self::OpenLink(url) => write!(f, "OpenLink({url})"),
            Self::OpenEditor(path, line) => write!(f, "OpenEditor({path}:{line})"),
            Self::OpenCollection(paths) => write!(f, "OpenCollection({paths:?})"),
            Self::Pipe(command, text) => write!(f, "Pipe({command}, {} bytes)", text.len()),
            Self::Keep => f.write_str("Keep"),
            Self::Source(at) => write!(f, "Source({at:?})"),
            Self::Forget(name) => write!(f, "Forget({name})"),
            Self::Redraw => f.write_str("Redraw"),
            Self::Suspend => f.write_str("Suspend"),
            Self::Quit => f.write_str("Quit"),
        }
    }
}

/// A decision goes to the pipeline, and the user is told of it.
pub(super) fn decided(decision: Decision) -> Vec<Effect> {
    let words = decision.words();
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    let text = format!("{first}{}. Undo takes it back.", letters.as_str());
    vec![Effect::Decide(decision), Effect::Say(Level::Info, text)]
}
