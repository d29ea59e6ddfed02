//! One sentence, one expression: what it dates and how.

mod across;
mod standing;

use super::extract;
use crate::annotate::timex::{Signal, Timex, TimexKind};
use crate::annotate::{
    Annotated, Block, EntityKind, EventBasis, EventKind, LocalEntity, Mention, Published, Role,
};
use crate::article::Article;
use crate::text::Span;
use crate::when::Interval;
use std::sync::Arc;

/// An article of 10 June 2022 whose text is `text` after two sentences of lead.
fn article(text: &str, timexes: &[(&str, &str, Interval)]) -> Annotated {
    const LEAD: &str = "It rained in the hills. It was cold in the hills. ";
    let full = format!("{LEAD}{text}");
    let mut made = Annotated::new(Arc::new(Article {
        text: full.clone(),
        ..Article::default()
    }));
    made.published = Published {
        interval: day("2022-06-10"),
        ..Published::default()
    };
    made.blocks.push(Block {
        span: Span::new(0, full.len()),
        role: Role::Body,
    });
    made.sentences = vec![
        Span::new(0, 23),
        Span::new(24, 49),
        Span::new(LEAD.len(), full.len()),
    ];
    for (words, value, interval) in timexes {
        let start = full.find(words).unwrap();
        made.timexes.push(Timex {
            span: Span::new(start, start + words.len()),
            kind: if value.starts_with('P') {
                TimexKind::Duration
            } else {
                TimexKind::Date
            },
            value: (*value).to_owned(),
            interval: *interval,
            rule: "test".into(),
            signal: Signal::None,
        });
    }
    made.entities.push(LocalEntity {
        kind: EntityKind::Person,
        name: "Ada Lund".to_owned(),
    });
    for (at, name) in full.match_indices("Ada Lund") {
        made.mentions.push(Mention {
            span: Span::new(at, at + name.len()),
            kind: EntityKind::Person,
            entity: 0,
        });
    }
    made
}

fn day(text: &str) -> Interval {
    Interval::day(text.parse().unwrap())
}

#[test]
fn each_preposition_has_its_interval() {
    let may = ("May 3", "2022-05-03", day("2022-05-03"));
    let june = ("June 20", "2022-06-20", day("2022-06-20"));
    let year = ("1998", "1998", Interval::year(1998));
    let cases: [(&str, _, &str, EventKind, bool); 9] = [
        (
            "Ada Lund signed the treaty on May 3.",
            may,
            "2022-05-03",
            EventKind::Event,
            false,
        ),
        (
            "Ada Lund has led the town since 1998.",
            year,
            "1998-01-01..",
            EventKind::State,
            false,
        ),
        (
            "Ada Lund left the town before May 3.",
            may,
            "..2022-05-02",
            EventKind::Event,
            false,
        ),
        (
            "Ada Lund left the town after May 3.",
            may,
            "2022-05-03..",
            EventKind::Event,
            false,
        ),
        (
            "Ada Lund left the town shortly after May 3.",
            may,
            "2022-05-03..2022-05-17",
            EventKind::Event,
            false,
        ),
        (
            "Ada Lund will visit the town on June 20.",
            june,
            "2022-06-20",
            EventKind::Event,
            true,
        ),
        (
            "Ada Lund is to resign by June 20.",
            june,
            "..2022-06-20",
            EventKind::Event,
            true,
        ),
        (
            "Ada Lund spoke again after the May 3 vote.",
            may,
            "2022-05-03",
            EventKind::Event,
            false,
        ),
        (
            "Ada Lund has marched for five weeks.",
            ("five weeks", "P5W", Interval::UNDATED),
            "2022-05-06..",
            EventKind::State,
            false,
        ),
    ];
    for (text, timex, date, kind, planned) in cases {
        let article = article(text, &[timex]);
        let found: Vec<_> = extract(&article)
            .into_iter()
            .filter(|mention| mention.basis == EventBasis::Timex)
            .map(|mention| (mention.date.to_string(), mention.kind, mention.planned))
            .collect();
        assert_eq!(found, [(date.to_owned(), kind, planned)], "{text}");
    }
}

#[test]
fn what_compares_or_could_be_is_no_event() {
    let year = ("1998", "1998", Interval::year(1998));
    for text in [
        "Ada Lund is the first mayor since 1998.",
        "Ada Lund could have won in 1998.",
    ] {
        assert!(
            extract(&article(text, &[year]))
                .iter()
                .all(|mention| mention.basis != EventBasis::Timex),
            "{text}"
        );
    }
}

#[test]
fn what_lasted_for_years_is_a_state() {
    let years = [
        ("1998", "1998", Interval::year(1998)),
        ("2003", "2003", Interval::year(2003)),
    ];
    let made = extract(&article("From 1998 to 2003 the pier was closed.", &years));
    let kinds: Vec<_> = made
        .iter()
        .map(|mention| (mention.kind, mention.date.to_string()))
        .collect();
    assert_eq!(
        kinds,
        [(EventKind::State, "1998-01-01..2003-12-31".to_owned())]
    );
}

#[test]
fn a_state_begins_with_since_and_ends_where_it_is_past() {
    let year = ("1998", "1998", Interval::year(1998));
    let cases = [
        (
            "Ada Lund has owned most of the harbour since 1998.",
            "1998-01-01..",
        ),
        (
            "Ada Lund had owned the harbour since 1998.",
            "1998-01-01..2022-06-10",
        ),
    ];
    for (text, date) in cases {
        let made = extract(&article(text, &[year]));
        let state = made.iter().find(|mention| mention.kind == EventKind::State);
        let found = state.map(|mention| mention.date.to_string());
        assert_eq!(found.as_deref(), Some(date), "{text}");
    }
}

#[test]
fn a_stretch_with_two_ends_is_one_range() {
    let article = article(
        "Ada Lund was held in jail from May 3 to May 9.",
        &[
            ("May 3", "2022-05-03", day("2022-05-03")),
            ("May 9", "2022-05-09", day("2022-05-09")),
        ],
    );
    let dates: Vec<_> = extract(&article)
        .iter()
        .filter(|mention| mention.basis == EventBasis::Timex)
        .map(|mention| mention.date.to_string())
        .collect();
    assert_eq!(dates, ["2022-05-03..2022-05-09"]);
}

#[test]
fn no_text_breaks_it() {
    use proptest::prelude::*;
    proptest!(|(text in "[ -~\u{2018}-\u{201d}éß—]{0,80}", cut in 0usize..80)| {
        let end = text.char_indices().nth(cut).map_or(text.len(), |(at, _)| at);
        let mut made = article("Ada Lund won.", &[]);
        made.article = Arc::new(Article { text: text.clone(), ..Article::default() });
        made.sentences = vec![Span::new(0, end), Span::new(end, text.len())];
        made.timexes.push(Timex {
            span: Span::new(0, end),
            kind: TimexKind::Date,
            value: "2022-05-03".to_owned(),
            interval: day("2022-05-03"),
            rule: "test".into(),
            signal: Signal::None,
        });
        for mention in extract(&made) {
            prop_assert!(text.get(mention.span.range()).is_some());
        }
    });
}
