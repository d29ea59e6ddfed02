//! Calendar dates: "September 20, 2020", "20 Sept", "August last year", "last August".
//!
//! Not here: weekdays alone, dates in digits, years, quarters, seasons. A month that is also a word ("May", "March") needs
//! a day, a year or a preposition beside it.

use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Toward, Under, Year};
use super::year;

pub(super) const FAMILY: Family = Family {
    name: "calendar",
    read,
    examples: &[
        (
            "A hearing is set for the week of April 8.",
            "2021-03-10",
            &[("the week of April 8", "DATE", "2021-W14")],
        ),
        (
            "A session would still be held at the summit in April.",
            "1998-12-05",
            &[("April", "DATE", "1999-04")],
        ),
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
            "They fought on 5-7 March 1942.",
            "2009-12-19",
            &[
                ("5", "DATE", "1942-03-05"),
                ("7 March 1942", "DATE", "1942-03-07"),
            ],
        ),
        (
            "Fighting went on in August and September 1914.",
            "2009-12-19",
            &[
                ("August", "DATE", "1914-08"),
                ("September 1914", "DATE", "1914-09"),
            ],
        ),
        (
            "He arrived on May 3 and left on the 15th.",
            "2020-09-16",
            &[
                ("May 3", "DATE", "2020-05-03"),
                ("the 15th", "DATE", "2020-05-15"),
            ],
        ),
        (
            "She was sentenced on July 6 to 14 years, and on May 3 and 12 others were freed.",
            "2020-09-16",
            &[
                ("July 6", "DATE", "2020-07-06"),
                ("14 years", "DURATION", "P14Y"),
                ("May 3", "DATE", "2020-05-03"),
            ],
        ),
        (
            "After a March operation Ms. May met August Wilson.",
            "2020-09-16",
            &[("March", "DATE", "2020-03")],
        ),
        (
            "It was held on Sunday, September 20.",
            "2020-09-21",
            &[("Sunday, September 20", "DATE", "2020-09-20")],
        ),
        (
            "An October 9 ballot was annulled.",
            "2021-04-23",
            &[("October 9", "DATE", "2020-10-09")],
        ),
    ],
};

fn read(s: &Sentence, i: usize) -> Option<Match> {
    with_weekday(s, i)
        .or_else(|| month_first(s, i))
        .or_else(|| day_first(s, i))
        .or_else(|| week_of(s, i))
        .or_else(|| relative_month(s, i))
        .or_else(|| bare_day(s, i))
}

/// "the week of April 8", "the week of 8 April 2021": the week that holds the day.
fn week_of(s: &Sentence, i: usize) -> Option<Match> {
    let j = s.skip(i, Role::The);
    if s.word(j) != "week" || !s.is(j + 1, Role::Of) {
        return None;
    }
    let found = month_first(s, j + 2).or_else(|| day_first(s, j + 2))?;
    let Base::Calendar {
        year,
        month: Some(month),
        day: Some(day),
        ..
    } = found.under.base
    else {
        return None;
    };
    let under = Under::new(Base::WeekOf { year, month, day });
    found
        .second
        .is_none()
        .then(|| Match::date(i, found.end, under, "week-of"))
}

/// "on the 5th": a day of the month that the text is in.
fn bare_day(s: &Sentence, i: usize) -> Option<Match> {
    let Form::Ordinal(day @ 1..=31) = s.get(i + 1).form else {
        return None;
    };
    let after = s.get(i + 2);
    let closed = after.form != Form::Word || after.lex.role.is_some();
    let base = Base::Calendar {
        year: Year::Running(0),
        month: None,
        day: Some(day as u8),
        weekday: None,
        toward: Toward::Open,
    };
    let fits =
        s.is(i, Role::The) && i > 0 && s.is(i - 1, Role::On) && closed && !s.is(i + 2, Role::Of);
    fits.then(|| Match::date(i, i + 2, Under::new(base), "day-of-month"))
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

/// Months that are also names or verbs.
fn is_ambiguous(word: &str) -> bool {
    matches!(
        word,
        "may" | "march" | "april" | "june" | "august" | "jan" | "mar" | "mar."
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
    if let Some((year, after)) = year::tail(s, j) {
        return Some(Match::date(
            i,
            after,
            Under::calendar(year, Some(month), None),
            "month-year",
        ));
    }
    // An apostrophe before digits: "Sept '94" is handled above; "May" alone needs support.
    let ambiguous = is_ambiguous(word) || word.len() == 3 && word != "may";
    // "a March operation", "the May vote": an article, a capital, and a common noun.
    let after = s.get(i + 1);
    let attribute = i > 0
        && item.capital
        && s.any(i - 1, &[Role::The, Role::A])
        && after.form == Form::Word
        && !after.capital;
    // "(July-November 1954)"
    let ranged = glue && s.lex(j + 1).month.is_some() && s.get(j + 1).capital;
    let supported = year::follows_preposition(s, i) || attribute || ranged;
    if ambiguous && !supported {
        let sure = matches!(word, "april" | "june" | "august")
            && i > 0
            && !s.get(i + 1).capital
            && !s.before(i).capital;
        let lone = i == 0 && s.len() <= 2 && word.len() > 3;
        if !sure && !lone {
            return None;
        }
    }
    if word.len() == 3 && word != "may" && !supported {
        return None;
    }
    // "August Wilson", "June Carter"; "Day-Lewis" and "May-Britt".
    if (glue || s.before(i).form == Form::Hyphen) && !supported {
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
        && !counts(s, end)
    {
        let (year, last) = year::tail(s, end).unwrap_or((Year::Open, end));
        let first = Under::calendar(year, Some(month), Some(day));
        let mut found = Match::date(start, after, first, "month-days");
        found.second = Some((
            after + 1,
            last,
            Under::calendar(year, Some(month), Some(second)),
        ));
        return found;
    }
    let (year, end) = year::tail(s, after).unwrap_or((Year::Open, after));
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

/// True where a number before item `at` counts it: "on March 5 and 6 people", "on March 5 to 14 years".
fn counts(s: &Sentence, at: usize) -> bool {
    let item = s.get(at);
    let plural = item.form == Form::Word
        && !item.capital
        && s.word(at).len() > 3
        && s.word(at).ends_with('s');
    let people = matches!(
        s.word(at),
        "people" | "men" | "women" | "children" | "percent" | "per" | "million"
    );
    item.form == Form::Figure || item.lex.unit.is_some() || plural || people || s.mark(at, '%')
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
        let (year, end) = year::tail(s, end).unwrap_or((Year::Open, end));
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
    let (year, end) = year::tail(s, end).unwrap_or((Year::Open, end));
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
    let toward = s.lex(j).role?.toward();
    if toward == Toward::Open {
        return None;
    }
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
