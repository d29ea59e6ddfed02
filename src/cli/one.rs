//! Finding the one article that `show` and `why` are about.

use super::input::Reading;
use super::output::Output;
use crate::annotate::Annotated;
use crate::article::ArticleId;
use crate::store::{Filter, Read};
use anyhow::bail;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments that name one article.
#[derive(Debug, clap::Args)]
pub struct One {
    /// The article: a file, with `#n` for the nth article in it; or an id.
    #[arg(value_name = "PATH[#n]")]
    article: String,
    /// The collection that it is seen in; without it, the file alone.
    #[arg(long = "in", value_name = "PATH")]
    within: Vec<PathBuf>,
}

impl One {
    /// Opens the collection and finds the article in it.
    pub fn open(
        &self,
        reading: &Reading,
        out: &mut Output,
    ) -> anyhow::Result<(Arc<dyn Read>, Arc<Annotated>)> {
        let (file, number) = self.split();
        let paths = match &self.within {
            _ if reading.library.is_some() => Vec::new(),
            within if !within.is_empty() => within.clone(),
            _ if Path::new(file).exists() => vec![PathBuf::from(file)],
            // Not a file: an id of the built-in collection.
            _ => Vec::new(),
        };
        let store = reading.open(&paths, out)?;
        let found = self.find(&*store, file, number);
        match found {
            Some(article) => Ok((store, article)),
            None if paths.is_empty() => bail!("no such file, and no built-in article: {file}"),
            None => bail!("no article {} there", self.article),
        }
    }

    fn split(&self) -> (&str, Option<&str>) {
        if Path::new(&self.article).exists() {
            return (&self.article, None);
        }
        match self.article.rsplit_once('#') {
            Some((file, number)) if number.parse::<u32>().is_ok() => (file, Some(number)),
            _ => (&self.article, None),
        }
    }

    fn find(&self, store: &dyn Read, file: &str, number: Option<&str>) -> Option<Arc<Annotated>> {
        if let Some(article) = store.article(&ArticleId::new(self.article.as_str())) {
            return Some(article);
        }
        let wanted = std::fs::canonicalize(file).ok();
        let rows = store.articles(&Filter::default(), 0..usize::MAX);
        let mut same_file = rows.iter().filter(|row| {
            let path = row.path.as_deref();
            path == Some(file)
                || (wanted.is_some() && path.and_then(|p| std::fs::canonicalize(p).ok()) == wanted)
        });
        let row = match number {
            Some(number) => same_file.find(|row| {
                let id = row.id.as_str();
                id.rsplit_once('#').is_some_and(|(_, n)| n == number)
                    || (number == "1" && !id.contains('#'))
            }),
            None => same_file.next(),
        };
        store.article(&row?.id)
    }
}
