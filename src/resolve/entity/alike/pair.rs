//! What two names have of each other, as numbers that a regression can weigh.

use super::align::{Alignment, How, align};
use super::token::{Name, Role};
use super::{Weights, word};

/// The names of what `features` gives, in its order; `alike.txt` has a weight of each for names of
/// persons and one for names of things.
pub const NAMES: [&str; 36] = [
    "bias",
    "weakest-word",
    "mean-of-words",
    "one-letter-differs",
    "two-letters-differ",
    "three-letters-differ",
    "four-letters-differ",
    "more-letters-differ",
    "share-of-word-that-differs",
    "share-of-name-that-differs",
    "first-letter-of-word-differs",
    "spelled-words",
    "short-word-differs",
    "word-replaced",
    "more-words-replaced",
    "replaced-letters",
    "replaced-words-alike",
    "word-added",
    "more-words-added",
    "added-share",
    "added-first",
    "added-last",
    "added-in-the-middle",
    "other-order",
    "two-words-swapped",
    "given-name-variant",
    "initial",
    "written-in-one",
    "same-legal-form",
    "other-legal-form",
    "one-legal-form",
    "numbers-differ",
    "number-added",
    "single-words",
    "single-beside-full",
    "three-words-and-more",
];

/// Two names, compared.
pub(super) struct Compared {
    pub a: Name,
    pub b: Name,
    pub alignment: Alignment,
    pub features: [f32; NAMES.len()],
}

/// Compares two names word by word.
pub(super) fn compare(weights: &Weights, a: Name, b: Name, person: bool) -> Compared {
    let alignment = align(weights, &a, &b, person);
    let features = features(&a, &b, &alignment);
    Compared {
        a,
        b,
        alignment,
        features,
    }
}

fn features(a: &Name, b: &Name, alignment: &Alignment) -> [f32; NAMES.len()] {
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let letters = |name: &Name, at: &[usize]| -> usize {
        at.iter().map(|at| name.tokens[*at].text.len()).sum()
    };
    let number = |name: &Name, at: &&usize| name.tokens[**at].role == Role::Number;
    let pairs = &alignment.pairs;
    let [left_a, left_b] = &alignment.left;
    // Numbers that answer to none are told apart from words.
    let numbers = [
        left_a.iter().filter(|at| number(a, at)).count(),
        left_b.iter().filter(|at| number(b, at)).count(),
    ];
    let words = |name: &Name, left: &[usize]| -> Vec<usize> {
        left.iter()
            .filter(|at| !number(name, at))
            .copied()
            .collect()
    };
    let (left_a, left_b) = (words(a, left_a), words(b, left_b));
    // One name written in one word altogether.
    let glued = a.joined.len() > 4 && word::distance(&a.joined, &b.joined) <= 1
        || (a.tokens.len() != b.tokens.len() && a.joined == b.joined);
    let replaced = left_a.len().min(left_b.len());
    let added = left_a.len().abs_diff(left_b.len());
    let (longer, left) = if left_a.len() >= left_b.len() {
        (a, &left_a)
    } else {
        (b, &left_b)
    };
    let spelled = || pairs.iter().filter(|pair| pair.how == How::Spelled);
    let worst = spelled().map(|pair| pair.edits).max().unwrap_or(0);
    let shares = spelled().map(|pair| {
        let longest = a.tokens[pair.a].text.len().max(b.tokens[pair.b].text.len());
        pair.edits as f32 / longest as f32
    });
    let heard = || pairs.iter().filter(|pair| pair.how != How::Initial);
    let weakest = heard().map(|pair| pair.odds).fold(word::SURE, f32::min);
    let mean = heard().map(|p| p.odds).sum::<f32>() / heard().count().max(1) as f32;
    let in_order = pairs.windows(2).all(|two| two[0].b <= two[1].b);
    let two = a.tokens.len() == 2 && b.tokens.len() == 2;
    let whole = a.joined.len().max(b.joined.len()).max(1);
    let (short, long) = (
        a.tokens.len().min(b.tokens.len()),
        a.tokens.len().max(b.tokens.len()),
    );
    let alike_left = left_a
        .iter()
        .flat_map(|x| left_b.iter().map(move |y| (*x, *y)))
        .map(|(x, y)| {
            let (x, y) = (&a.tokens[x].text, &b.tokens[y].text);
            1.0 - word::distance(x, y) as f32 / x.len().max(y.len()) as f32
        })
        .fold(0.0, f32::max);
    let at_first = left.first() == Some(&0);
    let last = longer.tokens.len().checked_sub(1);
    let at_last = last.is_some() && left.last() == last.as_ref();
    let first_differs = spelled()
        .any(|p| a.tokens[p.a].text.as_bytes().first() != b.tokens[p.b].text.as_bytes().first());
    let short_differs =
        spelled().any(|p| a.tokens[p.a].text.len().min(b.tokens[p.b].text.len()) <= 4);
    let apart = !glued;
    [
        1.0,
        if glued { word::SURE } else { weakest } / word::SURE,
        if glued { word::SURE } else { mean } / word::SURE,
        flag(apart && worst == 1),
        flag(apart && worst == 2),
        flag(apart && worst == 3),
        flag(apart && worst == 4),
        flag(apart && worst > 4),
        shares.fold(0.0, f32::max),
        word::distance(&a.joined, &b.joined) as f32 / whole as f32,
        flag(apart && first_differs),
        (spelled().count() as f32 - 1.0).max(0.0),
        flag(apart && short_differs),
        flag(apart && replaced == 1),
        flag(apart && replaced > 1),
        if apart && replaced > 0 {
            letters(a, &left_a).min(letters(b, &left_b)) as f32 / whole as f32
        } else {
            0.0
        },
        if apart && replaced > 0 {
            alike_left
        } else {
            0.0
        },
        flag(apart && added == 1),
        flag(apart && added > 1),
        if apart && added > 0 {
            letters(longer, left) as f32 / whole as f32
        } else {
            0.0
        },
        flag(apart && added > 0 && at_first),
        flag(apart && added > 0 && at_last),
        flag(apart && added > 0 && !at_first && !at_last),
        flag(!in_order),
        flag(!in_order && two),
        pairs.iter().filter(|p| p.how == How::Given).count() as f32,
        pairs.iter().filter(|p| p.how == How::Initial).count() as f32,
        flag(glued || pairs.iter().any(|p| p.how == How::Joined)),
        flag(a.form.is_some() && a.form == b.form),
        flag(a.form.is_some() && b.form.is_some() && a.form != b.form),
        flag(a.form.is_some() != b.form.is_some()),
        flag(numbers[0] > 0 && numbers[1] > 0),
        flag((numbers[0] > 0) != (numbers[1] > 0)),
        flag(long == 1),
        flag(short == 1 && long > 1),
        flag(short > 2),
    ]
}
