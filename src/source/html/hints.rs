//! What a page says of itself beside its text: meta tags, JSON-LD, times, title, addresses.
//!
//! Collected as found and not believed; which date counts is decided elsewhere. The collector is
//! fed by the renderer, so metadata costs no second pass.

use super::charref::decode;
use super::element as e;
use super::jsonld::Ld;
use super::tokenizer::{Name, Tag};
use crate::article::{DateHintKind, Hints};
use crate::source::draft::push_date;
use crate::text::normalize::fold;

/// Longest text kept of an element, in bytes.
const LONGEST: usize = 256 * 1024;
/// `<time>` elements kept.
const MOST_TIMES: usize = 40;

/// Gathers hints while a page is rendered.
#[derive(Debug, Default)]
pub(super) struct Collector {
    hints: Hints,
    ld: Ld,
    /// Names and values of meta tags that may give a title or a name, best first by rank.
    found: Found,
    /// Text is being gathered for this element.
    open: Option<Open>,
    times: usize,
}

#[derive(Debug)]
struct Open {
    what: What,
    text: String,
    line: u32,
}

#[derive(Debug)]
enum What {
    Title,
    Ld,
    Time(Option<String>, DateHintKind, &'static str),
}

#[derive(Debug, Default)]
struct Found {
    title: Option<String>,
    og_title: Option<String>,
    author: Option<String>,
    site: Option<String>,
    publisher: Option<String>,
    canonical: Option<String>,
    og_url: Option<String>,
}

impl Collector {
    /// A start tag on `line`.
    pub(super) fn tag(&mut self, tag: &Tag<'_>, line: u32) {
        match tag.name {
            e::META => self.meta(tag, line),
            e::LINK => {
                let canonical = tag.get("rel").is_some_and(|r| r.trim().eq_ignore_ascii_case("canonical"));
                if canonical {
                    set(&mut self.found.canonical, tag.get("href"));
                }
            }
            e::HTML => {
                if self.hints.language.is_none() {
                    let language = tag.get("lang").or_else(|| tag.get("xml:lang"));
                    set(&mut self.hints.language, language);
                }
            }
            e::TITLE if self.found.title.is_none() => self.gather(What::Title, line),
            e::SCRIPT => {
                let json = |t: std::borrow::Cow<'_, str>| t.to_ascii_lowercase().contains("ld+json");
                if tag.get("type").is_some_and(json) {
                    self.gather(What::Ld, line);
                }
            }
            e::TIME => self.time(tag, line),
            _ => self.microdata(tag, line),
        }
    }

    fn gather(&mut self, what: What, line: u32) {
        self.open = Some(Open { what, text: String::new(), line });
    }

    /// Text inside whatever is open.
    pub(super) fn text(&mut self, text: &str, references: bool) {
        let room = |open: &&mut Open| open.text.len() + text.len() <= LONGEST;
        if let Some(open) = self.open.as_mut().filter(room) {
            let text = if references { decode(text, false) } else { text.into() };
            open.text.push_str(&text);
        }
    }

    /// The element whose text is gathered ends.
    pub(super) fn end(&mut self, name: Name) {
        let fits = self.open.as_ref().is_some_and(|open| match open.what {
            What::Title => name == e::TITLE,
            What::Ld => name == e::SCRIPT,
            What::Time(..) => name == e::TIME,
        });
        let Some(open) = self.open.take_if(|_| fits) else { return };
        match open.what {
            What::Title => set(&mut self.found.title, Some(open.text.into())),
            What::Ld => self.ld.read(&open.text, open.line),
            What::Time(given, kind, name) => {
                let raw = given.unwrap_or(open.text);
                push_date(&mut self.hints, kind, name, &one_line(&raw), Some(open.line));
            }
        }
    }

    fn time(&mut self, tag: &Tag<'_>, line: u32) {
        self.times += 1;
        if self.times > MOST_TIMES {
            return;
        }
        let said: String = ["itemprop", "class", "data-testid"]
            .iter()
            .filter_map(|name| tag.get(name))
            .flat_map(|value| value.to_ascii_lowercase().chars().chain([' ']).collect::<Vec<_>>())
            .collect();
        let modified = said.contains("modif") || said.contains("updat");
        let (kind, name) = match () {
            () if modified => (DateHintKind::Modified, "time modified"),
            () if said.contains("publi") || tag.has("pubdate") => {
                (DateHintKind::TimeElement, "time published")
            }
            () => (DateHintKind::TimeElement, "time"),
        };
        let given = tag.get("datetime").map(std::borrow::Cow::into_owned).filter(|d| !d.trim().is_empty());
        self.gather(What::Time(given, kind, name), line);
    }

