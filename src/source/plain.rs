//! Plain text: the whole file is one article, copied as it is.
//!
//! It takes whatever is text and nothing else; a table of comma-separated values is no article.

use super::decode::decode;
use super::draft::Draft;
use super::format::{Fit, Format, Head};
use super::intake::Intake;
use super::Reason;
use crate::article::Warning;
use crate::text::Place;

/// The format.
pub(crate) static FORMAT: Plain = Plain;

/// Plain text.
pub(crate) struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn sniff(&self, _head: &Head<'_>) -> Fit {
        Fit::Perhaps
    }

    fn read(&self, head: &Head<'_>, intake: &mut Intake<'_>) {
        let Ok(decoded) = decode(head.bytes, None) else {
            intake.skip(Reason::NotText, "not-text", "the bytes are no text");
            return;
        };
        if is_table(head.text()) {
            intake.skip(
                Reason::Unsupported,
                "unsupported",
                "a table of separated values; give its rows as JSON Lines instead",
            );
            return;
        }
        let place = Place { line: 1, byte: decoded.offset };
        let mut draft = Draft::verbatim(decoded.text, place);
        if draft.is_blank() {
            intake.skip(Reason::Empty, "empty", "there is no letter in it");
            return;
        }
        if decoded.bad_bytes {
            draft.warnings.push(Warning::new(
                "bad-bytes",
                format!("some bytes are no {} and became �", decoded.encoding),
            ));
        }
        intake.article(draft, head.bytes);
    }
}

/// Names that stand over the columns of tables of articles.
const COLUMNS: [&str; 14] = [
    "id", "title", "headline", "text", "body", "content", "date", "published", "url", "link",
    "author", "source", "topic", "language",
];

/// True for a header row of column names over rows with as many fields.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let Some(header) = lines.next().filter(|h| h.len() < 2000) else {
        return false;
    };
    let Some(separator) = [',', ';', '\t'].into_iter().find(|s| header.contains(*s)) else {
        return false;
    };
    let names: Vec<&str> = header.split(separator).map(|n| n.trim_matches('"')).collect();
    let word = |n: &&str| {
        !n.is_empty() && n.chars().all(|c| c.is_alphanumeric() || c == '_') && n.len() < 30
    };
    let known = names.iter().filter(|n| COLUMNS.contains(&n.to_lowercase().as_str())).count();
    let mut rows = lines.take(5).peekable();
    names.iter().all(word)
        && known * 2 >= names.len()
        && known > 0
        && rows.peek().is_some()
        && rows.all(|row| row.split(separator).count() >= names.len())
}

#[cfg(test)]
mod tests {
    use super::is_table;

    #[test]
    fn tables_are_told_from_prose() {
        assert!(is_table("id,title,text\n1,Ferry late,It was late.\n"));
        assert!(!is_table("Oslo, Bergen, Tromso\n\nThe ferry, late again, came at nine, they say.\n"));
        assert!(!is_table("Date, place\n\nnothing"));
    }
}
