//! The book-keeping of one file: records, articles, copies, bad records, ids and the outcome.
//!
//! Formats hand drafts and complaints in; [`Intake::close`] makes the report. The sums balance
//! by construction: each record is counted once, as an article, a copy or bad.

use super::draft::{Draft, clean_warning};
use super::scrub::scrub_given;
use super::{FileReport, Options, Outcome, ReadFile, Reason};
use crate::article::{Article, ArticleId, ContentHash, Warning};
use std::collections::HashSet;

/// Warnings kept of one file; the rest is only counted.
const MOST_WARNINGS: usize = 1000;
/// Records read of one file.
const MOST_RECORDS: u32 = 5_000_000;

/// What is known of a file while it is read.
pub(crate) struct Intake<'a> {
    name: &'a str,
    path: Option<&'a str>,
    /// How to read.
    pub(crate) options: Options,
    articles: Vec<Article>,
    records: u32,
    copies: u32,
    bad: u32,
    ended: Option<(Outcome, Reason)>,
    warnings: Vec<Warning>,
    unsaid: usize,
    seen: HashSet<ContentHash>,
    whole: Option<ContentHash>,
}

impl<'a> Intake<'a> {
    /// An empty book for the file `name`.
    pub(crate) fn new(name: &'a str, path: Option<&'a str>, options: Options) -> Self {
        Self {
            name,
            path,
            options,
            articles: Vec::new(),
            records: 0,
            copies: 0,
            bad: 0,
            ended: None,
            warnings: Vec::new(),
            unsaid: 0,
            seen: HashSet::new(),
            whole: None,
        }
    }

    /// Notes what was inside a packed file: its articles are known by that, packed or not.
    pub(crate) fn unpacked(&mut self, bytes: &[u8]) {
        self.whole = Some(ContentHash::of(bytes));
    }

    /// Takes in a record whose own bytes are `raw`; false where the file holds too many.
    pub(crate) fn article(&mut self, draft: Draft, raw: &[u8]) -> bool {
        if !self.record() {
            return false;
        }
        let hash = ContentHash::of(raw);
        let repeated = match &draft.own_id {
            // Its own id and the same words: some feeds only touch a time stamp.
            Some(id) => {
                let own = ContentHash::of(format!("{id}\0{}", draft.text).as_bytes());
                let new = self.seen.insert(own);
                !self.seen.insert(hash) || !new
            }
            None => !self.seen.insert(hash),
        };
        if repeated {
            self.copies += 1;
        } else {
            self.articles.push(draft.finish(hash, self.options));
        }
        true
    }

    /// Notes a record that cannot be read.
    pub(crate) fn bad(&mut self, warning: Warning) -> bool {
        self.warn(warning);
        if !self.record() {
            return false;
        }
        self.bad += 1;
        true
    }

    fn record(&mut self) -> bool {
        if self.records >= MOST_RECORDS {
            self.end(Outcome::Truncated, Reason::TooMany);
            return false;
        }
        self.records += 1;
        true
    }

