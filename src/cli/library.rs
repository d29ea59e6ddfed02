//! Where libraries are, and how a command opens one.

use super::input::{self, OverlayFile, environment};
use super::output::Output;
use crate::search::Finder;
use crate::search::archive::Archive;
use crate::store::library::{LibraryError, SEARCH, Writer};
use crate::store::{Library, Overlay, Read};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The library that is meant where none is named.
pub const DEFAULT: &str = "main";

/// The folder of a library: a name in the data folder, or a path where it holds a separator.
pub fn folder(name: &str) -> anyhow::Result<PathBuf> {
    if name.is_empty() || name == "." || name == ".." {
        bail!("no name of a library: {name:?}");
    }
    if name.contains(std::path::is_separator) {
        return Ok(PathBuf::from(name));
    }
    let data = crate::config::paths(&environment).data;
    Ok(data.join("libraries").join(name))
}

/// The overlay of a library: the one named, else its own.
pub fn overlay(folder: &Path, named: Option<&Path>) -> anyhow::Result<OverlayFile> {
    input::overlay(&[folder.to_owned()], named)
}

/// Opens a library for reading, with its overlay.
pub fn open(
    name: &str,
    named: Option<&Path>,
    out: &mut Output,
) -> anyhow::Result<(Arc<dyn Read>, Overlay)> {
    let folder = folder(name)?;
    let overlay = overlay(&folder, named)?.read(out)?;
    let library =
        Library::open(&folder, Arc::new(overlay.notes())).map_err(|e| named_so(e, name))?;
    Ok((Arc::new(library), overlay))
}

/// Opens a library for writing; `make` says whether one that is not there is made.
pub fn writer(name: &str, make: bool) -> anyhow::Result<Writer> {
    let folder = folder(name)?;
    if !make && !crate::store::library::database(&folder).is_file() {
        return Err(named_so(LibraryError::Missing(folder, String::new()), name).into());
    }
    Writer::open(&folder).with_context(|| format!("cannot open the library {name}"))
}

/// Brings the search files of a library up to date, or makes them again.
pub fn search_files(folder: &Path, again: bool) -> anyhow::Result<()> {
    if again {
        Archive::clear(&folder.join(SEARCH))?;
    }
    let library = Library::open(folder, Arc::default())?;
    let mut finder = Finder::new();
    finder.update(&library, &|| false)?;
    Ok(finder.merge()?)
}

/// The error with the name the person used.
pub fn named_so(error: LibraryError, name: &str) -> LibraryError {
    match error {
        LibraryError::Missing(folder, _) => LibraryError::Missing(folder, name.to_owned()),
        other => other,
    }
}
