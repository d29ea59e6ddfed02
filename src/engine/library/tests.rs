//! Libraries as a whole: filled from files, read back, changed, torn.

use super::*;
use crate::annotate::EntityKind;
use crate::engine::{Input, Request, builtin, run};
use crate::store::library::{Damage, check, database, rebuild};
use crate::store::{Filter, Seen};
use chrono::NaiveDate;
use std::fs;
use std::path::Path;

/// The built-in collection as files of a folder.
fn articles(folder: &Path) {
    for (name, bytes) in builtin::FILES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn fill(library: &Path, root: &Path) -> Added {
    let mut writer = Writer::open(library).unwrap();
    let added = add(
        &mut writer,
        &[root.to_owned()],
        Options::default(),
        &mut |_| {},
    )
    .unwrap();
    settle(&mut writer, &Overlay::default(), false).unwrap();
    added
}

fn memory(root: &Path) -> Arc<dyn Read> {
    let request = Request {
        input: Input::Paths(vec![root.to_owned()]),
        options: Options::default(),
        overlay: Overlay::default(),
        seen: None,
        cache: None,
    };
    run(&request).0
}

fn library(folder: &Path) -> Library {
    Library::open(folder, Arc::default()).unwrap()
}

/// Filters of every sort that make sense for a collection.
fn filters(store: &dyn Read) -> Vec<Filter> {
    let everything = Filter::default();
    let entities = store.entities(&everything, 0..3);
    let rows = store.articles(&everything, 0..9);
    let first = entities[0].entity.id.clone();
    let second = entities[1].entity.id.clone();
    let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    vec![
        everything.clone(),
        Filter {
            entities: vec![first.clone()],
            ..everything.clone()
        },
        Filter {
            entities: vec![first, second],
            ..everything.clone()
        },
        Filter {
            article: Some(rows[2].id.clone()),
            ..everything.clone()
        },
        Filter {
            article: Some(crate::article::ArticleId::new("nowhere")),
            ..everything.clone()
        },
        Filter {
            kind: Some(EntityKind::Person),
            ..everything.clone()
        },
        Filter {
            kind: Some(EntityKind::Place),
            among: Some(rows.iter().take(4).map(|row| row.id.clone()).collect()),
            ..everything.clone()
        },
        Filter {
            among: Some(Arc::from([])),
            ..everything.clone()
        },
        Filter {
            from: day("2020-01-01"),
            ..everything.clone()
        },
        Filter {
            to: day("2020-12-31"),
            ..everything.clone()
        },
        Filter {
            from: day("2019-06-01"),
            to: day("2021-06-01"),
            ..everything.clone()
        },
        Filter {
            new: true,
            ..everything
        },
    ]
}

/// Both answer every question alike.
fn same(a: &dyn Read, b: &dyn Read) {
    let all = 0..usize::MAX;
    assert_eq!(
        a.status(),
        crate::store::Status {
            files: a.status().files,
            ..b.status()
        }
    );
    for filter in filters(b) {
        let at = |what: &str| format!("{what} under {filter:?}");
        assert_eq!(
            a.article_count(&filter),
            b.article_count(&filter),
            "{}",
            at("count")
        );
        let rows = b.articles(&filter, all.clone());
        assert_eq!(a.articles(&filter, all.clone()), rows, "{}", at("articles"));
        assert_eq!(a.articles(&filter, 1..3), b.articles(&filter, 1..3));
        for row in &rows {
            let position = b.article_position(&filter, &row.id);
            assert_eq!(
                a.article_position(&filter, &row.id),
                position,
                "{}",
                at("position")
            );
        }
        for day in ["1990-01-01", "2020-08-09", "2021-02-03", "2090-01-01"] {
            let day = day.parse().unwrap();
            assert_eq!(a.seek(&filter, day), b.seek(&filter, day), "{}", at("seek"));
        }
        assert_eq!(
            a.entity_count(&filter),
            b.entity_count(&filter),
            "{}",
            at("entity count")
        );
        let entities = b.entities(&filter, all.clone());
        assert_eq!(
            a.entities(&filter, all.clone()),
            entities,
            "{}",
            at("entities")
        );
        assert_eq!(
            a.event_count(&filter),
            b.event_count(&filter),
            "{}",
            at("event count")
        );
        let events = b.events(&filter, all.clone());
        assert_eq!(a.events(&filter, all.clone()), events, "{}", at("events"));
        for row in events.iter().step_by(7) {
            let position = b.event_position(&filter, &row.event.id);
            assert_eq!(a.event_position(&filter, &row.event.id), position);
            assert_eq!(a.event(&row.event.id), b.event(&row.event.id));
        }
        assert_eq!(a.extent(&filter), b.extent(&filter), "{}", at("extent"));
        let (first, last) = ("2019-11-05".parse().unwrap(), "2021-12-01".parse().unwrap());
        assert_eq!(
            a.density(&filter, first, last, 37),
            b.density(&filter, first, last, 37)
        );
        assert_eq!(
            a.lasting(&filter, first, last, 3),
            b.lasting(&filter, first, last, 3)
        );
    }
    for row in b.articles(&Filter::default(), all.clone()) {
        let (mine, theirs) = (a.article(&row.id).unwrap(), b.article(&row.id).unwrap());
        assert_eq!(format!("{mine:?}"), format!("{theirs:?}"));
        assert_eq!(a.row(&row.id), b.row(&row.id));
        assert_eq!(a.article_with(&row.hash), b.article_with(&row.hash));
        for local in 0..=theirs.entities.len() as u32 {
            assert_eq!(a.entity_of(&row.id, local), b.entity_of(&row.id, local));
        }
    }
    for row in b.entities(&Filter::default(), 0..40) {
        let id = &row.entity.id;
        assert_eq!(a.entity(id), b.entity(id));
        assert_eq!(
            a.mentions(id, all.clone()),
            b.mentions(id, all.clone()),
            "{id}"
        );
        assert_eq!(a.mentions(id, 1..4), b.mentions(id, 1..4));
    }
}

#[test]
fn a_library_answers_like_the_collection_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (source, kept) = (folder.path().join("in"), folder.path().join("kept"));
    articles(&source);
    fill(&kept, &source);
    same(&library(&kept), &*memory(&source));
    assert_eq!(check(&kept).unwrap().1, []);
}

