//! What the timeline keeps of an article: its mentions boiled down to what merging compares.
//!
//! Not here: any comparison. Invariant: a profile depends on its article alone.

use super::{figures, voices};
use crate::annotate::event::{Class, WORDS, length, opening, reference, trigger, words};
use crate::annotate::timex::TimexKind;
use crate::annotate::{Annotated, Basis, EntityKind, EventBasis, EventKind, EventMention, Role};
use crate::article::{ArticleId, ContentHash};
use crate::text::{Span, normalize};
use crate::when::{Interval, Precision, calendar};
use chrono::NaiveDate;

/// FNV-1a over bytes: stable across runs and machines, unlike the hasher of the standard library.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The key of an entity in comparisons; its lowest bits tell people and places.
pub(super) fn entity_key(kind: Option<EntityKind>, name: &str) -> u64 {
    let bits = match kind {
        Some(EntityKind::Person) => 1,
        Some(EntityKind::Place) => 2,
        _ => 0,
    };
    hash(name.as_bytes()) & !3 | bits
}

/// True for the key of a person.
pub(super) fn is_person(key: u64) -> bool {
    key & 3 == 1
}

/// True for the key of a place.
pub(super) fn is_place(key: u64) -> bool {
    key & 3 == 2
}

/// One mention, ready to be compared.
#[allow(clippy::struct_excessive_bools)] // Independent facts, each asked for by name.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) sentence: u32,
    /// The sentence in the full text.
    pub(super) span: Span,
    pub(super) line: Option<u32>,
    pub(super) quote: String,
    pub(super) timex: Option<String>,
    pub(super) date: Interval,
    pub(super) kind: EventKind,
    pub(super) planned: bool,
    /// Said not to have happened.
    pub(super) denied: bool,
    pub(super) basis: EventBasis,
    /// First and last day on which a state can have begun.
    pub(super) began: Option<(NaiveDate, NaiveDate)>,
    pub(super) class: Option<Class>,
    /// Said to have been more often than once.
    pub(super) repeated: bool,
    /// Hash of the word that names the event.
    pub(super) word: u64,
    pub(super) report: bool,
    pub(super) noun: bool,
    /// Class of an event that the sentence takes for known: "the vote".
    pub(super) definite: Option<Class>,
    /// Hashes of the stems of its telling words, rising.
    pub(super) words: Vec<u64>,
    /// Entities of the article that take part.
    pub(super) entities: Vec<u32>,
    /// In the headline or the first sentences.
    pub(super) lead: bool,
    /// In the headline or the first sentence of the text, told by its main clause.
    pub(super) opens: bool,
    /// How well the sentence reads as the line of the event.
    pub(super) fit: f64,
    pub(super) figures: Vec<figures::Found>,
    /// Hashes of what its figures count, rising; those with how many are odd, those without even.
    pub(super) counted: Vec<u64>,
}

/// What is kept of an article.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub(super) id: ArticleId,
    pub(super) hash: ContentHash,
    pub(super) topic: Option<String>,
    pub(super) published: Interval,
    pub(super) stated: bool,
    /// Keys of the folded names of its entities, for when the collection does not know them.
    pub(super) names: Vec<u64>,
    /// Its most mentioned entities.
    pub(super) top: Vec<u32>,
    pub(super) told: Vec<Told>,
    pub(super) sketch: voices::Sketch,
}

impl Profile {
    pub(super) fn new(article: &Annotated) -> Self {
        let first = opening(article).map(|at| at as u32);
        let told = article
            .events
            .iter()
            .filter_map(|mention| told(article, mention, first))
            .collect();
        Self {
            id: article.id(),
            hash: article.article.hash,
            topic: article.article.hints.topic.clone(),
            published: article.published.interval,
            stated: matches!(
                article.published.basis,
                Basis::Stated | Basis::Metadata | Basis::Given
            ),
            names: article
                .entities
                .iter()
                .map(|entity| entity_key(Some(entity.kind), &normalize::fold(&entity.name)))
                .collect(),
            top: top(article),
            told,
            sketch: voices::Sketch::new(article),
        }
    }
}

/// The four most mentioned entities, the earlier one first among equals.
fn top(article: &Annotated) -> Vec<u32> {
    let mut counts = vec![0_u32; article.entities.len()];
    for mention in &article.mentions {
        if let Some(count) = counts.get_mut(mention.entity as usize) {
            *count += 1;
        }
    }
    let mut order: Vec<u32> = (0..counts.len() as u32).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(counts.get(*at as usize).copied()), *at));
    order.truncate(4);
    order
}

