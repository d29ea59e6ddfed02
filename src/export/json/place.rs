//! Where cited spans stand in the contract text of their articles.

use crate::annotate::Annotated;
use crate::article::ArticleId;
use crate::store::Read;
use crate::text::{Projection, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// Projections of cited articles, each made once.
pub struct Places {
    store: Arc<dyn Read>,
    known: HashMap<ArticleId, Option<(Arc<Annotated>, Projection)>>,
}

impl Places {
    /// Nothing looked up yet.
    pub fn new(store: Arc<dyn Read>) -> Self {
        Self {
            store,
            known: HashMap::new(),
        }
    }

    /// The code points of a span in the contract text of an article, and the article's path.
    pub fn find(&mut self, id: &ArticleId, span: Span) -> (Option<(usize, usize)>, Option<String>) {
        let store = &self.store;
        let known = self.known.entry(id.clone()).or_insert_with(|| {
            let article = store.article(id)?;
            let projection = article.projection();
            Some((article, projection))
        });
        match known {
            Some((article, projection)) => (
                projection.chars(article.text(), span),
                article.article.path.clone(),
            ),
            None => (None, None),
        }
    }
}
