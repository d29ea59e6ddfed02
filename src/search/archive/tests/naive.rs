//! The same answers by looking at every article: for words, beginnings, phrases, fields, and all that joins them.

use super::*;
use crate::search::query::{Days, Expr, Field, How, Node, Query, Term};
use crate::search::words;
use crate::text::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Words that are no slip of each other, so that only what the words say is found.
const WORDS: [&str; 9] = [
    "storm",
    "harbour",
    "harbourmaster",
    "strike",
    "night",
    "nightfall",
    "rain",
    "quay",
    "ostov",
];
const ASKED: [&str; 14] = [
    "storm", "harbour", "harb", "strike", "night", "nightfa", "rain", "quay", "ostov", "s",
    "mayor", "kowalska", "yulia", "qqqq",
];

fn articles() -> impl Strategy<Value = Vec<Made>> {
    let words = |most| vec(select(&WORDS[..]), 0..most).prop_map(|words| words.join(" "));
    let text = (words(6), words(6)).prop_map(|(a, b)| format!("{a}\n\n{b}"));
    let names = subsequence((0..NAMES.len()).collect::<Vec<_>>(), 0..3);
    let outlet = select(&["Gazette", "Courier"][..]);
    let one = (0..30u64, 0..6u32, words(5), text, names, outlet);
    vec(one, 0..24).prop_map(|all| {
        all.into_iter()
            .map(|(key, day, title, text, names, outlet)| Made {
                names,
                outlet,
                ..made(key, day, &title, &text)
            })
            .collect()
    })
}

fn terms() -> impl Strategy<Value = Node> {
    let word = select(&ASKED[..]);
    let term = |how, text: &str| Term {
        how,
        text: text.to_owned(),
    };
    let how = select(
        &[
            How::Fuzzy,
            How::Exact,
            How::Start,
            How::End,
            How::Whole,
            How::Regex,
        ][..],
    );
    let field = select(&[Field::Person, Field::Org, Field::Place, Field::Title][..]);
    let phrase =
        (word.clone(), word.clone()).prop_map(move |(a, b)| term(How::Phrase, &format!("{a} {b}")));
    prop_oneof![
        4 => (how.clone(), word.clone()).prop_map(move |(how, word)| Node::Term(term(how, word))),
        2 => phrase.prop_map(Node::Term),
        2 => (field, how, word).prop_map(move |(field, how, word)| Node::Field(field, term(how, word))),
        1 => Just(Node::Field(Field::Source, term(How::Fuzzy, "gaz"))),
        1 => Just(Node::Field(Field::Tag, term(How::Fuzzy, "even"))),
        1 => select(&Mark::ALL[..]).prop_map(Node::Is),
        1 => (select(&query::DateTest::ALL[..]), 1..6u32)
            .prop_map(|(test, day)| Node::Date(test, Days { year: 2021, month: Some(3), day: Some(day) })),
    ]
}

fn queries() -> impl Strategy<Value = Query> {
    let at = |node| Expr {
        node,
        span: Span::new(0, 0),
    };
    let tree = terms().prop_map(at).prop_recursive(3, 10, 3, move |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(move |parts| at(Node::And(parts))),
            vec(inner.clone(), 2..4).prop_map(move |parts| at(Node::Or(parts))),
            inner.prop_map(move |part| at(Node::Not(Box::new(part)))),
        ]
    });
    tree.prop_map(|root| Query { root: Some(root) })
}

/// How well an article matches, by looking at it.
fn tier(made: &Made, expr: &Expr) -> Option<Tier> {
    let yes = |fits: bool| fits.then_some(Tier::Title);
    match &expr.node {
        Node::And(parts) => parts
            .iter()
            .map(|part| tier(made, part))
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .max(),
        Node::Or(parts) => parts.iter().filter_map(|part| tier(made, part)).min(),
        Node::Not(part) => yes(tier(made, part).is_none()),
        Node::Term(asked) => term(made, asked),
        Node::Field(Field::Source, _) => yes(made.outlet == "Gazette"),
        Node::Field(Field::Title, asked) => title(made, asked),
        Node::Field(Field::Tag, _) => yes(made.key.is_multiple_of(2)),
        Node::Field(Field::Lang, _) => yes(false),
        Node::Field(field, asked) => {
            let kind = match field {
                Field::Person => EntityKind::Person,
                Field::Org => EntityKind::Org,
                _ => EntityKind::Place,
            };
            name(made, asked, Some(kind))
        }
        Node::Is(Mark::Undated) => yes(made.day.is_none()),
        Node::Is(mark) => yes((*mark == Mark::Unread) != made.key.is_multiple_of(2)),
        Node::Date(test, days) => yes(made.day.is_some_and(|day| match test {
            query::DateTest::On => Some(day) == days.day,
            query::DateTest::After => Some(day) >= days.day,
            query::DateTest::Before => Some(day) <= days.day,
        })),
    }
}

