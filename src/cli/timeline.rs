//! `dateline timeline`: the combined events of all articles.

use super::Exit;
use super::input::Reading;
use super::output::{Output, Style};
use crate::article::ArticleId;
use crate::export::json;
use crate::resolve::EntityId;
use crate::store::{EventRow, Filter, Read};
use crate::text::{Projection, normalize};
use crate::timeline::Verdict;
use chrono::NaiveDate;
use clap::ValueEnum;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// How far apart the headings of the timeline stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Zoom {
    /// One heading a day.
    Day,
    /// One a week.
    Week,
    /// One a month.
    Month,
    /// One a year.
    Year,
}

/// Print one timeline of the events in all articles
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    /// Files, folders, or - for JSON Lines on stdin; nothing for the built-in examples.
    paths: Vec<PathBuf>,
    /// Only events on or after DAY (YYYY-MM-DD).
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// Only events on or before DAY (YYYY-MM-DD).
    #[arg(long, value_name = "DAY")]
    to: Option<NaiveDate>,
    /// Only events that involve NAME, in any spelling; repeat it for events that involve all.
    #[arg(long, value_name = "NAME")]
    entity: Vec<String>,
    /// Group the events under headings.
    #[arg(long, value_name = "UNIT")]
    zoom: Option<Zoom>,
    /// Only the N best events.
    #[arg(long, value_name = "N")]
    max: Option<usize>,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let topics = args.reading.open_topics(&args.paths, out)?;
    let mut made = Vec::new();
    for topic in topics {
        let rows = args.rows(&*topic.store, out);
        made.push((topic, rows));
    }
    let found = made.iter().map(|(_, rows)| rows.len()).sum();
    if let Some(form) = args.reading.json {
        let objects = made.iter().flat_map(|(topic, rows)| {
            let mut places = Places { store: topic.store.clone(), known: HashMap::new() };
            rows.iter().map(move |row| {
                json::event(&row.event, topic.name.as_deref(), &mut |id, span| places.find(id, span))
            })
        });
        out.json_all(form, objects)?;
        return Ok(out.exit(found, args.reading.strict));
    }
    for (topic, rows) in &made {
        if let Some(name) = &topic.name {
            let name = out.paint(Style::Bold, name);
            out.line(name)?;
        }
        let mut heading = None;
        for row in rows {
            let bucket = args.zoom.map(|zoom| bucket(row, zoom));
            if bucket.is_some() && bucket != heading {
                let text = out.paint(Style::Bold, bucket.as_deref().unwrap_or(""));
                out.line(text)?;
                heading = bucket;
            }
            for line in lines(row, out) {
                out.line(line)?;
            }
        }
    }
    Ok(out.exit(found, args.reading.strict))
}

impl Args {
    fn rows(&self, store: &dyn Read, out: &mut Output) -> Vec<EventRow> {
        let mut entities = Vec::with_capacity(self.entity.len());
        for name in &self.entity {
            let Some(id) = find(store, name) else {
                out.note(&format!("no entity is called {name}; `dateline entities` lists them"));
                return Vec::new();
            };
            entities.push(id);
        }
        let filter = Filter {
            entities,
            from: self.from,
            to: self.to,
            ..Filter::default()
        };
        let mut rows = store.events(&filter, 0..usize::MAX);
        if let Some(max) = self.max {
            let mut order: Vec<usize> = (0..rows.len()).collect();
            // A stable sort: of equal scores the earlier event stays.
            order.sort_by(|a, b| rows[*b].event.score.total_cmp(&rows[*a].event.score));
            order.truncate(max);
            order.sort_unstable();
            rows = order.into_iter().map(|i| rows[i].clone()).collect();
        }
        rows
    }
}

/// The entity called so: by id, by name, by any spelling.
fn find(store: &dyn Read, name: &str) -> Option<EntityId> {
    if let Some(entity) = store.entity(&EntityId::from(name)) {
        return Some(entity.id.clone());
    }
    let folded = normalize::fold(name);
    let rows = store.entities(&Filter::default(), 0..usize::MAX);
    let named = |text: &str| normalize::fold(text) == folded;
    let found = rows
        .iter()
        .find(|row| named(&row.entity.name))
        .or_else(|| rows.iter().find(|row| row.entity.variants.iter().any(|v| named(&v.text))));
    // A surname alone, in any spelling: the most mentioned entity that has it.
    let surname = format!(" {folded}");
    let has_surname = |text: &str| normalize::fold(text).ends_with(&surname);
    let found = found.or_else(|| {
        rows.iter()
            .find(|row| row.entity.variants.iter().any(|v| has_surname(&v.text)))
    });
    found.map(|row| row.entity.id.clone())
}

/// Projections of cited articles, each made once.
struct Places {
    store: Arc<dyn Read>,
    known: HashMap<ArticleId, Option<(Arc<crate::annotate::Annotated>, Projection)>>,
}

impl Places {
    fn find(
        &mut self,
        id: &ArticleId,
        span: crate::text::Span,
    ) -> (Option<(usize, usize)>, Option<String>) {
        let store = &self.store;
        let known = self.known.entry(id.clone()).or_insert_with(|| {
            let article = store.article(id)?;
            let projection = article.projection();
            Some((article, projection))
        });
        match known {
            Some((article, projection)) => {
                (projection.chars(article.text(), span), article.article.path.clone())
            }
            None => (None, None),
        }
    }
}

fn bucket(row: &EventRow, zoom: Zoom) -> String {
    use crate::when::Interval;
    let date = &row.event.date;
    let Some(day) = date.start.or(date.end) else {
        return "undated".to_owned();
    };
    match zoom {
        Zoom::Day => day.to_string(),
        Zoom::Week => format!("week of {}", crate::when::calendar::monday(day)),
        Zoom::Month => Interval::month(day).to_string(),
        Zoom::Year => chrono::Datelike::year(&day).to_string(),
    }
}

fn lines(row: &EventRow, out: &Output) -> Vec<String> {
    let event = &row.event;
    let about = if event.date.approximate { "≈" } else { "" };
    let planned = if event.planned { " (planned)" } else { "" };
    let count = match (event.articles.len(), event.voices) {
        (1, _) => "1 article".to_owned(),
        (n, voices) => format!("{n} articles, {voices} independent"),
    };
    let head = format!("{:<24} {}{planned}", format!("{}{about}", event.date), event.text);
    let mut lines = vec![head, format!("{:24} {}", "", out.paint(Style::Dim, &count))];
    for citation in &event.mentions {
        let line = citation.line.map_or_else(String::new, |line| format!(":{line}"));
        let place = format!("{:26} {}{line}", "", citation.article);
        lines.push(out.paint(Style::Dim, &place));
    }
    for figure in event.figures.iter().filter(|f| f.verdict != Verdict::DifferentScope) {
        let values: Vec<&str> = figure.values.iter().map(|v| v.text.as_str()).collect();
        let verdict = if figure.verdict == Verdict::Agree { "agree" } else { "DIFFER" };
        lines.push(format!("{:26} {}: {} {verdict}", "", figure.what, values.join(" / ")));
    }
    lines
}
