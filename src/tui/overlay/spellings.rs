//! The spellings of one name, to be taken out of it or accepted: marked ones together, as one step.

use super::super::effect::{Effect, decided};
use super::super::model::{Level, Model};
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::told::{self, Row, Told};
use super::super::widget::{Cursor, Pen, cut, frame, printable, text, width};
use crate::config::{Action, Context};
use crate::engine::decide::Decision;
use crate::resolve::{Entity, Status, Variant};
use crate::store::Read;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Rows under the list: a blank one, the reason, what goes along.
const UNDER: u16 = 5;
/// Articles of a spelling that are looked at for what goes along with it.
const ARTICLES: usize = 64;

/// The box.
pub(super) struct Spellings {
    entity: Arc<Entity>,
    /// For each spelling, the others that an article uses for the same one.
    together: Vec<BTreeSet<String>>,
    marked: BTreeSet<usize>,
    last_mark: Option<usize>,
    cursor: Cursor,
    list: Rect,
}

impl Spellings {
    pub(super) fn new(entity: Arc<Entity>, store: &dyn Read) -> Self {
        let together = entity
            .variants
            .iter()
            .map(|variant| together(&entity, variant, store))
            .collect();
        let mut cursor = Cursor::default();
        cursor.resize(entity.variants.len());
        let suggested = |v: &Variant| v.status == Status::Suggested;
        // What is least sure is what one comes for.
        cursor.at = entity.variants.iter().position(suggested).unwrap_or(0);
        Self {
            entity,
            together,
            marked: BTreeSet::new(),
            last_mark: None,
            cursor,
            list: Rect::default(),
        }
    }

    /// The marked spellings; without marks the one under the cursor.
    fn chosen(&self) -> Vec<&Variant> {
        let at = |index: &usize| self.entity.variants.get(*index);
        if self.marked.is_empty() {
            at(&self.cursor.at).into_iter().collect()
        } else {
            self.marked.iter().filter_map(at).collect()
        }
    }

    fn split(&self) -> Outcome {
        let spellings: Vec<String> = self.chosen().iter().map(|v| v.text.clone()).collect();
        if spellings.len() >= self.entity.variants.len() {
            let text = "One spelling has to stay: unmark it.".to_owned();
            return Effect::Say(Level::Warning, text).into();
        }
        let (kind, name) = (self.entity.kind, self.entity.name.clone());
        close_with(Decision::Split {
            kind,
            name,
            spellings,
        })
    }

    fn accept(&self) -> Outcome {
        let spellings: Vec<String> = self
            .chosen()
            .iter()
            .filter(|v| v.status == Status::Suggested)
            .map(|v| v.text.clone())
            .collect();
        if spellings.is_empty() {
            let text = "Only what is suggested (?) can be accepted.".to_owned();
            return Effect::Say(Level::Warning, text).into();
        }
        let (kind, name) = (self.entity.kind, self.entity.name.clone());
        close_with(Decision::Accept {
            kind,
            name,
            spellings,
        })
    }

    fn mark(&mut self) {
        let at = self.cursor.at;
        if !self.marked.remove(&at) {
            self.marked.insert(at);
        }
        self.last_mark = Some(at);
        self.cursor.act(&Action::Down);
    }

    fn mark_range(&mut self) {
        let at = self.cursor.at;
        let from = self.last_mark.unwrap_or(at);
        self.marked.extend(from.min(at)..=from.max(at));
        self.last_mark = Some(at);
    }

    fn draw_row(&self, index: usize, field: usize, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let Some(variant) = self.entity.variants.get(index) else {
            return;
        };
        let on = index == self.cursor.at;
        let mut pen = Pen::new(buf, area, 0);
        pen.put(if on { theme.glyphs.cursor } else { " " }, theme.accent);
        let mark = if self.marked.contains(&index) {
            theme.glyphs.mark
        } else {
            " "
        };
        pen.put(mark, theme.mark);
        let (sign, style) = match variant.status {
            Status::Sure => ("= ", theme.good),
            Status::Suggested => ("? ", theme.warning),
        };
        let name = printable(&variant.text);
        pen.put(sign, style)
            .field(&name, field, theme.text, theme.glyphs.ellipsis);
        let articles = match variant.articles.len() {
            1 => "1 article".to_owned(),
            many => format!("{many} articles"),
        };
        pen.put(&format!(" {:>4}x  ", variant.count), theme.muted);
        pen.put(&articles, theme.faint);
        if on {
            buf.set_style(area, theme.selection);
        }
    }

