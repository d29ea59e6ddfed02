use super::*;
use crate::annotate::EntityKind;
use crate::article::ContentHash;
use crate::search::query::{self, State as Mark};
use crate::when::{Interval, calendar};
use std::collections::BTreeMap;

mod damage;
mod naive;

/// An article of a test.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub key: u64,
    pub day: Option<u32>,
    pub title: String,
    pub text: String,
    pub names: Vec<usize>,
    pub outlet: &'static str,
}

/// Names of tests: kind and spellings.
pub(super) const NAMES: [(EntityKind, &[&str]); 4] = [
    (EntityKind::Person, &["Ada Kowalska", "The Mayor"]),
    (
        EntityKind::Person,
        &["Yulia Zhelezhnaya", "Julija Zelezhnaya"],
    ),
    (EntityKind::Place, &["Ostov"]),
    (EntityKind::Org, &["Quay Authority", "QA"]),
];

pub(super) fn made(key: u64, day: u32, title: &str, text: &str) -> Made {
    Made {
        key,
        day: (day > 0).then_some(day),
        title: title.to_owned(),
        text: text.to_owned(),
        names: Vec::new(),
        outlet: "Gazette",
    }
}

/// Gives a test article to `take` as the archive wants it.
pub(super) fn with_doc<T>(article: &Made, take: impl FnOnce(&Doc<'_>) -> T) -> T {
    let names: Vec<Name<'_>> = article
        .names
        .iter()
        .map(|at| Name {
            id: *at as u64 + 10,
            kind: NAMES[*at].0,
            spellings: NAMES[*at].1,
        })
        .collect();
    let day = article.day.and_then(|day| calendar::date(2021, 3, day));
    take(&Doc {
        key: article.key,
        version: 0,
        hash: ContentHash::of(&article.key.to_le_bytes()),
        published: day.map_or(Interval::UNDATED, Interval::day),
        title: &article.title,
        text: &article.text,
        names: &names,
        outlet: article.outlet,
        path: "news/file.txt",
        language: "en",
    })
}

pub(super) fn add(archive: &Archive, articles: &[Made]) {
    for article in articles {
        with_doc(article, |doc| archive.add(&[*doc])).unwrap();
    }
}

pub(super) fn write(archive: &Archive, articles: &[Made]) {
    let mut writer = archive.writer();
    for article in articles {
        with_doc(article, |doc| writer.add(doc)).unwrap();
    }
    writer.finish().unwrap();
}

/// Everything that a query finds.
pub(super) fn search(archive: &Archive, articles: &[Made], text: &str, order: Order) -> Answer {
    let texts: BTreeMap<u64, &str> = articles.iter().map(|a| (a.key, a.text.as_str())).collect();
    let (query, error) = query::parse(text);
    assert_eq!(error, None, "{text}");
    archive.search(&Ask {
        query: &query,
        limit: 1000,
        order,
        scattered: false,
        texts: &|key| texts.get(&key).map(|text| (*text).to_owned()),
        most_texts: 1000,
        marks: Some(&Even),
        cancelled: &|| false,
    })
}

/// Even numbers are starred and read, and have the tag `even`.
pub(super) struct Even;

impl Marked for Even {
    fn is(&self, state: Mark, key: u64, hash: u64) -> bool {
        assert_eq!(hash, short(&ContentHash::of(&key.to_le_bytes())));
        (state == Mark::Unread) != key.is_multiple_of(2)
    }

    fn has_tag(&self, tag: &str, key: u64, _: u64) -> bool {
        tag.eq_ignore_ascii_case("even") && key.is_multiple_of(2)
    }
}

fn collection() -> Vec<Made> {
    let mut all = vec![
        made(
            1,
            1,
            "Storm hits the harbour",
            "Yulia Zhelezhnaya spoke in Ostov.\n\nElection results are late.",
        ),
        made(
            2,
            2,
            "Night shift ends",
            "Julija Zelezhnaya left Ostov.\n\nThe night shift was long.",
        ),
        made(3, 0, "Prices rise", "Electioneering results in noise."),
        made(
            4,
            9,
            "Harbourmaster quits",
            "The shift to night work went on, says RFE/RL.",
        ),
    ];
    all[0].names = vec![1, 2];
    all[1].names = vec![1, 2];
    all[2].outlet = "Courier";
    all
}

fn found(archive: &Archive, text: &str) -> String {
    let hits = search(archive, &collection(), text, Order::Best).hits;
    hits.iter().map(|hit| hit.key.to_string()).collect()
}

fn opened(articles: &[Made]) -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    write(&archive, articles);
    (folder, archive)
}

