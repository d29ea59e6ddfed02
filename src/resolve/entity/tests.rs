use super::*;
use crate::annotate::entity::group;
use crate::annotate::{Annotated, EntityKind};
use crate::article::{Article, ArticleId, ContentHash};
use crate::text::Span;
use std::collections::BTreeMap;

mod many;

/// An article whose names are marked: `[PERSON Grace Okafor] spoke.`
pub(super) fn article(id: &str, marked: &str) -> Arc<Annotated> {
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
    tagged_article(id, &text, tagged)
}

fn tagged_article(id: &str, text: &str, tagged: Vec<(Span, EntityKind)>) -> Arc<Annotated> {
    let mut made = Annotated::new(Arc::new(Article {
        id: Some(ArticleId::new(id)),
        hash: ContentHash::of(id.as_bytes()),
        text: text.to_owned(),
        ..Article::default()
    }));
    made.sentences = vec![Span::new(0, text.len())];
    (made.mentions, made.entities) = group(&made, tagged);
    Arc::new(made)
}

fn fold(articles: &[Arc<Annotated>]) -> State {
    let mut state = State::default();
    state.fold(articles);
    state
}

/// Entities as `KIND name = variant = variant ? variant`, without the name itself.
fn shown(state: &State) -> Vec<String> {
    let mut all: Vec<String> = state
        .entities()
        .iter()
        .map(|entity| {
            let mut line = format!("{} {}", entity.kind.name(), entity.name);
            let mut texts: Vec<_> = entity
                .variants
                .iter()
                .filter(|v| v.text != entity.name)
                .collect();
            texts.sort_by_key(|v| &v.text);
            for variant in texts {
                let mark = if variant.status == Status::Sure {
                    "="
                } else {
                    "?"
                };
                line += &[" ", mark, " ", &variant.text].concat();
            }
            line
        })
        .collect();
    all.sort();
    all
}

/// An invented story with one woman in many spellings, her namesake and two places.
fn story() -> Vec<Arc<Annotated>> {
    [
        ("a", "Opposition leader [PERSON Yulia Zhelezhnaya] left [PLACE Tarsk] for [PLACE Ostov], said [ORG Radio Volna]. [PERSON Zhelezhnaya] spoke."),
        ("b", "Opposition leader [PERSON Julija Zelezhnaya] is in [PLACE Ostov], [ORG Radio Volna] reports from [PLACE Tarsk]."),
        ("c", "Opposition leader [PERSON Jelezhnaya] told [ORG Radio Volna] in [PLACE Ostov] that [PLACE Tarsk] is calm. [PERSON Zhelezhnaia] said so."),
        ("d", "[PERSON Anton Zhelezhny], a baker, won a prize in [PLACE Lowell] in the [PLACE U.S.]."),
        ("e", "The [ORG Office for Tides and Currents in Europe] ([ORG OTCE]) met in the [PLACE United States]."),
        ("f", "[ORG OTCE] is late, said [PERSON Zhelezhnaya] of [ORG Radio Volna] in [PLACE Ostov]."),
    ]
    .iter()
    .map(|(id, text)| article(id, text))
    .collect()
}

#[test]
fn all_spellings_of_one_name_are_one_entity() {
    let state = fold(&story());
    assert_eq!(
        shown(&state),
        [
            "ORG Office for Tides and Currents in Europe = OTCE",
            "ORG Radio Volna",
            "PERSON Anton Zhelezhny",
            "PERSON Julija Zelezhnaya = Jelezhnaya = Yulia Zhelezhnaya = Zhelezhnaia = Zhelezhnaya",
            "PLACE Lowell",
            "PLACE Ostov",
            "PLACE Tarsk",
            "PLACE United States = U.S.",
        ]
    );
    for entity in state.entities() {
        for variant in &entity.variants {
            println!("{} {:?} {}", variant.text, variant.status, variant.reason);
            assert!(!variant.reason.is_empty(), "{}", variant.text);
        }
    }
}

#[test]
fn different_people_of_one_surname_stay_apart() {
    let state = fold(&[
        article(
            "a",
            "[PERSON Tom Reyes] of [ORG Norvik] in [PLACE Lowell]. [PERSON Reyes] spoke.",
        ),
        article(
            "b",
            "[PERSON Ada Reyes] sings in [PLACE Tarsk] with [PERSON Li Wu].",
        ),
        article("c", "[PERSON Reyes] met [PERSON Li Wu] in [PLACE Tarsk]."),
        article("d", "[PERSON Reyes] won."),
        article("e", "[PERSON Anna Sokolova] and [PERSON Anna Sokolov]."),
    ]);
    let names = shown(&state);
    assert!(
        names.contains(&"PERSON Ada Reyes ? Reyes".to_owned()),
        "{names:?}"
    );
    assert!(
        names.contains(&"PERSON Tom Reyes = Reyes".to_owned()),
        "{names:?}"
    );
    assert!(
        names.contains(&"PERSON Reyes".to_owned()),
        "nothing tells who it is: {names:?}"
    );
    assert!(
        names.contains(&"PERSON Anna Sokolov".to_owned()),
        "{names:?}"
    );
}

