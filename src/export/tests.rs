//! Every form of export over the built-in collection: what it must hold, and what must not get through.

use super::*;
use crate::engine::{self, Input, Request};
use crate::source::Options;
use crate::store::{Filter, Overlay};
use std::collections::BTreeSet;

fn view_of(input: Input) -> View {
    let request = Request {
        input,
        options: Options::default(),
        overlay: Overlay::default(),
        seen: None,
        cache: None,
    };
    let (store, _) = engine::run(&request);
    let rows = store.events(&Filter::default(), 0..usize::MAX);
    View::new(store, "A <b>title</b> & more", rows)
}

fn built_in() -> View {
    view_of(Input::BuiltIn)
}

fn written(view: &View, name: &str) -> (String, Tally) {
    let mut out = Vec::new();
    let tally = (format(name).unwrap().write)(view, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), tally)
}

/// One article that tries to get out of every form.
const HOSTILE: &str = r#"{"id": "h", "published": "2021-03-30", "title": "=cmd|'/c calc'!A0", "text": "=SUM(A1) <script>alert(1)</script> [link](javascript:x) Mayor \"Ana\" Petrova; opened the bridge, on March 28, 2021 in Eastmouth."}
"#;

#[test]
fn names_are_unique_and_no_form_is_empty() {
    let view = built_in();
    let names: BTreeSet<&str> = FORMATS.iter().map(|form| form.name).collect();
    assert_eq!(names.len(), FORMATS.len());
    for form in FORMATS {
        let (text, tally) = written(&view, form.name);
        assert!(tally.events > 20, "{}", form.name);
        assert_eq!(
            tally.events + tally.left_out,
            view.events.len(),
            "{}",
            form.name
        );
        // The same collection gives the same bytes.
        assert_eq!(text, written(&built_in(), form.name).0, "{}", form.name);
        assert!(text.ends_with('\n'), "{}", form.name);
    }
}

#[test]
fn json_holds_the_contract() {
    let view = built_in();
    let (text, _) = written(&view, "json");
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["v"], 1);
    assert_eq!(value["events"].as_array().unwrap().len(), view.events.len());
    let ids: BTreeSet<&str> = value["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["id"].as_str().unwrap())
        .collect();
    for event in value["events"].as_array().unwrap() {
        for id in event["entities"].as_array().unwrap() {
            assert!(ids.contains(id.as_str().unwrap()));
        }
    }
}

#[test]
fn csv_has_a_row_an_event_and_no_formulas() {
    let view = built_in();
    let (text, _) = written(&view, "csv");
    let mut table = ::csv::Reader::from_reader(text.as_bytes());
    let columns = table.headers().unwrap().len();
    let rows: Vec<::csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), view.events.len());
    assert!(rows.iter().all(|row| row.len() == columns));
    let (text, _) = written(&view_of(Input::Stdin(HOSTILE.into())), "csv");
    let mut table = ::csv::Reader::from_reader(text.as_bytes());
    let cells: Vec<String> = table
        .records()
        .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(!cells.is_empty());
    assert!(
        cells
            .iter()
            .all(|cell| !cell.starts_with(['=', '+', '-', '@'])),
        "{cells:?}"
    );
}

#[test]
fn a_calendar_has_whole_days_with_an_exclusive_end() {
    let view = built_in();
    let (text, tally) = written(&view, "ics");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    // RFC 5545 asks for 75 octets; icalendar does not count the space of a continued line.
    let longest = text.lines().map(str::len).max();
    assert!(longest <= Some(76), "lines are folded: {longest:?}");
    let unfolded = text.replace("\r\n ", "");
    let fields = |name: &str| -> Vec<&str> {
        unfolded
            .lines()
            .filter_map(|line| line.strip_prefix(name))
            .collect()
    };
    let day = |text: &&str| chrono::NaiveDate::parse_from_str(text, "%Y%m%d").unwrap();
    let starts: Vec<_> = fields("DTSTART;VALUE=DATE:").iter().map(day).collect();
    let ends: Vec<_> = fields("DTEND;VALUE=DATE:").iter().map(day).collect();
    assert_eq!(starts.len(), tally.events);
    assert_eq!(ends.len(), tally.events);
    assert_eq!(fields("UID:").len(), tally.events);
    assert!(starts.iter().zip(&ends).all(|(start, end)| start < end));
    let closed = view
        .events
        .iter()
        .filter(|e| e.date.start.is_some() && e.date.end.is_some());
    for ((event, start), end) in closed.zip(&starts).zip(&ends) {
        assert_eq!(event.date.start, Some(*start));
        assert_eq!(event.date.end, end.pred_opt());
    }
}

