//! What a person can decide against what was found, and the entries of the overlay that say so.
//!
//! One decision is one step: however many entries it takes, undo takes all of them back.

use crate::annotate::EntityKind;
use crate::article::ContentHash;
use crate::store::overlay::{Change, Entry, History};
use chrono::{NaiveDate, SecondsFormat};

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// These names of a kind are `name` too.
    Merge {
        /// Their kind.
        kind: EntityKind,
        /// The name that stays.
        name: String,
        /// The others.
        others: Vec<String>,
    },
    /// These spellings, which were suggested, belong to `name`.
    Accept {
        /// Their kind.
        kind: EntityKind,
        /// The name.
        name: String,
        /// Its spellings.
        spellings: Vec<String>,
    },
    /// Each of these spellings is another than `name`.
    Split {
        /// Their kind.
        kind: EntityKind,
        /// The name that they are taken out of.
        name: String,
        /// The spellings.
        spellings: Vec<String>,
    },
    /// A name is no entity to show, or is one again.
    Hide {
        /// Its kind.
        kind: EntityKind,
        /// As written.
        surface: String,
        /// The only article in which it is hidden; none: in all.
        article: Option<ContentHash>,
        /// False where it is shown again.
        on: bool,
    },
    /// An article was published on that day.
    Date(ContentHash, NaiveDate),
    /// Articles are starred, or no longer.
    Star(Vec<ContentHash>, bool),
    /// Articles were read, or not.
    Read(Vec<ContentHash>, bool),
    /// Articles have a tag, or no longer.
    Tag(Vec<ContentHash>, String, bool),
    /// What is to be said of an article; empty: nothing.
    Note(ContentHash, String),
    /// The last decision is taken back.
    Undo,
    /// The decision that was taken back last is in force again.
    Redo,
}

/// What came of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in force; for undo and redo, what to say of it.
    Done(Option<String>),
    /// Nothing changed, and why; or it is in force and was not saved.
    Trouble(String),
}

impl Decision {
    /// The entries of the overlay that say so; none for undo and redo.
    pub fn entries(&self) -> Vec<Entry> {
        match self {
            Self::Merge {
                kind,
                name,
                others: more,
            }
            | Self::Accept {
                kind,
                name,
                spellings: more,
            } => more
                .iter()
                .map(|other| Entry::merge(*kind, name, other))
                .collect(),
            Self::Split {
                kind, spellings, ..
            } => spellings
                .iter()
                .map(|surface| Entry::split(*kind, surface))
                .collect(),
            Self::Hide {
                kind,
                surface,
                article,
                on,
            } => vec![Entry::hide(*kind, surface, *article, *on)],
            Self::Date(hash, day) => vec![Entry::date(*hash, *day)],
            Self::Star(hashes, on) => hashes.iter().map(|hash| Entry::star(*hash, *on)).collect(),
            Self::Read(hashes, on) => hashes.iter().map(|hash| Entry::read(*hash, *on)).collect(),
            Self::Tag(hashes, tag, on) => hashes
                .iter()
                .map(|hash| Entry::tag(*hash, tag, *on))
                .collect(),
            Self::Note(hash, text) => vec![Entry::note(*hash, text)],
            Self::Undo | Self::Redo => Vec::new(),
        }
    }

