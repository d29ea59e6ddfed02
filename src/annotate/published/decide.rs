//! Weighs the witnesses: which date stands, what supports it, what speaks against it.
//!
//! The order of witnesses is fixed. A witness is passed over where two of other kinds agree on
//! another day, or where the text tells of later days as past and another witness fits them.

mod order;

use super::clue::{Clue, Clues, Says};
use super::header;
use super::lexicon::Label;
use super::witness::{Candidate, Witness};
use crate::annotate::timex::Tense;
use crate::annotate::{Annotated, Basis, Confidence, Published, Rejected, Role};
use crate::when::calendar;
use chrono::{Datelike, NaiveDate};
use order::read_numeric;

/// Days that the publication cannot come after.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds {
    /// The first stated change.
    pub(super) modified: Option<Candidate>,
    /// The day of a web archive's visit.
    pub(super) captured: Option<NaiveDate>,
}

impl Bounds {
    /// The bounds among the candidates.
    pub(super) fn of(candidates: &[Candidate]) -> Self {
        let modified = candidates
            .iter()
            .filter(|one| one.label == Label::Modified)
            .min_by_key(|one| one.day());
        let captured = candidates
            .iter()
            .filter(|one| one.evidence.rule == "captured")
            .filter_map(Candidate::day)
            .max();
        Self {
            modified: modified.cloned(),
            captured,
        }
    }

    /// The last day on which the article can have been published; a day of grace for zones.
    pub(super) fn last(&self) -> Option<NaiveDate> {
        let modified = self.modified.as_ref().and_then(Candidate::day);
        let first = match (modified, self.captured) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        first.map(|day| calendar::add_days(day, 1))
    }
}

/// Zones put a stamp on the day before or after.
const SAME: i64 = 1;

/// True where two days may be one.
fn agree(a: &Candidate, b: &Candidate) -> bool {
    match (a.day(), b.day()) {
        (Some(x), Some(y)) => (x - y).num_days().abs() <= SAME,
        _ => false,
    }
}

/// The date that the witnesses give; `None` where there is none.
pub(super) fn decide(
    article: &Annotated,
    candidates: &[Candidate],
    bounds: &Bounds,
    clues: &Clues,
) -> Option<Published> {
    let mut published = Published::default();
    let mut pool: Vec<Candidate> = candidates
        .iter()
        .filter(|one| one.label == Label::Published)
        .cloned()
        .collect();
    let order = read_numeric(article, &mut pool, candidates);
    if let Some(captured) = bounds.captured {
        let limit = calendar::add_days(captured, 1);
        pool.retain(|one| {
            let late = one.day().is_some_and(|day| day > limit);
            if late {
                published.rejected.push(turned_down(
                    one,
                    "it lies after the day on which the page was captured",
                ));
            }
            !late
        });
    }
    let picks = pick_each(&pool);
    let latest = latest_past(clues);
    let chosen = choose(&picks, latest, bounds)?;

    let day = chosen.day()?;
    published.interval = chosen.interval;
    published.basis = match chosen.witness {
        Witness::Given if article.article.path.is_none() => Basis::Given,
        Witness::Stated => Basis::Stated,
        _ => Basis::Metadata,
    };
    published.evidence.push(chosen.evidence.clone());
    for other in &picks {
        if other.witness == chosen.witness {
            continue;
        }
        if agree(other, &chosen) || chosen.interval.contains(&other.interval) {
            published.evidence.push(other.evidence.clone());
        } else {
            let why = format!("{} stands higher", name(chosen.witness));
            published.rejected.push(turned_down(other, &why));
        }
    }
    let seconds = pool
        .iter()
        .filter(|one| one.witness == chosen.witness && !agree(one, &chosen));
    for other in seconds.take(3) {
        published.rejected.push(turned_down(
            other,
            "another date of the same kind stands nearer to the headline",
        ));
    }

    let mut confidence = match chosen.witness {
        Witness::Url => Confidence::Medium,
        Witness::Stated if published.evidence.len() == 1 && chosen.strength <= header::SPARE => {
            Confidence::Medium
        }
        Witness::TimeElement if published.evidence.len() == 1 => Confidence::Medium,
        _ if chosen.interval.days() != Some(1) => Confidence::Medium,
        _ => Confidence::High,
    };
    if let Some(said) = order.filter(|_| chosen.stamp.is_some_and(|stamp| stamp.ambiguous)) {
        confidence = confidence.min(Confidence::Medium);
        published.conflicts.push(said);
    }
    against(article, &chosen, bounds, latest, &mut published);
    if !published.conflicts.is_empty() {
        confidence = confidence.min(Confidence::Medium);
    }
    published.confidence = confidence;
    weekdays(article, day, clues, &mut published);
    Some(published)
}

