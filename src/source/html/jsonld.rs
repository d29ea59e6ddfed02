//! JSON-LD: what a page says of its article to search engines (schema.org).
//!
//! Objects of an article type count, at the top, in a list or in `@graph`; what they merely
//! mention does not.

use crate::article::DateHintKind;
use serde_json::Value;

/// What was found; the first article object wins.
#[derive(Debug, Default)]
pub(super) struct Ld {
    pub(super) headline: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    /// Kind, name, value and line.
    pub(super) dates: Vec<(DateHintKind, &'static str, String, u32)>,
    /// The rank of the object that gave the dates: 2 for an article, 1 for a page.
    rank: u8,
}

impl Ld {
    /// Reads one block that begins on `line`.
    pub(super) fn read(&mut self, text: &str, line: u32) {
        let text = text.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[");
        let text = text.trim_end_matches("-->").trim_end_matches("//]]>").trim().trim_end_matches(';');
        // Raw line breaks inside strings are a common slip; a blank means the same in JSON.
        let blank: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut values = serde_json::Deserializer::from_str(&blank).into_iter::<Value>();
        while let Some(Ok(value)) = values.next() {
            self.value(&value, line, 0);
        }
    }

    fn value(&mut self, value: &Value, line: u32, depth: u8) {
        if depth > 3 {
            return;
        }
        match value {
            Value::Array(list) => list.iter().take(100).for_each(|v| self.value(v, line, depth + 1)),
            Value::Object(map) => {
                if let Some(graph) = map.get("@graph") {
                    self.value(graph, line, depth + 1);
                }
                self.object(value, line);
                if let Some(main) = map.get("mainEntity").or_else(|| map.get("mainEntityOfPage")) {
                    self.value(main, line, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Value, line: u32) {
        let rank = rank(object.get("@type"));
        if rank == 0 || rank <= self.rank {
            return;
        }
        let text = |key: &str| object.get(key).and_then(names);
        if rank == 2 {
            self.headline = text("headline").or_else(|| text("name"));
            self.author = text("author").or_else(|| text("creator"));
            self.publisher = text("publisher").or_else(|| text("sourceOrganization"));
            self.url = text("url").or_else(|| object.get("mainEntityOfPage").and_then(address));
        } else {
            self.publisher = text("publisher");
        }
        self.rank = rank;
        self.dates.clear();
        for (key, kind) in [
            ("datePublished", DateHintKind::JsonLd),
            ("dateCreated", DateHintKind::Meta),
            ("uploadDate", DateHintKind::Meta),
            ("dateModified", DateHintKind::Modified),
        ] {
            // What a page says of itself as a page is a weaker witness than the article's own.
            let kind = if rank == 1 && kind == DateHintKind::JsonLd { DateHintKind::Meta } else { kind };
            if let Some(raw) = text(key) {
                self.dates.push((kind, key, raw, line));
            }
        }
    }
}

/// 2 for an article, 1 for a page, 0 for anything else.
fn rank(kind: Option<&Value>) -> u8 {
    let of = |name: &str| match name.rsplit('/').next().unwrap_or(name) {
        n if n.ends_with("Article") || n.ends_with("Posting") || n == "Report" => 2,
        "WebPage" | "ItemPage" | "CreativeWork" => 1,
        _ => 0,
    };
    match kind {
        Some(Value::String(name)) => of(name),
        Some(Value::Array(names)) => {
            names.iter().filter_map(Value::as_str).map(of).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// A string, a number, or the names of objects, joined.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(super::charref::decode(text, false).into_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => map.get("name").or_else(|| map.get("@value")).and_then(names),
        Value::Array(list) => {
            let all: Vec<String> = list.iter().take(20).filter_map(names).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(map) => map.get("@id").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphs_lists_and_slips_are_read() {
        let mut ld = Ld::default();
        ld.read(
            "{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2019-01-01\"},\n{\"@type\":[\"NewsArticle\"],\"headline\":\"Tide\nturns\",\"datePublished\":\"2019-02-03T10:00:00Z\",\"author\":[{\"name\":\"Ann Lee\"},\"Bo Ek\"]}]};",
            7,
        );
        assert_eq!(ld.headline.as_deref(), Some("Tide turns"));
        assert_eq!(ld.author.as_deref(), Some("Ann Lee, Bo Ek"));
        assert_eq!(ld.dates, [(DateHintKind::JsonLd, "datePublished", "2019-02-03T10:00:00Z".to_owned(), 7)]);
    }
}