    fn microdata(&mut self, tag: &Tag<'_>, line: u32) {
        let Some(property) = tag.get("itemprop") else { return };
        let value = tag.get("content").or_else(|| tag.get("datetime"));
        if let Some((value, kind)) = value.zip(date_kind(&property)) {
            push_date(&mut self.hints, kind, &property, &one_line(&value), Some(line));
        }
    }

    fn meta(&mut self, tag: &Tag<'_>, line: u32) {
        let Some(content) = tag.get("content").filter(|c| !c.trim().is_empty()) else {
            return;
        };
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            let Some(name) = tag.get(attribute) else { continue };
            let name = name.trim().to_ascii_lowercase();
            if let Some(kind) = date_kind(&name) {
                push_date(&mut self.hints, kind, &name, &one_line(&content), Some(line));
                return;
            }
            let found = &mut self.found;
            let slot = match name.as_str() {
                "og:title" => &mut found.og_title,
                "twitter:title" | "dc.title" | "dcterms.title" | "parsely-title" | "sailthru.title"
                    if found.og_title.is_none() => &mut found.og_title,
                "author" | "article:author" | "article:author_name" | "byl" | "byline"
                | "parsely-author" | "sailthru.author" | "dc.creator" | "dcterms.creator"
                | "citation_author" => {
                    let address = content.contains("://") || content.starts_with('@');
                    if address || found.author.is_some() {
                        return;
                    }
                    &mut found.author
                }
                "og:site_name" => &mut found.site,
                "publisher" | "dc.publisher" | "dcterms.publisher" | "application-name"
                | "citation_journal_title" | "article:publisher" => {
                    if content.contains("://") || found.publisher.is_some() {
                        return;
                    }
                    &mut found.publisher
                }
                "og:url" => &mut found.og_url,
                "content-language" | "language" | "dc.language" | "og:locale"
                    if self.hints.language.is_none() => &mut self.hints.language,
                _ => continue,
            };
            set(slot, Some(content));
            return;
        }
    }

    /// The title that the page gives itself, as it stands.
    pub(super) fn title(&self) -> Option<&str> {
        self.found.title.as_deref()
    }

    /// The hints, best witness of each kind first; `headings` are those of the text, in order.
    pub(super) fn finish<'h>(self, headings: impl Iterator<Item = &'h str>) -> Hints {
        let (found, ld) = (self.found, self.ld);
        let mut hints = Hints {
            byline: ld.author.or(found.author),
            outlet: ld.publisher.or(found.site).or(found.publisher),
            url: found.canonical.or(found.og_url).or(ld.url),
            ..self.hints
        };
        hints.title = ld.headline.or(found.og_title);
        if let Some(page) = found.title.filter(|_| hints.title.is_none()) {
            let (title, site) = page_title(&page, hints.outlet.as_deref(), headings);
            hints.title = title;
            hints.outlet = hints.outlet.or(site);
        }
        for (kind, name, raw, line) in ld.dates {
            push_date(&mut hints, kind, name, &raw, Some(line));
        }
        hints.dates.sort_by_key(|date| date.kind);
        hints
    }
}

