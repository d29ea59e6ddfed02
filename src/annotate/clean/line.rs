//! Lines of the full text and what their surface looks like: lengths, case, marks, phrases.
//!
//! Not here: the neighbours of a line (`feature`) and any verdict. Every line has text.

use super::lexicon::{self, Hit};
use super::stamp;
use crate::article::{Article, Tag};
use crate::text::{Span, normalize};
use std::collections::{BTreeMap, BTreeSet};

/// How a line ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum End {
    /// With a word, a comma, a bracket.
    #[default]
    Open,
    /// With `.`, `!` or `?`, quotes and brackets aside.
    Sentence,
    /// Cut off: `...` or `…`.
    Ellipsis,
    /// With a colon.
    Colon,
}

/// One line that is not blank, with counts of what stands in it.
#[derive(Clone, Copy, Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "a row of independent observations, not a state"
)]
pub(super) struct Line {
    /// Without the space around it.
    pub(super) span: Span,
    /// Words; two characters of a script without spaces count as one.
    pub(super) words: u32,
    /// Characters.
    pub(super) chars: u32,
    /// English function words.
    pub(super) stops: u32,
    /// Words that begin with a capital.
    pub(super) capitals: u32,
    /// Words of two letters or more that are all capitals.
    pub(super) shouted: u32,
    /// Words that begin with a lower-case letter.
    pub(super) lower: u32,
    /// Digits.
    pub(super) digits: u32,
    /// ASCII punctuation marks.
    pub(super) marks: u32,
    /// Commas.
    pub(super) commas: u32,
    /// "you", "your", "we", "our", "us".
    pub(super) address: u32,
    /// How it ends.
    pub(super) end: End,
    /// Ends of sentences before its own end.
    pub(super) breaks: u32,
    /// Holds a quotation mark.
    pub(super) quoted: bool,
    /// Holds `|`, `»`, `›`, a bullet or the like.
    pub(super) barred: bool,
    /// Holds an address of the net or of mail.
    pub(super) linked: bool,
    /// "said", "told", "according".
    pub(super) reports: bool,
    /// Begins with "by" and a capital.
    pub(super) by: bool,
    /// A date stamp and nothing else.
    pub(super) stamp: bool,
    /// Begins with a place (and a day, an agency) and a dash.
    pub(super) dateline: bool,
    /// Says what the title says: the one given apart, or that in the first line of a page.
    pub(super) title: bool,
    /// Stands more than once.
    pub(super) repeated: bool,
    /// Stood before.
    pub(super) again: bool,
    /// What the phrase lists say.
    pub(super) hit: Hit,
    /// Its element, where there is markup.
    pub(super) tag: Option<Tag>,
    /// The extractor took it for main content.
    pub(super) main: Option<bool>,
}

impl Line {
    /// True for a line that reads as running text: a whole sentence, or a long line.
    pub(super) const fn is_prose(&self) -> bool {
        match self.end {
            End::Sentence => self.words >= 8,
            End::Ellipsis => self.words >= 40,
            End::Open | End::Colon => self.words >= 25,
        }
    }

    /// True for a line that ends like a sentence and has the words for one.
    pub(super) fn is_sentence(&self) -> bool {
        self.end == End::Sentence && self.words >= 4
    }
}

/// Where the lines that are not blank stand, rising.
pub(super) fn spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |raw| {
        let span = Span::new(at, at + raw.len()).trim(text);
        at += raw.len();
        (!span.is_empty()).then_some(span)
    })
}