#[test]
fn what_comes_piece_by_piece_is_the_same_as_all_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (source, kept) = (folder.path().join("in"), folder.path().join("kept"));
    articles(&source);
    let files = source::find(std::slice::from_ref(&source)).0;
    let mut paths: Vec<PathBuf> = files.into_iter().map(|found| found.path).collect();
    paths.reverse();
    for part in paths.chunks(2) {
        // One root for all: ids are those of files found under it.
        let root = folder.path().join("now");
        for path in part {
            let to = root.join(path.strip_prefix(&source).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(path, to).unwrap();
        }
        fill(&kept, &root);
    }
    let root = folder.path().join("now");
    same(&library(&kept), &*memory(&root));
    let again = fill(&kept, &root);
    assert_eq!((again.known, again.put), (again.files, Put::default()));
}

#[test]
fn a_changed_file_takes_the_place_of_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (source, kept) = (folder.path().join("in"), folder.path().join("kept"));
    articles(&source);
    let path = source.join("late.txt");
    fs::write(
        &path,
        "The bridge at Varsk was closed on 3 March 2021, mayor Ilse Brandt said.\n",
    )
    .unwrap();
    let copy = source.join("twin.txt");
    fs::copy(&path, &copy).unwrap();
    let first = fill(&kept, &source);
    assert_eq!(first.put.copies, 1, "the twin is known");
    let words = "The bridge at Varsk was opened on 9 April 2021, mayor Ilse Brandt said.\nNo more was said.\n";
    fs::write(&path, words).unwrap();
    let second = fill(&kept, &source);
    assert_eq!(
        (second.put.articles, second.put.removed),
        (1, 1),
        "{second:?}"
    );
    // The copy is no copy any more, and comes back with the next look.
    let third = fill(&kept, &source);
    assert_eq!(third.put.articles, 1, "{third:?}");
    same(&library(&kept), &*memory(&source));
    assert_eq!(check(&kept).unwrap().1, []);
}

#[test]
fn what_came_since_the_last_time_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let (source, kept) = (folder.path().join("in"), folder.path().join("kept"));
    articles(&source);
    fill(&kept, &source);
    assert_eq!(library(&kept).status().new, 0);
    library(&kept).mark_seen().unwrap();
    let seen = folder.path().join("seen");
    Seen::record(&seen, memory(&source).as_ref()).unwrap();
    fs::write(
        source.join("later.txt"),
        "A dam near Orhei burst on 4 May 2022 and two people were hurt.\n",
    )
    .unwrap();
    fill(&kept, &source);
    let mut fresh = Collection::new(Overlay::default()).with_seen(Seen::load(&seen).unwrap());
    let (found, _) = source::find(std::slice::from_ref(&source));
    fresh.add(
        found
            .iter()
            .map(|found| source::read(found, Options::default()))
            .collect(),
    );
    same(&library(&kept), fresh.snapshot().as_ref());
    assert_eq!(library(&kept).status().new, 1);
}

