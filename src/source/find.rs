//! The walk over files and folders, and the careful opening of one file.
//!
//! Nothing is opened that is not a regular file; links that lead back end; the order is that of
//! the names' bytes. A folder or file that is passed over comes as a report. The walk is our own:
//! known walkers look for loops among the ancestors only, here no folder is walked twice at all,
//! and a link to a file gives way to the file itself.

use super::draft::clean_warning;
use super::scrub::scrub_given;
use super::{FileReport, Found, Outcome, Reason};
use crate::article::Warning;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Largest file read.
pub(crate) const LARGEST: u64 = 256 << 20;
/// Deepest folder entered below an argument.
const DEEPEST: usize = 512;

/// Device and inode: what tells that two names are one file.
type Identity = (u64, u64);

/// None where the system does not tell.
fn identity(meta: &Metadata) -> Option<Identity> {
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt;
        Some((meta.dev(), meta.ino()))
    };
    #[cfg(not(unix))]
    let identity = Some(meta).and(None);
    identity
}

/// A path as text, bytes that are not UTF-8 as `\xff`.
fn written(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(name, "\\x{byte:02x}");
        }
    }
    name
}

/// A name with marks for what must not be shown.
///
/// Each code point stays one code point, so two names of one folder stay apart.
fn fit_to_show(name: &str) -> String {
    scrub_given(&name.replace(['\n', '\r'], "\u{240A}")).into_owned()
}

/// A path fit to be shown.
pub(crate) fn shown(path: &Path) -> String {
    fit_to_show(&written(path))
}

/// The name of a found file as the file system has it, where that is not how it is shown.
pub(super) fn raw_name(found: &Found) -> Option<String> {
    let parts: Vec<_> = found.path.components().collect();
    let depth = found.name.matches('/').count() + 1;
    let own = parts.get(parts.len().saturating_sub(depth)..)?;
    let raw = own
        .iter()
        .map(|p| written(p.as_ref()))
        .collect::<Vec<_>>()
        .join("/");
    (raw != found.name && fit_to_show(&raw) == found.name).then_some(raw)
}

/// A report about something that was not read.
pub(crate) fn passed_over(
    file: &str,
    reason: Reason,
    code: &'static str,
    message: impl Into<String>,
) -> FileReport {
    let shown = fit_to_show(file);
    FileReport {
        raw_file: (shown != file).then(|| file.to_owned()),
        file: shown,
        outcome: Outcome::Skipped,
        reason: Some(reason),
        records: 0,
        articles: 0,
        copies: 0,
        bad_records: 0,
        warnings: vec![clean_warning(Warning::new(code, message))],
    }
}

/// The walk.
#[derive(Default)]
struct Walk {
    found: Vec<Found>,
    reports: Vec<FileReport>,
    folders: HashSet<Identity>,
    files: HashSet<Identity>,
    /// Links to files: they count only where the file itself is not found.
    links: Vec<(String, PathBuf, Identity)>,
}

/// Finds the input files under `roots`.
pub(super) fn find(roots: &[PathBuf]) -> (Vec<Found>, Vec<FileReport>) {
    let mut walk = Walk::default();
    for root in roots {
        // An argument is meant as it is named, be it a link; only below it links are looked at.
        match fs::metadata(root) {
            Ok(meta) if meta.is_dir() => walk.folder(root, "", &meta),
            Ok(meta) => {
                let name = root.file_name().map_or(root.as_path(), Path::new);
                walk.file(&written(name), root.clone(), &meta);
            }
            Err(error) => walk.failed(&written(root), &error),
        }
    }
    for (name, path, identity) in std::mem::take(&mut walk.links) {
        if walk.files.insert(identity) {
            let name = fit_to_show(&name);
            walk.found.push(Found { name, path });
        } else {
            let message = "a link to a file that is read under another name";
            walk.pass_over(&name, Reason::Loop, "link", message);
        }
    }
    walk.found
        .sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.name.cmp(&b.name)));
    walk.found.dedup_by(|a, b| a.path == b.path);
    walk.reports.sort_by(|a, b| a.file.cmp(&b.file));
    (walk.found, walk.reports)
}

impl Walk {
    fn failed(&mut self, name: &str, error: &io::Error) {
        self.reports.push(unreadable(name, error));
    }

    fn pass_over(&mut self, name: &str, reason: Reason, code: &'static str, message: &str) {
        self.reports.push(passed_over(name, reason, code, message));
    }

    fn file(&mut self, name: &str, path: PathBuf, meta: &Metadata) {
        if !meta.is_file() {
            let message = "no regular file (a pipe, socket or device)";
            self.pass_over(name, Reason::NotRegular, "not-regular", message);
            return;
        }
        self.files.extend(identity(meta));
        let name = fit_to_show(name);
        self.found.push(Found { name, path });
    }