/// The lines of an article's text that are not blank, rising.
pub(super) fn lines(article: &Article) -> Vec<Line> {
    let text = article.text.as_str();
    let mut made = Vec::new();
    let mut count: BTreeMap<u64, u32> = BTreeMap::new();
    let mut keys = Vec::new();
    let mut marked = article.markup.iter().peekable();
    for span in spans(text) {
        let mut line = measure(span, span.of(text));
        while marked.next_if(|m| m.span.end <= span.start).is_some() {}
        if let Some(m) = marked.peek().filter(|m| m.span.start < span.end) {
            line.tag = Some(m.tag);
            line.main = m.main;
        }
        let key = hash(span.of(text));
        let seen = count.entry(key).or_default();
        line.again = *seen > 0;
        *seen += 1;
        keys.push(key);
        made.push(line);
    }
    for (line, key) in made.iter_mut().zip(&keys) {
        line.repeated = count.get(key).is_some_and(|n| *n > 1);
    }
    find_title(article, &mut made);
    made
}

/// What menus put between their entries.
const SEPARATORS: [char; 8] = ['|', '»', '›', '•', '·', '>', ':', '/'];

/// Marks the lines that say what the title says.
///
/// A page often begins with its `<title>`, the headline and the site; the headline itself comes
/// again after the menus. So without a title from elsewhere the first line is compared.
fn find_title(article: &Article, lines: &mut [Line]) {
    let text = article.text.as_str();
    let (given, skip) = match (&article.hints.title, lines.first()) {
        (Some(title), _) => (title.as_str(), 0),
        // A first line that is a menu or a sentence is no title.
        (None, Some(first))
            if first.hit.role.is_none()
                && !first.is_prose()
                && first.span.of(text).matches(SEPARATORS).count() < 3 =>
        {
            (first.span.of(text), 1)
        }
        _ => return,
    };
    let Some(title) = Title::new(given) else {
        return;
    };
    for line in lines.iter_mut().skip(skip) {
        line.title = line.chars <= 300 && title.is(line.span.of(text));
    }
}

/// A title as a set of words, to be found again in other wording.
pub(super) struct Title {
    words: BTreeSet<String>,
}

impl Title {
    /// The words of `title`; `None` for one too short to know again.
    pub(super) fn new(title: &str) -> Option<Self> {
        let words = words(head(title, 400));
        (words.len() >= 3).then_some(Self { words })
    }

    /// True for a line of at least three words that says the same, more or less: most of its
    /// words stand in the title and make up half of it (the rest may be the name of the site).
    pub(super) fn is(&self, line: &str) -> bool {
        let own = words(line);
        let both = own.intersection(&self.words).count();
        own.len() >= 3 && both * 3 >= own.len() * 2 && both * 2 >= self.words.len()
    }
}

/// The words that carry the meaning; all words, where few do.
fn words(text: &str) -> BTreeSet<String> {
    let all = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(normalize::fold)
    };
    let telling: BTreeSet<String> = all().filter(|w| !lexicon::is_stop(w)).collect();
    if telling.len() >= 3 {
        telling
    } else {
        all().collect()
    }
}

/// FNV-1a: stable across builds, and good enough to see that a line stands twice.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// True for scripts that write no space between words.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{0E00}'..='\u{0E7F}')
}

fn measure(span: Span, text: &str) -> Line {
    let mut line = Line {
        span,
        ..Line::default()
    };
    let mut unspaced = 0;
    for c in text.chars() {
        line.chars += 1;
        match c {
            '0'..='9' => line.digits += 1,
            '"' | '\u{201C}' | '\u{201D}' | '\u{00AB}' => line.quoted = true,
            ',' => line.commas += 1,
            '|' | '»' | '›' | '•' | '·' | '►' | '▶' | '→' | '✓' | '×' => {
                line.barred = true;
            }
            _ if is_unspaced(c) => unspaced += 1,
            _ => {}
        }
        if c.is_ascii_punctuation() {
            line.marks += 1;
        }
    }
    let mut ended = false;
    for word in text.split_whitespace() {
        count_word(&mut line, word, ended);
        ended = word
            .trim_end_matches([')', '"', '\'', '”', '’'])
            .ends_with(['.', '!', '?', '。']);
    }
    line.words += unspaced / 2;
    line.end = end(text);
    line.barred |= text.starts_with(['-', '*', '#', '+', '>', '–'])
        || [" / ", " > ", " :: "]
            .iter()
            .any(|mark| text.contains(mark));
    let searched = head(text, 2000);
    line.hit = if searched.is_ascii() {
        lexicon::look(&searched.to_ascii_lowercase())
    } else {
        lexicon::look(normalize::fold(searched).trim())
    };
    line.by = text
        .get(..3)
        .is_some_and(|by| by.eq_ignore_ascii_case("by "))
        && text
            .get(3..)
            .is_some_and(|t| t.trim_start().starts_with(char::is_uppercase));
    line.dateline = stamp::dateline(text).is_some_and(|end| {
        let front = text.get(..end).unwrap_or("").trim_end();
        !front.ends_with(':')
    });
    line.stamp = text.len() <= 160 && stamp::is_stamp(text);
    line
}

