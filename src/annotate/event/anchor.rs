//! Which time expression dates what: a clause, or the noun it stands in.
//!
//! The rules are those of `TimeML`'s adjacent links, done with closed word lists: "the August 9
//! election" dates the election, "on August 9" dates the clause. Invariant: an expression that is
//! resolved to no day at all dates nothing, except where only its year is open.

use super::clause::{Clause, Word};
use super::length::back;
use super::lexicon::LEXICON;
use super::noun;
use super::verb::Tense;
use crate::annotate::timex::{Timex, TimexKind};
use crate::annotate::{Annotated, EventKind};
use crate::when::{Interval, Precision, calendar};
use chrono::NaiveDate;
use std::ops::Range;

/// Days over which something lasted rather than happened.
const LASTING: i64 = 92;

/// What an expression dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The clause with this index.
    Clause(usize),
    /// The event noun at this word.
    Noun(usize),
}

/// One link from an expression to what it dates.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    /// What it dates.
    pub(crate) target: Target,
    /// When.
    pub(crate) date: Interval,
    /// Happened or held.
    pub(crate) kind: EventKind,
    /// Index into the expressions of the article.
    pub(crate) timex: u32,
}

/// A sentence made ready.
pub(crate) struct Sentence<'a> {
    /// The article.
    pub(crate) article: &'a Annotated,
    /// Words.
    pub(crate) words: &'a [Word],
    /// Clauses.
    pub(crate) clauses: &'a [Clause],
    /// Expressions: index in the article, words.
    pub(crate) timexes: &'a [(u32, Range<usize>)],
}

impl Sentence<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    fn before(&self, at: usize, by: usize) -> &str {
        at.checked_sub(by).map_or("", |at| self.word(at))
    }

    fn timex(&self, index: u32) -> Option<&Timex> {
        self.article.timexes.get(index as usize)
    }

    fn clause_of(&self, at: usize) -> Option<usize> {
        let found = self
            .clauses
            .iter()
            .position(|clause| clause.words.contains(&at))?;
        // What opens a sentence belongs to its main clause, past a relative clause:
        // "Since May, the mayor, who won twice, has ruled alone".
        let opening = self
            .clauses
            .get(found)
            .is_some_and(|clause| at < clause.head && clause.is_relative(self.words));
        if opening && self.clauses.len() > found + 1 {
            return Some(found + 1);
        }
        Some(found)
    }

    /// True where another expression of the clause names another day: "at ten on Monday".
    fn has_day(&self, index: u32, clause: usize) -> bool {
        let own = self.timex(index).map(|timex| timex.interval);
        self.timexes.iter().any(|(other, words)| {
            *other != index
                && self.clause_of(words.start) == Some(clause)
                && self.timex(*other).is_some_and(|other| {
                    other.kind == TimexKind::Date
                        && other.interval.precision == Precision::Day
                        && Some(other.interval) != own
                })
        })
    }

    fn tense(&self, clause: usize) -> Option<Tense> {
        Some(self.clauses.get(clause)?.verb.as_ref()?.tense)
    }

    /// The last day on which the article can have been written.
    fn written(&self) -> Option<NaiveDate> {
        let published = self.article.published.interval;
        published.end.or(published.start)
    }

    /// The preposition that governs the expression at `words`, past articles and adverbs.
    fn signal(&self, words: &Range<usize>) -> (&str, usize) {
        let mut at = words.start;
        for _ in 0..4 {
            let Some(before) = at.checked_sub(1) else {
                break;
            };
            at = before;
            let word = self.word(at);
            let passed = matches!(
                word,
                "the"
                    | "about"
                    | "around"
                    | "early"
                    | "late"
                    | "mid"
                    | "only"
                    | "just"
                    | "at"
                    | "least"
                    | "almost"
                    | "nearly"
                    | "more"
                    | "than"
                    | "some"
                    | "roughly"
                    | "over"
            );
            if !passed || (word == "over" && at + 1 == words.start) {
                return (word, at);
            }
        }
        ("", at)
    }

    /// The event noun that the expression at `words` dates, where it dates a noun.
    fn noun(&self, words: &Range<usize>, clause: usize) -> Option<usize> {
        noun::after(self.words, words).or_else(|| {
            let verb = self.clauses.get(clause)?.verb.as_ref();
            // "held the election on August 9": the clause is the election.
            let light = verb.is_some_and(|verb| LEXICON.is("light", &verb.base));
            noun::before(self.words, words).filter(|_| !light)
        })
    }

    /// "the first envoy since 2008" compares; it does not date the clause.
    fn compares(&self, signal: usize) -> bool {
        (1..=10)
            .map(|by| (self.before(signal, by), self.before(signal, by - 1)))
            .take_while(|(word, _)| word.starts_with(char::is_alphanumeric) || *word == ".")
            .any(|(word, next)| {
                // "most of the harbour" is a part of it.
                (word == "most" && next != "of")
                    || matches!(word, "first" | "last" | "only" | "worst" | "best" | "time")
                    || (word.ends_with("est") && word.len() > 5)
            })
    }
}

