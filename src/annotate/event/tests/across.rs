//! What one clause or sentence tells of another: days, bounds, names.

use super::{article, day};
use crate::annotate::event::extract;
use crate::annotate::{EntityKind, EventBasis, LocalEntity, Mention};
use crate::text::Span;
use crate::when::Interval;

/// The date of the mention that says `needle`, where the vote is dated May 3.
fn placed(text: &str, needle: &str) -> (String, EventBasis) {
    let vote = ("May 3", "2022-05-03", day("2022-05-03"));
    let two = ("Two weeks", "P2W", Interval::UNDATED);
    let four = ("Four days", "P4D", Interval::UNDATED);
    let all = [vote, two, four];
    let used: Vec<_> = all
        .into_iter()
        .filter(|(words, ..)| text.contains(words))
        .collect();
    let mut article = article(text, &used);
    // Sentences of the text, each its own.
    let from = article.sentences.pop().unwrap();
    let full = article.text().to_owned();
    let first = from.start as usize;
    let mut start = first;
    for (at, _) in full.match_indices(". ").filter(|(at, _)| *at > first) {
        article.sentences.push(Span::new(start, at + 1));
        start = at + 2;
    }
    article.sentences.push(Span::new(start, full.len()));
    article.timexes.sort_by_key(|timex| timex.span.start);
    let made = extract(&article);
    let found = made
        .iter()
        .find(|mention| mention.span.of(&full).contains(needle));
    found.map_or((String::new(), EventBasis::None), |mention| {
        (mention.date.to_string(), mention.basis)
    })
}

#[test]
fn another_event_bounds_what_names_it() {
    const VOTE: &str = "The town voted on May 3 to close the pier.";
    let cases = [
        (
            "Shortly after the vote, Ada Lund marched to the hall.",
            "marched",
            "2022-05-03..2022-05-17",
        ),
        (
            "Ada Lund resigned after the vote.",
            "resigned",
            "2022-05-03..2022-06-10",
        ),
        (
            "Four days after the vote, Ada Lund resigned.",
            "resigned",
            "2022-05-07",
        ),
        (
            "Two weeks before the vote, police had arrested Ada Lund.",
            "arrested",
            "2022-04-16..2022-04-22",
        ),
        (
            "Police arrested Ada Lund during the disputed vote.",
            "arrested",
            "2022-05-03",
        ),
        ("Since the vote, Ada Lund has fled.", "fled", "2022-05-03.."),
        (
            "Police had arrested Ada Lund before the vote.",
            "arrested",
            "..2022-05-02",
        ),
        // Another vote, or none that anybody dates.
        (
            "Police had arrested Ada Lund before the previous vote.",
            "arrested",
            "undated",
        ),
        (
            "Shortly after the quake, Ada Lund resigned.",
            "resigned",
            "undated",
        ),
        (
            "Police had arrested Ada Lund before a vote.",
            "arrested",
            "undated",
        ),
    ];
    for (text, needle, date) in cases {
        let (found, basis) = placed(
            &format!("{VOTE} It was late. Nobody slept that long. {text}"),
            needle,
        );
        assert_eq!(found, date, "{text}");
        let bounded = date != "undated";
        assert_eq!(basis == EventBasis::Carried, bounded, "{text}");
    }
    let (found, _) = placed(
        "The town voted on May 3 to close the pier. It was late. Ada Lund slept. A vote followed. Shortly after the vote, Ada Lund marched to the hall.",
        "marched",
    );
    assert_eq!(found, "2022-05-03..2022-05-17");
}

#[test]
fn a_plan_sets_no_day_for_what_comes_next() {
    let june = ("June 20", "2022-06-20", day("2022-06-20"));
    let mut article = article(
        "Ada Lund will resign on June 20. Police arrested her brother in the pier.",
        &[june],
    );
    let from = article.sentences.pop().unwrap();
    let cut = article.text().find(" Police").unwrap();
    article.sentences.extend([
        Span::new(from.start as usize, cut),
        Span::new(cut + 1, from.end as usize),
    ]);
    let made = extract(&article);
    let arrest = made
        .iter()
        .find(|mention| mention.span.of(article.text()).contains("arrested"));
    assert!(
        arrest.is_none_or(|mention| !mention.date.is_dated()),
        "{made:?}"
    );
}

#[test]
fn a_clause_with_when_dates_the_clause_beside_it() {
    let cases = [
        (
            "Nine people died when the pier fell on May 3.",
            "died",
            "2022-05-03",
        ),
        (
            "When the pier fell on May 3, nine people died.",
            "died",
            "2022-05-03",
        ),
        // A state, a plan and somebody's words are of another time.
        (
            "Ada Lund was a child when the pier fell on May 3.",
            "child",
            "",
        ),
        (
            "Ada Lund will resign when the pier opens on May 3.",
            "resign",
            "",
        ),
    ];
    for (text, needle, date) in cases {
        let (found, basis) = placed(text, needle);
        let found = if basis == EventBasis::Timex {
            found
        } else {
            String::new()
        };
        assert_eq!(found, date, "{text}");
    }
}

/// Entities of the mention that says `needle`, where Ada Lund is entity 0 and Per Holm 1.
fn taking_part(text: &str, needle: &str) -> Vec<u32> {
    let mut article = article(text, &[("May 3", "2022-05-03", day("2022-05-03"))]);
    let full = article.text().to_owned();
    let from = article.sentences.pop().unwrap().start as usize;
    let cut = from + text.find(". ").unwrap() + 1;
    article.sentences.push(Span::new(from, cut));
    article.sentences.push(Span::new(cut + 1, full.len()));
    for (name, kind) in [
        ("Per Holm", EntityKind::Person),
        ("Holm Salt", EntityKind::Org),
    ] {
        let entity = article.entities.len() as u32;
        article.entities.push(LocalEntity {
            kind,
            name: name.to_owned(),
        });
        for (at, _) in full.match_indices(name) {
            let span = Span::new(at, at + name.len());
            article.mentions.push(Mention { span, kind, entity });
        }
    }
    article.mentions.sort_by_key(|mention| mention.span.start);
    let made = extract(&article);
    let found = made
        .into_iter()
        .find(|mention| mention.span.of(&full).contains(needle));
    found.unwrap().entities
}

#[test]
fn a_pronoun_stands_for_the_only_name_before_it() {
    let cases: [(&str, &[u32]); 6] = [
        (
            "The town follows its mayor Ada Lund. The mayor resigned in the hall on May 3.",
            &[0],
        ),
        (
            "The mayor is Ada Lund. She resigned in the hall on May 3.",
            &[0],
        ),
        // Either could be meant.
        (
            "Ada Lund saw Per Holm. He resigned in the hall on May 3.",
            &[],
        ),
        (
            "The mine belongs to Holm Salt. The company resigned its lease on May 3.",
            &[2],
        ),
        (
            "Ada Lund works for Holm Salt. The company resigned its lease on May 3.",
            &[2],
        ),
        (
            "The mine belongs to Holm Salt. The company's head resigned from it on May 3.",
            &[],
        ),
    ];
    for (text, entities) in cases {
        assert_eq!(taking_part(text, "resigned"), entities, "{text}");
    }
}
