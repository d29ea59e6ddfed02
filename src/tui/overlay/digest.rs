//! The story of what is shown, in N dates: a sentence is picked like an event and opened in the text.

use super::super::effect::Effect;
use super::super::jobs::{Answer, Question};
use super::super::model::Model;
use super::super::pane::{Outcome, Pane, PaneId};
use super::super::theme::Theme;
use super::super::told;
use super::super::widget::{Cursor, Pen, frame, printable, text};
use crate::article::ArticleId;
use crate::config::Action;
use crate::text::Span;
use crate::timeline::digest::{Entry, Request};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::ops::Range;

/// Dates and sentences that still make a story to read.
const MOST: (usize, usize) = (200, 10);
/// Columns of the date.
const DATE: usize = 12;
/// Lines of a sentence that are shown.
const LINES: usize = 6;

/// What is said where there is no story.
const NOTHING: &str = "Nothing here has a date to tell a story by.";

/// The box.
struct Digest {
    title: String,
    /// `None` until the job answers.
    told: Option<Vec<Told>>,
    cursor: Cursor,
    list: Rect,
    /// The sentence on each line of the last frame.
    rows: Vec<usize>,
}

/// A sentence of the story.
struct Told {
    /// Its date, where it is the first of its day.
    date: String,
    sentence: String,
    article: ArticleId,
    span: Span,
}

/// Reads `N [K]` and asks for the story of what is shown.
///
/// # Errors
/// A sentence that says what to write.
pub(super) fn open(argument: &str, model: &Model) -> Result<Vec<Effect>, String> {
    let numbers: Option<Vec<usize>> = argument
        .split_whitespace()
        .map(|word| word.parse().ok())
        .collect();
    let (dates, sentences) = match numbers.as_deref() {
        Some([dates]) => (*dates, 1),
        Some([dates, sentences]) => (*dates, *sentences),
        _ => (0, 0),
    };
    if dates == 0 || sentences == 0 {
        return Err(
            "Write a number of dates, such as :digest 12, and of sentences, such as :digest 12 2."
                .into(),
        );
    }
    let request = Request {
        dates: dates.min(MOST.0),
        sentences: sentences.min(MOST.1),
        // The story of those that everything is filtered by.
        about: model.filter.iter().map(|(_, name)| name.clone()).collect(),
        from: model.query.from,
        to: model.query.to,
    };
    let title = format!(
        "The story in {} date{}",
        request.dates,
        if request.dates == 1 { "" } else { "s" }
    );
    let made = Digest {
        title,
        told: None,
        cursor: Cursor::default(),
        list: Rect::default(),
        rows: Vec::new(),
    };
    Ok(vec![
        Effect::Push(Box::new(made)),
        Effect::Ask(Question::Digest(model.query.clone(), request)),
    ])
}

fn sentences(entries: &[Entry]) -> Vec<Told> {
    let all = entries.iter().flat_map(|entry| {
        let said = entry
            .sentences
            .iter()
            .zip(&entry.articles)
            .zip(&entry.spans);
        said.enumerate()
            .map(|(nth, ((sentence, article), span))| Told {
                date: if nth == 0 {
                    entry.date.to_string()
                } else {
                    String::new()
                },
                // What names no day, and what was told beforehand, is marked.
                sentence: entry.note(nth).map_or_else(
                    || printable(sentence).into_owned(),
                    |note| format!("{} ({note})", printable(sentence)),
                ),
                article: article.clone(),
                span: *span,
            })
    });
    all.collect()
}

impl Digest {
    fn follow(&self) -> Vec<Effect> {
        let at = self.told.as_ref().and_then(|told| told.get(self.cursor.at));
        at.map_or_else(Vec::new, |told| {
            vec![
                Effect::Pop,
                Effect::Jump(told.article.clone(), told.span),
                Effect::Focus(PaneId::Text),
            ]
        })
    }
}

