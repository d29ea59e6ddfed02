use super::*;
use crate::annotate::entity::group;
use crate::annotate::{Annotated, Basis, Block, EntityKind, Published, Role};
use crate::article::Article;
use crate::resolve::entity::State;
use crate::store::ArticleRow;
use crate::store::memory::{Memory, Parts, Slot};
use crate::when::{Interval, calendar};
use std::sync::Arc;

/// An article of lines, the first its headline; names are marked `[PERSON Ada Reyes]`.
fn article(id: &str, marked: &str) -> Arc<Annotated> {
    let mut text = String::new();
    let mut tagged = Vec::new();
    for (i, part) in marked.split(['[', ']']).enumerate() {
        let (kind, name) = part.split_once(' ').unwrap_or(("", part));
        match EntityKind::ALL.into_iter().find(|k| k.name() == kind) {
            Some(kind) if i % 2 == 1 => {
                tagged.push((Span::new(text.len(), text.len() + name.len()), kind));
                text.push_str(name);
            }
            _ => text.push_str(part),
        }
    }
    let mut made = Annotated::new(Arc::new(Article {
        id: Some(ArticleId::new(id)),
        hash: ContentHash::of(id.as_bytes()),
        text: text.clone(),
        ..Article::default()
    }));
    let mut start = 0;
    for line in text.split('\n') {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        let role = match (span.start, line.starts_with("MENU")) {
            (0, _) => Role::Headline,
            (_, true) => Role::Navigation,
            _ => Role::Body,
        };
        made.blocks.push(Block { span, role });
        made.sentences.push(span);
    }
    made.title = text.split('\n').next().map(str::to_owned);
    (made.mentions, made.entities) = group(&made, tagged);
    Arc::new(made)
}

fn store(articles: &[(Arc<Annotated>, Interval)]) -> Memory {
    let mut state = State::default();
    let all: Vec<_> = articles
        .iter()
        .map(|(article, _)| article.clone())
        .collect();
    state.fold(&all);
    let slots = articles.iter().map(|(article, interval)| Slot {
        row: ArticleRow {
            id: article.id(),
            hash: article.article.hash,
            path: Some(format!("news/{}.txt", article.id())),
            title: article.title.clone().unwrap_or_default(),
            source: Some("Harbour Gazette".to_owned()),
            published: Published {
                interval: *interval,
                basis: Basis::Stated,
                ..Published::default()
            },
            words: 0,
            language: "en".to_owned(),
            analysed: true,
            copies_of: None,
            new: false,
        },
        annotated: article.clone(),
        entities: (0..article.entities.len() as u32)
            .map(|local| state.entity_of(&article.id(), local))
            .collect(),
    });
    Memory::new(Parts {
        generation: 1,
        slots: slots.collect(),
        entities: state.entities(),
        ..Parts::default()
    })
}

fn collection() -> Memory {
    let day = |d| Interval::day(calendar::date(2021, 3, d).unwrap());
    store(&[
        (
            article(
                "a",
                "Storm hits the harbour\n[PERSON Yulia Zhelezhnaya], the opposition leader, spoke in [PLACE Ostov] with [ORG Radio Volna].\nElection results are late.",
            ),
            day(1),
        ),
        (
            article(
                "b",
                "Night shift ends\nOpposition leader [PERSON Julija Zelezhnaya] left [PLACE Ostov], [ORG Radio Volna] said.\nThe night shift was long.",
            ),
            day(2),
        ),
        (
            article(
                "c",
                "Prices rise\nElectioneering results in noise. UN envoy [PERSON Mitchel Bacelin] said so.\nMENU storm harbour",
            ),
            Interval::UNDATED,
        ),
        (
            article(
                "d",
                "Harbourmaster quits\nThe shift to night work went on, says RFE/RL.",
            ),
            day(9),
        ),
    ])
}

fn found(query: &str) -> String {
    let (query, _) = query::parse(query);
    let hits = run(&collection(), &query, 10, &|| false);
    let ids: Vec<&str> = hits.iter().map(|hit| hit.article.as_str()).collect();
    ids.join("")
}

#[test]
fn words_match_whole_then_as_beginnings() {
    assert_eq!(found("storm"), "a", "navigation is not searched");
    assert_eq!(found("harbour"), "ad", "the whole word first");
    assert_eq!(found("'harbour"), "a");
    assert_eq!(found("night shift"), "bd");
    assert_eq!(found("\"night shift\""), "b");
    assert_eq!(found("rfe/rl"), "d");
    assert_eq!(found("rotsm"), "", "scattered letters are no match");
    assert_eq!(found(""), "abdc", "all, in the order of the list");
}

