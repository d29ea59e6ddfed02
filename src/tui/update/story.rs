//! What leaves the screen: the view as a file, a text through a command; and searches that stay.

use super::super::app::App;
use super::super::effect::Effect;
use super::super::jobs::Question;
use super::super::model::{Level, Model, Saved};
use super::super::pane::PaneId;
use super::super::widget::date;
use super::super::{citation, external};
use super::warn;
use crate::annotate::EntityKind;
use crate::export;
use std::fmt::Write as _;

/// Rows of a list that go through a pipe.
const MOST: usize = 10_000;

impl App {
    /// Writes what is shown into a file: `FORM FILE`; `!` before the file writes over one.
    pub(super) fn export(&self, text: &str) -> Vec<Effect> {
        let (form, file) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let Some(format) = export::format(form) else {
            let names = export::FORMATS.iter().map(|form| form.name);
            let near = crate::config::nearest(form, names.clone());
            let near = near.map_or(String::new(), |near| format!("; did you mean {near:?}?"));
            let names: Vec<&str> = names.collect();
            return vec![warn(&format!(
                "No form is called {form:?}{near} There are {}.",
                names.join(", ")
            ))];
        };
        let file = match file.trim() {
            "" => format!("timeline.{}", format.extension),
            file => file.to_owned(),
        };
        let title = super::super::pane::filter_words(&self.model, &self.theme);
        let title = if title.is_empty() {
            "Timeline".to_owned()
        } else {
            title
        };
        let question = Question::Export(self.model.query.clone(), format.name, title, file);
        vec![
            Effect::Ask(question),
            Effect::Say(Level::Info, "Writing\u{2026}".to_owned()),
        ]
    }

    /// Gives what is in front of one to a command.
    pub(super) fn pipe(&self, command: &str) -> Vec<Effect> {
        let text = page(&self.model);
        if text.is_empty() {
            return vec![warn("There is nothing to give to a command.")];
        }
        vec![Effect::Pipe(command.to_owned(), text)]
    }

    /// Keeps what is searched and filtered under a name.
    pub(super) fn save_search(&mut self, name: &str) -> Vec<Effect> {
        let query = as_query(&self.model);
        if query.is_empty() {
            return vec![warn("Nothing is searched or filtered; press / first.")];
        }
        let saved = Saved {
            name: name.trim().to_owned(),
            query: query.clone(),
        };
        let all = &mut self.model.searches;
        match all.iter_mut().find(|known| known.name == saved.name) {
            Some(known) => *known = saved,
            None => all.push(saved),
        }
        let text =
            format!("Saved {query:?} as a source of the list; [ and ] go from source to source.");
        vec![Effect::Keep, Effect::Say(Level::Info, text)]
    }

    /// Takes a saved search away.
    pub(in crate::tui) fn forget_search(&mut self, name: &str) -> Vec<Effect> {
        let all = &mut self.model.searches;
        let before = all.len();
        all.retain(|saved| saved.name != name.trim());
        if all.len() == before {
            let near = crate::config::nearest(name, all.iter().map(|saved| saved.name.as_str()));
            let near = near.map_or(String::new(), |near| format!(" Did you mean {near:?}?"));
            return vec![warn(&format!("No saved search is called {name:?}.{near}"))];
        }
        vec![
            Effect::Keep,
            Effect::Say(Level::Info, format!("Forgot {name:?}.")),
        ]
    }

    /// Shows the next or previous source: all articles, then each saved search.
    pub(super) fn turn_source(&mut self, forward: bool) -> Vec<Effect> {
        let model = &self.model;
        let all = model.searches.len() + 1;
        if all == 1 {
            return vec![warn("No search is saved; search, then write :save NAME.")];
        }
        let here = model.source().map_or(0, |at| at + 1);
        let next = (here + if forward { 1 } else { all - 1 }) % all;
        self.show_source(next.checked_sub(1))
    }

