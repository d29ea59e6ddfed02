//! Which lines of a page are main content, by the extractor `dom_smoothie`.
//!
//! The extractor works on the renderer's copy of the page, where each line begins with a private
//! character; the lines whose mark comes out again are main content. Its text is thrown away.

use super::copy::line_of_mark;
use crate::article::Markup;
use dom_smoothie::{Config, Readability, TextMode};
use std::collections::BTreeSet;

/// Largest copy that goes to the extractor, in bytes.
const LARGEST: usize = 8 << 20;

/// Marks the lines; leaves them unmarked where the extractor finds no article.
pub(super) fn mark(copy: &str, title: Option<&str>, markup: &mut [Markup]) {
    if copy.len() > LARGEST {
        return;
    }
    let title = title.unwrap_or_default().replace(['&', '<'], "+");
    let html = format!("<html><head><title>{title}</title></head>{copy}</html>");
    let config = Config {
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        ..Config::default()
    };
    let found = Readability::new(html, None, Some(config)).and_then(|mut r| r.parse());
    let Ok(found) = found else { return };
    let lines: BTreeSet<usize> = found.text_content.chars().filter_map(line_of_mark).collect();
    if lines.is_empty() {
        return;
    }
    for (i, line) in markup.iter_mut().enumerate() {
        line.main = Some(lines.contains(&i));
    }
}
