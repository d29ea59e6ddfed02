//! Front matter: the block of `key: value` lines that many site generators put before a text.
//!
//! A small part of YAML and TOML: one value a line, quotes taken off, lists in brackets or in
//! lines below joined.

use crate::article::{DateHintKind, Hints};
use crate::source::draft::push_date;

/// Lines looked at for the end of the block.
const LONGEST: usize = 300;

/// The block between the fences, and the first byte of what follows.
pub(super) fn split(text: &str) -> Option<(&str, usize)> {
    let fence = text.lines().next()?.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let mut at = text.find('\n')? + 1;
    let from = at;
    let mut keys = 0;
    for line in text.get(from..)?.split_inclusive('\n').take(LONGEST) {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            let block = text.get(from..at)?;
            return (keys > 0).then_some((block, at + line.len()));
        }
        keys += usize::from(pair(line).is_some());
        at += line.len();
    }
    None
}

/// A line `key: value` or `key = value`.
fn pair(line: &str) -> Option<(&str, &str)> {
    let end = line.find([':', '='])?;
    let (key, value) = (line.get(..end)?, line.get(end + 1..)?);
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    (!key.is_empty() && key.trim_end().chars().all(word)).then(|| (key.trim_end(), value.trim()))
}

/// A value without quotes and brackets.
fn bare(value: &str) -> String {
    let value = value.trim();
    let inner = value.strip_prefix('[').and_then(|v| v.strip_suffix(']'));
    let quotes = ['"', '\''];
    match inner {
        Some(list) => list
            .split(',')
            .map(|v| v.trim().trim_matches(quotes))
            .collect::<Vec<_>>()
            .join(", "),
        None if value.starts_with(quotes) => value.trim_matches(quotes).replace("\\\"", "\""),
        // A comment stands behind a blank.
        None => value.split(" #").next().unwrap_or_default().trim_end().to_owned(),
    }
}

/// The hints of a block; `block` begins on the second line of the file.
pub(super) fn hints(block: &str) -> Hints {
    let mut hints = Hints::default();
    let mut lines = block.lines().enumerate().peekable();
    while let Some((i, line)) = lines.next() {
        let Some((key, value)) = pair(line) else { continue };
        let mut value = bare(value);
        // A list in the lines below, one name each.
        while value.is_empty() || value.ends_with(", ") {
            let Some((_, item)) = lines.next_if(|(_, l)| l.trim_start().starts_with("- ")) else {
                break;
            };
            value.push_str(&bare(item.trim_start().trim_start_matches("- ")));
            value.push_str(", ");
        }
        let value = value.trim_end_matches(", ").to_owned();
        if value.is_empty() {
            continue;
        }
        let line = Some(i as u32 + 2);
        let lower = key.to_ascii_lowercase().replace('-', "_");
        let slot = match lower.as_str() {
            "title" | "headline" => &mut hints.title,
            "author" | "authors" | "byline" => &mut hints.byline,
            "source" | "outlet" | "publisher" | "publication" | "site" | "site_name" | "newspaper" => {
                &mut hints.outlet
            }
            "url" | "link" | "canonical_url" | "canonical" | "source_url" => &mut hints.url,
            "lang" | "language" => &mut hints.language,
            "topic" => &mut hints.topic,
            "date" | "published" | "publish_date" | "date_published" | "published_at" | "pubdate"
            | "publishdate" | "created" => {
                push_date(&mut hints, DateHintKind::FrontMatter, key, &value, line);
                continue;
            }
            "updated" | "modified" | "lastmod" | "last_modified" | "last_modified_at"
            | "date_modified" => {
                push_date(&mut hints, DateHintKind::Modified, key, &value, line);
                continue;
            }
            _ => continue,
        };
        slot.get_or_insert(value);
    }
    hints.dates.sort_by_key(|date| date.kind);
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_toml_lines_are_read() {
        let h = hints("title: 'A: b'\nauthors:\n  - Ann Lee\n  - Bo Ek\ntags: [x]\nsource: Post # paper\n");
        assert_eq!(h.title.as_deref(), Some("A: b"));
        assert_eq!(h.byline.as_deref(), Some("Ann Lee, Bo Ek"));
        assert_eq!(h.outlet.as_deref(), Some("Post"));
        let (block, from) = split("+++\ndate = 2021-02-03\n+++\nText").unwrap();
        assert_eq!((hints(block).dates.len(), from), (1, 26));
    }
}