    /// Something to tell the user.
    pub(crate) fn warn(&mut self, warning: Warning) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(warning);
        } else {
            self.unsaid += 1;
        }
    }

    /// Ends the file early; the first reason stands.
    pub(crate) fn end(&mut self, outcome: Outcome, reason: Reason) {
        self.ended.get_or_insert((outcome, reason));
    }

    /// Ends the file with nothing read, and says why.
    pub(crate) fn skip(&mut self, reason: Reason, code: &'static str, message: impl Into<String>) {
        self.warn(Warning::new(code, message));
        self.end(Outcome::Skipped, reason);
    }

    /// Ends the file in the middle, and says why.
    pub(crate) fn cut(&mut self, reason: Reason, code: &'static str, message: impl Into<String>) {
        self.warn(Warning::new(code, message));
        self.end(Outcome::Truncated, reason);
    }

    /// Records seen so far.
    pub(crate) fn records(&self) -> u32 {
        self.records
    }

    /// Closes the book: ids are given, the outcome is decided. `bytes` are those of the file.
    pub(crate) fn close(mut self, bytes: &[u8]) -> ReadFile {
        let single = self.articles.len() == 1;
        let several = !single || self.records > 1;
        for (i, article) in self.articles.iter_mut().enumerate() {
            article.path = self.path.map(|p| scrub_given(p).into_owned());
            if single && !several {
                // A file of one article: copies of it are known by the hash of the whole file.
                article.hash = self.whole.unwrap_or_else(|| ContentHash::of(bytes));
            }
            article.id = Some(if single {
                ArticleId::new(self.name)
            } else {
                ArticleId::new(format!("{}#{}", self.name, i + 1))
            });
        }
        let (outcome, reason) = match self.ended {
            Some((Outcome::Truncated, reason)) if self.articles.is_empty() && self.copies == 0 => {
                (Outcome::Skipped, Some(reason))
            }
            Some((outcome, reason)) => (outcome, Some(reason)),
            None if !self.articles.is_empty() => (Outcome::Loads, None),
            None if self.bad > 0 => (Outcome::Skipped, Some(Reason::Malformed)),
            None => (Outcome::Skipped, Some(Reason::NoArticle)),
        };
        if outcome == Outcome::Skipped {
            self.articles.clear();
        }
        if self.unsaid > 0 {
            self.warnings.push(Warning::new(
                "more-warnings",
                format!("{} more warnings of this kind were left out", self.unsaid),
            ));
        }
        let articles = self.articles.len() as u32;
        ReadFile {
            report: FileReport {
                file: self.name.to_owned(),
                raw_file: None,
                outcome,
                reason,
                records: articles + self.copies + self.bad,
                articles,
                copies: self.copies,
                bad_records: self.bad,
                warnings: self.warnings.into_iter().map(clean_warning).collect(),
            },
            articles: self.articles,
        }
    }
}

/// Tells apart ids that several articles of one run give themselves.
///
/// The second `a1` becomes `a1~2`. Feeding it every id of a run in order keeps ids unique over
/// the run, whatever `~` the ids themselves hold.
#[derive(Debug, Default)]
pub struct UniqueIds {
    seen: HashSet<ArticleId>,
}

impl UniqueIds {
    /// The id to use for `id`, and a warning where it is another one.
    pub fn take(&mut self, id: &ArticleId) -> (ArticleId, Option<Warning>) {
        if self.seen.insert(id.clone()) {
            return (id.clone(), None);
        }
        let mut n = 2_u64;
        loop {
            let other = ArticleId::new(format!("{id}~{n}"));
            if self.seen.insert(other.clone()) {
                let mut warning = Warning::new(
                    "same-id",
                    format!("the id {id} was used before; this one is called {other}"),
                );
                warning.hint = Some("give every record an id of its own".to_owned());
                return (other, Some(warning));
            }
            // Doubling first keeps a million equal ids from being quadratic.
            n = self.next_free(id, n);
        }
    }

    /// A number that is free for `id`, found by doubling and halving.
    fn next_free(&self, id: &ArticleId, taken: u64) -> u64 {
        let used = |n: u64| self.seen.contains(&ArticleId::new(format!("{id}~{n}")));
        let (mut low, mut high) = (taken, taken.saturating_mul(2));
        while used(high) {
            low = high;
            high = high.saturating_mul(2);
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if used(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Place;

    fn draft(text: &str) -> Draft {
        Draft::at(text.to_owned(), Place { line: 1, byte: 0 })
    }

    #[test]
    fn the_sums_balance() {
        let mut intake = Intake::new("f", None, Options::default());
        intake.article(draft("one"), b"one");
        intake.article(draft("one"), b"one");
        intake.bad(Warning::new("bad-record", "x"));
        let read = intake.close(b"whole");
        let r = &read.report;
        assert_eq!(
            (r.records, r.articles, r.copies, r.bad_records),
            (3, 1, 1, 1)
        );
        assert_eq!(read.articles[0].id().as_str(), "f");
        assert_eq!(r.outcome, Outcome::Loads);
    }

    #[test]
    fn second_ids_get_a_number() {
        let mut ids = UniqueIds::default();
        let id = ArticleId::new("a");
        let made: Vec<String> = (0..6).map(|_| ids.take(&id).0.to_string()).collect();
        assert_eq!(made, ["a", "a~2", "a~3", "a~4", "a~5", "a~6"]);
        assert!(ids.take(&ArticleId::new("a~2")).1.is_some());
    }
}