#[test]
fn words_names_and_slips_are_found() {
    let (_folder, archive) = opened(&collection());
    let mut wrong = Vec::new();
    for (query, keys) in [
        ("", "4213"),
        ("storm", "1"),
        ("harbour", "14"),
        ("'harbour", "1"),
        ("night shift", "24"),
        ("\"night shift\"", "2"),
        ("rfe/rl", "4"),
        ("rotsm", ""),
        ("harbuor", "14"),
        ("electoin results", "13"),
        ("hrbour", "14"),
        ("noize", "3"),
        ("bourmast", "4"),
        ("elecshuns", ""),
        ("elektionearing", "3"),
        ("zhelezhnaya", "12"),
        ("julija", "21"),
        ("zhelesnaja", "21"),
        ("person:zhelezhnaya", "21"),
        ("place:zhelezhnaya", ""),
        ("person:\"yulia zhelezhnaya\"", "21"),
        ("person:^yulia", "21"),
        ("place:/^ost/", "21"),
        ("storm | prices", "31"),
        ("night !(rfe | storm)", "2"),
        ("^night", "2"),
        ("late$", "1"),
        ("^storm harbour$", "1"),
        ("/pri[cs]es/", "3"),
        ("/lo.g/", "2"),
        ("title:night", "2"),
        ("title:/^n/", "2"),
        ("date:2021-03-02", "2"),
        ("after:2021-03-02", "42"),
        ("before:2021-03-02", "21"),
        ("is:undated", "3"),
        ("source:gazette lang:en storm", "1"),
        ("source:courier", "3"),
        ("source:news/", "4213"),
        ("is:starred", "42"),
        ("is:unread storm", "1"),
        ("tag:Even night", "24"),
    ] {
        let now = found(&archive, query);
        if now != keys {
            wrong.push((query, keys, now));
        }
    }
    assert!(wrong.is_empty(), "query, wanted, found: {wrong:?}");
}

#[test]
fn additions_are_found_at_once_and_stay() {
    let all = collection();
    let (folder, archive) = opened(&all[..1]);
    add(&archive, &all[1..]);
    assert_eq!(found(&archive, "night shift"), "24");
    let other = Archive::open(folder.path()).unwrap();
    assert_eq!(other.len(), 1, "they are in memory still");
    archive.commit().unwrap();
    other.refresh().unwrap();
    assert_eq!(found(&other, "night shift"), "24");
    let mut changed = made(2, 20, "Nothing of the sort", "");
    changed.names = vec![3];
    add(&archive, &[changed.clone(), changed]);
    archive.remove(&[3]);
    assert_eq!(
        (found(&archive, "night"), found(&archive, "prices")),
        ("4".to_owned(), String::new())
    );
    assert_eq!(
        (found(&archive, "org:qa"), archive.len()),
        ("2".to_owned(), 3)
    );
    archive.commit().unwrap();
    let again = Archive::open(folder.path()).unwrap();
    assert_eq!(found(&again, ""), "241");
    again.check().unwrap();
}

