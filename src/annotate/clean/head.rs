//! The head of an article: headline, byline, date line, outlet, before the first body line.
//!
//! A body model drops headlines, so they have a detector of their own. Not here: furniture.

use super::super::Role;
use super::lexicon;
use super::line::{End, Line, Title};
use super::stamp;
use crate::article::{Article, Tag};

/// How far before the body a head may stand, in lines.
const REACH: usize = 60;

/// Names the lines of the head. `body` is the first line of running text.
pub(super) fn assign(article: &Article, lines: &[Line], roles: &mut [Role], body: usize) {
    let headline = headline(article, lines, roles, body);
    if let Some(at) = headline {
        set(roles, at, Role::Headline);
    }
    let from = body.saturating_sub(REACH);
    let text = |at: usize| lines.get(at).map_or("", |l| l.span.of(&article.text));
    for at in from..body.min(lines.len()) {
        let (Some(line), Some(role)) = (lines.get(at), roles.get(at).copied()) else {
            continue;
        };
        // Dates and writers of other articles stand farther off.
        let near = match headline {
            Some(h) if at > h => (at - h).min(body - at) <= 10,
            Some(h) => h - at <= 4,
            None => body - at <= 8,
        };
        if role == Role::Headline || role.is_text() || !near {
            continue;
        }
        if line.stamp {
            set(roles, at, Role::DateLine);
        } else if line.hit.role.is_none() && is_byline(line) {
            set(roles, at, Role::Byline);
        } else if role == Role::Furniture
            && headline.is_none_or(|h| at > h)
            && is_loose_stamp(line, text(at))
        {
            set(roles, at, Role::DateLine);
        }
    }
    let signed = roles.contains(&Role::Byline);
    for at in from..body.min(lines.len()) {
        let (Some(line), Some(role)) = (lines.get(at), roles.get(at).copied()) else {
            continue;
        };
        if role != Role::Furniture || line.words > 6 || line.end != End::Open {
            continue;
        }
        let beside = |role: Role| {
            at.checked_sub(1).and_then(|i| roles.get(i)) == Some(&role)
                || roles.get(at + 1) == Some(&role)
        };
        let low = text(at).to_lowercase();
        let given = article
            .hints
            .outlet
            .as_ref()
            .is_some_and(|o| o.to_lowercase() == low);
        let capital = line.capitals + 1 >= line.words && line.digits == 0;
        let shouted = line.shouted == line.words && line.words <= 5 && at == 0;
        if given
            || lexicon::is_agency(&low)
                && (at == 0 || beside(Role::DateLine) || beside(Role::Byline))
            || capital
                && (at == 0 || beside(Role::DateLine))
                && (lexicon::names_outlet(&low) || shouted)
        {
            set(roles, at, Role::Outlet);
        } else if capital
            && is_name(line)
            && (beside(Role::DateLine) || line.tag == Some(Tag::Author))
        {
            set(roles, at, Role::Byline);
        }
    }
}

fn set(roles: &mut [Role], at: usize, role: Role) {
    if let Some(slot) = roles.get_mut(at) {
        *slot = role;
    }
}

fn is_byline(line: &Line) -> bool {
    let names = line.end != End::Sentence && line.lower <= line.capitals;
    let marked = line.tag == Some(Tag::Author) && line.hit.weak == 0 && line.lower < line.capitals;
    names && (line.by && line.words <= 16 || marked && (2..=10).contains(&line.words))
}

/// Two to four capitalised words: the name of a person, for all that shows.
fn is_name(line: &Line) -> bool {
    let plain = line.lower == 0 && line.marks <= 2 && line.shouted < line.words;
    plain && (2..=4).contains(&line.words) && line.hit.weak == 0
}

/// A stamp among a few other words ("Oslo desk, 3 March 2020 10:15").
fn is_loose_stamp(line: &Line, text: &str) -> bool {
    if line.words > 16 || line.end == End::Sentence || text.len() > 200 {
        return false;
    }
    let stamp = stamp::read(text);
    stamp.dated && stamp.known >= 3 && stamp.other <= 6
}

