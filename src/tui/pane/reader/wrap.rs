//! An article cut into lines of a width, once for each article, width and way of showing it.
//!
//! A line is a range of bytes of the full text, so styles, matches and clicks find their place
//! without a second table. Invariant: lines from `body` on rise by bytes.

use super::super::super::widget::{self, date};
use crate::annotate::timex::Timex;
use crate::annotate::{Annotated, Role};
use crate::article::ContentHash;
use crate::store::overlay::Notes;
use crate::text::Span;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A stretch of the text, in a block of this role.
    Text(Role),
    /// A line of what is said about the article.
    About,
    /// A title that is not in the text.
    Title(String),
    /// A line of the person's tags.
    Tags(String),
    /// A line of the person's note.
    Note(String),
    /// So many blocks of boilerplate, folded away.
    Folded(usize),
    /// Nothing.
    Blank,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// What it is.
    pub(super) kind: Kind,
    /// Its bytes in the full text; empty where it is not of the text.
    pub(super) span: Span,
}

/// A wrapped article.
#[derive(Clone, Debug, Default)]
pub(super) struct Wrapped {
    /// Its lines.
    pub(super) lines: Vec<Line>,
    /// The first line of the body; before it stand the headline and what is said about it.
    pub(super) body: usize,
}

/// What the person says of the article, ready for the terminal; empty where nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Remarks {
    tags: String,
    note: String,
}

impl Remarks {
    /// What is said of the article with this content.
    pub(super) fn of(hash: &ContentHash, notes: &Notes) -> Self {
        let tags: Vec<String> =
            notes.tags.get(hash).into_iter().flatten().map(|tag| format!("#{tag}")).collect();
        let note = notes.notes.get(hash).map_or("", String::as_str);
        Self {
            tags: widget::printable(&tags.join(" ")).into_owned(),
            note: widget::printable(note).into_owned(),
        }
    }
}

impl Wrapped {
    /// The line that shows byte `at`, or the one before it that comes nearest.
    pub(super) fn line_of(&self, at: u32) -> usize {
        let head = self.lines.get(..self.body).unwrap_or(&[]);
        if let Some(line) = head.iter().position(|line| line.span.holds(at)) {
            return line;
        }
        let body = self.lines.get(self.body..).unwrap_or(&[]);
        // Blank lines and folds carry the byte where they stand, so the order holds.
        let after = body.partition_point(|line| line.span.start <= at);
        self.body + after.saturating_sub(1)
    }
}

/// What stands beside a time expression: its date, where the words do not say as much.
pub(super) fn shown_date(timex: &Timex, text: &str) -> Option<String> {
    let date = &timex.interval;
    if !date.is_dated() {
        return None;
    }
    let shown = date::iso(date);
    let mark = if date.approximate { "~" } else { "" };
    (!timex.span.of(text).contains(&shown)).then(|| format!("{mark}{shown}"))
}

/// Columns that a date takes beside its words: a blank and two brackets with it.
fn beside(timex: &Timex, text: &str) -> usize {
    shown_date(timex, text).map_or(0, |date| date.len() + 3)
}

