//! What was found, in one plain sentence; and the progress while it is being found.

use super::model::Model;
use crate::source::Reason;

/// The status sentence. `mark` is the sign of an inferred date; empty where signs say nothing.
pub(super) fn sentence(model: &Model, mark: &str) -> String {
    let status = &model.status;
    if status.articles == 0 {
        return match (model.loading.finished, skipped(model)) {
            (false, _) => String::new(),
            (true, 0) => "No articles here.".to_owned(),
            (true, count) => format!("No articles here; {} skipped.", files(count)),
        };
    }
    let mut parts = vec![count(status.articles, "article", "articles")];
    if status.dated > 0 {
        parts.push(format!("{} dated", status.dated));
    }
    if status.inferred > 0 {
        let dates = count(status.inferred, "date", "dates");
        let mark = if mark.is_empty() {
            String::new()
        } else {
            format!(" ({mark})")
        };
        parts.push(format!("{dates} inferred{mark}"));
    }
    let settled = status.analysed + status.foreign >= status.articles;
    if status.undated > 0 && settled {
        parts.push(format!("{} undated", status.undated));
    }
    if let Some((_, spellings)) = status.most_spelled.as_ref().filter(|(_, n)| *n > 1) {
        parts.push(format!("1 person in {spellings} spellings"));
    }
    if status.new > 0 {
        parts.push(format!("{} new since last time", status.new));
    }
    if status.copies > 0 {
        parts.push(count(status.copies, "copy", "copies"));
    }
    if status.foreign > 0 {
        parts.push(format!("{} not analysed (other languages)", status.foreign));
    }
    match skipped(model) {
        0 => {}
        skipped => parts.push(format!("{} skipped", files(skipped))),
    }
    let cut = model.loading.truncated.max(status.truncated);
    if cut > 0 {
        parts.push(format!("{} cut short", files(cut)));
    }
    format!("{}.", parts.join(", "))
}

/// How far the pipeline is; empty when it is done.
pub(super) fn progress(model: &Model) -> String {
    let loading = &model.loading;
    let status = &model.status;
    if loading.broken {
        return "the analysis stopped early".to_owned();
    }
    if loading.finished {
        return String::new();
    }
    if loading.total > 0 && loading.done < loading.total {
        return format!("reading {}/{}", loading.done, loading.total);
    }
    if status.analysed < status.articles {
        return format!("analysing {}/{}", status.analysed, status.articles);
    }
    "reading".to_owned()
}

fn skipped(model: &Model) -> usize {
    model.loading.skipped.max(model.status.skipped)
}

fn files(number: usize) -> String {
    count(number, "file", "files")
}

fn count(number: usize, one: &str, many: &str) -> String {
    // Thousands are grouped, or a million cannot be told from a hundred thousand.
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { one } else { many })
}

/// Why a file did not load whole, in words.
pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Empty => "nothing in it",
        Reason::NotText => "no text",
        Reason::Unsupported => "a format that is not read",
        Reason::Malformed => "broken",
        Reason::TooLarge => "too large",
        Reason::TooDeep => "nested too deep",
        Reason::TooMany => "too many records",
        Reason::UnsafePath => "a path that leads out of its archive",
        Reason::NotRegular => "no regular file",
        Reason::Unreadable => "cannot be read",
        Reason::Loop => "a link that leads back",
        Reason::Bomb => "unpacks to far more than it is",
        Reason::ExternalEntity => "asks for other files",
        Reason::NoArticle => "no article in it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(1, "file", "files"), "1 file");
        assert_eq!(count(1_234_567, "file", "files"), "1,234,567 files");
    }
}
