//! `json`: the whole view as one object, in the words of the JSON contract.

use super::{Format, Tally, View, json};
use serde::Serialize;
use std::io::{self, Write};

/// For scripts.
pub(super) const FORMAT: Format = Format {
    name: "json",
    extension: "json",
    help: "one object: articles, entities and events as in the JSON contract",
    write,
};

#[derive(Serialize)]
struct Document {
    v: u32,
    title: String,
    articles: Vec<json::ListRow>,
    entities: Vec<json::Entity>,
    events: Vec<json::Event>,
}

fn write(view: &View, out: &mut dyn Write) -> io::Result<Tally> {
    let mut places = json::Places::new(view.store.clone());
    let document = Document {
        v: json::VERSION,
        title: view.title.clone(),
        articles: view
            .articles
            .iter()
            .filter_map(|row| Some(json::list_row(row, &*view.store.article(&row.id)?)))
            .collect(),
        entities: view.cast().iter().map(|(entity, _)| json::entity(entity)).collect(),
        events: view
            .events
            .iter()
            .map(|event| json::event(event, None, &mut |id, span| places.find(id, span)))
            .collect(),
    };
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")?;
    Ok(Tally {
        events: view.events.len(),
        left_out: 0,
    })
}
