//! What an expression says before it has context: underspecified values.
//!
//! Not here: reading them off a text (the rule families) and giving them a date ([`super::resolve`]).
//! All of these are small plain data, so an [`Under`] can be copied about.

pub use super::unit::{Amount, Unit};

/// The year an expression speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Year {
    /// Not said.
    #[default]
    Open,
    /// Said.
    Known(i32),
    /// Two digits, as in `'89` or `11/02/89`.
    Short(i32),
    /// Before Christ.
    Bc(i32),
    /// So many years from the year of writing ("August last year").
    Shift(i32),
    /// So many years from the year that the text is in ("that year", "the following year").
    Running(i32),
}

impl Year {
    /// A year said in digits.
    pub fn known(year: u32) -> Self {
        Self::Known(signed(year))
    }

    /// Two digits.
    pub fn short(year: u32) -> Self {
        Self::Short(signed(year))
    }

    /// A year before Christ.
    pub fn bc(year: u32) -> Self {
        Self::Bc(signed(year))
    }
}

/// A count as a signed number; the readers cap what they read far below the limit.
pub(super) fn signed(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Which of several candidates an expression points to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Toward {
    /// Not said; tense decides.
    #[default]
    Open,
    /// The one before ("last August").
    Last,
    /// The one after ("next Friday").
    Next,
    /// The nearest, in the same week or year ("this September").
    This,
    /// The one before the day that the text is in ("the previous Friday").
    RunningLast,
    /// The one after the day that the text is in ("the following Friday").
    RunningNext,
}

/// From where a shift counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The day of writing.
    Writing,
    /// The day of writing, at the precision of the figures around ("a year ago" of a quarter).
    Ago,
    /// The day that the text is in.
    Running,
    /// The day that the text is in if it is plain, else the day of writing ("a year earlier").
    Either,
}

/// The first, middle or last part of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// "early", "the beginning of".
    Start,
    /// "mid-", "the middle of".
    Mid,
    /// "late", "the end of".
    End,
    /// "earlier this week": before the day of writing.
    Sofar,
    /// "later this week": after the day of writing.
    Still,
}

/// A part of the day, by its TIMEX3 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// MO
    Morning,
    /// MI
    Midday,
    /// AF
    Afternoon,
    /// EV
    Evening,
    /// NI
    Night,
    /// DT
    Daytime,
}

impl Part {
    /// The TIMEX3 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }
}

/// A season, by its TIMEX3 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// SP, March to May.
    Spring,
    /// SU, June to August.
    Summer,
    /// FA, September to November.
    Autumn,
    /// WI, December to February; the year is that of its December.
    Winter,
}

impl Season {
    /// The TIMEX3 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// Its first month on the northern half of the globe.
    pub const fn first_month(self) -> u32 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// A clock time or a part of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 24.
    pub hour: Option<u8>,
    /// 0 to 59.
    pub minute: Option<u8>,
    /// 0 to 59.
    pub second: Option<u8>,
    /// The part of the day, where no hour is said.
    pub part: Option<Part>,
    /// Minutes east of UTC, where a zone is said.
    pub zone: Option<i32>,
}

/// What an expression names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Parts of a calendar date; at least one besides the year, or the year.
    Calendar {
        /// The year.
        year: Year,
        /// 1 to 12.
        month: Option<u8>,
        /// 1 to 31.
        day: Option<u8>,
        /// ISO weekday, 1 to 7.
        weekday: Option<u8>,
        /// Which one.
        toward: Toward,
    },
    /// So many units from an anchor, at the precision of the unit ("last week", "two days later").
    Shift {
        /// The unit.
        unit: Unit,
        /// How many, negative into the past.
        by: i32,
        /// From where.
        anchor: Anchor,
    },
    /// A quarter of a year, 1 to 4; 0 is the one that the text is in.
    Quarter {
        /// Which.
        number: u8,
        /// Of which year.
        year: Year,
        /// Which one, where the year is open.
        toward: Toward,
    },
    /// A half of a year, 1 or 2.
    Half {
        /// Which.
        number: u8,
        /// Of which year.
        year: Year,
    },
    /// A season.
    Season {
        /// Which.
        season: Season,
        /// Of which year.
        year: Year,
        /// Which one, where the year is open.
        toward: Toward,
    },
    /// Ten years from this one; below 100 the century is open.
    Decade(i32),
    /// The Nth century.
    Century(i32),
    /// A feast or holiday, an index into the list of holidays.
    Holiday {
        /// Which.
        index: u16,
        /// Of which year.
        year: Year,
        /// Which one, where the year is open.
        toward: Toward,
    },
    /// A fixed TIMEX3 value, such as `PAST_REF` or `P1D`.
    Literal(&'static str),
    /// A length.
    Length {
        /// How many.
        amount: Amount,
        /// Of what.
        unit: Unit,
    },
    /// Every so many units.
    Every {
        /// How many, 1 where not said.
        amount: Amount,
        /// Of what.
        unit: Unit,
    },
    /// The Nth one of a weekday before the day of writing ("two Fridays ago").
    WeekdaysAgo {
        /// ISO weekday, 1 to 7.
        weekday: u8,
        /// How many, at least 1.
        count: u16,
    },
    /// The week that holds a day ("the week of April 8").
    WeekOf {
        /// Of which year.
        year: Year,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// Every one of a weekday.
    EveryWeekday(u8),
    /// No day is said, only a clock time or a part of the day.
    Dayless,
}

/// An underspecified value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Under {
    /// What it names.
    pub base: Base,
    /// The time of day.
    pub clock: Option<Clock>,
    /// Which part of it.
    pub edge: Option<Edge>,
    /// Said with "about" or its like.
    pub approx: bool,
}

impl Under {
    /// A value without time of day, edge or doubt.
    pub const fn new(base: Base) -> Self {
        Self {
            base,
            clock: None,
            edge: None,
            approx: false,
        }
    }

    /// Calendar parts with nothing else said.
    pub const fn calendar(year: Year, month: Option<u8>, day: Option<u8>) -> Self {
        Self::new(Base::Calendar {
            year,
            month,
            day,
            weekday: None,
            toward: Toward::Open,
        })
    }

    /// So many units from an anchor.
    pub const fn shift(unit: Unit, by: i32, anchor: Anchor) -> Self {
        Self::new(Base::Shift { unit, by, anchor })
    }

    /// The same with a time of day.
    #[must_use]
    pub const fn with_clock(self, clock: Clock) -> Self {
        Self {
            clock: Some(clock),
            ..self
        }
    }

    /// True for a length.
    pub const fn is_length(&self) -> bool {
        matches!(self.base, Base::Length { .. })
    }

    /// True for "every" expressions.
    pub const fn is_set(&self) -> bool {
        matches!(self.base, Base::Every { .. } | Base::EveryWeekday(_))
    }

    /// True for what names days: everything but lengths, sets and fixed values.
    pub const fn names_days(&self) -> bool {
        !self.is_length() && !self.is_set() && !matches!(self.base, Base::Literal(_))
    }
}
