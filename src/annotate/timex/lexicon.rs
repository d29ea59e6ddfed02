//! The word lists of `assets/timex`, read once into one table from a form to what it can mean.
//!
//! Not here: grammar. A form can have several senses ("second" is a unit and an ordinal, "may" a
//! month and a verb); the rules choose.

use super::TimexKind;
use super::value::{Part, Season, Unit};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Roles of the words that shape an expression; `assets/timex/roles.tsv` gives each its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names are the words of `roles.tsv`.
pub(super) enum Role {
    The,
    A,
    Of,
    In,
    On,
    At,
    To,
    And,
    Or,
    From,
    Until,
    Through,
    Between,
    By,
    Per,
    This,
    These,
    That,
    Those,
    Last,
    Past,
    Previous,
    Latest,
    Most,
    Next,
    Following,
    Coming,
    Current,
    Same,
    Recent,
    Final,
    New,
    Ago,
    Earlier,
    Later,
    Before,
    After,
    Hence,
    Early,
    Late,
    Mid,
    Middle,
    Start,
    End,
    Eve,
    Every,
    Each,
    Other,
    Once,
    Twice,
    Times,
    Half,
    Full,
    Fiscal,
    Financial,
    School,
    Calendar,
    Approx,
    Less,
    Just,
    Only,
    More,
    Least,
    Than,
    Up,
    As,
    Well,
    So,
    Ahead,
    Out,
    Period,
    Ended,
    Ends,
    Plurals,
    Oclock,
    Noon,
    Midnight,
    Bc,
    Ad,
    Am,
    Pm,
    Today,
    Tonight,
    Yesterday,
    Tomorrow,
    No,
    Yearend,
}

impl Role {
    fn named(name: &str) -> Option<Self> {
        ROLE_NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, role)| *role)
    }
}

const ROLE_NAMES: &[(&str, Role)] = &[
    ("the", Role::The),
    ("a", Role::A),
    ("of", Role::Of),
    ("in", Role::In),
    ("on", Role::On),
    ("at", Role::At),
    ("to", Role::To),
    ("and", Role::And),
    ("or", Role::Or),
    ("from", Role::From),
    ("until", Role::Until),
    ("through", Role::Through),
    ("between", Role::Between),
    ("by", Role::By),
    ("per", Role::Per),
    ("this", Role::This),
    ("these", Role::These),
    ("that", Role::That),
    ("those", Role::Those),
    ("last", Role::Last),
    ("past", Role::Past),
    ("previous", Role::Previous),
    ("latest", Role::Latest),
    ("most", Role::Most),
    ("next", Role::Next),
    ("following", Role::Following),
    ("coming", Role::Coming),
    ("current", Role::Current),
    ("same", Role::Same),
    ("recent", Role::Recent),
    ("final", Role::Final),
    ("new", Role::New),
    ("ago", Role::Ago),
    ("earlier", Role::Earlier),
    ("later", Role::Later),
    ("before", Role::Before),
    ("after", Role::After),
    ("hence", Role::Hence),
    ("early", Role::Early),
    ("late", Role::Late),
    ("mid", Role::Mid),
    ("middle", Role::Middle),
    ("start", Role::Start),
    ("end", Role::End),
    ("eve", Role::Eve),
    ("every", Role::Every),
    ("each", Role::Each),
    ("other", Role::Other),
    ("once", Role::Once),
    ("twice", Role::Twice),
    ("times", Role::Times),
    ("half", Role::Half),
    ("full", Role::Full),
    ("fiscal", Role::Fiscal),
    ("financial", Role::Financial),
    ("school", Role::School),
    ("calendar", Role::Calendar),
    ("approx", Role::Approx),
    ("less", Role::Less),
    ("just", Role::Just),
    ("only", Role::Only),
    ("more", Role::More),
    ("least", Role::Least),
    ("than", Role::Than),
    ("up", Role::Up),
    ("as", Role::As),
    ("well", Role::Well),
    ("so", Role::So),
    ("ahead", Role::Ahead),
    ("out", Role::Out),
    ("period", Role::Period),
    ("ended", Role::Ended),
    ("ends", Role::Ends),
    ("plurals", Role::Plurals),
    ("oclock", Role::Oclock),
    ("noon", Role::Noon),
    ("midnight", Role::Midnight),
    ("bc", Role::Bc),
    ("ad", Role::Ad),
    ("am", Role::Am),
    ("pm", Role::Pm),
    ("today", Role::Today),
    ("tonight", Role::Tonight),
    ("yesterday", Role::Yesterday),
    ("tomorrow", Role::Tomorrow),
    ("no", Role::No),
    ("yearend", Role::Yearend),
];