/// A date for a page that says only when it was changed: most pages are changed on their day.
pub(super) fn modified_only(bounds: &Bounds) -> Option<Published> {
    let modified = bounds.modified.as_ref()?;
    Some(Published {
        interval: modified.interval,
        basis: if modified.witness == Witness::Stated {
            Basis::Stated
        } else {
            Basis::Metadata
        },
        confidence: Confidence::Low,
        evidence: vec![modified.evidence.clone()],
        rejected: Vec::new(),
        conflicts: vec![
            "only the date of a later change is stated; it can have been published before".into(),
        ],
    })
}

/// One candidate a kind of witness, in rank order: one that another kind confirms, else the best.
fn pick_each(pool: &[Candidate]) -> Vec<Candidate> {
    let mut picks: Vec<Candidate> = Vec::new();
    let mut kinds: Vec<Witness> = pool.iter().map(|one| one.witness).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let best = pool
            .iter()
            .enumerate()
            .filter(|(_, one)| one.witness == kind)
            .map(|(index, one)| {
                let confirmed = pool
                    .iter()
                    .any(|other| other.witness != kind && agree(one, other));
                // Stated lines differ in kind; fields of one name do not.
                let strength = if kind == Witness::Stated {
                    one.strength + if confirmed { 1.5 } else { 0.0 }
                } else {
                    one.strength + if confirmed { 10_000.0 } else { 0.0 }
                };
                (strength, index, one)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        picks.extend(best.map(|(_, _, one)| one.clone()));
    }
    picks
}

/// The pick that stands.
fn choose(picks: &[Candidate], latest: Option<&Clue>, bounds: &Bounds) -> Option<Candidate> {
    let top = picks.first()?;
    if top.witness == Witness::Given {
        return Some(top.clone());
    }
    let backed = |one: &Candidate| {
        picks
            .iter()
            .filter(|other| kin(other.witness) != kin(one.witness) && agree(other, one))
            .count()
    };
    if backed(top) == 0
        && let Some(other) = picks.iter().find(|other| backed(other) > 0)
    {
        return Some(other.clone());
    }
    // The text tells of later days: a witness that knows of them is better.
    let fits = |one: &Candidate| !refuted(one, latest, bounds);
    let best = if fits(top) {
        top
    } else {
        picks.iter().find(|other| fits(other)).unwrap_or(top)
    };
    Some(best.clone())
}

/// JSON-LD, OpenGraph and other tags of one page come from one hand.
fn kin(witness: Witness) -> Witness {
    match witness {
        Witness::JsonLd | Witness::OpenGraph | Witness::Meta => Witness::JsonLd,
        other => other,
    }
}

/// The newest complete day that the text tells of as past.
fn latest_past(clues: &Clues) -> Option<&Clue> {
    clues
        .0
        .iter()
        .filter(|clue| clue.tense == Tense::Past || clue.caption && clue.tense != Tense::Future)
        .filter(|clue| matches!(clue.says, Says::Day(..)))
        .max_by_key(|clue| day_of(clue))
}

fn day_of(clue: &Clue) -> Option<NaiveDate> {
    match clue.says {
        Says::Day(day, _) => Some(day),
        _ => None,
    }
}

/// True where the text tells of a day more than two days after the candidate, and no later
/// change of the page explains it.
fn refuted(one: &Candidate, latest: Option<&Clue>, bounds: &Bounds) -> bool {
    let (Some(day), Some(told)) = (one.interval.end, latest.and_then(day_of)) else {
        return false;
    };
    let changed = bounds.modified.as_ref().and_then(Candidate::day);
    told > calendar::add_days(day, 2) && changed.is_none_or(|changed| changed < told)
}

/// Says what speaks against the chosen date.
fn against(
    article: &Annotated,
    chosen: &Candidate,
    bounds: &Bounds,
    latest: Option<&Clue>,
    published: &mut Published,
) {
    if let Some(stamp) = chosen.stamp.filter(super::Stamp::contradicts_weekday)
        && let (Some(day), Some(said)) = (stamp.date(), stamp.weekday)
    {
        published.conflicts.push(format!(
            "“{}” names {}, but {day} is a {}",
            chosen.evidence.quote,
            weekday_name(said),
            weekday_name(day.weekday())
        ));
    }
    if refuted(chosen, latest, bounds)
        && let Some((clue, told)) = latest.and_then(|clue| Some((clue, day_of(clue)?)))
    {
        published.conflicts.push(format!(
            "the text tells of “{}” ({told}) as past, after the stated {}{}",
            clue.span.of(article.text()),
            chosen.interval,
            line_of(article, clue)
        ));
    }
    let first_change = bounds.modified.as_ref().and_then(Candidate::day);
    if let (Some(changed), Some(day)) = (first_change, chosen.day())
        && calendar::add_days(changed, SAME) < day
        && chosen.witness != Witness::Given
    {
        published.conflicts.push(format!(
            "the page says that it was changed on {changed}, before it was published"
        ));
    }
}

/// Checks weekdays with a day of a month against the year: "Sunday, September 20".
fn weekdays(article: &Annotated, day: NaiveDate, clues: &Clues, published: &mut Published) {
    let mut said = 0;
    for clue in &clues.0 {
        let Some((date, weekday)) = near(clue, day) else {
            continue;
        };
        if said == 3
            || published
                .evidence
                .iter()
                .any(|one| one.span == Some(clue.span))
            || article.block(clue.span.start).map(|block| block.role) == Some(Role::Headline)
        {
            continue;
        }
        said += 1;
        if date.weekday() == weekday {
            published
                .evidence
                .push(header::evidence(article, clue.span, "weekday-agrees"));
        } else {
            published.conflicts.push(format!(
                "“{}” does not fit: {date} is a {}{}",
                clue.span.of(article.text()),
                weekday_name(date.weekday()),
                line_of(article, clue)
            ));
            published.confidence = published.confidence.min(Confidence::Medium);
        }
    }
}

/// The day that a clue with a weekday means when written about `day`, and the weekday it says.
fn near(clue: &Clue, day: NaiveDate) -> Option<(NaiveDate, chrono::Weekday)> {
    match clue.says {
        Says::Day(date, weekday) => Some((date, weekday?)),
        Says::MonthDay {
            month,
            day: of_month,
            weekday,
            years,
        } => {
            let weekday = weekday?;
            if let Some(years) = years {
                return Some((
                    calendar::date(day.year() + years, month, of_month)?,
                    weekday,
                ));
            }
            let date = (-1..=1)
                .filter_map(|years| calendar::date(day.year() + years, month, of_month))
                .min_by_key(|date| (*date - day).num_days().abs())?;
            ((date - day).num_days().abs() < 120).then_some((date, weekday))
        }
        _ => None,
    }
}

fn line_of(article: &Annotated, clue: &Clue) -> String {
    article
        .article
        .line(clue.span.start)
        .map_or(String::new(), |line| format!(" (line {line})"))
}

/// The English name of a weekday.
pub(super) const fn weekday_name(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}

fn turned_down(one: &Candidate, why: &str) -> Rejected {
    Rejected {
        quote: one.evidence.quote.clone(),
        value: one.interval,
        rule: one.evidence.rule.clone(),
        why: why.to_owned(),
    }
}

/// A witness in plain words.
const fn name(witness: Witness) -> &'static str {
    match witness {
        Witness::Given => "the date that was given",
        Witness::JsonLd | Witness::OpenGraph | Witness::Meta => "the page's metadata",
        Witness::Stated => "the date line",
        Witness::Feed => "the feed",
        Witness::FrontMatter => "the front matter",
        Witness::Email => "the mail header",
        Witness::TimeElement => "the time element",
        Witness::Url => "the URL",
    }
}
