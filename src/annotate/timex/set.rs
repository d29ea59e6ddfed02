//! How often: "every day", "each Monday", "twice a week", "$5 million a year", "per month".

use super::TimexKind;
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Amount, Base, Clock, Season, Under, Unit};

pub(super) const FAMILY: Family = Family {
    name: "set",
    read,
    examples: &[
        (
            "Buses leave every day.",
            "2020-09-16",
            &[("every day", "SET", "P1D")],
        ),
        (
            "They meet each Thursday.",
            "2020-09-16",
            &[("each Thursday", "SET", "XXXX-WXX-4")],
        ),
        (
            "Elections come every four years.",
            "2020-09-16",
            &[("every four years", "SET", "P4Y")],
        ),
        (
            "It earns $5 million a year.",
            "2020-09-16",
            &[("a year", "SET", "P1Y")],
        ),
        (
            "He calls twice a week.",
            "2020-09-16",
            &[("twice a week", "SET", "P1W")],
        ),
        (
            "They march each July, and every summer it rains.",
            "2020-09-16",
            &[
                ("each July", "SET", "XXXX-07"),
                ("every summer", "SET", "XXXX-SU"),
            ],
        ),
        (
            "They gave hundreds of interviews a day.",
            "2020-09-16",
            &[("a day", "SET", "P1D")],
        ),
        (
            "The column made 20 miles (32 km) a day.",
            "2020-09-16",
            &[("a day", "SET", "P1D")],
        ),
        (
            "He stayed a year.",
            "2020-09-16",
            &[("a year", "DURATION", "P1Y")],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    every(s, i).or_else(|| rate(s, i))
}

/// The values of every one of a month.
const MONTHS: [&str; 12] = [
    "XXXX-01", "XXXX-02", "XXXX-03", "XXXX-04", "XXXX-05", "XXXX-06", "XXXX-07", "XXXX-08",
    "XXXX-09", "XXXX-10", "XXXX-11", "XXXX-12",
];

fn set(i: usize, end: usize, base: Base, rule: &'static str) -> Match {
    Match::new(i, end, Under::new(base), TimexKind::Set, rule)
}

fn every(s: &Sentence, i: usize) -> Option<Match> {
    if !s.any(i, &[Role::Every, Role::Each]) {
        return None;
    }
    let j = i + 1;
    let other = s.is(j, Role::Other);
    let k = if other { j + 1 } else { j };
    if let Some(weekday) = s.lex(k).weekday {
        let mut found = set(i, k + 1, Base::EveryWeekday(weekday), "every-weekday");
        if let Some(part) = s.lex(k + 1).part {
            found.under.clock = Some(Clock {
                part: Some(part),
                ..Clock::default()
            });
            found.end += 1;
        }
        return Some(found);
    }
    if let Some(part) = s.lex(k).part {
        let mut found = set(
            i,
            k + 1,
            Base::Every {
                amount: Amount::Exact(1),
                unit: Unit::Day,
            },
            "every-part",
        );
        found.under.clock = Some(Clock {
            part: Some(part),
            ..Clock::default()
        });
        return Some(found);
    }
    if let Some(month) = s.lex(k).month.filter(|_| s.get(k).capital && !other) {
        let value = MONTHS.get(usize::from(month).wrapping_sub(1))?;
        return Some(set(i, k + 1, Base::Literal(value), "every-month"));
    }
    if let Some(season) = s.lex(k).season.filter(|_| !other) {
        let value = match season {
            Season::Spring => "XXXX-SP",
            Season::Summer => "XXXX-SU",
            Season::Autumn => "XXXX-FA",
            Season::Winter => "XXXX-WI",
        };
        return Some(set(i, k + 1, Base::Literal(value), "every-season"));
    }
    if let Some(unit) = s.unit(k) {
        let amount = Amount::Exact(if other { 2 } else { 1 });
        return (!s.lex(k).plural)
            .then(|| set(i, k + 1, Base::Every { amount, unit }, "every-unit"));
    }
    let (amount, at) = s.amount(j)?;
    let unit = s.unit(s.skip_hyphen(at))?;
    Some(set(
        i,
        s.skip_hyphen(at) + 1,
        Base::Every { amount, unit },
        "every-units",
    ))
}

/// "a year", "per day" after an amount of something; "once a week".
fn rate(s: &Sentence, i: usize) -> Option<Match> {
    if s.any(i, &[Role::Once, Role::Twice])
        || s.cardinal(i).is_some_and(|(_, at)| s.is(at, Role::Times))
    {
        let at = s.cardinal(i).map_or(i + 1, |(_, at)| at + 1);
        if s.any(at, &[Role::A, Role::Per, Role::Each, Role::Every])
            && let Some(unit) = s.unit(at + 1).filter(|_| !s.lex(at + 1).plural)
        {
            return Some(set(
                i,
                at + 2,
                Base::Every {
                    amount: Amount::Exact(1),
                    unit,
                },
                "times-a-unit",
            ));
        }
        return None;
    }
    let per = s.is(i, Role::Per);
    if !per && !s.is(i, Role::A) {
        return None;
    }
    let lex = s.lex(i + 1);
    let unit = lex.unit.filter(|_| !lex.plural)?;
    if unit.is_clock() || s.get(i + 2).form == Form::Hyphen {
        return None;
    }
    if s.any(
        i + 2,
        &[
            Role::Ago,
            Role::Earlier,
            Role::Later,
            Role::Before,
            Role::After,
        ],
    ) {
        return None;
    }
    let before = s.before(i);
    let lex = before.lex;
    let counted = matches!(
        before.form,
        Form::Number(..) | Form::Figure | Form::Decimal(..) | Form::Mark('%')
    ) || lex.scale.is_some()
        || matches!(
            s.word_before(i),
            "percent"
                | "dollars"
                | "barrels"
                | "times"
                | "tons"
                | "hours"
                | "days"
                | "people"
                | "shares"
                | "units"
                | "cents"
                | "gallons"
                | "pounds"
                | "euros"
                | "cars"
                | "passengers"
                | "visitors"
                | "flights"
        )
        || i > 1
            && before.form == Form::Word
            && s.word_before(i).ends_with('s')
            && (matches!(
                s.get(i - 2).form,
                Form::Number(..) | Form::Figure | Form::Decimal(..)
            ) || s.lex(i - 2).scale.is_some()
                || s.lex(i - 2).cardinal.is_some());
    // "hundreds of interviews a day", "20 miles (32 km) a day"
    let many = before.form == Form::Word
        && s.word_before(i).ends_with('s')
        && before.lex.unit.is_none()
        && i > 2
        && s.is(i - 2, Role::Of)
        && (s.lex(i - 3).vague_number || s.lex(i - 3).scale.is_some());
    let converted = before.form == Form::Mark(')')
        && i > 3
        && matches!(
            s.get(i - 3).form,
            Form::Number(..) | Form::Decimal(..) | Form::Figure
        );
    (per || counted || many || converted).then(|| {
        set(
            i,
            i + 2,
            Base::Every {
                amount: Amount::Exact(1),
                unit,
            },
            "rate",
        )
    })
}
