//! Weekdays: "Friday", "last Friday", "next Sunday", "the previous Monday"; plurals are sets.
//!
//! Not here: a weekday beside a date ([`super::calendar`]), parts of the day after it (the reader
//! of phrases adds those).

use super::TimexKind;
use super::item::Sentence;
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Toward, Under, Year};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that make a newspaper of the weekday before them.
static PAPERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../../assets/timex/papers.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

pub(super) const FAMILY: Family = Family {
    name: "weekday",
    read,
    examples: &[
        (
            "It rained from Tuesday to Thursday. Polls will open Wednesday through Monday.",
            "2013-03-20",
            &[
                ("Tuesday", "DATE", "2013-03-12"),
                ("Thursday", "DATE", "2013-03-14"),
                ("Wednesday", "DATE", "2013-03-20"),
                ("Monday", "DATE", "2013-03-25"),
            ],
        ),
        (
            "The court ruled on Friday.",
            "2020-09-16",
            &[("Friday", "DATE", "2020-09-11")],
        ),
        (
            "The court will rule on Friday.",
            "2020-09-16",
            &[("Friday", "DATE", "2020-09-18")],
        ),
        (
            "The council is scheduled to hold a debate on Friday.",
            "2020-09-16",
            &[("Friday", "DATE", "2020-09-18")],
        ),
        (
            "Sunday’s march drew thousands.",
            "2020-09-16",
            &[("Sunday", "DATE", "2020-09-13")],
        ),
        (
            "He resigned last Tuesday.",
            "2020-09-16",
            &[("last Tuesday", "DATE", "2020-09-15")],
        ),
        (
            "They meet next Monday night.",
            "2020-09-16",
            &[("next Monday night", "TIME", "2020-09-21TNI")],
        ),
        (
            "The Sunday Ledger asked on Monday.",
            "2020-09-16",
            &[("Monday", "DATE", "2020-09-14")],
        ),
        (
            "Rudd left him out of the squad for Saturday's cup tie.",
            "2020-09-16",
            &[("Saturday", "DATE", "2020-09-19")],
        ),
        (
            "The court delayed the ruling to Friday.",
            "2020-09-16",
            &[("Friday", "DATE", "2020-09-18")],
        ),
        (
            "The shop closes on Sundays.",
            "2020-09-16",
            &[("Sundays", "SET", "XXXX-WXX-7")],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    let mut j = s.skip(i, Role::The);
    let the = j > i;
    let toward = s.lex(j).role.map_or(Toward::Open, Role::toward);
    let mut toward = toward;
    if toward != Toward::Open {
        j += 1;
        if toward == Toward::This {
            if s.any(j, &[Role::Coming, Role::Next]) {
                (toward, j) = (Toward::Next, j + 1);
            } else if s.any(j, &[Role::Past, Role::Last]) {
                (toward, j) = (Toward::Last, j + 1);
            }
        }
    }
    let item = s.get(j);
    let weekday = item.lex.weekday?;
    let word = s.word(j);
    if the && toward == Toward::Open && !item.lex.plural {
        return None;
    }
    if item.lex.plural {
        let under = Under::new(Base::EveryWeekday(weekday));
        return (item.capital && toward == Toward::Open)
            .then(|| Match::new(i, j + 1, under, TimexKind::Set, "weekday-set"));
    }
    // "The Sunday Ledger reported": a newspaper.
    if item.capital && s.get(j + 1).capital && PAPERS.contains(s.word(j + 1)) {
        return None;
    }
    // "Sun" and "sat." are words; abbreviations need support or a capital and a dot.
    let dotted = word.ends_with('.') && item.capital && word != "sun." && word != "sat.";
    let short = word.trim_end_matches('.').len() <= 3 && !dotted;
    let follows = s.any(
        i.wrapping_sub(1),
        &[Role::On, Role::By, Role::Until, Role::Of],
    );
    if short && !(item.capital && (follows || toward != Toward::Open)) {
        return None;
    }
    let base = Base::Calendar {
        year: Year::Open,
        month: None,
        day: None,
        weekday: Some(weekday),
        toward,
    };
    Some(Match::date(i, j + 1, Under::new(base), "weekday"))
}