    /// Shows a saved search, or all articles.
    pub(in crate::tui) fn show_source(&mut self, at: Option<usize>) -> Vec<Effect> {
        let query = at
            .and_then(|at| self.model.searches.get(at))
            .map(|saved| saved.query.clone());
        self.model.filter.clear();
        (self.model.range, self.model.only) = (None, None);
        self.model.refilter();
        vec![Effect::Search(query)]
    }
}

/// Everything that is searched and filtered, as one query.
fn as_query(model: &Model) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(search) = &model.search {
        let text = search.text.trim();
        // What binds less than AND has to be held together.
        let joined = !model.filter.is_empty() || model.range.is_some();
        parts.push(if joined && text.contains('|') {
            format!("({text})")
        } else {
            text.to_owned()
        });
    }
    for (id, name) in &model.filter {
        let kind = model.store.entity(id).map(|entity| entity.kind);
        let field = match kind {
            Some(EntityKind::Person) => "person:",
            Some(EntityKind::Org) => "org:",
            Some(EntityKind::Place) => "place:",
            _ => "",
        };
        parts.push(format!("{field}\"{}\"", name.replace('"', " ")));
    }
    if let Some((first, last)) = model.range {
        parts.push(format!("after:{first} before:{last}"));
    }
    parts.join(" ")
}

/// What is in front of one as a text: an article, the names, the events, or a citation.
fn page(model: &Model) -> String {
    let mut text = String::new();
    match model.focus {
        PaneId::Articles | PaneId::Text => {
            let open = model
                .article
                .as_ref()
                .and_then(|id| model.store.article(id));
            let Some(article) = open else { return text };
            let title = article.title.as_deref().unwrap_or_default();
            let _ = writeln!(text, "{title}\n{}\n", article.published.interval);
            let blocks = article.blocks.iter().filter(|block| block.role.is_text());
            for block in blocks {
                let _ = writeln!(text, "{}", block.span.of(article.text()));
            }
            if article.blocks.is_empty() {
                text.push_str(article.text());
            }
        }
        PaneId::Entities => {
            for row in model.store.entities(&model.query, 0..MOST) {
                let kind = row.entity.kind.name();
                let _ = writeln!(text, "{}\t{kind}\t{}", row.entity.name, row.mentions);
            }
        }
        PaneId::Timeline => {
            for row in model.store.events(&model.query, 0..MOST) {
                let event = row.event;
                let words: Vec<&str> = event.text.split_whitespace().collect();
                let _ = writeln!(
                    text,
                    "{}\t{}\t{}",
                    date::iso(&event.date),
                    words.join(" "),
                    event.articles.len()
                );
            }
        }
        PaneId::Evidence => text = citation::citation(model).unwrap_or_default(),
    }
    text
}

