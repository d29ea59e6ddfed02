//! Dates that the text states beside its headline: date lines, byline stamps, labels, datelines.
//!
//! A line states the date where its shape says so (nothing beside the date but names and the small
//! words of date lines), where a label does ("Posted on"), or where it opens the first paragraph.
//! Copyright lines, teasers, comments and captions never vote; what they say is noted.

mod shape;
mod zone;

use super::lexicon::{Label, lexicon};
use super::stamp::{self, Stamp};
use super::witness::{Candidate, Witness};
use crate::annotate::{Annotated, Evidence, EvidencePlace, Rejected, Role};
use crate::article::Tag;
use crate::text::Span;
use crate::text::normalize::fold;
use crate::when::Interval;
use shape::{dash_follows, is_copyright, is_date_line, is_filed_from, stop_follows};
use zone::Zone;

/// What the lines around the text say.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Complete dates.
    pub(super) candidates: Vec<Candidate>,
    /// A day without a year: of a date line (true) or of a dateline (false).
    pub(super) partial: Vec<(Stamp, Span, bool)>,
    /// Dates that were seen in furniture.
    pub(super) rejected: Vec<Rejected>,
}

/// A paragraph of at least this many bytes is running text.
const PARAGRAPH: usize = 90;
/// A date line is shorter than this.
const LINE: usize = 220;
/// How many bytes of a paragraph may hold a date that opens it.
const OPENING: usize = 120;
/// How many bytes of a paragraph may hold a stamp with clock and zone, after a glued headline.
const HEAD: usize = 320;
/// A candidate weaker than this is not believed.
const BELIEVED: f32 = 3.0;
/// The strength of a line that is believed for want of a better one.
pub(super) const SPARE: f32 = 2.5;
/// How many rejected dates are kept.
const KEPT: usize = 6;

/// Reads the lines of an article.
pub(super) fn read(article: &Annotated) -> Header {
    let zone = Zone::of(article);
    let mut header = Header::default();
    let mut spare = Vec::new();
    for (index, block) in article.blocks.iter().enumerate() {
        let text = block.span.of(article.text());
        if block.role == Role::Copyright || is_copyright(text) {
            reject_copyright(&mut header, text);
            continue;
        }
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let opening = zone.opens(index, block.role) && text.len() >= PARAGRAPH
            || matches!(block.role, Role::Dateline | Role::DateLine) && text.len() >= LINE;
        if opening {
            opening_of(article, block.span, block.role, &mut header);
        } else if text.len() < LINE {
            line_of(article, index, &zone, &mut header, &mut spare);
        }
    }
    lists_step_back(&mut header.candidates);
    let published = |one: &Candidate| one.label == Label::Published;
    if !header.candidates.iter().any(published) {
        let best = spare.into_iter().max_by(|a: &Candidate, b: &Candidate| {
            a.strength
                .total_cmp(&b.strength)
                .then_with(|| b.evidence.span.cmp(&a.evidence.span))
        });
        if let Some(best) = best.filter(|best| best.strength >= BELIEVED) {
            header
                .rejected
                .retain(|one| one.quote != best.evidence.quote);
            header.candidates.push(Candidate {
                strength: SPARE,
                ..best
            });
        }
    }
    header
}

/// Three bare dates and more, each another day, are a list of other articles.
fn lists_step_back(candidates: &mut [Candidate]) {
    let listed = |one: &Candidate| {
        one.label == Label::Published
            && one.evidence.rule == "date-line"
            && one.stamp.is_some_and(|stamp| stamp.time.is_none())
            && one.strength < 9.5
    };
    let mut days: Vec<_> = candidates
        .iter()
        .filter(|one| listed(one))
        .filter_map(Candidate::day)
        .collect();
    days.sort_unstable();
    days.dedup();
    if days.len() >= 3 {
        for one in candidates.iter_mut().filter(|one| listed(one)) {
            one.strength -= 6.0;
        }
    }
}

