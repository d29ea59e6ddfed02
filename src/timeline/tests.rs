//! Tests over whole articles: hand-made ones, and the shared examples where they are at hand.

use super::testing::{Maker, as_json, d, fold, seeds};
use super::{Entities, State, Verdict};
use crate::annotate::{Annotated, EntityKind, EventBasis, EventKind, Role};
use crate::article::ArticleId;
use crate::resolve::EntityId;
use crate::text::Span;
use crate::when::{Interval, calendar};
use std::sync::Arc;

#[test]
fn the_shared_articles_make_one_timeline() {
    let Some((articles, names)) = seeds() else {
        return;
    };
    let events = fold(&articles, 5, &names);
    if let Some(path) = std::env::var_os("DATELINE_TIMELINE_OUT") {
        let json = serde_json::to_string_pretty(&as_json(&events)).unwrap();
        std::fs::write(path, json).unwrap();
    }
    let election = events
        .iter()
        .find(|event| event.date == Interval::day(d("2020-08-09")) && event.articles.len() >= 4);
    assert!(election.is_some(), "four articles tell one election");
    assert!(
        events
            .iter()
            .flat_map(|event| &event.figures)
            .all(|figure| figure.verdict != Verdict::Differ),
        "the five hold no true conflict"
    );
    // Neither the order nor the batches matter.
    let mut other: Vec<_> = articles.clone();
    other.reverse();
    other.rotate_left(2);
    assert_eq!(events, fold(&other, 1, &names));
    assert_eq!(events, fold(&other, 2, &names));
}

fn mentions(article: &Annotated) -> Vec<(String, String, EventBasis)> {
    article
        .events
        .iter()
        .map(|mention| {
            (
                mention.span.of(article.text()).to_owned(),
                mention.date.to_string(),
                mention.basis,
            )
        })
        .collect()
}

#[test]
fn a_noun_takes_the_date_that_stands_before_it() {
    let text = "Norvik opens a new bridge\n\
        The council has met in Norvik with builders.\n\
        There was no decision after the May 12 talks, though the mayor praised them.\n\
        Ada Lund has run the town since 1998.\n\
        The builders have refused an offer of Ada Lund.";
    let article = Maker::new("a", text, "2022-05-13")
        .lines(&[Role::Headline])
        .timex("May 12", "2022-05-12")
        .timex("1998", "1998")
        .name("Norvik", EntityKind::Place)
        .name("Ada Lund", EntityKind::Person)
        .done();
    let found = mentions(&article);
    let dates: Vec<(&str, EventBasis)> = found
        .iter()
        .map(|(_, date, basis)| (date.as_str(), *basis))
        .collect();
    assert!(
        dates.contains(&("2022-05-12", EventBasis::Timex)),
        "{found:#?}"
    );
    assert!(
        dates.contains(&("2022-05-12", EventBasis::Carried)),
        "{found:#?}"
    );
    assert!(
        dates.contains(&("1998-01-01..", EventBasis::Timex)),
        "{found:#?}"
    );
    let state = article
        .events
        .iter()
        .find(|mention| mention.kind == EventKind::State);
    assert!(state.is_some());
    let late = article.events.last().unwrap();
    assert_eq!(late.basis, EventBasis::None);
    assert!(!late.date.is_dated(), "never silently placed");
}

#[test]
fn nothing_comes_from_furniture() {
    let text = "A ferry sank off Norvik on June 3.\nA bridge fell in Sandby on June 4.";
    let article = Maker::new("a", text, "2022-06-05")
        .lines(&[Role::Body, Role::Teaser])
        .timex("June 3", "2022-06-03")
        .timex("June 4", "2022-06-04")
        .done();
    assert_eq!(article.events.len(), 1);
}

#[test]
fn a_coarse_date_joins_the_finer_one_of_the_same_year_only() {
    let tell = |id: &str, text: &str, words: &str, value: &str, day: &str| {
        Arc::new(
            Maker::new(id, text, day)
                .lines(&[Role::Body])
                .timex(words, value)
                .name("Sandland", EntityKind::Place)
                .name("Ada Lund", EntityKind::Person)
                .done(),
        )
    };
    let articles = [
        tell(
            "a",
            "Sandland held an election on May 8, which Ada Lund won.",
            "May 8",
            "2022-05-08",
            "2022-05-09",
        ),
        tell(
            "b",
            "Ada Lund took Sandland by storm after last year's disputed election.",
            "last year",
            "2022",
            "2023-02-01",
        ),
        tell(
            "c",
            "Ada Lund lost the 2018 election in Sandland by a hair.",
            "2018",
            "2018",
            "2023-02-02",
        ),
    ];
    let events = fold(&articles, 3, &());
    let day = events
        .iter()
        .find(|event| event.date == Interval::day(d("2022-05-08")))
        .unwrap();
    assert_eq!(day.articles.len(), 2, "{events:#?}");
    assert!(
        events
            .iter()
            .any(|event| event.date == Interval::year(2018))
    );
}

