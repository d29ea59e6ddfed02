//! The example collection that is compiled in: what `dateline` without arguments opens.

/// Name and bytes of each file of `seeds/`; a test holds the list against the folder.
pub const FILES: &[(&str, &[u8])] = &[
    ("afloat.txt", include_bytes!("../../seeds/afloat.txt")),
    (
        "black-sea.html",
        include_bytes!("../../seeds/black-sea.html"),
    ),
    ("eastbound.xml", include_bytes!("../../seeds/eastbound.xml")),
    (
        "first-day.txt.gz",
        include_bytes!("../../seeds/first-day.txt.gz"),
    ),
    (
        "forty-names.txt",
        include_bytes!("../../seeds/forty-names.txt"),
    ),
    (
        "four-nights.html",
        include_bytes!("../../seeds/four-nights.html"),
    ),
    ("fr4978.txt", include_bytes!("../../seeds/fr4978.txt")),
    (
        "friday-crawl.warc",
        include_bytes!("../../seeds/friday-crawl.warc"),
    ),
    ("linden.json", include_bytes!("../../seeds/linden.json")),
    (
        "long-weekend.txt",
        include_bytes!("../../seeds/long-weekend.txt"),
    ),
    (
        "night-desk.txt",
        include_bytes!("../../seeds/night-desk.txt"),
    ),
    ("oath.md", include_bytes!("../../seeds/oath.md")),
    ("quayside.xml", include_bytes!("../../seeds/quayside.xml")),
    ("saved.jsonl", include_bytes!("../../seeds/saved.jsonl")),
    ("she-left.txt", include_bytes!("../../seeds/she-left.txt")),
    ("sreda.txt", include_bytes!("../../seeds/sreda.txt")),
    (
        "two-for-later.json",
        include_bytes!("../../seeds/two-for-later.json"),
    ),
    (
        "west-wing.html",
        include_bytes!("../../seeds/west-wing.html"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let listed: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, listed);
    }
}