#[test]
fn a_bent_record_is_named_and_the_rest_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (source, kept) = (folder.path().join("in"), folder.path().join("kept"));
    articles(&source);
    fill(&kept, &source);
    let before = library(&kept).status().articles;
    let victim = library(&kept).articles(&Filter::default(), 1..2)[0]
        .id
        .clone();
    {
        let db = rusqlite::Connection::open(database(&kept)).unwrap();
        let sql = "UPDATE article SET source = zeroblob(80) WHERE doc = (SELECT doc FROM line WHERE id = ?1)";
        assert_eq!(db.execute(sql, [victim.as_str()]).unwrap(), 1);
    }
    assert_eq!(check(&kept).unwrap().1, [Damage::Article(victim.clone())]);
    assert!(
        library(&kept).article(&victim).is_none(),
        "and never another text"
    );
    let (rescued, lost) = rebuild(&kept).unwrap();
    assert_eq!((rescued, lost), (before - 1, vec![victim]));
    assert_eq!(check(&kept).unwrap().1, []);
    let back = fill(&kept, &source);
    assert_eq!(back.put.articles - back.put.removed, 1, "{back:?}");
    same(&library(&kept), &*memory(&source));
}

#[test]
fn what_is_no_library_or_newer_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        Library::open(folder.path(), Arc::default())
            .unwrap_err()
            .to_string()
    };
    assert!(open().contains("no library"), "{}", open());
    fs::write(
        database(folder.path()),
        "just some words, long enough to be seen as such",
    )
    .unwrap();
    assert!(open().contains("not a database"), "{}", open());
    fs::remove_file(database(folder.path())).unwrap();
    let other = rusqlite::Connection::open(database(folder.path())).unwrap();
    other
        .execute_batch("CREATE TABLE diary (day TEXT)")
        .unwrap();
    assert!(open().contains("no dateline library"), "{}", open());
    assert!(Writer::open(folder.path()).is_err());
    drop(other);
    fs::remove_file(database(folder.path())).unwrap();
    drop(Writer::open(folder.path()).unwrap());
    let newer = rusqlite::Connection::open(database(folder.path())).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    assert!(open().contains("newer"), "{}", open());
    assert!(Writer::open(folder.path()).is_err());
}

#[test]
fn a_library_is_searched_as_the_same_articles_in_memory() {
    use crate::search::{Finder, Wanted, query};
    use crate::store::library::SEARCH;
    let root = tempfile::tempdir().unwrap();
    let (files, folder) = (root.path().join("in"), root.path().join("library"));
    articles(&files);
    fill(&folder, &files);
    let ask = |finder: &mut Finder, store: &dyn Read, text: &str| {
        finder.update(store, &|| false).unwrap();
        let (query, _) = query::parse(text);
        let wanted = Wanted {
            hits: 1000,
            shown: 1000,
        };
        let hits = finder.run(store, &query, &store.notes(), wanted, &|| false);
        let mut ids: Vec<_> = hits
            .iter()
            .map(|hit| (hit.article.clone(), hit.spans.clone()))
            .collect();
        ids.sort();
        ids
    };
    let (mut kept, mut held) = (Finder::new(), Finder::new());
    let store = memory(&files);
    for text in [
        "harbour",
        "\"the harbour\"",
        "person:a",
        "title:the",
        "after:2021",
        "!the",
        "ferry | night",
        "/har.our/",
    ] {
        let expected = ask(&mut held, &*store, text);
        assert_eq!(ask(&mut kept, &library(&folder), text), expected, "{text}");
    }
    // What comes later is found, a library keeps what its folder lost, and damaged search files
    // are made again.
    fs::write(
        files.join("new.txt"),
        "Zeppelin over Varna\nAda Reyes saw it on 3 March 2031 in the port of Varna.\n",
    )
    .unwrap();
    fill(&folder, &files);
    let found = ask(&mut kept, &library(&folder), "zepelin");
    assert_eq!(found.len(), 1);
    fs::remove_file(files.join("new.txt")).unwrap();
    fill(&folder, &files);
    for entry in fs::read_dir(folder.join(SEARCH)).unwrap() {
        fs::write(entry.unwrap().path(), b"nothing of the sort").unwrap();
    }
    let mut fresh = Finder::new();
    assert_eq!(ask(&mut fresh, &library(&folder), "zeppelin").len(), 1);
    assert_eq!(
        ask(&mut fresh, &library(&folder), "harbour"),
        ask(&mut held, &*store, "harbour")
    );
}
