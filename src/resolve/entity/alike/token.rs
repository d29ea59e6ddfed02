//! A name in words: romanized, folded, with what each word is.
//!
//! The only place where other scripts become Latin letters. Inverted names ("Reyes, Ada") are put
//! in order; legal forms and titles are taken out and remembered; numbers are written in digits.

use crate::annotate::entity::group::form;
use std::sync::LazyLock;

/// Words after these are not compared: no name of a person or body is so long.
const MOST: usize = 14;

/// What a word of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Tells who or what it is.
    Word,
    /// One letter.
    Initial,
    /// Digits, a written number or, in names of things, a Roman one.
    Number,
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Lower-case ASCII letters and digits.
    pub text: String,
    pub role: Role,
}

/// A name made ready for comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    /// Words without particles, titles and legal forms; all words where nothing else is left.
    pub tokens: Vec<Token>,
    /// The legal form, by the first spelling of its line in `legal-forms.txt`.
    pub form: Option<&'static str>,
    /// All that `tokens` hold and the particles between, without spaces.
    pub joined: String,
    /// True where a title was taken off.
    pub titled: bool,
}

/// Spellings of legal forms as words, longest first, with the first spelling of the line.
static FORMS: LazyLock<Vec<(Vec<&'static str>, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("../../../../assets/resolve/legal-forms.txt").lines();
    let mut forms: Vec<(Vec<&str>, &str)> = lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| {
            let spellings: Vec<&str> = line.split('|').map(str::trim).collect();
            let first = spellings.first().copied().unwrap_or("");
            spellings
                .into_iter()
                .map(move |spelling| (spelling.split(' ').collect(), first))
        })
        .collect();
    forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    forms
});

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ORDINALS: [&str; 13] = [
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
];
const ROMAN: [&str; 14] = [
    "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii",
];

/// Latin letters for a name in any script, lower case.
fn romanized(name: &str) -> String {
    any_ascii::any_ascii(name).to_ascii_lowercase()
}

impl Name {
    /// Makes a name ready; `person` decides about titles, initials and Roman numbers.
    pub(super) fn of(name: &str, person: bool) -> Self {
        let plain = romanized(form::without_possessive(name));
        let plain = match plain.split_once(',') {
            Some((last, first)) if person && !first.contains(',') && first.trim().len() > 1 => {
                format!("{first} {last}")
            }
            _ => plain,
        };
        let mut words = split(&plain, person);
        words.truncate(MOST);
        let mut made = Self::default();
        if person {
            while words.len() > 1 && words.first().is_some_and(|w| form::is_title(w)) {
                words.remove(0);
                made.titled = true;
            }
            // Company forms after a person's name are a slip of a list, not part of the name.
            while words.len() > 2
                && words
                    .last()
                    .is_some_and(|w| ["sa", "llc", "ltd", "inc"].contains(&&**w))
            {
                words.pop();
            }
        } else {
            numbers(&mut words);
            made.form = take_form(&mut words);
        }
        made.joined = words.concat();
        let kept: Vec<&String> = words
            .iter()
            .filter(|w| !form::is_particle(w) && !["ul", "na", "the", "and"].contains(&w.as_str()))
            .collect();
        let kept = if kept.is_empty() {
            words.iter().collect()
        } else {
            kept
        };
        made.tokens = kept.into_iter().map(|word| token(word, person)).collect();
        made
    }
}

fn token(word: &str, person: bool) -> Token {
    let roman = |word: &str| ROMAN.iter().skip(1).position(|r| *r == word);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let role = if digits == word.len() || (digits > 0 && !person) {
        Role::Number
    } else if !person && let Some(n) = roman(word) {
        let text = (n + 1).to_string();
        return Token {
            text,
            role: Role::Number,
        };
    } else if word.len() == 1 {
        Role::Initial
    } else {
        Role::Word
    };
    let text = if person && digits > 0 && role == Role::Word {
        // Digits that stand for letters ("Mar1a").
        word.chars()
            .map(|c| match c {
                '0' => 'o',
                '1' => 'i',
                '3' => 'e',
                '4' => 'a',
                '5' => 's',
                '9' => 'g',
                other => other,
            })
            .collect()
    } else {
        word.to_owned()
    };
    Token { text, role }
}

