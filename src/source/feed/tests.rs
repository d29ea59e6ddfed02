//! What the two readers of feeds give together.

use crate::article::DateHintKind;
use crate::source::{Options, Outcome, ReadFile, Reason, read_bytes};

fn read(feed: &str) -> ReadFile {
    read_bytes("f", None, feed.as_bytes(), Options::default())
}

const RSS: &str = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Quay &amp; Rail</title>\n<item><title>One &#8217;n</title><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate>\n<description>&lt;p&gt;First &amp;amp; best.&lt;/p&gt;</description><guid>1</guid></item>\n<item><title>Two</title><dc:creator>A. Kern</dc:creator><content:encoded><![CDATA[<p>Long</p>\n<p>text</p>]]></content:encoded><description>short</description></item>\n</channel></rss>";

#[test]
fn items_come_with_their_fields() {
    let read = read(RSS);
    assert_eq!(read.report.outcome, Outcome::Loads);
    let [one, two] = read.articles.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!(one.text, "First & best.\n");
    assert_eq!(one.hints.title.as_deref(), Some("One ’n"));
    assert_eq!(one.hints.outlet.as_deref(), Some("Quay & Rail"));
    assert_eq!(one.hints.dates[0].kind, DateHintKind::Feed);
    assert_eq!(two.text, "Long\ntext\n");
    assert_eq!(two.hints.byline.as_deref(), Some("A. Kern"));
    assert_eq!(two.line(5), Some(6), "places inside CDATA are exact");
    assert_eq!(two.id().as_str(), "f#2");
}

#[test]
fn a_cut_feed_keeps_its_whole_items() {
    let cut = &RSS[..RSS.len() - 40];
    let read = read(cut);
    assert_eq!(read.report.outcome, Outcome::Truncated);
    assert_eq!(read.report.reason, Some(Reason::Malformed));
    assert_eq!((read.report.articles, read.report.bad_records), (1, 1));
}

#[test]
fn atom_with_markup_inside() {
    let read = read(
        "<feed xmlns='a' xml:lang='en'><title>East</title><entry><title type='html'>A &lt;b&gt;big&lt;/b&gt; day</title><link href='http://e.example/1?a=1&amp;b=2'/><updated>2020-10-05T09:00:00Z</updated><author><name>Zoe M</name></author><content type='xhtml'><div>\n<p>Para</p>\n<p>two</p></div></content></entry></feed>",
    );
    let article = &read.articles[0];
    assert_eq!(article.text, "Para\ntwo\n");
    assert_eq!(article.hints.title.as_deref(), Some("A big day"));
    assert_eq!(
        article.hints.url.as_deref(),
        Some("http://e.example/1?a=1&b=2")
    );
    assert_eq!(article.hints.byline.as_deref(), Some("Zoe M"));
    assert_eq!(article.hints.language.as_deref(), Some("en"));
    assert_eq!(article.hints.dates[0].kind, DateHintKind::Feed);
    assert_eq!(article.line(5), Some(3));
}

/// A whole feed of version 2.0 with these items.
fn rss(items: &str) -> ReadFile {
    read(&format!(
        "<?xml version='1.0' encoding='ISO-8859-1'?><rss version='2.0' \
         xmlns:content='http://purl.org/rss/1.0/modules/content/' \
         xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:media='http://search.yahoo.com/mrss/'><channel><title>Weir</title>\
         <language>en-GB</language>{items}</channel></rss>"
    ))
}

#[test]
fn a_picture_does_not_lend_its_title_and_text() {
    let read = rss("<item><media:content url='http://p.example/1.jpg'>\
         <media:title>Picture</media:title><media:credit>Photo: N. Vale</media:credit>\
         </media:content><media:title>Lock gate</media:title><title>Flood &amp; lock</title>\
         <author>desk@weir.example (Nora Vale)</author><description>The caf&eacute; by the \
         l\u{f6}ck&nbsp;is shut.</description><pubDate>not &lt;a&gt; date</pubDate></item>");
    let article = &read.articles[0];
    assert_eq!(article.text.trim(), "The café by the löck\u{a0}is shut.");
    assert_eq!(article.hints.title.as_deref(), Some("Flood & lock"));
    assert_eq!(article.hints.byline.as_deref(), Some("Nora Vale"));
    assert_eq!(article.hints.outlet.as_deref(), Some("Weir"));
    assert_eq!(article.hints.language.as_deref(), Some("en-GB"));
    assert_eq!(article.hints.dates[0].raw, "not <a> date");
}

#[test]
fn an_entry_has_the_author_and_the_base_of_its_feed() {
    let read = read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://w.example/a/'><title>W</title>\
         <author><name>Desk</name><email>d@w.example</email></author><entry><title>One</title>\
         <link rel='self' href='x'/><link href='1'/><updated>2020-10-05</updated>\
         <content type='image/png'>aGVsbG8=</content><summary>Told <i>short</i>.</summary>\
         </entry></feed>",
    );
    let article = &read.articles[0];
    assert_eq!(article.text.trim(), "Told short.");
    assert_eq!(article.hints.byline.as_deref(), Some("Desk"));
    assert_eq!(article.hints.url.as_deref(), Some("http://w.example/a/1"));
    assert_eq!(article.hints.dates[0].kind, DateHintKind::Feed);
}

#[test]
fn what_feed_rs_refuses_or_dies_of_is_read_all_the_same() {
    for break_in in [
        "AT&T",
        "a < b",
        "<itunes:duration>99999999999999999999</itunes:duration>",
        "<media:thumbnail url='u' time='99999999999999999999'/>",
        "<author>日、a@b.example</author>",
        "<x:unbound/>",
    ] {
        let item = "<item><title>Whole</title><description>Good words.</description>";
        let read = rss(&format!(
            "{item}</item>{item}<dc:x>{break_in}</dc:x></item>{item}<y/></item>"
        ));
        assert_eq!(read.report.articles, 3, "{break_in}");
        assert!(
            read.articles.iter().all(|a| a.text.trim() == "Good words."),
            "{break_in}"
        );
    }
}

#[test]
fn a_json_feed_lends_its_language_and_authors() {
    let feed = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"W\",\"language\":\"de\",\
         \"authors\":[{\"name\":\"Desk\"}],\"items\":[{\"id\":\"1\",\"title\":\"A\",\
         \"content_text\":\"Words.\",\"date_published\":\"some day\"},{\"id\":\"2\",\
         \"content_text\":\"More.\",\"authors\":[{\"name\":\"Ann\"},{\"name\":\"Bo\"}]}]}";
    let read_feed = read(feed);
    let [one, two] = read_feed.articles.as_slice() else {
        panic!("{read_feed:?}")
    };
    assert_eq!(one.hints.byline.as_deref(), Some("Desk"));
    assert_eq!(one.hints.language.as_deref(), Some("de"));
    assert_eq!(one.hints.dates[0].raw, "some day");
    assert_eq!(two.hints.byline.as_deref(), Some("Ann, Bo"));
    // An id that is a number, which feed-rs refuses.
    let numbered = read(&feed.replace("\"1\"", "1"));
    assert_eq!(numbered.report.articles, 2);
}
