//! Two articles word by word: which words only one of them has, and which paragraphs belong side
//! by side.
//!
//! The difference of the words is that of E. Myers, "An O(ND) difference algorithm and its
//! variations" (1986). Paragraphs are paired by the words that they share, in order; what has no
//! partner stands alone.

use crate::annotate::Annotated;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Words of an article that are compared: texts that share nothing need time quadratic in it.
const MOST: usize = 8000;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Word {
    /// As written.
    pub(in crate::tui) text: String,
    /// The other article does not have it here.
    pub(in crate::tui) differs: bool,
}

/// A paragraph of one article beside that of the other; one of the two may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) struct Pair {
    /// On the left.
    pub(in crate::tui) left: Vec<Word>,
    /// On the right.
    pub(in crate::tui) right: Vec<Word>,
}

impl Pair {
    /// True where the two are not the same.
    pub(in crate::tui) fn differs(&self) -> bool {
        self.left.iter().chain(&self.right).any(|word| word.differs)
    }
}

/// What two articles have in common and what they have not.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Diff {
    /// Paragraphs side by side.
    pub(in crate::tui) pairs: Vec<Pair>,
    /// Words that both have.
    pub(in crate::tui) shared: usize,
    /// Words that only the left one has, and only the right one.
    pub(in crate::tui) only: (usize, usize),
    /// Not all was compared.
    pub(in crate::tui) cut: bool,
}

/// The words of an article, and the range of each of its paragraphs in them.
struct Words<'a> {
    all: Vec<&'a str>,
    paragraphs: Vec<Range<usize>>,
    cut: bool,
}

impl<'a> Words<'a> {
    fn of(article: &'a Annotated) -> Self {
        let text = article.text();
        let mut made = Self {
            all: Vec::new(),
            paragraphs: Vec::new(),
            cut: false,
        };
        let blocks = article
            .blocks
            .iter()
            .filter(|block| block.role.is_analysed());
        let mut spans: Vec<&str> = blocks.map(|block| block.span.of(text)).collect();
        if article.blocks.is_empty() {
            spans = text.lines().collect();
        }
        for span in spans {
            let from = made.all.len();
            made.all.extend(span.split_whitespace());
            if made.all.len() > MOST {
                made.all.truncate(MOST);
                made.cut = true;
            }
            if made.all.len() > from {
                made.paragraphs.push(from..made.all.len());
            }
        }
        made
    }

    fn paragraph(&self, index: usize, partner: &[Option<usize>]) -> Vec<Word> {
        let range = self.paragraphs.get(index).cloned().unwrap_or(0..0);
        let word = |at: usize| {
            Some(Word {
                text: (*self.all.get(at)?).to_owned(),
                differs: partner.get(at).copied().flatten().is_none(),
            })
        };
        range.filter_map(word).collect()
    }
}

/// Compares two articles.
pub(in crate::tui) fn diff(left: &Annotated, right: &Annotated) -> Diff {
    let (left, right) = (Words::of(left), Words::of(right));
    let mut of_left: Vec<Option<usize>> = vec![None; left.all.len()];
    let mut of_right: Vec<Option<usize>> = vec![None; right.all.len()];
    let mut shared = 0;
    for op in capture_diff_slices(Algorithm::Myers, &left.all, &right.all) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            shared += len;
            for (old, new) in (old_index..old_index + len).zip(new_index..) {
                if let (Some(a), Some(b)) = (of_left.get_mut(old), of_right.get_mut(new)) {
                    (*a, *b) = (Some(new), Some(old));
                }
            }
        }
    }
    let partners = partners(&left, &right, &of_left);
    let mut pairs = Vec::new();
    let mut next = 0;
    for (at, partner) in partners.into_iter().enumerate() {
        let beside = partner.unwrap_or(next);
        for alone in next..beside {
            pairs.push(Pair {
                left: Vec::new(),
                right: right.paragraph(alone, &of_right),
            });
        }
        next = partner.map_or(next, |partner| partner + 1);
        pairs.push(Pair {
            left: left.paragraph(at, &of_left),
            right: partner.map_or_else(Vec::new, |partner| right.paragraph(partner, &of_right)),
        });
    }
    for alone in next..right.paragraphs.len() {
        pairs.push(Pair {
            left: Vec::new(),
            right: right.paragraph(alone, &of_right),
        });
    }
    Diff {
        pairs,
        shared,
        only: (left.all.len() - shared, right.all.len() - shared),
        cut: left.cut || right.cut,
    }
}

