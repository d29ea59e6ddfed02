//! Numeric dates that can be read two ways: month first or day first.

use super::super::stamp::Stamp;
use super::super::witness::Candidate;
use crate::annotate::Annotated;
use crate::when::Interval;
use chrono::NaiveDate;

/// Chooses between month-first and day-first for numeric dates that can be read both ways.
///
/// Returns why, in words, where only custom decides.
pub(super) fn read_numeric(
    article: &Annotated,
    pool: &mut [Candidate],
    all: &[Candidate],
) -> Option<String> {
    let open = |one: &Candidate| one.stamp.is_some_and(|stamp| stamp.ambiguous);
    let firm: Vec<NaiveDate> = all
        .iter()
        .filter(|one| !open(one))
        .filter_map(Candidate::day)
        .collect();
    let day_first_host = article
        .article
        .hints
        .url
        .as_deref()
        .is_some_and(is_day_first_host);
    let day_first_language = article.language.code != "en" && !article.language.code.is_empty();
    let mut why = None;
    for one in pool.iter_mut().filter(|one| open(one)) {
        let Some(stamp) = one.stamp else { continue };
        let Some(swapped) = stamp.swapped() else {
            continue;
        };
        let (Some(a), Some(b)) = (stamp.date(), swapped.date()) else {
            continue;
        };
        let gap = |day: NaiveDate| {
            firm.iter()
                .map(|other| (*other - day).num_days().abs())
                .min()
        };
        let fits = |stamp: &Stamp| stamp.weekday.is_some() && !stamp.contradicts_weekday();
        let dotted = one.evidence.quote.contains('.');
        let swap = if fits(&swapped) != fits(&stamp) && stamp.weekday.is_some() {
            fits(&swapped)
        } else if let (Some(x), Some(y)) = (gap(a), gap(b)) {
            y < x
        } else {
            let day_first = dotted || day_first_host || day_first_language;
            let taken = if day_first == dotted { a } else { b };
            let reason = if dotted {
                "with dots the day comes first"
            } else if day_first_host {
                "sites of that country write the day first"
            } else if day_first_language {
                "its language writes the day first"
            } else {
                "the month comes first where nothing says otherwise"
            };
            let other = if taken == a { b } else { a };
            why = Some(format!(
                "“{}” can be {a} or {b}: read as {taken}, not {other}, because {reason}",
                one.evidence.quote
            ));
            day_first != dotted
        };
        if swap {
            one.stamp = Some(swapped);
            one.interval = swapped.interval().unwrap_or(Interval::day(b));
        }
    }
    why
}

/// Hosts of countries that write English with the day first.
fn is_day_first_host(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    last.len() == 2 && !matches!(last, "us" | "ph" | "ca" | "io" | "co" | "tv" | "me" | "ai")
}
