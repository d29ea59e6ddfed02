//! What a document type asks for: other files, or entities that grow without end.
//!
//! Nothing of it is ever fetched or expanded. It is read to tell the user why a part of the text
//! is missing.

use crate::source::Reason;
use std::collections::BTreeMap;

/// Entities looked at.
const MOST: usize = 100;
/// Text that expanding may give before it is called a bomb, in bytes.
const FREE: u64 = 1 << 20;

/// An entity that is declared.
enum Entity<'a> {
    Text(&'a str),
    /// A file or an address.
    Elsewhere,
}

/// What is wrong with a document of this type whose text is `body`, if anything is.
pub(super) fn judge(doctype: &str, body: &str) -> Option<(Reason, &'static str)> {
    let entities = declared(doctype);
    let used = |name: &str| {
        memchr::memmem::find_iter(body.as_bytes(), &format!("&{name};")).count() as u64
    };
    if doctype.contains("<!ENTITY %") && (doctype.contains("SYSTEM") || doctype.contains("PUBLIC"))
    {
        return Some((
            Reason::ExternalEntity,
            "it asks for another file, which was not fetched",
        ));
    }
    let mut worst = None;
    let mut grown = 0_u64;
    for (name, entity) in &entities {
        let times = used(name);
        if times == 0 {
            continue;
        }
        match entity {
            Entity::Elsewhere => {
                return Some((
                    Reason::ExternalEntity,
                    "it asks for another file, which was not fetched",
                ));
            }
            Entity::Text(_) => match size(name, &entities, 0, &mut 0) {
                None => {
                    return Some((
                        Reason::Malformed,
                        "entities that name each other in a circle",
                    ));
                }
                Some(bytes) => grown = grown.saturating_add(bytes.saturating_mul(times)),
            },
        }
        worst = Some((
            Reason::Malformed,
            "entities of its own, which were not expanded",
        ));
    }
    if grown > FREE {
        return Some((
            Reason::Bomb,
            "entities that grow to far more than the file; not expanded",
        ));
    }
    worst
}

/// The entities that a document type declares.
fn declared(doctype: &str) -> BTreeMap<&str, Entity<'_>> {
    let mut found = BTreeMap::new();
    for declaration in doctype.split("<!ENTITY").skip(1).take(MOST) {
        let Some((name, rest)) = declaration
            .trim_start()
            .split_once(|c: char| c.is_ascii_whitespace())
        else {
            continue;
        };
        let rest = rest.trim_start();
        let value = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let text = rest.get(1..).unwrap_or_default();
                Entity::Text(text.split(quote).next().unwrap_or_default())
            }
            _ => Entity::Elsewhere,
        };
        found.entry(name).or_insert(value);
    }
    found
}

/// Bytes that an entity expands to; none for a circle. Stops counting when it is far too much.
fn size(
    name: &str,
    entities: &BTreeMap<&str, Entity<'_>>,
    depth: u8,
    work: &mut u32,
) -> Option<u64> {
    *work += 1;
    if depth > 64 {
        return None;
    }
    let Some(Entity::Text(text)) = entities.get(name) else {
        return Some(0);
    };
    let mut bytes = text.len() as u64;
    for part in text.split('&').skip(1) {
        if *work > 10_000 || bytes > u64::from(u32::MAX) {
            return Some(u64::from(u32::MAX));
        }
        if let Some((inner, _)) = part.split_once(';') {
            bytes = bytes.saturating_add(size(inner, entities, depth + 1, work)?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    fn what_a_doctype_asks_for_is_told() {
        let reason = |doctype: &str, body: &str| judge(doctype, body).map(|j| j.0);
        let mut nested = String::new();
        for i in 1..9 {
            let inner = format!("&e{};", i - 1).repeat(10);
            let _ = write!(nested, "<!ENTITY e{i} \"{inner}\">");
        }
        let nested = format!("<!DOCTYPE r [<!ENTITY e0 \"ho\">{nested}]>");
        assert_eq!(reason(&nested, "&e8;"), Some(Reason::Bomb));
        assert_eq!(reason(&nested, "none"), None);
        assert_eq!(
            reason(
                "<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>",
                "&a;"
            ),
            Some(Reason::Malformed)
        );
        assert_eq!(
            reason("<!DOCTYPE r [<!ENTITY f SYSTEM \"file:///x\">]>", "[&f;]"),
            Some(Reason::ExternalEntity)
        );
        assert_eq!(
            reason(
                "<!DOCTYPE r PUBLIC \"-//R\" \"http://r.example/r.dtd\">",
                "x"
            ),
            None
        );
    }
}
