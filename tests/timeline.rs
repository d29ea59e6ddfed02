//! What is one event and what is not, from plain articles to the timeline.
#![allow(clippy::unwrap_used)]

use dateline::annotate::annotate;
use dateline::article::{Article, ArticleId, ContentHash, DateHint, DateHintKind};
use dateline::text::Origin;
use dateline::timeline::{Event, State};
use std::sync::Arc;

/// The timeline of articles, each with its day of publication and its text.
fn timeline(articles: &[(&str, &str)]) -> Vec<Arc<Event>> {
    let batch: Vec<_> = articles
        .iter()
        .enumerate()
        .map(|(at, (day, text))| {
            let mut made = Article {
                id: Some(ArticleId::new(format!("a{at}"))),
                hash: ContentHash::of(text.as_bytes()),
                text: (*text).to_owned(),
                origin: Origin::verbatim(),
                ..Article::default()
            };
            made.hints.dates.push(DateHint {
                kind: DateHintKind::Given,
                name: "published".into(),
                raw: (*day).to_owned(),
                line: None,
            });
            Arc::new(annotate(Arc::new(made), None))
        })
        .collect();
    let mut state = State::default();
    state.fold(&batch);
    state.events(&())
}

/// Events of one day, each with its standing and how many sentences tell it.
fn on<'a>(events: &'a [Arc<Event>], day: &str) -> Vec<(&'a str, Option<&'static str>, usize)> {
    events
        .iter()
        .filter(|event| event.date.to_string() == day)
        .map(|event| (event.text.as_str(), event.standing(), event.mentions.len()))
        .collect()
}

#[test]
fn a_plan_and_what_came_of_it_are_one_event() {
    let events = timeline(&[
        (
            "2033-05-17",
            "Storm floods Kessock\n\nThe river rose in Kessock on Tuesday. Governor Lena Hartwell is due to visit Kessock on Friday.",
        ),
        (
            "2033-05-21",
            "Governor in Kessock\n\nThe river has fallen. Governor Lena Hartwell visited Kessock on Friday, and gave out blankets.",
        ),
    ]);
    let found = on(&events, "2033-05-20");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].1, found[0].2), (None, 2), "{found:?}");
}

#[test]
fn a_plan_that_is_dropped_is_called_off() {
    let events = timeline(&[
        (
            "2033-05-17",
            "Storm floods Kessock\n\nThe river rose in Kessock on Tuesday. Governor Lena Hartwell is due to visit Kessock on Friday.",
        ),
        (
            "2033-05-19",
            "Roads cut in Kessock\n\nThe river went on rising. Governor Lena Hartwell cancelled a visit to Kessock planned for Friday.",
        ),
    ]);
    let found = on(&events, "2033-05-20");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].1, found[0].2),
        (Some("called off"), 2),
        "{found:?}"
    );
}

#[test]
fn what_was_more_than_once_is_no_day() {
    let events = timeline(&[
        (
            "2031-02-02",
            "Minister denies claims\n\nThe town is small. Fergal Roche met the developer Kevin Shaw four times in 2030.",
        ),
        (
            "2031-02-05",
            "Diary found\n\nThe town is small. Fergal Roche met the developer Kevin Shaw on 3 May 2030 at a hotel.",
        ),
    ]);
    assert_eq!(on(&events, "2030").len(), 1, "{events:?}");
    assert_eq!(on(&events, "2030-05-03").len(), 1, "{events:?}");
}

#[test]
fn one_person_meets_two_on_one_day() {
    let events = timeline(&[(
        "2031-02-06",
        "Busy day\n\nThe town is small. On Wednesday Fergal Roche met the developer Kevin Shaw at a hotel in Cork. \
         Later on Wednesday Fergal Roche met the lawyer Maeve Quinn at her house.",
    )]);
    let found = on(&events, "2031-02-05");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_fate_of_a_month_joins_its_day() {
    let events = timeline(&[
        (
            "2029-04-21",
            "Crowe guilty\n\nThe hall was full. Martin Crowe was convicted of bribery on Friday by a jury of seven.",
        ),
        (
            "2030-11-12",
            "Crowe loses appeal\n\nThe hall was full. Martin Crowe, the former mayor convicted of bribery in April 2029, lost his appeal on Monday.",
        ),
    ]);
    let found = on(&events, "2029-04-20");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].2, 2, "{found:?}");
    assert_eq!(on(&events, "2030-11-11").len(), 1, "{events:?}");
}

#[test]
fn what_somebody_is_accused_of_is_not_of_the_day_of_the_report() {
    let events = timeline(&[(
        "2031-02-06",
        "Mayor in court\n\nMartin Crowe took bribes from a builder in Cork, prosecutors said.",
    )]);
    let bribes = events.iter().find(|event| event.text.contains("bribes"));
    assert!(
        bribes.is_some_and(|event| !event.date.is_dated()),
        "{events:?}"
    );
}

#[test]
fn what_goes_on_is_no_plan() {
    let events = timeline(&[(
        "2029-03-05",
        "Bridge stays shut\n\nThe town is small. The rain went on. The Kessock bridge has been closed since 20 February and will remain so.",
    )]);
    let shut = events.iter().find(|event| event.text.contains("closed"));
    assert!(
        shut.is_some_and(|event| event.standing().is_none()),
        "{events:?}"
    );
}
