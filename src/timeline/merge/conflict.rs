//! Events that contradict each other on their day.

use super::CANDIDATES;
use super::group::{Group, Item};
use crate::annotate::EventBasis;
use crate::annotate::event::Class;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Days within which two reports can mean one event.
const NEAR: i64 = 5;

/// Pairs of groups that give different days for what only happens once.
pub(in crate::timeline) fn conflicts(groups: &[Group], items: &[Item]) -> Vec<(usize, usize)> {
    let mut by_class: BTreeMap<Class, Vec<(NaiveDate, usize)>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        let Some(class) = group.class() else { continue };
        let stated = group.items.iter().any(|index| {
            items
                .get(*index)
                .is_some_and(|item| item.told.basis == EventBasis::Timex && !item.told.noun)
        });
        if let (true, true, Some(day)) = (
            stated && group.date.is_day(),
            class.once() || class.sole(),
            group.date.start,
        ) {
            by_class.entry(class).or_default().push((day, at));
        }
    }
    let mut out = Vec::new();
    for (class, list) in &mut by_class {
        list.sort_unstable();
        for (i, (day, a)) in list.iter().enumerate() {
            for (other, b) in list.iter().skip(i + 1).take(CANDIDATES) {
                if (*other - *day).num_days() > NEAR {
                    break;
                }
                let (Some(first), Some(second)) = (groups.get(*a), groups.get(*b)) else {
                    continue;
                };
                let articles = |group: &Group| -> BTreeSet<usize> {
                    group
                        .items
                        .iter()
                        .filter_map(|index| items.get(*index).map(|item| item.article))
                        .collect()
                };
                let overlap = first.entity_overlap(second).unwrap_or(0.0);
                let words = first.word_likeness(second);
                // The same things in like words, or one fate of one person.
                let alike = overlap >= 0.75 && first.shared_entities(second) >= 2 && words >= 0.4;
                let fate = class.sole() && overlap >= 0.5 && first.shares_person(second);
                let same = other != day
                    && (alike || fate)
                    && !first.contradicts(second)
                    && articles(first).is_disjoint(&articles(second));
                if same {
                    out.push((*a, *b));
                }
            }
        }
    }
    out
}
