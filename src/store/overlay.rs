//! What a person changed: a file of JSON lines that wins over everything found.
//!
//! Targets are surfaces and content hashes, never derived ids, so the file outlives any change
//! of the analysis. An entry that no longer applies is kept, and so is every line that is no
//! entry: a comment (`#` or `//`), a blank, a line of another version. Lines are only ever added
//! at the end, and taken away from there by whoever added them ([`History`]).

mod entry;
mod step;

pub use entry::{Entry, Op, Target};
pub use step::{Change, History};

use crate::annotate::{Basis, Confidence, EntityKind, Evidence, EvidencePlace, Published};
use crate::article::{ContentHash, Warning};
use crate::resolve::entity::Decision;
use crate::text::normalize::fold;
use crate::when::{Interval, calendar};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// All entries, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// The entries, those undone included.
    pub entries: Vec<Entry>,
}

/// A name that is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hidden {
    /// Its kind.
    pub kind: EntityKind,
    /// Its spellings that were hidden together, the name first.
    pub surfaces: Vec<String>,
    /// The only article in which it is hidden; none: in all.
    pub article: Option<ContentHash>,
}

/// What a person noted on articles, by content, and which names they hid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Starred.
    pub starred: BTreeSet<ContentHash>,
    /// Read.
    pub read: BTreeSet<ContentHash>,
    /// Tags.
    pub tags: BTreeMap<ContentHash, BTreeSet<String>>,
    /// Notes.
    pub notes: BTreeMap<ContentHash, String>,
    /// Hidden names, in the order in which they were hidden.
    pub hidden: Vec<Hidden>,
}

impl Overlay {
    /// Reads the file at `path`; a file that is not there is empty. Bad lines are warned of and kept
    /// in the file.
    ///
    /// # Errors
    /// If the file is there but cannot be read.
    pub fn load(path: &Path) -> io::Result<(Self, Vec<Warning>)> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Default::default()),
            Err(error) => Err(error),
        }
    }

    /// Reads what such a file holds.
    pub fn parse(bytes: &[u8]) -> (Self, Vec<Warning>) {
        let mut overlay = Self::default();
        let mut warnings = Vec::new();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with(b"#") || line.starts_with(b"//") {
                continue;
            }
            match serde_json::from_slice::<Entry>(line) {
                Ok(entry) if entry.v == 1 => overlay.entries.push(entry),
                Ok(entry) => warnings.push(bad_line(number, &format!("version {}", entry.v))),
                Err(error) => warnings.push(bad_line(number, &error.to_string())),
            }
        }
        (overlay, warnings)
    }

    /// The entries in force: undo takes back the last one that is not undone yet.
    pub fn in_force(&self) -> Vec<&Entry> {
        let mut standing = Vec::new();
        for entry in &self.entries {
            if entry.op == Op::Undo {
                standing.pop();
            } else {
                standing.push(entry);
            }
        }
        standing
    }

    /// The decisions on names, in order. The last word on a name wins: a split ends the merges of
    /// that name before it, a merge ends its splits.
    pub fn decisions(&self) -> Vec<Decision> {
        let mut made: Vec<Decision> = Vec::new();
        for entry in self.in_force() {
            let Some(next) = decision(entry) else {
                continue;
            };
            made.retain(|before| !overrules(&next, before));
            if !(entry.op == Op::Hide && entry.is_off()) {
                made.push(next);
            }
        }
        made
    }

    /// The publication dates that a person set, by content; the last word wins.
    pub fn dates(&self) -> BTreeMap<ContentHash, Published> {
        let mut dates = BTreeMap::new();
        for entry in self.in_force() {
            if let (Op::Date, Some(Target::Content { hash, .. })) = (entry.op, &entry.target)
                && let Some(day) = given_day(entry)
            {
                dates.insert(*hash, given(day));
            }
        }
        dates
    }

    /// Stars, tags, notes, read marks, and the names that are hidden.
    pub fn notes(&self) -> Notes {
        let mut notes = Notes::default();
        let mut step = None;
        for entry in self.in_force() {
            match &entry.target {
                Some(Target::Content { hash, .. }) => notes.take(entry, *hash),
                Some(Target::Surface {
                    kind,
                    surface,
                    hash,
                }) if entry.op == Op::Hide => {
                    let together = entry.step.is_some() && entry.step == step;
                    notes.hide((*kind, surface, *hash), !entry.is_off(), together);
                }
                _ => {}
            }
            step = entry.step;
        }
        notes
    }

    /// Warns of entries about articles that are not in the collection with these hashes.
    pub fn unused(&self, known: &BTreeSet<ContentHash>) -> Vec<Warning> {
        self.in_force()
            .into_iter()
            .filter_map(|entry| match &entry.target {
                Some(
                    Target::Content { hash, .. }
                    | Target::Surface {
                        hash: Some(hash), ..
                    },
                ) if !known.contains(hash) => Some(Warning::new(
                    "overlay-unused",
                    format!("the overlay speaks of an article that is not here: {hash}"),
                )),
                _ if entry.op == Op::Date && given_day(entry).is_none() => Some(Warning::new(
                    "overlay-value",
                    format!(
                        "not a day (YYYY-MM-DD): {:?}",
                        entry.value.as_deref().unwrap_or("")
                    ),
                )),
                _ => None,
            })
            .collect()
    }
}

