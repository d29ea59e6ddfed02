//! What a person can decide against what was found, and the entries of the overlay that say so.
//!
//! One decision is one step: however many entries it takes, undo takes all of them back.

use crate::annotate::EntityKind;
use crate::article::ContentHash;
use crate::store::overlay::{Change, Entry, Hidden, History};
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
    /// A name is no entity to show: all its spellings, in one article or in all.
    Hide(Hidden),
    /// Names that were hidden are shown again.
    Show(Vec<Hidden>),
    /// An article was published on that day.
    Date(ContentHash, NaiveDate),
    /// Articles are starred, or no longer.
    Star(Vec<ContentHash>, bool),
    /// Articles were read, or not.
    Read(Vec<ContentHash>, bool),
    /// Articles have these tags; no longer those that begin with `-`.
    Tag(Vec<ContentHash>, Vec<String>),
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
            Self::Hide(hidden) => hide(hidden, true).collect(),
            Self::Show(groups) => groups.iter().flat_map(|group| hide(group, false)).collect(),
            Self::Date(hash, day) => vec![Entry::date(*hash, *day)],
            Self::Star(hashes, on) => hashes.iter().map(|hash| Entry::star(*hash, *on)).collect(),
            Self::Read(hashes, on) => hashes.iter().map(|hash| Entry::read(*hash, *on)).collect(),
            Self::Tag(hashes, tags) => hashes
                .iter()
                .flat_map(|hash| tags.iter().map(|tag| Entry::tag(*hash, tag)))
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
            Self::Hide(hidden) => {
                let place = hidden.article.map_or("", |_| " in one article");
                format!("hid {}{place}", named(hidden))
            }
            Self::Show(groups) => match &groups[..] {
                [one] => format!("shows {} again", named(one)),
                more => format!("shows {} again", names(more.len(), "name")),
            },
            Self::Date(_, day) => format!("dated {day}"),
            Self::Star(hashes, on) => {
                let what = if *on { "starred" } else { "took the star off" };
                format!("{what} {}", names(hashes.len(), "article"))
            }
            Self::Read(hashes, on) => {
                let state = if *on { "read" } else { "unread" };
                format!("marked {} {state}", names(hashes.len(), "article"))
            }
            Self::Tag(hashes, tags) => {
                format!(
                    "tagged {} {}",
                    names(hashes.len(), "article"),
                    tags.join(" ")
                )
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

fn hide(hidden: &Hidden, on: bool) -> impl Iterator<Item = Entry> {
    let surfaces = hidden.surfaces.iter();
    surfaces.map(move |surface| Entry::hide(hidden.kind, surface, hidden.article, on))
}

fn named(hidden: &Hidden) -> &str {
    hidden.surfaces.first().map_or("", String::as_str)
}

fn told(change: std::io::Result<Change>, nothing: &str) -> Outcome {
    match change {
        Ok(Change::Nothing) => Outcome::Trouble(nothing.to_owned()),
        Ok(Change::Back(words)) => Outcome::Done(Some(format!("Taken back: {words}."))),
        Ok(Change::Again(words)) => Outcome::Done(Some(format!("Done again: {words}."))),
        Ok(Change::Reread) => Outcome::Trouble(
            "another program changed the overlay file: it was read again, and nothing else was done"
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
        let hidden = |article| Hidden {
            kind: EntityKind::Place,
            surfaces: vec!["Karsholm".to_owned(), "Karsholmen".to_owned()],
            article,
        };
        let hide = Decision::Hide(hidden(Some(hash)));
        assert_eq!(hide.words(), "hid Karsholm in one article");
        let show = Decision::Show(vec![hidden(None)]);
        assert_eq!(show.words(), "shows Karsholm again");
        let tag = Decision::Tag(vec![hash], vec!["todo".into(), "-later".into()]);
        assert_eq!(tag.words(), "tagged 1 article todo -later");
        let mut history = History::new(Overlay::default(), None);
        for decision in [hide, Decision::Hide(hidden(None)), show, tag] {
            assert_eq!(decision.put(&mut history), Outcome::Done(None));
        }
        let notes = history.overlay().notes();
        assert_eq!(notes.hidden, [hidden(Some(hash))]);
        assert_eq!(notes.tags[&hash].len(), 1);
        assert_eq!(
            Decision::Star(vec![hash, hash], true).entries().len(),
            2,
            "an entry an article"
        );
    }
}
