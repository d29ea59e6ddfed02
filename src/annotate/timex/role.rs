//! What a word does in an expression: the roles that `assets/timex/roles.tsv` gives to forms.

use super::value::Toward;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

/// A role; in `roles.tsv` it is written in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[rustfmt::skip] // One variant a line would say no more.
pub(super) enum Role {
    The, A, Of, In, On, At, To, And, Or, From, Until, Through, Between, By, Per, This, These, That, Those, Last, Past, Previous, Latest, Most, Next, Following, Coming, Current, Same, Recent, Final, New, Ago, Earlier, Later, Before, After, Hence, Early, Late, Mid, Middle, Start, End, Eve, Every, Each, Other, Once, Twice, Times, Half, Full, Fiscal, Financial, School, Calendar, Approx, Less, Just, Only, More, Least, Than, Up, As, Well, So, Ahead, Out, Period, Ended, Ends,
    Plurals, Oclock, Noon, Midnight, Bc, Ad, Am, Pm, Today, Tonight, Yesterday, Tomorrow, No, Yearend,
}

impl Role {
    /// The role of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name: StrDeserializer<Error> = name.into_deserializer();
        Self::deserialize(name).ok()
    }

    /// Which of several candidates it points to; [`Toward::Open`] for any other role.
    pub(super) const fn toward(self) -> Toward {
        match self {
            Self::Last | Self::Past => Toward::Last,
            Self::Next | Self::Coming => Toward::Next,
            Self::This => Toward::This,
            Self::Previous => Toward::RunningLast,
            Self::Following => Toward::RunningNext,
            _ => Toward::Open,
        }
    }
}
