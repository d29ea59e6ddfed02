//! Other XML: lists of feeds, site maps, drawings. Known by its root and passed over.
//!
//! XML that holds paragraphs of text as HTML does is read by `html`, which is asked first.

use super::Reason;
use super::feed::root;
use super::format::{Fit, Format, Head};
use super::intake::Intake;

/// The format.
pub(crate) static FORMAT: Xml = Xml;

/// XML of another kind.
pub(crate) struct Xml;

impl Format for Xml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn sniff(&self, head: &Head<'_>) -> Fit {
        let text = head.text().trim_start_matches('\u{FEFF}').trim_start();
        let known = || root(text).is_some_and(|r| matches!(r, "opml" | "urlset" | "sitemapindex" | "svg"));
        if text.starts_with("<?xml ") || known() { Fit::Sure } else { Fit::No }
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let message = match root(head.text()) {
            Some("opml") => "a list of feeds (OPML); it names articles but holds none".to_owned(),
            Some(root) => format!("XML of a kind that is not read (its root is {root})"),
            None => "XML without a root element".to_owned(),
        };
        intake.skip(Reason::Unsupported, "unsupported", message);
    }
}
