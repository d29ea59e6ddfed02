//! A link before it is opened: the whole address, and what is odd about it.

use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pane::{Outcome, Pane};
use super::super::theme::Theme;
use super::super::widget::{Pen, frame, printable, text};
use crate::config::Action;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The box.
pub(super) struct OpenLink {
    url: String,
    /// What to think of before it is opened.
    odd: Option<&'static str>,
}

impl OpenLink {
    /// Of a web address.
    pub(super) fn new(url: String) -> Self {
        Self {
            odd: odd(&url),
            url,
        }
    }
}

/// The part of an address between the scheme and the path.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest)
}

fn odd(url: &str) -> Option<&'static str> {
    let host = authority(url);
    if host.contains('@') {
        return Some("What stands before the @ is no site: the site is what follows it.");
    }
    if !host.is_ascii() || host.split('.').any(|part| part.starts_with("xn--")) {
        return Some("The name of the site has letters that may look like others.");
    }
    let insecure = url
        .get(..5)
        .is_some_and(|head| head.eq_ignore_ascii_case("http:"));
    insecure.then_some("It is not encrypted: who carries it can read it.")
}

impl Pane for OpenLink {
    fn update(&mut self, action: &Action, _model: &Model) -> Outcome {
        match action {
            Action::Open | Action::OpenLink => {
                Outcome::Done(vec![Effect::Pop, Effect::OpenLink(self.url.clone())])
            }
            Action::CopyCitation | Action::CopyPath => Outcome::Done(vec![
                Effect::Pop,
                Effect::Copy(self.url.clone(), "the address"),
            ]),
            Action::Back | Action::Close => Effect::Pop.into(),
            _ => Outcome::Ignored,
        }
    }

    fn draw(&mut self, _model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = area.width.saturating_sub(4).clamp(10.min(area.width), 84);
        let inside = usize::from(columns).saturating_sub(4).max(4);
        let address = text::pieces(&printable(&self.url), inside);
        let note = self
            .odd
            .map_or(Vec::new(), |odd| text::wrap(odd, inside, 4, ""));
        let gap = usize::from(!note.is_empty());
        let rows = (address.len() + gap + note.len() + 2) as u16;
        let rows = rows.min(area.height.saturating_sub(1));
        let place = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + area.height.saturating_sub(rows) / 3,
            width: columns,
            height: rows,
        };
        let detail = "Enter opens, y copies, Esc does neither";
        let inner = frame::popup(theme, place, buf, "Open this address?", detail);
        let mut row = 0;
        for line in &address {
            Pen::new(buf, inner, row).skip(1).put(line, theme.strong);
            row += 1;
        }
        row += gap as u16;
        for line in &note {
            Pen::new(buf, inner, row).skip(1).put(line, theme.warning);
            row += 1;
        }
    }

    fn click(&mut self, _at: Position, _model: &Model) -> Vec<Effect> {
        vec![Effect::Pop]
    }

    fn hints(&self, _model: &Model) -> Vec<Action> {
        vec![Action::Open, Action::CopyCitation, Action::Back]
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::effect::Effect;
    use super::super::super::testing::Stage;
    use super::*;

    #[test]
    fn what_is_odd_is_said() {
        assert!(odd("https://bank.example@evil.example/").is_some_and(|odd| odd.contains('@')));
        assert!(odd("https://b\u{430}nk.example/").is_some());
        assert!(odd("https://xn--bnk-8cd.example/").is_some());
        assert!(odd("HTTP://n.example/").is_some_and(|odd| odd.contains("encrypted")));
        assert_eq!(odd("https://n.example/a@b"), None);
    }

    #[test]
    fn a_link_is_shown_whole_before_it_is_opened() {
        let mut stage = Stage::new(60, 16);
        stage.keys("o");
        let opened = |stage: &Stage| {
            let mut sent = stage.sent.iter();
            sent.any(|effect| matches!(effect, Effect::OpenLink(_)))
        };
        assert!(!opened(&stage));
        let text = stage.text();
        assert!(
            text.contains("https://news.example/harbour-1.txt"),
            "{text}"
        );
        stage.keys("esc");
        assert!(!opened(&stage) && stage.app.overlays.is_empty());
        stage.keys("o enter");
        assert!(opened(&stage) && stage.app.overlays.is_empty());
    }
}
