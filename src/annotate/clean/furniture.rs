//! What lines say of themselves: players, breadcrumbs, teasers, promotions, credits.
//!
//! Not here: how sure the model is, and where the article ends; `role` puts both together.

use super::super::Role;
use super::lexicon::{self, Place};
use super::line::{End, Line};
use crate::article::{Article, Tag};

/// What a line says of itself, where that settles it.
pub(super) fn says(line: &Line, text: &str) -> Option<Role> {
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
    let mark = ["©", "(c)", "(C)"]
        .iter()
        .any(|mark| text.starts_with(mark));
    let year = text.split('©').nth(1).is_some_and(|tail| {
        let year = tail.trim_start().get(..2);
        matches!(year, Some("19" | "20"))
    });
    if line.words <= 14 && (mark || year) {
        return Some(Role::Copyright);
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
pub(super) fn teasers(article: &Article, lines: &[Line], strong: &mut [Option<Role>]) {
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
pub(super) fn promos(lines: &[Line], strong: &mut [Option<Role>]) {
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

/// "(With inputs from ...)", "With reporting by ...", "Source: ...": who else contributed.
pub(super) fn credits(line: &Line, text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::clean::line;

    fn of(text: &str) -> Option<Role> {
        let article = Article {
            text: text.to_owned(),
            ..Article::default()
        };
        says(&line::lines(&article)[0], text)
    }

    #[test]
    fn lines_that_say_what_they_are() {
        assert_eq!(of("0:00 0:02:11 0:00"), Some(Role::Player));
        assert_eq!(of("Listen 0:00 0:01:52"), Some(Role::Player));
        assert_eq!(
            of("Home » World » The ferry is back"),
            Some(Role::Navigation)
        );
        assert_eq!(of("Home | World | Europe"), Some(Role::Navigation));
        assert_eq!(
            of("READ MORE: The ferry in pictures"),
            Some(Role::CrossPromo)
        );
        assert_eq!(of("– ."), Some(Role::Furniture));
        assert_eq!(of("Copyright 2019 Harbour Post"), Some(Role::Copyright));
    }

    #[test]
    fn sentences_are_not_furniture() {
        assert_eq!(
            of("The score was 3:1 at 20:15 when the lights went out."),
            None
        );
        assert_eq!(
            of("Prices rose > 3 percent in the port towns of the north."),
            None
        );
        assert_eq!(
            of(
                "Copyright law was changed in 2019, and the publishers, who had asked for it, were pleased with what they got."
            ),
            None
        );
    }

    #[test]
    fn contributors_are_credits() {
        let credit = |text: &str| {
            let article = Article {
                text: text.to_owned(),
                ..Article::default()
            };
            credits(&line::lines(&article)[0], text)
        };
        assert!(credit("With reporting by Ada Lind in Oslo"));
        assert!(credit("(With Kestrel Wire inputs)"));
        assert!(credit("Ada Lind contributed to this report."));
        assert!(!credit("The staff of the ferry voted on Monday."));
    }
}
