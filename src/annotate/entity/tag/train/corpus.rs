//! Labelled corpora as passages of plain text with the labels that each word may take.
//!
//! Corpora disagree on what they mark. A word gets a *set* of allowed labels: where a corpus does
//! not mark a kind, a word that may be of it is left open. Titles, articles and possessives are
//! taken off names, and listed adjectives and words for peoples become NORP everywhere.

use super::super::label::{self, LabelSet, OUTSIDE, begin, inside};
use super::super::lexicon::{self, LEXICON, word_hash};
use super::people;
use crate::text::Span;

const PERSON: u8 = 1;
pub(crate) const ORG: u8 = 2;
pub(crate) const PLACE: u8 = 4;
pub(crate) const NORP: u8 = 8;
pub(crate) const MISC: u8 = 16;
/// The name may as well be none.
const OPEN: u8 = 32;

/// One corpus and how to read it.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// File name without `.conll`.
    pub name: &'static str,
    /// Its documents are real ones; else every sentence stands alone.
    pub documents: bool,
    /// It marks names of other kinds.
    pub misc: bool,
    /// Times it is repeated, as the weight of an update.
    pub weight: f32,
}

/// The corpora whose licences let trained weights be given away (see the model card).
pub const SOURCES: [Source; 11] = [
    source("redocred", true, true),
    source("wikigold", true, true),
    source("uner_ewt", true, false),
    source("re3d", true, false),
    source("btc", false, false),
    source("wnut17", false, true),
    source("crossner_politics", false, true),
    source("crossner_ai", false, true),
    source("crossner_literature", false, true),
    source("crossner_music", false, true),
    source("crossner_science", false, true),
];

const fn source(name: &'static str, documents: bool, misc: bool) -> Source {
    Source {
        name,
        documents,
        misc,
        weight: 1.0,
    }
}

/// Running text with labels.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// The text.
    pub text: String,
    /// Its sentences.
    pub sentences: Vec<Span>,
    /// Its words as the corpus cuts them, rising, with the labels each may take.
    pub(crate) marks: Vec<(Span, LabelSet)>,
    /// Weight of updates.
    pub weight: f32,
}

impl Passage {
    /// The labels that a word with this span may take.
    pub(crate) fn allowed(&self, span: Span) -> LabelSet {
        let after = self
            .marks
            .partition_point(|(mark, _)| mark.end <= span.start);
        let Some((mark, set)) = self.marks.get(after) else {
            return label::ANY;
        };
        if mark.start == span.start && mark.end <= span.end {
            return *set;
        }
        // The corpus cuts words elsewhere: a piece of an unmarked word may be a name ("EU" of
        // "EU-backed"); a later piece of a name goes on with it.
        if *set == 1 << OUTSIDE {
            return label::ANY;
        }
        if mark.start == span.start {
            return *set;
        }
        (0..label::LABELS)
            .filter(|l| set & (1 << l) != 0)
            .fold(0, |sum, l| {
                sum | 1 << label::kind_of(l).map_or(OUTSIDE, inside)
            })
    }
}

/// The kinds that a tag of some corpus stands for.
pub(crate) fn kinds(tag: &str) -> u8 {
    match tag {
        "PER" | "person" | "Person" | "politician" | "writer" | "researcher" | "scientist"
        | "musicalartist" => PERSON,
        "ORG" | "organisation" | "Organisation" | "university" | "politicalparty" | "band"
        | "corporation" | "group" => ORG,
        "LOC" | "location" | "Location" | "country" => PLACE,
        "Nationality" => NORP,
        "magazine" | "academicjournal" | "conference" => ORG | MISC,
        "astronomicalobject" => PLACE | MISC,
        "MISC" | "misc" | "event" | "election" | "award" | "book" | "poem" | "album" | "song"
        | "product" | "creative-work" | "programlang" | "MilitaryPlatform" | "Weapon" => MISC,
        "TIME" | "NUM" | "Temporal" | "Quantity" | "Money" | "DATE" => 0,
        _ => MISC | OPEN,
    }
}

/// Reads one corpus: two columns, word TAB tag (IOB2), an empty line after each sentence,
/// `-DOCSTART-` before each document.
pub fn read(source: &Source, conll: &str) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut rows: Vec<(&str, &str)> = Vec::new();
    let mut number = 0_usize;
    let mut fresh = true;
    for line in conll.lines().chain([""]) {
        if line.trim().is_empty() {
            if !rows.is_empty() {
                number += 1;
                if fresh || !source.documents || passages.is_empty() {
                    passages.push(Passage {
                        weight: source.weight,
                        ..Passage::default()
                    });
                    fresh = false;
                }
                if let Some(passage) = passages.last_mut() {
                    add_sentence(source, passage, &rows, case_of(number));
                }
                rows.clear();
            }
        } else if line.starts_with("-DOCSTART-") {
            fresh = true;
        } else if let Some((word, tag)) = line.split_once('\t') {
            rows.push((word.trim(), tag.trim()));
        }
    }
    passages
}

/// How a sentence is rewritten: headlines teach what running text does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rewrite {
    Keep,
    Upper,
    Title,
}

/// One sentence in twelve becomes a headline, half of them in capitals.
const fn case_of(number: usize) -> Rewrite {
    match number % 24 {
        7 => Rewrite::Upper,
        19 => Rewrite::Title,
        _ => Rewrite::Keep,
    }
}

