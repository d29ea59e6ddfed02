//! `html`: one page that holds everything and works from disk.
//!
//! The page is complete without its script: every event with every quote, and the articles. The script adds
//! search, a filter by entity and keys. Nothing is loaded: a content security policy forbids the network.
//! maud escapes whatever comes from a source.

use super::view::{counts, told};
use super::{Format, Tally, View};
use crate::annotate::{Basis, EntityKind};
use crate::timeline::{Certainty, Event, Figure, Verdict, certainty};
use chrono::Datelike;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::io::{self, Write};

/// For readers and for print.
pub(super) const FORMAT: Format = Format {
    name: "html",
    extension: "html",
    help: "a page that works from disk: search, filter by entity, every quote, print",
    write,
};

const STYLE: &str = include_str!("../../assets/export/page.css");
const SCRIPT: &str = include_str!("../../assets/export/page.js");
/// Names offered as filters; the search box finds the others.
const MOST_NAMES: usize = 40;
/// Bars of the strip at most, so that one bar is still a thing to click.
const MOST_BARS: usize = 120;

fn write(view: &View, out: &mut dyn Write) -> io::Result<Tally> {
    out.write_all(page(view).into_string().as_bytes())?;
    out.write_all(b"\n")?;
    Ok(Tally {
        events: view.events.len(),
        left_out: 0,
    })
}

fn page(view: &View) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (view.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (view.title) }
                    p #count role="status" {
                        (view.events.len()) " events from " (view.articles.len()) " articles"
                    }
                    (strip(view))
                    form #controls hidden {
                        label { "Search " input #search type="search" autocomplete="off"; }
                        button #print type="button" { "Print" }
                        p #keys {
                            kbd { "/" } " search · " kbd { "j" } " " kbd { "k" } " move · "
                            kbd { "Enter" } " quotes · " kbd { "Esc" } " clear"
                        }
                        (names(view))
                    }
                }
                main { (events(view)) }
                p #none hidden { "No event holds all of this. Esc clears the search and the filter." }
                (articles(view))
                footer { "Made by dateline from the articles listed. Every line leads back to its words." }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// Names to filter by, most events first.
fn names(view: &View) -> Markup {
    html! {
        ul #names aria-label="Filter by name" {
            @for (entity, count) in view.cast().into_iter().take(MOST_NAMES) {
                li {
                    button type="button" class=(kind(entity.kind)) data-entity=(entity.id) aria-pressed="false" {
                        (entity.name) " " small { (count) }
                    }
                }
            }
        }
    }
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Org => "org",
        EntityKind::Place => "place",
        _ => "other",
    }
}

/// Bars of events over time; each leads to the first event of its stretch.
///
/// The few events far from the rest (one in fifty at either end) share the outermost bars: a founding
/// year must not press the story into one bar.
fn strip(view: &View) -> Markup {
    let mut days: Vec<(i32, &Event)> = view
        .events
        .iter()
        .filter_map(|event| Some((event.date.start.or(event.date.end)?.num_days_from_ce(), &**event)))
        .collect();
    days.sort_by_key(|(day, _)| *day);
    let edge = days.len() / 50;
    let (Some((first, _)), Some((last, _))) = (days.get(edge), days.iter().rev().nth(edge)) else {
        return html! {};
    };
    let (first, last) = (*first, *last);
    let span = (last - first + 1) as usize;
    let bars = span.min(MOST_BARS);
    let mut counts: Vec<(usize, Option<&Event>)> = vec![(0, None); bars];
    for (day, event) in days {
        let at = (day.clamp(first, last) - first) as usize * bars / span;
        if let Some(bar) = counts.get_mut(at) {
            bar.0 += 1;
            bar.1 = bar.1.or(Some(event));
        }
    }
    let most = counts.iter().map(|bar| bar.0).max().unwrap_or(1).max(1);
    html! {
        svg #strip viewBox=(format!("0 0 {} 32", bars * 10)) preserveAspectRatio="none" role="img"
            aria-label="Events over time" {
            @for (at, (count, event)) in counts.iter().enumerate() {
                @if let Some(event) = event {
                    @let height = (count * 30).div_ceil(most);
                    a href=(format!("#{}", anchor(event))) {
                        title { (told(&event.date)) ": " (count) }
                        rect x=(at * 10) y=(32 - height) width="9" height=(height) {}
                    }
                }
            }
        }
    }
}