#[test]
fn slips_are_found_where_nothing_better_is() {
    assert_eq!(found("harbuor"), "ad");
    assert_eq!(found("electoin results"), "ac");
    assert_eq!(found("hrbour"), "ad");
    assert_eq!(found("noize"), "c");
}

#[test]
fn names_match_every_spelling() {
    assert_eq!(found("zhelezhnaya"), "ab");
    assert_eq!(found("julija"), "ba", "who writes it so comes first");
    assert_eq!(found("zhelesnaja"), "ab", "a spelling that nobody wrote");
    assert_eq!(found("bachelin"), "c", "the right form of a garbled name");
    assert_eq!(found("person:zhelezhnaya"), "ab");
    assert_eq!(found("place:zhelezhnaya"), "");
    assert_eq!(found("person:\"yulia zhelezhnaya\""), "ab");
    assert_eq!(found("ostov volna !julija"), "");
}

#[test]
fn operators_and_fields() {
    assert_eq!(found("storm | prices"), "ac");
    assert_eq!(found("night !(rfe | storm)"), "b");
    assert_eq!(found("^night"), "b");
    assert_eq!(found("late$"), "a");
    assert_eq!(found("/pri[cs]es/"), "c");
    assert_eq!(found("title:night"), "b");
    assert_eq!(found("date:2021-03-02"), "b");
    assert_eq!(found("after:2021-03-02"), "bd");
    assert_eq!(found("before:2021-03-02"), "ab");
    assert_eq!(found("is:undated"), "c");
    assert_eq!(found("source:gazette lang:en storm"), "a");
    assert_eq!(found("source:news/c"), "c");
    assert_eq!(found("is:starred"), "");
    assert_eq!(found("is:unread storm"), "a");
}

#[test]
fn marks_are_asked_by_content() {
    struct Starred(ContentHash);
    impl Marks for Starred {
        fn is_read(&self, article: &ContentHash) -> bool {
            *article == self.0
        }
        fn is_starred(&self, article: &ContentHash) -> bool {
            *article == self.0
        }
        fn has_tag(&self, article: &ContentHash, tag: &str) -> bool {
            *article == self.0 && tag.eq_ignore_ascii_case("todo")
        }
    }
    let store = collection();
    let mut index = Index::new();
    index.update(&store);
    let marks = Starred(ContentHash::of(b"b"));
    let ask = |text: &str| {
        let (query, _) = query::parse(text);
        let hits = index.run_marked(&store, &query, Some(&marks), 10, &|| false);
        let mut ids: Vec<String> = hits.iter().map(|hit| hit.article.to_string()).collect();
        ids.sort();
        ids.concat()
    };
    assert_eq!(ask("is:starred"), "b");
    assert_eq!(ask("tag:Todo"), "b");
    assert_eq!(ask("is:unread night"), "d");
}

#[test]
fn snippets_mark_what_matched() {
    let (query, _) = query::parse("late elec");
    let hits = run(&collection(), &query, 1, &|| false);
    let hit = &hits[0];
    assert_eq!(
        (hit.field, hit.snippet.as_str()),
        (Field::Text, "Election results are late.")
    );
    let marked: Vec<String> = hit
        .matches
        .iter()
        .map(|(from, to)| hit.snippet.chars().skip(*from).take(to - from).collect())
        .collect();
    assert_eq!(marked, ["Elec", "late"]);
    let text = collection()
        .article(&ArticleId::new("a"))
        .unwrap()
        .article
        .text
        .clone();
    let spans: Vec<&str> = hit.spans.iter().map(|span| span.of(&text)).collect();
    assert_eq!(spans, ["Elec", "late"]);
    let (query, _) = query::parse("zhelesnaja");
    let hits = run(&collection(), &query, 9, &|| false);
    assert!(
        hits.iter()
            .all(|hit| hit.field == Field::Entity && !hit.matches.is_empty())
    );
}

#[test]
fn an_index_takes_in_what_is_new() {
    let day = |d| Interval::day(calendar::date(2021, 3, d).unwrap());
    let one = (article("a", "Storm\nrain"), day(1));
    let two = (article("b", "Calm\nrain"), day(2));
    let mut index = Index::new();
    let ask = |index: &Index, store: &Memory| {
        let (query, _) = query::parse("rain");
        index.run(store, &query, 10, &|| false).len()
    };
    let first = store(std::slice::from_ref(&one));
    index.update(&first);
    assert_eq!(ask(&index, &first), 1);
    let mut second = store(&[one, two.clone()]);
    second = Memory::new(Parts {
        generation: 2,
        ..parts(&second)
    });
    index.update(&second);
    assert_eq!(ask(&index, &second), 2);
    let third = Memory::new(Parts {
        generation: 3,
        ..parts(&store(&[two]))
    });
    index.update(&third);
    assert_eq!(ask(&index, &third), 1, "an article that left is gone");
}

