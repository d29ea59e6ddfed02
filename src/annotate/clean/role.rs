//! From the model's verdict to a role for every line, by rules on what lines say and where.
//!
//! The rules are general: none knows a site. A line that says what it is ("See also:", a comment
//! form) loses to no model; a line that only looks unlikely is dropped by the model alone.

use super::super::Role;
use super::lexicon::Place;
use super::line::{End, Line};
use super::model::Run;
use super::{caption, feature, head, lexicon};
use crate::article::{Article, Tag};

/// Texts of at most this many lines lose nothing but what says that it is furniture.
const SMALL: usize = 6;
/// In texts of at most this many lines whole sentences are kept unless something closes the article.
const SHORT: usize = 16;

/// A role for every line.
pub(super) fn assign(article: &Article, lines: &[Line], run: &Run) -> Vec<Role> {
    let text = |line: &Line| line.span.of(&article.text);
    let mut strong: Vec<Option<Role>> = lines.iter().map(|line| says(line, text(line))).collect();
    teasers(article, lines, &mut strong);
    promos(lines, &mut strong);
    let mut kept: Vec<bool> = run
        .kept
        .iter()
        .zip(&strong)
        .map(|(kept, strong)| *kept && strong.is_none())
        .collect();
    rescue(lines, &strong, run, &mut kept);
    let closed = close(lines, &strong, &mut kept);
    if !kept.contains(&true) {
        // Nothing reads like an article: better the whole than nothing.
        for (slot, role) in kept.iter_mut().zip(&strong) {
            *slot = role.is_none();
        }
    }
    let mut roles = Vec::with_capacity(lines.len());
    let first = kept.iter().position(|k| *k).unwrap_or(lines.len());
    let last = kept.iter().rposition(|k| *k).unwrap_or(0);
    let mut section = Role::Furniture;
    for (at, line) in lines.iter().enumerate() {
        let said = strong.get(at).copied().flatten();
        if at >= closed
            && let Some(role) = said.filter(|_| feature::closes(line))
        {
            section = role;
        }
        roles.push(match said {
            _ if kept.get(at) == Some(&true) => Role::Body,
            Some(role) => role,
            None if at > last && line.end == End::Ellipsis => Role::Teaser,
            None if at > last => match section {
                Role::Copyright => Role::Furniture,
                role => role,
            },
            None => Role::Furniture,
        });
    }
    captions(article, lines, &mut roles, first, last);
    head::assign(article, lines, &mut roles, first);
    subheads(lines, &mut roles);
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { continue };
        let credit = at >= first && at + 4 >= last && credits(line, text(line));
        if let Some(slot) = roles.get_mut(at)
            && credit
        {
            *slot = Role::WireCredit;
        }
    }
    roles
}

/// What a line says of itself, where that settles it.
fn says(line: &Line, text: &str) -> Option<Role> {
    if !text.contains(char::is_alphanumeric) {
        return Some(Role::Furniture);
    }
    if is_clock(line, text) {
        return Some(Role::Player);
    }
    if let Some(role) = line.hit.role {
        let most = match (line.hit.place, role) {
            (Place::Line, _) => u32::MAX,
            (_, Role::Copyright) | (Place::Start, Role::CrossPromo) => 70,
            (Place::Start, Role::Newsletter | Role::CommentForm | Role::Player) => 45,
            (Place::Start, _) => 25,
            (Place::Any, Role::Newsletter) => 30,
            (Place::Any, _) => 45,
        };
        let reported = line.reports && line.quoted;
        if line.words <= most && !reported {
            return Some(role);
        }
    }
    if is_breadcrumb(line, text) {
        return Some(Role::Navigation);
    }
    match line.tag {
        Some(Tag::Navigation) if !line.is_prose() => Some(Role::Navigation),
        Some(Tag::Form) if line.words <= 12 => Some(Role::Furniture),
        _ => None,
    }
}

/// "0:00 0:02:11 0:00", or "Listen 0:00 0:01:52": the clock of a player.
fn is_clock(line: &Line, text: &str) -> bool {
    if line.words > 8 || line.digits < 3 {
        return false;
    }
    let clock = |part: &str| {
        let mut figures = part.split(':');
        figures.next().is_some_and(|f| (1..=2).contains(&f.len()))
            && figures.clone().count() > 0
            && figures.all(|f| f.len() == 2)
            && part.bytes().all(|b| b.is_ascii_digit() || b == b':')
    };
    let parts = || {
        text.split([' ', '/', '-', '|'])
            .filter(|part| !part.is_empty())
    };
    let clocks = parts().filter(|part| clock(part)).count();
    let others = parts().count() - clocks;
    clocks >= 2
        && (others == 0 || others <= 2 && parts().any(|part| part == "0:00" || part == "00:00"))
}

