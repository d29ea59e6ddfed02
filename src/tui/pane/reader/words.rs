//! The text in words: a paragraph a row, dates beside their words, boilerplate told apart.

use super::super::super::effect::Effect;
use super::super::super::links::Footnotes;
use super::super::super::model::Model;
use super::super::super::told::{self, Row, Told};
use super::Text;
use super::wrap::{Kind, Line, shown_date};
use crate::annotate::{Annotated, Role};
use crate::text::Span;
use std::ops::Range;

impl Text {
    /// Paragraphs in words.
    pub(super) fn in_words(&self, model: &Model, range: Range<usize>) -> Told {
        let Some(article) = &self.article else {
            return Told { heading: "Text: no article is open".to_owned(), ..Told::default() };
        };
        let lines = &self.wrapped.lines;
        let paragraphs: Vec<&[Line]> = lines
            .chunk_by(|a, b| a.kind != Kind::Blank && same_kind(&a.kind, &b.kind))
            .filter(|lines| lines.iter().any(|line| line.kind != Kind::Blank))
            .collect();
        let cursor = lines.get(self.cursor.at);
        let at = paragraphs.iter().position(|lines| {
            cursor.is_some_and(|cursor| lines.iter().any(|line| std::ptr::eq(line, cursor)))
        });
        let rows = paragraphs.iter().skip(range.start).take(range.len());
        let found = self.find.as_ref().map(|(text, spans)| {
            format!(", {} found for {text}", spans.len())
        });
        Told {
            heading: format!("Text of {}{}", article.id(), found.unwrap_or_default()),
            total: paragraphs.len(),
            at: at.unwrap_or(0),
            rows: rows.map(|lines| row(lines, article, &self.links, model)).collect(),
            ..Told::default()
        }
    }
}

/// True where two lines belong to one paragraph.
fn same_kind(a: &Kind, b: &Kind) -> bool {
    match (a, b) {
        (Kind::Title(_), Kind::Title(_))
        | (Kind::Tags(_), Kind::Tags(_))
        | (Kind::Note(_), Kind::Note(_)) => true,
        _ => a == b && matches!(a, Kind::Text(_)),
    }
}

fn row(lines: &[Line], article: &Annotated, footnotes: &Footnotes, model: &Model) -> Row {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return Row::plain("");
    };
    let joined = |of: fn(&Kind) -> &str| {
        let words: Vec<&str> = lines.iter().map(|line| of(&line.kind)).collect();
        words.join(" ")
    };
    match &first.kind {
        Kind::Text(role) => {
            let span = Span { start: first.span.start, end: last.span.end };
            let words = format!("{}{}", label(*role), words(article, span));
            let place = Span { start: span.start, end: span.start };
            Row::picked(words, vec![Effect::Jump(article.id(), place)])
        }
        Kind::About => Row::plain(about(article, model)),
        Kind::Folded(count) => Row::plain(format!(
            "{} of boilerplate left out; boilerplate shows what it says.",
            told::count(*count, "line")
        )),
        Kind::Link(number) => {
            let target = number.checked_sub(1).and_then(|at| footnotes.targets.get(at));
            Row::plain(format!("Link {number}: {}", target.map_or("", String::as_str)))
        }
        Kind::MoreLinks(more) => Row::plain(format!("And {}.", told::count(*more, "more link"))),
        Kind::Blank => Row::plain(""),
        Kind::Title(_) => Row::plain(format!("Headline: {}", joined(of_head))),
        Kind::Tags(_) => Row::plain(format!("Your tags: {}", joined(of_head))),
        Kind::Note(_) => Row::plain(format!("Your note: {}", joined(of_head))),
    }
}

fn of_head(kind: &Kind) -> &str {
    match kind {
        Kind::Title(text) | Kind::Tags(text) | Kind::Note(text) => text,
        _ => "",
    }
}

/// What a block is, where it is not running text.
fn label(role: Role) -> String {
    match role {
        Role::Body | Role::Dateline => String::new(),
        Role::Headline => "Headline: ".to_owned(),
        Role::Subhead => "Heading: ".to_owned(),
        Role::Caption => "Caption: ".to_owned(),
        role if role.is_furniture() => format!("Boilerplate, {}: ", role.reason()),
        _ => String::new(),
    }
}

/// Words of the text, with what dates stand for beside them.
fn words(article: &Annotated, span: Span) -> String {
    let text = article.text();
    let mut made = String::new();
    let mut from = span.start;
    let timexes = article.timexes.iter();
    for timex in timexes.filter(|timex| timex.span.start >= span.start && timex.span.end <= span.end) {
        if timex.span.end < from {
            continue;
        }
        let Some(date) = shown_date(timex, text) else {
            continue;
        };
        let before = Span { start: from, end: timex.span.end };
        made.push_str(before.of(text));
        made.extend([" [", &date, "]"]);
        from = timex.span.end;
    }
    made.push_str(Span { start: from, end: span.end }.of(text));
    made.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is known of the article itself.
fn about(article: &Annotated, model: &Model) -> String {
    let row = model.store.row(&article.id());
    let source = article.outlet.clone().or_else(|| row.as_ref().and_then(|row| row.source.clone()));
    let parts = [
        Some(format!("Published {}", told::published(&article.published))),
        source,
        article.byline.clone(),
        row.map(|row| told::count(row.words as usize, "word")),
        (!article.language.analysed).then(|| format!("not analysed: language {}", article.language.code)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{}.", parts.join(", "))
}
