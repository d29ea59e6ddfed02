//! From a core to the whole expression: modifiers before it, parts of the day and clocks after it.
//!
//! Not here: what a core is (the rule families). This is the outward merge of `SynTime` (Zhong,
//! Sun and Cambria, ACL 2017): the core decides what it is, words around it join if they fit.

use super::TimexKind;
use super::clock;
use super::item::{Form, Sentence};
use super::role::Role;
use super::rule::{Match, longest};
use super::value::{Base, Clock, Edge, Under, Unit};

/// The expression that begins at item `i`, with its modifiers.
pub(super) fn read(s: &Sentence, i: usize) -> Option<Match> {
    let lead = modifiers(s, i);
    let plain = longest(s, i).map(|found| extend(s, found));
    let modified = lead.and_then(|lead| {
        let core = longest(s, lead.next)
            .map(|core| extend(s, core))
            .or_else(|| lead.edge.and_then(|_| super::relative::whole(s, lead.next)))?;
        lead.join(s, i, core)
    });
    match (plain, modified) {
        (Some(plain), Some(modified)) if modified.past() > plain.past() => Some(modified),
        (Some(plain), _) => Some(plain),
        (None, modified) => modified,
    }
}

/// What stands before a core.
struct Lead {
    next: usize,
    edge: Option<Edge>,
    approx: bool,
}

impl Lead {
    fn join(&self, s: &Sentence, start: usize, core: Match) -> Option<Match> {
        let under = core.under;
        let fits = if self.edge.is_some() {
            under.names_days() && under.edge.is_none() && !matches!(under.base, Base::Dayless)
        } else {
            under.is_length()
                || under.names_days() && !matches!(s.get(self.next).form, Form::Number(_, 4))
                || matches!(under.base, Base::Calendar { month: None, .. })
        };
        // "some years" is an amount, "some Monday" is not a date to speak of.
        if !fits || under.is_set() {
            return None;
        }
        let under = Under {
            edge: self.edge.or(under.edge),
            approx: self.approx || under.approx,
            ..under
        };
        Some(Match {
            start,
            under,
            ..core
        })
    }
}

/// "early", "late", "mid-", "the end of", with the position after it.
pub(super) fn edge_word(s: &Sentence, i: usize) -> (Option<Edge>, usize) {
    let edge = match s.lex(i).role {
        Some(Role::Early) => Edge::Start,
        Some(Role::Late) => Edge::End,
        Some(Role::Mid) => Edge::Mid,
        _ => return (None, i),
    };
    (Some(edge), s.skip_hyphen(i + 1))
}

fn modifiers(s: &Sentence, i: usize) -> Option<Lead> {
    let mut lead = Lead {
        next: i,
        edge: None,
        approx: false,
    };
    // "about", "nearly", "more than", "at least", "up to", "as many as", "no more than".
    let at = s.skip(lead.next, Role::No);
    let after = match s.lex(at).role {
        Some(Role::Approx | Role::Just | Role::Only) => Some(at + 1),
        Some(Role::Less | Role::More) if s.is(at + 1, Role::Than) => Some(at + 2),
        Some(Role::Less) if matches!(s.word(at), "nearly" | "almost" | "virtually") => Some(at + 1),
        Some(Role::At) if s.any(at + 1, &[Role::Least, Role::Most]) => Some(at + 2),
        Some(Role::Up) if s.is(at + 1, Role::To) => Some(at + 2),
        Some(Role::As)
            if matches!(s.word(at + 1), "many" | "much" | "long" | "little" | "few")
                && s.is(at + 2, Role::As) =>
        {
            Some(at + 3)
        }
        _ => None,
    };
    if let Some(after) = after {
        (lead.next, lead.approx) = (after, true);
    }
    // "early", "late in", "mid-", "the end of", "earlier this", "later in".
    let at = lead.next;
    let the = s.skip(at, Role::The);
    let (edge, next) = match s.lex(the).role {
        Some(Role::Early | Role::Late | Role::Mid) if the == at => {
            let (edge, next) = edge_word(s, the);
            (edge, s.skip(next, Role::In))
        }
        Some(Role::Start | Role::End | Role::Middle) if s.is(the + 1, Role::Of) => {
            let edge = match s.lex(the).role {
                Some(Role::Start) => Edge::Start,
                Some(Role::End) => Edge::End,
                _ => Edge::Mid,
            };
            (Some(edge), the + 2)
        }
        Some(role @ (Role::Earlier | Role::Later)) if the == at => {
            let next = s.skip(s.skip(at + 1, Role::In), Role::On);
            let edge = if role == Role::Earlier {
                Edge::Sofar
            } else {
                Edge::Still
            };
            (Some(edge), next)
        }
        _ => (None, at),
    };
    if edge.is_some() {
        (lead.edge, lead.next) = (edge, next);
    }
    (lead.next > i).then_some(lead)
}

/// Adds what follows a core: a part of the day, a clock time, "or so", "or later".
fn extend(s: &Sentence, mut found: Match) -> Match {
    if found.second.is_some() {
        return found;
    }
    if is_day(&found.under) {
        found = with_time(s, found);
    }
    let end = found.end;
    if s.is(end, Role::Or) {
        let so = s.is(end + 1, Role::So)
            || s.any(end + 1, &[Role::More, Role::Less]) && found.under.is_length();
        let open = s.any(end + 1, &[Role::Later, Role::Earlier]) && found.under.names_days();
        if so || open {
            (found.end, found.under.approx) = (end + 2, true);
            // "a week or so ago"
            if found.under.is_length()
                && let Some(shifted) = super::ago::shifted(s, found.start, found.end, found.under)
            {
                return shifted;
            }
        }
    }
    found
}

/// True for a value that is one day.
pub(super) fn is_day(under: &Under) -> bool {
    under.clock.is_none()
        && match under.base {
            Base::Calendar { day, weekday, .. } => day.is_some() || weekday.is_some(),
            Base::Shift { unit, .. } => unit == Unit::Day,
            Base::Holiday { .. } => true,
            _ => false,
        }
}

fn with_time(s: &Sentence, found: Match) -> Match {
    let end = found.end;
    let part_at = if s.any(end, &[Role::Early, Role::Late]) {
        s.skip_hyphen(end + 1)
    } else {
        end
    };
    let item = s.get(part_at);
    if let Some(part) = item
        .lex
        .part
        .filter(|_| !item.lex.plural && item.form == Form::Word)
    {
        let clock = Clock {
            part: Some(part),
            ..Clock::default()
        };
        return timed(found, part_at + 1, clock);
    }
    if item.lex.part.is_some()
        && item.lex.plural
        && let Base::Calendar {
            weekday: Some(day),
            month: None,
            day: None,
            ..
        } = found.under.base
    {
        let clock = Clock {
            part: item.lex.part,
            ..Clock::default()
        };
        let under = Under::new(Base::EveryWeekday(day)).with_clock(clock);
        return Match {
            end: part_at + 1,
            under,
            kind: TimexKind::Set,
            ..found
        };
    }
    for at in [
        end,
        s.skip_comma(end),
        s.skip(s.skip_comma(end), Role::At),
        end + usize::from(s.get(end).form == Form::Dash),
    ] {
        if let Some((clock, after)) =
            clock::time(s, at).filter(|(clock, after)| clock::is_sure(s, at, *after, *clock))
        {
            return timed(found, after, clock);
        }
    }
    found
}

fn timed(found: Match, end: usize, clock: Clock) -> Match {
    Match {
        end,
        under: found.under.with_clock(clock),
        kind: TimexKind::Time,
        ..found
    }
}