/// Picks the headline: the line that the title repeats, a first-level heading, or the short line
/// without a sentence's end that stands closest before the body.
fn headline(article: &Article, lines: &[Line], roles: &[Role], body: usize) -> Option<usize> {
    let given = article.hints.title.as_deref().and_then(Title::new);
    let from = body.saturating_sub(REACH);
    let mut best: Option<(i32, usize)> = None;
    for at in from..=body.min(lines.len().saturating_sub(1)) {
        let (Some(line), Some(role)) = (lines.get(at), roles.get(at)) else {
            continue;
        };
        // The model may keep a headline as the first line of the body.
        let may = match role {
            Role::Furniture | Role::Outlet | Role::Subhead => true,
            Role::Body => at < body || line.end != End::Sentence && lines.len() > at + 1,
            _ => line.title && !line.barred,
        };
        if !may || line.stamp || line.by || line.chars > 250 || line.words < 2 || line.words > 32 {
            continue;
        }
        let text = line.span.of(&article.text);
        let says = given.as_ref().is_some_and(|title| title.is(text))
            || article
                .hints
                .title
                .as_deref()
                .is_some_and(|t| t.trim() == text);
        let heading = matches!(line.tag, Some(Tag::Heading(1)));
        if given.is_some() && !says && !heading && lines.iter().all(|l| l.tag.is_none()) {
            // The source names the title, and this line says something else.
            continue;
        }
        if line.end == End::Sentence && !says && !heading && line.breaks == 0 && text.ends_with('.')
        {
            continue;
        }
        if matches!(line.end, End::Colon | End::Ellipsis) && !says {
            continue;
        }
        let distance = (body - at) as i32;
        let mut score = 4 - distance.min(16);
        score += if says { 40 } else { 0 };
        score += if line.title && given.is_none() { 24 } else { 0 };
        score += match line.tag {
            Some(Tag::Heading(1)) => 20,
            Some(Tag::Heading(_)) => 6,
            _ => 0,
        };
        score += match line.words {
            2 => -8,
            3 => -3,
            4..=22 => 4,
            _ => 0,
        };
        score -= if line.barred { 8 } else { 0 };
        score -= if line.hit.weak > 0 { 4 } else { 0 };
        score -= if lexicon::is_agency(&text.to_lowercase()) {
            20
        } else {
            0
        };
        score += if line.words >= 4 && line.repeated {
            2
        } else {
            0
        };
        if score > -6 && best.is_none_or(|(most, _)| score >= most) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

/// The names in a byline, without "by", stamps, addresses and what else shares the line.
pub(super) fn names(line: &str) -> Option<String> {
    let line = line.trim();
    let bare = match line.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => line.get(3..).unwrap_or(""),
        _ => line,
    };
    let mut cut = bare
        .find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '•' | '·' | '@' | '/'))
        .unwrap_or(bare.len());
    for mark in [" - ", " – ", " — "] {
        cut = cut.min(bare.find(mark).unwrap_or(cut));
    }
    let mut names = bare.get(..cut).unwrap_or(bare);
    // A month or weekday in front of the figures belongs to the stamp, and so does "on".
    loop {
        names = names.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—' | '(')
        });
        let Some((rest, last)) = names.rsplit_once(' ') else {
            break;
        };
        let stamped = cut < bare.len() && stamp::read(last).known > 0;
        if !stamped && !last.eq_ignore_ascii_case("on") && !last.eq_ignore_ascii_case("at") {
            break;
        }
        names = rest;
    }
    let names = names.trim();
    (!names.is_empty() && !names.eq_ignore_ascii_case("by")).then(|| names.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_out_of_bylines() {
        let of = |line: &str| names(line).unwrap_or_default();
        assert_eq!(of("By Ada Lind and Per Holm"), "Ada Lind and Per Holm");
        assert_eq!(of("By Ada Lind - 11/19/19 06:56 AM"), "Ada Lind");
        assert_eq!(of("by Ada Lind On March 3, 2019"), "Ada Lind");
        assert_eq!(of("ADA LIND, Kestrel Wire"), "ADA LIND, Kestrel Wire");
        assert_eq!(of("By"), "");
    }
}
