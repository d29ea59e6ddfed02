//! The comparison of two names in words a person can check.

use super::super::edit;
use super::align::How;
use super::pair::Compared;

/// At most so many letters are told one by one.
const FEW: usize = 4;

fn count(edits: usize) -> &'static str {
    match edits {
        1 => "one letter differs",
        2 => "two letters differ",
        3 => "three letters differ",
        _ => "several letters differ",
    }
}

/// `kh/x` for what is written in one place or the other.
fn letters(a: &str, b: &str) -> String {
    let side = |side: &str| {
        if side.is_empty() {
            "\u{2013}".to_owned()
        } else {
            side.to_owned()
        }
    };
    let said: Vec<String> = edit::changes(a, b)
        .iter()
        .take(FEW)
        .map(|(from, to)| format!("{}/{}", side(from), side(to)))
        .collect();
    said.join(", ")
}

/// What answers to what, what differs and what is left over.
pub(super) fn tell(compared: &Compared, person: bool) -> String {
    let Compared {
        a, b, alignment, ..
    } = compared;
    let mut said: Vec<String> = Vec::new();
    let equal: Vec<&str> = alignment
        .pairs
        .iter()
        .filter(|pair| pair.how == How::Equal)
        .map(|pair| a.tokens[pair.a].text.as_str())
        .collect();
    if !equal.is_empty() {
        said.push(format!("same {}", equal.join(", ")));
    }
    for pair in &alignment.pairs {
        let (x, y) = (&a.tokens[pair.a].text, &b.tokens[pair.b].text);
        match pair.how {
            How::Equal => {}
            How::Given => said.push(format!("{x} and {y} are one given name")),
            How::Initial => said.push(format!("{x} and {y} begin alike")),
            How::Joined => said.push(format!("{x} and {y} with the next word in one")),
            How::Spelled => said.push(format!(
                "{} in {x}, {y} ({})",
                count(pair.edits),
                letters(x, y)
            )),
        }
    }
    let order: Vec<usize> = alignment.pairs.iter().map(|pair| pair.b).collect();
    if !order.is_sorted() {
        said.push("in another order".to_owned());
    }
    let words = |name: &super::Name, left: &[usize]| {
        let words: Vec<&str> = left
            .iter()
            .map(|at| name.tokens[*at].text.as_str())
            .collect();
        words.join(" ")
    };
    let (left_a, left_b) = (words(a, &alignment.left[0]), words(b, &alignment.left[1]));
    match (left_a.is_empty(), left_b.is_empty()) {
        (true, true) => {}
        (false, false) => said.push(format!("{left_a} against {left_b}")),
        (false, true) => said.push(format!("{left_a} only in one")),
        (true, false) => said.push(format!("{left_b} only in one")),
    }
    if let (false, Some(one), Some(other)) = (person, a.form, b.form)
        && one != other
    {
        said.push(format!("other legal form ({one}, {other})"));
    }
    said.join("; ")
}