/// Cuts an article, with the note on it, into lines of `columns`.
pub(super) fn wrap(
    article: &Annotated,
    remarks: &Remarks,
    columns: usize,
    boilerplate: bool,
) -> Wrapped {
    let text = article.text();
    let columns = columns.max(8);
    let mut made = Wrapped::default();
    let headline = article.blocks.iter().position(|block| block.role == Role::Headline);
    if let Some(block) = headline.and_then(|at| article.blocks.get(at)) {
        fill(article, block.span, block.role, columns, &mut made.lines);
    } else {
            let title = article.title.as_deref().unwrap_or("");
            for line in widget::text::wrap(title, columns, 6, "") {
                made.lines.push(Line { kind: Kind::Title(line), span: Span::default() });
            }
    }
    made.lines.push(Line { kind: Kind::About, span: Span::default() });
    for line in widget::text::wrap(&remarks.tags, columns, 3, "") {
        made.lines.push(Line { kind: Kind::Tags(line), span: Span::default() });
    }
    for line in widget::text::wrap(&remarks.note, columns.saturating_sub(2), 6, "") {
        made.lines.push(Line { kind: Kind::Note(line), span: Span::default() });
    }
    made.lines.push(Line { kind: Kind::Blank, span: Span::default() });
    made.body = made.lines.len();
    if article.blocks.is_empty() {
        whole(article, columns, &mut made.lines);
        return made;
    }
    let mut folded: Option<(usize, u32)> = None;
    let mut before: Option<(Span, Role)> = None;
    for (index, block) in article.blocks.iter().enumerate() {
        if Some(index) == headline {
            continue;
        }
        if block.role.is_furniture() && !boilerplate {
            let (count, from) = folded.unwrap_or((0, block.span.start));
            folded = Some((count + 1, from));
            continue;
        }
        unfold(&mut folded, &mut before, &mut made.lines);
        if let Some((last, role)) = before
            && apart(text, last, role, block.span, block.role)
        {
            blank(&mut made.lines, block.span.start);
        }
        fill(article, block.span, block.role, columns, &mut made.lines);
        before = Some((block.span, block.role));
    }
    unfold(&mut folded, &mut before, &mut made.lines);
    made
}

/// Puts one line in place of the boilerplate that was folded away.
fn unfold(
    folded: &mut Option<(usize, u32)>,
    before: &mut Option<(Span, Role)>,
    lines: &mut Vec<Line>,
) {
    if let Some((count, from)) = folded.take() {
        if before.is_some() {
            blank(lines, from);
        }
        let span = Span { start: from, end: from };
        lines.push(Line { kind: Kind::Folded(count), span });
        *before = Some((span, Role::Furniture));
    }
}

fn blank(lines: &mut Vec<Line>, at: u32) {
    if lines.last().is_some_and(|line| line.kind != Kind::Blank) {
        lines.push(Line { kind: Kind::Blank, span: Span { start: at, end: at } });
    }
}

/// True where a blank line belongs between two blocks: paragraphs stand apart, the lines of a
/// menu, a list or a hard-wrapped paragraph do not.
fn apart(text: &str, last: Span, last_role: Role, next: Span, role: Role) -> bool {
    let between = text.get(last.end as usize..next.start as usize).unwrap_or("");
    let breaks = memchr::memchr_iter(b'\n', between.as_bytes()).count();
    if breaks >= 2 || last_role != role {
        return breaks > 0;
    }
    let whole = last.of(text).trim_end().ends_with(['.', '!', '?', '"', '\u{201d}', ':', '\'']);
    breaks > 0 && role.is_analysed() && whole && last.len() > 60
}

/// The whole text of an article without blocks.
fn whole(article: &Annotated, columns: usize, lines: &mut Vec<Line>) {
    let mut at = 0;
    for line in article.text().split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(article.text());
        if span.is_empty() {
            blank(lines, at as u32);
        } else {
            fill(article, span, Role::Body, columns, lines);
        }
        at += line.len();
    }
}

/// Fills lines with the words of one block.
fn fill(article: &Annotated, block: Span, role: Role, columns: usize, lines: &mut Vec<Line>) {
    let text = article.text();
    let mut timexes = article
        .timexes
        .get(article.timexes.partition_point(|timex| timex.span.end <= block.start)..)
        .unwrap_or(&[])
        .iter()
        .peekable();
    let mut line: Option<Range<usize>> = None;
    let mut used = 0;
    let mut push = |line: Range<usize>| {
        lines.push(Line { kind: Kind::Text(role), span: line.into() });
    };
    for word in words(block.of(text), block.start as usize) {
        let inside = text.get(word.clone()).unwrap_or("");
        let mut needs = inside.width();
        while let Some(timex) = timexes.next_if(|timex| timex.span.end as usize <= word.end) {
            needs += beside(timex, text);
        }
        match &mut line {
            Some(open) if used + 1 + needs <= columns => {
                open.end = word.end;
                used += 1 + needs;
                continue;
            }
            Some(open) => push(open.clone()),
            None => {}
        }
        let mut rest = word.clone();
        used = needs;
        // A word longer than a line (a link, a text without blanks) is cut where it must be.
        if inside.width() > columns {
            let mut columns_used = 0;
            for (at, cluster) in inside.grapheme_indices(true) {
                let wide = cluster.width();
                if columns_used + wide > columns {
                    push(rest.start..word.start + at);
                    rest.start = word.start + at;
                    columns_used = 0;
                }
                columns_used += wide;
            }
            used = columns_used;
        }
        line = Some(rest);
    }
    if let Some(open) = line {
        push(open);
    }
}

