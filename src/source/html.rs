//! HTML: saved pages, and fragments of markup inside feeds and records.
//!
//! The page is rendered to text in one linear pass (`html/render.rs`), which also counts its
//! nesting. Only a page within the limits goes to the extractor, and then as a copy that is well
//! nested and small; the extractor says which lines are main content. It never makes text.

pub(super) mod charref;
mod copy;
mod element;
mod extract;
mod hints;
mod jsonld;
mod render;
mod role;
mod tokenizer;

use super::Reason;
use super::decode::{Decoded, decode};
use super::draft::Draft;
use super::format::{Fit, Format, Head};
use super::intake::Intake;
use crate::article::{Tag, Warning};
use crate::text::Place;

/// The format.
pub(crate) static FORMAT: Html = Html;

/// A page.
pub(crate) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        if is_page(head.text()) { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let Ok(decoded) = decode(head.bytes, None).map(Decoded::with_line_feeds) else {
            intake.skip(Reason::NotText, "not-text", "the bytes are no text");
            return;
        };
        let place = Place { line: 1, byte: decoded.offset };
        let page = page(&decoded.text, place, !intake.options.as_is);
        if page.draft.is_blank() {
            let message = "a page with no text in it (it may be built by a script)";
            intake.skip(Reason::NoArticle, "no-article", message);
            return;
        }
        if page.too_deep {
            intake.cut(Reason::TooDeep, "too-deep", page_too_deep());
        }
        let mut draft = page.draft;
        if decoded.bad_bytes {
            draft.warnings.push(Warning::new(
                "bad-bytes",
                format!("some bytes are no {} and became �", decoded.encoding),
            ));
        }
        intake.article(draft, head.bytes);
    }
}

/// What to say of a page that nests too deep.
pub(super) fn page_too_deep() -> String {
    format!(
        "elements nest deeper than {}; the text is kept, main content was not looked for",
        render::DEEPEST
    )
}

/// A page as a draft.
pub(super) struct Page {
    /// Its text, places, markup and hints.
    pub(super) draft: Draft,
    /// It nests deeper than the limit, so main content was not looked for.
    pub(super) too_deep: bool,
}

/// Renders a page; with `extract` its lines are marked as main content or not.
pub(super) fn page(html: &str, place: Place, extract: bool) -> Page {
    let made = render::render(html, place, extract);
    let mut draft = made.draft;
    let title = made.collector.title().map(str::to_owned);
    if let Some(copy) = made.copy {
        extract::mark(&copy, title.as_deref(), &mut draft.markup);
    }
    role::settle(&made.lines, &mut draft.markup);
    let headings = draft.markup.iter().filter(|m| matches!(m.tag, Tag::Heading(1 | 2)));
    let headings = headings.map(|m| m.span.of(&draft.text));
    draft.hints = made.collector.finish(headings);
    Page { draft, too_deep: made.too_deep }
}

/// Renders a fragment that stands as a whole at `place`: all of it is content.
pub(super) fn fragment(html: &str, place: Place) -> Draft {
    let mut draft = fragment_in_place(html, place);
    draft.anchors.clear();
    draft.anchors.push(super::draft::Anchor { at: 0, place, verbatim: false });
    draft
}

/// Renders a fragment whose bytes stand in the source as they are, from `place` on.
pub(super) fn fragment_in_place(html: &str, place: Place) -> Draft {
    let mut made = render::render(html, place, false);
    role::settle(&made.lines, &mut made.draft.markup);
    made.draft
}

/// Elements whose tags tell markup from prose with angle brackets.
const TELLING: [&str; 22] = [
    "p", "div", "br", "a", "span", "ul", "ol", "li", "h1", "h2", "h3", "table", "tr", "td", "img",
    "article", "section", "blockquote", "strong", "em", "b", "i",
];

/// Counts tags of known elements in the first part of a text.
fn tags(text: &str, names: &[&str]) -> usize {
    memchr::memchr_iter(b'<', text.as_bytes())
        .filter(|at| {
            let rest = text.get(at + 1..).unwrap_or_default();
            let rest = rest.strip_prefix('/').unwrap_or(rest);
            let end = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
            let name = rest.get(..end).unwrap_or_default();
            let next = rest.as_bytes().get(end);
            next.is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
                && names.iter().any(|n| n.eq_ignore_ascii_case(name))
        })
        .count()
}

