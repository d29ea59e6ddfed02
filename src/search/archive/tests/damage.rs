//! Files that were flipped, cut short or are of another version.

use super::*;
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

const QUERIES: [&str; 9] = [
    "",
    "s",
    "storm",
    "harbuor",
    "night shift",
    "\"night shift\"",
    "person:y",
    "source:g",
    "is:undated | after:2020",
];

fn segment_of(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .into_iter()
        .find(|path| path.extension().is_some())
        .unwrap()
}

/// Opens what is there and asks it everything; an error where anything says that it is damaged.
fn ask_all(folder: &Path) -> Result<Vec<Answer>, Error> {
    let archive = Archive::open(folder)?;
    let ask = |query: &&str| search(&archive, &collection(), query, Order::Best);
    let answers = QUERIES.iter().map(ask).collect();
    // Merging reads everything, and may only fail.
    archive.remove(&[1]);
    let _merged = archive.commit().and_then(|()| archive.merge(u32::MAX));
    archive.check()?;
    Ok(answers)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_flipped_bit_is_found_or_means_nothing(place in 0.0..1.0f64, bit in 0..8u32) {
        let (folder, archive) = opened(&collection());
        drop(archive);
        let path = segment_of(folder.path());
        let mut bytes = fs::read(&path).unwrap();
        let expected = QUERIES.map(|query| {
            let archive = Archive::open(folder.path()).unwrap();
            search(&archive, &collection(), query, Order::Best)
        });
        let at = (bytes.len() as f64 * place) as usize;
        bytes[at] ^= 1 << bit;
        fs::write(&path, &bytes).unwrap();
        match ask_all(folder.path()) {
            Err(error) => prop_assert!(error.wants_rebuild(), "{error}"),
            // Between two sections is nothing.
            Ok(answers) => prop_assert_eq!(&answers[..], &expected[..], "byte {}", at),
        }
    }

    #[test]
    fn a_file_that_is_cut_short_is_an_error(place in 0.0..1.0f64) {
        let (folder, archive) = opened(&collection());
        drop(archive);
        let path = segment_of(folder.path());
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..(bytes.len() as f64 * place) as usize]).unwrap();
        prop_assert!(ask_all(folder.path()).unwrap_err().wants_rebuild());
    }
}

#[test]
fn tables_that_lie_do_no_harm() {
    // Whatever the dictionary says, with a table that is right about it.
    let (folder, archive) = opened(&collection());
    let segment = archive.now().segments[0].segment.clone();
    let path = segment_of(folder.path());
    let bytes = fs::read(&path).unwrap();
    for at in (16..segment.size() - 12).step_by(3) {
        for value in [0, 0x7f, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] = value;
            if let Ok(segment) = Segment::new(format::Bytes::Held(bytes), &path) {
                let held = Held {
                    segment: Arc::new(segment),
                    dead: None,
                    file: None,
                };
                archive.set(vec![held]);
                search(&archive, &collection(), "harbuor night", Order::Best);
            }
        }
    }
}

#[test]
fn another_version_and_a_missing_file_want_a_rebuild() {
    let (folder, archive) = opened(&collection());
    drop(archive);
    let path = segment_of(folder.path());
    let bytes = fs::read(&path).unwrap();
    let mut newer = bytes.clone();
    newer[8] += 1;
    fs::write(&path, &newer).unwrap();
    let error = Archive::open(folder.path()).unwrap_err();
    assert!(
        matches!(error, Error::Version { version: 2, .. }) && error.wants_rebuild(),
        "{error}"
    );
    fs::remove_file(&path).unwrap();
    assert!(Archive::open(folder.path()).unwrap_err().wants_rebuild());
    Archive::clear(folder.path()).unwrap();
    assert!(Archive::open(folder.path()).unwrap().is_empty());
}