impl Pane for Digest {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open => Outcome::Done(self.follow()),
            Action::Back | Action::Close => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => Outcome::NOTHING,
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area.width.saturating_sub(4).clamp(10.min(area.width), 96);
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.min(4) / 4,
            width: columns,
            height: area.height.saturating_sub(2).max(3).min(area.height),
        };
        let inner = frame::popup(theme, place, buf, &self.title, "Enter opens, Esc closes");
        self.list = inner;
        self.rows.clear();
        let Some(told) = &self.told else {
            Pen::new(buf, inner, 0)
                .skip(1)
                .put("Counting\u{2026}", theme.faint);
            return;
        };
        if told.is_empty() {
            Pen::new(buf, inner, 0).skip(1).put(NOTHING, theme.faint);
            return;
        }
        let page = usize::from(inner.height);
        let narrow = inner.width < 40;
        let indent = if narrow { 2 } else { DATE + 1 };
        let room = usize::from(inner.width).saturating_sub(indent + 2).max(4);
        let laid = |told: &Told| text::wrap(&told.sentence, room, LINES, theme.glyphs.ellipsis);
        // The first sentence shown moves on until the one under the cursor is whole.
        self.cursor.resize(told.len());
        self.cursor.page = (page / 3).max(1);
        let mut top = self.cursor.top.min(self.cursor.at);
        let height =
            |told: &Told| laid(told).len() + 1 + usize::from(narrow && !told.date.is_empty());
        while top < self.cursor.at
            && told
                .iter()
                .take(self.cursor.at + 1)
                .skip(top)
                .map(height)
                .sum::<usize>()
                > page
        {
            top += 1;
        }
        self.cursor.top = top;
        let mut row = 0;
        for (at, one) in told.iter().enumerate().skip(top) {
            let here = at == self.cursor.at;
            let style = if here { theme.strong } else { theme.text };
            if narrow && !one.date.is_empty() && row < inner.height {
                Pen::new(buf, inner, row)
                    .skip(1)
                    .put(&one.date, theme.date_exact);
                self.rows.push(at);
                row += 1;
            }
            for (nth, line) in laid(one).iter().enumerate() {
                if row >= inner.height {
                    break;
                }
                let mut pen = Pen::new(buf, inner, row);
                pen.field(
                    if here && nth == 0 {
                        theme.glyphs.cursor
                    } else {
                        ""
                    },
                    1,
                    theme.accent,
                    "",
                );
                if narrow {
                    pen.skip(1);
                } else {
                    pen.field(
                        if nth == 0 { &one.date } else { "" },
                        DATE,
                        theme.date_exact,
                        "",
                    );
                }
                pen.put(line, style);
                self.rows.push(at);
                row += 1;
            }
            if row >= inner.height {
                break;
            }
            Pen::new(buf, inner, row)
                .skip(indent)
                .put(&cited(one, model), theme.faint);
            self.rows.push(at);
            row += 1;
        }
        frame::thumb(
            theme,
            place,
            buf,
            (top, self.rows.len() / 2, told.len()),
            true,
        );
    }

    fn told(&self, model: &Model, range: Range<usize>) -> told::Told {
        let told = self.told.as_deref().unwrap_or_default();
        let mut date = "";
        let dated = told.iter().map(|one| {
            if !one.date.is_empty() {
                date = &one.date;
            }
            (date, one)
        });
        let rows = dated
            .skip(range.start)
            .take(range.len())
            .map(|(date, one)| {
                let words = format!("{date}: {} ({})", one.sentence, cited(one, model));
                let place = Effect::Jump(one.article.clone(), one.span);
                let pick = vec![Effect::Pop, place, Effect::Focus(PaneId::Text)];
                told::Row::picked(words, pick)
            });
        told::Told {
            heading: self.title.clone(),
            total: told.len(),
            at: self.cursor.at,
            rows: rows.collect(),
            after: if told.is_empty() {
                vec![NOTHING.to_owned()]
            } else {
                Vec::new()
            },
        }
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        let row = self
            .list
            .contains(at)
            .then(|| usize::from(at.y - self.list.y));
        match row.and_then(|row| self.rows.get(row)) {
            Some(told) => {
                self.cursor.at = *told;
                Vec::new()
            }
            None => vec![Effect::Pop],
        }
    }

    fn answer(&mut self, answer: &Answer, _model: &Model) -> Vec<Effect> {
        if let Answer::Digest(entries) = answer {
            self.told = Some(sentences(entries));
        }
        Vec::new()
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![Action::Open, Action::Back, Action::Down, Action::Up]
    }
}

/// File and line of a sentence, and the outlet where it is known.
fn cited(told: &Told, model: &Model) -> String {
    let article = model.store.article(&told.article);
    let line = article.and_then(|article| article.article.line(told.span.start));
    let line = line.map_or(String::new(), |line| format!(":{line}"));
    printable(&format!("{}{line}", told.article)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::super::pane::PaneId;
    use super::super::super::testing::Stage;
    use crate::engine::{Progress, builtin, collection::Collection};
    use crate::source::{self, Options};
    use crate::store::Overlay;

    /// The screen over the built-in collection, with a command typed.
    fn asked(text: &str) -> Stage {
        let mut collection = Collection::new(Overlay::default());
        let read = builtin::FILES
            .iter()
            .map(|(name, bytes)| source::read_bytes(name, Some(name), bytes, Options::default()));
        collection.add(read.collect());
        let mut stage = Stage::new(100, 30);
        stage.app.news(Progress::Snapshot(collection.snapshot()));
        stage.keys(":").type_text(text).keys("enter");
        stage
    }

    #[test]
    fn a_story_is_told_and_a_sentence_of_it_opened() {
        let mut stage = asked("digest 3");
        let screen = stage.text();
        assert!(screen.contains("The story in 3 dates"), "{screen}");
        assert!(screen.contains("2020-08-09"), "{screen}");
        stage.keys("enter");
        assert!(stage.app.overlays.is_empty());
        assert_eq!(stage.app.model.focus, PaneId::Text);
        assert!(stage.app.model.jump.is_some());
    }

    #[test]
    fn what_is_no_number_is_said() {
        for wrong in ["digest soon", "digest 0", "digest 3 0", "digest 1 2 3"] {
            let stage = asked(wrong);
            let note = stage.app.model.note.as_ref().map(|(_, text)| text.clone());
            assert!(
                note.is_some_and(|text| text.contains(":digest 12")),
                "{wrong}"
            );
        }
    }
}
