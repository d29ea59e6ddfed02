//! Says in plain words why an article has its date: for `dateline why` and the `d` key.

use crate::annotate::{Basis, Confidence, Evidence, EvidencePlace, Published};
use crate::when::{Interval, Precision};

/// How many quotes and how many rejected candidates are told.
const TOLD: usize = 6;

/// Short sentences: the date with how it is known, then each quote that decided, then doubts.
pub fn explain(published: &Published) -> Vec<String> {
    let mut told = Vec::new();
    if published.interval.is_dated() {
        told.push(format!(
            "Published {} ({}, {} confidence).",
            days(&published.interval),
            basis(published.basis),
            confidence(published.confidence)
        ));
    } else {
        told.push(
            "No publication date: nothing states one, and the text does not say the year.".into(),
        );
    }
    told.extend(published.evidence.iter().take(TOLD).map(sentence));
    told.extend(
        published
            .conflicts
            .iter()
            .map(|conflict| format!("But {conflict}.")),
    );
    told.extend(published.rejected.iter().take(TOLD).map(|rejected| {
        format!(
            "Not believed: “{}” ({}): {}.",
            short(&rejected.quote),
            days(&rejected.value),
            rejected.why
        )
    }));
    told
}

fn days(interval: &Interval) -> String {
    match (interval.precision, interval.start, interval.end) {
        (Precision::Range | Precision::Week, Some(start), Some(end)) => format!("{start} to {end}"),
        (Precision::Before, _, Some(end)) => format!("on or before {end}"),
        (Precision::After, Some(start), _) => format!("on or after {start}"),
        _ => interval.to_string(),
    }
}

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated in the text",
        Basis::Metadata => "from metadata",
        Basis::Inferred => "inferred",
        Basis::Given => "given",
        Basis::None => "not known",
    }
}

const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::None => "no",
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}

fn sentence(evidence: &Evidence) -> String {
    let quote = format!("“{}”", short(&evidence.quote));
    let place = match (&evidence.article, evidence.line) {
        (Some(article), Some(line)) => format!(" ({article}, line {line})"),
        (Some(article), None) => format!(" ({article})"),
        (None, Some(line)) => format!(" (line {line})"),
        (None, None) => String::new(),
    };
    let said = match &*evidence.rule {
        "given" => "The record gives it: {}",
        "overlay" => "You set it: {}",
        "json-ld" => "The page's JSON-LD says {}",
        "open-graph" => "The page's OpenGraph tag says {}",
        "meta" => "A meta tag of the page says {}",
        "feed" => "The feed says {}",
        "front-matter" => "The front matter says {}",
        "email" => "The mail header says {}",
        "time-element" => "A time element of the page says {}",
        "url-path" => "The URL holds {}",
        "modified" => "The page says it was changed: {}",
        "updated-line" => "A line says it was updated: {}",
        "date-line" => "The date line reads {}",
        "line-above" => "A line near the article reads {}",
        "byline-stamp" => "The byline reads {}",
        "dateline" => "The dateline reads {}",
        "dateline-day" => "The dateline gives the day: {}",
        "header-day" => "A line in the head gives the day: {}",
        "weekday-agrees" => "{} agrees with that year",
        "weekday-past" => "{} is said of a day just past",
        "weekday-future" => "{} is said of a day to come",
        "lead-weekday" => "The lead says {}: news of that day",
        "full-date" | "dated-weekday" => "It tells of {}, so it is no older",
        "caption-date" => "A caption is dated {}, so it is no older",
        "month-day-past" => "It tells of {} as past",
        "month-day-future" => "{} is still to come",
        "newest-day" => "The newest day it tells of is {}",
        "known-day" => "Another article gives the year: {}",
        "last-week" => "{} puts a dated event into the week before",
        "comment-stamp" => "A comment or update is stamped {}, so it is hardly newer",
        "this-week" => "{} puts a dated event into the same week",
        "month-shift" => "{} ties the month",
        "elapsed" => "{} counts from a dated event",
        "day-named" => "{} names the day of writing by a date",
        "month-ahead" => "{} is still ahead",
        "month-past" => "{} is already past",
        "last-year" => "{} counts the year from the year of writing",
        "year-floor" => "It speaks of {}, so it is no older",
        "weekday-year" => "{} falls on that weekday in that year",
        _ if evidence.place == EvidencePlace::Metadata => "Metadata say {}",
        _ => "It says {}",
    };
    format!("{}{place}.", said.replace("{}", &quote))
}

/// At most sixty characters of a quote.
fn short(quote: &str) -> String {
    let line = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 60 {
        return line;
    }
    let mut cut: String = line.chars().take(59).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_why_in_short_sentences() {
        let day = |text: &str| text.parse().unwrap();
        let published = Published {
            interval: Interval::range(day("2020-09-14"), day("2020-09-17")),
            basis: Basis::Inferred,
            confidence: Confidence::Medium,
            evidence: vec![Evidence {
                quote: "on Sunday".into(),
                place: EvidencePlace::Text,
                article: None,
                span: None,
                line: Some(13),
                rule: "weekday-past".into(),
            }],
            ..Published::default()
        };
        assert_eq!(
            explain(&published),
            [
                "Published 2020-09-14 to 2020-09-17 (inferred, medium confidence).",
                "“on Sunday” is said of a day just past (line 13)."
            ]
        );
        assert!(explain(&Published::default())[0].starts_with("No publication date"));
    }
}
