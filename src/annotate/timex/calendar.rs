//! Calendar dates: "September 20, 2020", "20 Sept", "2020-09-20", "14.09.2020", "in 1994", "490 BC".
//!
//! Not here: weekdays alone, quarters, seasons. A month that is also a word ("May", "March") needs
//! a day, a year or a preposition beside it; a bare number needs to look and stand like a year.

use super::item::{Form, Sentence};
use super::lexicon::Role;
use super::rule::{Family, Match};
use super::value::{Base, Clock, Toward, Under, Year};

pub(super) const FAMILY: Family = Family {
    name: "calendar",
    read,
    examples: &[
        (
            "Talks ended on September 20, 2020.",
            "2020-10-01",
            &[("September 20, 2020", "DATE", "2020-09-20")],
        ),
        (
            "It opened on the 5th of May 1987.",
            "2020-10-01",
            &[("the 5th of May 1987", "DATE", "1987-05-05")],
        ),
        (
            "He was elected in August last year.",
            "2021-07-29",
            &[("August last year", "DATE", "2020-08")],
        ),
        (
            "The storm of Sept. 2 did damage.",
            "2020-09-10",
            &[("Sept. 2", "DATE", "2020-09-02")],
        ),
        (
            "The law dates from 1994.",
            "2020-09-10",
            &[("1994", "DATE", "1994")],
        ),
        (
            "Filed 2020-09-14 and 14.09.2020 and 2020/09/14.",
            "2020-09-20",
            &[
                ("2020-09-14", "DATE", "2020-09-14"),
                ("14.09.2020", "DATE", "2020-09-14"),
                ("2020/09/14", "DATE", "2020-09-14"),
            ],
        ),
        (
            "They fought on 5-7 March 1942.",
            "2009-12-19",
            &[
                ("5", "DATE", "1942-03-05"),
                ("7 March 1942", "DATE", "1942-03-07"),
            ],
        ),
        (
            "The temple fell in 490 BC.",
            "2009-12-19",
            &[("490 BC", "DATE", "BC0490")],
        ),
        (
            "It may rain as they march on 1500 villages.",
            "2009-12-19",
            &[],
        ),
        (
            "The house cost $1994 at 1201 Elm Street.",
            "2009-12-19",
            &[],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    numeric(s, i)
        .or_else(|| with_weekday(s, i))
        .or_else(|| month_first(s, i))
        .or_else(|| day_first(s, i))
        .or_else(|| relative_month(s, i))
        .or_else(|| era(s, i))
        .or_else(|| bare_year(s, i))
}

fn full(year: i32, month: u32, day: u32) -> Option<Under> {
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| Under::calendar(Year::Known(year), Some(month as u8), Some(day as u8)))
}

/// ISO, dotted and slashed dates.
fn numeric(s: &Sentence, i: usize) -> Option<Match> {
    match s.get(i).form {
        Form::Iso(year, month, day, time) => {
            let under = full(year, u32::from(month), u32::from(day))?;
            let Some((hour, minute)) = time else {
                return Some(Match::date(i, i + 1, under, "iso-date"));
            };
            let zulu = s.word(i).ends_with('z').then_some(0);
            let clock = Clock {
                hour: Some(hour),
                minute: Some(minute),
                zone: zulu,
                ..Clock::default()
            };
            Some(Match::new(
                i,
                i + 1,
                under.with_clock(clock),
                super::TimexKind::Time,
                "iso-time",
            ))
        }
        Form::Dotted(day, month, year) if s.get(i).span.len() >= 8 => {
            let under = full(full_year(year)?, month, day)?;
            Some(Match::date(i, i + 1, under, "dotted-date"))
        }
        Form::Number(first, digits) if s.mark(i + 1, '/') && s.mark(i + 3, '/') => {
            let (second, _) = s.digits(i + 2)?;
            let (third, third_digits) = s.digits(i + 4)?;
            let under = if digits == 4 {
                full(first as i32, second, third)?
            } else if third_digits == 4 || third_digits == 2 {
                // American order, unless only the British one makes a date.
                let year = full_year(third)?;
                if first > 12 {
                    full(year, second, first)?
                } else {
                    full(year, first, second)?
                }
            } else {
                return None;
            };
            Some(Match::date(i, i + 5, under, "slashed-date"))
        }
        _ => None,
    }
}

fn full_year(year: u32) -> Option<i32> {
    match year {
        0..=49 => Some(2000 + year as i32),
        50..=99 => Some(1900 + year as i32),
        1000..=2999 => Some(year as i32),
        _ => None,
    }
}

/// A weekday stated beside a date: "Sunday, September 20".
fn with_weekday(s: &Sentence, i: usize) -> Option<Match> {
    let start = i;
    let i = s.skip(i, Role::This);
    let i = if i > start {
        s.skip(i, Role::Coming)
    } else {
        i
    };
    let weekday = s.lex(i).weekday.filter(|_| !s.lex(i).plural)?;
    let mut j = i + 1;
    for skipped in [s.skip_comma(j), s.skip(s.skip_comma(j), Role::The)] {
        j = skipped;
        if let Some(found) = month_first(s, j).or_else(|| day_first(s, j)) {
            return match found.under.base {
                Base::Calendar {
                    year,
                    month,
                    day: Some(day),
                    toward,
                    ..
                } => {
                    let base = Base::Calendar {
                        year,
                        month,
                        day: Some(day),
                        weekday: Some(weekday),
                        toward,
                    };
                    let under = Under {
                        base,
                        ..found.under
                    };
                    Some(Match {
                        start,
                        under,
                        ..found
                    })
                }
                _ => None,
            };
        }
    }
    None
}

/// The year after a month or a day: "1994", ", 1994", "of 1994", "last year", "of that year", "'94".
pub(super) fn year_tail(s: &Sentence, at: usize) -> Option<(Year, usize)> {
    let j = s.skip(s.skip_comma(at), Role::Of);
    if let Some((value, 4)) = s.digits(j)
        && (1000..=2199).contains(&value)
        && !(s.get(j + 1).form == Form::Hyphen && s.unit(j + 2).is_some())
    {
        if s.any(j + 1, &[Role::Bc]) {
            return Some((Year::Bc(value as i32), j + 2));
        }
        return Some((Year::Known(value as i32), s.skip(j + 1, Role::Ad)));
    }
    if let Some((value, _)) = s.digits(j)
        && s.is(j + 1, Role::Bc)
    {
        return Some((Year::Bc(value as i32), j + 2));
    }
    if s.mark(j, '\'')
        && let Some((value, 2)) = s.digits(j + 1)
    {
        return Some((Year::Short(value as i32), j + 2));
    }
    if let Some((year, end)) = year_in_words(s, j) {
        return Some((Year::Known(year), end));
    }
    // "August last year", "in June of that year"; a comma before would part them.
    if s.mark(at, ',') {
        return None;
    }
    year_words(s, j)
}

/// "last year", "this year", "next year", "that year", "the following year", "the previous year".
pub(super) fn year_words(s: &Sentence, i: usize) -> Option<(Year, usize)> {
    let j = s.skip(i, Role::The);
    let role = s.lex(j).role?;
    let year = match role {
        Role::Last => Year::Shift(-1),
        Role::This | Role::Current if j == i || role == Role::Current => Year::Shift(0),
        Role::Next => Year::Shift(1),
        Role::That | Role::Same => Year::Running(0),
        Role::Previous => Year::Running(-1),
        Role::Following => Year::Running(1),
        _ => return None,
    };
    (s.word(j + 1) == "year").then_some((year, j + 2))
}

/// Months that are also names or verbs.
fn is_ambiguous(word: &str) -> bool {
    matches!(
        word,
        "may" | "march" | "april" | "june" | "august" | "jan" | "mar" | "mar."
    )
}

/// Words before which a bare month or year is one.
fn follows_preposition(s: &Sentence, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    s.any(
        before,
        &[
            Role::In,
            Role::Of,
            Role::From,
            Role::Until,
            Role::Through,
            Role::Between,
            Role::By,
            Role::This,
            Role::Last,
            Role::Next,
            Role::Early,
            Role::Late,
            Role::Mid,
            Role::Before,
            Role::After,
            Role::Start,
            Role::End,
            Role::Previous,
            Role::Following,
            Role::To,
            Role::Approx,
            Role::Each,
            Role::Every,
        ],
    ) || s.get(before).form == Form::Hyphen && s.is(before.wrapping_sub(1), Role::Mid)
        || matches!(
            s.word(before),
            "since" | "during" | "for" | "till" | "throughout" | "despite" | "until"
        )
}

fn month_first(s: &Sentence, i: usize) -> Option<Match> {
    let item = s.get(i);
    let month = item.lex.month?;
    let word = s.word(i);
    let j = if s.mark(i + 1, '.') && s.digits(i + 2).is_some() {
        i + 2
    } else {
        i + 1
    };
    // "March the 5th", "March 5", "March fifth", but not "March 5 percent" or "March 5,000".
    let day_at = if s.is(j, Role::The) && matches!(s.get(j + 1).form, Form::Ordinal(_)) {
        j + 1
    } else {
        j
    };
    let glue = s.get(j).form == Form::Hyphen;
    if let Some((day, after)) = s.day(day_at).filter(|_| !glue)
        && !s.mark(after, '%')
        && !matches!(
            s.word(after),
            "percent" | "per" | "million" | "billion" | "people"
        )
        && !(s.mark(after, ':') && s.digits(after + 1).is_some())
        && (item.capital || !is_ambiguous(word) || matches!(s.get(day_at).form, Form::Ordinal(_)))
    {
        return Some(month_day(s, i, day_at, month, day, after));
    }
    if !item.capital && is_ambiguous(word) {
        return None;
    }
    if let Some((year, after)) = year_tail(s, j) {
        return Some(Match::date(
            i,
            after,
            Under::calendar(year, Some(month), None),
            "month-year",
        ));
    }
    // An apostrophe before digits: "Sept '94" is handled above; "May" alone needs support.
    let ambiguous = is_ambiguous(word) || word.len() == 3 && word != "may";
    let supported = follows_preposition(s, i);
    if ambiguous && !supported {
        let sure = matches!(word, "april" | "june" | "august") && i > 0 && !s.get(i + 1).capital;
        let lone = i == 0 && s.len() <= 2 && word.len() > 3;
        if !sure && !lone {
            return None;
        }
    }
    if word.len() == 3 && word != "may" && !supported {
        return None;
    }
    // "August Wilson", "June Carter"; "Day-Lewis" and "May-Britt".
    if glue && !supported || s.before(i).form == Form::Hyphen && !supported {
        return None;
    }
    Some(Match::date(
        i,
        i + 1,
        Under::calendar(Year::Open, Some(month), None),
        "month",
    ))
}

/// A month and a day, perhaps with a second day ("March 5 and 6", "March 5-7, 1942").
fn month_day(s: &Sentence, start: usize, day_at: usize, month: u8, day: u8, after: usize) -> Match {
    let joins = matches!(s.get(after).form, Form::Hyphen | Form::Dash)
        || s.any(after, &[Role::And, Role::To, Role::Or, Role::Through]);
    let ordinal = matches!(s.get(day_at).form, Form::Ordinal(_));
    if joins
        && let Some((second, end)) = s.day(after + 1)
        && (matches!(s.get(after + 1).form, Form::Number(_, 1..=2)) || ordinal)
        && second > day
        && !s.get(end).form.is_word_like()
    {
        let (year, last) = year_tail(s, end).unwrap_or((Year::Open, end));
        let first = Under::calendar(year, Some(month), Some(day));
        let mut found = Match::date(start, after, first, "month-days");
        found.second = Some((
            after + 1,
            last,
            Under::calendar(year, Some(month), Some(second)),
        ));
        return found;
    }
    let (year, end) = year_tail(s, after).unwrap_or((Year::Open, after));
    let rule = if year == Year::Open {
        "month-day"
    } else {
        "full-date"
    };
    Match::date(
        start,
        end,
        Under::calendar(year, Some(month), Some(day)),
        rule,
    )
}

impl Form {
    /// True where a number before it would count a thing ("March 5 and 6 people").
    const fn is_word_like(self) -> bool {
        matches!(self, Self::Figure)
    }
}

/// "20 September", "the 5th of May", "5-7 March", "5 and 6 March", with or without a year.
fn day_first(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    let (first, after) = s.day(j)?;
    let month_at = |at: usize| {
        let ordinal = !matches!(s.get(at.wrapping_sub(1)).form, Form::Number(..));
        let k = if ordinal { s.skip(at, Role::Of) } else { at };
        let k = if s.get(k).form == Form::Hyphen {
            k + 1
        } else {
            k
        };
        let item = s.get(k);
        let sure = item.capital || !is_ambiguous(s.word(k)) || k > at;
        item.lex.month.filter(|_| sure).map(|month| (month, k + 1))
    };
    if let Some((month, end)) = month_at(after) {
        let (year, end) = year_tail(s, end).unwrap_or((Year::Open, end));
        let rule = if year == Year::Open {
            "day-month"
        } else {
            "full-date"
        };
        return Some(Match::date(
            i,
            end,
            Under::calendar(year, Some(month), Some(first)),
            rule,
        ));
    }
    let joins = matches!(
        s.get(after).form,
        Form::Hyphen | Form::Dash | Form::Mark('/')
    ) || s.any(
        after,
        &[Role::And, Role::To, Role::Or, Role::Through, Role::Until],
    );
    if !joins {
        return None;
    }
    let k = s.skip(after + 1, Role::The);
    let (second, second_end) = s.day(k)?;
    let (month, end) = month_at(second_end)?;
    let (year, end) = year_tail(s, end).unwrap_or((Year::Open, end));
    if second <= first {
        return None;
    }
    let mut found = Match::date(
        i,
        after,
        Under::calendar(year, Some(month), Some(first)),
        "day-range",
    );
    found.second = Some((
        after + 1,
        end,
        Under::calendar(year, Some(month), Some(second)),
    ));
    Some(found)
}

/// "last August", "this September", "next May 5", "the following March".
fn relative_month(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    let toward = match s.lex(j).role? {
        Role::Last | Role::Past => Toward::Last,
        Role::Next | Role::Coming => Toward::Next,
        Role::This => Toward::This,
        Role::Previous => Toward::RunningLast,
        Role::Following => Toward::RunningNext,
        _ => return None,
    };
    let k = j + 1;
    let k = if toward == Toward::This && s.any(k, &[Role::Coming, Role::Past]) {
        k + 1
    } else {
        k
    };
    let item = s.get(k);
    let month = item
        .lex
        .month
        .filter(|_| item.capital || !is_ambiguous(s.word(k)))?;
    let (day, end) = match s.digits(k + 1) {
        Some((day, 1..=2)) if (1..=31).contains(&day) => (Some(day as u8), k + 2),
        _ => (None, k + 1),
    };
    let base = Base::Calendar {
        year: Year::Open,
        month: Some(month),
        day,
        weekday: None,
        toward,
    };
    Some(Match::date(i, end, Under::new(base), "month-relative"))
}

/// "490 BC", "AD 79", "c. 300 BC".
fn era(s: &Sentence, i: usize) -> Option<Match> {
    if s.is(i, Role::Ad) && s.get(i).capital {
        let (value, _) = s.digits(i + 1)?;
        return Some(Match::date(
            i,
            i + 2,
            Under::calendar(Year::Known(value as i32), None, None),
            "year-ad",
        ));
    }
    let (value, digits) = s.digits(i)?;
    if digits > 4 || s.before(i).form == Form::Hyphen {
        return None;
    }
    if s.is(i + 1, Role::Bc) {
        return Some(Match::date(
            i,
            i + 2,
            Under::calendar(Year::Bc(value as i32), None, None),
            "year-bc",
        ));
    }
    // "431-404 BC": the first year takes its era from the second.
    let joined = matches!(s.get(i + 1).form, Form::Hyphen | Form::Dash)
        || s.any(i + 1, &[Role::And, Role::To]);
    if joined && s.digits(i + 2).is_some() && s.is(i + 3, Role::Bc) {
        return Some(Match::date(
            i,
            i + 1,
            Under::calendar(Year::Bc(value as i32), None, None),
            "year-bc",
        ));
    }
    if s.is(i + 1, Role::Ad) && s.get(i + 1).span.len() > 1 && s.get(i + 1).capital {
        return Some(Match::date(
            i,
            i + 2,
            Under::calendar(Year::Known(value as i32), None, None),
            "year-ad",
        ));
    }
    None
}

/// Nouns that a four-digit number counts.
const COUNTED: &[&str] = &[
    "acres",
    "barrels",
    "billion",
    "bytes",
    "calories",
    "cases",
    "cents",
    "civilians",
    "companies",
    "dead",
    "deaths",
    "degrees",
    "delegates",
    "demonstrators",
    "dollars",
    "employees",
    "euros",
    "families",
    "feet",
    "fighters",
    "flights",
    "francs",
    "grams",
    "hectares",
    "homes",
    "hours",
    "houses",
    "inches",
    "jobs",
    "kg",
    "kilometers",
    "kilometres",
    "km",
    "lives",
    "locations",
    "marks",
    "members",
    "men",
    "meters",
    "metres",
    "miles",
    "million",
    "minutes",
    "mm",
    "mph",
    "officers",
    "others",
    "passengers",
    "patients",
    "people",
    "percent",
    "pesos",
    "points",
    "police",
    "pounds",
    "prisoners",
    "protesters",
    "rubles",
    "seats",
    "seconds",
    "shares",
    "ships",
    "soldiers",
    "square",
    "students",
    "tanks",
    "tonnes",
    "tons",
    "troops",
    "units",
    "voters",
    "votes",
    "watts",
    "women",
    "workers",
    "yards",
    "yen",
];

/// Words before which a number names something else than a year.
const NUMBERED: &[&str] = &[
    "no",
    "no.",
    "nos.",
    "number",
    "flight",
    "route",
    "highway",
    "room",
    "section",
    "page",
    "pages",
    "chapter",
    "article",
    "boeing",
    "airbus",
    "channel",
    "model",
    "windows",
    "office",
    "bill",
    "resolution",
    "than",
    "about",
    "nearly",
    "approximately",
    "almost",
    "over",
    "some",
    "estimated",
    "roughly",
    "only",
    "least",
    "most",
    "index",
    "rs",
    "usd",
];

fn bare_year(s: &Sentence, i: usize) -> Option<Match> {
    let start = i;
    let i = s.skip(i, Role::The);
    let named = s.word(i) == "year" && (i > start || follows_preposition(s, i) || i == 0);
    let i = if named { i + 1 } else { start };
    if s.is(start, Role::The) && !named {
        return None;
    }
    if named && let Some((year, end)) = year_in_words(s, i) {
        return Some(Match::date(
            start,
            end,
            Under::calendar(Year::Known(year), None, None),
            "year",
        ));
    }
    if s.mark(i, '\'')
        && let Some((value, 2)) = s.digits(i + 1)
    {
        let alone = s.get(i + 1).glued && !s.get(i).glued;
        return (alone && follows_preposition(s, i)).then(|| {
            Match::date(
                i,
                i + 2,
                Under::calendar(Year::Short(value as i32), None, None),
                "year-short",
            )
        });
    }
    let Some((value, 4)) = s.digits(i) else {
        let (year, end) = year_in_words(s, i).filter(|_| follows_preposition(s, i))?;
        return Some(Match::date(
            i,
            end,
            Under::calendar(Year::Known(year), None, None),
            "year-words",
        ));
    };
    if !named && !looks_like_year(s, i, value) {
        return None;
    }
    let mut found = Match::date(
        start,
        i + 1,
        Under::calendar(Year::Known(value as i32), None, None),
        "year",
    );
    if !named
        && matches!(
            s.get(i + 1).form,
            Form::Hyphen | Form::Dash | Form::Mark('/')
        )
    {
        let second = match s.digits(i + 2) {
            Some((second, 2)) => value / 100 * 100 + second,
            Some((second, 4)) => second,
            _ => return Some(found),
        };
        if second > value && second < value + 200 && !s.get(i + 3).glued {
            found.second = Some((
                i + 2,
                i + 3,
                Under::calendar(Year::Known(second as i32), None, None),
            ));
        }
    }
    Some(found)
}

fn looks_like_year(s: &Sentence, i: usize, value: u32) -> bool {
    let (before, after) = (s.before(i), s.get(i + 1));
    let glued_word = after.glued && matches!(after.form, Form::Mark('%' | '/' | ':' | '$' | '°'));
    let hyphened = after.form == Form::Hyphen
        && !matches!(s.get(i + 2).form, Form::Number(..))
        && s.lex(i + 2).unit.is_some();
    let joined = before.form == Form::Hyphen
        && !matches!(s.get(i.wrapping_sub(2)).form, Form::Number(..))
        && before.glued
        && !matches!(
            s.word(i.wrapping_sub(2)),
            "mid" | "pre" | "post" | "early" | "late" | "since"
        );
    let money = matches!(
        before.form,
        Form::Mark('$' | '£' | '€' | '¥' | '#' | '+' | '*' | '/' | ':' | '.')
    );
    if glued_word || hyphened || joined || money {
        return false;
    }
    if COUNTED.binary_search(&s.word(i + 1)).is_ok() || s.lex(i + 1).scale.is_some() {
        return false;
    }
    let supported = follows_preposition(s, i);
    if NUMBERED.contains(&s.word_before(i)) && !supported {
        return false;
    }
    // "1201 Elm Street", "Lira 2000", "Windows 2000".
    if after.capital
        && after.form == Form::Word
        && !matches!(before.form, Form::Word | Form::Possessive)
    {
        return false;
    }
    match value {
        1900..=2039 => true,
        1000..=1899 | 2040..=2099 => {
            let bracket = matches!(before.form, Form::Mark('('))
                && matches!(
                    after.form,
                    Form::Mark(')' | ',') | Form::Hyphen | Form::Dash
                );
            let counted = after.form == Form::Word
                && s.word(i + 1).ends_with('s')
                && !matches!(s.word(i + 1), "was" | "is" | "has" | "as");
            let ranged = matches!(before.form, Form::Hyphen | Form::Dash)
                && matches!(s.get(i.wrapping_sub(2)).form, Form::Number(_, 4));
            let opens_range = matches!(after.form, Form::Hyphen | Form::Dash)
                && s.digits(i + 2)
                    .is_some_and(|(next, _)| next > value && next < 2100);
            // "Blockade, 1861": a number that ends a phrase and counts nothing.
            let ends = value >= 1600
                && (after.form != Form::Word || after.lex.role.is_some())
                && matches!(before.form, Form::Word | Form::Mark(',' | '.'))
                && (before.lex.role.is_none() || supported)
                && !before.capital;
            bracket
                || ranged
                || opens_range
                || ends
                || supported
                    && !counted
                    && !s.is(i.wrapping_sub(1), Role::To)
                    && !s.is(i.wrapping_sub(1), Role::Approx)
        }
        _ => false,
    }
}

/// "nineteen ninety-four", "two thousand", "two thousand and four".
pub(super) fn year_in_words(s: &Sentence, i: usize) -> Option<(i32, usize)> {
    let (first, at) = s.cardinal(i).filter(|_| s.lex(i).cardinal.is_some())?;
    if (2000..=2099).contains(&first) {
        return Some((first as i32, at));
    }
    if !(13..=20).contains(&first) {
        return None;
    }
    let (second, end) = s
        .cardinal(s.skip_hyphen(at))
        .filter(|_| s.lex(s.skip_hyphen(at)).cardinal.is_some())?;
    (10..=99)
        .contains(&second)
        .then_some(((first * 100 + second) as i32, end))
}

#[cfg(test)]
mod tests {
    #[test]
    fn counted_nouns_are_sorted() {
        assert!(super::COUNTED.is_sorted());
    }
}
