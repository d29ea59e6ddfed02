//! Steps: what one action of a person adds to the overlay, taken back and done again as one.
//!
//! A step of this run is taken back by taking its bytes off the end of the file, so that undo
//! leaves the file as it was, byte for byte, whatever a person wrote into it by hand. A step from
//! before this run is taken back by appending `undo` entries: that file may have been shared.
//! Invariant: nothing but the end of the file is written, and never over what another program put
//! there; where the end is not what this run left, the file is read again instead.

use super::{Entry, Op, Overlay};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The overlay with its file, and the way back.
#[derive(Debug, Default)]
pub struct History {
    path: Option<PathBuf>,
    overlay: Overlay,
    /// Steps of this run, oldest first.
    done: Vec<Step>,
    /// What was taken back, latest last.
    undone: Vec<Undone>,
}

/// One action.
#[derive(Clone, Debug)]
struct Step {
    entries: Vec<Entry>,
    /// What it did, in words.
    words: String,
    /// It takes back a step from before this run.
    takes_back: bool,
    saved: Option<Saved>,
}

/// What a step added to the file.
#[derive(Clone, Debug)]
struct Saved {
    bytes: Vec<u8>,
    /// There was no file before.
    made_file: bool,
}

#[derive(Debug)]
enum Undone {
    /// A step of this run, which can be done again.
    Step(Step),
    /// A step from before: the entries that took it back are the last of what is done.
    Before,
}

/// What became of a wish to go back or forth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// There was nothing to go to.
    Nothing,
    /// A step was taken back: what it had done.
    Back(String),
    /// A step was done again: what it does.
    Again(String),
    /// Another program changed the file; it was read again, and the steps of this run are history.
    Reread,
}

impl History {
    /// An overlay and the file it was read from; without a file nothing is kept.
    pub fn new(overlay: Overlay, path: Option<PathBuf>) -> Self {
        Self {
            path,
            overlay,
            ..Self::default()
        }
    }

    /// The overlay as it is now.
    pub const fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// Takes a step: all entries of one action, with what it does in words.
    ///
    /// # Errors
    /// If the file cannot be written. The step is in force all the same, until the program ends.
    pub fn take(&mut self, entries: Vec<Entry>, words: String) -> io::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        // A file that cannot be read is told of when the step is put into it.
        if self.is_behind().unwrap_or(false) {
            self.reread()?;
        }
        self.undone.clear();
        self.add(Step {
            entries: self.numbered(entries),
            words,
            takes_back: false,
            saved: None,
        })
    }

    /// Takes the last step back.
    ///
    /// # Errors
    /// If the file cannot be read or written; the step stays in force.
    pub fn undo(&mut self) -> io::Result<Change> {
        if self.done.last().is_none_or(|step| step.takes_back) {
            return self.undo_before();
        }
        let Some(step) = self.done.last().cloned() else {
            return Ok(Change::Nothing);
        };
        if !self.take_off(&step)? {
            return self.reread();
        }
        self.done.pop();
        let words = step.words.clone();
        self.undone.push(Undone::Step(step));
        Ok(Change::Back(words))
    }

    /// Does the step that was taken back last again.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn redo(&mut self) -> io::Result<Change> {
        if !self.undone.is_empty() && self.is_behind()? {
            return self.reread();
        }
        match self.undone.pop() {
            None => Ok(Change::Nothing),
            Some(Undone::Step(step)) => {
                let words = step.words.clone();
                self.add(step)?;
                Ok(Change::Again(words))
            }
            Some(Undone::Before) => {
                let Some(step) = self.done.last().cloned() else {
                    return Ok(Change::Nothing);
                };
                let off = self.take_off(&step);
                if !matches!(off, Ok(true)) {
                    self.undone.push(Undone::Before);
                }
                if !off? {
                    return self.reread();
                }
                self.done.pop();
                Ok(Change::Again(step.words))
            }
        }
    }

    /// Takes back a step that was taken before this run: as many `undo` as it has entries.
    fn undo_before(&mut self) -> io::Result<Change> {
        if self.is_behind()? {
            return self.reread();
        }
        let standing = self.overlay.in_force();
        let Some(last) = standing.last() else {
            return Ok(Change::Nothing);
        };
        let together = standing
            .iter()
            .rev()
            .take_while(|entry| last.step.is_some() && entry.step == last.step)
            .count()
            .max(1);
        let words = earlier(last, together);
        self.undone.push(Undone::Before);
        self.add(Step {
            entries: vec![Entry::undo(); together],
            words: words.clone(),
            takes_back: true,
            saved: None,
        })?;
        Ok(Change::Back(words))
    }

    /// Entries of one action get a number that no other step of the file has.
    fn numbered(&self, mut entries: Vec<Entry>) -> Vec<Entry> {
        if entries.len() > 1 {
            let known = self.overlay.entries.iter().filter_map(|entry| entry.step);
            let next = known.max().map_or(1, |last| last.saturating_add(1));
            for entry in &mut entries {
                entry.step = Some(next);
            }
        }
        entries
    }

    fn add(&mut self, mut step: Step) -> io::Result<()> {
        let saved = match &self.path {
            Some(path) => append(path, &step.entries).map(Some),
            None => Ok(None),
        };
        self.overlay.entries.extend(step.entries.iter().cloned());
        let (saved, told) = match saved {
            Ok(saved) => (saved, Ok(())),
            Err(error) => (None, Err(error)),
        };
        step.saved = saved;
        self.done.push(step);
        told
    }

    /// Takes the last step off the file and the entries; false where the file does not end with it.
    fn take_off(&mut self, step: &Step) -> io::Result<bool> {
        if let (Some(path), Some(saved)) = (&self.path, &step.saved)
            && !cut(path, saved)?
        {
            return Ok(false);
        }
        let left = self
            .overlay
            .entries
            .len()
            .saturating_sub(step.entries.len());
        self.overlay.entries.truncate(left);
        Ok(true)
    }

    /// True where the file says something else by now: another program wrote it.
    fn is_behind(&self) -> io::Result<bool> {
        let Some(path) = &self.path else {
            return Ok(false);
        };
        // What could not be saved is in force here and not there.
        let saved = self.done.iter().all(|step| step.saved.is_some());
        Ok(saved && Overlay::load(path)?.0 != self.overlay)
    }

    fn reread(&mut self) -> io::Result<Change> {
        if let Some(path) = &self.path {
            self.overlay = Overlay::load(path)?.0;
        }
        self.done.clear();
        self.undone.clear();
        Ok(Change::Reread)
    }
}

