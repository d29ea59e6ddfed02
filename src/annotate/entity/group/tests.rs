use super::*;
use crate::article::Article;
use std::sync::Arc;

/// An article whose names are given as `[PERSON Grace Okafor]`; every line is a sentence.
fn article(marked: &str) -> (Annotated, Vec<(Span, EntityKind)>) {
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
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        sentences.push(Span::new(start, start + line.len()));
        start += line.len();
    }
    let mut made = Annotated::new(Arc::new(Article {
        text,
        ..Article::default()
    }));
    made.sentences = sentences;
    (made, tagged)
}

/// Entities as `KIND name: surface, surface`.
fn grouped(marked: &str) -> Vec<String> {
    let (article, tagged) = article(marked);
    let (mentions, entities) = group(&article, tagged);
    entities
        .iter()
        .enumerate()
        .map(|(i, entity)| {
            let of: Vec<&str> = mentions
                .iter()
                .filter(|m| m.entity == i as u32)
                .map(|m| m.span.of(article.text()))
                .collect();
            format!("{} {}: {}", entity.kind.name(), entity.name, of.join(", "))
        })
        .collect()
}

#[test]
fn surnames_initials_and_titles_are_one_person() {
    assert_eq!(
        grouped(
            "[PERSON Okafor] resigns\n[PERSON Minister Grace Okafor] spoke.\n\
             [ORG Okafor's] aide said [PERSON G. Okafor] and [PERSON Mrs. Okafor] agreed."
        ),
        ["PERSON Grace Okafor: Okafor, Grace Okafor, Okafor, G. Okafor, Okafor"]
    );
}

#[test]
fn a_shared_surname_goes_to_the_person_named_last() {
    assert_eq!(
        grouped(
            "[PERSON Tom Reyes] won.\n[PERSON Reyes] smiled.\n[PERSON Ada Reyes] lost.\n\
             [PERSON Reyes] left."
        ),
        [
            "PERSON Tom Reyes: Tom Reyes, Reyes",
            "PERSON Ada Reyes: Ada Reyes, Reyes"
        ]
    );
    assert_eq!(
        grouped("[PERSON Tom Reyes] met [PERSON Ada Reyes].\n[PERSON Reyes] left.").len(),
        3,
        "two of one sentence leave a bare surname open"
    );
}

#[test]
fn given_names_in_short_form_are_one_person_and_others_are_not() {
    assert_eq!(
        grouped("[PERSON Joseph Marlow] is [PERSON Joe Marlow].").len(),
        1
    );
    assert_eq!(
        grouped("[PERSON Joseph Marlow] met [PERSON Anna Marlow].").len(),
        2
    );
    assert_eq!(
        grouped("[PERSON Ana B. Cruz] met [PERSON Ana D. Cruz].").len(),
        2
    );
}

#[test]
fn acronyms_meet_their_long_form() {
    assert_eq!(
        grouped(
            "[ORG Office for Tides and Currents in Europe] ([MISC OTCE]) met.\n[ORG OTCE] left \
             the [PLACE U.S.], the [PLACE United States]."
        ),
        [
            "ORG Office for Tides and Currents in Europe: \
             Office for Tides and Currents in Europe, OTCE, OTCE",
            "PLACE United States: U.S., United States"
        ]
    );
}

#[test]
fn a_long_form_tagged_with_its_acronym_is_two_mentions() {
    assert_eq!(
        grouped("[ORG Bureau of Inland Canals (BIC)] and [ORG BIC]"),
        ["ORG Bureau of Inland Canals: Bureau of Inland Canals, BIC, BIC"]
    );
}

#[test]
fn short_forms_of_organizations() {
    assert_eq!(
        grouped(
            "[ORG UN Tide Council] sat.\nThe [ORG Tide Council] voted, the [ORG Council] said.\n\
             [ORG Norvik] and [ORG Norvik Group] and [NORP Danes] and a [NORP Dane]."
        ),
        [
            "ORG UN Tide Council: UN Tide Council, Tide Council, Council",
            "ORG Norvik Group: Norvik, Norvik Group",
            "NORP Danes: Danes, Dane",
        ]
    );
}

#[test]
fn hostile_input_gives_nothing_and_does_not_fail() {
    assert!(grouped("[PERSON ...] [ORG ''s] [PLACE  ]").is_empty());
    let many = "[PERSON Li Wu] [PERSON Wu] [ORG A B C] [ORG ABC]".repeat(500);
    assert_eq!(grouped(&many).len(), 2);
}

#[test]
fn a_name_cut_in_two_is_known_whole() {
    assert_eq!(
        grouped("At the [ORG United] Nations’ seat and the [ORG United] Ferries pier."),
        ["ORG United Nations: United Nations", "ORG United: United"]
    );
}

#[test]
fn the_rest_of_an_office_is_no_part_of_a_name() {
    assert_eq!(
        grouped("Secretary of [ORG State Reyes] met the secretary of [ORG State University]."),
        [
            "PERSON Reyes: Reyes",
            "ORG State University: State University"
        ]
    );
}

#[test]
fn known_acronyms_are_names_outside_of_capitals() {
    assert_eq!(
        grouped("He told ICRC that [PERSON Reyes] left.\nNATO MEETS"),
        ["ORG ICRC: ICRC", "PERSON Reyes: Reyes"]
    );
}
