//! Events of the combined timeline.

use crate::annotate::{EventBasis, EventKind};
use crate::article::{ArticleId, ContentHash};
use crate::resolve::EntityId;
use crate::text::Span;
use crate::when::{Interval, Precision};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The id of an event: `ev:` and 12 hex digits of a hash of its anchor mention.
///
/// The anchor is the mention with the smallest (article hash, sentence ordinal).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventId(Arc<str>);

impl EventId {
    /// The id of the event anchored in `sentence` of the article with `hash`, on `date`.
    pub fn of(hash: ContentHash, sentence: u32, date: &Interval) -> Self {
        let digest = ContentHash::of(format!("{hash}\0{sentence}\0{date}").as_bytes());
        Self(format!("ev:{}", &digest.to_string()[..12]).into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where an article says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The article.
    pub article: ArticleId,
    /// The sentence, in the full text of the article.
    pub span: Span,
    /// 1-based source line.
    pub line: Option<u32>,
    /// The sentence.
    pub quote: String,
    /// What dates it there.
    pub basis: EventBasis,
    /// The words that date it there.
    pub timex: Option<String>,
    /// The date as this article gives it.
    pub date: Interval,
}

/// Whether values of one figure agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// They say the same, after rounding and bounds.
    Agree,
    /// Disjoint values of the same thing at the same time.
    Differ,
    /// Another day, place or population.
    DifferentScope,
}

/// One value of a figure as an article gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureValue {
    /// As written, such as `just above 80 percent`.
    pub text: String,
    /// The number; for a range, its low end.
    pub value: f64,
    /// Its unit, such as `%`.
    pub unit: String,
    /// The article.
    pub article: ArticleId,
    /// The words, in the full text of the article.
    pub span: Span,
}

/// Values of one quantity of an event, compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted, such as `vote share`.
    pub what: String,
    /// The values.
    pub values: Vec<FigureValue>,
    /// Whether they agree.
    pub verdict: Verdict,
    /// Why, in plain words.
    pub why: String,
}

/// One event of the combined timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// When, at the finest precision that its mentions support.
    pub date: Interval,
    /// The sentence that tells it best.
    pub text: String,
    /// How important, 0 to 1 within the collection.
    pub score: f64,
    /// Happened or held.
    pub kind: EventKind,
    /// Lies ahead of every article that tells it.
    pub planned: bool,
    /// Said not to have happened, or called off.
    pub denied: bool,
    /// Articles that tell it, rising.
    pub articles: Vec<ArticleId>,
    /// Day of the first article that tells it, among those whose day of publication is known.
    pub first_told: Option<NaiveDate>,
    /// Independent voices: articles less copies of each other.
    pub voices: u32,
    /// Who and where: most mentioned first.
    pub entities: Vec<EntityId>,
    /// Events that contradict it.
    pub conflicts: Vec<EventId>,
    /// Every quote.
    pub mentions: Vec<Citation>,
    /// Figures that can be compared.
    pub figures: Vec<Figure>,
    /// The topic of its records, where topics are told apart.
    pub topic: Option<String>,
}

impl Event {
    /// What is to be said of an event before it is told: planned, denied, or a plan called off.
    pub const fn standing(&self) -> Option<&'static str> {
        match (self.planned, self.denied) {
            (true, true) => Some("called off"),
            (true, false) => Some("planned"),
            (false, true) => Some("denied"),
            (false, false) => None,
        }
    }

    /// True for what held over a stretch of days, rather than happened on one of them.
    pub fn lasts(&self) -> bool {
        let stretch = [Precision::Range, Precision::After, Precision::Before];
        // A range that is only a guess ("~2020-09-01/06") is a day nobody knows, not a stretch.
        let told = stretch.contains(&self.date.precision) && !self.date.approximate;
        self.date.is_dated() && (self.kind == EventKind::State || told)
    }

    /// Days from its last day to the first article that tells it: the lag of the report. Negative for what was
    /// announced. `None` where either day is not known.
    pub fn lag(&self) -> Option<i64> {
        let end = self
            .date
            .end
            .filter(|_| self.date.precision <= Precision::Week && !self.date.approximate)?;
        Some((self.first_told? - end).num_days())
    }

    /// Its lag in plain words.
    pub fn lag_words(&self) -> Option<String> {
        let lag = self.lag()?;
        let days = if lag.abs() == 1 { "day" } else { "days" };
        Some(match lag {
            0 => "first told the same day".to_owned(),
            1.. => format!("first told {lag} {days} later"),
            _ => format!("first told {} {days} ahead", -lag),
        })
    }
}

/// Looks up the collection's entity for an entity of one article.
pub trait Entities: Sync {
    /// The entity of the collection for entity `local` of `article`.
    fn entity_of(&self, article: &ArticleId, local: u32) -> Option<EntityId>;
}

impl Entities for crate::resolve::entity::State {
    fn entity_of(&self, article: &ArticleId, local: u32) -> Option<EntityId> {
        Self::entity_of(self, article, local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_comes_after_or_before_its_event() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut event = Event {
            id: EventId::of(ContentHash::default(), 0, &Interval::UNDATED),
            date: Interval::day(day("2031-03-03")),
            text: String::new(),
            score: 0.0,
            kind: EventKind::Event,
            planned: false,
            denied: false,
            articles: Vec::new(),
            first_told: Some(day("2031-03-04")),
            voices: 0,
            entities: Vec::new(),
            conflicts: Vec::new(),
            mentions: Vec::new(),
            figures: Vec::new(),
            topic: None,
        };
        assert_eq!(event.lag_words().as_deref(), Some("first told 1 day later"));
        event.first_told = Some(day("2031-02-27"));
        assert_eq!(
            event.lag_words().as_deref(),
            Some("first told 4 days ahead")
        );
        event.date = Interval::month(day("2031-03-01"));
        assert_eq!(event.lag(), None);
    }
}