#[test]
fn two_thousand_articles_merge_in_time() {
    let articles: Vec<Arc<Annotated>> = (0..2000)
        .map(|n: u32| {
            let day = calendar::add_days(d("2020-01-01"), i64::from(n % 300));
            let who = ["Ada Lund", "Bo Berg", "Eva Dahl", "Jon Moe"][n as usize % 4];
            let what = ["arrested", "freed", "sued", "met", "attacked"][n as usize % 5];
            let line = format!(
                "{who} {what} harbour clerk {} in Norvik on Xday over toll {}. ",
                n % 97,
                n % 31
            );
            let text = line.repeat(10);
            let mut maker =
                Maker::new(&n.to_string(), &text, &day.to_string()).lines(&[Role::Body]);
            let places: Vec<usize> = text.match_indices("Xday").map(|(at, _)| at).collect();
            for at in places {
                maker.push_timex(Span::new(at, at + 4), &day.to_string());
            }
            Arc::new(
                maker
                    .name(who, EntityKind::Person)
                    .name("Norvik", EntityKind::Place)
                    .done(),
            )
        })
        .collect();
    let clock = std::time::Instant::now();
    let mut state = State::default();
    state.fold(&articles);
    let folded = clock.elapsed();
    let events = state.events(&());
    eprintln!(
        "2,000 articles: fold {folded:?}, fold and events {:?}, {} events",
        clock.elapsed(),
        events.len()
    );
    assert!(events.len() >= 300);
}

/// An article of 18 March 2019 on the Karsk dam whose one sentence has an expression.
fn on_the_dam(id: &str, text: &str, words: &str) -> Arc<Annotated> {
    let made = Maker::new(id, text, "2019-03-18")
        .lines(&[])
        .timex(words, "2019-03-14")
        .name("Karsk", EntityKind::Place)
        .name("Ada Lund", EntityKind::Person)
        .name("Lund", EntityKind::Person);
    Arc::new(made.done())
}

/// Knows who "Lund" is.
struct OneLund;

impl Entities for OneLund {
    fn entity_of(&self, _: &ArticleId, local: u32) -> Option<EntityId> {
        Some(EntityId::from(if local == 0 {
            "place:1"
        } else {
            "person:1"
        }))
    }
}

/// How many articles the largest event of the day has.
fn largest(articles: &[Arc<Annotated>]) -> usize {
    let events = fold(articles, 8, &OneLund);
    let of_day = events
        .iter()
        .filter(|event| event.date == Interval::day(d("2019-03-14")));
    of_day.map(|event| event.articles.len()).max().unwrap_or(0)
}

#[test]
fn one_count_of_the_dead_is_one_disaster() {
    let told = "A dam gave way near the town of Karsk on Thursday, killing 19 people.";
    let first = on_the_dam("a", told, "Thursday");
    let other = |text: &str| on_the_dam("b", text, "March 14");
    let pair = |text: &str| largest(&[first.clone(), other(text)]);
    // The clause that counts has its day from the clause beside it.
    let same = "In Karsk 19 people died when the wall cracked on March 14.";
    assert_eq!(pair(same), 2);
    // Another place on that day, and another count.
    let text = "In the hills 27 people died when a bus fell on March 14.";
    assert_eq!(pair(text), 1);
}

#[test]
fn one_person_is_arrested_once_a_day() {
    let told = "Police arrested the head of the mine, Ada Lund, on Thursday.";
    let first = on_the_dam("a", told, "Thursday");
    let second = on_the_dam("b", "Lund was detained on March 14 at home.", "March 14");
    assert_eq!(largest(&[first.clone(), second]), 2);
    let town = on_the_dam(
        "b",
        "A guard was detained on March 14 in Karsk.",
        "March 14",
    );
    assert_eq!(largest(&[first, town]), 1);
}

/// Knows everybody by their place in the article.
struct Apart;

impl Entities for Apart {
    fn entity_of(&self, _: &ArticleId, local: u32) -> Option<EntityId> {
        let ids = ["place:1", "person:1", "person:2"];
        ids.get(local as usize).map(|id| EntityId::from(*id))
    }
}

/// Events of two one-sentence articles of 18 March 2019.
fn pair(a: (&str, &str), b: (&str, &str)) -> Vec<Arc<super::Event>> {
    let made = |id: &str, (text, words): (&str, &str)| {
        let day = if words.contains('5') {
            "2019-03-15"
        } else {
            "2019-03-14"
        };
        let made = Maker::new(id, text, "2019-03-18")
            .lines(&[])
            .timex(words, day);
        let made = made
            .name("Karsk", EntityKind::Place)
            .name("Ada Lund", EntityKind::Person);
        Arc::new(made.name("Per Holm", EntityKind::Person).done())
    };
    fold(&[made("a", a), made("b", b)], 8, &Apart)
}

#[test]
fn what_contradicts_is_not_one_event() {
    let day = "March 14";
    let cases = [
        (
            "A court in Karsk acquitted Ada Lund of fraud on March 14.",
            "A court in Karsk convicted Ada Lund of fraud on March 14.",
            2,
        ),
        (
            "The mayor of Karsk, Ada Lund, was killed on March 14.",
            "The mayor of Karsk, Ada Lund, was not killed on March 14.",
            2,
        ),
        (
            "Police in Karsk arrested Ada Lund on March 14.",
            "Police in Karsk arrested Per Holm on March 14.",
            2,
        ),
        (
            "A court in Karsk convicted Ada Lund of fraud on March 14.",
            "Ada Lund was convicted on March 14 of fraud in Karsk.",
            1,
        ),
    ];
    for (a, b, events) in cases {
        let found = pair((a, day), (b, day));
        assert_eq!(found.len(), events, "{a} {b} {found:#?}");
    }
}

#[test]
fn one_fate_with_two_days_is_flagged() {
    let first = "Police in Karsk arrested Ada Lund on March 14.";
    let found = pair(
        (first, "March 14"),
        ("Ada Lund was detained at home on March 15.", "March 15"),
    );
    assert!(
        found.iter().all(|event| event.conflicts.len() == 1),
        "{found:#?}"
    );
    let found = pair(
        (first, "March 14"),
        ("Per Holm was detained at home on March 15.", "March 15"),
    );
    assert!(
        found.iter().all(|event| event.conflicts.is_empty()),
        "{found:#?}"
    );
}