/// Everything a form can mean.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lex {
    /// 1 to 12.
    pub month: Option<u8>,
    /// ISO weekday, 1 to 7.
    pub weekday: Option<u8>,
    /// A unit of time.
    pub unit: Option<Unit>,
    /// The unit, weekday or part of day is a plural.
    pub plural: bool,
    /// A cardinal below a hundred.
    pub cardinal: Option<u8>,
    /// A factor: hundred, thousand.
    pub scale: Option<u32>,
    /// An ordinal.
    pub ordinal: Option<u8>,
    /// "several" and its like.
    pub vague_number: bool,
    /// A part of the day.
    pub part: Option<Part>,
    /// A season.
    pub season: Option<Season>,
    /// A time zone, in minutes east of UTC.
    pub zone: Option<i16>,
    /// A function in the grammar.
    pub role: Option<Role>,
    /// It begins a holiday or a fixed phrase.
    pub phrase: bool,
}

impl Lex {
    /// True where an expression can hold it as its heart.
    pub(super) const fn is_heart(&self) -> bool {
        self.month.is_some()
            || self.weekday.is_some()
            || self.unit.is_some()
            || self.part.is_some()
            || self.season.is_some()
            || self.phrase
            || matches!(
                self.role,
                Some(
                    Role::Today
                        | Role::Tonight
                        | Role::Yesterday
                        | Role::Tomorrow
                        | Role::Noon
                        | Role::Midnight
                        | Role::Yearend
                        | Role::Am
                        | Role::Pm
                        | Role::Half
                        | Role::Oclock
                        | Role::Period
                        | Role::Earlier
                )
            )
    }
}

/// A holiday: how its day follows from the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HolidayRule {
    /// Month and day.
    Fixed(u32, u32),
    /// The Nth weekday of a month (5 is the last), and days on from there.
    Nth {
        month: u32,
        nth: u32,
        weekday: u32,
        plus: i64,
    },
    /// Days from Easter Sunday.
    Easter(i64),
}

/// What a phrase of several words means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    /// A holiday, an index into [`Lexicon::holidays`].
    Holiday(u16),
    /// A fixed type and value.
    Fixed(TimexKind, &'static str),
}

/// A phrase: the words after its first, and its meaning.
#[derive(Debug)]
pub(super) struct Phrase {
    pub rest: Vec<&'static str>,
    pub meaning: Meaning,
}

/// All word lists.
#[derive(Default)]
pub(super) struct Lexicon {
    words: HashMap<&'static str, Lex>,
    phrases: HashMap<&'static str, Vec<Phrase>>,
    pub holidays: Vec<HolidayRule>,
    longest: usize,
}

/// The lists, read once.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    /// What `word` (in lower case) can mean.
    pub(super) fn get(&self, word: &str) -> Lex {
        if word.len() > self.longest {
            return Lex::default();
        }
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The phrases that begin with `word`, longest first.
    pub(super) fn phrases(&self, word: &str) -> &[Phrase] {
        self.phrases.get(word).map_or(&[], Vec::as_slice)
    }

    fn word(&mut self, form: &'static str) -> &mut Lex {
        self.longest = self.longest.max(form.len());
        self.words.entry(form).or_default()
    }

    fn read() -> Self {
        let mut made = Self::default();
        for [form, number, _] in rows(include_str!("../../../assets/timex/months.tsv")) {
            made.word(form).month = number.parse().ok();
        }
        for [form, number, plural] in rows(include_str!("../../../assets/timex/weekdays.tsv")) {
            let lex = made.word(form);
            (lex.weekday, lex.plural) = (number.parse().ok(), plural == "plural");
        }
        for [form, unit, plural] in rows(include_str!("../../../assets/timex/units.tsv")) {
            let lex = made.word(form);
            (lex.unit, lex.plural) = (unit_named(unit), plural == "plural");
        }
        for [form, kind, value] in rows(include_str!("../../../assets/timex/numbers.tsv")) {
            let lex = made.word(form);
            match kind {
                "cardinal" => lex.cardinal = value.parse().ok(),
                "ordinal" => lex.ordinal = value.parse().ok(),
                "scale" => lex.scale = value.parse().ok(),
                _ => lex.vague_number = true,
            }
        }
        for [form, code, plural] in rows(include_str!("../../../assets/timex/dayparts.tsv")) {
            let lex = made.word(form);
            (lex.part, lex.plural) = (part_coded(code), plural == "plural");
        }
        for [form, code, _] in rows(include_str!("../../../assets/timex/seasons.tsv")) {
            made.word(form).season = season_coded(code);
        }
        for [form, minutes, _] in rows(include_str!("../../../assets/timex/zones.tsv")) {
            made.word(form).zone = minutes.parse().ok();
        }
        for [form, role, _] in rows(include_str!("../../../assets/timex/roles.tsv")) {
            made.word(form).role = Role::named(role);
        }
        for [name, rule, _] in rows(include_str!("../../../assets/timex/holidays.tsv")) {
            if let Some(rule) = holiday_rule(rule) {
                let index = made.holidays.len() as u16;
                made.holidays.push(rule);
                made.phrase(name, Meaning::Holiday(index));
            }
        }
        for [phrase, kind, value] in rows(include_str!("../../../assets/timex/vague.tsv")) {
            let kind = match kind {
                "DURATION" => TimexKind::Duration,
                "SET" => TimexKind::Set,
                "TIME" => TimexKind::Time,
                _ => TimexKind::Date,
            };
            made.phrase(phrase, Meaning::Fixed(kind, value));
        }
        for phrases in made.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        made
    }

    fn phrase(&mut self, name: &'static str, meaning: Meaning) {
        let mut words = name.split(' ');
        let Some(first) = words.next() else {
            return;
        };
        // "new year's" is two words and a possessive in the text; the list writes it as one.
        let (first, rest) = match first.strip_suffix("'s") {
            Some(stem) => (stem, std::iter::once("'s").chain(words).collect()),
            None => (first, words.flat_map(possessive_apart).collect::<Vec<_>>()),
        };
        self.word(first).phrase = true;
        self.phrases
            .entry(first)
            .or_default()
            .push(Phrase { rest, meaning });
    }
}

