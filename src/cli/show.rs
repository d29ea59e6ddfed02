//! `dateline show`: one article with everything found in it.

use super::Exit;
use super::input::Reading;
use super::one::One;
use super::output::{Output, Style};
use crate::annotate::Annotated;
use crate::export::json;
use crate::resolve::EntityId;
use crate::store::{Filter, Read};

/// Lines to copy, for the help.
const EXAMPLES: &str = "\
Examples:
  dateline show ~/story/report.html
      its text, dates, names and events
  dateline show 'feed.xml#3' --in ~/story
      the third article of a file, seen with the others";

/// Show one article: its text, dates, names and events
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    one: One,
}

/// Runs the command.
pub fn run(args: &Args, out: &mut Output) -> anyhow::Result<Exit> {
    let (store, article) = args.one.open(&args.reading, out)?;
    if args.reading.json.is_some() {
        let mut object = json::annotated(&article, &|local| {
            let local_id = || local_id(&article, local);
            store.entity_of(&article.id(), local).unwrap_or_else(local_id)
        });
        let filter = Filter { article: Some(article.id()), ..Filter::default() };
        let events = store.events(&filter, 0..usize::MAX);
        object.events_in = Some(events.iter().map(|row| row.event.id.to_string()).collect());
        out.json_line(&object)?;
    } else {
        text(&*store, &article, out)?;
    }
    Ok(out.exit(1, args.reading.strict))
}

/// The id of an entity within its own article.
pub fn local_id(article: &Annotated, local: u32) -> EntityId {
    let entity = article.entities.get(local as usize);
    entity.map_or_else(
        || EntityId::from("misc:000000000000"),
        |e| EntityId::of(e.kind, &e.name, article.article.hash),
    )
}

fn text(store: &dyn Read, a: &Annotated, out: &mut Output) -> anyhow::Result<()> {
    let row = store.row(&a.id());
    let title = row.map_or_else(String::new, |row| row.title);
    let title = out.paint(Style::Bold, &title);
    out.line(title)?;
    let source = [a.outlet.as_deref(), a.byline.as_deref()];
    let source: Vec<&str> = source.into_iter().flatten().collect();
    let head = format!("{} ({}, {})", a.published.interval, word(&a.published.basis), word(&a.published.confidence));
    out.line(format!("{head}  {}", source.join(" · ")))?;
    if !a.language.analysed {
        out.line(format!("not analysed: {}", a.language.code))?;
    }
    out.line("")?;
    out.line(a.projection().text())?;
    let filter = Filter { article: Some(a.id()), ..Filter::default() };
    let entities = store.entities(&filter, 0..usize::MAX);
    if !entities.is_empty() {
        out.line("")?;
        for row in entities {
            out.line(format!("{:<7} {:>3}  {}", row.entity.kind.name(), row.mentions, row.entity.name))?;
        }
    }
    let events = store.events(&filter, 0..usize::MAX);
    if !events.is_empty() {
        out.line("")?;
        for row in events {
            out.line(format!("{:<23} {}", row.event.date.to_string(), row.event.text))?;
        }
    }
    Ok(())
}

/// The contract's word for a value that serializes as one.
pub fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
