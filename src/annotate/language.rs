//! The language of an article, from the first text of its body.
//!
//! Not here: mixed languages. One article has one language; only English is analysed.

use super::{Block, Role, clean, model::Language};
use crate::article::Article;
use std::borrow::Cow;
use whatlang::Lang;

/// Bytes of body text that are looked at.
const LOOKED_AT: usize = 2048;
/// Letters below which the detector is not asked: it guesses on a few words.
const FEW: usize = 60;

/// Detects the language; only English is analysed.
///
/// Plenty of English function words decide. Else the detector (character trigrams, whatlang) is
/// believed where it is sure of itself; short or doubtful text is English where some English
/// function words show, else `und`.
pub fn detect(article: &Article, blocks: &[Block]) -> Language {
    let sample = sample(article, blocks);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let (words, stops) = count(&sample);
    let english = words > 0
        && sample.is_ascii_mostly()
        && (stops * 100 >= words * 25
            || words <= 12 && stops > 0
            || words <= 30 && stops > 1 && stops * 100 >= words * 10);
    // Names of people and places can lead the detector astray; function words cannot.
    if letters >= FEW && english && stops * 100 >= words * 30 {
        return language(Cow::Borrowed("en"));
    }
    let info = (letters >= FEW)
        .then(|| whatlang::detect(&sample))
        .flatten();
    match info
        .filter(whatlang::Info::is_reliable)
        .map(|info| info.lang())
    {
        Some(Lang::Eng) => language(Cow::Borrowed("en")),
        Some(lang) => language(code(lang)),
        None if english => language(Cow::Borrowed("en")),
        None => match (declared(article), letters) {
            (Some(code), _) => language(code),
            // A bare headline in plain letters: English is likelier than all the rest together.
            (None, 1..FEW) if sample.is_ascii() && words >= 3 => language(Cow::Borrowed("en")),
            _ => language(Cow::Borrowed("und")),
        },
    }
}

fn language(code: Cow<'static, str>) -> Language {
    Language {
        analysed: code == "en",
        code,
    }
}

/// The first letters of the language that the source declares ("en-GB" gives "en").
fn declared(article: &Article) -> Option<Cow<'static, str>> {
    let tag = article.hints.language.as_deref()?;
    let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    (fits && code != "und").then_some(Cow::Owned(code))
}

/// The first body text; without any, all text that is there.
fn sample(article: &Article, blocks: &[Block]) -> String {
    let mut made = String::new();
    let of = |wanted: fn(Role) -> bool, made: &mut String| {
        for block in blocks.iter().filter(|block| wanted(block.role)) {
            for c in block.span.of(&article.text).chars() {
                if made.len() >= LOOKED_AT {
                    return;
                }
                made.push(c);
            }
            made.push(' ');
        }
    };
    of(|role| role == Role::Body, &mut made);
    if made.trim().len() < FEW {
        made.clear();
        of(Role::is_analysed, &mut made);
    }
    if made.trim().is_empty() {
        of(|_| true, &mut made);
    }
    if made.trim().is_empty() {
        made.extend(
            article
                .hints
                .title
                .iter()
                .flat_map(|t| t.chars())
                .take(LOOKED_AT),
        );
    }
    made
}

/// Words of letters, and how many of them are English function words.
fn count(sample: &str) -> (usize, usize) {
    let words = || {
        sample
            .split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’')
            .filter(|word| !word.is_empty())
    };
    let stops =
        words().filter(|word| word.len() <= 8 && clean::is_stop(&word.to_ascii_lowercase()));
    (words().count(), stops.count())
}

trait Ascii {
    fn is_ascii_mostly(&self) -> bool;
}

impl Ascii for String {
    fn is_ascii_mostly(&self) -> bool {
        // Letters alone: marks that stand for removed controls say nothing of a language.
        let letters = || self.chars().filter(|c| c.is_alphabetic());
        letters().filter(char::is_ascii).count() * 10 >= letters().count() * 9
    }
}

/// ISO 639-1 where there is one, else 639-3.
fn code(lang: Lang) -> Cow<'static, str> {
    const SHORT: &[(&str, &str)] = &[
        ("afr", "af"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    let three = lang.code();
    let short = SHORT.iter().find(|(l, _)| *l == three);
    Cow::Borrowed(short.map_or(three, |(_, s)| s))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Language {
        let article = Article {
            text: text.to_owned(),
            ..Article::default()
        };
        let blocks = clean::blocks(&article);
        detect(&article, &blocks)
    }

    #[test]
    fn english_is_found_in_long_and_short_text() {
        assert_eq!(
            of("The ferry left the island at noon, and nobody knew when it would come back.").code,
            "en"
        );
        let few =
            "Regulators fined Norvik Salt 60 million dollars on Tuesday for forged harbour tests.";
        assert!(of(few).analysed, "one sentence, two function words");
        assert!(of("Ferry strikes over").analysed, "a bare headline");
        assert!(of("Reuters reports that the strike is over.").analysed);
    }

    #[test]
    fn other_languages_keep_their_code_and_are_not_analysed() {
        let german = of(
            "Die Fähre verließ die Insel am Mittag, und niemand wusste, wann sie wieder zurückkommen würde. Der Hafen blieb bis zum Abend geschlossen.",
        );
        assert_eq!((german.code.as_ref(), german.analysed), ("de", false));
        let russian = of(
            "Паром покинул остров в полдень, и никто не знал, когда он вернётся. Порт был закрыт до самого вечера.",
        );
        assert_eq!(russian.code, "ru");
        assert!(!of("12 34 56").analysed);
        assert_eq!(of("").code, "und");
    }
}