/// `year's` as `year`, `'s`; `fools'` as `fools`, `'`.
fn possessive_apart(word: &'static str) -> impl Iterator<Item = &'static str> {
    let (stem, mark) = match word.find('\'') {
        Some(at) => word.split_at(at),
        None => (word, ""),
    };
    std::iter::once(stem).chain((!mark.is_empty()).then_some(mark))
}

/// The rows of a list: three columns, missing ones empty; lines that begin with `#` are comments.
fn rows(list: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t').map(str::trim);
            let first = columns.next().filter(|form| !form.is_empty())?;
            Some([
                first,
                columns.next().unwrap_or(""),
                columns.next().unwrap_or(""),
            ])
        })
}

fn unit_named(name: &str) -> Option<Unit> {
    Some(match name {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "night" => Unit::Night,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "semester" => Unit::Half,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        "millennium" => Unit::Millennium,
        _ => return None,
    })
}

fn part_coded(code: &str) -> Option<Part> {
    [
        Part::Morning,
        Part::Midday,
        Part::Afternoon,
        Part::Evening,
        Part::Night,
        Part::Daytime,
    ]
    .into_iter()
    .find(|part| part.code() == code)
}

fn season_coded(code: &str) -> Option<Season> {
    [
        Season::Spring,
        Season::Summer,
        Season::Autumn,
        Season::Winter,
    ]
    .into_iter()
    .find(|season| season.code() == code)
}

/// Reads `12-25`, `11-w4-4`, `11-w4-4+1`, `easter-46`.
fn holiday_rule(rule: &str) -> Option<HolidayRule> {
    if let Some(offset) = rule.strip_prefix("easter") {
        return Some(HolidayRule::Easter(offset.parse().ok()?));
    }
    let (rule, plus) = match rule.split_once('+') {
        Some((rule, plus)) => (rule, plus.parse().ok()?),
        None => (rule, 0),
    };
    let mut parts = rule.split('-');
    let month = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    Some(match second.strip_prefix('w') {
        Some(nth) => HolidayRule::Nth {
            month,
            nth: nth.parse().ok()?,
            weekday: parts.next()?.parse().ok()?,
            plus,
        },
        None => HolidayRule::Fixed(month, second.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        for [form, role, _] in rows(include_str!("../../../assets/timex/roles.tsv")) {
            assert!(Role::named(role).is_some(), "{form}: {role}");
        }
        for [name, rule, _] in rows(include_str!("../../../assets/timex/holidays.tsv")) {
            assert!(holiday_rule(rule).is_some(), "{name}: {rule}");
        }
        for [form, unit, _] in rows(include_str!("../../../assets/timex/units.tsv")) {
            assert!(unit_named(unit).is_some(), "{form}: {unit}");
        }
        assert_eq!(LEXICON.get("sept.").month, Some(9));
        assert_eq!(LEXICON.get("second").ordinal, Some(2));
        assert_eq!(LEXICON.get("second").unit, Some(Unit::Second));
    }
}
