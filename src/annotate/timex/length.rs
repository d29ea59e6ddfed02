//! How TIMEX3 writes lengths: `P2W`, `PT2H30M`, `P2Y6M`, `PXY`.

use super::value::{Amount, Unit};

/// The TIMEX3 value of a length: `P2W`, `PT2H30M`, `P2Y6M`, `PXY`.
pub(super) fn value(amount: Amount, unit: Unit) -> String {
    let (letter, factor) = unit.letter();
    let time = if unit.is_clock() { "T" } else { "" };
    match amount {
        Amount::Exact(count) => match count.checked_mul(factor) {
            Some(count) => format!("P{time}{count}{letter}"),
            None => format!("P{time}X{letter}"),
        },
        Amount::Vague => match unit {
            Unit::Quarter => "PXQ".to_owned(),
            _ => format!("P{time}X{letter}"),
        },
        Amount::AndHalf(whole) => {
            let (small, half) = match unit {
                Unit::Hour => ("M", 30),
                Unit::Minute => ("S", 30),
                Unit::Year => ("M", 6),
                Unit::Day => ("TH", 12),
                Unit::Decade => ("Y", 5),
                Unit::Century => ("Y", 50),
                _ => return format!("P{time}{whole}.5{letter}"),
            };
            match (small, factor) {
                ("Y", factor) => format!("P{}Y", whole.saturating_mul(factor).saturating_add(half)),
                ("TH", _) if whole == 0 => format!("PT{half}H"),
                ("TH", _) => format!("P{whole}DT{half}H"),
                _ if whole == 0 => format!("P{time}{half}{small}"),
                _ => format!("P{time}{whole}{letter}{half}{small}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_timex3() {
        assert_eq!(value(Amount::Exact(2), Unit::Quarter), "P6M");
        assert_eq!(value(Amount::AndHalf(2), Unit::Year), "P2Y6M");
        assert_eq!(value(Amount::AndHalf(0), Unit::Hour), "PT30M");
        assert_eq!(value(Amount::Vague, Unit::Hour), "PTXH");
    }
}
