//! From scores to hits: the order, and what a query of an index marks.

use super::eval::{Eval, Score};
use super::index::Index;
use super::mark::Marker;
use super::query::{Field as Asked, How, Query, Term};
use super::{Hit, words};
use crate::annotate::EntityKind;
use crate::store::Read;

/// Sorts what was found, best first, and makes hits of the first `limit`.
pub(super) fn hits(
    index: &Index,
    store: &dyn Read,
    query: &Query,
    eval: &Eval<'_>,
    found: &[Score],
    limit: usize,
    cancelled: &dyn Fn() -> bool,
) -> Vec<Hit> {
    let mut best: Vec<(f64, u32, usize)> = found
        .iter()
        .zip(&index.docs)
        .enumerate()
        .filter(|(_, (score, _))| score.quality > 0.0)
        .map(|(number, (score, doc))| (total(*score), doc.order, number))
        .collect();
    let order =
        |a: &(f64, u32, usize), b: &(f64, u32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if limit < best.len() && limit > 0 {
        best.select_nth_unstable_by(limit - 1, order);
    }
    best.truncate(limit);
    best.sort_by(order);
    let marker = Marker::of_index(index, query, eval);
    let mut hits = Vec::with_capacity(best.len());
    for (score, _, number) in best {
        if cancelled() {
            break;
        }
        let Some(doc) = index.docs.get(number) else {
            continue;
        };
        let Some(row) = store.row(&doc.id) else {
            continue;
        };
        let article = store.article(&doc.id);
        hits.push(marker.hit(store, &row.title, article.as_deref(), &doc.id, score));
    }
    hits
}

/// Quality decides; where and how often only breaks ties.
fn total(score: Score) -> f64 {
    f64::from(score.quality) * 100.0 + f64::from(score.bonus.min(9.9)) / 10.0
}

impl Marker {
    fn of_index(index: &Index, query: &Query, eval: &Eval<'_>) -> Self {
        let mut made = Self::default();
        for (number, (field, term)) in query.terms().into_iter().enumerate().take(64) {
            made.add_of_index(index, eval, 1 << number, field, term);
        }
        made
    }

    fn add_of_index(
        &mut self,
        index: &Index,
        eval: &Eval<'_>,
        bit: u64,
        field: Option<Asked>,
        term: &Term,
    ) {
        let kind = match field {
            Some(Asked::Source | Asked::Tag | Asked::Lang) => return,
            Some(Asked::Person) => Some(EntityKind::Person),
            Some(Asked::Org) => Some(EntityKind::Org),
            Some(Asked::Place) => Some(EntityKind::Place),
            Some(Asked::Title) | None => None,
        };
        let asked = words::of(&term.text);
        match (term.how, asked.as_slice()) {
            (How::Regex, _) => {
                if let Ok(expression) = super::query::regex(&term.text) {
                    self.expressions.push((bit, expression));
                }
            }
            (_, []) => {}
            (How::Fuzzy, [word]) => {
                let meaning = eval.meaning(word, kind);
                for number in meaning.words.keys().filter(|_| kind.is_none()) {
                    let Some(found) = index.words.get(*number as usize) else {
                        continue;
                    };
                    let cut = if found.text.starts_with(word) {
                        word.chars().count()
                    } else {
                        usize::MAX
                    };
                    let entry = self.words.entry(found.text.clone()).or_insert((0, 0));
                    *entry = (entry.0 | bit, entry.1.max(cut));
                }
                for number in meaning.names.keys().filter(|_| field != Some(Asked::Title)) {
                    if let Some(name) = index.names.get(*number as usize) {
                        *self.names.entry(name.id.clone()).or_default() |= bit;
                    }
                }
            }
            (how, _) => {
                let open = matches!(how, How::Fuzzy | How::Start);
                if field != Some(Asked::Title)
                    && (how != How::Exact || kind.is_some() || asked.len() > 1)
                {
                    for name in eval.names_with(&asked, open, kind) {
                        *self.names.entry(name.id.clone()).or_default() |= bit;
                    }
                }
                if kind.is_none() {
                    self.phrases.push((bit, asked, open));
                }
            }
        }
    }
}
