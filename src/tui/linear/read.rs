//! Reading out: pages of a pane, boxes, what an action changed, help.

use super::super::pane::PaneId;
use super::super::told::{Row, Told};
use super::super::widget::printable;
use super::{Last, PAGE, Session};
use crate::config::{Action, Context, KeyRow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::ops::Range;

/// The canvas on which a box is drawn that has no words of its own.
const BOX: Rect = Rect {
    x: 0,
    y: 0,
    width: 100,
    height: 60,
};

impl Session<'_> {
    /// Rows of what keys go to now: of the box on top, else of the focused pane.
    fn told(&self, range: Range<usize>) -> Told {
        let app = &self.stage.app;
        let model = &app.model;
        match app.overlays.last() {
            Some(top) => top.told(model, range),
            None => app
                .panes
                .get(model.focus.index())
                .map_or_else(Told::default, |pane| pane.told(model, range)),
        }
    }

    /// Reads a page out, from row `from` on.
    pub(super) fn list(&mut self, from: usize) -> anyhow::Result<()> {
        let told = self.told(from..from + PAGE);
        let end = from + told.rows.len();
        self.next = end;
        let place = match (told.total, told.rows.len()) {
            (0, _) => "nothing here".to_owned(),
            (total, shown) if shown == total => super::told::count(total, "row"),
            (total, _) => format!("{} to {end} of {total}", from + 1),
        };
        self.say(&format!("{}: {place}.", told.heading))?;
        if told.total == 0 {
            let model = &self.stage.app.model;
            if model.is_filtered() {
                self.say("Nothing matches. clear-filter shows everything again.")?;
            }
        }
        let numbered =
            self.stage.app.model.focus != PaneId::Text || !self.stage.app.overlays.is_empty();
        for (number, row) in (from + 1..).zip(&told.rows) {
            let words = if numbered {
                format!("{number}. {}", row.words)
            } else {
                row.words.clone()
            };
            self.say(&words)?;
        }
        if end < told.total {
            return self.say("Enter for more.");
        }
        for words in &told.after {
            self.say(words)?;
        }
        Ok(())
    }

    /// The next page.
    pub(super) fn more(&mut self) -> anyhow::Result<()> {
        let total = self.told(0..0).total;
        if self.next >= total {
            return self.say("That was all.");
        }
        self.list(self.next)
    }

    /// Goes to the row of a number; says so where there is none.
    pub(super) fn go_to(&mut self, number: usize) -> anyhow::Result<bool> {
        let row = number.checked_sub(1);
        let told = row.map(|row| self.told(row..row + 1));
        let total = self.told(0..0).total;
        let (Some(row), Some(found)) = (row, told.and_then(|told| told.rows.into_iter().next()))
        else {
            let words = match total {
                0 => "There are no numbers here.".to_owned(),
                total => format!("There is no {number} here; numbers go from 1 to {total}."),
            };
            self.say(&words)?;
            return Ok(false);
        };
        self.stage.app.model.touched = true;
        if found.pick.is_empty() {
            self.stage.act(&Action::Top);
            for _ in 0..row {
                self.stage.app.act(&Action::Down);
            }
        } else {
            self.stage.app.apply(found.pick);
        }
        self.stage.draw();
        Ok(true)
    }

    /// Remembers what was read out.
    pub(super) fn remember(&mut self) {
        self.last = self.now();
    }

    fn now(&self) -> Last {
        let told = self.told(0..0);
        let model = &self.stage.app.model;
        Last {
            focus: Some(model.focus),
            heading: told.heading,
            at: told.at,
            jumps: model.jumps,
            overlays: self.stage.app.overlays.len(),
        }
    }

    /// Reads out what is not as it was before an action.
    pub(super) fn changes(&mut self, action: &Action) -> anyhow::Result<()> {
        let (before, now) = (self.last.clone(), self.now());
        if self.stage.app.overlays.last().is_some() {
            self.read_box()?;
        } else if before.heading != now.heading || before.focus != now.focus || names_a_pane(action)
        {
            // Where something led to a row, reading begins there; else a list is read from its top.
            let led = now.jumps != before.jumps || leads(action);
            let from = if led { now.at } else { 0 };
            self.list(from)?;
        } else if before.jumps != now.jumps && now.focus != Some(PaneId::Text) {
            self.read_jump()?;
        } else if before.at != now.at || before.overlays != now.overlays {
            self.read_row(now.at)?;
        }
        self.remember();
        Ok(())
    }

    /// Reads out the row that one is on.
    fn read_row(&mut self, at: usize) -> anyhow::Result<()> {
        let row = self.told(at..at + 1).rows.into_iter().next();
        match row {
            Some(row) => self.say(&format!("{}. {}", at + 1, row.words)),
            None => Ok(()),
        }
    }

    /// Reads out the words that something led to.
    fn read_jump(&mut self) -> anyhow::Result<()> {
        let app = &self.stage.app;
        let Some(text) = app.panes.get(PaneId::Text.index()) else {
            return Ok(());
        };
        let at = text.told(&app.model, 0..0).at;
        let told = text.told(&app.model, at..at + 1);
        let words = told
            .rows
            .into_iter()
            .next()
            .map_or(String::new(), |row| row.words);
        let heading = told.heading;
        self.say(&format!("{heading}: {words}"))
    }

    /// Reads out the box on top; one that only says something is closed again.
    fn read_box(&mut self) -> anyhow::Result<()> {
        let told = self.told(0..PAGE);
        let Some(context) = self.stage.app.overlays.last().map(|top| top.context()) else {
            return Ok(());
        };
        if context == Context::Input {
            return Ok(());
        }
        let rows_are_picked =
            context == Context::Choice || told.rows.iter().any(|row| !row.pick.is_empty());
        if rows_are_picked {
            self.list(0)?;
            return self.say(match context {
                Context::Choice => "Numbers mark; then type what to do with them. back leaves.",
                _ => "A number opens it. back leaves.",
            });
        }
        let rows = if told.heading.is_empty() {
            self.drawn()
        } else {
            let all = self.told(0..usize::MAX);
            std::iter::once(Row::plain(all.heading))
                .chain(all.rows)
                .collect()
        };
        for row in rows {
            self.say(&row.words)?;
        }
        for words in &told.after {
            self.say(words)?;
        }
        if !told.heading.is_empty() {
            self.stage.app.overlays.pop();
            self.stage.draw();
        }
        Ok(())
    }

    /// A box without words of its own: what it draws, without its frame.
    fn drawn(&mut self) -> Vec<Row> {
        let mut buf = Buffer::empty(BOX);
        let app = &mut self.stage.app;
        if let Some(top) = app.overlays.last_mut() {
            top.draw(&app.model, &app.theme, BOX, &mut buf);
        }
        let rows = buf.content().chunks(usize::from(BOX.width)).map(|cells| {
            let line: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
            let line = line
                .trim()
                .trim_matches(['|', '+'])
                .trim_matches(['-', '='])
                .trim();
            Row::plain(line)
        });
        rows.filter(|row| !row.words.is_empty()).collect()
    }

    /// What a box asks for: what it draws before the place of the letters.
    pub(super) fn question(&mut self) -> String {
        let rows = self.drawn();
        let last = rows.last().map_or("", |row| row.words.as_str());
        let asked = last.split("  ").next().unwrap_or(last).trim_end();
        printable(asked.trim_end_matches(':')).into_owned()
    }

    /// Says what can be typed: all of it, or what has to do with a word.
    pub(super) fn help(&mut self, word: &str) -> anyhow::Result<()> {
        if word.is_empty() {
            for line in HOW {
                self.say(line)?;
            }
        }
        let keys = self.stage.app.keymap.entries();
        let mut found = 0;
        for action in Action::all() {
            let name = action.name();
            let help = action.help();
            if !name.contains(word) && !help.to_ascii_lowercase().contains(word) {
                continue;
            }
            found += 1;
            let argument = action
                .argument()
                .map_or(String::new(), |what| format!(" {what}"));
            let of = |row: &&KeyRow| row.action == name && row.context != Context::Input;
            let keys = keys.iter().find(of).and_then(|row| row.keys.first());
            let keys = keys.map_or(String::new(), |keys| format!(" Or {keys}."));
            self.say(&format!("{name}{argument}: {help}{keys}"))?;
        }
        if found == 0 {
            self.say(&format!(
                "No action has to do with {word:?}; help lists all."
            ))?;
        }
        Ok(())
    }
}

/// How a session is led, in short.
const HOW: [&str; 6] = [
    "A number opens its row. A number and an action do it to that row: 3 star.",
    "Several numbers mark rows; with an action it is done to all of them: 2 5 merge.",
    "articles, text, entities, timeline and evidence read these out; Enter goes on.",
    "/WORDS searches; in the text it finds. back takes a search or filter away. quit leaves.",
    "The beginning of an action is enough where there is only one: why.",
    "help WORD lists only the actions that have to do with it. All actions:",
];

/// True for actions that ask for a pane: they read it out even where one is there already.
const fn names_a_pane(action: &Action) -> bool {
    matches!(
        action,
        Action::FocusArticles
            | Action::FocusText
            | Action::FocusEntities
            | Action::FocusTimeline
            | Action::FocusEvidence
    )
}

/// True for actions that go to one row of a pane.
const fn leads(action: &Action) -> bool {
    matches!(
        action,
        Action::EntityAtCursor
            | Action::TimelineAtCursor
            | Action::Goto(_)
            | Action::ZoomIn
            | Action::ZoomOut
    )
}
