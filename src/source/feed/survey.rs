//! A look over a feed before feed-rs sees it: is it whole, and is there anything in it that
//! feed-rs cannot bear?
//!
//! feed-rs 3.0 panics on some figures of time and on some names beside an address, takes long
//! where many name spaces are in force, and copies the base of links into each of them. Feeds
//! with such things are left to the scanner alone, which gives the same items without the finer
//! choice of fields.

use super::is_item;
use super::xml::{Scanner, Token, local};
use crate::source::html::charref;

/// Elements inside each other.
const DEEPEST: usize = 64;
/// Name spaces in force at one place.
const MOST_NAMESPACES: usize = 200;
/// Longest base of links, all its parts together, in bytes.
const LONGEST_BASE: usize = 512;
/// Longest attributes of one tag, in bytes.
const LONGEST_TAG: usize = 4096;

/// The number of items in the feed; none where feed-rs should not be asked.
pub(super) fn items(text: &str) -> Option<usize> {
    let mut scanner = Scanner::new(text);
    let (mut items, mut in_force, mut base) = (0, 0, 0);
    // Name spaces that each open element declares, and bytes of the base that it sets.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut name_of_person: Option<String> = None;
    while let Some((_, token)) = scanner.next() {
        if scanner.broken.is_some() {
            return None;
        }
        if matches!(token, Token::Start(..) | Token::End(_)) {
            let name = name_of_person.take();
            if name.is_some_and(|name| is_risky(&name)) {
                return None;
            }
        }
        match token {
            Token::Start(name, attributes, closed) => {
                items += usize::from(is_item(name));
                if attributes.len() > LONGEST_TAG || has_times(local(name), attributes) {
                    return None;
                }
                if closed {
                    continue;
                }
                let declared = attributes.matches("xmlns").count();
                let based = if attributes.contains("xml:base") {
                    attributes.len()
                } else {
                    0
                };
                in_force += declared;
                base += based;
                open.push((declared, based));
                if open.len() > DEEPEST || in_force > MOST_NAMESPACES || base > LONGEST_BASE {
                    return None;
                }
                if matches!(
                    local(name),
                    "author" | "creator" | "managingEditor" | "webMaster" | "name"
                ) {
                    name_of_person = Some(String::new());
                }
            }
            Token::End(_) => {
                let (declared, based) = open.pop()?;
                in_force -= declared;
                base -= based;
            }
            Token::Text(text) => {
                if let Some(name) = &mut name_of_person {
                    name.push_str(&charref::decode(text, false));
                }
            }
            Token::Cdata(text) => {
                if let Some(name) = &mut name_of_person {
                    name.push_str(text);
                }
            }
            Token::Doctype(_) => {}
        }
    }
    (open.is_empty() && scanner.broken.is_none()).then_some(items)
}

/// True for a name of a person that feed-rs may cut in the middle of a character.
pub(super) fn is_risky(name: &str) -> bool {
    name.contains('@') && !name.is_ascii()
}

/// True for the elements in which feed-rs reads a length of time.
fn has_times(name: &str, attributes: &str) -> bool {
    let timed = |part: &str| {
        ["start", "end", "time"]
            .iter()
            .any(|key| part.starts_with(key))
    };
    match name {
        "duration" => true,
        "text" | "thumbnail" => attributes
            .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
            .any(timed),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_feed_rs_cannot_bear_is_kept_from_it() {
        assert_eq!(
            items("<rss><channel><item/><item><b>x</b></item></channel></rss>"),
            Some(2)
        );
        assert_eq!(items("<rss><item></rss>"), None);
        assert_eq!(items("<rss><item>"), None);
        assert_eq!(items(&"<a>".repeat(1_000_000)), None);
        assert_eq!(
            items("<rss><item><itunes:duration>9</itunes:duration></item></rss>"),
            None
        );
        assert_eq!(items("<rss><m:thumbnail url='u'time='1:2'/></rss>"), None);
        assert_eq!(
            items("<rss><author>日、a&#64;b.example</author></rss>"),
            None
        );
        assert_eq!(
            items("<rss><author>a@b.example (A. Kern)</author></rss>"),
            Some(0)
        );
    }
}