/// All links of a sentence.
pub(crate) fn anchors(sentence: &Sentence) -> Vec<Anchor> {
    let mut out = Vec::new();
    let mut joined = None;
    for (nth, (index, words)) in sentence.timexes.iter().enumerate() {
        if joined == Some(nth) {
            continue;
        }
        let Some(timex) = sentence.timex(*index) else {
            continue;
        };
        let Some(clause) = sentence.clause_of(words.start) else {
            continue;
        };
        let tense = sentence.tense(clause);
        let mut add = |target, date: Interval, kind| {
            out.push(Anchor {
                target,
                date,
                kind,
                timex: *index,
            });
        };
        let (signal, at) = sentence.signal(words);
        if timex.kind == TimexKind::Set {
            continue;
        }
        if timex.kind == TimexKind::Duration {
            if let Some((date, kind)) = duration(sentence, timex, words, signal, tense) {
                add(Target::Clause(clause), date, kind);
            }
            continue;
        }
        if timex.kind == TimexKind::Time && sentence.has_day(*index, clause) {
            continue;
        }
        let open_year = timex.value.starts_with("XXXX-");
        if !timex.interval.is_dated() && !open_year {
            continue;
        }
        if let Some(noun) = sentence.noun(words, clause) {
            add(Target::Noun(noun), plain(timex.interval), EventKind::Event);
            let before_noun = sentence.signal(words);
            let soon = soon(sentence, before_noun.1);
            match before_noun.0 {
                "after" | "following" if soon => {
                    add(
                        Target::Clause(clause),
                        near(timex.interval),
                        EventKind::Event,
                    );
                }
                "during" | "amid" if timex.interval.days() == Some(1) => {
                    add(Target::Clause(clause), timex.interval, EventKind::Event);
                }
                "since" if tense == Some(Tense::Perfect) && !sentence.compares(at) => {
                    add(
                        Target::Clause(clause),
                        open(timex.interval),
                        EventKind::State,
                    );
                }
                _ => {}
            }
            continue;
        }
        // "from May 3 to May 9", "between 1994 and 1998", "May 3-9".
        if let Some((other, next)) = sentence.timexes.get(nth + 1) {
            let link = sentence.word(words.end);
            let linked = next.start == words.end + 1
                && (link == "-"
                    || (matches!(link, "to" | "until" | "till" | "through" | "and")
                        && matches!(signal, "from" | "between")));
            let ends = (
                timex.interval.start,
                sentence.timex(*other).and_then(|other| other.interval.end),
            );
            if let ((true, (Some(start), Some(end))), true) = ((linked, ends), signal != "since") {
                // "from 2003 to 2007": what lasted so long is no single event.
                let kind = if (end - start).num_days() > LASTING {
                    EventKind::State
                } else {
                    EventKind::Event
                };
                add(Target::Clause(clause), Interval::range(start, end), kind);
                joined = Some(nth + 1);
                continue;
            }
        }
        let Some((mut date, kind)) = governed(sentence, timex, signal, at) else {
            continue;
        };
        // "had led it since 2009" was over when it was written.
        if let (EventKind::State, Some(Tense::Pluperfect), Some(start), None, Some(end)) =
            (kind, tense, date.start, date.end, sentence.written())
            && start <= end
        {
            date = Interval::range(start, end).about();
        }
        add(Target::Clause(clause), date, kind);
    }
    out
}

