//! Units of time and how many of them.

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Civil days.
    Day,
    /// Nights.
    Night,
    /// Saturday and Sunday.
    Weekend,
    /// Weeks, Monday to Sunday.
    Week,
    /// Two weeks.
    Fortnight,
    /// Calendar months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Halves of a year.
    Half,
    /// Calendar years.
    Year,
    /// Ten years from a year that ends in 0.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

impl Unit {
    /// The TIMEX3 letter of a duration, and how many of that letter's unit one of these is.
    pub const fn letter(self) -> (&'static str, u32) {
        match self {
            Self::Second => ("S", 1),
            Self::Minute | Self::Month => ("M", 1),
            Self::Hour => ("H", 1),
            Self::Day | Self::Night => ("D", 1),
            Self::Weekend => ("D", 2),
            Self::Week => ("W", 1),
            Self::Fortnight => ("W", 2),
            Self::Quarter => ("M", 3),
            Self::Half => ("M", 6),
            Self::Year => ("Y", 1),
            Self::Decade => ("Y", 10),
            Self::Century => ("Y", 100),
            Self::Millennium => ("Y", 1000),
        }
    }

    /// True for units below a day.
    pub const fn is_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }

    /// Its length in days, rounded up.
    pub const fn days(self) -> u32 {
        match self {
            Self::Second | Self::Minute | Self::Hour | Self::Day | Self::Night => 1,
            Self::Weekend => 2,
            Self::Week => 7,
            Self::Fortnight => 14,
            Self::Month => 30,
            Self::Quarter => 91,
            Self::Half => 182,
            Self::Year => 365,
            Self::Decade => 3652,
            Self::Century => 36_524,
            Self::Millennium => 365_242,
        }
    }
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A whole number.
    Exact(u32),
    /// A whole number and a half.
    AndHalf(u32),
    /// "several", "a few", a bare plural: written X.
    Vague,
}