/// A line of its own.
fn line_of(
    article: &Annotated,
    index: usize,
    zone: &Zone,
    header: &mut Header,
    spare: &mut Vec<Candidate>,
) {
    let Some(block) = article.blocks.get(index) else {
        return;
    };
    let text = block.span.of(article.text());
    let stamps = stamp::find(text);
    let barred = matches!(
        block.role,
        Role::Teaser | Role::CrossPromo | Role::Player | Role::CommentForm | Role::Newsletter
    );
    let whole = !stamps.is_empty() && is_date_line(text, &stamps);
    let mut before = 0;
    for stamp in &stamps {
        // In a sentence only a label that opens it is one: "killed on May 7" labels nothing.
        let label = text
            .get(before..stamp.span.start as usize)
            .and_then(|head| lexicon().label_before(&fold(head)))
            .filter(|(at, _)| whole || before + at == 0)
            .map(|(_, label)| label);
        before = stamp.span.end as usize;
        let span = stamp.span.shift(block.span.start as usize);
        let distance = zone.distance(index);
        let in_head = matches!(block.role, Role::DateLine | Role::Byline | Role::Dateline);
        let comment = text
            .get(before..)
            .is_some_and(|rest| rest.trim_start().starts_with("said"));
        if barred || comment || label == Some(Label::Event) {
            let why = "it stands in page furniture, not in the article's head";
            reject(header, stamp, span, article, "furniture-date", why);
            continue;
        }
        if stamp.year.is_none() {
            let stands = whole && distance.is_some() || in_head;
            if stands && label != Some(Label::Modified) {
                let head = block.role != Role::Dateline;
                header.partial.push((*stamp, span, head));
            }
            continue;
        }
        let mut score = match block.role {
            Role::DateLine => 5.0,
            Role::Byline => 4.0,
            Role::Dateline => 3.0,
            Role::Navigation | Role::Furniture => -0.5,
            Role::Caption | Role::CaptionRepeat => -4.0,
            _ => 0.0,
        };
        score += if whole { 2.0 } else { -1.0 };
        score += match label {
            Some(Label::Published) => 3.0,
            Some(Label::Modified) => 2.0,
            _ => 0.0,
        };
        score += distance.map_or(-0.5, |distance| 2.0 - 0.2 * distance as f32);
        score += if stamp.time.is_some() { 0.5 } else { 0.0 };
        score += match tag_at(article, span) {
            Some(Tag::Time) => 1.5,
            Some(Tag::Author | Tag::Header) => 0.5,
            Some(Tag::Footer | Tag::Aside | Tag::Navigation) => -1.5,
            _ => 0.0,
        };
        // A clock at the top of the site shows the day of the visit.
        let below = |anchor: &usize| (*anchor..=anchor + 8).contains(&index);
        if label.is_none()
            && zone.headline.is_some_and(|headline| index + 3 < headline)
            && !zone.anchors.iter().any(below)
        {
            score -= 1.0;
        }
        if distance.is_none() && index > zone.last + 4 {
            score -= 2.0;
        }
        let label = label.unwrap_or(Label::Published);
        if score >= BELIEVED {
            push(header, article, stamp, span, block.role, label, score);
        } else if whole {
            let why = "it stands away from the head of the article";
            reject(header, stamp, span, article, "line-elsewhere", why);
            if let Some(one) = far_line(article, index, zone, stamp, span, label) {
                spare.push(one);
            }
        }
    }
}

/// A date line that stands farther off, for pages whose head is torn apart by furniture.
fn far_line(
    article: &Annotated,
    index: usize,
    zone: &Zone,
    stamp: &Stamp,
    span: Span,
    label: Label,
) -> Option<Candidate> {
    if label != Label::Published {
        return None;
    }
    let mut score = if stamp.time.is_some() { 2.0 } else { 0.0 };
    score += if stamp.zone.is_some() { 0.7 } else { 0.0 };
    if index <= zone.body {
        score += 2.0 - 0.02 * (zone.body - index) as f32;
    } else {
        score -= 1.5;
    }
    let byline = article
        .blocks
        .get(index.saturating_sub(2)..(index + 3).min(article.blocks.len()))
        .into_iter()
        .flatten()
        .any(|block| {
            let text = block.span.of(article.text());
            let start = text.get(..11).unwrap_or(text).to_ascii_lowercase();
            text.len() < 80 && (start.starts_with("by ") || start.starts_with("written by"))
        });
    score += if byline { 1.5 } else { 0.0 };
    if zone
        .anchors
        .iter()
        .any(|anchor| (*anchor..=anchor + 12).contains(&index))
    {
        score += 1.0;
    }
    if article.blocks.get(index)?.role == Role::Navigation {
        score -= 1.0;
    }
    Some(Candidate {
        witness: Witness::Stated,
        label,
        interval: stamp.interval()?,
        stamp: Some(*stamp),
        evidence: evidence(article, span, "line-above"),
        strength: score,
    })
}

