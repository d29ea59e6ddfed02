//! Who with whom: the names that are told of together with the selected one, closest first. Enter
//! filters everything by both; `e` goes on to the company of the other one.

pub(in crate::tui) mod count;

use super::super::effect::Effect;
use super::super::jobs::{Answer, Question};
use super::super::model::{Level, Model};
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::{Cursor, Pen, cut, frame, kind_word, printable};
use crate::annotate::EntityKind;
use crate::config::{Action, Context};
use crate::resolve::Entity;
use count::{Companion, Company};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

/// Cells of the bar that says how close two are.
const BAR: usize = 6;

/// The box.
struct Met {
    of: Arc<Entity>,
    /// `None` until the job answers.
    company: Option<Arc<Company>>,
    kind: Option<EntityKind>,
    cursor: Cursor,
    list: Rect,
}

/// Opens the box over the selected entity.
///
/// # Errors
/// A sentence, where none is selected.
pub(super) fn open(model: &Model) -> Result<Vec<Effect>, String> {
    let first = || {
        Some(
            model
                .store
                .entities(&model.query, 0..1)
                .pop()?
                .entity
                .id
                .clone(),
        )
    };
    let wanted = model.entity.clone().or_else(first);
    let Some(of) = wanted.and_then(|id| model.store.entity(&id)) else {
        return Err("Select a name first; press 3 to go to them.".to_owned());
    };
    let made = Met {
        of: of.clone(),
        company: None,
        kind: None,
        cursor: Cursor::default(),
        list: Rect::default(),
    };
    Ok(vec![
        Effect::Push(Box::new(made)),
        Effect::Ask(Question::Company(of.id.clone())),
    ])
}

impl Met {
    fn rows(&self) -> Vec<&Companion> {
        let all = self.company.iter().flat_map(|company| &company.all);
        all.filter(|one| self.kind.is_none_or(|kind| kind == one.entity.kind))
            .collect()
    }

    fn selected(&self) -> Option<Arc<Entity>> {
        self.rows()
            .get(self.cursor.at)
            .map(|one| one.entity.clone())
    }

    fn turn(&mut self, forward: bool) {
        let all: Vec<Option<EntityKind>> = std::iter::once(None)
            .chain(EntityKind::ALL.into_iter().map(Some))
            .collect();
        let at = all.iter().position(|kind| *kind == self.kind).unwrap_or(0);
        let step = if forward { 1 } else { all.len() - 1 };
        self.kind = all.get((at + step) % all.len()).copied().flatten();
        self.cursor = Cursor::default();
    }

    fn filter(&self) -> Vec<Effect> {
        let Some(other) = self.selected() else {
            return Vec::new();
        };
        let pair = [&self.of, &other].map(|entity| (entity.id.clone(), entity.name.clone()));
        let text = format!("Only what concerns {} and {}.", self.of.name, other.name);
        vec![
            Effect::Pop,
            Effect::FilterBy(pair.to_vec()),
            Effect::Say(Level::Info, text),
        ]
    }
}

