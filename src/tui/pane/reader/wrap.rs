//! An article cut into lines of a width, once for each article, width and way of showing it.
//!
//! A line is a range of bytes of the full text, so styles, matches and clicks find their place
//! without a second table. Invariant: lines from `body` on rise by bytes.

mod fill;

use super::super::super::links::Footnotes;
use super::super::super::widget::{self, date};
use crate::annotate::timex::Timex;
use crate::annotate::{Annotated, Role};
use crate::article::{ContentHash, Tag};
use crate::store::overlay::Notes;
use crate::text::Span;
use fill::{fill, whole};

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
    /// The address of a link, by its number.
    Link(usize),
    /// So many addresses that are not listed.
    MoreLinks(usize),
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
    /// Columns that it is moved in by: what is quoted and what stands under a picture.
    pub(super) indent: u8,
}

impl Line {
    fn new(kind: Kind, span: Span) -> Self {
        Self {
            kind,
            span,
            indent: 0,
        }
    }
}

/// Columns that quotes and captions are moved in by.
pub(super) const INDENT: u8 = 2;
/// Addresses that are listed under an article; a page of links would hide its end.
const MOST_LINKS: usize = 40;

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

/// Cuts an article, with the note on it, into lines of `columns`.
pub(super) fn wrap(
    article: &Annotated,
    remarks: &Remarks,
    links: &Footnotes,
    columns: usize,
    boilerplate: bool,
) -> Wrapped {
    let text = article.text();
    let columns = columns.max(8);
    let page = Page {
        article,
        links,
        columns,
    };
    let mut made = Wrapped::default();
    let headline = article.blocks.iter().position(|block| block.role == Role::Headline);
    if let Some(block) = headline.and_then(|at| article.blocks.get(at)) {
        fill(&page, block.span, block.role, &mut made.lines);
    } else {
            let title = article.title.as_deref().unwrap_or("");
            for line in widget::text::wrap(title, columns, 6, "") {
                made.lines.push(Line::new(Kind::Title(line), Span::default()));
            }
    }
    made.lines.push(Line::new(Kind::About, Span::default()));
    for line in widget::text::wrap(&remarks.tags, columns, 3, "") {
        made.lines.push(Line::new(Kind::Tags(line), Span::default()));
    }
    for line in widget::text::wrap(&remarks.note, columns.saturating_sub(2), 6, "") {
        made.lines.push(Line::new(Kind::Note(line), Span::default()));
    }
    made.lines.push(Line::new(Kind::Blank, Span::default()));
    made.body = made.lines.len();
    if article.blocks.is_empty() {
        whole(&page, &mut made.lines);
        footnotes(&page, &mut made.lines);
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
        fill(&page, block.span, block.role, &mut made.lines);
        before = Some((block.span, block.role));
    }
    unfold(&mut folded, &mut before, &mut made.lines);
    footnotes(&page, &mut made.lines);
    made
}

/// What lines are filled from.
struct Page<'a> {
    article: &'a Annotated,
    links: &'a Footnotes,
    columns: usize,
}

/// Lists the addresses of the links under the text.
fn footnotes(page: &Page<'_>, lines: &mut Vec<Line>) {
    let end = page.article.text().len();
    let span = Span::new(end, end);
    let all = page.links.targets.len();
    if all == 0 {
        return;
    }
    blank(lines, span.start);
    let listed = (1..=all.min(MOST_LINKS)).map(Kind::Link);
    lines.extend(listed.map(|kind| Line::new(kind, span)));
    if let Some(more @ 1..) = all.checked_sub(MOST_LINKS) {
        lines.push(Line::new(Kind::MoreLinks(more), span));
    }
}

/// True where the source sets these words apart as a quotation.
fn is_quoted(article: &Annotated, at: u32) -> bool {
    let markup = &article.article.markup;
    let after = markup.partition_point(|mark| mark.span.start <= at);
    let mark = after.checked_sub(1).and_then(|index| markup.get(index));
    mark.is_some_and(|mark| mark.tag == Tag::Quote && mark.span.holds(at))
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
        lines.push(Line::new(Kind::Folded(count), span));
        *before = Some((span, Role::Furniture));
    }
}

fn blank(lines: &mut Vec<Line>, at: u32) {
    if lines.last().is_some_and(|line| line.kind != Kind::Blank) {
        lines.push(Line::new(Kind::Blank, Span { start: at, end: at }));
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
        let folded = wrap(&made, &Remarks::default(), &Footnotes::default(), 40, false);
        assert_eq!(shown(&folded, text), ["[2]", "", "The harbour opened.", "", "It closed again."]);
        assert_eq!(folded.line_of(33), folded.lines.len() - 1);
        let open = wrap(&made, &Remarks::default(), &Footnotes::default(), 40, true);
        assert_eq!(shown(&open, text)[..3], ["Menu", "More", ""]);
    }

    #[test]
    fn dates_beside_words_take_room() {
        let text = "They met on Sunday in the old harbour town.";
        let mut made = article(text, &[(0, text.len(), Role::Body)]);
        let plain = wrap(&made, &Remarks::default(), &Footnotes::default(), 24, false);
        assert_eq!(shown(&plain, text)[0], "They met on Sunday in");
        made.timexes.push(Timex {
            span: Span::new(12, 18),
            kind: TimexKind::Date,
            value: "2020-09-13".to_owned(),
            interval: Interval::day("2020-09-13".parse().unwrap()),
            rule: "weekday-past".into(),
            signal: crate::annotate::timex::Signal::default(),
        });
        assert_eq!(shown(&wrap(&made, &Remarks::default(), &Footnotes::default(), 24, false), text)[0], "They met on");
    }

    #[test]
    fn quotes_stand_in_and_links_have_footnotes() {
        let text = "He wrote:\nThe harbour is closed for good, said the board.\nRead the report today.";
        let mut made = article(text, &[(0, 9, Role::Body), (10, 57, Role::Body), (58, 80, Role::Body)]);
        let mut source = Article::clone(&made.article);
        source.markup = vec![crate::article::Markup {
            span: Span::new(10, 57),
            tag: Tag::Quote,
            main: None,
        }];
        let at = text.find("report").unwrap();
        source.links = vec![crate::article::Link {
            span: Span::new(at, at + 6),
            target: "https://n.example/report".to_owned(),
        }];
        made.article = Arc::new(source);
        let notes = Footnotes::of(&made, false);
        let wrapped = wrap(&made, &Remarks::default(), &notes, 24, false);
        let body = &wrapped.lines[wrapped.body..];
        let quoted: Vec<&Line> = body.iter().filter(|line| line.indent > 0).collect();
        assert!(quoted.len() >= 3, "{body:?}");
        assert!(quoted.iter().all(|line| widget::width(line.span.of(text)) <= 22));
        // The number takes room: with it the last word does not fit any more.
        assert!(body.iter().any(|line| line.span.of(text) == "Read the report"), "{body:?}");
        assert_eq!(body.last().map(|line| &line.kind), Some(&Kind::Link(1)));
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_is_too_long(text in "[a-zäß汉 \n]{0,300}", columns in 8usize..60) {
            let made = article(&text, &[]);
            let wrapped = wrap(&made, &Remarks::default(), &Footnotes::default(), columns, false);
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