    /// Why the spelling under the cursor belongs here, and what goes with it.
    fn draw_reason(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let Some(variant) = self.entity.variants.get(self.cursor.at) else {
            return;
        };
        let room = usize::from(area.width).saturating_sub(2);
        let ellipsis = theme.glyphs.ellipsis;
        let lines = |words: &str, most: usize| text::wrap(&printable(words), room, most, ellipsis);
        let along = self.together.get(self.cursor.at).filter(|t| !t.is_empty());
        let mut shown: Vec<(String, _)> = Vec::new();
        let reason = lines(&variant.reason, if along.is_some() { 2 } else { 4 });
        shown.extend(reason.into_iter().map(|line| (line, theme.muted)));
        if let Some(along) = along {
            let names: Vec<&str> = along.iter().map(String::as_str).collect();
            let words = format!(
                "Taken out with it, where one article says both: {}.",
                names.join(", ")
            );
            shown.extend(
                lines(&words, 2)
                    .into_iter()
                    .map(|line| (line, theme.warning)),
            );
        }
        for ((line, style), row) in shown.iter().zip(0..area.height) {
            Pen::new(buf, area, row).skip(1).put(line, *style);
        }
    }
}

/// The other spellings of those entities of single articles that a spelling belongs to: an article
/// says itself that they are one, so a split takes them along there.
fn together(entity: &Entity, variant: &Variant, store: &dyn Read) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for id in variant.articles.iter().take(ARTICLES) {
        let Some(article) = store.article(id) else {
            continue;
        };
        let ours = |local: u32| {
            let of = store.entity_of(id, local);
            of.is_some_and(|of| of == entity.id || entity.aliases.contains(&of))
        };
        let said = |span: crate::text::Span| {
            let words = span.of(article.text()).split_whitespace();
            words.collect::<Vec<_>>().join(" ")
        };
        let locals: BTreeSet<u32> = article
            .mentions
            .iter()
            .filter(|mention| ours(mention.entity) && said(mention.span) == variant.text)
            .map(|mention| mention.entity)
            .collect();
        found.extend(
            article
                .mentions
                .iter()
                .filter(|mention| locals.contains(&mention.entity))
                .map(|mention| said(mention.span)),
        );
    }
    found.remove(&variant.text);
    found
}

fn close_with(decision: Decision) -> Outcome {
    let mut effects = vec![Effect::Pop];
    effects.extend(decided(decision));
    Outcome::Done(effects)
}

