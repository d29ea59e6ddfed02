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
    stamps(article, lines, roles, headline, body);
    outlets(article, lines, roles, headline, body);
}

/// Date lines and bylines that say so.
fn stamps(article: &Article, lines: &[Line], roles: &mut [Role], head: Option<usize>, body: usize) {
    for at in body.saturating_sub(REACH)..body.min(lines.len()) {
        let (Some(line), Some(role)) = (lines.get(at), roles.get(at).copied()) else {
            continue;
        };
        // Dates and writers of other articles stand farther off.
        let near = match head {
            Some(h) if at > h => (at - h).min(body - at) <= 10,
            Some(h) => h - at <= 4,
            None => body - at <= 8,
        };
        if role == Role::Headline || !near {
            continue;
        }
        let below = head.is_none_or(|h| at > h);
        let issue = role == Role::Body && is_issue(line, line.span.of(&article.text));
        if line.stamp || issue {
            set(roles, at, Role::DateLine);
        } else if line.hit.role.is_none() && is_byline(line) {
            set(roles, at, Role::Byline);
        } else if role == Role::Furniture && below && is_loose(line, line.span.of(&article.text)) {
            set(roles, at, Role::DateLine);
        }
    }
}

/// Outlets and writers that only their place gives away.
fn outlets(
    article: &Article,
    lines: &[Line],
    roles: &mut [Role],
    head: Option<usize>,
    body: usize,
) {
    let signed = roles.contains(&Role::Byline);
    for at in body.saturating_sub(REACH)..body.min(lines.len()) {
        let (Some(line), Some(role)) = (lines.get(at), roles.get(at).copied()) else {
            continue;
        };
        if !matches!(role, Role::Furniture | Role::Body) || line.words > 6 || line.end != End::Open
        {
            continue;
        }
        let beside = |role: Role| {
            at.checked_sub(1).and_then(|i| roles.get(i)) == Some(&role)
                || roles.get(at + 1) == Some(&role)
        };
        let text = line.span.of(&article.text);
        let low = text.to_lowercase();
        let dated = beside(Role::DateLine);
        let given = article.hints.outlet.as_ref();
        let given = given.is_some_and(|outlet| outlet.to_lowercase() == low);
        let capital = line.capitals + 1 >= line.words && line.digits == 0;
        let agency = lexicon::is_agency(&low) && (at == 0 || dated || beside(Role::Byline));
        let shouted = line.shouted == line.words && at == 0;
        let paper = capital && (at == 0 || dated) && (lexicon::names_outlet(&low) || shouted);
        let above = head.is_some_and(|h| at < h);
        let plain = line.hit.role.is_none() && line.hit.weak == 0 && line.capitals > 0;
        if given || agency || paper || above && dated && plain && line.words <= 4 {
            // Before the headline stands the paper, after it the writer.
            set(roles, at, Role::Outlet);
        } else if !above && dated && !signed && capital && is_name(line, text) {
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
fn is_name(line: &Line, text: &str) -> bool {
    let plain = line.lower == 0 && line.marks <= 2 && line.shouted < line.words;
    plain && (2..=4).contains(&line.words) && line.hit.weak == 0 && !text.contains('&')
}

/// A stamp among a few other words ("Oslo desk, 3 March 2020 10:15").
fn is_loose(line: &Line, text: &str) -> bool {
    if line.words > 16 || line.end == End::Sentence || text.len() > 200 {
        return false;
    }
    let stamp = stamp::read(text);
    stamp.dated && stamp.known >= 3 && stamp.other <= 6
}

/// The head of a printed page: a name and a whole date ("Northern Courier, Monday, 4 May 2015").
fn is_issue(line: &Line, text: &str) -> bool {
    let short = line.words <= 9 && text.len() <= 100;
    if !short || line.lower > 0 || line.end == End::Sentence {
        return false;
    }
    let stamp = stamp::read(text);
    stamp.dated && stamp.known >= 3 && (1..=4).contains(&stamp.other)
}

/// Picks the headline: the line that the title repeats, a first-level heading, or the short line
/// without a sentence's end that stands closest before the body.
fn headline(article: &Article, lines: &[Line], roles: &[Role], body: usize) -> Option<usize> {
    let title = article.hints.title.as_deref();
    let given = title.and_then(Title::new);
    let marked = lines.iter().any(|line| line.tag.is_some());
    let mut best: Option<(i32, usize)> = None;
    for at in body.saturating_sub(REACH)..=body.min(lines.len().saturating_sub(1)) {
        let (Some(line), Some(role)) = (lines.get(at), roles.get(at)) else {
            continue;
        };
        let text = line.span.of(&article.text);
        let says = given.as_ref().is_some_and(|given| given.is(text))
            || title.is_some_and(|title| title.trim() == text);
        let may = match role {
            // The model may keep a headline as the first line of the body.
            Role::Body => at < body || line.end != End::Sentence && lines.len() > at + 1,
            Role::Furniture | Role::Outlet | Role::Subhead => true,
            _ => says && !line.barred,
        };
        let heading = matches!(line.tag, Some(Tag::Heading(1)));
        let sure = says || heading;
        // The source names the title, and this line says something else.
        let other = given.is_some() && !sure && !marked;
        let sentence = match line.end {
            End::Sentence => text.ends_with('.') && line.breaks == 0,
            End::Colon | End::Ellipsis => true,
            End::Open => false,
        };
        let size = (2..=32).contains(&line.words) && line.chars <= 250;
        if !may || !size || line.stamp || line.by || other || sentence && !sure {
            continue;
        }
        let labels = stamp::read(text);
        if labels.known >= 2 && labels.other == 0 {
            continue;
        }
        let low = text.to_lowercase();
        let paper = line.words <= 5 && line.lower == 0 && lexicon::names_outlet(&low);
        let when = |yes: bool, points: i32| if yes { points } else { 0 };
        let score = 4 - ((body - at) as i32).min(16)
            + when(says, 40)
            + when(line.title && given.is_none(), 24)
            + when(heading, 20)
            + when(!heading && matches!(line.tag, Some(Tag::Heading(_))), 6)
            + when((4..=22).contains(&line.words), 4)
            + when(line.words == 3, -3)
            + when(line.words == 2, -8)
            + when(line.barred, -8)
            + when(line.hit.weak > 0, -4)
            + when(paper || lexicon::is_agency(&low), -20)
            + when(!sure && is_issue(line, text), -20)
            + when(line.repeated && line.words >= 4, 2);
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
