//! A page as a reader sees it: lines of text, each with its place and what its markup says.
//!
//! One pass over the tokens. Block elements and `<br>` start a line; white space collapses;
//! scripts, hidden elements and the head are left out. Beside the text the pass writes the same
//! page again, well nested and stripped to what an extractor needs, with a mark at the start of
//! each line: that copy is what the tree builder gets to see, never the page itself.
//!
//! Invariants: work is linear in the page; nesting of the copy never exceeds [`DEEPEST`].

use super::charref::decode;
use super::element::{self, Context, Region};
use super::hints::Collector;
use super::tokenizer::{Name, Tag, Token, Tokenizer};
use crate::article::{Markup, Tag as Role};
use crate::source::draft::{Anchor, Draft};
use crate::text::{Place, Span};

/// Deepest nesting that goes to the tree builder, which needs quadratic time in it.
pub(super) const DEEPEST: usize = 512;
/// Most tags and stretches of text that go to it.
const MOST_NODES: usize = 200_000;
/// Lines that can be told apart in the copy: one private character each.
const MOST_LINES: usize = 130_000;
/// The private characters that mark lines in the copy.
const MARKS: u32 = 0xF_0000;

/// What came out of a page.
pub(super) struct Rendered {
    /// Text, places, markup; hints are in `collector`.
    pub(super) draft: Draft,
    /// Metadata as found.
    pub(super) collector: Collector,
    /// The copy for the extractor; none where the page is over a limit.
    pub(super) copy: Option<String>,
    /// The page nests deeper than the limit.
    pub(super) too_deep: bool,
}

/// The line that a mark of the copy stands for.
pub(super) fn line_of_mark(c: char) -> Option<usize> {
    let number = (c as u32).checked_sub(MARKS)?;
    // The last two code points of a plane are no characters.
    let (plane, at) = (number >> 16, number & 0xFFFF);
    (at < 0xFFFE && plane < 2).then_some((plane * 0xFFFE + at) as usize)
}

fn mark_of_line(line: usize) -> Option<char> {
    let line = u32::try_from(line).ok()?;
    char::from_u32(MARKS + ((line / 0xFFFE) << 16) + line % 0xFFFE)
}

/// Renders a page; `place` is where it begins in its file. With `copy` it is written again.
pub(super) fn render(html: &str, place: Place, copy: bool) -> Rendered {
    let mut renderer = Renderer {
        html,
        place,
        out: Draft::default(),
        stack: Vec::new(),
        context: Context::default(),
        counted: (0, place.line),
        line: None,
        lines: Vec::new(),
        claims: vec![0],
        space: false,
        expected: None,
        last_end: None,
        copy: copy.then(|| String::with_capacity(html.len() / 2)),
        nodes: 0,
        too_deep: false,
        collector: Collector::default(),
    };
    let mut tokens = Tokenizer::new(html);
    while let Some((at, token)) = tokens.next() {
        renderer.nodes += 1;
        if renderer.nodes > MOST_NODES {
            renderer.copy = None;
        }
        match token {
            Token::Start(tag) => renderer.start(&tag, at),
            Token::End(name) => renderer.end(name, at),
            Token::Text(text, references) => renderer.text(text, at, references),
        }
    }
    renderer.finish()
}

/// An open element.
struct Open<'a> {
    name: Name,
    written: &'a str,
    /// The context outside of it.
    outer: Context,
    /// It is in the copy.
    copied: bool,
}

/// The line that is being written.
struct Line {
    start: usize,
    context: Context,
    /// All of it stands in time or author elements.
    time: bool,
    author: bool,
}

struct Renderer<'a> {
    html: &'a str,
    place: Place,
    out: Draft,
    stack: Vec<Open<'a>>,
    context: Context,
    /// A byte of the page and its line.
    counted: (usize, u32),
    line: Option<Line>,
    lines: Vec<(Span, Line)>,
    /// Bytes of text under each claim to a region.
    claims: Vec<usize>,
    /// White space waits for the next word.
    space: bool,
    /// The byte of the page that would go on verbatim.
    expected: Option<usize>,
    /// Where the last token, an end tag of a link, ended.
    last_end: Option<Name>,
    copy: Option<String>,
    nodes: usize,
    too_deep: bool,
    collector: Collector,
}