impl Pane for Spellings {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        if self.cursor.act(action).is_some() {
            return Outcome::NOTHING;
        }
        match action {
            Action::Mark => self.mark(),
            Action::MarkRange => self.mark_range(),
            Action::Split | Action::Open => return self.split(),
            Action::Merge => return self.accept(),
            Action::Back | Action::Close => return Effect::Pop.into(),
            _ => return Outcome::Ignored,
        }
        Outcome::NOTHING
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area.width.saturating_sub(4).clamp(10.min(area.width), 84);
        let rows = self.entity.variants.len().min(usize::from(area.height)) as u16;
        let height = (rows + UNDER + 2).min(area.height.saturating_sub(1));
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.saturating_sub(height) / 3,
            width: columns,
            height,
        };
        let title = format!("Spellings of {}", printable(&self.entity.name));
        let title = cut(&title, usize::from(columns) / 2, theme.glyphs.ellipsis).into_owned();
        let detail = match self.marked.len() {
            0 => "take out or accept".to_owned(),
            marked => format!("{marked} marked"),
        };
        let inner = frame::popup(theme, place, buf, &title, &detail);
        let under = UNDER.min(inner.height / 2);
        self.list = Rect {
            height: inner.height - under,
            ..inner
        };
        let window = self.cursor.window(usize::from(self.list.height));
        let (top, page, len) = (self.cursor.top, self.cursor.page, self.cursor.len);
        frame::thumb(theme, place, buf, (top, page, len), true);
        let names = self.entity.variants.iter();
        let longest = names.map(|v| width(&v.text)).max().unwrap_or(0);
        let field = longest.min(usize::from(inner.width).saturating_sub(24).max(8));
        for (index, row) in window.zip(0u16..) {
            let strip = Rect {
                y: self.list.y + row,
                height: 1,
                ..self.list
            };
            self.draw_row(index, field, theme, strip, buf);
        }
        let reason = Rect {
            y: self.list.bottom() + 1,
            height: under.saturating_sub(1),
            ..inner
        };
        self.draw_reason(theme, reason, buf);
    }

    fn told(&self, _model: &Model, range: Range<usize>) -> Told {
        let variants = self.entity.variants.iter().enumerate();
        let rows = variants
            .skip(range.start)
            .take(range.len())
            .map(|(index, variant)| {
                let sure = match variant.status {
                    Status::Sure => "sure",
                    Status::Suggested => "suggested",
                };
                let marked = if self.marked.contains(&index) {
                    " (marked)"
                } else {
                    ""
                };
                let times = told::count(variant.count as usize, "time");
                Row::plain(format!(
                    "{}, {times}, {sure}: {}{marked}",
                    variant.text, variant.reason
                ))
            });
        Told {
            heading: format!(
                "Spellings of {}: split takes out, merge accepts",
                self.entity.name
            ),
            total: self.entity.variants.len(),
            at: self.cursor.at,
            rows: rows.collect(),
            ..Told::default()
        }
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if self.list.contains(at) {
            self.cursor.point(at.y - self.list.y);
            return Vec::new();
        }
        vec![Effect::Pop]
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![Action::Mark, Action::Split, Action::Merge, Action::Back]
    }

    fn context(&self) -> Context {
        Context::Choice
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::effect::Effect;
    use super::super::super::testing::Stage;
    use crate::annotate::EntityKind;
    use crate::engine::decide::Decision;

    fn sent(stage: &Stage) -> Vec<&Decision> {
        stage
            .sent
            .iter()
            .filter_map(|effect| match effect {
                Effect::Decide(decision) => Some(decision),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn marked_spellings_are_taken_out_as_one_step() {
        let mut stage = Stage::new(100, 30);
        stage.keys("3 gg M");
        let text = stage.text();
        assert!(text.contains("Spellings of Mara Lindqvist"), "{text}");
        assert!(text.contains("? Lindquist") && text.contains("same surname"));
        stage.keys("gg space space M");
        let expected = Decision::Split {
            kind: EntityKind::Person,
            name: "Mara Lindqvist".to_owned(),
            spellings: vec!["Lindquist".to_owned(), "M. Lindqvist".to_owned()],
        };
        assert_eq!(sent(&stage), [&expected]);
        assert!(stage.app.overlays.is_empty());
        let text = stage.text();
        assert!(text.contains("Took 2 spellings out of Mara"), "{text}");
    }

    #[test]
    fn one_suggestion_is_accepted_by_itself() {
        let mut stage = Stage::new(100, 30);
        // The cursor is on the first that is not sure.
        stage.keys("3 gg M m");
        let expected = Decision::Accept {
            kind: EntityKind::Person,
            name: "Mara Lindqvist".to_owned(),
            spellings: vec!["Lindquist".to_owned()],
        };
        assert_eq!(sent(&stage), [&expected]);
        stage.keys("M G m");
        assert_eq!(sent(&stage).len(), 1);
        assert!(stage.text().contains("Only what is suggested"));
    }

    #[test]
    fn one_spelling_stays() {
        let mut stage = Stage::new(80, 24);
        stage.keys("3 gg M gg v G v enter");
        assert!(sent(&stage).is_empty());
        assert!(stage.text().contains("One spelling has to stay"));
        stage.keys("esc j M");
        assert!(stage.app.overlays.is_empty());
        assert!(
            stage.text().contains("one spelling only"),
            "{}",
            stage.text()
        );
    }
}
