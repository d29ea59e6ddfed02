//! A tour in six steps: a card that says what is in front of one and which keys lead on.
//!
//! The card leaves the pane free that it speaks of, and movements go through it, so that a person
//! tries what they read. Any step can be the last.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane, PaneId};
use super::super::theme::Theme;
use super::super::told::{Row, Told};
use super::super::widget::{Pen, frame, text};
use crate::config::{Action, Context, Keymap};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::ops::Range;
use std::sync::Arc;

/// Columns of the card, and rows of text on it.
const CARD: (u16, usize) = (76, 6);

/// One step: its title, the pane that it speaks of, what it says. `{name}` stands for the keys of an action.
struct Step {
    title: &'static str,
    pane: PaneId,
    says: &'static str,
}

const STEPS: [Step; 6] = [
    Step {
        title: "every article, by date",
        pane: PaneId::Articles,
        says: "The list stands in the order of publication. A date with ~ is stated nowhere: it follows from \
               the text. What has no date comes last. {down} and {up} move, {open} reads, {star} stars, \
               {edit-tags} tags. Try it: the tour waits.",
    },
    Step {
        title: "the text, and what its words stand for",
        pane: PaneId::Text,
        says: "Names have the colour of their kind; beside \"on Sunday\" stands the day that it means. Menus, \
               teasers and other boilerplate of the page are folded away; {boilerplate} shows them. \
               {scroll-text-down} and {scroll-text-up} scroll the text from any pane.",
    },
    Step {
        title: "one line for a person, however they are spelt",
        pane: PaneId::Entities,
        says: "Under the selected name stand its spellings: = is sure, ? is only suggested; each has its \
               reason. {merge} accepts, {split} takes out, {hide} hides, {undo} takes it back. \
               {filter-entity} leaves only what concerns a name; on a second name, what concerns both.",
    },
    Step {
        title: "one timeline over all articles",
        pane: PaneId::Timeline,
        says: "The same event in several articles is one line: so many articles, so many independent voices. \
               {open} jumps to the sentence, {copy-citation} copies it with file and line, {zoom-out} and \
               {zoom-in} go from days to years. Long silences are said.",
    },
    Step {
        title: "why this date?",
        pane: PaneId::Articles,
        says: "{why-this-date} shows the words that date an article or an event, the rule, and what speaks \
               against it. Where you know better, {set-date} sets the date of an article. What you decide \
               is kept in a plain text file of its own; the articles are never written to.",
    },
    Step {
        title: "find your way",
        pane: PaneId::Articles,
        says: "{search} searches as you type: any spelling of a name finds all. {command-line} does anything by \
               name, {help} lists every key. `dateline FOLDER` opens your own articles; {recent} lists \
               what was open lately. That was the tour.",
    },
];

/// The card.
#[derive(Clone)]
pub(super) struct Tour {
    step: usize,
    /// What each step says, with the keys in force.
    says: Arc<[String]>,
    /// The key that goes on, and the one that leaves.
    keys: Arc<(String, String)>,
    card: Rect,
}

impl Tour {
    /// The tour from its first step, with the keys in force.
    pub(super) fn new(keymap: &Keymap) -> Self {
        let of = |context: Context, action: &Action| {
            let keys = keymap.keys_for(&[context, Context::Global], action);
            keys.unwrap_or_else(|| format!(":{}", action.name()))
        };
        let says = STEPS
            .iter()
            .map(|step| fill(step.says, &|action| of(step.pane.context(), action)));
        let keys = (
            of(Context::Popup, &Action::Open),
            of(Context::Popup, &Action::Back),
        );
        Self {
            step: 0,
            says: says.collect(),
            keys: Arc::new(keys),
            card: Rect::default(),
        }
    }

    /// The pane that the tour begins with.
    pub(super) const FIRST: PaneId = PaneId::Articles;

    fn turn(&mut self, forward: bool) -> Vec<Effect> {
        self.step = match (forward, self.step) {
            (true, last) if last + 1 == STEPS.len() => return vec![Effect::Pop],
            (true, step) => step + 1,
            (false, step) => step.saturating_sub(1),
        };
        let pane = STEPS.get(self.step).map_or(Self::FIRST, |step| step.pane);
        vec![Effect::Focus(pane)]
    }

    fn heading(step: usize) -> String {
        let title = STEPS.get(step).map_or("", |step| step.title);
        format!("Tour {} of {}: {title}", step + 1, STEPS.len())
    }
}

/// A text with keys in the place of the names of their actions.
fn fill(says: &str, keys: &dyn Fn(&Action) -> String) -> String {
    let mut made = String::new();
    for (index, part) in says.split(['{', '}']).enumerate() {
        match Action::parse(part) {
            Ok(action) if index % 2 == 1 => made.push_str(&keys(&action)),
            _ => made.push_str(part),
        }
    }
    made
}

