//! What is told as planned, as denied, and what only dates the report.

use super::{article, day};
use crate::annotate::event::{extract, trigger};

const MAY: (&str, &str) = ("May 3", "2022-05-03");

/// Day, "planned" and "denied" of what the sentence `text` tells with the expression May 3.
fn told(text: &str) -> Vec<(String, bool, bool)> {
    let made = article(text, &[(MAY.0, MAY.1, day(MAY.1))]);
    let events = extract(&made);
    events
        .iter()
        .filter(|mention| mention.timex.is_some())
        .map(|mention| {
            let denied = trigger(&made, mention).denied;
            (mention.date.to_string(), mention.planned, denied)
        })
        .collect()
}

#[test]
fn what_did_not_happen_is_denied() {
    for (text, planned, denied) in [
        ("The deal was not signed by Ada Lund on May 3.", false, true),
        ("No deal was signed by Ada Lund on May 3.", false, true),
        ("Ada Lund never met the envoy on May 3.", false, true),
        (
            "Ada Lund said the meeting of May 3 never took place.",
            false,
            true,
        ),
        ("Ada Lund cancelled a trip planned for May 3.", true, true),
        (
            "Strikes planned for May 3 were called off by Ada Lund.",
            true,
            true,
        ),
        ("Walkouts planned for May 3 did not go ahead.", true, true),
        ("Ada Lund planned a march for May 3.", true, false),
        (
            "The ruling of Ada Lund was put off until May 3.",
            true,
            false,
        ),
        // These happened.
        ("Ada Lund not only signed the deal on May 3.", false, false),
        ("Ada Lund did not say whom she met on May 3.", false, false),
        (
            "Ada Lund denied having spoken at the May 3 meeting.",
            false,
            false,
        ),
        ("Ada Lund signed the deal on May 3.", false, false),
        ("The strike of May 3 cancelled many trains.", false, false),
    ] {
        let found = told(text);
        let wanted = ("2022-05-03".to_owned(), planned, denied);
        assert!(found.contains(&wanted), "{text} {found:?}");
        let other = found
            .iter()
            .any(|(_, was_planned, was_denied)| (*was_planned, *was_denied) != (planned, denied));
        assert!(!other, "{text} {found:?}");
    }
}

#[test]
fn the_date_of_a_dateline_is_no_event() {
    for text in [
        "RIGA, May 3 - Ada Lund resigned and left the hall.",
        "RIGA, Latvia, May 3 (Wire) -- Ada Lund resigned and left the hall.",
        "Riga, May 3: Ada Lund resigned and left the hall.",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
    assert_eq!(
        told("Ada Lund, on May 3, resigned - and left the hall.").len(),
        1
    );
}

#[test]
fn what_is_set_aside_keeps_its_date() {
    let found = told("A diary shows that Ada Lund met him despite her denial on May 3.");
    assert_eq!(found, []);
}