#[test]
fn a_spelling_that_comes_later_finds_earlier_articles() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let spelled = |key, spellings: &[&str]| {
        let names = [Name {
            id: 7,
            kind: EntityKind::Person,
            spellings,
        }];
        let doc = Doc {
            key,
            names: &names,
            ..with_doc(&made(key, 1, "Talks", ""), |doc| Doc {
                names: &[],
                title: "Talks",
                text: "",
                outlet: "",
                path: "",
                language: "en",
                ..*doc
            })
        };
        archive.add(&[doc]).unwrap();
        archive.commit().unwrap();
    };
    spelled(1, &["Alyaksandr"]);
    assert_eq!(found(&archive, "lukashenka"), "");
    spelled(2, &["Alyaksandr", "Lukashenka"]);
    for query in ["lukashenka", "lukash", "person:lukashenka", "lukashnka"] {
        assert_eq!(found(&archive, query), "21", "{query}");
    }
}

#[test]
fn many_segments_become_few() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let all: Vec<Made> = (0..40)
        .map(|key| {
            made(
                key,
                key as u32 % 28 + 1,
                &format!("Storm {key}"),
                "late rain",
            )
        })
        .collect();
    for some in all.chunks(4) {
        write(&archive, some);
    }
    let before = search(&archive, &all, "storm !7", Order::Best);
    assert_eq!(archive.now().segments.len(), 10);
    assert!(archive.merge(u32::MAX).unwrap());
    assert_eq!(archive.now().segments.len(), 1);
    assert!(!archive.merge(u32::MAX).unwrap());
    assert_eq!(search(&archive, &all, "storm !7", Order::Best), before);
    archive.remove(&(0..39).collect::<Vec<_>>());
    assert!(archive.merge(u32::MAX).unwrap());
    assert_eq!(
        (archive.now().segments[0].segment.docs, archive.len()),
        (1, 1)
    );
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 2, "the list and one segment");
}

#[test]
fn merged_is_as_if_written_at_once() {
    let (at_once, whole) = opened(&collection());
    let parts = tempfile::tempdir().unwrap();
    let archive = Archive::open(parts.path()).unwrap();
    add(&archive, &collection());
    archive.commit().unwrap();
    let bytes = |archive: &Archive, folder: &Path| {
        let file = archive.now().segments[0].file.clone().unwrap();
        std::fs::read(folder.join(file)).unwrap()
    };
    assert_eq!(bytes(&archive, parts.path()), bytes(&whole, at_once.path()));
}

#[test]
fn scattered_letters_fill_a_page() {
    let (_folder, archive) = opened(&collection());
    let (query, _) = query::parse("smhtshbr");
    let mut ask = Ask {
        query: &query,
        limit: 10,
        order: Order::Best,
        scattered: true,
        texts: &|_| None,
        most_texts: 0,
        marks: None,
        cancelled: &|| false,
    };
    let answer = archive.search(&ask);
    assert_eq!(answer.hits.len(), 1);
    assert_eq!(
        (answer.hits[0].key, answer.hits[0].tier),
        (1, Tier::Scattered)
    );
    ask.scattered = false;
    assert_eq!(archive.search(&ask).hits, []);
    ask.cancelled = &|| true;
    assert!(!archive.search(&ask).complete);
}

#[test]
fn common_beginnings_have_lists_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let words = |key: u64| {
        (0..30)
            .map(move |n| format!("w{:x}", key * 30 + n))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let all: Vec<Made> = (0..400).map(|key| made(key, 1, "t", &words(key))).collect();
    write(&archive, &all);
    let segment = archive.now().segments[0].segment.clone();
    assert!(segment.prefix("w").is_some() && segment.prefix("wa").is_none());
    assert_eq!(search(&archive, &all, "w", Order::Newest).total, 400);
    assert_eq!(search(&archive, &all, "w2", Order::Newest).hits.len(), {
        let begins = |made: &&Made| made.text.split(' ').any(|word| word.starts_with("w2"));
        all.iter().filter(begins).count()
    });
}
