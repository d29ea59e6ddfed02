//! What a person changed: an append-only file of JSON lines that wins over everything found.
//!
//! Targets are surfaces and content hashes, never derived ids, so the file outlives any change
//! of the analysis. An entry that no longer applies is kept; undo appends, it erases nothing.

use crate::annotate::{Basis, Confidence, EntityKind, Evidence, EvidencePlace, Published};
use crate::article::{ContentHash, Warning};
use crate::resolve::entity::Decision;
use crate::when::{Interval, calendar};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Two surfaces are one entity: `target` and `with`.
    Merge,
    /// A surface is an entity of its own.
    Split,
    /// A surface is not to be shown.
    Hide,
    /// A surface is of another kind: `kind`.
    Type,
    /// An article was published on another day: `value`.
    Date,
    /// An article is starred, or not: `value` is `off`.
    Star,
    /// An article has a tag: `value`.
    Tag,
    /// An article has a note: `value`.
    Note,
    /// An article was read, or not: `value` is `off`.
    Read,
    /// Takes the last entry that is still in force back.
    Undo,
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Target {
    /// A name as written, of a kind; with a hash, only in that article.
    Surface {
        /// Its kind.
        #[serde(rename = "type")]
        kind: EntityKind,
        /// The name as written.
        surface: String,
        /// The article.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            with = "hash_text::option"
        )]
        hash: Option<ContentHash>,
    },
    /// An article, or a quote in it.
    Content {
        /// The article.
        #[serde(with = "hash_text")]
        hash: ContentHash,
        /// The quote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote: Option<String>,
    },
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Version of the format.
    pub v: u32,
    /// What it does.
    pub op: Op,
    /// When it was made (RFC 3339), for people; nothing depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What it is about; none for undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The other side of a merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Target>,
    /// The new kind of a `type` entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EntityKind>,
    /// A day, a tag, a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl Entry {
    const fn new(op: Op, target: Option<Target>) -> Self {
        Self {
            v: 1,
            op,
            at: None,
            target,
            with: None,
            kind: None,
            value: None,
        }
    }

    /// Says that two surfaces of a kind are one entity.
    pub fn merge(kind: EntityKind, surface: &str, with: &str) -> Self {
        Self {
            with: Some(surface_target(kind, with)),
            ..Self::new(Op::Merge, Some(surface_target(kind, surface)))
        }
    }

    /// Says that a surface is an entity of its own.
    pub fn split(kind: EntityKind, surface: &str) -> Self {
        Self::new(Op::Split, Some(surface_target(kind, surface)))
    }

    /// Says that a surface is not to be shown.
    pub fn hide(kind: EntityKind, surface: &str) -> Self {
        Self::new(Op::Hide, Some(surface_target(kind, surface)))
    }

    /// Says when an article was published: a day, `YYYY-MM-DD`.
    pub fn date(hash: ContentHash, day: NaiveDate) -> Self {
        Self {
            value: Some(day.to_string()),
            ..Self::new(Op::Date, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Stars an article, or takes the star off.
    pub fn star(hash: ContentHash, on: bool) -> Self {
        Self {
            value: (!on).then(|| "off".to_owned()),
            ..Self::new(Op::Star, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Marks an article read or unread.
    pub fn read(hash: ContentHash, on: bool) -> Self {
        Self {
            value: (!on).then(|| "off".to_owned()),
            ..Self::new(Op::Read, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Tags an article.
    pub fn tag(hash: ContentHash, tag: &str) -> Self {
        Self {
            value: Some(tag.to_owned()),
            ..Self::new(Op::Tag, Some(Target::Content { hash, quote: None }))
        }
    }

    /// Takes the last entry back.
    pub const fn undo() -> Self {
        Self::new(Op::Undo, None)
    }
}

fn surface_target(kind: EntityKind, surface: &str) -> Target {
    Target::Surface {
        kind,
        surface: surface.to_owned(),
        hash: None,
    }
}

/// All entries, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// The entries, those undone included.
    pub entries: Vec<Entry>,
}

/// What a person noted on articles, by content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Starred.
    pub starred: BTreeSet<ContentHash>,
    /// Read.
    pub read: BTreeSet<ContentHash>,
    /// Tags.
    pub tags: BTreeMap<ContentHash, BTreeSet<String>>,
}

impl Overlay {
    /// Reads the file at `path`; a file that is not there is empty. Bad lines are warned of and kept
    /// in the file.
    ///
    /// # Errors
    /// If the file is there but cannot be read.
    pub fn load(path: &Path) -> io::Result<(Self, Vec<Warning>)> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Default::default()),
            Err(error) => return Err(error),
        };
        let mut overlay = Self::default();
        let mut warnings = Vec::new();
        for (number, line) in BufReader::new(file).lines().enumerate() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<Entry>(&line) {
                Ok(entry) if entry.v == 1 => overlay.entries.push(entry),
                Ok(entry) => warnings.push(bad_line(number, &format!("version {}", entry.v))),
                Err(error) => warnings.push(bad_line(number, &error.to_string())),
            }
        }
        Ok((overlay, warnings))
    }

    /// Appends an entry to the file at `path`, making its folder where it is missing.
    ///
    /// # Errors
    /// If the folder or file cannot be written.
    pub fn append(path: &Path, entry: &Entry) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let mut line = serde_json::to_string(entry)?;
        line.push('\n');
        file.write_all(line.as_bytes())
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

    /// The decisions on names, in order.
    pub fn decisions(&self) -> Vec<Decision> {
        self.in_force().into_iter().filter_map(decision).collect()
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

    /// Stars, tags and read marks.
    pub fn notes(&self) -> Notes {
        let mut notes = Notes::default();
        for entry in self.in_force() {
            let Some(Target::Content { hash, .. }) = entry.target else {
                continue;
            };
            let off = entry.value.as_deref() == Some("off");
            match entry.op {
                Op::Star => toggle(&mut notes.starred, hash, off),
                Op::Read => toggle(&mut notes.read, hash, off),
                Op::Tag => {
                    let tags = notes.tags.entry(hash).or_default();
                    tags.extend(entry.value.clone());
                }
                _ => {}
            }
        }
        notes
    }

    /// Warns of entries about articles that are not in the collection with these hashes.
    pub fn unused(&self, known: &BTreeSet<ContentHash>) -> Vec<Warning> {
        self.in_force()
            .into_iter()
            .filter_map(|entry| match &entry.target {
                Some(Target::Content { hash, .. }) if !known.contains(hash) => Some(Warning::new(
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
        (Op::Hide, _) => Some(Decision::Hide(kind, surface)),
        (Op::Type, _) => Some(Decision::Kind(kind, surface, entry.kind?)),
        _ => None,
    }
}

/// Content hashes as hex digits.
mod hash_text {
    use super::{ContentHash, Deserialize, Deserializer, Serializer};
    use serde::de::Error;

    pub(super) fn serialize<S: Serializer>(hash: &ContentHash, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(hash)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ContentHash, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }

    /// The same for a hash that may be missing.
    pub(super) mod option {
        use super::{ContentHash, Deserialize, Deserializer, Error, Serializer};

        // serde's `with` fixes this signature.
        #[allow(clippy::ref_option)]
        pub(in super::super) fn serialize<S: Serializer>(
            hash: &Option<ContentHash>,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            match hash {
                Some(hash) => super::serialize(hash, to),
                None => to.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<ContentHash>, D::Error> {
            Option::<String>::deserialize(from)?
                .map(|text| text.parse().map_err(D::Error::custom))
                .transpose()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_takes_back_the_last_entry_still_standing() {
        let hide = Entry::hide(EntityKind::Place, "Mars");
        let merge = Entry::merge(EntityKind::Person, "Jo Ray", "J. Ray");
        let overlay = Overlay {
            entries: vec![hide.clone(), merge, Entry::undo()],
        };
        assert_eq!(overlay.in_force(), [&hide]);
        assert_eq!(
            overlay.decisions(),
            [Decision::Hide(EntityKind::Place, "Mars".into())]
        );
    }

    #[test]
    fn the_file_round_trips_and_keeps_what_it_cannot_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/overlay.jsonl");
        let hash = ContentHash::of(b"x");
        let day = "2020-08-09".parse().unwrap();
        Overlay::append(&path, &Entry::date(hash, day)).unwrap();
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"v\":9}\n").unwrap();
        Overlay::append(&path, &Entry::star(hash, true)).unwrap();
        let (overlay, warnings) = Overlay::load(&path).unwrap();
        assert_eq!(overlay.entries.len(), 2);
        assert_eq!(warnings.len(), 1);
        assert_eq!(overlay.dates()[&hash].interval, Interval::day(day));
        assert!(overlay.notes().starred.contains(&hash));
    }
}