/// "Home » World » Headline", "Home | World | Europe": steps or entries between separators.
fn is_breadcrumb(line: &Line, text: &str) -> bool {
    if line.words > 40 || line.end == End::Sentence {
        return false;
    }
    for mark in [" » ", " › ", " > ", " → ", " | ", " / ", " · ", " • "] {
        let parts = text.split(mark).count();
        if parts < 2 {
            continue;
        }
        let short = text
            .split(mark)
            .filter(|p| p.split_whitespace().count() <= 3)
            .count();
        let steps = matches!(mark, " » " | " › " | " > " | " → ");
        if parts >= 3 && (steps || short * 3 >= parts * 2) || steps && short >= 2 {
            return true;
        }
    }
    false
}

/// Lines cut off with an ellipsis, two or more together, are the starts of other articles.
///
/// Writers end sentences so too. So the cut must be at a word, and the lines must stand at the
/// end of the text or below a line that announces them, or be three in a row.
fn teasers(article: &Article, lines: &[Line], strong: &mut [Option<Role>]) {
    let cut = |at: usize| {
        lines.get(at).is_some_and(|l| {
            let text = l.span.of(&article.text);
            let word = text.trim_end_matches(['.', '…']);
            l.end == End::Ellipsis
                && l.words >= 4
                && text.ends_with(['.', '…'])
                && !word.ends_with([' ', '?', '!', '"', '”'])
        })
    };
    let tail = lines
        .iter()
        .zip(strong.iter())
        .rposition(|(l, role)| l.is_prose() && l.end == End::Sentence && role.is_none())
        .map_or(0, |at| at + 1);
    let mut at = 0;
    while at < lines.len() {
        if !cut(at) {
            at += 1;
            continue;
        }
        // One line without a cut may stand between two of a group.
        let mut end = at + 1;
        let mut count = 1;
        while cut(end) || cut(end + 1) {
            count += 1;
            end += if cut(end) { 1 } else { 2 };
        }
        let announced = (1..=2).any(|by| {
            let role = at
                .checked_sub(by)
                .and_then(|i| strong.get(i))
                .copied()
                .flatten();
            matches!(role, Some(Role::Teaser | Role::CrossPromo))
        });
        let here = count >= 2 && (announced || at >= tail) || count >= 3 && end - at == count;
        for slot in strong
            .iter_mut()
            .take(end)
            .skip(at)
            .filter(|slot| here && slot.is_none())
        {
            *slot = Some(Role::Teaser);
        }
        at = end;
    }
}

/// Short lines that belong to a promotion or to a player beside them.
fn promos(lines: &[Line], strong: &mut [Option<Role>]) {
    let label = |at: usize| {
        lines
            .get(at)
            .is_some_and(|l| l.words <= 14 && l.end == End::Open && !l.stamp)
    };
    for at in 0..lines.len() {
        if strong.get(at).copied().flatten().is_some() || !label(at) {
            continue;
        }
        let of = |by: usize| strong.get(by).copied().flatten();
        let before = at.checked_sub(1).and_then(of);
        let after = of(at + 1);
        let role = match (before, after) {
            // The title of a clip stands between "Watch:" and the player's own words.
            (Some(Role::CrossPromo | Role::Player), Some(Role::Player)) => Some(Role::Player),
            // The title of a promotion box stands above "Read our coverage of ...".
            (None, Some(Role::CrossPromo)) => lines
                .get(at + 1)
                .filter(|l| l.words >= 8 && l.end == End::Sentence)
                .and_then(|_| lines.get(at))
                .filter(|l| l.words <= 6 && l.lower <= 1)
                .map(|_| Role::CrossPromo),
            _ => None,
        };
        if let (Some(slot), Some(_)) = (strong.get_mut(at), role) {
            *slot = role;
        }
    }
}

/// Keeps what the model is not sure of in texts too short to have much furniture.
fn rescue(lines: &[Line], strong: &[Option<Role>], run: &Run, kept: &mut [bool]) {
    let small = lines.len() <= SMALL;
    let short = lines.len() <= SHORT;
    if !short {
        return;
    }
    let mut open = true;
    for (at, line) in lines.iter().enumerate() {
        if at >= run.start && feature::closes(line) && at > 0 {
            open = false;
        }
        let free = strong.get(at).copied().flatten().is_none() && !line.stamp;
        let title = at < run.start && line.end == End::Open;
        if open
            && free
            && !title
            && (small || line.is_sentence())
            && let Some(slot) = kept.get_mut(at)
        {
            *slot = true;
        }
    }
}

