//! The numbers that the line model weighs: a line's surface, its neighbours, its place.
//!
//! No feature holds a word of a page. The names below are the rows of `assets/clean/line-model.tsv`;
//! the fitting script reads what the test `clean::eval::dump` writes, so both share this code.

use super::super::Role;
use super::lexicon::Place;
use super::line::{End, Line};
use crate::article::Tag;

/// Features of a line on its own. The first [`NEAR`] of them also count for lines two and three away.
const BASE: [&str; 26] = [
    "prose", "tiny", "words", "weak", "phrase", "open", // near ones first
    "few", "long", "stops", "capitals", "shouted", "lower", "digits", "marks", "commas", "address",
    "sentence", "ellipsis", "colon", "breaks", "quoted", "barred", "linked", "reports", "stamp",
    "repeated",
];
/// How many of [`BASE`] are looked up two and three lines away.
const NEAR: usize = 6;
/// Features of the surroundings and of the whole text.
const AROUND: [&str; 23] = [
    "density2",
    "density5",
    "density12",
    "tiny5",
    "place",
    "told",
    "closed",
    "after",
    "before",
    "since",
    "until",
    "doc-lines",
    "doc-prose",
    "doc-tiny",
    "doc-weak",
    "foreign",
    "doc-titled",
    "past-title",
    "near-title",
    "near-stamp",
    "near-by",
    "dateline",
    "near-dateline",
];
/// Features of the markup of a line.
const MARKUP: [&str; 13] = [
    "main",
    "aside",
    "heading",
    "item",
    "caption",
    "navigation",
    "header",
    "footer",
    "form",
    "cell",
    "quote",
    "time",
    "author",
];
/// Neighbours whose whole surface counts, and whose first features count.
const CLOSE: [isize; 2] = [-1, 1];
const FAR: [isize; 4] = [-3, -2, 2, 3];

/// Length of a vector without markup, and with it.
pub(super) const PLAIN: usize = BASE.len() * 3 + NEAR * 4 + AROUND.len();
/// See [`PLAIN`].
pub(super) const MARKED: usize = PLAIN + MARKUP.len() + 2;

/// The names of all features, in the order of the vectors.
pub(super) fn names() -> Vec<String> {
    let mut made: Vec<String> = BASE.iter().map(|n| (*n).to_owned()).collect();
    for by in CLOSE {
        made.extend(BASE.iter().map(|n| format!("{n}@{by:+}")));
    }
    for by in FAR {
        made.extend(BASE.iter().take(NEAR).map(|n| format!("{n}@{by:+}")));
    }
    made.extend(AROUND.iter().map(|n| (*n).to_owned()));
    made.extend(MARKUP.iter().map(|n| format!("tag-{n}")));
    made.extend(["tag-main5".to_owned(), "tag-main-share".to_owned()]);
    made
}

/// Features of all lines of one text.
pub(super) struct Features {
    base: Vec<[f32; BASE.len()]>,
    around: Vec<[f32; AROUND.len()]>,
    markup: Vec<[f32; MARKUP.len()]>,
    main: Vec<[f32; 2]>,
}

impl Features {
    /// Measures the lines; with `markup`, their elements too.
    pub(super) fn new(lines: &[Line], markup: bool) -> Self {
        let mut made = Self {
            base: lines.iter().map(surface).collect(),
            around: around(lines),
            markup: Vec::new(),
            main: Vec::new(),
        };
        if markup {
            made.markup = lines.iter().map(element).collect();
            let flags: Vec<f32> = lines.iter().map(|l| on(l.main == Some(true))).collect();
            let share = flags.iter().sum::<f32>() / (flags.len().max(1) as f32);
            let near = window(&flags, 5);
            made.main = near.into_iter().map(|near| [near, share]).collect();
        }
        made
    }