/// Words of a text that begins at byte `from`, by their bytes.
fn words(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    text.split_whitespace().map(move |word| {
        let start = from + (word.as_ptr() as usize - text.as_ptr() as usize);
        start..start + word.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Block;
    use crate::annotate::timex::TimexKind;
    use crate::article::Article;
    use crate::when::Interval;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn article(text: &str, blocks: &[(usize, usize, Role)]) -> Annotated {
        let mut made = Annotated::new(Arc::new(Article { text: text.to_owned(), ..Article::default() }));
        made.blocks = blocks
            .iter()
            .map(|(start, end, role)| Block { span: Span::new(*start, *end), role: *role })
            .collect();
        made
    }

    fn shown(wrapped: &Wrapped, text: &str) -> Vec<String> {
        let show = |line: &Line| match &line.kind {
            Kind::Text(_) => line.span.of(text).to_owned(),
            Kind::Folded(count) => format!("[{count}]"),
            _ => String::new(),
        };
        wrapped.lines.iter().skip(wrapped.body).map(show).collect()
    }

    #[test]
    fn boilerplate_folds_to_one_line() {
        let text = "Menu\nMore\nThe harbour opened.\n\nIt closed again.";
        let made = article(
            text,
            &[
                (0, 4, Role::Navigation),
                (5, 9, Role::Navigation),
                (10, 29, Role::Body),
                (31, 47, Role::Body),
            ],
        );
        let folded = wrap(&made, &Remarks::default(), 40, false);
        assert_eq!(shown(&folded, text), ["[2]", "", "The harbour opened.", "", "It closed again."]);
        assert_eq!(folded.line_of(33), folded.lines.len() - 1);
        let open = wrap(&made, &Remarks::default(), 40, true);
        assert_eq!(shown(&open, text)[..3], ["Menu", "More", ""]);
    }

    #[test]
    fn dates_beside_words_take_room() {
        let text = "They met on Sunday in the old harbour town.";
        let mut made = article(text, &[(0, text.len(), Role::Body)]);
        let plain = wrap(&made, &Remarks::default(), 24, false);
        assert_eq!(shown(&plain, text)[0], "They met on Sunday in");
        made.timexes.push(Timex {
            span: Span::new(12, 18),
            kind: TimexKind::Date,
            value: "2020-09-13".to_owned(),
            interval: Interval::day("2020-09-13".parse().unwrap()),
            rule: "weekday-past".into(),
            signal: crate::annotate::timex::Signal::default(),
        });
        assert_eq!(shown(&wrap(&made, &Remarks::default(), 24, false), text)[0], "They met on");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_is_too_long(text in "[a-zäß汉 \n]{0,300}", columns in 8usize..60) {
            let made = article(&text, &[]);
            let wrapped = wrap(&made, &Remarks::default(), columns, false);
            let mut kept = String::new();
            for line in &wrapped.lines {
                let line = line.span.of(&text);
                let words: Vec<&str> = line.split_whitespace().collect();
                prop_assert!(widget::width(&words.join(" ")) <= columns);
                kept.extend(words);
            }
            let all: String = text.split_whitespace().collect();
            prop_assert_eq!(kept, all);
        }
    }
}
