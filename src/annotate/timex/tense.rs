//! The tense of the clause around an expression, from closed lists of verb forms.
//!
//! Not here: a tagger. The nearest verb form to the left in the clause decides, else the nearest
//! to the right. `assets/timex/verbs.tsv` holds the forms; regular pasts are told by their ending.

use super::Tense;
use super::item::{Form, Sentence};
use super::role::Role;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cue {
    Past,
    Future,
    Modal,
    Plan,
    Intent,
    Present,
    Opens,
    None,
}

static CUES: LazyLock<HashMap<&'static str, Cue>> = LazyLock::new(|| {
    let list = include_str!("../../../assets/timex/verbs.tsv");
    let rows = list.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let (form, cue) = line.split_once('\t')?;
        let cue = match cue.trim() {
            "past" => Cue::Past,
            "future" => Cue::Future,
            "modal" => Cue::Modal,
            "plan" => Cue::Plan,
            "intent" => Cue::Intent,
            "present" => Cue::Present,
            "opens" => Cue::Opens,
            "none" => Cue::None,
            _ => return None,
        };
        Some((form, cue))
    })
    .collect()
});

/// Verb forms that put something off to another day.
static DELAYS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../../assets/timex/delays.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Nouns for what is fixed to a day beforehand.
static FIXTURES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../../assets/timex/fixtures.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// How far a verb may stand from an expression, in items; clauses are rarely longer.
const REACH: usize = 30;

/// The tense of the clause that holds items `start..end`.
pub(super) fn around(s: &Sentence, start: usize, end: usize) -> Tense {
    // "until Friday" is ahead of what it bounds.
    if start > 0 && matches!(s.word(start - 1), "until" | "till") {
        // "Until Friday they had been silent": nothing before tells, so what follows does.
        let opens = if start == 1 { right(s, end) } else { None };
        return opens.unwrap_or(Tense::Future);
    }
    // "delaying the ruling to Friday": ahead of the delay.
    if start > 0 && s.is(start - 1, Role::To) && delays(s, start - 1) {
        return Tense::Future;
    }
    // "as early as Friday", "as soon as Friday"
    if start > 1 && s.word(start - 1) == "as" && matches!(s.word(start - 2), "soon" | "early") {
        return Tense::Future;
    }
    // "under a June agreement", "since a May raid": what an act rests on has been.
    if start > 1
        && s.is(start - 1, Role::A)
        && s.get(end).form == Form::Word
        && matches!(s.word(start - 2), "under" | "since" | "following")
    {
        return Tense::Past;
    }
    // "Friday's ruling" has been made, whatever the verb says of it.
    if s.get(end).form == Form::Possessive {
        // "the squad for Saturday's match", "tickets for Friday's show" are of one to come.
        let fixture = (end + 1..end + 4).any(|i| FIXTURES.contains(s.word(i)));
        if fixture
            && start > 0
            && (s.word(start - 1) == "for" || s.word_before(start - 1) == "ahead")
        {
            return Tense::Future;
        }
        return Tense::Past;
    }
    left(s, start).or_else(|| right(s, end)).unwrap_or_default()
}

/// True where one of the words shortly before item `to` puts something off.
fn delays(s: &Sentence, to: usize) -> bool {
    (to.saturating_sub(8)..to)
        .rev()
        .take_while(|i| !is_boundary(s.get(*i).form))
        .any(|i| DELAYS.contains(s.word(i)))
}

fn left(s: &Sentence, start: usize) -> Option<Tense> {
    let mut infinitive = false;
    for i in (start.saturating_sub(REACH)..start).rev() {
        let item = s.get(i);
        if is_boundary(item.form) {
            return None;
        }
        if item.form != Form::Word {
            continue;
        }
        if s.is(i, Role::To)
            && s.get(i + 1).form == Form::Word
            && !s.get(i + 1).capital
            && i + 1 < start
            && !s.any(i + 1, &[Role::The, Role::A])
        {
            infinitive = true;
            // "is to hold"
            if i > 0 && matches!(s.word(i - 1), "is" | "are" | "was" | "were") {
                return Some(Tense::Future);
            }
            continue;
        }
        match cue(s, i) {
            Some(Cue::Past) if infinitive && s.word(i) == "been" => {}
            // "to be held", "will be paid": what stands before "be" tells.
            Some(Cue::Past) if s.word_before(i) == "be" => {}
            // "to hit", "will hit": forms that are both.
            Some(Cue::Past)
                if matches!(s.word_before(i), "to" | "will" | "would" | "not")
                    && !s.word(i).ends_with("ed") => {}
            Some(Cue::Past) => return Some(Tense::Past),
            Some(Cue::Plan) if is_over(s, i) => return Some(Tense::Past),
            Some(Cue::Opens) if matches!(s.word_before(i), "to" | "not" | "n't" | "the" | "a") => {}
            Some(Cue::Future | Cue::Modal | Cue::Plan | Cue::Opens) => return Some(Tense::Future),
            Some(Cue::Intent) if infinitive => return Some(Tense::Future),
            Some(Cue::Intent) => {
                return Some(if s.word(i).ends_with("ed") {
                    Tense::Past
                } else {
                    Tense::Unknown
                });
            }
            Some(Cue::Present) => {
                return match s.word(i) {
                    "has" | "have" => Some(Tense::Past),
                    _ if infinitive => Some(Tense::Future),
                    _ => Some(Tense::Unknown),
                };
            }
            Some(Cue::None) | None => {}
        }
    }
    None
}