    /// Gives every feature of line `at` in the order of [`names`].
    pub(super) fn each(&self, at: usize, mut give: impl FnMut(f32)) {
        let near = |by: isize| at.checked_add_signed(by);
        let mut of = |by: isize, most: usize| match near(by).and_then(|i| self.base.get(i)) {
            Some(values) => values.iter().take(most).copied().for_each(&mut give),
            None => std::iter::repeat_n(0.0, most).for_each(&mut give),
        };
        of(0, BASE.len());
        for by in CLOSE {
            of(by, BASE.len());
        }
        for by in FAR {
            of(by, NEAR);
        }
        if let Some(values) = self.around.get(at) {
            values.iter().copied().for_each(&mut give);
        }
        if self.markup.is_empty() {
            return;
        }
        if let Some(values) = self.markup.get(at) {
            values.iter().copied().for_each(&mut give);
        }
        if let Some(values) = self.main.get(at) {
            values.iter().copied().for_each(&mut give);
        }
    }
}

const fn on(flag: bool) -> f32 {
    if flag { 1.0 } else { 0.0 }
}

fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// Logarithm of a count, scaled so that 200 gives 1.
fn log(count: u32) -> f32 {
    (1.0 + count.min(200) as f32).ln() / 201_f32.ln()
}

fn surface(line: &Line) -> [f32; BASE.len()] {
    let strong = line.hit.role.is_some() && (line.hit.place > Place::Any || line.words <= 40);
    [
        on(line.is_prose()),
        on(line.words < 4),
        log(line.words),
        on(line.hit.weak > 0) * (0.5 + 0.5 * share(u32::from(line.hit.weak), 8)),
        on(strong),
        on(line.end == End::Open),
        on(line.words >= 4 && line.words < 9),
        line.words.min(80) as f32 / 80.0,
        share(line.stops, line.words),
        share(line.capitals, line.words),
        share(line.shouted, line.words),
        share(line.lower, line.words),
        share(line.digits, line.chars),
        (line.marks as f32 / line.words.max(1) as f32).min(3.0) / 3.0,
        line.commas.min(5) as f32 / 5.0,
        share(line.address, line.words),
        on(line.end == End::Sentence),
        on(line.end == End::Ellipsis),
        on(line.end == End::Colon),
        line.breaks.min(4) as f32 / 4.0,
        on(line.quoted),
        on(line.barred),
        on(line.linked),
        on(line.reports),
        on(line.stamp),
        on(line.repeated),
    ]
}

fn element(line: &Line) -> [f32; MARKUP.len()] {
    let tag = |test: fn(Tag) -> bool| on(line.tag.is_some_and(test));
    [
        on(line.main == Some(true)),
        tag(|t| t == Tag::Aside),
        tag(|t| matches!(t, Tag::Heading(_))),
        tag(|t| t == Tag::ListItem),
        tag(|t| t == Tag::Caption),
        tag(|t| t == Tag::Navigation),
        tag(|t| t == Tag::Header),
        tag(|t| t == Tag::Footer),
        tag(|t| t == Tag::Form),
        tag(|t| t == Tag::Cell),
        tag(|t| t == Tag::Quote),
        tag(|t| t == Tag::Time),
        tag(|t| t == Tag::Author),
    ]
}

/// Mean over `by` lines to each side, the line itself included.
fn window(values: &[f32], by: usize) -> Vec<f32> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    let mut sum = 0.0_f64;
    sums.push(sum);
    for value in values {
        sum += f64::from(*value);
        sums.push(sum);
    }
    (0..values.len())
        .map(|i| {
            let (low, high) = (i.saturating_sub(by), (i + by + 1).min(values.len()));
            let part =
                sums.get(high).copied().unwrap_or(sum) - sums.get(low).copied().unwrap_or(0.0);
            (part / (2 * by + 1) as f64) as f32
        })
        .collect()
}

/// True for a line after which an article does not go on.
pub(super) fn closes(line: &Line) -> bool {
    line.hit.place > Place::Any
        && line.words <= 40
        && matches!(
            line.hit.role,
            Some(Role::Teaser | Role::CommentForm | Role::Copyright)
        )
}

