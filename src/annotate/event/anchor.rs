//! Which time expression dates what: a clause, or the noun it stands in.
//!
//! The rules are those of `TimeML`'s adjacent links, done with closed word lists: "the August 9
//! election" dates the election, "on August 9" dates the clause. Invariant: an expression that is
//! resolved to no day at all dates nothing, except where only its year is open.

use super::clause::{Clause, Word};
use super::lexicon::LEXICON;
use super::noun;
use super::signal::{duration, governed, near, open, plain, soon};
use super::verb::Tense;
use crate::annotate::timex::{Timex, TimexKind};
use crate::annotate::{Annotated, EventKind};
use crate::when::{Interval, Precision};
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
    /// Said to have been planned for then, whatever came of it.
    pub(crate) planned: bool,
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
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    pub(super) fn before(&self, at: usize, by: usize) -> &str {
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
    pub(super) fn written(&self) -> Option<NaiveDate> {
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

    /// "despite the minister's denial on Sunday": the date belongs to what is set aside.
    fn concedes(&self, timex: usize) -> bool {
        (1..=8)
            .map(|by| self.before(timex, by))
            .take_while(|word| !matches!(*word, "" | "," | ";"))
            .any(|word| matches!(word, "despite" | "unlike" | "notwithstanding"))
    }

    /// True where a verb of the clause before word `signal` puts something off.
    fn defers(&self, clause: usize, signal: usize) -> bool {
        let from = self
            .clauses
            .get(clause)
            .map_or(0, |clause| clause.words.start);
        let before = self.words.get(from..signal).unwrap_or_default();
        before.iter().any(|word| {
            let form = LEXICON.verb(&word.text);
            form.is_some_and(|form| !form.forms.base && LEXICON.is("defer", form.base))
                || (word.text == "put" && self.before(signal, 1) == "off")
        })
    }

    /// True where the clause tells of what was done at the event of the expression at `words`.
    fn takes_place_at(&self, words: &Range<usize>, clause: usize) -> bool {
        let verb = self
            .clauses
            .get(clause)
            .and_then(|clause| clause.verb.as_ref());
        let acts = verb.is_some_and(|verb| {
            let idle = verb.base == "be" || verb.base == "have" || LEXICON.is("report", &verb.base);
            verb.tense == Tense::Past && !idle
        });
        let determined = matches!(self.before(words.start, 1), "the" | "last" | "this");
        acts && matches!(
            self.before(words.start, 1 + usize::from(determined)),
            "at" | "in"
        )
    }

    /// The event noun that the expression at `words` dates, where it dates a noun.
    fn noun(&self, words: &Range<usize>, clause: usize) -> Option<usize> {
        let passing = || noun::passing(self.words, self.clauses.get(clause)?, words);
        noun::after(self.words, words).or_else(passing).or_else(|| {
            let verb = self.clauses.get(clause)?.verb.as_ref();
            // "held the election on August 9": the clause is the election.
            let light = verb.is_some_and(|verb| LEXICON.is("light", &verb.base));
            let plan = || noun::is_plan(self.words, words);
            noun::before(self.words, words).filter(|_| !light || plan())
        })
    }

    /// "the first envoy since 2008" compares; it does not date the clause.
    pub(super) fn compares(&self, signal: usize) -> bool {
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
                planned: false,
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
            let single = timex.interval.days() == Some(1);
            if noun < words.start && noun::is_plan(sentence.words, words) {
                if let Some(anchor) = out.last_mut() {
                    anchor.planned = true;
                }
                continue;
            }
            // "chosen at the June 9 convention": what the clause tells was then as well.
            if single && sentence.takes_place_at(words, clause) && !sentence.has_day(*index, clause)
            {
                add(Target::Clause(clause), timex.interval, EventKind::Event);
            }
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
                "during" | "amid" if single => {
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
        if matches!(signal, "until" | "till" | "to") && sentence.defers(clause, at) {
            // "put off until 4 May": planned for that day.
            add(Target::Clause(clause), timex.interval, EventKind::Event);
            if let Some(anchor) = out.last_mut() {
                anchor.planned = true;
            }
            continue;
        }
        if sentence.concedes(words.start) {
            continue;
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
