//! Who is told of together with one entity: in how many articles and in how many sentences, and
//! whether that is more than chance would have it.
//!
//! The measure is the log-likelihood ratio of T. Dunning, "Accurate methods for the statistics of
//! surprise and coincidence" (1993), over articles; it is 0 for whoever is met no more often than
//! anywhere else. Sentences decide between those that it cannot tell apart.

use crate::resolve::{Entity, EntityId};
use crate::store::{Filter, Read};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Articles that are looked at, latest left out.
const MOST_ARTICLES: usize = 5000;
/// Companions that are kept; further down it is chance.
const MOST: usize = 1000;
const PAGE: usize = 512;

/// An entity that is told of together with another one.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Companion {
    /// Who.
    pub(in crate::tui) entity: Arc<Entity>,
    /// Articles that tell of both.
    pub(in crate::tui) articles: u32,
    /// Sentences that name both.
    pub(in crate::tui) sentences: u32,
    /// The log-likelihood ratio; 0 where they meet no more often than by chance.
    pub(in crate::tui) score: f64,
}

/// All companions of an entity, closest first.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Company {
    /// Who, closest first.
    pub(in crate::tui) all: Vec<Companion>,
    /// Articles that were looked at.
    pub(in crate::tui) looked: usize,
    /// Articles that tell of the entity.
    pub(in crate::tui) total: usize,
}

/// Counts the company of `of` over the whole collection.
pub(in crate::tui) fn count(store: &dyn Read, of: &EntityId, stale: &dyn Fn() -> bool) -> Company {
    let with = Filter {
        entities: vec![of.clone()],
        ..Filter::default()
    };
    let total = store.article_count(&with);
    let looked = total.min(MOST_ARTICLES);
    let mut counts: HashMap<EntityId, (u32, u32)> = HashMap::new();
    for from in (0..looked).step_by(PAGE).take_while(|_| !stale()) {
        for row in store.articles(&with, from..looked.min(from + PAGE)) {
            count_article(store, &row.id, of, &mut counts);
        }
    }
    let everything = store.article_count(&Filter::default());
    // What was not looked at has the same shares as what was.
    let part = looked as f64 / total.max(1) as f64;
    let mut all: Vec<Companion> = counts
        .into_iter()
        .filter_map(|(id, (articles, sentences))| {
            let entity = store.entity(&id)?;
            let theirs = (entity.articles.len() as f64 * part).max(f64::from(articles));
            let above = surprise(
                f64::from(articles),
                looked as f64,
                theirs,
                (everything as f64 * part).max(looked as f64),
            );
            Some(Companion {
                entity,
                articles,
                sentences,
                score: above,
            })
        })
        .collect();
    all.sort_by(|a, b| {
        let rank = |one: &Companion| {
            (
                Reverse(one.sentences),
                Reverse(one.articles),
                Reverse(one.entity.mentions),
            )
        };
        b.score
            .total_cmp(&a.score)
            .then_with(|| rank(a).cmp(&rank(b)))
            .then_with(|| a.entity.name.cmp(&b.entity.name))
    });
    all.truncate(MOST);
    Company { all, looked, total }
}

fn count_article(
    store: &dyn Read,
    id: &crate::article::ArticleId,
    of: &EntityId,
    counts: &mut HashMap<EntityId, (u32, u32)>,
) {
    let Some(article) = store.article(id) else {
        return;
    };
    let locals: Vec<Option<EntityId>> = (0..article.entities.len() as u32)
        .map(|local| store.entity_of(id, local))
        .collect();
    let entity = |local: u32| locals.get(local as usize).and_then(Option::as_ref);
    let mut own: HashSet<usize> = HashSet::new();
    let mut met: HashMap<&EntityId, HashSet<usize>> = HashMap::new();
    for mention in &article.mentions {
        let Some(who) = entity(mention.entity) else {
            continue;
        };
        let sentence = article.sentence(mention.span.start);
        if who == of {
            own.extend(sentence);
        } else {
            met.entry(who).or_default().extend(sentence);
        }
    }
    for (who, sentences) in met {
        let both = sentences.intersection(&own).count() as u32;
        let count = counts.entry(who.clone()).or_default();
        count.0 += 1;
        count.1 += both;
    }
}

/// The log-likelihood ratio of `both` of `ours` against `theirs` of `all`; 0 where it is no more
/// than expected.
fn surprise(both: f64, ours: f64, theirs: f64, all: f64) -> f64 {
    if all <= 0.0 || both * all <= ours * theirs {
        return 0.0;
    }
    let cell = |seen: f64, row: f64, column: f64| {
        let expected = row * column / all;
        if seen > 0.0 && expected > 0.0 {
            seen * (seen / expected).ln()
        } else {
            0.0
        }
    };
    let sum = cell(both, ours, theirs)
        + cell(ours - both, ours, all - theirs)
        + cell(theirs - both, all - ours, theirs)
        + cell(
            (all - ours - theirs + both).max(0.0),
            all - ours,
            all - theirs,
        );
    (2.0 * sum).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::super::super::testing::{entity_id, store};
    use super::*;

    #[test]
    fn surprise_is_that_of_the_paper() {
        // Table 3 of Dunning (1993), "the swiss": 110, 2442, 111, 29114 give 270.72.
        let (both, first, second, neither) = (110.0, 2442.0, 111.0, 29114.0);
        let all = both + first + second + neither;
        assert!((surprise(both, both + first, both + second, all) - 270.72).abs() < 0.01);
        assert!(
            surprise(5.0, 5.0, 5.0, 5.0).abs() < 1e-9,
            "always there says nothing"
        );
        assert!(
            surprise(1.0, 10.0, 50.0, 100.0).abs() < 1e-9,
            "less than chance"
        );
    }

    #[test]
    fn company_is_counted_in_articles_and_sentences() {
        let store = store(1);
        let made = count(store.as_ref(), &entity_id(0), &|| false);
        assert_eq!((made.looked, made.total), (3, 3));
        let of = |name: &str| {
            let found = made.all.iter().find(|one| one.entity.name == name).unwrap();
            (found.articles, found.sentences)
        };
        assert_eq!(of("Port Authority"), (2, 2));
        assert_eq!(of("Karsholm").0, 2);
        assert_eq!(made.all[0].entity.name, "Port Authority");
    }
}
