//! What is known of elements by name, class and role: blocks, hidden ones, regions of a page.
//!
//! Data and small look-ups only; nesting is `render`'s.

use super::tokenizer::{Name, Tag};

macro_rules! names {
    ($($constant:ident $written:literal),* $(,)?) => {
        $(pub(super) const $constant: Name = Name::of($written);)*
    };
}

names![
    A "a", ARTICLE "article", ASIDE "aside", BASE "base", BLOCKQUOTE "blockquote", BODY "body",
    BR "br", BUTTON "button", CAPTION "caption", DD "dd", DIALOG "dialog", DT "dt",
    FIGCAPTION "figcaption", FOOTER "footer", FORM "form", H1 "h1", H2 "h2", H3 "h3",
    H4 "h4", H5 "h5", H6 "h6", HEAD "head", HEADER "header", HTML "html", LI "li", LINK "link",
    MAIN "main", META "meta", NAV "nav", OL "ol", OPTION "option", P "p",
    PRE "pre", SCRIPT "script", 
    SVG "svg", MATH "math", TABLE "table", TBODY "tbody", TD "td", 
    TEXTAREA "textarea", TFOOT "tfoot", TH "th", THEAD "thead", TIME "time", TITLE "title",
    TR "tr", UL "ul", 
];

macro_rules! set {
    ($(#[$doc:meta])* $name:ident: $($written:literal)*) => {
        $(#[$doc])*
        pub(super) fn $name(name: Name) -> bool {
            const SET: &[Name] = &[$(Name::of($written)),*];
            SET.contains(&name)
        }
    };
}

set!(
    /// Elements that have no content.
    is_void: "area" "base" "basefont" "bgsound" "br" "col" "embed" "frame" "hr" "img" "input"
    "keygen" "link" "meta" "param" "source" "track" "wbr"
);
set!(
    /// Elements that start a line of their own.
    is_block: "address" "article" "aside" "blockquote" "body" "br" "button" "caption" "center" "dd"
    "details" "dialog" "dir" "div" "dl" "dt" "fieldset" "figcaption" "figure" "footer" "form"
    "frameset" "h1" "h2" "h3" "h4" "h5" "h6" "header" "hgroup" "hr" "html" "legend" "li"
    "listing" "main" "menu" "nav" "ol" "p" "pre" "search" "section" "summary" "table" "tbody"
    "td" "textarea" "tfoot" "th" "thead" "tr" "ul" "xmp" "iframe"
);
set!(
    /// Elements whose start ends an open paragraph.
    ends_paragraph: "address" "article" "aside" "blockquote" "center" "details" "dialog" "dir"
    "div" "dl" "fieldset" "figcaption" "figure" "footer" "form" "h1" "h2" "h3" "h4" "h5" "h6"
    "header" "hgroup" "hr" "li" "dd" "dt" "listing" "main" "menu" "nav" "ol" "p" "pre" "search"
    "section" "summary" "table" "ul" "xmp"
);
set!(
    /// Elements whose start leaves a drawing or a formula that was not closed.
    breaks_out: "article" "aside" "blockquote" "body" "br" "center" "div" "dl" "footer" "h1" "h2"
    "h3" "h4" "h5" "h6" "header" "head" "hr" "img" "li" "main" "nav" "ol" "p" "pre" "section"
    "table" "ul"
);
set!(
    /// Elements that a reader does not see.
    is_unseen: "script" "style" "template" "noscript" "svg" "audio" "video" "canvas" "select"
    "datalist" "iframe" "noframes" "noembed" "title" "object" "map" "rp"
);
set!(
    /// Boundaries that implied end tags do not cross.
    is_scope: "table" "td" "th" "caption" "button" "html" "object" "template"
);
set!(
    /// Elements that belong into the head of a page.
    is_head: "title" "script" "style" "meta" "link" "base" "noscript" "template" "bgsound" "head"
);

/// The level of a heading.
pub(super) fn heading(name: Name) -> Option<u8> {
    const LEVELS: [Name; 6] = [H1, H2, H3, H4, H5, H6];
    LEVELS.iter().position(|n| *n == name).map(|i| i as u8 + 1)
}

/// Parts of a page that are not the article, each claimed by the element that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    Navigation,
    Form,
    Aside,
    Footer,
    Header,
    Caption,
    Time,
    Author,
}

/// How many kinds of regions there are.
pub(super) const REGIONS: usize = 8;

/// A block that is not a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Block {
    #[default]
    Plain,
    Quote,
    Item,
    Cell,
}

/// Where on a page an element stands; inherited by what is inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    pub(super) hidden: bool,
    pub(super) pre: bool,
    pub(super) article: bool,
    /// The innermost block that tells its lines from paragraphs.
    pub(super) block: Block,
    pub(super) heading: Option<u8>,
    /// For each region the number of the innermost claim to it; 0 for none.
    pub(super) claims: [u32; REGIONS],
}