/// For each paragraph of the left article that of the right one which shares most of its words.
fn partners(left: &Words<'_>, right: &Words<'_>, of_left: &[Option<usize>]) -> Vec<Option<usize>> {
    let paragraph_of = |word: usize| right.paragraphs.partition_point(|range| range.end <= word);
    let mut next = 0;
    let mut made = Vec::with_capacity(left.paragraphs.len());
    for range in &left.paragraphs {
        // Partners rise with the words, so equal ones stand side by side.
        let words = of_left.get(range.clone()).unwrap_or(&[]).iter().flatten();
        let beside: Vec<usize> = words.map(|word| paragraph_of(*word)).collect();
        let runs = beside
            .chunk_by(|a, b| a == b)
            .filter(|run| run.first() >= Some(&next));
        let best = runs
            .rev()
            .max_by_key(|run| run.len())
            .and_then(|run| run.first().copied());
        next = best.map_or(next, |best| best + 1);
        made.push(best);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn article(text: &str) -> Annotated {
        Annotated::new(Arc::new(Article {
            text: text.to_owned(),
            ..Article::default()
        }))
    }

    fn marked(words: &[Word]) -> String {
        let mark = |word: &Word| {
            if word.differs {
                format!("[{}]", word.text)
            } else {
                word.text.clone()
            }
        };
        words.iter().map(mark).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn changed_words_are_marked_and_new_paragraphs_stand_alone() {
        let left = article(
            "Harbour strike begins\nSome 400 workers walked out.\nTalks are set for Friday.",
        );
        let right = article(
            "Harbour strike goes on\nThe mayor was silent.\nSome 450 workers walked out.\nTalks are set for Friday.",
        );
        let made = diff(&left, &right);
        let shown: Vec<(String, String)> = made
            .pairs
            .iter()
            .map(|pair| (marked(&pair.left), marked(&pair.right)))
            .collect();
        let wanted = [
            ("Harbour strike [begins]", "Harbour strike [goes] [on]"),
            ("", "[The] [mayor] [was] [silent.]"),
            (
                "Some [400] workers walked out.",
                "Some [450] workers walked out.",
            ),
            ("Talks are set for Friday.", "Talks are set for Friday."),
        ];
        let shown: Vec<(&str, &str)> = shown
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(shown, wanted);
        assert_eq!((made.shared, made.only), (11, (2, 7)));
        assert_eq!(made.pairs.iter().filter(|pair| pair.differs()).count(), 3);
    }

    proptest! {
        #[test]
        fn no_word_is_lost(left in "[a-d \n]{0,120}", right in "[a-d \n]{0,120}") {
            let made = diff(&article(&left), &article(&right));
            let words = |side: fn(&Pair) -> &Vec<Word>| -> Vec<String> {
                made.pairs.iter().flat_map(side).map(|word| word.text.clone()).collect()
            };
            let (a, b) = (words(|pair| &pair.left), words(|pair| &pair.right));
            prop_assert_eq!(a, left.split_whitespace().collect::<Vec<_>>());
            prop_assert_eq!(b, right.split_whitespace().collect::<Vec<_>>());
            let differ = |words: &[Pair]| words.iter().flat_map(|pair| &pair.left).filter(|word| word.differs).count();
            prop_assert_eq!(differ(&made.pairs), made.only.0);
        }
    }
}