/// The date of a clause whose expression is governed by `signal`.
fn governed(
    sentence: &Sentence,
    timex: &Timex,
    signal: &str,
    at: usize,
) -> Option<(Interval, EventKind)> {
    let interval = timex.interval;
    let inside = sentence.word(at + 1) == "since" || signal == "since";
    if inside || (interval.precision == Precision::After && signal != "after") {
        return (!sentence.compares(at)).then(|| (open(interval), EventKind::State));
    }
    let date = match signal {
        "until" | "till" | "by" => interval.end.map_or(interval, Interval::before),
        "before" => interval.start.map_or(interval, |start| {
            Interval::before(calendar::add_days(start, -1))
        }),
        "after" | "following" if soon(sentence, at) => near(interval),
        "after" | "following" => interval.start.map_or(interval, Interval::after),
        _ => interval,
    };
    Some((date, EventKind::Event))
}

/// "shortly after", "two days after": close to the day, not only later than it.
fn soon(sentence: &Sentence, signal: usize) -> bool {
    matches!(
        sentence.before(signal, 1),
        "shortly"
            | "soon"
            | "immediately"
            | "just"
            | "right"
            | "hours"
            | "days"
            | "day"
            | "moments"
    )
}

/// The state or event that a length of time dates, counted back from the day of writing.
fn duration(
    sentence: &Sentence,
    timex: &Timex,
    words: &Range<usize>,
    signal: &str,
    tense: Option<Tense>,
) -> Option<(Interval, EventKind)> {
    let written = sentence.written()?;
    let start = back(written, &timex.value)?;
    let first = sentence.word(words.start);
    let recent = matches!(first, "last" | "past")
        || (first == "the" && matches!(sentence.word(words.start + 1), "last" | "past"));
    let in_office = matches!(
        (sentence.word(words.end), sentence.word(words.end + 1)),
        ("in", "power" | "office" | "charge") | ("of", "rule") | ("at", "the")
    );
    let goes_on = matches!(tense, Some(Tense::Perfect | Tense::Present));
    if signal == "for" && goes_on {
        return Some((Interval::after(start).about(), EventKind::State));
    }
    if in_office && matches!(signal, "his" | "her" | "their" | "its" | "for") {
        return Some((Interval::after(start).about(), EventKind::State));
    }
    let within = matches!(signal, "in" | "over" | "during" | "within");
    (recent && within).then(|| (Interval::range(start, written).about(), EventKind::Event))
}

/// The days themselves, where an interval was already opened by its tagger.
pub(crate) fn plain(interval: Interval) -> Interval {
    match (interval.precision, interval.start, interval.end) {
        (Precision::After, Some(start), _) => Interval::day(start).about(),
        (Precision::Before, _, Some(end)) => Interval::day(end).about(),
        _ => interval,
    }
}

/// From the first day on.
fn open(interval: Interval) -> Interval {
    interval.start.map_or(interval, |start| Interval {
        approximate: interval.approximate,
        ..Interval::after(start)
    })
}

/// Soon after: the same stretch, or two weeks for a day, marked approximate.
fn near(interval: Interval) -> Interval {
    match (interval.precision, interval.start) {
        (Precision::Day | Precision::After, Some(start)) => {
            Interval::range(start, calendar::add_days(start, 14)).about()
        }
        _ => interval.about(),
    }
}
