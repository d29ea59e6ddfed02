//! Persons: full names, then surnames, given names and initials.

use super::{Named, form, given};
use crate::annotate::EntityKind;
use std::collections::HashMap;

/// How many persons of one surname are looked at; an article with more is a list, not a story.
const MOST_NAMESAKES: usize = 64;

/// One person of the article.
struct Person {
    /// The fullest form so far.
    words: Vec<String>,
    /// Where the full name stands: indices of mentions, rising.
    full: Vec<usize>,
}

/// Puts every person mention into a group; gives the number of groups made.
pub(super) fn link(names: &mut [Named]) -> u32 {
    let mut persons: Vec<Person> = Vec::new();
    let mut by_last: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for (at, name) in names.iter_mut().enumerate() {
        if name.kind != EntityKind::Person || !is_full(&name.words) {
            continue;
        }
        let key = form::key(&name.words);
        let known = by_key.get(&key).copied();
        let found = known.or_else(|| {
            let namesakes = by_last.get(surname(&name.words)?)?;
            namesakes
                .iter()
                .rev()
                .take(MOST_NAMESAKES)
                .copied()
                .filter(|p| {
                    persons
                        .get(*p)
                        .is_some_and(|p| one_person(&p.words, &name.words))
                })
                .max_by_key(|p| persons.get(*p).and_then(|p| p.full.last().copied()))
        });
        let person = found.unwrap_or_else(|| {
            let last = surname(&name.words).unwrap_or_default().to_owned();
            by_last.entry(last).or_default().push(persons.len());
            persons.push(Person {
                words: name.words.clone(),
                full: Vec::new(),
            });
            persons.len() - 1
        });
        by_key.insert(key, person);
        if let Some(known) = persons.get_mut(person) {
            known.full.push(at);
            if known.words.len() < name.words.len() {
                known.words.clone_from(&name.words);
            }
        }
        name.group = Some(person as u32);
    }
    link_short(names, &persons)
}

/// Puts names of one word to the person they are short for.
fn link_short(names: &mut [Named], persons: &[Person]) -> u32 {
    let mut by_last: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_other: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, person) in persons.iter().enumerate() {
        let Some((last, others)) = person.words.split_last() else {
            continue;
        };
        by_last.entry(last).or_default().push(number);
        if let Some((_, bare)) = split_article(last) {
            by_last.entry(bare).or_default().push(number);
        }
        for word in others
            .iter()
            .filter(|w| w.chars().count() > 1 && !form::is_particle(w))
        {
            by_other.entry(word).or_default().push(number);
        }
    }
    let mut groups = persons.len() as u32;
    let mut alone: HashMap<String, u32> = HashMap::new();
    for at in 0..names.len() {
        let Some(name) = names.get(at) else { continue };
        if name.kind != EntityKind::Person || name.group.is_some() {
            continue;
        }
        let last = name.words.last().map_or("", String::as_str);
        let bare = split_article(last).map_or(last, |(_, bare)| bare);
        let candidates = by_last
            .get(last)
            .or_else(|| by_last.get(bare))
            .or_else(|| by_other.get(last));
        let chosen = candidates.and_then(|among| introduced(names, persons, among, at));
        let group = chosen.map_or_else(
            || {
                *alone.entry(form::key(&name.words)).or_insert_with(|| {
                    groups += 1;
                    groups - 1
                })
            },
            |person| person as u32,
        );
        if let Some(name) = names.get_mut(at) {
            name.group = Some(group);
        }
    }
    groups
}

/// The person among `among` whose full name stood last before mention `at`; before any was named
/// (in a headline), the one who will be named first. Two persons named in one sentence, which is
/// the last to name either, leave it open.
fn introduced(names: &[Named], persons: &[Person], among: &[usize], at: usize) -> Option<usize> {
    if let [only] = among {
        return Some(*only);
    }
    let mut before: Vec<(usize, usize)> = Vec::new();
    let mut first: Option<(usize, usize)> = None;
    for &number in among.iter().take(MOST_NAMESAKES) {
        let full = persons.get(number).map_or(&[][..], |person| &person.full);
        let upto = full.partition_point(|mention| *mention < at);
        if let Some(last) = upto.checked_sub(1).and_then(|i| full.get(i)) {
            before.push((*last, number));
        }
        if let Some(start) = full.first() {
            first = Some(first.map_or((*start, number), |f| f.min((*start, number))));
        }
    }
    before.sort_unstable();
    match before.as_slice() {
        [] => first.map(|(_, number)| number),
        [.., (a, _), (b, last)] => {
            let sentence = |mention: &usize| names.get(*mention).map(|name| name.sentence);
            (sentence(a) != sentence(b)).then_some(*last)
        }
        [(_, only)] => Some(*only),
    }
}

/// Two words or more that tell people apart.
fn is_full(words: &[String]) -> bool {
    words.iter().filter(|w| !form::is_particle(w)).count() > 1
}

fn surname(words: &[String]) -> Option<&str> {
    let last = words.last()?;
    Some(split_article(last).map_or(last.as_str(), |(_, bare)| bare))
}

/// `al-hashimi` as `al` and `hashimi`.
fn split_article(word: &str) -> Option<(&str, &str)> {
    word.split_once('-')
        .filter(|(article, bare)| article.len() == 2 && bare.len() > 2)
}

/// Whether two full names with one surname can be one person.
fn one_person(a: &[String], b: &[String]) -> bool {
    let given = |words: &[String]| -> Vec<String> {
        words
            .split_last()
            .map_or(&[][..], |(_, given)| given)
            .iter()
            .filter(|w| !form::is_particle(w))
            .cloned()
            .collect()
    };
    let (a, b) = (given(a), given(b));
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else {
        return true;
    };
    let alike = |a: &str, b: &str| given::same(a, b) || given::initial(a, b);
    let middle = match (a.get(1), b.get(1)) {
        (Some(a), Some(b)) => alike(a, b),
        _ => true,
    };
    alike(first_a, first_b) && middle
}