/// `first` is the sentence that opens the text.
fn told(article: &Annotated, mention: &EventMention, first: Option<u32>) -> Option<Told> {
    let span = *article.sentences.get(mention.sentence as usize)?;
    let quote = span.of(article.text());
    if quote.is_empty() {
        return None;
    }
    let found = trigger(article, mention);
    let found_noun = found.noun;
    let timex = mention
        .timex
        .and_then(|index| article.timexes.get(index as usize));
    let sentence = words(article.text(), span);
    let clause: Vec<_> = sentence
        .iter()
        .filter(|word| mention.span.contains(word.span))
        .collect();
    let mut stems: Vec<u64> = clause
        .iter()
        .filter(|word| {
            let inside_date = article
                .timexes
                .iter()
                .any(|timex| timex.span.overlaps(word.span));
            word.text.len() > 2
                && !inside_date
                && !WORDS.is("stop", &word.text)
                && !WORDS.is("common", &word.text)
        })
        .map(|word| hash(stem(&word.text).as_bytes()))
        .collect();
    stems.sort_unstable();
    stems.dedup();
    let definite = sentence
        .windows(3)
        .find_map(|three| match three {
            [a, b, c] if a.text == "the" => WORDS
                .class_of_noun(&b.text)
                .or_else(|| WORDS.class_of_noun(&c.text)),
            _ => None,
        })
        .filter(|_| found.class.is_some());
    let began = (mention.kind == EventKind::State)
        .then(|| {
            let first = mention.date.start?;
            let timex = timex?;
            if timex.kind == TimexKind::Duration {
                // "26 years" is said from the 26th to the 27th anniversary.
                let (_, unit) = length(&timex.value)?;
                let earlier = match unit {
                    'Y' => calendar::add_years(first, -1),
                    'M' => calendar::add_months(first, -1),
                    'W' => calendar::add_days(first, -7),
                    _ => calendar::add_days(first, -1),
                };
                return Some((earlier, first));
            }
            let last = timex
                .interval
                .end
                .unwrap_or_else(|| end_of(&timex.value, first));
            Some((first, last.max(first)))
        })
        .flatten();
    let headline = article
        .block(span.start)
        .is_some_and(|block| block.role == Role::Headline);
    let opens = !found_noun
        && mention.kind == EventKind::Event
        && !mention.planned
        && (headline || first == Some(mention.sentence));
    let lead = mention.basis == EventBasis::Published || headline || mention.sentence < 3;
    let figures: Vec<_> = figures::find(article, mention.sentence)
        .into_iter()
        .filter(|found| {
            let whole = mention.kind == EventKind::Event && !found_noun;
            whole || mention.span.contains(found.span)
        })
        .collect();
    Some(Told {
        sentence: mention.sentence,
        span,
        line: article.article.line(span.start),
        quote: quote.to_owned(),
        timex: timex.map(|timex| timex.span.of(article.text()).to_owned()),
        date: mention.date,
        kind: mention.kind,
        planned: mention.planned,
        denied: found.denied,
        repeated: clause.iter().any(|word| WORDS.is("repeated", &word.text)),
        basis: mention.basis,
        began,
        class: found.class,
        word: hash(found.word.as_bytes()),
        report: found.report,
        noun: found.noun,
        definite,
        words: stems,
        entities: mention.entities.clone(),
        lead,
        opens,
        fit: fit(&sentence, mention, found.noun, found.report, lead),
        counted: counted(&figures),
        figures,
    })
}

/// What figures count, once with how many and once without, hashed; no counts that many things
/// share.
fn counted(figures: &[figures::Found]) -> Vec<u64> {
    /// Two of anything are common.
    const SMALL: f64 = 3.0;
    let mut out: Vec<u64> = figures
        .iter()
        .filter(|found| found.value >= SMALL)
        .flat_map(|found| {
            let all = format!("{} {}", found.value, found.what);
            [hash(all.as_bytes()) | 1, hash(found.what.as_bytes()) & !1]
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The last day of what a TIMEX3 value names; `first` where it names nothing longer than a day.
fn end_of(value: &str, first: NaiveDate) -> NaiveDate {
    match value.len() {
        4 => Interval::month(calendar::add_months(first, 11)).end,
        7 if !value.contains('W') => Interval::month(first).end,
        _ => None,
    }
    .unwrap_or(first)
}

/// How well a sentence would read as the line of an event: complete, short, with names.
fn fit(
    sentence: &[crate::annotate::event::Word],
    mention: &EventMention,
    noun: bool,
    report: bool,
    lead: bool,
) -> f64 {
    let mut fit = match mention.basis {
        EventBasis::Timex => 2.0,
        EventBasis::Published | EventBasis::Carried => 1.0,
        EventBasis::None => 0.0,
    };
    // "since the August 9 election" names the event in passing.
    if noun {
        fit -= 2.6;
    }
    if report {
        fit -= 0.4;
    }
    if lead {
        fit += 0.4;
    }
    fit += match mention.date.precision {
        Precision::Day if !mention.date.approximate => 0.6,
        Precision::Day | Precision::Week => 0.3,
        _ => 0.0,
    };
    fit += 0.15 * mention.entities.len().min(4) as f64;
    let first = sentence.first().map_or("", |word| word.text.as_str());
    if matches!(
        first,
        "he" | "she"
            | "it"
            | "they"
            | "this"
            | "that"
            | "these"
            | "those"
            | "but"
            | "and"
            | "\""
            | "'"
    ) || reference(sentence).is_some()
    {
        fit -= 0.7;
    }
    let length = sentence
        .iter()
        .filter(|word| word.text.starts_with(char::is_alphanumeric))
        .count() as f64;
    fit - if length < 8.0 {
        1.6
    } else {
        (length - 24.0).max(0.0) * 0.025
    }
}

/// A light stem: plural, past and -ing endings go, so that "protests" meets "protested".
fn stem(word: &str) -> &str {
    for end in ["ing", "ed", "es", "s", "e"] {
        if let Some(short) = word.strip_suffix(end)
            && short.len() >= 4
        {
            return short;
        }
    }
    word
}