    /// What it does, in a few words with a small first letter: "hid Karsholm".
    pub fn words(&self) -> String {
        let names = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            count => format!("{count} {what}s"),
        };
        match self {
            Self::Merge { name, others, .. } => {
                format!("merged {} into {name}", names(others.len(), "name"))
            }
            Self::Accept {
                name, spellings, ..
            } => match &spellings[..] {
                [one] => format!("accepted {one} as {name}"),
                more => format!("accepted {} as {name}", names(more.len(), "spelling")),
            },
            Self::Split {
                name, spellings, ..
            } => match &spellings[..] {
                [one] => format!("took {one} out of {name}"),
                more => format!("took {} out of {name}", names(more.len(), "spelling")),
            },
            Self::Hide {
                surface,
                article,
                on,
                ..
            } => {
                let what = if *on { "hid" } else { "shows" };
                let again = if *on { "" } else { " again" };
                let place = article.map_or("", |_| " in one article");
                format!("{what} {surface}{again}{place}")
            }
            Self::Date(_, day) => format!("dated {day}"),
            Self::Star(hashes, on) => {
                let what = if *on { "starred" } else { "took the star off" };
                format!("{what} {}", names(hashes.len(), "article"))
            }
            Self::Read(hashes, on) => {
                let state = if *on { "read" } else { "unread" };
                format!("marked {} {state}", names(hashes.len(), "article"))
            }
            Self::Tag(hashes, tag, true) => {
                format!("tagged {} {tag}", names(hashes.len(), "article"))
            }
            Self::Tag(hashes, tag, false) => {
                format!("took {tag} off {}", names(hashes.len(), "article"))
            }
            Self::Note(_, text) if text.is_empty() => "removed a note".to_owned(),
            Self::Note(..) => "wrote a note".to_owned(),
            Self::Undo => "took a change back".to_owned(),
            Self::Redo => "made a change again".to_owned(),
        }
    }

    /// Puts it into the overlay and its file.
    pub fn put(&self, history: &mut History) -> Outcome {
        match self {
            Self::Undo => told(history.undo(), "there is nothing to take back"),
            Self::Redo => told(history.redo(), "there is nothing to do again"),
            _ => {
                let now = chrono::Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
                let mut entries = self.entries();
                for entry in &mut entries {
                    entry.at = Some(now.clone());
                }
                match history.take(entries, self.words()) {
                    Ok(()) => Outcome::Done(None),
                    Err(error) => Outcome::Trouble(format!("not saved: {error}")),
                }
            }
        }
    }
}

fn told(change: std::io::Result<Change>, nothing: &str) -> Outcome {
    match change {
        Ok(Change::Nothing) => Outcome::Trouble(nothing.to_owned()),
        Ok(Change::Back(words)) => Outcome::Done(Some(format!("Taken back: {words}."))),
        Ok(Change::Again(words)) => Outcome::Done(Some(format!("Done again: {words}."))),
        Ok(Change::Reread) => Outcome::Trouble(
            "another program changed the overlay file: it was read again, and nothing was taken back"
                .to_owned(),
        ),
        Err(error) => Outcome::Trouble(format!("not saved: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Overlay;

    #[test]
    fn one_decision_is_one_step() {
        let mut history = History::new(Overlay::default(), None);
        let merge = Decision::Merge {
            kind: EntityKind::Person,
            name: "Jo Ray".to_owned(),
            others: vec!["J. Ray".to_owned(), "Joe Ray".to_owned()],
        };
        assert_eq!(merge.put(&mut history), Outcome::Done(None));
        assert_eq!(history.overlay().entries.len(), 2);
        assert_eq!(
            history.overlay().entries[0].step,
            history.overlay().entries[1].step
        );
        let back = Decision::Undo.put(&mut history);
        let words = "Taken back: merged 2 names into Jo Ray.".to_owned();
        assert_eq!(back, Outcome::Done(Some(words)));
        assert!(history.overlay().entries.is_empty());
        assert!(matches!(
            Decision::Undo.put(&mut history),
            Outcome::Trouble(_)
        ));
        let again = Decision::Redo.put(&mut history);
        assert!(matches!(again, Outcome::Done(Some(words)) if words.starts_with("Done again")));
        assert_eq!(history.overlay().decisions().len(), 2);
    }

    #[test]
    fn every_decision_says_what_it_does() {
        let hash = ContentHash::of(b"x");
        let hide = |article, on| Decision::Hide {
            kind: EntityKind::Place,
            surface: "Karsholm".to_owned(),
            article,
            on,
        };
        assert_eq!(
            hide(Some(hash), true).words(),
            "hid Karsholm in one article"
        );
        assert_eq!(hide(None, false).words(), "shows Karsholm again");
        assert_eq!(
            Decision::Tag(vec![hash], "todo".into(), false).words(),
            "took todo off 1 article"
        );
        assert_eq!(
            Decision::Star(vec![hash, hash], true).entries().len(),
            2,
            "an entry an article"
        );
    }
}