impl Notes {
    fn hide(
        &mut self,
        (kind, surface, article): (EntityKind, &str, Option<ContentHash>),
        on: bool,
        together: bool,
    ) {
        for group in &mut self.hidden {
            if group.kind == kind && group.article == article {
                group.surfaces.retain(|known| known != surface);
            }
        }
        let open = self
            .hidden
            .last_mut()
            .filter(|group| together && on && group.kind == kind && group.article == article);
        match open {
            Some(group) => group.surfaces.push(surface.to_owned()),
            None if on => self.hidden.push(Hidden {
                kind,
                surfaces: vec![surface.to_owned()],
                article,
            }),
            None => {}
        }
        self.hidden.retain(|group| !group.surfaces.is_empty());
    }

    fn take(&mut self, entry: &Entry, hash: ContentHash) {
        let value = entry.value.as_deref().unwrap_or("").trim();
        match entry.op {
            Op::Star => toggle(&mut self.starred, hash, entry.is_off()),
            Op::Read => toggle(&mut self.read, hash, entry.is_off()),
            Op::Tag => {
                let tags = self.tags.entry(hash).or_default();
                if let Some(tag) = value.strip_prefix('-') {
                    tags.retain(|known| !known.eq_ignore_ascii_case(tag));
                } else if !value.is_empty() {
                    tags.insert(value.to_owned());
                }
                if tags.is_empty() {
                    self.tags.remove(&hash);
                }
            }
            Op::Note if value.is_empty() => {
                self.notes.remove(&hash);
            }
            Op::Note => {
                self.notes.insert(hash, value.to_owned());
            }
            _ => {}
        }
    }
}

/// The day of a `date` entry.
fn given_day(entry: &Entry) -> Option<NaiveDate> {
    let day = entry.value.as_deref()?.parse::<NaiveDate>().ok()?;
    calendar::date(1, 1, 1)
        .is_some_and(|first| first <= day)
        .then_some(day)
}

fn bad_line(number: usize, why: &str) -> Warning {
    Warning {
        record: Some(number as u32 + 1),
        hint: Some("the line is kept in the file and left out".to_owned()),
        ..Warning::new("overlay", format!("not an overlay entry: {why}"))
    }
}

fn toggle(set: &mut BTreeSet<ContentHash>, hash: ContentHash, off: bool) {
    if off {
        set.remove(&hash);
    } else {
        set.insert(hash);
    }
}

fn given(day: NaiveDate) -> Published {
    Published {
        interval: Interval::day(day),
        basis: Basis::Given,
        confidence: Confidence::High,
        evidence: vec![Evidence {
            quote: day.to_string(),
            place: EvidencePlace::Metadata,
            article: None,
            span: None,
            line: None,
            rule: "overlay".into(),
        }],
        ..Published::default()
    }
}

fn decision(entry: &Entry) -> Option<Decision> {
    let Some(Target::Surface {
        kind,
        surface,
        hash,
    }) = entry.target.clone()
    else {
        return None;
    };
    match (entry.op, &entry.with) {
        (Op::Merge, Some(Target::Surface { surface: other, .. })) => {
            Some(Decision::Merge(kind, surface, other.clone()))
        }
        (Op::Split, _) => Some(Decision::Split(kind, surface, hash)),
        (Op::Hide, _) => Some(Decision::Hide(kind, surface, hash)),
        (Op::Type, _) => Some(Decision::Kind(kind, surface, entry.kind?)),
        _ => None,
    }
}

/// True where a later decision ends an earlier one.
fn overrules(later: &Decision, before: &Decision) -> bool {
    match (later, before) {
        (Decision::Split(kind, surface, None), Decision::Merge(of, a, b))
        | (Decision::Merge(kind, a, b), Decision::Split(of, surface, _)) => {
            let surface = fold(surface);
            kind == of && (fold(a) == surface || fold(b) == surface)
        }
        (Decision::Hide(..), _) => later == before,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