/// The slots of a store again.
fn parts(store: &Memory) -> Parts {
    use crate::store::Filter;
    let everything = Filter::default();
    let rows = store.articles(&everything, 0..100);
    Parts {
        slots: rows
            .into_iter()
            .map(|row| Slot {
                annotated: store.article(&row.id).unwrap(),
                entities: Vec::new(),
                row,
            })
            .collect(),
        ..Parts::default()
    }
}

#[test]
fn a_cancelled_search_ends() {
    let (query, _) = query::parse("storm night");
    assert!(run(&collection(), &query, 10, &|| true).is_empty());
}

/// The articles of a store by numbers: one more than their place in `ids`.
struct Numbers {
    folder: std::path::PathBuf,
    ids: Vec<(&'static str, u32)>,
}

impl crate::store::Numbered for Numbers {
    fn search_folder(&self) -> std::path::PathBuf {
        self.folder.clone()
    }

    fn state(&self) -> u64 {
        let ids = self.ids.iter();
        ids.map(|(id, version)| id.len() as u64 + u64::from(*version) * 100)
            .sum()
    }

    fn revision(&self) -> u64 {
        self.state() / 100 + u64::from(self.ids[0].0 == "gone")
    }

    fn numbers(&self, after: u64) -> Vec<(u64, u32)> {
        let all = (1..).zip(&self.ids);
        let there = all.filter(|(number, (id, _))| *number > after && *id != "gone");
        there
            .map(|(number, (_, version))| (number, *version))
            .collect()
    }

    fn with_number(&self, number: u64) -> Option<ArticleId> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.ids.get(at).map(|(id, _)| ArticleId::new(*id))
    }

    fn seen(&self) -> u64 {
        3
    }
}

#[test]
fn search_files_answer_as_the_index_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut numbered = Numbers {
        folder: folder.path().to_owned(),
        ids: vec![("a", 0), ("b", 0)],
    };
    let store = collection();
    let archive = archive::Archive::open(folder.path()).unwrap();
    archive.follow(&store, &numbered, &|| false).unwrap();
    assert_eq!(archive.len(), 2);
    numbered.ids.extend([("c", 0), ("d", 0)]);
    archive.follow(&store, &numbered, &|| false).unwrap();
    let wanted = Wanted {
        hits: 10,
        shown: usize::MAX,
    };
    let notes = Notes::default();
    let ask = |archive: &archive::Archive, numbered: &Numbers, text: &str| {
        let (query, _) = query::parse(text);
        finder::hits(
            archive,
            (&store, numbered),
            &query,
            &finder::Marks::of(&notes, 3),
            wanted,
            &|| false,
        )
    };
    for text in [
        "storm",
        "harbour",
        "'harbour",
        "\"night shift\"",
        "harbuor",
        "electoin results",
        "zhelezhnaya",
        "zhelesnaja",
        "person:zhelezhnaya",
        "place:zhelezhnaya",
        "person:\"yulia zhelezhnaya\"",
        "night !(rfe | storm)",
        "^night",
        "late$",
        "/pri[cs]es/",
        "title:night",
        "date:2021-03-02",
        "source:gazette lang:en storm",
        "is:undated",
        "late elec",
    ] {
        let (query, _) = query::parse(text);
        // Search files mark the whole of a word whose beginning was typed, the index its beginning.
        let key = |hit: &Hit| {
            let starts: Vec<u32> = hit.spans.iter().map(|span| span.start).collect();
            (hit.article.clone(), hit.field, hit.snippet.clone(), starts)
        };
        let mut expected: Vec<_> = run(&store, &query, 10, &|| false).iter().map(key).collect();
        let mut found: Vec<_> = ask(&archive, &numbered, text).iter().map(key).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
    let ids = |hits: Vec<Hit>| {
        hits.iter()
            .map(|hit| hit.article.as_str().to_owned())
            .collect::<String>()
    };
    assert_eq!(ids(ask(&archive, &numbered, "is:new")), "d");
    // An article that goes, and one that is told anew.
    numbered.ids = vec![("gone", 0), ("b", 1), ("c", 0), ("d", 0)];
    let next = Memory::new(Parts {
        generation: 2,
        ..parts(&store)
    });
    archive.follow(&next, &numbered, &|| false).unwrap();
    assert_eq!(ids(ask(&archive, &numbered, "night | storm")), "bd");
    assert_eq!(archive.len(), 3);
}