/// Words of romanized text; dots between single letters join them in names of things (`s.a.`)
/// and part them in persons' (`j.c.`).
fn split(plain: &str, person: bool) -> Vec<String> {
    let plain = plain.replace('&', " and ");
    let mut words: Vec<String> = Vec::new();
    for piece in plain.split(|c: char| c.is_whitespace() || "-,/()[]\";:".contains(c)) {
        let piece: String = piece.chars().filter(|c| !"'`".contains(*c)).collect();
        let parts: Vec<&str> = piece
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .collect();
        if !person && parts.len() > 1 && parts.iter().all(|part| part.len() == 1) {
            words.push(parts.concat());
        } else {
            words.extend(parts.into_iter().map(str::to_owned));
        }
    }
    // "Abd al Aziz" is "Abdul Aziz".
    let mut at = 0;
    while person && at + 1 < words.len() {
        if words[at] == "abd" && ["al", "el", "ul", "ar", "as"].contains(&words[at + 1].as_str()) {
            "abdul".clone_into(&mut words[at]);
            words.remove(at + 1);
        }
        at += 1;
    }
    words
}

/// Written numbers in digits: "forty four" as `44`, "1st" and "first" as `1`.
fn numbers(words: &mut Vec<String>) {
    let find = |list: &[&str], word: &str| list.iter().position(|w| !w.is_empty() && *w == word);
    let mut at = 0;
    while at < words.len() {
        let next = words.get(at + 1).map(String::as_str).unwrap_or_default();
        let word = words[at].as_str();
        let made = if let Some(tens) = find(&TENS, word) {
            let ones = find(&ONES, next).or_else(|| next.parse().ok().filter(|n| *n < 10));
            if ones.is_some() {
                words.remove(at + 1);
            }
            Some(tens * 10 + ones.unwrap_or(0))
        } else {
            let ordinal = ["st", "nd", "rd", "th"]
                .iter()
                .find_map(|end| word.strip_suffix(end)?.parse().ok());
            ordinal
                .or_else(|| find(&ONES, word))
                .or_else(|| find(&ORDINALS, word))
        };
        if let Some(number) = made {
            words[at] = number.to_string();
        }
        at += 1;
    }
}

/// Takes legal forms out; the last one counts, and a name is never emptied.
fn take_form(words: &mut Vec<String>) -> Option<&'static str> {
    let mut found = None;
    for (spelling, form) in FORMS.iter() {
        let size = spelling.len();
        let mut at = 0;
        while size < words.len() && at + size <= words.len() {
            if words[at..at + size].iter().eq(spelling.iter()) {
                words.drain(at..at + size);
                found = found.or(Some(*form));
            } else {
                at += 1;
            }
        }
    }
    // Written as one word: "ExampleAG".
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str, person: bool) -> String {
        let made = Name::of(name, person);
        let words: Vec<&str> = made.tokens.iter().map(|t| t.text.as_str()).collect();
        words.join(" ")
    }

    #[test]
    fn persons() {
        assert_eq!(texts("REYES, Ada", true), "ada reyes");
        assert_eq!(texts("Dr. J.-P. Vántsa", true), "j p vantsa");
        assert_eq!(texts("Мария Орлова", true), "mariya orlova");
        assert_eq!(texts("Mar1a al-Hashimi", true), "maria hashimi");
        assert_eq!(texts("'Abd al-Karim Nuri", true), "abdul karim nuri");
        assert_eq!(texts("", true), "");
    }

    #[test]
    fn things() {
        assert_eq!(texts("Lantern Works S.A.R.L.", false), "lantern works");
        assert_eq!(
            Name::of("Lantern Works Joint Stock Company", false).form,
            Some("jsc")
        );
        assert_eq!(texts("Squadron Forty-Two", false), "squadron 42");
        assert_eq!(texts("First Lantern Fund IV", false), "1 lantern fund 4");
        assert_eq!(texts("Ltd", false), "ltd");
    }
}