#[test]
fn decisions_win() {
    let kind = EntityKind::Person;
    let mut state = State::new(vec![
        Decision::Merge(kind, "Anton Zhelezhny".into(), "Yulia Zhelezhnaya".into()),
        Decision::Split(kind, "Jelezhnaya".into(), None),
        Decision::Hide(EntityKind::Place, "Lowell".into(), None),
        Decision::Kind(EntityKind::Org, "Radio Volna".into(), EntityKind::Misc),
    ]);
    state.fold(&story());
    let names = shown(&state);
    assert!(
        names
            .iter()
            .any(|n| n.contains("Yulia Zhelezhnaya") && n.contains("= Anton Zhelezhny")),
        "{names:?}"
    );
    assert!(names.contains(&"PERSON Jelezhnaya".to_owned()), "{names:?}");
    assert!(names.contains(&"MISC Radio Volna".to_owned()), "{names:?}");
    assert!(!names.iter().any(|n| n.contains("Lowell")), "{names:?}");
}

#[test]
fn a_name_is_hidden_in_one_article_only() {
    let articles = story();
    let ostov = |state: &State| {
        let all = state.entities();
        all.into_iter().find(|entity| entity.name == "Ostov")
    };
    let whole = ostov(&fold(&articles)).unwrap();
    // Each in turn, so that the one that gives the entity its id is among them.
    for article in articles.iter().filter(|a| whole.articles.contains(&a.id())) {
        let hash = Some(article.article.hash);
        // Its kind there may be another than the one that it has on the whole.
        let kind = if article.id().as_str() == "a" {
            EntityKind::Place
        } else {
            EntityKind::Org
        };
        let mut state = State::new(vec![Decision::Hide(kind, "Ostov".into(), hash)]);
        state.fold(&articles);
        let local = article.entities.iter().position(|e| e.name == "Ostov");
        assert_eq!(state.entity_of(&article.id(), local.unwrap() as u32), None);
        let left = ostov(&state).unwrap();
        assert_eq!(left.id, whole.id, "it is the same one still");
        assert_eq!(left.articles.len() + 1, whole.articles.len());
        assert!(!left.articles.contains(&article.id()));
        assert!(left.mentions < whole.mentions);
    }
}

#[test]
fn order_and_batches_do_not_matter() {
    let articles = story();
    let whole = fold(&articles).entities();
    let mut order: Vec<usize> = (0..articles.len()).collect();
    for turn in 0..24 {
        // A fixed walk through many orders.
        order.rotate_left(1 + turn % 3);
        let swap = turn % order.len();
        order.swap(0, swap);
        for size in 1..=articles.len() {
            let mut state = State::default();
            for batch in order.chunks(size) {
                let batch: Vec<_> = batch.iter().map(|i| articles[*i].clone()).collect();
                state.fold(&batch);
            }
            assert_eq!(
                state.entities(),
                whole,
                "order {order:?}, batches of {size}"
            );
        }
    }
}

#[test]
fn an_article_folded_again_replaces_what_it_said() {
    let articles = story();
    let mut state = fold(&articles);
    let other = article("d", "[PERSON Bo Lind] of [ORG OTCE].");
    let changed = state.fold(std::slice::from_ref(&other));
    let mut fresh = articles;
    fresh[3] = other.clone();
    assert_eq!(state.entities(), fold(&fresh).entities());
    assert!(!changed.is_empty());
    assert!(
        state.fold(&[other]).is_empty(),
        "the same again changes nothing"
    );
}

#[test]
fn ids_lead_from_articles_to_entities() {
    let articles = story();
    let state = fold(&articles);
    for article in &articles {
        for local in 0..article.entities.len() as u32 {
            let id = state.entity_of(&article.id(), local).unwrap();
            let entity = state.entities().into_iter().find(|e| e.id == id).unwrap();
            assert!(entity.articles.contains(&article.id()));
        }
    }
    let ids: Vec<_> = state.entities().iter().map(|e| e.id.clone()).collect();
    let mut more = articles;
    more.push(article("z", "[PERSON Kofi Mensah] runs."));
    let grown: Vec<_> = fold(&more)
        .entities()
        .iter()
        .map(|e| e.id.clone())
        .collect();
    assert!(
        ids.iter().all(|id| grown.contains(id)),
        "an article more changes no other id"
    );
}

