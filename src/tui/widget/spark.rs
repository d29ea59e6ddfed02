//! Events over time as bars.

use super::super::theme::Theme;
use crate::store::{Filter, Read};
use crate::when::Interval;
use chrono::NaiveDate;

/// Counts as bars, the highest of them full.
pub(in crate::tui) fn bars(counts: &[u32], theme: &Theme) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let top = theme.glyphs.bars.len() as u32 - 1;
    let bar = |count: &u32| match *count {
        0 => theme.glyphs.dot,
        count => {
            let height = (u64::from(count) * u64::from(top)).div_ceil(u64::from(most));
            theme
                .glyphs
                .bars
                .get(height as usize)
                .copied()
                .unwrap_or(" ")
        }
    };
    counts.iter().map(bar).collect()
}

/// The stretch that holds the bulk of the events under a filter: a lone "since 1994" must not
/// press everything else into one bar.
pub(in crate::tui) fn bulk(store: &dyn Read, filter: &Filter) -> Option<(NaiveDate, NaiveDate)> {
    let extent = store.extent(filter)?;
    let count = store.event_count(filter);
    let row = |at: usize| -> Option<Interval> {
        let row = store.events(filter, at..at + 1).into_iter().next()?;
        Some(row.event.date)
    };
    let edge = count / 20 + usize::from(count >= 8);
    let low = row(edge)
        .and_then(|date| date.start.or(date.end))
        .or(extent.start);
    let high = row(count.saturating_sub(edge + 1)).and_then(|date| date.start.or(date.end));
    let (low, high) = (low.or(extent.end)?, high.or(extent.end).or(extent.start)?);
    (low <= high).then_some((low, high))
}
