//! Cleaning: cuts the full text into blocks and says what each is. It labels; it deletes nothing.
//!
//! A line is a block; a date header or a dateline in front of a first sentence is one of its own.
//! A linear model (`model`) finds the lines of the article, rules (`role`, `head`) name the rest.

mod caption;
mod feature;
mod furniture;
mod head;
mod lexicon;
mod line;
mod model;
mod role;
mod stamp;

#[cfg(test)]
mod eval;

use super::{Block, Role};
use crate::article::Article;
use crate::text::Span;
use line::Title;
use model::Model;

pub(super) use lexicon::is_stop;

/// Paragraphs at the beginning that are searched for date headers and datelines.
const LEAD: usize = 3;

/// Headline, byline and outlet, from hints and from the blocks.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// The headline.
    pub title: Option<String>,
    /// Author names.
    pub byline: Option<String>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
}

/// Cuts the text into blocks with roles: rising, disjoint, never empty.
///
/// Under `--as-is` every line is body.
pub fn blocks(article: &Article) -> Vec<Block> {
    blocks_with(article, &model::SHIPPED)
}

fn blocks_with(article: &Article, model: &Model) -> Vec<Block> {
    let body = |span| Block {
        span,
        role: Role::Body,
    };
    if article.as_is {
        return line::spans(&article.text).map(body).collect();
    }
    let lines = line::lines(article);
    let run = model.run(&lines);
    let roles = role::assign(article, &lines, &run);
    let mut made = Vec::with_capacity(lines.len() + 2);
    let mut paragraphs = 0;
    for (line, role) in lines.iter().zip(roles) {
        let mut span = line.span;
        if role == Role::Body && paragraphs < LEAD {
            paragraphs += 1;
            for (cut, role) in [
                (stamp::header as fn(&str) -> Option<usize>, Role::DateLine),
                (stamp::dateline, Role::Dateline),
            ] {
                let text = span.of(&article.text);
                if let Some(end) = cut(text) {
                    let start = span.start as usize;
                    let front = Span::new(start, start + end).trim(&article.text);
                    span = Span::new(start + end, span.end as usize).trim(&article.text);
                    made.push(Block { span: front, role });
                }
            }
        }
        made.push(Block { span, role });
    }
    made
}

/// Headline, byline and outlet.
pub fn header(article: &Article, blocks: &[Block]) -> Header {
    let first = |role: Role| {
        let block = blocks.iter().find(|block| block.role == role)?;
        Some(block.span.of(&article.text).to_owned())
    };
    let given = |hint: &Option<String>| hint.clone().filter(|text| !text.trim().is_empty());
    let headline = first(Role::Headline);
    let title = match (given(&article.hints.title), headline) {
        // The headline as printed, where the title only adds the name of the site or is that.
        (Some(given), Some(printed)) => {
            let same = Title::new(&given).is_some_and(|title| title.is(&printed));
            let outlet = article.hints.outlet.as_deref();
            let site = outlet == Some(given.trim())
                || given.split_whitespace().nth(3).is_none()
                    && lexicon::names_outlet(&given.to_lowercase());
            let adds = same && given.contains(['|', '-', '–', '—', '»']);
            Some(if adds || site { printed } else { given })
        }
        (given, printed) => given.or(printed),
    };
    let byline = given(&article.hints.byline)
        .or_else(|| first(Role::Byline))
        .and_then(|line| head::names(&line));
    Header {
        title,
        byline,
        outlet: given(&article.hints.outlet).or_else(|| first(Role::Outlet)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str) -> Vec<(Role, String)> {
        let article = Article {
            text: text.to_owned(),
            ..Article::default()
        };
        blocks(&article)
            .iter()
            .map(|block| (block.role, block.span.of(text).to_owned()))
            .collect()
    }

    #[test]
    fn the_head_of_a_printed_page_is_no_headline() {
        let made = roles(
            "Northern Courier, Monday, 4 May 2015\n\n\
             Pier falls into the sea at Norvik\n\n\
             The old pier at Norvik fell into the sea on Sunday night, and nobody was hurt, the harbour office said.\n\n\
             The council had closed it in April after the first cracks were seen by a diver.\n",
        );
        assert_eq!(made[0].0, Role::DateLine, "{made:#?}");
        assert_eq!(made[1].0, Role::Headline, "{made:#?}");
    }

    #[test]
    fn a_messy_page_is_told_apart() {
        let made = roles(
            "Home » Coast » Ferry strike ends after nine days\n\n\
             Ferry strike ends after nine days\n\
             By Ada Lind\n\
             Tuesday, 3 March 2020, 18:40 GMT\n\
             OSLO -- Crews on the western ferries went back to work on Tuesday, nine days after they walked out over pay.\n\
             The first boat left the quay at noon, and several hundred people who had slept in the terminal cheered.\n\
             SEE ALSO: The long history of the western line\n\
             What the crews won\n\
             The union said that wages would rise by four percent this year and by three percent in the next two years.\n\
             (With Kestrel Wire inputs)\n\
             Copyright (c) 2018 Harbour Post. All rights reserved.\n\
             VARDE, Denmark: The storm took the roof of the old market hall and moved on towards the...\n\
             Nobody knows who painted the lighthouse, and the town is glad about it, because...\n",
        );
        let got: Vec<Role> = made.iter().map(|(role, _)| *role).collect();
        let want = [
            Role::Navigation,
            Role::Headline,
            Role::Byline,
            Role::DateLine,
            Role::Dateline,
            Role::Body,
            Role::Body,
            Role::CrossPromo,
            Role::Subhead,
            Role::Body,
            Role::WireCredit,
            Role::Copyright,
            Role::Teaser,
            Role::Teaser,
        ];
        assert_eq!(got, want);
        assert_eq!(made[4].1, "OSLO --");
    }

    #[test]
    fn short_texts_are_not_emptied() {
        assert_eq!(roles("The ferry is back.")[0].0, Role::Body);
        assert_eq!(roles("Ferry strike ends")[0].0, Role::Body);
        let made = roles("Ferry strike ends\n\nCrews went back to work.\n\nThe last word is zqx.");
        let got: Vec<Role> = made.iter().map(|(role, _)| *role).collect();
        assert_eq!(got, [Role::Headline, Role::Body, Role::Body]);
        assert!(roles("").is_empty());
    }

    #[test]
    fn as_is_keeps_every_line_whole() {
        let article = Article {
            text: "date 2020-03-03 The ferry is back today.\n\nLeave a comment\n".into(),
            as_is: true,
            ..Article::default()
        };
        let made = blocks(&article);
        assert_eq!(made.len(), 2);
        assert!(made.iter().all(|block| block.role == Role::Body));
    }

    proptest::proptest! {
        #[test]
        fn blocks_rise_and_cover_all_text(any in "(?s).{0,200}", lines in "[A-Za-z .,\n©»:0-9-]{0,300}") {
            let ink = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
            for text in [any, lines] {
                let article = Article { text, ..Article::default() };
                let (mut end, mut shown) = (0, 0);
                for block in blocks(&article) {
                    proptest::prop_assert!(block.span.start >= end && !block.span.is_empty());
                    end = block.span.end;
                    shown += ink(block.span.of(&article.text));
                }
                proptest::prop_assert_eq!(shown, ink(&article.text));
            }
        }
    }
}