/// The real articles with their gold mentions: how many pairs of mentions are put together right.
#[test]
fn gold_mentions_of_the_seeds() {
    let shared = std::env::var("DATELINE_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let Ok(gold) = std::fs::read_to_string(format!("{shared}/seeds/gold/entities.json")) else {
        eprintln!("skipped: no {shared}");
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let mut wanted: BTreeMap<String, Vec<(String, EntityKind, usize)>> = BTreeMap::new();
    for (number, entity) in gold["entities"].as_array().unwrap().iter().enumerate() {
        let kind = EntityKind::ALL
            .into_iter()
            .find(|k| k.name() == entity["type"])
            .unwrap();
        for (file, names) in entity["mentions"].as_object().unwrap() {
            for name in names.as_array().unwrap() {
                wanted.entry(file.clone()).or_default().push((
                    name.as_str().unwrap().to_owned(),
                    kind,
                    number,
                ));
            }
        }
    }
    let mut articles = Vec::new();
    for (file, names) in &mut wanted {
        let text = std::fs::read_to_string(format!("{shared}/seeds/articles/{file}")).unwrap();
        names.sort_by_key(|(name, _, _)| std::cmp::Reverse(name.len()));
        let mut tagged: Vec<(Span, EntityKind)> = Vec::new();
        for (name, kind, _) in names.iter() {
            for (at, _) in text.match_indices(name.as_str()) {
                let span = Span::new(at, at + name.len());
                let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                if tagged.iter().all(|(other, _)| !other.overlaps(span))
                    && !inside(text[..at].chars().next_back())
                    && !inside(text[at + name.len()..].chars().next())
                {
                    tagged.push((span, *kind));
                }
            }
        }
        tagged.sort();
        articles.push(tagged_article(file, &text, tagged));
    }
    let state = fold(&articles);
    let mut where_is: BTreeMap<(&str, &str), EntityId> = BTreeMap::new();
    let entities = state.entities();
    for entity in &entities {
        for variant in &entity.variants {
            for article in &variant.articles {
                where_is.insert((article.as_str(), &variant.text), entity.id.clone());
            }
        }
        if entity.variants.len() > 1 {
            println!("{} {}", entity.kind.name(), entity.name);
            for v in &entity.variants {
                println!("    {:?} {}: {}", v.status, v.text, v.reason);
            }
        }
    }
    let keys: Vec<(Option<&EntityId>, usize)> = wanted
        .iter()
        .flat_map(|(file, names)| names.iter().map(move |n| (file, n)))
        .map(|(file, (name, _, number))| (where_is.get(&(file.as_str(), name.as_str())), *number))
        .collect();
    let (mut both, mut found, mut real) = (0.0, 0.0, 0.0);
    for (i, a) in keys.iter().enumerate() {
        for b in &keys[i + 1..] {
            let (same, ours) = (a.1 == b.1, a.0.is_some() && a.0 == b.0);
            both += f64::from(u8::from(same && ours));
            found += f64::from(u8::from(ours));
            real += f64::from(u8::from(same));
        }
    }
    let f1 = 2.0 * both / (found + real);
    println!(
        "pairs: precision {:.3}, recall {:.3}, F1 {f1:.3}",
        both / found,
        both / real
    );
    assert!(f1 >= 0.95);
}

#[test]
fn words_in_another_order_are_only_suggested() {
    let state = fold(&[
        article("a", "[PERSON Ernst Konrad] came."),
        article("b", "[PERSON Konrad Ernst] left."),
    ]);
    let entities = state.entities();
    let turned = entities
        .iter()
        .flat_map(|entity| &entity.variants)
        .find(|variant| variant.status == Status::Suggested);
    let reason = turned.map(|variant| variant.reason.as_str());
    assert_eq!(reason, Some("the same words in another order"));
}

#[test]
fn a_middle_name_more_is_told_as_such() {
    let state = fold(&[
        article("a", "[PERSON Julija Adler Zhelezhnaya] came."),
        article("b", "[PERSON Yulia Zhelezhnaya] left."),
    ]);
    let entities = state.entities();
    let reasons: Vec<&str> = entities
        .iter()
        .flat_map(|entity| &entity.variants)
        .map(|variant| variant.reason.as_str())
        .collect();
    assert!(
        reasons.iter().any(|r| r.contains("adler only in one")),
        "{reasons:?}"
    );
}
