//! What a line says and where it stands.

use super::Index;
use crate::article::ArticleId;
use crate::text::Span;
use chrono::NaiveDate;

impl Index<'_> {
    /// A line as it stands, in one line.
    pub(in crate::timeline::digest) fn text(&self, line: usize) -> String {
        let Some(line) = self.lines.get(line) else {
            return String::new();
        };
        let Some(article) = self.articles.get(line.article) else {
            return String::new();
        };
        let words: Vec<&str> = line.span.of(article.text()).split_whitespace().collect();
        words.join(" ")
    }

    /// Where a line stands in its article.
    pub(in crate::timeline::digest) fn span(&self, line: usize) -> Span {
        self.lines
            .get(line)
            .map_or_else(Span::default, |line| line.span)
    }

    /// The day of publication of a line that does not itself name `day`.
    pub(in crate::timeline::digest) fn reported(
        &self,
        line: usize,
        day: NaiveDate,
    ) -> Option<NaiveDate> {
        let told = self.lines.get(line)?;
        if told.days.contains(&day) || told.entry == Some(day) {
            return None;
        }
        self.published(line)
    }

    /// The day of publication of the article of a line.
    pub(in crate::timeline::digest) fn published(&self, line: usize) -> Option<NaiveDate> {
        let source = self
            .sources
            .iter()
            .find(|source| source.lines.contains(&line))?;
        source.published
    }

    /// What equal texts share.
    pub(in crate::timeline::digest) fn key(&self, line: usize) -> u64 {
        self.lines.get(line).map_or(0, |line| line.key)
    }

    /// The article of a line.
    pub(in crate::timeline::digest) fn article(&self, line: usize) -> ArticleId {
        self.lines
            .get(line)
            .and_then(|line| self.articles.get(line.article))
            .map_or_else(|| ArticleId::new("?"), |article| article.id())
    }
}