/// True for a plan that is behind: "had been scheduled", "as previously planned".
fn is_over(s: &Sentence, i: usize) -> bool {
    s.word_before(i) == "previously" || (1..=4).any(|back| i >= back && s.word(i - back) == "had")
}

fn right(s: &Sentence, end: usize) -> Option<Tense> {
    for i in end..s.len().min(end + REACH) {
        let item = s.get(i);
        if is_boundary(item.form) {
            return None;
        }
        if item.form != Form::Word {
            continue;
        }
        match cue(s, i) {
            Some(Cue::Past) => return Some(Tense::Past),
            // "On Friday the league plans to meet"; "on Friday they agreed to meet" is past.
            Some(Cue::Intent) if s.word(i).ends_with("ed") => return Some(Tense::Past),
            Some(Cue::Intent) if s.is(i + 1, Role::To) => return Some(Tense::Future),
            Some(Cue::Intent) => return Some(Tense::Unknown),
            Some(Cue::Future | Cue::Modal | Cue::Plan) => return Some(Tense::Future),
            Some(Cue::Present) => {
                // "is scheduled", "is expected", "is due", "is to"
                if s.is(i + 1, Role::To)
                    || (1..=2).any(|k| cue(s, i + k) == Some(Cue::Plan))
                    || s.is(i + 2, Role::To)
                {
                    return Some(Tense::Future);
                }
                return Some(if matches!(s.word(i), "has" | "have") {
                    Tense::Past
                } else {
                    Tense::Unknown
                });
            }
            Some(Cue::Opens | Cue::None) | None => {}
        }
    }
    None
}

fn cue(s: &Sentence, i: usize) -> Option<Cue> {
    let word = s.word(i);
    let before = s.word_before(i);
    if let Some(cue) = CUES.get(word) {
        if *cue == Cue::None {
            return None;
        }
        // Ms. May and Will Smith are no verbs.
        if i > 0 && s.get(i).capital && matches!(cue, Cue::Modal | Cue::Future) {
            return None;
        }
        // "will" and "may" after an article are nouns; a plan noun is still a plan.
        let noun = matches!(before, "the" | "a" | "his" | "her" | "their" | "own");
        return (!noun || matches!(cue, Cue::Plan | Cue::Intent)).then_some(*cue);
    }
    if word.ends_with("'ll") || word.ends_with("’ll") {
        return Some(Cue::Future);
    }
    if word.ends_with("n't") || word.ends_with("n’t") {
        return match word.get(..word.len().saturating_sub(3)) {
            Some("was" | "were" | "did" | "had") => Some(Cue::Past),
            _ => None,
        };
    }
    let regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    let adjective =
        s.get(i).capital || s.before(i).form == Form::Hyphen || BEFORE_ADJECTIVES.contains(&before);
    (regular && !adjective).then_some(Cue::Past)
}

/// Words after which a form in -ed describes a noun or belongs to an infinitive ("to be paid").
const BEFORE_ADJECTIVES: &[&str] = &[
    "the", "a", "an", "its", "their", "his", "her", "be", "being", "of", "for", "in", "get", "by",
    "with", "still", "newly", "more", "most", "no", "any", "some",
];

/// Marks that end a clause.
const fn is_boundary(form: Form) -> bool {
    matches!(
        form,
        Form::Mark(';' | '"' | '“' | '”' | '`' | '…') | Form::Dash
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn the_nearest_verb_decides() {
        for (text, want) in [
            ("The council will meet on Friday", Tense::Future),
            ("The council met on Friday", Tense::Past),
            (
                "The council is scheduled to hold a debate on Friday",
                Tense::Future,
            ),
            ("The council is to meet on Friday", Tense::Future),
            ("He agreed to leave on Friday", Tense::Future),
            ("He failed to leave on Friday", Tense::Past),
            ("They gave him until Friday", Tense::Future),
            ("The court is expected to rule by Friday", Tense::Future),
            ("He said it would rain on Friday", Tense::Future),
            ("It has slowed since Friday", Tense::Past),
            ("The Friday", Tense::Unknown),
        ] {
            let lower = text.to_ascii_lowercase();
            let s = Sentence::new(text, &lower, Span::new(0, text.len()));
            assert_eq!(around(&s, s.len() - 1, s.len()), want, "{text}");
        }
        for (text, want) in [
            ("Friday the council will meet", Tense::Future),
            ("Friday the council plans to meet", Tense::Future),
            ("Friday the council agreed to meet", Tense::Past),
        ] {
            let lower = text.to_ascii_lowercase();
            let s = Sentence::new(text, &lower, Span::new(0, text.len()));
            assert_eq!(around(&s, 0, 1), want, "{text}");
        }
    }
}