fn anchor(event: &Event) -> String {
    event.id.as_str().replace(':', "-")
}

fn events(view: &View) -> Markup {
    let mut heading = String::new();
    html! {
        @for event in &view.events {
            @let year = event.date.start.or(event.date.end).map_or_else(|| "Undated".to_owned(), |day| day.year().to_string());
            @if year != heading {
                h2 { (year) }
                ({ heading = year; "" })
            }
            (entry(view, event))
        }
    }
}

fn entry(view: &View, event: &Event) -> Markup {
    let certainty = Certainty::of(event);
    let who: Vec<&str> = event.entities.iter().map(crate::resolve::EntityId::as_str).collect();
    let differ = event.figures.iter().any(|figure| figure.verdict == Verdict::Differ);
    html! {
        article id=(anchor(event)) tabindex="-1" data-entities=(who.join(" ")) {
            h3 {
                time { (mark(certainty)) " " (told(&event.date)) }
                @if let Some(standing) = event.standing() { " " em { (standing) } }
                @if differ { " " strong { "figures differ" } }
                @if !event.conflicts.is_empty() { " " strong { "dates differ" } }
            }
            p { (event.text.trim()) }
            p.who {
                (counts(event))
                @for entity in view.participants(event) { " · " span class=(kind(entity.kind)) { (entity.name) } }
            }
            details {
                summary {
                    (certainty::words(event)) " · " (event.mentions.len())
                    (if event.mentions.len() == 1 { " quote" } else { " quotes" })
                }
                @for citation in &event.mentions {
                    figure {
                        blockquote { (citation.quote.trim()) }
                        figcaption {
                            cite { (view.place(citation)) } " · "
                            (certainty::basis(citation.basis, citation.timex.as_deref()))
                        }
                    }
                }
                @for conflict in &event.conflicts {
                    p { "Another article dates this otherwise: " a href=(format!("#{}", conflict.as_str().replace(':', "-"))) { "see there" } }
                }
                @for figure in &event.figures { (figures(figure)) }
            }
        }
    }
}

/// The signs of the screen, with words for those who cannot see them.
fn mark(certainty: Certainty) -> Markup {
    let sign = match certainty {
        Certainty::Stated => "◆",
        Certainty::Inferred => "◇",
        Certainty::Range => "≈",
        Certainty::Undated => "·",
    };
    html! { span role="img" aria-label=(certainty.words()) { (sign) } }
}

fn figures(figure: &Figure) -> Markup {
    let verdict = match figure.verdict {
        Verdict::Agree => "agree",
        Verdict::Differ => "differ",
        Verdict::DifferentScope => "count different things",
    };
    let values: Vec<&str> = figure.values.iter().map(|value| value.text.as_str()).collect();
    html! { p.figure { (figure.what) ": " (values.join(" / ")) " " strong { (verdict) } " " (figure.why) } }
}

fn articles(view: &View) -> Markup {
    html! {
        section #articles {
            h2 { "Articles" }
            table {
                thead { tr { th { "Published" } th { "Headline" } th { "Source" } th { "File" } } }
                tbody {
                    @for row in &view.articles {
                        tr {
                            td {
                                @if row.published.basis == Basis::Inferred { "~" }
                                (told(&row.published.interval))
                            }
                            td { (row.title) }
                            td { (row.source.as_deref().unwrap_or_default()) }
                            td { (row.path.as_deref().unwrap_or(row.id.as_str())) }
                        }
                    }
                }
            }
        }
    }
}
