//! The word lists of `assets/timex`, read once into one table from a form to what it can mean.
//!
//! Not here: grammar. A form can have several senses ("second" is a unit and an ordinal, "may" a
//! month and a verb); the rules choose.

use super::TimexKind;
use super::feast::Feast;
use super::role::Role;
use super::value::{Part, Season, Unit};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Everything a form can mean.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // Independent facts about a form.
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
    /// A number before it counts things and is no year.
    pub counted: bool,
    /// A number after it is a name or a quantity and no year.
    pub numbers: bool,
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
    pub holidays: Vec<Feast>,
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
        for [form, place, _] in rows(include_str!("../../../assets/timex/not-years.tsv")) {
            let lex = made.word(form);
            (lex.counted, lex.numbers) = (
                lex.counted || place == "after",
                lex.numbers || place == "before",
            );
        }
        for [name, rule, _] in rows(include_str!("../../../assets/timex/holidays.tsv")) {
            if let Some(rule) = Feast::read(rule) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        for [form, role, _] in rows(include_str!("../../../assets/timex/roles.tsv")) {
            assert!(Role::named(role).is_some(), "{form}: {role}");
        }
        for [name, rule, _] in rows(include_str!("../../../assets/timex/holidays.tsv")) {
            assert!(Feast::read(rule).is_some(), "{name}: {rule}");
        }
        for [form, unit, _] in rows(include_str!("../../../assets/timex/units.tsv")) {
            assert!(unit_named(unit).is_some(), "{form}: {unit}");
        }
        assert_eq!(LEXICON.get("sept.").month, Some(9));
        assert_eq!(LEXICON.get("second").ordinal, Some(2));
        assert_eq!(LEXICON.get("second").unit, Some(Unit::Second));
    }
}