impl<'a> Renderer<'a> {
    /// Line and byte of the source for a byte of the page, asked in rising order.
    fn at(&mut self, byte: usize) -> Place {
        let passed = self.html.as_bytes().get(self.counted.0..byte).unwrap_or_default();
        self.counted.1 += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.counted.0 = byte.max(self.counted.0);
        Place { line: self.counted.1, byte: self.place.byte + byte as u64 }
    }

    fn start(&mut self, tag: &Tag<'a>, at: usize) {
        let name = tag.name;
        let line = self.at(at).line;
        self.collector.tag(tag, line);
        // Two links side by side are set apart by style, which is not seen here.
        if name == element::A && self.last_end == Some(element::A) {
            self.space = true;
        }
        self.last_end = None;
        self.imply_ends(name);
        if element::is_block(name) {
            self.end_line();
        }
        if element::is_void(name) {
            self.copy_start(tag);
            return;
        }
        let foreign = self.stack.iter().any(|o| o.name == element::SVG || o.name == element::MATH);
        if tag.closed && (foreign || name == element::SVG || name == element::MATH) {
            return;
        }
        // The page as a whole is nested once, whatever it says.
        if (name == element::HTML || name == element::BODY) && self.stack.iter().any(|o| o.name == name) {
            return;
        }
        if self.stack.len() >= DEEPEST {
            self.too_deep = true;
            self.copy = None;
            return;
        }
        let inner = self.context.inside(tag, self.claims.len() as u32);
        if inner.claims != self.context.claims {
            self.claims.push(0);
        }
        let copied = !inner.hidden && name != element::HEAD && self.copy_start(tag);
        self.stack.push(Open { name, written: tag.written, outer: self.context, copied });
        self.context = inner;
    }

    /// Closes what the start of `name` closes without an end tag.
    fn imply_ends(&mut self, name: Name) {
        use element as e;
        if !e::is_head(name) && self.stack.last().is_some_and(|o| o.name == e::HEAD) {
            self.pop();
        }
        if e::breaks_out(name) {
            if let Some(at) = self.stack.iter().rposition(|o| o.name == e::SVG || o.name == e::MATH) {
                self.pop_to(at);
            }
        }
        if e::heading(name).is_some()
            && self.stack.last().is_some_and(|o| e::heading(o.name).is_some())
        {
            self.pop();
        }
        match name {
            e::LI => self.close(|n| n == e::LI, |n| n == e::UL || n == e::OL || e::is_scope(n)),
            e::DD | e::DT => self.close(|n| n == e::DD || n == e::DT, |n| n == Name::of("dl") || e::is_scope(n)),
            e::OPTION => self.close(|n| n == e::OPTION, e::is_scope),
            e::TD | e::TH => self.close(|n| n == e::TD || n == e::TH, |n| n == e::TABLE || n == e::TR),
            e::TR => self.close(|n| n == e::TR, |n| n == e::TABLE),
            e::TBODY | e::THEAD | e::TFOOT => {
                self.close(|n| n == e::TBODY || n == e::THEAD || n == e::TFOOT, |n| n == e::TABLE);
            }
            // A link inside a link is none: the first was not closed.
            e::A => self.close(|n| n == e::A, |n| e::is_block(n) || e::is_scope(n)),
            _ => {}
        }
        if e::ends_paragraph(name) {
            self.close(|n| n == e::P, e::is_scope);
        }
    }

    /// Closes the innermost element that `is` names, unless a boundary stands before it.
    fn close(&mut self, is: impl Fn(Name) -> bool, boundary: impl Fn(Name) -> bool) {
        let found = self.stack.iter().enumerate().rev();
        let found = found.map(|(i, o)| (i, o.name)).find(|(_, n)| is(*n) || boundary(*n));
        if let Some((at, _)) = found.filter(|(_, name)| is(*name)) {
            self.pop_to(at);
        }
    }