impl Pane for Met {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open => Outcome::Done(self.filter()),
            Action::NextKind | Action::NextPane => {
                self.turn(true);
                Outcome::NOTHING
            }
            Action::PreviousKind | Action::PreviousPane => {
                self.turn(false);
                Outcome::NOTHING
            }
            Action::EntityAtCursor | Action::Company => match self.selected() {
                Some(other) => Outcome::Done(vec![
                    Effect::Pop,
                    Effect::SelectEntity(other.id.clone()),
                    Effect::Act(Action::Company),
                ]),
                None => Outcome::NOTHING,
            },
            Action::Back | Action::Close => Effect::Pop.into(),
            _ if self.cursor.act(action).is_some() => Outcome::NOTHING,
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area.width.saturating_sub(4).clamp(10.min(area.width), 100);
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.min(4) / 4,
            width: columns,
            height: area.height.saturating_sub(2).max(3).min(area.height),
        };
        let title = format!("With {}", printable(&self.of.name));
        let dot = theme.glyphs.dot;
        let kind = self.kind.map_or("all kinds", kind_word);
        let looked = self.company.as_ref().map_or(String::new(), |company| {
            let part = if company.looked < company.total {
                format!("{} of ", company.looked)
            } else {
                String::new()
            };
            format!(
                "{part}{} articles {dot} {kind} {dot} Enter filters by both",
                company.total
            )
        });
        let inner = frame::popup(theme, place, buf, &title, &looked);
        self.list = inner;
        let rows = self.rows();
        let (len, closest) = (
            rows.len(),
            rows.iter().map(|one| one.score).fold(0.0, f64::max),
        );
        if self.company.is_none() {
            Pen::new(buf, inner, 0)
                .skip(1)
                .put("Counting\u{2026}", theme.faint);
            return;
        }
        if len == 0 {
            let words = "Nobody of this kind is told of together with that name.";
            Pen::new(buf, inner, 0).skip(1).put(words, theme.faint);
            return;
        }
        self.cursor.resize(len);
        let window = self.cursor.window(usize::from(inner.height));
        let (top, page) = (self.cursor.top, self.cursor.page);
        frame::thumb(theme, place, buf, (top, page, len), true);
        let rows = self.rows();
        for (index, row) in window.zip(0u16..) {
            let strip = Rect {
                y: inner.y + row,
                height: 1,
                ..inner
            };
            if let Some(one) = rows.get(index) {
                draw_row(one, closest, index == self.cursor.at, theme, strip, buf);
            }
        }
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if !self.list.contains(at) {
            return vec![Effect::Pop];
        }
        self.cursor.point(at.y - self.list.y);
        Vec::new()
    }

    fn answer(&mut self, answer: &Answer, _model: &Model) -> Vec<Effect> {
        if let Answer::Company { of, company } = answer
            && *of == self.of.id
        {
            self.company = Some(company.clone());
        }
        Vec::new()
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![
            Action::Open,
            Action::EntityAtCursor,
            Action::NextKind,
            Action::Back,
        ]
    }

    fn context(&self) -> Context {
        Context::Choice
    }
}

/// Draws one name; `closest` is the score of the first.
fn draw_row(
    one: &Companion,
    closest: f64,
    here: bool,
    theme: &Theme,
    area: Rect,
    buf: &mut Buffer,
) {
    let g = &theme.glyphs;
    let mut pen = Pen::new(buf, area, 0);
    let s = |count: u32| if count == 1 { " " } else { "s" };
    let wide = area.width >= 70;
    let counts = if wide {
        format!(
            "{:>4} article{} {:>4} sentence{} ",
            one.articles,
            s(one.articles),
            one.sentences,
            s(one.sentences)
        )
    } else {
        format!("{:>4}a {:>4}s ", one.articles, one.sentences)
    };
    pen.right(&counts, theme.muted);
    let full = if closest > 0.0 {
        one.score / closest
    } else {
        0.0
    };
    let bars = (full * BAR as f64).ceil().clamp(0.0, BAR as f64) as usize;
    let solid = g.bars.last().copied().unwrap_or("#").repeat(bars);
    pen.right(&format!("{solid:<BAR$} "), theme.bar);
    pen.right(&format!("{:<7}", kind_word(one.entity.kind)), theme.faint);
    pen.put(if here { g.cursor } else { " " }, theme.accent)
        .skip(1);
    let room = pen.left();
    let name = printable(&one.entity.name);
    pen.put(&cut(&name, room, g.ellipsis), theme.kind(one.entity.kind));
    if here {
        buf.set_style(area, theme.selection);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Stage, entity_id};

    #[test]
    fn two_names_filter_everything() {
        let mut stage = Stage::new(120, 40);
        stage.keys("3 gg W");
        let text = stage.text();
        assert!(text.contains("With Mara Lindqvist"), "{text}");
        let line = text
            .lines()
            .find(|line| line.contains("2 sentences"))
            .expect("a row");
        assert!(
            line.contains("Port Authority") && line.contains("2 articles"),
            "{line}"
        );
        stage.keys("enter");
        assert!(stage.app.overlays.is_empty());
        assert_eq!(stage.app.model.query.entities, [entity_id(0), entity_id(1)]);
    }

    #[test]
    fn one_goes_from_name_to_name() {
        let mut stage = Stage::new(80, 24);
        stage.keys("3 gg W e");
        assert!(
            stage.text().contains("With Port Authority"),
            "{}",
            stage.text()
        );
        stage.keys("] ] ]");
        assert!(stage.text().contains("place"), "{}", stage.text());
        stage.keys("esc");
        assert!(stage.app.overlays.is_empty());
    }
}
