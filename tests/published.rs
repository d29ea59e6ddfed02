//! Publication dates: a table of cases, and real pages where they are at hand.
//!
//! The table is `tests/corpus/published/cases.tsv`; its head says what the columns mean. The pages
//! lie outside the project; their labels (`pages.tsv`) say what each page itself states.

#![allow(clippy::unwrap_used, clippy::panic)]

use dateline::annotate::{Annotated, Published, annotate};
use dateline::article::{Article, ArticleId, DateHint, DateHintKind};
use dateline::resolve::date::State;
use dateline::source::{self, Options};
use dateline::text::Origin;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn corpus(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus/published")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}

fn shared() -> Option<PathBuf> {
    let path = std::env::var_os("DATELINE_SHARED").map_or_else(
        || Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).to_owned(),
        PathBuf::from,
    );
    path.is_dir().then_some(path)
}

fn kind(word: &str) -> DateHintKind {
    match word {
        "given" => DateHintKind::Given,
        "json-ld" => DateHintKind::JsonLd,
        "og" => DateHintKind::OpenGraph,
        "meta" => DateHintKind::Meta,
        "feed" => DateHintKind::Feed,
        "front" => DateHintKind::FrontMatter,
        "email" => DateHintKind::Email,
        "time" => DateHintKind::TimeElement,
        "modified" => DateHintKind::Modified,
        "captured" => DateHintKind::Captured,
        other => panic!("no such hint: {other}"),
    }
}

/// Paragraphs without a date, in several languages.
const STOCK: [(&str, &str); 8] = [
    (
        "{B}",
        "The port authority of Eastmouth had promised the bridge to the fishing families on the \
         north shore, who until then needed an hour and a ferry to reach the market hall.\n\
         Rosa Lindqvist, who runs a bakery by the quay, said that she had sold more bread in one \
         morning than in a week. The builders left without a speech, and the band played on.",
    ),
    (
        "{DE}",
        "Die Hafenbehörde hatte den Fischern am Nordufer die Brücke versprochen, die bis dahin \
         eine Stunde und eine Fähre brauchten, um zur Markthalle zu kommen.\n\
         Die Bäckerin am Kai sagte, sie habe an einem Morgen mehr Brot verkauft als sonst in \
         einer ganzen Woche, und die Kapelle spielte weiter.",
    ),
    (
        "{FR}",
        "Les pêcheurs de la rive nord attendaient ce pont depuis longtemps, car il leur fallait \
         une heure et un bac pour gagner la halle du marché.\n\
         La boulangère du quai a dit avoir vendu en une matinée plus de pain qu'en une semaine, \
         et la fanfare a continué de jouer.",
    ),
    (
        "{ES}",
        "Los pescadores de la orilla norte esperaban el puente desde hacía mucho tiempo, porque \
         necesitaban una hora y un transbordador para llegar al mercado.\n\
         La panadera del muelle dijo que había vendido en una mañana más pan que en una semana, \
         y la banda siguió tocando.",
    ),
    (
        "{PT}",
        "Os pescadores da margem norte esperavam a ponte há muito tempo, porque precisavam de \
         uma hora e de uma balsa para chegar ao mercado.\n\
         A padeira do cais disse que vendeu numa manhã mais pão do que numa semana inteira, e a \
         banda continuou a tocar.",
    ),
    (
        "{RU}",
        "Рыбаки северного берега давно ждали этот мост: до рынка им приходилось добираться целый \
         час и ещё ждать парома.\n\
         Хозяйка пекарни на набережной сказала, что за одно утро продала больше хлеба, чем за \
         неделю, а оркестр всё играл.",
    ),
    (
        "{KO}",
        "북쪽 해안의 어부들은 오랫동안 이 다리를 기다려 왔다. 그동안 시장에 가려면 한 시간이 걸렸고 배를 타야 했다.\n\
         부두의 빵집 주인은 하루 아침에 일주일치보다 많은 빵을 팔았다고 말했다. 악대는 계속 연주했다.",
    ),
    (
        "{JA}",
        "北岸の漁師たちは長い間この橋を待っていた。市場へ行くには一時間かかり、渡し船に乗らなければならなかった。\n\
         岸壁のパン屋の主人は、一朝で一週間分よりも多くのパンを売ったと話した。楽隊は演奏を続けた。",
    ),
];

fn stock(text: &str) -> String {
    STOCK.iter().fold(text.to_owned(), |text, (name, words)| {
        text.replace(name, words)
    })
}

