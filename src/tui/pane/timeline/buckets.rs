//! The timeline in steps of a week, a month or a year.
//!
//! Counting needs every event once, so it is work for a job; what stays is bounded by the
//! calendar, not by the collection.

use crate::store::{Filter, Read};
use crate::timeline::Event;
use crate::when::{Interval, calendar};
use chrono::{Datelike, NaiveDate};
use std::sync::Arc;

/// How fine the timeline is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::tui) enum Zoom {
    /// A row an event.
    #[default]
    Day,
    /// A row a week.
    Week,
    /// A row a month.
    Month,
    /// A row a year.
    Year,
}

impl Zoom {
    /// Its name.
    pub(in crate::tui) const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// One step finer.
    pub(in crate::tui) const fn finer(self) -> Self {
        match self {
            Self::Day | Self::Week => Self::Day,
            Self::Month => Self::Week,
            Self::Year => Self::Month,
        }
    }

    /// One step coarser.
    pub(in crate::tui) const fn coarser(self) -> Self {
        match self {
            Self::Day => Self::Week,
            Self::Week => Self::Month,
            Self::Month | Self::Year => Self::Year,
        }
    }

    /// The first day of the step that holds `day`.
    fn floor(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => calendar::monday(day),
            Self::Month => calendar::first_of_month(day),
            Self::Year => calendar::date(day.year(), 1, 1).unwrap_or(day),
        }
    }

    /// The step that begins on `day`.
    pub(in crate::tui) fn interval(self, day: NaiveDate) -> Interval {
        match self {
            Self::Day => Interval::day(day),
            Self::Week => Interval::week(day),
            Self::Month => Interval::month(day),
            Self::Year => Interval::year(day.year()),
        }
    }
}

/// One step.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Bucket {
    /// Its first day; `None` for what is undated.
    pub(in crate::tui) day: Option<NaiveDate>,
    /// The row of its first event.
    pub(in crate::tui) first: usize,
    /// Its events.
    pub(in crate::tui) count: usize,
    /// The one that matters most.
    pub(in crate::tui) best: Arc<Event>,
}

/// Rows that are asked for at a time.
const PAGE: usize = 2048;

/// Counts events by step, in date order.
pub(in crate::tui) fn collect(
    store: &dyn Read,
    filter: &Filter,
    zoom: Zoom,
    stale: &dyn Fn() -> bool,
) -> Vec<Bucket> {
    let total = store.event_count(filter);
    let mut made: Vec<Bucket> = Vec::new();
    let mut from = 0;
    while from < total && !stale() {
        let page = store.events(filter, from..total.min(from + PAGE));
        if page.is_empty() {
            break;
        }
        for (row, event) in (from..).zip(&page) {
            let event = &event.event;
            let day = event.date.start.or(event.date.end).map(|day| zoom.floor(day));
            match made.last_mut().filter(|bucket| bucket.day == day) {
                Some(bucket) => {
                    bucket.count += 1;
                    if event.score > bucket.best.score {
                        bucket.best = event.clone();
                    }
                }
                None => made.push(Bucket { day, first: row, count: 1, best: event.clone() }),
            }
        }
        from += page.len();
    }
    made
}