fn around(lines: &[Line]) -> Vec<[f32; AROUND.len()]> {
    let count = lines.len();
    let weight = |l: &Line| {
        if l.is_prose() {
            l.words.min(60) as f32 / 60.0
        } else {
            0.0
        }
    };
    let prose: Vec<f32> = lines.iter().map(weight).collect();
    let tiny: Vec<f32> = lines.iter().map(|l| on(l.words < 4)).collect();
    let whole = prose.iter().sum::<f32>().max(0.01);
    let lines_of = |test: fn(&Line) -> bool| {
        lines.iter().filter(|l| test(l)).count() as f32 / count.max(1) as f32
    };
    let doc_lines = (1.0 + count.min(1000) as f32).ln() / 1001_f32.ln();
    let doc_prose = lines_of(Line::is_prose);
    let doc_tiny = lines_of(|l| l.words < 4);
    let doc_weak = lines_of(|l| l.hit.weak > 0 || l.hit.role.is_some());
    let words: u32 = lines.iter().map(|l| l.words).fold(0, u32::saturating_add);
    let stops: u32 = lines.iter().map(|l| l.stops).fold(0, u32::saturating_add);
    let foreign = on(share(stops, words) < 0.12);
    let mut until = vec![10.0_f32; count];
    let mut gap = 10.0_f32;
    for (i, slot) in until.iter_mut().enumerate().rev() {
        *slot = gap;
        gap = if prose.get(i).is_some_and(|p| *p > 0.0) {
            0.0
        } else {
            (gap + 1.0).min(10.0)
        };
    }
    let windows = (
        window(&prose, 2),
        window(&prose, 5),
        window(&prose, 12),
        window(&tiny, 5),
    );
    let (mut told, mut since, mut closed) = (0.0_f32, 10.0_f32, 0.0_f32);
    let titled = lines.iter().any(|l| l.title);
    let (mut title, mut stamp, mut by, mut place) = (None, None, None, None);
    let near =
        |then: Option<usize>, now: usize| then.map_or(0.0, |then| 6.0 / (6 + now - then) as f32);
    let at = |values: &[f32], i: usize| values.get(i).copied().unwrap_or(0.0);
    let mut made = Vec::with_capacity(count);
    for (i, line) in lines.iter().enumerate() {
        let own = at(&prose, i);
        let before = told > 0.0;
        let after = whole - told - own > 0.01;
        if closes(line) && told / whole > 0.3 {
            closed = 1.0;
        }
        made.push([
            at(&windows.0, i),
            at(&windows.1, i),
            at(&windows.2, i),
            at(&windows.3, i),
            i as f32 / count.max(1) as f32,
            told / whole,
            closed,
            on(before),
            on(after),
            since / 10.0,
            at(&until, i) / 10.0,
            doc_lines,
            doc_prose,
            doc_tiny,
            doc_weak,
            foreign,
            on(titled),
            on(title.is_some()),
            near(title, i),
            near(stamp, i),
            near(by, i),
            on(line.dateline),
            near(place, i),
        ]);
        if line.dateline {
            place = Some(i);
        }
        if line.title {
            title = Some(i);
        }
        if line.stamp {
            stamp = Some(i);
        }
        if line.by {
            by = Some(i);
        }
        told += own;
        since = if own > 0.0 {
            0.0
        } else {
            (since + 1.0).min(10.0)
        };
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::clean::line;
    use crate::article::Article;

    #[test]
    fn vectors_have_as_many_values_as_names() {
        let article = Article {
            text: "One line.\nAnother line here".into(),
            ..Article::default()
        };
        let lines = line::lines(&article);
        for (markup, want) in [(false, PLAIN), (true, MARKED)] {
            let features = Features::new(&lines, markup);
            let mut count = 0;
            features.each(1, |value| {
                assert!(value.is_finite());
                count += 1;
            });
            assert_eq!(count, want);
        }
        assert_eq!(names().len(), MARKED);
    }
}
