//! The settings file as a JSON Schema, for editors that complete and check as one types.
//!
//! Made from the same lists as the settings are read by, so it cannot lag behind them.

use super::action::Action;
use super::keymap::{Context, PRESETS};
use super::layers::KEYS;
use super::shares::Shares;
use super::theme::{THEMES, Theme};
use serde_json::{Map, Value, json};

/// The schema.
pub fn schema() -> Value {
    let themes = std::iter::once("auto").chain(THEMES.iter().map(|(name, _)| *name));
    let presets = PRESETS.iter().map(|(name, _)| *name);
    let auto = json!({ "enum": [true, false, "auto"] });
    let mut properties = Map::new();
    for key in KEYS {
        let of = match *key {
            "theme" => json!({ "enum": themes.clone().collect::<Vec<_>>() }),
            "keymap" => json!({ "enum": presets.clone().collect::<Vec<_>>() }),
            "ascii" => auto.clone(),
            "mouse" | "boilerplate" => json!({ "type": "boolean" }),
            "width" => json!({ "type": "integer", "minimum": 40, "maximum": 120 }),
            "keys" => keys(),
            "colors" => colors(),
            "layout" => layout(),
            _ => json!({ "type": "string" }),
        };
        properties.insert((*key).to_owned(), of);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of dateline",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn keys() -> Value {
    let (with, without): (Vec<Action>, Vec<Action>) = Action::all()
        .into_iter()
        .partition(|action| action.argument().is_some());
    let plain: Vec<&str> = without.iter().map(Action::name).chain(["none"]).collect();
    let taking: Vec<&str> = with.iter().map(Action::name).collect();
    let action = json!({
        "anyOf": [
            { "enum": plain },
            { "type": "string", "pattern": format!("^({}) ", taking.join("|")) },
        ],
    });
    let context = json!({ "type": "object", "additionalProperties": action });
    let contexts = Context::ALL
        .iter()
        .map(|one| (one.name().to_owned(), context.clone()));
    let mut contexts: Map<String, Value> = contexts.collect();
    contexts.insert("counts".to_owned(), json!({ "type": "boolean" }));
    json!({ "type": "object", "additionalProperties": false, "properties": contexts })
}

fn colors() -> Value {
    let line = json!({ "type": "string" });
    let roles = Theme::ROLES
        .iter()
        .map(|role| ((*role).to_owned(), line.clone()));
    let roles: Map<String, Value> = roles.collect();
    json!({ "type": "object", "additionalProperties": false, "properties": roles })
}

fn layout() -> Value {
    let share = |(name, default, help): &(&str, u16, &str)| {
        let of = json!({
            "type": "integer", "minimum": 10, "maximum": 90,
            "default": default, "description": help.trim(),
        });
        ((*name).to_owned(), of)
    };
    let shares: Map<String, Value> = Shares::NAMES.iter().map(share).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": shares })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_the_default_file_is_in_the_schema() {
        let made = schema();
        let table: toml::Table = toml::from_str(super::super::DEFAULT_TEXT).unwrap();
        for key in table.keys() {
            assert!(made["properties"][key].is_object(), "{key}");
        }
        let themes = made["properties"]["theme"]["enum"].as_array().unwrap();
        assert_eq!(themes.len(), THEMES.len() + 1);
        let global = &made["properties"]["keys"]["properties"]["global"]["additionalProperties"];
        let names = global["anyOf"][0]["enum"].as_array().unwrap();
        assert!(names.contains(&json!("quit")) && names.contains(&json!("none")));
        assert_eq!(
            made["properties"]["layout"]["properties"]["wide-text"]["default"],
            json!(40)
        );
    }
}
