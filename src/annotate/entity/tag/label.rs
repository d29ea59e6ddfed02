//! The labels a token can carry: outside, or beginning / inside of a name of one kind.

use crate::annotate::EntityKind;

/// Number of labels: `O`, then `B` and `I` of each kind in the order of [`EntityKind::ALL`].
pub(crate) const LABELS: usize = 11;

/// The label of a token outside every name.
pub(crate) const OUTSIDE: usize = 0;

/// Scores of one token, one a label.
pub(crate) type Scores = [i32; LABELS];

/// A set of labels, one bit each.
#[cfg(any(test, feature = "train"))]
pub(crate) type LabelSet = u16;

/// Every label.
#[cfg(any(test, feature = "train"))]
pub(crate) const ANY: LabelSet = (1 << LABELS) - 1;

/// The label that begins a name of the kind with this number.
pub(crate) const fn begin(kind: usize) -> usize {
    1 + 2 * kind
}

/// The label inside a name of the kind with this number.
pub(crate) const fn inside(kind: usize) -> usize {
    2 + 2 * kind
}

/// The number of the kind of a label; `None` for [`OUTSIDE`].
pub(crate) const fn kind_of(label: usize) -> Option<usize> {
    if label == OUTSIDE {
        None
    } else {
        Some((label - 1) / 2)
    }
}

/// True for a label inside a name.
pub(crate) const fn is_inside(label: usize) -> bool {
    label != OUTSIDE && label.is_multiple_of(2)
}

/// The kind with this number.
pub(crate) fn kind(number: usize) -> EntityKind {
    EntityKind::ALL
        .get(number)
        .copied()
        .unwrap_or(EntityKind::Misc)
}

/// True where `next` may follow `before`: an inside needs a beginning or inside of its own kind.
pub(crate) const fn may_follow(before: usize, next: usize) -> bool {
    !is_inside(next) || before == next || before + 1 == next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insides_follow_their_own_kind_only() {
        assert!(may_follow(begin(0), inside(0)));
        assert!(may_follow(inside(0), inside(0)));
        assert!(!may_follow(OUTSIDE, inside(0)));
        assert!(!may_follow(begin(1), inside(0)));
        assert!(may_follow(inside(1), begin(0)));
        assert_eq!(kind(kind_of(inside(2)).unwrap_or(9)), EntityKind::Place);
        assert_eq!(ANY.count_ones() as usize, LABELS);
    }
}
