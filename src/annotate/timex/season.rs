//! Seasons: "the spring of 1990", "last fall", "summer 2008", "this winter".
//!
//! Not here: "spring" and "fall" as verbs; a season without a year or a determiner is not read.

use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Season, Toward, Under, Year};
use super::year;

pub(super) const FAMILY: Family = Family {
    name: "season",
    read,
    examples: &[
        (
            "The dam broke in the spring of 1990.",
            "1998-03-01",
            &[("the spring of 1990", "DATE", "1990-SP")],
        ),
        (
            "He left office last fall.",
            "1998-03-01",
            &[("last fall", "DATE", "1997-FA")],
        ),
        (
            "A sequel is due this summer.",
            "1998-03-01",
            &[("this summer", "DATE", "1998-SU")],
        ),
        ("Prices fall when they spring a leak.", "1998-03-01", &[]),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    let the = s.is(i, Role::The);
    let j = s.skip(i, Role::The);
    let toward = s.lex(j).role.map_or(Toward::Open, Role::toward);
    let directed = toward != Toward::Open || s.any(j, &[Role::Same, Role::That]);
    let k = if directed { j + 1 } else { j };
    let k = if toward == Toward::This && s.any(k, &[Role::Past, Role::Coming]) {
        k + 1
    } else {
        k
    };
    let season = s.lex(k).season?;
    let make = |year, end, rule| {
        let base = Base::Season {
            season,
            year,
            toward,
        };
        Some(Match::date(i, end, Under::new(base), rule))
    };
    if !directed && let Some((year, end)) = year::tail(s, k + 1).filter(|_| !s.mark(k + 1, ',')) {
        return make(year, end, "season-year");
    }
    if s.before(i).form == Form::Hyphen || s.get(k + 1).form == Form::Hyphen {
        return None;
    }
    if directed {
        return make(Year::Open, k + 1, "season-relative");
    }
    let verb_like = matches!(s.word(k), "fall" | "spring");
    let before = i.wrapping_sub(1);
    let supported = s.any(
        before,
        &[
            Role::In,
            Role::By,
            Role::Until,
            Role::Early,
            Role::Late,
            Role::Mid,
            Role::Of,
            Role::From,
        ],
    ) || matches!(s.word_before(i), "during" | "since" | "for" | "through");
    let noun_follows = s.get(k + 1).form == Form::Word && s.get(k + 1).capital;
    let sure = if the {
        supported || !verb_like
    } else {
        supported && season_alone(season, s, k)
    };
    (sure && !noun_follows).then(|| make(Year::Open, k + 1, "season"))?
}

/// True where a season without article may stand alone: "in summer", "by fall".
fn season_alone(season: Season, s: &Sentence, k: usize) -> bool {
    season != Season::Spring || !s.get(k + 1).form.eq(&Form::Word) || s.lex(k + 1).role.is_some()
}