fn count_word(line: &mut Line, word: &str, ended: bool) {
    line.words += 1;
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let Some(first) = bare.chars().next() else {
        return;
    };
    if first.is_uppercase() {
        line.capitals += 1;
        line.breaks += u32::from(ended);
        if bare.len() > 1 && !bare.chars().any(char::is_lowercase) {
            line.shouted += 1;
        }
    } else if first.is_lowercase() {
        line.lower += 1;
    }
    if bare.len() <= 12 && bare.is_ascii() {
        let mut buffer = [0_u8; 12];
        let low = match buffer.get_mut(..bare.len()) {
            Some(place) => {
                place.copy_from_slice(bare.as_bytes());
                place.make_ascii_lowercase();
                std::str::from_utf8(place).unwrap_or("")
            }
            None => "",
        };
        line.stops += u32::from(lexicon::is_stop(low));
        line.reports |= matches!(low, "said" | "says" | "told" | "according" | "added");
        line.address += u32::from(matches!(low, "you" | "your" | "we" | "our" | "us"));
    }
    line.linked |= word.contains("://")
        || word.starts_with("www.")
        || word.contains('@')
        || bare
            .rsplit_once('.')
            .is_some_and(|(_, end)| matches!(end, "com" | "org" | "net"));
}

fn end(text: &str) -> End {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', '*', '_', ' ']);
    if bare.ends_with('…') || bare.ends_with("..") || bare.ends_with(". . .") {
        // A bracketed or quoted ellipsis is an omission in a quotation, not a cut.
        return End::Ellipsis;
    }
    match bare.chars().next_back() {
        Some('.' | '!' | '?' | '。' | '？' | '！' | '।' | '؟') => End::Sentence,
        Some(':' | '：') => End::Colon,
        _ => End::Open,
    }
}

/// The first `most` bytes of `text`, cut at a character.
fn head(text: &str, most: usize) -> &str {
    let mut cut = most.min(text.len());
    while cut > 0 && !text.is_char_boundary(cut) {
        cut -= 1;
    }
    text.get(..cut).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Line> {
        lines(&Article {
            text: text.to_owned(),
            ..Article::default()
        })
    }

    #[test]
    fn counts_and_ends() {
        let made = of("The harbour closed early. Nobody said \"why\".\n\n  Harbour news...\n");
        assert_eq!(made.len(), 2);
        assert_eq!(made[0].words, 7);
        assert_eq!(made[0].end, End::Sentence);
        assert_eq!(made[0].breaks, 1);
        assert!(made[0].quoted && made[0].reports);
        assert_eq!(made[1].end, End::Ellipsis);
        assert_eq!(made[1].span.of("x").len(), 0);
    }

    #[test]
    fn repeats_are_seen_from_both_sides() {
        let made = of("same\nother\nsame");
        assert!(made[0].repeated && !made[0].again);
        assert!(!made[1].repeated);
        assert!(made[2].repeated && made[2].again);
    }
}