/// Drops what follows a line that closes the article, unless much of the article follows it.
///
/// Returns the first line of the closing part (the number of lines where there is none).
fn close(lines: &[Line], strong: &[Option<Role>], kept: &mut [bool]) -> usize {
    let words = |at: usize| lines.get(at).map_or(0, |l| u64::from(l.words.min(200)));
    let total: u64 = (0..kept.len())
        .filter(|at| kept.get(*at) == Some(&true))
        .map(words)
        .sum();
    let mut told = 0;
    for at in 0..lines.len() {
        if kept.get(at) == Some(&true) {
            told += words(at);
            continue;
        }
        let says = strong.get(at).copied().flatten().is_some();
        if says && lines.get(at).is_some_and(feature::closes) && told * 4 >= total * 3 && told > 0 {
            kept.iter_mut().skip(at).for_each(|k| *k = false);
            return at;
        }
    }
    lines.len()
}

/// Captions: by markup, by repeat, by credit, by how they read.
fn captions(article: &Article, lines: &[Line], roles: &mut [Role], first: usize, last: usize) {
    let mut before = "";
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { continue };
        let text = line.span.of(&article.text);
        let twice = text == before && line.words >= 6;
        before = text;
        let Some(role) = roles.get(at).copied() else {
            continue;
        };
        let inside = at + 4 >= first && at <= last + 1;
        let open = role == Role::Body || role == Role::Furniture && inside;
        let reads = caption::has_credit(text) || caption::describes(text, line);
        // Menus repeat titles too; a caption is a sentence, or the model keeps it.
        let twice = twice && (role == Role::Body || line.end == End::Sentence || reads);
        if twice && open {
            let previous = at.saturating_sub(1);
            if let Some(slot) = roles.get_mut(previous)
                && matches!(slot, Role::Body | Role::Furniture | Role::Caption)
            {
                *slot = Role::Caption;
            }
            if let Some(slot) = roles.get_mut(at) {
                *slot = Role::CaptionRepeat;
            }
            continue;
        }
        let marked = line.tag == Some(Tag::Caption);
        let reads = caption::has_credit(text) || caption::describes(text, line);
        if open
            && (marked || reads)
            && line.words >= 5
            && let Some(slot) = roles.get_mut(at)
        {
            *slot = Role::Caption;
        }
    }
}

/// Short kept lines without an end mark between paragraphs are headings.
fn subheads(lines: &[Line], roles: &mut [Role]) {
    let text = |roles: &[Role], at: usize| {
        roles.get(at) == Some(&Role::Body) && lines.get(at).is_some_and(|l| l.words >= 8)
    };
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { continue };
        if roles.get(at) != Some(&Role::Body) || line.words > 12 {
            continue;
        }
        let heading = matches!(line.tag, Some(Tag::Heading(_)));
        let shaped = line.end == End::Open && !line.quoted && line.capitals > 0 && !line.barred;
        let after = (1..=2).any(|by| text(roles, at + by));
        let before = (0..at).rev().take(3).any(|i| {
            roles
                .get(i)
                .is_some_and(|r| matches!(r, Role::Body | Role::Caption | Role::Headline))
        });
        if (heading || shaped && after && before && line.tag != Some(Tag::ListItem))
            && let Some(slot) = roles.get_mut(at)
        {
            *slot = Role::Subhead;
        }
    }
}

/// "(With inputs from ...)", "With reporting by ...", "Source: ...": who else contributed.
fn credits(line: &Line, text: &str) -> bool {
    if line.words > 24 {
        return false;
    }
    let low = text.to_lowercase();
    let bare = low
        .trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '-' | '—' | '–' | ' '));
    let bracketed = low.starts_with(['(', '[']) && low.ends_with([')', ']', '.']);
    let starts = [
        "with reporting",
        "with inputs",
        "with input",
        "with additional",
        "with files",
        "with agencies",
        "reporting by",
        "additional reporting",
        "writing by",
        "edited by",
        "editing by",
        "source: ",
        "sources: ",
        "with material from",
        "with information from",
    ];
    let holds = [
        "contributed to this",
        "inputs",
        "agencies",
        "wire",
        " staff",
        "with agency",
    ];
    starts.iter().any(|s| bare.starts_with(s))
        || low.contains("contributed to this")
        || lexicon::is_agency(bare) && line.words <= 4
        || bracketed && line.words <= 10 && holds.iter().any(|h| low.contains(h))
}