/// True for a text that is clearly markup: several tags of known elements.
pub(super) fn is_fragment(text: &str) -> bool {
    let end = text.char_indices().nth(20_000).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or_default();
    let found = tags(head, &TELLING);
    found >= 4 || (found >= 2 && head.trim_start().starts_with('<') && head.contains("</"))
}

/// True for the beginning of a page.
fn is_page(text: &str) -> bool {
    const FRAME: [&str; 6] = ["html", "head", "body", "title", "frameset", "meta"];
    let end = text.char_indices().nth(4096).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or_default().trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    if head.starts_with('<') {
        let doctype = head.get(..14).is_some_and(|h| h.eq_ignore_ascii_case("<!doctype html"));
        return doctype || tags(head, &FRAME) > 0 || tags(text, &TELLING) >= 3;
    }
    // Headers or a stray word before the page, or a fragment that begins with words.
    let lower = head.get(..1024).unwrap_or(head).to_ascii_lowercase();
    lower.contains("<!doctype html") || lower.contains("<html") || (tags(text, &TELLING) >= 6 && tags(text, &["p", "div", "br"]) >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(html: &str) -> Draft {
        page(html, Place { line: 1, byte: 0 }, false).draft
    }

    #[test]
    fn blocks_are_lines_and_inline_markup_joins() {
        let d = draft("<html><head><title>T</title><style>p{}</style></head><body><h1>The  <b>harb</b>our</h1><p>One<br>two &amp; three<p>four<script>x</script><ul><li>a<li>b</ul><table><tr><td>c<td>d</table><a>e</a><a>f</a>");
        assert_eq!(d.text, "The harbour\nOne\ntwo & three\nfour\na\nb\nc\nd\ne f\n");
        assert_eq!(d.hints.outlet.as_deref(), Some("T"), "no heading takes it up");
        let tags: Vec<Tag> = d.markup.iter().map(|m| m.tag).collect();
        assert_eq!(tags[..2], [Tag::Heading(1), Tag::Paragraph]);
        assert_eq!(tags[4..8], [Tag::ListItem, Tag::ListItem, Tag::Cell, Tag::Cell]);
    }

    #[test]
    fn places_lead_to_the_source() {
        let html = "<p>one\n two</p>\n<p>caf&eacute; bar\nlast</p>";
        let d = draft(html);
        let article = d.clone().finish(crate::article::ContentHash::default(), crate::source::Options::default());
        for word in ["one", "two", "bar", "last"] {
            let at = article.text.find(word).unwrap();
            let place = article.origin.place(&article.text, at).unwrap();
            assert_eq!(place.byte as usize, html.find(word).unwrap(), "{word}");
            let line = 1 + html[..place.byte as usize].matches('\n').count();
            assert_eq!(place.line as usize, line, "{word}");
        }
    }

    #[test]
    fn links_keep_their_words() {
        let html = "<p>See <a href='https://n.example/a?b=1&amp;c=2'>the  <i>report</i></a> or <a href=/b>this</a>, \
            <a href='#top'>up</a><a href=x hidden>no</a><a href=y><img></a></p><a href=z><p>one<a href=q>two</a></p></a>";
        let article = draft(html).finish(crate::article::ContentHash::default(), crate::source::Options::default());
        let found = article.links.iter().map(|link| (link.span.of(&article.text), link.target.as_str()));
        let found: Vec<_> = found.collect();
        let wanted = [("the report", "https://n.example/a?b=1&c=2"), ("this", "/b"), ("onetwo", "z")];
        assert_eq!(found, wanted);
    }

    #[test]
    fn hidden_text_is_not_read() {
        let d = draft("<p>seen</p><p hidden>a</p><div style='display: none'><p>b</p></div><template>c</template><svg><text>d</text></svg><p>end");
        assert_eq!(d.text, "seen\nend\n");
    }

    #[test]
    fn pages_and_fragments_are_known() {
        assert!(is_page("\n<!-- saved --><HTML><p>x"));
        assert!(is_page("<title>x</title><p>y"));
        assert!(!is_page("Use the <b> tag, says the manual."));
        assert!(!is_page("<<<<<<<"));
        assert!(is_fragment("<p>one</p><p>two</p>"));
        assert!(!is_fragment("if a<b and c>d then <p> is meant"));
    }
}