fn rewrite(word: &str, how: Rewrite) -> String {
    match how {
        Rewrite::Keep => word.to_owned(),
        Rewrite::Upper => word.to_uppercase(),
        Rewrite::Title => {
            let mut chars = word.chars();
            let function = LEXICON.classes(word_hash(word)) & lexicon::FUNCTION != 0;
            match chars.next() {
                Some(first) if !function => first.to_uppercase().chain(chars).collect(),
                _ => word.to_owned(),
            }
        }
    }
}

fn add_sentence(source: &Source, passage: &mut Passage, rows: &[(&str, &str)], how: Rewrite) {
    let sets = label_sets(source, rows);
    if !passage.text.is_empty() {
        passage.text.push('\n');
    }
    let start = passage.text.len();
    let mut open_quote = false;
    let mut glue = true;
    for ((word, _), set) in rows.iter().zip(sets) {
        let word = match *word {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            other => other,
        };
        let word = rewrite(word, how);
        let (left, right) = spacing(&word, &mut open_quote);
        if !glue && !left {
            passage.text.push(' ');
        }
        let at = passage.text.len();
        passage.text.push_str(&word);
        let span = Span::new(at, passage.text.len());
        if !span.is_empty() {
            passage.marks.push((span, set));
        }
        glue = right;
    }
    passage.sentences.push(Span::new(start, passage.text.len()));
}

/// Whether a token joins the one before it and the one after it.
fn spacing(word: &str, open_quote: &mut bool) -> (bool, bool) {
    if word == "\"" {
        *open_quote = !*open_quote;
        return (!*open_quote, *open_quote);
    }
    let before = matches!(
        word,
        "," | "."
            | ";"
            | ":"
            | "!"
            | "?"
            | ")"
            | "]"
            | "}"
            | "%"
            | "'s"
            | "'S"
            | "n't"
            | "'re"
            | "'ve"
            | "'ll"
            | "'d"
            | "'m"
            | "\u{2019}s"
            | "..."
            | "\u{201d}"
            | "'"
    );
    (
        before,
        matches!(word, "(" | "[" | "{" | "$" | "#" | "\u{201c}"),
    )
}

/// A name of the corpus: its tokens and the kinds it may be of.
struct Name {
    start: usize,
    end: usize,
    kinds: u8,
}

fn names(rows: &[(&str, &str)]) -> Vec<Name> {
    let mut made: Vec<(Name, &str)> = Vec::new();
    for (at, (_, tag)) in rows.iter().enumerate() {
        let Some((prefix, kind)) = tag.split_once('-') else {
            continue;
        };
        match made.last_mut() {
            Some((name, last)) if prefix == "I" && name.end == at && *last == kind => {
                name.end = at + 1;
            }
            _ => made.push((
                Name {
                    start: at,
                    end: at + 1,
                    kinds: kinds(kind),
                },
                kind,
            )),
        }
    }
    made.into_iter().map(|(name, _)| name).collect()
}

fn label_sets(source: &Source, rows: &[(&str, &str)]) -> Vec<LabelSet> {
    let mut sets: Vec<LabelSet> = rows
        .iter()
        .map(|(word, _)| people::outside(source, word))
        .collect();
    for mut name in names(rows) {
        let word = |at: usize| rows.get(at).map_or("", |row| row.0);
        let class = |at: usize| LEXICON.classes(word_hash(word(at)));
        while name.end - name.start > 1 {
            let first = word(name.start);
            let article = ["the", "a", "an"]
                .iter()
                .any(|a| first.eq_ignore_ascii_case(a));
            let titled =
                |at: usize| class(at) & lexicon::TITLE != 0 && class(at) & lexicon::PARTICLE == 0;
            let qualifies = |at: usize| class(at) & lexicon::TITLE_MODIFIER != 0;
            let title = name.kinds == PERSON
                && (titled(name.start)
                    || qualifies(name.start)
                        && name.end - name.start > 2
                        && titled(name.start + 1));
            if !article && !title {
                break;
            }
            name.start += 1;
        }
        if name.end - name.start > 1 && matches!(word(name.end - 1), "'s" | "\u{2019}s" | "'") {
            name.end -= 1;
        }
        if name.kinds == 0 {
            continue;
        }
        let capital = (name.start..name.end).any(|at| word(at).chars().any(char::is_uppercase));
        let mut kinds = name.kinds;
        if !capital {
            // A description ("the rebel group"), a handle, a genre: taught neither way.
            kinds |= OPEN;
        }
        if kinds == MISC | OPEN
            || kinds == ORG
                && source.name == "re3d"
                && word(name.start).chars().all(char::is_lowercase)
        {
            kinds |= OPEN;
        }
        for at in name.start..name.end {
            let mut set = 0;
            for kind in 0..5 {
                if kinds & (1 << kind) != 0 {
                    set |= 1
                        << if at == name.start {
                            begin(kind)
                        } else {
                            inside(kind)
                        };
                }
            }
            if kinds & OPEN != 0 {
                set |= 1 << OUTSIDE;
            }
            if let Some(slot) = sets.get_mut(at) {
                *slot = set;
            }
        }
    }
    people::mark(rows, &mut sets);
    sets
}