/// True for what a person tries on the pane while the card lies there.
const fn goes_through(action: &Action) -> bool {
    matches!(
        action,
        Action::Down
            | Action::Up
            | Action::Top
            | Action::Bottom
            | Action::HalfPageDown
            | Action::HalfPageUp
            | Action::PageDown
            | Action::PageUp
            | Action::ScrollTextDown
            | Action::ScrollTextUp
            | Action::ZoomIn
            | Action::ZoomOut
            | Action::NextKind
            | Action::PreviousKind
            | Action::Boilerplate
    )
}

impl Pane for Tour {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        Outcome::Done(match action {
            Action::Open | Action::NextPane => self.turn(true),
            Action::PreviousPane => self.turn(false),
            Action::Back | Action::Close => vec![Effect::Pop],
            // The card is off while the pane acts, and on again after it.
            action if goes_through(action) => vec![
                Effect::Pop,
                Effect::Act(action.clone()),
                Effect::Push(Box::new(self.clone())),
            ],
            _ => return Outcome::Ignored,
        })
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = CARD
            .0
            .min(area.width.saturating_sub(2))
            .max(area.width.min(10));
        let says = self.says.get(self.step).map_or("", String::as_str);
        let room = usize::from(columns).saturating_sub(4);
        let lines = text::wrap(says, room, CARD.1, theme.glyphs.ellipsis);
        let height = (lines.len() as u16 + 2).min(area.height);
        let pane = STEPS.get(self.step).map_or(Self::FIRST, |step| step.pane);
        let above = match area.width {
            0..100 => pane == PaneId::Articles,
            100..160 => matches!(pane, PaneId::Articles | PaneId::Text),
            _ => !matches!(pane, PaneId::Timeline | PaneId::Evidence),
        };
        // The line of the hints stays free.
        let lowest = area.bottom().saturating_sub(height + 1);
        self.card = Rect {
            x: area.x + (area.width - columns) / 2,
            y: if above {
                lowest.max(area.y)
            } else {
                area.y + 1.min(area.height - height)
            },
            width: columns,
            height,
        };
        let (on, off) = self.keys.as_ref();
        let inner = frame::popup(
            theme,
            self.card,
            buf,
            &Self::heading(self.step),
            &format!("{on} goes on, {off} ends"),
        );
        for (line, row) in lines.iter().zip(0..inner.height) {
            Pen::new(buf, inner, row).skip(1).put(line, theme.text);
        }
    }

    fn told(&self, _model: &Model, range: Range<usize>) -> Told {
        let rows = self
            .says
            .iter()
            .enumerate()
            .skip(range.start)
            .take(range.len());
        Told {
            heading: "A tour in six steps, with the keys of the screen".to_owned(),
            total: self.says.len(),
            at: self.step,
            rows: rows
                .map(|(step, says)| Row::plain(format!("{}. {says}", Self::heading(step))))
                .collect(),
            ..Told::default()
        }
    }

    fn click(&mut self, at: Position, _model: &Model) -> Vec<Effect> {
        if self.card.contains(at) {
            self.turn(true)
        } else {
            vec![Effect::Pop]
        }
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![Action::Open, Action::PreviousPane, Action::Back]
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::pane::PaneId;
    use super::super::super::testing::Stage;
    use super::STEPS;

    #[test]
    fn every_step_is_seen_whole_beside_its_pane_and_can_be_the_last() {
        for (width, height) in [(60, 15), (80, 24), (120, 40), (200, 60)] {
            for leave in 0..STEPS.len() {
                let mut stage = Stage::new(width, height);
                stage.keys("T");
                for (number, step) in STEPS.iter().enumerate().take(leave + 1) {
                    let text = stage.text();
                    assert!(
                        text.contains(&format!("Tour {} of 6", number + 1)),
                        "{text}"
                    );
                    assert_eq!(stage.app.model.focus, step.pane);
                    assert!(!text.contains('{') && !text.contains('}'), "{text}");
                    if number < leave {
                        stage.keys("enter");
                    }
                }
                stage.keys("esc");
                assert!(
                    stage.app.overlays.is_empty(),
                    "{width}x{height}, step {leave}"
                );
            }
        }
    }

    #[test]
    fn movements_go_through_the_card() {
        let mut stage = Stage::new(120, 40);
        stage.keys("T");
        let before = stage.app.model.article.clone();
        stage.keys("j");
        assert_ne!(stage.app.model.article, before);
        assert_eq!(stage.app.overlays.len(), 1);
        stage.keys("enter enter enter enter enter");
        assert!(stage.text().contains("That was the tour."));
        stage.keys("enter");
        assert!(stage.app.overlays.is_empty());
        assert_eq!(stage.app.model.focus, PaneId::Articles);
    }

    #[test]
    fn the_tour_names_the_keys_in_force() {
        let stage = Stage::new(120, 40);
        let mut keymap = stage.app.keymap.clone();
        keymap
            .bind(crate::config::Context::Global, "d", "none")
            .unwrap();
        let tour = super::Tour::new(&keymap);
        assert!(
            tour.says[4].starts_with(":why-this-date shows"),
            "{}",
            tour.says[4]
        );
    }
}