/// A date that opens a paragraph: "date 2021-07-29 ...", "Nov. 20, 2019 — ...", a full dateline.
fn opening_of(article: &Annotated, block: Span, role: Role, header: &mut Header) {
    let text = block.of(article.text());
    let cut = (0..=HEAD.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let head = text.get(..cut).unwrap_or_default();
    let found = stamp::find(head);
    // "EASTMOUTH | Mon Mar 7, 2011 6:52 pm EST EASTMOUTH (Kestrel) - ...": nothing else is so exact.
    let exact = found
        .iter()
        .find(|one| one.year.is_some() && one.time.is_some() && one.zone.is_some())
        .or_else(|| found.iter().find(|one| one.is_exact()));
    if let Some(stamp) = exact {
        let span = stamp.span.shift(block.start as usize);
        let label = head
            .get(..stamp.span.start as usize)
            .and_then(|before| lexicon().label_before(&fold(before)))
            .map_or(Label::Published, |(_, label)| label);
        push(header, article, stamp, span, role, label, 4.0);
        return;
    }
    let Some(stamp) = found.into_iter().next() else {
        return;
    };
    if stamp.span.end as usize > OPENING {
        return;
    }
    let span = stamp.span.shift(block.start as usize);
    let before = head.get(..stamp.span.start as usize).unwrap_or_default();
    let after = head.get(stamp.span.end as usize..).unwrap_or_default();
    let label = lexicon()
        .label_before(&fold(before))
        .filter(|(at, _)| *at == 0)
        .map(|(_, label)| label);
    let dash = dash_follows(after);
    if label == Some(Label::Published) && stamp.year.is_some() {
        // "On May 3, 2019 ..." opens a sentence; only a label of more weight opens a date header.
        let weighty = !matches!(before.trim().to_lowercase().as_str(), "on" | "vom" | "am");
        if weighty || dash {
            push(header, article, &stamp, span, role, Label::Published, 6.0);
        }
    } else if is_filed_from(before) {
        if stamp.year.is_some() && (dash || stop_follows(after)) {
            let role = Role::Dateline;
            push(header, article, &stamp, span, role, Label::Published, 5.0);
        } else if dash {
            header.partial.push((stamp, span, false));
        }
    }
}

fn push(
    header: &mut Header,
    article: &Annotated,
    stamp: &Stamp,
    span: Span,
    role: Role,
    label: Label,
    strength: f32,
) {
    let Some(interval) = stamp.interval() else {
        return;
    };
    let said_by = match (role, label) {
        (_, Label::Modified) => "updated-line",
        (Role::Byline, _) => "byline-stamp",
        (Role::Dateline, _) => "dateline",
        _ => "date-line",
    };
    header.candidates.push(Candidate {
        witness: Witness::Stated,
        label,
        interval,
        stamp: Some(*stamp),
        evidence: evidence(article, span, said_by),
        strength,
    });
}

/// Evidence for a stretch of the full text.
pub(super) fn evidence(article: &Annotated, span: Span, rule: &'static str) -> Evidence {
    let block = article.block(span.start);
    Evidence {
        quote: span.of(article.text()).to_owned(),
        place: match block.map(|block| block.role) {
            Some(Role::Headline) => EvidencePlace::Title,
            Some(held) if held.is_text() => EvidencePlace::Text,
            _ if article.article.as_is => EvidencePlace::Text,
            _ => EvidencePlace::Removed,
        },
        article: None,
        span: Some(span),
        line: article.article.line(span.start),
        rule: rule.into(),
    }
}

/// The date-like element of the markup that holds a stretch.
fn tag_at(article: &Annotated, span: Span) -> Option<Tag> {
    let markup = &article.article.markup;
    let after = markup.partition_point(|mark| mark.span.start <= span.start);
    let mark = markup.get(after.checked_sub(1)?)?;
    mark.span.overlaps(span).then_some(mark.tag)
}

fn reject_copyright(header: &mut Header, text: &str) {
    let year = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1900..2100).contains(year));
    if let Some(year) = year.filter(|_| header.rejected.len() < KEPT) {
        header.rejected.push(Rejected {
            quote: text.chars().take(60).collect(),
            value: Interval::year(year),
            rule: "copyright".into(),
            why: "a copyright year is the year of the site, not of the article".into(),
        });
    }
}

fn reject(
    header: &mut Header,
    stamp: &Stamp,
    span: Span,
    article: &Annotated,
    rule: &'static str,
    why: &str,
) {
    let Some(value) = stamp.interval().filter(|_| header.rejected.len() < KEPT) else {
        return;
    };
    header.rejected.push(Rejected {
        quote: span.of(article.text()).to_owned(),
        value,
        rule: rule.into(),
        why: why.to_owned(),
    });
}