#[test]
fn timelinejs_leaves_out_what_a_coarse_date_does_not_know() {
    let view = built_in();
    let (text, _) = written(&view, "timelinejs");
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let slides = value["events"].as_array().unwrap();
    for slide in slides {
        assert!(slide["start_date"]["year"].is_i64());
        assert!(
            slide["text"]["headline"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
    }
    let coarse = |slide: &&serde_json::Value| slide["start_date"]["month"].is_null();
    assert!(
        slides.iter().any(|slide| coarse(&slide)),
        "years have no month"
    );
    assert!(
        slides.iter().any(|slide| !slide["end_date"].is_null()),
        "ranges have an end"
    );
    assert_eq!(
        value["title"]["text"]["headline"],
        "A &lt;b&gt;title&lt;/b&gt; &amp; more"
    );
}

#[test]
fn nothing_of_a_source_becomes_markup() {
    let view = view_of(Input::Stdin(HOSTILE.into()));
    assert!(!view.events.is_empty(), "the article tells an event");
    for name in ["html", "timelinejs", "md"] {
        let (text, _) = written(&view, name);
        assert!(text.contains("alert(1)"), "{name} shows the words");
        assert!(!text.contains("<script>alert"), "{name} must not run them");
    }
    assert!(!written(&view, "md").0.contains("[link](javascript"));
    let (page, _) = written(&view, "html");
    assert!(page.contains("default-src 'none'"));
    assert!(
        !page.contains("http://") && !page.contains("https://"),
        "nothing to load"
    );
}

#[test]
fn markdown_cites_every_mention() {
    let view = built_in();
    let (text, _) = written(&view, "md");
    let mentions: usize = view.events.iter().map(|event| event.mentions.len()).sum();
    assert_eq!(
        text.lines().filter(|line| line.starts_with("[^")).count(),
        mentions
    );
    assert!(text.contains(&format!("[^{mentions}]\n")) || text.contains(&format!("[^{mentions}]")));
}

/// A plan, one that was dropped, and what did not happen.
const STANDING: &str = r#"{"id": "s", "published": "2021-03-30", "title": "Bridge", "text": "It rained. It was cold in the town. Ana Petrova will open the bridge on April 9. Ana Petrova cancelled a visit planned for April 2. The deal was not signed by Ana Petrova on March 5."}
"#;

#[test]
fn every_form_says_what_is_planned_dropped_or_denied() {
    let view = view_of(Input::Stdin(STANDING.into()));
    let standing = |day: &str| {
        let mut events = view.events.iter();
        let found = events.find(|event| event.date.to_string() == day);
        found.and_then(|event| event.standing())
    };
    assert_eq!(standing("2021-04-09"), Some("planned"), "{:?}", view.events);
    assert_eq!(
        standing("2021-04-02"),
        Some("called off"),
        "{:?}",
        view.events
    );
    assert_eq!(standing("2021-03-05"), Some("denied"), "{:?}", view.events);
    for (form, words) in [
        ("json", ["\"planned\":true", "\"denied\":true"]),
        ("csv", [",true,false,", ",false,true,"]),
        ("md", ["*Called off.*", "*Denied.*"]),
        ("ics", ["STATUS:TENTATIVE", "STATUS:CANCELLED"]),
        ("timelinejs", ["<p>planned, ", "<p>called off, "]),
        ("html", ["called off", "denied"]),
    ] {
        let (text, _) = written(&view, form);
        for word in words {
            assert!(text.contains(word), "{form}: {word}");
        }
    }
}