fn in_row(text: &str, asked: &Term, (whole, begun): (Tier, Tier)) -> Option<Tier> {
    let folded = text.trim().to_lowercase();
    let own = words::of(&folded);
    let wanted = words::of(&asked.text);
    let yes = |fits: bool| fits.then_some(whole);
    match asked.how {
        How::Fuzzy if own.contains(&asked.text) => Some(whole),
        How::Fuzzy => own
            .iter()
            .any(|word| word.starts_with(&asked.text))
            .then_some(begun),
        How::Exact => yes(own.contains(&asked.text)),
        How::Phrase => yes(own.windows(wanted.len()).any(|row| row == wanted)),
        How::Start => yes(folded.starts_with(&asked.text)),
        How::End => yes(folded.ends_with(&asked.text)),
        How::Whole => yes(folded == asked.text),
        How::Regex => yes(folded.contains(&asked.text)),
    }
}

fn spellings(made: &Made, kind: Option<EntityKind>) -> impl Iterator<Item = &'static str> {
    let names = made.names.iter().map(|at| NAMES[*at]);
    let fits = names.filter(move |(own, _)| kind.is_none_or(|kind| kind == *own));
    fits.flat_map(|(_, spellings)| spellings.iter().copied())
}

fn name(made: &Made, asked: &Term, kind: Option<EntityKind>) -> Option<Tier> {
    spellings(made, kind)
        .filter_map(|own| in_row(own, asked, (Tier::Title, Tier::Start)))
        .min()
}

fn title(made: &Made, asked: &Term) -> Option<Tier> {
    in_row(&made.title, asked, (Tier::Title, Tier::TitleStart))
}

fn term(made: &Made, asked: &Term) -> Option<Tier> {
    let (first, last) = made.text.split_once("\n\n").unwrap_or_default();
    let blocks = || {
        [first, last]
            .into_iter()
            .filter(|block| !block.trim().is_empty())
    };
    // Order matters only for single words: what needs the text to be read is all of the first tier.
    let single = matches!(asked.how, How::Fuzzy | How::Exact);
    let levels = if single {
        (Tier::Word, Tier::Start)
    } else {
        (Tier::Title, Tier::Title)
    };
    let in_text = match asked.how {
        How::Whole => None,
        How::Start => blocks()
            .next()
            .and_then(|block| in_row(block, asked, levels)),
        How::End => blocks()
            .next_back()
            .and_then(|block| in_row(block, asked, levels)),
        _ => blocks()
            .filter_map(|block| in_row(block, asked, levels))
            .min(),
    };
    let named = || {
        spellings(made, None)
            .filter_map(|own| in_row(own, asked, (Tier::Name, Tier::Start)))
            .min()
    };
    let by_name = match asked.how {
        How::Exact | How::Regex => None,
        _ => named(),
    };
    [title(made, asked), in_text, by_name]
        .into_iter()
        .flatten()
        .min()
}

fn by_looking(alive: &BTreeMap<u64, Made>, query: &Query) -> BTreeMap<u64, Tier> {
    let root = query.root.as_ref().unwrap();
    alive
        .values()
        .filter_map(|made| Some((made.key, tier(made, root)?)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::default())]
    #[test]
    fn an_archive_finds_what_looking_finds(
        articles in articles(),
        queries in vec(queries(), 1..6),
        cuts in vec((0..25usize, 0..4u8), 0..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::open(folder.path()).unwrap();
        let mut rest = articles.as_slice();
        for (count, how) in cuts {
            let (some, left) = rest.split_at(count.min(rest.len()));
            rest = left;
            match how {
                0 => add(&archive, some),
                1 => write(&archive, some),
                2 => {
                    add(&archive, some);
                    archive.commit().unwrap();
                }
                _ => {
                    write(&archive, some);
                    archive.merge(u32::MAX).unwrap();
                }
            }
        }
        write(&archive, rest);
        let alive: BTreeMap<u64, Made> = articles.iter().map(|made| (made.key, made.clone())).collect();
        let known: Vec<Made> = alive.values().cloned().collect();
        prop_assert_eq!(archive.len(), alive.len());
        for query in queries {
            let expected = by_looking(&alive, &query);
            let texts = |key| alive.get(&key).map(|made| made.text.clone());
            let answer = archive.search(&Ask {
                query: &query,
                limit: 1000,
                order: Order::Best,
                scattered: false,
                texts: &texts,
                most_texts: 1_000_000,
                marks: Some(&Even),
                cancelled: &|| false,
            });
            let found: BTreeMap<u64, Tier> = answer.hits.iter().map(|hit| (hit.key, hit.tier)).collect();
            prop_assert_eq!(&found, &expected, "{} of {:?}", query, known);
            prop_assert_eq!((answer.total, answer.hits.len()), (expected.len(), expected.len()));
            prop_assert!(answer.hits.is_sorted_by_key(|hit| hit.tier));
        }
    }
}
