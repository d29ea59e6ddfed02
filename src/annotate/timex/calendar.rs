//! Calendar dates: "September 20, 2020", "20 Sept", "August last year", "last August".
//!
//! Not here: weekdays alone, dates in digits, years, quarters, seasons. A month that is also a word ("May", "March") needs
//! a day, a year or a preposition beside it.

use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Family, Match};
use super::value::{Base, Under, Year};
use super::year;

pub(super) const FAMILY: Family = Family {
    name: "calendar",
    read,
    examples: &[
        (
            "It is trying to sell itself under a June agreement.",
            "1989-10-27",
            &[("June", "DATE", "1989-06")],
        ),
        (
            "They met on 3 April 2026 and again on 17 April.",
            "2029-03-05",
            &[
                ("3 April 2026", "DATE", "2026-04-03"),
                ("17 April", "DATE", "2026-04-17"),
            ],
        ),
        (
            "They met twice in 2030, on May 3 and July 11, it found.",
            "2032-10-19",
            &[
                ("2030", "DATE", "2030"),
                ("May 3", "DATE", "2030-05-03"),
                ("July 11", "DATE", "2030-07-11"),
            ],
        ),
        (
            "Jailed in April 2029, he lost on Monday. Judges upheld the verdict of April 20.",
            "2030-11-11",
            &[
                ("April 2029", "DATE", "2029-04"),
                ("Monday", "DATE", "2030-11-11"),
                ("April 20", "DATE", "2029-04-20"),
            ],
        ),
        (
            "The commission delayed its decision to November 30.",
            "2026-07-17",
            &[("November 30", "DATE", "2026-11-30")],
        ),
        (
            "They made the late-November trip.",
            "2000-01-28",
            &[("late-November", "DATE", "1999-11")],
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
pub(super) fn is_ambiguous(word: &str) -> bool {
    matches!(
        word,
        "may" | "march" | "april" | "june" | "august" | "jan" | "mar" | "mar."
    )
}

pub(super) fn month_first(s: &Sentence, i: usize) -> Option<Match> {
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
pub(super) fn day_first(s: &Sentence, i: usize) -> Option<Match> {
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
