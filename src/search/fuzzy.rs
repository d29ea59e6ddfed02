//! Fuzzy matching of short strings: the only user of the `fuzzy-matcher` crate.
//!
//! Strings are folded before they are compared (case, accents) and positions are mapped back to
//! the original. For lists of short entries (commands, words of a dictionary); on sentences
//! scattered letters mean nothing, so [`super::index`] matches words there.

use crate::text::normalize;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::sync::LazyLock;

static MATCHER: LazyLock<SkimMatcherV2> = LazyLock::new(SkimMatcherV2::default);

/// How well `pattern` fits `choice` as a subsequence, and the code points of `choice` that it
/// takes, rising; `None` where it does not fit. An empty pattern fits everything with score 0.
///
/// ```
/// use dateline::search::fuzzy;
/// let (_, at) = fuzzy::fit("Éditeur externe", "edit").unwrap();
/// assert_eq!(at, [0, 1, 2, 3]);
/// ```
pub fn fit(choice: &str, pattern: &str) -> Option<(i64, Vec<usize>)> {
    if pattern.is_empty() {
        return Some((0, Vec::new()));
    }
    let (folded, map) = normalize::fold_mapped(choice);
    let (score, found) = MATCHER.fuzzy_indices(&folded, &normalize::fold(pattern))?;
    // From folded characters to bytes of the original, and from those to its code points.
    let starts: Vec<u32> = choice.char_indices().map(|(at, _)| at as u32).collect();
    let mut points: Vec<usize> = found
        .into_iter()
        .filter_map(|at| starts.binary_search(map.get(at)?).ok())
        .collect();
    points.dedup();
    Some((score, points))
}

/// How well a folded query word fits a folded word as a subsequence; `None` where its letters lie
/// too far apart to be a slip.
pub(super) fn within_word(word: &str, query: &str) -> Option<i64> {
    let extra = word.chars().count().checked_sub(query.chars().count())?;
    let same_start = word.chars().next() == query.chars().next();
    if !same_start || extra > 4 {
        return None;
    }
    MATCHER.fuzzy_match(word, query)
}

/// How a folded query word differs from a folded word by one slip at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// One letter added, lost, wrong, or two neighbours swapped (Damerau 1964).
    Word,
    /// The same, but against the beginning of the word.
    Start,
}

/// Tells whether `query` is `word`, or its beginning, with one slip. Both are slices of characters.
pub(super) fn slip(word: &[char], query: &[char]) -> Option<Slip> {
    let same = word.iter().zip(query).take_while(|(a, b)| a == b).count();
    let (word, query) = (word.get(same..)?, query.get(same..)?);
    let Some((_, rest)) = query.split_first() else {
        // The query is the beginning of the word: one letter was lost at the end, or it is a
        // prefix, which is not for this test.
        return (word.len() <= 1).then_some(Slip::Word);
    };
    let ends = |tail: &[char], rest: &[char]| {
        let whole = tail.len() == rest.len();
        let how = if whole { Slip::Word } else { Slip::Start };
        tail.starts_with(rest).then_some(how)
    };
    let added = ends(word, rest);
    let lost = word.get(1..).and_then(|tail| ends(tail, query));
    let wrong = word.get(1..).and_then(|tail| ends(tail, rest));
    let swapped = match (word, query) {
        ([a, b, tail @ ..], [c, d, rest @ ..]) if a == d && b == c => ends(tail, rest),
        _ => None,
    };
    let all = [added, lost, wrong, swapped];
    if all.contains(&Some(Slip::Word)) {
        return Some(Slip::Word);
    }
    all.into_iter().flatten().next()
}

/// Tells whether `query` is `word` with `most` slips or fewer: letters added, lost, wrong, or two neighbours swapped
/// (optimal string alignment). Both are slices of characters.
pub(super) fn slips(word: &[char], query: &[char], most: usize) -> bool {
    if word.len().abs_diff(query.len()) > most {
        return false;
    }
    let mut rows = [
        vec![usize::MAX; query.len() + 1],
        (0..=query.len()).collect::<Vec<_>>(),
        vec![0; query.len() + 1],
    ];
    let [older, old, new] = &mut rows;
    for (i, a) in word.iter().enumerate() {
        new[0] = i + 1;
        for (j, b) in query.iter().enumerate() {
            let wrong = old[j] + usize::from(a != b);
            let mut least = wrong.min(old[j + 1] + 1).min(new[j] + 1);
            if i > 0 && j > 0 && *a == query[j - 1] && word[i - 1] == *b {
                least = least.min(older[j - 1] + 1);
            }
            new[j + 1] = least;
        }
        if new.iter().all(|slips| *slips > most) {
            return false;
        }
        std::mem::swap(older, old);
        std::mem::swap(old, new);
    }
    old.last().is_some_and(|slips| *slips <= most)
}

/// How well a folded word fits a folded headline as a subsequence; `None` where it does not.
pub(super) fn score(title: &str, word: &str) -> Option<i64> {
    MATCHER.fuzzy_match(title, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slipped(word: &str, query: &str) -> Option<Slip> {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        slip(&chars(word), &chars(query))
    }

    #[test]
    fn one_slip_of_each_sort() {
        for query in [
            "harbr", "harbours", "harbuor", "hardour", "harbou", "arbour",
        ] {
            let hit = slipped("harbour", query) == Some(Slip::Word);
            assert_eq!(hit, query != "harbr", "{query}");
        }
        assert_eq!(slipped("harbourmaster", "hrabour"), Some(Slip::Start));
        assert_eq!(slipped("harbour", "hrabuor"), None);
        assert_eq!(slipped("", "a"), Some(Slip::Word));
    }

    #[test]
    fn two_slips_are_counted() {
        let near = |word: &str, query: &str| {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            slips(&chars(word), &chars(query), 2)
        };
        for query in [
            "lukahsenka",
            "lukshenk",
            "lukashenko",
            "ulkashekno",
            "lukaschenkoo",
        ] {
            assert!(near("lukashenko", query), "{query}");
        }
        for query in ["lukasheo", "xyzashenko", "lukahsnkeo", "luka"] {
            assert_eq!(near("lukashenko", query), query == "lukasheo", "{query}");
        }
    }

    #[test]
    fn positions_are_those_of_the_original() {
        let (_, at) = fit("Straße nach Łódź", "lodz").unwrap();
        assert_eq!(at, [12, 13, 14, 15]);
        assert!(fit("open", "xyz").is_none());
    }

    #[test]
    fn letters_of_one_word_lie_close() {
        assert!(within_word("harbour", "hrbour").is_some());
        assert!(within_word("harbourmaster", "hbr").is_none());
    }
}