    /// Walks a folder without recursion: a hostile tree must not exhaust the stack.
    fn folder(&mut self, root: &Path, name: &str, meta: &Metadata) {
        let mut waiting = vec![(root.to_owned(), name.to_owned(), 0_usize)];
        if identity(meta).is_some_and(|id| !self.folders.insert(id)) {
            return;
        }
        while let Some((path, name, depth)) = waiting.pop() {
            let entries = match fs::read_dir(&path) {
                Ok(entries) => entries,
                Err(error) => {
                    self.failed(if name.is_empty() { "." } else { &name }, &error);
                    continue;
                }
            };
            let mut inside = Vec::new();
            for entry in entries {
                match entry {
                    Ok(entry) => inside.push(entry.file_name()),
                    Err(error) => self.failed(&name, &error),
                }
            }
            if inside.is_empty() {
                let shown = if name.is_empty() { "." } else { &name };
                let message = "a folder with nothing in it";
                self.reports
                    .push(passed_over(shown, Reason::Empty, "empty", message));
            }
            inside.sort();
            for file_name in inside {
                let below = path.join(&file_name);
                let shown = written(Path::new(&file_name));
                let full = if name.is_empty() {
                    shown
                } else {
                    format!("{name}/{shown}")
                };
                if let Some(folder) = self.entry(below, full, depth) {
                    waiting.push(folder);
                }
            }
        }
    }

    /// Takes in an entry of a folder; a folder to walk comes back.
    fn entry(
        &mut self,
        path: PathBuf,
        name: String,
        depth: usize,
    ) -> Option<(PathBuf, String, usize)> {
        let own = match fs::symlink_metadata(&path) {
            Ok(meta) => meta,
            Err(error) => {
                self.failed(&name, &error);
                return None;
            }
        };
        let meta = if own.is_symlink() {
            match fs::metadata(&path) {
                Ok(meta) => meta,
                Err(error) => {
                    self.failed(&name, &error);
                    return None;
                }
            }
        } else {
            own.clone()
        };
        if meta.is_dir() {
            if identity(&meta).is_some_and(|id| !self.folders.insert(id)) {
                let message = "a link to a folder that is walked already";
                self.reports
                    .push(passed_over(&name, Reason::Loop, "link", message));
                return None;
            }
            if depth >= DEEPEST {
                let message = format!("more than {DEEPEST} folders deep");
                self.reports
                    .push(passed_over(&name, Reason::TooDeep, "too-deep", message));
                return None;
            }
            return Some((path, name, depth + 1));
        }
        match identity(&meta).filter(|_| own.is_symlink() && meta.is_file()) {
            Some(id) => self.links.push((name, path, id)),
            None => self.file(&name, path, &meta),
        }
        None
    }
}

/// The report for an error of the system.
pub(crate) fn unreadable(name: &str, error: &io::Error) -> FileReport {
    #[cfg(unix)]
    if error.raw_os_error() == Some(libc::ELOOP) {
        return passed_over(
            name,
            Reason::Loop,
            "link",
            "a link that leads back to itself",
        );
    }
    let mut report = passed_over(name, Reason::Unreadable, "unreadable", error.to_string());
    if error.kind() == io::ErrorKind::PermissionDenied {
        for warning in &mut report.warnings {
            warning.hint = Some("check the permissions of the file".to_owned());
        }
    }
    report
}

/// The bytes of a file, or the report that says why there are none.
pub(super) fn bytes_of(found: &Found) -> Result<Vec<u8>, Box<FileReport>> {
    let told = |report: FileReport| {
        let raw_file = raw_name(found);
        Box::new(FileReport { raw_file, ..report })
    };
    let failed = |error: io::Error| told(unreadable(&found.name, &error));
    let file = open(&found.path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    let skip =
        |reason, code, message: String| told(passed_over(&found.name, reason, code, message));
    if !meta.is_file() {
        let message = "no regular file (a pipe, socket or device)".to_owned();
        return Err(skip(Reason::NotRegular, "not-regular", message));
    }
    let too_large = || {
        let message = format!("larger than {} MiB", LARGEST >> 20);
        skip(Reason::TooLarge, "too-large", message)
    };
    if meta.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    // A file may grow while it is read; the limit holds for what comes, not for what was promised.
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large());
    }
    Ok(bytes)
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // A pipe put in place of a file since the walk must not make the opening wait.
    File::options()
        .read(true)
        .custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_end_and_names_are_fit_to_show() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/empty")).unwrap();
        fs::write(root.join("b/two.txt"), "two").unwrap();
        fs::write(root.join("a\u{1B}[1m.txt"), "one").unwrap();
        fs::write(root.join(std::ffi::OsStr::from_bytes(b"z\xff.txt")), "z").unwrap();
        symlink("..", root.join("b/up")).unwrap();
        symlink("two.txt", root.join("b/again.txt")).unwrap();
        symlink("self", root.join("self")).unwrap();
        symlink("nothing", root.join("gone")).unwrap();
        let (found, reports) = find(&[root.to_owned()]);
        let names: Vec<&str> = found.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["a␛[1m.txt", "b/two.txt", "z\\xff.txt"]);
        let told: Vec<(&str, Option<Reason>)> = reports
            .iter()
            .map(|r| (r.file.as_str(), r.reason))
            .collect();
        assert_eq!(
            told,
            [
                ("b/again.txt", Some(Reason::Loop)),
                ("b/empty", Some(Reason::Empty)),
                ("b/up", Some(Reason::Loop)),
                ("gone", Some(Reason::Unreadable)),
                ("self", Some(Reason::Loop)),
            ]
        );
        let file = Found {
            name: "x".into(),
            path: root.join("b/two.txt"),
        };
        assert_eq!(bytes_of(&file).unwrap(), b"two");
        let folder = Found {
            name: "x".into(),
            path: root.join("b"),
        };
        assert_eq!(
            bytes_of(&folder).unwrap_err().reason,
            Some(Reason::NotRegular)
        );
    }
}