    fn end(&mut self, name: Name, _at: usize) {
        if element::is_block(name) {
            self.end_line();
        }
        if name == element::BR {
            return;
        }
        self.last_end = Some(name);
        // What stands after the end of the body still belongs to the page.
        if name == element::BODY || name == element::HTML {
            return;
        }
        let heading = element::heading(name).is_some();
        let same = |o: &Open<'_>| o.name == name || (heading && element::heading(o.name).is_some());
        let cell = |o: &Open<'_>| {
            // An end tag inside a table cell does not close what is outside of it.
            (o.name == element::TD || o.name == element::TH)
                && name != element::TABLE
                && name != element::TR
                && name != element::TBODY
                && name != element::THEAD
                && name != element::TFOOT
        };
        let found = self.stack.iter().rposition(|o| same(o) || cell(o));
        if let Some(at) = found.filter(|at| self.stack.get(*at).is_some_and(same)) {
            self.pop_to(at);
        }
    }

    fn pop_to(&mut self, at: usize) {
        while self.stack.len() > at {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        if element::is_block(open.name) {
            self.end_line();
        }
        if open.name == element::TITLE || open.name == element::SCRIPT || open.name == element::TIME {
            self.collector.end(open.name);
        }
        if let Some(copy) = self.copy.as_mut().filter(|_| open.copied) {
            copy.push_str("</");
            copy.push_str(open.written);
            copy.push('>');
        }
        self.context = open.outer;
    }

    fn text(&mut self, text: &'a str, at: usize, references: bool) {
        self.collector.text(text, references);
        if !text.trim().is_empty() && self.stack.last().is_some_and(|o| o.name == element::HEAD) {
            // Text ends the head.
            self.pop();
        }
        if self.context.hidden {
            return;
        }
        if text.trim_matches(blank).is_empty() && !self.context.pre {
            self.space |= !text.is_empty();
            self.copy_text(" ");
            if !text.is_empty() {
                self.last_end = None;
            }
            return;
        }
        self.last_end = None;
        let marked = self.line.is_none();
        let mut from = 0;
        if self.context.pre {
            for line in text.split_inclusive('\n') {
                let kept = line.trim_end_matches(['\n', '\r']);
                if !kept.trim().is_empty() {
                    self.word(kept, at + from, references);
                }
                if kept.len() < line.len() {
                    self.end_line();
                }
                from += line.len();
            }
        } else {
            while let Some(start) = text.get(from..).and_then(|t| t.find(|c| !blank(c))) {
                self.space |= start > 0;
                let rest = text.get(from + start..).unwrap_or_default();
                let end = rest.find(blank).unwrap_or(rest.len());
                self.word(rest.get(..end).unwrap_or_default(), at + from + start, references);
                from += start + end;
            }
            self.space = from < text.len();
        }
        if self.copy.is_some() {
            let mark = if marked { mark_of_line(self.lines.len()) } else { None };
            if self.lines.len() >= MOST_LINES {
                self.copy = None;
            }
            if let (Some(copy), Some(mark)) = (self.copy.as_mut(), mark) {
                copy.push(mark);
                copy.push(' ');
            }
            self.copy_text(text);
        }
    }

    /// Writes a word (a whole line inside `<pre>`) that begins at byte `at` of the page.
    fn word(&mut self, word: &str, at: usize, references: bool) {
        let decoded = if references { decode(word, false) } else { word.into() };
        if self.line.is_none() {
            let start = self.out.text.len();
            self.line = Some(Line { start, context: self.context, time: true, author: true });
            self.space = false;
            self.expected = None;
        }
        if let Some(line) = &mut self.line {
            line.time &= self.context.time;
            line.author &= self.context.author;
        }
        if std::mem::take(&mut self.space) {
            self.out.text.push(' ');
            // A single blank carries over; a line break or several do not.
            let blank = at.checked_sub(1).and_then(|b| self.html.as_bytes().get(b));
            self.expected = self.expected.map(|e| e + 1).filter(|e| *e == at && blank != Some(&b'\n'));
        }
        let verbatim = decoded.len() == word.len() && decoded == word;
        if self.expected != Some(at) || !verbatim {
            let place = self.at(at);
            self.out.anchors.push(Anchor { at: self.out.text.len(), place, verbatim });
        }
        self.expected = verbatim.then_some(at + word.len());
        self.out.text.push_str(&decoded);
    }

    fn end_line(&mut self) {
        self.space = false;
        self.last_end = None;
        let Some(line) = self.line.take() else { return };
        let span = Span::new(line.start, self.out.text.len());
        for claim in line.context.claims {
            if let Some(bytes) = self.claims.get_mut(claim as usize) {
                *bytes += span.len();
            }
        }
        self.lines.push((span, line));
        self.out.text.push('\n');
    }

    fn copy_text(&mut self, text: &str) {
        let Some(copy) = self.copy.as_mut() else { return };
        for c in text.chars() {
            match c {
                '<' => copy.push_str("&lt;"),
                '>' => copy.push_str("&gt;"),
                '\u{F0000}'.. => copy.push('\u{FFFD}'),
                _ => copy.push(c),
            }
        }
    }

    /// Writes a start tag to the copy, with the attributes that an extractor looks at.
    fn copy_start(&mut self, tag: &Tag<'_>) -> bool {
        const KEPT: [&str; 13] = [
            "class", "id", "role", "rel", "itemprop", "itemscope", "itemtype", "href", "src",
            "property", "aria-hidden", "aria-modal", "dir",
        ];
        let plain = tag.written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if self.context.hidden || !plain || matches!(tag.name, element::META | element::LINK | element::BASE) {
            return false;
        }
        let Some(copy) = self.copy.as_mut() else { return false };
        copy.push('<');
        copy.push_str(tag.written);
        for (name, value) in &tag.attributes {
            let lower = name.to_ascii_lowercase();
            if !KEPT.contains(&lower.as_str()) {
                continue;
            }
            copy.push(' ');
            copy.push_str(&lower);
            copy.push_str("=\"");
            let most = if lower == "src" { 64 } else { 400 };
            for c in value.chars().take(most) {
                match c {
                    '"' => copy.push_str("&quot;"),
                    '<' => copy.push_str("&lt;"),
                    _ => copy.push(c),
                }
            }
            copy.push('"');
        }
        copy.push('>');
        true
    }

    fn finish(mut self) -> Rendered {
        self.end_line();
        self.pop_to(0);
        self.end_line();
        // What claims most of the page is a frame around the article, whatever its class says.
        let total = self.out.text.len();
        let void = |claim: u32| {
            self.claims.get(claim as usize).is_none_or(|bytes| bytes * 5 > total * 2 && *bytes > 800)
        };
        for (span, line) in &mut self.lines {
            for claim in &mut line.context.claims {
                if void(*claim) {
                    *claim = 0;
                }
            }
            let tag = role(line, span.len() > 200);
            self.out.markup.push(Markup { span: *span, tag, main: None });
        }
        Rendered {
            draft: self.out,
            collector: self.collector,
            copy: self.copy,
            too_deep: self.too_deep,
        }
    }
}

/// White space that collapses; the no-break space does not.
fn blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{C}')
}

/// The role of a line from where it stands: the region first, then the block.
fn role(line: &Line, long: bool) -> Role {
    let context = &line.context;
    let inside = |region: Region| context.claims.get(region as usize).is_some_and(|c| *c != 0);
    if inside(Region::Navigation) {
        Role::Navigation
    } else if inside(Region::Form) {
        Role::Form
    } else if inside(Region::Aside) {
        Role::Aside
    } else if inside(Region::Footer) {
        Role::Footer
    } else if let Some(level) = context.heading {
        Role::Heading(level)
    } else if line.time && !long {
        Role::Time
    } else if line.author && !long {
        Role::Author
    } else if inside(Region::Caption) {
        Role::Caption
    } else if inside(Region::Header) {
        Role::Header
    } else if context.quote {
        Role::Quote
    } else if context.item {
        Role::ListItem
    } else if context.cell {
        Role::Cell
    } else {
        Role::Paragraph
    }
}
