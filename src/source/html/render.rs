//! A page as a reader sees it: lines of text, each with its place and what its markup says.
//!
//! One pass over the tokens. Block elements and `<br>` start a line; white space collapses;
//! scripts, hidden elements and the head are left out. Beside the text the pass writes the same
//! page again, well nested and stripped to what an extractor needs, with a mark at the start of
//! each line: that copy is what the tree builder gets to see, never the page itself.
//!
//! Invariants: work is linear in the page; nesting of the copy never exceeds [`DEEPEST`].

use super::charref::decode;
use super::copy::Copy;
use super::element::{self, Context};
use super::role::Line;
use super::hints::Collector;
use super::tokenizer::{Name, Tag, Token, Tokenizer};
use crate::article::{Markup, Tag as Role};
use crate::source::draft::{Anchor, Draft};
use crate::text::{Place, Span};

/// Deepest nesting that goes to the tree builder, which needs quadratic time in it.
pub(super) const DEEPEST: usize = 512;
/// What came out of a page.
pub(super) struct Rendered {
    /// Text, places, markup; hints are in `collector`.
    pub(super) draft: Draft,
    /// Metadata as found.
    pub(super) collector: Collector,
    /// The copy for the extractor; none where the page is over a limit.
    pub(super) copy: Option<String>,
    /// Where each line of the markup stands, for `role` to tell what it is.
    pub(super) lines: Vec<Line>,
    /// The page nests deeper than the limit.
    pub(super) too_deep: bool,
}

/// Renders a page; `place` is where it begins in its file. With `copy` it is written again.
pub(super) fn render(html: &str, place: Place, copy: bool) -> Rendered {
    let mut renderer = Renderer {
        html,
        place,
        out: Draft::default(),
        stack: Vec::new(),
        open: [0; COUNTED.len()],
        context: Context::default(),
        counted: (0, place.line),
        line: None,
        lines: Vec::new(),
        claims: 0,
        space: false,
        expected: None,
        last_end: None,
        copy: Copy::new(copy, html.len()),
        too_deep: false,
        collector: Collector::default(),
    };
    let mut tokens = Tokenizer::new(html);
    while let Some((at, token)) = tokens.next() {
        renderer.copy.count(renderer.stack.len());
        match token {
            Token::Start(tag) => renderer.start(&tag, at),
            Token::End(name) => renderer.end(name, at),
            Token::Text(text, references) => renderer.text(text, at, references),
        }
    }
    renderer.finish()
}

/// Elements that are looked for in the stack at many tags.
const COUNTED: [Name; 8] = [
    element::P,
    element::LI,
    element::A,
    element::SVG,
    element::MATH,
    element::HTML,
    element::BODY,
    element::OPTION,
];

/// An open element.
struct Open<'a> {
    name: Name,
    written: &'a str,
    /// The context outside of it.
    outer: Context,
    /// It is in the copy.
    copied: bool,
    /// A link: where its words begin, and where it leads.
    link: Option<(usize, String)>,
}