impl Context {
    /// The context inside `tag`, which stands in this one; `claim` is a number for its claims.
    pub(super) fn inside(self, tag: &Tag<'_>, claim: u32) -> Self {
        let mut inner = self;
        let name = tag.name;
        inner.hidden |= is_unseen(name) || is_hidden(tag);
        inner.pre |= name == PRE || name == TEXTAREA;
        inner.article |= name == ARTICLE || name == MAIN;
        inner.block = match name {
            BLOCKQUOTE | PRE => Block::Quote,
            LI => Block::Item,
            TD | TH => Block::Cell,
            _ => self.block,
        };
        inner.heading = heading(name).or(self.heading);
        match name {
            NAV => inner.claim(Region::Navigation, claim),
            ASIDE => inner.claim(Region::Aside, claim),
            HEADER if !self.article => inner.claim(Region::Header, claim),
            FOOTER => inner.claim(Region::Footer, claim),
            FORM | BUTTON | TEXTAREA => inner.claim(Region::Form, claim),
            FIGCAPTION | CAPTION => inner.claim(Region::Caption, claim),
            TIME => inner.claim(Region::Time, claim),
            _ => {}
        }
        inner.by_attributes(tag, claim);
        inner
    }

    fn claim(&mut self, region: Region, claim: u32) {
        if let Some(slot) = self.claims.get_mut(region as usize) {
            *slot = claim;
        }
    }

    fn by_attributes(&mut self, tag: &Tag<'_>, claim: u32) {
        for (name, value) in &tag.attributes {
            match name.to_ascii_lowercase().as_str() {
                "role" => match value.trim().to_ascii_lowercase().as_str() {
                    "navigation" | "menu" | "menubar" | "tablist" => {
                        self.claim(Region::Navigation, claim);
                    }
                    "complementary" => self.claim(Region::Aside, claim),
                    "contentinfo" => self.claim(Region::Footer, claim),
                    "banner" if !self.article => self.claim(Region::Header, claim),
                    "search" | "form" => self.claim(Region::Form, claim),
                    "heading" => self.heading = self.heading.or(Some(2)),
                    _ => {}
                },
                "itemprop" if value.contains("author") => self.claim(Region::Author, claim),
                "itemprop" if value.contains("datePublished") || value.contains("dateModified") => {
                    self.claim(Region::Time, claim);
                }
                "rel" if value.split_ascii_whitespace().any(|r| r == "author") => {
                    self.claim(Region::Author, claim);
                }
                // A class of the whole page says nothing of its parts.
                "class" | "id" if tag.name != BODY && tag.name != HTML => {
                    self.by_class(value, claim);
                }
                _ => {}
            }
        }
    }

    fn by_class(&mut self, value: &str, claim: u32) {
        if value.len() > 400 {
            return;
        }
        for class in value.split_ascii_whitespace() {
            parts(class, |part| match part {
                "nav" | "navbar" | "navigation" | "menu" | "submenu" | "breadcrumb"
                | "breadcrumbs" | "crumbs" | "topnav" | "subnav" => {
                    self.claim(Region::Navigation, claim);
                }
                "footer" => self.claim(Region::Footer, claim),
                "sidebar" => self.claim(Region::Aside, claim),
                "caption" | "figcaption" | "wpcaption" => self.claim(Region::Caption, claim),
                "date" | "datetime" | "pubdate" | "timestamp" | "dateline" | "published" => {
                    self.claim(Region::Time, claim);
                }
                "author" | "authors" | "byline" | "writer" => self.claim(Region::Author, claim),
                _ => {}
            });
        }
    }
}

/// Calls `each` with the lower-case parts of a class name: `postDate` and `post-date` have two.
fn parts(class: &str, mut each: impl FnMut(&str)) {
    let mut part = String::new();
    let mut lower = false;
    for c in class.chars() {
        let cut = !c.is_ascii_alphanumeric();
        if cut || (lower && c.is_ascii_uppercase()) {
            each(&part);
            part.clear();
        }
        if !cut {
            part.push(c.to_ascii_lowercase());
        }
        lower = c.is_ascii_lowercase();
    }
    each(&part);
}

/// True where an attribute takes the element off the page.
fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attributes.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("hidden")
            || (name.eq_ignore_ascii_case("style") && undisplayed(value))
    }) || (tag.name == DIALOG && !tag.has("open"))
}

fn undisplayed(style: &str) -> bool {
    style.split(';').any(|rule| {
        rule.split_once(':').is_some_and(|(property, value)| {
            property.trim().eq_ignore_ascii_case("display")
                && value.trim().get(..4).is_some_and(|v| v.eq_ignore_ascii_case("none"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(attributes: Vec<(&str, &str)>) -> Context {
        let tag = Tag { name: P, written: "div", attributes, closed: false };
        Context::default().inside(&tag, 7)
    }

    #[test]
    fn classes_and_roles_tell_regions() {
        assert_eq!(inside(vec![("class", "main-nav wide")]).claims[Region::Navigation as usize], 7);
        assert_eq!(
            inside(vec![("class", "postDate")]).claims[Region::Time as usize],
            7
        );
        assert_eq!(inside(vec![("class", "navigator")]).claims, [0; REGIONS]);
        assert!(inside(vec![("STYLE", "color:red; DISPLAY : none")]).hidden);
        assert_eq!(inside(vec![("role", "contentinfo")]).claims[Region::Footer as usize], 7);
    }
}
