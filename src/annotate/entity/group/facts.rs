//! Names that are one thing by convention: "U.S." is "United States", "NATO" has a long form.
//!
//! A table that a person can read and extend (`assets/resolve/facts.txt`); not a gazetteer.

use super::form;
use crate::annotate::EntityKind;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What the table says of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The name as shown.
    pub name: &'static str,
    /// Its key (see [`form::key`]).
    pub key: String,
    /// What it is.
    pub kind: EntityKind,
}

static FACTS: LazyLock<HashMap<String, Fact>> = LazyLock::new(|| {
    let mut facts = HashMap::new();
    for line in include_str!("../../../../assets/resolve/facts.txt").lines() {
        let mut parts = line.split('|').map(str::trim);
        let (Some(kind), Some(name)) = (parts.next(), parts.next()) else {
            continue;
        };
        let Some(kind) = EntityKind::ALL.into_iter().find(|k| k.name() == kind) else {
            continue;
        };
        let others = parts.next().unwrap_or("").split(',').map(str::trim);
        let fact = Fact {
            name,
            key: form::key(&form::words(name)),
            kind,
        };
        for other in others.chain([name]).filter(|other| !other.is_empty()) {
            facts.insert(form::key(&form::words(other)), fact.clone());
        }
    }
    facts
});

/// What is known of the name with this key.
pub fn lookup(key: &str) -> Option<&'static Fact> {
    FACTS.get(key)
}

/// The key with a known name at its start written in full: `un human rights council` and
/// `united nations human rights council` are one key.
pub fn canonical(words: &[String]) -> String {
    let key = form::key(words);
    if let Some(fact) = lookup(&key) {
        return fact.key.clone();
    }
    if words.len() > 1
        && let Some(first) = words.first()
        && let Some(fact) = lookup(first)
        && fact.key.contains(' ')
    {
        let long = format!("{} {}", fact.key, words[1..].join(" "));
        return lookup(&long).map_or(long, |fact| fact.key.clone());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_lead_to_one_key() {
        let key = |name: &str| canonical(&form::words(name));
        assert_eq!(key("U.S."), key("the United States"));
        assert_eq!(
            key("UN Refugee Agency"),
            key("United Nations Refugee Agency")
        );
        assert_ne!(key("Austria"), key("Australia"));
        assert_eq!(lookup("nato").map(|f| f.kind), Some(EntityKind::Org));
    }
}
