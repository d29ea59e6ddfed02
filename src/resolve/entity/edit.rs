//! How alike two spellings are: a learned weighted edit distance, with the letters that differ.
//!
//! The table (`assets/resolve/edits.txt`) says what it costs to write `kh` for `k`, to drop a
//! doubled letter and so on; it was learned from pairs of Latin spellings of one native name. Words
//! are compared folded (lower case, without accents). Symmetric: `evidence(a, b)` is
//! `evidence(b, a)`. Method: stochastic edit distance (Ristad and Yianilos, 1998) with operations
//! of up to three letters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// Longer words are only compared for equality: the table says nothing about them.
const LONGEST: usize = 28;

/// What a letter of a name is worth as evidence, in the unit of the costs.
const PER_LETTER: f32 = 0.94;

/// Most letters that an operation takes from one word.
const WIDEST: usize = 3;

/// Keys are already well mixed letters: one multiplication spreads them.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

struct Table {
    /// Cost of one letter for another; row or column 26 is nothing.
    single: [[f32; 27]; 27],
    /// By the letters taken from the first word (see [`pack`]): what may stand for them.
    several: HashMap<u32, Vec<Operation>, BuildHasherDefault<Spread>>,
    default: f32,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        single: [[9.6; 27]; 27],
        several: HashMap::default(),
        default: 9.6,
    };
    for line in include_str!("../../../assets/resolve/edits.txt").lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        match fields.as_slice() {
            ["default", cost] => {
                table.default = cost.parse().unwrap_or(table.default);
                table.single = [[table.default; 27]; 27];
            }
            [from, to, cost] if !from.starts_with('#') => {
                let Ok(cost) = cost.parse::<f32>() else {
                    continue;
                };
                let bare = |side: &'static str| if side == "-" { "" } else { side };
                let (from, to) = (bare(from), bare(to));
                if from.len() < 2 && to.len() < 2 {
                    let (a, b) = (letter(from.as_bytes()), letter(to.as_bytes()));
                    table.single[a][b] = cost;
                    table.single[b][a] = cost;
                } else {
                    table.insert(from, to, cost);
                    if from != to {
                        table.insert(to, from, cost);
                    }
                }
            }
            _ => {}
        }
    }
    table
});

fn letter(side: &[u8]) -> usize {
    match side {
        [c @ b'a'..=b'z', ..] => (c - b'a') as usize,
        _ => 26,
    }
}

/// At most three letters as a number; their count is part of it.
fn pack(side: &[u8]) -> u32 {
    side.iter().fold(1, |key, c| key << 8 | u32::from(*c))
}

/// What may stand for some letters.
#[derive(Clone, Copy)]
struct Operation {
    /// Letters taken from the second word, see [`pack`].
    to: u32,
    length: usize,
    cost: f32,
}

impl Table {
    fn insert(&mut self, from: &str, to: &str, cost: f32) {
        let operation = Operation {
            to: pack(to.as_bytes()),
            length: to.len(),
            cost,
        };
        self.several
            .entry(pack(from.as_bytes()))
            .or_default()
            .push(operation);
    }

    fn one(&self, a: &[u8], b: &[u8]) -> f32 {
        match (a, b) {
            ([x], [y]) if !x.is_ascii_lowercase() || !y.is_ascii_lowercase() => {
                if x == y {
                    0.4
                } else {
                    self.default
                }
            }
            ([x], []) | ([], [x]) if !x.is_ascii_lowercase() => {
                if matches!(x, b'-' | b'\'') {
                    1.0
                } else {
                    self.default
                }
            }
            _ => self.single[letter(a)][letter(b)],
        }
    }
}

/// The letters that differ between two spellings, as (in the first, in the second).
pub(super) type Changes = Vec<(String, String)>;

/// Weight of evidence that two folded words are spellings of one name; higher is more alike.
///
/// Equal words of n letters give about n/2; unrelated words far below -10. Measured on
/// pairs of single names, -7 is the best single threshold against random pairs, -5 against
/// deliberately close ones.
pub(super) fn evidence(a: &str, b: &str) -> f32 {
    let length = (a.len() + b.len()) as f32 / 2.0;
    PER_LETTER * length - cost(a.as_bytes(), b.as_bytes(), f32::INFINITY, None)
}

/// [`evidence`], or any value below `least` where it is less than that, in less time.
pub(super) fn evidence_above(a: &str, b: &str, least: f32) -> f32 {
    let length = (a.len() + b.len()) as f32 / 2.0;
    let most = PER_LETTER * length - least;
    PER_LETTER * length - cost(a.as_bytes(), b.as_bytes(), most, None)
}

/// What differs, cheapest reading.
pub(super) fn changes(a: &str, b: &str) -> Changes {
    let mut back = Vec::new();
    cost(a.as_bytes(), b.as_bytes(), f32::INFINITY, Some(&mut back));
    let width = b.len() + 1;
    let (mut i, mut j) = (a.len(), b.len());
    let mut found: Changes = Vec::new();
    // True while the operation read last was a change too: neighbours are told as one.
    let mut running = false;
    while i + j > 0 {
        let Some((left, right)) = back.get(i * width + j).copied() else {
            break;
        };
        if left + right == 0 || left > i || right > j {
            break;
        }
        let from = a.get(i - left..i).unwrap_or("?");
        let to = b.get(j - right..j).unwrap_or("?");
        if from == to {
            running = false;
        } else {
            match found.last_mut().filter(|_| running) {
                Some((more_from, more_to)) => {
                    more_from.insert_str(0, from);
                    more_to.insert_str(0, to);
                }
                None => found.push((from.to_owned(), to.to_owned())),
            }
            running = true;
        }
        (i, j) = (i - left, j - right);
    }
    found.reverse();
    found
}

