use super::*;
use proptest::prelude::*;

/// The tree without places.
fn bare(expr: &Expr) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(bare).collect();
    let node = match &expr.node {
        Node::And(parts) => Node::And(all(parts)),
        Node::Or(parts) => Node::Or(all(parts)),
        Node::Not(part) => Node::Not(Box::new(bare(part))),
        other => other.clone(),
    };
    Expr {
        node,
        span: Span::default(),
    }
}

fn show(expr: &Expr) -> String {
    let all = |parts: &[Expr]| parts.iter().map(show).collect::<Vec<_>>().join(" ");
    match &expr.node {
        Node::And(parts) => format!("(and {})", all(parts)),
        Node::Or(parts) => format!("(or {})", all(parts)),
        Node::Not(part) => format!("(not {})", show(part)),
        Node::Term(term) => format!("{:?}:{}", term.how, term.text),
        Node::Field(field, term) => format!("{}={:?}:{}", field.name(), term.how, term.text),
        Node::Date(test, days) => format!("{}={days}", test.name()),
        Node::Is(state) => format!("is={}", state.name()),
    }
}

fn tree(text: &str) -> String {
    let (query, error) = parse(text);
    assert_eq!(error, None, "{text}");
    query.root.as_ref().map_or(String::new(), show)
}

#[test]
fn precedence_is_not_and_or() {
    assert_eq!(
        tree("a b | c !d"),
        "(or (and Fuzzy:a Fuzzy:b) (and Fuzzy:c (not Fuzzy:d)))"
    );
    assert_eq!(tree("a (b | c)"), "(and Fuzzy:a (or Fuzzy:b Fuzzy:c))");
    assert_eq!(tree("!(a b)"), "(not (and Fuzzy:a Fuzzy:b))");
    assert_eq!(tree("  "), "");
}

#[test]
fn marks_of_words() {
    assert_eq!(
        tree("\"night shift\" 'exact ^start end$ ^all$ /ha.b/ 12:30 RFE/RL it's"),
        "(and Phrase:night shift Exact:exact Start:start End:end Whole:all Regex:ha.b \
         Fuzzy:12:30 Fuzzy:RFE/RL Fuzzy:it's)"
    );
    assert_eq!(tree("^ $ ' x"), "(and Fuzzy:^ Fuzzy:$ Fuzzy:' Fuzzy:x)");
}

#[test]
fn fields_dates_and_states() {
    assert_eq!(
        tree(
            "person:\"Ada Reyes\" ORG:port title:^Storm source:gazette tag:todo lang:en is:unread"
        ),
        "(and person=Phrase:Ada Reyes org=Fuzzy:port title=Start:Storm source=Fuzzy:gazette \
         tag=Fuzzy:todo lang=Fuzzy:en is=unread)"
    );
    assert_eq!(
        tree("date:2020-8 after:2020 before:2020-08-09"),
        "(and date=2020-08 after=2020 before=2020-08-09)"
    );
    assert_eq!(Days::parse("2021-02-30"), None);
    assert_eq!(Days::parse("2021-02").unwrap().interval().days(), Some(28));
}

#[test]
fn errors_say_what_and_where_and_search_the_words() {
    let error = |text: &str| {
        let (query, error) = parse(text);
        (
            query.to_string(),
            error.map(|e| e.to_string()).unwrap_or_default(),
        )
    };
    let said = [
        (
            "storm (rain",
            "storm rain",
            "this parenthesis is not closed at character 7",
        ),
        (
            "storm)",
            "storm",
            "this parenthesis closes nothing at character 6",
        ),
        (
            "\"night shift",
            "night shift",
            "this quote is not closed at character 1",
        ),
        ("a !", "a", "! wants a word after it at character 3"),
        ("a |", "a", "nothing after the last mark at character 3"),
        (
            "date:soon",
            "date soon",
            "date: wants a day, a month or a year, such as 2020-08-09, 2020-08 or 2020 at character 6",
        ),
        (
            "is:blue",
            "is blue",
            "is: wants unread, starred, undated or new at character 4",
        ),
        (
            "person: x",
            "person x",
            "person: wants a value right after the colon at character 1",
        ),
        (
            "/a(/",
            "a",
            "bad regular expression: unclosed group at character 1",
        ),
        ("()", "", "nothing between these parentheses at character 1"),
    ];
    for (text, query, message) in said {
        assert_eq!(
            error(text),
            (query.to_owned(), message.to_owned()),
            "{text}"
        );
    }
    let deep = "(".repeat(100_000);
    assert!(error(&deep).1.contains("too deep") || error(&deep).1.contains("not closed"));
    assert!(error(&"!".repeat(100_000)).1.contains("too deep"));
}

#[test]
fn spans_point_into_the_query() {
    let (query, _) = parse("sea !title:storm");
    let root = query.root.unwrap();
    let Node::And(parts) = &root.node else {
        panic!()
    };
    assert_eq!(parts[1].span, Span::new(4, 16));
}

proptest! {
    #[test]
    fn never_panics_and_prints_what_it_parses(text in "[ a-c\"'^$!|()/:\\\\é0-9.-]{0,40}|\\PC{0,40}") {
        let (query, error) = parse(&text);
        if let Some(error) = &error {
            prop_assert!(error.span.start as usize <= text.len());
        }
        let printed = query.to_string();
        let (again, problem) = parse(&printed);
        prop_assert_eq!(problem, None, "{} from {}", printed, text);
        prop_assert_eq!(query.root.as_ref().map(bare), again.root.as_ref().map(bare), "{}", printed);
    }

    #[test]
    fn fields_print_and_parse(text in "(!?(person|org|date|is|title|before|tag|x):[a-c0-9\"/'^$-]{0,8}[ |]?){0,5}") {
        let (query, _) = parse(&text);
        let (again, problem) = parse(&query.to_string());
        prop_assert_eq!(problem, None);
        prop_assert_eq!(query.root.as_ref().map(bare), again.root.as_ref().map(bare));
    }
}
