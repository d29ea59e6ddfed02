//! Given names that are one name: spellings in other languages and short forms.
//!
//! A table that a person can read and extend (`assets/resolve/given-names.txt`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// From a folded given name to the families it belongs to, rising.
static FAMILIES: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut families: HashMap<&'static str, Vec<u16>> = HashMap::new();
    let lines = include_str!("../../../../assets/resolve/given-names.txt").lines();
    for (number, line) in lines.filter(|line| !line.starts_with('#')).enumerate() {
        for name in line.split_whitespace() {
            let known = families.entry(name).or_default();
            if known.last() != Some(&(number as u16)) {
                known.push(number as u16);
            }
        }
    }
    families
});

/// The families of a folded given name; empty where the table does not know it.
pub fn families(name: &str) -> &'static [u16] {
    FAMILIES.get(name).map_or(&[], Vec::as_slice)
}

/// True where two folded given names are equal or share a family ("joe", "joseph").
pub fn same(a: &str, b: &str) -> bool {
    a == b
        || families(a)
            .iter()
            .any(|family| families(b).contains(family))
}

/// True where one is the initial of the other.
pub fn initial(a: &str, b: &str) -> bool {
    let is_initial = |short: &str, long: &str| {
        let mut chars = short.chars();
        let first = chars.next();
        first.is_some() && chars.next().is_none() && long.chars().next() == first
    };
    is_initial(a, b) || is_initial(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_foreign_forms_are_one_name() {
        assert!(same("joe", "joseph") && same("yury", "george"));
        assert!(!same("anna", "joseph") && !same("xyz", "xya"));
        assert!(initial("g", "grace") && initial("grace", "g") && !initial("h", "grace"));
    }
}