/// Writes the events of a filter into a file; gives what to say of it.
pub(in crate::tui) fn export(
    store: &std::sync::Arc<dyn crate::store::Read>,
    filter: &crate::store::Filter,
    form: &str,
    title: &str,
    file: &str,
) -> Result<String, String> {
    let format = export::format(form).ok_or("There is no such form.")?;
    let (over, file) = file
        .strip_prefix('!')
        .map_or((false, file), |file| (true, file.trim()));
    let path = external::path(file);
    let rows = store.events(filter, 0..usize::MAX);
    let view = export::View::new(store.clone(), title, rows);
    let mut tally = export::Tally::default();
    external::write_file(&path, over, &mut |out| {
        tally = (format.write)(&view, out)?;
        Ok(())
    })
    .map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!(
                "{} is there already; :export {form} !{file} writes over it.",
                path.display()
            )
        }
        _ => format!("Cannot write {}: {error}.", path.display()),
    })?;
    let left_out = match tally.left_out {
        0 => String::new(),
        left => format!("; {left} have no place in {form}"),
    };
    Ok(format!(
        "Wrote {} events to {}{left_out}.",
        tally.events,
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::super::super::effect::Effect;
    use super::super::super::testing::Stage;

    fn piped(stage: &Stage) -> (String, String) {
        let mut sent = stage.sent.iter().rev();
        let found = sent.find_map(|effect| match effect {
            Effect::Pipe(command, text) => Some((command.clone(), text.clone())),
            _ => None,
        });
        found.expect("a pipe")
    }

    #[test]
    fn what_is_in_front_goes_through_a_command() {
        let mut stage = Stage::new(120, 40);
        stage.keys("gg |").type_text("wc -w").keys("enter");
        let (command, text) = piped(&stage);
        assert_eq!(command, "wc -w");
        assert!(
            text.starts_with("Harbour strike begins\n2031-03-03\n\nMara"),
            "{text}"
        );
        assert!(!text.contains("Subscribe"), "boilerplate stays behind");
        stage.keys("4 |").type_text("sort").keys("enter");
        let (_, text) = piped(&stage);
        assert!(
            text.lines()
                .any(|line| line.starts_with("2031-03-03\tMara")),
            "{text}"
        );
        stage
            .keys("3")
            .keys(":")
            .type_text("pipe cat")
            .keys("enter");
        assert!(
            piped(&stage).1.contains("Mara Lindqvist\tPERSON\t3"),
            "{}",
            piped(&stage).1
        );
    }

    #[test]
    fn the_view_is_written_into_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("march.md");
        let mut stage = Stage::new(120, 40);
        stage.keys(":").type_text("range 2031-03").keys("enter");
        let command = format!("export md {}", path.display());
        stage.keys(":").type_text(&command).keys("enter");
        assert!(stage.text().contains("Wrote 3 events"), "{}", stage.text());
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.contains("## 2031-03-03") && !text.contains("2019"),
            "{text}"
        );
        stage.keys(":").type_text(&command).keys("enter");
        assert!(
            stage.text().contains("is there already"),
            "{}",
            stage.text()
        );
        let over = format!("export md !{}", path.display());
        stage.keys("F :").type_text(&over).keys("enter");
        assert!(std::fs::read_to_string(&path).unwrap().contains("2019"));
        stage.keys(":").type_text("export mdd x").keys("enter");
        assert!(
            stage.text().contains("did you mean \"md\""),
            "{}",
            stage.text()
        );
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left aside"
        );
    }

    #[test]
    fn saved_searches_are_sources_of_the_list() {
        let mut stage = Stage::new(120, 40);
        stage.keys("]");
        assert!(stage.text().contains("No search is saved"));
        stage.keys(":").type_text("save x").keys("enter");
        assert!(
            stage.text().contains("Nothing is searched"),
            "{}",
            stage.text()
        );
        stage
            .keys("/")
            .type_text("talks")
            .keys("enter :")
            .type_text("save Talks")
            .keys("enter");
        stage
            .keys("F 3 gg f :")
            .type_text("save Mara")
            .keys("enter 1");
        let text = stage.text();
        let tabs = text
            .lines()
            .find(|line| line.contains("All") && line.contains("Talks"))
            .expect("tabs");
        assert!(tabs.contains("Mara"), "{tabs}");
        stage.keys("F ]");
        let model = &stage.app.model;
        assert_eq!(model.source(), Some(0));
        assert_eq!(model.store.article_count(&model.query), 1);
        stage.keys("]");
        let model = &stage.app.model;
        assert_eq!(
            model.search.as_ref().unwrap().text,
            "person:\"Mara Lindqvist\""
        );
        assert_eq!(model.store.article_count(&model.query), 3);
        stage.keys("]");
        assert_eq!(stage.app.model.source(), None);
        assert!(!stage.app.model.is_filtered());
        let kept = stage
            .sent
            .iter()
            .filter(|effect| matches!(effect, Effect::Keep))
            .count();
        assert_eq!(kept, 2);
        stage.keys("S j enter");
        assert_eq!(stage.app.model.source(), Some(1));
        stage.keys("S x esc");
        assert_eq!(stage.app.model.searches.len(), 1);
        stage.keys(":").type_text("forget Tlaks").keys("enter");
        assert!(
            stage.text().contains("Did you mean \"Talks\""),
            "{}",
            stage.text()
        );
    }
}