fn set(slot: &mut Option<String>, value: Option<std::borrow::Cow<'_, str>>) {
    if let Some(value) = value.filter(|v| !v.trim().is_empty()) {
        *slot = Some(one_line(&value));
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The kind of date that a field of this name holds.
fn date_kind(name: &str) -> Option<DateHintKind> {
    let name = name.to_ascii_lowercase();
    let has = |part: &str| name.contains(part);
    // Days that the page tells of others: its events, its pictures, its expiry.
    if ["expir", "event", "start", "end_", "until", "birth", "unpubli", "valid"].iter().any(|p| has(p)) {
        return None;
    }
    // The word "update" holds a date only by its spelling.
    let rest = name.replace("update", "");
    let timely = ["date", "time", "day"].iter().any(|p| rest.contains(p));
    if (has("modif") || has("updat") || has("revis") || has("lastmod"))
        && (timely || has("last") || has("modified") || name.ends_with("updated"))
    {
        return Some(DateHintKind::Modified);
    }
    if matches!(name.as_str(), "article:published_time" | "og:published_time" | "og:article:published_time") {
        return Some(DateHintKind::OpenGraph);
    }
    let exact = matches!(
        name.as_str(),
        "date" | "dc.date" | "dc:date" | "dcterms.date" | "dcterms:date" | "article.created"
            | "article.published" | "ptime" | "pdate" | "displaydate" | "article_date"
            | "article_date_original" | "citation_date" | "search_date" | "post_date"
            | "sailthru.date" | "dcsext.articlefirstpublished" | "article:create_at"
    );
    let issued = has("issued") || has("created") || has("creation");
    let published = has("publi") || has("pub-") || has("pub_") || has("pubdate") || has("pubtime");
    ((published && timely) || exact || (issued && (timely || name.starts_with("dc"))))
        .then_some(DateHintKind::Meta)
}

/// Title and site from the `<title>` of a page, which often holds both, or the site alone.
///
/// The part that is a heading of the page is the title; the part that is the known name of the
/// site is not.
fn page_title<'h>(
    page: &str,
    site: Option<&str>,
    headings: impl Iterator<Item = &'h str>,
) -> (Option<String>, Option<String>) {
    const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • "];
    let same = |a: &str, b: &str| fold(a).trim() == fold(b).trim();
    let headings: Vec<&str> = headings.take(20).collect();
    let is_heading = |part: &str| headings.iter().any(|h| same(h, part));
    let told = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let cuts = || SEPARATORS.iter().flat_map(|s| page.match_indices(*s)).collect::<Vec<_>>();
    for (at, separator) in cuts() {
        let before = page.get(..at).unwrap_or_default();
        let after = page.get(at + separator.len()..).unwrap_or_default();
        if is_heading(before) || site.is_some_and(|site| same(after, site)) {
            return (told(before), told(after));
        }
        if is_heading(after) || site.is_some_and(|site| same(before, site)) {
            return (told(after), told(before));
        }
    }
    // A short title that no heading takes up, on a page with headings, is the site's name.
    let words = page.split_whitespace().count();
    let first = headings.first().map(|h| fold(h));
    let shared = first.as_ref().is_none_or(|h| {
        let page = fold(page);
        page.split_whitespace().any(|w| w.len() > 3 && h.contains(w))
    });
    if words <= 4 && !shared { (None, told(page)) } else { (told(page), None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_date_fields_are_told_apart() {
        for name in ["article:published_time", "og:published_time"] {
            assert_eq!(date_kind(name), Some(DateHintKind::OpenGraph), "{name}");
        }
        for name in ["date", "DC.date.issued", "parsely-pub-date", "datePublished", "cXenseParse:recs:publishtime", "citation_publication_date", "dcterms.created"] {
            assert_eq!(date_kind(name), Some(DateHintKind::Meta), "{name}");
        }
        for name in ["article:modified_time", "og:updated_time", "dateModified", "last-modified", "DC.date.modified"] {
            assert_eq!(date_kind(name), Some(DateHintKind::Modified), "{name}");
        }
        for name in ["description", "expires", "startDate", "viewport", "article:publisher", "update-interval"] {
            assert_eq!(date_kind(name), None, "{name}");
        }
    }

    #[test]
    fn the_site_leaves_the_title() {
        let parts = |page: &str, site: Option<&str>, heading: &'static str| {
            page_title(page, site, std::iter::once(heading))
        };
        let some = |text: &str| Some(text.to_owned());

        let (both, late) = ("Ferry late - again | Nordic Post", "Ferry late - again");
        assert_eq!(parts(both, Some("Nordic Post"), "x"), (some(late), some("Nordic Post")));
        assert_eq!(parts(both, None, late), (some(late), some("Nordic Post")));
        assert_eq!(parts("Nordic Post", None, late), (None, some("Nordic Post")));
        assert_eq!(parts("Ferry late again", None, late), (some("Ferry late again"), None));
    }
}