/// Cost of the cheapest reading; infinite where it is seen to be above `most`.
fn cost(a: &[u8], b: &[u8], most: f32, mut back: Option<&mut Vec<(usize, usize)>>) -> f32 {
    if a.len() > LONGEST || b.len() > LONGEST {
        return if a == b { 0.0 } else { 1000.0 };
    }
    let table = &*TABLE;
    let width = b.len() + 1;
    let mut best = [f32::INFINITY; (LONGEST + 1) * (LONGEST + 1)];
    best[0] = 0.0;
    if let Some(back) = back.as_deref_mut() {
        back.resize(width * (a.len() + 1), (0, 0));
    }
    let mut reach =
        |best: &mut [f32], from: f32, i: usize, j: usize, (x, y): (usize, usize), cost: f32| {
            let at = (i + x) * width + j + y;
            if from + cost < best[at] {
                best[at] = from + cost;
                if let Some(slot) = back.as_deref_mut().and_then(|back| back.get_mut(at)) {
                    *slot = (x, y);
                }
            }
        };
    // What the second word begins with at each place: one, two and three letters.
    let mut ahead = [[0_u32; WIDEST + 1]; LONGEST + 1];
    for (j, ahead) in ahead.iter_mut().enumerate().take(b.len() + 1) {
        for (length, packed) in ahead.iter_mut().enumerate() {
            *packed = b.get(j..j + length).map_or(0, pack);
        }
    }
    // Rows in a row that are too dear: no reading can leap over so many.
    let mut dear = 0;
    for i in 0..=a.len() {
        let rest_a = &a[i..];
        let mut row = f32::INFINITY;
        let mut starts: [&[Operation]; WIDEST + 1] = [&[]; WIDEST + 1];
        for (length, operations) in starts.iter_mut().enumerate() {
            let from = rest_a.get(..length).map(pack);
            if let Some(found) = from.and_then(|from| table.several.get(&from)) {
                *operations = found;
            }
        }
        for j in 0..=b.len() {
            let here = best[i * width + j];
            row = row.min(here);
            if here > most || here.is_infinite() {
                continue;
            }
            let rest_b = &b[j..];
            if let (Some(x), Some(y)) = (rest_a.get(..1), rest_b.get(..1)) {
                reach(&mut best, here, i, j, (1, 1), table.one(x, y));
            }
            if let Some(x) = rest_a.get(..1) {
                reach(&mut best, here, i, j, (1, 0), table.one(x, &[]));
            }
            if let Some(y) = rest_b.get(..1) {
                reach(&mut best, here, i, j, (0, 1), table.one(&[], y));
            }
            for (length, operations) in starts.iter().enumerate() {
                for operation in *operations {
                    if ahead[j][operation.length] == operation.to {
                        let size = (length, operation.length);
                        reach(&mut best, here, i, j, size, operation.cost);
                    }
                }
            }
        }
        dear = if row > most { dear + 1 } else { 0 };
        if dear >= WIDEST {
            return f32::INFINITY;
        }
    }
    best[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_alike() {
        let pairs = [
            ("zhelezhnaya", "zeleznaia", "ivanovskaya"),
            ("khoury", "houri", "moore"),
            ("schmidt", "shmit", "brandt"),
            ("yunusov", "junussow", "yusupov"),
        ];
        for (name, variant, other) in pairs {
            assert!(
                evidence(name, variant) > evidence(name, other) + 3.0,
                "{name}"
            );
            let (there, back) = (evidence(name, variant), evidence(variant, name));
            assert!((there - back).abs() < 1e-3, "{name}: {there} {back}");
        }
    }

    #[test]
    fn says_which_letters_differ() {
        let said = changes("khasan", "hasan");
        assert_eq!(said, [("kha".to_owned(), "ha".to_owned())]);
        assert!(changes("same", "same").is_empty());
        assert!(
            evidence("жук", "жуk").is_finite(),
            "bytes of other scripts do no harm"
        );
    }

    /// F1 on the test part of the pairs, at thresholds chosen on the training part.
    #[test]
    fn latin_variant_pairs() {
        let shared = std::env::var("DATELINE_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
        let file = format!("{shared}/eval/ner/names/latin_variant_pairs.tsv");
        let Ok(text) = std::fs::read_to_string(&file) else {
            eprintln!("skipped: no {file}");
            return;
        };
        let fold = |s: &str| crate::text::normalize::fold(s);
        let rows: Vec<(f32, bool, bool)> = text
            .lines()
            .filter(|line| line.starts_with("test\t"))
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .map(|f| {
                (
                    evidence(&fold(f[2]), &fold(f[3])),
                    f[4] == "1",
                    f[5] == "hard",
                )
            })
            .collect();
        for (hard, threshold, floor) in [(false, -8.47, 0.81), (true, -6.48, 0.70)] {
            let asked = rows.iter().filter(|row| hard || !row.2);
            let (mut right, mut said, mut real) = (0.0, 0.0, 0.0);
            for (score, same, _) in asked {
                let yes = *score >= threshold;
                right += f64::from(u8::from(yes && *same));
                said += f64::from(u8::from(yes));
                real += f64::from(u8::from(*same));
            }
            let f1 = 2.0 * right / (said + real);
            println!("with hard negatives: {hard}, F1 {f1:.3}");
            assert!(f1 >= floor);
        }
    }
}