/// What a step from before this run did.
fn earlier(last: &Entry, together: usize) -> String {
    let what = match last.op {
        Op::Merge => "merge",
        Op::Split => "split",
        Op::Hide => "hide",
        Op::Type => "change of kind",
        Op::Date => "date",
        Op::Star => "star",
        Op::Tag => "tag",
        Op::Note => "note",
        Op::Read => "read mark",
        Op::Undo => "undo",
    };
    if together > 1 {
        format!("{together} changes of an earlier run, the last a {what}")
    } else {
        format!("a {what} of an earlier run")
    }
}

/// Appends entries to the file at `path`, making it and its folder where they are missing, with the
/// line ends that the file has; gives what was added.
fn append(path: &Path, entries: &[Entry]) -> io::Result<Saved> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let known = match fs::read(path) {
        Ok(known) => Some(known),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let before = known.as_deref().unwrap_or_default();
    let newline: &[u8] = match before.iter().rposition(|byte| *byte == b'\n') {
        Some(at) if at > 0 && before[at - 1] == b'\r' => b"\r\n",
        _ => b"\n",
    };
    let mut bytes = Vec::new();
    if before.last().is_some_and(|last| *last != b'\n') {
        bytes.extend_from_slice(newline);
    }
    for entry in entries {
        serde_json::to_writer(&mut bytes, entry)?;
        bytes.extend_from_slice(newline);
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    if let Err(error) = file.write_all(&bytes) {
        // Half a line would spoil the next one; where even this fails there is no more to do.
        let _half = file.set_len(before.len() as u64);
        return Err(error);
    }
    Ok(Saved {
        bytes,
        made_file: known.is_none(),
    })
}

/// Cuts what was saved off the end of the file; false where the file does not end with it.
fn cut(path: &Path, saved: &Saved) -> io::Result<bool> {
    let now = match fs::read(path) {
        Ok(now) => now,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let Some(before) = now.strip_suffix(&saved.bytes[..]) else {
        return Ok(false);
    };
    if saved.made_file && before.is_empty() {
        fs::remove_file(path)?;
    } else {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(before.len() as u64)?;
    }
    Ok(true)
}
