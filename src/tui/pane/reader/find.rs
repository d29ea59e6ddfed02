//! Find in the text, and the way from match to match.

use super::super::super::effect::Effect;
use super::super::super::model::{Level, Model};
use super::super::Outcome;
use super::Text;
use crate::text::{Span, normalize};

/// Matches that are kept of a find; more are of no use.
const MOST_FOUND: usize = 10_000;

impl Text {
    /// What is found in this text: by find, else by the search.
    pub(super) fn found<'a>(&'a self, model: &'a Model) -> &'a [Span] {
        if let Some((_, spans)) = &self.find {
            return spans;
        }
        let search = model.search.as_ref().zip(self.id());
        search.and_then(|(search, id)| search.spans.get(&id)).map_or(&[], Vec::as_slice)
    }

    /// Goes to the next or previous match; from the last one on to the next article of a search.
    pub(super) fn next_found(&mut self, model: &Model, forward: bool) -> Outcome {
        let found = self.found(model);
        let here = match &model.jump {
            Some(jump) if Some(&jump.article) == self.id().as_ref() => jump.span.start,
            _ => self.at().wrapping_sub(u32::from(forward)),
        };
        let next = if forward {
            found.iter().find(|span| span.start > here || here == u32::MAX)
        } else {
            found.iter().rev().find(|span| span.start < here)
        };
        if let (Some(next), Some(id)) = (next, self.id()) {
            return Effect::Jump(id, *next).into();
        }
        if model.search.is_some() && self.find.is_none() {
            let at = self.id().and_then(|id| model.store.article_position(&model.query, &id));
            let to = at.map_or(Some(0), |at| if forward { Some(at + 1) } else { at.checked_sub(1) });
            let row = to.and_then(|to| model.store.articles(&model.query, to..to + 1).pop());
            return match row {
                Some(row) => Effect::SelectArticle(row.id).into(),
                None => Effect::Say(Level::Info, "No more matches.".to_owned()).into(),
            };
        }
        let around = if forward { found.first() } else { found.last() };
        match (around, self.id()) {
            (Some(around), Some(id)) => Effect::Jump(id, *around).into(),
            _ if self.find.is_some() => {
                Effect::Say(Level::Warning, "Not found in this text.".to_owned()).into()
            }
            _ => Outcome::Ignored,
        }
    }

    pub(super) fn find_in_text(&mut self, wanted: Option<&str>, article_changed: bool) -> bool {
        let had = self.find.as_ref().map(|(text, _)| text.as_str());
        if had == wanted && !article_changed {
            return false;
        }
        self.find = wanted.map(|wanted| {
            let spans = self.article.as_ref().map_or(Vec::new(), |a| find(a.text(), wanted));
            (wanted.to_owned(), spans)
        });
        true
    }
}

/// Where `wanted` stands in `text`, case and accents aside.
fn find(text: &str, wanted: &str) -> Vec<Span> {
    let needle = normalize::fold(wanted);
    if needle.trim().is_empty() {
        return Vec::new();
    }
    let (folded, map) = normalize::fold_mapped(text);
    let mut spans: Vec<Span> = Vec::new();
    let (mut byte, mut letter) = (0, 0);
    for at in memchr::memmem::find_iter(folded.as_bytes(), needle.as_bytes()).take(MOST_FOUND) {
        letter += folded.get(byte..at).map_or(0, |passed| passed.chars().count());
        byte = at;
        let start = map.get(letter).copied().unwrap_or(0) as usize;
        let after = map.get(letter + needle.chars().count()).copied();
        spans.push(Span::new(start, after.map_or(text.len(), |after| after as usize)));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_ignores_case_and_accents() {
        let text = "Zürich, ZURICH and “zurich”";
        let found = find(text, "zurich");
        let words: Vec<&str> = found.iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["Zürich", "ZURICH", "zurich"]);
        assert!(find(text, " ").is_empty());
    }
}
