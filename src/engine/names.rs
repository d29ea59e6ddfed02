//! Ids of one run, kept apart.

use crate::article::{Article, ArticleId, Warning};
use std::collections::HashSet;

/// Keeps the ids of one run apart: a second equal one gets `~2`.
#[derive(Debug, Default)]
pub struct Names(HashSet<ArticleId>);

impl Names {
    /// Gives the article an id that no other of this run has, with a warning where it changes.
    pub fn settle(&mut self, article: &mut Article) {
        let id = article.id();
        let mut unique = id.clone();
        let mut count = 1;
        while !self.0.insert(unique.clone()) {
            count += 1;
            unique = ArticleId::new(format!("{id}~{count}"));
        }
        if count > 1 {
            let message = format!("{id} stands twice; called {unique}");
            article.warnings.push(Warning::new("duplicate-id", message));
        }
        article.id = Some(unique);
    }
}
