//! JSON Feeds on their way to feed-rs: only those that it can bear.
//!
//! feed-rs copies the authors of the feed into every item without one and compares each author
//! of an item with all before; a feed with very many of them is left to our own reading.

use super::reading::Reading;
use super::survey::is_risky;
use serde::Deserialize;
use serde_json::Value;

/// Authors of a feed or an item.
const MOST_AUTHORS: usize = 50;
/// Names and addresses of the authors of a feed or an item, in bytes.
const LONGEST_AUTHORS: usize = 4096;

/// The people that a feed or an item names.
#[derive(Deserialize)]
struct Named {
    author: Option<Value>,
    authors: Option<Value>,
    #[serde(default)]
    items: Vec<Named>,
}

impl Named {
    fn is_harmless(&self) -> bool {
        let (mut people, mut bytes) = (0, 0);
        for value in [&self.author, &self.authors].into_iter().flatten() {
            let list = match value {
                Value::Array(list) => list.as_slice(),
                other => std::slice::from_ref(other),
            };
            people += list.len();
            if people > MOST_AUTHORS {
                return false;
            }
            for key in ["name", "url"] {
                for value in list.iter().filter_map(|person| person.get(key)?.as_str()) {
                    bytes += value.len();
                    if is_risky(value) || bytes > LONGEST_AUTHORS {
                        return false;
                    }
                }
            }
        }
        self.items.iter().all(Named::is_harmless)
    }
}

/// Reads a JSON Feed with feed-rs; none where it cannot, or has not found all `items`.
pub(crate) fn json_feed(text: &str, items: usize) -> Option<Reading> {
    let named: Named = serde_json::from_str(text).ok()?;
    if !named.is_harmless() {
        return None;
    }
    Reading::of(text).filter(|reading| reading.entries.len() == items)
}