/// An article of a case: hints as `kind=value; ...`, lines of text parted by `⏎`.
fn article(hints: &str, text: &str) -> Article {
    let mut made = Article {
        id: Some(ArticleId::new("case")),
        path: Some("case.txt".into()),
        text: stock(text).replace('⏎', "\n"),
        origin: Origin::verbatim(),
        ..Article::default()
    };
    for hint in hints
        .split(';')
        .map(str::trim)
        .filter(|hint| !hint.is_empty())
    {
        let (name, value) = hint.split_once('=').unwrap();
        match name {
            "url" => made.hints.url = Some(value.into()),
            "as-is" => made.as_is = true,
            "stdin" => made.path = None,
            _ => made.hints.dates.push(DateHint {
                kind: kind(name),
                name: name.into(),
                raw: value.into(),
                line: None,
            }),
        }
    }
    made
}

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn every_case_of_the_table() {
    let table = corpus("cases.tsv");
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, hints, text, interval, basis, confidence, ..] = columns[..] else {
            panic!("six columns wanted: {line}");
        };
        count += 1;
        let made = annotate(Arc::new(article(hints, text)), None);
        let got = &made.published;
        let right = got.interval.to_string() == interval
            && word(got.basis) == basis
            && (confidence == "*" || word(got.confidence) == confidence)
            && columns.get(6).is_none_or(|said| {
                let all = format!("{:?} {:?} {:?}", got.conflicts, got.rejected, got.evidence);
                said.split('&').all(|part| all.contains(part.trim()))
            });
        if !right {
            wrong.push(format!(
                "{name}: {} {} {}, wanted {interval} {basis} {confidence}\n    {:?}\n    {:?}",
                got.interval,
                word(got.basis),
                word(got.confidence),
                dateline::annotate::published::explain(got),
                got.conflicts,
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 120, "only {count} cases");
}

/// Dates the pages of a folder; the share that is right of those with a label.
fn pages(column: usize, file: impl Fn(&str) -> PathBuf) -> (usize, usize) {
    let (mut right, mut all) = (0, 0);
    for line in corpus("pages.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let (name, wanted) = (columns[0], columns[column]);
        if wanted == "-" {
            continue;
        }
        let path = file(name);
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let read = source::read_bytes(&name, Some(&name), &bytes, Options::default());
        let Some(article) = read.articles.into_iter().next() else {
            eprintln!("{name}: no article");
            all += 1;
            continue;
        };
        let made: Annotated = annotate(Arc::new(article), None);
        let got = made.published.interval;
        let good = got.is_day() && wanted.split(',').any(|day| day == got.to_string());
        all += 1;
        right += usize::from(good);
        if !good {
            eprintln!(
                "{name}: {got}, wanted {wanted}: {:?}",
                made.published.evidence.first()
            );
        }
    }
    (right, all)
}

#[test]
fn real_pages() {
    let Some(shared) = shared().filter(|shared| shared.join("eval/pages").is_dir()) else {
        eprintln!("no shared pages: skipped");
        return;
    };
    let html = pages(1, |name| {
        shared.join(format!("eval/pages/html/{name}.html.gz"))
    });
    let text = pages(2, |name| {
        shared.join(format!("eval/pages/plain/{name}.txt"))
    });
    eprintln!(
        "HTML {} of {}, text {} of {}",
        html.0, html.1, text.0, text.1
    );
    assert!(html.0 as f64 / html.1 as f64 >= 0.97, "HTML {html:?}");
    assert!(text.0 as f64 / text.1 as f64 >= 0.85, "text {text:?}");
}

/// Everything under a folder, annotated alone.
fn folder(path: &Path) -> Vec<Arc<Annotated>> {
    let (found, _) = source::find(&[path.to_owned()]);
    found
        .iter()
        .flat_map(|found| source::read(found, Options::default()).articles)
        .map(|article| Arc::new(annotate(Arc::new(article), None)))
        .collect()
}

/// Dates after the fold, by id, with the batches cut at `size`.
fn dated(articles: &[Arc<Annotated>], size: usize) -> BTreeMap<ArticleId, Published> {
    let mut dates: BTreeMap<ArticleId, Published> = articles
        .iter()
        .map(|article| (article.id(), article.published.clone()))
        .collect();
    let mut state = State::default();
    for batch in articles.chunks(size) {
        dates.extend(state.fold(batch));
    }
    dates
}

#[test]
fn the_collection_dates_the_same_in_any_order() {
    let mut articles = folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")));
    assert!(articles.len() >= 14);
    let whole = dated(&articles, usize::MAX);
    for turn in 0..8 {
        let by = (turn * 7 + 3) % articles.len();
        articles.rotate_left(by);
        let half = articles.len() / 2;
        articles[..half].reverse();
        for size in [1, 3, 10, usize::MAX] {
            assert_eq!(dated(&articles, size), whole, "batches of {size}");
        }
    }
}

#[test]
fn the_five_articles() {
    let Some(shared) = shared() else {
        eprintln!("no shared articles: skipped");
        return;
    };
    let articles = folder(&shared.join("seeds/articles"));
    let dates = dated(&articles, 2);
    let gold = std::fs::read_to_string(shared.join("seeds/gold/times.jsonl")).unwrap();
    for line in gold.lines() {
        let gold: serde_json::Value = serde_json::from_str(line).unwrap();
        if gold["kind"] != "document" {
            continue;
        }
        let id = ArticleId::new(gold["file"].as_str().unwrap());
        let got = &dates[&id];
        for told in dateline::annotate::published::explain(got) {
            eprintln!("{id}: {told}");
        }
        let day = |i: usize| gold["accept"][i].as_str().unwrap().parse().unwrap();
        assert!(got.interval.start >= Some(day(0)), "{id}: {}", got.interval);
        assert!(got.interval.end <= Some(day(1)), "{id}: {}", got.interval);
        let inferred = got.basis == dateline::annotate::Basis::Inferred;
        assert_eq!(inferred, gold["how"] == "inferred", "{id}");
    }
}
