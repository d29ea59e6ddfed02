//! Scrubbing that moves nothing: one code point for one code point.

use super::table::{Fate, GONE, fate};
use super::{CLUSTER, MARKS};
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// Scrubs one code point for one code point; borrowed where nothing had to change.
pub(crate) fn scrub_given(raw: &str) -> Cow<'_, str> {
    if raw
        .bytes()
        .all(|b| b == b'\n' || (b' '..=b'~').contains(&b))
    {
        return Cow::Borrowed(raw);
    }
    let mut changed = false;
    let mut marks = 0;
    let mut joined = false;
    let mut last = '\n';
    let clean: String = raw
        .chars()
        .map(|c| {
            let mut to = match fate(c) {
                Fate::Keep => c,
                Fate::Joiner if last >= '\u{590}' && last != GONE => c,
                Fate::Space => ' ',
                Fate::Newline => '\n',
                Fate::Drop | Fate::Joiner => GONE,
                Fate::Mark(mark) => mark,
            };
            let extends = is_combining_mark(to) || joined || matches!(to, '\u{200C}' | '\u{200D}');
            marks = if extends { marks + 1 } else { 0 };
            if marks > CLUSTER || (is_combining_mark(to) && marks > MARKS) {
                to = GONE;
            }
            joined = to == '\u{200D}';
            changed |= to != c;
            last = to;
            to
        })
        .collect();
    if changed {
        Cow::Owned(clean)
    } else {
        Cow::Borrowed(raw)
    }
}
