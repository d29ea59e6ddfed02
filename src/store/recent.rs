//! Which folders and files were open lately.
//!
//! A plain file in the state folder: a collection a line, its paths apart by tabs, the latest
//! first. It is a memory, not a record: lines that cannot be read are passed over, and what cannot
//! stand in a line is not kept.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Collections that are kept.
const MOST: usize = 20;

/// Collections that were open lately, each by its paths, the latest first.
///
/// # Errors
/// If the file is there but cannot be read.
pub fn load(path: &Path) -> io::Result<Vec<Vec<PathBuf>>> {
    let text = match fs::read(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Ok(lines
        .map(|line| line.split('\t').map(PathBuf::from).collect())
        .take(MOST)
        .collect())
}

/// Puts a collection first; where it is first already, nothing is written. The file is written
/// whole and then put in place.
///
/// # Errors
/// If the file cannot be read or written.
pub fn record(path: &Path, paths: &[PathBuf]) -> io::Result<()> {
    let Some(line) = line(paths) else {
        return Ok(());
    };
    let before = load(path)?;
    let mut lines: Vec<String> = before
        .iter()
        .filter_map(|paths| self::line(paths))
        .collect();
    if lines.first() == Some(&line) {
        return Ok(());
    }
    lines.retain(|known| *known != line);
    lines.insert(0, line);
    lines.truncate(MOST);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let aside = path.with_extension(format!("{}.tmp", std::process::id()));
    let written =
        fs::write(&aside, lines.join("\n") + "\n").and_then(|()| fs::rename(&aside, path));
    if written.is_err() {
        // What is half written helps nobody; that it may not go away either is no news.
        let _gone = fs::remove_file(&aside);
    }
    written
}

/// The line of a collection; `None` where a path cannot stand in one.
fn line(paths: &[PathBuf]) -> Option<String> {
    let words: Option<Vec<&str>> = paths
        .iter()
        .map(|path| {
            path.to_str()
                .filter(|text| !text.contains(char::is_control))
        })
        .collect();
    words
        .filter(|words| !words.is_empty())
        .map(|words| words.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn the_latest_comes_first_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/recent.txt");
        assert_eq!(load(&file).unwrap(), Vec::<Vec<PathBuf>>::new());
        record(&file, &paths(&["/a"])).unwrap();
        record(&file, &paths(&["/b", "/c d"])).unwrap();
        record(&file, &paths(&["/a"])).unwrap();
        assert_eq!(
            load(&file).unwrap(),
            [paths(&["/a"]), paths(&["/b", "/c d"])]
        );
        let before = fs::metadata(&file).unwrap().modified().unwrap();
        record(&file, &paths(&["/a"])).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
        record(&file, &paths(&["/tab\there"])).unwrap();
        assert_eq!(
            load(&file).unwrap().len(),
            2,
            "what cannot stand in a line is not kept"
        );
    }

    #[test]
    fn the_file_stays_short_and_odd_lines_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("recent.txt");
        fs::write(&file, b"\n\xff\xfe\n/x\n").unwrap();
        for number in 0..50 {
            record(&file, &paths(&[&format!("/{number}")])).unwrap();
        }
        let all = load(&file).unwrap();
        assert_eq!(all.len(), MOST);
        assert_eq!(all[0], paths(&["/49"]));
    }
}
