//! What a query marks in the articles that an archive found.

use super::Archive;
use super::find::Answer;
use super::levels::Tier;
use super::meaning::{self, Place, Want};
use super::segment::Segment;
use crate::annotate::EntityKind;
use crate::search::mark::{Marker, Spelled};
use crate::search::query::{self, Field, How, Query, Term};
use crate::search::words;

impl Archive {
    /// What finds the matches of a query, which was answered so.
    pub(in crate::search) fn marker(&self, query: &Query, answer: &Answer) -> Marker {
        let now = self.now();
        let segments: Vec<&Segment> = now.segments.iter().map(|own| &*own.segment).collect();
        let mut made = Marker::default();
        for (number, (field, term)) in query.terms().into_iter().enumerate().take(64) {
            add(
                &mut made,
                &segments,
                1 << number,
                (field, term),
                answer.relaxed,
            );
        }
        made
    }
}

fn add(
    made: &mut Marker,
    segments: &[&Segment],
    bit: u64,
    (field, term): (Option<Field>, &Term),
    relaxed: bool,
) {
    let kind = match field {
        Some(Field::Source | Field::Tag | Field::Lang) => return,
        Some(Field::Person) => Some(EntityKind::Person),
        Some(Field::Org) => Some(EntityKind::Org),
        Some(Field::Place) => Some(EntityKind::Place),
        Some(Field::Title) | None => None,
    };
    let by_name = field != Some(Field::Title);
    let in_text = kind.is_none();
    let asked = words::of(&term.text);
    match (term.how, asked.as_slice()) {
        (How::Regex, _) if in_text => made
            .expressions
            .extend(query::regex(&term.text).map(|own| (bit, own))),
        (_, []) => {}
        (How::Fuzzy, [word]) => {
            let place = kind.map_or(Place::Anywhere, Place::Names);
            let want = Want {
                place,
                exact: false,
                relaxed,
            };
            let near = meaning::of(segments, word, want);
            for (tier, guess) in near.guessed(segments) {
                // A word that only looks like a name is one where it stands for the name.
                if in_text && tier != Tier::Alike {
                    made.words
                        .entry(guess.to_owned())
                        .or_insert((0, usize::MAX))
                        .0 |= bit;
                }
                if by_name {
                    made.spelled
                        .push((bit, kind, Spelled::Word(guess.to_owned(), false)));
                }
            }
            if in_text {
                made.begins.push((bit, word.clone()));
            }
            if by_name {
                made.spelled
                    .push((bit, kind, Spelled::Word(word.clone(), true)));
            }
        }
        (How::Exact, [word]) if in_text => {
            made.words.entry(word.clone()).or_insert((0, usize::MAX)).0 |= bit;
        }
        (how, _) => {
            let marked = matches!(how, How::Start | How::End | How::Whole | How::Regex);
            let open = matches!(how, How::Fuzzy | How::Start);
            if by_name && marked {
                made.spelled
                    .push((bit, kind, Spelled::Marked(term.clone())));
            } else if by_name {
                made.spelled
                    .push((bit, kind, Spelled::Phrase(asked.clone(), open)));
            }
            if in_text {
                made.phrases.push((bit, asked, open));
            }
        }
    }
}