struct Renderer<'a> {
    html: &'a str,
    place: Place,
    out: Draft,
    stack: Vec<Open<'a>>,
    /// How many of the counted elements are open: most look-ups end here.
    open: [u32; COUNTED.len()],
    context: Context,
    /// A byte of the page and its line.
    counted: (usize, u32),
    line: Option<Line>,
    lines: Vec<Line>,
    /// The number of the last claim to a region.
    claims: u32,
    /// White space waits for the next word.
    space: bool,
    /// The byte of the page that would go on verbatim.
    expected: Option<usize>,
    /// Where the last token, an end tag of a link, ended.
    last_end: Option<Name>,
    copy: Copy,
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

    /// False where no element of this name is open; true where one may be.
    fn maybe_open(&self, name: Name) -> bool {
        COUNTED.iter().position(|n| *n == name).is_none_or(|i| self.open.get(i) != Some(&0))
    }

    fn in_drawing(&self) -> bool {
        self.maybe_open(element::SVG) || self.maybe_open(element::MATH)
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
            if !self.context.hidden {
                self.copy.start(tag);
            }
            return;
        }
        let drawing = name == element::SVG || name == element::MATH;
        if tag.closed && (drawing || self.in_drawing()) {
            return;
        }
        // The page as a whole is nested once, whatever it says.
        if (name == element::HTML || name == element::BODY) && self.maybe_open(name) {
            return;
        }
        if self.stack.len() >= DEEPEST {
            self.too_deep = true;
            self.copy.drop();
            return;
        }
        let inner = self.context.inside(tag, self.claims + 1);
        self.claims += u32::from(inner.claims != self.context.claims);
        let copied = !inner.hidden && name != element::HEAD && self.copy.start(tag);
        if let Some(count) = COUNTED.iter().position(|n| *n == name).and_then(|i| self.open.get_mut(i)) {
            *count += 1;
        }
        let target = (name == element::A && !inner.hidden).then(|| tag.get("href")).flatten();
        let leads_to = target.map(|target| (self.out.text.len(), target.into_owned()));
        self.stack.push(Open { name, written: tag.written, outer: self.context, copied, link: leads_to });
        self.context = inner;
    }

    /// Closes what the start of `name` closes without an end tag.
    fn imply_ends(&mut self, name: Name) {
        use element as e;
        if !e::is_head(name) && self.stack.last().is_some_and(|o| o.name == e::HEAD) {
            self.pop();
        }
        if e::breaks_out(name) && self.in_drawing() {
            let drawing = |o: &Open<'_>| o.name == e::SVG || o.name == e::MATH;
            if let Some(at) = self.stack.iter().rposition(drawing) {
                self.pop_to(at);
            }
        }
        if e::heading(name).is_some()
            && self.stack.last().is_some_and(|o| e::heading(o.name).is_some())
        {
            self.pop();
        }
        match name {
            e::LI if self.maybe_open(name) => self.close(|n| n == e::LI, |n| n == e::UL || n == e::OL || e::is_scope(n)),
            e::DD | e::DT => self.close(|n| n == e::DD || n == e::DT, |n| n == Name::of("dl") || e::is_scope(n)),
            e::OPTION if self.maybe_open(name) => self.close(|n| n == e::OPTION, e::is_scope),
            e::TD | e::TH => self.close(|n| n == e::TD || n == e::TH, |n| n == e::TABLE || n == e::TR),
            e::TR => self.close(|n| n == e::TR, |n| n == e::TABLE),
            e::TBODY | e::THEAD | e::TFOOT => {
                self.close(|n| n == e::TBODY || n == e::THEAD || n == e::TFOOT, |n| n == e::TABLE);
            }
            // A link inside a link is none: the first was not closed.
            e::A if self.maybe_open(name) => self.close(|n| n == e::A, |n| e::is_block(n) || e::is_scope(n)),
            _ => {}
        }
        if e::ends_paragraph(name) && self.maybe_open(e::P) {
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
        if !self.maybe_open(name) {
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
        let counted = COUNTED.iter().position(|n| *n == open.name);
        if let Some(count) = counted.and_then(|i| self.open.get_mut(i)) {
            *count = count.saturating_sub(1);
        }
        if element::is_block(open.name) {
            self.end_line();
        }
        if open.name == element::TITLE || open.name == element::SCRIPT || open.name == element::TIME {
            self.collector.end(open.name);
        }
        if open.copied {
            self.copy.end(open.written);
        }
        if let Some((from, target)) = open.link {
            self.out.link(from, &target);
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
            if !text.is_empty() {
                self.last_end = None;
            }
            return;
        }
        self.last_end = None;
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
    }

    /// Writes a word (a whole line inside `<pre>`) that begins at byte `at` of the page.
    fn word(&mut self, word: &str, at: usize, references: bool) {
        let mut decoded = if references { decode(word, false) } else { word.into() };
        if decoded.contains('\n') {
            // A line break written as a reference is white space like any other.
            decoded = decoded.replace('\n', " ").into();
        }
        if self.line.is_none() {
            let start = self.out.text.len();
            self.line = Some(Line::new(Span::new(start, start), self.context));
            self.copy.mark(self.lines.len());
            self.space = false;
            self.expected = None;
        }
        if let Some(line) = &mut self.line {
            line.add(&self.context);
        }
        if std::mem::take(&mut self.space) {
            self.out.text.push(' ');
            self.copy.text(" ");
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
        self.copy.text(&decoded);
    }

    fn end_line(&mut self) {
        self.space = false;
        self.last_end = None;
        let Some(mut line) = self.line.take() else {
            return;
        };
        line.span.end = self.out.text.len() as u32;
        self.lines.push(line);
        self.out.text.push('\n');
    }

    fn finish(mut self) -> Rendered {
        self.end_line();
        self.pop_to(0);
        self.end_line();
        for line in &self.lines {
            let tag = Role::Paragraph;
            self.out.markup.push(Markup { span: line.span, tag, main: None });
        }
        Rendered {
            draft: self.out,
            collector: self.collector,
            copy: self.copy.take(),
            lines: self.lines,
            too_deep: self.too_deep,
        }
    }
}

/// White space that collapses; the no-break space does not.
fn blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{C}')
}
